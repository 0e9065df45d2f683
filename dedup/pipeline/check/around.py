"""Around: a run and its clusters -> what is known of each article before its text is read (`Given`).

How long the other articles of its cluster are and how they end, how many of its lines its outlet repeats, and the
language its outlet writes in: what a page is like, seen from outside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dedup import clean, limits
from dedup.check.page import language_of
from dedup.model import Cluster
from dedup.pipeline.check.look import Given
from dedup.pipeline.run import Run
from dedup.spool import Corpus

Numbers = NDArray[np.int64]


class Around:
    """Answers for one run. `rows`: of its ids."""

    def __init__(
        self, run: Run, clusters: Sequence[Cluster], rows: Mapping[str, int], *, pages: bool, languages: bool
    ) -> None:
        """pages: whether lines and siblings are asked for; languages: whether languages are."""
        self._run, self._rows, self._pages = run, rows, pages
        self._homes = {member.id: cluster for cluster in clusters for member in cluster.members}
        self._repeated = repeated(run) if pages else np.zeros(len(run.corpus))
        self._told: dict[int, str] = {}  # languages of the articles that tell their outlet's
        self._languages = _languages(run.corpus, self._told) if languages else {}
        self._last: tuple[str, list[int], str] = ("", [], "")  # of the cluster asked for last: they come together

    def of(self, row: int) -> Given:
        """What is known of the article in `row`."""
        corpus, id = self._run.corpus, self._run.texts.ids[row]
        rows, home = corpus.rows, self._homes.get(id)
        words, record = int(rows.tokens[row]), rows.digests[row].ljust(16, b"\0").hex()
        others, end = self._siblings(home, id, words) if home and self._pages else (0, "")
        return Given(
            id,
            "" if rows.ids[row] == record else rows.ids[row],
            rows.contents[row].ljust(16, b"\0").hex(),
            record,
            words,
            bool(rows.wire[row]),
            bool(home and home.original.agency),
            others,
            end,
            float(self._repeated[row]),
            self._languages.get(rows.outlets[row], ""),
            self._told.get(row),
        )

    def _siblings(self, home: Cluster, id: str, words: int) -> tuple[int, str]:
        if self._last[0] != home.id:
            lengths = sorted(int(self._run.corpus.rows.tokens[self._rows[m.id]]) for m in home.members)
            self._last = (home.id, lengths, _last_line(self._run.corpus, self._rows[home.id], home.id))
        _, lengths, end = self._last
        return median_without(lengths, words), end if id != home.id else ""


def median_without(lengths: Sequence[int], one: int) -> int:
    """The lower median of sorted `lengths`, `one` of them left out; 0 when nothing is left. Cost: logarithmic.

    >>> median_without([10, 20, 30], 20), median_without([10, 20, 30, 40], 20), median_without([7], 7)
    (10, 30, 0)
    """
    if len(lengths) < 2:
        return 0
    middle = (len(lengths) - 2) // 2
    return lengths[middle + (middle >= bisect_left(lengths, one))]


def _last_line(corpus: Corpus, row: int, id: str) -> str:
    """The last line of an article's story."""
    article, marks = corpus.marked(row, id)
    spans = clean.story_spans(article.text, marks)
    return article.text[slice(*spans[-1])] if spans else ""


# ---------------------------------------------------------------- repeated lines


def repeated(run: Run) -> NDArray[np.float64]:
    """(n,) the share of each article's story lines that stand in limits.REPEATED_IN stories of its outlet or more.

    A story counts once however often it is carried: versions and copies of one dispatch are no furniture.
    """
    corpus, lines = run.corpus, run.corpus.rows.lines
    owner = np.repeat(np.arange(len(corpus)), lines)
    outlets = np.asarray(corpus.rows.outlets.codes, np.uint64)[owner]
    keys = (outlets << np.uint64(32)) | corpus.line_hashes
    seen = _distinct(keys, _stories(run)[owner]) >= limits.REPEATED_IN
    return np.bincount(owner, weights=seen, minlength=len(corpus)) / np.maximum(lines, 1)


def _stories(run: Run) -> Numbers:
    """(n,) a number per story: the group of an article's text, one of its own where it is too short for one."""
    found = np.arange(len(run.corpus)) + (int(run.labels.max()) + 1 if len(run.labels) else 0)
    sizes = run.texts.copies.sizes
    found[run.texts.copies.flat.astype(np.int64)] = np.repeat(run.labels, sizes)
    return found


def _distinct(keys: NDArray[np.uint64], values: Numbers) -> Numbers:
    """For each key: how many different values it comes with."""
    order = np.lexsort((values, keys))
    sorted_keys, sorted_values = keys[order], values[order]
    new_key = np.append(True, sorted_keys[1:] != sorted_keys[:-1])[: len(keys)]
    new = new_key | np.append(True, sorted_values[1:] != sorted_values[:-1])[: len(keys)]
    place = np.cumsum(new_key) - 1
    found = np.empty(len(keys), np.int64)
    found[order] = np.bincount(place[new], minlength=int(place[-1]) + 1 if len(place) else 0)[place]
    return found


# ---------------------------------------------------------------- languages


def _languages(corpus: Corpus, told: dict[int, str]) -> Mapping[str, str]:
    """Outlet -> the language of nearly all of its articles, by a sample that no order of the input changes.

    told: row -> language, of the sample; filled here.
    """
    rows = corpus.rows
    order = np.argsort(rows.contents, kind="stable")
    codes = rows.outlets.codes[order]
    by_outlet = np.argsort(codes, kind="stable")
    cuts = np.searchsorted(codes[by_outlet], np.arange(len(rows.outlets.names) + 1))
    found = {}
    for code, name in enumerate(rows.outlets.names):
        sample = order[by_outlet[cuts[code] : cuts[code + 1]]][: limits.CHECK_LANGUAGE_SAMPLE]
        if len(sample) >= limits.CHECK_SEVERAL:
            told |= {row: language_of(corpus.article(row, "").text) for row in sample.tolist()}
            found[name] = _nearly_all(Counter(filter(None, (told[row] for row in sample.tolist()))))
    return found


def _nearly_all(told: Counter[str]) -> str:
    """The language that nearly all of those have of which it is known, "" for none."""
    if not told:
        return ""
    name, count = max(told.items(), key=lambda item: (item[1], item[0]))
    return name if count >= limits.CHECK_NEARLY_ALL * told.total() and count >= limits.CHECK_SEVERAL else ""
