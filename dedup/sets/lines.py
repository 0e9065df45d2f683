"""Lines: the lines of n articles -> which of their shingles stand in lines that their outlet repeats.

Exact, and in little memory however many lines there are: lines are first counted in a table without looking whether
two different ones share a place in it, which sorts out nearly all that stand alone; only what is left is counted truly.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from dedup import limits

Numbers = NDArray[np.int64]
Keys = NDArray[np.uint64]

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(32)
_MOST_BITS = 25  # of the table: 128 MB; beyond some 30 million lines it sorts out fewer


def repeated(
    outlets: Numbers,
    line_hashes: NDArray[np.uint32],
    line_counts: NDArray[np.int32],
    starts: Numbers,
    lengths: Numbers,
) -> Numbers:
    """The `drop` rows for `build`: spans of shingles that start in a line the outlet repeats, article by article.

    outlets: (n,) a number per outlet, negative where unknown. starts, lengths: (n,) where the lines of each article
    stand in `line_hashes` (a hash per line) and `line_counts` (shingles that start in it). Cost: linear but for a sort
    of what may be repeated.
    """
    blocks = [_Block(outlets, line_hashes, starts, lengths, *span) for span in blocks_of(lengths)]
    often = _often(blocks, int(lengths.sum()))
    return np.concatenate([np.empty((0, 3), np.int64), *(_spans(block, line_counts, often) for block in blocks)])


def blocks_of(lengths: Numbers) -> list[tuple[int, int]]:
    """Runs of articles with about limits.BLOCK_SHINGLES shingles (or lines) each."""
    block = np.cumsum(lengths) // limits.BLOCK_SHINGLES
    edges = np.flatnonzero(np.diff(block, prepend=-1)).tolist() if len(lengths) else []
    return list(itertools.pairwise([*edges, len(lengths)]))


class _Block:
    """The lines of some articles, found when asked for."""

    def __init__(
        self, outlets: Numbers, hashes: NDArray[np.uint32], starts: Numbers, lengths: Numbers, first: int, last: int
    ) -> None:
        self.first, self.last = first, last
        self._outlets, self._hashes = outlets[first:last], hashes
        self._starts, self._lengths = starts[first:last], lengths[first:last]

    def owner(self) -> Numbers:
        """The article of each line, counted from `first`."""
        return np.repeat(np.arange(self.last - self.first), self._lengths)

    def where(self) -> Numbers:
        """The place of each line in `line_hashes`."""
        before = np.cumsum(self._lengths) - self._lengths
        return np.repeat(self._starts - before, self._lengths) + np.arange(int(self._lengths.sum()))

    def keys(self) -> Keys:
        """A number for each line of each outlet."""
        outlets = np.repeat(self._outlets.astype(np.uint64), self._lengths)
        return (outlets << _SHIFT) | self._hashes[self.where()].astype(np.uint64)

    def known(self) -> NDArray[np.bool_]:
        """Whether the outlet of each line is known."""
        return np.repeat(self._outlets >= 0, self._lengths)


def _often(blocks: list[_Block], lines: int) -> Keys:
    """The keys of lines in at least limits.REPEATED_IN articles, sorted."""
    bits = min(_MOST_BITS, max(10, (2 * lines).bit_length()))
    table = np.zeros(1 << bits, np.uint32)
    for block in blocks:
        np.add.at(table, _slots(block.keys(), bits), np.uint32(1))
    keys, owners = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for block in blocks:
        held = block.keys()
        likely = np.flatnonzero((table[_slots(held, bits)] >= limits.REPEATED_IN) & block.known())
        keys.append(held[likely])
        owners.append(block.owner()[likely] + block.first)
    del table
    return _in_several(np.concatenate(keys), np.concatenate(owners))


def _slots(keys: Keys, bits: int) -> NDArray[np.intp]:
    """The place of each key in a table of 2**bits."""
    return ((keys * _SPREAD) >> np.uint64(64 - bits)).astype(np.intp)


def _in_several(keys: Keys, owner: Numbers) -> Keys:
    """The keys that stand in at least limits.REPEATED_IN articles. `owner` ascends."""
    order = np.argsort(keys, kind="stable")
    keys, owner = keys[order], owner[order]
    new_line = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    new_article = new_line | np.append(True, owner[1:] != owner[:-1])[: len(keys)]
    counts = np.add.reduceat(new_article.astype(np.int64), np.flatnonzero(new_line)) if len(keys) else owner
    found: Keys = keys[new_line][counts >= limits.REPEATED_IN]
    return found


def _spans(block: _Block, line_counts: NDArray[np.int32], often: Keys) -> Numbers:
    """The rows of one block."""
    counts = line_counts[block.where()].astype(np.int64)
    found = spans(_is_in(block.keys(), often) & block.known(), counts, block.owner())
    found[:, 0] += block.first
    return found


def spans(seen: NDArray[np.bool_], counts: Numbers, owner: Numbers) -> Numbers:
    """The `drop` rows, by line: does the outlet repeat it, how many shingles start in it, its article (ascending)."""
    articles = int(owner[-1]) + 1 if len(owner) else 0
    share = np.bincount(owner, weights=counts * seen, minlength=articles) / np.maximum(
        np.bincount(owner, weights=counts, minlength=articles), 1
    )
    chosen = np.flatnonzero(seen & (counts > 0) & (share[owner] <= limits.REPEATED_SHARE))
    ends = np.cumsum(counts)
    base = np.concatenate(([0], ends))[np.searchsorted(owner, owner[chosen], side="left")]
    return np.stack((owner[chosen], ends[chosen] - counts[chosen] - base, ends[chosen] - base), axis=1)


def _is_in(keys: Keys, often: Keys) -> NDArray[np.bool_]:
    """Which keys are among the sorted ones."""
    if len(often) == 0:
        return np.zeros(len(keys), np.bool_)
    found: NDArray[np.bool_] = often[np.minimum(np.searchsorted(often, keys), len(often) - 1)] == keys
    return found
