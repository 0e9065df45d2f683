"""Group: the articles of one cluster and what their distinct texts share. The noun of this folder.

Most groups have two to five texts, so what is asked of a group is worked out in plain Python: NumPy's calls would cost
more than the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dedup.model import Article, Credit

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Carrier:
    """One article of a group."""

    article: Article
    text: int  # which of the group's distinct texts it has: exact copies share one
    credits: tuple[Credit, ...]
    agency: str | None  # whose dispatch its credits say it is
    agency_why: tuple[str, ...]
    wire: bool  # given by --originals


@dataclass(frozen=True)
class Group:
    """The articles of a group, in canonical order, and what their distinct texts share."""

    carriers: tuple[Carrier, ...]
    total: tuple[int, ...]  # (t,) shingles of each distinct text; text 0 is the longest
    a: Numbers  # pairs of texts that were compared (all, but in a giant group only those with text 0)
    b: Numbers
    shared: Numbers  # shingles of each pair in both

    @cached_property
    def near(self) -> list[dict[int, int]]:
        """(t,) for each text the texts it was compared with, and the shingles both have."""
        found: list[dict[int, int]] = [{} for _ in self.total]
        for a, b, shared in zip(self.a.tolist(), self.b.tolist(), self.shared.tolist(), strict=True):
            found[a][b] = found[b][a] = shared
        return found

    @cached_property
    def holders(self) -> list[list[int]]:
        """(t,) the articles that have each text, by their place in `carriers`."""
        found: list[list[int]] = [[] for _ in self.total]
        for i, carrier in enumerate(self.carriers):
            found[carrier.text].append(i)
        return found

    @cached_property
    def covers(self) -> list[int]:
        """(t,) how many articles have at least half of their shingles in each text. Cost: linear in the pairs."""
        articles, total = [len(held) for held in self.holders], self.total
        return [
            articles[text] + sum(articles[other] for other, shared in near.items() if shared * 2 >= total[other])
            for text, near in enumerate(self.near)
        ]

    def shared_with(self, text: int) -> list[int]:
        """(t,) shingles each text shares with `text`; 0 where never compared. Cost: linear in the texts."""
        found = [0] * len(self.total)
        for other, shared in self.near[text].items():
            found[other] = shared
        found[text] = self.total[text]
        return found

    def partner(self, text: int) -> tuple[int, int]:
        """The text that `text` shares most of the shorter with, and the shingles; itself if nothing was compared."""
        total = self.total
        found = (-1.0, 0, text, total[text])
        for other, shared in self.near[text].items():
            found = max(found, (shared / max(1, min(total[text], total[other])), -other, other, shared))
        return found[2:]
