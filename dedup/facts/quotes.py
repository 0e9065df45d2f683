"""Quotes: a sentence -> the spans inside quotation marks.

Marks come straight, curly, doubled single (``x''), in guillemets or low-high („x“), and as single marks where an outlet
sets them so. A straight or curly single mark is a quotation mark only when it opens before a word at a gap and closes
after a word at a gap with no double-marked quotation around it; everything else of that shape is an apostrophe.

Quotations run over sentences: a mark that opens and never closes quotes to the end, a mark that closes without having
opened quotes from the start, as long as no other quotation stands between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: the span of what stands between the marks, the marks left out."""

    start: int
    end: int
    text: str
    whole: bool  # both marks stand in this sentence


@cache
def _any_mark() -> re.Pattern[str]:
    return re.compile("[\"“”„«»＂‟`'‘’]")


@cache
def _double() -> re.Pattern[str]:
    return re.compile(r"[\"“”„«»＂‟]|``|['‘’]{2}")


@cache
def _single() -> re.Pattern[str]:
    return re.compile(r"(?<![\w'’‘])['‘](?=\w)|(?<=[\w.,!?…])['’](?!\w)")


def quotes(text: str) -> list[Quote]:
    """The quotations of a sentence in order, never nested. Cost: linear in the text.

    >>> [q.text for q in quotes('She said “no” and "don’t ask".')]
    ['no', 'don’t ask']
    >>> [(q.text, q.whole) for q in quotes('We lost, " he said.')]
    [('We lost, ', False)]
    """
    if not _any_mark().search(text):
        return []
    found = _paired(text, [(m.start(), m.end(), _turn(text, m)) for m in _double().finditer(text)])
    return found or _paired_single(text)


def _turn(text: str, match: re.Match[str]) -> int:
    """+1 opens, -1 closes, 0 either: straight marks are told by the gap beside them."""
    mark = match.group()
    if mark in ("“", "„", "«", "``", "‘‘"):
        return 1
    if mark in ("”", "»", "’’"):
        return -1
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    opens = (not before or before in " \u00a0(\u2014\u2013-[:") and after != "" and not after.isspace()
    closes = before != "" and not before.isspace() and (not after or not after.isalnum())
    closes = closes or (before == after == " " and text[match.start() - 2 : match.start() - 1] in (",", ".", "!", "?"))
    return 1 if opens and not closes else -1 if closes and not opens else 0


def _paired(text: str, marks: list[tuple[int, int, int]]) -> list[Quote]:
    found: list[Quote] = []
    open_at = -1
    for start, end, turn in marks:
        if open_at < 0 and turn < 0:
            if not found:
                found.append(Quote(0, start, text[:start], whole=False))
        elif open_at < 0:
            open_at = end
        elif turn <= 0:
            found.append(Quote(open_at, start, text[open_at:start], whole=True))
            open_at = -1
    if open_at >= 0:
        found.append(Quote(open_at, len(text), text[open_at:], whole=False))
    return [q for q in found if any(c.isalnum() for c in q.text)]


def _paired_single(text: str) -> list[Quote]:
    """Single marks as quotation marks: pairs only, since a mark on its own is far more often an apostrophe."""
    found: list[Quote] = []
    open_at = -1
    for match in _single().finditer(text):
        opens = not text[match.start() - 1 : match.start()].strip() or text[match.start() - 1] in "([—–"
        if opens and open_at < 0:
            open_at = match.end()
        elif not opens and open_at >= 0 and match.start() - open_at > 2 and not _possessive(text, match):
            found.append(Quote(open_at, match.start(), text[open_at : match.start()], whole=True))
            open_at = -1
    return found


def _possessive(text: str, match: re.Match[str]) -> bool:
    """ "the workers' union": an s before, a lower-case word after, and a better closing mark later on."""
    after = text[match.end() : match.end() + 2]
    later = _single().search(text, match.end())
    return text[match.start() - 1] in "sS" and after[:1] == " " and after[1:].islower() and later is not None
