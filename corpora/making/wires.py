"""Wires: the files of seeds/ -> Seed, sentence by sentence. Sentence numbers count from 0 over the whole file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

AGENCIES = {"reuters": "Reuters", "ap": "AP", "afp": "AFP"}

_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:[A-Z]|Dr|Mr|Ms|Mrs|St|Capt|Lt|Col|Gen|Gov|Sen|Rep|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs|[a-z]\.[a-z])\.$"
)
_BOUNDARY = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
_AGENCY_LINE = re.compile(r"\((?:Adds|Updates|Corrects|Recasts|Reporting|Calder City newsroom)\b|\(\$1 = |By [A-Z]")
_RULE = "___"  # AP sets contributors and corrections below it


def split_sentences(paragraph: str) -> list[str]:
    """Split one paragraph of a seed into its sentences, also inside quotations of several sentences.

    >>> split_sentences('Dr. Oye said no. "We ran. We hid," she said.')
    ['Dr. Oye said no.', '"We ran.', 'We hid," she said.']
    """
    out, start = [], 0
    for match in _BOUNDARY.finditer(paragraph):
        head = paragraph[start : match.start()]
        if not _ABBREVIATION.search(head):
            out.append(paragraph[start : match.end()].strip())
            start = match.end()
    return [*out, paragraph[start:].strip()]


@dataclass(frozen=True)
class Seed:
    """One dispatch file: one version of one dispatch."""

    id: str  # "reuters-ferry-v2"
    title: str
    published: str
    paragraphs: tuple[tuple[str, ...], ...]  # sentences by paragraph

    @property
    def dispatch(self) -> str:
        return re.sub(r"-v\d+$", "", self.id)

    @property
    def agency(self) -> str | None:
        return AGENCIES.get(self.id.split("-")[0])

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(s for p in self.paragraphs for s in p)

    @property
    def agency_lines(self) -> frozenset[int]:
        """Numbers of the lines an agency puts around its story: notes to editors, byline, contributors, corrections."""
        lines = self.sentences
        below = lines.index(_RULE) if _RULE in lines else len(lines)
        return frozenset(i for i, line in enumerate(lines) if i >= below or _AGENCY_LINE.match(line))

    @property
    def story(self) -> tuple[int, ...]:
        """Numbers of the sentences that are the story."""
        return tuple(i for i in range(len(self.sentences)) if i not in self.agency_lines)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split '---' front matter from the body."""
    _, head, body = text.split("---\n", 2)
    pairs = (line.split(":", 1) for line in head.splitlines() if line.strip())
    return {key.strip(): value.strip() for key, value in pairs}, body.strip("\n")


def read_seed(path: Path) -> Seed:
    head, body = front_matter(path.read_text(encoding="utf-8"))
    paragraphs = tuple(tuple(split_sentences(p)) for p in body.split("\n\n") if p.strip())
    return Seed(head["id"], head["title"], head["published"], paragraphs)


def read_seeds(*folders: Path) -> dict[str, Seed]:
    """Every dispatch of the folders by its id; a name has a hyphen, the notice README.md has not."""
    paths = [path for folder in folders for path in sorted(folder.glob("*-*.md"))]
    return {seed.id: seed for seed in map(read_seed, paths)}


_DATELINE = re.compile(r"^[A-Z][^()\n]{2,40}(?:\([A-Z][a-z]+\), [^()]{3,20})?\((?:Reuters|AP|AFP)\) (?:-|–|—) ")


def strip_dateline(text: str) -> str:
    """Take the dateline off a first sentence.

    >>> strip_dateline("Kelda (Karvelia), Oct 14, 2025 (AFP) - Islanders lit candles.")
    'Islanders lit candles.'
    """
    return _DATELINE.sub("", text)
