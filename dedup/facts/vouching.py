"""Vouching: a case -> the attributions, hedges and negations that differ.

Who vouches for a statement, how sure they are, and whether it is affirmed or denied.

Attribution: a source of one side is matched with the sources of the other; a pronoun or a role can stand for any name,
a name for no other name. Tried: asking that the article took over a share of the words a source vouches for before its
loss counts; every share from .2 to .6 costs recall (.78 -> .51) and gains no precision, since a paraphrase shares few.

Hedges count only where the other text has the hedged words; without that, precision was .39.

Negation must be right when it speaks at all: the words right around the "not" have to stand together in the other text,
with nothing negative near them (a denial, an "un-", another "not").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dedup import limits
from dedup.facts.attribution import Source
from dedup.facts.hedges import Hedge, negative, negators
from dedup.facts.names import misspelt
from dedup.facts.reading import Case, Read
from dedup.facts.tokens import Edit, Tokens, edits
from dedup.facts.values import change, place
from dedup.model import Change


_HELPERS = frozenset(("do", "does", "did"))  # come and go with a "not"


def attribution_changes(case: Case) -> Iterator[Change]:
    """Sources, audiences and occasions dropped, added or exchanged."""
    said = case.article.sources
    every = [s for _, text in case.linked for s in text.sources]
    gone = [(link, s) for link, text in case.best for s in text.sources if not any(same_source(s, o) for o in said)]
    for source in (s for s in said if not any(same_source(s, o) for o in every)):
        pair = next((g for g in gone if g[1].occasion == source.occasion), None)
        if pair is not None:
            gone.remove(pair)
            yield change("attribution", pair[0], place(pair[1]), place(source), "changed")
        else:
            yield change("attribution", case.closest[0], None, place(source), "added")
    for link, before in gone:
        yield change("attribution", link, place(before), None, "dropped")


def same_source(a: Source, b: Source) -> bool:
    """Whether two attributions name one source. A pronoun or a role can stand for any name, a name for no other."""
    if a.occasion or b.occasion:
        return a.occasion == b.occasion and bool(a.role & b.role or a.named & b.named)
    if bool(a.audience) != bool(b.audience) or not _same_audience(a, b):
        return False
    if a.named and b.named:
        return bool(a.named & b.named)
    if a.role and b.role and not (a.named or b.named):
        return bool(a.role & b.role)
    return True


def _same_audience(a: Source, b: Source) -> bool:
    """Whether two sources speak to the same ear; a name misspelt is a change of name, not of audience."""
    return not a.audience or any(x == y or misspelt(x, y) for x in a.audience for y in b.audience)


# ---------------------------------------------------------------- hedges


def hedge_changes(case: Case) -> Iterator[Change]:
    """Hedges whose family the other side lacks although it states the hedged words."""
    stated = {h.family for _, text in case.linked for h in text.hedges}
    kept = {h.family for other in (case.article, *case.elsewhere) for h in other.hedges}
    for link, text in case.best:
        for hedge in text.hedges:
            if hedge.family not in kept and _taken_over(hedge, text, [case.article]):
                yield change("hedge", link, place(hedge), None, "dropped")
    for hedge in case.article.hedges:
        if hedge.family not in stated and _taken_over(hedge, case.article, [text for _, text in case.linked]):
            yield change("hedge", case.closest[0], None, place(hedge), "added")


def _taken_over(hedge: Hedge, sentence: Read, others: Sequence[Read]) -> bool:
    """Whether another text has what a hedge weakens: a content word soon after it, or the speaker of a hedging verb."""
    for source in sentence.sources:
        if source.first <= hedge.index <= source.last:
            return any(same_source(source, o) and source.named & o.named for t in others for o in t.sources)
    words = sentence.tokens
    after = [words.stems[k] for k in range(hedge.index + 1, len(words.words)) if words.content(k)]
    before = [words.stems[k] for k in range(hedge.index) if words.content(k)]
    near = after[: limits.FACT_HEDGED] or before[-1:]
    return any(s in t.content for t in others for s in near)


# ---------------------------------------------------------------- negation


def negation_changes(case: Case) -> Iterator[Change]:
    """A "not" lost or gained where both texts state the words it stands by."""
    link, text = case.closest
    before, after = text.tokens, case.article.tokens
    found = edits(before, after)
    slots = [
        e for e in found if e.size <= limits.FACT_NOT_SLOT and _turns(e, before, after) and _held(e, found, before)
    ]
    for i in negators(before):
        if any(e.i1 <= i < e.i2 for e in slots) or _turned(before, i, after):
            yield change("negation", link, place(before.words[i]), None, "lost")
    for i in negators(after):
        agreed = any(_agrees(after, i, other.tokens) for _, other in case.linked if other is not text)
        if not agreed and (any(e.j1 <= i < e.j2 for e in slots) or _turned(after, i, before)):
            yield change("negation", link, None, place(after.words[i]), "gained")


def _turns(edit: Edit, before: Tokens, after: Tokens) -> bool:
    """Whether a small word edit has a negator on one side and nothing that negates on the other, nor new content."""
    old, new = range(edit.i1, edit.i2), range(edit.j1, edit.j2)
    negated = (set(negators(before)) & set(old), set(negators(after)) & set(new))
    if bool(negated[0]) == bool(negated[1]):
        return False
    if any(negative(before, i) for i in old) or any(negative(after, j) for j in new):
        return False
    left = {before.stems[i] for i in old if i not in negated[0]} - _HELPERS
    put = {after.stems[j] for j in new if j not in negated[1]} - _HELPERS
    return not left or left == put  # "is" -> "is not", "will" -> "will not"; "will" -> "have not" is another sentence


def _held(edit: Edit, found: Sequence[Edit], before: Tokens) -> bool:
    """Whether the words unchanged on both sides of an edit say enough: three content words, or the whole sentence."""
    start = max((e.i2 for e in found if e.i2 < edit.i1), default=0)
    end = min((e.i1 for e in found if e.i1 > edit.i2), default=len(before.words))
    content = sum(before.content(i) for i in range(start, end) if not edit.i1 <= i < edit.i2)
    return content >= limits.FACT_NOT_HELD or len(found) == 1


def _beside(sentence: Tokens, i: int) -> tuple[list[str], list[str]]:
    """Stems of the content words right before and right after word i in its clause, at most two each."""
    reach = limits.FACT_NEGATED
    end = next(
        (k for k in range(i + 1, min(i + 1 + reach, len(sentence.words))) if _breaks(sentence, k)), i + 1 + reach
    )
    start = next((k for k in range(i, max(0, i - reach), -1) if _breaks(sentence, k)), max(0, i - reach))
    after = [k for k in range(i + 1, min(end, len(sentence.words))) if sentence.content(k)][:2]
    before = [k for k in range(start, i) if sentence.content(k)][-2:]
    return [sentence.stems[k] for k in before], [sentence.stems[k] for k in after]


def _breaks(sentence: Tokens, k: int) -> bool:
    """Whether the gap before word k ends a clause."""
    return any(c in ',;:.!?()"“”—–' for c in sentence.gap(k))


def _places(sentence: Tokens, i: int, other: Tokens) -> Iterator[range]:
    """Where the words beside a negator stand together in another text."""
    before, after = _beside(sentence, i)
    if not after or len(before) + len(after) < 3:
        return
    reach = limits.FACT_NEGATED
    for k, s in enumerate(other.stems):
        near = range(max(0, k - reach), min(len(other.words), k + reach + 1))
        if s == after[0] and {*before, *after} <= {other.stems[j] for j in near}:
            yield near


def _turned(sentence: Tokens, i: int, other: Tokens) -> bool:
    """Whether another text states the words beside a negator with nothing negative near them."""
    negated = set(negators(other))
    places = list(_places(sentence, i, other))
    return bool(places) and not any(j in negated or negative(other, j) for near in places for j in near)


def _agrees(sentence: Tokens, i: int, other: Tokens) -> bool:
    """Whether another text negates the words beside a negator too."""
    negated = set(negators(other))
    return any(j in negated or negative(other, j) for near in _places(sentence, i, other) for j in near)
