"""Mix: the arithmetic of the hashes, once for plain integers and once for NumPy arrays. No text here.

A token's state is a cyclic-polynomial ("buzhash") of its letters in 64 bits: turn the state left by TURN, xor the
letter's value. Xor is free of order, so an array of letters can be reduced in one go, and a turn plus an xor is the
shortest chain a processor can walk letter by letter: 2 cycles, against 4 for the multiplication of FNV-1a. The values
of the letters are well spread already, and `finish` makes 32 well-mixed bits of the state.

A shingle's hash is a polynomial of its token hashes (order counts), finished with MurmurHash3's `fmix32`. A line's hash
is the sum of its token hashes times 1, 3, 5 ..., finished likewise. All in 32 bits, overflow wanted.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

TURN = 5  # odd, so that 64 letters pass before a letter's turn comes round again
FINISH = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio
SHINGLE_STEP = 0x01000193  # FNV's 32-bit prime
FMIX_1, FMIX_2 = 0x85EBCA6B, 0xC2B2AE35  # MurmurHash3, fmix32
SPREAD_1, SPREAD_2 = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB  # splitmix64

_M32, _M64 = (1 << 32) - 1, (1 << 64) - 1


def spread(point: int) -> int:
    """A code point as 64 well-spread bits (splitmix64's output function)."""
    x = (point + 1) * FINISH & _M64
    x = (x ^ x >> 30) * SPREAD_1 & _M64
    x = (x ^ x >> 27) * SPREAD_2 & _M64
    return x ^ x >> 31


def spread_points(points: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """`spread` of an array."""
    x = (points.astype(np.uint64) + np.uint64(1)) * np.uint64(FINISH)
    x = (x ^ x >> np.uint64(30)) * np.uint64(SPREAD_1)
    x = (x ^ x >> np.uint64(27)) * np.uint64(SPREAD_2)
    return x ^ x >> np.uint64(31)


def token_hash(letters: Iterable[int]) -> int:
    """The 32-bit hash of a token, given the values of its letters in order."""
    state = 0
    for letter in letters:
        state = (state << TURN | state >> 64 - TURN) & _M64 ^ letter
    return ((state ^ state >> 32) * FINISH & _M64) >> 32


def finish_states(states: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """64-bit token states to 32-bit token hashes."""
    return ((states ^ states >> np.uint64(32)) * np.uint64(FINISH) >> np.uint64(32)).astype(np.uint32)


def fmix32(x: int) -> int:
    """MurmurHash3's finaliser: a bijection of 32 bits."""
    x = (x ^ x >> 16) * FMIX_1 & _M32
    x = (x ^ x >> 13) * FMIX_2 & _M32
    return x ^ x >> 16


def fmix32_array(x: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """`fmix32` of an array."""
    x = (x ^ x >> np.uint32(16)) * np.uint32(FMIX_1)
    x = (x ^ x >> np.uint32(13)) * np.uint32(FMIX_2)
    return x ^ x >> np.uint32(16)


def combine(token_hashes: Iterable[int]) -> int:
    """The 32-bit hash of a shingle, given its token hashes in order."""
    x = 0
    for token in token_hashes:
        x = (x * SHINGLE_STEP + token) & _M32
    return fmix32(x)


def combine_windows(token_hashes: NDArray[np.uint32], k: int) -> NDArray[np.uint32]:
    """`combine` of every window of `k` consecutive token hashes. n hashes in, max(0, n - k + 1) out."""
    n = max(0, len(token_hashes) - k + 1)
    x = token_hashes[:n].copy()
    for j in range(1, k):
        x = x * np.uint32(SHINGLE_STEP) + token_hashes[j : j + n]
    return fmix32_array(x)
