"""Articles: what read makes of an input, and what clean and credits find in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# What the agency says of an item: not to be used any more, a notice to editors, mended, not to be published yet.
Status = Literal["", "killed", "advisory", "corrected", "embargoed"]


@dataclass(frozen=True, slots=True)
class Article:
    """One outlet's page or feed entry, as read. Missing text fields are "", never None."""

    id: str  # the input's own id, else "" until the pipeline gives it a digest
    text: str  # untouched but for lone surrogates, which become U+FFFD (flag "surrogates")
    outlet: str = ""
    title: str = ""
    published: str = ""  # ISO 8601 as far as given: "2018-07-15", "2018-07-15T07:54:28-04:00"; "" unknown
    url: str = ""  # as given, for show
    author: str = ""
    language: str = ""  # as declared ("en", "de-AT"); "" unknown
    path: str = ""  # file it came from, forward slashes, as the user named it; "-" for standard input
    flags: tuple[str, ...] = ()  # what reading had to do: "cp1252", "surrogates", "description only" ...
    version: str = ""  # as declared by a news format: "3"; the versions of an item share its id
    status: Status = ""
    embargo: str = ""  # ISO 8601; not to be published before


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not used."""

    where: str  # path, path:line, path:line (id) ...
    why: str  # one lower-case phrase a person can act on
    empty: bool = False  # an article is there, its text is not


FurnitureKind = Literal[
    "dateline", "byline", "credit", "timestamp", "caption", "share", "more", "headline", "navigation", "notice"
]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of furniture: on the page, not in the story."""

    start: int
    end: int
    kind: FurnitureKind


# "outlet": the article stands on the agency's own site or feed
CreditRole = Literal["outlet", "dateline", "byline", "tail", "told", "report", "quoted", "photo", "mention"]


@dataclass(frozen=True, slots=True)
class Credit:
    """One place where an article names an agency, and as what."""

    agency: str  # "Reuters", "AP", "AFP", ...; "agencies" for an unnamed "With inputs from agencies"
    role: CreditRole
    start: int  # span of the words that name it; 0, 0 when they stand outside the text (author field)
    end: int
