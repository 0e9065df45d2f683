"""Answer: groups and pairs of text numbers -> clusters and reuse of articles, in the words of the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dedup import limits, originals, siblings, verify
from dedup.credits import find_credits, wire_agency
from dedup.model import Cluster, Reuse, Sets
from dedup.pipeline import links
from dedup.pipeline.texts import Texts
from dedup.spool import Corpus

Numbers = NDArray[np.int64]


def clusters(
    corpus: Corpus, texts: Texts, within: verify.Matches, labels: Numbers, reuse: Sequence[Reuse]
) -> tuple[Cluster, ...]:
    """The groups of two or more articles, largest first, then by id. `within`: the pairs inside components."""
    found, dispatches = _described(corpus, texts, within, labels)
    linked = links.with_siblings(found, [*dispatches, *_lone(corpus, texts, found)])
    return links.with_also_carries(linked, reuse)


def _described(
    corpus: Corpus, texts: Texts, within: verify.Matches, labels: Numbers
) -> tuple[list[Cluster], list[siblings.Dispatch]]:
    """The clusters, each by itself, and the dispatches they carry as far as an agency is known."""
    found = []
    dispatches = []
    for numbers, total, *pairs in _groups(texts, within, labels):
        rows = _rows(texts, numbers)
        carriers = tuple(_carrier(corpus, texts, row, text) for row, text in rows)
        cluster = originals.describe(originals.Group(carriers, tuple(total), *pairs))
        found.append(cluster)
        if cluster.original.agency:
            row = next(row for row, _ in rows if texts.ids[row] == cluster.id)
            article, marks = corpus.marked(row, cluster.id)
            dispatches.append(links.dispatch(article, marks, cluster.original.agency, links.first_time(cluster)))
    return sorted(found, key=lambda cluster: (-cluster.size, cluster.id)), dispatches


def _lone(corpus: Corpus, texts: Texts, clusters: Iterable[Cluster]) -> Iterator[siblings.Dispatch]:
    """The dispatches of --originals that are in no cluster."""
    inside = {member.id for cluster in clusters for member in cluster.members}
    for row in np.flatnonzero(corpus.rows.wire).tolist():
        if texts.ids[row] not in inside:
            carrier = _carrier(corpus, texts, row, 0)
            if agency := originals.agency_of(carrier):
                article, marks = corpus.marked(row, texts.ids[row])
                yield links.dispatch(article, marks, agency, originals.moment(article.published))


def _groups(
    texts: Texts, within: verify.Matches, labels: Numbers
) -> Iterator[tuple[list[int], list[int], Numbers, Numbers, Numbers]]:
    """Of each group of two articles or more its text numbers, ascending; their shingles; and its pairs.

    A pair is two places in the group and the shingles both have. Sorted once for all groups: most are small.
    """
    order = np.argsort(labels, kind="stable")
    sizes = np.bincount(labels, minlength=len(labels))
    starts = np.cumsum(sizes) - sizes
    place = np.empty_like(order)
    place[order] = np.arange(len(order)) - starts[labels[order]]
    inside = np.flatnonzero(labels[within.a] == labels[within.b])
    inside = inside[np.argsort(labels[within.a[inside]], kind="stable")]
    a, b, shared = place[within.a[inside]], place[within.b[inside]], within.shared[inside]
    cuts = np.searchsorted(labels[within.a[inside]], np.arange(len(sizes) + 1))
    articles = np.bincount(labels, [len(same) for same in texts.copies], len(labels))
    for label in np.flatnonzero(articles > 1).tolist():
        numbers = order[starts[label] : starts[label] + sizes[label]]
        held = slice(cuts[label], cuts[label + 1])
        yield numbers.tolist(), within.total[numbers].tolist(), a[held], b[held], shared[held]


def _rows(texts: Texts, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The articles of a group in canonical order: the row of each, and which of the texts it has."""
    rows = [(row, text) for text, number in enumerate(numbers) for row in texts.copies[number]]
    return sorted(rows, key=lambda pair: texts.rank[pair[0]])


def _carrier(corpus: Corpus, texts: Texts, row: int, text: int) -> originals.Carrier:
    """An article with what it says of its source."""
    article, marks = corpus.marked(row, texts.ids[row])
    credits = find_credits(article.text, author=article.author, outlet=article.outlet, url=article.url, marks=marks)
    return originals.Carrier(article, text, credits, *wire_agency(credits), wire=bool(corpus.rows.wire[row]))


def reuse(
    corpus: Corpus, texts: Texts, shingles: Sets, matches: verify.Matches, labels: Numbers, *, compiled: bool
) -> tuple[tuple[Reuse, ...], int]:
    """The pairs of articles in different groups that share passages, and how many the cap per article cut."""
    apart = (labels[matches.a] != labels[matches.b]) & (matches.shared_narrative >= limits.REUSE_SHINGLES)
    likely = matches.where(apart)
    found = verify.passages(shingles, corpus.text_order(texts.rows), likely.a, likely.b, compiled=compiled)
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


def _reuse(texts: Texts, x: int, y: int, passages: int, share_x: float, share_y: float) -> Reuse:
    if texts.rank[x] > texts.rank[y]:
        x, y, share_x, share_y = y, x, share_y, share_x
    return Reuse(texts.ids[x], texts.ids[y], passages, min(share_x, 1.0), min(share_y, 1.0))


def _largest_first(texts: Texts, likely: verify.Matches, shingles: Numbers) -> list[int]:
    """The pairs of texts with enough shingles in passages, those with most of them first; ties by id."""

    def key(i: int) -> tuple[int, list[str]]:
        return -int(shingles[i]), sorted(texts.ids[texts.copies[int(n[i])][0]] for n in (likely.a, likely.b))

    return sorted(np.flatnonzero(shingles >= limits.REUSE_SHINGLES).tolist(), key=key)


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
