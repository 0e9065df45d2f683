"""Diffs of an invented ferry story, put together by hand so that only compare and report decide what they look like."""

from __future__ import annotations

from dedup import compare
from dedup.model import (
    Change,
    Contradiction,
    Credit,
    Diff,
    DiffSentence,
    Dropped,
    FactCell,
    Label,
    Link,
    Matrix,
    Wire,
    WireFact,
    WireSentence,
)

REUTERS = [
    "NORTHPORT, Nov 3 (Reuters) - Three people were killed when a ferry capsized off Karvos on Tuesday, the local "
    "coast guard said.",
    "The sea was calm.",
    "A senior official told Reuters about 40 people may have been aboard.",
    "The wreck lies at 30 metres.",
]
AP = [
    "The ferry carried 38 people, AP was told.",
    '"We heard a loud crack and then water," said passenger Eleni Kosta, who swam ashore.',
    "Two tugs, the Orla and the Finn, joined the search.",
]
PA = ["The operator is based in Westmere."]
ARTICLE = [
    "Ferry sinks off Karvos",
    "Three people were killed when a ferry capsized off Karvos on Tuesday, the local coast guard said.",
    '"We heard a crack and then screaming," Eleni Kosta said.',
    "She swam ashore.",
    "More than 50 people were aboard.",
    "Opposition leaders called for the minister to resign.",
    "Kosta lives in Karvos.",
]


def ferry() -> Diff:
    """Every state: furniture, verbatim, moved and split, reworded, wires that disagree, added, dropped, not used."""
    reuters, quoted, ap = Link("Reuters", 2, 0.6), Link("AP", 1, 0.7), Link("AP", 0, 0.5)
    number = Change("number", "about 40", "More than 50", reuters, (31, 39), (0, 12))
    hedge = Change("hedge", "may", "", reuters, (47, 50), None, "dropped")
    quote = Change("quote", "a loud crack", "a crack", quoted, (10, 22), (10, 17))
    again = Change("name", "Eleni Kosta", "Kosta", quoted, (55, 66), (0, 5), "identified less")
    between = Contradiction("number", ap, "38", (18, 20), reuters, "about 40", (31, 39), "", "More than 50", (0, 12))
    rows: list[tuple[Label, bool, tuple[Link, ...], tuple[Change, ...], tuple[Contradiction, ...]]] = [
        ("furniture", False, (), (), ()),
        ("verbatim", False, (Link("Reuters", 0, 1.0),), (), ()),
        ("reworded", True, (quoted,), (quote,), ()),
        ("reworded", True, (quoted,), (), ()),
        ("reworded", False, (ap, reuters), (number, hedge), (between,)),
        ("added", False, (), (), ()),
        ("reworded", False, (quoted,), (again,), ()),
    ]
    return joined("Daily Example", "Ferry sinks off Karvos", ARTICLE, rows)


def joined(
    outlet: str,
    title: str,
    texts: list[str],
    rows: list[tuple[Label, bool, tuple[Link, ...], tuple[Change, ...], tuple[Contradiction, ...]]],
    wires: tuple[Wire, ...] = (),
    credits: tuple[Credit, ...] = (Credit("Reuters", "tail", 0, 7),),
) -> Diff:
    """A diff of `texts` against `wires` (default: those of the ferry), with what compare adds to it."""
    wires = wires or (wire("Reuters", REUTERS, "UPDATE 1"), wire("AP", AP), wire("PA", PA, sibling=True))
    sentences, at = [], 0
    for i, (text, row) in enumerate(zip(texts, rows, strict=True)):
        sentences.append(DiffSentence(i, at, at + len(text), text, *row))
        at += len(text) + 1
    linked = {(k.original, k.index) for s in sentences for k in s.links}
    left = [(w.name, i, s.text) for w in wires for i, s in enumerate(w.sentences) if (w.name, i) not in linked]
    dropped = tuple(Dropped(name, i, text, FACTS.get(text, ())) for name, i, text in left)
    draft = Diff(
        "dedup test", "daily-7", outlet, title, "2025-11-04", "a/daily-7.txt", 0.0, (), False, True, wires,
        tuple(sentences), dropped,
    )  # fmt: skip
    return compare.join(draft, credits)


FACTS = {
    "The wreck lies at 30 metres.": ("30 metres",),
    "Two tugs, the Orla and the Finn, joined the search.": ("Two", "Orla", "Finn"),
    "The operator is based in Westmere.": ("Westmere",),
}


def wire(name: str, texts: list[str], version: str = "", *, sibling: bool = False) -> Wire:
    """An original before compare has seen it."""
    sentences, at = [], 0
    for text in texts:
        sentences.append(WireSentence(at, at + len(text), text, False))
        at += len(text) + 1
    return Wire(name, name.lower() + "-1", version, name, sibling, tuple(sentences), 0.0, 0.0)


def matrix() -> Matrix:
    """Two outlets and five facts, every fate once at least."""
    one = ferry()
    facts = (
        WireFact(0, 30, 35, "Three"), WireFact(0, 80, 86, "Karvos"), WireFact(2, 31, 39, "about 40"),
        WireFact(3, 18, 27, "30 metres"), WireFact(1, 0, 3, '"We heard a loud crack and then water, and nobody came"'),
    )  # fmt: skip
    cells = (
        (FactCell("kept"), FactCell("reworded"), FactCell("altered", "More than 50"), FactCell("dropped"),
         FactCell("kept")),
        (FactCell("kept"), FactCell("kept"), FactCell("altered", "38"), FactCell("kept"),
         FactCell("not in its version")),
    )  # fmt: skip
    return Matrix("dedup test", "reuters-1", "Ferry sinks", one.originals[0], facts, (one, one), cells)
