"""Tokens: a sentence -> words with stems, and the word edits between two sentences. What every fact rule reads.

A stem here is only a key that spellings of one word share: possessive, plural, tense and the British/American pairs
("programme"/"program", "organisation"/"organization") fall together. Two different words may share a key; that hides a
difference of style, never one of figures or names, which are compared by their own rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import compress
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from dedup import limits
from dedup.words import comparable, raw_words

FUNCTION_WORDS = frozenset(
    """a an the this that these those and or but nor so yet if while as at by for from in into of off on onto out over
    to up upon with within about after before during between among through under against toward towards amid amidst
    since until till than then there here when where who whom whose which what why how i me my mine we us our ours you
    your yours he him his she her hers it its they them their theirs himself herself itself themselves ourselves myself
    one's be is are was were been being am do does did doing done have has had having will would shall should can could
    may might must ought also too very just only even still both either each every any some such other others another
    more most less least own same not no s t d ll re ve m per via de vs et etc mr mrs ms according said says say saying
    because though although however whether well now already ever yes oh""".split()
)
# Words that count; they name nobody, capital or not.
NUMERALS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand thousands
    million several""".split()
)
_ENDINGS = (
    ("isations", "iz"), ("izations", "iz"), ("isation", "iz"), ("ization", "iz"), ("ising", "iz"), ("izing", "iz"),
    ("ised", "iz"), ("ized", "iz"),
    ("ises", "iz"), ("izes", "iz"), ("ise", "iz"), ("ize", "iz"), ("yse", "yz"), ("yze", "yz"),
    ("ours", "or"), ("our", "or"), ("oured", "or"), ("ored", "or"), ("ouring", "or"), ("oring", "or"),
    ("ogue", "og"), ("ogues", "og"), ("ence", "ens"), ("ense", "ens"), ("ammes", "am"), ("amme", "am"),
    ("tres", "ter"), ("tre", "ter"), ("ments", "ment"), ("ations", "at"), ("ation", "at"),
    ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("edly", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", ""),
)  # fmt: skip
_SPELT = {
    "grey": "gray", "tyre": "tire", "tyres": "tire", "kerb": "curb", "aeroplane": "airplane", "mum": "mom",
    "percent": "percent", "pct": "percent", "cent": "percent", "jail": "gaol", "whilst": "while", "amongst": "among",
    "cheque": "check", "cheques": "check", "sceptical": "skeptical", "moustache": "mustache", "ageing": "aging",
    "okay": "ok", "us": "us", "adviser": "advisor", "advisers": "advisor", "travellers": "travel", "plough": "plow",
    "went": "go", "gone": "go", "left": "leav", "took": "tak", "taken": "tak", "made": "mak", "held": "hold",
    "met": "meet", "told": "tell", "began": "begin", "begun": "begin", "found": "find", "won": "win", "lost": "los",
    "sent": "send", "came": "com", "gave": "giv", "given": "giv", "saw": "see", "seen": "see", "knew": "know",
    "known": "know", "thought": "think", "brought": "bring", "bought": "buy", "caught": "catch", "wrote": "writ",
    "written": "writ", "spoke": "speak", "spoken": "speak", "ran": "run", "led": "lead", "kept": "keep", "rose": "ris",
    "risen": "ris", "fell": "fall", "fallen": "fall", "grew": "grow", "broke": "break", "broken": "break",
    "children": "child", "men": "man", "women": "woman", "people": "person", "died": "dy", "dies": "dy", "dead": "dy",
    "killed": "kil", "said": "say", "says": "say",
}  # fmt: skip
_VOWEL = re.compile(r"[aeiouy]")


@lru_cache(maxsize=8 * limits.FACT_CACHE)
def stem(word: str) -> str:
    """The key that spellings and inflections of a comparable word share.

    >>> stem("organisations") == stem("organizing"), stem("colour") == stem("color"), stem("1200")
    (True, True, '1200')
    """
    if word in _SPELT:
        return _SPELT[word]
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and _VOWEL.search(word[: -len(ending)]):
            return _bare(word[: -len(ending)] + replacement)
    return _bare(word)


def _bare(root: str) -> str:
    """Without a final e and a doubled last letter: "believe"/"believing", "travelled"/"traveled"."""
    root = root[:-1] if root.endswith("e") and len(root) > 3 else root
    return root[:-1] if len(root) > 3 and root[-1] == root[-2] else root


class Word(NamedTuple):
    """One word of a sentence. A tuple, since a sentence is made of dozens and a frozen class takes twice as long."""

    start: int
    end: int
    text: str  # as written
    norm: str  # comparable form, a possessive ending left out


_word = partial(tuple.__new__, Word)  # Word._make without a Python call for every word


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed by identity: hashing every word would cost more
class Tokens:
    """A sentence and its words. `stems[i]` and `telling[i]` belong to `words[i]`."""

    text: str
    words: tuple[Word, ...]
    stems: tuple[str, ...]
    telling: tuple[bool, ...]  # see `content`

    def gap(self, i: int) -> str:
        """What stands between word i-1 and word i (before the first word: the sentence's start)."""
        return self.text[self.words[i - 1].end if i else 0 : self.words[i].start]

    def content(self, i: int) -> bool:
        """Whether word i says something by itself: neither a function word nor a single letter."""
        return self.telling[i]

    def within(self, start: int, end: int) -> range:
        """Indexes of the words that lie in the span start:end. Cost: linear in the sentence."""
        inside = [i for i, w in enumerate(self.words) if w.start >= start and w.end <= end]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


@lru_cache(maxsize=limits.FACT_CACHE)
def tokens(text: str) -> Tokens:
    """`text` as words. Possessives lose their ending, so that "Trump's" and "Trump" are one word.

    >>> tokens("The mayor’s 3 aides").stems
    ('the', 'mayor', '3', 'aid')
    """
    raws = raw_words(text)
    if not raws:
        return Tokens(text, (), (), ())
    look = _known if max(map(len, raws)) <= limits.LONG_WORD else _look
    norms, stems, telling = zip(*map(look, raws), strict=True)
    starts, ends, end = [], [], 0
    for raw in raws:
        start = text.index(raw, end)  # no word begins between two words, so this is the next one
        end = start + len(raw)
        starts.append(start)
        ends.append(end)
    return Tokens(text, tuple(map(_word, zip(starts, ends, raws, norms, strict=True))), stems, telling)


def _look(raw: str) -> tuple[str, str, bool]:
    """What is known of a word wherever it stands: comparable form, stem, whether it says something by itself."""
    norm = comparable(raw)
    if raw[-1] in "sS" and raw[-2:-1] in ("'", "’") and len(raw) > 2:
        norm = norm[:-1]
    return norm, stem(norm), norm not in FUNCTION_WORDS and (len(norm) > 1 or norm.isdigit())


_known = lru_cache(maxsize=8 * limits.FACT_CACHE)(_look)


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that differs: before.words[i1:i2] became after.words[j1:j2]; either may be empty."""

    i1: int
    i2: int
    j1: int
    j2: int

    @property
    def size(self) -> int:
        """Words on the longer side."""
        return max(self.i2 - self.i1, self.j2 - self.j1)


@lru_cache(maxsize=limits.FACT_CACHE)
def edits(before: Tokens, after: Tokens) -> tuple[Edit, ...]:
    """The runs in which two sentences differ, in order; neighbouring ones joined.

    Cost: O(words * words / 64); sentences are held to limits.FACT_WORDS by the caller.
    """
    found: list[Edit] = []
    for code in Levenshtein.opcodes(before.stems, after.stems):
        i1, i2, j1, j2 = code.src_start, code.src_end, code.dest_start, code.dest_end
        if code.tag == "equal":
            continue
        if found and found[-1].i2 == i1 and found[-1].j2 == j1:
            found[-1] = Edit(found[-1].i1, i2, found[-1].j1, j2)
        else:
            found.append(Edit(i1, i2, j1, j2))
    return tuple(found)


def similarity(before: Tokens, after: Tokens) -> float:
    """0..1: content words of the shorter sentence that the other one has, a little more for equal order."""
    a, b = set(compress(before.stems, before.telling)), set(compress(after.stems, after.telling))
    if not a or not b:
        return 0.0
    shared = len(a & b) / min(len(a), len(b))
    return 0.8 * shared + 0.2 * Levenshtein.normalized_similarity(before.stems, after.stems)


def overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether start:end shares a position with any of `spans`."""
    for s, e in spans:  # noqa: SIM110 - called for every word, and a generator costs more than the comparisons
        if s < end and start < e:
            return True
    return False
