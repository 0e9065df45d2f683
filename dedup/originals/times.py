"""Times: what an article says of when it was published, and how far that can be believed.

`published` is often the time of a crawl or of a page's last change, and then it is late, never early. So the earliest
time among the carriers of a version says most, and a time that lies days after the date in the dateline says nothing.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from dedup.limits import TIME_LATE_DAYS
from dedup.originals.group import Carrier

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAY = re.compile(
    r"\b(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? (?P<day>\d{1,2})\b|"
    r"\b(?P<day2>\d{1,2}) (?P<month2>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_BEFORE_AGENCY = 60  # characters of a dateline in front of the agency


def moment(published: str) -> datetime | None:
    """The time as UTC; None when there is no time of day. One without a zone is taken as UTC.

    >>> moment("2025-10-14T08:00:00+02:00").isoformat(), moment("2025-10-14")
    ('2025-10-14T06:00:00+00:00', None)
    """
    if len(published) <= len("2025-10-14"):
        return None
    try:
        found = datetime.fromisoformat(published)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def day(published: str) -> date | None:
    """The calendar day as given; None when there is none."""
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def dateline_day(carrier: Carrier) -> date | None:
    """The day in the article's dateline, in the year nearest to its published day; None without one."""
    published = day(carrier.article.published)
    start = next((credit.start for credit in carrier.credits if credit.role == "dateline"), None)
    if published is None or start is None:
        return None
    line = carrier.article.text[max(0, start - _BEFORE_AGENCY) : start].rpartition("\n")[2]
    found = _DAY.search(line)
    return _nearest(found, published) if found else None


def _nearest(found: re.Match[str], published: date) -> date | None:
    month = _MONTHS.index((found["month"] or found["month2"]).lower()) + 1
    number = int(found["day"] or found["day2"])
    years = (published.year - 1, published.year, published.year + 1)
    days = [d for year in years if (d := _date(year, month, number))]
    return min(days, key=lambda d: (abs((d - published).days), d), default=None)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def doubt(carrier: Carrier) -> str:
    """Why the time of an article cannot be believed, "" when nothing speaks against it."""
    if not carrier.credits:
        return ""
    published, said = day(carrier.article.published), dateline_day(carrier)
    if published is None or said is None or abs((published - said).days) < TIME_LATE_DAYS:
        return ""
    given = f"dated {published.isoformat()}, but its dateline says {said.isoformat()}"
    return f"{given}: probably the time of a crawl" if published > said else given
