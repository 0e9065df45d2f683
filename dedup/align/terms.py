"""Terms: the text of a sentence -> what of it can be recognised in another sentence that tells the same fact.

A term is a word cut to its stem, or the line of `vocabulary.CLASSES` it stands in ("killed", "died" and "deaths" are
one term), or a figure ("three" is 3). Left out are words that carry no fact and the names beside a verb of saying: two
sentences by one speaker are not one fact. Scripts written without spaces have one term a character; runs of two then
make words of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.align.vocabulary import CLASSES, COMMON, FUNCTION, NUMBERS, OFFICES, SAYING, SPEECH
from dedup.limits import COMMON_WEIGHT, LONG_WORD, SHORT_WORD_WEIGHT, SPEAKER_WORDS, SPEECH_WEIGHT
from dedup.words import comparable, raw_words

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    capital: bool


def _token(raw: str) -> Token:
    norm = _STANDS_FOR.get(raw) or comparable(raw)
    root = stem(norm)
    term = "" if norm in FUNCTION else NUMBERS.get(norm) or _CLASS.get(norm) or root
    return Token(norm, root, term, _weight(norm), raw[:1].isupper())


def _weight(word: str) -> float:
    if word in SPEECH:
        return SPEECH_WEIGHT
    if word in COMMON:
        return COMMON_WEIGHT
    return SHORT_WORD_WEIGHT if len(word) <= 2 and word.isascii() and word.isalpha() else 1.0


_known = lru_cache(maxsize=65_536)(_token)


def read(sentences: Sequence[str]) -> Reading:
    """The sentences of an article and of its originals, read together.

    Cost: linear in their length; what needs Python's slow steps is done once per different word.
    """
    bodies = [_body(s) for s in sentences]
    raws = [_raws(body) for body in bodies]
    known = {
        raw: _known(raw) if len(raw) < LONG_WORD else _token(raw) for raw in dict.fromkeys(chain.from_iterable(raws))
    }
    number = dict(zip(known, range(len(known)), strict=True))
    word = np.fromiter(map(number.__getitem__, chain.from_iterable(raws)), np.intp)
    tokens = list(known.values())
    lines = [[known[raw] for raw in line] for line in raws]
    word_at = np.repeat(np.arange(len(raws)), [len(line) for line in raws])
    _, stem_of = _numbered([t.stem for t in tokens])
    terms, term_of = _numbered([t.term for t in tokens])
    weight = np.zeros(len(terms))
    np.maximum.at(weight, term_of, [t.weight for t in tokens])
    tells = np.array([bool(t.term) for t in tokens], dtype=bool)[word]
    says = np.flatnonzero(np.array([t.norm in SAYING for t in tokens], dtype=bool)[word])
    tells[_speakers(says, word_at, lines)] = False
    return Reading(
        keys=[_key(body, line) for body, line in zip(bodies, lines, strict=True)],
        word_at=word_at,
        stem=stem_of[word],
        term_at=word_at[tells],
        term=term_of[word][tells],
        weight=weight,
        figure=np.array([t[:1].isdigit() for t in terms], dtype=bool),
    )


def _numbered(names: list[str]) -> tuple[dict[str, int], Ints]:
    number: dict[str, int] = {}
    return number, np.array([number.setdefault(name, len(number)) for name in names], dtype=np.intp)


def _body(text: str) -> str:
    dateline = _DATELINE.match(text) if _DASH_OR_BRACKET.search(text, 0, 100) else None
    return text[dateline.end() :] if dateline else text


def _raws(body: str) -> list[str]:
    """The words of a sentence; a run of a script without spaces is as many words as it has characters."""
    raws = raw_words(body)
    if body.isascii() or not _SPACELESS.search(body):
        return raws
    return [part for raw in raws for part in (raw if _SPACELESS.search(raw) else (raw,))]


def key(text: str) -> str:
    """Equal for texts with the same words in the same order: case, punctuation, hyphens and a dateline do not count.

    >>> key('ROME (AP) — “We won’t re-run,” he said.') == key('"We won\'t rerun" he said')
    True
    """
    body = _body(text)
    return _key(body, [_token(raw) for raw in _raws(body)])


def _key(body: str, line: list[Token]) -> str:
    return "".join([t.norm for t in line] + _SYMBOL.findall(body))


def _speakers(says: Ints, word_at: Ints, lines: list[list[Token]]) -> list[int]:
    """Which words name who says it: names and offices right before or after the verbs of saying at `says`."""
    places = []
    for at in says.tolist():
        line = lines[word_at[at]]
        start = int(np.searchsorted(word_at, word_at[at]))
        verb = at - start
        after = verb + 2 if line[verb].norm == "according" else verb + 1
        for walk in (range(verb - 1, -1, -1), range(after, len(line))):
            for place in walk[:SPEAKER_WORDS]:
                if not (line[place].capital or line[place].norm in OFFICES):
                    break
                places.append(start + place)
    return places
