"""Wording: which linked rows have the very words of their originals, and the links that equal wording settles.

A row is verbatim if its letters are those of one sentence, or of several on end (joined), or if it and its neighbours
have together the letters of one sentence (split). A row that is part of a sentence whose rest is gone is trimmed, and
that is reworded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.limits import MAX_LINKS, MAX_RUN, SURE_LETTERS

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
            whole, part = keys[row], columns[column]
            if len(whole) > len(part) > 0 and part in whole:
                joined = _run(columns, column, whole, starts)
                found[row] |= dict.fromkeys(joined, 1.0)
                verbatim |= {row} if joined else set()
            elif len(part) > len(whole) > 0 and whole in part:
                split = _run(lines, row, part, set())
                verbatim |= set(split)
                for other in split:
                    found[other][column] = 1.0
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
        found[row] |= dict.fromkeys(same[:MAX_LINKS], 1.0)


def _run(parts: Sequence[str], near: int, whole: str, starts: set[int]) -> range:
    """The `parts` on end, `near` among them, that make up `whole`, or none. Another original is another run."""
    for first in range(near, max(-1, near - MAX_RUN), -1):
        end = _spelt(parts, first, whole, starts)
        if end > near:
            return range(first, end)
        if first in starts:
            break
    return range(0)


def _spelt(parts: Sequence[str], first: int, whole: str, starts: set[int]) -> int:
    at = 0
    for place in range(first, min(len(parts), first + MAX_RUN)):
        if not parts[place] or not whole.startswith(parts[place], at) or (place > first and place in starts):
            break
        at += len(parts[place])
        if at == len(whole):
            return place + 1
    return -1
