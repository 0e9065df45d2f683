"""TXT007: what language a text is in, and when that is worth a note."""

from __future__ import annotations

import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

from dedup.check.page import language, language_available, language_of
from dedup.pipeline.check import check
from dedup.watch import SILENT
from tests.check.page.texts import FOREIGN, dispatches, found, printed, rules

pytestmark = pytest.mark.skipif(not language_available(), reason="the extra [language] is not installed")
SWITCH = "TXT007"
TEXTS = [(code, text) for code, texts in FOREIGN.items() for text in texts]


@pytest.mark.parametrize(("code", "text"), TEXTS)
def test_languages_are_told(code: str, text: str) -> None:
    assert language_of(text) == code


def test_english_is_told_with_and_without_the_shortcut() -> None:
    for text in dispatches():
        assert language_of(text) == "en"
        assert language._asked(language._piece(text)) in ("en", "")
    assert {language_of(article.text) for article in printed()} <= {"en", ""}


def test_switches_are_found() -> None:
    """Against what is declared, and against the outlet."""
    planted = [(one, text, other) for (one, text), (other, _) in permutations(TEXTS, 2) if one != other]
    assert len(planted) > 200
    for code, text, other in planted[::3]:
        assert SWITCH in rules(text, article_language=other, language=code)
        assert SWITCH in rules(text, outlet_language=other, language=code)


def test_no_switch() -> None:
    for code, text in TEXTS:
        assert rules(text, article_language=f"{code}-XX", outlet_language=code, language=code) == []
        assert rules(text, article_language=code.upper(), outlet_language="en", language=code) == []  # as declared
        assert rules(text, article_language="und", language=code) == []
        assert rules(text, article_language="in English", language=code) == []  # no code at all
        assert rules(text, article_language="en", language="") == []  # unsure


def test_neighbours_are_not_told_apart() -> None:
    text = FOREIGN["de"][0]
    for declared, told in (
        ("nb", "no"),
        ("da", "no"),
        ("sr", "hr"),
        ("ms", "id"),
        ("zh-Hans-CN", "zh"),
        ("iw", "he"),
        ("eng", "en"),
        ("ger", "de"),
    ):
        assert rules(text, article_language=declared, language=told) == []


def test_what_is_said() -> None:
    (fault,) = found(FOREIGN["de"][0], article_language="en_US")
    assert (fault.rule, fault.message) == (SWITCH, "declared to be in en, and is in de")
    (fault,) = found(FOREIGN["nl"][0], outlet_language="en")
    assert fault.message == "in nl, where nearly all of its outlet is in en"


@pytest.mark.parametrize(
    "text",
    [
        "", "Ferry sinks", "Solberg, Ferro, Tanaka-Reed, Ostrov, Pell, Vries, Marchetti", "\ud83d" * 200, "\x00" * 700,
        "Shr nil vs 12 cts, net 4,112,000 vs 3,001,000, revs 91.1 mln vs 70.4 mln, avg shrs 5,400,112 " * 4,
    ],
)  # fmt: skip
def test_unsure(text: str) -> None:
    assert language_of(text) in ("", "en")


def test_without_the_extra_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_detector", lambda: None)
    assert language_of(dispatches()[0]) == ""


def test_without_the_extra_the_user_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(dispatches()[0], encoding="utf-8")
    said: list[str] = []
    monkeypatch.setattr(SILENT, "note", said.append)
    check([str(tmp_path)])
    assert said == []
    monkeypatch.setattr("dedup.pipeline.check.language_available", lambda: False)
    check([str(tmp_path)])
    assert said == [language.MISSING]


def test_nothing_is_loaded_before_it_is_needed() -> None:
    code = "import dedup.check.page, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"gcld3", "ftfy", "wcwidth", "numpy"} & set(done.stdout.split())
