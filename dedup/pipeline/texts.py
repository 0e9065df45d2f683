"""Texts: the rows of a corpus -> its distinct story texts, numbered longest first, with unique ids for all articles."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from dedup import limits
from dedup.spool import Corpus
from dedup.spool.strings import Strings

Numbers = NDArray[np.int64]
_DIGEST = np.dtype([("high", ">u8"), ("low", ">u8")])  # 16 bytes as two numbers


class Lists(Sequence[list[int]]):
    """n lists of numbers in two arrays: 12 bytes a list where Python takes 100.

    >>> held = Lists(np.array([7, 2, 5]), np.array([2, 0, 1]))
    >>> list(held), held[-1], held.sizes.tolist()
    ([[7, 2], [], [5]], [5], [2, 0, 1])
    """

    __slots__ = ("_starts", "flat")

    def __init__(self, flat: NDArray[np.integer], sizes: NDArray[np.integer]) -> None:
        """flat: all lists, one after the other; sizes: (n,) their lengths."""
        self.flat = flat
        self._starts = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))

    @property
    def sizes(self) -> Numbers:
        """(n,) the length of each."""
        return np.diff(self._starts)

    def gathered(self, chosen: Numbers) -> Numbers:
        """The numbers of the chosen lists, one after the other."""
        sizes = self.sizes[chosen]
        ends = np.cumsum(sizes)
        places = np.repeat(self._starts[chosen] - (ends - sizes), sizes) + np.arange(int(sizes.sum()))
        return self.flat[places].astype(np.int64)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, i: int) -> list[int]: ...
    @overload
    def __getitem__(self, i: slice) -> list[list[int]]: ...
    def __getitem__(self, i: int | slice) -> list[int] | list[list[int]]:
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(len(self)))]
        if not -len(self) <= i < len(self):
            raise IndexError(i)
        at = i % len(self)
        found: list[int] = self.flat[self._starts[at] : self._starts[at + 1]].tolist()
        return found


@dataclass(frozen=True, slots=True)
class Texts:
    """The distinct texts that are long enough to cluster. A number counts them, a row counts articles."""

    ids: Sequence[str]  # by row: ids, unique
    rank: Numbers  # by row: place in canonical order
    rows: Numbers  # by number: the row that stands for the text
    copies: Lists  # by number: all rows with that text, in canonical order
    outlets: Numbers  # by number: a number per outlet, -1 where unknown


def fold(corpus: Corpus) -> Texts:
    """Folds articles with the same story shingles into one text. Cost: O(n log n)."""
    rows = corpus.rows
    order = _canonical(corpus)
    rank = np.empty(len(corpus), np.int64)
    rank[order] = np.arange(len(corpus))
    copies = _copies(corpus, order[rows.tokens[order] >= limits.MIN_TOKENS], rank)
    chosen = copies.flat[np.cumsum(copies.sizes) - copies.sizes].astype(np.int64)
    unknown = np.array([not name for name in rows.outlets.names], np.bool_)
    codes = rows.outlets.codes[chosen]
    outlets = np.where(unknown[codes], -1, codes.astype(np.int64)) if len(codes) else codes.astype(np.int64)
    return Texts(_unique(rows.ids, order), rank, chosen, copies, outlets)


def _copies(corpus: Corpus, order: Numbers, rank: Numbers) -> Lists:
    """The rows of `order` by content: those with most shingles first, then by the rank of their first."""
    contents = np.ascontiguousarray(corpus.rows.contents[order]).view(_DIGEST)
    # Stable in the order given, so that the first of equal ones is the first in canonical order.
    by_content = np.lexsort((contents["low"], contents["high"])) if len(order) else np.empty(0, np.int64)
    sorted_contents, sorted_rows = contents[by_content], order[by_content]
    starts = np.flatnonzero(np.append(True, sorted_contents[1:] != sorted_contents[:-1])[: len(order)])
    sizes = np.diff(np.append(starts, len(order)))
    first = sorted_rows[starts]
    best = np.lexsort((rank[first], -corpus.rows.shingles[first]))
    return Lists(Lists(sorted_rows, sizes).gathered(best).astype(np.uint32), sizes[best])


def _canonical(corpus: Corpus) -> Numbers:
    """The rows by id, then digest; where both are equal (one article read twice), by everything else that was read."""
    ids, digests = list(corpus.rows.ids), corpus.rows.digests
    order = np.array(sorted(range(len(corpus)), key=ids.__getitem__), np.int64)
    for first, end in _runs(ids, order):
        rows = order[first:end].tolist()
        again = Counter(digests[rows].tolist())
        # Only what is equal so far is read back.
        order[first:end] = sorted(
            rows, key=lambda row: (digests[row], corpus.record_digest(row) if again[digests[row]] > 1 else b"")
        )
    return order


def _runs(ids: Sequence[str], order: Numbers) -> Iterator[tuple[int, int]]:
    """Where two or more rows in a row have an equal id."""
    at = 0
    for _, same in itertools.groupby(order.tolist(), key=ids.__getitem__):
        size = sum(1 for _ in same)
        if size > 1:
            yield at, at + size
        at += size


def _unique(ids: Strings, order: Numbers) -> Strings:
    """The ids as they are, if all are different: the usual case, without a second copy."""
    listed = list(ids)
    return ids if len(set(listed)) == len(listed) else Strings.of(unique_ids(listed, order.tolist()))


def unique_ids(ids: Sequence[str], order: Sequence[int]) -> list[str]:
    """Ids by row, where equal ones get ~2, ~3 ... in `order`.

    >>> unique_ids(["x", "y", "x", "x~2"], [0, 1, 2, 3])
    ['x', 'y', 'x~3', 'x~2']
    """
    unique, taken = list(ids), set(ids)
    counts: dict[str, int] = {}  # how far the numbers of an id have got: a million equal ids are no square of a million
    for row in order:
        count = counts.get(ids[row], 0) + 1
        while count > 1 and f"{ids[row]}~{count}" in taken:
            count += 1
        if count > 1:
            unique[row] = f"{ids[row]}~{count}"
            taken.add(unique[row])
        counts[ids[row]] = count
    return unique
