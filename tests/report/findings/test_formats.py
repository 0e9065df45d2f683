"""What holds for every format: the same bytes for the same findings, no words where none may be, no text that acts."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedup.model import Checked
from dedup.report import safe
from dedup.report.findings import RENDERERS, gates, on_terminal, step_summary
from tests.report.findings import samples
from tests.report.test_safe import bad_characters
from tests.report.test_safe import hostile as any_text

# What CI systems, XML, Markdown and SARIF would act on.
ATTACKS = [
    "::error::fire", "\n::add-mask::e", "  ::stop-commands::x", "\ufe0f::warning file=a::b", "##[error]x",
    "#\ufe0f#[group]", "##vso[x]", "##teamcity[x]", "]]>", "<script>alert(1)</script>", "<!--", "&#x1b;", "|", "`",
    "*b*", "[a](1)", "{0}", "%0A::error::", "\ufffe", "https://example.invalid", "www.example.invalid", "@a", "$x$",
]  # fmt: skip
hostile = st.lists(st.one_of(st.sampled_from(ATTACKS), any_text), max_size=5).map("".join)

OWN = re.compile(r"::(error|warning|notice) (file=[^,:]*,)?title=[^,:]*::")


def outputs(checked: Checked, texts: bool = True) -> Iterator[tuple[str, str]]:
    yield from ((name, "".join(renderer(checked, texts))) for name, renderer in RENDERERS.items())
    yield "summary", step_summary(checked, texts)
    yield "terminal", "".join(on_terminal(checked, texts))


def is_command(line: str) -> bool:
    """Whether the runner of GitHub, or Azure's or TeamCity's agent, takes a line of a log for a command."""
    seen = re.sub("[\ufe0e\ufe0f]", "", line)
    starts = seen.lstrip().startswith("::") and "::" in seen.lstrip()[2:]
    return starts or re.search(r"##\w*\[", seen) is not None


@pytest.mark.parametrize("line", ["::error::x", " \t::a b=c::", "a ##[group]", "##vso[x]y"])
def test_commands_are_known_when_seen(line: str) -> None:
    assert is_command(line)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_findings_changes_no_byte(seed: int) -> None:
    mixed = samples.shuffled(samples.day(), seed)
    assert mixed != samples.day()
    assert dict(outputs(mixed)) == dict(outputs(samples.day()))


def test_no_words_of_articles_without_texts() -> None:
    words = ("sinks", "rescued")
    for name, text in outputs(samples.day(), texts=False):
        assert not any(word in text for word in words), name
    for name, text in outputs(samples.day(), texts=True):
        assert all(word in text for word in words), name


def test_ids_and_outlets_stay_without_texts() -> None:
    for name, text in outputs(samples.day(), texts=False):
        assert "hb-9" in text, name
        assert "Harbour Bugle" in text, name


@settings(max_examples=50)
@given(hostile)
@example("::error::x")
@example("##[add-mask]x")
@example("#\ufe0f#[add-mask]x")
def test_no_text_acts(text: str) -> None:
    for name, rendered in outputs(samples.hostile(text)):
        assert not bad_characters(rendered), name
        rendered.encode("utf-8")
        for line in rendered.split("\n"):
            # The runner looks no further than the command a line begins with.
            ours = name == "github" and OWN.match(line)
            assert ours or name == "summary" or not is_command(line), (name, line)


@given(hostile)
def test_a_terminal_gets_colours_and_nothing_else(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORCE_COLOR", "1")
        patch.setenv("TERM", "xterm-256color")
        drawn = "".join(on_terminal(samples.hostile(text)))
    assert "\x1b[1" in drawn
    plain = re.sub(r"\x1b\[[\d;]*m", "", drawn)
    assert not bad_characters(plain)
    assert not any(map(is_command, plain.split("\n")))


@pytest.mark.parametrize("shape", ["#", "##", "#\ufe0f", "##a", ":", " :", "\ufe0f:", "::", "www.", "##a["])
def test_gates_take_linear_time(shape: str) -> None:
    def seconds(n: int) -> float:
        text, start = shape * n, time.process_time()
        for gate in (safe.for_log, safe.json_for_log, safe.xml_for_log, gates.for_markdown, gates.for_property):
            gate(text)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(80_000) < 8 * seconds(20_000) + 0.05


# ---------------------------------------------------------------- JSON


@given(hostile)
def test_json_gives_the_text_back(text: str) -> None:
    document = json.loads("".join(RENDERERS["json"](samples.hostile(text), True)))
    assert document["schema"] == "dedup.check/1"
    assert document["skipped"] == [{"where": safe.whole(text), "why": safe.whole(text), "empty": False}]
    assert document["findings"][0]["excerpt"] == safe.whole(text)
    assert document["findings"][0]["article"]["title"] == safe.whole(text)
    assert document["ignored"][0]["reason"] == safe.whole(text)


def test_json_has_everything() -> None:
    document = json.loads("".join(RENDERERS["json"](samples.day(), True)))
    assert document["counts"] == {"error": 1, "warning": 2, "note": 2}
    assert document["read"] == document["kept"] + len(document["skipped"])
    assert [f["rule"] for f in document["findings"]] == ["DUP001", "FEED002", "WIRE004", "META004", "META004"]
    assert document["findings"][0]["related"][0]["id"] == "hb-7"
    assert [i["by"] for i in document["ignored"]] == ["baseline", "suppressed"]
    assert document["stale"] == ["0" * 32, "9" * 32]
    assert [rule["id"] for rule in document["rules"]] == [rule.id for rule in samples.RULES]
    assert document["capped"] == 2


def test_json_lines_are_the_findings() -> None:
    findings = json.loads("".join(RENDERERS["json"](samples.day(), True)))["findings"]
    lines = "".join(RENDERERS["jsonl"](samples.day(), True)).splitlines()
    assert [json.loads(line) for line in lines] == findings


def test_a_clean_feed_has_no_lines() -> None:
    assert "".join(RENDERERS["jsonl"](samples.clean(), True)) == ""
    assert json.loads("".join(RENDERERS["json"](samples.clean(), True)))["findings"] == []
