"""Terms: the text of a sentence -> what of it can be recognised in another sentence that tells the same fact.

A term is a word cut to its stem, or the line of `vocabulary.CLASSES` it stands in ("killed", "died" and "deaths" are
one term), or a figure ("three" is 3). Left out are words that carry no fact and the names beside a verb of saying: two
sentences by one speaker are not one fact. Scripts written without spaces have one term a character; runs of two then
make words of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.align.vocabulary import CLASSES, COMMON, FUNCTION, NUMBERS, OFFICES, SAYING, SPEECH
from dedup.limits import COMMON_WEIGHT, LONG_WORD, SHORT_WORD_WEIGHT, SPEAKER_WORDS, SPEECH_WEIGHT
from dedup.words import comparable, raw_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

_SPACELESS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# "ROME (AP) — ", "Oslo, Norway – ", "Oslo – They", "- ": where a sentence was filed, not what it says.
_DATELINE = re.compile(
    r"\s*(?:[-–—]{1,2}\s+"
    r"|(?:[A-Z][\w.,'’/-]*\s+){1,6}?(?:\([A-Z][^()]{0,40}\)\s*[-–—]{1,2}\s*|\((?:Reuters|AP|AFP|CNN|PTI|UPI|TASS)\)\s*)"
    r"|(?:[A-Z][A-Z./'’-]{2,},?|[A-Z][\w'’-]+,)\s+(?:[A-Z][\w.,'’/-]*\s+){0,5}?[-–—]{1,2}\s+"
    r"|(?:[A-Z][\w'’-]+\s+){1,3}?[-–—]{1,2}\s+(?=[\"“‘]?[A-Z]))"
)
_DERIVED = re.compile(
    r"(?<=.{5})(?:at(?:e[ds]?|ing|ors?|ions?)|ions?|ments?|[ae]n(?:ces?|ts?)|[eo]rs?|ive|[ai]ble|als?|it(?:y|ies)|ness|ful|is(?:ts?|m))\Z"
)
_DASH_OR_BRACKET = re.compile(r"[-–—(]")
_SYMBOL = re.compile(r"[$€£¥₹₽%°]")
_STANDS_FOR = {"U.S.": "usa", "US": "usa", "U.S": "usa", "U.K.": "britain", "UK": "britain"}


def _by_word(lines: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(lines.replace("\n  ", " ").strip().splitlines()):
        for word in line.split():
            found.setdefault(word, f"~{number}")
    return found


_CLASS = _by_word(CLASSES)


@dataclass(frozen=True, slots=True)
class Reading:
    """Sentences read for comparing, as arrays. Terms and stems are numbered from 0 in the order they first stand."""

    keys: list[str]  # per sentence, see `key`
    word_at: Ints  # per word: its sentence, ascending
    stem: Ints  # per word: its stem, words without a fact included
    term_at: Ints  # per term of a sentence, speakers left out: its sentence; repeats are possible
    term: Ints
    weight: Floats  # per term: before rarity, 0..1
    figure: NDArray[np.bool_]  # per term: is it a number


def stem(word: str) -> str:
    """English endings off: plural, past, -ing, -ly, and what makes nouns and adjectives of verbs. Else as it is.

    >>> [stem(w) for w in ("parties", "voted", "investigators", "investigation", "compliance", "été")]
    ['parti', 'vot', 'investig', 'investig', 'compli', 'été']
    """
    if len(word) < 4 or not (word.isascii() and word.isalpha()):
        return word
    word = _DERIVED.sub("", word) if len(word) > 7 else word
    word = _without_ending(word)
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    return f"{word[:-1]}i" if len(word) > 3 and word[-1] == "y" else word


def _without_ending(word: str) -> str:
    if len(word) > 4 and word.endswith(("ies", "ied")):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith("sses"):
        return word[:-2]
    if word[-1] == "s" and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending, least in (("ing", 6), ("ed", 5), ("ly", 6)):
        if len(word) >= least and word.endswith(ending):
            return word[: -len(ending)]
    return word


class Token(NamedTuple):
    """What is known of one word wherever it stands."""

    norm: str
    stem: str
    term: str  # "" for a word that carries no fact
    weight: float  # before rarity, 0..1
    says: bool  # a verb of saying
    names: bool  # may belong to a name or an office


class Tokens(NamedTuple):
    """Tokens field by field: all norms, all stems ..., as `Token` has them."""

    norm: tuple[str, ...] = ()
    stem: tuple[str, ...] = ()
    term: tuple[str, ...] = ()
    weight: tuple[float, ...] = ()
    says: tuple[bool, ...] = ()
    names: tuple[bool, ...] = ()


def _token(raw: str) -> Token:
    norm = _STANDS_FOR.get(raw) or comparable(raw)
    root = stem(norm)
    term = "" if norm in FUNCTION else NUMBERS.get(norm) or _CLASS.get(norm) or root
    return Token(norm, root, term, _weight(norm), norm in SAYING, raw[:1].isupper() or norm in OFFICES)


def _weight(word: str) -> float:
    if word in SPEECH:
        return SPEECH_WEIGHT
    if word in COMMON:
        return COMMON_WEIGHT
    return SHORT_WORD_WEIGHT if len(word) <= 2 and word.isascii() and word.isalpha() else 1.0


class Chunk(NamedTuple):
    """What stands between two white spaces."""

    tokens: tuple[Token, ...]
    letters: str  # their comparable forms on end


def _split(chunk: str) -> Chunk:
    """The words of a chunk between white space; a run of a script without spaces has as many as it has characters."""
    raws: Iterable[str] = raw_words(chunk)
    if not chunk.isascii() and _SPACELESS.search(chunk):
        raws = chain.from_iterable(raw if _SPACELESS.search(raw) else (raw,) for raw in raws)
    tokens = tuple(map(_token, raws))
    return Chunk(tokens, "".join(token.norm for token in tokens))


_known = lru_cache(maxsize=65_536)(_split)


def read(sentences: Sequence[str]) -> Reading:
    """The sentences of an article and of its originals, read together.

    Words never reach across white space, so each different chunk between spaces is read once; the rest is array work.
    Cost: linear in the length of `sentences`.
    """
    bodies = [_body(s) for s in sentences]
    chunks = [body.split() for body in bodies]
    different, which = _numbered(chain.from_iterable(chunks))
    known = [_known(c) if len(c) < LONG_WORD else _split(c) for c in different]
    letters = {c: chunk.letters for c, chunk in zip(different, known, strict=True)}.__getitem__
    tokens = Tokens(*zip(*chain.from_iterable(chunk.tokens for chunk in known), strict=True))
    word, word_at = _places(chunks, known, which)
    _, stem_of = _numbered(tokens.stem)
    terms, term_of = _numbered(tokens.term)
    weight = np.zeros(len(terms))
    np.maximum.at(weight, term_of, tokens.weight)
    tells = np.array([*map(bool, tokens.term)], dtype=bool)[word]
    tells[_speakers(word, word_at, tokens)] = False
    return Reading(
        keys=["".join(map(letters, line)) + _signs(body) for body, line in zip(bodies, chunks, strict=True)],
        word_at=word_at,
        stem=stem_of[word],
        term_at=word_at[tells],
        term=term_of[word][tells],
        weight=weight,
        figure=np.array([t[:1].isdigit() for t in terms], dtype=bool),
    )


def _places(chunks: list[list[str]], known: list[Chunk], which: Ints) -> tuple[Ints, Ints]:
    """For every word of every sentence: its place among the tokens of `known` one after the other, and its sentence.

    `which`: for every chunk of every sentence, its place in `known`.
    """
    sizes = np.array([len(chunk.tokens) for chunk in known], dtype=np.intp)
    counts = sizes[which]
    start = (np.cumsum(sizes) - sizes)[which] - (np.cumsum(counts) - counts)
    at = np.repeat(np.arange(len(chunks)), [len(line) for line in chunks])
    return np.repeat(start, counts) + np.arange(counts.sum()), np.repeat(at, counts)


def _numbered(names: Iterable[str]) -> tuple[dict[str, int], Ints]:
    """The different names, numbered in the order they first stand, and the number of each name."""
    number: dict[str, int] = defaultdict(count().__next__)
    each = np.fromiter(map(number.__getitem__, names), np.intp)
    return number, each


def _body(text: str) -> str:
    dateline = _DATELINE.match(text) if _DASH_OR_BRACKET.search(text, 0, 100) else None
    return text[dateline.end() :] if dateline else text


def key(text: str) -> str:
    """Equal for texts with the same words in the same order: case, punctuation, hyphens and a dateline do not count.

    >>> key("ROME (AP) — “We won’t re-run,” he said.") == key("'We won't rerun' he said")
    True
    """
    body = _body(text)
    return "".join([_split(chunk).letters for chunk in body.split()]) + _signs(body)


def _signs(body: str) -> str:
    if body.isascii() and "$" not in body and "%" not in body:
        return ""
    return "".join(_SYMBOL.findall(body))


def _speakers(word: Ints, word_at: Ints, tokens: Tokens) -> list[int]:
    """Places of the words that name who says it: names and offices right before or after a verb of saying."""
    sentence = word_at.tolist()
    names = np.array(tokens.names, dtype=bool)[word].tolist()
    says = np.flatnonzero(np.array(tokens.says, dtype=bool)[word]).tolist()
    places = []
    for verb in says:
        after = verb + 2 if tokens.norm[word[verb]] == "according" else verb + 1
        for walk in (range(verb - 1, -1, -1), range(after, len(names))):
            for place in walk[:SPEAKER_WORDS]:
                if not names[place] or sentence[place] != sentence[verb]:
                    break
                places.append(place)
    return places
