"""Verify: candidate pairs -> what the two articles exactly share.

Everything is counted on whole shingle sets, not estimated: Jaccard, containment both ways, and the *weight* that
clustering goes by, in which a shingle inside quotation marks counts less (limits.QUOTED_WEIGHT): two reporters write
down the same public statement, only copy shares the words around it.

Pairs that are not one dispatch but share *passages* (runs of narrative shingles) are reuse.

Files: this one (what the counts mean), kernel.py (numba) and twin.py (SciPy, NumPy) count the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup import limits
from dedup.machine import forget, threaded
from dedup.model import Sets, TextOrder

Counts = NDArray[Any]  # whole numbers, of 32 or 64 bits


@dataclass(frozen=True, slots=True)
class Matches:
    """m pairs of article numbers a < b and what they share. `total`, `narrative`: (n,) per article."""

    a: Counts
    b: Counts
    shared: Counts  # shingles in both
    shared_narrative: Counts  # shingles in both that are outside quotation marks in both
    total: Counts
    narrative: Counts

    def jaccard(self) -> NDArray[np.float64]:
        """Shared over united shingles, 0..1."""
        united = self.total[self.a] + self.total[self.b] - self.shared
        jaccard: NDArray[np.float64] = self.shared / np.maximum(united, 1)
        return jaccard

    def containment(self) -> NDArray[np.float64]:
        """Share of the shorter text's shingles that the other has, 0..1."""
        shorter = np.minimum(self.total[self.a], self.total[self.b])
        containment: NDArray[np.float64] = self.shared / np.maximum(shorter, 1)
        return containment

    def weight(self) -> NDArray[np.float64]:
        """Containment with quoted shingles at limits.QUOTED_WEIGHT, 0..1."""
        size = _weighed(self.total, self.narrative)
        both = _weighed(self.shared, self.shared_narrative)
        shorter = np.maximum(np.minimum(size[self.a], size[self.b]), 1)
        weight: NDArray[np.float64] = np.minimum(both / shorter, 1.0)
        return weight

    def where(self, chosen: NDArray[np.bool_]) -> Matches:
        """The chosen pairs."""
        both, narrative = self.shared[chosen], self.shared_narrative[chosen]
        return Matches(self.a[chosen], self.b[chosen], both, narrative, self.total, self.narrative)

    def joined(self, more: Matches) -> Matches:
        """These pairs and more of the same articles."""
        return Matches(
            np.concatenate((self.a, more.a)),
            np.concatenate((self.b, more.b)),
            np.concatenate((self.shared, more.shared)),
            np.concatenate((self.shared_narrative, more.shared_narrative)),
            self.total,
            self.narrative,
        )


def compare(sets: Sets, a: Counts, b: Counts, *, compiled: bool, workers: int = 1) -> Matches:
    """What each pair of articles (a[i], b[i]) shares. Cost: linear in the sets, ~600,000 pairs a second compiled.

    workers: threads, of the kernel alone.
    """
    if compiled:
        both, narrative = _in_blocks(sets, a, b, workers)
    else:
        from dedup.verify.twin import shared

        both, narrative = shared(sets, a, b)
    return Matches(a, b, both, narrative, np.diff(sets.offsets), sets.narrative)


def _in_blocks(sets: Sets, a: Counts, b: Counts, workers: int) -> tuple[Counts, Counts]:
    """By the kernel, so many pairs at a time: what they need of a mapped file is let go afterwards."""
    from dedup.verify.kernel import shared

    def block(first: int) -> tuple[Counts, Counts]:
        span = slice(first, first + limits.VERIFY_PAIRS)
        found = shared(sets, a[span], b[span])
        forget(sets.keys)
        return found

    found = list(threaded(block, range(0, len(a), limits.VERIFY_PAIRS), workers))
    none = np.empty(0, np.int32)
    return np.concatenate([none, *(both for both, _ in found)]), np.concatenate([none, *(plain for _, plain in found)])


@dataclass(frozen=True, slots=True)
class Passages:
    """What m pairs share in runs."""

    passages: Counts  # runs
    in_a: Counts  # shingles of a[i] inside them
    in_b: Counts


def passages(sets: Sets, text: TextOrder, a: Counts, b: Counts, *, compiled: bool) -> Passages:
    """Runs of at least limits.PASSAGE_SHINGLES narrative shingles, in text order, that the other's narrative has."""
    if compiled:
        from dedup.verify.kernel import runs
    else:
        from dedup.verify.twin import runs
    number_a, in_a = runs(sets, text, a, b, limits.PASSAGE_SHINGLES)
    number_b, in_b = runs(sets, text, b, a, limits.PASSAGE_SHINGLES)
    return Passages(np.minimum(number_a, number_b), in_a, in_b)


def _weighed(total: Counts, narrative: Counts) -> NDArray[np.float64]:
    return narrative + limits.QUOTED_WEIGHT * (total - narrative)
