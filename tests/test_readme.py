"""README.md keeps its word: the samples are what the commands print, and CI runs the test command it names."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dedup.check.rules import RULES
from dedup.report.findings import RENDERERS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLE = re.compile(r"<!-- sample: dedup (.+?) -->\n```\n(.+?)\n```", re.DOTALL)


def printed(command: str) -> list[str]:
    """The lines a command prints, without trailing blanks."""
    done = subprocess.run(
        [sys.executable, "-m", "dedup", *command.split()], cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
    )  # fmt: skip
    return [line.rstrip() for line in done.stdout.split("\n")]


def test_there_are_samples() -> None:
    assert len(SAMPLE.findall(README)) == 4


@pytest.mark.parametrize(("command", "sample"), SAMPLE.findall(README))
def test_samples_are_what_is_printed(command: str, sample: str) -> None:
    lines = printed(command)
    at = 0
    for excerpt in sample.split("\n...\n"):
        wanted = excerpt.split("\n")
        found = [i for i in range(at, len(lines)) if lines[i : i + len(wanted)] == wanted]
        assert found, f"not printed by dedup {command}:\n{excerpt}"
        at = found[0] + len(wanted)


def test_the_library_example_runs() -> None:
    (example,) = re.findall(r"```python\n(.+?)```", README, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", example], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert "Reuters" in done.stdout


def test_the_table_of_rules_is_what_is_looked_at() -> None:
    rows = re.findall(r"^\| `([A-Z]+\d{3})` (\S+) \| (\w+) \| (.+) \|$", README, re.MULTILINE)
    assert rows == [(rule.id, rule.name, rule.level, rule.summary) for rule in RULES.values()]


def test_the_table_of_formats_names_each() -> None:
    table = README.partition("| format | for | note |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([a-z]+)`", table)) - {"dedup"} == set(RENDERERS)


def test_the_settings_of_a_check_are_understood(tmp_path: Path) -> None:
    (settings,) = re.findall(r"```toml\n(\[check\].+?)```", README, re.DOTALL)
    (tmp_path / "dedup.toml").write_text(settings, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "dedup", "check", "--explain", "DUP003"], cwd=tmp_path, check=True, encoding="utf-8",
        capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "(error)" in done.stdout
    assert re.search(r"percent = 10(\.0)?\b", done.stdout)


def test_ci_runs_the_test_command() -> None:
    (command,) = re.findall(r"&& \.venv/bin/(python -m pytest)\n", README)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
