"""Same input, same bytes: whatever the order, the number of processes, the hash seed, the locale."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from dedup import limits, pipeline
from dedup.pipeline import Options
from dedup.report.clusters import clusters_json
from tests.pipeline.helpers import ROOT, SEEDS, jsonl, sentences, story

Record = dict[str, object]


def made() -> list[Record]:
    """Copies, excerpts, mixed articles, equal ids, no ids, and one article three times with different authors."""
    lines = [sentences(seed, 14) for seed in range(5)]
    texts = ["\n\n".join(lines[i % 5][: 14 - i % 4] + (lines[(i + 1) % 5][:6] if i % 3 else [])) for i in range(30)]
    found: list[Record] = [{"id": f"a{i % 25}", "outlet": f"Outlet {i % 7}", "text": t} for i, t in enumerate(texts)]
    found += [{"outlet": f"Outlet {i}", "text": text} for i, text in enumerate(texts[:5])]
    found += [
        {"outlet": "Örtliche Zeitung", "text": texts[2], "author": f"Å. Nyberg {agency}"}
        for agency in ("AP", "AFP", "")
    ]
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of JSON lines and text files, which is also where the run starts."""
    monkeypatch.chdir(tmp_path)
    jsonl(tmp_path / "in" / "feed.jsonl", made())
    for i in range(4):
        path = tmp_path / "in" / f"outlet-{i % 2}" / f"ärticle-{i}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(story(i % 3, 12), encoding="utf-8")
    (tmp_path / "in" / "empty.txt").write_text("", encoding="utf-8")
    return tmp_path


def bytes_of(*paths: str, workers: int = 1) -> bytes:
    return clusters_json(pipeline.cluster(paths, Options(originals=str(SEEDS), workers=workers)))


def test_the_run_says_something(folder: Path) -> None:
    found = bytes_of("in")
    assert found.count(b'"weakest_link"') >= 5 and found.count(b'"passages"') >= 5
    assert b'"a1~2"' in found
    assert found == bytes_of("in")


@pytest.mark.parametrize("seed", range(8))
def test_shuffled_records(folder: Path, seed: int) -> None:
    before = bytes_of("in")
    records = made()
    random.Random(seed).shuffle(records)
    jsonl(folder / "in" / "feed.jsonl", records)
    assert bytes_of("in") == before


def test_shuffled_paths(folder: Path) -> None:
    paths = ["in/feed.jsonl", "in/outlet-0", "in/outlet-1", "in/empty.txt"]
    assert bytes_of(*paths) == bytes_of(*paths[::-1]) == bytes_of(*paths[2:], *paths[:2])


def test_workers_and_tasks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real processes, started afresh as on macOS and Windows."""
    before = bytes_of("in")
    monkeypatch.setattr(limits, "TASK_FILES", 2)
    assert bytes_of("in") == before
    assert bytes_of("in", workers=2) == before


def test_twin_and_kernel(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bytes_of("in")
    monkeypatch.setattr(limits, "KERNEL_FROM_ARTICLES", 0)
    assert bytes_of("in") == before


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONHASHSEED": "4242"}],
    ids=["C locale", "another hash seed"],
)
def test_hash_seed_and_locale(folder: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "dedup", "cluster", "in", "--originals", str(SEEDS), "--format", "json", "--quiet"]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == bytes_of("in")


def test_ids_come_from_the_content(folder: Path, tmp_path: Path) -> None:
    """An article without an id keeps the one it gets, wherever it stands."""
    alone = jsonl(
        tmp_path / "one" / "x.jsonl", [{"outlet": "Post", "text": story(1)}, {"outlet": "Times", "text": story(1)}]
    )
    more = jsonl(
        tmp_path / "two" / "y.jsonl",
        [{"outlet": o, "text": story(n)} for n, o in ((7, "Post"), (1, "Times"), (1, "Post"))],
    )
    ids = [sorted(m.id for c in pipeline.cluster([str(path)]).clusters for m in c.members) for path in (alone, more)]
    assert ids[0] == ids[1]
    assert all(len(id) == 32 and int(id, 16) >= 0 for id in ids[0])


def test_equal_ids_are_told_apart(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "x.jsonl", [{"id": "same", "outlet": f"Outlet {i}", "text": story(0)} for i in range(3)])
    (cluster,) = pipeline.cluster([str(path)]).clusters
    assert sorted(member.id for member in cluster.members) == ["same", "same~2", "same~3"]
