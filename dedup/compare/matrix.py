"""Matrix: the facts of an original and an outlet's diff against it -> what became of each fact.

A fact is altered if a change of its sentence gives other words for it (a name that is only shortened is not); dropped
if the article nowhere states it; kept if its sentence stands there word for word; else reworded: stated, in other
words. An outlet that carries an earlier version never had what came later.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dedup.model import Change, Diff, DiffSentence, FactCell, WireFact

Place = tuple[int, str]  # sentence of the original, words of the fact


def fates(
    diff: Diff, facts: Sequence[WireFact], gone: Collection[Place], later: Collection[Place] = ()
) -> tuple[FactCell, ...]:
    """A cell for each of `facts`, which are those of the only original of `diff`.

    `gone`: those the article nowhere states; `later`: those the version it carries had not, or otherwise.
    """
    linked: dict[int, list[DiffSentence]] = {}
    for sentence in diff.sentences:
        for link in sentence.links:
            linked.setdefault(link.index, []).append(sentence)
    places = [(fact.index, fact.text) for fact in facts]
    return tuple(
        _cell(fact, linked.get(fact.index, []), gone=place in gone, later=place in later)
        for fact, place in zip(facts, places, strict=True)
    )


def _cell(fact: WireFact, held: Sequence[DiffSentence], *, gone: bool, later: bool) -> FactCell:
    """`held`: the article sentences linked to the fact's."""
    altered = next((c for s in held for c in s.changes if _speaks_of(c, fact) and (gone or c.type != "name")), None)
    if later and (gone or altered):
        return FactCell("not in its version")
    if altered:
        return FactCell("altered", altered.after)
    if gone:
        return FactCell("dropped")
    return FactCell("kept" if any(s.label == "verbatim" for s in held) else "reworded")


def _speaks_of(change: Change, fact: WireFact) -> bool:
    """Whether a change gives other words for the fact."""
    if change.against is None or change.against.index != fact.index or change.before_span is None or not change.after:
        return False
    start, end = change.before_span
    return change.type in _ALTERING and start < fact.end and fact.start < end


_ALTERING = frozenset({"number", "date", "name", "quote", "negation"})
