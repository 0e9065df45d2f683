"""The one entry: order, spans, languages, information put in or left out, hostile text, growth. Texts are invented."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dedup.facts
from dedup import limits
from dedup.facts import changes, contradictions, facts_of, stated, typed, vanished
from dedup.model import Link

AP, REUTERS = Link("AP", 3, 0.8), Link("Reuters", 0, 0.7)


def types(after: str, *before: str, elsewhere: tuple[str, ...] = ()) -> list[str]:
    return [c.type for c in changes(after, [(AP, text) for text in before], elsewhere=elsewhere)]


@pytest.mark.parametrize("name", [m.name for m in pkgutil.iter_modules(dedup.facts.__path__, "dedup.facts.")])
def test_doctests(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_doctests_of_the_entry() -> None:
    assert doctest.testmod(dedup.facts).failed == 0


@pytest.mark.parametrize(
    ("language", "expected"), [("", True), ("en", True), ("en_GB", True), ("de-AT", False), ("fr", False)]
)
def test_typed(language: str, expected: bool) -> None:
    assert typed(language) is expected
    assert bool(changes("Brandt saw 5 boats.", [(AP, "Brandt saw 9 boats.")], language=language)) is expected


def test_no_originals_no_changes() -> None:
    assert changes("Brandt saw 5 boats.", []) == ()


def test_wording_stands_alone_and_the_same_words_are_nothing() -> None:
    assert types("The guards began to run home.", "The guards started to run home.") == ["wording"]
    assert types("The guards “ran” home.", 'The guards "ran" home.') == []


def test_information_put_in_and_left_out() -> None:
    short, long = (
        "The bridge fell into the river.",
        "The bridge, built by convicts with stolen granite, fell into the river.",
    )
    assert types(long, short) == ["info_added"]
    assert types(short, long) == ["info_dropped"]
    assert types(short, long, elsewhere=("Convicts built it with stolen granite.",)) == ["wording"]
    added = changes(long, [(AP, short)])[0]
    assert added.after == "built by convicts with stolen granite" and added.before_span is None and added.against == AP


def test_a_fact_is_held_against_every_wire_but_missed_only_in_the_best() -> None:
    wires = [(AP, "Guards saw 40 boats leave Lisk."), (REUTERS, "Guards saw 50 boats leave Lisk at 8 p.m.")]
    assert [c.type for c in changes("Guards saw 50 boats leave Lisk.", wires) if c.type == "number"] == []
    both = changes("Guards saw 60 boats leave Lisk.", wires)
    assert [(c.type, c.after) for c in both] == [("number", "60")]


def test_figures_that_change_places_are_changed() -> None:
    got = changes(
        "The fire left 10 guards dead and 5 boats lost.", [(AP, "The fire left 5 guards dead and 10 boats lost.")]
    )
    assert [(c.type, c.before, c.after) for c in got] == [("number", "5", "10"), ("number", "10", "5")]


def test_a_counted_thing_that_loses_its_figure() -> None:
    got = changes("Brandt sold his boats in Lisk.", [(AP, "Brandt sold three of his boats in Lisk.")])
    assert [(c.type, c.before, c.note) for c in got] == [("number", "three", "left out")]


def test_the_gravest_comes_first() -> None:
    got = types("Guards never saw the 50 boats leave Lisk, police said.", "Guards saw the 40 boats leave Lisk.")
    assert got == ["negation", "number", "attribution"]


_TEXT = st.text(st.sampled_from("aA bB 5 0 .,'\"“”‘’-–$% not said \n\u0301\u200b\U0001f600é№٣²"), max_size=120)


@settings(max_examples=150, deadline=None)
@given(_TEXT, st.lists(_TEXT, min_size=1, max_size=3), _TEXT)
def test_any_text_gives_spans_that_hold_their_words(article: str, wires: list[str], other: str) -> None:
    originals = [(Link("w", i, 1.0), text) for i, text in enumerate(wires)]
    for change in changes(article, originals, elsewhere=[other], published="2020-02-30"):
        assert change.against is not None
        original = wires[change.against.index]
        assert change.before_span is None or original[slice(*change.before_span)] == change.before
        assert change.after_span is None or article[slice(*change.after_span)] == change.after
    contradictions(article, originals)
    assert set(vanished(article, stated(wires))) <= set(facts_of(article))


@pytest.mark.parametrize(
    "unit",
    [
        '"a ',
        "'a ",
        "1,000 ",
        "A. ",
        "Aa Bb of ",
        "not ",
        "said ",
        "may ",
        "one hundred and ",
        "Monday ",
        "x said, ",
        "‘‘",
        "1-",
        "$",
    ],
)
def test_growth(unit: str) -> None:
    """Four times the text takes about four times as long, up to the length from which nothing is typed."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = float("inf")
        for n in range(3):
            start = time.perf_counter()
            changes(text + f" a{n}", [(AP, text + f" b{n}")])
            best = min(best, time.perf_counter() - start)
        return best

    quarter, whole = 6 * limits.FACT_WORDS // 4, 6 * limits.FACT_WORDS - 9
    assert seconds(whole) < 12 * seconds(quarter) + 0.02
    assert seconds(50 * whole) < 0.05


def test_a_page_without_full_stops_is_not_typed() -> None:
    page = "Guards saw 40 boats leave. " * limits.FACT_WORDS
    assert changes(page, [(AP, "Guards saw 50 boats leave.")]) == ()
    assert facts_of(page) == () and contradictions(page, [(AP, page)]) == ()
