"""Tables: code point -> what it means for a signature: nothing, a gap, a line end, a quotation mark, a folded letter.

Folding is for hashing only; no text is ever changed. Two spellings that a reader would call the same word fold alike:

- case, accents (first letter of the NFKD form) and full-width forms, digits of all scripts;
- apostrophes, soft hyphens, zero-width and other invisible characters, combining marks: as if they were not there;
- Cyrillic and Greek letters that look like a Latin one become it (a small cut of Unicode TR39's skeleton). Inside one
  script the mapping stays one to one, but for a few rare letters, so Russian and Greek texts lose nothing.

Scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) have no words to find: every letter is a
token of its own.

`fold` is the definition, one character at a time. `values` is the same as an array over all code points, made once in
some 80 ms from the Unicode data of the running Python (letters added to Unicode later than that are gaps). Planes 0 and
1 are asked letter by letter; beyond, a rule is enough: Chinese in planes 2 and 3, invisible tags and selectors in plane
14, else nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from dedup.sign import quotes
from dedup.sign.mix import spread, spread_points

# What an entry of `values` means. Odd entries are the rare ones: one test of the lowest bit keeps the kernel on its
# fast path. Letters are even and not 0. IGNORED, LINE and the marks of quotes.py are odd and at most LAST_MARK; letters
# that are tokens of their own are odd and above. A double mark is a gap too, a single one is ignored.
GAP = 0
IGNORED = 1
LINE = 3
_SPECIAL = {" ": GAP, "": IGNORED, "\n": LINE}

_POINTS = 0x110000
_ASKED = 0x20000  # code points asked one by one
_HAN_BEYOND = (0x20000, 0x40000)
_INVISIBLE_BEYOND = (0xE0000, 0xE1000)

_LINES = frozenset("\n\r\u2028\u2029")
# ' ’ ‘ ‛ ` ´ ʹ ʻ ʼ ʽ ʾ ʿ ˈ ׳ ′ ＇ and the Hangul fillers, which are letters by category and blank to the eye.
_APOSTROPHES = frozenset("'\u2019\u2018\u201b`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u05f3\u2032\uff07")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")

# Half-open ranges of scripts without spaces.
_UNSPACED = (
    (0x0E00, 0x0F00),  # Thai, Lao
    (0x1000, 0x10A0),  # Burmese
    (0x1780, 0x1800),  # Khmer
    (0x3005, 0x3008),  # Japanese iteration mark, closing mark, zero
    (0x3040, 0x3130),  # Hiragana, Katakana, Bopomofo
    (0x31F0, 0x3200),  # Katakana extensions
    (0x3400, 0x4DC0),  # Chinese, extension A
    (0x4E00, 0xA000),  # Chinese
    (0xA9E0, 0xAA00),  # Burmese extensions
    (0xAA60, 0xAA80),
    (0xF900, 0xFB00),  # Chinese, compatibility
    (0x1AFF0, 0x1B170),  # Kana supplements
    _HAN_BEYOND,
)
# Letters that fold to themselves, by far the most, in order: no need to ask one by one.
_PLAIN = (
    (0x3400, 0x4DC0),  # Chinese, extension A
    (0x4E00, 0xA48D),  # Chinese, Yi
    (0xAC00, 0xD7A4),  # Korean syllables; NFKD would cut them to their first sound
    (0x17000, 0x187F8),  # Tangut
    (0x18800, 0x18CD6),
    (0x1B170, 0x1B2FC),  # Nushu
)
# In Indic scripts the dependent vowels are marks by category, yet the only difference between words (Hindi "ki", "ka").
_VOWEL_SIGNS = (0x0900, 0x0E00)

# Either case is given where both look alike or the other case looks like nothing Latin; Greek Nu and Upsilon look like
# different Latin letters in each case. Letters without a decomposition whose stroke or missing dot house styles drop
# stand here too.
_LOOK_ALIKES = {
    **dict(zip("авекмнорстухіјѕһӏԁԛԝ", "abekmhopctyxijshldqw", strict=True)),
    **dict(zip("αβεζηικμνορτυχΝΥϲϳ", "abezhikmvoptuxnycj", strict=True)),
    **dict(zip("ıȷɑɡøđłħŧ", "ijagodlht", strict=True)),
}


def _within(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= point < high for low, high in ranges)


def _letter(char: str) -> str:
    """The folded form of a letter or digit; "" for one that is nothing but marks."""
    if _within(ord(char), _PLAIN):
        return char
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if char in _LOOK_ALIKES:
        return _LOOK_ALIKES[char]
    base = next(filter(_counts, unicodedata.normalize("NFKD", char)), "")
    lower = base.casefold()[:1]
    return _LOOK_ALIKES.get(base) or _LOOK_ALIKES.get(lower, lower)


def _counts(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN" and char not in _APOSTROPHES


def _is_vowel_sign(char: str) -> bool:
    return _VOWEL_SIGNS[0] <= ord(char) < _VOWEL_SIGNS[1] and unicodedata.combining(char) == 0


@lru_cache(maxsize=4096)
def fold(char: str) -> str:
    r"""What one character contributes: "" nothing, " " a gap, "\n" a line end, else its folded letter.

    >>> [fold(c) for c in "É’ﬁ\u00ad-Ж\uff21\r"]
    ['e', '', 'f', '', ' ', 'ж', 'a', '\n']
    """
    if char in _LINES:
        return "\n"
    if ord(char) >= _ASKED:
        return _beyond(char)
    category = unicodedata.category(char)
    if char in _APOSTROPHES or char in _FILLERS or category == "Cf":
        return ""
    if category[0] == "M":
        return char if _is_vowel_sign(char) else ""
    if category[0] not in "LN":
        return " "
    return _letter(char)


def _beyond(char: str) -> str:
    """`fold` beyond plane 1."""
    if _HAN_BEYOND[0] <= ord(char) < _HAN_BEYOND[1]:
        return char
    return "" if _INVISIBLE_BEYOND[0] <= ord(char) < _INVISIBLE_BEYOND[1] else " "


def stands_alone(folded: str) -> bool:
    """Whether a folded letter is a token of its own.

    >>> stands_alone("新"), stands_alone("a")
    (True, False)
    """
    return _within(ord(folded), _UNSPACED)


def value(folded: str) -> int:
    """The 64-bit value of a folded letter, as in `values`. Even for letters of words, odd for letters on their own."""
    return spread(ord(folded)) & ~1 | stands_alone(folded)


def _not_plain() -> Iterator[int]:
    """Code points in planes 0 and 1 that are more than a gap and may fold to something else."""
    low = 0
    for plain_low, plain_high in (*_PLAIN, (_ASKED, _ASKED)):
        for char in map(chr, range(low, plain_low)):
            category = unicodedata.category(char)
            if category[0] in "LMN" or category == "Cf" or char in _LINES or char in _APOSTROPHES:
                yield ord(char)
        low = plain_high


@cache
def values() -> NDArray[np.uint64]:
    """uint64[0x110000], by code point: GAP, IGNORED, LINE, a mark or the value of the folded letter. Read-only.

    Of its 9 MB the unused planes are never touched, so they take no memory.
    """
    table = np.zeros(_POINTS, dtype=np.uint64)
    folded = np.arange(_HAN_BEYOND[1], dtype=np.uint32)
    special = np.full(_HAN_BEYOND[1], GAP, dtype=np.int8)
    for low, high in (*_PLAIN, _HAN_BEYOND):
        special[low:high] = -1
    for point in _not_plain():
        char = fold.__wrapped__(chr(point))
        special[point] = _SPECIAL.get(char, -1)
        if special[point] < 0:
            folded[point] = ord(char)
    letters = np.flatnonzero(special < 0)
    table[letters] = spread_points(folded[letters]) & ~np.uint64(1) | _alone(folded[letters])
    table[: len(special)][special > GAP] = special[special > GAP]
    table[slice(*_INVISIBLE_BEYOND)] = IGNORED
    for char, mark in quotes.MARKS.items():
        table[ord(char)] = mark
    table.flags.writeable = False
    return table


def _alone(folded: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """`stands_alone` of an array."""
    found = np.zeros(len(folded), dtype=bool)
    for low, high in _UNSPACED:
        found |= (folded >= low) & (folded < high)
    return found
