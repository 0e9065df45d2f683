from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.read.plain import front_matter
from tests.read.helpers import everything, one, why, written


def test_first_line_is_the_title_and_stays(tmp_path: Path) -> None:
    article = one(everything(written(tmp_path, "evening-gazette/a.txt", "\nFerry aground\r\n\r\nNobody hurt.\n")))
    assert article.title == "Ferry aground"
    assert article.text == "\nFerry aground\r\n\r\nNobody hurt.\n"
    assert article.outlet == "evening-gazette"
    assert article.path.endswith("evening-gazette/a.txt")


def test_front_matter(tmp_path: Path) -> None:
    text = """---
# a comment
title: "Ferry: aground"
outlet: The Gazette
date: 2018-07-15 07:54
authors:
  - Ann Lee
  - Bo Ek
url: https://gazette.example/a
text: not this
---

# Ferry aground

Nobody hurt.
"""
    article = one(everything(written(tmp_path, "a.md", text)))
    assert article.title == "Ferry: aground"
    assert (article.outlet, article.published, article.author) == ("The Gazette", "2018-07-15T07:54", "Ann Lee, Bo Ek")
    assert article.text == "# Ferry aground\n\nNobody hurt.\n"


def test_front_matter_without_a_title(tmp_path: Path) -> None:
    article = one(everything(written(tmp_path, "a.md", "---\noutlet: Gazette\ntitle:\n---\n## Ferry\n")))
    assert (article.outlet, article.title) == ("Gazette", "Ferry")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\nno end",
        "---\nA sentence between rules.\n---\nMore.",
        "----\na: b\n---\n",
        "--- x\na: b\n---\n",
        "---",
    ],
)
def test_no_front_matter(text: str) -> None:
    assert front_matter(text) == ({}, text)


@given(st.text(alphabet="-: \nab#'\"\r", max_size=60))
def test_front_matter_never_invents_text(text: str) -> None:
    _, body = front_matter("---\n" + text)
    assert ("---\n" + text).endswith(body)


def test_mapping_does_not_touch_the_text(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", "---\nwhen: 2018\n---\nRain.\n")
    article = one(everything(path, mapping={"text": "body", "published": "when"}))
    assert (article.text, article.published) == ("Rain.\n", "2018")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" \n\t", "empty text"),
        (b"", "empty file"),
        (b"GIF89a\0\1", "binary: holds NUL bytes"),
        (b"---\na: b\n---\n", "empty text"),
    ],
)
def test_skipped(tmp_path: Path, data: bytes, reason: str) -> None:
    assert why(everything(written(tmp_path, "a.txt", data))) == reason


def test_short_texts_are_kept(tmp_path: Path) -> None:
    assert one(everything(written(tmp_path, "a.txt", "R"))).text == "R"


def test_latin_1(tmp_path: Path) -> None:
    article = one(everything(written(tmp_path, "a.txt", "café".encode("latin-1"))))
    assert (article.text, article.flags) == ("café", ("cp1252",))
