"""Where two wires disagree, and whom the outlet followed. Texts are invented."""

from __future__ import annotations

import time

import pytest

from dedup.facts import Wires, contradictions
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


def wires(**texts: list[str]) -> Wires:
    return Wires(texts, {})


def test_months_and_years_of_one_thing() -> None:
    linked = [
        (AP, "The Brenn dam, which began to fill in July, is huge."),
        (REUTERS, "They began filling it in August."),
    ]
    found = contradictions("The dam began to fill in August.", linked)
    assert [(c.one_text, c.other_text, c.followed) for c in found] == [("July", "August", "Reuters")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The river's flow dropped by 52%.", "The flow has fallen by about 40%."),
        ("It was the fifth rise in a row.", "It was the fourth increase this year."),
        ("39 people disappeared.", "Some 41 sailors and staff were there and 44 are unaccounted for."),
    ],
)
def test_one_fact_in_other_words(one: str, other: str) -> None:
    assert len(contradictions("x", [(AP, one), (REUTERS, other)])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("More than 200 people were aboard.", "It had 228 people aboard."),
        ("They met for 90 minutes.", "The meeting began 45 minutes late."),
        ("Exports rose 9% this year.", "The budget of the port is 12% smaller."),
        ("It sank at 5:40 a.m.", "It rained."),
        ("Twelve people were killed.", "Thirty people were injured."),
        ("Mara Quill, 34, sells fish.", "Pell Orsan, 52, sells fish."),
        ("The court opened in 1996.", "The strike ended in 2003."),
    ],
)
def test_figures_of_two_facts(one: str, other: str) -> None:
    assert contradictions("x", [(AP, one), (REUTERS, other)]) == ()


def test_a_wire_that_is_not_linked_is_asked_for_its_toll() -> None:
    told = wires(AP=["Divers searched.", "Twelve people were killed."], Reuters=["The bridge fell, killing 14 people."])
    (found,) = contradictions("The bridge fell, killing 14.", [(REUTERS, told.text("Reuters", 0))], wires=told)
    assert (found.one, found.one_text, found.followed) == (Link("AP", 1, 0.0), "Twelve", "Reuters")


def test_the_other_wires_value_beside_the_linked_one() -> None:
    told = wires(AP=["Nine people are missing."], Reuters=["The bridge fell on Monday, leaving 12 people missing."])
    linked = [(REUTERS, told.text("Reuters", 0))]
    (found,) = contradictions("The bridge fell on Monday, leaving nine people missing.", linked, wires=told)
    assert found.followed == "AP"


@pytest.mark.parametrize(
    "texts",
    [
        ["Twelve people were killed.", "Later 14 people were dead."],  # it has both
        ["In 1994, 12 people were killed."],  # of another day
        ["Twelve children were killed."],  # others
        ["Twelve people were hurt."],
    ],
)
def test_a_wire_that_does_not_contradict(texts: list[str]) -> None:
    told = wires(AP=texts, Reuters=["The bridge fell, killing 14 people."])
    linked = [(REUTERS, told.text("Reuters", 0))]
    assert contradictions("The bridge fell, killing 14 people.", linked, wires=told) == ()


def test_a_figure_elsewhere_needs_words_of_its_own() -> None:
    told = wires(
        AP=["It rained.", "Satellite pictures show the harvest of melons down by 52%."],
        Reuters=["The harvest of melons fell by 40%, farmers say.", "Rents rose 7%."],
    )
    linked = [(REUTERS, told.text("Reuters", 0))]
    (found,) = contradictions("The melon harvest fell by 40%.", linked, wires=told)
    assert (found.one_text, found.other_text, found.followed) == ("52%", "40%", "Reuters")
    assert contradictions("Rents rose 7%.", [(Link("Reuters", 1, 1.0), "Rents rose 7%.")], wires=told) == ()


def test_growth() -> None:
    """Many sentences full of figures cost no more than their number says."""
    page = " ".join(f"{n} boats were sold for {n + 7}%." for n in range(6))
    told = wires(AP=[page] * 200, Reuters=[page.replace("1", "3")] * 200)
    start = time.process_time()
    contradictions(page, [(REUTERS, page)], wires=told)
    assert time.process_time() - start < 3
