"""Postings: packed pages give back what went in; lookup and merge equal the plain way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import limits
from dedup.errors import InputError
from dedup.index import pack, postings
from dedup.index.postings import Postings
from dedup.index.store import Blob, Segment

Runs = st.lists(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), max_size=60), min_size=1, max_size=5)


def keys_of(pairs: Sequence[tuple[int, int]]) -> postings.Keys:
    return np.unique(np.array([(h << 32) | n for h, n in pairs], np.uint64))


class Shelf:
    """Pages and directories in memory."""

    def __init__(self) -> None:
        self.pages: dict[int, bytes] = {}
        self.directories: dict[int, bytes] = {}
        self.segments: list[Segment] = []

    def put(self, keys: postings.Keys) -> None:
        made = list(postings.cut([keys]))
        first, number = len(self.pages), len(self.segments)
        self.pages |= {first + i: data for i, (_, data) in enumerate(made)}
        self.directories[number] = postings.directory(np.array([h for h, _ in made], np.uint32))
        self.segments.append(Segment(number, first, len(made), len(keys)))

    def reading(self) -> Postings:
        def of(held: dict[int, bytes]) -> postings.Read:
            def read(numbers: Sequence[int]) -> list[Blob]:
                return [(n, held[n]) for n in numbers if n in held]

            return read

        return Postings(self.segments, of(self.pages), of(self.directories), "here")


@given(st.lists(st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**32 - 1)), max_size=300))
def test_a_page_comes_back(pairs: list[tuple[int, int]]) -> None:
    keys = keys_of(pairs)
    assert postings.unpacked(postings.packed(keys), "here").tolist() == keys.tolist()


@given(Runs, st.sets(st.integers(0, 60), max_size=20), st.sets(st.integers(0, 40)))
def test_lookup_and_merge_equal_the_plain_way(
    runs: list[list[tuple[int, int]]], asked: set[int], dead: set[int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "INDEX_PAGE", 4)
        patch.setattr(limits, "INDEX_MERGE_PAGES", 3)
        patch.setattr(postings, "_RUN_PAGES", 100)
        shelf = Shelf()
        for run in runs:
            if run:
                shelf.put(keys_of(run))
        reading = shelf.reading()
        every = sorted(pair for run in runs for pair in set(run))
        found = reading.lookup(np.array(sorted(asked), np.uint32))
        plain = [(h << 32) | n for h, n in every if h in asked]
        assert found.keys.tolist() == plain and found.hubs == 0
        merged = [k for block in reading.merged(shelf.segments, np.array(sorted(dead))) for k in block.tolist()]
        assert merged == [(h << 32) | n for h, n in every if n not in dead]


def test_hubs_are_left_out_and_counted() -> None:
    shelf = Shelf()
    many = limits.HUB_ARTICLES + 1
    shelf.put(keys_of([(7, n) for n in range(many)] + [(8, n) for n in range(5)]))
    found = shelf.reading().lookup(np.array([7, 8], np.uint32))
    assert found.hubs == 1 and [int(k) >> 32 for k in found.keys] == [8] * 5
    shelf.put(keys_of([(9, n) for n in range(9 * limits.INDEX_PAGE)] + [(10, 1)]))
    found = shelf.reading().lookup(np.array([9, 10], np.uint32))
    assert found.hubs == 1 and [int(k) >> 32 for k in found.keys] == [10]


def test_four_bytes_a_posting() -> None:
    made = np.random.default_rng(5)
    keys = np.unique(
        (made.integers(0, 2**31, 200_000, "u8") << np.uint64(32)) | made.integers(0, 20_000, 200_000, "u8")
    )
    size = sum(len(data) for _, data in postings.cut([keys]))
    assert size < 5 * len(keys)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_page(data: bytes) -> None:
    with pytest.raises(InputError, match="damaged index"):
        postings.unpacked(data, "here")


def test_a_bomb_is_not_unpacked() -> None:
    bomb = pack.deflated(bytes(50_000_000))
    with pytest.raises(InputError, match="claims 50,000,000 bytes"):
        postings.unpacked(b"\x01\0\0\0" + bomb, "here")
    lying = (100).to_bytes(4, "little") + bomb[4:]
    with pytest.raises(InputError, match="lengths differ"):
        pack.inflated(lying, 1000, "here")


def test_merging_is_logarithmic() -> None:
    kept: list[Segment] = []
    written = 0
    for i in range(2_000):
        new = Segment(i, 0, 1, 100)
        count = postings.swallowed(kept, new.postings)
        size = new.postings + sum(s.postings for s in kept[len(kept) - count :])
        written += size if count else new.postings
        kept[len(kept) - count :] = [Segment(i, 0, 1, size)]
        assert len(kept) <= 5
    assert sum(s.postings for s in kept) == 200_000
    assert written <= 200_000 * 25


def test_pages_in_another_order_are_damage() -> None:
    shelf = Shelf()
    shelf.put(keys_of([(h, n) for h in range(4 * limits.INDEX_PAGE) for n in (1,)]))
    shelf.pages[0], shelf.pages[2] = shelf.pages[2], shelf.pages[0]
    with pytest.raises(InputError, match="out of order"):
        shelf.reading().lookup(np.arange(0, 4 * limits.INDEX_PAGE, 7, dtype=np.uint32))
