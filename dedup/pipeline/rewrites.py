"""Rewrites: articles that tell a dispatch in other words -> the group of that dispatch.

A rewrite keeps too few of the dispatch's shingles to be grouped by them. What gives it away is that nearly all of its
sentences state facts of the dispatch (align), and that it names the agency, or that next to nothing is its own.

Observations (share of an article's words in sentences linked to the nearest text of a group; invented wire day,
labelled pairs of a news day and of a month):
- Rewrites have .77 to 1.0, own stories on the same events .24 to .44 on the invented day. Real stories on one event
  share more: separately written ones reach .9 where half of both is one speech.
- Taking in every lone article at .75 costs the month .05 of F1 and the day .01; with the conditions below nothing is
  lost on either.

Method: for each text that stands alone and is no agency's own copy, its nearest texts in up to limits.REWRITE_GROUPS
groups whose agency is known, if it finds half of its figures and names there; the group with the largest linked share
takes it in if the share reaches limits.REWRITE_CREDITED and it credits that agency, or limits.REWRITE_UNCREDITED.
limits.REWRITE_BUDGETS bound the texts looked at and the alignments made, the closest first; what that leaves out is
counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from dedup import clean, limits, verify
from dedup.anchors import Anchors, anchors
from dedup.credits import find_credits, wire_agency
from dedup.model import Article, Credit, Mark
from dedup.pipeline.texts import Texts
from dedup.spool import Corpus

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Attached:
    """labels: by number, with rewrites in the group they belong to. unchecked: pairs the cap left out."""

    labels: Numbers
    unchecked: int


def attach(
    corpus: Corpus, texts: Texts, matches: verify.Matches, close: Weights, labels: Numbers, in_all: int
) -> Attached:
    """Takes lone texts into the groups whose dispatch they rewrite.

    close: the closeness of `matches`. in_all: of how many texts these are those that matter; budgets go by it.
    """
    desk = _Desk(corpus, texts, labels)
    pairs = list(_likely(corpus, texts, matches, close, labels))
    looks, checks = (max(floor, int(share * in_all)) for floor, share in limits.REWRITE_BUDGETS)
    likely = [pair for pair in pairs[:looks] if desk.could_be(*pair)]
    shares: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for lone, other in likely[:checks]:
        share = _linked(desk.read(lone).sentences, desk.read(other).sentences)
        credited = desk.agency(other) in desk.read(lone).agencies
        if share >= (limits.REWRITE_CREDITED if credited else limits.REWRITE_UNCREDITED):
            shares[lone].append((share, -other))
    labels = labels.copy()
    for lone, found in shares.items():
        labels[lone] = labels[-max(found)[1]]
    return Attached(labels, max(0, len(pairs) - looks) + max(0, len(likely) - checks))


def pairs(before: Numbers, after: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs a < b of every text that was taken in with all others of its new group."""
    taken = np.flatnonzero(before != after)
    homes = np.flatnonzero(np.isin(after, after[taken]))
    members: dict[int, list[int]] = defaultdict(list)
    for number in homes.tolist():
        members[int(after[number])].append(number)
    found = set()
    for number in taken.tolist():
        found |= {(min(number, other), max(number, other)) for other in members[int(after[number])] if other != number}
    both = np.array(sorted(found), np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _likely(
    corpus: Corpus, texts: Texts, matches: verify.Matches, close: Weights, labels: Numbers
) -> Iterator[tuple[int, int]]:
    """Pairs of a lone text and the nearest text of a group, the closest first, few per lone text."""
    size = np.bincount(labels, weights=texts.copies.sizes, minlength=len(labels))[labels]
    wire, roundup = corpus.rows.wire[texts.rows], corpus.rows.roundup[texts.rows]
    lone, home = (size == 1) & ~wire, (size > 1) | wire
    a, b = np.concatenate((matches.a, matches.b)), np.concatenate((matches.b, matches.a))
    weight = np.concatenate((close, close))
    chosen = np.flatnonzero(lone[a] & home[b] & (weight >= limits.REWRITE_WEIGHT) & (roundup[a] == roundup[b]))
    groups: dict[int, set[int]] = defaultdict(set)
    for i in chosen[np.lexsort((b[chosen], a[chosen], -weight[chosen]))].tolist():
        seen, group = groups[int(a[i])], int(labels[b[i]])
        if group not in seen and len(seen) < limits.REWRITE_GROUPS:
            seen.add(group)
            yield int(a[i]), int(b[i])


@dataclass
class _Reading:
    """One text, and what is found in it when first asked for."""

    article: Article
    marks: tuple[Mark, ...]

    @cached_property
    def _story(self) -> list[str]:
        """Its story, line by line."""
        text = self.article.text
        return [text[i:j] for i, j in clean.story_spans(text, self.marks)]

    @cached_property
    def sentences(self) -> list[str]:
        """Its story, sentence by sentence."""
        from dedup.segment import sentences

        language = self.article.language
        return [sentence.text for line in self._story for sentence in sentences(line, language=language)]

    @cached_property
    def anchors(self) -> Anchors:
        """Its figures and names."""
        return anchors(self._story)

    @cached_property
    def agencies(self) -> frozenset[str | None]:
        """The agencies it names in words, pictures aside."""
        return frozenset(credit.agency for credit in self._credits if credit.role != "photo")

    @cached_property
    def is_wire_copy(self) -> bool:
        """Whether an agency says it is its own: then it is a dispatch or a version of one, never a rewrite."""
        return any(credit.role in ("outlet", "dateline") for credit in self._credits)

    @cached_property
    def agency(self) -> str | None:
        """Whose dispatch its credits say it is."""
        return wire_agency(self._credits)[0]

    @cached_property
    def _credits(self) -> tuple[Credit, ...]:
        a = self.article
        return find_credits(a.text, author=a.author, outlet=a.outlet, url=a.url, marks=self.marks)


class _Desk:
    """Reads texts back from the spool, and remembers those read last."""

    def __init__(self, corpus: Corpus, texts: Texts, labels: Numbers) -> None:
        self._corpus, self._texts, self._labels = corpus, texts, labels
        self._by_label = np.argsort(labels, kind="stable")  # the members of a group stand together, ascending
        self._sorted = labels[self._by_label]
        self.read = lru_cache(limits.REWRITE_READ)(self._read)
        self._agencies: dict[int, str | None] = {}

    def _read(self, number: int) -> _Reading:
        row = int(self._texts.rows[number])
        return _Reading(*self._corpus.marked(row, self._texts.ids[row]))

    def agency(self, number: int) -> str | None:
        """The agency most texts of the group of `number` say it is from."""
        label = int(self._labels[number])
        if label not in self._agencies:
            first, end = np.searchsorted(self._sorted, (label, label + 1))
            members = self._by_label[first : min(end, first + limits.REWRITE_MEMBERS)].tolist()
            named = [agency for agency in (self._read(member).agency for member in members) if agency]
            self._agencies[label] = max(sorted(set(named)), key=named.count, default=None)
        return self._agencies[label]

    def could_be(self, lone: int, other: int) -> bool:
        """Whether the lone text is worth aligning with the other one."""
        mine, its = self.read(lone), self.read(other)
        if mine.is_wire_copy or self.agency(other) is None:
            return False
        figures, names = mine.anchors.figures, mine.anchors.names
        known = len(figures & its.anchors.figures) + len(names & its.anchors.names)
        enough = known >= limits.REWRITE_ANCHORS * (len(figures) + len(names))
        return enough and len(mine.sentences) >= limits.REWRITE_SENTENCES


def _linked(article: list[str], original: list[str]) -> float:
    """The share of the article's words that stand in sentences linked to the original."""
    from dedup.align import align

    plain = {"original": [False] * len(original)}
    found = align(article, {"original": original}, furniture=[False] * len(article), original_furniture=plain)
    words = [len(sentence.split()) for sentence in article]
    linked = sum(n for n, sentence in zip(words, found.sentences, strict=True) if sentence.links)
    return linked / max(1, sum(words))
