"""Wording: which linked rows have the very words of their originals, and the links that equal wording settles.

A row is verbatim if its letters are those of one sentence, or of several on end (joined), or if it and its neighbours
have together the letters of one sentence (split). A row that is part of a sentence whose rest is gone is trimmed, and
that is reworded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.limits import SURE_LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    Found = dict[int, dict[int, float]]


def same_wording(keys: Sequence[str], rows: int, bounds: Sequence[int], found: Found) -> set[int]:
    """Rows in the very words of the columns they link to; `found` gains the links that equal wording makes sure of.

    `keys` are `terms.key` of all rows, then of all columns. Cost: linear in the letters linked.
    """
    _link_equal(keys, rows, found)
    lines, columns, starts = keys[:rows], keys[rows:], set(bounds)
    verbatim = {row for row, linked in found.items() if any(keys[row] == columns[c] for c in linked)}
    for row in range(rows):
        for column in list(found[row]):
            joined = _run(columns, column, keys[row], starts)
            if joined > 1:
                verbatim.add(row)
                found[row] |= dict.fromkeys(range(column, column + joined), 1.0)
            split = _run(lines, row, columns[column], set())
            if split > 1:
                verbatim |= set(range(row, row + split))
                for part in range(row, row + split):
                    found[part][column] = 1.0
    return verbatim


def _link_equal(keys: Sequence[str], rows: int, found: Found) -> None:
    """Link what is letter for letter the same: always if long enough to be no accident, else if nothing else links."""
    where: dict[str, list[int]] = {}
    for column, key in enumerate(keys[rows:]):
        where.setdefault(key, []).append(column)
    for row in range(rows):
        same = where.get(keys[row], []) if keys[row] else []
        if len(keys[row]) < SURE_LETTERS:
            same = same[:1] if not found[row] else []
        found[row] |= dict.fromkeys(same, 1.0)


def _run(parts: Sequence[str], first: int, whole: str, starts: set[int]) -> int:
    """How many `parts` from `first` on make up `whole`; 0 if they do not. A run ends where another original starts."""
    at = 0
    for place in range(first, len(parts)):
        part = parts[place]
        if not part or not whole.startswith(part, at) or (place > first and place in starts):
            return 0
        at += len(part)
        if at == len(whole):
            return place - first + 1
    return 0
