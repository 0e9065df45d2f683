"""Answer: groups and pairs of text numbers -> clusters and reuse of articles, in the words of the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dedup import limits, originals, siblings, verify
from dedup.machine import forget, threaded
from dedup.model import Cluster, Reuse, Sets, TextOrder
from dedup.pipeline import links
from dedup.pipeline.describe import carrier, described
from dedup.pipeline.texts import Texts
from dedup.spool import Corpus

Numbers = NDArray[np.int64]


def clusters(
    corpus: Corpus, texts: Texts, within: verify.Matches, labels: Numbers, reuse: Sequence[Reuse], workers: int = 1
) -> tuple[Cluster, ...]:
    """The groups of two or more articles, largest first, then by id. `within`: the pairs inside components."""
    found, dispatches = [], []
    for cluster, dispatch in described(corpus, texts, within, labels, workers):
        found.append(cluster)
        if dispatch:
            dispatches.append(dispatch)
    found.sort(key=lambda cluster: (-cluster.size, cluster.id))
    linked = links.with_siblings(found, [*dispatches, *_lone(corpus, texts, found)])
    return links.with_also_carries(linked, reuse)


def _lone(corpus: Corpus, texts: Texts, clusters: Iterable[Cluster]) -> Iterator[siblings.Dispatch]:
    """The dispatches of --originals that are in no cluster."""
    wires = np.flatnonzero(corpus.rows.wire).tolist()
    inside = {member.id for cluster in clusters for member in cluster.members} if wires else set()
    for row in wires:
        if texts.ids[row] not in inside:
            article, marks = corpus.marked(row, texts.ids[row])
            if agency := originals.agency_of(carrier(article, marks, 0, wire=True)):
                yield links.dispatch(article, marks, agency, originals.moment(article.published))


def reuse(
    corpus: Corpus,
    texts: Texts,
    shingles: Sets,
    matches: verify.Matches,
    labels: Numbers,
    *,
    compiled: bool,
    workers: int = 1,
) -> tuple[tuple[Reuse, ...], int]:
    """The pairs of articles in different groups that share passages, and how many the cap per article cut."""
    apart = (labels[matches.a] != labels[matches.b]) & (matches.shared_narrative >= limits.REUSE_SHINGLES)
    likely = matches.where(apart)
    found = _passages(corpus, texts, shingles, likely, compiled, workers)
    kept: list[Reuse] = []
    cut = 0
    listed: dict[int, int] = defaultdict(int)
    for i in _largest_first(texts, likely, np.minimum(found.in_a, found.in_b)):
        a, b = int(likely.a[i]), int(likely.b[i])
        shares = (float(found.in_a[i] / max(1, likely.total[a])), float(found.in_b[i] / max(1, likely.total[b])))
        chosen = _with_room(texts.copies[a], texts.copies[b], listed)
        kept += [_reuse(texts, x, y, int(found.passages[i]), *shares) for x, y in chosen]
        cut += len(texts.copies[a]) * len(texts.copies[b]) - len(chosen)
    return tuple(sorted(kept, key=lambda pair: (pair.a, pair.b))), cut


def _passages(
    corpus: Corpus, texts: Texts, shingles: Sets, likely: verify.Matches, compiled: bool, workers: int
) -> verify.Passages:
    """The passages of the pairs, so many at a time: only their texts are read back."""

    def block(first: int) -> verify.Passages:
        a, b = likely.a[first : first + limits.PASSAGE_PAIRS], likely.b[first : first + limits.PASSAGE_PAIRS]
        numbers = np.unique(np.concatenate((a, b)))
        held = corpus.text_order(texts.rows[numbers])
        starts, lengths = np.zeros((2, len(texts.rows)), np.int64)
        starts[numbers], lengths[numbers] = held.starts, held.lengths
        order = TextOrder(held.hashes, held.quoted, starts, lengths)
        found = verify.passages(shingles, order, a, b, compiled=compiled)
        corpus.forget()
        forget(shingles.keys)
        return found

    found = list(threaded(block, range(0, len(likely.a), limits.PASSAGE_PAIRS), workers))
    columns = ([getattr(each, name) for each in found] for name in ("passages", "in_a", "in_b"))
    return verify.Passages(*(np.concatenate([np.empty(0, np.int64), *column]) for column in columns))


def _reuse(texts: Texts, x: int, y: int, passages: int, share_x: float, share_y: float) -> Reuse:
    if texts.rank[x] > texts.rank[y]:
        x, y, share_x, share_y = y, x, share_y, share_x
    return Reuse(texts.ids[x], texts.ids[y], passages, min(share_x, 1.0), min(share_y, 1.0))


def _largest_first(texts: Texts, likely: verify.Matches, shingles: Numbers) -> list[int]:
    """The pairs of texts with enough shingles in passages, those with most of them first; ties in canonical order."""
    chosen = np.flatnonzero(shingles >= limits.REUSE_SHINGLES)
    a, b = (texts.rank[texts.rows[numbers[chosen]]] for numbers in (likely.a, likely.b))
    order: list[int] = chosen[np.lexsort((np.maximum(a, b), np.minimum(a, b), -shingles[chosen]))].tolist()
    return order


def _with_room(left: Sequence[int], right: Sequence[int], listed: dict[int, int]) -> list[tuple[int, int]]:
    """The pairs between two heaps of copies in which both articles are below limits.MAX_REUSE; counted in `listed`.

    Two heaps of n copies make n**2 pairs; only those that are kept are built.
    """
    found = []
    free = [y for y in right if listed[y] < limits.MAX_REUSE]
    for x in left:
        taken = free[: max(0, limits.MAX_REUSE - listed[x])]
        for y in taken:
            listed[y] += 1
        listed[x] += len(taken)
        found += [(x, y) for y in taken]
        if any(listed[y] == limits.MAX_REUSE for y in taken):
            free = [y for y in free if listed[y] < limits.MAX_REUSE]
    return found
