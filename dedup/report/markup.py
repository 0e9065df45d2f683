"""Markup: elements out of names, attributes and children, for HTML and SVG. What is no element is text, and escaped.

There is no way to put a string into a page unescaped: only `element` makes `Markup`, and every text passes the gate of
the terminal first, which shows what cannot be seen or turns the direction of writing.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Iterator

from dedup.report.safe import for_terminal


class Markup(str):
    """Finished markup. Only this module makes it."""

    __slots__ = ()


_VOID = frozenset({"meta", "br", "rect"})


def element(tag: str, *children: str | Iterable[Markup], **attributes: str | int | float) -> Markup:
    """An element. Attribute names: "_" for "-", a trailing "_" for a word of Python's.

    >>> element("p", "1 < 2 ", element("b", "yes"), class_="a")
    '<p class="a">1 &lt; 2 <b>yes</b></p>'
    """
    names = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    given = "".join(f' {key}="{html.escape(for_terminal(str(value)))}"' for key, value in names.items())
    if tag in _VOID:
        return Markup(f"<{tag}{given}/>")
    inner = "".join(_child(child) for child in children)
    return Markup(f"<{tag}{given}>{inner}</{tag}>")


def _child(child: str | Iterable[Markup]) -> str:
    if isinstance(child, Markup):
        return child
    if isinstance(child, str):
        return html.escape(for_terminal(child))
    return "".join(_child(inner) for inner in child)


def page(title: str, style: str, body: Iterable[Markup]) -> Iterator[bytes]:
    """An HTML document that can load nothing, run nothing and send nothing; `style` is ours, never data."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=False)}"/>'),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        Markup(f"<style>{style}</style>"),
    )
    yield f'<!DOCTYPE html>\n<html lang="en">\n{head}\n<body>\n'.encode()
    for part in body:
        yield part.encode("utf-8") + b"\n"
    yield b"</body>\n</html>\n"
