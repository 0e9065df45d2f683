"""The Spark engine says what the local one says, on a real Spark: bytes of the JSON, whatever the partitions."""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dedup import limits, pipeline
from dedup.engines import spark
from dedup.model import Clusters
from dedup.pipeline import Options, intake
from dedup.report.clusters import clusters_json
from tests.engines.conftest import MASTER
from tests.pipeline.helpers import ROOT, SEEDS, WIRE_DAY, jsonl, sentences
from tests.pipeline.test_same_bytes import made

sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

import corpus

pytestmark = pytest.mark.usefixtures("running_spark")


@pytest.fixture(params=[1, 5])
def partitions(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Shuffles in one piece or five, and tasks of few articles in any order."""
    from dedup.engines.spark import session

    monkeypatch.setitem(session._QUERIES, "spark.sql.shuffle.partitions", str(request.param))
    monkeypatch.setattr(limits, "TASK_FILES", 7)
    monkeypatch.setattr(limits, "TASK_BYTES", 200_000)
    monkeypatch.setattr(limits, "RANGE_BYTES", 300_000)
    planned = intake.planned

    def shuffled(*given: Any, **named: Any) -> intake.Plan:
        plan = planned(*given, **named)
        return replace(plan, tasks=tuple(random.Random(request.param).sample(plan.tasks, len(plan.tasks))))

    monkeypatch.setattr(intake, "planned", shuffled)
    return int(request.param)


def both(*paths: Path, originals: Path | None = None, **options: Any) -> tuple[Clusters, Clusters]:
    """What the local engine says, and what Spark says."""
    told = Options(originals=str(originals) if originals else None, **options)
    names = [str(path) for path in paths]
    return pipeline.cluster(names, told), spark.cluster(names, told, master=MASTER)


def test_the_wire_day() -> None:
    local, distributed = both(WIRE_DAY, originals=SEEDS)
    assert len(local.clusters) > 10 and len(local.reuse) > 10 and local.skipped
    assert clusters_json(distributed) == clusters_json(local)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up articles with copies, excerpts, versions, mixed ones, house lines, and a bucket of 150."""
    path = tmp_path_factory.mktemp("generated") / "articles.jsonl"
    path.write_bytes(b"".join(corpus.as_json_lines(2_500, giant=0.06)))
    return path


def test_a_generated_corpus(partitions: int, generated: Path) -> None:
    local, distributed = both(generated)
    assert len(local.clusters) > 150 and len(local.reuse) > 100 and local.clusters[0].size >= 150
    assert clusters_json(distributed) == clusters_json(local)


def test_caps_cut_and_count_the_same(generated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HUB_ARTICLES", 20)
    monkeypatch.setattr(limits, "BUCKET_ARTICLES", 8)
    monkeypatch.setattr(limits, "JOIN_FLOOR", 2_000)
    monkeypatch.setattr(limits, "JOIN_PAIRS", 2)
    monkeypatch.setattr(limits, "MAX_REUSE", 3)
    local, distributed = both(generated, lsh_threshold=0.7)
    assert local.capped.hub_shingles and local.capped.buckets and local.capped.reuse
    assert clusters_json(distributed) == clusters_json(local)


def odd() -> Iterator[dict[str, object]]:
    """Ids that are missing, equal, or look as if they had been made different; texts that are short or empty."""
    yield from made()
    text = str(made()[3]["text"])
    for id in ("a1~2", "a1~2", "a2~3", "a2", "a2", "a~b\n~2", "é😀", "\uffee", "~2", "a1~99999999999"):
        yield {"id": id, "outlet": f"Outlet {len(id)}", "text": text}
    yield {"id": "a1", "text": "Too short."}
    yield {"id": "a1", "text": ""}
    for outlet in "ABCC":  # a line that outlet C repeats, and one article of nothing else
        yield {"outlet": "Courier", "text": "\n\n".join([*sentences(77, 2), *sentences(ord(outlet), 9)])}
    yield {"outlet": "Courier", "text": "\n\n".join(sentences(77, 2) * 3)}


def test_ids_short_texts_and_repeated_lines(tmp_path: Path) -> None:
    records = list(odd())
    random.Random(1).shuffle(records)
    local, distributed = both(jsonl(tmp_path / "a.jsonl", records[::2]), jsonl(tmp_path / "b.jsonl", records[1::2]))
    members = {member.id for cluster in local.clusters for member in cluster.members}
    assert {"a1~2", "a1~2~2", "a1~3", "a2~2", "a2~3", "a2~4"} <= members
    assert clusters_json(distributed) == clusters_json(local)


def test_nothing_at_all(tmp_path: Path) -> None:
    jsonl(tmp_path / "in" / "a.jsonl", [{"id": "x", "text": ""}])
    local, distributed = both(tmp_path / "in")
    assert distributed.read == 1 and clusters_json(distributed) == clusters_json(local)


# ---------------------------------------------------------------- Parquet


def test_parquet_in(tmp_path: Path, generated: Path) -> None:
    """At an address, in several files and row groups, under other names, with a record that has no text."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    records = [json.loads(line) for line in generated.read_bytes().splitlines()[:600]]
    records[7]["text"] = None
    whole = [{"body": r.pop("text"), "site": {"name": r.pop("outlet")}, "unused": 1} | r for r in records]
    (tmp_path / "day").mkdir()
    for i in range(3):
        table = pa.Table.from_pylist(whole[200 * i : 200 * i + 200])
        parquet.write_table(table, tmp_path / "day" / f"{i} a.parquet", row_group_size=60)
    told = Options(mapping={"outlet": "site.name"})
    local = pipeline.cluster([str(tmp_path / "day")], told)
    distributed = spark.cluster([(tmp_path / "day").as_uri()], told, master=MASTER)
    assert len(local.clusters) > 20 and len(local.skipped) == 1
    here = f"{tmp_path.as_posix()}/day/".encode()
    wanted = clusters_json(local).replace(here, b"file:" + here).replace(b" a.parquet", b"%20a.parquet")
    assert clusters_json(distributed) == wanted


def test_parquet_without_a_text_is_an_error(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    from dedup.errors import InputError

    parquet.write_table(pa.table({"id": ["a"], "views": [3]}), tmp_path / "x.parquet")
    with pytest.raises(InputError, match=r"no text field \(see --map\); fields are: id, views"):
        spark.cluster([(tmp_path / "x.parquet").as_uri()], master=MASTER)


def test_an_address_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dedup.errors import InputError

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # where a log would be kept
    with pytest.raises(InputError, match=r"Spark failed: .*PATH_NOT_FOUND"):
        spark.cluster([(tmp_path / "none.parquet").as_uri()], master=MASTER)


def test_parquet_out(tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    from dedup.errors import OutputError

    out = tmp_path / "out"
    result = spark.cluster([str(WIRE_DAY)], master=MASTER, tables=str(out))
    tables = {name: parquet.read_table(out / name) for name in ("clusters", "members", "reuse", "skipped")}
    assert {name: table.num_rows for name, table in tables.items()} == {
        "clusters": len(result.clusters),
        "members": sum(cluster.size for cluster in result.clusters),
        "reuse": len(result.reuse),
        "skipped": len(result.skipped),
    }
    agencies = {row["id"]: row["agency"] for row in tables["clusters"].to_pylist()}
    assert agencies == {cluster.id: cluster.original.agency for cluster in result.clusters}
    homes = {row["id"]: (row["cluster"], row["share_of_original"]) for row in tables["members"].to_pylist()}
    assert homes == {m.id: (c.id, m.share_of_original) for c in result.clusters for m in c.members}
    with pytest.raises(OutputError, match="there already"):
        spark.cluster([str(WIRE_DAY)], master=MASTER, tables=str(out))


# ---------------------------------------------------------------- Spark itself


def test_it_listens_on_loopback_alone_and_has_no_page() -> None:
    from pyspark.sql import SparkSession

    conf = dict(SparkSession.getActiveSession().sparkContext.getConf().getAll())  # type: ignore[union-attr]
    assert conf["spark.driver.bindAddress"] == conf["spark.driver.host"] == "127.0.0.1"
    assert conf["spark.ui.enabled"] == "false"


def test_nothing_is_left_behind_and_a_session_that_was_there_stays(tmp_path: Path) -> None:
    from pyspark.sql import SparkSession

    before, work = SparkSession.getActiveSession(), tmp_path / "work"
    path = jsonl(tmp_path / "a.jsonl", made()[:3])
    spark.cluster([str(path)], Options(work=str(work)), master=MASTER)
    assert before is not None and before.range(3).count() == 3
    assert list(work.iterdir()) == []
