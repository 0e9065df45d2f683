"""Names and what becomes of them. Texts are invented."""

from __future__ import annotations

import pytest

from dedup.facts import changes
from dedup.facts.reading import read
from dedup.model import Change, Link


def found(before: str, after: str) -> list[Change]:
    return [c for c in changes(after, [(Link("AP", 0, 1.0), before)]) if c.type == "name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor, Aila Brandt, met Prime Minister Jon Osk.", ["Aila Brandt", "Prime Minister Jon Osk"]),
        ("On Monday the U.S. Senate and the Bank of Lisk agreed.", ["U.S. Senate", "Bank of Lisk"]),
        ("Karvia's Aila Brandt spoke.", ["Karvia's", "Aila Brandt"]),
        ("Police said I’m late.", []),
        ("Twenty guards left.", []),
        ("MAYOR OF LISK QUITS AFTER LATE VOTE", []),
        ("LISK (AP) — Brandt quit.", ["Brandt"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert [n.text for n in read(text).names] == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Guards saw Aila Brandt leave.", "Guards saw Brandt leave.", "identified less"),
        ("Guards saw Brandt leave.", "Guards saw Aila Brandt leave.", "identified more"),
        ("Guards saw Brandt leave.", "Guards saw Brnadt leave.", "misspelt"),
        ("Guards saw Brandt leave.", "Guards saw Osterly leave.", "named otherwise"),
        ("The Bureau of Land Survey closed.", "The BLS closed.", "acronym"),
        ("Guards saw Brandt leave early.", "Guards saw the driver leave early.", "described"),
        ("Guards saw the driver leave early.", "Guards saw Brandt leave early.", "named"),
    ],
)
def test_named_differently(before: str, after: str, expected: str) -> None:
    assert [c.note for c in found(before, after)] == [expected]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Guards saw Brandt leave.", "Guards saw Mr. Brandt leave."),
        ("Guards saw Brandt leave.", "Guards saw Brandt’s car leave."),
        ("The U.S. envoy saw Brandt.", "The US envoy saw Brandt."),
        ("The United States sent Brandt.", "The U.S. sent Brandt."),
    ],
)
def test_house_style_of_names(before: str, after: str) -> None:
    assert found(before, after) == []


def test_spans() -> None:
    change = found("Guards saw Police Chief Aila Brandt leave.", "Guards saw Brandt leave.")[0]
    assert change.before_span is not None and change.after_span is not None
    assert "Guards saw Police Chief Aila Brandt leave."[slice(*change.before_span)] == change.before
    assert "Guards saw Brandt leave."[slice(*change.after_span)] == change.after == "Brandt"
