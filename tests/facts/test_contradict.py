"""Where two wires disagree, and whom the outlet followed. Texts are invented."""

from __future__ import annotations

import pytest

from dedup.facts import contradictions
from dedup.model import Link

AP, REUTERS = Link("AP", 3, 0.8), Link("Reuters", 0, 0.7)


@pytest.mark.parametrize(
    ("article", "followed", "text"),
    [
        ("The ferry had 38 people aboard.", "AP", "38"),
        ("The ferry had 45 people aboard.", "Reuters", "45"),
        ("The ferry had 60 people aboard.", "", ""),
        ("The ferry had people aboard.", "", ""),
        ("The ferry had 38 or 45 people aboard.", "", "38"),
    ],
)
def test_whom_the_outlet_followed(article: str, followed: str, text: str) -> None:
    wires = [(REUTERS, "There were 45 people aboard the ferry."), (AP, "The ferry carried 38 people.")]
    (found,) = contradictions(article, wires)
    assert (found.one, found.one_text, found.other, found.other_text) == (AP, "38", REUTERS, "45")
    assert (found.followed, found.text) == (followed, text)
    assert found.span is None or article[slice(*found.span)] == text


def test_days_and_times() -> None:
    wires = [(AP, "It sank on Monday at 5:40 a.m."), (REUTERS, "It sank on Tuesday at 5:40 a.m.")]
    found = contradictions("The ferry sank Tuesday.", wires)
    assert [(c.type, c.one_text, c.other_text, c.followed) for c in found] == [("date", "Monday", "Tuesday", "Reuters")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It carried 38 people.", "It carried thirty-eight people."),
        ("It carried 38 people.", "It had nine lifeboats."),
        ("It carried 38 people and 45 cars.", "It carried 45 cars."),
        ("It carried 38 people.", "It carried people."),
    ],
)
def test_no_contradiction(one: str, other: str) -> None:
    assert contradictions("It carried 38 people.", [(AP, one), (REUTERS, other)]) == ()


def test_one_wire_does_not_contradict_itself() -> None:
    assert contradictions("x", [(AP, "It had 38 people."), (Link("AP", 4, 1.0), "It had 45 people.")]) == ()
