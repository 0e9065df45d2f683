"""What Spark's workers do, without Spark: Arrow in and out, and the same candidates as the local engine's."""

# What is imported here needs pyarrow, which may not be there.
# ruff: noqa: E402

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from typing import Any

import numpy as np
import pytest

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra [spark])")

from dedup import candidates, limits
from dedup.engines.spark import work
from dedup.engines.spark.packed import lists, packed, rows_of, unpacked
from dedup.engines.spark.session import is_address, is_local

Row = dict[str, Any]


def rows(batches: Any) -> list[Row]:
    return [row for batch in batches for row in batch.to_pylist()]


def test_packed_and_unpacked() -> None:
    values, offsets = np.arange(10, dtype=np.uint32), np.array([0, 3, 3, 10])
    column = packed(values, offsets)
    assert column.type == pa.binary() and column[1].as_py() == b""
    for held, first in ((column, 0), (column.slice(1), 1), (column.filter(pa.array([False, True, True])), 1)):
        back, places = unpacked(held, np.uint32)
        assert back.tolist() == values[offsets[first] :].tolist()
        assert places.tolist() == (offsets[first:] - offsets[first]).tolist()
    nothing, places = unpacked(column.slice(3), np.uint32)
    assert nothing.tolist() == [] and places.tolist() == [0]
    assert rows_of(packed(np.arange(8, dtype=np.uint32), np.array([0, 4, 8]))).tolist() == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_lists_that_are_not_there_are_empty() -> None:
    values, offsets = lists(pa.array([[1, 2], None, [], [3]], pa.list_(pa.int32())))
    assert values.tolist() == [1, 2, 3] and offsets.tolist() == [0, 2, 2, 2, 3]
    values, offsets = lists(pa.array([None], pa.list_(pa.int32())))
    assert len(values) == 0 and offsets.tolist() == [0, 0]


def corpus(n: int) -> tuple[Any, Any, Any]:
    """n sets of keys with much in common, and signatures that are equal in bands here and there."""
    pick = np.random.default_rng(3)
    sets = [np.unique(pick.zipf(1.3, 120).astype(np.uint64) * 7919 % (1 << 31)).astype(np.uint32) * 2 for _ in range(n)]
    offsets = np.cumsum([0, *map(len, sets)])
    return np.concatenate(sets), offsets, pick.integers(3, size=(n, limits.NUM_PERM), dtype=np.uint32)


def batch(keys: Any, offsets: Any, signatures: Any) -> Any:
    n = len(signatures)
    return pa.RecordBatch.from_pydict(
        {
            "number": pa.array(np.arange(n)),
            "keys": packed(keys, offsets),
            "signature": packed(signatures.ravel(), np.arange(n + 1) * limits.NUM_PERM),
        }
    )


def test_candidates_are_those_of_the_local_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The queries of stages.py, in Python, over the rows that work.py makes."""
    monkeypatch.setattr(limits, "JOIN_FLOOR", 3_000)
    monkeypatch.setattr(limits, "JOIN_PAIRS", 1)
    monkeypatch.setattr(limits, "HUB_ARTICLES", 90)
    keys, offsets, signatures = corpus(120)
    held = [batch(keys, offsets, signatures)]
    found = set()
    buckets = defaultdict(list)
    for row in rows(work.bands(*candidates.bands(limits.LSH_THRESHOLD), 0xFFFFFFFF, held)):
        buckets[row["band"], row["key"]].append(row["number"])
    for members in map(sorted, buckets.values()):
        found |= {(members[0], other) for other in members[1:]} | set(itertools.pairwise(members))
    sharing = defaultdict(list)
    for row in rows(work.postings(limits.SAMPLE, held)):
        sharing[row["hash"]].append(row["number"])
    groups = [sorted(members) for members in sharing.values() if 1 < len(members) <= limits.HUB_ARTICLES]
    sizes = Counter(map(len, groups))
    common = candidates.too_common(np.array(sorted(sizes)), np.array([sizes[size] for size in sorted(sizes)]), 120)
    assert min(sizes) < common <= max(sizes)  # some pair all of theirs, some are stars
    members = pa.RecordBatch.from_pydict({"members": pa.array(groups, pa.list_(pa.int64()))})
    pairs = Counter(row["pair"] for row in rows(work.linked(common, [members])))
    found |= {(pair >> 32, pair & 0xFFFFFFFF) for pair, count in pairs.items() if count >= limits.MIN_SHARED}
    local = candidates.find(signatures, keys, offsets)
    assert found == set(zip(local.a.tolist(), local.b.tolist(), strict=True)) and len(found) > 500
    assert local.hub_shingles == sum(len(members) > limits.HUB_ARTICLES for members in sharing.values()) > 0


def test_wide_keys_tell_apart_what_narrow_ones_do() -> None:
    held = [batch(*corpus(50))]
    narrow, wide = (rows(work.bands(4, 4, mask, held)) for mask in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF))
    assert [row["key"] for row in narrow] == [row["key"] & 0xFFFFFFFF for row in wide]
    assert any(row["key"] >> 32 for row in wide)


def test_pairs_that_no_later_stage_can_use_are_dropped() -> None:
    one, other = np.arange(0, 200, 2, dtype=np.uint32), np.arange(180, 900, 2, dtype=np.uint32)
    sides = (packed(np.concatenate((one, one)), np.array([0, 100, 200])), packed(other, np.array([0, 10, 360])))
    pairs = pa.RecordBatch.from_pydict({"pair": pa.array([5, 6]), "keys_a": sides[0], "keys_b": sides[1]})
    assert rows(work.verified([pairs])) == [{"pair": 5, "shared": 10, "narrative": 10}]


def test_the_lines_of_a_text_stand_there_once() -> None:
    hashes = packed(np.array([7, 7, 9, 7, 1 << 31], np.uint32), np.array([0, 3, 5]))
    texts = pa.RecordBatch.from_pydict({"number": pa.array([4, 8]), "outlet": pa.array([-1, 2]), "lines": hashes})
    assert sorted((r["outlet"], r["line"], r["number"]) for r in rows(work.lines([texts]))) == [
        (-1, 7, 4), (-1, 9, 4), (2, -(1 << 31), 8), (2, 7, 8),
    ]  # fmt: skip


@pytest.mark.parametrize(("master", "local"), [("local", True), ("local[*]", True), ("localhost:7077", False)])
def test_masters(master: str, local: bool) -> None:
    assert is_local(master) == local


@pytest.mark.parametrize(("path", "address"), [("s3a://x/y", True), ("pile/x.jsonl", False), ("-", False)])
def test_addresses(path: str, address: bool) -> None:
    assert is_address(path) == address
