from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.read.dates import iso

CASES = [
    # As given.
    ("2018-07-15", "2018-07-15"),
    ("2018-07", "2018-07"),
    ("2018", "2018"),
    ("2018-07-15T07:54:28-04:00", "2018-07-15T07:54:28-04:00"),
    ("2018-07-15T07:54:28", "2018-07-15T07:54:28"),
    ("2018-07-15T07:54", "2018-07-15T07:54"),
    # The same in one form.
    ("2018-07-15T07:54:28Z", "2018-07-15T07:54:28+00:00"),
    ("2018-07-15 07:54:28+0530", "2018-07-15T07:54:28+05:30"),
    ("2018-07-15 07:54", "2018-07-15T07:54"),
    ("20180715", "2018-07-15"),
    ("20180715075428", "2018-07-15T07:54:28"),
    ("2018/7/5", "2018-07-05"),
    ("2018.07.05", "2018-07-05"),
    ("Sun, 15 Jul 2018 11:54:28 GMT", "2018-07-15T11:54:28+00:00"),
    ("Sun, 15 Jul 2018 07:54:28 -0400", "2018-07-15T07:54:28-04:00"),
    # In words: no part more than was there.
    ("15 Jul 2018", "2018-07-15"),
    ("July 15, 2018", "2018-07-15"),
    ("July 2018", "2018-07"),
    ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01.790000"),
    ("July 15, 2018 at 7:54 AM EDT", "2018-07-15T07:54-04:00"),
    ("July 15, 2018 7:54\u202fPM", "2018-07-15T19:54"),
    ("July 15, 2018 7:54 IST", "2018-07-15T07:54"),  # Indian, Irish or Israeli: the offset is not known
    ("15.07.2018", "2018-07-15"),
    ("3.4.2018", "2018-04-03"),  # written with points, the day is first
    ("25/12/2018", "2018-12-25"),
    ("12/25/2018", "2018-12-25"),
    ("4/4/2018", "2018-04-04"),
    # Numbers.
    (1531655668, "2018-07-15T11:54:28+00:00"),
    (1531655668000, "2018-07-15T11:54:28+00:00"),
    ("1531655668", "2018-07-15T11:54:28+00:00"),
    (1531655668.5, "2018-07-15T11:54:28.500000+00:00"),
    # Objects.
    (date(2018, 7, 15), "2018-07-15"),
    (datetime(2018, 7, 15, 7, 54, tzinfo=UTC), "2018-07-15T07:54:00+00:00"),
    # Nothing one can be sure of.
    ("4/7/2018", ""),
    ("yesterday", ""),
    ("10:35", ""),
    ("July 15", ""),
    ("15/07/18", ""),  # which century?
    ("100", ""),
    ("Monday", ""),
    ("2018-13-40", ""),
    ("2018-02-30", ""),
    ("2018-W28", ""),
    ("0000-00-00", ""),
    ("", ""),
    (0, ""),
    (float("nan"), ""),
    (float("inf"), ""),
    (True, ""),
    (None, ""),
    (["2018"], ""),
    ("9" * 5000, ""),
    ("1 " * 5000, ""),
]


@pytest.mark.parametrize(("given_", "expected"), CASES, ids=[repr(each)[:40] for each, _ in CASES])
def test_cases(given_: object, expected: str) -> None:
    assert iso(given_) == expected


@given(
    st.one_of(st.text(max_size=70), st.text("0123456789-:/.,TZ+ aJulPMESTW", max_size=40), st.integers(), st.floats())
)
def test_never_raises_and_is_idempotent(value: object) -> None:
    once = iso(value)
    assert iso(once) == once


@given(st.datetimes())
def test_datetimes_come_back(moment: datetime) -> None:
    assert iso(moment.isoformat()) == moment.isoformat()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs time.tzset")
def test_the_zone_of_the_machine_plays_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    given_ = ["July 15, 2018 7:54 CEST", "July 15, 2018 7:54 EST", "Sun, 15 Jul 2018 07:54:28", 1531655668]
    before = [iso(each) for each in given_]
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        assert [iso(each) for each in given_] == before
    finally:
        monkeypatch.undo()
        time.tzset()
