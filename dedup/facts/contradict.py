"""Contradict: an article sentence linked to several wires -> the facts on which they disagree, and whom it followed.

Only figures, days and times are held against each other: two wires that say "38" and "about 40" of the same people
disagree; two that name different people may both be right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal

from dedup import limits
from dedup.facts.amounts import same_value
from dedup.facts.dates import Date, same_day
from dedup.facts.numbers import Number
from dedup.facts.reading import Case, Linked, Read, case
from dedup.facts.values import likeness, same_slot
from dedup.model import Contradiction, Link


def contradictions(
    article: str, originals: Sequence[tuple[Link, str]], *, published: str = ""
) -> tuple[Contradiction, ...]:
    """Where the wires an article sentence is linked to contradict each other, in text order of the first wire.

    >>> wires = [(Link("AP", 0, 1.0), "It carried 38 people."), (Link("Reuters", 4, 1.0), "It carried 45 people.")]
    >>> [(c.one_text, c.other_text, c.followed) for c in contradictions("The ferry carried 45 people.", wires)]
    [('38', '45', 'Reuters')]
    """
    if not originals or any(len(text) > 6 * limits.FACT_WORDS for text in (article, *(t for _, t in originals))):
        return ()
    held = case(article, originals, (), published)
    pairs = combinations(sorted(held.linked, key=lambda linked: (linked[0].original, linked[0].index)), 2)
    found = (c for one, other in pairs if one[0].original != other[0].original for c in _between(one, other, held))
    return tuple(found)


def _between(one: Linked, other: Linked, held: Case) -> Iterator[Contradiction]:
    yield from _numbers(one, other, held.article)
    yield from _dates(one, other, held)


def _numbers(one: Linked, other: Linked, article: Read) -> Iterator[Contradiction]:
    if max(len(one[1].numbers), len(other[1].numbers)) > limits.FACT_FIGURES:
        return
    for mine in one[1].numbers:
        if any(same_value(mine, n) for n in other[1].numbers):
            continue
        rival = max(other[1].numbers, key=lambda n: likeness(mine, n, one[1], other[1]), default=None)
        if rival is None or rival.noun != mine.noun or likeness(mine, rival, one[1], other[1]) < limits.FACT_RIVAL:
            continue
        if any(same_value(rival, n) for n in one[1].numbers):
            continue
        said = [n for n in article.numbers if same_value(n, mine) or same_value(n, rival)]
        follows = {o[0].original for n in said for o, v in ((one, mine), (other, rival)) if same_value(n, v)}
        yield _found("number", (one[0], mine), (other[0], rival), follows, said)


def _dates(one: Linked, other: Linked, held: Case) -> Iterator[Contradiction]:
    """Days and clock times that differ where each sentence has only one of the kind."""
    for slot in ("weekday", "day", "clock"):
        mine = [d for d in one[1].dates if d.kind == slot]
        rivals = [d for d in other[1].dates if d.kind == slot and mine and same_slot(d, mine[0])]
        if len(mine) != 1 or len(rivals) != 1 or mine[0].key == rivals[0].key:
            continue
        if same_day(mine[0], rivals[0], held.published):
            continue
        said = [d for d in held.article.dates if d.key in (mine[0].key, rivals[0].key)]
        follows = {o[0].original for d in said for o, v in ((one, mine[0]), (other, rivals[0])) if d.key == v.key}
        yield _found("date", (one[0], mine[0]), (other[0], rivals[0]), follows, said)


def _found(
    kind: Literal["number", "date"],
    one: tuple[Link, Number | Date],
    other: tuple[Link, Number | Date],
    follows: set[str],
    said: Sequence[Number | Date],
) -> Contradiction:
    here = said[0] if said else None
    return Contradiction(
        type=kind,
        one=one[0],
        one_text=one[1].text,
        one_span=(one[1].start, one[1].end),
        other=other[0],
        other_text=other[1].text,
        other_span=(other[1].start, other[1].end),
        followed=follows.pop() if len(follows) == 1 else "",
        text=here.text if here else "",
        span=(here.start, here.end) if here else None,
    )
