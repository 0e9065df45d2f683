"""Figures as values. Texts are invented."""

from __future__ import annotations

import pytest

from dedup.facts.amounts import could_stand_for, note, same_value
from dedup.facts.numbers import numbers
from dedup.facts.reading import read
from dedup.facts.tokens import tokens


def values(text: str) -> list[tuple[float, float, str, str]]:
    return [(n.low, n.high, n.unit, n.bound) for n in read(text).numbers if not n.weak]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("$1.2bn", "$1.2 billion"),
        ("1,200 million", "1.2 billion"),
        ("twenty-three guards", "23 guards"),
        ("one hundred and five", "105"),
        ("two dozen", "24"),
        ("two-thirds of", "two thirds of"),
        ("half a million", "500,000"),
        ("two and a half hours", "2.5 hours"),
        ("5 per cent", "5%"),
        ("5 pct", "5 percent"),
        ("$40", "40 dollars"),
        ("a 61-year-old man", "a man, aged 61"),
        ("5 miles", "8 kilometers"),
        ("10 to 20 million", "10 million to 20 million"),
        ("10-20 people", "between 10 and 20 people"),
        ("more than 40", "over 40"),
        ("up to 40", "as many as 40"),
        ("40 or more", "at least 40"),
    ],
)
def test_spellings_of_one_value(a: str, b: str) -> None:
    one, two = read(a).numbers, read(b).numbers
    assert len(one) == len(two) == 1
    assert same_value(one[0], two[0]) and one[0].bound == two[0].bound


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("3 percent", "3 percentage points"),
        ("$40", "£40"),
        ("$40 million", "$40 billion"),
        ("5 miles", "5 kilometers"),
        ("two men", "second man"),
        ("a third of", "three of"),
        ("-5 or 6", "56"),
    ],
)
def test_different_values(a: str, b: str) -> None:
    assert not same_value(read(a).numbers[0], read(b).numbers[0])


@pytest.mark.parametrize(
    "text",
    [
        "no one",
        "the first lady",
        "F-16 jets",
        "COVID-19",
        "route 66",
        "at 8 p.m. on Dec. 5, 2016",
        "one-on-one",
        "@user12",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("40 guards", "about 40 guards", "vaguer"),
        ("about 40 guards", "40 guards", "more exact"),
        ("about 40 guards", "more than 40 guards", "other bound"),
        ("$2,397,500", "$2.4 million", "vaguer"),
        ("dozens of guards", "48 guards", "more exact"),
        ("38 guards", "more than 30 guards", "vaguer"),
        ("38 guards", "45 guards", ""),
        ("more than 150 guards", "more than 170 guards", ""),
        ("3 percent", "3 percentage points", "percent and percentage points"),
    ],
)
def test_notes(before: str, after: str, expected: str) -> None:
    assert note(read(before).numbers[0], read(after).numbers[0]) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("40 guards", "45 people", True),
        ("$40 million", "45 million euros", True),
        ("5 miles", "9 km", True),
        ("rose 5", "rose 7 percent", True),
        ("two men", "two hours", False),
        ("5 percent", "9 guards", False),
        ("the fourth", "nine", False),
        ("a 61-year-old", "$61", False),
    ],
)
def test_what_could_stand_for_what(a: str, b: str, expected: bool) -> None:
    assert could_stand_for(read(a).numbers[0], read(b).numbers[0]) is expected


def test_spans_hold_bound_currency_and_unit() -> None:
    text = "It cost more than $1.2 billion, up 5% on about 300 miles."
    assert [text[n.start : n.end] for n in read(text).numbers] == ["more than $1.2 billion", "5%", "about 300 miles"]


def test_taken_spans_are_passed_over() -> None:
    assert numbers(tokens("on 5 and 6"), [(3, 4)])[0].low == 6


def test_hostile_digits() -> None:
    for text in ("9" * 5000, "1.2.3.4", "٣٤ people", "²", "1" + ",000" * 500, "hundred " * 300, "one and " * 200):
        assert isinstance(numbers(tokens(text)), list)
