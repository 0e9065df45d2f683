"""Bombs, cut-off files and giants: a reason, soon, and the rest of the pile is read."""

from __future__ import annotations

import gzip
import os
import time
import tracemalloc
from pathlib import Path

import pytest
import zstandard

from dedup import limits
from tests.read.helpers import articles, everything, skips, why, written

LINE = b'{"text": "A ferry ran aground off Ostby on Tuesday, %d."}\n'


def packed(kind: str, data: bytes) -> bytes:
    return gzip.compress(data, 6) if kind == "gz" else zstandard.compress(data)


@pytest.mark.parametrize("kind", ["gz", "zst"])
@pytest.mark.parametrize("name", ["bomb.jsonl", "bomb.txt", "bomb.csv"])
def test_a_bomb(tmp_path: Path, name: str, kind: str) -> None:
    path = written(tmp_path, f"{name}.{kind}", packed(kind, b"text\n" + b"{" * (100 << 20)))
    tracemalloc.start()
    started = time.perf_counter()
    reasons = [s.why for s in skips(everything(path))]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert any("bomb" in each or "larger than" in each or "longer than" in each for each in reasons)
    assert peak < 150 << 20
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_cut_anywhere(tmp_path: Path, kind: str) -> None:
    whole = packed(kind, b"".join(LINE % n for n in range(10)))
    texts = [a.text for a in articles(everything(written(tmp_path, f"x.jsonl.{kind}", whole)))]
    assert len(texts) == 10
    for end in range(len(whole)):
        found = everything(written(tmp_path, f"x.jsonl.{kind}", whole[:end]))
        assert skips(found), end  # never passed as whole
        read = [a.text for a in articles(found)]
        assert read == texts[: len(read)]


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_a_byte_flipped(tmp_path: Path, kind: str) -> None:
    whole = packed(kind, b"".join(LINE % n for n in range(10)))
    for at in range(len(whole)):
        data = bytearray(whole)
        data[at] ^= 0x55
        assert everything(written(tmp_path, f"x.jsonl.{kind}", bytes(data)))


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_several_members(tmp_path: Path, kind: str) -> None:
    data = packed(kind, LINE % 1) + packed(kind, LINE % 2)
    assert len(articles(everything(written(tmp_path, f"x.jsonl.{kind}", data)))) == 2


def test_a_zst_frame_that_asks_for_a_giant_window(tmp_path: Path) -> None:
    options = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    stream = zstandard.ZstdCompressor(compression_params=options).compressobj()
    data = stream.compress(LINE % 1) + stream.flush()
    assert "corrupt" in why(everything(written(tmp_path, "x.jsonl.zst", data)))


def test_not_packed_at_all(tmp_path: Path) -> None:
    for kind in ("gz", "zst"):
        assert why(everything(written(tmp_path, f"x.jsonl.{kind}", LINE % 1)))


def test_ten_sparse_gigabytes(tmp_path: Path) -> None:
    for name in ("a.txt", "b.jsonl", "c.json", "d.csv"):
        with open(tmp_path / name, "wb") as file:
            file.truncate(10 << 30)
    started = time.perf_counter()
    assert [s.why for s in skips(everything(tmp_path))] == ["binary: holds NUL bytes"] * 4
    assert time.perf_counter() - started < 1
    for name in ("a.txt", "b.jsonl", "c.json", "d.csv"):
        os.remove(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "cap"), [("a.txt", "MAX_TEXT_FILE"), ("a.json", "MAX_JSON_FILE"), ("a.html", "MAX_PAGE")]
)
def test_caps_of_files_held_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, cap: str) -> None:
    monkeypatch.setattr(limits, cap, 10_000)
    assert why(everything(written(tmp_path, name, "[" + "rain " * 3000))) == "larger than 10,000 bytes"
