"""Compare: which words count as the wire's, what is shown as put in, what an outlet did with each fact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import limits
from dedup.compare import fates
from dedup.compare.marks import flags, spans
from dedup.model import SECOND_MENTION, Change, Credit, FactCell, Link, WireFact
from dedup.words import words
from tests.report import diff_samples as samples


def marked(text: str, other: str) -> str:
    """`text` with the words `other` has not in braces."""
    found = words(text)
    shown, at = "", 0
    for start, end in spans(found, flags(found, words(other))[0]):
        shown, at = shown + text[at:start] + "{" + text[start:end] + "}", end
    return shown + text[at:]


@pytest.mark.parametrize(
    ("article", "wire", "shown"),
    [
        ("Police said 50 people left.", "Police said 40 people left.", "Police said {50} people left."),
        # Small words between others are no kept copy: the marks would be confetti.
        ("He rowed to the shore of a lake.", "A storm came to the coast of an island.",
         "{He rowed to the shore of a lake}."),
        # A kept figure is worth a mark of its own, and so is a kept phrase.
        ("Rescuers in boats pulled 38 out alive by dawn.", "The crew had counted 38 on the deck last night.",
         "{Rescuers in boats pulled} 38 {out alive by dawn}."),
        # Words are whole: "red" is not kept in "green".
        ("The green boat", "The red boat", "The {green} boat"),
        # Case, quotation marks and accents are house style.
        ("“We” left Orán, HE said", '"We" left Oran, he said', "“We” left Orán, HE said"),
    ],
)  # fmt: skip
def test_what_is_marked(article: str, wire: str, shown: str) -> None:
    assert marked(article, wire) == shown


WORDS = st.lists(st.sampled_from("the ferry of sank 38 at dawn in Karvos people said".split()), max_size=30)


@given(WORDS, WORDS)
def test_kept_words_are_the_same_on_both_sides(left: list[str], right: list[str]) -> None:
    one, other = words(" ".join(left)), words(" ".join(right))
    here, there = flags(one, other)
    assert [w.norm for w, kept in zip(one, here, strict=True) if kept] == [
        w.norm for w, kept in zip(other, there, strict=True) if kept
    ]


@given(WORDS)
def test_equal_texts_keep_everything_and_have_no_marks(text: list[str]) -> None:
    found = words(" ".join(text))
    assert all(flags(found, found)[0]) and spans(found, flags(found, found)[0]) == ()


def test_beyond_the_cap_words_count_wherever_they_stand() -> None:
    long = words("one two " * limits.MARK_WORDS)
    assert flags(words("two three"), long)[0] == [True, False]


# ---------------------------------------------------------------- the whole article


def test_shares_count_the_words_that_are_not_marked() -> None:
    text, wire = "About 50 people left Karvos.", "About 40 people left Karvos."
    link = Link("AP", 0, 0.8)
    diff = samples.joined(
        "x", "", [text, "Nobody knew why."], [("reworded", False, (link,), (), ()), ("added", False, (), (), ())],
        (samples.wire("AP", [wire]),),
    )  # fmt: skip
    assert diff.from_wire == pytest.approx(4 / 8)
    assert diff.originals[0].share == pytest.approx(4 / 8)
    assert diff.originals[0].kept == 1.0
    assert diff.sentences[0].put_in == ((6, 8),)
    assert diff.originals[0].sentences[0].left_out == ((6, 8),)
    assert diff.sentences[1].put_in == ((0, 16),)


def test_furniture_and_datelines_count_for_nothing() -> None:
    text = "KARVOS (AP) - A ferry sank."
    rows = [("furniture", False, (), (), ()), ("verbatim", False, (Link("AP", 0, 1.0),), (), ())]
    diff = samples.joined("x", "", ["Share this", text], rows, (samples.wire("AP", ["A ferry sank."]),))  # type: ignore[arg-type]
    assert diff.from_wire == 1.0
    assert diff.sentences[1].put_in == ()


def test_a_word_two_wires_have_counts_for_both_and_once() -> None:
    links = (Link("AP", 0, 1.0), Link("PTI", 0, 1.0))
    wires = (samples.wire("AP", ["A ferry sank."]), samples.wire("PTI", ["A ferry sank."]))
    diff = samples.joined("x", "", ["A ferry sank."], [("verbatim", False, links, (), ())], wires)
    assert (diff.from_wire, diff.originals[0].share, diff.originals[1].share) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("role", "credits", "uncredited"),
    [
        ("tail", ("AP",), False),
        ("dateline", ("AP",), False),
        ("told", (), False),  # the copy names it; no credit, but no silence either
        ("photo", (), True),
        (None, (), True),
    ],
)
def test_the_credit_check(role: str | None, credits: tuple[str, ...], uncredited: bool) -> None:
    named = (Credit("AP", role, 0, 2),) if role else ()  # type: ignore[arg-type]
    wires = (samples.wire("AP", ["A ferry sank."]),)
    diff = samples.joined(
        "x", "", ["A ferry sank."], [("verbatim", False, (Link("AP", 0, 1.0),), (), ())], wires, named
    )
    assert (diff.credits, diff.uncredited) == (credits, uncredited)


def test_nobody_owes_a_credit_to_a_text_no_agency_stands_behind() -> None:
    wires = (replace(samples.wire("release", ["A ferry sank."]), agency=None),)
    row = ("verbatim", False, (Link("release", 0, 1.0),), (), ())
    assert not samples.joined("x", "", ["A ferry sank."], [row], wires, ()).uncredited  # type: ignore[list-item]


def test_a_second_mention_is_named_so_and_a_first_is_not() -> None:
    link = Link("AP", 0, 0.8)
    less = Change("name", "Eleni Kosta", "Kosta", link, (0, 11), (0, 5), "identified less")
    row = ("reworded", False, (link,), (less,), ())
    wires = (samples.wire("AP", ["Eleni Kosta left."]),)
    diff = samples.joined("x", "", ["Kosta left.", "Eleni Kosta is 61.", "Kosta rows."], [row, row, row], wires)  # type: ignore[list-item]
    assert [s.changes[0].note for s in diff.sentences] == ["identified less", "identified less", SECOND_MENTION]
    assert [s.changes[0].of_fact for s in diff.sentences] == [True, True, False]


# ---------------------------------------------------------------- facts


def test_what_became_of_a_fact() -> None:
    diff = samples.ferry()
    wire = diff.originals[0]
    alone = replace(diff, originals=(wire,), sentences=tuple(
        replace(s, links=tuple(k for k in s.links if k.original == wire.name)) for s in diff.sentences
    ))  # fmt: skip
    facts = [WireFact(0, 30, 35, "Three"), WireFact(2, 31, 39, "about 40"), WireFact(3, 18, 27, "30 metres")]
    facts += [WireFact(2, 9, 17, "official"), WireFact(1, 0, 3, "The")]
    gone = {(2, "about 40"), (3, "30 metres"), (1, "The")}
    assert fates(alone, facts, gone, {(1, "The")}) == (
        FactCell("kept"), FactCell("altered", "More than 50"), FactCell("dropped"), FactCell("reworded"),
        FactCell("not in its version"),
    )  # fmt: skip


def test_what_its_version_says_otherwise_is_not_the_outlets_doing() -> None:
    fact = WireFact(2, 31, 39, "about 40")
    assert fates(samples.ferry(), [fact], {(2, "about 40")}, {(2, "about 40")}) == (FactCell("not in its version"),)
