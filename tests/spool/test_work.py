"""work: a run that was cut off anywhere goes on, and says the same; two runs never meet; a full disk is said before."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dedup import limits, pipeline, spool
from dedup.errors import OutputError, UsageError
from dedup.pipeline import Options, intake
from dedup.report.clusters import clusters_json
from dedup.spool import work
from dedup.watch import Silent
from tests.pipeline.helpers import ROOT, jsonl, records, sentences

FILES = 6


class Notes(Silent):
    """A watch that remembers what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def note(self, message: str) -> None:
        self.said.append(message)


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files that are read one by one."""
    monkeypatch.setattr(limits, "TASK_FILES", 1)
    lines = [sentences(seed, 12) for seed in range(3 * FILES)]
    for i in range(FILES):
        texts = ["\n\n".join(lines[(3 * i + k) % 10][: 12 - k] + lines[3 * i][:k]) for k in range(6)]
        jsonl(tmp_path / "in" / f"{i}.jsonl", [{**r, "id": f"{i}-{r['id']}"} for r in records(texts)])
    return tmp_path / "in"


def found(feed: Path, where: Path | None, watch: Silent | None = None, **options: int) -> bytes:
    held = Options(work=str(where) if where else None, **options)  # type: ignore[arg-type]
    return clusters_json(pipeline.cluster([str(feed)], held, watch or Silent()))


# ---------------------------------------------------------------- killed

KILLED = """
import os, signal, sys
from dedup import limits, pipeline, spool
from dedup.spool import work

left = int(sys.argv[3])
def deadly(function):
    def wrapped(*arguments, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **named)
    return wrapped

limits.TASK_FILES = 1
os.replace = deadly(os.replace)
spool.Writer.add = deadly(spool.Writer.add)
work.np.save = deadly(work.np.save)
pipeline.cluster([sys.argv[1]], pipeline.Options(work=sys.argv[2]))
"""
# What is done in turn: each part is filled and then finished; then the arrays of two stages, each finished in turn.
MOMENTS = 2 * FILES + (2 + 1) + (3 + 1)


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("moment", [1, 2, 5, 2 * FILES, 2 * FILES + 2, MOMENTS - 3, MOMENTS])
def test_a_killed_run_goes_on_and_says_the_same(feed: Path, tmp_path: Path, moment: int) -> None:
    where = tmp_path / "work"
    command = [sys.executable, "-c", KILLED, str(feed), str(where), str(moment)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert list(where.iterdir()), "something is left"
    made, prepare = [], intake.prepare
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "prepare", lambda task: made.append(task) or prepare(task))
        again = found(feed, where)
    assert len(made) == max(0, FILES - moment // 2 + (moment % 2 == 0 and moment <= 2 * FILES)), "only what was missing"
    assert again == found(feed, None)
    assert list(where.iterdir()) == []


def test_the_moments_are_all_there_are(feed: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(feed), str(tmp_path / "work"), str(MOMENTS + 1)]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)


def stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture
def begun(feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work folder with all of a run that was interrupted before clustering."""
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(pipeline.verify, "compare", stop)
        found(feed, tmp_path / "work")
    return tmp_path / "work"


def test_what_is_there_is_not_made_again(feed: Path, begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, watch = found(feed, None), Notes()
    monkeypatch.setattr(intake, "prepare", stop)
    monkeypatch.setattr(pipeline.packed, "_write", stop)
    monkeypatch.setattr(pipeline.packed, "_hashed", stop)
    assert found(feed, begun, watch) == expected
    assert "going on from" in watch.said[0]
    assert list(begun.iterdir()) == []


@pytest.mark.parametrize("change", ["text", "time", "file more", "file less"])
def test_what_has_changed_is_made_again(feed: Path, begun: Path, change: str) -> None:
    first = feed / "0.jsonl"
    if change == "text":
        first.write_text((feed / "5.jsonl").read_text(encoding="utf-8").replace('"5-', '"0-'), encoding="utf-8")
    elif change == "time":
        os.utime(first, (0, 0))
    elif change == "file more":
        shutil.copy(feed / "5.jsonl", feed / "00.jsonl")
    else:
        first.unlink()
    assert found(feed, begun) == found(feed, None)


@pytest.mark.parametrize("name", ["texts", "keys", "rows", "part.json", "sets/keys", "candidates/a.npy"])
def test_what_is_damaged_is_made_again(feed: Path, begun: Path, name: str) -> None:
    for file in begun.rglob(name) if "/" not in name else begun.glob(f"*/{name}"):
        file.write_bytes(file.read_bytes()[:-3])
    assert found(feed, begun) == found(feed, None)


def test_other_settings_are_another_run(feed: Path, begun: Path) -> None:
    watch = Notes()
    held = Options(work=str(begun), lsh_threshold=0.7)
    pipeline.cluster([str(feed)], held, watch)
    assert any("unfinished runs" in note and "dedup-" in note for note in watch.said)
    assert found(feed, begun) == found(feed, None)


def test_what_others_have_in_the_folder_stays(feed: Path, tmp_path: Path) -> None:
    mine = tmp_path / "work" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("x", encoding="utf-8")
    found(feed, mine.parent)
    assert list(mine.parent.iterdir()) == [mine]


def test_a_run_that_fails_early_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError), spool.folder(str(tmp_path), "key") as folder:
        (folder / "half").mkdir()
        raise UsageError("no")
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- two at once


def hold(where: str, taken: multiprocessing.synchronize.Event) -> None:
    with spool.folder(where, "key"):
        taken.set()
        time.sleep(30)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[multiprocessing.process.BaseProcess]:
    """Another process at the run "key"."""
    context = multiprocessing.get_context("spawn")
    taken = context.Event()
    process = context.Process(target=hold, args=(str(tmp_path), taken))
    process.start()
    assert taken.wait(30)
    yield process
    process.kill()  # an event would wait for ever for the answer of one that is killed already
    process.join(30)


def test_a_second_run_of_the_same_is_kept_out(tmp_path: Path, other: multiprocessing.process.BaseProcess) -> None:
    with pytest.raises(OutputError, match=rf"process {other.pid} .*--work"), spool.folder(str(tmp_path), "key"):
        pass
    with spool.folder(str(tmp_path), "another key") as folder:
        assert folder.is_dir()


def test_the_lock_of_a_killed_run_holds_nobody_up(tmp_path: Path, other: multiprocessing.process.BaseProcess) -> None:
    other.kill()
    other.join(30)
    with spool.folder(str(tmp_path), "key") as folder:
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- room


def test_too_little_room_is_said_before_anything_is_read(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = sum(file.stat().st_size for file in feed.iterdir())
    monkeypatch.setattr(work.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**12, 10**12 - size, size))  # type: ignore[attr-defined]
    monkeypatch.setattr(intake, "prepare", stop)
    with pytest.raises(OutputError, match=r"need about .* free; name another folder with --work"):
        found(feed, None)


def test_much_room_is_said(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Notes()
    found(feed, None, watch)
    assert watch.said == []
    monkeypatch.setattr(limits, "SPOOL_SAID", 1)
    found(feed, None, watch)
    assert len(watch.said) == 1 and "temporary files need about" in watch.said[0]


def test_the_estimate_is_near(feed: Path, begun: Path) -> None:
    """Of what is kept on the disk, for JSON lines."""
    size = sum(file.stat().st_size for file in feed.iterdir())
    needed = sum(file.stat().st_size for file in begun.rglob("*") if file.is_file())
    assert 0.5 * needed < limits.SPOOL_RATIO * size < 2 * needed


# ---------------------------------------------------------------- arrays


def test_arrays_are_kept_under_their_key(tmp_path: Path) -> None:
    held = {"a": np.arange(5, dtype=np.uint32), "b": np.zeros((2, 0))}
    work.store(tmp_path / "stage", "key", held)
    again = work.load(tmp_path / "stage", "key")
    assert again is not None and again.keys() == held.keys()
    assert all((again[name] == held[name]).all() and again[name].dtype == held[name].dtype for name in held)
    assert work.load(tmp_path / "stage", "other") is None
    assert work.load(tmp_path / "nowhere", "key") is None


def test_a_manifest_comes_after_what_it_tells_of(feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut may lose what was not asked to be on the disk; without --work nobody comes back for it."""
    order: list[str] = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda file: (order.append("fsync"), fsync(file)))
    monkeypatch.setattr(os, "replace", lambda a, b: (order.append("done"), replace(a, b)))
    expected = found(feed, None)
    assert "fsync" not in order
    order.clear()
    assert found(feed, tmp_path / "work") == expected
    parts = "".join(step[0] for step in order).split("d")
    assert len(parts) == FILES + 3 and parts[-1] == ""
    assert all(len(part) >= 3 for part in parts[:-1]) and all(len(part) == len(spool._FILES) for part in parts[:FILES])
