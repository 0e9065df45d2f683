"""Matrix: the facts of an original and an outlet's diff against it -> what became of each fact.

A fact is altered if a change of its sentence speaks of its words; dropped if the article nowhere states it; kept if its
sentence stands there word for word; else reworded: stated, in other surroundings. An outlet that carries an earlier
version never had what came later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dedup.model import Change, Diff, DiffSentence, FactCell, WireFact

Place = tuple[int, str]  # sentence of the original, words of the fact


def fates(
    diff: Diff, facts: Sequence[WireFact], gone: Collection[Place], later: Collection[Place] = ()
) -> tuple[FactCell, ...]:
    """A cell for each of `facts`, which are those of the only original of `diff`.

    `gone`: those the article nowhere states; `later`: those the version it carries did not have.
    """
    linked: dict[int, list[DiffSentence]] = {}
    for sentence in diff.sentences:
        for link in sentence.links:
            linked.setdefault(link.index, []).append(sentence)
    return tuple(_cell(fact, linked, (fact.index, fact.text) in gone, (fact.index, fact.text) in later) for fact in facts)


def _cell(fact: WireFact, linked: Mapping[int, list[DiffSentence]], gone: bool, later: bool) -> FactCell:
    held = linked.get(fact.index, [])
    if gone:
        altered = next((c for s in held for c in s.changes if _speaks_of(c, fact)), None)
        if altered is not None:
            return FactCell("altered", altered.after)
        return FactCell("not in its version" if later else "dropped")
    return FactCell("kept" if any(s.label == "verbatim" for s in held) else "reworded")


def _speaks_of(change: Change, fact: WireFact) -> bool:
    """Whether a change gives other words for the fact."""
    if change.against is None or change.against.index != fact.index or change.before_span is None or not change.after:
        return False
    start, end = change.before_span
    return start < fact.end and fact.start < end
