"""Kernel: both nets, compiled by numba: the same pairs as __init__.py, without sorting every pair the join meets.

Bands are hashed signature by signature, as they are read. The join sorts the sampled shingles range by range, keeps of
each what two or more articles have, and then goes through the articles: those that share a shingle with an article are
counted up in a table, and those met often enough are its pairs. So the many pairs that meet once are never written
down. Ranges, bands and articles are dealt to threads; the answer is the same for any number.
"""

# numba compiles these bodies; type annotations on them would be neither read nor checked.
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dedup import compiled, limits
from dedup.machine import forget, threaded

Numbers = NDArray[np.int64]
Keys = NDArray[np.uint64]
Articles = NDArray[np.uint32]

_kept = partial(compiled.kept, folder=Path(__file__).parent, files=["kernel.py"])
_ONE = np.uint32(1)
_SHIFT = np.uint64(32)
_RANGES = 10  # bits of a hash by which ranges are cut
# In a list of the articles that share a shingle: the last of them, and the first of a list that links as a star only.
_LAST, _HEAD, _ARTICLE = np.uint32(1 << 31), np.uint32(1 << 30), np.uint32((1 << 30) - 1)
_ENOUGH = 60_000  # shared shingles are counted up to here: two books share more than 16 bits hold


# ---------------------------------------------------------------- bands


def hash_bands(signatures: NDArray[np.uint32], places: Numbers, rows: int, hashed: NDArray[np.uint32]) -> None:
    """Fills hashed[band, places[i]] with what signature i meets others by; places below 0 are left out."""
    _hash_bands(signatures, places, rows, hashed)


@_kept
def _hash_bands(signatures, places, rows, hashed):
    for i in range(len(signatures)):
        if places[i] < 0:
            continue
        for band in range(len(hashed)):
            mixed = np.uint64(0)
            for column in range(band * rows, (band + 1) * rows):
                mixed = (mixed ^ np.uint64(signatures[i, column])) * np.uint64(0x9E3779B97F4A7C15)
                mixed ^= mixed >> np.uint64(32)
            hashed[band, places[i]] = np.uint32(mixed & np.uint64(0xFFFFFFFF))


# ---------------------------------------------------------------- the join


def joined(
    hashes: NDArray[np.uint32], offsets: Numbers, sample: int, too_common: Callable[..., int], workers: int
) -> tuple[Keys, int]:
    """As candidates._joined: the pairs, unsorted, and the number of hubs."""
    blocks = _blocks(offsets)
    counts = np.zeros(1 << _RANGES, np.int64)
    for first, last in blocks:
        _count(hashes[offsets[first] : offsets[last]], sample, counts)
        forget(hashes)

    def gather(span: tuple[int, int]) -> tuple[Articles, Numbers, int]:
        keys = np.empty(int(counts[span[0] : span[1]].sum()), np.uint64)
        at = 0
        for first, last in blocks:
            at = _select(hashes, offsets, first, last, sample, *span, keys, at)
            forget(hashes)
        keys.sort()
        members, sizes = np.empty(len(keys), np.uint32), np.zeros(limits.HUB_ARTICLES + 2, np.int64)
        kept = _lists(keys, limits.HUB_ARTICLES, members, sizes)
        return members[:kept].copy(), sizes, int(sizes[-1])

    found = list(threaded(gather, _ranges(counts, workers), workers))
    sizes = sum((held for _, held, _ in found), np.zeros(limits.HUB_ARTICLES + 2, np.int64))[:-1]
    values = np.flatnonzero(sizes)
    articles = len(offsets) - 1
    common = too_common(values, sizes[values], articles)
    members = np.concatenate([np.empty(0, np.uint32), *(held for held, _, _ in found)])
    hubs = sum(hub for *_, hub in found)
    del found
    _mark_stars(members, common)
    starts = np.zeros(articles + 1, np.int64)
    positions = _invert(members, starts)
    spans = _even(starts, workers)
    pairs = threaded(lambda span: _pairs(members, positions, starts, span, articles), spans, workers)
    return np.concatenate([np.empty(0, np.uint64), *pairs]), hubs


def _blocks(offsets: Numbers) -> list[tuple[int, int]]:
    """Runs of articles with about limits.JOIN_BLOCK shingles each."""
    edges = np.flatnonzero(np.diff(offsets[:-1] // limits.JOIN_BLOCK, prepend=-1)).tolist()
    return list(itertools.pairwise([*edges, len(offsets) - 1]))


def _ranges(counts: Numbers, workers: int) -> list[tuple[int, int]]:
    """Ranges of hashes with about limits.JOIN_POSTINGS sampled shingles each, as far as they can be cut."""
    size = min(limits.JOIN_POSTINGS, max(1, -(-int(counts.sum()) // workers)))
    edges = np.flatnonzero(np.diff((np.cumsum(counts) - counts) // size, prepend=-1)).tolist()
    return list(itertools.pairwise([*edges, len(counts)]))


def _even(starts: Numbers, workers: int) -> list[tuple[int, int]]:
    """Runs of articles with about as much to do each; more than threads, so that none waits long for another."""
    pieces = 8 * workers if workers > 1 else 1
    edges = np.searchsorted(starts, np.linspace(0, starts[-1], pieces + 1)[1:-1])
    return list(itertools.pairwise([0, *np.maximum.accumulate(edges).tolist(), len(starts) - 1]))


def _pairs(members: Articles, positions: Articles, starts: Numbers, span: tuple[int, int], articles: int) -> Keys:
    """The pairs of the articles in `span` with longer numbers. Done in slices, so that room is not guessed for all."""
    met = np.zeros(articles, np.uint16)
    touched = np.empty(articles, np.uint32)
    found = []
    first = span[0]
    room = np.empty(limits.JOIN_ROOM, np.uint64)
    while first < span[1]:
        first, held, whole = _meet(members, positions, starts, first, span[1], limits.MIN_SHARED, met, touched, room)
        found.append(room[:held].copy())
        if not whole:
            room = np.empty(2 * len(room), np.uint64)
    return np.concatenate([np.empty(0, np.uint64), *found])


@_kept
def _count(keys, sample, counts):
    shift = np.uint32(32 - _RANGES)
    rest = np.uint32((sample - 1) << 1)
    for key in keys:
        if key & rest == 0:
            counts[key >> shift] += 1


@_kept
def _select(keys, offsets, first, last, sample, low, high, out, at):
    shift = np.uint32(32 - _RANGES)
    rest = np.uint32((sample - 1) << 1)
    for article in range(first, last):
        for place in range(offsets[article], offsets[article + 1]):
            key = keys[place]
            if key & rest == 0 and low <= key >> shift < high:
                out[at] = (np.uint64(key >> _ONE) << np.uint64(32)) | np.uint64(article)
                at += 1
    return at


@_kept
def _lists(keys, most, members, sizes):
    """The articles of every shingle that several have, shingle by shingle; how many of each size; hubs come last."""
    kept = 0
    start = 0
    for i in range(1, len(keys) + 1):
        if i < len(keys) and keys[i] >> np.uint64(32) == keys[start] >> np.uint64(32):
            continue
        size = i - start
        if size > most:
            sizes[most + 1] += 1
        elif size > 1:
            sizes[size] += 1
            for j in range(start, i):
                members[kept] = np.uint32(keys[j] & np.uint64(0xFFFFFFFF))
                kept += 1
            members[kept - 1] |= _LAST
        start = i
    return kept


@_kept
def _mark_stars(members, common):
    """Marks the first of each list of at least `common`."""
    start = 0
    for i in range(len(members)):
        if members[i] & _LAST:
            if i + 1 - start >= common:
                members[start] |= _HEAD
            start = i + 1


@_kept
def _invert(members, starts):
    """Where each article stands in `members`, article by article; starts: filled with where its places begin.

    Of a list that links as a star an article needs its own place; only the head looks further than the next.
    """
    for member in members:
        starts[(member & _ARTICLE) + 1] += 1
    for article in range(len(starts) - 1):
        starts[article + 1] += starts[article]
    at = starts[:-1].copy()
    positions = np.empty(len(members), np.uint32)
    star = False
    new = True
    for i in range(len(members)):
        if new:
            star = members[i] & _HEAD != 0
        article = members[i] & _ARTICLE
        # The upper bit of a place says that the article is no head of a star: it looks at the next one only.
        positions[at[article]] = np.uint32(i) | (_LAST if star and not new else np.uint32(0))
        at[article] += 1
        new = members[i] & _LAST != 0
    return positions


@_kept
def _meet(members, positions, starts, first, last, least, met, touched, room):
    """Pairs of the articles from `first` on, until all are done or the room is. Where it stopped, how many, whether
    the next one's pairs fit in the room at all."""
    held = 0
    for article in range(first, last):
        n = 0
        for k in range(starts[article], starts[article + 1]):
            place = positions[k]
            only_next = place & _LAST != 0
            place &= ~_LAST
            head = members[place] & _HEAD != 0
            step = 1
            while not members[place] & _LAST:
                place += np.uint32(1)
                other = members[place] & _ARTICLE
                if met[other] == 0:
                    touched[n] = other
                    n += 1
                if met[other] < _ENOUGH:
                    met[other] += 2 if head and step == 1 else 1
                step += 1
                if only_next:
                    break
        if held + n > len(room):
            for i in range(n):
                met[touched[i]] = 0
            return article, held, held > 0
        for i in range(n):
            if met[touched[i]] >= least:
                room[held] = (np.uint64(article) << np.uint64(32)) | np.uint64(touched[i])
                held += 1
            met[touched[i]] = 0
    return last, held, True
