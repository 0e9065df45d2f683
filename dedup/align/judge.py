"""Judge: what the pairs show -> the chance of a link, in two rounds of a weighted sum.

The first round looks at each pair alone, the second also at its rivals and neighbours as the first round left them.
`FIRST` and `SECOND` are logistic regressions fitted by tests/benchmarks/fit_align.py, which prints them and the figures
below; a name that is left out weighs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.align.weights import FIRST, SECOND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.align.pairs import Block, Floats

_STEEP = 12.0  # |log odds| beyond which a pair is as sure as it gets


def chances(block: Block) -> Floats:
    """The chance of a link for every pair of the block, 0..1."""
    first = block.first()
    odds = _sum(FIRST, first)
    return chance(_sum(SECOND, first | second(block, odds)))


def second(block: Block, odds: Floats) -> dict[str, Floats]:
    """The evidence of the second round, given the log odds of the first."""
    return {"first": np.clip(odds, -_STEEP, _STEEP)} | block.second(chance(odds))


def chance(odds: Floats) -> Floats:
    """Log odds -> chance, 0..1."""
    return 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))


def _sum(weights: Mapping[str, float], seen: Mapping[str, Floats]) -> Floats:
    total = np.full_like(next(iter(seen.values())), weights["constant"])
    for name, weight in weights.items():
        if name != "constant":
            total += weight * seen[name]
    return total
