"""Screen: which texts of a batch are story from end to end, as far as that shows at a glance. Compiled by numba.

Agencies and clean feeds deliver little but paragraphs, and cues.py and page.py take 30 microseconds to find nothing in
such a text of 400 words; this takes 7. It says yes only where `furniture` finds nothing, which a test holds: every
line begins and ends as sentences do; lines that are short or stand at the top or the bottom, which cues.py looks at
closely, are made of words, blanks and plain punctuation and hold no key word of a phrase; no line at the top or the
bottom has a sign of a credit; none could have a dateline, none is there twice. Every doubt is a no, and costs 1 or 2.

Loops over letters have no branch that depends on them, for the reason kernel.py of sign gives; LLVM makes most of them
vectors. Looking words up as one hashes them took half as long again.
"""

# numba compiles these bodies; type annotations on them would be neither read nor checked.
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from dedup import compiled
from dedup.clean.cues import KEYS, OPENER
from dedup.limits import CLEAN_CLOSE, CLEAN_DATELINE, CLEAN_EDGE, CLEAN_SHORT, CLEAN_TAIL_LINES, CLEAN_WORDY
from dedup.model import Texts

_LINES, _LONGEST = 64, 1 << 16  # lines and letters of a text that is screened
_EDGE = max(CLEAN_EDGE, CLEAN_TAIL_LINES)
_NONE, _ONE, _CASE = map(np.uint32, (0, 1, 32))
_TURN, _TURN_BACK, _MIX = map(np.uint32, (5, 32 - 5, 0x9E3779B1))  # of the hashes of words
_SLOT_BITS = 14
# A piece of each sign of a credit in tails.py; brackets aside.
_SIGNS = np.array([[ord(c) for c in sign] for sign in ("g by", "With", "trib", "pyri")], np.uint32)

_A, _C, _E, _I, _L, _N, _T, _Z, _F, _LARGE_I, _ZERO, _NINE = map(ord, "aceilntzFI09")
_SPACE, _COMMA, _STOP, _BANG, _QUESTION, _HYPHEN, _COLON, _QUOTE, _SINGLE = map(ord, " ,.!?-:\"'")
_FIRST_SINGLE, _LAST_SINGLE, _UPPER, _CLOSING = map(ord, "‘’“”")
_ROUND, _SQUARE, _SLASH, _FIRST_DASH, _LAST_DASH = map(ord, ")]/‒―")
_OPEN_ROUND, _OPEN_SQUARE, _COPYRIGHT = map(ord, "([©")
_LINE, _RETURN, _FIRST_BREAK, _LAST_BREAK = map(ord, "\n\r\u2028\u2029")


def all_story(batch: Texts) -> NDArray[np.bool_]:
    """(n,) True: `furniture` finds nothing in the text. False: it may or may not. Cost: linear, 3 ns a letter.

    batch: the story spans of it are not looked at.
    """
    found = np.empty(len(batch.offsets) - 1, np.bool_)
    _kernel()(batch.points, batch.offsets, *_keys(), found)
    return found


@cache
def _keys() -> tuple[NDArray[np.bool_], NDArray[np.uint32]]:
    """The hashes of the key words, as `_has_key` makes them; and by slot whether there is one, for a first look."""
    keys = np.array([_hash(key) for key in sorted(KEYS)], np.uint32)
    slots = np.zeros(1 << _SLOT_BITS, np.bool_)
    slots[keys * _MIX >> np.uint32(32 - _SLOT_BITS)] = True
    return slots, keys


def _hash(word: str) -> int:
    """Of the longest run of ASCII letters."""
    value = np.zeros(1, np.uint32)  # an array: it may overflow
    for char in max(re.findall(r"[a-z0-9-]+", word), key=len):
        value = ((value << _TURN) | (value >> _TURN_BACK)) ^ np.uint32(ord(char) | 32)
    return int(value[0])


@numba.njit(nogil=True)
def _slot(word):
    return np.uint32(word * _MIX) >> np.uint32(32 - _SLOT_BITS)


@numba.njit(nogil=True)
def _is_end(point):
    return point in (_STOP, _BANG, _QUESTION)


@numba.njit(nogil=True)
def _is_framed(line):
    """Whether a line ends as a sentence and begins with a letter or a quotation mark, but not with "FILE", "In t"."""
    last = line[-1]
    if not (_is_end(last) or (last in (_CLOSING, _QUOTE) and _is_end(line[-2]))):
        return False
    first, second, third, fourth = line[0], line[1] | _CASE, line[2] | _CASE, line[3] | _CASE
    if first == _F and second == _I and third == _L and fourth == _E:
        return False
    if first == _LARGE_I and second == _N and fourth == _T:
        return False
    return first in (_UPPER, _QUOTE) or _A <= first | _CASE <= _Z


@numba.njit(nogil=True)
def _may_be_dated(line):
    """Whether the line may begin with a dateline: a bracket or a slash; capitals with a dash or a colon."""
    capitals = not _A <= line[1] <= _Z
    for point in line[:CLEAN_DATELINE]:
        if point in (_ROUND, _SQUARE, _SLASH):
            return True
        if capitals and (point in (_HYPHEN, _COLON) or _FIRST_DASH <= point <= _LAST_DASH):
            return True
    return False


@numba.njit(nogil=True)
def _between(point, low, high):
    return (point >= low) & (point <= high)


@numba.njit(nogil=True)
def _is_letter(point):
    return _between(point | _CASE, _A, _Z) | _between(point, _ZERO, _NINE)


@numba.njit(nogil=True)
def _is_plain(line):
    """Whether a line is made of words, enough blanks and plain punctuation. No branch: LLVM makes it vectors."""
    odd = blanks = dotted = 0
    for i in range(len(line)):
        p = line[i]
        marks = (p == _SPACE) | (p == _COMMA) | (p == _STOP) | (p == _BANG) | (p == _QUESTION) | (p == _HYPHEN)
        curly = _between(p, _FIRST_SINGLE, _LAST_SINGLE) | _between(p, _UPPER, _CLOSING)
        odd += not (_is_letter(p) | marks | (p == _QUOTE) | (p == _SINGLE) | curly)
        blanks += p == _SPACE
    for i in range(1, len(line)):  # ". . ." of a cut line, ".c" of an address
        dotted += ((line[i] == _STOP) & (line[i - 1] == _SPACE)) | ((line[i] | _CASE == _C) & (line[i - 1] == _STOP))
    return odd + dotted == 0 and blanks >= CLEAN_WORDY


@numba.njit(nogil=True)
def _may_be_signed(line):
    """Whether a line has one of the signs that all credits at the end of a line have (tails.py)."""
    found = 0
    for p in line:
        found += (p == _OPEN_ROUND) | (p == _OPEN_SQUARE) | (p == _COPYRIGHT)
    for i in range(len(line) - 3):
        a, b, c, d = line[i], line[i + 1], line[i + 2], line[i + 3]
        for k in range(len(_SIGNS)):
            found += (a == _SIGNS[k, 0]) & (b == _SIGNS[k, 1]) & (c == _SIGNS[k, 2]) & (d == _SIGNS[k, 3])
    return found > 0


@numba.njit(nogil=True)
def _has_key(line, slots, keys, words):
    """Whether a line has a key word. `words`: room for the hashes of its words, which are looked up afterwards."""
    n = word = inside = _NONE
    for p in line:
        letter = np.uint32(_is_letter(p) | (p == _HYPHEN))
        words[n] = word
        n += inside & (_ONE - letter)
        turned = np.uint32((word << _TURN) | (word >> _TURN_BACK))  # numba works in 64 bits unless told
        word = np.uint32((turned ^ (p | _CASE)) & np.uint32(_NONE - letter))
        inside = letter
    words[n] = word
    for i in range(n + 1):
        if slots[_slot(words[i])]:
            for key in keys:
                if key == words[i]:
                    return True
    return False


@numba.njit(nogil=True)
def _cut(text, starts, ends):
    """Where the lines of a text that hold more than blanks start and end. How many; -1: no saying."""
    lines = start = 0
    for i in range(len(text) + 1):
        if i == len(text) or text[i] <= _RETURN or _FIRST_BREAK <= text[i] <= _LAST_BREAK:
            end = i
            if i < len(text) and text[i] != _LINE and text[i] <= _RETURN and text[i] != _RETURN:
                return -1  # a tab: a blank, but none of the usual
            while start < end and text[start] == _SPACE:
                start += 1
            while start < end and text[end - 1] == _SPACE:
                end -= 1
            if start < end:
                if lines == len(starts):
                    return -1
                starts[lines], ends[lines] = start, end
                lines += 1
            start = i + 1
    return lines


@numba.njit(nogil=True)
def _is_there_before(text, starts, ends, line):
    """Whether a line above has the same letters."""
    size = ends[line] - starts[line]
    for other in range(line):
        if ends[other] - starts[other] == size:
            same = 0
            while same < size and text[starts[other] + same] == text[starts[line] + same]:
                same += 1
            if same == size:
                return True
    return False


@numba.njit(nogil=True)
def _is_all_story(text, slots, keys, starts, ends, words):
    lines = _cut(text, starts, ends)
    if lines < 0:
        return False
    for i in range(lines):
        line = text[starts[i] : ends[i]]
        if len(line) <= OPENER or not _is_framed(line) or _may_be_dated(line):
            return False
        if _is_there_before(text, starts, ends, i):
            return False
        edge = i < _EDGE or i >= lines - _EDGE
        if edge and _may_be_signed(line):
            return False
        close = len(line) <= CLEAN_SHORT or (edge and len(line) <= CLEAN_CLOSE)
        if close and (not _is_plain(line) or _has_key(line, slots, keys, words)):
            return False
    return True


def _all_story(points, offsets, slots, keys, found):
    starts, ends = np.empty(_LINES, np.int64), np.empty(_LINES, np.int64)
    words = np.empty(_LONGEST + 1, np.uint32)
    for t in range(len(found)):
        text = points[offsets[t] : offsets[t + 1]]
        found[t] = len(text) <= _LONGEST and _is_all_story(text, slots, keys, starts, ends, words)


# ---------------------------------------------------------------- compiling

_COMPILED = ("screen.py", "cues.py", "vocabulary.py")


def _read(dtype: Any) -> Any:
    return numba.types.Array(dtype, 1, "C", readonly=True)


@cache
def _kernel() -> Any:
    u32, i64, flag = numba.uint32, numba.int64, numba.boolean
    signature = numba.void(_read(u32), _read(i64), _read(flag), _read(u32), flag[::1])
    return compiled.kept(_all_story, Path(__file__).parent, _COMPILED, signature)
