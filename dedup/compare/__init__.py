"""Compare: what align and facts found of one article -> its `Diff`; several of them -> a cluster's `Matrix`.

Words come from a wire where a linked sentence has them at that place (`marks.py`): what a reader sees unmarked is what
is counted, so that figures and picture agree. Furniture and datelines count for nothing.

The facts of a sentence were held against the sentences it is linked to. What the rest of the article says is known
only here: a person whom an earlier sentence introduced in full is not identified less by the surname.

marks     two sentences -> the words only one of them has
matrix    the facts of an original and the diffs against it -> who kept, reworded, altered and dropped what
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dedup import limits
from dedup.compare.marks import Words, flags, spans
from dedup.compare.matrix import fates
from dedup.datelines import dateline_end
from dedup.model import SECOND_MENTION, Change, Credit, Diff, DiffSentence, Link, Wire, WireSentence
from dedup.words import words

__all__ = ["fates", "join"]

# Roles in which an outlet gives an agency as its source. "told AP" in the copy names one and gives no credit; a picture
# credit says nothing about the words.
_SOURCE_ROLES = frozenset({"outlet", "dateline", "byline", "tail", "report"})
_SILENT_ROLES = frozenset({"photo"})


def join(draft: Diff, credits: Iterable[Credit]) -> Diff:
    """`draft` with everything that needs all of its sentences: words put in and left out, shares, credit, kept.

    Of `draft`, labels, links, changes and dropped sentences are taken as they are. Cost: linear in the links.
    """
    kept_here, kept_there = _kept(draft)
    named = [c for c in credits if c.role not in _SILENT_ROLES]
    told = tuple(sorted({c.agency for c in named if c.role in _SOURCE_ROLES}))
    names = [wire.name for wire in draft.originals]
    story = [s.index for s in draft.sentences if s.label != "furniture"]
    total = sum(len(kept_here[i].words) for i in story) or 1
    shares = {name: sum(sum(kept_here[i].by(name)) for i in story) / total for name in names}
    from_wire = sum(sum(kept_here[i].any()) for i in story) / total
    return replace(
        draft,
        from_wire=from_wire,
        credits=told,
        uncredited=not named and any(w.agency and shares[w.name] >= limits.CREDIT_OWED for w in draft.originals),
        originals=tuple(_wire(wire, draft, kept_there, shares[wire.name]) for wire in draft.originals),
        sentences=tuple(_told_once(_sentence(s, kept_here[s.index], draft) for s in draft.sentences)),
    )


# ---------------------------------------------------------------- words


class _Kept:
    """Which words of a text its counterparts have, per wire."""

    def __init__(self, text: str) -> None:
        after = dateline_end(text)
        self.words: Words = [w for w in words(text) if w.start >= after]
        self._by: dict[str, list[bool]] = {}

    def add(self, name: str, found: Sequence[bool]) -> None:
        before = self._by.get(name)
        self._by[name] = [a or b for a, b in zip(before, found, strict=True)] if before else list(found)

    def by(self, name: str) -> list[bool]:
        return self._by.get(name, [])

    def any(self) -> list[bool]:
        return [any(flags) for flags in zip(*self._by.values(), strict=True)] if self._by else [False] * len(self.words)


def _kept(draft: Diff) -> tuple[list[_Kept], Mapping[tuple[str, int], _Kept]]:
    """The words kept of every article sentence, and of every original sentence that something links to."""
    wires = {wire.name: wire.sentences for wire in draft.originals}
    here = [_Kept(s.text) for s in draft.sentences]
    there: dict[tuple[str, int], _Kept] = {}
    for sentence in draft.sentences:
        mine = here[sentence.index]
        for link in sentence.links:
            place = (link.original, link.index)
            if place not in there:
                there[place] = _Kept(wires[link.original][link.index].text)
            theirs = there[place]
            left, right = flags(mine.words, theirs.words)
            mine.add(link.original, left)
            theirs.add("", right)
    return here, there


def _sentence(sentence: DiffSentence, kept: _Kept, draft: Diff) -> DiffSentence:
    put_in: tuple[tuple[int, int], ...] = ()
    if sentence.label == "added":
        put_in = ((0, len(sentence.text)),)
    elif sentence.label == "reworded":
        put_in = spans(kept.words, kept.any())
    return replace(sentence, put_in=put_in, changes=_in_context(sentence, draft.sentences))


def _wire(wire: Wire, draft: Diff, there: Mapping[tuple[str, int], _Kept], share: float) -> Wire:
    linked = [(wire.name, i) in there for i in range(len(wire.sentences))]
    story = [i for i, s in enumerate(wire.sentences) if not s.furniture]
    held = tuple(_left_out(s, there.get((wire.name, i))) for i, s in enumerate(wire.sentences))
    return replace(wire, sentences=held, kept=sum(linked[i] for i in story) / max(1, len(story)), share=share)


def _left_out(sentence: WireSentence, kept: _Kept | None) -> WireSentence:
    return replace(sentence, left_out=spans(kept.words, kept.any())) if kept else sentence


# ---------------------------------------------------------------- context


def _told_once(sentences: Iterable[DiffSentence]) -> Iterator[DiffSentence]:
    """`sentences` without the contradictions an earlier one has, unless they follow the other wire."""
    told: set[tuple[Link, tuple[int, int], str, str]] = set()
    for sentence in sentences:
        kept = []
        for c in sentence.contradictions:
            ends = {
                (replace(link, score=0.0), span, rival.original, c.followed)
                for link, span, rival in ((c.one, c.one_span, c.other), (c.other, c.other_span, c.one))
            }
            if not told & ends:
                kept.append(c)
            told |= ends
        yield replace(sentence, contradictions=tuple(kept)) if sentence.contradictions else sentence


def _in_context(sentence: DiffSentence, sentences: Sequence[DiffSentence]) -> tuple[Change, ...]:
    """The changes, those named that the article before this sentence makes good."""
    return tuple(
        replace(c, note=SECOND_MENTION) if _introduced(c, sentence, sentences) else c for c in sentence.changes
    )


def _introduced(change: Change, sentence: DiffSentence, sentences: Sequence[DiffSentence]) -> bool:
    """Whether a name is identified less where an earlier sentence has it in full."""
    if change.type != "name" or change.note != "identified less":
        return False
    name = {word.norm for word in words(change.before)}
    earlier = sentences[max(0, sentence.index - limits.INTRODUCED_WITHIN) : sentence.index]
    return any(s.label != "furniture" and name <= {word.norm for word in words(s.text)} for s in earlier)
