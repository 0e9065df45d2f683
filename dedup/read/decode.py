"""Decode: bytes -> text and what had to be done to get it. Text is never normalised: its code points are the input's.

Order: byte order mark, UTF-8, the charset the document declares, then cp1252, which gives *something* for any bytes
and is flagged. UTF-8 with a stray bad byte (an article cut inside a character) stays UTF-8: read as cp1252, every
accented letter of it would be broken instead of one.
"""

from __future__ import annotations

import codecs
import re

# The longer marks first: a UTF-32 mark starts with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels as pages use them, by the WHATWG Encoding Standard: a page that says ISO-8859-1 means windows-1252.
_LABELS = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252", "iso8859-1": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "x-mac-roman": "mac_roman", "macintosh": "mac_roman",
}  # fmt: skip
# What else a document may ask for; Python knows odder codecs (utf-7, idna, rot13) that no page should reach.
_ALLOWED = re.compile(
    r"cp(125\d|866|874|932|949)|windows-(125\d|874)|iso-?8859-\d{1,2}|koi8-[ru]|gb18030|big5hkscs|euc-jp|iso-2022-jp|mac_roman"
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,4}=\s{0,4}[\"']?\s{0,4}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096  # HTML says 1024; real pages put scripts first
_SURROGATES = re.compile("[\ud800-\udfff]")
# Valid multi-byte characters needed per bad one for the text to pass as damaged UTF-8. In cp1252 text accented letters
# form valid UTF-8 pairs next to never, so the ratio is near 0 there and near infinite here.
_GOOD_PER_BAD = 4


def is_binary(head: bytes) -> bool:
    """Whether these first bytes are no text: they hold NUL, and no mark says UTF-16 or UTF-32."""
    return b"\0" in head and _mark(head) is None


def decode(data: bytes, *, declares: bool = False, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """Text and flags: "cp1252", "utf-16-le", "cp932" ... (not UTF-8), "bad utf-8" (U+FFFD stands for bytes).

    `charset`: what was said of the document where it came from. `declares`: look for one in the document itself (HTML,
    XML). Never raises.

    >>> decode("Zoë’s".encode())
    ('Zoë’s', ())
    >>> decode("Zoë’s".encode("cp1252"))
    ('Zoë’s', ('cp1252',))
    """
    marked = _mark(data)
    if marked is not None:
        return _marked(data, *marked)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    declared = _known(charset) or (_declared(data) if declares else None)
    if declared is not None:
        try:
            return data.decode(declared), (declared,)
        except (UnicodeDecodeError, LookupError):
            pass
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if len(data) - len(text) > _GOOD_PER_BAD * bad:
        return text, ("bad utf-8",)
    return data.decode("cp1252", "replace"), ("cp1252",)


def without_surrogates(text: str) -> tuple[str, tuple[str, ...]]:
    """Text with each lone surrogate, which no encoding can write, made U+FFFD; flag "surrogates" if there was one.

    >>> without_surrogates("a\\ud800b")
    ('a\ufffdb', ('surrogates',))
    """
    clean, found = _SURROGATES.subn("\ufffd", text)
    return clean, ("surrogates",) if found else ()


def _mark(data: bytes) -> tuple[bytes, str] | None:
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)


def _marked(data: bytes, mark: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    text = data[len(mark) :].decode(name, "replace")
    flags = () if name == "utf-8" else (name,)
    return text, (*flags, "bad utf-8") if name == "utf-8" and "\ufffd" in text else flags


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    return _known(found[1].decode("ascii")) if found else None


def _known(label: str) -> str | None:
    """The codec for a label, None for one that no page should reach."""
    name = _LABELS.get(label.lower(), label.lower())
    return name if _ALLOWED.fullmatch(name) else None
