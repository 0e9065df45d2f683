"""An article that is there without its text is told apart from what is no article at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedup.model import Skipped
from dedup.read import read, sources
from dedup.read.source import Source
from tests.read.helpers import skips, written

EMPTY = {
    "a.jsonl": '{"id": 1, "title": "Ferry", "text": " "}\n{"id": 2, "text": "Rain."}\n',
    "a.json": '[{"id": 1, "text": null, "url": "https://gazette.example/a"}]',
    "a.csv": "id,text\n1,\n",
    "a.txt": " \n\n",
    "b.txt": "",
    "a.md": "---\ntitle: Ferry\n---\n",
    "a.html": "<html><body></body></html>",
    "b.html": "",
    "a.nitf": "<nitf><body><body.content/></body></nitf>",
    "a.xml": "<newsItem guid='x'/>",
    "b.xml": "<rss><channel><item><title>Ferry</title></item></channel></rss>",
    "c.json": '{"uri": "x", "pubstatus": "usable"}',
}
OTHER = {
    "a.jsonl": '{"id": 1, "text": "Rain."}\n{"id": 2, "url": "x"}\n[1]\n',
    "b.jsonl": "",
    "a.csv": "id,url\n1,x\n",
    "a.html": "<html>" + "<div>" * 5_000,
    "a.txt": "\0",
    "a.xml": "<urlset/>",
    "b.xml": "<packageItem/>",
    "c.xml": "",
    "a.pdf": "x",
}


def found(path: Path) -> list[Skipped]:
    for extra in ("trafilatura", "feedparser"):
        pytest.importorskip(extra)
    items = [read(each) if isinstance(each, Source) else [each] for each in sources([str(path.parent)])]
    return skips([each for item in items for each in item])


@pytest.mark.parametrize(("name", "data"), EMPTY.items(), ids=EMPTY)
def test_an_article_without_its_text(tmp_path: Path, name: str, data: str) -> None:
    assert [each.empty for each in found(written(tmp_path, name, data))] == [True]


@pytest.mark.parametrize(("name", "data"), OTHER.items(), ids=OTHER)
def test_no_article_at_all(tmp_path: Path, name: str, data: str) -> None:
    held = found(written(tmp_path, name, data))
    assert held and not any(each.empty for each in held)


def test_parquet(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "a.parquet"
    with duckdb.connect(":memory:") as engine:
        engine.execute(f"COPY (SELECT 1 AS id, '' AS text) TO '{path.as_posix()}' (FORMAT parquet)")
    assert [each.empty for each in found(path)] == [True]
