"""Candidates: signatures and packed shingles -> pairs of articles worth a closer look.

Two nets, because two kinds of near-copies escape each other's:
- **LSH bands** find whole copies. A band of r signature rows is hashed to one number; articles with an equal number
  meet in a bucket. Buckets are found by sorting, band by band, and linked as a star (each article to the longest one in
  the bucket, and to its neighbour), so the work is linear whatever the bucket's size. A textbook LSH table gives the
  same components 49 to 59 times slower.
- **The join on rare shingles** finds excerpts, updates and mixed articles, whose Jaccard similarity is too low for any
  banding: on labelled wire pairs Jaccard >= .5 holds for 4 of 10 "same dispatch" pairs. A thinned sample of shingles
  (FracMinHash: those whose hash is divisible by `sample`) is sorted; articles that share one are paired, from the
  rarest shingle upwards until the budget of pairs is spent; commoner shingles link as stars; hubs link nothing. Pairs
  that share at least two stay.

Articles are numbered by the caller, longest first, so that the lowest number of a bucket is its longest article.
Everything is NumPy: sorts and gathers over flat arrays, no object per article.

Files: this one, kernel.py (numba; the same pairs in less time and memory).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dedup import limits
from dedup.machine import threaded

_SHIFT = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of article numbers, a < b, sorted, each once."""

    a: NDArray[np.uint32]
    b: NDArray[np.uint32]
    hub_shingles: int  # shingles in more than limits.HUB_ARTICLES articles
    buckets: int  # band buckets of more than limits.BUCKET_ARTICLES articles


def find(
    signatures: NDArray[np.uint32],
    hashes: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    lsh_threshold: float = limits.LSH_THRESHOLD,
) -> Candidates:
    """The pairs of n articles worth verifying.

    signatures: (n, 128). hashes: the shingle sets of all articles, one after the other; that of article i is
    hashes[offsets[i]:offsets[i+1]], its lowest bit is ignored (model.Sets keeps a flag there). Cost: O(n log n) for
    sorting; at most about limits.JOIN_PAIRS pairs an article from the join and 2 from each band.
    """
    hashed = empty_bands(len(signatures), lsh_threshold, signatures.shape[1])
    hash_bands(signatures, np.arange(len(signatures)), lsh_threshold, hashed)
    return among(hashed, hashes, offsets)


def among(
    hashed: NDArray[np.uint32],
    hashes: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    *,
    compiled: bool = False,
    workers: int = 1,
) -> Candidates:
    """The same, from the hashed bands of the signatures: (b, n), a number for each band of each article.

    compiled: by the numba kernel; workers: threads. The pairs are the same.
    """
    banded, buckets = _banded(hashed, workers)
    if compiled:
        from dedup.candidates import kernel

        joined, hubs = kernel.joined(hashes, offsets, sample_of(len(hashes)), too_common, workers)
    else:
        joined, hubs = _joined(hashes, offsets)
    keys = np.concatenate((banded, joined))
    del banded, joined
    keys.sort()
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    return Candidates((keys >> _SHIFT).astype(np.uint32), keys.astype(np.uint32), hubs, buckets)


# ---------------------------------------------------------------- LSH bands


@cache
def bands(threshold: float, num_perm: int = limits.NUM_PERM) -> tuple[int, int]:
    """Bands and rows that lose least at `threshold`, false positives and false negatives counted alike.

    The same choice as datasketch's MinHashLSH(threshold, num_perm) makes by numerical integration: the chance that two
    articles of similarity s meet is 1 - (1 - s**r)**b, a polynomial of degree b*r <= num_perm, which Gauss-Legendre
    quadrature with num_perm/2 + 1 nodes integrates exactly.

    >>> bands(0.4), bands(0.8)
    ((32, 4), (9, 13))
    """
    nodes, weights = np.polynomial.legendre.leggauss(num_perm // 2 + 1)
    low, high = threshold * (nodes + 1) / 2, threshold + (1 - threshold) * (nodes + 1) / 2

    def loss(b: int, r: int) -> float:
        false_positive = threshold / 2 * float(weights @ (1 - (1 - low**r) ** b))
        false_negative = (1 - threshold) / 2 * float(weights @ ((1 - high**r) ** b))
        return 0.5 * false_positive + 0.5 * false_negative

    choices = [(b, r) for b in range(1, num_perm + 1) for r in range(1, num_perm // b + 1)]
    return min(choices, key=lambda choice: loss(*choice))


def empty_bands(n: int, threshold: float = limits.LSH_THRESHOLD, num_perm: int = limits.NUM_PERM) -> NDArray[np.uint32]:
    """(b, n) room for the hashed bands of n signatures."""
    return np.empty((bands(threshold, num_perm)[0], n), np.uint32)


def hash_bands(
    signatures: NDArray[np.uint32],
    places: NDArray[np.int64],
    threshold: float,
    hashed: NDArray[np.uint32],
    *,
    compiled: bool = False,
) -> None:
    """Fills hashed[:, places[i]] with a number per band, by which signature i meets others; not for places below 0."""
    b, r = bands(threshold, signatures.shape[1])
    if compiled:
        from dedup.candidates import kernel

        kernel.hash_bands(signatures, places, r, hashed)
        return
    chosen = np.flatnonzero(places >= 0)
    for band in range(b):
        hashed[band, places[chosen]] = band_hashes(signatures[chosen, band * r : (band + 1) * r]).astype(np.uint32)


def _banded(hashed: NDArray[np.uint32], workers: int) -> tuple[NDArray[np.uint64], int]:
    """Star edges of every bucket of every band, as sorted keys, and the number of oversized buckets."""

    def linked_in(band: NDArray[np.uint32]) -> tuple[NDArray[np.uint64], int]:
        keys = (band.astype(np.uint64) << _SHIFT) | np.arange(len(band), dtype=np.uint64)
        keys.sort()
        heads, sizes = _groups(keys)
        return _stars(keys & _LOW, heads, sizes), int(np.count_nonzero(sizes > limits.BUCKET_ARTICLES))

    edges, oversized = np.empty(0, np.uint64), 0
    for first in range(0, len(hashed), limits.BANDS_AT_ONCE):
        found = list(threaded(linked_in, hashed[first : first + limits.BANDS_AT_ONCE], workers))
        edges = np.unique(np.concatenate((edges, *(held for held, _ in found))))
        oversized += sum(large for _, large in found)
    return edges, oversized


def band_hashes(rows: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """(n, r) rows of a band -> a hash of each. The lower 32 bits are what articles meet by."""
    mixed = np.zeros(len(rows), np.uint64)
    for column in rows.T:
        mixed = (mixed ^ column) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> _SHIFT
    return mixed


def _groups(keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sorted keys -> start and size of each run of two or more with an equal upper half."""
    if len(keys) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    upper = keys >> _SHIFT
    starts = np.flatnonzero(np.concatenate(([True], upper[1:] != upper[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    several = sizes > 1
    return starts[several], sizes[several]


def _stars(articles: NDArray[np.uint64], heads: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Edges head-member and neighbour-neighbour of each group; articles ascend within a group."""
    members = _ranges(heads + 1, sizes - 1)
    star = (np.repeat(articles[heads], sizes - 1) << _SHIFT) | articles[members]
    chain = (articles[members - 1] << _SHIFT) | articles[members]
    return np.concatenate((star, chain))


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """starts (5, 20), lengths (2, 3) -> 5 6 20 21 22."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    places: NDArray[np.int64] = np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - lengths), lengths)
    return places


# ---------------------------------------------------------------- the join on rare shingles


def _joined(hashes: NDArray[np.uint32], offsets: NDArray[np.int64]) -> tuple[NDArray[np.uint64], int]:
    """Keys of the pairs that share at least limits.MIN_SHARED sampled shingles, and the number of hubs."""
    keys = _postings(hashes, offsets)
    heads, sizes = _groups(keys)
    hub = sizes > limits.HUB_ARTICLES
    heads, sizes = heads[~hub], sizes[~hub]
    articles = keys & _LOW
    emitted = linked(articles, heads, sizes, too_common(*np.unique(sizes, return_counts=True), len(offsets) - 1))
    emitted.sort()
    return _often(emitted, limits.MIN_SHARED), int(np.count_nonzero(hub))


def linked(
    articles: NDArray[np.uint64], heads: NDArray[np.int64], sizes: NDArray[np.int64], common: int
) -> NDArray[np.uint64]:
    """The pairs (a << 32 | b) that groups make: all those of one with fewer articles than `common`, else a star.

    Group i is articles[heads[i] : heads[i] + sizes[i]], ascending. A pair of several groups stands there several times.
    """
    rare = sizes < common
    pairs = [_all_pairs(articles, heads[sizes == size], int(size)) for size in np.unique(sizes[rare])]
    return np.concatenate([*pairs, _stars(articles, heads[~rare], sizes[~rare])])


def _postings(hashes: NDArray[np.uint32], offsets: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Sorted (shingle hash, article) keys of the sampled shingles. A set holds a hash once, so each key stands once."""
    sample = sample_of(len(hashes))
    found = [np.empty(0, np.uint64)]
    for first, last in _blocks(offsets):
        block = hashes[offsets[first] : offsets[last]] >> np.uint32(1)
        kept = sampled(block, sample)
        # How many were kept before each article's end gives how many each article keeps.
        counts = np.diff(np.searchsorted(kept, offsets[first : last + 1] - offsets[first]))
        owner = np.repeat(np.arange(first, last, dtype=np.uint64), counts)
        found.append((block[kept].astype(np.uint64) << _SHIFT) | owner)
    keys = np.concatenate(found)
    keys.sort()
    return keys


def sample_of(shingles: int) -> int:
    """One shingle in how many takes part in the join, if all sets together hold so many.

    >>> sample_of(1_000_000), sample_of(300_000_000)
    (4, 8)
    """
    sample = limits.SAMPLE
    while shingles // sample > limits.MAX_POSTINGS:
        sample *= 2
    return sample


def sampled(hashes: NDArray[np.uint32], sample: int) -> NDArray[np.int64]:
    """The places of the shingle hashes (31 bits) that take part."""
    return np.flatnonzero(hashes & np.uint32(sample - 1) == 0)


def _blocks(offsets: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Runs of articles with about limits.BLOCK_SHINGLES shingles each: what fits the processor's cache is fast."""
    edges = np.flatnonzero(np.diff(offsets[:-1] // limits.BLOCK_SHINGLES, prepend=-1)).tolist()
    return itertools.pairwise([*edges, len(offsets) - 1])


def too_common(values: NDArray[np.int64], counts: NDArray[np.int64], articles: int) -> int:
    """The smallest number of articles at which a shingle no longer pairs all of them, by the budget of pairs.

    counts[i] shingles are in values[i] articles each; values ascend.
    """
    budget = max(limits.JOIN_FLOOR, limits.JOIN_PAIRS * articles)
    spent = np.cumsum(counts * values * (values - 1) // 2)
    affordable = values[spent <= budget]
    return int(affordable[-1]) + 1 if len(affordable) else 2


def _all_pairs(articles: NDArray[np.uint64], heads: NDArray[np.int64], size: int) -> NDArray[np.uint64]:
    """Every pair within each group of one size."""
    table = articles[heads[:, None] + np.arange(size)]
    left, right = np.triu_indices(size, 1)
    pairs: NDArray[np.uint64] = ((table[:, left] << _SHIFT) | table[:, right]).ravel()
    return pairs


def _often(keys: NDArray[np.uint64], least: int) -> NDArray[np.uint64]:
    """The distinct values of sorted `keys` that occur at least `least` times."""
    if len(keys) < least:
        return np.empty(0, np.uint64)
    again = np.flatnonzero(keys[least - 1 :] == keys[: len(keys) - least + 1])
    return np.unique(keys[again])
