"""Reading: a sentence -> every fact the rules find in it, once; an article sentence and its originals -> a case.

The order matters: dates claim their words first, so that "8 p.m." is no figure, "May" no hedge and "Monday" no name.
What stands in a dateline is no fact of the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import compress

from dedup import limits
from dedup.datelines import dateline_end
from dedup.facts.attribution import Source, sources
from dedup.facts.dates import Date, dates, day_of
from dedup.facts.hedges import Hedge, hedges
from dedup.facts.names import Name, names
from dedup.facts.numbers import Number, numbers
from dedup.facts.quotes import Quote, quotes
from dedup.facts.tokens import Tokens, similarity, tokens
from dedup.model import Link


@dataclass(frozen=True, eq=False)
class Read:
    """A sentence with its facts, each in text order. What only changes ask for is read when they do.

    (Half of all sentences are dropped ones, of which numbers, names and quotations are all that is wanted.)
    """

    text: str
    tokens: Tokens
    dateline: int  # where its dateline ends, 0 without one
    time: tuple[tuple[int, int], ...]  # spans of all dates, those of a dateline too
    dates: tuple[Date, ...]
    numbers: tuple[Number, ...]
    names: tuple[Name, ...]  # with at least one word that is no title
    quotes: tuple[Quote, ...]

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Who is named as the source of what it states."""
        return tuple(sources(self.tokens, self.quotes))

    @cached_property
    def hedges(self) -> tuple[Hedge, ...]:
        """The words that weaken what it states."""
        return tuple(hedges(self.tokens, self.time))

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems of the content words."""
        words = compress(zip(self.tokens.stems, self.tokens.words, strict=True), self.tokens.telling)
        return frozenset(stem for stem, word in words if word.start >= self.dateline)


@lru_cache(maxsize=limits.FACT_CACHE)
def read(text: str) -> Read:
    """The facts of a sentence. Cost: linear in its length."""
    words, after = tokens(text), dateline_end(text)
    time = dates(text)
    spans = [(d.start, d.end) for d in time]
    figures = numbers(words, spans)
    named = names(words, [*spans, *((n.start, n.end) for n in figures)])
    return Read(
        text,
        words,
        after,
        tuple(spans),
        tuple(d for d in time if d.start >= after),
        tuple(n for n in figures if n.start >= after),
        tuple(n for n in named if n.core and n.start >= after),
        tuple(quotes(text)),
    )


Linked = tuple[Link, Read]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """An article sentence against what it is linked to.

    A fact of the article is looked for in every linked sentence. A fact that the article leaves out is only missed when
    the best wire states it: an outlet that follows AP has dropped nothing of Reuters'.
    """

    article: Read
    linked: tuple[Linked, ...]  # every linked sentence, the closest first
    best: tuple[Linked, ...]  # those of the wire that covers most of the article's sentence, the closest first
    elsewhere: tuple[Read, ...]  # other article sentences linked to the same originals
    stated: frozenset[str]  # content of all linked sentences
    published: date | None

    @property
    def closest(self) -> Linked:
        """The original sentence to hold the article's against, word by word."""
        return self.best[0]


def case(article: str, originals: Sequence[tuple[Link, str]], elsewhere: Sequence[str], published: str) -> Case:
    """A case from texts; `originals` must not be empty."""
    said = read(article)
    linked = [(link, read(text)) for link, text in originals]
    linked.sort(key=lambda pair: -similarity(pair[1].tokens, said.tokens))
    wires: dict[str, list[Linked]] = {}
    for link, text in linked:
        wires.setdefault(link.original, []).append((link, text))
    best = max(wires.values(), key=lambda wire: _covered(said, wire))
    stated = frozenset[str]().union(*(text.content for _, text in linked))
    others = tuple(read(text) for text in elsewhere)
    return Case(said, tuple(linked), tuple(best), others, stated, day_of(published))


def _covered(said: Read, wire: Sequence[Linked]) -> float:
    """Share of the article sentence's content that a wire states; its closest sentence decides between equals."""
    stated = frozenset[str]().union(*(text.content for _, text in wire))
    return len(said.content & stated) / max(1, len(said.content)) + 0.1 * similarity(wire[0][1].tokens, said.tokens)
