"""Page: a file that is an HTML page -> one article, or why there is none.

The parsers underneath drop what they cannot take without a word, so that a page that yields nothing is a skip which
says how many bytes yielded nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dedup import limits
from dedup.model import Article, Skipped
from dedup.read import extract
from dedup.read.decode import decode, is_binary
from dedup.read.fields import Mapper, or_skip
from dedup.read.items import Empty
from dedup.read.source import Source, whole


def read(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    """The one article of a page. A page has no field names, so `mapping` has no part in it."""
    data = whole(source, limits.MAX_PAGE)
    if is_binary(data[: limits.SNIFF]):
        yield Skipped(source.name, "binary: holds NUL bytes")
        return
    text, flags = decode(data, declares=True)
    made = article(text, len(data), Mapper(source.name, source.folder), flags)
    yield or_skip(made, source.name)


def article(text: str, size: int, mapper: Mapper, flags: tuple[str, ...], url: str = "") -> Article | str:
    """The article of a page of `size` bytes, or why there is none. `url`: where it was fetched, if that is known."""
    found = extract.page(text)
    if not found.text:
        empty = f"empty though {size:,} bytes"
        return f"{found.why}: {empty}" if found.why else Empty(f"no article found: {empty}")
    record = {**found.about, "text": found.text}
    if url:
        record["url"] = url
    return mapper.article(record, flags + found.flags)
