"""intake: every input is an article or a skip; tasks and processes change nothing; originals are not counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dedup import limits, spool
from dedup.model import Skipped
from dedup.pipeline import intake
from dedup.read import Source
from tests.pipeline.helpers import jsonl, records, story


class Notes:
    """A watch that remembers."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.advanced = 0

    def stage(self, name: str, total: int | None = None) -> None: ...

    def advance(self, n: int = 1) -> None:
        self.advanced += n

    def note(self, message: str) -> None:
        self.notes.append(message)

    def timings(self) -> list[tuple[str, float]]:
        return []


@pytest.fixture
def work() -> Iterator[Path]:
    with spool.folder(None) as folder:
        yield folder


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Three articles and three inputs that are none."""
    jsonl(tmp_path / "in" / "b.jsonl", [*records([story(0), story(1)]), {"id": "no text"}])
    (tmp_path / "in" / "a.txt").write_text(story(2), encoding="utf-8")
    (tmp_path / "in" / "c.txt").write_text("", encoding="utf-8")
    (tmp_path / "in" / "d.bin").write_bytes(b"\0")
    return tmp_path / "in"


def test_everything_is_an_article_or_a_skip(mixed: Path, work: Path) -> None:
    watch = Notes()
    corpus = intake.take_in([str(mixed)], None, {}, work, 1, watch)
    assert len(corpus) == 3 == watch.advanced
    assert [Path(skip.where).name for skip in corpus.skipped] == ["b.jsonl:3", "c.txt", "d.bin"]
    assert all(skip.why for skip in corpus.skipped)


def test_articles_stand_in_the_order_of_their_sources(mixed: Path, work: Path) -> None:
    corpus = intake.take_in([str(mixed)], None, {}, work, 1, Notes())
    assert [corpus.article(row, "").text for row in range(3)] == [story(2), story(0), story(1)]


def test_what_is_not_used_of_the_originals_is_said_and_not_counted(mixed: Path, work: Path, tmp_path: Path) -> None:
    wires = tmp_path / "wires"
    jsonl(wires / "wire.jsonl", [{"id": "w", "text": story(3), "outlet": "reuters"}, {"id": "no text"}])
    (wires / "photo.bin").write_bytes(b"\0")
    watch = Notes()
    corpus = intake.take_in([str(mixed)], str(wires), {}, work, 1, watch)
    assert corpus.rows.wire.tolist() == [False, False, False, True]
    assert len(corpus.skipped) == 3
    assert [("wire.jsonl:2" in note, "photo.bin" in note) for note in watch.notes] == [(False, True), (True, False)]


def test_tasks_change_nothing(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for files, size, batch in ((1_000, 1 << 24, 512), (1, 1 << 24, 1), (1_000, 1, 2)):
        monkeypatch.setattr(limits, "TASK_FILES", files)
        monkeypatch.setattr(limits, "TASK_BYTES", size)
        monkeypatch.setattr(limits, "BATCH_ARTICLES", batch)
        with spool.folder(None) as folder:
            corpus = intake.take_in([str(mixed)], None, {}, folder, 1, Notes())
            seen.append((corpus.rows.ids, corpus.rows.contents.tolist(), corpus.skipped, corpus.signatures.tobytes()))
    assert seen[0] == seen[1] == seen[2]


def test_nothing_to_read(tmp_path: Path, work: Path) -> None:
    corpus = intake.take_in([str(tmp_path)], None, {}, work, 2, Notes())
    assert (len(corpus), corpus.skipped) == (0, ())


def test_the_kernel_is_for_large_inputs(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever signs, the bits are the same."""
    compiled = []
    prepare = intake.prepare
    monkeypatch.setattr(intake, "prepare", lambda task: compiled.append(task.compiled) or prepare(task))
    signatures = []
    for articles in (limits.KERNEL_FROM_ARTICLES, 0):
        monkeypatch.setattr(limits, "KERNEL_FROM_ARTICLES", articles)
        with spool.folder(None) as folder:
            signatures.append(intake.take_in([str(mixed)], None, {}, folder, 1, Notes()).signatures.tobytes())
    assert compiled == [False, True]
    assert signatures[0] == signatures[1]


def test_skips_are_sorted(mixed: Path, work: Path) -> None:
    skipped = intake.take_in([str(mixed / "d.bin"), str(mixed)], None, {}, work, 1, Notes()).skipped
    assert list(skipped) == sorted(skipped, key=lambda skip: (skip.where, skip.why))
    assert all(isinstance(skip, Skipped) for skip in skipped)


def test_there_are_never_too_many_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each task leaves a part, and each part holds two maps of its own."""
    monkeypatch.setattr(limits, "TASKS", 10)
    monkeypatch.setattr(limits, "TASK_FILES", 2)
    monkeypatch.setattr(limits, "TASK_BYTES", 50)
    for sources in (
        [Source(f"{i}", ".txt") for i in range(1_000)],
        [Source("a", ".jsonl", "", 20 * i, 20 * i + 20) for i in range(1_000)],
    ):
        found = list(intake.chunks(sources))
        assert [source for chunk in found for source in chunk] == sources and len(found) == 10
    assert len(list(intake.chunks(sources[:12]))) == 6
