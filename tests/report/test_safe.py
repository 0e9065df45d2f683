"""The gates, alone and through every renderer: no text, in any field, acts on a terminal, a spreadsheet or an eye."""

from __future__ import annotations

import csv
import io
import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.report import safe
from dedup.report.clusters import RENDERERS, clusters_json
from dedup.report.table import Sheet, table, table_chunks
from tests.report import samples

CONTROLS = [chr(c) for c in [*range(0x20), *range(0x7F, 0xA0)]]
BIDI = list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
UNSEEN = list("\u00ad\u034f\u115f\u180e\u200b\u200c\u200d\u2060\u2063\u3164\ufeff\uffa0\U000e0041\U000e0100")
ATTACKS = [
    "\x1b]52;c;ZXZpbA==\x07",  # write the clipboard
    "\x1b]8;;http://example.invalid\x1b\\click\x1b]8;;\x1b\\",  # a link
    "\x1b[2J\x1b[31mred",
    "\x9b31m",  # the one-byte form of ESC [
    "\x1bP1$r\x1b\\",  # DCS
    "\x1b_apc",  # unterminated
    "[/b] [bold]markup[/bold] [link=http://example.invalid]x[/link]",
    ":smile: [@click=app.quit]x",
    "=cmd|' /C calc'!A0",
    "\u202ereversed\u2066",
    "caf\udce9.txt",
]

# Text as an attacker would make it: the dangerous characters far more often than chance.
hostile = st.lists(
    st.one_of(st.sampled_from(CONTROLS + BIDI + UNSEEN + ["\ud800", "\udfff"]), st.sampled_from(ATTACKS), st.text()),
    max_size=8,
).map("".join)


def bad_characters(text: str) -> set[str]:
    """What must never reach a terminal, line ends apart."""
    return {c for c in text if (c != "\n" and c in CONTROLS) or c in BIDI or c in UNSEEN or "\ud800" <= c <= "\udfff"}


@pytest.mark.parametrize("character", [*CONTROLS, *BIDI, *UNSEEN])
def test_every_hidden_character_is_shown(character: str) -> None:
    shown = safe.for_terminal(f"a{character}b")
    assert not bad_characters(shown)
    assert shown != "ab"
    if character in BIDI + UNSEEN:
        assert shown == f"a<U+{ord(character):04X}>b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "^[[31mred"),
        ("\x9b31m", "<U+009B>31m"),
        ("\x7f", "^?"),
        ("\x00", "^@"),
        ("two\r\nlines\tand\u2028more", "two lines and more"),
        ("Ёж — “quotes” 北京 👍🏽 ❤️ é", "Ёж — “quotes” 北京 👍🏽 ❤️ é"),
        ("\ufffd stays", "\ufffd stays"),
    ],
)
def test_for_terminal(text: str, shown: str) -> None:
    assert safe.for_terminal(text) == shown


def test_newlines_stay_by_choice() -> None:
    assert safe.for_terminal("a\r\nb\x85c\x1b", newlines=True) == "a\nb\nc^["


@given(hostile, st.booleans())
def test_for_terminal_leaves_nothing_and_is_stable(text: str, newlines: bool) -> None:
    shown = safe.for_terminal(text, newlines)
    assert not bad_characters(shown)
    assert newlines or "\n" not in shown
    assert safe.for_terminal(shown, newlines) == shown
    shown.encode("utf-8")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u3000="])
def test_a_formula_is_quoted(start: str) -> None:
    assert safe.for_csv(start + "SUM(A1)")[0] == "'"


@pytest.mark.parametrize("cell", ["-12.5", "+3", "42", "Rates fall -2%", "a=b", "", "2031-03-04T08:10:00Z"])
def test_numbers_and_prose_are_not(cell: str) -> None:
    assert safe.for_csv(cell) == cell


@given(hostile)
def test_json_escapes_keep_the_value(text: str) -> None:
    document = json.dumps(safe.whole(text), ensure_ascii=False)
    escaped = safe.for_json(document)
    assert not bad_characters(escaped)
    assert json.loads(escaped) == safe.whole(text)


@given(hostile)
def test_no_renderer_lets_anything_through(text: str) -> None:
    result = samples.hostile(text)
    for name, renderer in RENDERERS.items():
        rendered = b"".join(renderer(result)).decode("utf-8")
        assert not bad_characters(rendered), name
    for line in table(result, Sheet()):
        assert not bad_characters(line.plain + "\n")
        assert "\n" not in line.plain


@given(hostile)
def test_a_terminal_gets_colours_and_nothing_else(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORCE_COLOR", "1")
        patch.setenv("TERM", "xterm-256color")
        drawn = b"".join(table_chunks(samples.hostile(text))).decode("utf-8")
    assert "\x1b[1m" in drawn
    assert not bad_characters(re.sub(r"\x1b\[[\d;]*m", "", drawn))


@given(hostile)
def test_json_gives_the_text_back(text: str) -> None:
    document = json.loads(clusters_json(samples.hostile(text)))
    assert document["skipped"][0]["where"] == safe.whole(text)
    assert document["clusters"][0]["title"] == safe.whole(text)


@given(hostile)
def test_no_csv_cell_starts_a_formula(text: str) -> None:
    rendered = b"".join(RENDERERS["csv"](samples.hostile(text))).decode("utf-8")
    for row in list(csv.reader(io.StringIO(rendered)))[1:]:
        for cell in row:
            assert not cell or cell[0] not in "=+-@\t\r\n＝＋－＠" or cell.lstrip("+-").replace(".", "", 1).isdigit()


@given(st.text(alphabet="[]/bold=link@:\\ x", max_size=30))
def test_square_brackets_print_themselves(text: str) -> None:
    shown = "\n".join(line.plain for line in table(samples.hostile(text), Sheet()))
    assert text.strip() in shown


@pytest.mark.parametrize("piece", ["\x1b", "a", "\u202e", " ", "=", "\r\n"])
def test_the_gates_are_linear(piece: str) -> None:
    def seconds(n: int) -> float:
        text = piece * n
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            safe.for_csv(text)
            safe.for_terminal(text)
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(80_000) < 12 * max(seconds(20_000), 1e-4)
