"""Read: paths -> sources -> articles and skips. The edge where bytes, encodings and other people's formats end.

    sources(paths)         what to read, in a fixed order; each source can go to another process
    read(source, mapping)  its articles, and a `Skipped` with a reason for whatever is not used

Reading order of the folder: walk, source, decode, fields (with dates, urls, markup), then one module per format: plain,
jsonl, table, parquet, page (by extract and jsonld), xml (by feeds, nitf and newsml), ninjs, warc. What news agencies
say of an item beside its text is in items. A new format is one entry in `_KINDS` and one function from a source to
articles and skips.

Nothing disappears: every file and every record is either an article or a skip. Nothing in a file's content raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from dedup.model import Article, Skipped
from dedup.read import jsonl, page, parquet, plain, table, walk, warc, xml
from dedup.read.fields import ROLES, parse_map
from dedup.read.source import Source, Unreadable
from dedup.read.urls import canonical_url, site
from dedup.read.walk import Needs

__all__ = ["ROLES", "Source", "canonical_url", "parse_map", "read", "site", "sources"]

Reader = Callable[[Source, Mapping[str, str] | None], Iterator[Article | Skipped]]

_TEXT = (Needs(alone=True), plain.read)
_JSON_LINES = (Needs(lines=True), jsonl.read_lines)
_TABLE = (Needs(), table.read)
_PAGE = (Needs(extra="html", module="trafilatura", alone=True), page.read)
_XML = (Needs(look=xml.needs), xml.read)
# Suffix -> what it takes, and who reads it.
_KINDS: dict[str, tuple[Needs, Reader]] = {
    ".txt": _TEXT,
    ".md": _TEXT,
    ".markdown": _TEXT,
    ".json": (Needs(), jsonl.read_any),
    ".jsonl": _JSON_LINES,
    ".ndjson": _JSON_LINES,
    ".csv": _TABLE,
    ".tsv": _TABLE,
    ".parquet": (Needs(extra="parquet", module="duckdb", binary=True), parquet.read),
    ".html": _PAGE,
    ".htm": _PAGE,
    ".xhtml": _PAGE,
    ".xml": _XML,
    ".rss": _XML,
    ".atom": _XML,
    ".rdf": _XML,
    ".nitf": _XML,
    ".warc": (Needs(extra="warc", module="warcio trafilatura", binary=True), warc.read),
}


def sources(paths: Sequence[str]) -> Iterator[Source | Skipped]:
    """What to read below `paths` ("-": JSON lines on standard input), in an order that only names decide.

    A large .jsonl file comes as several byte ranges. Hidden files and folders are passed over silently.
    Raises InputError for a named path that is missing or unreadable, MissingExtra for a named file that needs one.
    """
    return walk.walk(paths, {suffix: needs for suffix, (needs, _) in _KINDS.items()})


def read(source: Source, mapping: Mapping[str, str] | None = None) -> Iterator[Article | Skipped]:
    """The articles of one source in their order, and a skip for all that is not used. Bad content never raises.

    `mapping`: role -> field name, from `parse_map`; it goes before the names that are known anyway.
    """
    reader = _KINDS.get(source.kind, _TEXT)[1]
    empty = source.end < 0 and source.start == 0
    try:
        for item in reader(source, mapping):
            empty = False
            yield item
    except Unreadable as error:
        yield Skipped(source.name, str(error))
    except OSError as error:
        yield Skipped(source.name, f"cannot be read: {error.strerror or error}")
    else:
        if empty:
            yield Skipped(source.name, "holds no record")
