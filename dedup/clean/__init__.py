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

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from dedup.clean.page import judge
from dedup.clean.tails import tail_span
from dedup.datelines import dateline_end
from dedup.limits import CLEAN_DATELINE, CLEAN_TAIL_LINES
from dedup.model import Mark

__all__ = ["furniture", "lines", "sentence_furniture", "story", "story_spans"]

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
        if line and (bare := line.strip()):
            found.append((at if bare[0] == line[0] else at + len(line) - len(line.lstrip()), bare))
        at += len(line) + 1
    return found


def furniture(text: str) -> tuple[Mark, ...]:
    """Everything in `text` that is page and not story: sorted, disjoint, not empty spans. Cost: linear in the text."""
    return tuple(_marks(_cut(text)))


def story(text: str) -> tuple[tuple[Mark, ...], list[tuple[int, int]]]:
    """The marks of `furniture` and the spans of `story_spans` together, cheaper than one after the other.

    >>> marks, spans = story("Share on Facebook\\nNORTHPORT (AP) — The mayor of the town resigned on Monday.")
    >>> [(mark.kind, mark.start) for mark in marks], spans
    ([('share', 0), ('dateline', 18)], [(35, 76)])
    """
    cut = _cut(text)
    marks = _marks(cut)
    return tuple(marks), _left(cut, marks)


def _marks(cut: Sequence[tuple[int, str]]) -> list[Mark]:
    kinds = judge([line for _, line in cut])
    marks: list[Mark] = []
    story = [i for i, kind in enumerate(kinds) if kind is None]
    edge = {*story[:1], *story[-CLEAN_TAIL_LINES:]}
    for i, ((start, line), kind) in enumerate(zip(cut, kinds, strict=True)):
        if kind is not None:
            marks.append(Mark(start, start + len(line), kind))
        elif i in edge or line[:2].isupper() or ")" in line[:CLEAN_DATELINE]:
            marks.extend(_inside(line, start, opens=i == story[0], closes=i in edge))
    return marks


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
    return _left(_cut(text), sorted(marks, key=lambda mark: (mark.start, mark.end)))


def _left(cut: Sequence[tuple[int, str]], marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """What `marks`, in order, leave of the lines."""
    spans: list[tuple[int, int]] = []
    first = 0
    for start, line in cut:
        end = start + len(line)
        while first < len(marks) and marks[first].end <= start:
            first += 1
        if first == len(marks) or marks[first].start >= end:
            spans.append((start, end))
        elif marks[first].start > start or marks[first].end < end:
            spans.extend(_between(line, start, itertools.islice(marks, first, None)))
    return spans


def _between(line: str, start: int, marks: Iterable[Mark]) -> Iterator[tuple[int, int]]:
    """What `marks` leave of one line."""
    at, end = start, start + len(line)
    for mark in marks:
        if mark.start >= end:
            break
        yield from _trimmed(line[at - start : max(0, mark.start - start)], at)
        at = max(at, mark.end)
    yield from _trimmed(line[at - start :], at)


def _trimmed(piece: str, at: int) -> Iterator[tuple[int, int]]:
    bare = piece.strip()
    if bare:
        start = at + len(piece) - len(piece.lstrip())
        yield start, start + len(bare)


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
