"""Twin: the counts of verify in SciPy and NumPy, for corpora too small to wait for a compiler."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from dedup import limits
from dedup.model import Sets, TextOrder

_ONE = np.uint32(1)
_NOT_ONE = np.uint32(0xFFFFFFFE)
Counts = NDArray[Any]


def shared(sets: Sets, a: Counts, b: Counts) -> tuple[Counts, Counts]:
    """Shingles in both sets of each pair, and those outside quotation marks in both.

    Rows of the article-shingle matrix are multiplied place by place, pair by pair, so many at a time: linear in the
    sets of the pairs. (The product of the matrix with itself has all pairs at once, and the square of what all share.)
    """
    if len(a) == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    _, columns = np.unique(sets.keys >> _ONE, return_inverse=True)
    shape = (len(sets.offsets) - 1, int(columns.max(initial=0)) + 1)
    found = []
    for values in (np.ones(len(columns), np.int32), (sets.keys & _ONE == 0).astype(np.int32)):
        found.append(_common(sparse.csr_array((values, columns, sets.offsets), shape=shape), a, b))
    return found[0], found[1]


def _common(matrix: Any, a: Counts, b: Counts) -> Counts:
    """The sums over matrix[a[i]] * matrix[b[i]]."""
    spans = [slice(first, first + limits.VERIFY_PAIRS) for first in range(0, len(a), limits.VERIFY_PAIRS)]
    return np.concatenate([matrix[a[span]].multiply(matrix[b[span]]).sum(axis=1) for span in spans]).astype(np.int64)


def runs(sets: Sets, text: TextOrder, a: Counts, b: Counts, least: int) -> tuple[Counts, Counts]:
    """Runs of at least `least` narrative shingles of a[i], in text order, that b[i] has: how many, and their length."""
    number, length = np.zeros(len(a), np.int64), np.zeros(len(a), np.int64)
    for i, (left, right) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        own = slice(text.starts[left], text.starts[left] + text.lengths[left])
        other = sets.keys[sets.offsets[right] : sets.offsets[right + 1]]
        keys = text.hashes[own] & _NOT_ONE
        places = np.searchsorted(other, keys)
        here = (np.append(other, _ONE)[places] == keys) & ~text.quoted[own]  # _ONE: what no narrative key equals
        edges = np.flatnonzero(np.diff(np.concatenate(([False], here, [False]))))
        sizes = edges[1::2] - edges[::2]
        sizes = sizes[sizes >= least]
        number[i], length[i] = len(sizes), sizes.sum()
    return number, length
