"""GitHub: annotations within its limits that come back as they were, and a summary that is nothing but a table."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from dedup import limits
from dedup.model import Checked
from dedup.report import safe
from dedup.report.findings import RENDERERS, step_summary
from dedup.report.findings.view import sentence, view
from tests.report.findings import samples
from tests.report.findings.test_formats import hostile

COMMAND = re.compile(r"::(\w+) (.*?)::(.*)")
UNESCAPED = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))  # in the runner's order


def annotations(checked: Checked) -> list[tuple[str, dict[str, str], str]]:
    """Command, properties and message of each line the runner takes for a command, read by its rules."""
    found = []
    for line in "".join(RENDERERS["github"](checked, True)).splitlines():
        if match := COMMAND.fullmatch(line):
            pairs = (pair.split("=", 1) for pair in match[2].split(","))
            found.append((match[1], {key: unescaped(value) for key, value in pairs}, unescaped(match[3])))
    return found


def unescaped(text: str) -> str:
    for code, character in UNESCAPED:
        text = text.replace(code, character)
    return text


def test_a_finding_is_an_annotation_of_its_file() -> None:
    command, properties, message = annotations(samples.day())[0]
    assert (command, properties) == (
        "error", {"file": "feed/harbour bugle.jsonl", "title": "DUP001 exact-duplicate"}
    )  # fmt: skip
    assert message == "Harbour Bugle: hb-9 (Ferry sinks off Karvos): The same text as hb-7, under another address."
    assert "file" not in annotations(samples.day())[-1][1]


@pytest.mark.parametrize(("n", "last"), [(10, "The same text"), (11, "2 more"), (5000, "4,991 more")])
def test_ten_of_a_level_and_the_tenth_counts_the_rest(n: int, last: str) -> None:
    found = annotations(samples.large(n))
    assert Counter(command for command, _, _ in found) == dict.fromkeys(("error", "warning", "notice"), 10)
    assert all(last in found[at][2] for at in (9, 19, 29))
    assert [command for command, _, _ in found] == sorted(command for command, _, _ in found[:10]) + [
        "warning"
    ] * 10 + ["notice"] * 10


def test_the_rules_take_turns() -> None:
    late = samples.finding("FEED002", "error", "not used: binary", samples.Place(path="feed/b.bin"))
    found = annotations(replace(samples.large(50), findings=(*samples.large(50).findings[:50], late)))
    assert [properties["title"].split()[0] for _, properties, _ in found[:3]] == ["DUP001", "FEED002", "DUP001"]


def test_the_log_has_the_summary_too() -> None:
    last = "".join(RENDERERS["github"](samples.clean(), True)).splitlines()[-1]
    assert last == "41 articles read, 41 used, 0 skipped. 5 rules looked at: nothing found."


@given(hostile)
def test_annotations_come_back_as_they_were(text: str) -> None:
    checked = samples.hostile(text)
    wanted = [safe.for_terminal(sentence(finding)) for finding in view(checked, True).findings]
    assert [message for _, _, message in annotations(checked)] == wanted
    assert all(set(properties) <= {"file", "title"} for _, properties, _ in annotations(checked))


# ---------------------------------------------------------------- the summary of the step

RENDERED = {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td"}


def tags(markdown: str) -> set[str]:
    """The elements Markdown with tables, raw HTML and strikethrough makes of it."""
    made = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
    return set(re.findall(r"<([\w!-]+)", made))


def test_the_parser_sees_more_than_tables() -> None:
    assert tags("<b>x</b> *y* [z](http://example.invalid)") == {"p", "b", "em", "a"}


@given(hostile)
def test_a_summary_is_headings_and_tables(text: str) -> None:
    assert tags(step_summary(samples.hostile(text))) == RENDERED


def test_a_summary_has_every_finding() -> None:
    made = step_summary(samples.large(300))
    assert made.count("| Harbour Bugle&#58; hb-") == 900
    assert "(300)" in made


def test_a_summary_has_room_for_so_many_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GITHUB_SUMMARY", 5_000)
    made = step_summary(samples.large(300))
    shown = made.count("| Harbour Bugle&#58; hb-")
    assert 0 < shown < 900
    assert len(made.encode("utf-8")) < 5_200
    assert made.endswith(f"\n... and {900 - shown} more findings: a summary has no room for them.\n")


def test_a_clean_feed_has_a_summary() -> None:
    assert step_summary(samples.clean()) == (
        "## dedup check\n\n41 articles read, 41 used, 0 skipped. 5 rules looked at&#58; nothing found.\n"
    )
