"""Times: a time as an article gives it -> the moments and the day it can mean.

A time without a zone may be meant anywhere on earth, a day without a time is all of it. No moment before the year 1 or
after 9999 exists; what would lie there is unknown, whatever a hostile feed writes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from dedup import limits

_A_DAY = len("2025-10-14")


def earliest(published: str) -> datetime | None:
    """The earliest moment a time can mean, as UTC: a day begins first 14 hours east of Greenwich. None: unreadable.

    >>> earliest("2025-10-14T12:00"), earliest("9999-99-99")
    (datetime.datetime(2025, 10, 13, 22, 0, tzinfo=datetime.timezone.utc), None)
    """
    return _moment(published, timedelta(hours=-limits.CHECK_ZONE_EAST))


def latest(published: str) -> datetime | None:
    """The latest moment a time can mean, as UTC: a day ends last 12 hours west of Greenwich. None: unreadable.

    >>> latest("2025-10-14"), latest("9999-12-31")
    (datetime.datetime(2025, 10, 15, 12, 0, tzinfo=datetime.timezone.utc), None)
    """
    whole = timedelta(days=1 if len(published) <= _A_DAY else 0)
    return _moment(published, timedelta(hours=limits.CHECK_ZONE_WEST) + whole)


def day(text: str) -> date | None:
    """The day a time begins with, as it is written; None for a month, a year, or what is no time."""
    try:
        return date.fromisoformat(text[:_A_DAY])
    except ValueError:
        return None


def _moment(published: str, zone: timedelta) -> datetime | None:
    """The time given, as UTC; one without a zone is moved by `zone`."""
    try:
        found = datetime.fromisoformat(published)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC) + zone
    except (ValueError, OverflowError):
        return None
