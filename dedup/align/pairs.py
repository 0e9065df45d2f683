"""Pairs: the terms of article and original sentences -> for every pair, what speaks for a link and against it.

Everything is computed for a block of article sentences (rows) against a choice of original sentences (columns), so that
large inputs run through the same lines as small ones.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dedup.limits import MAX_HOLDERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

_TINY = 1e-6


class Bags:
    """The things (terms, or runs of two words) in every sentence, each thing with a weight; the article's sentences first."""

    def __init__(self, at: Ints, thing: Ints, size: int, rows: int, known: Floats | None = None) -> None:
        """Thing `thing[k]` stands in sentence `at[k]` of `size`; the first `rows` are the article's.

        What few sentences have weighs more. `known`: weight of each thing before that, 1 without.
        """
        kinds = int(thing.max(initial=-1)) + 1
        at, thing = np.divmod(np.unique(at * max(1, kinds) + thing), max(1, kinds))
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
        self.place = np.concatenate([_places(rows), *map(_places, np.diff(self.bounds))])  # 0 first sentence .. 1 last
        self.coverage = self.terms.known / (self.terms.mass + _TINY)  # share of a sentence found anywhere opposite

    def nearest(self, rows: Ints, count: int) -> Ints:
        """The `count` columns that share most with `rows`, rarest terms first; ascending. Cost: the places terms stand in."""
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
    return reading.word_at[1:][inside], np.unique(run, return_inverse=True)[1]


def _places(count: int) -> Floats:
    return np.arange(count) / max(1, count - 1)


class Block:
    """Some rows against some columns: the arrays both rounds of judging work on, all of shape (rows, columns)."""

    def __init__(self, readings: Readings, rows: Ints, columns: Ints) -> None:
        """`rows` and `columns` ascending; columns are counted from the first sentence of the first original."""
        self.readings = readings
        self.rows, self.columns = rows, columns
        self.spans = _wire_spans(columns, readings.bounds)
        opposite = columns + readings.rows
        self.left, self.right = readings.terms.matrices(rows, opposite)
        self.weight = self.left.max(axis=0, initial=0.0)  # every thing is in some row
        self.shared = self.left @ self.right.T
        self.mass_left = readings.terms.mass[rows][:, None] + _TINY
        self.mass_right = readings.terms.mass[opposite][None, :] + _TINY
        self.in_left = self.shared / self.mass_left  # share of the article sentence that the original's has
        self.in_right = self.shared / self.mass_right
        self.exact = _equal([readings.keys[i] for i in rows], [readings.keys[j] for j in opposite])

    def first(self) -> dict[str, Floats]:
        """What a pair shows by itself. Cost: rows x columns x shared terms."""
        ones = np.ones_like(self.shared)
        opposite = self.columns + self.readings.rows
        best, third = self._strongest()
        seen = {
            "size_left": np.log1p(self.mass_left) * ones,
            "size_right": np.log1p(self.mass_right) * ones,
            "covered_left": self.readings.coverage[self.rows][:, None] * ones,
            "covered_right": self.readings.coverage[opposite][None, :] * ones,
            "in_left": self.in_left,
            "in_right": self.in_right,
            "in_shorter": np.maximum(self.in_left, self.in_right),
            "in_longer": np.minimum(self.in_left, self.in_right),
            "shared": np.log1p(self.shared),
            "strongest": best,
            "third": third,
            "other_figures": self._other_figures(),
            "place": np.abs(self.readings.place[self.rows][:, None] - self.readings.place[opposite][None, :]),
            "around": self._around(),
        }
        return seen | self._runs()

    def _runs(self) -> dict[str, Floats]:
        bags, opposite = self.readings.pairs, self.columns + self.readings.rows
        left, right = bags.matrices(self.rows, opposite)
        shared = left @ right.T
        shorter = np.minimum(bags.mass[self.rows][:, None], bags.mass[opposite][None, :])
        return {"pairs": np.log1p(shared), "pairs_in_shorter": shared / (shorter + _TINY)}

    def _strongest(self) -> tuple[Floats, Floats]:
        """Weight of the strongest and of the third strongest term a pair shares, 0 without."""
        best, third = np.zeros_like(self.shared), np.zeros_like(self.shared)
        for i, row in enumerate(self.left):
            has = np.flatnonzero(row)
            if len(has):
                held = self.right[:, has] * row[has]
                held.sort(axis=1)
                best[i] = held[:, -1]
                third[i] = held[:, -3] if len(has) > 2 else 0.0
        return best, third

    def _other_figures(self) -> Floats:
        """1 where both sentences have figures and none in common."""
        bags, opposite = self.readings.figures, self.columns + self.readings.rows
        left, right = bags.matrices(self.rows, opposite)
        both = (bags.mass[self.rows] > 0)[:, None] & (bags.mass[opposite] > 0)[None, :]
        return (both & (left @ right.T == 0)).astype(float)

    def _around(self) -> Floats:
        """Likeness at second hand: how far two sentences are like the same other sentences, 0..1."""
        mass = np.concatenate([self.mass_left[:, 0], self.mass_right[0]])
        weight = np.sqrt(self.weight)
        every = np.concatenate([self.left / (weight + _TINY), self.right * weight]) / np.sqrt(mass)[:, None]
        like = every @ every.T
        np.fill_diagonal(like, 0.0)
        twice = like @ like
        norm = np.sqrt(np.diag(twice)) + _TINY
        rows = len(self.rows)
        return (twice / norm[:, None] / norm[None, :])[:rows, rows:]

    def second(self, chance: Floats) -> dict[str, Floats]:
        """What the other pairs show, given the `chance` (0..1) of every pair after the first round."""
        found = {name: np.zeros_like(chance) for name in ("rival_column", "diagonal", "beside", "above", "gain")}
        found["twin"] = _through(chance, self._twins())
        found["exact"] = self.exact.astype(float)
        found["exact_elsewhere"] = np.zeros_like(chance)
        for a, b in self.spans:
            near, part = chance[:, a:b], self.exact[:, a:b]
            together = np.diff(self.columns[a:b]) == 1
            found["rival_column"][:, a:b] = _best_other(near.T).T
            found["diagonal"][:, a:b] = _diagonal(near, together)
            found["beside"][:, a:b] = _diagonal(near, together, rows=False)
            found["above"][1:, a:b] += near[:-1]
            found["above"][:-1, a:b] += near[1:]
            found["gain"][:, a:b] = _gain(near, self.left, self.right[a:b])
            found["exact_elsewhere"][:, a:b] = part.any(axis=1, keepdims=True) & ~part
        found["gain_share"] = found["gain"] / self.mass_left
        found["gain"] = np.log1p(found["gain"])
        return found

    def _twins(self) -> Floats:
        """How alike two columns are, 0..1: a link to one speaks for the other, in whichever original it stands."""
        shared = (self.right * self.weight) @ self.right.T
        like = 2 * shared / (self.mass_right + self.mass_right.T)
        np.fill_diagonal(like, 0.0)
        return like


def _wire_spans(columns: Ints, bounds: Sequence[int]) -> list[tuple[int, int]]:
    edges = np.searchsorted(columns, bounds)
    return [(int(a), int(b)) for a, b in zip(edges, edges[1:], strict=False) if a < b]


def _equal(left: Sequence[str], right: Sequence[str]) -> NDArray[np.bool_]:
    out = np.zeros((len(left), len(right)), dtype=bool)
    where: dict[str, list[int]] = {}
    for j, key in enumerate(right):
        where.setdefault(key, []).append(j)
    for i, key in enumerate(left):
        out[i, where.get(key, [])] = bool(key)
    return out


def _best_other(chance: Floats) -> Floats:
    """The highest chance in the row, the pair itself left out."""
    if chance.shape[1] < 2:
        return np.zeros_like(chance)
    top = np.partition(chance, -2, axis=1)
    return np.where(chance >= top[:, -1:], top[:, -2:-1], top[:, -1:])


def _diagonal(chance: Floats, together: NDArray[np.bool_], *, rows: bool = True) -> Floats:
    """Sum of the chances one sentence on and one back, on both sides (`rows`) or among the originals only."""
    out = np.zeros_like(chance)
    here, there = (slice(1, None), slice(None, -1)) if rows else (slice(None), slice(None))
    out[here, 1:] += chance[there, :-1] * together
    out[there, :-1] += chance[here, 1:] * together
    return out


def _through(chance: Floats, like: Floats) -> Floats:
    """max over k of chance[i, k] * like[k, j]."""
    return np.array([(row[:, None] * like).max(axis=0) for row in chance]).reshape(chance.shape)


def _gain(chance: Floats, left: Floats, right: Floats) -> Floats:
    """Mass a pair shares beyond what the row's best other column has already: a second link must bring something."""
    order = np.argsort(-chance, axis=1, kind="stable")
    best, next_best = order[:, 0], order[:, min(1, chance.shape[1] - 1)]
    at = np.arange(len(chance))
    gain = _left_over(chance, left, right, best) @ right.T
    gain[at, best] = (_left_over(chance, left, right, next_best) * right[best]).sum(axis=1)
    return gain


def _left_over(chance: Floats, left: Floats, right: Floats, other: Ints) -> Floats:
    """What the row has that its `other` column, taken as far as it is likely, has not."""
    return left * (1.0 - right[other] * chance[np.arange(len(chance)), other][:, None])
