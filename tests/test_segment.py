"""Sentences: where they are cut, that they are spans of the untouched text, and that no text takes long."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.limits import MAX_SENTENCE
from dedup.model import Mark
from dedup.segment import line_sentences, sentences

# Sentences are divided by "|", which stands in for one space. One name, one news habit.
CUTS = {
    "title": "Sen. Ann Roe met Lt. Gen. Ray Poe.|Both left.",
    "police": "Police Sgt. Ed Vox and Det. Ann Moe came.|They left.",
    "country ends": "He flew to the U.S.|His aides stayed.",
    "country inside": "He is in the U.S. Army.|She is not.",
    "state ends": "She lives in Salem, Ore.|Her dog barks.",
    "state inside": "Rep. Al Dow, D-Calif., met Gov. Jane Poe in St. Paul, Minn., on Monday.|It rained.",
    "month": "They met on Jan. 5.|Analysts frowned.",
    "month inside": "It ends Nov. 8 in Oslo.|Voters cheer.",
    "time": "It opened at 5 a.m. Monday and closed at 6 p.m.|The crowd left.",
    "initials": "John F. Doe wrote it.|J.K. Roe read it.|A. B. Moe did not.",
    "small letter": "He blamed “U.S. foolishness” for it.|The aide, Al Dow (R-Ala. ), agreed.",
    "company": "Shares of Foo Inc. rose.|Bar Corp., its rival, fell.|Wow! Inc. said nothing.",
    "number": "It fell 3.5 percent.|50 people came to No. 1.|It was late.",
    "quotation of two": '"We do not know yet.|We will find out," she said.',
    "quotation then speaker": "“We lost.”|He paused.|“Then we won.”",
    "question in quotation": '"Is it?" she asked.|"Yes!" he said.',
    "dateline": "WASHINGTON (AP) — Sen. Ann Roe left.|She will be back.",
    "dateline with state": "ST. PAUL, Minn. (AP) - The mill shut.|Nobody knew.",
    "dateline with date": "LONDON, Jan. 5 (Reuters) - Oil fell.|Gas rose.",
    "tail": "Oil fell.|(Reporting by A. B. Roe and C. Doe in Rome. Writing by E. Poe; Editing by F. Moe)",
    "list": "1. First do this.|2. Then do that.",
}

KNOWN_FAILURES = {
    "a capital after a month": "It ended in Sept.|Analysts left.",
    "grades": "He got a C.|She got an A.",
}


def split(text: str, **options: str) -> list[str]:
    return [s.text for s in sentences(text, **options)]


@pytest.mark.parametrize("case", CUTS.values(), ids=CUTS.keys())
def test_news_is_cut_where_a_reader_would(case: str) -> None:
    assert split(case.replace("|", " ")) == case.split("|")


@pytest.mark.parametrize("case", KNOWN_FAILURES.values(), ids=KNOWN_FAILURES.keys())
@pytest.mark.xfail(strict=True, reason="left together on purpose: a wrong cut costs more")
def test_known_failures(case: str) -> None:
    assert split(case.replace("|", " ")) == case.split("|")


def test_a_line_end_is_a_sentence_end() -> None:
    text = "Crews at work in Dorn\nPhoto by Ann Roe\n\nThe ferry sank. It was old\nShare this"
    assert split(text) == ["Crews at work in Dorn", "Photo by Ann Roe", "The ferry sank.", "It was old", "Share this"]


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        (
            "de-AT",
            "Am 3. Oktober kam Dr. Moll. „Ja. Nein.“ Er ging.",
            ["Am 3. Oktober kam Dr. Moll.", "„Ja.", "Nein.“", "Er ging."],
        ),
        ("zh", "他说：“我们不知道。我们会知道的。”他走了。", ["他说：“我们不知道。", "我们会知道的。”", "他走了。"]),
        ("", "他走了。我们不知道。", ["他走了。", "我们不知道。"]),
        ("hi", "यह एक है। दूसरा है।", ["यह एक है।", "दूसरा है।"]),
        (
            "xx",
            "Nobody knows this tongue. It is cut all the same.",
            ["Nobody knows this tongue.", "It is cut all the same."],
        ),
    ],
)
def test_other_languages(language: str, text: str, want: list[str]) -> None:
    assert split(text, language=language) == want


def test_marks_are_sentences_of_their_own_and_a_dateline_is_not() -> None:
    text = "OSLO (AP) — It rained. Share this now. It stopped."
    share = text.index("Share")
    marks = [Mark(0, 12, "dateline"), Mark(share, share + 15, "share")]
    assert [s.text for s in sentences(text, marks)] == ["OSLO (AP) — It rained.", "Share this now.", "It stopped."]
    assert [s.text for s in sentences("It rained. Read. More. Yes.", [Mark(11, 22, "more")])] == [
        "It rained.",
        "Read. More.",
        "Yes.",
    ]


def test_marks_that_cross_lines_or_lie_outside_do_no_harm() -> None:
    text = "One. Two.\nThree. Four.\nFive."
    assert [s.text for s in sentences(text, [Mark(5, 16, "notice"), Mark(90, 99, "share")])] == [
        "One.",
        "Two.",
        "Three.",
        "Four.",
        "Five.",
    ]


def test_lines_mode_keeps_every_line_that_is_not_blank() -> None:
    text = "One. Two.\r\n \n\tThree \n…\n\u2028\nfour"
    assert [s.text for s in line_sentences(text)] == ["One. Two.", "Three", "…", "four"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "U.S. ",
                "Lt. ",
                "A. ",
                '"',
                "“",
                "。",
                "\n",
                "\u2028",
                " ",
                "(Reporting by ",
                ")",
                "word ",
                "He ",
                "1. ",
                "e\u0301",
            ]
        )
    ).map("".join),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=3),
    st.sampled_from(["", "en", "de", "ja"]),
)
def test_sentences_are_spans_and_lose_nothing(text: str, places: list[tuple[int, int]], language: str) -> None:
    marks = [Mark(start, start + length, "share") for start, length in places]
    for found in (sentences(text, marks, language=language), line_sentences(text)):
        assert all(s.text == text[s.start : s.end] and s.text == s.text.strip() != "" for s in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
        assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())


@pytest.mark.parametrize(
    "unit", ['."', "!?", "“", "'", "A. ", "“a. ", "U.S. ", "(Reporting by ", "Lt. ", "1. ", "x", " ", "\n", "中。"]
)
def test_growth(unit: str) -> None:
    """Hostile text: four times the length takes about four times as long, never sixteen."""
    times = []
    for length in (20_000, 80_000):
        text = (unit * length)[:length]
        start = time.perf_counter()
        sentences(text)
        times.append(time.perf_counter() - start)
    assert times[1] < 9 * times[0] + 0.1


def test_a_sentence_without_end_is_cut_at_a_space() -> None:
    found = sentences("word " * 2_000)
    assert max(len(s.text) for s in found) <= MAX_SENTENCE
    assert all(s.text.endswith("word") for s in found)


def test_the_libraries_are_imported_when_a_text_is_cut() -> None:
    code = "import sys, dedup.segment; print([m for m in ('nupunkt', 'sentencex', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
