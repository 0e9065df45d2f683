"""Any bytes under any name: articles and skips, no exception, nothing lost without a word."""

from __future__ import annotations

import codecs
import gzip
import tempfile
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.model import Article
from tests.read.helpers import everything, written

NAMES = ["a.txt", "a.md", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.html", "a.parquet", "a.xml", "a.rss", "a.warc"]
# Bytes that mean something to one of the readers, so that random input gets past the first look.
PIECES = st.sampled_from(
    [
        b'{"text": "Rain."}', b'{"text": "', b'"}', b"{", b"}", b"[", b"]", b",", b'"', b"\n", b"\r\n",
        b"---\n", b"a: b\n", b"text,id\n", b"\t", b";", b"<p>", b"</p>", b"<html>", b"<!--", b"\xff\xfe",
        b"\xef\xbb\xbf", b"\0", b"\xe9", b"\\ud800", b"NaN", b"PAR1", b"rain ", b"articles", b'{"articles": [',
        b"caf\xc3\xa9", b"\xed\xa0\x80", b"&amp;", b"charset=koi8-r", b"<nitf>", b"<rss>", b"<item>", b"<![CDATA[",
        b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"</nitf>", b"<newsItem>", b"WARC/1.0\r\n", b"Content-Length: 9\r\n\r\n",
        b'"pubstatus": "canceled", "uri": "x", ',
    ]
)  # fmt: skip
DATA = st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=25).map(b"".join))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("packing", ["", ".gz", ".zst", ".gz raw"])
def test_any_bytes(name: str, packing: str) -> None:
    @given(DATA)
    @settings(max_examples=20 if "parquet" in name else 60, deadline=None)
    def run(data: bytes) -> None:
        if packing == ".gz":
            data = gzip.compress(data, 1)
        elif packing == ".zst":
            data = zstandard.compress(data)
        with tempfile.TemporaryDirectory() as folder:
            found = everything(written(Path(folder), name + packing.removesuffix(" raw"), data))
        assert found  # an article or a reason
        for each in found:
            if isinstance(each, Article):
                assert each.text.strip()
                assert each.text.encode("utf-8") is not None
            else:
                assert each.why and each.where

    run()


@given(st.lists(st.one_of(st.just(b'{"text": "Rain."}'), st.binary(max_size=40).map(lambda b: b.replace(b"\n", b"")))))
@settings(max_examples=100, deadline=None)
def test_every_line_is_accounted_for(rows: list[bytes]) -> None:
    rows = [b'{"text": "Rain."}', b'{"text": "Sun."}', *rows]
    with tempfile.TemporaryDirectory() as folder:
        found = everything(written(Path(folder), "day.jsonl", b"\n".join(rows)))
    if b"\0" in b"\n".join(rows)[:8192]:
        assert len(found) == 1
    else:
        assert len(found) == sum(bool(row.removeprefix(codecs.BOM_UTF8).strip()) for row in rows)
