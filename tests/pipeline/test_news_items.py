"""News formats through the whole run: versions of an item in order, the newest as the original, kills and embargoes."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from dedup import pipeline
from dedup.model import Cluster, Clusters, Member

LEAD = (
    "NORTHPORT, March 2 (Reuters) - A passenger ferry with 212 people on board ran aground off Ostby early on Sunday."
)
BODY = [
    "The Maren Bell left its usual course in calm weather and struck a sandbank, the coast guard said in a statement.",
    "Harbour master Ann Lee said that all passengers were taken ashore by lifeboats within two hours of the accident.",
    "It was not immediately clear what had caused the accident, and the company that runs the ferry did not comment.",
]
MORE = "Divers found a tear of four metres in the hull on Sunday afternoon, a spokesman for the rescue service said."


def item(version: int, *paragraphs: str, **more: Any) -> dict[str, Any]:
    return {
        "uri": "tag:wire.example,2025:ferry", "type": "text", "version": str(version), "pubstatus": "usable",
        "versioncreated": f"2025-03-02T{7 + version:02}:00:00Z", "provider": "Reuters", "language": "en",
        "headline": "Ferry runs aground", "body_text": "\n\n".join(paragraphs),
    } | more  # fmt: skip


def outlet(name: str, *paragraphs: str, hour: int = 12) -> dict[str, str]:
    time = f"2025-03-02T{hour:02}:00:00Z"
    return {"id": name, "outlet": name, "title": "Ferry", "published": time, "text": "\n\n".join(paragraphs)}


def clustered(folder: Path, *records: dict[str, Any]) -> Clusters:
    path = folder / "day.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return pipeline.cluster([str(path)])


def only(found: Clusters) -> Cluster:
    assert len(found.clusters) == 1
    return found.clusters[0]


def members(cluster: Cluster) -> dict[str, Member]:
    return {member.id: member for member in cluster.members}


FIRST, SECOND, THIRD = item(1, LEAD, *BODY), item(2, LEAD, MORE, *BODY), item(3, LEAD, MORE, *BODY[:2])
COPY = outlet("gazette.example", LEAD, *BODY)


@pytest.mark.parametrize("order", list(itertools.permutations([FIRST, SECOND, THIRD, COPY])))
def test_ids_follow_the_version_numbers_whatever_the_order(tmp_path: Path, order: tuple[dict[str, Any], ...]) -> None:
    cluster = only(clustered(tmp_path, *order))
    uri = FIRST["uri"]
    assert cluster.id == f"{uri}~3"  # the newest, though another one is longer
    assert [version.id for version in cluster.versions] == [uri, f"{uri}~2", f"{uri}~3"]
    assert [version.mark for version in cluster.versions] == ["version 1", "version 2", "version 3"]
    assert members(cluster)["gazette.example"].version == uri


def test_numbers_are_numbers_and_times_do_not_overrule_them(tmp_path: Path) -> None:
    late = item(9, LEAD, *BODY, versioncreated="2025-03-02T20:00:00Z")
    newest = item(10, LEAD, MORE, *BODY, versioncreated="2025-03-02T06:00:00Z")
    cluster = only(clustered(tmp_path, newest, late, COPY))
    assert [v.mark for v in cluster.versions] == ["version 9", "version 10"]
    assert cluster.id == f"{FIRST['uri']}~2"


def test_a_new_version_with_the_old_text_stands_for_it(tmp_path: Path) -> None:
    again = item(2, LEAD, *BODY)
    cluster = only(clustered(tmp_path, again, FIRST, COPY))
    assert cluster.id == f"{FIRST['uri']}~2"
    assert [v.id for v in cluster.versions] == [f"{FIRST['uri']}~2"]


def test_a_killed_story(tmp_path: Path) -> None:
    killed = item(2, LEAD, *BODY, pubstatus="canceled")
    cluster = only(clustered(tmp_path, FIRST, killed, COPY))
    assert cluster.id == f"{FIRST['uri']}~2"
    notes = {id: member.notes for id, member in members(cluster).items()}
    assert notes[f"{FIRST['uri']}~2"] == ("kill notice: the agency withdrew the story",)
    assert notes["gazette.example"] == ("carries a story that the agency withdrew",)


def test_a_kill_that_is_a_notice_alone_keeps_the_id_and_joins_nothing(tmp_path: Path) -> None:
    kill = item(2, "", pubstatus="canceled", ednote="A kill is mandatory.")
    found = clustered(tmp_path, kill, FIRST, COPY)
    assert (found.read, found.kept) == (3, 3)
    assert only(found).id == FIRST["uri"] and f"{FIRST['uri']}~2" not in members(only(found))


def test_a_corrected_story(tmp_path: Path) -> None:
    corrected = item(2, LEAD.replace("212", "221"), *BODY, signals=["Correction"])
    cluster = only(clustered(tmp_path, corrected, FIRST, COPY))
    assert [v.mark for v in cluster.versions] == ["version 1", "corrected"]
    assert cluster.id == f"{FIRST['uri']}~2"
    held = members(cluster)
    assert held[cluster.id].notes == ("carries the corrected version",)
    assert held["gazette.example"].version == FIRST["uri"]


def test_an_embargo_is_noted(tmp_path: Path) -> None:
    cluster = only(clustered(tmp_path, item(1, LEAD, *BODY, embargoed="2025-03-03T06:00:00Z"), COPY))
    assert members(cluster)[FIRST["uri"]].notes == ("embargoed until 2025-03-03T06:00:00+00:00",)


def test_two_items_are_two_items(tmp_path: Path) -> None:
    other = item(7, LEAD, *BODY) | {"uri": "tag:wire.example,2025:other"}
    cluster = only(clustered(tmp_path, FIRST, other, COPY))
    assert len(cluster.versions) == 1  # the same text under two ids is no second version
