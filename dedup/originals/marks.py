"""Marks: an article -> what it calls itself: "UPDATE 2-...", "(Corrects ...)", "3rd Ld-Writethru", a kill notice.

Agencies say which version a dispatch is in four places: a slug before the headline (Reuters: "UPDATE 2-", "CORRECTED-",
"WRAPUP 1-"), a line in brackets under it ("(Adds minister, background)", "(Recasts with vote)"), the slug line of a
write-thru (AP: "AP-Ferry, 3rd Ld-Writethru"), and a note at the end ("This story has been corrected to ...").
Outlets often take these away, so a mark proves a version and its absence proves nothing. News formats declare it beside
the text: a version number, and whether the item was killed or corrected. What is declared is believed first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dedup.limits import MARK_TOP
from dedup.model import Article

Kind = Literal["update", "correction", "roundup", "kill", "repeat"]


@dataclass(frozen=True, slots=True)
class VersionMark:
    """What an article calls itself."""

    kind: Kind
    words: str  # as shown: "UPDATE 2", "Corrects"
    number: int | None = None  # 2 of "UPDATE 2"


_SLUG = re.compile(
    r"\W{0,3}(?P<words>(?:(?P<update>UPDATE|WRAPUP|TOPWRAP)\s?(?P<number>\d{1,2})|(?P<correction>CORRECTED|CORRECTION|REFILE)"
    r"|(?P<kill>KILL|WITHDRAWN|STORY WITHDRAWN)|(?P<repeat>RPT)|UPDATE)(?:\s?\([A-Z ]{1,20}\))?)\s?[-–—:]"
)
_WRITETHRU = re.compile(r"\b(?P<number>\d{1,2})(?:st|nd|rd|th)\s{1,2}(?:Ld|LD|Lead)(?:[- ][Ww]rite-?thru)?\b")
_BRACKET = re.compile(
    r"\((?P<words>(?P<correction>Corrects|Corrected|Correcting|Clarifies|Refiles)|Recasts|Adds|Updates|Updating|Rewrites)\b"
)
_KILL = re.compile(
    r"\b(?:[Pp]lease (?:kill|disregard) (?:the|this)\b|(?:story|article) (?:has been|is|was) withdrawn\b|"
    r"Reuters (?:has withdrawn|withdraws)\b|STORY REMOVED\b|A kill is mandatory\b)"
)
_CORRECTING = re.compile(
    r"\b(?:story|article|version|report|item|headline|dispatch)\b[^.!?\n]{0,60}\b(?:has been|was|is|were) "
    r"(?:updated\b[^!?\n]{0,60}\bto correct|corrected)\b|\bupdated (?:on )?[^!?\n]{0,40}\bto correct\b|"
    r"\b(?:[Tt]his (?:version|story) corrects|CORRECTION:|Correction: )"
)
# Letters that each of these expressions needs: looking for them first is ten times as fast; most articles have none.
_KILL_SIGNS = ("lease kill", "lease disregard", "withdraw", "STORY REMOVED", "kill is mandatory")
_CORRECTING_SIGNS = ("orrect", "CORRECTION:")
_WRITETHRU_SIGNS = ("Ld", "LD", "Lead")
_ROUNDUP = re.compile(r"\W{0,3}(?P<words>The Latest)\s?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Declared:
    """Which version of which item an article declares to be."""

    item: str
    number: int


_COUNTED = re.compile(r"~\d{1,9}\Z")  # what a run adds to the id of the second version of an item, and of the third


def declared(article: Article) -> Declared | None:
    """What a news format says of the article's version; None where it says nothing.

    >>> declared(Article("urn:x:1~2", "A ferry sank.", version="3"))
    Declared(item='urn:x:1', number=3)
    """
    if not (article.version.isascii() and article.version.isdecimal()):
        return None
    return Declared(_COUNTED.sub("", article.id), int(article.version[:18]))


def mark_of(article: Article) -> VersionMark | None:
    """The mark an article bears: as its format declares, else as its text says."""
    if article.status == "killed":
        return VersionMark("kill", "withdrawn")
    said = version_mark(article.title, article.text)
    return said or (VersionMark("correction", "corrected") if article.status == "corrected" else None)


def version_mark(title: str, text: str) -> VersionMark | None:
    """The mark an article bears, the surest first. Cost: linear in its length.

    >>> version_mark("UPDATE 2-Ferry capsizes", "").words, version_mark("UPDATE 2-Ferry capsizes", "").number
    ('UPDATE 2', 2)
    >>> version_mark("", "(Corrects first name in paragraph 2)\\nNORTHPORT, May 3 (Reuters) - A ferry").kind
    'correction'
    >>> version_mark("Update: what we know", "A ferry sank.") is None
    True
    """
    head = text[:MARK_TOP]
    top = [title, *(line for line in head.split("\n") if line.strip())]
    slugs = [_SLUG.match(line) for line in top[:4]]
    surest = _kill(slugs, title, text) or _slug(slugs) or _bracket(top)
    return surest or _writethru(top, head) or _note(text) or _roundup(top)


def _has(signs: tuple[str, ...], text: str) -> bool:
    # any() over a generator takes three times as long, and this is asked of every article.
    for sign in signs:  # noqa: SIM110
        if sign in text:
            return True
    return False


def _kill(slugs: list[re.Match[str] | None], title: str, text: str) -> VersionMark | None:
    slug = any(m and m["kill"] for m in slugs[:3])
    if slug or any(_has(_KILL_SIGNS, place) and _KILL.search(place) for place in (title, text[: MARK_TOP // 2])):
        return VersionMark("kill", "withdrawn")
    return None


def _slug(slugs: list[re.Match[str] | None]) -> VersionMark | None:
    found = next((m for m in slugs if m), None)
    if found is None:
        return None
    number = int(found["number"]) if found["number"] else None
    kind: Kind = "correction" if found["correction"] else "repeat" if found["repeat"] else "update"
    return VersionMark(kind, found["words"], number)


def _bracket(top: list[str]) -> VersionMark | None:
    bare = (line.strip() for line in top if "(" in line)
    found = next((m for m in map(_BRACKET.match, bare) if m), None)
    return found and VersionMark("correction" if found["correction"] else "update", found["words"])


def _writethru(top: list[str], head: str) -> VersionMark | None:
    if not (_has(_WRITETHRU_SIGNS, head) or _has(_WRITETHRU_SIGNS, top[0])):
        return None
    found = next((m for m in map(_WRITETHRU.search, top) if m), None)
    return found and VersionMark("update", found.group(), int(found["number"]))


def _note(text: str) -> VersionMark | None:
    found = _has(_CORRECTING_SIGNS, text) and _CORRECTING.search(text)
    return VersionMark("correction", "corrected") if found else None


def _roundup(top: list[str]) -> VersionMark | None:
    found = next((m for m in map(_ROUNDUP.match, top[:3]) if m), None)
    return found and VersionMark("roundup", found["words"])
