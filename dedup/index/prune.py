"""Prune: drops articles older than an age. An article's time is when it was published, else when it was added.

The dispatches of --originals stay: they were named by hand, and articles are held against them however old they are.
Numbers are never given again, postings of what is gone are taken out of every segment in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from dedup import limits
from dedup.errors import UsageError
from dedup.index.add import rewritten
from dedup.index.store import Entry, Store

_AGE = re.compile(r"(\d{1,6})([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def age(text: str) -> timedelta:
    """An age as given on the command line. Raises UsageError for what is none.

    >>> age("30d").days, age("12h").total_seconds()
    (30, 43200.0)
    """
    found = _AGE.fullmatch(text.strip())
    if not found:
        raise UsageError(f"--older-than is {text!r}; expected a number and h, d or w, such as 30d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def moment(text: str) -> datetime | None:
    """An ISO 8601 time or date as UTC; None for anything else. One without a zone is taken as UTC.

    >>> moment("2025-10-14").isoformat(), moment("soon")
    ('2025-10-14T00:00:00+00:00', None)
    """
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def too_old(store: Store, before: datetime) -> list[Entry]:
    """The articles with a time before that, by number."""
    return [entry for entry in store.entries() if not entry.wire and _time(entry) < before]


def prune(store: Store, before: datetime) -> int:
    """Drops the articles with a time before that; how many. The skips of adds before it go too."""
    with store.changing() as change:
        head = store.head()
        gone = too_old(store, before)
        for start in range(0, len(gone), limits.INDEX_BATCH):
            change.drop_articles(gone[start : start + limits.INDEX_BATCH])
        change.drop_skips(before.isoformat())
        segments = head.segments
        if gone and segments:
            dead = np.array([entry.number for entry in gone], np.int64)
            made = rewritten(store, change, segments, dead)
            segments = (made,) if made.postings else ()
            if not made.postings:
                change.drop("directories", [made.number])
        change.set_head(replace(head, articles=head.articles - len(gone), segments=segments))
    if gone:
        store.tidy()
    return len(gone)


def _time(entry: Entry) -> datetime:
    return moment(entry.published) or moment(entry.added) or datetime.min.replace(tzinfo=UTC)


def told(entries: Sequence[Entry]) -> str:
    """'3 articles of 2 outlets'."""
    outlets = len({entry.outlet for entry in entries})
    return f"{len(entries):,} articles of {outlets:,} outlets"
