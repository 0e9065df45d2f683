"""Extract: the HTML of a page -> the text of its article and what the page says about it.

About it: JSON-LD first, then meta tags (Open Graph and its kin), then <title> and <html lang>. A headline that is a
heading of the page and something shorter behind a dash or bar has the site's name there, and ends with the heading: of
the 179 pages below 152 titles come out as expected with that rule, 148 without. Most of the others are another one of
the several headlines a page has, for readers, search engines and sharing; preferring one kind loses as many as it wins.

The text: trafilatura's. JSON-LD's articleBody only where it is more than twice as long, that is, where the extraction
missed the story: on 52 of 179 real pages of twelve countries that have a body of at least 250 characters there,
trafilatura has token F1 >= .9 on 48 and the articleBody on 46 (some are teasers), and 41 of those bodies come without
line breaks, so that furniture could not be told from story by lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dedup import limits
from dedup.read import jsonld

_MISSED = 2  # articleBody this many times longer than the extraction: the extraction missed the story
# Role -> meta names (of name=, property= or itemprop=), best first.
_META = {
    "headline": ("og:title", "twitter:title", "dc.title"),
    "datePublished": (
        "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
        "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "cxenseparse:recs:publishtime",
    ),
    "publisher": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "author": ("author", "article:author", "parsely-author", "dc.creator"),
    "url": ("og:url",),
}  # fmt: skip
_NAMES = ("property", "name", "itemprop")
_TITLE_TAIL = re.compile(r"\s[|–—-]\s[^|–—-]{2,40}$")  # "Rain in Ostby | The Gazette"


_TAIL = re.compile(r"\s?[|–—·-]{1,2}\s?\S")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds. No text: `why` may say more."""

    text: str
    about: dict[str, Any]  # schema.org's names: headline, datePublished, publisher, author, url, inLanguage
    flags: tuple[str, ...] = ()  # "json-ld body"
    why: str = ""


def is_page(text: str) -> bool:
    """Whether HTML is a whole page, not a fragment of one.

    >>> is_page("<!doctype html><p>Rain."), is_page("<p>Rain.")
    (True, False)
    """
    start = text[:2000].lower()
    return "<html" in start or "<body" in start or "<!doctype" in start


def page(text: str) -> Page:
    """The article of a page. Never raises for what is in it. Needs the extra [html]."""
    if len(text) > limits.MAX_PAGE:
        return Page("", {}, (), f"larger than {limits.MAX_PAGE:,} characters")
    tree, why = _tree(text)
    if tree is None:
        return Page("", {}, (), why)
    scripts = (tag for tag in tree.iter("script") if "ld+json" in (tag.get("type") or "").lower())
    linked = jsonld.article([tag.text or "" for tag in scripts])
    body = linked.pop("articleBody", None)
    about = {**_meta(tree), **linked}
    if isinstance(about.get("headline"), str):
        about["headline"] = _without_site(about["headline"], tree)
    extracted = _extracted(tree)
    if isinstance(body, str) and len(body) > _MISSED * len(extracted):
        return Page(body, about, ("json-ld body",))
    return Page(extracted, about)


def _tree(text: str) -> tuple[Any, str]:
    """The parsed page, or None and why. lxml gives an empty document, and no error, for tags nested beyond 256."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return None, "no HTML"
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        return None, "tags nested too deep"
    return tree, ""


def _meta(tree: Any) -> dict[str, Any]:
    """What the head of the page says about it, in schema.org's names."""
    given: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = next((tag.get(each) for each in _NAMES if tag.get(each)), "").lower()
        given.setdefault(name, (tag.get("content") or "").strip())
    found: dict[str, Any] = {role: next((given[n] for n in names if given.get(n)), "") for role, names in _META.items()}
    canonical = next((link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"), "")
    found["url"] = canonical or found["url"]
    title = next((each.text or "" for each in tree.iter("title")), "")
    found["headline"] = found["headline"] or _TITLE_TAIL.sub("", title.strip())
    found["datePublished"] = found["datePublished"] or _time(tree)
    found["inLanguage"] = tree.get("lang") or ""
    return {name: value for name, value in found.items() if value}


def _without_site(headline: str, tree: Any) -> str:
    """A headline without the site's name: where a heading of the page is most of it, and its start, that."""
    flat = _flat(headline)
    for tag in tree.iter("h1"):
        heading = _flat("".join(tag.itertext()))
        if len(flat) < 2 * len(heading) and flat.startswith(heading) and _TAIL.match(flat, len(heading)):
            return heading
    return headline


def _flat(text: str) -> str:
    return " ".join(text.replace("\xad", "").split())


def _time(tree: Any) -> str:
    """The first machine-readable <time> of the page."""
    return next((tag.get("datetime") for tag in tree.iter("time") if tag.get("datetime")), "")


def _extracted(tree: Any) -> str:
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
    # A third-party extractor over hostile pages: whatever it trips on, one page is lost and counted, not the run.
    except Exception:
        return ""
    return getattr(document, "text", None) or ""
