"""Dates: what a field says -> ISO 8601 as far as it was given. Never guesses a part that is missing.

"2018-07" stays a month, a time without an offset stays without, "04/07/2018" (April or July?) is not a date, and
nothing depends on today, on the machine's time zone or on its locale.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from dedup import limits

_PART = re.compile(r"(\d{4})(?:-(\d\d))?")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d:?\d\d)?)?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{12,13}(?:\.0)?")  # seconds 1973-2286, milliseconds 1973-2286
_AMBIGUOUS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}(?!\d)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY_FIRST = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}(?!\d)")  # only day.month.year is written with points
_RFC2822 = re.compile(r"(?:[A-Z][a-z]{2},\s{1,3})?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")
_MILLISECONDS_FROM = 10**11

# Names RFC 2822 fixes, and the two a newsroom writes for them. Others (IST, BST, CST abroad) mean several zones: such
# a time keeps no offset.
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "UT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7,
}  # fmt: skip
# Parsed over two defaults, a part that was not given shows as a part that differs.
_DEFAULTS = (datetime(2001, 1, 1, 0, 0, 0), datetime(2004, 2, 2, 1, 1, 1))


def iso(value: object) -> str:
    """`value` as ISO 8601, as precise as it was given; "" when it is no date one can be sure of.

    Takes strings, numbers (seconds or milliseconds since 1970) and date objects.

    >>> iso("Sun, 15 Jul 2018 11:54:28 GMT"), iso("2018-07"), iso("15 July 2018"), iso(1531655668)
    ('2018-07-15T11:54:28+00:00', '2018-07', '2018-07-15', '2018-07-15T11:54:28+00:00')
    >>> iso("04/07/2018"), iso("yesterday")
    ('', '')
    """
    if isinstance(value, str):
        return _text(value.strip())
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _epoch(value)
    return ""


def _text(value: str) -> str:
    if found := _standard(value):
        return found
    value = value.replace("\u202f", " ").replace("\xa0", " ")  # "10:35 PM" comes with a narrow space these days
    if len(value) > limits.MAX_DATE:
        return ""
    for pattern, form in ((_PART, _partial), (_YEAR_FIRST, _joined), (_COMPACT, _compact), (_EPOCH, _digits)):
        if found_parts := pattern.fullmatch(value):
            return form(found_parts)
    return (_rfc2822(value) if _RFC2822.match(value) else "") or _written(value)


def _standard(value: str) -> str:
    """ISO 8601 itself, with "T" and a full offset; minutes stay minutes. "" for anything else."""
    if value[4:5] != "-" or value[7:8] != "-" or value[5:6] == "W" or len(value) > limits.MAX_DATE:
        return ""  # compact and week forms, which fromisoformat takes too, would have a day guessed
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return ""
    size = len(value)
    if size == 10 or (value[10] == "T" and (size == 19 or (size == 25 and value[22] == ":" and value[19] in "+-"))):
        return value  # already as wanted: nearly always
    if size == 20 and value[10] == "T" and value[13] == value[16] == ":" and value[19] == "Z":
        return f"{value[:19]}+00:00"
    if value[13:14] != ":":
        return ""  # hours alone, or a form of its own
    return moment.isoformat(timespec="auto" if value[16:17] == ":" else "minutes")


def _partial(found: re.Match[str]) -> str:
    year, month = found[1], found[2] or ""
    if not 1 <= int(month or 1) <= 12 or not 1500 <= int(year) <= 2200:
        return ""
    return f"{year}-{month}" if month else year


def _joined(found: re.Match[str]) -> str:
    return _standard(f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}")


def _compact(found: re.Match[str]) -> str:
    year, month, day, hour, minute, second, zone = found.groups()
    offset = "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}" if zone else ""
    clock = f"T{hour}:{minute}:{second}{offset}" if hour else ""
    return _standard(f"{year}-{month}-{day}{clock}")


def _digits(found: re.Match[str]) -> str:
    return _epoch(float(found[0]))


def _epoch(value: float) -> str:
    """Seconds or milliseconds since 1970, in UTC."""
    try:
        if value >= _MILLISECONDS_FROM:
            value /= 1000
        if not 10**8 <= value < 10**10:
            return ""  # 1973 to 2286: outside, it is a year, a day count or noise
        moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=value)
    except (OverflowError, ValueError):
        return ""
    return moment.isoformat(timespec="auto" if moment.microsecond else "seconds")


def _rfc2822(value: str) -> str:
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _zone(name: str | None, offset: int | None) -> timezone | None:
    """The zone dateutil should use. Always answering keeps it from asking the machine for its own."""
    if offset is None:
        offset = 3600 * _ZONES[name] if name in _ZONES else None
    return None if offset is None else timezone(timedelta(seconds=offset))


def _written(value: str) -> str:
    """A date in words, by dateutil, kept to the parts that were there."""
    if not _YEAR.search(value):
        return ""  # "15/07/18": which century dateutil takes depends on today
    slashed = _AMBIGUOUS.match(value)
    if slashed and int(slashed[1]) <= 12 and int(slashed[2]) <= 12 and int(slashed[1]) != int(slashed[2]):
        return ""
    from dateutil import parser

    day_first = _DAY_FIRST.match(value) is not None
    try:
        one, two = (parser.parse(value, default=each, dayfirst=day_first, tzinfos=_zone) for each in _DEFAULTS)
    # What dateutil raises for odd strings beyond its ParserError (a ValueError) and OverflowError is not documented.
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError, ArithmeticError):
        return ""
    return _common(one, two)


def _common(one: datetime, two: datetime) -> str:
    """The parts on which both readings agree, from the year down."""
    if one.year != two.year or not 1500 <= one.year <= 2200:
        return ""
    if one.month != two.month:
        return f"{one.year:04}"
    if one.day != two.day:
        return f"{one.year:04}-{one.month:02}"
    if one.hour != two.hour:
        return one.date().isoformat()
    if one.minute != two.minute or one.second != two.second:
        return one.isoformat(timespec="minutes")
    return one.isoformat()
