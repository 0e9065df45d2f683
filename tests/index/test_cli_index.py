"""`dedup index` and what it says; `dedup diff` on an index."""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import pytest

from dedup.__main__ import main
from dedup.index import is_index
from tests.pipeline.helpers import SEEDS, WIRE_DAY, jsonl, story

Capture = pytest.CaptureFixture[str]


def out(capsys: Capture, *arguments: str, code: int = 0) -> str:
    assert main(list(arguments)) == code
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return said.out if code == 0 else said.err


@pytest.fixture
def day(tmp_path: Path, capsys: Capture) -> str:
    where = str(tmp_path / "day.db")
    out(capsys, "index", "add", where, str(WIRE_DAY), "--originals", str(SEEDS), "--with-text", "--quiet")
    return where


def test_add_and_stats(day: str, capsys: Capture) -> None:
    told = out(capsys, "index", "add", day, str(WIRE_DAY), "--originals", str(SEEDS))
    assert re.fullmatch(r"added 0 of \d+ articles; \d+ known, \d+ not used; \d+ in the index\n", told)
    told = out(capsys, "index", "stats", day)
    assert "dispatches of --originals" in told and "num_perm       128" in told and "pages" in told
    held = json.loads(out(capsys, "index", "stats", day, "--format", "json"))
    assert held["schema"] == "dedup.stats/1" and held["parameters"]["texts"] == "in the index"
    assert held["wires"] > 10 and held["sizes"]["texts"] > 10_000


def test_cluster_is_that_of_dedup_cluster(day: str, capsys: Capture) -> None:
    arguments = ("--format", "json", "--quiet")
    index = json.loads(out(capsys, "index", "cluster", day, *arguments))
    fresh = json.loads(out(capsys, "cluster", str(WIRE_DAY), "--originals", str(SEEDS), *arguments))
    assert index.pop("settings") and fresh.pop("settings")
    assert index == fresh


def test_a_pipe_is_no_index_and_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert not is_index(str(pipe)) and not is_index(str(tmp_path)) and not is_index("-")


def test_standard_input(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    where, line = str(tmp_path / "x.db"), json.dumps({"id": "a", "outlet": "North", "text": story(1)}) + "\n"
    for arguments, noted in (((), True), (("--with-text",), False)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line.encode()), encoding="utf-8"))
        assert main(["index", "add", where, "-", "--originals", "", *arguments]) == 0
        said = capsys.readouterr()
        assert "added 1 of 1" in said.out and ("cannot be read again later" in said.err) is noted
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line.encode()), encoding="utf-8"))
        told = out(capsys, "index", "query", where, "-")
        assert "in the index" in told
        Path(where).unlink()


def test_one_is_one(tmp_path: Path, capsys: Capture) -> None:
    where, feed = str(tmp_path / "one.db"), str(jsonl(tmp_path / "x.jsonl", [{"id": "a", "text": story(1)}]))
    wires = tmp_path / "wires"
    wires.mkdir()
    (wires / "w.txt").write_text(story(2), encoding="utf-8")
    told = out(capsys, "index", "add", where, feed, "--originals", str(wires))
    assert told == "added 1 of 1 article, and 1 dispatch; 0 known, 0 not used; 2 in the index\n"
    told = out(capsys, "index", "stats", where)
    assert "   1 article of 1 outlet, and 1 dispatch of --originals\n" in told and "   1 segment of postings: " in told
    told = out(capsys, "index", "prune", where, "--older-than", "1d", "--now", "9000-01-01")
    assert told.startswith("dropped 1 article from before 8999-12-31")


def test_query(day: str, tmp_path: Path, capsys: Capture) -> None:
    out(capsys, "index", "cluster", day, "-o", str(tmp_path / "c.json"), "--quiet")
    told = out(capsys, "index", "query", day, "newsharvest-ferry-again")
    assert told.startswith("Carries the dispatch of reuters-ferry-v3.\n") and "same dispatch, in the cluster of" in told
    held = json.loads(out(capsys, "index", "query", day, "newsharvest-ferry-again", "--format", "json"))
    assert held["schema"] == "dedup.query/1" and held["earlier"][0]["closeness"] == 1.0 and held["known"]
    hostile = str(jsonl(tmp_path / "x.jsonl", [{"id": "\x1b]52;c;x\x07", "title": "\x1b[2J", "text": story(1)}]))
    assert "\x1b" not in out(capsys, "index", "query", day, hostile)


def test_diff_from_the_index(day: str, capsys: Capture) -> None:
    arguments = ("--id", "newsharvest-ferry-again", "--format", "json", "--quiet")
    index = json.loads(out(capsys, "diff", day, *arguments))
    fresh = json.loads(out(capsys, "diff", str(WIRE_DAY), "--originals", str(SEEDS), *arguments))
    assert index == fresh and index["sentences"]


def test_prune(day: str, capsys: Capture) -> None:
    now = ("--now", "2025-10-17T12:00")
    told = out(capsys, "index", "prune", day, "--older-than", "2d", "--dry-run", *now)
    assert re.match(r"would drop \d+ articles from before 2025-10-15T12:00:00\+00:00; ", told)
    assert out(capsys, "index", "prune", day, "--older-than", "2d", *now).startswith("dropped")
    assert out(capsys, "index", "prune", day, "--older-than", "2d", *now).startswith("dropped 0 articles")


def test_errors_are_one_line(tmp_path: Path, capsys: Capture) -> None:
    feed = str(jsonl(tmp_path / "a.jsonl", [{"id": "a", "text": story(1)}]))
    nothing = str(tmp_path / "none.db")
    for arguments, said in (
        (("stats", nothing), "no such index"),
        (("stats", feed), "not an index of dedup"),
        (("add", feed, feed, "--originals", ""), "not an index of dedup"),
        (("prune", nothing, "--older-than", "soon"), "expected a number and h, d or w"),
        (("prune", nothing, "--older-than", "1d", "--now", "x"), "expected a time"),
        (("stats", "redis://127.0.0.1:1/0"), "no Redis server answers there"),
    ):
        told = out(capsys, "index", *arguments, code=2)
        assert said in told and told.count("\n") == 1 and told.startswith("dedup: error: ")
    assert not Path(nothing).exists()


@pytest.mark.parametrize("arguments", [(), ("--with-text",)])
def test_what_cannot_be_read_leaves_no_index(where: str, arguments: tuple[str, ...], capsys: Capture) -> None:
    told = out(capsys, "index", "add", where, "mistyped.jsonl", "--originals", "", *arguments, code=2)
    assert told.startswith("dedup: error: mistyped.jsonl: ")
    assert "no such index" in out(capsys, "index", "stats", where, code=2)


def test_where_no_index_can_be_is_said_before_anything_is_read(tmp_path: Path, capsys: Capture) -> None:
    where = str(tmp_path / "no folder" / "x.db")
    assert "a missing folder" in out(capsys, "index", "add", where, "mistyped.jsonl", "--originals", "", code=2)
