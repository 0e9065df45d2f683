"""Sets: packed shingles in text order -> one sorted set per article, without the lines its outlet repeats.

What an outlet prints under story after story (a slogan, a newsletter plea the cleaner does not know) makes strangers
look alike. It is found by counting: a line in three or more articles of an outlet is *repeated*. But outlets also carry
one story several times, so repeated lines are taken out only of articles whose other lines mostly do not repeat.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dedup import limits
from dedup.model import Sets, TextOrder

_ONE = np.uint64(1)


def build(text: TextOrder, drop: NDArray[np.int64]) -> Sets:
    """The sets of n articles.

    drop: (m, 3) rows of article, first and last (exclusive) shingle, counted within the article, that are left out.
    Cost: O(total log length), limits.SET_BLOCK shingles at a time.
    """
    blocks, counts, narrative = [], [], []
    for first, last in _blocks(text.lengths):
        lengths = text.lengths[first:last]
        keys, owners = _gather(text, text.starts[first:last], lengths)
        here = drop[(drop[:, 0] >= first) & (drop[:, 0] < last)] - [first, 0, 0]
        keys, owners = _without(keys, owners, lengths, here)
        keys, owners = _unique(keys, owners)
        blocks.append(keys)
        counts.append(np.bincount(owners, minlength=last - first))
        narrative.append(np.bincount(owners[keys & np.uint32(1) == 0], minlength=last - first))
    none = np.empty(0, np.int64)
    offsets = np.concatenate(([0], np.cumsum(np.concatenate([none, *counts]))))
    keys = np.concatenate([np.empty(0, np.uint32), *blocks])
    return Sets(keys, offsets, np.concatenate([none, *narrative]))


def repeated(
    outlets: NDArray[np.int64],
    line_hashes: NDArray[np.uint32],
    line_counts: NDArray[np.int32],
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The `drop` rows for `build`: spans of shingles that start in a line the outlet repeats.

    outlets: (n,) a number per outlet, negative where unknown. starts, lengths: (n,) where the lines of each article
    stand in `line_hashes` (a hash per line) and `line_counts` (shingles that start in it).
    """
    owner = np.repeat(np.arange(len(lengths)), lengths)
    where = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(len(owner))
    counts = line_counts[where].astype(np.int64)
    seen = _seen_in(outlets[owner], line_hashes[where], owner) >= limits.REPEATED_IN
    seen &= outlets[owner] >= 0
    share = np.bincount(owner, weights=counts * seen, minlength=len(lengths)) / np.maximum(
        np.bincount(owner, weights=counts, minlength=len(lengths)), 1
    )
    chosen = np.flatnonzero(seen & (counts > 0) & (share[owner] <= limits.REPEATED_SHARE))
    ends = np.cumsum(counts)
    base = np.concatenate(([0], ends))[np.searchsorted(owner, owner[chosen], side="left")]
    return np.stack((owner[chosen], ends[chosen] - counts[chosen] - base, ends[chosen] - base), axis=1)


def _seen_in(outlets: NDArray[np.int64], lines: NDArray[np.uint32], owner: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each line: in how many articles of its outlet it stands."""
    keys = (outlets.astype(np.uint64) << np.uint64(32)) | lines.astype(np.uint64)
    _, key = np.unique(keys, return_inverse=True)
    once = np.unique(np.stack((key, owner), axis=1), axis=0)[:, 0]
    found: NDArray[np.int64] = np.bincount(once, minlength=int(key.max()) + 1 if len(key) else 0)[key]
    return found


def _blocks(lengths: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Runs of articles with about limits.SET_BLOCK shingles each."""
    block = np.cumsum(lengths) // limits.SET_BLOCK
    edges = np.flatnonzero(np.diff(block, prepend=-1)).tolist() if len(lengths) else []
    return list(zip(edges, [*edges[1:], len(lengths)], strict=True))


def _gather(
    text: TextOrder, starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Keys of the articles in text order, and the article (0..) each belongs to."""
    owners = np.repeat(np.arange(len(lengths)), lengths)
    where = np.arange(len(owners)) + np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return (text.hashes[where] & np.uint32(0xFFFFFFFE)) | text.quoted[where], owners


def _without(
    keys: NDArray[np.uint32], owners: NDArray[np.int64], lengths: NDArray[np.int64], drop: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    if len(drop) == 0:
        return keys, owners
    base = np.concatenate(([0], np.cumsum(lengths)))[drop[:, 0]]
    edges = np.zeros(len(keys) + 1, np.int64)
    np.add.at(edges, base + drop[:, 1], 1)
    np.add.at(edges, base + drop[:, 2], -1)
    kept = np.cumsum(edges[:-1]) == 0
    return keys[kept], owners[kept]


def _unique(keys: NDArray[np.uint32], owners: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Sorted within each article; of a hash that occurs quoted and unquoted, the unquoted one stays."""
    both = (owners.astype(np.uint64) << np.uint64(32)) | keys
    both.sort()
    hashes = both >> _ONE
    both = both[np.concatenate(([True], hashes[1:] != hashes[:-1]))] if len(both) else both
    return both.astype(np.uint32), (both >> np.uint64(32)).astype(np.int64)

