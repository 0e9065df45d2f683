"""Kernel: one sorted set per article, compiled by numba: what sets._block does, at a third of the time.

Shingle hashes are evenly spread, so one pass that puts each near its place (by its upper bits) and an insertion sort
that mends the rest take some three nanoseconds a shingle. Hashes can be chosen to meet in one place, so the insertions
are counted, and a text that needs too many of them is sorted digit by digit.
"""

# numba compiles these bodies; type annotations on them would be neither read nor checked.
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np

from dedup import compiled
from dedup.model import Sets, TextOrder

_kept = partial(compiled.kept, folder=Path(__file__).parent, files=["kernel.py"])
_ONE = np.uint32(1)
_NOT_ONE = np.uint32(0xFFFFFFFE)
_MOST_BITS = 12  # of the first pass: 4,096 counters stay in the processor's nearest cache
_MOVES = 8  # insertions a shingle; evenly spread hashes need less than one


def build(text: TextOrder, drop, first: int, last: int) -> Sets:
    """The sets of the articles from `first` to `last`. drop: rows as for sets.build, of these articles, in order."""
    lengths = text.lengths[first:last]
    keys = np.empty(int(lengths.sum()), np.uint32)
    offsets, narrative = np.zeros(last - first + 1, np.int64), np.zeros(last - first, np.int64)
    longest = int(lengths.max(initial=0))
    _build(text.hashes, text.quoted, text.starts[first:last], lengths, drop, first, longest, keys, offsets, narrative)
    return Sets(keys[: offsets[-1]], offsets, narrative)


@_kept
def _build(hashes, quoted, starts, lengths, drop, first, longest, keys, offsets, narrative):
    held = np.empty(longest, np.uint32)
    spare = np.empty(longest, np.uint32)
    out = np.zeros(longest, np.bool_)
    counts = np.empty(1 << _MOST_BITS, np.int64)
    dropped = 0
    at = 0
    for i in range(len(lengths)):
        begin, size = starts[i], lengths[i]
        since = dropped
        while dropped < len(drop) and drop[dropped, 0] == first + i:
            for place in range(drop[dropped, 1], min(drop[dropped, 2], size)):
                out[place] = True
            dropped += 1
        n = 0
        for place in range(size):
            if not out[place]:
                held[n] = (hashes[begin + place] & _NOT_ONE) | np.uint32(quoted[begin + place])
                n += 1
        if dropped > since:
            out[:size] = False
        ordered = _sorted(held, spare, n, counts)
        plain = 0
        for place in range(n):
            if place == 0 or (ordered[place] ^ ordered[place - 1]) > _ONE:
                keys[at] = ordered[place]
                plain += 1 - (ordered[place] & _ONE)
                at += 1
        narrative[i] = plain
        offsets[i + 1] = at


@_kept
def _sorted(held, spare, n, counts):
    """The first n of `held`, sorted, in `held` or `spare`."""
    bits = 4
    while bits < _MOST_BITS and (1 << bits) < n:
        bits += 1
    shift = np.uint32(32 - bits)
    counts[: 1 << bits] = 0
    for i in range(n):
        counts[held[i] >> shift] += 1
    before = 0
    for digit in range(1 << bits):
        before, counts[digit] = before + counts[digit], before
    for i in range(n):
        digit = held[i] >> shift
        spare[counts[digit]] = held[i]
        counts[digit] += 1
    left = _MOVES * n
    for i in range(1, n):
        key = spare[i]
        j = i
        while j > 0 and spare[j - 1] > key:
            spare[j] = spare[j - 1]
            j -= 1
        spare[j] = key
        left -= i - j
        if left < 0:
            return _by_digits(held, spare, n, counts)
    return spare


@_kept
def _by_digits(held, spare, n, counts):
    """The same, eight bits at a time. Both hold the same numbers in the beginning."""
    for step in range(4):
        shift = np.uint32(8 * step)
        counts[:256] = 0
        for i in range(n):
            counts[(held[i] >> shift) & np.uint32(255)] += 1
        before = 0
        for digit in range(256):
            before, counts[digit] = before + counts[digit], before
        for i in range(n):
            digit = (held[i] >> shift) & np.uint32(255)
            spare[counts[digit]] = held[i]
            counts[digit] += 1
        held, spare = spare, held
    return held
