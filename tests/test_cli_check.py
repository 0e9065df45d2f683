"""`dedup check` on the command line: outputs, exit codes, baselines, settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dedup.cli.app import run
from dedup.errors import FOUND, OK, InputError, OutputError, UsageError
from tests.check.planting import alone, sound, write


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bad() -> str:
    """A feed with an error (an exact duplicate) and a warning (a title is missing)."""
    articles = [alone(i) for i in range(6)]
    articles[0]["title"] = ""
    return write(
        Path("bad.jsonl"), [*articles, articles[1] | {"id": "again", "url": "https://harbour.example/again"}]
    ).name


@pytest.fixture
def good() -> str:
    return write(Path("good.jsonl"), sound(4).articles).name


def findings(capsys: pytest.CaptureFixture[str]) -> list[Any]:
    return list(json.loads(capsys.readouterr().out)["findings"])


def test_exit_codes(bad: str, good: str) -> None:
    assert run(["check", good]) == OK
    assert run(["check", bad]) == FOUND
    assert run(["check", bad, "--exit-zero"]) == OK
    assert run(["check", bad, "--ignore", "DUP"]) == OK
    assert run(["check", bad, "--ignore", "DUP", "--fail-on", "warning"]) == FOUND
    assert run(["check", bad, "--ignore", "DUP,META", "--fail-on", "note"]) == OK


def test_several_outputs_at_once(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    forms = ["json=a.json", "sarif=b.sarif", "junit=c.xml", "gitlab=d.json", "jsonl=e.jsonl", "github=f.txt", "text"]
    arguments = [part for form in forms for part in ("--format", form)]
    assert run(["check", bad, *arguments]) == FOUND
    out = capsys.readouterr().out
    assert "DUP001" in out
    assert all(Path(form.partition("=")[2]).stat().st_size for form in forms[:-1])
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["schema"].startswith("dedup.check/")


def test_the_summary_of_a_code_host_is_appended(bad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("summary.md").write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    run(["check", bad, "--format", "github"])
    written = Path("summary.md").read_text(encoding="utf-8")
    assert written.startswith("before\n")
    assert "DUP001" in written


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ([], UsageError, "Missing argument"),
        (["x.jsonl", "--format", "json", "--format", "text"], UsageError, "only one output can go to standard output"),
        (["x.jsonl", "--format", "jsn"], UsageError, "there is no format 'jsn'"),
        (["x.jsonl", "--format", "json=a.json,text"], UsageError, "several outputs; give it once for each"),
        (["x.jsonl", "--format", "json=a", "--format", "sarif=a"], UsageError, "a is named for two outputs"),
        (["x.jsonl", "--format", "json=no/a"], OutputError, "there is no folder no"),
        (["x.jsonl", "--fail-on", "eror"], UsageError, "did you mean 'error'"),
        (["x.jsonl", "--now", "today"], UsageError, "an ISO 8601 time with its zone"),
        (["x.jsonl", "--now", "2031-03-02"], UsageError, "an ISO 8601 time with its zone"),
        (["x.jsonl", "--format", "json="], UsageError, "'json=' names no file"),
        (["x.jsonl", "--select", "META001", "--ignore", "META"], UsageError, "leave no rule to look at"),
        (["x.jsonl", "--select", "DUBP"], UsageError, "there is no rule 'DUBP'; did you mean"),
        (["x.jsonl", "--baseline", "none.json"], InputError, "none.json: No such file"),
        (["x.jsonl"], InputError, "x.jsonl"),
        (["--explain", "DUP0O1"], UsageError, "did you mean 'DUP001'"),
    ],
)
def test_what_makes_no_sense_is_said(arguments: list[str], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        run(["check", *arguments])


def test_a_baseline_is_written_and_known(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", bad, "--write-baseline", "known.json"]) == OK
    assert run(["check", bad, "--baseline", "known.json", "--fail-on", "note"]) == OK
    capsys.readouterr()
    new = alone(50) | {"id": "new", "title": ""}
    with open(bad, "a", encoding="utf-8") as feed:
        feed.write(json.dumps(new) + "\n")
    assert run(["check", bad, "--baseline", "known.json", "--fail-on", "warning", "--format", "json"]) == FOUND
    assert [f["article"]["id"] for f in findings(capsys)] == ["new"]
    Path("empty").mkdir()
    assert run(["check", bad, "--select", "WIRE", "--baseline", "known.json"]) == OK


def test_a_baseline_written_over_a_baseline_keeps_what_is_known(bad: str) -> None:
    run(["check", bad, "--write-baseline", "known.json"])
    first = Path("known.json").read_bytes()
    run(["check", bad, "--baseline", "known.json", "--write-baseline", "known.json"])
    assert Path("known.json").read_bytes() == first


def test_no_text_leaves_titles_and_copy_out(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    title = alone(1)["title"]
    run(["check", bad, "--format", "json"])
    assert title in capsys.readouterr().out
    run(["check", bad, "--format", "json", "--no-text"])
    assert title not in capsys.readouterr().out


def test_settings_come_from_the_file(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("dedup.toml").write_text(
        """
        [check]
        format = ["json"]
        ignore = ["META004"]
        [check.rules.DUP001]
        level = "note"
        [[check.suppress]]
        rule = "META003"
        article = "alone-0"
        reason = "a picture of the day has none"
        """,
        encoding="utf-8",
    )
    assert run(["check", bad]) == OK
    told = json.loads(capsys.readouterr().out)
    assert [(f["rule"], f["level"]) for f in told["findings"]] == [("DUP001", "note")]
    assert "a picture of the day has none" in json.dumps(told["ignored"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[check]\nformt = 'json'", r"no setting 'check.formt'; did you mean 'check.format'\?"),
        ("[check.rules.DUP03]\nlevel = 'note'", r"dedup.toml: check.rules: there is no rule 'DUP03'"),
        ("[check]\nsuppress = 3", r"check.suppress is no list"),
        ("[check.ruls.DUP001]\nlevel = 'off'", r"no setting 'check.ruls'; did you mean 'check.rules'\?"),
    ],
)
def test_a_slip_in_the_file_is_an_error(good: str, text: str, message: str) -> None:
    Path("dedup.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        run(["check", good])


def test_config_show_tells_of_rules(capsys: pytest.CaptureFixture[str]) -> None:
    Path("dedup.toml").write_text("[check.rules.DUP003]\npercent = 30\n", encoding="utf-8")
    assert run(["config", "show"]) == OK
    lines = {line.split(" ")[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "30.0" in lines["check.rules.DUP003.percent"]
    assert lines["check.rules.DUP003.percent"].endswith("# dedup.toml")
    assert lines["check.fail-on"].endswith("# default")


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", "near-duplicate-share"]) == OK
    out = capsys.readouterr().out
    assert out.startswith("DUP003 near-duplicate-share (warning)\n")
    assert "percent = 20.0" in out


def test_only_what_is_new_in_git_counts(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
        subprocess.run(["git", *who, *arguments], check=True, capture_output=True)

    git("init", "-q")
    git("add", bad)
    git("commit", "-qm", "feed")
    assert run(["check", bad, "--changed-since", "HEAD", "--format", "json"]) == OK
    assert findings(capsys) == []
    with open(bad, "a", encoding="utf-8") as feed:
        feed.write(json.dumps(alone(3) | {"id": "new", "url": "https://harbour.example/new"}) + "\n")
    assert run(["check", bad, "--changed-since", "HEAD", "--format", "json"]) == FOUND
    assert [f["rule"] for f in findings(capsys)] == ["DUP001"]


def test_nothing_heavy_is_loaded_to_explain() -> None:
    code = "import sys; from dedup.cli.app import run; run(['check', '--explain', 'DUP001']); "
    code += "sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_what_an_index_knows_is_a_note(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    first = sound(4).articles[0]
    later = first | {"id": "later", "url": "https://harbour.example/later", "published": "2031-04-01T00:00:00Z"}
    elsewhere = later | {"id": "elsewhere", "outlet": "other.example", "url": "https://other.example/later"}
    write(Path("next.jsonl"), [later, elsewhere, alone(1)])
    assert run(["index", "add", "known.db", good]) == OK
    capsys.readouterr()
    assert run(["check", "next.jsonl", "--index", "known.db", "--select", "FEED004", "--format", "json"]) == OK
    (told,) = findings(capsys)
    assert told["article"]["id"] == "later"
    assert f"the same dispatch is in the index as article {first['id']} of" in told["message"]
    assert run(["check", good, "--index", "known.db", "--select", "FEED004", "--format", "json"]) == OK
    assert len(findings(capsys)) == 12


def test_commas_belong_to_names_of_files(bad: str) -> None:
    assert run(["check", bad, "--format", "json=a,b.json", "--format", "sarif=c.sarif"]) == FOUND
    assert Path("a,b.json").stat().st_size
    Path("dedup.toml").write_text("[check]\nformat = ['json=d,e.json', 'gitlab=f.json']\n", encoding="utf-8")
    assert run(["check", bad]) == FOUND
    assert Path("d,e.json").stat().st_size
    assert Path("f.json").stat().st_size


def test_a_baseline_that_is_set_can_be_written_for_the_first_time(bad: str) -> None:
    Path("dedup.toml").write_text("[check]\nbaseline = 'known.json'\n", encoding="utf-8")
    assert run(["check", bad, "--write-baseline", "known.json"]) == OK
    assert run(["check", bad]) == OK
    Path("known.json").write_text("{", encoding="utf-8")  # broken: written anew
    with pytest.raises(InputError, match="write it anew"):
        run(["check", bad])
    assert run(["check", bad, "--write-baseline", "known.json"]) == OK
    assert run(["check", bad]) == OK


def test_what_is_asked_for_is_written_beside_a_baseline(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", bad, "--write-baseline", "known.json", "--format", "json=a.json"]) == OK
    told = json.loads(Path("a.json").read_text(encoding="utf-8"))["findings"]
    known = json.loads(Path("known.json").read_text(encoding="utf-8"))["findings"]
    assert {finding["fingerprint"] for finding in told} == set(known)
    assert "2 findings written to known.json" in capsys.readouterr().err
    with pytest.raises(UsageError, match="a is named for two outputs"):
        run(["check", bad, "--write-baseline", "a", "--format", "json=a"])


def test_what_is_suppressed_is_not_counted_as_written(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("dedup.toml").write_text(
        "[[check.suppress]]\nrule = 'META003'\narticle = 'alone-0'\nreason = 'it has none'\n", encoding="utf-8"
    )
    run(["check", bad, "--write-baseline", "known.json"])
    assert "1 finding written" in capsys.readouterr().err
    assert len(json.loads(Path("known.json").read_text(encoding="utf-8"))["findings"]) == 1


def test_a_baseline_of_a_part_is_refused(bad: str) -> None:
    with pytest.raises(UsageError, match=r"needs all findings, and check.changed-since \(--changed-since\) is set"):
        run(["check", bad, "--write-baseline", "known.json", "--changed-since", "HEAD"])


def test_the_summary_is_said_once(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", bad, "--write-baseline", "known.json"])
    write(Path(bad), [alone(7)])
    for form in ("text", "github", "json"):
        capsys.readouterr()
        run(["check", bad, "--baseline", "known.json", "--format", form])
        out, err = capsys.readouterr()
        assert (out + err).count("2 entries of the baseline") == 1
        assert (out + err).count("1 article read") == 1


def test_a_summary_that_cannot_be_written_is_said(bad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "no/summary.md")
    with pytest.raises(OutputError, match=r"no/summary.md \(GITHUB_STEP_SUMMARY\): No such file"):
        run(["check", bad, "--format", "github"])


def test_a_reader_that_goes_away_changes_neither_the_verdict_nor_the_files(bad: str) -> None:
    command = [sys.executable, "-m", "dedup", "check", bad, "--show-all", "--quiet"]
    command += ["--format", "text", "--format", "json=a.json"]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        ended = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, check=False)
    assert (ended.returncode, ended.stderr) == (FOUND, b"")
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["findings"]


def test_one_more_copy_is_new_though_the_baseline_knows_one(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
        subprocess.run(["git", *who, *arguments], check=True, capture_output=True)

    run(["check", bad, "--write-baseline", "known.json"])
    git("init", "-q")
    git("add", bad)
    git("commit", "-qm", "feed")
    more = alone(1) | {"id": "AAA", "url": "https://harbour.example/more", "published": "2031-03-09T00:00:00Z"}
    with open(bad, "a", encoding="utf-8") as feed:
        feed.write(json.dumps(more) + "\n")
    arguments = ["check", bad, "--baseline", "known.json", "--changed-since", "HEAD", "--format", "json"]
    capsys.readouterr()
    assert run(arguments) == FOUND
    assert [(f["rule"], f["article"]["id"]) for f in findings(capsys)] == [("DUP001", "AAA")]


def test_hours_beyond_any_date_find_nothing(good: str) -> None:
    for hours in ("1e9", "1e300"):
        Path("dedup.toml").write_text(f"[check.rules.FEED003]\nhours = {hours}\n", encoding="utf-8")
        assert run(["check", good, "--select", "FEED003", "--now", "2031-06-01T00:00Z", "--fail-on", "note"]) == OK
