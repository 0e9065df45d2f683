"""XML: a file whose suffix says no more than that -> the reader of the format its outermost element belongs to.

Suffixes are not to be trusted: agencies send NITF and NewsML-G2 as .xml, sites their feeds. The first element decides,
under .rss and .nitf too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dedup import limits
from dedup.model import Article, Skipped
from dedup.read import feeds, items, newsml, nitf, tree
from dedup.read.decode import decode, is_binary
from dedup.read.fields import Mapper, or_skip
from dedup.read.items import Item
from dedup.read.source import Source, whole
from dedup.read.walk import Needs

FEED = Needs(extra="feeds", module="feedparser")
# What else is met under .xml, and is no article.
_OTHERS = {
    "urlset": "a sitemap, not articles",
    "sitemapindex": "a sitemap, not articles",
    "NewsML": "NewsML 1, which is not read: ask for NewsML-G2 or NITF",
    "opml": "a list of feeds, not articles",
}


def needs(head: bytes) -> Needs:
    """What a file that starts with `head` takes to be read: feeds need an extra."""
    return FEED if tree.root_name(decode(head, declares=True)[0]) in feeds.ROOTS else Needs()


def read(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    """The articles of an XML file. The formats have fixed fields, so `mapping` has no part in it."""
    data = whole(source, limits.MAX_XML)
    if is_binary(data[: limits.SNIFF]):
        yield Skipped(source.name, "binary: holds NUL bytes")
        return
    text, flags = decode(data, declares=True)
    del data
    root = tree.root_name(text)
    mapper = Mapper(source.name, source.folder)
    if root in feeds.ROOTS:
        yield from feeds.read(text, source.name, mapper, flags)
    elif root == "nitf" or root in newsml.ROOTS:
        yield from _news(text, source.name, mapper, flags)
    else:
        yield Skipped(source.name, _OTHERS.get(root) or _unknown(root))


def _unknown(root: str) -> str:
    return f"XML of no news format that is read here: its outermost element is {root!r}" if root else "holds no XML"


def _news(text: str, name: str, mapper: Mapper, flags: tuple[str, ...]) -> Iterator[Article | Skipped]:
    try:
        root, repaired = tree.parse(text)
    except ValueError as error:
        yield Skipped(name, str(error))
        return
    found: list[Item] = [nitf.item(root)] if root.tag == "nitf" else list(newsml.all_items(root))
    if not found:
        yield Skipped(name, "a message without items")
    for index, item in enumerate(found):
        where = name if len(found) == 1 else f"{name}[{index}]"
        yield or_skip(items.made(item, mapper, flags + repaired), where)
