"""Anchors: story text -> the figures and names that tell one templated dispatch from the next.

Earnings briefs, bond prices, weather, lottery numbers: an agency fills the same sentences day after day, and shingles
see mostly the sentences. What differs is who and how much. Two short texts are taken for one dispatch only if they
agree on that too. Versions of a real story do: on labelled "same dispatch" pairs of a news day and of a month every
short text finds at least 65 % of its anchors in the other, and half of its figures; of templated briefs of 1987 that
share half their shingles, most find less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dedup import limits

_FIGURE = re.compile(
    r"\d+(?:[.,/:-]\d+)*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|hundred)\b",
    re.IGNORECASE,
)
# A capital that is not at the start of a sentence, a line or a quotation.
_NAME = re.compile(r"(?<=[\w,;)] )[A-Z][\w&]+")
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec".split()
)


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a story is about, as far as figures and names say."""

    figures: frozenset[str]  # "1200", "6-1/4", "two"
    names: frozenset[str]  # capitalised words inside sentences, in lower case; no months, no weekdays


def anchors(lines: Iterable[str]) -> Anchors:
    """The figures and names of a story, given line by line. Cost: linear.

    >>> found = anchors(["Dunmore Mills said on Monday its Karvos unit lost 1,200 crowns in two weeks."])
    >>> sorted(found.figures), sorted(found.names)
    (['1200', 'two'], ['karvos', 'mills'])
    """
    figures: set[str] = set()
    names: set[str] = set()
    for line in lines:
        figures.update(figure.replace(",", "").lower() for figure in _FIGURE.findall(line))
        names.update(name.lower() for name in _NAME.findall(line))
    return Anchors(frozenset(figures), frozenset(names - _CALENDAR))


def agree(a: Anchors, b: Anchors) -> bool:
    """Whether the text with fewer anchors finds enough of them in the other. Too few to tell counts as agreement.

    >>> brief = "The mill in Karvos lost {} crowns, or {} cents a share."
    >>> agree(anchors([brief.format("5,100", 12)]), anchors([brief.format("340", 2)]))
    False
    >>> longer = anchors([brief.format("5,100", 12), "Its owner said 7 ships left."])
    >>> agree(anchors([brief.format("5,100", 12)]), longer)
    True
    """
    figures = _found(a.figures, b.figures, limits.FIGURES, limits.FIGURES_AGREE)
    return figures and _found(a.figures | a.names, b.figures | b.names, limits.ANCHORS, limits.ANCHORS_AGREE)


def _found(a: frozenset[str], b: frozenset[str], least: int, share: float) -> bool:
    fewer = min(len(a), len(b))
    return fewer < least or len(a & b) >= share * fewer
