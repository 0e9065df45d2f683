"""Run: what the stages of one run found, on numbers, before it is turned back into articles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup.model import Capped, Sets
from dedup.pipeline.texts import Texts
from dedup.pipeline.unlike import Unlike
from dedup.spool import Corpus
from dedup.verify import Matches


@dataclass(frozen=True, slots=True)
class Run:
    """What the stages of one run found."""

    corpus: Corpus
    texts: Texts
    shingles: Sets  # by number
    matches: Matches  # the candidates
    unlike: Unlike
    within: Matches  # every pair inside a component
    labels: NDArray[np.int64]  # by number: its group
    capped: Capped
    compiled: bool  # whether kernels are worth their start
