"""SQLite: an index in one file. What is committed outlives a kill and a power cut (WAL, synchronous=FULL).

One command writes one transaction, so there is never half an add; writers wait for each other, readers see the state
at their start. Rows are written in ascending order of their numbers, in batches. Values are always bound, never put
into statements. sqlite_file.py opens files and puts SQLite's errors into words.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from dedup.errors import InputError, OutputError
from dedup.index.heads import head_of, state_of
from dedup.index.pack import damaged
from dedup.index.sqlite_file import answered, connected, look_at, pragma_value, prepare, shown, spoken
from dedup.index.store import Blob, Counter, Entry, Head, Kind
from dedup.model import Skipped

_COLUMNS = "number, key, content, id, outlet, published, added, wire, place"
_FETCHED = 50  # rows held at a time
_PER_QUERY = 500  # bound values of one statement; SQLite's own limit was 999 for long


def is_there(path: str) -> bool:
    """Whether there is anything at `path`. Raises OutputError if nothing can be made there."""
    if os.path.exists(path) and os.path.getsize(path):
        return True
    folder = os.path.dirname(os.path.abspath(path))
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{shown(path)}: cannot be opened: a missing folder, or no permission for it")
    return False


def open_file(path: str, fresh: Callable[[], dict[str, str]] | None = None, *, write: bool = False) -> SqliteStore:
    """The index in the file `path`; `fresh` gives the parameters of a new one where there is none yet.

    With `fresh` or `write` it is opened for writing. Raises InputError for a file that is missing or no index,
    OutputError for one that cannot be written.
    """
    if fresh is None and not os.path.exists(path):
        raise InputError(f"{shown(path)}: no such index; make one with: dedup index add {shown(path)} PATH")
    if os.path.isdir(path):
        raise InputError(f"{shown(path)}: a folder; expected the file of an index")
    with spoken(shown(path)):
        connection = connected(path, create=fresh is not None, write=write or fresh is not None)
        try:
            if fresh is not None:
                prepare(connection, shown(path), fresh)
            look_at(connection, shown(path))
            connection.execute("BEGIN")
        except BaseException:
            connection.close()
            raise
    return SqliteStore(connection, path)


class SqliteStore:
    """An index in a file. Reads see the state at the time it was opened, or that the last change left."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.where = shown(path)
        self._path = path
        self._connection = connection

    def head(self) -> Head:
        """The head as last written."""
        with spoken(self.where):
            rows = dict(self._connection.execute("SELECT name, value FROM header"))
            return head_of({k: v for k, v in rows.items() if k != "state"}, json.loads(rows["state"]))

    def entries(self) -> Iterator[Entry]:
        """All articles, by number."""
        with spoken(self.where):
            for row in self._connection.execute(f"SELECT {_COLUMNS} FROM articles ORDER BY number"):
                yield self._entry(row)

    def chosen(self, numbers: Sequence[int]) -> list[Entry]:
        """The articles with those numbers that are there, by number."""
        with spoken(self.where):
            rows = self._among(f"SELECT {_COLUMNS} FROM articles WHERE number IN", numbers)
            return sorted((self._entry(row) for row in rows), key=lambda entry: entry.number)

    def numbered(self, id: str) -> list[int]:
        """Numbers of the articles with that id."""
        with spoken(self.where):
            return [int(n) for (n,) in self._connection.execute("SELECT number FROM articles WHERE id = ?", (id,))]

    def told_alike(self, contents: Sequence[bytes]) -> list[Entry]:
        """The articles with one of those stories, by number."""
        with spoken(self.where):
            rows = self._among(f"SELECT {_COLUMNS} FROM articles WHERE content IN", sorted(set(contents)))
            return sorted((self._entry(row) for row in rows), key=lambda entry: entry.number)

    def keyed(self, keys: Sequence[bytes]) -> dict[bytes, int]:
        """The number of each of the keys that an article has."""
        with spoken(self.where):
            return dict(self._among("SELECT key, number FROM articles WHERE key IN", sorted(keys)))

    def blobs(self, kind: Kind, numbers: Sequence[int]) -> Iterator[Blob]:
        """Those of the blobs that are there, in ascending order."""
        with spoken(self.where):
            if len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
                select = f"SELECT number, data FROM {_table(kind)} WHERE number BETWEEN ? AND ? ORDER BY number"
                yield from self._checked(self._connection.execute(select, (numbers[0], numbers[-1])))
            else:
                yield from self._checked(
                    self._among(f"SELECT number, data FROM {_table(kind)} WHERE number IN", numbers)
                )

    def alike(self, signature: bytes) -> list[bytes]:
        """None: the postings of one shingle in four find whatever bands would."""
        return []

    def skips(self) -> list[Skipped]:
        """Inputs that were not used."""
        with spoken(self.where):
            rows = self._connection.execute("SELECT place, why, is_empty FROM skips")
            return [Skipped(place, why, bool(empty)) for place, why, empty in rows]

    def clusters(self, numbers: Sequence[int]) -> dict[int, str]:
        """The cluster of each of those articles that was in one when the index was last clustered."""
        with spoken(self.where):
            return dict(self._among("SELECT number, cluster FROM clusters WHERE number IN", numbers))

    def clustered(self) -> int:
        """How many articles were in one."""
        with spoken(self.where):
            return int(self._connection.execute("SELECT count(*) FROM clusters").fetchone()[0])

    def sizes(self) -> list[tuple[str, int]]:
        """Bytes of the file, of what of it is free, and of what waits beside it."""
        with spoken(self.where):
            page, free = pragma_value(self._connection, "page_size"), pragma_value(self._connection, "freelist_count")
            tables = [(kind, self._bytes(kind)) for kind in ("articles", "texts", "pages", "directories")]
        whole = os.path.getsize(self._path) if os.path.exists(self._path) else 0
        waiting = os.path.getsize(self._path + "-wal") if os.path.exists(self._path + "-wal") else 0
        rest = max(0, whole - page * free - sum(size for _, size in tables))
        return [*tables, ("rows and keys", rest), ("free", page * free), ("waiting", waiting)]

    def _bytes(self, kind: str) -> int:
        query = f"SELECT coalesce(sum(length(data)), 0) FROM blob_{kind}"
        return int(self._connection.execute(query).fetchone()[0])

    @contextmanager
    def changing(self) -> Iterator[SqliteChange]:
        """The only writer for a while. One transaction: what it wrote is seen when the context ends well."""
        with answered(self.where):
            self._leave()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                change = SqliteChange(self, self._connection)
                yield change
                change.finish()
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("BEGIN")

    def tidy(self) -> None:
        """Gives freed space back. A disk without room for that keeps the file as it is: the space is used again."""
        self._leave()
        with suppress(sqlite3.OperationalError):
            self._connection.execute("VACUUM")
        with spoken(self.where):
            self._connection.execute("BEGIN")

    def close(self) -> None:
        """Lets go of the file; the last one to do so folds the WAL into it."""
        with suppress(sqlite3.Error):
            self._leave()
        with suppress(sqlite3.Error):
            self._connection.close()

    def _leave(self) -> None:
        """Ends the read transaction."""
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def _among(self, select: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """The rows for some values, which ascend, a few hundred at a time."""
        for start in range(0, len(values), _PER_QUERY):
            some = values[start : start + _PER_QUERY]
            query = f"{select} ({','.join('?' * len(some))}) ORDER BY 1"
            rows = self._connection.execute(query, list(some))
            while block := rows.fetchmany(_FETCHED):
                yield from block

    def _checked(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Blob]:
        for number, data in rows:
            if not isinstance(data, bytes):
                raise damaged(self.where, f"entry {number} is of the wrong type")
            yield int(number), data

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        number, key, content, id, outlet, published, added, wire, place = row
        texts = (id, outlet, published, added)
        if (
            not isinstance(key, bytes)
            or not isinstance(content, bytes)
            or not all(isinstance(text, str) for text in texts)
        ):
            raise damaged(self.where, f"article {number} is of the wrong type")
        return Entry(int(number), key, content, id, outlet, published, added, bool(wire), int(place))


class SqliteChange:
    """The writing side, inside a transaction."""

    def __init__(self, store: SqliteStore, connection: sqlite3.Connection) -> None:
        self._store = store
        self._connection = connection
        with spoken(store.where):
            state = json.loads(connection.execute("SELECT value FROM header WHERE name = 'state'").fetchone()[0])
            self._counters = {str(name): int(free) for name, free in state["next"].items()}
        self._head = store.head()

    def reserve(self, counter: Counter, count: int) -> int:
        """`count` numbers that nobody else gets: the first of them."""
        first = self._counters.get(counter, 0)
        self._counters[counter] = first + count
        return first

    def known(self, keys: Sequence[bytes]) -> set[bytes]:
        """Those of `keys` that an article has."""
        return set(self._store.keyed(keys))

    def put(self, kind: Kind, blobs: Iterable[Blob]) -> None:
        """Writes blobs under new numbers."""
        self._connection.executemany(f"INSERT INTO {_table(kind)} VALUES (?, ?)", blobs)

    def drop(self, kind: Kind, numbers: Sequence[int]) -> None:
        """Removes blobs."""
        self._connection.executemany(f"DELETE FROM {_table(kind)} WHERE number = ?", ((n,) for n in numbers))

    def put_articles(self, entries: Sequence[Entry], signatures: Sequence[bytes]) -> None:
        """New articles, ascending. Their signatures are in their blobs."""
        rows = ((e.number, e.key, e.content, e.id, e.outlet, e.published, e.added, e.wire, e.place) for e in entries)
        self._connection.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def drop_articles(self, entries: Sequence[Entry]) -> None:
        """Removes articles with their blobs."""
        numbers = [entry.number for entry in entries]
        for table in ("articles", "clusters"):
            self._connection.executemany(f"DELETE FROM {table} WHERE number = ?", ((n,) for n in numbers))
        self.drop("articles", numbers)
        self.drop("texts", numbers)

    def put_skips(self, skips: Iterable[tuple[Skipped, str]]) -> None:
        """Inputs that were not used."""
        rows = ((skip.where, skip.why, skip.empty, added) for skip, added in skips)
        self._connection.executemany("INSERT OR IGNORE INTO skips VALUES (?, ?, ?, ?)", rows)

    def drop_skips(self, before: str) -> None:
        """Removes skips of adds before that time."""
        self._connection.execute("DELETE FROM skips WHERE added < ?", (before,))

    def put_clusters(self, clusters: Iterable[tuple[int, str]]) -> None:
        """Article number and cluster id, in the place of all there were."""
        self._connection.execute("DELETE FROM clusters")
        self._connection.executemany("INSERT INTO clusters VALUES (?, ?)", clusters)
        # What another process dropped while these were worked out.
        self._connection.execute("DELETE FROM clusters WHERE number NOT IN (SELECT number FROM articles)")

    def set_head(self, head: Head) -> None:
        """The head as it will be."""
        self._head = head

    def finish(self) -> None:
        """Writes the head."""
        state = json.dumps(state_of(self._head, self._counters))
        self._connection.execute("UPDATE header SET value = ? WHERE name = 'state'", (state,))


def _table(kind: Kind) -> str:
    return f"blob_{kind}"
