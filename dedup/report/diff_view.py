"""View: a `Diff` -> what a reader is shown in any medium: a head, units in the article's order, what was dropped.

A unit is one sentence, or sentences next to each other that share the originals they go back to (a split). It says in a
character and in words what became of it, shows the wire's words and the outlet's with what only one side has, and
names the changes of fact. Verbatim sentences, furniture and drops that lose no fact are folded.

Sentences are called R4 (the fourth of Reuters) and 4 (the fourth of the article): people count from 1, JSON from 0.
All text is made safe here, piece by piece; a renderer adds nothing but layout and the escapes of its medium.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from dedup.model import Change, Contradiction, Diff, DiffSentence, Wire
from dedup.report.safe import for_terminal

Mark = Literal["", "gone", "new"]  # in both; only in the wire; only here
Span = tuple[int, int]

LEGEND = "= verbatim   ~ reworded   < > moved   + added   - dropped   ! change of fact   [-only wire-]   {+only here+}"

_QUOTATION = "the quotation"
_TYPES = {
    "info_added": "FACT ADDED", "info_dropped": "FACT LEFT OUT", "negation": "MEANING REVERSED",
}  # fmt: skip
# For counting: one, several.
_COUNTED = {
    "info_added": ("fact added", "facts added"),
    "info_dropped": ("fact left out", "facts left out"),
    "negation": ("meaning reversed", "meanings reversed"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words and whether only one side has them."""

    text: str
    mark: Mark = ""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One original sentence beside a unit."""

    tag: str  # "R4"
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to say under a unit."""

    text: str
    grave: bool = True  # a change of fact, or wires that disagree


@dataclass(frozen=True, slots=True)
class Unit:
    """One or more article sentences and what they go back to."""

    sign: str  # one of "=~<>+ "
    numbers: str  # "3", "3-4"
    state: str  # "reworded, moved up"
    tags: tuple[str, ...]
    wire: tuple[Told, ...]
    outlet: Pieces
    notes: tuple[Note, ...]
    foldable: bool  # nothing to see but that it is there


@dataclass(frozen=True, slots=True)
class Loss:
    """A dropped original sentence."""

    tag: str
    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A diff as it is shown."""

    title: str
    summary: tuple[str, ...]
    key: str  # what R and A stand for
    warnings: tuple[str, ...]
    units: tuple[Unit, ...]
    dropped: tuple[Loss, ...]  # of originals the article uses
    unused: tuple[tuple[str, tuple[Loss, ...]], ...]  # name -> of originals it does not use at all


def view(diff: Diff) -> View:
    """What is shown of `diff`."""
    tags = _Tags([wire.name for wire in diff.originals])
    used = {wire.name for wire in diff.originals if wire.used}
    losses = [(d.original, _loss(tags(d.original, d.index), d.text, d.facts)) for d in diff.dropped]
    return View(
        _title(diff),
        tuple(_summary(diff)),
        ", ".join(_keyed(wire, tags) for wire in diff.originals),
        tuple(_warnings(diff)),
        tuple(_units(diff, tags)),
        tuple(loss for name, loss in losses if name in used),
        tuple(
            (for_terminal(w.name), tuple(loss for n, loss in losses if n == w.name))
            for w in diff.originals
            if not w.used
        ),
    )


def wire_tags(names: Sequence[str], name: str, index: int) -> str:
    """What sentence `index` of original `name` is called beside those of the others.

    >>> wire_tags(["reuters", "ap", "afp"], "ap", 3)
    'AP4'
    """
    return _Tags(names)(name, index)


# ---------------------------------------------------------------- names of sentences


class _Tags:
    """Original and sentence number -> "R4". The shortest beginnings of the names that tell them apart, else W1, W2."""

    def __init__(self, names: Sequence[str]) -> None:
        letters = ["".join(c for c in name if c.isascii() and c.isalpha()).upper() for name in names]
        self._prefixes = {name: f"W{i}." for i, name in enumerate(names, 1)}
        for size in (1, 2, 3):
            short = [word[:size] for word in letters]
            if all(short) and len(set(short)) == len(short):
                self._prefixes = dict(zip(names, short, strict=True))
                break

    def __call__(self, name: str, index: int) -> str:
        return f"{self._prefixes[name]}{index + 1}"

    def letter(self, name: str) -> str:
        """What stands before the number."""
        return self._prefixes[name].rstrip(".")


# ---------------------------------------------------------------- head


def _title(diff: Diff) -> str:
    named = for_terminal(diff.outlet) or for_terminal(diff.id) or for_terminal(diff.path) or "the article"
    return f'{named}  "{for_terminal(diff.title)}"' if diff.title else named


def _summary(diff: Diff) -> Iterator[str]:
    used = [w for w in diff.originals if w.used]
    shares = ", ".join(f"{for_terminal(w.name)} {percent(w.share)}" for w in used)
    what = "are wire copy" if not used or any(w.agency for w in used) else "are shared, and no agency is named"
    yield f"{percent(diff.from_wire)} of its words {what}" + (f": {shares}" if shares else "")
    labels = Counter(s.label for s in diff.sentences)
    counts = f"{labels['verbatim']} verbatim, {labels['reworded']} reworded, {labels['added']} added"
    dropped = Counter(d.original for d in diff.dropped)
    left = [
        f"{for_terminal(w.name)} {dropped[w.name]} of {sum(not s.furniture for s in w.sentences)}"
        for w in diff.originals
        if w.used and dropped[w.name]
    ]
    yield f"sentences: {counts} | dropped: {', '.join(left) or 'none'}"
    yield _changes(diff)


def _changes(diff: Diff) -> str:
    if not diff.typed:
        return "changes of fact: not typed, since the rules do not know the language"
    found = Counter(c.type for s in diff.sentences for c in s.changes if c.of_fact)
    names = {kind: _COUNTED.get(kind, (kind, f"{kind}s")) for kind in found}
    kinds = ", ".join(f"{n} {names[kind][n > 1]}" for kind, n in sorted(found.items(), key=lambda item: -item[1]))
    return f"{_counted(found.total(), 'change')} of fact" + (f": {kinds}" if kinds else "")


def _warnings(diff: Diff) -> Iterator[str]:
    if diff.uncredited:
        yield "uses an agency's text and names no agency"
    elif not diff.credits and any(wire.agency and wire.used for wire in diff.originals):
        yield "gives no agency as its source"
    if diff.disputed:
        yield f"the wires disagree on {_counted(diff.disputed, 'fact')}"
    if any(_hidden(s.text) for s in diff.sentences):
        yield "the text holds characters that cannot be seen or turn the direction of writing, shown as <U+...>"


def _hidden(text: str) -> bool:
    return "<U+" in for_terminal(text) and "<U+" not in text


def _keyed(wire: Wire, tags: _Tags) -> str:
    version = f" ({for_terminal(wire.version)})" if wire.version else ""
    name = for_terminal(wire.name)
    id = f" {for_terminal(wire.id)}" if wire.id and wire.id != wire.name else ""
    return f"{tags.letter(wire.name)} = {name}{id}{version}, {_counted(len(wire.sentences), 'sentence')}"


def percent(share: float) -> str:
    """'61%'; 100% means all of it."""
    return f"{int(100 * share + 1e-9)}%"


def _counted(n: int, noun: str) -> str:
    """'1 change', '4 changes', '0 changes'."""
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


# ---------------------------------------------------------------- units


def _units(diff: Diff, tags: _Tags) -> Iterator[Unit]:
    wires = {wire.name: wire for wire in diff.originals}
    upward = _moved_up(diff.sentences)
    for _, group in groupby(diff.sentences, key=_unit_key):
        held = list(group)
        told = tuple(
            _told(place, wires, tags) for place in dict.fromkeys((k.original, k.index) for s in held for k in s.links)
        )
        yield Unit(
            _sign(held[0], upward),
            str(held[0].index + 1) if len(held) == 1 else f"{held[0].index + 1}-{held[-1].index + 1}",
            _state(held, upward),
            tuple(t.tag for t in told),
            told,
            _joined(_pieces(s.text, s.put_in, "new") for s in held),
            tuple(_notes(held, tags)),
            held[0].label in ("verbatim", "furniture")
            and not held[0].moved
            and not any(s.contradictions for s in held),
        )


def _unit_key(sentence: DiffSentence) -> object:
    """Equal for sentences that are shown together: parts of one original sentence."""
    if sentence.label != "reworded" or len(sentence.links) != 1:
        return sentence.index
    link = sentence.links[0]
    return (link.original, link.index, sentence.moved)


def _sign(sentence: DiffSentence, upward: Mapping[int, bool]) -> str:
    if sentence.moved:
        return "<" if upward[sentence.index] else ">"
    return {"verbatim": "=", "reworded": "~", "added": "+", "furniture": " "}[sentence.label]


def _state(held: Sequence[DiffSentence], upward: Mapping[int, bool]) -> str:
    first = held[0]
    words: list[str] = [first.label]
    if first.label == "added":
        words = ["added: in no supplied wire"]
    elif first.label == "furniture":
        words = ["furniture: page, not story"]
    elif len(held) > 1:
        words.append(f"split in {len(held)}")
    elif max(Counter(link.original for link in first.links).values(), default=0) > 1:
        words.append("merged")
    if {c.type for s in held for c in s.changes} == {"wording"} and first.label == "reworded":
        words.append("wording only")
    if first.moved:
        words.append("moved up" if upward[first.index] else "moved down")
    return ", ".join(words)


def _moved_up(sentences: Sequence[DiffSentence]) -> dict[int, bool]:
    """Moved sentence -> whether it stands before something that the wire had first."""
    upward = {}
    for sentence in sentences:
        if sentence.moved:
            link = max(sentence.links, key=lambda k: k.score)
            places = [
                (s.index, k.index) for s in sentences for k in s.links if not s.moved and k.original == link.original
            ]
            jumped = sum(at > sentence.index and wire < link.index for at, wire in places)
            passed = sum(at < sentence.index and wire > link.index for at, wire in places)
            upward[sentence.index] = jumped >= passed
    return upward


def _told(place: tuple[str, int], wires: Mapping[str, Wire], tags: _Tags) -> Told:
    sentence = wires[place[0]].sentences[place[1]]
    return Told(tags(*place), _pieces(sentence.text, sentence.left_out, "gone"))


def _pieces(text: str, spans: Iterable[Span], mark: Mark) -> Pieces:
    """`text` cut at `spans`, made safe."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [Piece(for_terminal(text[at:start])), Piece(for_terminal(text[start:end]), mark)]
        at = end
    pieces.append(Piece(for_terminal(text[at:])))
    return tuple(piece for piece in pieces if piece.text)


def _joined(parts: Iterable[Pieces]) -> Pieces:
    joined: list[Piece] = []
    for part in parts:
        joined += [Piece(" "), *part] if joined else part
    return tuple(joined)


# ---------------------------------------------------------------- notes


def _notes(held: Sequence[DiffSentence], tags: _Tags) -> Iterator[Note]:
    several = len({(k.original, k.index) for s in held for k in s.links}) > 1
    changes = [c for s in held for c in s.changes]
    yield from (Note(_changed(c, tags, several)) for c in changes if c.of_fact)
    yield from (Note(_disagreement(c, tags)) for s in held for c in s.contradictions)
    yield from (Note(_changed(c, tags, several), False) for c in changes if not c.of_fact and c.type != "wording")


def _changed(change: Change, tags: _Tags, several: bool) -> str:
    kind = _TYPES.get(change.type, change.type.upper())
    before, after = for_terminal(change.before), for_terminal(change.after)
    where = f" ({tags(change.against.original, change.against.index)})" if several and change.against else ""
    if change.type in ("info_added", "info_dropped"):
        return f"{kind}{where}: {before or after}"
    told = f"{kind}{where} {before} -> {after}"
    if not before or not after:
        told = f"{kind}{where} {'put in' if after else 'dropped'}: {before or after}"
    note = for_terminal(change.note)
    return f"{told} ({note})" if note and note not in ("dropped", "added", "put in") else told


def _disagreement(found: Contradiction, tags: _Tags) -> str:
    says = [
        f'{tags(link.original, link.index)} "{for_terminal(text)}"'
        for link, text in ((found.one, found.one_text), (found.other, found.other_text))
    ]
    follows = f"follows {for_terminal(found.followed)}" if found.followed else f'here "{for_terminal(found.text)}"'
    return f"WIRES DISAGREE {', '.join(says)}: {follows}"


def _loss(tag: str, text: str, facts: Sequence[str]) -> Loss:
    """A dropped sentence; its facts, but for those that stand in others, and a quotation that fills it by that word."""
    alone = [fact for fact in facts if not any(fact != other and fact in other for other in facts)]
    told = (_QUOTATION if 2 * len(fact) > len(text) and len(fact) > len(_QUOTATION) else fact for fact in alone)
    return Loss(tag, for_terminal(text), tuple(for_terminal(fact) for fact in told))
