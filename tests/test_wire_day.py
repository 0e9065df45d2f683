"""The invented wire day against its truth: original, agency, version, role, siblings of what was clustered."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dedup import pipeline
from dedup.model import Cluster, Clusters
from dedup.pipeline import Options

ROOT = Path(__file__).resolve().parents[1]
DAY = ROOT / "corpora" / "wire-day"
FLOOR = 0.95

Truth = dict[str, Any]


@pytest.fixture(scope="module")
def truth() -> Truth:
    loaded: Truth = json.loads((DAY / "truth.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def with_seeds() -> Clusters:
    return pipeline.cluster([str(DAY)], Options(originals=str(ROOT / "seeds")))


@pytest.fixture(scope="module")
def without_seeds() -> Clusters:
    return pipeline.cluster([str(DAY)])


def told(truth: Truth, result: Clusters) -> dict[str, Cluster]:
    """Dispatch -> its cluster: the one that has most of its articles, and of which they are most.

    Which articles are clustered is another test's matter.
    """
    of_version = {version: name for name, d in truth["by_dispatch"].items() for version in d["versions"]}
    found: dict[str, tuple[int, Cluster]] = {}
    for cluster in result.clusters:
        names = [of_version.get(m.id) or truth["by_article"].get(m.id, {}).get("cluster") for m in cluster.members]
        name, count = Counter(names).most_common(1)[0]  # of equally many that of the original, which stands first
        if name and count > found.get(name, (0, cluster))[0]:
            found[name] = (count, cluster)
    return {name: cluster for name, (_, cluster) in found.items()}


def right_of(pairs: list[tuple[object, bool]]) -> None:
    """Holds the share of right answers to FLOOR; a failure names the wrong ones."""
    wrong = [what for what, right in pairs if not right]
    assert len(pairs) > 10
    assert 1 - len(wrong) / len(pairs) >= FLOOR, f"{len(wrong)} of {len(pairs)} wrong: {wrong}"


def test_agencies(truth: Truth, with_seeds: Clusters, without_seeds: Clusters) -> None:
    for result in (with_seeds, without_seeds):
        found = told(truth, result)
        right_of([((n, c.original), c.original.agency == truth["by_dispatch"][n]["agency"]) for n, c in found.items()])


def test_originals_given(truth: Truth, with_seeds: Clusters) -> None:
    """The latest version that was given, where it is in the cluster."""
    wanted = {name: d["original_with_seeds"] for name, d in truth["by_dispatch"].items() if d["original_with_seeds"]}
    pairs = [
        ((n, c.original), c.id == wanted[n])
        for n, c in told(truth, with_seeds).items()
        if n in wanted and holds(c, wanted[n])
    ]
    right_of(pairs)


def holds(cluster: Cluster, id: str) -> bool:
    return any(member.id == id for member in cluster.members)


def test_originals_found(truth: Truth, without_seeds: Clusters) -> None:
    pairs = []
    for name, cluster in told(truth, without_seeds).items():
        wanted = truth["by_dispatch"][name]["original_without_seeds"]
        if holds(cluster, wanted["id"]):
            pairs.append(((name, cluster.original), cluster.id in (wanted["id"], *wanted["or"])))
    right_of(pairs)


def members(truth: Truth, result: Clusters) -> list[tuple[Any, Truth]]:
    """The members that are in the cluster they belong to, and what is true of them."""
    facts = truth["by_article"]
    return [
        (member, facts[member.id])
        for name, cluster in told(truth, result).items()
        for member in cluster.members
        if member.id in facts and facts[member.id]["cluster"] == name
    ]


def test_versions(truth: Truth, with_seeds: Clusters) -> None:
    given = {m.id for c in with_seeds.clusters for m in c.members}
    pairs = [((m.id, m.version, fact["version"]), m.version == fact["version"])
             for m, fact in members(truth, with_seeds) if fact["version"] in given]  # fmt: skip
    right_of(pairs)


def test_versions_stand_in_order(truth: Truth, with_seeds: Clusters) -> None:
    for name, cluster in told(truth, with_seeds).items():
        order = [v.id for v in cluster.versions if v.id in truth["by_dispatch"][name]["versions"]]
        assert order == [v for v in truth["by_dispatch"][name]["versions"] if v in order]


def test_roles(truth: Truth, with_seeds: Clusters) -> None:
    pairs = []
    for member, fact in members(truth, with_seeds):
        role = "copy" if member.role == "original" else member.role  # where its dispatch was too short to be in
        right = role == fact["role"] or role in fact["roles_also_right"]
        pairs.append(((member.id, role, fact["role"], member.share_of_article), right))
    right_of(pairs)


def test_siblings(truth: Truth, with_seeds: Clusters, without_seeds: Clusters) -> None:
    for result in (with_seeds, without_seeds):
        found = told(truth, result)
        names = {cluster.id: name for name, cluster in found.items()}
        pairs = []
        for name, cluster in found.items():
            siblings = sorted(names.get(s.cluster, s.cluster) for s in cluster.siblings)
            wanted = [s for s in truth["by_dispatch"][name]["siblings"] if s in found]
            pairs.append(((name, siblings, wanted), siblings == wanted))
        right_of(pairs)


def test_corrections_are_noted(truth: Truth, with_seeds: Clusters) -> None:
    for name, cluster in told(truth, with_seeds).items():
        corrected = truth["by_dispatch"][name]["corrected"]
        noted = {m.version for m in cluster.members if "carries the corrected version" in m.notes}
        assert noted <= ({corrected["version"]} if corrected else set()), name
        if corrected:
            assert noted, name


def test_mixed_articles_carry_two_dispatches(truth: Truth, with_seeds: Clusters) -> None:
    """Whoever also carries a dispatch does so in truth, and its shares say how much."""
    found = told(truth, with_seeds)
    names = {cluster.id: name for name, cluster in found.items()}
    carrying = [(m, fact) for m, fact in members(truth, with_seeds) if m.also_carries]
    assert carrying
    for member, fact in carrying:
        assert {names[c] for c in member.also_carries} <= set(fact["carries"]), member.id
        assert [s.cluster for s in member.also_shares] == list(member.also_carries)
        assert all(0 < s.share_of_article <= 1 and 0 < s.share_of_original <= 1 for s in member.also_shares)
