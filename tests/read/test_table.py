from __future__ import annotations

from pathlib import Path

import pytest

from dedup import limits
from tests.read.helpers import articles, everything, one, skips, why, written


def test_rows(tmp_path: Path) -> None:
    path = written(tmp_path, "day.csv", 'id,Title,Text\n1,Ferry,"A ferry, aground.\nNobody hurt."\n\n2,Rain,Rain.\n')
    first, second = articles(everything(path))
    assert (first.id, first.title, first.text) == ("1", "Ferry", "A ferry, aground.\nNobody hurt.")
    assert second.text == "Rain."


@pytest.mark.parametrize(("name", "sign"), [("x.csv", ";"), ("x.csv", "\t"), ("x.csv", "|"), ("x.tsv", "\t")])
def test_delimiters(tmp_path: Path, name: str, sign: str) -> None:
    path = written(tmp_path, name, f"id{sign}text\n7{sign}Rain, then sun.\n")
    assert one(everything(path)).text == "Rain, then sun."


def test_a_200_kb_field(tmp_path: Path) -> None:
    path = written(tmp_path, "x.csv", f'text\n"{"rain " * 40_000}"\n')
    assert len(one(everything(path)).text) == 200_000


def test_bad_rows_do_not_take_others_with_them(tmp_path: Path) -> None:
    path = written(tmp_path, "x.csv", "id,text\n1,Rain, then sun.\n2,Wind.\n3\n4,Hail.\n")
    found = everything(path)
    assert [a.text for a in articles(found)] == ["Wind.", "Hail."]
    assert [(s.where.rpartition(":")[2], s.why) for s in skips(found)] == [
        ("2", "3 cells in a table of 2 columns: text not quoted?"),
        ("4", "empty text"),
    ]


def test_a_field_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import csv

    monkeypatch.setattr(limits, "MAX_LINE", 1000)
    before = csv.field_size_limit(1000)
    try:
        path = written(tmp_path, "x.csv", 'text\nRain.\n"' + ("x" * 300 + "\n") * 10 + '"\nSun.\n')
        found = everything(path)
    finally:
        csv.field_size_limit(before)
    # What follows would be read from inside the field: no row is better than a piece of a text.
    assert [a.text for a in articles(found)] == ["Rain."]
    assert "field larger" in skips(found)[0].why and "rest of the table is not read" in skips(found)[0].why


def test_a_long_line_is_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_LINE", 1000)
    path = written(tmp_path, "x.csv", "id,text\n1," + "x" * 5000 + "\n2,Rain.\n")
    found = everything(path)
    assert [s.why for s in skips(found)] == ["a line longer than 1,000 bytes"]
    assert [a.text for a in articles(found)] == ["Rain."]


def test_encodings_row_by_row(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfid,text\n" + "1,café\n".encode("latin-1") + "2,café\n".encode() + "3,a\u2028b\n".encode()
    found = articles(everything(written(tmp_path, "x.csv", data)))
    assert [(a.text, a.flags) for a in found] == [("café", ("cp1252",)), ("café", ()), ("a\u2028b", ())]


def test_unicode_text_of_spreadsheets(tmp_path: Path) -> None:
    article = one(everything(written(tmp_path, "x.csv", "id\ttext\n1\tcafé\n".encode("utf-16"))))
    assert (article.id, article.text) == ("1", "café")


def test_no_text_column(tmp_path: Path) -> None:
    assert why(everything(written(tmp_path, "x.csv", "id,price\n1,2\n3,4\n"))).endswith("fields are: id, price")


def test_only_a_header(tmp_path: Path) -> None:
    assert why(everything(written(tmp_path, "x.csv", "id,text\n"))) == "holds no record"


def test_a_nul_in_a_row(tmp_path: Path) -> None:
    rows = "".join(f"{n},Rain fell in Ostby.\n" for n in range(1000))
    found = everything(written(tmp_path, "x.csv", "id,text\n" + rows + "x,a\0b\n1001,Rain.\n"))
    assert [s.why for s in skips(found)] == ["binary: holds NUL bytes"]
    assert len(articles(found)) == 1001
