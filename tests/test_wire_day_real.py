"""Whose dispatch, on a real news day (../shared, skipped without it), checked by expressions of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dedup import pipeline
from dedup.model import Clusters

DAY = Path(__file__).resolve().parents[2] / "shared" / "data" / "wire_day.jsonl"
pytestmark = pytest.mark.skipif(not DAY.is_file(), reason="../shared/data is not here")

# "OSLO (AP) -" at the start of a line; "By The Associated Press" and "Ann Lee, Associated Press" as lines of their own;
# "Associated Press writer ..." opening a credit. Contributions ("AP contributed to this report") are none of these.
DATELINE = re.compile(r"^[A-Z][A-Za-z.,' ]{1,50}\(AP\)\s*(?:-|–|—)", re.MULTILINE)
BYLINE = re.compile(r"^(?:By )?(?:[A-Z][\w.,' ]{3,60}, )?(?:The )?Associated Press$", re.MULTILINE)
CREDIT = re.compile(r"^(?:___\s*)?Associated Press (?:writers?|journalists?|reporters?) [A-Z]", re.MULTILINE)


def says_ap(text: str) -> bool:
    return any(expression.search(text) for expression in (DATELINE, BYLINE, CREDIT))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    with DAY.open(encoding="utf-8") as lines:
        return {record["id"]: record["text"] for record in map(json.loads, lines)}


@pytest.fixture(scope="module")
def day() -> Clusters:
    return pipeline.cluster([str(DAY)])


def test_no_cluster_with_aps_name_on_it_names_another_agency(day: Clusters, texts: dict[str, str]) -> None:
    with_ap = [c for c in day.clusters if any(says_ap(texts[m.id]) for m in c.members)]
    assert len(with_ap) >= 20
    wrong = {c.id: c.original.agency for c in with_ap if c.original.agency not in ("AP", None)}
    assert not wrong
    unnamed = [c.id for c in with_ap if c.original.agency is None]
    assert len(unnamed) <= len(with_ap) // 10, unnamed


def test_every_cluster_is_told_whole(day: Clusters) -> None:
    for cluster in day.clusters:
        versions = {version.id for version in cluster.versions}
        assert cluster.original.why
        assert [m.role for m in cluster.members].count("original") == 1
        assert versions <= {m.id for m in cluster.members}
        assert all(m.version in versions for m in cluster.members)


def test_siblings_are_of_other_agencies_and_mutual(day: Clusters) -> None:
    agency = {cluster.id: cluster.original.agency for cluster in day.clusters}
    pairs = {(cluster.id, sibling.cluster) for cluster in day.clusters for sibling in cluster.siblings}
    assert pairs
    assert all((b, a) in pairs and agency[a] != agency[b] for a, b in pairs)
