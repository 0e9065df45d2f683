"""Sets: packed shingles in text order -> one sorted set per article, without the lines its outlet repeats.

What an outlet prints under story after story (a slogan, a newsletter plea the cleaner does not know) makes strangers
look alike. It is found by counting: a line in three or more articles of an outlet is *repeated*. But outlets also carry
one story several times, so repeated lines are taken out only of articles whose other lines mostly do not repeat.

Files: this one, lines.py (what an outlet repeats), kernel.py (numba; the same sets).
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from dedup.model import Sets, TextOrder
from dedup.sets.lines import blocks_of, repeated, spans

_HASH = np.uint32(0xFFFFFFFE)
__all__ = ["blocks_of", "build", "repeated", "spans"]

Numbers = NDArray[np.int64]


def build(text: TextOrder, drop: Numbers, *, compiled: bool = False) -> Sets:
    """The sets of n articles.

    drop: (m, 3) rows of article, first and last (exclusive) shingle, counted within the article, that are left out.
    compiled: by the numba kernel; the result is the same. Cost: O(total log length), limits.BLOCK_SHINGLES shingles at
    a time.
    """
    if compiled:
        from dedup.sets import kernel

        return kernel.build(text, drop[np.argsort(drop[:, 0], kind="stable")], 0, len(text.lengths))
    blocks = [_block(text, first, last, drop) for first, last in blocks_of(text.lengths)]
    keys = np.concatenate([np.empty(0, np.uint32), *(block.keys for block in blocks)])
    counts = np.concatenate([np.zeros(1, np.int64), *(np.diff(block.offsets) for block in blocks)])
    narrative = np.concatenate([np.empty(0, np.int64), *(block.narrative for block in blocks)])
    return Sets(keys, np.cumsum(counts), narrative)


def _block(text: TextOrder, first: int, last: int, drop: Numbers) -> Sets:
    """The sets of the articles from `first` to `last`."""
    lengths = text.lengths[first:last]
    starts = text.starts[first:last]
    spans = [slice(start, end) for start, end in zip(starts.tolist(), (starts + lengths).tolist(), strict=True)]
    keys = np.concatenate([text.hashes[span] for span in spans]) & _HASH
    keys |= np.concatenate([text.quoted[span] for span in spans])
    cuts = np.concatenate(([0], np.cumsum(lengths)))
    here = drop[(drop[:, 0] >= first) & (drop[:, 0] < last)] - np.array([first, 0, 0])
    keys, cuts = _without(keys, cuts, here)
    # A sort per article: NumPy sorts some hundred 32-bit numbers in a microsecond.
    for start, end in itertools.pairwise(cuts.tolist()):
        keys[start:end].sort()
    return _unique(keys, cuts)


def _without(keys: NDArray[np.uint32], cuts: Numbers, drop: Numbers) -> tuple[NDArray[np.uint32], Numbers]:
    """Leaves out the shingles that `drop` names; `cuts`: where each article begins, and the end."""
    if len(drop) == 0:
        return keys, cuts
    edges = np.zeros(len(keys) + 1, np.int64)
    np.add.at(edges, cuts[drop[:, 0]] + drop[:, 1], 1)
    np.add.at(edges, cuts[drop[:, 0]] + drop[:, 2], -1)
    kept = np.cumsum(edges[:-1]) == 0
    return keys[kept], _running(kept)[cuts]


def _unique(keys: NDArray[np.uint32], cuts: Numbers) -> Sets:
    """Each hash once per article: of one that occurs quoted and unquoted, the unquoted one, which sorts first."""
    hashes = keys >> np.uint32(1)
    new = np.append(True, hashes[1:] != hashes[:-1])[: len(keys)]
    new[cuts[:-1][cuts[:-1] < len(keys)]] = True
    keys, offsets = keys[new], _running(new)[cuts]
    narrative = np.diff(_running(keys & np.uint32(1) == 0)[offsets])
    return Sets(keys, offsets, narrative)


def _running(flags: NDArray[np.bool_]) -> Numbers:
    """How many flags are set before each place, and in all."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(flags)))
