"""Items: what the news industry's formats have in common -> an article with its version, status and embargo.

An item is one thing an agency sent: a text, a picture, a package. Its versions share its id and are numbered; the
newest one counts. Instead of an update an agency may send that the item is killed, or mended, or not to be published
yet, or that it was never meant for readers. Formats say so in three places: the status of the item (IPTC's pubstatus:
usable, withheld, canceled), the kind of message (AP's editorial types, signals), and a note to editors. A killed item
is often sent with nothing but a notice in it. It is an article all the same: outlets that carry the story must be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dedup.model import Article, Status
from dedup.read import dates

if TYPE_CHECKING:
    from dedup.read.fields import Mapper

# In letters alone, small. IPTC: an item withheld is not to be made public, and withdrawn where it has been.
_KILLED = frozenset(
    "canceled cancelled kill killed mandatorykill correctivekill elimination disregard takedown withdraw withdrawal "
    "withdrawn withheld withhold retraction retracted recall recalled".split()
)
_CORRECTED = frozenset("correction corrections corrected corrective corrects clarification refile".split())
_LETTERS = re.compile(r"[^a-z]+")
# "Eds: CORRECTS spelling of ...". In capitals: "Corrects" is how an ordinary note may go on.
_NOTE = re.compile(
    r"\W{0,3}(?:Eds?\.?|Editors|EDITORS|Note to editors|ATTENTION EDITORS)?\W{0,4}"
    r"(?:(?P<killed>KILLS?|KILLED|MANDATORY KILL|WITHDRAWN|WITHDRAWS)|"
    r"(?P<corrected>CORRECTS|CORRECTED|CORRECTION)|(?P<advisory>ADVISORY))\b"
)


class Empty(str):
    """A reason for a skip: an article is there, its text is not."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item, before it becomes an article."""

    fields: dict[str, Any]  # text, title, id, url, outlet, published, author, language
    what: str = ""  # what it is when it is no text: "a picture"; "" for a text
    version: str = ""
    status: Status = ""
    embargo: str = ""  # ISO 8601
    notice: str = ""  # what it tells editors


def made(item: Item, mapper: Mapper, flags: tuple[str, ...] = ()) -> Article | str:
    """The article of an item, or why there is none."""
    fields = item.fields
    if not str(fields.get("text") or "").strip():
        if item.what or item.status != "killed":
            return f"{item.what}, not a text" if item.what else Empty("no text in it")
        fields = {**fields, "text": item.notice or fields.get("title") or f"Killed: {fields.get('id', '')}"}
        flags = (*flags, "notice only")
    return declared(item, mapper.article(fields, flags))


def declared(item: Item, article: Article | str) -> Article | str:
    """`article` with what the item declares of itself."""
    if not isinstance(article, Article):
        return article
    return replace(article, version=item.version, status=item.status, embargo=item.embargo)


def status(said: str, kinds: Iterable[str], note: str, embargo: str, sent: str, *, held: bool = False) -> Status:
    """What the agency says of an item, the gravest first.

    `said`: its publication status; `kinds`: types and signals; `embargo`, `sent`: ISO 8601; `held`: under an embargo
    that ends at no given time.

    >>> status("canceled", [], "", "", ""), status("usable", ["Correction"], "", "", "")
    ('killed', 'corrected')
    """
    words = {_LETTERS.sub("", each.lower()) for each in (said, *kinds)}
    noted = _NOTE.match(note)
    waits = held or later(embargo, sent) or _LETTERS.sub("", said.lower()) == "embargoed"
    if waits and words.isdisjoint(_KILLED - {"withheld"}):
        return "embargoed"
    if not words.isdisjoint(_KILLED) or (noted and noted["killed"]):
        return "killed"
    if "advisory" in words or (noted and noted["advisory"]):
        return "advisory"
    return "corrected" if not words.isdisjoint(_CORRECTED) or (noted and noted["corrected"]) else ""


def later(embargo: str, sent: str) -> bool:
    """Whether an embargo ends after the item was sent: one that ended before is over.

    >>> later("2025-03-02T12:00:00+00:00", "2025-03-02T13:00:00+02:00"), later("2025-03-02", ""), later("", "")
    (True, True, False)
    """
    if not embargo or not sent:
        return bool(embargo)
    try:
        return datetime.fromisoformat(embargo) > datetime.fromisoformat(sent)
    except (ValueError, TypeError):  # one is a month, or has no zone
        return embargo[:10] > sent[:10]


def moment(value: Any) -> str:
    """A time of any of these formats as ISO 8601; "" for none."""
    return dates.iso(value)
