"""Bags: sentences read -> what they have in common, counted once for all blocks: weights by rarity, masses, places.

A thing (a term, a figure, a run of two words) weighs the more the fewer of all sentences at hand have it; the mass of a
sentence is the weight of everything in it. Only things found on both sides are kept one by one.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedup.limits import MAX_HOLDERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.align.terms import Reading

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

_TINY = 1e-6


class Bags:
    """The things of one sort in every sentence, the article's sentences first."""

    def __init__(self, at: Ints, thing: Ints, size: int, rows: int, known: Floats | None = None) -> None:
        """Thing `thing[k]` stands in sentence `at[k]` of `size`; the first `rows` are the article's.

        What few sentences have weighs more. `known`: weight of each thing before that, 1 without.
        """
        kinds = int(thing.max(initial=-1)) + 1
        at, thing = np.divmod(_once(at * max(1, kinds) + thing), max(1, kinds))
        seen = np.bincount(thing, minlength=kinds)
        weight = np.log((size + 1) / (seen + 0.5)) / np.log(size + 1)
        if known is not None:
            weight *= known[:kinds]
        self.mass = np.bincount(at, weight[thing], minlength=size)  # of all a sentence has
        in_article = np.bincount(thing[at < rows], minlength=kinds)
        both = (in_article > 0) & (seen > in_article)
        kept = both[thing]
        self.weight = weight[both]
        number = np.cumsum(both) - 1
        self.at, self.thing = at[kept], number[thing[kept]]  # things found on both sides, by sentence
        self.ends = np.searchsorted(self.at, np.arange(size + 1))
        self.known = np.bincount(self.at, self.weight[self.thing], minlength=size)  # mass of those

    def matrices(self, rows: Ints, columns: Ints) -> tuple[Floats, Floats]:
        """Rows and columns over the things that the rows have: weights in the rows, 0 and 1 in the columns."""
        used = np.zeros(len(self.weight), dtype=bool)
        used[self.things(rows)[1]] = True
        left, right = self._matrix(rows, used), self._matrix(columns, used)
        left *= self.weight[used]
        return left, right

    def things(self, which: Ints) -> tuple[Ints, Ints]:
        """Of the sentences `which`, ascending: (place in `which`, thing) of everything in them."""
        counts = self.ends[which + 1] - self.ends[which]
        start = np.repeat(self.ends[which] - np.cumsum(counts) + counts, counts)
        return np.repeat(np.arange(len(which)), counts), self.thing[start + np.arange(counts.sum())]

    def _matrix(self, which: Ints, used: NDArray[np.bool_]) -> Floats:
        place, thing = self.things(which)
        kept = used[thing]
        matrix = np.zeros((len(which), int(used.sum())))
        matrix[place[kept], (np.cumsum(used) - 1)[thing[kept]]] = 1.0
        return matrix


class Readings:
    """All story sentences, read for comparing: n rows of the article, then the originals one after the other."""

    def __init__(self, reading: Reading, rows: int, bounds: Sequence[int]) -> None:
        """`bounds`: where each original starts among the columns, and their number at the end."""
        size = len(reading.keys)
        self.rows = rows
        self.bounds = list(bounds)
        self.keys = reading.keys
        self.terms = Bags(reading.term_at, reading.term, size, rows, reading.weight)
        figures = reading.figure[reading.term]
        self.figures = Bags(reading.term_at[figures], reading.term[figures], size, rows)
        self.pairs = Bags(*_runs(reading), size, rows)
        self.place = np.concatenate(
            [_places(rows), *(_places(b - a) for a, b in pairwise(self.bounds))]
        )  # 0 first sentence .. 1 last
        self.coverage = self.terms.known / (self.terms.mass + _TINY)  # share of a sentence found anywhere opposite

    def nearest(self, rows: Ints, count: int) -> Ints:
        """The `count` columns that share most with `rows`, rarest terms first; ascending.

        Cost: the places where the terms of `rows` stand, MAX_HOLDERS a term at most.
        """
        mass = np.zeros(self.bounds[-1])
        for thing in np.unique(self.terms.things(rows)[1]):
            holders = self.holders[thing]
            if len(holders) <= MAX_HOLDERS:
                mass[holders] += self.terms.weight[thing]
        return np.sort(np.argsort(-mass, kind="stable")[:count])

    @cached_property
    def holders(self) -> list[Ints]:
        """For each shared term, the columns that have it, ascending."""
        column, thing = self.terms.things(np.arange(self.rows, self.rows + self.bounds[-1]))
        order = np.argsort(thing, kind="stable")
        cuts = np.cumsum(np.bincount(thing, minlength=len(self.terms.weight)))[:-1]
        return np.split(column[order], cuts)


def _runs(reading: Reading) -> tuple[Ints, Ints]:
    """(sentence, run) of every two stems on end; runs numbered from 0."""
    inside = reading.word_at[1:] == reading.word_at[:-1]
    kinds = int(reading.stem.max(initial=0)) + 1
    run = (reading.stem[:-1] * kinds + reading.stem[1:])[inside]
    order = np.argsort(run, kind="stable")
    run = run[order]
    number = np.cumsum(np.concatenate([[0], run[1:] != run[:-1]]))[: len(run)]
    return reading.word_at[1:][inside][order], number


def _places(count: int) -> Floats:
    return np.arange(count) / max(1, count - 1)


def _once(numbers: Ints) -> Ints:
    """Ascending, each once. (np.unique hashes, which is slower for a few thousand.)"""
    numbers = np.sort(numbers)
    kept: Ints = numbers[np.concatenate([[True], numbers[1:] != numbers[:-1]])[: len(numbers)]]
    return kept
