"""Sameness: two figures or dates of two wires -> what speaks for their being of one fact. For contradict.py.

Words are compared as keys: a stem, or one key for the many words news has for one thing ("*dead", "*up").
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dedup import limits
from dedup.facts.dates import Date
from dedup.facts.numbers import Number
from dedup.facts.reading import Read
from dedup.facts.tokens import stem
from dedup.facts.units import MEASURES


def _classes(table: Mapping[str, str]) -> dict[str, str]:
    return {stem(word): name for name, words in table.items() for word in words.split()}


# What becomes of people, in the words news has for it.
_FATES = _classes(
    {
        "*dead": "dead killed killing died dies deaths death fatalities bodies lives perished drowned",
        "*missing": "missing disappeared unaccounted vanished",
        "*hurt": "hurt injured injuring injuries wounded wounding wounds",
        "*saved": "rescued saved survived survivors survivor rescuing",
        "*aboard": "aboard board carrying",
        "*held": "arrested detained arrests detentions arresting detaining custody",
    }
)
# Words that say one thing of a quantity; as anchors they count as one word.
_SAME = _FATES | _classes(
    {
        "*up": "rise rises rising rose risen increase hike climb climbed jump jumped gain gained raise raised surge",
        "*down": "fall falls falling fell fallen drop decline decrease slump plunge slid cut lower",
    }
)

_PEOPLE = frozenset(
    stem(w)
    for w in """people persons passengers crew survivors children women men civilians soldiers troops migrants
    protesters students workers miners residents others victims tourists officers""".split()
)
ZONES = frozenset("gmt utc est edt et bst cet cest ist pst pdt".split())  # "0340 GMT" is a time


def key(stemmed: str) -> str:
    """What the words of news for one thing share: their class, else the stem itself."""
    return _SAME.get(stemmed, stemmed)


def fate_of(number: Number, sentence: Read) -> str:
    """What became of the people that a figure counts: "killing 40 people", "40 were killed"; "" not said."""
    if number.unit or (number.noun and number.noun not in _PEOPLE and number.noun not in _FATES):
        return ""
    tokens = sentence.tokens
    before = number.first - 1
    while before >= 0 and tokens.words[before].start >= number.start:
        before -= 1  # the words of its bound
    if before >= 0 and tokens.stems[before] in _FATES and tokens.words[before].norm.endswith(("ing", "ed", "s")):
        return _FATES[tokens.stems[before]]
    figures = {n.first for n in sentence.numbers}
    for k in range(number.last + 1, min(number.last + 1 + limits.FACT_FATE, len(tokens.stems))):
        if k in figures or any(c in tokens.gap(k) for c in ",;:.()"):
            return ""
        if tokens.stems[k] in _FATES:
            return _FATES[tokens.stems[k]]
    return ""


def other_people(a: Number, b: Number) -> bool:
    """Whether two figures count other people: passengers without the crew, or children."""
    kinds = {n.noun for n in (a, b) if n.noun in _PEOPLE and key(n.noun) == n.noun}
    return len(kinds) > 1


def compatible(vague: Number, exact: Number) -> bool:
    """Whether a rounded bound holds for the other figure: "more than 200" for 228, "almost five" for 4.9."""
    if vague.bound in ("more than", "at least") and vague.low % 5 == 0:
        return vague.low < exact.low <= limits.FACT_LOOSELY * vague.low
    if vague.bound in ("almost", "less than", "at most"):
        return exact.high <= vague.high <= limits.FACT_LOOSELY * exact.high
    return vague.low < vague.high and vague.low <= exact.low and exact.high <= vague.high


def near(a: Number, b: Number) -> bool:
    """Whether neither figure is more than twice the other."""
    return max(a.high, b.high) <= 2 * min(a.low, b.low)


def alike(one: Read, a: Number, other: Read, b: Number) -> frozenset[str]:
    """What two figures of any two sentences share that makes them one fact; nothing when that is too little."""
    none = frozenset[str]()
    if a.unit != b.unit or a.unit == "age" or not near(a, b) or fate_of(a, one) or fate_of(b, other):
        return none
    if a.unit in MEASURES and a.noun != b.noun:
        return none
    counted = key(a.noun) == key(b.noun) != ""
    if a.unit == "ordinal":
        return frozenset([key(a.noun)]) if counted and min(a.low, b.low) > 1 and key(a.noun)[0] == "*" else none
    if not counted and not a.unit:
        return none
    left, right = (around(t, n.first, n.last, limits.FACT_CLOSELY) for t, n in ((one, a), (other, b)))
    if {"*up", "*down"} <= left ^ right:
        return none
    shared = frozenset(w for w in left if shared_keys(frozenset([w]), right)) - {key(a.noun) if counted else ""}
    return shared if len(shared) >= 2 else none


def time_of(atom: Date) -> str:
    """A date without what loosens it."""
    return atom.key.removeprefix("about ")


@lru_cache(maxsize=4 * limits.FACT_CACHE)
def around(sentence: Read, first: int, last: int, count: int = limits.FACT_AROUND) -> frozenset[str]:
    """Keys of the `count` content words nearest to the words first..last on either side; other figures left out."""
    tokens = sentence.tokens
    figures = {k for n in sentence.numbers for k in range(n.first, n.last + 1)}
    plain = [k for k in range(len(tokens.stems)) if tokens.content(k) and k not in figures and not first <= k <= last]
    beside = [k for k in plain if k < first][-count:] + [k for k in plain if k > last][:count]
    return frozenset(key(tokens.stems[k]) for k in beside)


def shared_keys(a: frozenset[str], b: frozenset[str]) -> int:
    """Words of `a` that `b` has, too, or a word of their root ("grow", "growth")."""
    return sum(w in b or any(_root(w, v) for v in b) for w in a)


def _root(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= limits.FACT_ROOT - 1 and long.startswith(short) and len(long) - len(short) <= 3
