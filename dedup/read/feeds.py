"""Feeds: RSS, Atom and RDF, by feedparser -> an article an entry.

The full text (content:encoded, Atom's content) goes before the summary. A summary as long as a short story is taken for
one: many feeds put their whole text there; a shorter one is used with the flag "description only", as everywhere.

The parser is tolerant: it gives what it can of a broken feed without a word. So that nothing cut short passes as whole,
the last entry of a feed without its end is left out, and said. It gets bytes in memory, because it opens a string as a
path or fetches it as an address; and no feed that declares entities.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from typing import Any

from dedup import limits
from dedup.model import Article, Skipped
from dedup.read import markup, tree, values
from dedup.read.fields import Mapper, or_skip
from dedup.read.items import Empty
from dedup.words import words

ROOTS = frozenset({"rss", "feed", "RDF", "rdf"})
# The parser goes by the header before the document's own declaration, which `text` no longer follows.
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def read(text: str, name: str, mapper: Mapper, flags: tuple[str, ...]) -> Iterator[Article | Skipped]:
    """The entries of a feed, in its order. `name`: of the file, for skips. Needs the extra [feeds]."""
    import feedparser

    if len(text) > limits.MAX_FEED:
        yield Skipped(name, f"a feed larger than {limits.MAX_FEED:,} characters")
        return
    if tree.declares_entities(text):
        yield Skipped(name, "XML that declares entities or defaults: refused")
        return
    try:
        parsed = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=_HEADERS,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    # A third-party parser over hostile feeds: whatever it trips on, one file is lost and counted, not the run.
    except Exception as error:
        yield Skipped(name, f"not a usable feed: {type(error).__name__}")
        return
    entries = list(parsed.entries)
    whole = _ends(text)
    if not whole and entries:
        entries.pop()
    feed = _Feed(parsed.feed)
    for index, entry in enumerate(entries):
        yield or_skip(_made(entry, feed, mapper, flags), f"{name}[{index}]")
    if not whole:
        yield Skipped(name, "a feed that is cut off: its last entry is not used")
    elif not entries:
        yield Skipped(name, "a feed without entries")


class _Feed:
    """What a feed says of all its entries."""

    def __init__(self, feed: Any) -> None:
        self.outlet = _words(feed.get("publisher")) or _words(feed.get("title"))
        self.language = values.string(feed.get("language"))


def _ends(text: str) -> bool:
    """Whether the last thing in a document, but for comments (caches sign with one), ends its outermost element."""
    tail = text[-limits.FEED_TAIL :].rstrip()
    while tail.endswith("-->"):
        tail = tail[: max(tail.rfind("<!--"), 0)].rstrip()
    end = tail.rpartition("</")[2]
    return end.endswith(">") and end[:-1].strip().rpartition(":")[2] in ROOTS


def _made(entry: Any, feed: _Feed, mapper: Mapper, flags: tuple[str, ...]) -> Article | str:
    text, language = _content(entry)
    summary = _plain(entry.get("summary"))
    if len(words(summary)) >= limits.FEED_WHOLE and len(summary) > len(text):
        text = summary
    if not text and not summary:
        return Empty("no text: an entry with a title or link alone")
    record = {
        "text": text,
        "summary": summary,
        "title": _words(entry.get("title")),
        "url": values.address(entry.get("feedburner_origlink")) or values.address(entry.get("link")),
        "outlet": _words(_inner(entry.get("source"), "title")) or _words(entry.get("publisher")) or feed.outlet,
        "published": entry.get("published") or entry.get("updated"),
        "author": _author(entry),
        "id": entry.get("id"),
        "language": language or feed.language,
    }
    return mapper.article({name: value for name, value in record.items() if value}, flags)


def _content(entry: Any) -> tuple[str, str]:
    """The longest of an entry's contents, and the language it declares."""
    held = [each for each in entry.get("content") or () if isinstance(each, dict)]
    forms = [(_plain(each.get("value")), values.string(each.get("language"))) for each in held]
    return max(forms, key=lambda form: len(form[0]), default=("", ""))


def _author(entry: Any) -> str:
    """Names alone: RSS wants "ann@gazette.example (Ann Lee)"."""
    held = entry.get("authors") or ()
    names = [_words(_inner(each, "name")) for each in held]
    return ", ".join(filter(None, names)) or _words(entry.get("author"))


def _inner(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _plain(value: Any) -> str:
    """A content as text: most is HTML; what is not has its line breaks."""
    if not isinstance(value, str):
        return ""
    return markup.plain(value) if markup.looks_like_html(value) else html.unescape(value).strip()


def _words(value: Any) -> str:
    """One line: titles come with tags and escapes in them."""
    found = values.string(value)
    if "<" in found and ">" in found:
        found = markup.plain(found)
    return " ".join(html.unescape(found).split())
