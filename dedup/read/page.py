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
from dedup.read.fields import Mapper
from dedup.read.source import Source, whole


def read(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    """The one article of a page. A page has no field names, so `mapping` has no part in it."""
    data = whole(source, limits.MAX_PAGE)
    if is_binary(data[: limits.SNIFF]):
        yield Skipped(source.name, "binary: holds NUL bytes")
        return
    text, flags = decode(data, declares=True)
    found = extract.page(text)
    if not found.text:
        yield Skipped(source.name, f"{found.why or 'no article found'}: empty though {len(data):,} bytes")
        return
    record = {**found.about, "text": found.text}
    made = Mapper(source.name, source.folder).article(record, flags + found.flags)
    yield made if isinstance(made, Article) else Skipped(source.name, made)
