"""Naming: a case -> the people, places and organisations that are named differently.

Named differently means: spelt otherwise, by more or fewer of its words ("Police Chief Aila Brandt" -> "Brandt"), by an
acronym, by another name in the same place, or by a description ("Brandt" -> "the officer") and back. A name that is
merely new comes with a new fact, which is info_added's business; it is a change of name only where it was put into
words that both texts share.

Tried on the labelled sentences (change-type F1 of names, even/odd half): every new or missing name .65/.62 with
precision .5; identification alone .48/.51; with descriptions .69/.60; with names put into shared words .75/.68.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from dedup import limits
from dedup.facts.names import Name, initials, key, keys, misspelt, roles
from dedup.facts.reading import Case, Read
from dedup.facts.tokens import edits
from dedup.facts.values import aligned, change, place
from dedup.model import Change, Link

Named = tuple[Link, Read, Name]


def name_changes(case: Case) -> Iterator[Change]:
    """Names altered, shortened, extended, exchanged or described."""
    linked = [(link, text, n) for link, text in case.linked for n in text.names]
    stated, said = _keys(text for _, text in case.linked), _keys([case.article])
    paired: set[int] = set()
    for name in case.article.names:
        pair = _counterpart(name, linked, stated, said, case.article)
        if pair is not None:
            (link, _, before), note = pair
            paired.add(id(before))
            yield change("name", link, place(before), place(name), note)
        elif not keys(name) & stated and not _vouches(name, case.article) and (note := _put_in(name, case)):
            yield change("name", case.closest[0], None, place(name), note)
    kept = said | _keys(case.elsewhere)
    for link, text, name in linked:
        if id(name) in paired or keys(name) & kept or _vouches(name, text):
            continue
        if any(text is best for _, best in case.best) and (note := _described(name, text, case)):
            yield change("name", link, place(name), None, note)


def _keys(texts: Iterable[Read]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        found.update(map(key, text.tokens.stems))
        for name in text.names:
            found |= keys(name)
    return found


def _vouches(name: Name, text: Read) -> bool:
    """Whether a name stands in an attribution, whose change has a type of its own."""
    return any(s.start <= name.start < s.end for s in text.sources)


def _counterpart(
    name: Name, linked: list[Named], stated: set[str], said: set[str], article: Read
) -> tuple[Named, str] | None:
    """The original name that the article's name stands for in another form, with what is different; None if none."""
    mine = keys(name)
    same = [named for named in linked if _related(name, named[2])]
    if any(keys(before) == mine for _, _, before in same):
        return None
    for named in same:
        theirs = keys(named[2])
        if mine - stated:
            return _respelt(name, [named], said) or (
                named,
                "identified more" if mine >= theirs else "identified otherwise",
            )
        if theirs - said:
            return named, "identified less"
    if not mine - stated:
        return None
    return _respelt(name, linked, said) or _exchanged(name, linked, said, article)


def _related(a: Name, b: Name) -> bool:
    """Whether two names can be one: the last word is shared, or one has all the words of the other."""
    one, two = keys(a), keys(b)
    return key(a.core[-1]) == key(b.core[-1]) or one <= two or two <= one


def _respelt(name: Name, linked: list[Named], said: set[str]) -> tuple[Named, str] | None:
    for named in linked:
        before = named[2]
        if any(misspelt(a, b) for a in name.core for b in before.core if key(b) not in said):
            return named, "misspelt"
        if "".join(name.core) == initials(before) or "".join(before.core) == initials(name):
            return named, "acronym"
    return None


def _exchanged(name: Name, linked: list[Named], said: set[str], article: Read) -> tuple[Named, str] | None:
    """The name that stood where the article has another one, whole or in part, if the article has lost it."""
    for named in linked:
        _, text, before = named
        found = [e for e in edits(text.tokens, article.tokens) if e.size <= limits.FACT_SLOT]
        if keys(before) - said and aligned((before.first, before.last), (name.first, name.last), found):
            return named, "named otherwise"
    return None


def _put_in(name: Name, case: Case) -> str:
    """What a name does that no linked sentence has: names what was described, or was put into words both share."""
    described = frozenset[str]().union(*(roles(text.tokens) for _, text in case.linked))
    if described - case.article.content:
        return "named"
    return "put in" if _shared_around(name, case.article, case.stated) else ""


def _described(name: Name, text: Read, case: Case) -> str:
    """What became of a name the article leaves out: a description that no linked sentence has, or nothing to report."""
    if roles(case.article.tokens) - case.stated:
        return "described"
    slots = (e for e in edits(text.tokens, case.article.tokens) if e.i1 <= name.first and name.last < e.i2)
    return "described" if any(e.i1 < e.i2 and e.j1 < e.j2 and e.size <= limits.FACT_SLOT for e in slots) else ""


def _shared_around(name: Name, text: Read, other: frozenset[str]) -> bool:
    """Whether three of the four content words around a name stand in the other text."""
    words = text.tokens
    after = (words.stems[k] for k in range(name.last + 1, len(words.words)) if words.content(k))
    before = (words.stems[k] for k in range(name.first - 1, -1, -1) if words.content(k))
    near = [*islice(after, 2), *islice(before, 2)]
    return bool(near) and sum(s in other for s in near) >= 0.75 * len(near)
