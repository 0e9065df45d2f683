"""Clean: article text -> the spans of it that are page and not story (`Mark`), and back to the spans that are story.

It marks, it never changes text. What a line is, is told by cues.py (words and shape), dedup/datelines.py, and page.py
(where it stands); vocabulary.py holds the words. One set of rules serves two readers: `furniture` for the paragraphs of
an article, `sentence_furniture` for a list of sentences or lines that are already split.

>>> lead = "The mayor of Northport resigned on Monday after the council voted to close the harbour."
>>> text = f"Mayor resigns\\nBy Ann Lee\\nNORTHPORT (AP) — {lead}\\nThe Associated Press contributed to this report."
>>> [(m.kind, text[m.start:m.end]) for m in furniture(text)][2:]
[('dateline', 'NORTHPORT (AP) — '), ('credit', 'The Associated Press contributed to this report.')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dedup.clean.page import judge
from dedup.clean.tails import tail_span
from dedup.datelines import dateline_end
from dedup.limits import CLEAN_DATELINE, CLEAN_TAIL_LINES
from dedup.model import Mark

__all__ = ["furniture", "lines", "sentence_furniture", "story_spans"]

_OTHER_BREAKS = ("\r", "\u2028", "\u2029")


def lines(text: str) -> list[tuple[int, int]]:
    """The spans of the lines of `text` that hold more than white space, trimmed of it. Cost: linear.

    >>> lines(" one\\n\\n two ")
    [(1, 4), (7, 10)]
    """
    return [(start, start + len(line)) for start, line in _cut(text)]


def _cut(text: str) -> list[tuple[int, str]]:
    """Where each line starts, and its trimmed text."""
    for other in _OTHER_BREAKS:
        if other in text:
            text = text.replace(other, "\n")
    found, at = [], 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            found.append((at if len(bare) == len(line) else at + len(line) - len(line.lstrip()), bare))
        at += len(line) + 1
    return found


def furniture(text: str) -> tuple[Mark, ...]:
    """Everything in `text` that is page and not story: sorted, disjoint, not empty spans. Cost: linear in the text."""
    cut = _cut(text)
    kinds = judge([line for _, line in cut])
    marks = []
    story = [i for i, kind in enumerate(kinds) if kind is None]
    edge = {*story[:1], *story[-CLEAN_TAIL_LINES:]}
    for i, ((start, line), kind) in enumerate(zip(cut, kinds, strict=True)):
        if kind is not None:
            marks.append(Mark(start, start + len(line), kind))
        elif i in edge or line[:2].isupper() or ")" in line[:CLEAN_DATELINE]:
            marks.extend(_inside(line, start, opens=i == story[0], closes=i in edge))
    return tuple(marks)


def _inside(line: str, start: int, *, opens: bool, closes: bool) -> list[Mark]:
    """The dateline at the beginning of a story line and the credits at the end of it."""
    marks = []
    head = dateline_end(line, opens=opens)
    if 0 < head < len(line):
        marks.append(Mark(start, start + head, "dateline"))
    if closes:
        tail = tail_span(line)
        if head <= tail < len(line):
            marks.append(Mark(start + tail, start + len(line), "credit"))
    return marks


def story_spans(text: str, marks: Iterable[Mark]) -> list[tuple[int, int]]:
    """What `marks` leave of `text`, line by line, trimmed of white space; in order, never empty."""
    held = sorted((mark.start, mark.end) for mark in marks)
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end in [*held, (len(text), len(text))]:
        spans.extend((at + s, at + e) for s, e in lines(text[at:start]))
        at = max(at, end)
    return spans


def sentence_furniture(sentences: Sequence[str], *, originals: Sequence[Sequence[str]] = ()) -> list[bool]:
    """Which of `sentences` (or lines) are furniture; blank ones are.

    `originals`: the lines of each wire original. A sentence that stands in one word for word is what it is there.

    >>> sentence_furniture(["Photo: Ann Lee, AP", "They booed."])
    [True, False]
    """
    held = [i for i, sentence in enumerate(sentences) if sentence.strip()]
    kinds = judge([sentences[i].strip() for i in held], split=True)
    settled = _settled(originals)
    answer = [True] * len(sentences)
    for i, kind in zip(held, kinds, strict=True):
        answer[i] = settled.get(_plain(sentences[i]), kind is not None)
    return answer


def _settled(originals: Sequence[Sequence[str]]) -> dict[str, bool]:
    settled: dict[str, bool] = {}
    for original in originals:
        held = [line.strip() for line in original if line.strip()]
        for line, kind in zip(held, judge(held, split=True), strict=True):
            settled[_plain(line)] = kind is not None
    return settled


def _plain(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))
