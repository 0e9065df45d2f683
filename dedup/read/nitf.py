"""NITF: a document of the News Industry Text Format (2.x to 3.x) -> one item.

AP, EFE, NTB and newspaper archives write it. Where fields stand differs: AP gives no id but a distributor, archives a
`pubdata` with the paper's name and the article's address; versions are counted in `du-key`. Headlines stand in the
body's head, so that the text is what follows it. Archives repeat the first paragraph in a block of its own.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from dedup.read import items
from dedup.read.items import Item
from dedup.read.tree import attribute, story, words


def item(nitf: Element) -> Item:
    """The item of a <nitf> element."""
    docdata, pubdata = nitf.find("head/docdata"), nitf.find("head/pubdata")
    key, version = attribute(docdata, "du-key", "key"), attribute(docdata, "du-key", "version")
    note = attribute(docdata, "ed-msg", "info")
    published = _sent(nitf, docdata, pubdata)
    sent = items.moment(published)
    release = items.moment(attribute(docdata, "date.release", "norm"))
    said = docdata.get("management-status", "") if docdata is not None else ""
    corrects = ["correction"] if docdata is not None and docdata.find("correction") is not None else []
    fields = {
        "id": key if key and version else attribute(docdata, "doc-id", "id-string") or key,
        "title": words(nitf, "body/body.head/hedline/hl1") or words(nitf, "head/title"),
        "author": byline(nitf),
        "outlet": _outlet(nitf, docdata, pubdata),
        "published": published,
        "url": pubdata.get("ex-ref", "") if pubdata is not None else "",
        "language": nitf.get("baselang") or nitf.get("lang") or "",
        "text": text(nitf),
    }
    waits = items.later(release, sent)
    return Item(
        fields,
        _what(nitf),
        version,
        items.status(said, corrects, note, release if waits else "", sent),
        release if waits else "",
        note,
    )


def text(nitf: Element) -> str:
    """The story: the content of the body, and the tagline below it."""
    content = nitf.find("body/body.content")
    if content is None:
        return ""
    whole = next((block for block in content.iter("block") if block.get("class") == "full_text"), content)
    tagline = nitf.find("body/body.end/tagline")
    return "\n\n".join(filter(None, (story(whole), words(tagline))))


def byline(nitf: Element) -> str:
    """ "By Ann Lee, Staff Writer": the writer, and what the writer is, which often names the agency."""
    found = nitf.find("body/body.head/byline")
    if found is None:
        return ""
    title = words(found, "byttl")
    name = words(found).removesuffix(title).strip(" ,")
    return ", ".join(filter(None, (name, title)))


def _sent(nitf: Element, docdata: Element | None, pubdata: Element | None) -> str:
    published = pubdata.get("date.publication", "") if pubdata is not None else ""
    return (
        attribute(docdata, "date.issue", "norm")
        or published.strip()
        or attribute(nitf, "body/body.head/dateline/story.date", "norm")
    )


def _outlet(nitf: Element, docdata: Element | None, pubdata: Element | None) -> str:
    return (
        (pubdata.get("name", "").strip() if pubdata is not None else "")
        or words(nitf, "body/body.head/distributor")
        or attribute(docdata, "doc-id", "regsrc")
        or attribute(docdata, "doc.copyright", "holder")
    )


def _what(nitf: Element) -> str:
    """A document whose body holds media and nothing else is a picture with its caption."""
    content = nitf.find("body/body.content")
    return "a picture" if content is not None and len(content) and all(each.tag == "media" for each in content) else ""
