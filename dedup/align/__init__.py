"""Align: sentences of an article and of its originals -> links, labels, moved marks, and what was dropped.

Observations
    Links are m:n: a sentence is split, merged, said by both wires. One-to-one matching stops at F .81, and whatever
    keeps order falls to .5 when an outlet moves blocks. Sentences about one event share its names, so a bare threshold
    on likeness gives .47. Half of real rewrites keep few words: names, figures and rare words carry the fact there.
Method
    1. Sentences become terms (`terms.py`): stems, words news swaps, figures; no speakers. Rare terms weigh most.
    2. Every pair is judged by what it shares (`pairs.py`), then once more knowing its rivals and neighbours: are the
       sentences around both linked too, does the link add to what the row's best one holds, has the original sentence
       a better partner. No order is imposed, so that nothing breaks when paragraphs move.
    3. A chance of at least LINK_LEVEL is a link (`judge.py`). Equal wording always is one.
    4. verbatim: the letters are those of whole original sentences, one to one, joined or split (`wording.py`).
    5. moved: outside the longest run of links that keeps the original's order, in every original the sentence links to
       (`order.py`).
    Large inputs are judged a block of rows at a time, against the MAX_COLUMNS sentences that share its rarest terms.
Figures (gold/alignment_dev.json; 10 folds, articles with common originals kept together, 5 shuffles, furniture as clean
finds it; tests/benchmarks/fit_align.py)       link F1, label;  hard rewrites alone
    as it stands                                 .851  .916      .785  .903
    first round only                             .815  .899      .727  .874
    without sentences around                     .828  .907      .755  .885
    without rivals and gain                      .830  .910      .748  .888
    without coverage and likeness at second hand .830  .906      .757  .883
    speakers' names kept as terms                .830  .902      .759  .882
    no words that stand for each other           .841  .906      .768  .885
    lighter stems                                .845  .913      .776  .897
    Evidence was chosen by these figures, so expect a little less elsewhere.
    Before this, n-gram containment with character cosine, Viterbi per wire: about .76, .82 with furniture given.
Tried and left, each against the state of its day: character n-grams -.004 and slow; names or shared figures as evidence
    of their own -.005; abbreviations spelt out -.001; runs of three words -.001; pairs of words at a distance -.008; a
    twin in another original -.003; a third round -.002; boosted trees .818, extra trees .821 and a small network .812
    against .828; a level of its own for first links +.001; word frequencies counted in a corpus -.006.
Known exceptions
    A fact told in other words throughout ("shook hands", "a brief handshake") is not found. "Smith tweeted." as a
    sentence of its own links only if the original has it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedup.align.bags import Readings
from dedup.align.judge import chances
from dedup.align.order import out_of_order
from dedup.align.pairs import Block
from dedup.align.terms import read
from dedup.align.wording import same_wording
from dedup.limits import BLOCK_ROWS, LINK_LEVEL, MAX_COLUMNS, MAX_LINKS, MOVED_LETTERS
from dedup.model import Label, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dedup.align.pairs import Ints

    Place = tuple[str, int]  # original, sentence number
    Found = dict[int, dict[int, float]]  # row -> column -> score


@dataclass(frozen=True, slots=True)
class Aligned:
    """What became of one article sentence."""

    label: Label
    links: tuple[Link, ...]  # in the order of the originals, then of their sentences
    moved: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """An article held against its originals."""

    sentences: tuple[Aligned, ...]  # one for each article sentence
    dropped: tuple[tuple[str, int], ...]  # (original, sentence number): story sentences nothing links to


def align(
    article: Sequence[str],
    originals: Mapping[str, Sequence[str]],
    *,
    furniture: Sequence[bool],
    original_furniture: Mapping[str, Sequence[bool]],
) -> Alignment:
    """Tie the sentences of `article` to the sentences of every original that state the same facts.

    `furniture` has a flag for each article sentence, `original_furniture` for each sentence of each original; furniture
    is never linked. Cost: linear in the article's length; in the originals' length too beyond MAX_COLUMNS sentences.

    >>> found = align(["The ferry sank off Karvos."], {"AP": ["It rained.", "A ferry sank off Karvos on Monday."]},
    ...     furniture=[False], original_furniture={"AP": [False, False]})
    >>> found.sentences[0].label, found.sentences[0].links[0].index, found.dropped
    ('reworded', 1, (('AP', 0),))
    """
    rows = [i for i, flag in enumerate(furniture) if not flag]
    places, bounds = _columns(originals, original_furniture)
    texts = [article[i] for i in rows] + [originals[name][i] for name, i in places]
    found, verbatim = _judged(texts, len(rows), bounds)
    moved = {row for row in _moved(found, bounds) if _letters(texts[row]) >= MOVED_LETTERS}
    answer = [Aligned("furniture", (), False)] * len(article)
    for row, i in enumerate(rows):
        links = tuple(Link(*places[column], score) for column, score in sorted(found[row].items()))
        label: Label = "added" if not links else "verbatim" if row in verbatim else "reworded"
        answer[i] = Aligned(label, links, row in moved)
    linked = {column for columns in found.values() for column in columns}
    return Alignment(tuple(answer), tuple(place for column, place in enumerate(places) if column not in linked))


def _columns(
    originals: Mapping[str, Sequence[str]], furniture: Mapping[str, Sequence[bool]]
) -> tuple[list[Place], list[int]]:
    """The story sentences of all originals, and where each original starts among them."""
    places: list[Place] = []
    bounds = [0]
    for name, sentences in originals.items():
        places += [(name, i) for i, flag in zip(range(len(sentences)), furniture[name], strict=True) if not flag]
        bounds.append(len(places))
    return places, bounds


def _judged(texts: Sequence[str], rows: int, bounds: Sequence[int]) -> tuple[Found, set[int]]:
    """Links of every row, and the rows that are verbatim."""
    found: Found = {row: {} for row in range(rows)}
    if not rows or len(texts) == rows:
        return found, set()
    readings = Readings(read(texts), rows, bounds)
    for block_rows, columns in _blocks(readings):
        block = Block(readings, block_rows, columns)
        chance = chances(block)
        score = np.round(np.where(block.exact, 1.0, np.maximum(block.in_left, block.in_right)), 3).clip(0.0, 1.0)
        for i, row in enumerate(block_rows.tolist()):
            likely = np.flatnonzero(chance[i] >= LINK_LEVEL)
            if len(likely) > MAX_LINKS:
                likely = likely[np.argsort(-chance[i, likely], kind="stable")[:MAX_LINKS]]
            found[row] = {int(columns[j]): float(score[i, j]) for j in likely}
    return found, same_wording(readings.keys, rows, bounds, found)


def _blocks(readings: Readings) -> Iterator[tuple[Ints, Ints]]:
    """Rows and the columns to judge them against; one block while the input is small."""
    count = readings.bounds[-1]
    every = np.arange(count)
    for start in range(0, readings.rows, BLOCK_ROWS):
        rows = np.arange(start, min(start + BLOCK_ROWS, readings.rows))
        yield rows, every if count <= MAX_COLUMNS else readings.nearest(rows, MAX_COLUMNS)


def _moved(found: Found, bounds: Sequence[int]) -> set[int]:
    """Rows that stand out of order in every original they link to."""
    here: dict[int, set[bool]] = {}
    for start, end in pairwise(bounds):
        best = [
            (row, max(inside, key=lambda c: (inside[c], -c)))
            for row, columns in found.items()
            if (inside := {c: s for c, s in columns.items() if start <= c < end})
        ]
        away = out_of_order([column for _, column in best])
        for place, (row, _) in enumerate(best):
            here.setdefault(row, set()).add(place in away)
    return {row for row, seen in here.items() if seen == {True}}


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
