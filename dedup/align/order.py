"""Order: the column each linked row has -> the rows to take out so that no two links cross.

NewsEdits takes away the link with the most crossings until none is left. What stays is the longest run of links in
order, or nearly; here it is exactly that, found in n log n steps.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def out_of_order(columns: Sequence[int]) -> set[int]:
    """Places in `columns` outside its longest non-decreasing run.

    >>> sorted(out_of_order([0, 7, 1, 2, 2, 3]))
    [1]
    """
    tails: list[int] = []  # lowest column that ends a run of each length
    ends: list[int] = []  # its place
    before: list[int] = []
    for place, column in enumerate(columns):
        length = bisect_right(tails, column)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [column]
        ends[length : length + 1] = [place]
    kept = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return set(range(len(columns))) - kept
