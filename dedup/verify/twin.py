"""Twin: the counts of verify in SciPy and NumPy, for corpora too small to wait for a compiler."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from dedup.model import Sets, TextOrder

_ONE = np.uint32(1)
_NOT_ONE = np.uint32(0xFFFFFFFE)
Counts = NDArray[Any]


def shared(sets: Sets, a: Counts, b: Counts) -> tuple[Counts, Counts]:
    """Shingles in both sets of each pair, and those outside quotation marks in both.

    One product of the article-shingle matrix with itself gives all pairs; it costs the sum of squared shingle
    frequencies, which is why the kernel takes over on large corpora.
    """
    if len(a) == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    _, columns = np.unique(sets.keys >> _ONE, return_inverse=True)
    return _product(sets.offsets, columns, np.ones(len(columns), np.int32), a, b), _product(
        sets.offsets, columns, (sets.keys & _ONE == 0).astype(np.int32), a, b
    )


def _product(offsets: Counts, columns: Counts, values: NDArray[np.int32], a: Counts, b: Counts) -> Counts:
    shape = (len(offsets) - 1, int(columns.max(initial=0)) + 1)
    matrix = sparse.csr_array((values, columns, offsets), shape=shape)
    product = (matrix @ matrix.T).tocsr()
    found: Counts = np.asarray(product[a, b]).ravel().astype(np.int64)
    return found


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
