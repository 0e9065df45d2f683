"""Table: CSV and TSV with a header line -> articles and skips, one a row.

A row with more cells than the header has was not quoted: its text would be cut at a comma, so it is skipped. A field
beyond every bound (a quote that is never closed) ends the table: what follows would be read from inside a text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

from dedup import limits
from dedup.model import Article, Skipped
from dedup.read.decode import decode
from dedup.read.fields import Mapper, no_text, or_skip
from dedup.read.source import Source, lines, opened, whole

_DELIMITERS = ",;\t|"  # ";" is what spreadsheets write where the comma is the decimal sign


def read(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    """The rows of a table. A file without a text column is one skip."""
    feed = _Lines(source)
    csv.field_size_limit(max(csv.field_size_limit(), limits.MAX_LINE))  # process-wide, so never lowered
    header_line = next(feed, "")
    delimiter = "\t" if source.kind == ".tsv" else max(_DELIMITERS, key=header_line.count)
    try:
        names = next(csv.reader([header_line], delimiter=delimiter), [])
    except csv.Error as error:
        yield Skipped(source.name, f"no table header: {error}")
        return
    mapper = Mapper(source.name, source.folder, mapping)
    plan = mapper.plan(tuple(names))
    if not plan.text and not plan.teaser:
        yield Skipped(source.name, no_text(names))
        return
    rows = csv.reader(feed, delimiter=delimiter)
    while True:
        where, feed.flags, feed.fault = f"{source.name}:{feed.number + 1}", (), ""
        try:
            row = next(rows, None)
        except csv.Error as error:
            if "limit" in str(error):
                yield Skipped(where, f"{error}: a quote left open? The rest of the table is not read")
                return
            yield Skipped(where, f"not a table row: {error}")
            continue
        if row is None:
            return
        made = feed.fault or _row(row, names, feed.flags, mapper)
        if made:
            yield or_skip(made, where)


def _row(row: list[str], names: list[str], flags: tuple[str, ...], mapper: Mapper) -> Article | str:
    """The article of a row, why there is none, or "" for a blank line."""
    if not row:
        return ""
    if len(row) > len(names):
        return f"{len(row)} cells in a table of {len(names)} columns: text not quoted?"
    cells = row + [""] * (len(names) - len(row))
    return mapper.article(dict(zip(names, cells, strict=True)), flags)


class _Lines(Iterator[str]):
    """The lines of a table as text. Each is decoded by itself: one cp1252 row does not change the others.

    `number`: lines given so far. Since last cleared: `flags`, what decoding had to do; `fault`, what cannot be used.
    """

    def __init__(self, source: Source) -> None:
        self.number = 0
        self.flags: tuple[str, ...] = ()
        self.fault = ""
        self._lines = self._decoded(source)

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        return line

    def _decoded(self, source: Source) -> Iterator[str]:
        with opened(source) as file:
            wide = file.read(2) in (b"\xff\xfe", b"\xfe\xff")
        if wide:  # UTF-16, what spreadsheets call "Unicode text": lines can be told only once it is decoded
            text, self.flags = decode(whole(source, limits.MAX_JSON_FILE))
            yield from text.splitlines(keepends=True)
            return
        with opened(source) as file:
            for line in lines(source, file):
                if line is None or b"\0" in line:
                    self.fault = "binary: holds NUL bytes" if line else f"a line longer than {limits.MAX_LINE:,} bytes"
                text, flags = decode(line or b"\n")
                self.flags += tuple(flag for flag in flags if flag not in self.flags)
                yield text
