"""Progress: times are kept, lines come now and then, nothing is said when quiet or when nobody listens."""

from __future__ import annotations

import sys

import pytest

from dedup.report.progress import Live, Plain, Quiet, say, timing_lines, watching


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_seconds_of_each_stage_add_up() -> None:
    clock = Clock()
    watch = Quiet(clock)
    for name, seconds in (("read", 2.0), ("sign", 3.0), ("read", 0.5)):
        watch.stage(name, 10)
        clock.now += seconds
    assert watch.timings() == [("read", 2.5), ("sign", 3.0)]
    watch.close()
    clock.now += 50
    assert watch.timings() == [("read", 2.5), ("sign", 3.0)]


def test_plain_lines_come_every_ten_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    watch = Plain(clock)
    watch.stage("sign", 1_000)
    for _ in range(25):
        clock.now += 1
        watch.advance(40)
    watch.close()
    assert capsys.readouterr().err.splitlines() == [
        "dedup: sign: processed 400/1,000 (40/s)",
        "dedup: sign: processed 800/1,000 (40/s)",
    ]


def test_a_total_may_be_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    watch = Plain(clock)
    watch.stage("read", None)
    clock.now += 20
    watch.advance(1_500)
    assert capsys.readouterr().err == "dedup: read: processed 1,500 (75/s)\n"


def test_verbose_lists_the_times(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(verbose=True) as watch:
        watch.stage("read", 1)
        watch.note("a note")
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.split()[:2] for line in told.err.splitlines()] == [
        ["dedup:", "a"],
        ["dedup:", "read"],
        ["dedup:", "total"],
    ]


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(quiet=True, verbose=True) as watch:
        watch.stage("read", 1)
        watch.advance()
        watch.note("a note")
    assert capsys.readouterr() == ("", "")


def test_the_live_bar_shows_count_and_rate_and_goes_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    clock = Clock()
    watch = Live(clock)
    watch.stage("sign[/b]\x1b", 200)
    clock.now += 2
    watch.advance(100)
    watch.note("compiling")
    clock.now += 2
    watch.advance(100)
    watch.close()
    told = capsys.readouterr()
    assert told.out == ""
    assert "sign[/b]^[" in told.err
    assert "100/200" in told.err
    assert "50/s" in told.err
    assert "dedup: compiling\n" in told.err


def test_a_message_is_made_safe(capsys: pytest.CaptureFixture[str]) -> None:
    say("file \x1b]0;x\x07 [red]\nline")
    assert capsys.readouterr().err == "dedup: file ^[]0;x^G [red] line\n"


def test_a_closed_standard_error_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stderr", Closed())
    assert say("anyone?") is None


def test_no_time_at_all_is_no_division_by_zero() -> None:
    assert timing_lines([]) == ["total  0.00 s"]
    assert timing_lines([("read", 0.0)]) == ["read   0.00 s    0%", "total  0.00 s"]


def test_what_is_said_is_no_command_of_a_ci_log(capsys: pytest.CaptureFixture[str]) -> None:
    say("feed/##[error]a.jsonl: not used\n::error::b")
    assert capsys.readouterr().err == "dedup: feed/# #[error]a.jsonl: not used ::error::b\n"
