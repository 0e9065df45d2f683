"""Describe: the groups of a run -> clusters, and the dispatches they carry. In chunks, in one or more processes.

A chunk has everything of its groups but the articles, and where those stand in the spool: whoever describes it reads
them. Chunks are cut by their size alone, and come back in order, so the number of processes changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup import limits, originals, siblings, verify
from dedup.credits import find_credits, wire_agency
from dedup.model import Article, Cluster, Mark
from dedup.pipeline import links
from dedup.pipeline.pool import dealt
from dedup.pipeline.texts import Texts
from dedup.spool import Corpus, Records

Numbers = NDArray[np.int64]
Described = tuple[Cluster, siblings.Dispatch | None]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some groups, fit for another process."""

    folders: tuple[str, ...]
    ids: list[str]  # of the articles, group by group, in canonical order
    places: Numbers  # (articles, 3) part, start and size of each record
    text: Numbers  # (articles,) which of its group's texts it has
    wire: NDArray[np.bool_]  # (articles,)
    total: Numbers  # (texts,) shingles of the texts, group by group
    pairs: Numbers  # (pairs, 3) two texts of a group and the shingles both have, group by group
    cuts: Numbers  # (groups + 1, 3) where each group begins in articles, texts and pairs


def described(
    corpus: Corpus, texts: Texts, within: verify.Matches, labels: Numbers, workers: int
) -> Iterator[Described]:
    """The groups of two articles or more, by their labels. `within`: the pairs inside components."""
    pieces = _chunks(corpus, texts, within, labels)
    try:
        for found in dealt(describe, pieces, workers):
            yield from found
    finally:
        _records.cache_clear()


def describe(chunk: Chunk) -> list[Described]:
    """The groups of one chunk."""
    return [_cluster(chunk, group) for group in range(len(chunk.cuts) - 1)]


def carrier(article: Article, marks: Sequence[Mark], text: int, *, wire: bool) -> originals.Carrier:
    """An article with what it says of its source."""
    credits = find_credits(article.text, author=article.author, outlet=article.outlet, url=article.url, marks=marks)
    return originals.Carrier(article, text, credits, *wire_agency(credits), wire=wire)


@lru_cache(maxsize=1)
def _records(folders: tuple[str, ...]) -> Records:
    return Records(folders)


def _cluster(chunk: Chunk, group: int) -> Described:
    """One group, and its dispatch as far as an agency is known."""
    (first, text, pair), (last, text_end, pair_end) = chunk.cuts[group : group + 2].tolist()
    records = _records(chunk.folders)
    ids, places = chunk.ids[first:last], chunk.places[first:last].tolist()
    reading = (records.marked(part, start, size, id) for (part, start, size), id in zip(places, ids, strict=True))
    read = list(_sharing(reading) if len(ids) > limits.SHARED_FROM else reading)
    told = zip(read, chunk.text[first:last].tolist(), chunk.wire[first:last].tolist(), strict=True)
    carriers = tuple(carrier(article, marks, number, wire=wire) for (article, marks), number, wire in told)
    a, b, shared = chunk.pairs[pair:pair_end].T
    found = originals.describe(originals.Group(carriers, tuple(chunk.total[text:text_end].tolist()), a, b, shared))
    agency = found.original.agency
    if not agency:
        return found, None
    article, marks = next(item for item in read if item[0].id == found.id)
    return found, links.dispatch(article, marks, agency, links.first_time(found))


def _sharing(read: Iterable[tuple[Article, tuple[Mark, ...]]]) -> Iterator[tuple[Article, tuple[Mark, ...]]]:
    """The same, what is equal held once: a page copied a hundred thousand times is then held once."""
    known: dict[object, object] = {}

    def once(value: Any) -> Any:
        return known.setdefault(value, value)

    for a, marks in read:
        shared = replace(a, text=once(a.text), title=once(a.title), author=once(a.author), flags=once(a.flags))
        yield shared, once(marks)


# ---------------------------------------------------------------- cutting


def _chunks(corpus: Corpus, texts: Texts, within: verify.Matches, labels: Numbers) -> Iterator[Chunk]:
    """All groups in chunks of about limits.CHUNK_ARTICLES articles."""
    groups, numbers, text_cuts = _grouped(labels, texts.copies.sizes)
    rows, text, row_cuts = _articles(texts, numbers, text_cuts)
    pairs, pair_cuts = _pairs(within, labels, numbers, text_cuts, groups)
    cuts = np.stack((row_cuts, text_cuts, pair_cuts), axis=1)
    total = within.total[numbers]
    edges = np.flatnonzero(np.diff(row_cuts[:-1] // limits.CHUNK_ARTICLES, prepend=-1)).tolist()
    for first, last in zip(edges, [*edges[1:], len(groups)][: len(edges)], strict=True):
        (row, number, pair), (row_end, number_end, pair_end) = cuts[first].tolist(), cuts[last].tolist()
        here = rows[row:row_end]
        yield Chunk(
            tuple(corpus.folders), [texts.ids[i] for i in here.tolist()], np.stack(corpus.places(here), axis=1),
            text[row:row_end], corpus.rows.wire[here], total[number:number_end].astype(np.int64), pairs[pair:pair_end],
            cuts[first : last + 1] - cuts[first],
        )  # fmt: skip


def _grouped(labels: Numbers, copies: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The labels of groups of two articles or more, ascending; their texts, group by group; where each begins."""
    articles = np.bincount(labels, copies, len(labels))
    groups = np.flatnonzero(articles > 1)
    numbers = np.flatnonzero(articles[labels] > 1)
    numbers = numbers[np.argsort(labels[numbers], kind="stable")]
    sizes = np.bincount(labels[numbers], minlength=len(labels))[groups]
    return groups, numbers, np.concatenate(([0], np.cumsum(sizes)))


def _articles(texts: Texts, numbers: Numbers, text_cuts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The rows of the groups, each group in canonical order; the text of each; where each group begins."""
    sizes = texts.copies.sizes[numbers]
    rows = texts.copies.gathered(numbers)
    group = np.repeat(np.arange(len(text_cuts) - 1), np.diff(text_cuts))
    text = np.repeat(np.arange(len(numbers)) - text_cuts[group], sizes)
    order = np.lexsort((texts.rank[rows], np.repeat(group, sizes)))
    cuts = np.concatenate(([0], np.cumsum(sizes)))[text_cuts]
    return rows[order], text[order], cuts


def _pairs(
    within: verify.Matches, labels: Numbers, numbers: Numbers, text_cuts: Numbers, groups: Numbers
) -> tuple[Numbers, Numbers]:
    """The pairs inside the groups, as places of texts in them; where each group begins."""
    place = np.zeros(len(labels), np.int64)
    place[numbers] = np.arange(len(numbers)) - np.repeat(text_cuts[:-1], np.diff(text_cuts))
    inside = np.flatnonzero(labels[within.a] == labels[within.b])
    label = labels[within.a[inside]]
    order = np.argsort(label, kind="stable")
    inside, label = inside[order], label[order]
    pairs = np.stack((place[within.a[inside]], place[within.b[inside]], within.shared[inside].astype(np.int64)), axis=1)
    return pairs, np.append(np.searchsorted(label, groups), len(label))
