"""Sketch: the permutations behind a signature, and signatures as datasketch objects and back.

The permutations are those of `datasketch.MinHash(num_perm=128, seed=1, scheme="affine32")`: a shingle hash h becomes
a * fmix32(h) + b mod 2**32 with odd a. They are made again here because importing datasketch takes most of a second;
a test holds them equal to datasketch's.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dedup import limits
from dedup.errors import UsageError

if TYPE_CHECKING:
    from datasketch import LeanMinHash

SCHEME = "affine32"
EMPTY = 2**32 - 1  # every lane of a text without shingles


@cache
def permutations(num_perm: int = limits.NUM_PERM, seed: int = limits.PERM_SEED) -> NDArray[np.uint32]:
    """uint32[2, num_perm]: the odd factors a, then the addends b. Read-only.

    >>> permutations().shape, bool((permutations()[0] % 2 == 1).all())
    ((2, 128), True)
    """
    generator = np.random.RandomState(seed)
    a = generator.randint(0, 1 << 31, num_perm, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    b = generator.randint(0, 1 << 32, num_perm, dtype=np.uint32)
    pair = np.array([a, b])
    pair.flags.writeable = False
    return pair


def to_datasketch(row: NDArray[np.uint32]) -> LeanMinHash:
    """One signature as a datasketch object, ready for MinHashLSH. `row` is uint32[128]; a copy is taken.

    Comparable with every MinHash of 128 permutations, seed 1, scheme "affine32" that was fed with the same shingles
    through `shingle_hash`.
    """
    from datasketch import LeanMinHash

    return LeanMinHash(seed=limits.PERM_SEED, hashvalues=np.array(row, dtype=np.uint32), scheme=SCHEME)


def from_datasketch(sketch: LeanMinHash) -> NDArray[np.uint32]:
    """A datasketch MinHash or LeanMinHash as uint32[128].

    Raises UsageError when it was made with another scheme, seed or number of permutations: such signatures look alike
    and compare as noise.
    """
    got = (getattr(sketch, "scheme", "legacy"), sketch.seed, len(sketch))
    wanted = (SCHEME, limits.PERM_SEED, limits.NUM_PERM)
    if got != wanted:
        raise UsageError(f"this MinHash has (scheme, seed, permutations) {got}; expected {wanted}: make it anew")
    return np.array(sketch.hashvalues, dtype=np.uint32)
