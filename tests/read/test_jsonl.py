from __future__ import annotations

import io
import itertools
import json
import pickle
from pathlib import Path

import pytest

from dedup import limits
from dedup.model import Article, Skipped
from dedup.read import Source, read, sources
from tests.read.helpers import articles, everything, one, skips, why, written

LINE = '{"id": "%d", "text": "A ferry ran aground off Ostby, it said. %d"}\n'


def test_lines_keep_their_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, "day.jsonl", LINE % (1, 1) + "\n" + "{broken\n" + LINE % (2, 2) + '["x"]\n' + '{"id": 3}')
    found = everything(path)
    assert [a.id for a in articles(found)] == ["1", "2"]
    assert [s.where.rpartition(":")[2] for s in skips(found)] == ["3", "5", "6"]
    assert [s.why.partition(":")[0] for s in skips(found)] == [
        "not JSON", "not an object but a list", "no text field (see --map); fields are"
    ]  # fmt: skip


TRAPS = {
    "100k deep": b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "100k deep, unclosed": b'{"text": ' + b'{"a":' * 100_000,
    "5,000-digit integer": b'{"text": "Rain.", "id": ' + b"7" * 5000 + b"}",
    "duplicate keys": b'{"text": "Sun.", "text": "Rain."}',
    "NaN": b'{"text": "Rain.", "title": NaN, "x": -Infinity}',
    "lone surrogate": b'{"text": "Rain \\ud800."}',
    "lone surrogate in a name": b'{"\\ud800": 1, "text": "Rain."}',
    "surrogate pair": b'{"text": "Rain \\ud83d\\ude00."}',
    "tab in a string": b'{"text": "Rain\tand sun."}',
    "latin-1 bytes": '{"text": "café"}'.encode("latin-1"),
    "byte order mark": b'\xef\xbb\xbf{"text": "Rain."}',
    "line separator": '{"text": "Rain.\u2028Sun."}'.encode(),
    "NUL byte": b'{"text": "Rain\0"}',
    "cut off": b'{"text": "Rain',
    "a number": b"7",
    "carriage return": b'{"text": "Rain."}\r',
}
EXPECTED = {
    "100k deep": "JSON nested too deep",
    "100k deep, unclosed": "JSON nested too deep",
    "5,000-digit integer": "not usable JSON: exceeds the limit (4300 digits) for integer string conversion",
    "duplicate keys": ("Rain.", ()),
    "NaN": ("Rain.", ()),
    "lone surrogate": ("Rain \ufffd.", ("surrogates",)),
    "lone surrogate in a name": ("Rain.", ()),
    "surrogate pair": ("Rain 😀.", ()),
    "tab in a string": ("Rain\tand sun.", ()),
    "latin-1 bytes": ("café", ("cp1252",)),
    "byte order mark": ("Rain.", ()),
    "line separator": ("Rain.\u2028Sun.", ()),
    "NUL byte": "binary: holds NUL bytes",
    "cut off": None,
    "a number": "not an object but a number",
    "carriage return": ("Rain.", ()),
}


@pytest.mark.parametrize("name", TRAPS)
def test_traps_as_a_line(tmp_path: Path, name: str) -> None:
    # A first line that is well-formed, so that the trap is not taken for another kind of file.
    path = written(tmp_path, "day.jsonl", LINE.encode() % (1, 1) + TRAPS[name] + b"\n")
    good, found = everything(path)[:2] if "NUL" not in name else (None, everything(path)[0])
    expected = EXPECTED[name]
    if expected is None:
        assert isinstance(found, Skipped) and found.why.startswith("not JSON") and found.why.endswith("(cut off?)")
    elif isinstance(expected, str):
        assert isinstance(found, Skipped) and found.why == expected
    else:
        assert isinstance(found, Article) and (found.text, found.flags) == expected
    assert good is None or isinstance(good, Article)


@pytest.mark.parametrize("name", TRAPS)
def test_traps_as_a_document(tmp_path: Path, name: str) -> None:
    assert len(everything(written(tmp_path, "one.json", TRAPS[name]))) == 1


def test_nul_far_into_a_file_costs_one_line(tmp_path: Path) -> None:
    data = b"".join(LINE.encode() % (n, n) for n in range(300))
    path = written(tmp_path, "day.jsonl", data + b'{"text": "x\0"}\n' + LINE.encode() % (301, 301))
    found = everything(path)
    assert len(articles(found)) == 301
    assert [(s.where, s.why) for s in skips(found)] == [(f"{path.as_posix()}:301", "binary: holds NUL bytes")]


DOCUMENTS = {
    "an article": '{"text": "Rain."}',
    "an article over several lines": '{\n  "text": "Rain."\n}\n',
    "a list": '[{"text": "Rain."}]',
    "NewsAPI": '{"status": "ok", "totalResults": 1, "articles": [{"content": "Rain."}]}',
    "JSON Feed": '{"version": "1", "description": "All", "items": [{"content_html": "<p>Rain.</p>"}]}',
    "search hits": '{"took": 1, "hits": {"total": 1, "hits": [{"_id": "7", "_source": {"text": "Rain."}}]}}',
    "New York Times": '{"response": {"docs": [{"body": "Rain."}]}}',
    "lines": '{"text": "Rain."}\n',
    "an article with data beside": '{"text": "Rain.", "data": [{"text": "not this"}]}',
}


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_documents(tmp_path: Path, text: str) -> None:
    assert one(everything(written(tmp_path, "x.json", text))).text == "Rain."


@pytest.mark.parametrize("text", ['[{"text": "Rain."}]', '[\n{"text": "Rain."}\n]', '{\n  "text": "Rain."\n}\n'])
@pytest.mark.parametrize("name", ["x.jsonl", "x.ndjson"])
def test_documents_under_the_name_of_lines(tmp_path: Path, text: str, name: str) -> None:
    assert one(everything(written(tmp_path, name, text))).text == "Rain."


def test_lines_in_a_json_file(tmp_path: Path) -> None:
    path = written(tmp_path, "day.json", "".join(LINE % (n, n) for n in range(3)) + "{broken")
    found = everything(path)
    assert [a.id for a in articles(found)] == ["0", "1", "2"]
    assert skips(found)[0].where.endswith("day.json:4")


def test_a_long_first_line_in_a_json_file(tmp_path: Path) -> None:
    long = json.dumps({"text": "rain " * 10_000})
    assert len(articles(everything(written(tmp_path, "day.json", f"{long}\n{long}\n")))) == 2


def test_positions_in_a_list(tmp_path: Path) -> None:
    path = written(tmp_path, "day.json", '[{"text": "Rain."}, {"text": ""}, 7]')
    assert [s.where for s in skips(everything(path))] == [f"{path.as_posix()}[1]", f"{path.as_posix()}[2]"]


@pytest.mark.parametrize("text", ["[]", "{}", "7", "", "   \n", "null", '{"articles": []}'])
def test_nothing_in_it_is_said_so(tmp_path: Path, text: str) -> None:
    assert why(everything(written(tmp_path, "x.json", text)))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO((LINE % (1, 1) + "x\n").encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    found = everything("-")
    assert articles(found)[0].path == "-"
    assert skips(found)[0].where == "-:2"


def test_ranges_are_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RANGE_BYTES", 1000)
    rows = [LINE % (n, n) if n % 7 else "{broken\n" for n in range(200)]
    path = written(tmp_path, "day.jsonl", "".join(rows).removesuffix("\n"))
    parts = [pickle.loads(pickle.dumps(each)) for each in sources([str(path)])]  # noqa: S301  # our own bytes
    assert len(parts) > 5
    assert (parts[0].start, parts[-1].end) == (0, -1)
    assert all(one.end == two.start for one, two in itertools.pairwise(parts))
    ranged = [each for part in parts for each in read(part)]
    assert ranged == list(read(Source(str(path), ".jsonl")))
    assert [int(s.where.rpartition(":")[2]) for s in skips(ranged)] == [n + 1 for n in range(0, 200, 7)]


def test_a_file_without_line_ends_is_one_range(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RANGE_BYTES", 1000)
    monkeypatch.setattr(limits, "MAX_LINE", 5000)
    path = written(tmp_path, "day.jsonl", '{"text": "' + "x" * 50_000 + '"}\n' + LINE % (1, 1))
    assert len(list(sources([str(path)]))) == 1
    found = everything(path)
    assert [s.why for s in skips(found)] == ["a line longer than 5,000 bytes"]
    assert [a.id for a in articles(found)] == ["1"]
