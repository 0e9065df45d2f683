"""Datelines: a line -> where its dateline ends: "OSLO (AP) — ", "OSLO, Nov 3 (Reuters) - ", "New Delhi, Nov 3 (PTI) ".

Method: one anchored expression reads place, date and agency, each by a bounded run of characters; plain checks then
refuse what only looks like a place ("UPDATE - ", "NATO — "). A place without an agency must be in capitals and followed
by a spaced dash or a long one; with a colon ("NEW DELHI: ") it counts only where a story starts, because transcripts
write speakers that way.
"""

from __future__ import annotations

import re

from dedup.agencies import BY_FORM
from dedup.limits import CLEAN_DATELINE

MONTHS = frozenset(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october "
    "nov november dec december januar februar märz mai juni juli oktober dezember janvier février mars avril juin "
    "juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre "
    "octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre".split()
)
# Words that stand in capitals before a dash or colon and are no place.
NOT_PLACES = frozenset(
    "update updated breaking watch exclusive opinion analysis video photos read more related live latest developing "
    "correction editor's note nato fbi cia trump clinton q a gop editorial review column file photo alert urgent "
    "factbox timeline explainer news special report interview poll who what when where why how new the and but vs "
    "also see sponsored ad day win lose result results score dear yes no i mr ms us uk eu un".split()
)

_PLACE = r"(?P<place>[^\W\d_][^\n()\[\]:;!?\"“”–—|•]{1,58}?)"
_AGENCY = r"[(\[](?P<agency>[^\W\d_][^()\[\]\n]{1,40})[)\]]"
_DASH = r"(?:\s*(?:—|–|―|--+)\s*|\s+[-‐‑]\s*|\s*:\s+|\s*-\s+)"
# AFP names the country in brackets: "Kelda (Karvelia), Nov 3, 2025 (AFP) - ".
_IN_COUNTRY = r"(?:\s\([^\W\d_][^\n()\d]{1,30}\)[^\n()\[\]:;!?\"“”–—|•]{0,24}?)?"
_WITH_AGENCY = re.compile(rf"(?:{_PLACE[:-1]}{_IN_COUNTRY})\s{{0,3}})?{_AGENCY}(?P<dash>{_DASH})?\s*")
_TASS = re.compile(rf"{_PLACE}\s{{0,3}}/(?P<agency>[^\W\d_][\w .-]{{1,20}})/\.?\s*(?:—|–|--+|-)?\s*")
_CAPITALS = re.compile(
    r"(?P<place>[^\W\d_][^\n()\[\]:;!?\"“”–—|•]{2,58}?)(?P<dash>\s*(?:—|–|―|--+)\s*|\s+-\s+|:\s+)(?=\S)"
)
_WORD = re.compile(r"[^\W\d_]+")
_OUTLET_MARK = re.compile(r"[A-Z][A-Za-z. ]*[A-Z][A-Za-z.]*\Z|[A-Z]{2,}\Z")


def dateline_end(line: str, *, opens: bool = False) -> int:
    """Where the dateline of `line` ends, 0 when it has none. `opens`: the line may be the first of the story.

    >>> dateline_end("NORTHPORT (AP) — The mayor said"), dateline_end("NATO — the alliance")
    (17, 0)
    """
    head = line[:CLEAN_DATELINE]
    if not (head[:1].isalpha() or head[:1] in "(["):
        return 0
    found = _with_agency(head) if (")" in head or "]" in head or "/" in head) else 0
    return found or (_in_capitals(head, opens) if head[:2].isupper() else 0)


def bare_dateline(line: str) -> bool:
    """Whether `line` is nothing but a dateline: "HELSINKI (AP)", "Washington (CNN)".

    >>> bare_dateline("NORTHPORT (AP)"), bare_dateline("Smith (left) and aides")
    (True, False)
    """
    return len(line) < 70 and 0 < _with_agency(line) >= len(line) - 1


def _with_agency(head: str) -> int:
    match = _WITH_AGENCY.match(head) or _TASS.match(head)
    if match is None:
        return 0
    place, agency = match.group("place") or "", match.group("agency").strip()
    known = agency in BY_FORM or agency.removeprefix("The ") in BY_FORM
    dashed = bool(match.groupdict().get("dash"))
    if not (known or (dashed and _OUTLET_MARK.match(agency))):
        return 0
    return match.end() if (_is_place(place) if place else dashed) else 0


def _in_capitals(head: str, opens: bool) -> int:
    match = _CAPITALS.match(head)
    if match is None:
        return 0
    place, colon = match.group("place"), ":" in match.group("dash")
    city = place.split(",")[0]
    if not city.isupper() or (colon and not opens) or not _is_place(place):
        return 0
    return match.end()


def _is_place(place: str) -> bool:
    """A few capitalised words; dates and states may follow a comma; no word that is known to be no place."""
    words = _WORD.findall(place)
    if not words or len(words) > 8:
        return False
    city = _WORD.findall(place.split(",")[0])
    if not city or len(city) > 4 or any(word.lower() in NOT_PLACES for word in city):
        return False
    return all(word[0].isupper() or word.lower() in _SMALL or word.lower() in MONTHS for word in words)


_SMALL = frozenset("of the de la del el al le les di da do dos am an der den sur near on and y".split())
