"""Pieces: corpora/making/written/*.tagged -> Piece, an article as a list of tagged sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from making.wires import front_matter, strip_dateline

Ref = tuple[str, int]  # (seed id, sentence number)


@dataclass(frozen=True)
class Tagged:
    """One sentence of an article with where it comes from."""

    text: str
    label: str  # furniture, verbatim, reworded, added
    source: tuple[Ref, ...] = ()  # the wire sentences it was made from
    also: tuple[Ref, ...] = ()  # wire sentences that state the same fact and were not its source
    changes: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class Piece:
    """One article before it is written to its outlet's file."""

    id: str
    outlet: str
    title: str
    published: str
    author: str
    paragraphs: tuple[tuple[Tagged, ...], ...]
    made: str  # derived, written
    form: str  # copy, excerpt, version, rewrite, mixed, own, tiny, shared source ...
    credits: tuple[tuple[str, str, str], ...] = ()  # (agency, role, words that name it; "" = author field)
    facts: dict[str, Any] = field(default_factory=dict)  # role, also_right, planted, crawl_time ...

    @property
    def text(self) -> str:
        return "\n\n".join(" ".join(s.text for s in p) for p in self.paragraphs)


def bare_words(text: str) -> str:
    """What is left of a sentence when case, punctuation and the dateline do not count."""
    text = strip_dateline(text)
    return " ".join(re.findall(r"[^\W_]+", text.replace("’", "").replace("'", "").lower()))


_REF = re.compile(r"(~?)([A-Z])(\d+)$")


def parse_ref(token: str, wires: dict[str, str]) -> tuple[bool, Ref]:
    """'~A7' with {'A': 'ap-ferry'} -> (True, ('ap-ferry', 7)); the tilde says "states it too, not the source"."""
    match = _REF.match(token)
    if not match:
        raise ValueError(f"bad reference {token!r}")
    return bool(match[1]), (wires[match[2]], int(match[3]))


def parse_change(text: str) -> dict[str, str]:
    """'number: about 40 -> 38' -> {'type': 'number', 'from': 'about 40', 'to': '38'}"""
    kind, _, rest = text.strip().partition(": ")
    before, _, after = rest.partition("->")
    return {"type": kind, "from": before.strip(), "to": after.strip()}


def parse_line(line: str, wires: dict[str, str]) -> Tagged:
    """One tagged line: 'w R3 ~A2 | text || number: about 40 -> 38'. Labels: f, v, w (reworded), + (added)."""
    tags, _, rest = line.partition(" | ")
    text, _, planted = rest.partition(" || ")
    letter, *tokens = tags.split()
    refs = [parse_ref(token, wires) for token in tokens]
    return Tagged(
        text=text.strip(),
        label={"f": "furniture", "v": "verbatim", "w": "reworded", "+": "added"}[letter],
        source=tuple(ref for also, ref in refs if not also),
        also=tuple(ref for also, ref in refs if also),
        changes=tuple(parse_change(c) for c in planted.split(";;") if c.strip()),
    )


def parse_credits(text: str) -> tuple[tuple[str, str, str], ...]:
    """'Reuters/told "told Reuters"; AP/tail "AP"' -> (('Reuters', 'told', 'told Reuters'), ...)"""
    found = re.findall(r'(\w+)/(\w+)(?: "([^"]*)")?', text)
    return tuple((agency, role, words) for agency, role, words in found)


def parse_follows(text: str, wires: dict[str, str]) -> dict[str, list[str]]:
    """'dead=R missing=RA wreck=-' -> whose account of a contradicted fact the article gives; [] for neither."""
    pairs = (pair.split("=") for pair in text.split())
    return {fact: [wires[letter] for letter in letters.replace("-", "")] for fact, letters in pairs}


def read_written(path: Path) -> Piece:
    head, body = front_matter(path.read_text(encoding="utf-8"))
    wires = dict(pair.split("=") for pair in head.pop("wires", "").split())
    blocks = [block.splitlines() for block in body.split("\n\n") if block.strip()]
    facts: dict[str, Any] = {key: head[key] for key in ("role", "planted", "version") if key in head}
    facts["crawl_time"] = head.get("crawl_time") == "yes"
    facts["follows"] = parse_follows(head.get("follows", ""), wires)
    facts["also_right"] = head.get("also_right", "").split()
    return Piece(
        id=head["id"],
        outlet=head["outlet"],
        title=head["title"],
        published=head["published"],
        author=head.get("author", ""),
        paragraphs=tuple(tuple(parse_line(line, wires) for line in block) for block in blocks),
        made="written",
        form=head["form"],
        credits=parse_credits(head.get("credits", "")),
        facts=facts,
    )
