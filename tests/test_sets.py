"""sets: arrays equal Python sets; what an outlet repeats is left out, what it carries twice is not."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import limits, sets
from dedup.model import Sets, TextOrder
from tests import oracle
from tests.packed import CORPORA, NO_DROP, Shingles, built, text_order

LINES = st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), max_size=6), min_size=1, max_size=9)


def as_python(found: Sets) -> list[dict[int, bool]]:
    cuts = found.offsets.tolist()
    parts = [found.keys[i:j].tolist() for i, j in itertools.pairwise(cuts)]
    assert all(part == sorted({key & ~1: key for key in part}.values()) for part in parts), "sorted, each hash once"
    return [{key & ~1: bool(key & 1) for key in part} for part in parts]


@given(CORPORA, st.data())
def test_build_equals_python_sets(articles: list[Shingles], data: st.DataObject) -> None:
    storage = data.draw(st.permutations(range(len(articles))))
    spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)
    drop = [
        (i, min(start, len(article)), min(end, len(article)))
        for i, article in enumerate(articles)
        for start, end in data.draw(st.lists(spans, max_size=2))
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "BLOCK_SHINGLES", data.draw(st.sampled_from([1, 7, 50, 1 << 23])))
        rows = np.array(drop, np.int64).reshape(-1, 3)
        found = sets.build(text_order(articles, storage), rows)
        again = sets.build(text_order(articles, storage), rows, compiled=True)
    for twin, kernel in ((found.keys, again.keys), (found.offsets, again.offsets), (found.narrative, again.narrative)):
        assert twin.tolist() == kernel.tolist()
    left_out = [
        {at for i, start, end in drop if i == number for at in range(start, end)} for number in range(len(articles))
    ]
    expected = [oracle.shingle_set(article, out) for article, out in zip(articles, left_out, strict=True)]
    assert as_python(found) == expected
    assert found.narrative.tolist() == [sum(not quoted for quoted in each.values()) for each in expected]


def test_a_shingle_is_quoted_only_if_it_is_wherever_it_occurs() -> None:
    found = built([[(4, True), (6, True), (4, False)], [(6, True)], []])
    assert as_python(found) == [{4: False, 6: True}, {6: True}, {}]
    assert found.narrative.tolist() == [1, 0, 0]


def test_the_lowest_bit_of_a_hash_is_no_part_of_it() -> None:
    assert as_python(built([[(4, False), (5, False), (2**32 - 1, True)]])) == [{4: False, 2**32 - 2: True}]


@pytest.mark.parametrize("step", [1 << 20, 2, 0])
def test_the_kernel_is_linear_in_chosen_hashes(step: int) -> None:
    """Hashes that meet in one place of the first pass, in the order that costs an insertion sort most."""
    n = 20_000
    hashes = ((n - np.arange(n)) * step % 2**32).astype(np.uint32) & ~np.uint32(1)
    text = TextOrder(hashes, np.zeros(n, np.bool_), np.zeros(1, np.int64), np.full(1, n))
    start = time.process_time()
    found = sets.build(text, NO_DROP, compiled=True)
    assert time.process_time() - start < 5, "n squared is minutes"
    assert found.keys.tolist() == np.unique(hashes).tolist()


def test_no_article_at_all() -> None:
    found = built([])
    assert (len(found.keys), found.offsets.tolist(), len(found.narrative)) == (0, [0], 0)
    assert sets.repeated(*[np.empty(0, np.int64)] * 5).shape == NO_DROP.shape


# ---------------------------------------------------------------- repeated lines


def repeated(outlets: list[int], lines: list[list[tuple[int, int]]], storage: list[int]) -> list[set[int]]:
    """What `sets.repeated` leaves out of each article, as places of shingles."""
    flat = [line for i in storage for line in lines[i]]
    lengths = np.array([len(rows) for rows in lines], np.int64)
    starts = np.zeros(len(lines), np.int64)
    starts[storage] = np.cumsum([0, *lengths[storage]])[:-1]
    keys, counts = np.array([k for k, _ in flat], np.uint32), np.array([c for _, c in flat], np.int32)
    rows = sets.repeated(np.array(outlets, np.int64), keys, counts, starts, lengths)
    assert rows.shape[1] == 3
    return [
        {at for i, start, end in rows.tolist() if i == number for at in range(start, end)}
        for number in range(len(lines))
    ]


@given(LINES, st.data())
def test_repeated_lines_equal_the_oracle(lines: list[list[tuple[int, int]]], data: st.DataObject) -> None:
    outlets = data.draw(st.lists(st.integers(-1, 1), min_size=len(lines), max_size=len(lines)))
    storage = data.draw(st.permutations(range(len(lines))))
    names = ["" if outlet < 0 else f"outlet {outlet}" for outlet in outlets]
    assert repeated(outlets, lines, storage) == oracle.dropped(names, lines)


STORY = [(i, 9) for i in range(100, 103)]
SLOGAN = (7, 5)


def test_a_slogan_under_three_stories_of_an_outlet_is_left_out_of_each() -> None:
    lines = [[(100 + i, 20), SLOGAN] for i in range(limits.REPEATED_IN)]
    assert repeated([0, 0, 0], lines, [0, 1, 2]) == [set(range(20, 25))] * 3
    assert repeated([0, 0, 1], lines, [0, 1, 2]) == [set()] * 3, "another outlet's line is another line"
    assert repeated([-1, -1, -1], lines, [0, 1, 2]) == [set()] * 3, "no outlet is known"


def test_a_story_carried_three_times_is_not_gutted() -> None:
    lines = [[*STORY, (200 + i, 4)] for i in range(3)]
    assert repeated([0, 0, 0], lines, [2, 0, 1]) == [set()] * 3


def test_a_line_twice_in_one_article_is_seen_once() -> None:
    lines = [[(1, 30), SLOGAN, SLOGAN], [(2, 30), SLOGAN]]
    assert repeated([0, 0], lines, [0, 1]) == [set(), set()]


def test_half_of_an_article_is_the_most_that_can_be_repeated() -> None:
    for share, expected in ((5, set(range(5, 10))), (4, set())):
        lines = [[(100 + i, share), SLOGAN] for i in range(3)]
        assert repeated([0, 0, 0], lines, [0, 1, 2])[0] == expected
