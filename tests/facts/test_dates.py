"""Days, dates and times as keys. Texts are invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.facts import changes
from dedup.facts import dates as dates_module
from dedup.facts.dates import dates, day_of, same_day
from dedup.model import Link


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Dec. 5", "5 December"),
        ("December 5th", "5th of December"),
        ("8 p.m.", "8pm"),
        ("8:00 pm", "20:00"),
        ("around 8 p.m.", "about 8 p.m."),
        ("this Monday", "Monday"),
        ("past year", "last year"),
        ("a month ago", "one month ago"),
        ("MONDAY", "Monday"),
        ("2016-12-05", "Dec. 5, 2016"),
    ],
)
def test_spellings_of_one_date(a: str, b: str) -> None:
    assert {d.key for d in dates(a)} == {d.key for d in dates(b)} != set()


@pytest.mark.parametrize(
    "text",
    [
        "They may march.",
        "the second half",
        "Aila May spoke",
        "the Morning Star sank",
        "1,985 votes",
        "$2000",
        "in 20161",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text) == []


def test_atoms() -> None:
    found = dates("Late on Friday afternoon, July 16, 2018, at noon")
    assert [(d.kind, d.key) for d in found] == [
        ("weekday", "friday"),
        ("part", "afternoon"),
        ("day", "07-16"),
        ("year", "2018"),
        ("clock", "12:00"),
    ]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Monday", "Dec. 5", True),
        ("yesterday", "Monday", True),
        ("Monday", "Dec. 6", False),
        ("today", "Monday", False),
        ("in March", "Monday", False),
    ],
)
def test_same_day(a: str, b: str, expected: bool) -> None:
    assert same_day(dates(a)[0], dates(b)[0], date(2016, 12, 6)) is expected


def test_day_of() -> None:
    assert day_of("2018-07-15T07:54:28-04:00") == date(2018, 7, 15)
    assert day_of("") is day_of("2018-07") is day_of("2018-99-99") is None


def test_another_way_to_say_the_day_is_a_change_and_says_so() -> None:
    wire = [(Link("AP", 0, 1.0), "The mayor of Lisk resigned on Monday after a vote.")]
    change = changes("The mayor of Lisk resigned on Dec. 5 after a vote.", wire, published="2016-12-06")
    assert [(c.type, c.before, c.after, c.note) for c in change] == [
        ("date", "Monday", "Dec. 5", "same day, said otherwise")
    ]


def test_a_dateline_is_no_date() -> None:
    wire = [(Link("Reuters", 0, 1.0), "LISK, Oct 14 (Reuters) - The mayor of Lisk resigned after a vote.")]
    assert {c.type for c in changes("The mayor of Lisk resigned after a vote.", wire)} <= {"wording"}


PIECES = st.sampled_from(
    "Jan. may May Mon MONDAY Monday Tues laſt last Week week overnıght earlıer later from now ago a few 5 18 2018 "
    "20:00 2016-12-05 8 p.m. noon Midnight dusk mid-morning 3.5 th - , . İ K ٣".split()
)


@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", "-", ", "])), max_size=12))
def test_no_date_is_lost_to_the_literals(pieces: list[tuple[str, str]]) -> None:
    """Every expression is silent on a text that lacks all its literals."""
    text = "".join(piece + gap for piece, gap in pieces)
    kinds = dates_module._kinds(text)
    assert {kind for kind, pattern in dates_module._patterns() if pattern.search(text)} <= kinds
