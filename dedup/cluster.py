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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup import limits

Numbers = NDArray[np.int64]
Places = NDArray[Any]  # article numbers, of 32 or 64 bits
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
        sizes = np.diff(self.offsets)
        place = np.arange(len(self.articles)) - np.repeat(self.offsets[:-1], sizes)
        after = np.repeat(sizes, sizes) - 1 - place  # how many stand after each article in its component
        after[np.repeat(self.fused, sizes) & (place > 0)] = 0
        ends = np.cumsum(after)
        at = np.repeat(np.arange(len(after)) + 1 - (ends - after), after) + np.arange(int(after.sum()))
        return np.repeat(self.articles, after), self.articles[at]

    def pair_counts(self) -> Numbers:
        """How many of `pairs` each component has."""
        sizes = np.diff(self.offsets)
        return np.where(self.fused, sizes - 1, sizes * (sizes - 1) // 2)


def components(n: int, a: Places, b: Places, close: Weights) -> Components:
    """The components of n articles under the pairs of at least limits.SAME_DISPATCH. Cost: linear in the pairs.

    A weaker pair cannot start a merge: the closest two articles of any two groups are at least as close as their
    average.
    """
    strong = np.flatnonzero(close >= limits.SAME_DISPATCH)
    articles, offsets, cut = _connected(n, a[strong], b[strong])
    return Components(articles, offsets, np.diff(offsets) > limits.COMPONENT_ARTICLES, cut)


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
    from scipy.cluster.hierarchy import linkage

    merges = linkage(1.0 - close, "average").tolist()
    return members[_cut(merges, len(members), 1.0 - limits.SAME_DISPATCH)]


def _cut(merges: list[list[float]], n: int, height: float) -> list[int]:
    """For each of n places the lowest one of its group, if merges go up to `height`.

    What SciPy's fcluster does in a tenth of its time, most of which goes into looking whether the tree is one. As
    there, a merge counts as high as the highest below it, however the averages were rounded.

    >>> _cut([[0, 2, 0.1, 2], [1, 3, 0.5, 3]], 3, 0.2)
    [0, 1, 0]
    """
    groups = [[i] for i in range(n)]
    highs = [0.0] * n
    lowest = list(range(n))
    for left, right, distance, _ in merges:
        i, j = int(left), int(right)
        highs.append(max(distance, highs[i], highs[j]))
        groups.append(groups[i] + groups[j] if highs[-1] <= height else [])
        if groups[-1]:
            least = min(lowest[groups[i][0]], lowest[groups[j][0]])
            for place in groups[-1]:
                lowest[place] = least
    return lowest


def _stars(members: Numbers, a: Places, b: Places) -> list[Numbers]:
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


def _connected(n: int, a: Places, b: Places) -> tuple[Numbers, Numbers, int]:
    """The connected components of the edges (a[i], b[i]), those above the cap taken apart into stars.

    Their articles, ascending in each; where each begins; how many were too large.
    """
    import scipy.sparse as sparse
    from scipy.sparse.csgraph import connected_components

    if len(a) == 0:
        return np.empty(0, np.int64), np.zeros(1, np.int64), 0
    graph = sparse.csr_array((np.ones(len(a), np.int8), (a, b)), shape=(n, n))
    _, component = connected_components(graph, directed=False)
    tied = np.zeros(n, np.bool_)
    tied[a] = tied[b] = True
    articles = np.flatnonzero(tied)
    articles = articles[np.argsort(component[articles], kind="stable")]
    starts = np.flatnonzero(np.diff(component[articles], prepend=-1))
    sizes = np.diff(np.append(starts, len(articles)))
    parts, lengths, done = [], [], 0
    large = np.flatnonzero(sizes > limits.COMPONENT_ARTICLES).tolist()
    by_component = np.argsort(component[a], kind="stable") if large else np.empty(0, np.int64)
    edge_cuts = (
        np.searchsorted(component[a[by_component]], np.arange(int(component.max()) + 2)).tolist() if large else []
    )
    for i in large:
        parts.append(articles[starts[done] : starts[i]])
        lengths.append(sizes[done:i])
        members = articles[starts[i] : starts[i] + sizes[i]]
        label = int(component[members[0]])
        edges = by_component[edge_cuts[label] : edge_cuts[label + 1]]
        stars = _stars(members, a[edges], b[edges])
        parts += stars
        lengths.append(np.array([len(star) for star in stars], np.int64))
        done = i + 1
    parts.append(articles[starts[done] :] if done < len(starts) else articles[:0])
    lengths.append(sizes[done:])
    return np.concatenate(parts), np.concatenate(([0], np.cumsum(np.concatenate(lengths)))), len(large)
