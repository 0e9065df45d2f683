"""ninjs: a record of the IPTC's JSON (1.x to 3.x), or of AP's, which grew from it -> one item.

ninjs 1 has one `headline` and its body as `body_text` and `body_xhtml`; from 2 on there are lists of `headlines` and
`bodies`, each with a role. AP's Media API adds ids of its own (`altids.itemid`: its `uri` changes with every query),
the type of message (`editorialtypes`: Kill, Advisory, Correction ...) and the body as NITF (`body_nitf`), or only a
link to it, which is not followed. What an item is shown with (`associations`) is no article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dedup.read import items, markup, tree, values
from dedup.read.items import Item

Record = Mapping[str, Any]

# Names that no scraper's record has. AP wraps each item as {"meta": ..., "item": ...}.
_SIGNS = frozenset({"versioncreated", "pubstatus", "altids", "bodies", "body_nitf", "embargoed", "standard"})
_IDS = frozenset({"uri", "guid", "altids"})
_WRAPPED = frozenset({"item", "meta"})
_NO_TEXTS = {
    "picture": "a picture", "photo": "a picture", "graphic": "a graphic", "video": "a video", "audio": "an audio file",
    "event": "an event", "planning": "a plan of coverage", "package": "a package of items",
    "composite": "a package of items",
}  # fmt: skip
# Roles of other texts that stand beside the story.
_ASIDE = frozenset("teaser summary abstract caption slug short description_text".split())
_BODIES = ("body_nitf", "body_xhtml", "body_html", "body_text", "body_richtext", "body_markdown")
_ABOUT_AS_LONG = 0.9  # of two forms of one body


def is_item(names: Iterable[str]) -> bool:
    """Whether a record with these names is a ninjs item, or AP's wrapper around one."""
    found = frozenset(names)
    return bool(found & _SIGNS and found & _IDS) or ("item" in found and found <= _WRAPPED)


def item(record: Record) -> Item:
    """The item that a record is, for whose names `is_item` holds."""
    sent = items.moment(values.moment(record.get("versioncreated")))
    embargo = items.moment(values.moment(record.get("embargoed")))
    note = values.string(record.get("ednote"))
    text = _text(record)
    what = _what(values.string(record.get("type")), text)
    fields = {
        "id": _id(record),
        "title": _headline(record),
        "author": _author(record),
        "outlet": _outlet(record),
        "published": _first(record, "versioncreated", "firstpublished", "firstcreated", "contentcreated"),
        "url": _url(record),
        "language": record.get("language"),
        "text": "" if what else text,
    }
    waits = items.later(embargo, sent)
    said = values.string(record.get("pubstatus"))
    status = items.status(said, _kinds(record), note, embargo if waits else "", sent)
    return Item(fields, what, _version(record), status, embargo if waits else "", note)


def unwrapped(value: Record) -> Record:
    """AP's wrappers off: {"item": ..., "meta": ...}, and {"data": {"item": ...}} for one; anything else as it is."""
    data = value.get("data")
    if isinstance(data, dict) and isinstance(data.get("item"), dict):
        value = data
    inner = value.get("item")
    return inner if isinstance(inner, dict) and value.keys() <= _WRAPPED else value


def _what(kind: str, text: str) -> str:
    """What an item is when it is no text. A composite with a story in it is an article with its pictures."""
    if kind == "composite" and text:
        return ""
    return _NO_TEXTS.get(kind, "")


def _id(record: Record) -> str:
    altids = record.get("altids")
    own = values.identifier(altids.get("itemid")) if isinstance(altids, dict) else ""
    return own or values.identifier(record.get("uri")) or values.identifier(record.get("guid"))


def _version(record: Record) -> str:
    found = values.identifier(record.get("version"))
    return found if found.isascii() and found.isdecimal() else ""


def _headline(record: Record) -> str:
    """The main headline; AP's `title` is a slug."""
    return _first(record, "headlines", "headline", "title", "name")


def _author(record: Record) -> str:
    lines = record.get("bylines")
    if isinstance(lines, list):
        people = (", ".join(filter(None, (_first(line, "by"), _first(line, "title")))) for line in _objects(lines))
        return ", ".join(filter(None, people))
    return next((found for name in ("by", "byline", "authors") if (found := values.people(record.get(name)))), "")


def _outlet(record: Record) -> str:
    """Who sent it. `source` is Superdesk's."""
    names = ("provider", "source", "infosources", "infosource", "copyrightholder")
    return next((found for name in names if (found := values.label(record.get(name)))), "")


def _url(record: Record) -> str:
    links = record.get("links")
    canonical = (
        values.address(link.get("href")) for link in _objects(links) if values.string(link.get("rel")) == "canonical"
    )
    return next(filter(None, canonical), "") or values.address(record.get("canonicallink") or record.get("url"))


def _kinds(record: Record) -> list[str]:
    """Editorial types, signals and the profile: "Kill", "Correction", "Advisory"."""
    found: list[str] = []
    for name in ("editorialtypes", "signals", "profile", "itemcontenttype"):
        value = record.get(name)
        found += [values.string(each) for each in value] if isinstance(value, list) else [values.string(value)]
    return found


def _text(record: Record) -> str:
    """The story. It may be there in several forms: of those that are about as long as the longest, the one with most
    lines, because a story on one line has lost its paragraphs."""
    forms = [_plain(name, record.get(name)) for name in _BODIES]
    forms += [_plain(values.string(body.get("contenttype")), body.get("value")) for body in _bodies(record)]
    longest = max(map(len, forms), default=0)
    whole = [form for form in forms if form and len(form) >= _ABOUT_AS_LONG * longest]
    return max(whole, key=lambda form: form.count("\n"), default="")


def _bodies(record: Record) -> list[dict[str, Any]]:
    return [body for body in _objects(record.get("bodies")) if values.string(body.get("role")) not in _ASIDE]


def _plain(kind: str, value: Any) -> str:
    """A body as text."""
    if not isinstance(value, str) or not value.strip():
        return ""
    if "nitf" in kind.lower():
        return _from_nitf(value)
    return markup.plain(value) if markup.looks_like_html(value) else value


def _from_nitf(value: str) -> str:
    """The words of a fragment, or of a whole document."""
    try:
        root, _ = tree.parse(value if tree.root_name(value) == "nitf" else f"<body>{value}</body>")
    except ValueError:
        return markup.plain(value)
    content = root.find("body/body.content")
    return tree.story(root if content is None else content)


def _first(record: Record, *names: str) -> str:
    return next((found for name in names if (found := values.string(record.get(name)))), "")


def _objects(value: Any) -> Sequence[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
