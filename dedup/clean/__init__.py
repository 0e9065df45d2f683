"""Clean: article text -> the spans of it that are page and not story (`Mark`), and back to the spans that are story.

It marks, it never changes text. What a line is, is told by cues.py (words and shape), dedup/datelines.py, and page.py
(where it stands); vocabulary.py holds the words; screen.py (numba, imported only when asked for) passes texts that are
nothing but story. One set of rules serves two readers: `furniture` for the paragraphs of
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
from dedup.clean.tails import may_hold_tail, tail_span
from dedup.datelines import dateline_end
from dedup.limits import CLEAN_DATELINE, CLEAN_TAIL_LINES
from dedup.model import FurnitureKind, Mark, Texts

__all__ = ["furniture", "furniture_of", "lines", "sentence_furniture", "story", "story_spans", "unmarked"]

_OTHER_BREAKS = ("\r", "\u2028", "\u2029")
Span = tuple[int, int]
Inside = tuple[int, int, FurnitureKind]  # start and end in a line


def lines(text: str) -> list[Span]:
    """The spans of the lines of `text` that hold more than white space, trimmed of it. Cost: linear.

    >>> lines(" one\\n\\n two ")
    [(1, 4), (7, 10)]
    """
    pieces = _pieces(text)
    return [(start, start + len(line)) for start, line in zip(_starts(pieces), _trimmed(pieces), strict=True)]


def _pieces(text: str) -> list[str]:
    for other in _OTHER_BREAKS:
        if other in text:
            text = text.replace(other, "\n")
    return text.split("\n")


def _trimmed(pieces: Sequence[str]) -> list[str]:
    return [line for piece in pieces if (line := piece.strip())]


def _starts(pieces: Sequence[str]) -> list[int]:
    """Where the lines of `_trimmed` begin in the text."""
    starts, at = [], 0
    for piece in pieces:
        if line := piece.strip():
            starts.append(at if piece[0] == line[0] else at + len(piece) - len(piece.lstrip()))
        at += len(piece) + 1
    return starts


def furniture(text: str) -> tuple[Mark, ...]:
    """Everything in `text` that is page and not story: sorted, disjoint, not empty spans. Cost: linear in the text."""
    pieces = _pieces(text)
    held = _trimmed(pieces)
    kinds = judge(held)
    inside = _inside(held, kinds, bracketed=")" in text)
    if not inside and not any(kinds):
        return ()
    marks: list[Mark] = []
    for i, start in enumerate(_starts(pieces)):
        if (kind := kinds[i]) is not None:
            marks.append(Mark(start, start + len(held[i]), kind))
        elif i in inside:
            marks += [Mark(start + begin, start + end, what) for begin, end, what in inside[i]]
    return tuple(marks)


def furniture_of(texts: Sequence[str], batch: Texts, *, compiled: bool) -> list[tuple[Mark, ...]]:
    """`furniture` of each text. `batch`: the same texts as arrays, which show quickly where there is none.

    compiled: whether they are to be asked; the marks are the same.
    """
    if not compiled:
        return [furniture(text) for text in texts]
    from dedup.clean import screen

    clear = screen.all_story(batch).tolist()
    return [() if is_clear else furniture(text) for text, is_clear in zip(texts, clear, strict=True)]


def _inside(held: Sequence[str], kinds: Sequence[object], *, bracketed: bool) -> dict[int, list[Inside]]:
    """The story lines that have a dateline, or credits at their end. `bracketed`: one of the lines has a bracket."""
    story = [i for i, kind in enumerate(kinds) if kind is None]
    ends = {*story[:1], *story[-CLEAN_TAIL_LINES:]}
    credited = may_hold_tail("\n".join([held[i] for i in ends]))
    found = {}
    for i in story:
        line = held[i]
        if i in ends or line[:2].isupper() or (bracketed and ")" in line[:CLEAN_DATELINE]):
            head = dateline_end(line, opens=i == story[0])
            tail = tail_span(line) if credited and i in ends else len(line)
            if head or tail < len(line):
                found[i] = _parts(line, head, tail)
    return found


def _parts(line: str, head: int, tail: int) -> list[Inside]:
    """A dateline that ends at `head` and credits that begin at `tail`, where there is story besides."""
    parts: list[Inside] = [(0, head, "dateline")] if 0 < head < len(line) else []
    return [*parts, (tail, len(line), "credit")] if head <= tail < len(line) else parts


def story(text: str) -> tuple[tuple[Mark, ...], list[Span]]:
    """The marks of `furniture` and the spans of `story_spans`.

    >>> marks, spans = story("Share on Facebook\\nNORTHPORT (AP) — The mayor of the town resigned on Monday.")
    >>> [(mark.kind, mark.start) for mark in marks], spans
    ([('share', 0), ('dateline', 18)], [(35, 76)])
    """
    marks = furniture(text)
    return marks, story_spans(text, marks)


def unmarked(text: str, marks: Iterable[Mark]) -> list[Span]:
    """The stretches of `text` that `marks` leave, line breaks and all: what sign takes, which knows lines by itself.

    >>> unmarked("Share on Facebook\\nThe mayor resigned.\\nThey booed.", [Mark(0, 17, "share")])
    [(17, 49)]
    """
    left, at = [], 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if at < mark.start:
            left.append((at, mark.start))
        at = max(at, mark.end)
    return [*left, (at, len(text))] if at < len(text) else left


def story_spans(text: str, marks: Iterable[Mark]) -> list[Span]:
    """What `marks` leave of `text`, line by line, trimmed of white space; in order, never empty.

    >>> story_spans("Share on Facebook\\nThe mayor resigned.\\nThey booed.", [Mark(0, 17, "share")])
    [(18, 37), (38, 49)]
    """
    return [(at + start, at + end) for at, stop in unmarked(text, marks) for start, end in lines(text[at:stop])]


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
