"""Values: whatever stands in a field -> one string for show, "" for every spelling of nothing.

Values are as scrapers leave them: null, NaN, "None", numbers, lists, objects with a name in them.
"""

from __future__ import annotations

import math
import re
from typing import Any

from dedup import limits
from dedup.read import urls

# What scrapers write for "nothing": str(None) by news-please, NaN and NaT by pandas.
NOTHING = frozenset({"", "None", "none", "NONE", "null", "NULL", "nan", "NaN", "NAN", "NaT", "undefined", "N/A"})
_URL = re.compile(r"(?:https?:)?//[^\s/]", re.IGNORECASE)
# Where an object keeps the one string it stands for: schema.org, NewsAPI, ninjs, JSON-LD, MongoDB exports, XML-to-JSON.
_INNER = ("name", "value", "text", "#text", "@value", "content", "@id", "$oid", "$date", "$numberLong", "url", "id")
_NESTED = 4  # levels looked into; a hostile value has a thousand
_MAIN_ROLES = ("main", "body", "")  # of ninjs headlines[] and bodies[]


def string(value: Any) -> str:
    """One line for show out of whatever stands there; "" for every spelling of nothing."""
    if isinstance(value, str):  # first: nearly always, and this is the hot path
        if "\n" in value:
            value = " ".join(value.split())
        value = value.strip()
        return "" if value in NOTHING else value[: limits.MAX_META]
    if isinstance(value, list | dict):
        inner = single(value)
        return "" if isinstance(inner, list | dict) else string(inner)
    if value is None or isinstance(value, bool | bytes | bytearray):
        return ""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**400 else ""
    if isinstance(value, float):
        return _number(value)
    return str(value)[: limits.MAX_META]  # dates, decimals and UUIDs of Parquet columns


def single(value: Any) -> Any:
    """The value a list or object stands for: the main one, the first, the one under a telling name.

    >>> single([{"role": "slug", "value": "rain"}, {"role": "main", "value": "Rain in Ostby"}])
    'Rain in Ostby'
    """
    for _ in range(_NESTED):
        if not isinstance(value, list | dict):
            break
        value = main(value)
    return value


def main(value: list[Any] | dict[str, Any]) -> Any:
    """One level of `single`."""
    if isinstance(value, list):
        objects = [each for each in value if isinstance(each, dict)]
        for role in _MAIN_ROLES if objects else ():
            for each in objects:
                if each.get("role", "") == role:
                    return each
        return value[0] if value else None
    return next((value[name] for name in _INNER if value.get(name)), None)


def _number(value: float) -> str:
    """A whole number without its ".0" (pandas makes floats of ids with gaps); nothing for NaN and infinity."""
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else str(value)


def identifier(value: Any) -> str:
    """An id as a string; numbers too, where they are still exact."""
    # Beyond 2**53 a float has lost digits: two ids could have become one.
    return "" if isinstance(value, float) and abs(value) >= 2**53 else string(value)


def address(value: Any) -> str:
    """A url; "" for what is none."""
    found = string(value)
    if found.startswith(("http://", "https://")):
        return found
    return found if _URL.match(found) or (found.startswith("www.") and " " not in found) else ""


def label(value: Any) -> str:
    """A name that is not an address: what `source` must be to name the outlet."""
    found = string(value)
    return "" if _URL.match(found) else found


def host(value: Any) -> str:
    """The site of a host name or url."""
    found = string(value)
    return urls.site(found) or found


def people(value: Any) -> str:
    """The names in a list, or the one that stands there."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(string, value)))[: limits.MAX_META]
    return string(value)


def moment(value: Any) -> Any:
    """What a date field holds; None for every spelling of nothing."""
    if isinstance(value, str):
        return None if value in NOTHING or not value.strip() else value
    if isinstance(value, list | dict):
        value = single(value)
        return None if isinstance(value, list | dict) else moment(value)
    return value if value == value else None  # NaN is not itself
