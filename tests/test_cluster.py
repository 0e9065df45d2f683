"""cluster: average linkage as in the textbook, order is nothing, giants are cut and counted, chains do not hold."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup import cluster, limits
from tests import oracle
from tests.packed import numbers

Close = Callable[[int, int], float]


def table(seed: int, n: int) -> NDArray[np.float64]:
    """A random symmetric closeness with blocks that belong together, so that there is something to group."""
    random = np.random.default_rng(seed)
    owner = random.integers(0, max(1, n // 3), n)
    close = np.where(owner[:, None] == owner, 0.3, 0.0) + random.random((n, n)) * 0.6
    return np.maximum(close, close.T)


def grouped(n: int, a: list[int], b: list[int], close: Close) -> tuple[list[int], cluster.Components]:
    """Both steps of clustering, for pairs whose closeness is known."""
    given = np.array([close(i, j) for i, j in zip(a, b, strict=True)], np.float64)
    found = cluster.components(n, numbers(*a), numbers(*b), given)
    left, right = found.pairs()
    assert len(left) == found.pair_counts().sum()
    assert (left < right).all()
    within = np.array([close(i, j) for i, j in zip(left.tolist(), right.tolist(), strict=True)], np.float64)
    labels = cluster.group(n, found, within).tolist()
    check(labels)
    return labels, found


def check(labels: list[int]) -> None:
    """A partition, each group named by its lowest number."""
    for i, label in enumerate(labels):
        assert label <= i and labels[label] == label


def everything(n: int) -> tuple[list[int], list[int]]:
    pairs = list(itertools.combinations(range(n), 2))
    return [a for a, _ in pairs], [b for _, b in pairs]


@given(st.integers(0, 2**32), st.integers(0, 14))
def test_groups_are_those_of_the_textbook(seed: int, n: int) -> None:
    close = table(seed, n)
    labels, _ = grouped(n, *everything(n), lambda i, j: float(close[i, j]))
    names = [f"{i:02}" for i in range(n)]
    pairs = {frozenset((names[i], names[j])): float(close[i, j]) for i, j in itertools.combinations(range(n), 2)}
    for part in oracle.components(names, pairs, limits.SAME_DISPATCH):
        (groups,) = oracle.average_linkage(part, pairs, limits.SAME_DISPATCH)
        assert {min(group): group for group in groups} == {
            names[label]: frozenset(names[i] for i in range(n) if labels[i] == label)
            for label in {labels[int(name)] for name in part}
        }


@given(st.integers(0, 2**32), st.integers(2, 14), st.data())
def test_the_order_of_the_pairs_does_not_matter(seed: int, n: int, data: st.DataObject) -> None:
    close = table(seed, n)
    a, b = everything(n)
    order = data.draw(st.permutations(range(len(a))))
    plain, _ = grouped(n, a, b, lambda i, j: float(close[i, j]))
    again, _ = grouped(n, [a[i] for i in order], [b[i] for i in order], lambda i, j: float(close[i, j]))
    assert plain == again


@given(st.integers(0, 2**32), st.integers(0, 14))
def test_components_hold_all_that_is_strong_and_are_disjoint(seed: int, n: int) -> None:
    close = table(seed, n)
    a, b = everything(n)
    found = cluster.components(n, numbers(*a), numbers(*b), np.array([close[i, j] for i, j in zip(a, b, strict=True)]))
    parts = [part.tolist() for part in np.split(found.articles, found.offsets[1:-1]) if len(part)]
    assert sorted(found.articles.tolist()) == sorted({i for part in parts for i in part})
    assert all(part == sorted(part) and len(part) > 1 for part in parts)
    home = {i: number for number, part in enumerate(parts) for i in part}
    for i, j in zip(a, b, strict=True):
        if close[i, j] >= limits.SAME_DISPATCH:
            assert home[i] == home[j]


def test_nothing_strong_leaves_everyone_alone() -> None:
    for n in (0, 1, 5):
        assert grouped(n, *everything(n), lambda i, j: limits.SAME_DISPATCH - 0.01)[0] == list(range(n))


def test_a_mixed_article_does_not_bridge() -> None:
    """0-2 carry one dispatch, 3-5 another; 6 has all of one and half of the other."""

    def close(i: int, j: int) -> float:
        if 6 in (i, j):
            return 0.9 if min(i, j) < 3 else 0.6
        return 0.95 if (i < 3) == (j < 3) else 0.0

    assert grouped(7, *everything(7), close)[0] == [0, 0, 0, 3, 3, 3, 0]


def test_a_pair_exactly_at_the_threshold_is_one_group() -> None:
    assert grouped(2, [0], [1], lambda i, j: limits.SAME_DISPATCH)[0] == [0, 0]


# ---------------------------------------------------------------- components too large to be compared


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COMPONENT_ARTICLES", 6)


def test_a_large_component_is_cut_where_it_is_thin(small: None) -> None:
    """Two knots of five that one weak edge ties together."""

    def close(i: int, j: int) -> float:
        return 0.8 if (i < 5) == (j < 5) else 0.5 if (i, j) == (4, 5) else 0.0

    labels, found = grouped(10, *everything(10), close)
    assert labels == [0] * 5 + [5] * 5
    assert found.cut == 1 and not found.fused.any()


def test_what_is_nearly_equal_is_fused_without_comparison(small: None) -> None:
    n = 20
    labels, found = grouped(n, *everything(n), lambda i, j: 0.99)
    assert labels == [0] * n
    assert found.fused.tolist() == [True] and found.cut == 1
    assert found.pair_counts().tolist() == [n - 1], "linear"
    assert found.pairs()[0].tolist() == [0] * (n - 1)


def test_a_component_at_the_cap_is_not_cut(small: None) -> None:
    _, found = grouped(6, *everything(6), lambda i, j: 0.99)
    assert found.cut == 0 and found.fused.tolist() == [False]


@given(st.integers(0, 2**32), st.integers(0, 40))
def test_cutting_keeps_a_partition_and_bounds_the_work(seed: int, n: int) -> None:
    close = table(seed, n)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "COMPONENT_ARTICLES", 6)
        _, found = grouped(n, *everything(n), lambda i, j: float(close[i, j]))
    sizes = np.diff(found.offsets)
    assert (sizes[~found.fused] <= 6).all()
    assert found.pair_counts().sum() <= 6 * n


def test_the_ends_of_a_long_chain_are_not_joined() -> None:
    """10,000 articles, each an edit of the one before, and nothing else in common."""
    n = 10_000
    labels, found = grouped(n, list(range(n - 1)), list(range(1, n)), lambda i, j: 0.6 if j - i == 1 else 0.0)
    assert found.cut == 1
    assert labels[0] != labels[-1]
    assert np.bincount(labels).max() <= 2


def test_a_short_chain_breaks_into_neighbours() -> None:
    labels, found = grouped(300, *everything(300), lambda i, j: 0.6 if j - i == 1 else 0.0)
    assert found.cut == 0
    assert np.bincount(labels).max() == 2
