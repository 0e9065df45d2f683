"""Postings: sampled shingle -> the articles that have it, as sorted, packed pages; looked up and merged.

A posting is one number: shingle hash (31 bits) above, article (32 bits) below. What one `add` brings is a *segment*:
its postings sorted and cut into pages of limits.INDEX_PAGE, and a directory with the first hash of every page. A page
holds the differences of its hashes and its articles by byte planes, packed by zstd: some 4 bytes a posting where a row
of a database table takes 40.

Only one shingle in limits.SAMPLE is posted: the sample of the join on rare shingles (dedup/candidates), so a query
sees the pairs that a clustering would see, and whole copies all the more.

Segments are merged log-structured: a new one swallows those before it until the next is limits.INDEX_FANOUT times as
large, so n adds leave O(log n) segments and no posting is written more than O(log n) times. Merging and pruning go by
ranges of hashes, a few hundred pages at a time, whatever the size.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup import limits
from dedup.index.pack import damaged, deflated, inflated
from dedup.index.store import Blob, Segment

_COUNT = struct.Struct("<I")
_SHIFT = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_RUN_PAGES = limits.HUB_ARTICLES // limits.INDEX_PAGE + 3  # more pages than that with one shingle: a hub for sure
_LARGEST_DIRECTORY = 64 << 20  # bytes: 16 million pages, 34 billion postings
Keys = NDArray[np.uint64]
Hashes = NDArray[np.uint32]
Numbers = NDArray[np.int64]
Read = Callable[[Sequence[int]], Iterable[Blob]]


# ---------------------------------------------------------------- bytes


def sampled(hashes: Hashes, thin: int = 1) -> Hashes:
    """Of shingle hashes in any order the distinct ones that are posted, their flag bit gone; sorted."""
    found: Hashes = np.unique(hashes >> np.uint32(1))
    chosen: Hashes = found[found & np.uint32(limits.SAMPLE * thin - 1) == 0]
    return chosen


def posted(articles: Sequence[tuple[int, Hashes]]) -> Keys:
    """The postings of some articles (number, `sampled` hashes), sorted."""
    owner = np.repeat(np.array([n for n, _ in articles], np.uint64), [len(hashes) for _, hashes in articles])
    keys = np.concatenate([np.empty(0, np.uint32), *(hashes for _, hashes in articles)]).astype(np.uint64)
    keys = (keys << _SHIFT) | owner
    keys.sort()
    return keys


def packed(keys: Keys) -> bytes:
    """A page of sorted postings as bytes."""
    hashes = (keys >> _SHIFT).astype("<u4")
    steps = np.diff(hashes, prepend=np.zeros(1, "<u4")).astype("<u4")
    both = np.stack((steps, (keys & _LOW).astype("<u4")))
    return _COUNT.pack(len(keys)) + deflated(both.view(np.uint8).reshape(2, len(keys), 4).transpose(0, 2, 1).tobytes())


def unpacked(data: bytes, where: str) -> Keys:
    """The postings of a page. Raises InputError for bytes that are none."""
    if len(data) < _COUNT.size:
        raise damaged(where, "a page is cut off")
    (count,) = _COUNT.unpack_from(data)
    raw = inflated(data[_COUNT.size :], 8 * limits.INDEX_PAGE, where)
    if len(raw) != 8 * count:
        raise damaged(where, "a page has another length than it says")
    planes = np.frombuffer(raw, np.uint8).reshape(2, 4, count).transpose(0, 2, 1)
    steps, articles = np.ascontiguousarray(planes).view("<u4")[:, :, 0]
    hashes = np.cumsum(steps, dtype=np.uint64)
    if count and (hashes[-1] >> _SHIFT):
        raise damaged(where, "a page is out of order")
    keys: Keys = (hashes << _SHIFT) | articles
    return keys


def directory(firsts: Hashes) -> bytes:
    """The first hash of every page of a segment as bytes."""
    return deflated(firsts.astype("<u4").tobytes())


def _directory(data: bytes, segment: Segment, where: str) -> Hashes:
    firsts = np.frombuffer(inflated(data, min(4 * segment.pages, _LARGEST_DIRECTORY), where), np.uint8)
    if len(firsts) != 4 * segment.pages or segment.pages < 1:
        raise damaged(where, "a directory has another length than its segment")
    return firsts.view("<u4").astype(np.uint32)


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Found:
    """Postings of the hashes asked for, sorted, and how many of the hashes are hubs (and have none here)."""

    keys: Keys
    hubs: int


class Postings:
    """The segments of one index, read through `pages` and `directories` of its store."""

    def __init__(self, segments: Sequence[Segment], pages: Read, directories: Read, where: str) -> None:
        self.segments = tuple(segments)
        self._pages = pages
        self._where = where
        held = dict(directories(sorted(segment.number for segment in segments)))
        missing = [segment.number for segment in segments if segment.number not in held]
        if missing:
            raise damaged(where, f"directory {missing[0]} is missing")
        self._firsts = [_directory(held[segment.number], segment, where) for segment in segments]

    def lookup(self, hashes: Hashes) -> Found:
        """The postings of `hashes` (sorted, distinct), but for those with more than limits.HUB_ARTICLES."""
        found, hub = [np.empty(0, np.uint64)], np.zeros(len(hashes), np.bool_)
        for segment, firsts in zip(self.segments, self._firsts, strict=True):
            first, last = _covering(firsts, hashes)
            hub |= last - first > _RUN_PAGES
            wanted = _union(first[~hub], last[~hub])
            for block in _runs(wanted, limits.INDEX_MERGE_PAGES):
                found.append(_of(self._read(segment, block), hashes))
        keys = np.concatenate(found)
        keys.sort()
        counts = np.diff(np.searchsorted(keys, _edges(hashes)).reshape(-1, 2), axis=1)[:, 0]
        hub |= counts > limits.HUB_ARTICLES
        keep = ~np.isin((keys >> _SHIFT).astype(np.uint32), hashes[hub])
        return Found(keys[keep], int(np.count_nonzero(hub)))

    def merged(self, chosen: Sequence[Segment], dead: Numbers) -> Iterator[Keys]:
        """All postings of some segments, sorted, without the articles `dead` (sorted), in blocks."""
        at = [self.segments.index(segment) for segment in chosen]
        if not at:
            return
        starts = np.sort(np.concatenate([self._firsts[i] for i in at]))[:: limits.INDEX_MERGE_PAGES]
        cuts = [0, *np.unique(starts[1:]).tolist(), 1 << 32]
        for low, high in itertools.pairwise(cuts):
            block = np.concatenate([np.empty(0, np.uint64), *(self._between(i, low, high) for i in at)])
            block.sort(kind="stable")  # runs that are sorted already are merged
            yield block[~_among((block & _LOW).astype(np.int64), dead)]

    def _between(self, i: int, low: int, high: int) -> Keys:
        """The postings of segment `i` with a hash of low <= hash < high."""
        firsts = self._firsts[i]
        first = max(0, int(np.searchsorted(firsts, low, "left")) - 1)
        last = int(np.searchsorted(firsts, high, "left"))
        keys = self._read(self.segments[i], range(first, last))
        hashes = keys >> _SHIFT
        return keys[np.searchsorted(hashes, low, "left") : np.searchsorted(hashes, high, "left")]

    def _read(self, segment: Segment, places: Sequence[int]) -> Keys:
        """The postings of some pages of a segment, one after the other."""
        numbers = [segment.first_page + place for place in places]
        pages = [unpacked(data, self._where) for _, data in self._pages(numbers)]
        if len(pages) != len(numbers):
            raise damaged(self._where, "pages are missing")
        keys = np.concatenate([np.empty(0, np.uint64), *pages])
        if np.any(keys[1:] < keys[:-1]):
            raise damaged(self._where, "pages are out of order")
        return keys


def _covering(firsts: Hashes, hashes: Hashes) -> tuple[Numbers, Numbers]:
    """For each hash the pages it can be on: from the first (inclusive) to the last (exclusive)."""
    first = np.maximum(np.searchsorted(firsts, hashes, "left") - 1, 0)
    return first, np.searchsorted(firsts, hashes, "right")


def _union(first: Numbers, last: Numbers) -> list[int]:
    """The pages in any of the ranges, ascending."""
    return sorted({page for i, j in zip(first.tolist(), last.tolist(), strict=True) for page in range(i, j)})


def _runs(pages: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(pages), size):
        yield pages[start : start + size]


def _edges(hashes: Hashes) -> Keys:
    """Where the postings of each hash would begin and end among sorted keys, flat."""
    wide = hashes.astype(np.uint64)
    return np.stack((wide << _SHIFT, (wide + np.uint64(1)) << _SHIFT), axis=1).ravel()


def _of(keys: Keys, hashes: Hashes) -> Keys:
    """Those of the sorted keys that have one of the hashes (sorted)."""
    first, last = np.searchsorted(keys, _edges(hashes)).reshape(-1, 2).T
    lengths = last - first
    ends = np.cumsum(lengths)
    places = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(first - (ends - lengths), lengths)
    chosen: Keys = keys[places]
    return chosen


def _among(values: Numbers, chosen: Numbers) -> NDArray[np.bool_]:
    """Which of the values are among the chosen, which are sorted."""
    if len(chosen) == 0:
        return np.zeros(len(values), np.bool_)
    place = np.minimum(np.searchsorted(chosen, values), len(chosen) - 1)
    found: NDArray[np.bool_] = chosen[place] == values
    return found


# ---------------------------------------------------------------- writing


def cut(blocks: Iterable[Keys]) -> Iterator[tuple[int, bytes]]:
    """Sorted postings in blocks -> pages: the first hash of each, and its bytes."""
    rest = np.empty(0, np.uint64)
    for block in blocks:
        rest = np.concatenate((rest, block))
        full = len(rest) - len(rest) % limits.INDEX_PAGE
        for start in range(0, full, limits.INDEX_PAGE):
            yield _page(rest[start : start + limits.INDEX_PAGE])
        rest = rest[full:]
    if len(rest):
        yield _page(rest)


def _page(keys: Keys) -> tuple[int, bytes]:
    return int(keys[0] >> _SHIFT), packed(keys)


def swallowed(segments: Sequence[Segment], postings: int) -> int:
    """How many of the last segments a new one of so many postings is merged with.

    >>> [swallowed([Segment(0, 0, 1, n) for n in sizes], 100) for sizes in ((), (900,), (700,), (20_000, 900, 700))]
    [0, 0, 1, 2]
    """
    count = 0
    for segment in reversed(segments):
        if segment.postings >= limits.INDEX_FANOUT * postings:
            break
        postings += segment.postings
        count += 1
    return count
