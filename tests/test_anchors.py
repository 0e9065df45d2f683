"""anchors: figures and names; templates with others in them disagree, versions of one story agree."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import limits
from dedup.anchors import Anchors, agree, anchors

BRIEF = "Quarterly net of {} Mills was {} crowns, or {} cents a share, the {} company said on Monday."


def brief(name: str, net: str, share: int, town: str) -> list[str]:
    return [
        BRIEF.format(name, net, share, town),
        f"Sales were {share * 7} crowns, against {share * 5} in {share + 1900}.",
    ]


def made(figures: int, names: int, first: int = 0) -> Anchors:
    return Anchors(
        frozenset(str(i) for i in range(first, first + figures)),
        frozenset(f"n{i}" for i in range(first, first + names)),
    )


def test_figures_and_names() -> None:
    found = anchors(["Orlan Mills paid 1,200 crowns on Monday, 6-1/4 percent; Twelve of ten thousand, May 2."])
    assert found.figures == {"1200", "6-1/4", "twelve", "ten", "2"}
    assert found.names == {"mills", "twelve"}, "the first word, months and weekdays are none"


def test_a_capital_that_opens_a_line_or_a_quotation_is_no_name() -> None:
    assert anchors(["Rain fell.", "“Rain fell. Snow too,” said Karvo."]).names == {"karvo"}


def test_another_filling_of_a_template_disagrees() -> None:
    assert not agree(anchors(brief("Orlan", "5,100", 12, "Karvos")), anchors(brief("Dunmore", "340", 2, "Ostby")))
    assert agree(anchors(brief("Orlan", "5,100", 12, "Karvos")), anchors(brief("Orlan", "5,100", 12, "Karvos")))


def test_a_longer_version_agrees_with_a_shorter_one() -> None:
    short = brief("Orlan", "5,100", 12, "Karvos")
    assert agree(anchors(short), anchors([*short, "Its rival Dunmore lost 77 crowns in 1931 and 88 in 1932."]))


def test_too_few_to_tell_is_agreement() -> None:
    assert agree(made(limits.ANCHORS - 1, 0), made(0, 50, first=100))
    assert agree(made(0, 0), made(0, 0))


def test_figures_alone_can_disagree() -> None:
    names = frozenset(f"n{i}" for i in range(40))
    a, b = (Anchors(made(limits.FIGURES, 0, first).figures, names) for first in (0, 100))
    assert not agree(a, b)
    fewer_a, fewer_b = (Anchors(made(limits.FIGURES - 1, 0, first).figures, names) for first in (0, 100))
    assert agree(fewer_a, fewer_b)


WORDS = st.frozensets(st.integers(0, 12).map(str), max_size=10)
ANCHORS = st.builds(Anchors, WORDS, WORDS)


@given(ANCHORS, ANCHORS)
def test_agreement_is_mutual_and_with_oneself(a: Anchors, b: Anchors) -> None:
    assert agree(a, b) == agree(b, a)
    assert agree(a, a)


@pytest.mark.parametrize("piece", ["1.", "1,1/", "one ", "A ", "word Name ", ") ", "1-1:1 X&Y "])
def test_time_grows_linearly(piece: str) -> None:
    def seconds(n: int) -> float:
        start = time.perf_counter()
        anchors([piece * n])
        return time.perf_counter() - start

    seconds(1_000)
    assert min(seconds(80_000) for _ in range(3)) < 12 * min(seconds(20_000) for _ in range(3)) + 0.02
