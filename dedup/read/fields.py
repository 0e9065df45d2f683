"""Fields: one record of any scraper (a mapping of names to values) -> an Article, or the reason why not.

Which name stands for what is worked out once per distinct set of names and remembered (a `_Plan`), so that a record of
a known shape costs a handful of lookups. Names are compared without case, "_", "-", "." and spaces: "Publish Date" is
"publish_date".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from dedup import limits
from dedup.errors import UsageError
from dedup.model import Article, Skipped
from dedup.read import dates, extract, items, markup, ninjs, urls, values
from dedup.read.items import Empty

Record = Mapping[str, Any]
Convert = Callable[[Any], str]
Take = Callable[[Any], tuple[str, tuple[str, ...]]]  # -> text and flags
Unwrap = Callable[[Any], Any]
Path = tuple[str, ...]
T = TypeVar("T")

# Role -> names, best first. The scrapers whose names these are: trafilatura, news-please, fundus, newspaper, CC-News,
# NewsAPI, New York Times and Guardian APIs, schema.org, JSON Feed, ninjs, Media Cloud, Kaggle news sets.
NAMES: dict[str, tuple[str, ...]] = {
    # maintext before text: news-please's text is the whole page's. raw_text is trafilatura's unclean variant.
    "text": (
        "maintext", "text", "plaintext", "body_text", "articleBody", "body", "bodies", "content", "content_text",
        "text_content", "article_text", "cleaned_text", "full_text", "article", "story", "raw_text",
        "body_xhtml", "body_html", "content_html", "html", "raw_html",
    ),
    # A teaser is better than nothing, but never the whole story: flag "description only".
    "teaser": ("description", "summary", "excerpt"),
    "title": (
        "title", "headline", "headlines", "hedline", "article_title", "title_page", "webTitle", "heading", "name",
    ),
    # source: trafilatura's is the url, NewsAPI's an object {id, name}, others' a feed name. Each use takes what fits.
    "url": (
        "url", "link", "source", "canonical_url", "canonical", "requested_url", "final_url", "web_url", "webUrl",
        "article_url", "permalink", "mainEntityOfPage", "source_url",
    ),
    # source-hostname: trafilatura's site name. The last ones are hosts: made plain, and used when nothing has a name.
    "outlet": (
        "outlet", "publisher", "source-hostname", "publication", "newspaper", "sitename", "site_name", "media_name",
        "source_name", "source", "source_domain", "hostname", "domain", "media_url",
    ),
    "published": (
        "date_publish", "publishing_date", "publish_date", "publication_date", "published_date", "datePublished",
        "date_published", "published", "publishedAt", "published_at", "pubDate", "pub_date", "webPublicationDate",
        "versioncreated", "date", "datetime", "timestamp", "created_at",
    ),
    "author": ("author", "authors", "byline", "by", "creator", "dc:creator"),
    # No fingerprint: trafilatura's names the content, so that copies would share an id.
    "id": ("id", "guid", "uri", "_id", "stories_id", "article_id"),
    "language": ("language", "lang", "inLanguage"),
}  # fmt: skip
ROLES = tuple(role for role in NAMES if role != "teaser")
_ALIASES = {"date": "published", "lang": "language", "body": "text", "headline": "title", "source": "outlet"}
_HTML_NAMES = frozenset({"bodyxhtml", "bodyhtml", "contenthtml", "html", "rawhtml"})
_HOST_NAMES = frozenset({"sourcedomain", "hostname", "domain", "mediaurl"})

_LOOSE = re.compile(r"[\s_.:-]+")
_INNER_TEXT = ("text", "value", "content", "plain", "html")
_SHOWN_NAMES = 12  # of a record without text, in its skip reason


@dataclass(frozen=True, slots=True)
class _Plan:
    """For one set of names: where to look for each role, best first, and how to take it from there."""

    text: tuple[tuple[str, Take], ...]
    teaser: tuple[tuple[str, Take], ...]
    title: tuple[tuple[str, Convert], ...]
    url: tuple[tuple[str, Convert], ...]
    outlet: tuple[tuple[str, Convert], ...]
    published: tuple[tuple[str, Unwrap], ...]
    author: tuple[tuple[str, Convert], ...]
    id: tuple[tuple[str, Convert], ...]
    language: tuple[tuple[str, Convert], ...]
    news: bool  # the names are those of ninjs

    def fields(self) -> frozenset[str]:
        """Every field an article may be taken from."""
        roles = (self.text, self.teaser, self.title, self.url, self.outlet)
        more = (self.published, self.author, self.id, self.language)
        return frozenset(name for choices in (*roles, *more) for name, _ in choices)


def parse_map(given: str) -> dict[str, str]:
    """The value of --map as role -> field: "text=body,title=head.main". A dot goes into an object.

    Raises UsageError for an unknown role or a part without "=".

    >>> parse_map("text=body, date=meta.when")
    {'text': 'body', 'published': 'meta.when'}
    """
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in given.split(","))):
        role, equals, name = (piece.strip() for piece in part.partition("="))
        role = _ALIASES.get(role, role)
        if role not in ROLES or not equals or not name:
            raise UsageError(f"--map: {part!r} is not ROLE=FIELD; the roles are {', '.join(ROLES)}")
        if role in found:
            raise UsageError(f"--map: {role} is given twice, as {found[role]!r} and {name!r}")
        found[role] = name
    return found


class Mapper:
    """Turns the records of one source into articles. Remembers the plan of each set of names it has met."""

    def __init__(self, path: str, folder: str, mapping: Mapping[str, str] | None = None) -> None:
        self._path = path
        self._folder = folder
        self._mapping = dict(mapping or {})
        self._plans: dict[tuple[str, ...], _Plan] = {}

    def plan(self, names: tuple[str, ...]) -> _Plan:
        """The plan of a set of names, made at its first sight."""
        found = self._plans.get(names)
        if found is None:
            if len(self._plans) >= limits.MAX_PLANS:
                self._plans.clear()
            found = self._plans[names] = _plan(names, self._mapping)
        return found

    def article(self, record: Record, flags: tuple[str, ...] = ()) -> Article | str:
        """The article a record holds, or why it holds none. `flags`: what decoding had to do."""
        plan = self.plan(tuple(record))
        return self._news(record, flags) if plan.news else self._planned(plan, record, flags)

    def _news(self, record: Record, flags: tuple[str, ...]) -> Article | str:
        """The article of a ninjs item; what the format does not say is looked for under the names of others.

        With --map, everything is: the status of the item is all that is asked of the format.
        """
        record = ninjs.unwrapped(record)
        plan = self.plan(tuple(record))
        if not plan.news:
            return self._planned(plan, record, flags)
        item = ninjs.item(record)
        if self._mapping:
            return items.declared(item, self._planned(plan, record, flags))
        others = {"outlet": plan.outlet, "url": plan.url, "author": plan.author, "language": plan.language}
        found = {role: item.fields[role] or _first(record, choices) for role, choices in others.items()}
        return items.made(replace(item, fields=item.fields | found), self, flags)

    def _planned(self, plan: _Plan, record: Record, flags: tuple[str, ...]) -> Article | str:
        text, more = _first_text(record, plan.text)
        url = _first(record, plan.url)
        published, readable = _published(record, plan.published)
        if not text and (url or published or plan.outlet):  # a schema or package file has a description too
            text, more = _first_text(record, plan.teaser)
            more = (*more, "description only")
        if not text:
            return Empty("empty text") if plan.text else no_text(tuple(record))
        if len(text) > limits.MAX_TEXT:
            return f"text longer than {limits.MAX_TEXT:,} characters"
        if not readable:
            more = (*more, "unreadable date")
        return Article(
            _first(record, plan.id),
            text,
            _first(record, plan.outlet) or (urls.site(url) if url else "") or self._folder,
            _first(record, plan.title),
            published,
            url,
            _first(record, plan.author),
            _first(record, plan.language),
            self._path,
            flags + more,
        )


def or_skip(made: Article | str, where: str) -> Article | Skipped:
    """What `Mapper.article` made, a reason as a skip."""
    return made if isinstance(made, Article) else Skipped(where, str(made), isinstance(made, Empty))


def no_text(names: Sequence[str]) -> str:
    """The skip reason of a record without a text field: names what it has instead.

    >>> no_text(["id", "media_name", "url"])
    'no text field (see --map); fields are: id, media_name, url'
    """
    shown = [" ".join(name.split())[:40] for name in names[:_SHOWN_NAMES]]
    more = len(names) - len(shown)
    listed = (", ".join(shown) or "none") + (f" and {more} more" if more > 0 else "")
    return f"no text field (see --map); fields are: {listed}"


def _plan(names: tuple[str, ...], mapping: Mapping[str, str]) -> _Plan:
    def strings(role: str) -> tuple[tuple[str, Convert], ...]:
        return tuple(_within(path, _convert(role, path)) for path in _paths(role, names, mapping))

    def texts(role: str) -> tuple[tuple[str, Take], ...]:
        paths = _paths(role, names, mapping)
        return tuple(_within(p, _marked_up if _loose(p[-1]) in _HTML_NAMES else _story) for p in paths)

    return _Plan(
        text=texts("text"),
        teaser=() if "text" in mapping else texts("teaser"),
        title=strings("title"),
        url=strings("url"),
        outlet=strings("outlet"),
        published=tuple(_within(path, values.moment) for path in _paths("published", names, mapping)),
        author=strings("author"),
        id=strings("id"),
        language=strings("language"),
        news=ninjs.is_item(names),
    )


def _within(path: Path, take: Callable[[Any], T]) -> tuple[str, Callable[[Any], T]]:
    """The field to fetch, and what to do with it: for a path into an object, first go there."""
    if len(path) == 1:
        return path[0], take
    return path[0], partial(_at, path[1:], take)


def _at(path: Path, take: Callable[[Any], T], value: Any) -> T:
    for name in path:
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isdecimal() and len(name) < 6 and int(name) < len(value):
            value = value[int(name)]
        else:
            value = None
    return take(value)


def _paths(role: str, names: tuple[str, ...], mapping: Mapping[str, str]) -> list[Path]:
    """Where a role may stand among these names. What --map says is the only place then."""
    if role in mapping:
        name = mapping[role]
        if name in names:
            return [(name,)]
        path = tuple(name.split("."))
        return [path] if path[0] in names else []
    by_loose: dict[str, str] = {}
    for name in names:
        by_loose.setdefault(_loose(name), name)
    return [(by_loose[loose],) for known in NAMES[role] if (loose := _loose(known)) in by_loose]


def _loose(name: str) -> str:
    return _LOOSE.sub("", name).lower()


def _convert(role: str, path: Path) -> Convert:
    """How a field becomes the string of a role."""
    name = _loose(path[-1])
    if role == "url":
        return values.address
    if role == "outlet":
        return values.host if name in _HOST_NAMES else values.label if name == "source" else values.string
    if role == "author":
        return values.people
    return values.identifier if role == "id" else values.string


def _first(record: Record, choices: tuple[tuple[str, Convert], ...]) -> str:
    for name, convert in choices:
        if found := convert(record[name]):
            return found
    return ""


def _first_text(record: Record, choices: tuple[tuple[str, Take], ...]) -> tuple[str, tuple[str, ...]]:
    for name, take in choices:
        text, flags = take(record[name])
        if text and not text.isspace():
            return text, flags
    return "", ()


def _published(record: Record, choices: tuple[tuple[str, Unwrap], ...]) -> tuple[str, bool]:
    """The first readable date; and False if dates were given, none of them readable."""
    given = False
    for name, unwrap in choices:
        value = unwrap(record[name])
        if value is None:
            continue
        if found := dates.iso(value):
            return found, True
        given = True
    return "", not given


# ---------------------------------------------------------------- text


def _story(value: Any) -> tuple[str, tuple[str, ...]]:
    """The text a field holds, untouched unless it is HTML (flag "html"), and flags."""
    if isinstance(value, str):
        if "<" in value and markup.looks_like_html(value):
            return _marked_up(value)
        return ("" if len(value) < 10 and value.strip() in values.NOTHING else value), ()
    if isinstance(value, list):
        return _paragraphs(value)
    if isinstance(value, dict):
        inner = next((value[name] for name in _INNER_TEXT if isinstance(value.get(name), str)), None)
        return _story(inner)
    return "", ()


def _marked_up(value: Any) -> tuple[str, tuple[str, ...]]:
    """The words of an HTML value: a fragment by its blocks, a whole page as a page."""
    if not isinstance(value, str):
        return _story(value) if isinstance(value, dict) else ("", ())
    if not extract.is_page(value):
        return markup.plain(value), ("html",)
    try:
        found = extract.page(value)
    except ImportError:  # the extra [html] is not there
        return markup.plain(value), ("html", "whole page")
    return found.text, ("html", *found.flags)


def _paragraphs(value: list[Any]) -> tuple[str, tuple[str, ...]]:
    """A list of paragraphs, or of versions of one body (ninjs), of which the main one counts."""
    if value and all(isinstance(each, str) for each in value):
        return _story("\n\n".join(value))
    chosen = values.main(value)
    return _story(chosen) if isinstance(chosen, dict) else ("", ())
