"""forms: round-ups by headline or by entries under a time, and what only looks like one; time grows linearly."""

from __future__ import annotations

import time

import pytest

from dedup.forms import is_roundup

STORY = "KARVOS (AP) — The ferry left the harbour at dawn.\nIts owner said nothing."


@pytest.mark.parametrize(
    "headline",
    ["The Latest: Ferry raised", "THE LATEST : Ferry raised", "Live: ferry talks", "Live updates from Karvos",
     "Live blog", "“As it happened: the vote", "- The Latest: x"],
)  # fmt: skip
def test_a_headline_tells(headline: str) -> None:
    assert is_roundup(STORY, headline)
    assert is_roundup(f"{headline}\n{STORY}")


@pytest.mark.parametrize(
    "headline", ["Latest figures show a fall", "Alive: the last survivor", "The latest on the ferry", "Lives lost", ""]
)
def test_other_headlines_do_not(headline: str) -> None:
    assert not is_roundup(STORY, headline)


def test_a_headline_deep_in_the_text_is_a_link() -> None:
    assert not is_roundup(STORY * 10 + "\nThe Latest: Ferry raised")


@pytest.mark.parametrize("stamp", ["10:35 p.m.", "8 a.m. EDT", "(14:05 GMT)", "1405 GMT", "9:10", "7 pm"])
def test_two_entries_under_a_time_tell(stamp: str) -> None:
    entry = f"{stamp}\nDivers went down to the wreck.\n"
    expected = stamp != "1405 GMT"  # four digits are a year as easily
    assert is_roundup(f"A ferry sank.\n{entry}\n{entry}") is expected
    assert not is_roundup(f"A ferry sank.\n{entry}")


def test_numbers_alone_on_a_line_are_no_times() -> None:
    assert not is_roundup("Results\n12\n7\n30\n2018\n")


@pytest.mark.parametrize("piece", ["\n", "\n10:35 p.m.", "\n  10", "The Latest", "\n...1 ", "1:1:1"])
def test_time_grows_linearly(piece: str) -> None:
    def seconds(n: int) -> float:
        text = piece * n
        start = time.perf_counter()
        is_roundup(text, text[:2_000])
        return time.perf_counter() - start

    seconds(1_000)
    assert min(seconds(80_000) for _ in range(3)) < 12 * min(seconds(20_000) for _ in range(3)) + 0.02
