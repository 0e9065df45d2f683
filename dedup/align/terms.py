"""Terms: the text of a sentence -> what of it can be recognised in another sentence that tells the same fact.

A term is a word cut to its stem, or the line of `vocabulary.CLASSES` it stands in ("killed", "died" and "deaths" are one
term), or a figure ("three" is 3). Left out are words that carry no fact and the names beside a verb of saying: two
sentences by one speaker are not one fact. Two spellings are brought together over all sentences at hand: letters that
stand for a name spelt out elsewhere ("ICC", "International Criminal Court"), and compounds ("multi-nation", "multination").
Scripts written without spaces have one term a character, and their order is left to the runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dedup.align.vocabulary import CLASSES, COMMON, FUNCTION, NUMBERS, OFFICES, SAYING, SPEECH
from dedup.limits import COMMON_WEIGHT, LONG_WORD, SHORT_WORD_WEIGHT, SPEAKER_WORDS, SPEECH_WEIGHT
from dedup.words import comparable, raw_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# "ROME (AP) — ", "Oslo, Norway – ", "- ": where a sentence was filed, not what it says.
_DATELINE = re.compile(
    r"\s*(?:[-–—]{1,2}\s+"
    r"|(?:[A-Z][\w.,'’/-]*\s+){1,6}?(?:\([A-Z][^()]{0,40}\)\s*[-–—]{1,2}\s*|\((?:Reuters|AP|AFP|CNN|PTI|UPI|TASS)\)\s*)"
    r"|(?:[A-Z][A-Z./'’-]{2,},?|[A-Z][\w'’-]+,)\s+(?:[A-Z][\w.,'’/-]*\s+){0,5}?[-–—]{1,2}\s+)"
)
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
class Terms:
    """One sentence, read for comparing."""

    all: tuple[str, ...]  # its terms, each once, in order
    runs2: tuple[tuple[str, ...], ...]  # runs of two stems, each once, words without a fact included
    runs3: tuple[tuple[str, ...], ...]
    figures: frozenset[str]
    key: str  # letters, digits and signs of money: equal for equal wording, whatever the punctuation


def stem(word: str) -> str:
    """English endings off, lightly: plural, past, -ing, -ly. Other words than plain ASCII ones come back as they are.

    >>> [stem(w) for w in ("parties", "voted", "voting", "quickly", "été")]
    ['parti', 'vot', 'vot', 'quick', 'été']
    """
    if len(word) < 4 or not (word.isascii() and word.isalpha()):
        return word
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
    letters: bool  # all capitals: may stand for a name spelt out elsewhere


def _token(raw: str) -> Token:
    norm = _STANDS_FOR.get(raw) or comparable(raw)
    root = stem(norm)
    term = "" if norm in FUNCTION else NUMBERS.get(norm) or _CLASS.get(norm) or root
    letters = 3 <= len(norm) <= 6 and raw.isalpha() and raw.isupper()
    return Token(norm, root, term, _weight(norm), raw[:1].isupper(), letters)


def _weight(word: str) -> float:
    if word in SPEECH:
        return SPEECH_WEIGHT
    if word in COMMON:
        return COMMON_WEIGHT
    return SHORT_WORD_WEIGHT if len(word) <= 2 and word.isascii() and word.isalpha() else 1.0


_known = lru_cache(maxsize=65_536)(_token)


def read(sentences: Sequence[str]) -> tuple[list[Terms], dict[str, float]]:
    """All sentences of an article and its originals -> their terms, and how much each term weighs before rarity (0..1).

    Read together, because an abbreviation in one sentence is spelt out in another. Cost: linear in their length.
    """
    bodies = [_body(s) for s in sentences]
    tokens = [_tokens(body) for body in bodies]
    weights: dict[str, float] = {}
    for found in tokens:
        for token in found:
            if weights.get(token.term, -1.0) < token.weight:
                weights[token.term] = token.weight
    short = {t.norm: t.term for found in tokens for t in found if t.letters}
    long = {t.norm: t.term for found in tokens for t in found if t.term and len(t.norm) > 5}
    return [_terms(b, found, _also(found, short, long)) for b, found in zip(bodies, tokens, strict=True)], weights


def _terms(body: str, found: list[Token], also: list[str]) -> Terms:
    spoken = _speakers(found)
    terms = dict.fromkeys(also)
    terms |= dict.fromkeys(t.term for place, t in enumerate(found) if t.term and place not in spoken)
    stems = [t.stem for t in found]
    two = tuple(dict.fromkeys(zip(stems, stems[1:], strict=False)))
    three = tuple(dict.fromkeys(zip(stems, stems[1:], stems[2:], strict=False)))
    figures = frozenset(t.term for t in found if t.term[:1].isdigit())
    return Terms(tuple(terms), two, three, figures, _key(body, found))


def _body(text: str) -> str:
    dateline = _DATELINE.match(text)
    return text[dateline.end() :] if dateline else text


def _tokens(body: str) -> list[Token]:
    """The words of a sentence; a run of a script without spaces is as many words as it has characters."""
    raws = raw_words(body)
    if _SPACELESS.search(body):
        raws = [part for raw in raws for part in (raw if _SPACELESS.search(raw) else (raw,))]
    return [_known(raw) if len(raw) < LONG_WORD else _token(raw) for raw in raws]


def key(text: str) -> str:
    """Equal for two texts with the same words in the same order: case, punctuation, hyphens and a dateline do not count.

    >>> key('ROME (AP) — “We won’t re-run,” he said.') == key('"We won\'t rerun" he said')
    True
    """
    body = _body(text)
    return _key(body, _tokens(body))


def _key(body: str, found: list[Token]) -> str:
    return "".join([t.norm for t in found] + _SYMBOL.findall(body))


def _speakers(found: list[Token]) -> set[int]:
    """Places of the words that name who says it: names and offices right before or after a verb of saying."""
    places: set[int] = set()
    for verb, token in enumerate(found):
        if token.norm not in SAYING:
            continue
        after = verb + 2 if token.norm == "according" else verb + 1
        for walk in (range(verb - 1, -1, -1), range(after, len(found))):
            for place in walk[:SPEAKER_WORDS]:
                if not (found[place].capital or found[place].norm in OFFICES):
                    break
                places.add(place)
    return places


def _also(found: list[Token], short: dict[str, str], long: dict[str, str]) -> list[str]:
    """Terms a sentence has in another spelling: abbreviations it spells out, compounds it writes as two words."""
    spelt = [short[a] for a in _initials(found) if a in short] if short else []
    pairs = zip(found, found[1:], strict=False)
    return spelt + [long[both] for a, b in pairs if (both := a.norm + b.norm) in long]


def _initials(found: list[Token]) -> Iterator[str]:
    """The letters that names of three to six words start with; "of" and its like inside a name are passed over."""
    run = ""
    for token in found:
        if token.capital:
            run += token.norm[:1]
        elif token.term and run:
            yield from _parts(run)
            run = ""
    yield from _parts(run)


def _parts(run: str) -> Iterator[str]:
    return (run[a:b] for a in range(len(run) - 2) for b in range(a + 3, min(len(run), a + 6) + 1))
