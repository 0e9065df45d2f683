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
from dedup.facts.attribution import DOCUMENTS, Source
from dedup.facts.hedges import Hedge, negative, negators
from dedup.facts.names import misspelt
from dedup.facts.reading import Case, Read
from dedup.facts.tokens import Edit, Tokens, edits
from dedup.facts.values import change, place
from dedup.model import Change


def attribution_changes(case: Case) -> Iterator[Change]:
    """Sources, audiences and occasions dropped, added or exchanged."""
    said = _counted(case.article)
    every = [s for _, text in case.linked for s in _counted(text)]
    best = [(link, s) for link, text in case.best for s in _counted(text)]
    gone = [(link, s) for link, s in best if not _matched(s, every, said)]
    for source in (s for s in said if not _matched(s, said, every)):
        pair = next((g for g in gone if g[1].occasion == source.occasion), None)
        if pair is not None:
            gone.remove(pair)
            yield change("attribution", pair[0], place(pair[1]), place(source), "changed")
        else:
            yield change("attribution", case.closest[0], None, place(source), "added")
    for link, before in gone:
        yield change("attribution", link, place(before), None, "dropped")


def _counted(text: Read) -> list[Source]:
    """The sources of a sentence; "posts on Facebook" are an occasion of nothing without a speaker or a quotation."""
    spoken = bool(text.quotes) or any(not s.occasion for s in text.sources)
    return [s for s in text.sources if spoken or not s.occasion]


def _matched(source: Source, ours: Sequence[Source], theirs: Sequence[Source]) -> bool:
    """Whether the other side has a source: by its words, or by a pronoun or role that is nobody else's there."""
    if any(same_source(source, other) for other in theirs):
        return True
    free = [o for o in theirs if not any(same_source(o, s) for s in ours)]
    return any(_may_stand_for(source, other) for other in free)


def same_source(a: Source, b: Source) -> bool:
    """Whether two attributions name one source in the same words, to the same ear."""
    shared = bool(a.named & b.named) or bool(a.role & b.role) or not (a.named or a.role or b.named or b.role)
    return a.occasion == b.occasion and shared and _same_audience(a, b)


def _may_stand_for(a: Source, b: Source) -> bool:
    """Whether a pronoun or a role is the other side's name: "he", "the mayor" for Brandt, but not "the letter"."""
    if a.occasion or b.occasion or (a.named and b.named) or not _same_audience(a, b):
        return False
    if (a.role | b.role) & DOCUMENTS and (a.named or b.named):
        return False
    return bool(a.named) != bool(b.named) or not (a.role and b.role)


def _same_audience(a: Source, b: Source) -> bool:
    """Whether two sources speak to the same ear; a name misspelt is a change of name, not of audience."""
    if not a.audience or not b.audience:
        return not a.audience and not b.audience
    return any(x == y or misspelt(x, y) for x in a.audience for y in b.audience)


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
    for i in negators(before)[: limits.FACT_NEGATORS]:
        if any(e.i1 <= i < e.i2 for e in slots) or _turned(before, i, after):
            yield change("negation", link, place(before.words[i]), None, "lost")
    for i in negators(after)[: limits.FACT_NEGATORS]:
        agreed = any(_agrees(after, i, other.tokens) for _, other in case.linked if other is not text)
        if not agreed and (any(e.j1 <= i < e.j2 for e in slots) or _turned(after, i, before)):
            yield change("negation", link, None, place(after.words[i]), "gained")


def _turns(edit: Edit, before: Tokens, after: Tokens) -> bool:
    """Whether a small word edit puts in or takes out a negator and nothing else that is said."""
    old, old_negated = _bare(before, range(edit.i1, edit.i2))
    new, new_negated = _bare(after, range(edit.j1, edit.j2))
    return old_negated != new_negated and old == new


_HELPERS = frozenset("do does did a an the any some with".split())  # come and go with a "not", a "no", a "without"
_SHORTENED = {"wo": "will", "ca": "can", "sha": "shall", "": ""}


def _bare(sentence: Tokens, words: range) -> tuple[frozenset[str], bool]:
    """What the words say without negators and their helpers ("isn't" is "is"), and whether they negate."""
    negated = set(negators(sentence)) & set(words)
    said = {sentence.words[i].norm for i in words if i not in negated}
    short = {sentence.words[i].norm[:-2] for i in negated if sentence.words[i].norm.endswith("nt")}
    said |= {_SHORTENED.get(s, s) for s in short}
    denied = any(negative(sentence, i) for i in words)
    return frozenset(said - _HELPERS - {""}), bool(negated) or denied


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


_CLAUSE_ENDS = frozenset(',;:.!?()"“”—–')


def _breaks(sentence: Tokens, k: int) -> bool:
    """Whether the gap before word k ends a clause."""
    return not _CLAUSE_ENDS.isdisjoint(sentence.gap(k))


def _places(sentence: Tokens, i: int, other: Tokens) -> Iterator[range]:
    """Where the words beside a negator stand together in another text."""
    before, after = _beside(sentence, i)
    reach, wanted = limits.FACT_NEGATED, {*before, *after}
    if not after or len(wanted) < limits.FACT_NEGATED_WORDS:
        return
    spots = [k for k, s in enumerate(other.stems) if s == after[0]]
    for k in spots[: limits.FACT_NEGATORS]:
        near = range(max(0, k - reach), min(len(other.words), k + reach + 1))
        if wanted <= {other.stems[j] for j in near}:
            yield near


def _turned(sentence: Tokens, i: int, other: Tokens) -> bool:
    """Whether another text states the words beside a negator with nothing negative near them."""
    places = list(_places(sentence, i, other))
    return bool(places) and not any(_negates(other, near) for near in places)


def _agrees(sentence: Tokens, i: int, other: Tokens) -> bool:
    """Whether another text negates the words beside a negator too."""
    return any(_negates(other, near) for near in _places(sentence, i, other))


def _negates(sentence: Tokens, near: range) -> bool:
    negated = negators(sentence)
    return any(j in near for j in negated) or any(negative(sentence, j) for j in near)
