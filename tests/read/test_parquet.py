from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.read.helpers import articles, everything, one, skips, why, written

duckdb = pytest.importorskip("duckdb")

ROWS = """select 12::bigint as id, 'Rain fell in Ostby.' as text, timestamp '2018-07-15 07:54:28' as date,
 ['Ann Lee', 'Bo Ek'] as authors, {'name': 'The Gazette'} as publisher, 'nan'::double as title, blob '\\x00' as other
 union all select 13, NULL, NULL, NULL, NULL, NULL, NULL"""


def table(path: Path, query: str = ROWS) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    relation = duckdb.sql(query)
    relation.write_parquet(str(path))
    return path


def test_rows(tmp_path: Path) -> None:
    found = everything(table(tmp_path / "day.parquet"))
    (article,) = articles(found)
    assert (article.id, article.text, article.published) == ("12", "Rain fell in Ostby.", "2018-07-15T07:54:28")
    assert (article.author, article.outlet, article.title) == ("Ann Lee, Bo Ek", "The Gazette", "")
    assert [(s.where.rpartition(":")[2], s.why) for s in skips(found)] == [("2", "empty text")]


def test_packed(tmp_path: Path) -> None:
    data = table(tmp_path / "day.parquet").read_bytes()
    assert len(everything(written(tmp_path, "x/day.parquet.gz", gzip.compress(data)))) == 2


def test_names_that_look_like_patterns(tmp_path: Path) -> None:
    data = table(tmp_path / "day.parquet", "select 'Rain.' as text").read_bytes()
    written(tmp_path, "pile/a1.parquet", table(tmp_path / "o.parquet", "select 'Sun.' as text").read_bytes())
    assert one(everything(written(tmp_path, "pile/a[1].parquet", data))).text == "Rain."
    assert one(everything(written(tmp_path, "pile/a*.parquet", data))).text == "Rain."


def test_columns_with_odd_names(tmp_path: Path) -> None:
    path = table(tmp_path / "day.parquet", """select 'Rain.' as "full ""text", 7 as "x;--" """)
    assert one(everything(path, mapping={"text": 'full "text', "id": "x;--"})).id == "7"


def test_no_text_column(tmp_path: Path) -> None:
    assert why(everything(table(tmp_path / "day.parquet", "select 1 as price"))).endswith("fields are: price")


def test_broken_files(tmp_path: Path) -> None:
    data = table(tmp_path / "day.parquet").read_bytes()
    for end in range(0, len(data), 37):
        assert skips(everything(written(tmp_path, "cut.parquet", data[:end])))
    for at in range(0, len(data), 37):
        flipped = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        assert everything(written(tmp_path, "flipped.parquet", flipped))
    assert "not usable Parquet" in why(everything(written(tmp_path, "no.parquet", "rain" * 100)))
