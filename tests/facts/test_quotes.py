"""Quotation marks, apostrophes, and what becomes of quotations. Texts are invented."""

from __future__ import annotations

import pytest

from dedup.facts import changes
from dedup.facts.quotes import quotes
from dedup.model import Link


def notes(before: str, after: str) -> list[str]:
    return [c.note for c in changes(after, [(Link("AP", 0, 1.0), before)]) if c.type == "quote"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we left" and "we won".', ["we left", "we won"]),
        ("He said “we don’t know”.", ["we don’t know"]),
        ("He said ‘we don’t know’.", ["we don’t know"]),
        ("He said 'we left' at the workers' hall.", ["we left"]),
        ("The workers' union didn't say it's closed.", []),
        ("Rock 'n' roll of the '90s isn't dead.", []),
        ("He said ``we left'' today.", ["we left"]),
        ("He said ‘‘we left’’ today.", ["we left"]),
        ("He said «we left» today.", ["we left"]),
        ("“They told me 'go' and I went,” she said.", ["They told me 'go' and I went,"]),
        ('"We left. It was late.', ["We left. It was late."]),
        ('It was late," she said.', ["It was late,"]),
        ('"" and " "', []),
        ("", []),
    ],
)
def test_quotes(text: str, expected: list[str]) -> None:
    assert [q.text for q in quotes(text)] == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('She said "we saw a big wave."', 'She said "we saw a small wave."', ["words altered"]),
        ('She said "we saw a big wave and ran up."', 'She said "we saw a big wave."', ["cut"]),
        ('She said it was "a big cold wave."', "She said it was a big cold wave.", ["quotation marks dropped"]),
        ("She said it was a big cold wave.", 'She said it was "a big cold wave."', ["now in quotation marks"]),
        ('She said "we saw a big wave."', "She said the sea was rough.", ["paraphrased or left out"]),
        ("She said the sea was rough.", 'She said: "I was afraid of it."', ["put in"]),
    ],
)
def test_what_becomes_of_quotations(before: str, after: str, expected: list[str]) -> None:
    assert notes(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('She said "we left early."', "She said “we left early”."),
        ('She hoped "with little faith" for it.', 'She hoped with "little faith" for it.'),
        ('He sang in "Sons of the Delta" for years.', "He sang in Sons of the Delta for years."),
        ('"We had no boats and no rope at all," she said.', "We had no boats and no rope at all."),
    ],
)
def test_style_of_quotations(before: str, after: str) -> None:
    assert notes(before, after) == []


def test_a_quotation_split_over_two_sentences_is_not_cut() -> None:
    wire = [(Link("AP", 0, 1.0), 'She said "we saw a big wave and everybody ran up the hill."')]
    rest = '"Everybody ran up the hill."'
    found = changes('She said "we saw a big wave."', wire, elsewhere=[rest])
    assert [c for c in found if c.type == "quote"] == []
