"""Look: a stretch of articles -> what is to be seen in each by itself: an `Entry`, and the faults of its page.

The only part of a check that reads every text. Works in any process: it is handed where the records stand, not texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from dedup import originals, read, spool
from dedup.check import page
from dedup.check.policy import Policy
from dedup.check.views import Entry, Says
from dedup.credits import find_credits, wire_agency
from dedup.model import Article, Credit, Mark
from dedup.originals.marks import mark_of
from dedup.originals.times import dateline_day
from dedup.read.urls import site


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of an article before its text is read."""

    id: str
    own_id: str  # as the input gave it, "" when it gave none
    content: str
    record: str
    words: int
    given: bool  # from --originals
    known: bool  # in a cluster whose agency is known
    sibling_words: int = 0
    sibling_end: str = ""
    repeated: float = 0.0
    outlet_language: str = ""
    language: str | None = None  # None: not looked up yet


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some articles for one process: where each record stands, and what is known of it."""

    folders: tuple[str, ...]
    places: tuple[tuple[int, int, int], ...]  # part, start, size
    known: tuple[Given, ...]
    policy: Policy
    credits: bool  # whether the credits of all are looked up, or only of those in the cluster of an agency
    pages: bool  # whether any rule about a page counts


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen in an article."""

    entry: Entry
    faults: tuple[page.Fault, ...]


def look(stretch: Stretch) -> list[Looked]:
    """What is seen in each article of a stretch, in order."""
    records = spool.Records(stretch.folders)
    try:
        return [
            _look(*records.marked(*place, known.id), known, stretch)
            for place, known in zip(stretch.places, stretch.known, strict=True)
        ]
    finally:
        records.close()


def _look(article: Article, marks: tuple[Mark, ...], known: Given, stretch: Stretch) -> Looked:
    dated = any(mark.kind == "dateline" for mark in marks)
    asked = stretch.credits or known.known or known.given or dated
    credits = _credits(article, marks) if asked else ()
    entry = _entry(article, known, credits, asked=asked)
    if known.given or not stretch.pages:
        return Looked(entry, ())
    return Looked(entry, tuple(_faults(article, marks, known, stretch.policy)))


def _faults(article: Article, marks: tuple[Mark, ...], known: Given, policy: Policy) -> Iterator[page.Fault]:
    here = page.Page(
        article, marks, known.sibling_words, known.sibling_end, known.repeated, known.outlet_language,
        _language(article, known, policy),
    )  # fmt: skip
    return page.faults(here, partial(_option, policy, article.outlet))


def _language(article: Article, known: Given, policy: Policy) -> str:
    """The language of an article, told only where there is another one to hold it against: it takes a while."""
    if known.language is not None:
        return known.language
    compared = article.language or known.outlet_language
    return page.language_of(article.text) if compared and policy.wanted("TXT007") else ""


def _option(policy: Policy, outlet: str, rule: str, name: str) -> float | int | str:
    return policy.option(rule, name, outlet)


def _credits(article: Article, marks: tuple[Mark, ...]) -> tuple[Credit, ...]:
    return find_credits(article.text, author=article.author, outlet=article.outlet, url=article.url, marks=marks)


def _entry(article: Article, known: Given, credits: tuple[Credit, ...], *, asked: bool) -> Entry:
    carrier = originals.Carrier(article, 0, credits, *wire_agency(credits), wire=known.given)
    whose = originals.agency_of(carrier) if known.given else _agency_of_outlet(article.outlet, site(article.url))
    sent_by = whose or ""
    day = dateline_day(carrier)
    return Entry(
        article.id,
        known.own_id,
        article.outlet,
        site(article.url) if article.url else "",
        read.canonical_url(article.url),
        article.title,
        article.published,
        article.path,
        known.content,
        known.record,
        known.words,
        article.flags,
        article.version,
        article.status,
        known.given,
        day.isoformat() if day else "",
        _says(article) if sent_by or known.known or article.status else "",
        sent_by,
        tuple((credit.agency, credit.role) for credit in credits),
        asked,
    )


@lru_cache(maxsize=4096)
def _agency_of_outlet(outlet: str, host: str) -> str:
    """The agency that an outlet is, "" for any other."""
    return next((credit.agency for credit in find_credits("", outlet=outlet, url=host)), "")


def _says(article: Article) -> Says:
    mark = mark_of(article)
    return mark.kind if mark and mark.kind in ("kill", "correction") else ""
