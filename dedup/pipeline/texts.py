"""Texts: the rows of a corpus -> its distinct story texts, numbered longest first, with unique ids for all articles."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup import limits
from dedup.spool import Corpus

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Texts:
    """The distinct texts that are long enough to cluster. A number counts them, a row counts articles."""

    ids: list[str]  # by row: ids, unique
    rank: Numbers  # by row: place in canonical order
    rows: Numbers  # by number: the row that stands for the text
    copies: list[list[int]]  # by number: all rows with that text, in canonical order
    outlets: Numbers  # by number: a number per outlet, -1 where unknown


def fold(corpus: Corpus) -> Texts:
    """Folds articles with the same story shingles into one text. Cost: O(n log n)."""
    rows = corpus.rows
    contents, tokens, shingles = rows.contents.tolist(), rows.tokens, rows.shingles
    order = _canonical(corpus)
    rank = np.empty(len(corpus), np.int64)
    rank[order] = np.arange(len(corpus))
    by_content: dict[bytes, list[int]] = defaultdict(list)
    for row in np.array(order, np.int64)[tokens[order] >= limits.MIN_TOKENS].tolist():
        by_content[contents[row]].append(row)
    copies = sorted(by_content.values(), key=lambda same: (-shingles[same[0]], rank[same[0]]))
    chosen = np.array([same[0] for same in copies], np.int64)
    names = {name: i for i, name in enumerate(dict.fromkeys(rows.outlets))}
    outlets = np.array([names[rows.outlets[row]] if rows.outlets[row] else -1 for row in chosen.tolist()], np.int64)
    return Texts(unique_ids(rows.ids, order), rank, chosen, copies, outlets)


def _canonical(corpus: Corpus) -> list[int]:
    """The rows by id, then digest; where both are equal (one article read twice), by everything else that was read."""
    ids, digests = corpus.rows.ids, corpus.rows.digests.tolist()
    order = sorted(range(len(corpus)), key=lambda row: (ids[row], digests[row]))
    canonical: list[int] = []
    for _, same in itertools.groupby(order, key=lambda row: (ids[row], digests[row])):
        rows = list(same)
        canonical += sorted(rows, key=corpus.record_digest) if len(rows) > 1 else rows
    return canonical


def unique_ids(ids: Sequence[str], order: Sequence[int]) -> list[str]:
    """Ids by row, where equal ones get ~2, ~3 ... in `order`.

    >>> unique_ids(["x", "y", "x", "x~2"], [0, 1, 2, 3])
    ['x', 'y', 'x~3', 'x~2']
    """
    unique, taken = list(ids), set(ids)
    counts: dict[str, int] = {}  # how far the numbers of an id have got: a million equal ids are no square of a million
    for row in order:
        count = counts.get(ids[row], 0) + 1
        while count > 1 and f"{ids[row]}~{count}" in taken:
            count += 1
        if count > 1:
            unique[row] = f"{ids[row]}~{count}"
            taken.add(unique[row])
        counts[ids[row]] = count
    return unique
