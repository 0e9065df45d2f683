"""candidates: bands are datasketch's, stars lose no bucket, the join loses no pair it can afford, caps are counted."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pytest
from datasketch.lsh import _optimal_param
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup import candidates, limits

Hashes = list[set[int]]

# Shingle hashes in the sample (bit 0 is ignored, the rest is divisible by SAMPLE) and others.
IN_SAMPLE = st.integers(0, 12).map(lambda i: i * 2 * limits.SAMPLE + 2**20)
ANY = st.integers(0, 40).map(lambda i: 2 * i)
SHINGLES = st.lists(st.sets(st.one_of(IN_SAMPLE, ANY), max_size=12), max_size=12)


def found(signatures: Iterable[Iterable[int]], shingles: Hashes, **options: float) -> candidates.Candidates:
    rows = np.array([list(row) for row in signatures], np.uint32).reshape(len(shingles), limits.NUM_PERM)
    flat = np.array([hash for each in shingles for hash in sorted(each)], np.uint32)
    return candidates.find(rows, flat, np.cumsum([0, *map(len, shingles)]), **options)


def strangers(n: int) -> list[list[int]]:
    """Signatures that have nothing in common."""
    return [[i * 1_000 + j for j in range(limits.NUM_PERM)] for i in range(n)]


def pairs(result: candidates.Candidates) -> list[tuple[int, int]]:
    return list(zip(result.a.tolist(), result.b.tolist(), strict=True))


def connected(n: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    """The lowest number each of n items is connected with."""
    groups = [{i} for i in range(n)]
    for a, b in edges:
        if groups[a] is not groups[b]:
            groups[a] |= groups[b]
            for member in groups[b]:
                groups[member] = groups[a]
    return [min(group) for group in groups]


# ---------------------------------------------------------------- bands


@pytest.mark.parametrize("threshold", [t / 20 for t in range(1, 20)])
def test_bands_are_the_optimum_of_datasketch(threshold: float) -> None:
    assert candidates.bands(threshold) == _optimal_param(threshold, limits.NUM_PERM, 0.5, 0.5)


@pytest.mark.parametrize("num_perm", [1, 2, 16, 100])
def test_bands_of_other_widths(num_perm: int) -> None:
    assert candidates.bands(0.5, num_perm) == _optimal_param(0.5, num_perm, 0.5, 0.5)


@st.composite
def signatures(draw: st.DrawFn) -> NDArray[np.uint32]:
    """Rows that agree in some stretches."""
    rows = draw(st.lists(st.lists(st.integers(0, 2), min_size=8, max_size=8), min_size=1, max_size=12))
    return np.repeat(np.array(rows, np.uint32), limits.NUM_PERM // 8, axis=1)


@given(signatures(), st.sampled_from([0.2, 0.4, 0.6, 0.8]))
def test_stars_connect_every_bucket_and_nothing_else(rows: NDArray[np.uint32], threshold: float) -> None:
    b, r = candidates.bands(threshold)
    buckets = defaultdict(list)
    for article, row in enumerate(rows.tolist()):
        for band in range(b):
            buckets[band, tuple(row[band * r : (band + 1) * r])].append(article)
    full = [each for each in buckets.values() if len(each) > 1]
    result = pairs(found(rows.tolist(), [set()] * len(rows), lsh_threshold=threshold))
    assert connected(len(rows), result) == connected(
        len(rows), [p for each in full for p in itertools.combinations(each, 2)]
    )
    stars = {(each[0], member) for each in full for member in each[1:]}
    neighbours = {pair for each in full for pair in itertools.pairwise(each)}
    assert set(result) == stars | neighbours


def test_a_giant_bucket_costs_two_pairs_an_article_and_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BUCKET_ARTICLES", 50)
    n = 500
    result = found([[1] * limits.NUM_PERM] * n, [set()] * n)
    assert result.buckets == candidates.bands(limits.LSH_THRESHOLD)[0]
    assert len(result.a) <= 2 * n
    assert connected(n, pairs(result)) == [0] * n
    assert found([[1] * limits.NUM_PERM] * 50, [set()] * 50).buckets == 0


# ---------------------------------------------------------------- the join


def sampled(shingles: Hashes) -> dict[int, list[int]]:
    """Sampled shingle -> the articles that have it."""
    holders = defaultdict(list)
    for article, hashes in enumerate(shingles):
        for hash in {hash >> 1 for hash in hashes}:
            if hash % limits.SAMPLE == 0:
                holders[hash].append(article)
    return holders


def shared(holders: dict[int, list[int]]) -> dict[tuple[int, int], int]:
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for articles in holders.values():
        for pair in itertools.combinations(articles, 2):
            counts[pair] += 1
    return counts


@given(SHINGLES)
def test_a_small_corpus_is_joined_whole(shingles: Hashes) -> None:
    result = found(strangers(len(shingles)), shingles)
    wanted = sorted(pair for pair, count in shared(sampled(shingles)).items() if count >= limits.MIN_SHARED)
    assert pairs(result) == wanted
    assert (result.hub_shingles, result.buckets) == (0, 0)


@given(SHINGLES, st.data())
def test_numbering_does_not_matter_where_all_are_paired(shingles: Hashes, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(shingles))))
    plain = pairs(found(strangers(len(shingles)), shingles))
    again = pairs(found(strangers(len(shingles)), [shingles[i] for i in order]))
    assert {frozenset((order[a], order[b])) for a, b in again} == {frozenset(pair) for pair in plain}


@given(SHINGLES, signatures())
def test_pairs_are_ordered_sorted_unique_and_the_same_again(shingles: Hashes, rows: NDArray[np.uint32]) -> None:
    n = min(len(shingles), len(rows))
    result = found(rows[:n].tolist(), shingles[:n])
    assert pairs(result) == sorted(set(pairs(result)))
    assert all(0 <= a < b < n for a, b in pairs(result))
    assert pairs(found(rows[:n].tolist(), shingles[:n])) == pairs(result)


@given(SHINGLES)
def test_beyond_the_budget_shingles_still_connect(shingles: Hashes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "JOIN_FLOOR", 0)
        patch.setattr(limits, "JOIN_PAIRS", 0)
        patch.setattr(limits, "MIN_SHARED", 1)
        result = pairs(found(strangers(len(shingles)), shingles))
    holders = sampled(shingles)
    assert set(result) <= set(shared(holders))
    assert connected(len(shingles), result) == connected(len(shingles), shared(holders))
    assert len(result) <= 2 * sum(len(articles) for articles in holders.values())


def test_the_rarest_shingles_are_paired_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two articles share rare shingles; a hundred share common ones. The budget is for the rare."""
    monkeypatch.setattr(limits, "JOIN_FLOOR", 10)
    monkeypatch.setattr(limits, "JOIN_PAIRS", 0)
    step = 2 * limits.SAMPLE
    common, rare = {step * 1, step * 2, step * 3}, {step * 10, step * 11}
    shingles = [common | rare if article in (40, 70) else set(common) for article in range(100)]
    result = pairs(found(strangers(100), shingles))
    assert (40, 70) in result
    assert len(result) <= 2 * 100
    assert connected(100, result) == [0] * 100


def test_the_first_size_beyond_the_budget_is_a_star(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three articles share one shingle (3 pairs, the budget), four another (6 pairs, beyond it)."""
    monkeypatch.setattr(limits, "JOIN_FLOOR", 3)
    monkeypatch.setattr(limits, "JOIN_PAIRS", 0)
    monkeypatch.setattr(limits, "MIN_SHARED", 1)
    step = 2 * limits.SAMPLE
    result = pairs(found(strangers(7), [{step}] * 3 + [{2 * step}] * 4))
    assert result == [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (3, 6), (4, 5), (5, 6)]


def test_hubs_link_nothing_and_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HUB_ARTICLES", 5)
    step = 2 * limits.SAMPLE
    hub = {step * 1, step * 2, step * 3}
    own = [{step * (100 + i), step * (200 + i)} for i in range(3)]
    result = found(strangers(6), [hub | own[i // 2] for i in range(6)])
    assert pairs(result) == [(0, 1), (2, 3), (4, 5)]
    assert result.hub_shingles == 3
    assert found(strangers(5), [hub] * 5).hub_shingles == 0


def test_too_many_postings_thin_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, lost = {16 * limits.SAMPLE * i for i in range(1, 3)}, {2 * limits.SAMPLE * (2 * i + 1) for i in range(2)}
    shingles = [kept, kept, lost, lost]
    assert pairs(found(strangers(4), shingles)) == [(0, 1), (2, 3)]
    monkeypatch.setattr(limits, "MAX_POSTINGS", 1)
    assert pairs(found(strangers(4), shingles)) == [(0, 1)]


def test_nothing_to_find() -> None:
    for n in (0, 1, 2):
        assert pairs(found(strangers(n), [set()] * n)) == []


# ---------------------------------------------------------------- the kernel


CROWDED = st.lists(
    st.sets(st.integers(0, 9).map(lambda i: i * 2 * limits.SAMPLE << (i % 4 * 7)), max_size=9), max_size=14
)


@given(CROWDED, st.sampled_from([1, 3]), st.data())
def test_kernel_and_twin_give_the_same_pairs(shingles: Hashes, workers: int, data: st.DataObject) -> None:
    """With stars, hubs, several ranges of hashes, blocks of articles, and too little room for the pairs."""
    flat = np.array([hash for each in shingles for hash in sorted(each)], np.uint32)
    offsets = np.cumsum([0, *map(len, shingles)])
    hashed = np.arange(2 * len(shingles), dtype=np.uint32).reshape(2, -1) // 3
    with pytest.MonkeyPatch.context() as patch:
        for name, choices in (
            ("HUB_ARTICLES", [2, 5, 2_000]), ("JOIN_PAIRS", [0, 2, 64]), ("JOIN_FLOOR", [0, 6, 4_000_000]),
            ("JOIN_BLOCK", [1, 7, 1 << 24]), ("JOIN_POSTINGS", [1, 5, 1 << 24]), ("JOIN_ROOM", [1, 4, 1 << 20]),
            ("MIN_SHARED", [1, 2, 3]),
        ):  # fmt: skip
            patch.setattr(limits, name, data.draw(st.sampled_from(choices), name))
        twin = candidates.among(hashed, flat, offsets)
        kernel = candidates.among(hashed, flat, offsets, compiled=True, workers=workers)
    assert pairs(kernel) == pairs(twin)
    assert (kernel.hub_shingles, kernel.buckets) == (twin.hub_shingles, twin.buckets)


@given(signatures(), st.sampled_from([0.2, 0.4, 0.8]), st.data())
def test_kernel_and_twin_hash_bands_alike(rows: NDArray[np.uint32], threshold: float, data: st.DataObject) -> None:
    places = np.array(data.draw(st.permutations(range(len(rows)))))
    places[data.draw(st.integers(0, len(rows) - 1))] = -1
    hashed = [np.zeros_like(candidates.empty_bands(len(rows), threshold)) for _ in range(2)]
    for compiled, into in enumerate(hashed):
        candidates.hash_bands(rows, places, threshold, into, compiled=bool(compiled))
    assert (hashed[0] == hashed[1]).all()
