"""Pruning: what goes, what stays, and that its room comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dedup import index
from dedup.errors import UsageError
from dedup.index.prune import age
from tests.index.helpers import add, clustered, dump
from tests.pipeline.helpers import jsonl, story

NOW = datetime(2025, 3, 31, tzinfo=UTC)


@pytest.fixture
def held(where: str, tmp_path: Path) -> str:
    """90 articles, one a day; ten without a time, added on the last day but one; a dispatch; an input of no use."""
    dated = [
        {"id": f"d{n}", "outlet": "North", "text": story(n, 5), "published": f"{NOW - timedelta(days=n, hours=-1)}"}
        for n in range(90)
    ]
    wire = jsonl(tmp_path / "wire" / "w.jsonl", [{"id": "w", "text": story(3, 5), "published": "2001-01-01"}])
    add(where, str(jsonl(tmp_path / "dated.jsonl", dated)), originals=str(wire), now=NOW - timedelta(days=50))
    undated = [{"id": f"u{n}", "text": story(200 + n, 5), "published": "soon"} for n in range(10)]
    paths = jsonl(tmp_path / "undated.jsonl", [*undated, {"id": "empty", "text": ""}])
    add(where, str(paths), now=NOW - timedelta(days=1))
    return where


def pruned(where: str, older_than: str, **options: bool) -> int:
    with index.open_index(where, write=True) as store:
        return store.prune(NOW - age(older_than), **options)


def test_by_publication_else_by_add(held: str) -> None:
    assert pruned(held, "30d", dry_run=True) == 59
    assert pruned(held, "30d") == 59
    assert pruned(held, "30d") == 0
    with index.open_index(held) as store:
        ids = {entry.id for entry in store.store.entries()}
        left = store.stats()
    assert {"d0", "d30", "u0", "w"} <= ids and "d31" not in ids and len(ids) == 42
    assert (left.articles, left.wires, left.undated, left.skipped) == (41, 1, 10, 1)
    assert pruned(held, "12h") == 40
    with index.open_index(held) as store:
        assert [entry.id for entry in store.store.entries()] == ["d0", "w"]
        assert store.stats().skipped == 0


def test_what_is_gone_is_not_found_and_comes_back_when_added_again(held: str, tmp_path: Path) -> None:
    before = dump(held)
    copy = str(jsonl(tmp_path / "asked.jsonl", [{"id": "new", "text": story(80, 5)}]))
    with index.open_index(held) as store:
        assert [m.id for m in store.query(copy).earlier] == ["d80"]
    pruned(held, "30d")
    with index.open_index(held) as store:
        assert not store.query(copy).earlier and store.query("d20").known
    done = add(held, str(tmp_path / "dated.jsonl"), now=NOW)
    assert (done.added, done.known) == (59, 31)
    after = dump(held)
    assert after[1] == before[1] and len(after[4]) == len(before[4])  # type: ignore[arg-type]
    assert {e.id for e in after[2]} == {e.id for e in before[2]}  # type: ignore[attr-defined]


def test_everything_goes_but_the_dispatches(held: str) -> None:
    assert pruned(held, "0h") == 99  # one is of the hour to come
    found = clustered(held)
    assert not found.clusters and found.kept == 1


def test_room_comes_back(tmp_path: Path) -> None:
    where = tmp_path / "news.db"
    records = [{"id": f"d{n}", "text": story(n, 20), "published": "2025-01-01"} for n in range(300)]
    records += [{"id": "new", "text": story(999, 20), "published": "2025-03-30"}]
    add(str(where), str(jsonl(tmp_path / "a.jsonl", records)), with_text=True)
    before = where.stat().st_size
    assert pruned(str(where), "30d") == 300
    assert where.stat().st_size < before / 5


@pytest.mark.parametrize("text", ["", "30", "d", "-3d", "3.5d", "3y", "9999999d"])
def test_what_is_no_age(text: str) -> None:
    with pytest.raises(UsageError, match="expected a number and h, d or w"):
        age(text)
