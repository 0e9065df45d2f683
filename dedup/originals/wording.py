"""Wording: an article's story and a version -> whether it adds and cuts whole sentences or rewords them.

An agency's update keeps most sentences to the letter and brings new ones; an outlet that rewrites changes most
sentences a little. Shares of shingles alone cannot tell the two apart: both lie about the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dedup.limits import (
    LONG_SEQUENCE,
    MAX_VERSIONS,
    REWORDED,
    SENTENCE_NEW,
    SENTENCE_WHOLE,
    SENTENCE_WORDS,
    SHINGLE_TOKENS,
)
from dedup.words import comparable, raw_words

Sequence_ = tuple[str, ...]

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*")


def reworded(story: str, other: str) -> float:
    """The words of `story` in sentences that `other` has in part, as a share of those it has in part or whole, 0..1.

    1.0 when it has none of them. Cost: linear in both.
    """
    held = _held(other, SHINGLE_TOKENS)
    whole = part = 0
    for sentence in _SENTENCE.findall(story):
        shingles = list(_sequences(sentence, SHINGLE_TOKENS))
        if len(shingles) < SENTENCE_WORDS - SHINGLE_TOKENS + 1:
            continue
        share = sum(map(held.__contains__, shingles)) / len(shingles)
        whole += len(shingles) if share >= SENTENCE_WHOLE else 0
        part += len(shingles) if SENTENCE_NEW <= share < SENTENCE_WHOLE else 0
    return part / (whole + part) if whole + part else 1.0


def is_rewrite(story: str, other: str) -> bool:
    """Whether what `story` shares with `other` is mostly reworded."""
    return reworded(story, other) > REWORDED


def changed_sentences(story: str, other: str) -> int:
    """How many sentences of `story` stand in `other` with some words changed.

    >>> changed_sentences("It rose by half a point in May, a day after the vote. It fell in June after the other vote.",
    ...     "It rose by a full point in May, a day after the vote. It fell in June after the other vote.")
    1
    """
    held = _held(other, LONG_SEQUENCE)
    found = 0
    for sentence in _SENTENCE.findall(story):
        own = list(_sequences(sentence, LONG_SEQUENCE))
        found += 0 < sum(map(held.__contains__, own)) < len(own)
    return found


def in_common(story: str, others: Sequence[str]) -> list[int]:
    """How many of the long word sequences of `story` each of `others` has.

    Sets of short sequences miss a correction whose words stand elsewhere in the text too; long ones do not.

    >>> in_common("It rose by half a point in May.", ["It rose by half a point in June.", "It rose in May."])
    [2, 0]
    """
    own = set(_sequences(story, LONG_SEQUENCE))
    common, rest = _told_apart(tuple(others))
    in_all = len(own & common)
    return [in_all + len(own & only) for only in rest]


@lru_cache(maxsize=2 * MAX_VERSIONS)
def _told_apart(texts: tuple[str, ...]) -> tuple[frozenset[Sequence_], list[frozenset[Sequence_]]]:
    """The long sequences that all versions have, and what each has beside them: often little, where much is shared."""
    held = [_held(text, LONG_SEQUENCE) for text in texts]
    common = frozenset.intersection(*held)
    return common, [each - common for each in held]


@lru_cache(maxsize=2 * MAX_VERSIONS)
def _held(text: str, length: int) -> frozenset[Sequence_]:
    """The sequences of a version, which many articles are held against."""
    return frozenset(_sequences(text, length))


def _sequences(text: str, length: int) -> Iterator[Sequence_]:
    words = _comparable_words(text)
    return zip(*(words[i:] for i in range(length)), strict=False)


_ABBREVIATION = re.compile(r"\.[A-Za-z]\.")
# What a plain line holds: letters, here made small, and what parts words; figures and apostrophes become "0".
_APART = "“”‘—–"  # the signs beyond ASCII that most lines of prose have, and no word
_ASCII = [chr(i) for i in range(128)]
_PLAIN = str.maketrans({c: c.lower() if c.isalpha() else "0" if c in "0123456789'" else " " for c in _ASCII})


def _comparable_words(text: str) -> list[str]:
    """The words of `text` in comparable form."""
    for sign in _APART:
        text = text.replace(sign, " ")
    return [word for line in text.split("\n") for word in _words_of_line(line)]


def _words_of_line(line: str) -> list[str]:
    """The same for a line. One of plain words takes a fifth of the time."""
    if line.isascii() and "0" not in (plain := line.translate(_PLAIN)) and not _ABBREVIATION.search(line):
        return plain.split()
    return [comparable(word) for word in raw_words(line)]
