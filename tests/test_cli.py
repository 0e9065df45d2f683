"""The command line: options, formats, exit codes, signals, pipes. A fake pipeline stands in for the work itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dedup import errors, pipeline
from dedup.__main__ import main
from dedup.errors import FAULT, INTERRUPTED, OK, TERMINATED, USAGE
from dedup.model import Clusters
from dedup.pipeline import Options
from dedup.report.clusters import clusters_json
from dedup.version import __version__
from dedup.watch import Watch
from tests.report import samples

ROOT = Path(__file__).parent.parent
POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX signals and pipes")


class Fake:
    """Stands for pipeline.cluster: remembers how it was called and gives the invented day, or raises."""

    def __init__(self) -> None:
        self.paths: Sequence[str] = ()
        self.options = Options()
        self.raises: BaseException | None = None

    def __call__(self, paths: Sequence[str], options: Options, watch: Watch) -> Clusters:
        self.paths, self.options = list(paths), options
        watch.stage("read", 30)
        watch.advance(30)
        if self.raises:
            raise self.raises
        return samples.day()


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fake:
    monkeypatch.chdir(tmp_path)
    for variable in [v for v in os.environ if v.startswith("DEDUP_")]:
        monkeypatch.delenv(variable)
    stand_in = Fake()
    monkeypatch.setattr(pipeline, "cluster", stand_in)
    return stand_in


# ---------------------------------------------------------------- help and version


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == OK
    assert capsys.readouterr() == (f"dedup {__version__}\n", "")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["cluster", "--help"], ["config", "show", "-h"]])
def test_help_goes_to_standard_output(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == OK
    told = capsys.readouterr()
    assert told.out.startswith("Usage: dedup")
    assert told.err == ""


def test_cluster_help_has_every_option_and_examples(capsys: pytest.CaptureFixture[str]) -> None:
    main(["cluster", "--help"])
    shown = capsys.readouterr().out
    options = ("--format", "-o", "--originals", "--map", "--lsh-threshold", "--engine", "--workers", "--work")
    for option in (*options, "--master", "--verbose", "--quiet", "--show-all"):
        assert f" {option}" in shown
    assert "dedup cluster corpora/wire-day\n" in shown
    assert "html" not in shown.split("Options:")[1]


def test_nothing_shows_help_and_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == USAGE
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("Usage: dedup [OPTIONS] COMMAND")


# ---------------------------------------------------------------- usage errors


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["clutser"], "No such command 'clutser'. Did you mean 'cluster'?"),
        (["cluster"], "Missing argument 'PATH"),
        (["cluster", "--fromat", "json", "x"], "--fromat"),
        (["cluster", "x", "--workers", "none"], "--workers: workers is 'none'; expected a whole number from 1 up"),
        (["cluster", "x", "--format", "jsn"], "did you mean 'json'?"),
        (
            ["cluster", "x", "--engine", "sparc"],
            "--engine: engine is 'sparc'; expected one of local, spark; did you mean",
        ),
        (["cluster", "x", "--lsh-threshold", "2"], "expected a number between 0 and 1"),
        (["cluster", "x", "-o", "no/such/out.json"], "there is no folder no/such; create it first"),
        (["cluster", "x", "-o", "./y/../x"], "it is one of the inputs; name another file"),
        (["cluster", "x", "--map", "txt=body"], "txt"),
        (["config"], "Missing command"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    fake: Fake, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == USAGE
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err
    assert told.err.startswith("dedup: error: ")
    assert told.err.count("\n") == 1
    assert not fake.paths


def test_an_error_cannot_write_to_the_terminal(fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["cluster", "--\x1b]0;x\x07[/b]"], ["\x1b[2J\u202e"], ["cluster", "x", "--format", "\x9b31m"]):
        assert main(arguments) == USAGE
        told = capsys.readouterr().err
        assert not set(told) & set("\x1b\x07\x9b\u202e")


# ---------------------------------------------------------------- what reaches the pipeline


def test_options_reach_the_pipeline(fake: Fake) -> None:
    given = "cluster a.jsonl day --map text=body --originals wires --lsh-threshold 0.3 --workers 4 --work tmp --quiet"
    assert main(given.split()) == OK
    assert fake.paths == ["a.jsonl", "day"]
    options = fake.options
    assert (options.originals, options.lsh_threshold, options.workers, options.work) == ("wires", 0.3, 4, "tmp")
    assert dict(options.mapping) == {"text": "body"}


def test_config_and_environment_reach_it_too(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("dedup.toml").write_text("workers = 3\noriginals = 'wires'\n[map]\ntext = 'body'\n", encoding="utf-8")
    monkeypatch.setenv("DEDUP_LSH_THRESHOLD", "0.25")
    assert main(["cluster", "x", "--workers", "2"]) == OK
    options = fake.options
    assert (options.originals, options.lsh_threshold, options.workers) == ("wires", 0.25, 2)
    assert dict(options.mapping) == {"text": "body"}


def test_seeds_are_the_originals_when_they_are_there(fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cluster", "day"]) == OK
    assert fake.options.originals is None
    Path("seeds").mkdir()
    capsys.readouterr()
    assert main(["cluster", "day"]) == OK
    assert fake.options.originals == "seeds"
    assert "./seeds" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["seeds"], ["."], ["day", "--originals", ""]])
def test_seeds_are_not_taken_twice_or_against_ones_will(fake: Fake, arguments: list[str]) -> None:
    Path("seeds").mkdir()
    assert main(["cluster", *arguments]) == OK
    assert fake.options.originals is None


def test_a_slip_in_the_environment_is_told(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEDUP_WORKRES", "2")
    assert main(["cluster", "x"]) == OK
    assert (
        "no setting of dedup: the environment variable DEDUP_WORKRES; did you mean 'DEDUP_WORKERS'?"
        in capsys.readouterr().err
    )


# ---------------------------------------------------------------- output


def test_data_on_standard_output_talk_on_standard_error(fake: Fake, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["cluster", "x", "--format", "json", "--verbose"]) == OK
    told = capfdbinary.readouterr()
    assert told.out == clusters_json(samples.day())
    assert b"30 articles read, 27 used" in told.err
    assert b"read" in told.err


def test_quiet_is_quiet(fake: Fake, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["cluster", "x", "--format", "csv", "--quiet"]) == OK
    assert capfd.readouterr().err == ""


def test_the_table_is_plain_in_a_pipe(fake: Fake, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["cluster", "x"]) == OK
    told = capfd.readouterr()
    assert "\x1b" not in told.out
    assert "Ferry sinks off Karvos" in told.out
    assert told.err == ""


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        (["-o", "out.json"], b'{"schema"'),
        (["-o", "out.jsonl"], b'{"type":"header"'),
        (["-o", "out.csv"], b"cluster,id,"),
        (["-o", "out.json", "--format", "csv"], b"cluster,id,"),
        (["-o", "out.txt"], b"Bar: "),
    ],
)
def test_the_ending_chooses_the_format(
    fake: Fake, arguments: list[str], start: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["cluster", "x", *arguments]) == OK
    assert Path(arguments[1]).read_bytes().startswith(start)
    told = capfd.readouterr()
    assert told.out == ""
    assert "3 clusters with 22 articles" in told.err


def test_config_show_says_where_values_come_from(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("dedup.toml").write_text("[cluster]\nformat = 'csv'\n", encoding="utf-8")
    monkeypatch.setenv("DEDUP_WORKERS", "7")
    assert main(["config", "show"]) == OK
    rows = {line.split()[0]: line.split()[2:] for line in capfd.readouterr().out.splitlines()}
    assert rows["workers"] == ["7", "#", "DEDUP_WORKERS"]
    assert rows["cluster.format"] == ['"csv"', "#", "dedup.toml"]
    assert rows["verbose"] == ["false", "#", "default"]


# ---------------------------------------------------------------- how it ends


@pytest.mark.parametrize(
    ("raised", "code", "told"),
    [
        (errors.InputError("a.jsonl: no such file"), USAGE, "dedup: error: a.jsonl: no such file\n"),
        (errors.MissingExtra("reading Parquet", "parquet"), USAGE, "pip install 'wire-dedup[parquet]'"),
        (OSError(28, "No space left on device", "/tmp/spool"), USAGE, "error: no room left for /tmp/spool; free some"),
        (KeyboardInterrupt(), INTERRUPTED, ""),
        (BrokenPipeError(), OK, ""),
    ],
)
def test_exit_codes(
    fake: Fake, raised: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.raises = raised
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dedup.cli.outcome.let_go_of_stdout", lambda: None)
        assert main(["cluster", "x"]) == code
    said = capsys.readouterr().err
    assert told in said
    assert bool(said) == bool(told)


def test_a_fault_names_a_log_and_keeps_the_text_out(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    fake.raises = ValueError("cannot digest 'The minister secretly said'")
    assert main(["cluster", "x"]) == FAULT
    told = capsys.readouterr().err
    (log,) = tmp_path.glob("dedup-fault-*.log")
    assert f"~/{log.name}" in told
    assert "secretly" not in told
    assert str(tmp_path) not in told
    assert "Traceback" not in told
    content = log.read_text(encoding="utf-8")
    assert "secretly" in content
    assert "Traceback" in content
    assert f"dedup {__version__}, Python 3" in content
    assert os.name != "posix" or log.stat().st_mode & 0o077 == 0


PROGRAM = textwrap.dedent(
    """
    import signal, sys, tempfile, time
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background has it ignored
    sys.path.insert(0, {root!r})
    from dedup import pipeline
    from dedup.__main__ import main
    from tests.report import samples

    def cluster(paths, options, watch):
        with tempfile.TemporaryDirectory(dir=paths[0]):
            sys.stderr.write("working\\n"); sys.stderr.flush()
            time.sleep({seconds})
            return samples.day()

    pipeline.cluster = cluster
    sys.exit(main(sys.argv[1:]))
    """
)


def start(*arguments: str, seconds: float = 0, **keywords: Any) -> subprocess.Popen[bytes]:
    code = PROGRAM.format(root=str(ROOT), seconds=seconds)
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, **keywords)


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED)])
def test_signals_clean_up_and_say_nothing(number: signal.Signals, code: int, tmp_path: Path) -> None:
    process = start("cluster", str(tmp_path), "--quiet", "-o", str(tmp_path / "out.json"), seconds=30)
    assert process.stderr is not None
    assert process.stderr.readline() == b"working\n"
    sent = time.perf_counter()
    process.send_signal(number)
    _, told = process.communicate(timeout=10)
    assert process.returncode == code
    assert time.perf_counter() - sent < 2
    assert told == b""
    assert os.listdir(tmp_path) == []


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED)])
def test_a_signal_in_a_callback_is_not_lost(number: signal.Signals, code: int) -> None:
    program = textwrap.dedent(
        f"""
        import ctypes, os, signal, sys, time
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background has it ignored
        from dedup.cli.outcome import guarded

        @ctypes.CFUNCTYPE(None)
        def callback():
            os.kill(os.getpid(), {int(number)})
            time.sleep(0.2)

        def work():
            callback()
            time.sleep(20)
            return 0

        sys.exit(guarded(work))
        """
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, stderr=subprocess.PIPE, timeout=15)
    assert (done.returncode, done.stderr) == (code, b"")


@POSIX
@pytest.mark.parametrize("arguments", [["cluster", "."], ["cluster", ".", "--format", "json"], ["cluster", "--help"]])
def test_a_reader_that_leaves_is_no_error(arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    process = start(*arguments, stdout=write)
    os.close(write)
    _, told = process.communicate(timeout=30)
    assert process.returncode == OK
    assert b"error" not in told.lower()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [["cluster", "."], ["cluster", ".", "--format", "json"], ["cluster", "--help"]])
def test_a_full_disk_is_one_line_and_exit_code_2(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        process = start(*arguments, stdout=full)
        _, told = process.communicate(timeout=30)
    assert process.returncode == USAGE
    assert b"Traceback" not in told
    assert told.decode().splitlines()[-1].startswith("dedup: error: ")


def printed(form: str, **environment: str) -> bytes:
    with_them = os.environ | environment
    return start("cluster", ".", "--format", form, stdout=subprocess.PIPE, env=with_them).communicate()[0]


@pytest.mark.parametrize("form", ["json", "table"])
def test_no_locale_or_terminal_changes_the_bytes(form: str) -> None:
    usual = printed(form)
    assert "卡沃斯岛渡轮沉没三人遇难".encode() in usual
    assert printed(form, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0") == usual
    assert printed(form, PYTHONIOENCODING="ascii", PYTHONHASHSEED="3") == usual
    assert printed(form, COLUMNS="20", TERM="dumb", NO_COLOR="1") == usual


@POSIX
def test_help_in_a_bare_locale() -> None:
    bare = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "dedup", "cluster", "--help"]
    done = subprocess.run(command, env=bare, capture_output=True, check=True)
    assert b"Usage: dedup cluster" in done.stdout


def test_an_option_without_its_value_names_the_help_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain"]) == USAGE
    assert "(see: dedup check --help)" in capsys.readouterr().err


def test_forced_colour_colours_and_no_color_does_not() -> None:
    shown = {}
    for name, extra in (("forced", {"FORCE_COLOR": "1"}), ("refused", {"FORCE_COLOR": "1", "NO_COLOR": "1"})):
        environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
        environment |= {"TERM": "xterm-256color", "COLUMNS": "120"} | extra
        shown[name] = start("cluster", ".", stdout=subprocess.PIPE, env=environment).communicate()[0].decode("utf-8")
    assert "\x1b[34m" in shown["forced"]
    assert "\x1b[34m" not in shown["refused"]
    assert "... and 4 more (--show-all)" in shown["forced"]


# ---------------------------------------------------------------- the sample


SAMPLE = ROOT / "corpora" / "wire-day"


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="no sample corpus")
def test_the_sample_from_end_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    target = tmp_path / "clusters.json"
    assert main(["cluster", "corpora/wire-day", "-o", str(target)]) == OK
    told = capfd.readouterr()
    assert told.out == ""
    assert "./seeds take part as originals" in told.err
    result = json.loads(target.read_text(encoding="utf-8"))
    assert result["schema"] == "dedup.clusters/1"
    assert result["read"] == result["kept"] + len(result["skipped"])
    assert result["skipped"]
    assert max(c["size"] for c in result["clusters"]) >= 3
    assert all(c["size"] == len(c["members"]) >= 2 for c in result["clusters"])


def test_a_path_that_is_not_there(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["cluster", "no/such/folder"]) == USAGE
    told = capfd.readouterr().err
    assert "no/such/folder" in told
    assert "Traceback" not in told
