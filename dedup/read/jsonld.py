"""JSON-LD: the blocks a page carries for search engines -> the record of its article, in schema.org's names.

Real blocks come as one object, a list, or an @graph; cut off, with raw line breaks or comment wrappers around them; and
next to the article they describe the publisher, the breadcrumbs and the teasers of other articles.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Any

from dedup.read.parse import parse

_DEPTH = 6  # levels of lists and @graph looked into
_WANTED = ("headline", "articleBody", "datePublished", "publisher", "author", "inLanguage", "url", "mainEntityOfPage")


def article(blocks: Sequence[str]) -> dict[str, Any]:
    """The fields of the page's article; {} when no block has one. With several, the one that says most.

    >>> article(['{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "headline": "Rain"}]}'])
    {'headline': 'Rain'}
    """
    found = [_fields(node) for block in blocks for node in _nodes(_parsed(block), _DEPTH) if _is_article(node)]
    best = max(found, key=_weight, default={})
    return {name: best[name] for name in _WANTED if best.get(name)}


def _fields(node: dict[str, Any]) -> dict[str, Any]:
    """Strings unescaped: many systems escape for HTML what stands in a script."""
    return {
        name: html.unescape(value) if isinstance(value, str) and "&" in value else value for name, value in node.items()
    }


def _weight(fields: dict[str, Any]) -> tuple[bool, int, int]:
    body = fields.get("articleBody")
    return (
        bool(fields.get("headline")),
        sum(name in fields for name in _WANTED),
        len(body) if isinstance(body, str) else 0,
    )


def _parsed(block: str) -> Any:
    block = block.strip().removeprefix("<![CDATA[").removeprefix("<!--").removesuffix("-->").removesuffix("]]>")
    try:
        return parse(block.strip().rstrip(";").encode("utf-8", "replace"))[0]
    except ValueError:
        return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every object that stands for something on the page."""
    if isinstance(value, list) and depth:
        for each in value:
            yield from _nodes(each, depth - 1)
    elif isinstance(value, dict):
        yield value
        if depth:
            yield from _nodes(value.get("@graph"), depth - 1)
            yield from _nodes(value.get("mainEntity"), depth - 1)


def _is_article(node: dict[str, Any]) -> bool:
    """NewsArticle, ReportageNewsArticle, BlogPosting, LiveBlogPosting, schema.org/Article ..."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(("Article", "BlogPosting", "Report")) for kind in kinds)
