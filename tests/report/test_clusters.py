"""JSON, JSON lines and CSV of a Clusters value: the schema to the letter, one order, one rounding."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace
from typing import Any

from dedup.model import Clusters
from dedup.report.clusters import CSV_COLUMNS, clusters_json, csv_chunks, jsonl_chunks
from tests.report import samples

MEMBER = [
    "id", "outlet", "published", "title", "path", "also_carries", "role", "closest", "jaccard", "containment",
    "share_of_article", "share_of_original",
]  # fmt: skip


def document() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(clusters_json(samples.day()))
    return loaded


def holds(got: dict[str, Any], fields: list[str]) -> bool:
    """Whether `got` has the fields in that order; others may stand between them."""
    return [key for key in got if key in fields] == fields


def test_the_fields_of_the_schema_in_their_order() -> None:
    got = document()
    cluster = got["clusters"][1]
    assert list(got) == ["schema", "settings", "read", "kept", "skipped", "capped", "clusters", "reuse"]
    assert got["schema"] == "dedup.clusters/1"
    assert list(got["capped"]) == ["hub_shingles", "buckets", "reuse"]
    assert holds(cluster, ["id", "title", "size", "weakest_link", "original", "siblings", "members"])
    assert holds(cluster["original"], ["id", "agency", "why"])
    assert holds(cluster["siblings"][0], ["cluster", "agency", "why"])
    assert holds(cluster["members"][0], MEMBER)
    assert list(got["reuse"][0]) == ["a", "b", "passages", "share_a", "share_b"]


def test_an_unnamed_agency_is_null() -> None:
    assert [c["original"]["agency"] for c in document()["clusters"]] == ["Reuters", "AP", None]


def test_order_is_by_size_then_id_and_the_original_comes_first() -> None:
    got = document()
    assert [c["id"] for c in got["clusters"]] == ["reu-1", "ap-1", "pr-1"]
    assert got["clusters"][1]["members"][0]["id"] == "ap-1"
    assert [s["where"] for s in got["skipped"]] == ["a.txt", "b.txt", "c.json:3"]
    assert [(r["a"], r["b"]) for r in got["reuse"]] == [("hb-7", "pr-2"), ("lt-2", "pr-1")]


def test_shuffled_values_give_the_same_bytes_in_every_format() -> None:
    result = samples.day()
    for seed in range(20):
        mixed = shuffled(result, random.Random(seed))
        assert clusters_json(mixed) == clusters_json(result)
        assert b"".join(jsonl_chunks(mixed)) == b"".join(jsonl_chunks(result))
        assert b"".join(csv_chunks(mixed)) == b"".join(csv_chunks(result))


def shuffled(result: Clusters, source: random.Random) -> Clusters:
    def mix(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(source.sample(items, len(items)))

    clusters = tuple(replace(c, members=mix(c.members)) for c in result.clusters)
    return replace(result, clusters=mix(clusters), reuse=mix(result.reuse), skipped=mix(result.skipped))


def test_shares_have_four_digits_in_every_format() -> None:
    rows = list(csv.DictReader(io.StringIO(b"".join(csv_chunks(samples.day())).decode("utf-8"))))
    member = document()["clusters"][1]["members"][0]
    assert member["share_of_article"] == 0.8765
    assert {row["share_of_article"] for row in rows} == {"0.8765"}
    assert document()["reuse"][0]["share_b"] == 0.1235


def test_json_has_a_record_a_line() -> None:
    lines = clusters_json(samples.day()).decode("utf-8").splitlines()
    records = [json.loads(line.rstrip(",")) for line in lines if line.startswith('{"id"')]
    assert [r["id"] for r in records] == ["reu-1", "ap-1", "pr-1"]
    assert clusters_json(samples.day()).endswith(b"}\n")


def test_an_empty_result_is_whole() -> None:
    got = json.loads(clusters_json(samples.empty()))
    assert (got["clusters"], got["reuse"], got["skipped"]) == ([], [], [])
    assert b"".join(csv_chunks(samples.empty())).decode("utf-8") == ",".join(CSV_COLUMNS) + "\n"


def test_jsonl_says_what_each_line_is() -> None:
    lines = [json.loads(line) for line in b"".join(jsonl_chunks(samples.day())).decode("utf-8").splitlines()]
    assert [line.pop("type") for line in lines] == ["header"] + ["cluster"] * 3 + ["reuse"] * 2
    got = document()
    clusters, reuse = got.pop("clusters"), got.pop("reuse")
    assert lines == [got, *clusters, *reuse]


def test_csv_has_a_row_a_member() -> None:
    rows = list(csv.DictReader(io.StringIO(b"".join(csv_chunks(samples.day())).decode("utf-8"))))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert len(rows) == 14 + 6 + 2
    by_id = {row["id"]: row for row in rows}
    assert by_id["qp-9"]["also_carries"] == "reu-1"
    assert by_id["qp-9"]["title"] == "卡沃斯岛渡轮沉没三人遇难"
    assert by_id["pr-2"]["agency"] == ""
