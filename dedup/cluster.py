"""Cluster: verified pairs -> groups of articles that carry one dispatch.

Observations (labelled pairs of a news day and of a month, F1 day/month):
- Plain components chain. An agency's files of one day share background paragraphs and outlets paste two files
  together; at any threshold components melt them (.83/.96 at best, at two different thresholds).
- An agency's round-up ("The Latest": dated entries, each the lead of another story) shares whole paragraphs with every
  file of the event and is none of them. With a round-up's weight towards a plain story halved .93/.96, without
  .89/.96 (dedup/pipeline/unlike.py).

Method: average linkage. The two groups whose articles are closest on average are merged until no two reach
limits.SAME_DISPATCH. An article that mixes two dispatches cannot bridge them: the others have nothing in common and
pull the average down. On both sets the threshold has a plateau from .43 to .45.

An average needs every pair inside a component, not only the candidates, so clustering has two steps: `components` finds
the articles that could belong together, the caller verifies `pairs` of them, `group` merges. A component of more than
limits.COMPONENT_ARTICLES is counted and taken apart into stars first: each article goes with the longest one it is tied
to. A star that is still too large is one group without further comparison.

Tried and dropped at the best threshold of each: mean best match (each article's best partner in the other group, the
lower of the two directions) .86/.96; the mean of that and the average .93/.96 on a narrower plateau; weighting shingles
by rarity .89/.96.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup import limits

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Components:
    """Articles that could belong together: those of component i are articles[offsets[i]:offsets[i+1]], ascending."""

    articles: Numbers
    offsets: Numbers
    fused: Flags  # per component: one group as it is, too large to be compared all with all
    cut: int  # components that were too large

    def pairs(self) -> tuple[Numbers, Numbers]:
        """Every pair a < b inside a component, in the order of np.triu_indices; of a fused one those with its first."""
        left, right = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for members, fused in zip(np.split(self.articles, self.offsets[1:-1]), self.fused.tolist(), strict=False):
            i, j = _star(len(members)) if fused else np.triu_indices(len(members), 1)
            left.append(members[i])
            right.append(members[j])
        return np.concatenate(left), np.concatenate(right)

    def pair_counts(self) -> Numbers:
        """How many of `pairs` each component has."""
        sizes = np.diff(self.offsets)
        return np.where(self.fused, sizes - 1, sizes * (sizes - 1) // 2)


def components(n: int, a: Numbers, b: Numbers, close: Weights) -> Components:
    """The components of n articles under the pairs of at least limits.SAME_DISPATCH. Cost: linear in the pairs.

    A weaker pair cannot start a merge: the closest two articles of any two groups are at least as close as their
    average.
    """
    strong = np.flatnonzero(close >= limits.SAME_DISPATCH)
    parts, cut = _parts(n, a[strong], b[strong])
    articles = [members for members, _ in parts]
    offsets = np.concatenate(([0], np.cumsum([len(members) for members in articles], dtype=np.int64)))
    fused = np.array([is_fused for _, is_fused in parts], np.bool_)
    return Components(np.concatenate([np.empty(0, np.int64), *articles]), offsets, fused, cut)


def group(n: int, found: Components, close: Weights) -> Numbers:
    """(n,) for each article the lowest article number of its group, its own if it stands alone.

    close: the closeness of `found.pairs()`. Of two merges that are equally close, the numbering chooses, and nothing
    else does. Cost: O(m**2) per component of m articles.
    """
    labels = np.arange(n)
    counts = found.pair_counts()
    starts = np.concatenate(([0], np.cumsum(counts)))
    if len(counts) == 0:
        return labels
    # Where every pair is above the threshold, so is every average.
    together = (np.minimum.reduceat(close, starts[:-1]) >= limits.SAME_DISPATCH) | found.fused
    for i, members in enumerate(np.split(found.articles, found.offsets[1:-1])):
        if together[i]:
            labels[members] = members[0]
        else:
            labels[members] = _average_linkage(members, close[starts[i] : starts[i + 1]])
    return labels


def _average_linkage(members: Numbers, close: Weights) -> Numbers:
    from scipy.cluster.hierarchy import fcluster, linkage

    flat = fcluster(linkage(1.0 - close, "average"), 1.0 - limits.SAME_DISPATCH, "distance")
    first = np.full(int(flat.max()) + 1, -1)
    first[flat[::-1]] = members[::-1]
    labels: Numbers = first[flat]
    return labels


def _star(size: int) -> tuple[Numbers, Numbers]:
    return np.zeros(size - 1, np.int64), np.arange(1, size)


def _parts(n: int, a: Numbers, b: Numbers) -> tuple[list[tuple[Numbers, bool]], int]:
    """The components, those above the cap taken apart into stars; whether each is fused; how many were too large."""
    parts: list[tuple[Numbers, bool]] = []
    cut = 0
    for members, edges in _connected(n, a, b):
        if len(members) <= limits.COMPONENT_ARTICLES:
            parts.append((members, False))
            continue
        cut += 1
        stars = _stars(members, a[edges], b[edges])
        parts += [(star, len(star) > limits.COMPONENT_ARTICLES) for star in stars]
    return parts, cut


def _stars(members: Numbers, a: Numbers, b: Numbers) -> list[Numbers]:
    """Each article with the longest article it is tied to, unless that one went with a longer one itself.

    A chain of small steps is so cut into short pieces, and a crowd of near-copies stays together. Cost: linear.
    """
    tied: dict[int, list[int]] = defaultdict(list)
    for low, high in zip(a.tolist(), b.tolist(), strict=True):
        tied[high].append(low)
    leader: dict[int, int] = {}
    stars: dict[int, list[int]] = {}
    for article in members.tolist():
        leader[article] = min((low for low in tied[article] if leader[low] == low), default=article)
        stars.setdefault(leader[article], []).append(article)
    return [np.array(star, np.int64) for star in stars.values() if len(star) > 1]


def _connected(n: int, a: Numbers, b: Numbers) -> list[tuple[Numbers, Numbers]]:
    """The connected components of the edges (a[i], b[i]): their articles, ascending, and the numbers of their edges."""
    import scipy.sparse as sparse
    from scipy.sparse.csgraph import connected_components

    if len(a) == 0:
        return []
    graph = sparse.csr_array((np.ones(len(a), np.int8), (a, b)), shape=(n, n))
    _, component = connected_components(graph, directed=False)
    articles = np.unique(np.concatenate((a, b)))
    articles = articles[np.argsort(component[articles], kind="stable")]
    edges = np.argsort(component[a], kind="stable")
    article_cuts = np.flatnonzero(np.diff(component[articles])) + 1
    edge_cuts = np.flatnonzero(np.diff(component[a[edges]])) + 1
    return list(zip(np.split(articles, article_cuts), np.split(edges, edge_cuts), strict=True))
