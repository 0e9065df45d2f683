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
from typing import TYPE_CHECKING

from dedup.align.vocabulary import CLASSES, COMMON, FUNCTION, NUMBERS, OFFICES, SAYING, SPEECH
from dedup.limits import COMMON_WEIGHT, SHORT_WORD_WEIGHT, SPEAKER_WORDS, SPEECH_WEIGHT
from dedup.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.words import Word

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


@lru_cache(maxsize=65_536)
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


@lru_cache(maxsize=65_536)
def term(word: str) -> str:
    """The term of one comparable word."""
    return NUMBERS.get(word) or _CLASS.get(word) or stem(word)


@lru_cache(maxsize=65_536)
def _weight(word: str) -> float:
    if word in SPEECH:
        return SPEECH_WEIGHT
    if word in COMMON:
        return COMMON_WEIGHT
    return SHORT_WORD_WEIGHT if len(word) <= 2 and word.isascii() and word.isalpha() else 1.0


def read(sentences: Sequence[str]) -> tuple[list[Terms], dict[str, float]]:
    """All sentences of an article and its originals -> their terms, and how much each term weighs before rarity (0..1).

    Read together, because an abbreviation in one sentence is spelt out in another. Cost: linear in their length.
    """
    tokens = [_tokens(s) for s in sentences]
    spelt = _spelt_out([t[0] for t in tokens])
    single = {norm for _, norms in tokens for norm in norms if len(norm) > 5}
    weights: dict[str, float] = {}
    out = []
    for text, (found, norms), more in zip(sentences, tokens, spelt, strict=True):
        out.append(_terms(text, found, norms, sorted(more | _compounds(norms, single)), weights))
    return out, weights


def _terms(text: str, found: list[Word], norms: list[str], more: list[str], weights: dict[str, float]) -> Terms:
    spoken = _speakers(found, norms)
    terms = dict.fromkeys(more)
    stems = []
    figures = set()
    for place, norm in enumerate(norms):
        stems.append(stem(norm))
        if norm in FUNCTION:
            continue
        one = term(norm)
        if one[0].isdigit():
            figures.add(one)
        if place not in spoken:
            terms[one] = None
            weights[one] = max(weights.get(one, 0.0), _weight(norm))
    two = tuple(dict.fromkeys(zip(stems, stems[1:], strict=False)))
    three = tuple(dict.fromkeys(zip(stems, stems[1:], stems[2:], strict=False)))
    return Terms(tuple(terms), two, three, frozenset(figures), key(text))


def _tokens(text: str) -> tuple[list[Word], list[str]]:
    """Words with what is compared of each; a run of a script without spaces is as many words as it has characters."""
    dateline = _DATELINE.match(text)
    found = words(text[dateline.end() :] if dateline else text)
    if not _SPACELESS.search(text):
        return found, [_STANDS_FOR.get(w.text, w.norm) for w in found]
    return [w for w in found for _ in _parts(w)], [part for w in found for part in _parts(w)]


def _parts(word: Word) -> list[str]:
    return list(word.norm) if _SPACELESS.search(word.norm) else [word.norm]


def key(text: str) -> str:
    """Equal for two texts with the same words in the same order: case, punctuation, hyphens and a dateline do not count.

    >>> key('ROME (AP) — “We won’t re-run,” he said.') == key('"We won\\'t rerun" he said')
    True
    """
    dateline = _DATELINE.match(text)
    body = text[dateline.end() :] if dateline else text
    return "".join(w.norm for w in words(body)) + "".join(_SYMBOL.findall(body))


def _speakers(found: list[Word], norms: list[str]) -> set[int]:
    """Places of the words that name who says it: names and offices right before or after a verb of saying."""
    places: set[int] = set()
    for verb, norm in enumerate(norms):
        if norm not in SAYING:
            continue
        after = verb + 2 if norm == "according" else verb + 1
        for walk in (range(verb - 1, -1, -1), range(after, len(norms))):
            for place in walk[:SPEAKER_WORDS]:
                if not (found[place].text[:1].isupper() or norms[place] in OFFICES):
                    break
                places.add(place)
    return places


def _spelt_out(sentences: Sequence[list[Word]]) -> list[set[str]]:
    """Per sentence, the abbreviations used anywhere whose letters start the words of one of its names."""
    short = {w.norm for found in sentences for w in found if w.text.isupper() and w.text.isalpha() and 3 <= len(w.norm) <= 6}
    return [{term(a) for a in _initials(found) if a in short} if short else set() for found in sentences]


def _initials(found: list[Word]) -> Iterator[str]:
    run = ""
    for word in [*found, None]:
        if word is not None and word.text[:1].isupper():
            run += word.norm[:1]
        elif run and not (word is not None and word.norm in FUNCTION):
            yield from (run[a:b] for a in range(len(run)) for b in range(a + 3, min(len(run), a + 6) + 1))
            run = ""


def _compounds(norms: list[str], single: set[str]) -> set[str]:
    return {term(a + b) for a, b in zip(norms, norms[1:], strict=False) if a + b in single}
