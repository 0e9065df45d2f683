"""Garbled: letters that come of reading one encoding as another -> TXT006 mojibake.

What is bad is told by ftfy's `badness`, whose patterns were won from years of real text: on 22,000 real articles it
names one, rightly, and of real articles garbled on purpose it finds all where UTF-8 was read as cp1252 or Latin-1, once
or twice over, 99 of 100 for cp1250 and Mac Roman, 95 for cp1251. Its patterns cost 850 us an article, so it is only
asked about places that could be meant: a garbled letter is two or more characters beyond ASCII in a row, of which the
first is no quotation mark, dash or other sign of ordinary typography (16 us an article, with the same result). Beside
it count U+FFFD, which is what a decoder leaves of a letter it could not read, and rows of accented letters, which is
how Cyrillic looks when read as Latin-1 (ftfy lets them pass).

Left aside: patterns of our own for UTF-8 read as cp1252 are as good at that and see nothing of the others (cp1251 0,
Mac Roman 5 of 177). Not seen by either: an accent that became a question mark, half of the texts read as cp437, and
French without quotation marks read as cp1251.
"""

from __future__ import annotations

import itertools
import re

from dedup.check.page.view import Fault, Page, excerpt
from dedup.limits import GARBLED_AROUND, GARBLED_PLACES

LOST = "\ufffd"
# One set of characters in front lets the search skip at four times the speed of an alternative.
_DOUBTFUL = re.compile(r"[^\x00-\x7f“”‘’—–…\u00a0•\ufffd](?:(?<=[\x80-\x9f])|(?=[^\x00-\x7f\ufffd]))")
_ACCENTED_ROW = re.compile(r"[À-ÖØ-öø-ÿ]{5}")


def mojibake(page: Page) -> Fault | None:
    """TXT006. Cost: linear in the text; the dear question is asked about limits.GARBLED_PLACES places at most."""
    for text in (page.article.title, page.article.text):
        if text.isascii():
            continue
        if LOST in text:
            count = text.count(LOST)
            what = "a character was" if count == 1 else f"{count} characters were"
            return Fault("TXT006", f"{what} lost in decoding (U+FFFD)", _around(text, text.index(LOST)))
        if (at := _garbled_at(text)) >= 0:
            return Fault("TXT006", "letters are garbled: one encoding was read as another", _around(text, at))
    return None


def _garbled_at(text: str) -> int:
    """Where the first garbled sequence is, -1 without one."""
    for found in itertools.islice(_DOUBTFUL.finditer(text), GARBLED_PLACES):
        at = found.start()
        if _ACCENTED_ROW.match(text, at) or is_bad(text[max(0, at - GARBLED_AROUND) : at + GARBLED_AROUND]):
            return at
    return -1


def is_bad(text: str) -> bool:
    """As `ftfy.badness.is_bad`, which takes long to load and most feeds never need."""
    from ftfy import badness

    return bool(badness.is_bad(text))


def _around(text: str, at: int) -> str:
    return excerpt(text[max(0, at - 4 * GARBLED_AROUND) : at + 4 * GARBLED_AROUND])
