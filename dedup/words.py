"""Words: text -> word tokens with their spans, and the comparable form of each. A pure helper of several stages.

Comparable form: lower case, curly quotes straightened, accents and apostrophes gone ("Côte d’Ivoire's" -> "cote",
"divoires"), so that an outlet's house style makes no difference. Positions always count code points in the text given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Figures keep their separators ("1,200", "3.5", "12:30"), abbreviations their points ("U.S."), and words their
# inner apostrophes and hyphens stay apart ("Trump's" is one word, "one-on-one" is three).
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_DROPPED = re.compile(r"['’.]|\u00ad|[\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    start: int
    end: int
    text: str  # as written
    norm: str  # comparable form


def comparable(word: str) -> str:
    """The form two spellings of one word share.

    >>> comparable("Côte"), comparable("U.S."), comparable("Trump’s"), comparable("3.5")
    ('cote', 'us', 'trumps', '3.5')
    """
    if word.isascii() and word.isalpha():
        return word.lower()
    if word[:1].isdigit():
        return word.replace(",", "").lower()
    folded = unicodedata.normalize("NFKD", _DROPPED.sub("", word)).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c))


def words(text: str) -> list[Word]:
    """The words of `text` in order. Cost: linear in its length.

    >>> [w.norm for w in words("HELSINKI (AP) — Trump’s 1,200 U.S. aides")]
    ['helsinki', 'ap', 'trumps', '1200', 'us', 'aides']
    """
    return [Word(m.start(), m.end(), m.group(), comparable(m.group())) for m in _WORD.finditer(text)]


def raw_words(text: str) -> list[str]:
    """The words of `text` as written, in order: what `words` finds, without the spans and at a third of the cost.

    >>> raw_words("HELSINKI (AP) — Trump’s 1,200 U.S. aides")
    ['HELSINKI', 'AP', 'Trump’s', '1,200', 'U.S.', 'aides']
    """
    return _WORD.findall(text)


def abridged(text: str, most: int) -> str:
    """A line of about `most` characters at most: of a longer one the middle is left out, by whole words.

    >>> abridged("the ferry sank off the cape in the night", 24)
    'the ferry ... in the night'
    """
    if len(text) <= most:
        return text
    half = most // 2
    head, tail = text[: half + 1], text[-half - 1 :]
    return f"{head.rpartition(' ')[0] or head} ... {tail.partition(' ')[2] or tail}"
