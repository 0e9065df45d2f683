"""Twice: a run -> the pairs of articles of one outlet that carry one dispatch in different words (`Pair`).

Two observations on real feeds. Two stories that quote one statement share much and are two stories: so it is the
narrative that counts, as much as the whole. And an outlet's pages can have more of a template in common than of a
story: list pages, video pages. Where a group has pages of one outlet only and no agency is named, nothing but the
likeness speaks for a dispatch; then their openings must be alike too, and limits.CHECK_TEMPLATE pages are too many.
Of 40 such pairs in a month of ten outlets, 25 were templates, and this leaves one of those in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from dedup import clean, limits
from dedup.check.views import Pair
from dedup.model import Cluster, Clusters
from dedup.pipeline.run import Run
from dedup.verify import Matches
from dedup.words import words


def pairs(run: Run, clusters: Clusters, rows: Mapping[str, int]) -> Iterator[Pair]:
    """The articles of one outlet in one cluster whose texts were compared and differ. `rows`: of the ids."""
    homes = {member.id: cluster for cluster in clusters.clusters for member in cluster.members}
    leads = _Leads(run, rows)
    for a, b, held in _compared(run):
        home = homes.get(a)
        if home and homes.get(b) is home and (not _lonely(home) or leads.alike(a, b, home)):
            yield Pair(a, b, held)


def _compared(run: Run) -> Iterator[tuple[str, str, float]]:
    within, texts, codes = run.within, run.texts, run.corpus.rows.outlets.codes
    twice = _twice(run)
    both = (run.labels[within.a] == run.labels[within.b]) & twice[within.a] & twice[within.b]
    held = np.minimum(within.containment(), _narrative(within))
    for i in np.flatnonzero(both).tolist():
        a, b = texts.copies[int(within.a[i])], texts.copies[int(within.b[i])]
        by_outlet = {int(codes[row]): row for row in reversed(b)}  # one of equal ones will do: DUP001 has the others
        for row in a:
            other = by_outlet.get(int(codes[row]))
            if other is not None:
                yield texts.ids[row], texts.ids[other], float(held[i])


def _narrative(matches: Matches) -> NDArray[np.float64]:
    """Share of the shorter narrative's shingles that the other has, 0..1."""
    shorter = np.minimum(matches.narrative[matches.a], matches.narrative[matches.b])
    share: NDArray[np.float64] = matches.shared_narrative / np.maximum(shorter, 1)
    return share


def _twice(run: Run) -> NDArray[np.bool_]:
    """Which texts an outlet has beside another one of their group."""
    sizes, flat = run.texts.copies.sizes, run.texts.copies.flat.astype(np.int64)
    numbers = np.repeat(np.arange(len(sizes)), sizes)
    carried = np.unique(np.stack((run.labels[numbers], run.corpus.rows.outlets.codes[flat], numbers)), axis=1)
    label, outlet, number = carried
    again = (label[1:] == label[:-1]) & (outlet[1:] == outlet[:-1])
    found = np.zeros(len(sizes), np.bool_)
    found[number[1:][again]] = found[number[:-1][again]] = True
    return found


def _lonely(cluster: Cluster) -> bool:
    """Whether no one else speaks for a dispatch: one outlet, no agency."""
    return cluster.original.agency is None and len({member.outlet for member in cluster.members}) == 1


class _Leads:
    """The words stories open with, read when asked for."""

    def __init__(self, run: Run, rows: Mapping[str, int]) -> None:
        self._corpus, self._rows = run.corpus, rows
        self._known: dict[str, frozenset[str]] = {}

    def alike(self, a: str, b: str, home: Cluster) -> bool:
        """Whether two articles of a cluster open alike."""
        if home.size >= limits.CHECK_TEMPLATE:
            return False
        one, other = self._of(a), self._of(b)
        return len(one & other) >= limits.CHECK_LEAD * max(1, min(len(one), len(other)))

    def _of(self, id: str) -> frozenset[str]:
        if id not in self._known:
            article, marks = self._corpus.marked(self._rows[id], id)
            spans = clean.story_spans(article.text, marks)
            norms = (word.norm for start, end in spans for word in words(article.text[start:end]))
            lead = [norm for _, norm in zip(range(limits.CHECK_LEAD_WORDS), norms, strict=False)]
            self._known[id] = frozenset(norm for norm in lead if len(norm) > limits.CHECK_SHORT_WORD)
        return self._known[id]
