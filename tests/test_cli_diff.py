"""`dedup diff` on the command line: both forms, formats, widths, exit codes, and what it says when it cannot."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dedup.__main__ import main
from dedup.errors import FOUND, OK, USAGE

ROOT = Path(__file__).resolve().parents[1]
WIRE = (
    "NORTHPORT (AP) - A ferry with 38 people on board sank off Karvos on Tuesday, police said.\n"
    "The sea was calm that day.\n"
)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for variable in [v for v in os.environ if v.startswith("DEDUP_") or v in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")]:
        monkeypatch.delenv(variable)
    Path("wire.txt").write_text(WIRE, encoding="utf-8")
    Path("story.txt").write_text(WIRE.replace("38", "50"), encoding="utf-8")
    Path("styled.txt").write_text(WIRE.replace(" that day", ""), encoding="utf-8")
    return tmp_path


HELD = ["diff", "story.txt", "--original", "AP=wire.txt"]


def out(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = OK) -> str:
    assert main(list(arguments)) == code
    return capsys.readouterr().out


def test_the_two_file_form_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    got = json.loads(out(capsys, *HELD, "--lines", "--format", "json"))
    assert got["schema"] == "dedup.diff/1"
    assert [s["label"] for s in got["sentences"]] == ["reworded", "verbatim"]
    assert got["sentences"][0]["changes"][0]["type"] == "number"


def test_a_name_with_an_equals_sign_in_the_path_and_odd_letters_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a=b.txt").write_text(WIRE, encoding="utf-8")
    got = json.loads(out(capsys, "diff", "story.txt", "--original", "Ré/1 x=a=b.txt", "--lines", "--format", "json"))
    assert got["sentences"][0]["links"][0]["original"] == "Ré/1 x"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize("asked", [("--all",), ("--id", "story"), ("--cluster", "story")])
def test_on_a_terminal_no_bar_stands_before_the_result(asked: tuple[str, ...]) -> None:
    import pty

    body = " ".join(f"The council of Karvos voted on item {n} after a debate of {n} hours." for n in range(8))
    rows = [{"id": "wire", "outlet": "ap", "text": f"NORTHPORT (AP) - {body}"}, {"id": "story", "text": body}]
    Path("day.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "dedup", "diff", "day.jsonl", *asked]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=follower, stderr=follower, env=environment) as process:
        os.close(follower)
        told = b""
        with contextlib.suppress(OSError):  # how Linux says that the other end is closed
            while piece := os.read(leader, 4096):
                told += piece
    os.close(leader)
    assert process.returncode == OK
    bars, _, result = told.decode("utf-8").partition("wire copy")
    assert result, told
    assert "━" in bars  # there was one
    assert "\x1b[2K" in bars[bars.rindex("━") :]  # and its line was wiped
    assert "━" not in result


def test_exit_code_tells_a_change_of_fact_from_wording(capsys: pytest.CaptureFixture[str]) -> None:
    out(capsys, *HELD, "--exit-code", code=FOUND)
    out(capsys, *HELD, code=OK)
    out(capsys, "diff", "wire.txt", "--original", "AP=wire.txt", "--exit-code", code=OK)


def test_a_pipe_gets_plain_stacked_text(capsys: pytest.CaptureFixture[str]) -> None:
    text = out(capsys, *HELD)
    assert "[-38-]" in text and "{+50+}" in text
    assert "\x1b" not in text and "│" not in text


def test_a_width_is_kept_and_decides_on_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for width in (50, 100):
        text = out(capsys, *HELD, "--width", str(width))
        assert max(map(len, text.splitlines())) <= width
        assert ("│" in text) == (width >= 100)


def test_force_color_styles_and_no_color_wins(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    colored = out(capsys, *HELD)
    assert "\x1b[" in colored and "38;" in colored and "[-38-]" in colored
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[38" not in out(capsys, *HELD)
    assert "\x1b" not in out(capsys, *HELD, "--format", "text")


@pytest.mark.parametrize(
    ("name", "start"), [("x.html", b"<!DOCTYPE"), ("x.svg", b"<svg"), ("x.json", b"{"), ("x.csv", b"row,")]
)
def test_the_ending_chooses_the_format(name: str, start: bytes) -> None:
    assert main([*HELD, "-o", name]) == OK
    assert Path(name).read_bytes().startswith(start)


def test_no_text_leaves_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    text = out(capsys, *HELD, "--no-text", "--format", "json")
    assert "Karvos" not in text and '"number"' in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["story.txt"], "--original NAME=PATH"),
        (["story.txt", "--original", "wire.txt"], "expected NAME=PATH"),
        (["story.txt", "wire.txt", "--original", "A=wire.txt"], "one article"),
        (["story.txt", "--original", "A=wire.txt", "--original", "A=wire.txt"], "every NAME once"),
        (["missing.txt", "--original", "A=wire.txt"], "missing.txt"),
        (["story.txt", "--id", "x", "--all"], "exclude each other"),
        (["story.txt", "--id", "x", "--original", "A=wire.txt"], "is for one article"),
        (["story.txt", "--original", "A=wire.txt", "--clusters", "c.json"], "--clusters goes with"),
        (["story.txt", "--original", "A=wire.txt", "--no-text"], "--no-text goes with"),
        ([".", "--all", "--format", "html"], "cannot be shown as html"),
        (["story.txt", "--original", "A=wire.txt", "--width", "0"], "whole number"),
        (["story.txt", "--original", "A=wire.txt", "-o", "wire.txt"], "one of the inputs"),
        ([".", "--id", "nobody"], "no article has the id"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_exit_code_2(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *arguments, "--quiet"]) == USAGE
    captured = capsys.readouterr()
    assert told in captured.err and captured.err.count("\n") == 1 and captured.out == ""


def test_a_corpus_by_id_cluster_and_whole(capsys: pytest.CaptureFixture[str]) -> None:
    day = [str(ROOT / "corpora" / "wire-day"), "--originals", str(ROOT / "seeds"), "--quiet"]
    one = json.loads(out(capsys, "diff", *day, "--id", "sagarpur-times-ferry", "--format", "json"))
    assert one["article"]["id"] == "sagarpur-times-ferry"
    assert {o["id"] for o in one["originals"]} >= {"reuters-ferry-v3", "ap-ferry"}
    table = out(capsys, "diff", *day, "--cluster", "reuters-ferry-v3")
    assert "Harbor Gazette" in table and "not in its version" in table
    rows = [json.loads(line) for line in out(capsys, "diff", *day, "--all", "--format", "jsonl").splitlines()]
    assert {r["type"] for r in rows} == {"header", "article", "sentence", "change", "dropped", "unused"}
    again = [json.loads(line) for line in out(capsys, "diff", *day, "--all", "--format", "jsonl").splitlines()]
    assert rows == again


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    text = out(capsys, "diff", "--help")
    for option in (
        "--original",
        "--lines",
        "--id",
        "--cluster",
        "--all",
        "--clusters",
        "--show",
        "--exit-code",
        "--no-text",
    ):
        assert option in text


def test_two_files_need_no_compiler_and_no_clustering_libraries() -> None:
    code = (
        "import sys; from dedup.__main__ import main; main(sys.argv[1:]);"
        "sys.stderr.write(' '.join({m.split('.')[0] for m in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code, *HELD], capture_output=True, text=True, check=True)
    assert not set(done.stderr.split()) & {"numba", "scipy", "datasketch", "duckdb", "trafilatura"}
