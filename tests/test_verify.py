"""verify: kernel, twin and Python sets count the same; what the counts mean."""

from __future__ import annotations

import itertools
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import limits, sets, verify
from dedup.model import Sets, TextOrder
from dedup.verify import kernel, twin
from tests import oracle
from tests.packed import CORPORA, NO_DROP, Shingles, built, numbers, text_order

Pairs = tuple[np.ndarray, np.ndarray]


def all_pairs(n: int) -> Pairs:
    pairs = list(itertools.combinations(range(n), 2))
    return numbers(*(a for a, _ in pairs)), numbers(*(b for _, b in pairs))


def unpacked(found: Sets) -> list[dict[int, bool]]:
    cuts = found.offsets.tolist()
    return [{k & ~1: bool(k & 1) for k in found.keys[i:j].tolist()} for i, j in itertools.pairwise(cuts)]


@settings(deadline=None)  # the first call compiles
@given(CORPORA, st.data())
def test_kernel_twin_and_python_sets_share_the_same(articles: list[Shingles], data: st.DataObject) -> None:
    found, (a, b) = built(articles), all_pairs(len(articles))
    chosen = numbers(*data.draw(st.permutations(range(len(a)))))
    expected = [
        oracle.shared(unpacked(found)[i], unpacked(found)[j]) for i, j in zip(a[chosen], b[chosen], strict=True)
    ]
    for shared in (kernel.shared, twin.shared):
        both, narrative = shared(found, a[chosen], b[chosen])
        assert list(zip(both.tolist(), narrative.tolist(), strict=True)) == expected, shared.__module__


@settings(deadline=None)
@given(CORPORA, st.data())
def test_kernel_twin_and_python_find_the_same_runs(articles: list[Shingles], data: st.DataObject) -> None:
    storage = data.draw(st.permutations(range(len(articles))))
    text, found, (a, b) = text_order(articles, storage), built(articles), all_pairs(len(articles))
    a, b = np.concatenate((a, b)), np.concatenate((b, a))
    least = data.draw(st.integers(1, 5))
    sizes = [oracle.runs(articles[i], unpacked(found)[j], least) for i, j in zip(a, b, strict=True)]
    for runs in (kernel.runs, twin.runs):
        number, length = runs(found, text, a, b, least)
        assert number.tolist() == [len(each) for each in sizes], runs.__module__
        assert length.tolist() == [sum(each) for each in sizes], runs.__module__


@given(CORPORA)
def test_ratios_equal_the_oracle(articles: list[Shingles]) -> None:
    found, (a, b) = built(articles), all_pairs(len(articles))
    python = unpacked(found)
    matches = verify.compare(found, a, b, compiled=False)
    pairs = [(python[i], python[j]) for i, j in zip(a, b, strict=True)]
    assert matches.jaccard() == pytest.approx([oracle.jaccard(*pair) for pair in pairs])
    assert matches.containment() == pytest.approx([oracle.containment(*pair) for pair in pairs])
    assert matches.weight() == pytest.approx([oracle.weight(*pair) for pair in pairs])
    for ratio in (matches.jaccard(), matches.containment(), matches.weight()):
        assert ((ratio >= 0) & (ratio <= 1)).all()


def row(*hashes: int, quoted: bool = False) -> Shingles:
    return [(hash * 2, quoted) for hash in hashes]


def test_worked_example() -> None:
    a, b = row(1, 2, 3, 4) + row(5, 6, quoted=True), row(3, 4, 9) + row(5, quoted=True)
    matches = verify.compare(built([a, b]), numbers(0), numbers(1), compiled=False)
    assert (matches.shared.tolist(), matches.shared_narrative.tolist()) == ([3], [2])
    assert matches.jaccard()[0] == pytest.approx(3 / 7)
    assert matches.containment()[0] == pytest.approx(3 / 4)
    q = limits.QUOTED_WEIGHT
    assert matches.weight()[0] == pytest.approx((2 + q) / (3 + q))


def test_a_quotation_weighs_less_than_the_words_around_it() -> None:
    said = row(*range(20), quoted=True)
    same_quote = built([said + row(*range(100, 120)), said + row(*range(200, 220))])
    same_words = built([row(*range(20)) + row(*range(100, 120)), row(*range(20)) + row(*range(200, 220))])
    quoted, plain = (verify.compare(s, numbers(0), numbers(1), compiled=False) for s in (same_quote, same_words))
    assert quoted.containment() == plain.containment()
    assert quoted.weight() < plain.weight()


def test_where_keeps_the_chosen_pairs() -> None:
    found = built([row(1, 2), row(2, 3), row(1, 2, 3)])
    matches = verify.compare(found, numbers(0, 0, 1), numbers(1, 2, 2), compiled=False)
    chosen = matches.where(matches.containment() == 1)
    assert (chosen.a.tolist(), chosen.b.tolist(), chosen.shared.tolist()) == ([0, 1], [2, 2], [2, 2])
    assert chosen.weight().tolist() == [1.0, 1.0]


# ---------------------------------------------------------------- passages


def passages(a: Shingles, b: Shingles, compiled: bool) -> tuple[int, int, int]:
    found = verify.passages(built([a, b]), text_order([a, b]), numbers(0), numbers(1), compiled=compiled)
    return int(found.passages[0]), int(found.in_a[0]), int(found.in_b[0])


@pytest.mark.parametrize("compiled", [False, True])
def test_passages_are_runs_of_narrative(compiled: bool) -> None:
    n = limits.PASSAGE_SHINGLES
    run = list(range(1, n + 1))
    assert passages(row(*run), row(50, *run, 51), compiled) == (1, n, n)
    assert passages(row(*run[:-1]), row(*run[:-1]), compiled) == (0, 0, 0), "too short"
    assert passages(row(*run, quoted=True), row(*run), compiled) == (0, 0, 0), "quoted in one"
    assert passages(row(*run, 60, *range(70, 70 + n)), row(*range(70, 70 + n), 61, *run), compiled) == (2, 2 * n, 2 * n)
    assert passages([], row(*run), compiled) == (0, 0, 0)


@pytest.mark.parametrize("compiled", [False, True])
def test_a_run_ends_with_its_article(compiled: bool) -> None:
    n = limits.PASSAGE_SHINGLES
    rows = [row(*range(1, n)), row(*range(1, 2 * n)), row(*range(n, 2 * n - 1))]
    text, found = text_order(rows), built(rows)
    got = verify.passages(found, text, numbers(0, 1), numbers(1, 2), compiled=compiled)
    assert got.passages.tolist() == [0, 0]


def test_no_pairs_at_all() -> None:
    empty = Sets(np.empty(0, np.uint32), np.zeros(1, np.int64), np.empty(0, np.int64))
    text = TextOrder(np.empty(0, np.uint32), np.empty(0, np.bool_), np.empty(0, np.int64), np.empty(0, np.int64))
    for compiled in (False, True):
        assert len(verify.compare(empty, numbers(), numbers(), compiled=compiled).weight()) == 0
        assert len(verify.passages(empty, text, numbers(), numbers(), compiled=compiled).passages) == 0


def test_lines_left_out_of_a_set_are_not_shared() -> None:
    text = text_order([row(1, 2, 3), row(1, 2, 4)])
    whole, cut = sets.build(text, NO_DROP), sets.build(text, np.array([[0, 0, 2]]))
    assert verify.compare(whole, numbers(0), numbers(1), compiled=False).shared.tolist() == [2]
    assert verify.compare(cut, numbers(0), numbers(1), compiled=False).shared.tolist() == [0]


def test_the_twin_needs_no_more_room_for_what_many_share() -> None:
    """A block that 1,500 articles share made a matrix of all their pairs."""
    n, block = 1_500, np.arange(0, 400, 2, dtype=np.uint32)
    found = Sets(np.tile(block, n), np.arange(n + 1) * len(block), np.full(n, len(block)))
    a = np.arange(n - 1)
    tracemalloc.start()
    both, narrative = twin.shared(found, a, a + 1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert set(both.tolist()) == set(narrative.tolist()) == {len(block)}
    assert peak < 80e6 < 12 * n * n * 4
