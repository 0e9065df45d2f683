"""Adding: counts, atomic, in turn, and the errors of files that are no index."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dedup import index, limits
from dedup.errors import DedupError, InputError, OutputError, UsageError
from dedup.index import add as adding
from dedup.index import redis_change, sqlite_file
from tests.index.helpers import add, clustered, dump, feeds, fresh, pile
from tests.pipeline.helpers import jsonl, story

NOW = datetime(2025, 3, 5, tzinfo=UTC)


def test_counts_add_up(where: str, tmp_path: Path) -> None:
    paths = feeds(tmp_path)
    done = add(where, *paths)
    assert done.read == len(pile()) == done.added + done.known + done.skipped and done.skipped == 1
    again = add(where, *paths)
    assert (again.added, again.known, again.articles) == (0, done.added, done.articles)


def test_an_article_twice_in_one_add_is_one(where: str, tmp_path: Path) -> None:
    record = {"id": "x", "outlet": "North", "text": story(1)}
    done = add(where, str(jsonl(tmp_path / "a.jsonl", [record, record, {**record, "text": story(2)}])))
    assert (done.read, done.added, done.known) == (3, 2, 1)


def test_a_dispatch_of_originals_is_not_the_article_of_a_feed(where: str, tmp_path: Path) -> None:
    feed = jsonl(tmp_path / "feed" / "a.jsonl", [{"id": "x", "outlet": "North", "text": story(1)}])
    done = add(where, str(feed), originals=str(feed.parent))
    assert (done.added, done.wires, done.articles) == (1, 1, 2)
    assert clustered(where) == fresh([str(feed)], str(feed.parent))


def test_the_same_adds_give_the_same_bytes(tmp_path: Path) -> None:
    paths = feeds(tmp_path)
    for name in ("a.db", "b.db"):
        for i, path in enumerate(paths):
            add(str(tmp_path / name), path, now=datetime(2025, 3, 1 + i, tzinfo=UTC), workers=1 + i)
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


def test_a_failed_add_leaves_nothing(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = feeds(tmp_path)
    add(where, paths[0])
    before = dump(where)

    def fails(*arguments: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(adding._Writer, "finish", fails)
    with pytest.raises(OSError, match="the disk is gone"):
        add(where, paths[1])
    monkeypatch.undo()
    assert dump(where) == before
    add(where, paths[1])
    assert len(dump(where)[2]) > len(before[2])  # type: ignore[arg-type]


def test_several_writers_and_a_reader_at_once(where: str, tmp_path: Path) -> None:
    paths = [
        str(jsonl(tmp_path / f"{i}.jsonl", [{"id": f"{i}-{n}", "text": story(n)} for n in range(6)])) for i in range(8)
    ]
    add(where, paths[0])

    def read(_: int) -> int:
        with index.open_index(where) as held:
            return held.stats().articles

    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(add, where, path) for path in paths]
        seen = list(pool.map(read, range(10)))
        done = [one.result() for one in writing]
    assert sum(one.added for one in done) == 42 and all(n % 6 == 0 for n in seen)
    with index.open_index(where) as held:
        assert held.stats().articles == 48
    assert clustered(where) == fresh(paths)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
def test_kill_at_random_moments(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hundred kills of whole commands are in tests/benchmarks/bench_index.py; these are few, and in the writing."""
    days = [
        str(
            jsonl(
                tmp_path / f"day-{i}.jsonl",
                [{"id": f"{i}-{n}", "outlet": f"O{n % 5}", "text": story(n % 17 + i, 6)} for n in range(60)],
            )
        )
        for i in range(3)
    ]
    monkeypatch.setattr(redis_change, "LOCK_MS", 4_000)
    monkeypatch.setattr(redis_change, "COMMIT_MS", 4_000)
    monkeypatch.setattr(redis_change, "KEEP_SECONDS", 0.2)
    whole, chance = str(tmp_path / "whole.db"), random.Random(2)
    begin = time.monotonic()
    for day in days:
        add(whole, day, now=NOW)
    longest = (time.monotonic() - begin) / 3
    for day in days:
        for _ in range(4 if where.endswith(".db") else 1):
            child = forked(lambda day=day: add(where, day, now=NOW))  # type: ignore[misc]
            time.sleep(chance.uniform(0.1, 1.2) * longest)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            try:
                with index.open_index(where) as held:
                    assert held.stats().articles % 60 == 0
            except InputError as error:
                assert "no such index" in str(error) or "not an index" in str(error)
        add(where, day, now=NOW)
    assert len(dump(where)[2]) == 180 and clustered(where) == fresh(days) == clustered(whole)
    if where.endswith(".db"):
        assert Path(where).read_bytes() == Path(whole).read_bytes() and dump(where) == dump(whole)


def forked(work: Callable[[], object]) -> int:
    """Does something in a copy of this process, which then ends: 0, or 2 for an error of ours. Its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except DedupError as error:
        code = 2 if "room" in str(error) else 3
    finally:
        os._exit(code)


# ---------------------------------------------------------------- files that are no index


def test_what_is_no_index_is_told(tmp_path: Path) -> None:
    feed = feeds(tmp_path)[0]
    text = tmp_path / "text.db"
    text.write_text("no index " * 100, encoding="utf-8")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t(a)")
    for path in (text, other):
        before = path.read_bytes()
        with pytest.raises(InputError, match="not an index of dedup"):
            index.open_index(str(path))
        with pytest.raises(InputError, match="not an index of dedup"):
            add(str(path), feed)
        assert path.read_bytes() == before and not index.is_index(str(path))
    with pytest.raises(InputError, match="no such index; make one with"):
        index.open_index(str(tmp_path / "none.db"))
    with pytest.raises(InputError, match="a folder"):
        add(str(tmp_path), feed)
    with pytest.raises(DedupError, match="cannot be opened"):
        add(str(tmp_path / "none" / "x.db"), feed)


def changed(path: str, statement: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def test_other_parameters_are_named(tmp_path: Path) -> None:
    where, paths = str(tmp_path / "news.db"), feeds(tmp_path)
    add(where, paths[0])
    assert index.is_index(where)
    for name in ("seed", "num_perm", "scheme", "shingle", "sample", "text rules"):
        changed(where, "UPDATE header SET value = value || '9' WHERE name = ?", name)
        for attempt in (lambda: index.open_index(where), lambda: add(where, paths[1])):
            with pytest.raises(InputError, match=f"made with {name} .* make a new index"):
                attempt()
        changed(where, "UPDATE header SET value = substr(value, 1, length(value) - 1) WHERE name = ?", name)
    changed(where, "UPDATE header SET value = '99' WHERE name = 'layout'")
    with pytest.raises(InputError, match="newer dedup"):
        index.open_index(where)
    changed(where, "UPDATE header SET value = '1' WHERE name = 'layout'")
    changed(where, "UPDATE header SET value = '0.0.1' WHERE name = 'made by'")
    index.open_index(where).close()
    changed(where, "PRAGMA user_version = 7")
    with pytest.raises(InputError, match="newer dedup"):
        index.open_index(where)


def test_texts_cannot_be_asked_for_later(where: str, tmp_path: Path) -> None:
    paths = feeds(tmp_path)
    add(where, paths[0])
    with pytest.raises(UsageError, match="was made without texts"):
        add(where, paths[1], with_text=True)


def test_tables_that_are_not_ours(tmp_path: Path) -> None:
    where = str(tmp_path / "news.db")
    add(where, feeds(tmp_path)[0])
    changed(where, "CREATE VIEW more AS SELECT 1")
    with pytest.raises(InputError, match="tables are not those"):
        index.open_index(where)


def test_a_damaged_file_is_an_error_and_no_crash(tmp_path: Path) -> None:
    where, paths = tmp_path / "news.db", feeds(tmp_path)
    add(str(where), *paths, with_text=True)
    whole, chance = where.read_bytes(), random.Random(4)
    seen = set()
    for round_ in range(60):
        data = bytearray(whole)
        if round_ % 4 == 0:
            del data[chance.randrange(100, len(data)) :]
        for _ in range(chance.choice((1, 20, 400))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        where.write_bytes(data)
        for work in (lambda held: held.query("a3"), lambda held: held.stats(), lambda held: held.cluster()):
            try:
                with index.open_index(str(where)) as held:
                    work(held)
            except DedupError as error:
                seen.add(str(error).partition("(")[0])
    assert any("damaged index" in told for told in seen)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE header SET value = '{}' WHERE name = 'state'",
        "UPDATE header SET value = 'x' WHERE name = 'state'",
        "UPDATE header SET value = replace(value, '\"segments\": [[', '\"segments\": [[9') WHERE name = 'state'",
        "UPDATE header SET value = replace(value, '\"articles\": ', '\"articles\": 9') WHERE name = 'state'",
        "UPDATE header SET value = replace(value, '{}', '[]') WHERE name = 'state'",
        "UPDATE header SET value = replace(value, '\"next\": {', '\"next\": 0, \"x\": {') WHERE name = 'state'",
        'UPDATE header SET value = replace(value, \'"next": {\', \'"next": {"pages": [], "x": 0, "y": \') || \'0}\''
        " WHERE name = 'state'",
        "UPDATE header SET value = replace(hex(zeroblob(100000)), '0', '[') WHERE name = 'state'",
        "UPDATE blob_articles SET data = 'text'",
        "UPDATE blob_articles SET data = zeroblob(30000000) WHERE number = 3",
        "UPDATE blob_pages SET data = x'ffffffff'",
        "DELETE FROM blob_pages",
        "DELETE FROM blob_directories",
        "DELETE FROM blob_articles WHERE number % 2",
        "UPDATE articles SET key = 5 WHERE number = 3",
        "UPDATE articles SET id = x'ff' ",
        "UPDATE articles SET number = -number - 1",
        "UPDATE clusters SET cluster = x'00ff'",
    ],
)
def test_values_nobody_wrote(tmp_path: Path, statement: str) -> None:
    where = str(tmp_path / "news.db")
    add(where, *feeds(tmp_path))
    clustered(where)
    changed(where, statement)
    for work in ("query", "cluster", "stats"):
        try:
            with index.open_index(where, write=work == "cluster") as held:
                held.query("a3") if work == "query" else getattr(held, work)()
        except DedupError as error:
            assert "damaged index" in str(error) or "neither a file" in str(error)


# ---------------------------------------------------------------- the disk


def test_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where, paths = str(tmp_path / "news.db"), feeds(tmp_path)
    add(where, paths[0])
    monkeypatch.setattr(limits, "INDEX_BUSY_SECONDS", 0.2)
    with index.open_index(where, write=True) as held, held.store.changing() as change:
        change.set_head(held.store.head())
        with pytest.raises(InputError, match="another process has been writing"):
            add(where, paths[1])
        with index.open_index(where) as other:
            assert other.stats().articles > 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root is above permissions")
def test_read_only(tmp_path: Path) -> None:
    where, paths = tmp_path / "held" / "news.db", feeds(tmp_path)
    where.parent.mkdir()
    add(str(where), paths[0])
    where.chmod(0o444)
    where.parent.chmod(0o555)
    try:
        with index.open_index(str(where)) as held:
            assert held.stats().articles > 0
        with pytest.raises(OutputError, match="cannot be written"):
            add(str(where), paths[1])
    finally:
        where.parent.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits a forked process")
@pytest.mark.parametrize("size", [0, 5_000, 30_000])
def test_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """A limit on the size of files, set when the writing begins, stands for a full disk."""
    import resource

    paths, where = feeds(tmp_path), str(tmp_path / "news.db")
    add(where, paths[0], now=NOW)
    before = dump(where)
    begin = adding._Writer.add

    def limited(*arguments: object) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        begin(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(adding._Writer, "add", limited)
    assert os.waitstatus_to_exitcode(os.waitpid(forked(lambda: add(where, paths[1])), 0)[1]) == 2
    monkeypatch.undo()
    assert dump(where) == before


def test_our_number_is_in_the_file(tmp_path: Path) -> None:
    where = tmp_path / "news.db"
    add(str(where), feeds(tmp_path)[0])
    assert where.read_bytes()[68:72] == sqlite_file.APPLICATION.to_bytes(4, "big")
