"""Pairs: the terms of article and original sentences -> for every pair, what speaks for a link and against it.

Everything is computed for a block of article sentences (rows) against a choice of original sentences (columns), so that
large inputs run through the same lines as small ones.
"""

from __future__ import annotations

from itertools import pairwise
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.align.bags import Readings

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

_TINY = 1e-6
SERIAL_STEPS = 250_000  # of a matrix product; OpenBLAS takes a second thread from 262,144
SERIAL_SIDE = 4  # of a tile; smaller ones would cost more in calls than in steps


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
        self.shared = product(self.left, self.right.T)
        self.mass_left = readings.terms.mass[rows][:, None] + _TINY
        self.mass_right = readings.terms.mass[opposite][None, :] + _TINY
        self.in_left = self.shared / self.mass_left  # share of the article sentence that the original's has
        self.in_right = self.shared / self.mass_right
        self.exact = _equal([readings.keys[i] for i in rows], [readings.keys[j] for j in opposite])

    def first(self) -> dict[str, Floats]:
        """What a pair shows by itself. Cost: rows x columns x shared terms."""
        ones = np.ones_like(self.shared)
        opposite = self.columns + self.readings.rows
        return {
            "size_left": np.log1p(self.mass_left) * ones,
            "size_right": np.log1p(self.mass_right) * ones,
            "covered_left": self.readings.coverage[self.rows][:, None] * ones,
            "covered_right": self.readings.coverage[opposite][None, :] * ones,
            "in_left": self.in_left,
            "in_shorter": np.maximum(self.in_left, self.in_right),
            "in_longer": np.minimum(self.in_left, self.in_right),
            "strongest": self._strongest(),
            "other_figures": self._other_figures(),
            "place": np.abs(self.readings.place[self.rows][:, None] - self.readings.place[opposite][None, :]),
            "around": self._around(),
            "pairs": self._pairs(),
        }

    def _pairs(self) -> Floats:
        """log(1 + weight of the runs of two words in both)."""
        left, right = self.readings.pairs.matrices(self.rows, self.columns + self.readings.rows)
        shared: Floats = np.log1p(product(left, right.T))
        return shared

    def _strongest(self) -> Floats:
        """Weight of the strongest term a pair shares, 0 without."""
        best = np.zeros_like(self.shared)
        for i, row in enumerate(self.left):
            has = np.flatnonzero(row)
            if len(has):
                best[i] = (self.right[:, has] * row[has]).max(axis=1)
        return best

    def _other_figures(self) -> Floats:
        """1 where both sentences have figures and none in common."""
        bags, opposite = self.readings.figures, self.columns + self.readings.rows
        left, right = bags.matrices(self.rows, opposite)
        both = (bags.mass[self.rows] > 0)[:, None] & (bags.mass[opposite] > 0)[None, :]
        other: Floats = (both & (product(left, right.T) == 0)).astype(float)
        return other

    def _around(self) -> Floats:
        """Likeness at second hand: how far two sentences are like the same other sentences, 0..1."""
        mass = np.concatenate([self.mass_left[:, 0], self.mass_right[0]])
        weight = np.sqrt(self.weight)
        every = np.concatenate([self.left / (weight + _TINY), self.right * weight]) / np.sqrt(mass)[:, None]
        like = product(every, every.T)
        np.fill_diagonal(like, 0.0)
        norm = np.sqrt(np.einsum("ij,ij->i", like, like)) + _TINY
        rows = len(self.rows)
        around: Floats = product(like[:rows], like[:, rows:]) / norm[:rows, None] / norm[None, rows:]
        return around

    def second(self, chance: Floats) -> dict[str, Floats]:
        """What the other pairs show, given the `chance` (0..1) of every pair after the first round."""
        found = {name: np.zeros_like(chance) for name in ("rival_column", "diagonal", "beside", "above", "gain")}
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
        found["gain"] = np.log1p(found["gain"])
        return found


def product(a: Floats, b: Floats) -> Floats:
    """`a @ b`, tile by tile, so that one thread does it.

    Threads that share a product of this size wait for each other, on a busy machine ten times as long as it takes.
    """
    (rows, depth), columns = a.shape, b.shape[1]
    side = isqrt(SERIAL_STEPS // max(1, depth))
    if side < SERIAL_SIDE or rows * depth * columns <= SERIAL_STEPS:
        whole: Floats = a @ b
        return whole
    height = min(side, rows)
    width = SERIAL_STEPS // (depth * height)
    out = np.empty((rows, columns))
    for top in range(0, rows, height):
        for at in range(0, columns, width):
            tile = out[top : top + height, at : at + width]
            np.matmul(a[top : top + height], b[:, at : at + width], out=tile)
    return out


def _wire_spans(columns: Ints, bounds: Sequence[int]) -> list[tuple[int, int]]:
    edges = np.searchsorted(columns, bounds)
    return [(int(a), int(b)) for a, b in pairwise(edges) if a < b]


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
    rival: Floats = np.where(chance >= top[:, -1:], top[:, -2:-1], top[:, -1:])
    return rival


def _diagonal(chance: Floats, together: NDArray[np.bool_], *, rows: bool = True) -> Floats:
    """Sum of the chances one sentence on and one back, on both sides (`rows`) or among the originals only."""
    out = np.zeros_like(chance)
    here, there = (slice(1, None), slice(None, -1)) if rows else (slice(None), slice(None))
    out[here, 1:] += chance[there, :-1] * together
    out[there, :-1] += chance[here, 1:] * together
    return out


def _gain(chance: Floats, left: Floats, right: Floats) -> Floats:
    """Mass a pair shares beyond what the row's best other column has already: a second link must bring something."""
    order = np.argsort(-chance, axis=1, kind="stable")
    best, next_best = order[:, 0], order[:, min(1, chance.shape[1] - 1)]
    at = np.arange(len(chance))
    gain = product(_left_over(chance, left, right, best), right.T)
    gain[at, best] = (_left_over(chance, left, right, next_best) * right[best]).sum(axis=1)
    return gain


def _left_over(chance: Floats, left: Floats, right: Floats, other: Ints) -> Floats:
    """What the row has that its `other` column, taken as far as it is likely, has not."""
    over: Floats = left * (1.0 - right[other] * chance[np.arange(len(chance)), other][:, None])
    return over
