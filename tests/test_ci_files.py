"""What other people's CI runs of ours: the action and the hook name commands and options there are, and do as they say.

The files are read as lines: their shape is ours, and the project needs no YAML parser for anything else.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ACTION = (ROOT / "action.yml").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None, reason="there is no bash on this machine")


def scripts() -> list[str]:
    """The shell of the action's steps."""
    return [textwrap.dedent(block) for block in re.findall(r"^ +run: \|\n((?: {8,}.*\n|\n)+)", ACTION, re.MULTILINE)]


@pytest.fixture(scope="module")
def options() -> set[str]:
    """The options of `dedup check`."""
    done = subprocess.run(
        [sys.executable, "-m", "dedup", "check", "--help"],
        capture_output=True, encoding="utf-8", check=True, env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
    )  # fmt: skip
    return set(re.findall(r"--[a-z][a-z-]+", done.stdout))


def test_the_action_names_options_there_are(options: set[str]) -> None:
    of_pip = {"--quiet", "--disable-pip-version-check"}
    named = set(re.findall(r"--[a-z][a-z-]+", ACTION)) - of_pip
    assert named >= {"--format", "--fail-on", "--baseline", "--write-baseline", "--no-text", "--changed-since"}
    assert named <= options


def test_the_hook_runs_a_command_there_is(options: set[str]) -> None:
    assert re.findall(r"^  entry: (.*)$", HOOKS, re.MULTILINE) == ["dedup check"]
    assert set(re.findall(r"--[a-z][a-z-]+", HOOKS)) <= options


def test_the_readme_names_options_there_are(options: set[str]) -> None:
    headings = ("\n## Check a feed in CI\n", "\n## Reference of dedup check\n")
    sections = [README.partition(heading)[2].partition("\n## ")[0] for heading in headings]
    assert all(sections)
    ours = {"--unshallow"}  # of git
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", " ".join(sections))) - ours <= options


def test_no_input_is_part_of_a_script() -> None:
    assert len(scripts()) == 2
    assert not any("${{" in script for script in scripts())


def test_every_input_is_used_and_every_one_used_is_there() -> None:
    head, _, rest = ACTION.partition("\noutputs:")
    declared = set(re.findall(r"^  ([a-z-]+):$", head, re.MULTILINE))
    used = set(re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", rest))
    assert declared - {"icon", "color"} == used


def test_every_variable_of_a_script_is_given() -> None:
    given = set(re.findall(r"^ {8}([A-Z_]+): \$\{\{", ACTION, re.MULTILINE))
    runner = {"RUNNER_TEMP", "GITHUB_ACTION_PATH", "GITHUB_OUTPUT"}
    for script in scripts():
        assert set(re.findall(r"\$\{?([A-Z_]+)", script)) <= given | runner


# ---------------------------------------------------------------- the step that checks, run


def feed(path: Path) -> None:
    story = (
        "The ferry to Karvos sank on Tuesday with forty people on board, and three of them died, officials said. " * 5
    )
    records = [
        {
            "id": id,
            "outlet": "Harbour Bugle",
            "title": "Ferry sinks",
            "published": "2031-03-04",
            "url": f"https://hb.example/{id}",
            "text": story,
        }
        for id in ("hb-1", "hb-2")
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")


def step(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The action's last step as the runner starts it, in `folder`."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DEDUP_", "GITHUB_"))},
        "PYTHON": sys.executable, "PYTHONPATH": str(ROOT), "FAIL_ON": "error", "BASELINE": "", "SARIF": "", "ARGS": "",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"), **inputs,
    }  # fmt: skip
    script = folder / "step.sh"
    script.write_text(scripts()[-1], encoding="utf-8")
    return subprocess.run(
        [str(BASH), "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8",
    )  # fmt: skip


@needs_bash
def test_a_finding_fails_the_step_and_is_reported_everywhere(tmp_path: Path) -> None:
    feed(tmp_path / "my feed" / "a.jsonl")
    done = step(tmp_path, PATHS="my feed\n", SARIF="out.sarif", ARGS="--no-text\n--quiet\n")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=my feed/a.jsonl,title=DUP001 exact-duplicate::")
    assert "Ferry" not in done.stdout
    assert "DUP001" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]


@needs_bash
def test_what_is_known_does_not_fail_and_does_not_reach_code_scanning(tmp_path: Path) -> None:
    feed(tmp_path / "feed" / "a.jsonl")
    known = [sys.executable, "-m", "dedup", "check", "feed", "--write-baseline", "known.json"]
    subprocess.run(known, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    done = step(tmp_path, PATHS="feed", BASELINE="known.json", SARIF="out.sarif", FAIL_ON="note")
    assert done.returncode == 0, done.stderr
    assert "::error" not in done.stdout
    assert json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"] == []


@needs_bash
@pytest.mark.parametrize(
    "text", ["$(touch hacked)", "`touch hacked`", "x; touch hacked", '"; touch hacked; "', "* ?", "-x"]
)
def test_inputs_are_arguments_as_they_are(tmp_path: Path, text: str) -> None:
    recorder = tmp_path / "python"
    recorder.write_text(f"#!{sys.executable}\nimport json, sys\nprint(json.dumps(sys.argv[1:]))\n", encoding="utf-8")
    recorder.chmod(0o755)
    done = step(
        tmp_path, PYTHON=str(recorder), PATHS=f"{text}\na b", ARGS=text, BASELINE=text, SARIF=text, FAIL_ON=text
    )
    expected = ["-m", "dedup", "check", "--format", "github", "--fail-on", text, "--baseline", text]
    assert json.loads(done.stdout) == [*expected, "--format", f"sarif={text}", text, "--", text, "a b"]
    assert not (tmp_path / "hacked").exists()


@needs_bash
def test_a_wrong_input_is_told(tmp_path: Path) -> None:
    done = step(tmp_path, PATHS="nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
