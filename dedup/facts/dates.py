"""Dates: a sentence -> the days, dates, years, clock times and parts of the day it states.

A date is read as atoms ("Monday", "July 16", "2018", "8 p.m.", "afternoon"), each with a key that its spellings share:
"Dec. 5", "5 December" and "December 5th" are one key, so are "8 p.m.", "8pm" and "20:00". That way "July 16, 2018" ->
"July 16" is the year dropped and nothing else. Two ways to say one day ("Monday", "on Dec. 5", "today") are a change of
words about time; `same_day` tells whether they can mean the same day, given when the article was published.

"May", "March" and "second" are words of other kinds too: a month needs a capital and, for those two, a day, a year or a
preposition; the weekday and month names are English, as all of this folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_LONG_MONTH = "January|February|April|June|July|August|September|October|November|December"
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|few|a couple of)"
_PERIOD = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies))"
_WHICH = r"(?:(?:earlier|later|early|late) (?:this|last|next)|last|next|this|past|previous|coming|following)"
_SPAN = (
    r"(?:week|weekend|month|year|night|morning|afternoon|evening|spring|summer|fall|autumn|winter|quarter|decade|"
    r"century)"
)
_DAY = r"(?:(?:Mon|Tues?|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)"
_LOOSELY = r"(?:\b(about|around|roughly|nearly|shortly before|just before|shortly after|just after) )?"
_PREPOSITIONS = "In in Last last past Next next This this By by Since since Until until From from Early early Late late"
_AFTER_PREPOSITION = "|".join(rf"(?<={word} )" for word in _PREPOSITIONS.split()) + "|(?<=mid-)"
_NUMERALS = {w: str(i) for i, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "a": "1",
    "an": "1",
    "a few": "few",
    "a couple of": "2",
}


@dataclass(frozen=True, slots=True)
class Date:
    """One atom of time in a sentence."""

    start: int
    end: int
    text: str
    kind: str  # "clock", "day", "weekday", "month", "year", "part", "relative", "ago"
    key: str  # what its spellings share, for instance "12-05", "2018", "20:00"


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(kind, pattern), tried in this order; what one has taken the later ones leave. All linear: no nested repeats."""
    return (
        (
            "clock",
            re.compile(
                rf"{_LOOSELY}(?:\b(\d{{1,2}})(?:[:.](\d{{2}}))?\s?([apAP])\.?\s?[mM]\b\.?"
                r"|\b([01]?\d|2[0-3]):([0-5]\d)\b|\b([Nn]oon|[Mm]idnight|[Mm]idday)\b)"
            ),
        ),
        (
            "day",
            re.compile(
                rf"\b({_MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)"
                rf"|\b(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?({_MONTH})(?![a-z])|\b(\d{{4}})-(\d{{2}})-(\d{{2}})\b"
            ),
        ),
        (
            "month",
            re.compile(
                rf"\b({_MONTH})(?=,?\s(?:of\s)?(?:19|20)\d\d\b)|(?:{_AFTER_PREPOSITION})({_MONTH})(?![a-z])"
                rf"|\b({_LONG_MONTH})\b"
            ),
        ),
        ("ago", re.compile(rf"\b({_COUNT})\s({_PERIOD})\s(ago|earlier|later|from now)\b", re.IGNORECASE)),
        (
            "relative",
            re.compile(rf"\b(today|yesterday|tomorrow|tonight|overnight|{_WHICH}\s{_SPAN})\b(?!s)", re.IGNORECASE),
        ),
        ("weekday", re.compile(rf"\b((?:(?:[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate)\s)?{_DAY})s?\b")),
        # A capital would be a name's ("Morning Star").
        ("part", re.compile(r"\b(mid-?(?:morning|afternoon)|morning|afternoon|evening|night|dawn|dusk|nightfall)s?\b")),
        (
            "year",
            re.compile(
                r"(?<![$£€\d.,#])\b((?:18|19|20)\d\d)(s?)\b"
                r"(?![,.]\d|%|\s(?:percent|people|troops|votes|jobs|points|miles|feet|meters|metres))"
            ),
        ),
    )


# Every match has one of the literals of its kind: most sentences have none, and looking for a literal costs a hundredth
# of the expression. Months have their capital, all others are looked for in lower case.
_LITERALS = {
    "clock": ("noon", "midnight", "midday"),
    "ago": ("ago", "earlier", "later", "from now"),
    "relative": (
        "today", "yesterday", "tomorrow", "tonight", "overnight", "week", "month", "year", "night", "morning",
        "afternoon", "evening", "spring", "summer", "fall", "autumn", "winter", "quarter", "decade", "century",
    ),
    "weekday": ("nday", "sday", "iday", "rday"),
    "part": ("morning", "afternoon", "evening", "night", "dawn", "dusk"),
    "year": ("18", "19", "20"),
}  # fmt: skip
_SHORT_MONTHS = tuple(month[:3].capitalize() for month in _MONTHS)
_HOUR = re.compile(r"\d\s?[apAP]\.?\s?[mM]|\d:\d")
_DIGIT = re.compile(r"\d")
_FOLDED = "ıİſK"  # letters that an expression without case takes for i, s and k, and `lower` does not


def _kinds(text: str) -> set[str]:
    """The kinds of date that `text` may have: all but those whose literals it lacks."""
    if not text.isascii() and any(letter in text for letter in _FOLDED):
        return {"day", "month", *_LITERALS}
    low = text.lower()
    kinds = {kind for kind, literals in _LITERALS.items() if any(map(low.__contains__, literals))}
    months = any(map(text.__contains__, _SHORT_MONTHS))
    if months:
        kinds.add("month")
    if _DIGIT.search(text):
        kinds |= {"day"} if months or "-" in text else set()  # 2016-12-05
        kinds |= {"clock"} if _HOUR.search(text) else set()
    return kinds


def dates(text: str) -> list[Date]:
    """The atoms of time in `text`, in order.

    >>> [(d.kind, d.key) for d in dates("at 8 p.m. on Monday, Dec. 5, 2016")]
    [('clock', '20:00'), ('weekday', 'monday'), ('day', '12-05'), ('year', '2016')]

    Cost: linear in the text, times the patterns.
    """
    kinds = _kinds(text)
    if not kinds:
        return []
    found: list[Date] = []
    free = bytearray(b"\x01") * len(text)
    for kind, pattern in _patterns():
        for match in pattern.finditer(text) if kind in kinds else ():
            start, end = match.span()
            if not all(free[start:end]):
                continue
            free[start:end] = bytes(end - start)
            found.extend(_atoms(kind, match))
    return sorted(found, key=lambda d: d.start)


def _atoms(kind: str, match: re.Match[str]) -> Iterator[Date]:
    start, end, said = match.start(), match.end(), match.group()
    if kind == "day" and match.group(5):
        yield Date(start, start + 4, match.group(5), "year", match.group(5))
        yield Date(start + 5, end, said[5:], "day", f"{match.group(6)}-{match.group(7)}")
        return
    yield Date(start, end, said, kind, _KEYS[kind](match))


def _clock(match: re.Match[str]) -> str:
    loosely, hour, minute, half, hour24, minute24, named = match.groups()
    about = {None: "", "around": "about ", "roughly": "about "}.get(loosely, f"{loosely} ")
    if named:
        return about + ("00:00" if named.lower() == "midnight" else "12:00")
    if hour24:
        return f"{about}{int(hour24):02d}:{minute24}"
    return f"{about}{int(hour) % 12 + (12 if half.lower() == 'p' else 0):02d}:{minute or '00'}"


def _month(name: str) -> int:
    return next(i for i, full in enumerate(_MONTHS, 1) if full.startswith(name.lower().rstrip(".")[:3]))


def _day(match: re.Match[str]) -> str:
    name, number = (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
    return f"{_month(name):02d}-{int(number):02d}"


def _ago(match: re.Match[str]) -> str:
    count, period, where = (g.lower() for g in match.groups())
    return f"{_NUMERALS.get(count, count)} {period.rstrip('s')} {where}"


def _relative(match: re.Match[str]) -> str:
    said = re.sub(r"\s+", " ", match.group(1).lower())
    return said.replace("coming", "next").replace("past", "last").replace("previous", "last")


_KEYS: dict[str, Callable[[re.Match[str]], str]] = {
    "clock": _clock,
    "day": _day,
    "month": lambda m: f"{_month(next(g for g in m.groups() if g)):02d}",
    "ago": _ago,
    "relative": _relative,
    "weekday": lambda m: m.group(1).lower().removeprefix("this "),
    "part": lambda m: m.group(1).lower().removeprefix("mid").removeprefix("-"),
    "year": lambda m: m.group(1) + m.group(2),
}


# ---------------------------------------------------------------- the day meant


def day_of(published: str) -> date | None:
    """The day of an ISO 8601 time as far as it is given, else None."""
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def same_day(a: Date, b: Date, published: date | None) -> bool:
    """Whether two atoms said differently can mean the same day; False when that cannot be known.

    >>> monday, fifth = dates("Monday")[0], dates("Dec. 5")[0]
    >>> [same_day(monday, fifth, day) for day in (date(2016, 12, 6), date(2016, 12, 15), None)]
    [True, False, False]
    """
    if published is None:
        return False
    return bool(_meant(a, published) & _meant(b, published))


def _meant(atom: Date, published: date) -> frozenset[date]:
    """The days within a week of publication that an atom can mean."""
    around = [published + timedelta(days=n) for n in range(-7, 8)]
    if atom.kind == "weekday":
        name = atom.key.split()[-1]
        return frozenset(d for d in around if _DAYS[d.weekday()] == name)
    if atom.kind == "day":
        return frozenset(d for d in around if f"{d.month:02d}-{d.day:02d}" == atom.key)
    offset = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "this morning": 0, "this afternoon": 0,
              "this evening": 0, "last night": -1, "overnight": 0}.get(atom.key)  # fmt: skip
    return frozenset() if offset is None else frozenset([published + timedelta(days=offset)])
