"""SQLite file: a path -> a connection to an index that was looked at, and SQLite's errors in words.

A file must be ours (application_id), of a layout we know (user_version), and have exactly our tables: one with views or
triggers under our names is none of ours.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dedup import limits
from dedup.errors import DedupError, InputError, OutputError
from dedup.index.heads import state_of
from dedup.index.pack import damaged
from dedup.index.store import Head

APPLICATION = 0x44445550  # "DDUP"
_MAGIC = b"SQLite format 3\x00"
_LARGEST = 32 << 20  # bytes of one value, whatever a damaged file claims; the longest article takes 25 MB
_SCHEMA = (
    "CREATE TABLE header(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE articles(number INTEGER PRIMARY KEY, key BLOB NOT NULL, content BLOB NOT NULL, id TEXT NOT NULL, "
    "outlet TEXT NOT NULL, published TEXT NOT NULL, added TEXT NOT NULL, wire INTEGER NOT NULL, "
    "place INTEGER NOT NULL)",
    "CREATE UNIQUE INDEX articles_by_key ON articles(key)",
    "CREATE INDEX articles_by_id ON articles(id)",
    "CREATE INDEX articles_by_content ON articles(content)",
    "CREATE TABLE blob_articles(number INTEGER PRIMARY KEY, data BLOB NOT NULL)",
    "CREATE TABLE blob_texts(number INTEGER PRIMARY KEY, data BLOB NOT NULL)",
    "CREATE TABLE blob_pages(number INTEGER PRIMARY KEY, data BLOB NOT NULL)",
    "CREATE TABLE blob_directories(number INTEGER PRIMARY KEY, data BLOB NOT NULL)",
    "CREATE TABLE skips(place TEXT NOT NULL, why TEXT NOT NULL, is_empty INTEGER NOT NULL, added TEXT NOT NULL, "
    "PRIMARY KEY(place, why)) WITHOUT ROWID",
    "CREATE TABLE clusters(number INTEGER PRIMARY KEY, cluster TEXT NOT NULL)",
)


def is_ours(path: str) -> bool:
    """Whether a file is an index of ours, by its first bytes. A pipe is not looked into: it can be read once."""
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            head = file.read(72)
    except (OSError, ValueError):
        return False
    return head.startswith(_MAGIC) and head[68:72] == APPLICATION.to_bytes(4, "big")


def _writable(path: str) -> bool:
    return os.access(path, os.W_OK) and os.access(Path(path).absolute().parent, os.W_OK)


def connected(path: str, *, create: bool, write: bool) -> sqlite3.Connection:
    """A connection to the file, which is made with `create`; one that cannot be changed without `write`."""
    uri = Path(path).absolute().as_uri()
    try:
        connection = _connect(uri + ("?mode=rwc" if create else "?mode=rw" if _writable(path) else "?mode=ro"))
    except sqlite3.OperationalError:
        # A reader of a WAL file wants to make a small file beside it. Where it may not, and nothing is waiting to be
        # written, the file can be read as it is.
        if create or _writable(path) or os.path.exists(path + "-wal"):
            raise
        connection = _connect(uri + "?mode=ro&immutable=1")
    if not write:
        connection.execute("PRAGMA query_only=ON")
    return connection


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        uri, uri=True, timeout=limits.INDEX_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "synchronous=FULL", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT 1 FROM sqlite_schema").fetchone()  # looks at the file
    return connection


def prepare(connection: sqlite3.Connection, where: str, fresh: Callable[[], dict[str, str]]) -> None:
    """Makes the tables in an empty file, in one transaction, and turns on the WAL."""
    if pragma_value(connection, "application_id") == 0:
        connection.execute("PRAGMA page_size=8192")
        connection.execute("BEGIN EXCLUSIVE")  # two first adds at once: the second finds it done
        try:
            if pragma_value(connection, "application_id") == 0:
                _create(connection, where, fresh())
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
    if pragma_value(connection, "application_id") == APPLICATION:
        _patiently(lambda: connection.execute("PRAGMA journal_mode=WAL").fetchone())


def _create(connection: sqlite3.Connection, where: str, parameters: dict[str, str]) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise _not_ours(where)
    for statement in _SCHEMA:
        connection.execute(statement)
    connection.executemany("INSERT INTO header VALUES (?, ?)", sorted(parameters.items()))
    connection.execute("INSERT INTO header VALUES ('state', ?)", (json.dumps(state_of(Head(parameters), {})),))
    connection.execute(f"PRAGMA application_id={APPLICATION}")
    connection.execute(f"PRAGMA user_version={int(parameters['layout'])}")


def _patiently(work: Callable[[], object]) -> None:
    """Tries again while another process is in the way: changing the journal does not wait by itself."""
    end = time.monotonic() + limits.INDEX_BUSY_SECONDS
    while True:
        try:
            work()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.05)


def look_at(connection: sqlite3.Connection, where: str) -> None:
    """Raises InputError unless the file is an index with exactly our tables."""
    if pragma_value(connection, "application_id") != APPLICATION:
        raise _not_ours(where)
    version, known = pragma_value(connection, "user_version"), _layout()
    if version > known:
        raise InputError(f"{where}: made by a newer dedup (layout {version}; this one knows {known}); update dedup")
    found = {row[0] for row in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    if found != set(_SCHEMA):
        raise damaged(where, "its tables are not those of an index")


def _layout() -> int:
    from dedup.index.header import LAYOUT

    return int(LAYOUT)


def pragma_value(connection: sqlite3.Connection, pragma: str) -> int:
    """A number SQLite keeps."""
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _not_ours(where: str) -> InputError:
    return InputError(f"{where}: not an index of dedup; name another file, or make a new one")


def shown(path: str) -> str:
    """The path for messages."""
    return Path(path).as_posix()


@contextmanager
def answered(where: str) -> Iterator[None]:
    """Turns what SQLite says into errors a user can act on."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(error, where) from error


@contextmanager
def spoken(where: str) -> Iterator[None]:
    """The same, and values of other types than are ever written are damage too. For what runs no code but ours."""
    try:
        with answered(where):
            yield
    except (OverflowError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise damaged(where, f"{type(error).__name__}: {error}") from error


def _told(error: sqlite3.Error, where: str) -> DedupError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "locked" in str(error):
        seconds = f"{limits.INDEX_BUSY_SECONDS:g}"
        return InputError(f"{where}: another process has been writing to it for {seconds} seconds; try again later")
    if name.startswith("SQLITE_NOTADB"):
        return _not_ours(where)
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE")):
        return OutputError(f"{where}: no room left on its disk; nothing of this command was kept; free some room")
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return OutputError(f"{where}: cannot be written: no permission for it or for its folder")
    if name.startswith("SQLITE_CANTOPEN"):
        return OutputError(f"{where}: cannot be opened: a missing folder, or no permission for it")
    if name.startswith("SQLITE_IOERR"):
        return InputError(f"{where}: its disk does not answer ({error})")
    return damaged(where, str(error))
