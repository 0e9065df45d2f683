"""Packed: numbers of many texts, laid end to end <-> an Arrow column with one binary value a text.

Arrow keeps a column of binary values as one buffer and the places where values begin, which is just how the stages hold
shingles: nothing is copied on the way in.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def unpacked(column: Any, kind: type) -> tuple[NDArray[Any], Numbers]:
    """The numbers of all values of a binary column, and the n+1 places where those of each value begin.

    >>> unpacked(pa.array([b"\\1\\0\\0\\0", b""], pa.binary()), np.uint32)
    (array([1], dtype=uint32), array([0, 1, 1]))
    """
    if len(column) == 0:
        return np.empty(0, kind), np.zeros(1, np.int64)
    _, offsets, data = column.buffers()
    wide = pa.types.is_large_binary(column.type)
    places = np.frombuffer(offsets, np.int64 if wide else np.int32)[column.offset :][: len(column) + 1].astype(np.int64)
    size = np.dtype(kind).itemsize
    values = np.frombuffer(data, np.uint8)[places[0] : places[-1]] if data else np.empty(0, np.uint8)
    return np.ascontiguousarray(values).view(kind), (places - places[0]) // size


def packed(values: NDArray[Any], offsets: Numbers) -> Any:
    """The other way: value i is the bytes of values[offsets[i]:offsets[i+1]]."""
    data = np.ascontiguousarray(values)
    places = (offsets * data.dtype.itemsize).astype(np.int64)
    buffers = [None, pa.py_buffer(places), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.large_binary(), len(offsets) - 1, buffers).cast(pa.binary())


def rows_of(column: Any) -> NDArray[Any]:
    """A column of binary values of one length -> (n, length / 4) uint32."""
    values, _ = unpacked(column, np.uint32)
    return values.reshape(len(column), -1)


def lists(column: Any) -> tuple[Numbers, Numbers]:
    """A column of lists of numbers -> all numbers, and the n+1 places where each list begins; no list is an empty one.

    >>> lists(pa.array([[5, 6], None, [7]], pa.list_(pa.int64())))
    (array([5, 6, 7]), array([0, 2, 2, 3]))
    """
    sizes = column.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    values = column.flatten().to_numpy(zero_copy_only=False)
    return values, np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)))
