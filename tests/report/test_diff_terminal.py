"""Diffs and matrices as lines: every convention in snapshots at 80 and 120 columns, and what holds at any width."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from dedup.model import Diff, DiffSentence
from dedup.report.diff_matrix import matrix_lines
from dedup.report.diff_terminal import Page, heads, lines
from dedup.report.diff_view import view, wire_tags
from tests.report import diff_samples as samples


def shown(diff: Diff, page: Page) -> str:
    return "\n".join(line.plain.rstrip() for line in lines(view(diff), page))


@pytest.mark.parametrize("width", [80, 120, None])
def test_what_a_diff_looks_like(width: int | None, snapshot: SnapshotAssertion) -> None:
    assert shown(samples.ferry(), Page(width)) == snapshot


@pytest.mark.parametrize("width", [80, 120])
def test_what_it_looks_like_with_nothing_folded(width: int, snapshot: SnapshotAssertion) -> None:
    assert shown(samples.ferry(), Page(width, all=True)) == snapshot


@pytest.mark.parametrize("width", [80, 120])
def test_what_a_matrix_looks_like(width: int, snapshot: SnapshotAssertion) -> None:
    assert "\n".join(line.plain.rstrip() for line in matrix_lines(samples.matrix(), Page(width))) == snapshot


def test_what_no_agency_claims_is_not_called_wire_copy() -> None:
    diff = samples.ferry()
    unnamed = replace(diff, originals=tuple(replace(w, agency=None) for w in diff.originals))
    told = shown(unnamed, Page(None))
    assert "of its words are shared, and no agency is named: " in told
    assert "wire copy" not in told and "are wire copy: " in shown(diff, Page(None))


def test_every_state_has_a_sign_and_a_word() -> None:
    text = shown(samples.ferry(), Page(80))
    for told in (
        "= [2] verbatim", "< [3-4] reworded, split in 2, moved up", "~ [5] reworded", "  [1] furniture",
        "+ [6] added: in no supplied wire", "  !     NUMBER", "  !     HEDGE (R3) dropped: may",
        "{+More than 50 people", "[-A senior official", "DROPPED", "NOT USED: PA",
    ):  # fmt: skip
        assert told in text, told


def test_changes_of_fact_stand_before_second_mentions_and_those_are_not_counted() -> None:
    text = shown(samples.ferry(), Page(80))
    assert "3 changes of fact: 1 quote, 1 number, 1 hedge" in text
    assert "NAME Eleni Kosta -> Kosta (second mention)" in text
    assert "!     NAME" not in text


def test_wires_that_disagree_are_named_with_what_each_says() -> None:
    assert 'WIRES DISAGREE A1 "38", R3 "about 40": here "More than 50"' in shown(samples.ferry(), Page(None))


def test_dropped_sentences_come_last_and_say_what_went_with_them() -> None:
    text = shown(samples.ferry(), Page(80))
    assert text.index("DROPPED") > text.index("[7]")
    assert "- A3  Two tugs, the Orla and the Finn, joined the search.\n  ! gone with it: Two, Orla, Finn" in text
    assert "1 more, no fact lost with them: R2 (--show all)" in text


@pytest.mark.parametrize(
    ("names", "tags"),
    [
        (["Reuters", "AP"], ["R4", "A4"]),
        (["ap", "afp"], ["AP4", "AF4"]),
        (["AP", "AP2"], ["W1.4", "W2.4"]),
        (["路透", "AP"], ["W1.4", "W2.4"]),
    ],
)
def test_tags_tell_the_wires_apart(names: list[str], tags: list[str]) -> None:
    assert [wire_tags(names, name, 3) for name in names] == tags


def test_heads_of_many_leave_a_line_between() -> None:
    told = [line.plain for line in heads([view(samples.ferry())] * 2, Page(80))]
    assert told.count("") == 2
    assert sum(line.startswith("Daily Example") for line in told) == 2


# ---------------------------------------------------------------- any text, any width

WORDS = st.lists(
    st.sampled_from(
        ["the", "ferry", "沈没船", "🚢", "e\u0301te\u0301", "Donaudampfschifffahrtsgesellschaft", "38", "한국어"]
    ),
    min_size=1,
    max_size=40,
).map(" ".join)


@given(WORDS, WORDS, st.integers(30, 140))
def test_no_line_is_wider_than_the_page_and_no_word_is_lost(one: str, other: str, width: int) -> None:
    diff = samples.ferry()
    sentences = tuple(replace(s, text=one if s.index % 2 else other, put_in=()) for s in diff.sentences)
    made = replace(diff, title=one, outlet="x", sentences=sentences, dropped=())
    text = list(lines(view(made), Page(width, all=True)))
    assert max(cell_len(line.plain) for line in text) <= width
    if width < 100:
        joined = "".join("".join(line.plain.split()) for line in text)
        assert "".join(one.split()) in joined and "".join(other.split()) in joined


@pytest.mark.parametrize("width", [30, 99, 100, 250])
def test_columns_only_where_there_is_room(width: int) -> None:
    assert ("│" in shown(samples.ferry(), Page(width))) == (width >= 100)


def test_a_plain_page_keeps_every_field_on_one_line() -> None:
    long = "word " * 400
    first: DiffSentence = samples.ferry().sentences[5]
    diff = replace(samples.ferry(), sentences=(replace(first, text=long, put_in=()),))
    assert long.strip() in shown(diff, Page(None))
