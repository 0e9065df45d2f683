"""Markup: a text with HTML in it -> its words, a line per block. For field values; whole pages go to `page`.

One pass, linear in the length: every search starts where the last one ended. The standard library's HTML parser is
quadratic on unclosed constructs in the Python versions this runs on.
"""

from __future__ import annotations

import html
import re

# A tag whose end is missing before the next "<" is text ("a < b").
_TAG = re.compile(r"<(?:!--|(/?)([A-Za-z][A-Za-z0-9]{0,15})(?:[\s/][^<>]*)?>|[!?][^<>]*>)")
# Enough to say that a value is HTML and not an article that mentions a tag: something is closed, or a line broken.
_SIGN = re.compile(
    r"</(?:p|div|a|li|ul|h[1-6]|span|strong|em|b|i|article|section|body|html)>|<br\s{0,3}/?>", re.IGNORECASE
)
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li", "main",
        "nav", "ol", "p", "pre", "section", "table", "td", "th", "title", "tr", "ul",
    )
)  # fmt: skip
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "iframe"})
_SPACES = re.compile(r"[ \t\r\f\v\n]+")


def looks_like_html(text: str) -> bool:
    """Whether a value is HTML rather than text.

    >>> looks_like_html("<p>Rain.</p>"), looks_like_html("if a < b and c > d")
    (True, False)
    """
    return _SIGN.search(text) is not None


def plain(text: str) -> str:
    """The words, blocks apart by a blank line.

    >>> plain("<p>Rain &amp; <b>hail</b>.</p><script>x<y</script><p>Sun.</p>")
    'Rain & hail.\\n\\nSun.'
    """
    blocks: list[list[str]] = [[]]
    at = 0
    while found := _TAG.search(text, at):
        blocks[-1].append(text[at : found.start()])
        at = _after(text, found)
        if (found[2] or "").lower() in _BLOCKS:
            blocks.append([])
    blocks[-1].append(text[at:])
    joined = (_SPACES.sub(" ", html.unescape("".join(block))).strip() for block in blocks)
    return "\n\n".join(filter(None, joined))


def _after(text: str, tag: re.Match[str]) -> int:
    """Where reading goes on after a tag: behind the whole of a comment or script."""
    name = (tag[2] or "").lower()
    if tag[0] == "<!--":
        end = text.find("-->", tag.end())
        return len(text) if end < 0 else end + 3
    if name in _UNSEEN and not tag[1] and not tag[0].endswith("/>"):
        closing = re.compile(rf"</{name}", re.IGNORECASE).search(text, tag.end())
        return len(text) if closing is None else closing.start()
    return tag.end()
