"""Tree: the text of an XML document -> its elements, safely; and an element -> its words, a line per block.

Expat, told to trust nothing: a document that declares entities or attribute defaults is refused (they make a few lines
into gigabytes, or name files), nothing outside it is ever fetched, and depth and number of elements are bounded. A
DOCTYPE that only points to a DTD is common in news files and harmless: the DTD is not read, and the names it would
have given to characters (&nbsp; &mdash;) are HTML's.

Namespaces are dropped: the formats read here use one vocabulary each, under whatever prefix.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from dedup import limits

_NAME = re.compile(r"<(?:[\w.-]{1,64}:)?([A-Za-z_][\w.-]{0,63})")
_SUBSET_END = re.compile(r"\]\s{0,99}>")
# What hand-made XML gets wrong most: control characters, and "&" for itself.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BARE = re.compile(r"&(?!#?[A-Za-z0-9]{1,31};)")
_CUT_OFF = frozenset(
    expat.errors.codes[each]
    for each in (
        expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR, expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)  # fmt: skip

_BLOCKS = frozenset(
    (
        "abstract", "address", "article", "aside", "block", "blockquote", "body", "body.content", "body.end", "bq",
        "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hl1", "hl2", "hr", "li", "main", "nitf-table", "note", "ol", "p", "pre", "section", "table",
        "tagline", "tr", "ul",
    )
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
# What is shown beside a story, or not at all.
_UNSEEN = frozenset({"head", "iframe", "media", "noscript", "script", "style", "svg", "template", "title"})
_BREAK = ""


class Refused(ValueError):
    """A document that asks for more than to be read."""


def root_name(text: str) -> str:
    """The name of a document's outermost element, without its prefix; "" when there is none to be seen.

    >>> root_name('<?xml version="1.0"?><!-- a <b> --><x:nitf>')
    'nitf'
    """
    at = start_of(text)
    found = _NAME.match(text, at) if at >= 0 else None
    return found[1] if found else ""


def start_of(text: str) -> int:
    """Where the outermost element starts, behind declarations and comments; -1 for nowhere. Cost: linear."""
    at = text.find("<")
    while at >= 0 and text.startswith(("<!", "<?"), at):
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
        elif text.startswith("<?", at):
            end = text.find("?>", at)
        else:
            end = _doctype_end(text, at)
        at = text.find("<", end) if end >= 0 else -1
    return at


def declares_entities(text: str) -> bool:
    """Whether a DOCTYPE may declare anything: what `parse` refuses, for other parsers.

    A comment inside a DOCTYPE can look like its end, so that behind one the whole text is searched: a feed that has a
    DOCTYPE and quotes a declaration is refused in vain.
    """
    at = start_of(text)
    head = text[: at if at >= 0 else len(text)]
    return "<!DOCTYPE" in head and ("<!ENTITY" in text or "<!ATTLIST" in text)


def _doctype_end(text: str, at: int) -> int:
    end, subset = text.find(">", at), text.find("[", at)
    if 0 <= subset < end:
        closing = _SUBSET_END.search(text, subset)
        return closing.end() - 1 if closing else -1
    return end


def parse(text: str) -> tuple[Element, tuple[str, ...]]:
    """The outermost element, and flags ("xml repaired"). Raises ValueError with a reason fit for a skip.

    Names of elements and attributes are without prefix ("lang" for xml:lang).
    """
    try:
        return _parsed(text), ()
    except expat.ExpatError as error:
        if error.code in _CUT_OFF:
            raise ValueError(f"XML that is cut off: {error}") from None
        first = error
    try:
        return _parsed(_BARE.sub("&amp;", _CONTROL.sub(" ", text))), ("xml repaired",)
    except expat.ExpatError:
        raise ValueError(f"not well-formed XML: {first}") from None


def _parsed(text: str) -> Element:
    builder, parser = TreeBuilder(), expat.ParserCreate("utf-8")
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > limits.XML_DEPTH:
            raise Refused("XML nested too deep")
        if count > limits.XML_ELEMENTS:
            raise Refused(f"XML of more than {limits.XML_ELEMENTS:,} elements")
        builder.start(name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name.rpartition(":")[2])

    def refuse(*_: object) -> None:
        raise Refused("XML that declares entities or defaults: refused")

    def named(name: str, parameter: bool) -> None:
        builder.data("" if parameter else html.unescape(f"&{name};"))

    parser.buffer_text = True
    parser.UseForeignDTD(True)  # a character by name is no error then, even without a DOCTYPE; nothing is fetched
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.SkippedEntityHandler = builder.data, named
    parser.EntityDeclHandler = parser.AttlistDeclHandler = refuse
    parser.Parse(text.encode("utf-8", "replace"), True)
    return builder.close()


# ---------------------------------------------------------------- words


def words(node: Element | None, path: str = "") -> str:
    """The words of an element, or of the first one at `path` below it, on one line; "" when it is not there."""
    found = node.find(path) if node is not None and path else node
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def attribute(node: Element | None, path: str, *names: str) -> str:
    """The first of the attributes that the first element at `path` has; "" for none."""
    found = node.find(path) if node is not None else None
    return next((value for name in names if (value := found.get(name, "").strip())), "") if found is not None else ""


def story(node: Element) -> str:
    """The words of a body, blocks apart by a blank line.

    >>> story(parse("<body><p>Rain &amp;\\n  <b>hail</b>.</p><media><p>A cloud</p></media><hl2>Sun</hl2></body>")[0])
    'Rain & hail.\\n\\nSun'
    """
    blocks: list[list[str]] = [[]]
    for piece in _pieces(node):
        if piece == _BREAK:
            blocks.append([])
        else:
            blocks[-1].append(piece)
    return "\n\n".join(line for block in blocks if block for line in _lines("".join(block)))


def _pieces(node: Element) -> Iterator[str]:
    """The texts below an element in order, with _BREAK where a block starts or ends."""
    if node.tag in _UNSEEN:
        return
    edge = _BREAK if node.tag in _BLOCKS else " " if node.tag in _CELLS else None
    if edge is not None:
        yield edge
    if node.text:
        yield node.text
    for child in node:
        yield from _pieces(child)
        if child.tail:
            yield child.tail
    if edge is not None:
        yield edge


def _lines(block: str) -> list[str]:
    """The paragraphs in one block: one, unless it is preformatted as wires were, its paragraphs indented.

    Indented lines among lines that are not: in pretty-printed XML every line but the first is indented.
    """
    lines = block.split("\n")
    following = [line for line in lines[1:] if line.strip()]
    indented = [line[:1].isspace() for line in following]
    if not any(indented) or all(indented):
        return list(filter(None, [" ".join(block.split())]))
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line[:1].isspace() or not line.strip():
            paragraphs.append([])
        paragraphs[-1] += line.split()
    return [" ".join(each) for each in paragraphs if each]
