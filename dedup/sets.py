"""Sets: packed shingles in text order -> one sorted set per article, without the lines its outlet repeats.

What an outlet prints under story after story (a slogan, a newsletter plea the cleaner does not know) makes strangers
look alike. It is found by counting: a line in three or more articles of an outlet is *repeated*. But outlets also carry
one story several times, so repeated lines are taken out only of articles whose other lines mostly do not repeat.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from dedup import limits
from dedup.model import Sets, TextOrder

_HASH = np.uint32(0xFFFFFFFE)
Numbers = NDArray[np.int64]


def build(text: TextOrder, drop: Numbers) -> Sets:
    """The sets of n articles.

    drop: (m, 3) rows of article, first and last (exclusive) shingle, counted within the article, that are left out.
    Cost: O(total log length), limits.BLOCK_SHINGLES shingles at a time.
    """
    blocks = [_block(text, first, last, drop) for first, last in _blocks(text.lengths)]
    keys = np.concatenate([np.empty(0, np.uint32), *(block.keys for block in blocks)])
    counts = np.concatenate([np.zeros(1, np.int64), *(np.diff(block.offsets) for block in blocks)])
    narrative = np.concatenate([np.empty(0, np.int64), *(block.narrative for block in blocks)])
    return Sets(keys, np.cumsum(counts), narrative)


def repeated(
    outlets: Numbers,
    line_hashes: NDArray[np.uint32],
    line_counts: NDArray[np.int32],
    starts: Numbers,
    lengths: Numbers,
) -> Numbers:
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


def _seen_in(outlets: Numbers, lines: NDArray[np.uint32], owner: Numbers) -> Numbers:
    """For each line: in how many articles of its outlet it stands. `owner` ascends."""
    keys = (outlets.astype(np.uint64) << np.uint64(32)) | lines.astype(np.uint64)
    order = np.argsort(keys, kind="stable")
    keys, owner = keys[order], owner[order]
    new_line = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    new_article = new_line | np.append(True, owner[1:] != owner[:-1])[: len(keys)]
    line = np.cumsum(new_line) - 1
    seen = np.empty(len(keys), np.int64)
    seen[order] = np.bincount(line[new_article], minlength=int(line[-1]) + 1 if len(line) else 0)[line]
    return seen


def _blocks(lengths: Numbers) -> list[tuple[int, int]]:
    """Runs of articles with about limits.BLOCK_SHINGLES shingles each."""
    block = np.cumsum(lengths) // limits.BLOCK_SHINGLES
    edges = np.flatnonzero(np.diff(block, prepend=-1)).tolist() if len(lengths) else []
    return list(itertools.pairwise([*edges, len(lengths)]))


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
