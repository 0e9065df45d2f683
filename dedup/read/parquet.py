"""Parquet, by duckdb -> articles and skips, one a row. Only the columns that stand for something are read."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from dedup import limits
from dedup.model import Article, Skipped
from dedup.read.fields import Mapper, no_text, or_skip
from dedup.read.source import Source, Unreadable, opened

# The file is data: it may not make the engine load code or reach the network, and gets a share of memory and one core.
_ENGINE: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": f"{limits.PARQUET_MEMORY}B",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def read(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    """The rows of a Parquet file."""
    import duckdb

    try:
        with _unpacked(source) as path, duckdb.connect(":memory:", config=_ENGINE) as engine:
            yield from _rows(engine, glob.escape(path), source, mapping)
    except duckdb.Error as error:
        reason = " ".join(str(error).partition("\n")[0].replace(source.path, "").split())
        raise Unreadable(f"not usable Parquet: {reason[:160]}") from error


def _rows(engine: Any, path: str, source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    mapper = Mapper(source.name, source.folder, mapping)
    engine.execute("SELECT * FROM read_parquet(?) LIMIT 0", [path])
    names = [column[0] for column in engine.description]
    plan = mapper.plan(tuple(names))
    if not plan.text and not plan.teaser:
        yield Skipped(source.name, no_text(names))
        return
    wanted = [name for name in names if name in plan.fields()]
    columns = ", ".join('"' + name.replace('"', '""') + '"' for name in wanted)
    engine.execute(f"SELECT {columns} FROM read_parquet(?)", [path])
    for number, row in enumerate(iter(engine.fetchone, None), 1):
        made = mapper.article(dict(zip(wanted, row, strict=True)))
        yield or_skip(made, f"{source.name}:{number}")


@contextmanager
def _unpacked(source: Source) -> Iterator[str]:
    """The path of the file itself: Parquet is read from its end, so a packed one is unpacked to disk first."""
    if not source.packing:
        yield source.path
        return
    with tempfile.TemporaryDirectory(prefix="dedup-") as folder:
        path = os.path.join(folder, "unpacked.parquet")
        with opened(source) as packed, open(path, "wb") as file:
            _copy(packed, file)
        yield path


def _copy(packed: IO[bytes], file: IO[bytes]) -> None:
    while block := packed.read(1 << 20):
        file.write(block)
        if file.tell() > limits.MAX_PARQUET:
            raise Unreadable(f"unpacks to more than {limits.MAX_PARQUET:,} bytes")
