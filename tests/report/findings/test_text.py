"""The text format: what a person needs is there, it folds, it fits, and says what to do next."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from dedup import limits
from dedup.model import Checked
from dedup.report.findings import RENDERERS, on_terminal, summary
from tests.report.findings import samples

COLOUR = re.compile(r"\x1b\[[\d;]*m")


def lines(checked: Checked, texts: bool = True) -> list[str]:
    return "".join(RENDERERS["text"](checked, texts)).splitlines()


def test_a_finding_says_who_what_and_why() -> None:
    found = lines(samples.day())
    at = found.index("warning WIRE004 number-altered: A figure differs from the agency's (1)")
    assert found[at + 1 : at + 5] == [
        "   hb-7 · Harbour Bugle · Ferry sinks off Karvos, three dead",
        "      A figure differs from Reuters (reu-1): 30 where it has 13",
        "      | About 30 people were rescued from the water, officials said.",
        "      with reu-1 (reuters)",
    ]


def test_the_gravest_come_first() -> None:
    heads = [line.split()[0] for line in lines(samples.day()) if line and not line.startswith(" ")]
    assert heads[:4] == ["error", "warning", "warning", "note"]


def test_rules_are_counted_at_the_end() -> None:
    found = lines(samples.day())
    at = found.index("errors    DUP001 1")
    assert found[at + 1 : at + 3] == ["warnings  FEED002 1, WIRE004 1", "notes     META004 2"]


def test_it_ends_with_what_to_do() -> None:
    assert lines(samples.day())[-1].endswith("dedup check --explain DUP001")
    assert "--explain" not in "".join(lines(samples.clean()))


def test_one_file_is_not_named_over_and_over() -> None:
    one = replace(samples.large(3), findings=samples.large(3).findings[:3])
    assert not any("feed/" in line for line in lines(one))


def test_of_several_files_each_is_named() -> None:
    elsewhere = samples.finding(place=replace(samples.HB7, path="feed/b.jsonl"), message="?", related=(samples.HB9,))
    two = replace(samples.day(), findings=(samples.finding(), elsewhere))
    assert [line for line in lines(two) if line.startswith("      in ")] == [
        "      in feed/b.jsonl, with hb-9", "      in feed/harbour bugle.jsonl"
    ]  # fmt: skip


def test_what_the_message_names_is_not_named_again() -> None:
    named = samples.finding(message="has the text of article hb-7", related=(samples.HB7,))
    assert "with" not in "".join(lines(replace(samples.day(), findings=(named,)))[:3])


def test_long_groups_fold() -> None:
    found = lines(samples.large(50))
    assert found.count(f"   ... and {50 - limits.CHECK_FINDINGS} more (--format json has them all)") == 3
    assert found[0].endswith("(50)")


def test_everything_is_shown_when_asked() -> None:
    assert (
        sum(line.startswith("   hb-") for line in "".join(on_terminal(samples.large(50), show_all=True)).splitlines())
        == 150
    )


def test_many_related_articles_are_counted() -> None:
    assert "      with x-0, x-1, x-2, x-3, x-4 and 7 more" in lines(samples.large(1, related=12))


def test_summaries() -> None:
    assert summary(samples.clean()) == "41 articles read, 41 used, 0 skipped. 5 rules looked at: nothing found."
    known = replace(samples.day(), findings=(), stale=("0" * 32,), capped=0)
    assert summary(known).endswith(
        "5 rules looked at: nothing found. Not counted: 1 known from the baseline, 1 suppressed in the settings. "
        "1 entry of the baseline matches nothing any more; --write-baseline writes it anew."
    )
    assert "5 rules looked at: 5 findings (1 error, 2 warnings, 2 notes)." in summary(samples.day())
    assert "2 articles not held against the original" in summary(samples.day())


@pytest.mark.parametrize("width", [80, 120])
def test_it_fits_a_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", str(width))
    long = samples.finding(
        excerpt="卡沃斯岛渡轮沉没三人遇难 and so on " * 12, message="word " * 60, related=(samples.REU,)
    )
    drawn = "".join(on_terminal(replace(samples.day(), findings=(long, *samples.day().findings))))
    plain = COLOUR.sub("", drawn)
    assert drawn != plain
    assert max(cell_len(line) for line in plain.splitlines()) <= width
    assert plain.count("卡沃斯岛渡轮沉没三人遇难") == 12


def test_colour_says_nothing_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "500")
    drawn = "".join(on_terminal(samples.day()))
    assert COLOUR.sub("", drawn).splitlines() == lines(samples.day())
