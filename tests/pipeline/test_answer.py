"""answer: groups and pairs in the words of the model; the cap on reuse cuts the least, counts it, bounds the work."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from dedup import limits
from dedup.model import Clusters
from tests.pipeline.helpers import clustered, groups, reuse, story


def sharing(count: int, lines: int = 5) -> list[str]:
    """Stories of their own that all print one passage."""
    return [
        story(10 + i, 14) + "\n\n" + "\n\n".join(f"{line}" for line in story(0, lines).split("\n\n"))
        for i in range(count)
    ]


def test_articles_that_only_share_a_passage(tmp_path: Path) -> None:
    result = clustered(tmp_path, sharing(3))
    assert result.clusters == ()
    assert reuse(result) == {("a0", "a1"), ("a0", "a2"), ("a1", "a2")}
    for pair in result.reuse:
        assert 0 < pair.share_a < limits.SAME_DISPATCH and pair.passages >= 1


def test_exact_copies_are_all_members_and_all_reuse(tmp_path: Path) -> None:
    one, other = sharing(2)
    result = clustered(tmp_path, [one, one, other])
    assert groups(result) == {frozenset({"a0", "a1"})}
    assert reuse(result) == {("a0", "a2"), ("a1", "a2")}
    (cluster,) = result.clusters
    assert {(m.jaccard, m.containment, m.closest != m.id) for m in cluster.members} == {(1.0, 1.0, True)}


def test_largest_first_then_by_id(tmp_path: Path) -> None:
    texts = [story(seed) for seed in (3, 2, 1) for _ in range(seed)]
    result = clustered(tmp_path, texts)
    assert [(cluster.size, cluster.id) for cluster in result.clusters] == [(3, "a0"), (2, "a3")]
    assert all(cluster.members[0].id == cluster.id == cluster.original.id for cluster in result.clusters)


@pytest.mark.parametrize("most", [1, 2])
def test_reuse_is_capped_per_article_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    texts = sharing(6)
    whole = clustered(tmp_path, texts)
    monkeypatch.setattr(limits, "MAX_REUSE", most)
    cut = clustered(tmp_path, texts)
    listed = Counter(id for pair in cut.reuse for id in (pair.a, pair.b))
    assert max(listed.values()) == most
    assert reuse(cut) < reuse(whole)
    assert whole.capped.reuse == 0
    assert cut.capped.reuse == len(whole.reuse) - len(cut.reuse)


def test_the_largest_reuse_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_REUSE", 1)
    passage = story(0, 9).split("\n\n")
    own = [story(10 + i, 16).split("\n\n") for i in range(3)]
    texts = ["\n\n".join(own[0] + passage), "\n\n".join(own[1] + passage[:4]), "\n\n".join(own[2] + passage[:7])]
    assert reuse(clustered(tmp_path, texts)) == {("a0", "a2")}


def test_two_heaps_of_copies_that_share_a_passage(tmp_path: Path) -> None:
    """300 x 300 pairs of articles for one pair of texts: what the cap cuts is counted, and never built."""
    n = 300
    one, other = sharing(2)
    start = time.perf_counter()
    result = clustered(tmp_path, [one] * n + [other] * n)
    assert time.perf_counter() - start < 10
    assert sorted(cluster.size for cluster in result.clusters) == [n, n]
    check_cap(result, n * n)
    listed = Counter(id for pair in result.reuse for id in (pair.a, pair.b))
    assert max(listed.values()) == limits.MAX_REUSE


def check_cap(result: Clusters, pairs: int) -> None:
    assert len(result.reuse) + result.capped.reuse == pairs
    assert len(set(reuse(result))) == len(result.reuse)
    assert all(pair.a < pair.b for pair in result.reuse)
