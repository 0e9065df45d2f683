"""JSON, rows, HTML and SVG of a diff: the schema to the letter, no copy where none is wanted, and hostile text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.model import Diff
from dedup.report import diff_html, diff_json, diff_rows, diff_svg
from dedup.report.diff_matrix import matrix_lines
from dedup.report.diff_terminal import Page, lines
from dedup.report.diff_view import view
from dedup.report.markup import Markup, element
from tests.report import diff_samples as samples


def document(diff: Diff, text: bool = True) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(b"".join(diff_json.diff_chunks(diff, text)))
    return loaded


def holds(got: dict[str, Any], fields: str) -> bool:
    """Whether `got` has the fields in that order; others may stand between them."""
    wanted = fields.split()
    return [key for key in got if key in wanted] == wanted


# ---------------------------------------------------------------- JSON


def test_the_fields_of_the_schema_in_their_order() -> None:
    got = document(samples.ferry())
    assert list(got) == ["schema", "settings", "article", "originals", "sentences", "dropped"]
    assert got["schema"] == "dedup.diff/1"
    assert holds(got["article"], "id outlet from_wire")
    assert holds(got["originals"][0], "name id version sentences kept")
    assert holds(got["sentences"][4], "index start end text label moved links changes")
    assert holds(got["sentences"][4]["links"][0], "original index score")
    assert holds(got["sentences"][4]["changes"][0], "type from to against from_span to_span")
    assert holds(got["dropped"][0], "original index text facts")


def test_numbers_are_those_of_the_values() -> None:
    got = document(samples.ferry())
    change = got["sentences"][4]["changes"][0]
    assert change["against"] == {"original": "Reuters", "index": 2}
    assert samples.REUTERS[2][slice(*change["from_span"])] == "about 40" == change["from"]
    assert samples.ARTICLE[4][slice(*change["to_span"])] == "More than 50" == change["to"]
    assert got["originals"][0]["kept"] == 0.5
    assert [o["used"] for o in got["originals"]] == [True, True, False]
    assert got["originals"][0]["sentences"] == samples.REUTERS


def test_without_text_no_word_of_the_copy_is_left() -> None:
    for text in (
        b"".join(diff_json.diff_chunks(samples.ferry(), False)),
        b"".join(diff_rows.jsonl_chunks([samples.ferry()], False)),
        b"".join(diff_rows.csv_chunks([samples.ferry()], False)),
        b"".join(diff_json.matrix_chunks(samples.matrix(), False)),
        b"".join(diff_rows.matrix_csv(samples.matrix(), False)),
    ):
        for word in (b"Karvos", b"Kosta", b"about 40", b"Orla", b"30 metres"):
            assert word not in text
    got = document(samples.ferry(), False)
    assert got["sentences"][4]["changes"][0]["type"] == "number"
    assert got["sentences"][4]["changes"][0]["from_span"] == [31, 39]


# ---------------------------------------------------------------- rows


def test_a_row_per_sentence_change_and_dropped_sentence() -> None:
    rows = list(csv.DictReader(io.StringIO(b"".join(diff_rows.csv_chunks([samples.ferry()])).decode("utf-8"))))
    assert [r["row"] for r in rows].count("sentence") == 7
    assert [(r["change"], r["from"], r["to"]) for r in rows if r["row"] == "change"] == [
        ("quote", "a loud crack", "a crack"), ("number", "about 40", "More than 50"), ("hedge", "may", ""),
        ("name", "Eleni Kosta", "Kosta"),
    ]  # fmt: skip
    assert [(r["original"], r["original_index"]) for r in rows if r["row"] == "dropped"] == [
        ("Reuters", "1"), ("Reuters", "3"), ("AP", "2"),
    ]  # fmt: skip
    assert [r["original"] for r in rows if r["row"] == "unused"] == ["PA"]
    assert rows[1]["links"] == "Reuters:0"


def test_json_lines_stand_on_their_own() -> None:
    rows = [json.loads(line) for line in b"".join(diff_rows.jsonl_chunks([samples.ferry()] * 2)).splitlines()]
    assert [r["type"] for r in rows].count("article") == 2
    assert all(r["article"] == "daily-7" for r in rows[1:])
    changes = [r for r in rows if r["type"] == "change"]
    assert {r["change"] for r in changes} == {"quote", "number", "hedge", "name"}
    assert all("index" in r and "from_span" in r for r in changes)


def test_the_matrix_as_a_table_and_as_json() -> None:
    rows = list(csv.reader(io.StringIO(b"".join(diff_rows.matrix_csv(samples.matrix())).decode("utf-8"))))
    assert rows[0] == ["sentence", "fact", "Daily Example", "Daily Example"]
    assert rows[3] == ["R3", "about 40", "altered: More than 50", "altered: 38"]
    got = json.loads(b"".join(diff_json.matrix_chunks(samples.matrix())))
    assert got["schema"] == "dedup.matrix/1"
    assert got["facts"][2] == {
        "index": 2, "span": [31, 39], "text": "about 40", "fates": ["altered", "altered"],
        "now": ["More than 50", "38"],
    }  # fmt: skip


# ---------------------------------------------------------------- HTML and SVG


class Seen(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(page: Iterable[bytes]) -> Seen:
    seen = Seen()
    seen.feed(b"".join(page).decode("utf-8"))
    return seen


PLAIN_TAGS = set(
    "html head meta title style body h1 h2 div p span br bdi del ins details summary ol li table tr th td".split()
)
PLAIN_ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "title", "open"}


def test_the_page_can_load_and_run_nothing() -> None:
    text = b"".join(diff_html.diff_chunks(view(samples.ferry()))).decode("utf-8")
    assert "default-src 'none'" in text and "unsafe" not in text
    assert "<script" not in text and "http:" not in text and "https:" not in text
    assert parsed([text.encode()]).tags <= PLAIN_TAGS


def test_the_style_is_the_one_the_policy_allows() -> None:
    import base64
    import hashlib

    text = b"".join(diff_html.diff_chunks(view(samples.ferry()))).decode("utf-8")
    style = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)[0]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in text


def test_the_page_says_what_the_terminal_says() -> None:
    text = parsed(diff_html.diff_chunks(view(samples.ferry()))).text
    for told in (
        "NUMBER (R3) about 40 -> More than 50",
        "in no supplied wire",
        "gone with it: Two, Orla, Finn",
        "Not used: PA",
    ):
        assert told in text


@pytest.mark.parametrize("width", [80, 112])
def test_the_picture_is_well_formed_and_inside_its_frame(width: int) -> None:
    page = Page(width)
    root = ElementTree.fromstring(b"".join(diff_svg.chunks(lines(view(samples.ferry()), page), page)))
    texts = root.findall("{http://www.w3.org/2000/svg}text")
    assert len(texts) > 40
    right = [float(t.get("x", 0)) + float(t.get("textLength", 0)) for t in texts]
    assert max(right) <= float(root.get("width", 0))


def test_only_elements_are_markup() -> None:
    assert element("p", "<b>&") == "<p>&lt;b&gt;&amp;</p>"
    assert element("p", class_='"><script>') == '<p class="&quot;&gt;&lt;script&gt;"></p>'
    assert isinstance(element("p"), Markup) and not isinstance("x", Markup)


# ---------------------------------------------------------------- hostile text

PAYLOADS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'-alert(1)-'", "javascript:alert(1)",
    "</style><svg/onload=a>",
    "\x1b]52;c;ZXZpbA==\x07", "\x1b[2J", "\x9b31m", "\u202eevil", "[/b][link=http://x]y[/link]",
    "=cmd|' /C calc'!A0", "@x", "a\u200bb",
    "\U000e0041", "]]>", "<!--", "&#x3c;script&#x3e;", "{{7*7}}", "\ud800", "\x00",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PAYLOADS) | st.text(max_size=20), max_size=4).map("".join)
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def spoilt(text: str, name: str) -> Diff:
    """The ferry with `text` wherever an article or a wire brings text in."""
    diff = samples.ferry()
    renamed = {"Reuters": name}

    def link(held: Any) -> Any:
        return replace(held, original=renamed.get(held.original, held.original))

    def change(held: Any) -> Any:
        return replace(held, before=text, after=text, note=text, against=link(held.against))

    def contradiction(held: Any) -> Any:
        return replace(held, one=link(held.one), other=link(held.other), one_text=text, followed=name)

    return replace(
        diff, id=text, outlet=text, title=text, path=text,
        originals=tuple(
            replace(w, name=renamed.get(w.name, w.name), id=text, version=text,
                    sentences=tuple(replace(s, text=text, left_out=((0, 1),)) for s in w.sentences))
            for w in diff.originals
        ),
        sentences=tuple(
            replace(s, text=text, put_in=((0, 2),), links=tuple(map(link, s.links)),
                    changes=tuple(map(change, s.changes)), contradictions=tuple(map(contradiction, s.contradictions)))
            for s in diff.sentences
        ),
        dropped=tuple(
            replace(d, original=renamed.get(d.original, d.original), text=text, facts=(text,)) for d in diff.dropped
        ),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE.filter(lambda name: name not in ("AP", "PA")))
def test_hostile_text_acts_on_nothing(text: str, name: str) -> None:
    diff = spoilt(text, name)
    seen = view(diff)
    for width in (80, 120, None):
        plain = "\n".join(line.plain for line in lines(seen, Page(width, all=True)))
        assert not CONTROL.search(plain)
        plain.encode("utf-8")
    page = parsed(diff_html.diff_chunks(seen))
    assert page.tags <= PLAIN_TAGS and page.attributes <= PLAIN_ATTRIBUTES
    assert not CONTROL.search(page.text)
    ElementTree.fromstring(b"".join(diff_svg.chunks(lines(seen, Page(100)), Page(100))))
    matrix = replace(
        samples.matrix(), title=text, cluster=text, original=replace(diff.originals[0]), outlets=(diff, diff)
    )
    assert not CONTROL.search("".join(line.plain for line in matrix_lines(matrix, Page(80))))
    page = parsed(diff_html.matrix_chunks(matrix))
    assert page.tags <= PLAIN_TAGS and page.attributes <= PLAIN_ATTRIBUTES


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_hostile_text_comes_back_from_json_and_runs_in_no_spreadsheet(text: str) -> None:
    diff = spoilt(text, "N")
    whole = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if CONTROL.search(text) else text
    raw = b"".join(diff_json.diff_chunks(diff))
    assert not CONTROL.search(raw.decode("utf-8"))
    if not re.search("[\ud800-\udfff]", text):
        assert json.loads(raw)["sentences"][0]["text"] == whole == text
    for row in csv.reader(io.StringIO(b"".join(diff_rows.csv_chunks([diff])).decode("utf-8"))):
        assert not any(re.match("[=+@\t\r]", cell) for cell in row)


def test_a_name_comes_back_exactly() -> None:
    name = " Ré=uters/<1> 日本"
    got = document(spoilt("x", name))
    assert got["originals"][0]["name"] == name == got["sentences"][1]["links"][0]["original"]
