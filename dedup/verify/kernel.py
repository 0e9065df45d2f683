"""Kernel: the counts of verify, compiled by numba: two sorted sets are merged, a million elements a millisecond."""

# numba compiles these bodies; type annotations on them would be neither read nor checked.
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup import compiled
from dedup.model import Sets, TextOrder

_kept = partial(compiled.kept, folder=Path(__file__).parent, files=["kernel.py"])
_ONE = np.uint32(1)
_NOT_ONE = np.uint32(0xFFFFFFFE)
Counts = NDArray[Any]


def shared(sets: Sets, a: Counts, b: Counts) -> tuple[Counts, Counts]:
    """Shingles in both sets of each pair, and those outside quotation marks in both."""
    both, narrative = np.zeros(len(a), np.int32), np.zeros(len(a), np.int32)
    _shared(sets.keys, sets.offsets, a, b, both, narrative)
    return both, narrative


def runs(sets: Sets, text: TextOrder, a: Counts, b: Counts, least: int) -> tuple[Counts, Counts]:
    """Runs of at least `least` narrative shingles of a[i], in text order, that b[i] has: how many, and their length."""
    number, length = np.zeros(len(a), np.int64), np.zeros(len(a), np.int64)
    _runs(sets.keys, sets.offsets, text.hashes, text.quoted, text.starts, text.lengths, a, b, least, number, length)
    return number, length


@_kept
def _shared(keys, offsets, a, b, both, narrative):
    for pair in range(len(a)):
        i, i_end = offsets[a[pair]], offsets[a[pair] + 1]
        j, j_end = offsets[b[pair]], offsets[b[pair] + 1]
        n = 0
        plain = 0
        while i < i_end and j < j_end:
            left, right = keys[i] >> _ONE, keys[j] >> _ONE
            if left == right:
                n += 1
                plain += 1 - ((keys[i] | keys[j]) & _ONE)
            i += left <= right
            j += right <= left
        both[pair] = n
        narrative[pair] = plain


@_kept
def _runs(keys, offsets, hashes, quoted, starts, lengths, a, b, least, number, length):
    for pair in range(len(a)):
        other = keys[offsets[b[pair]] : offsets[b[pair] + 1]]
        first = starts[a[pair]]
        run = 0
        for at in range(lengths[a[pair]] + 1):
            found = False
            if at < lengths[a[pair]]:
                key = hashes[first + at] & _NOT_ONE
                place = np.searchsorted(other, key)
                found = not quoted[first + at] and place < len(other) and other[place] == key
            if found:
                run += 1
                continue
            if run >= least:
                number[pair] += 1
                length[pair] += run
            run = 0
