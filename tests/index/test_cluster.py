"""An index gives the clusters of a fresh run over the same articles, whatever adds they came in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dedup import index
from dedup.index.prune import moment
from dedup.report.clusters import clusters_json
from tests.index.helpers import add, clustered, feeds, fresh, pile, shuffled
from tests.pipeline.helpers import SEEDS, WIRE_DAY, jsonl


def test_one_add(where: str, tmp_path: Path) -> None:
    paths = feeds(tmp_path)
    done = add(where, *paths)
    found = clustered(where)
    assert clusters_json(found) == clusters_json(fresh(paths))
    assert len(found.clusters) >= 3 and found.reuse and found.skipped
    assert (done.read, done.known, done.skipped) == (found.read, 0, len(found.skipped))
    assert done.added == found.kept == done.articles


@pytest.mark.parametrize("seed", range(3))
def test_adds_in_any_order(where: str, tmp_path: Path, seed: int) -> None:
    paths = feeds(tmp_path, 5)
    for path in shuffled(paths, seed):
        add(where, path)
    assert clusters_json(clustered(where)) == clusters_json(fresh(paths))


def test_overlapping_adds_and_with_text(where: str, tmp_path: Path) -> None:
    paths = feeds(tmp_path)
    first = add(where, *paths[:2], with_text=True)
    again = add(where, *paths)
    assert again.known == first.added and again.added == len(pile()) - 1 - first.added
    expected = clusters_json(fresh(paths))
    for path in paths:
        Path(path).unlink()
    assert clusters_json(clustered(where)) == expected


def test_the_invented_day_with_originals(where: str) -> None:
    add(where, str(WIRE_DAY), originals=str(SEEDS))
    add(where, str(WIRE_DAY), originals=str(SEEDS))
    found, expected = clustered(where), fresh([str(WIRE_DAY)], str(SEEDS))
    assert any(c.original.agency for c in found.clusters) and any(c.siblings for c in found.clusters)
    assert clusters_json(found) == clusters_json(expected)


def test_after_a_prune(where: str, tmp_path: Path) -> None:
    records = pile()
    paths = [str(jsonl(tmp_path / f"day-{i}.jsonl", records[i::4])) for i in range(4)]
    for path in paths:
        add(where, path, now=moment("2025-03-03"))
    with index.open_index(where, write=True) as held:
        dropped = held.prune(moment("2025-03-02T00:00:00Z"))  # type: ignore[arg-type]
    kept = [r for r in records if str(r.get("published", "2025-03-03")) >= "2025-03-02"]
    left = str(jsonl(tmp_path / "left.jsonl", kept))
    found, expected = clustered(where), fresh([left])
    assert dropped == len(records) - len(kept) > 5

    def but_paths(whole: bytes) -> object:
        document = json.loads(whole)
        for cluster in document["clusters"]:
            for member in cluster["members"]:
                member.pop("path")
        return [document["clusters"], document["reuse"], document["kept"], document["read"]]

    assert but_paths(clusters_json(found)) == but_paths(clusters_json(expected))


def test_texts_that_are_gone_are_said_and_nothing_crashes(
    where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = feeds(tmp_path)
    add(where, *paths)
    whole = clustered(where)
    Path(paths[0]).unlink()
    Path(paths[1]).write_text(Path(paths[1]).read_text(encoding="utf-8").replace("a", "o"), encoding="utf-8")
    notes: list[str] = []

    class Told:
        def stage(self, name: str, total: int | None = None) -> None: ...
        def advance(self, n: int = 1) -> None: ...
        def note(self, message: str) -> None:
            notes.append(message)

        def timings(self) -> list[tuple[str, float]]:
            return []

    with index.open_index(where) as held:
        found = held.cluster(watch=Told())
    assert {c.id for c in found.clusters} and found.kept == whole.kept
    assert any("are not to be read where they were" in note and "day-0.jsonl" in note for note in notes)


def test_texts_are_found_from_another_folder(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feeds(tmp_path)
    monkeypatch.chdir(tmp_path)
    add(where, "day-0.jsonl", "day-1.jsonl", "day-2.jsonl")
    expected = fresh(["day-0.jsonl", "day-1.jsonl", "day-2.jsonl"])
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert clusters_json(clustered(where)) == clusters_json(expected)


def test_an_empty_index(where: str, tmp_path: Path) -> None:
    done = add(where, str(jsonl(tmp_path / "none.jsonl", [{"id": "e", "text": ""}])))
    assert (done.read, done.added, done.articles) == (1, 0, 0)
    found = clustered(where)
    assert not found.clusters and found.read == 1
