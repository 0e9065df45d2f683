"""Inventory: sentences -> the numbers, names and quotations they state, and those that a text nowhere states.

Says what vanishes with a dropped sentence. Dates are left out: nearly every sentence has one, and a day that is not
repeated is no loss by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dedup import limits
from dedup.facts.names import keys
from dedup.facts.numbers import Number
from dedup.facts.quotes import Quote
from dedup.facts.quoting import quotations, said_in
from dedup.facts.reading import Read, read

Value = tuple[float, float, str]
_ANY = "*"  # stands beside each figure's own unit, for figures that have none


@dataclass(frozen=True, slots=True)
class Stated:
    """What a whole text states, for look-ups that cost the same whatever its length."""

    values: frozenset[Value]  # low, high, unit
    names: frozenset[str]  # keys of the words of names
    trigrams: frozenset[tuple[str, ...]]  # runs of three words


def stated(sentences: Sequence[str]) -> Stated:
    """What `sentences` state. Cost: linear in their words."""
    texts = [read(text) for text in sentences if len(text) <= 6 * limits.FACT_WORDS]
    return Stated(
        frozenset((n.low, n.high, unit) for text in texts for n in text.numbers for unit in (n.unit, _ANY)),
        frozenset(k for text in texts for n in text.names for k in keys(n)),
        frozenset(t for text in texts for t in _trigrams(tuple(w.norm for w in text.tokens.words))),
    )


def _known(number: Number, article: Stated) -> bool:
    """Whether the article states a figure: in its unit, or with none on either side."""
    units = (number.unit, "") if number.unit else (_ANY,)
    return any((number.low, number.high, unit) in article.values for unit in units)


def _trigrams(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (words[i : i + 3] for i in range(max(1, len(words) - 2)))


def facts_of(sentence: str) -> tuple[str, ...]:
    """The numbers, names and quotations of a sentence as they stand there, in text order.

    >>> facts_of('About 40 people left, said Aila Brandt. "We had to," she said.')
    ('About 40', 'Aila Brandt', '"We had to,"')
    """
    return tuple(text for _, text in sorted(_facts(read(sentence), None))) if _fits(sentence) else ()


def vanished(sentence: str, article: Stated) -> tuple[str, ...]:
    """The numbers, names and quotations of a dropped original sentence that the article nowhere states, in text order.

    >>> vanished("Brandt, 61, leads 300 guards in Lisk.", stated(["Some 300 guards are in Lisk.", "He is old."]))
    ('Brandt', '61')
    """
    return tuple(text for _, text in sorted(_facts(read(sentence), article))) if _fits(sentence) else ()


def _fits(sentence: str) -> bool:
    return len(sentence) <= 6 * limits.FACT_WORDS


def _facts(sentence: Read, article: Stated | None) -> Iterator[tuple[int, str]]:
    quoted = quotations(sentence)
    for number in sentence.numbers:
        if not number.weak and not (article and _known(number, article)):
            yield number.start, number.text
    for name in sentence.names:
        if not (article and article.names & keys(name)):
            yield name.start, name.text
    for quote in quoted:
        if not (article and _quoted(quote, sentence, article)):
            yield _with_marks(quote, sentence.text)


def _quoted(quote: Quote, sentence: Read, article: Stated) -> bool:
    """Whether the article has most of a quotation's runs of three words, marks or no marks."""
    runs = list(_trigrams(said_in(quote, sentence.tokens)))
    return sum(t in article.trigrams for t in runs) >= limits.FACT_SAME_QUOTE * len(runs)


def _with_marks(quote: Quote, text: str) -> tuple[int, str]:
    """A quotation as it stands, its marks included where it has both."""
    start, end = (quote.start - 1, quote.end + 1) if quote.whole else (quote.start, quote.end)
    return start, text[max(0, start) : end].strip()
