"""Times: what a time can mean; and no time, however far off, ends a check."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.check.times import day, earliest, latest
from dedup.pipeline import Options
from dedup.pipeline.check import Asked, check
from tests.check.planting import sound, write


@given(st.datetimes())
def test_a_time_without_a_zone_means_a_day_and_two_hours(when: datetime) -> None:
    first, last = earliest(when.isoformat()), latest(when.isoformat())
    if first and last:
        assert first < when.replace(tzinfo=UTC) < last
        assert last - first == timedelta(hours=26)
    else:
        assert when.year in (1, 9999)


def test_a_time_with_a_zone_means_one_moment_and_a_day_all_of_it() -> None:
    assert earliest("2031-03-02T08:00:00+02:00") == latest("2031-03-02T08:00:00+02:00")
    assert earliest("2031-03-02") == datetime(2031, 3, 1, 10, tzinfo=UTC)
    assert latest("2031-03-02") == datetime(2031, 3, 3, 12, tzinfo=UTC)
    assert day("2031-03-02T08:00:00+02:00") == day("2031-03-02")


@pytest.mark.parametrize("text", ["", "2031", "2031-03", "soon", "2031-02-30", "9999-99-99"])
def test_what_is_no_day_is_unknown(text: str) -> None:
    assert (earliest(text), latest(text), day(text)) == (None, None, None)


@pytest.mark.parametrize("wire", ["0001-01-01T00:00:00Z", "2031-03-02T08:00:00Z"])
@pytest.mark.parametrize("copy", ["9999-12-31", "9999-12-31T23:59:59-12:00", "0001-01-01", "0001-01-01T00:00:00+14:00"])
def test_no_date_ends_a_check(wire: str, copy: str, tmp_path: Path) -> None:
    feed = sound(2)
    for article in feed.articles:
        article["published"] = copy
    for original in feed.originals:
        original["published"] = wire
    originals = write(tmp_path / "wires" / "w.jsonl", feed.originals).parent
    checked = check([str(write(tmp_path / "f.jsonl", feed.articles))], Options(originals=str(originals)), Asked())
    assert {f.rule for f in checked.findings} <= {"META002", "WIRE002"}
