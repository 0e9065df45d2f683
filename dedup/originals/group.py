"""Group: the articles of one cluster and what their distinct texts share. The noun of this folder."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of a group, in canonical order, and what their distinct texts share."""

    carriers: tuple[Carrier, ...]
    total: Numbers  # (t,) shingles of each distinct text; text 0 is the longest
    a: Numbers  # pairs of texts that were compared (all, but in a giant group only those with text 0)
    b: Numbers
    shared: Numbers  # shingles of each pair in both

    def shared_with(self, text: int) -> Numbers:
        """(t,) shingles each text shares with `text`; 0 where never compared. Cost: linear in the pairs."""
        found = np.zeros(len(self.total), np.int64)
        found[self.b[self.a == text]] = self.shared[self.a == text]
        found[self.a[self.b == text]] = self.shared[self.b == text]
        found[text] = self.total[text]
        return found

    def covers(self) -> Numbers:
        """(t,) how many articles have at least half of their shingles in each text."""
        articles = np.bincount([carrier.text for carrier in self.carriers], minlength=len(self.total))
        found = articles.copy()
        np.add.at(found, self.a, np.where(self.shared * 2 >= self.total[self.b], articles[self.b], 0))
        np.add.at(found, self.b, np.where(self.shared * 2 >= self.total[self.a], articles[self.a], 0))
        return found

    def by_text(self) -> list[list[int]]:
        """(t,) the articles that have each text, by their place in `carriers`."""
        holders: list[list[int]] = [[] for _ in range(len(self.total))]
        for i, carrier in enumerate(self.carriers):
            holders[carrier.text].append(i)
        return holders
