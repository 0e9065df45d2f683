"""NewsML-G2: a news item, or a message with several -> items, and a reason for each that is no text.

Reuters, ANSA and others send it. Around the text, which is XHTML, NITF or plain, stand metadata in coded values:
`qcode="stat:canceled"` is "canceled" in a vocabulary that an alias names; only the part behind the colon is looked at,
because the aliases are each sender's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dedup.read import items, nitf, urls
from dedup.read.items import Item
from dedup.read.tree import attribute, story, words

ROOTS = {
    "newsItem": "",
    "newsMessage": "",
    "packageItem": "a package of items",
    "conceptItem": "a concept",
    "knowledgeItem": "a set of concepts",
    "planningItem": "a plan of coverage",
    "catalogItem": "a catalogue of codes",
}
_CLASSES = {
    "picture": "a picture", "graphic": "a graphic", "video": "a video", "audio": "an audio file",
    "animation": "an animation", "composite": "a package of items",
}  # fmt: skip
# Inline content that is data about an event, a match or a market, not a text.
_DATA = {"sports-content": "sports data", "events": "a set of events", "concept": "a concept"}


def all_items(root: Element) -> Iterator[Item]:
    """The items of a document, in its order."""
    if root.tag != "newsMessage":
        yield _item(root)
        return
    for node in root.iterfind("itemSet/*"):
        yield _item(node)


def _item(node: Element) -> Item:
    if node.tag != "newsItem":
        return Item({}, ROOTS.get(node.tag) or f"a {node.tag}")
    meta, content = node.find("itemMeta"), node.find("contentMeta")
    sent = items.moment(words(meta, "versionCreated"))
    embargo, note = items.moment(words(meta, "embargoed")), words(meta, "edNote")
    held = meta is not None and meta.find("embargoed") is not None and not words(meta, "embargoed")
    text, what = _text(node)
    markup = node.find("contentSet/inlineXML/nitf")
    fields = {
        "id": node.get("guid", ""),
        "title": _headline(meta, content) or words(markup, "body/body.head/hedline/hl1"),
        "author": words(content, "by") or _people(content) or (nitf.byline(markup) if markup is not None else ""),
        "outlet": _outlet(node, meta, content),
        "published": words(meta, "versionCreated") or words(content, "contentCreated"),
        "language": attribute(content, "language", "tag") or node.get("lang", ""),
        "text": text,
    }
    waits = items.later(embargo, sent)
    status = items.status(
        _code(meta, "pubStatus"), _kinds(meta, content), note, embargo if waits else "", sent, held=held
    )
    return Item(fields, "" if text else what, node.get("version", ""), status, embargo if waits else "", note)


def _text(node: Element) -> tuple[str, str]:
    """The story; where there is none, what the item is instead ("" for a text that is missing)."""
    what = _CLASSES.get(_code(node.find("itemMeta"), "itemClass").rpartition(":")[2], "")
    for inline in node.iterfind("contentSet/inlineXML"):
        data = next((_DATA[each.tag] for each in inline if each.tag in _DATA), "")
        found = "" if data else _inline(inline)
        what = data or what
        if found:
            return found, ""
    for inline in node.iterfind("contentSet/inlineData"):
        if not inline.get("encoding") and (found := "".join(inline.itertext()).strip()):
            return found, ""
    remote = node.find("contentSet/remoteContent") is not None
    return "", what or ("a reference to a text elsewhere" if remote else "")


def _inline(inline: Element) -> str:
    """The words of XHTML, NITF, or whatever else the blocks of a text are marked with."""
    markup = inline.find("nitf")
    if markup is not None:
        return nitf.text(markup)
    body = inline.find("html/body")
    return story(body if body is not None else inline)


def _headline(meta: Element | None, content: Element | None) -> str:
    """The main headline: others have a role."""
    found = content.findall("headline") if content is not None else []
    plain = [each for each in found if not each.get("role")] or found
    return words(plain[0]) if plain else words(meta, "title") or words(content, "slugline")


def _people(content: Element | None) -> str:
    """The creators by name; a code alone is no name."""
    found = content.findall("creator") if content is not None else []
    return ", ".join(filter(None, (words(each, "name") for each in found)))


def _outlet(node: Element, meta: Element | None, content: Element | None) -> str:
    """Who sent it, else whose it is: by name, by code, by address."""
    places = ((meta, "provider"), (node, "rightsInfo/copyrightHolder"), (content, "infoSource"))
    return next((found for place, path in places if (found := _party(place, path))), "")


def _party(node: Element | None, path: str) -> str:
    named = words(node, f"{path}/name") or attribute(node, path, "literal") or _code(node, path)
    address = attribute(node, path, "uri")
    return named or urls.site(address) or address


def _kinds(meta: Element | None, content: Element | None) -> list[str]:
    """Signals and genres: "correction", "update", "Advisory"."""
    signals = meta.findall("signal") if meta is not None else []
    genres = content.findall("genre") if content is not None else []
    return [_local(each.get("qcode") or each.get("uri") or "") for each in (*signals, *genres)]


def _code(node: Element | None, path: str) -> str:
    """The coded value at `path` without its vocabulary."""
    return _local(attribute(node, path, "qcode") or (attribute(node, path, "uri") if path == "pubStatus" else ""))


def _local(code: str) -> str:
    return code.rpartition("/" if "://" in code else ":")[2]
