"""Writing: a file is there whole or as it was before, and says why it is not."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dedup import limits
from dedup.errors import OutputError
from dedup.report.write import check_target, write

POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX files and signals")


def failing() -> Iterator[bytes]:
    yield b"half"
    raise RuntimeError("the renderer broke")


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    for text in (b"first\n", b"second\n"):
        write(str(target), [text[:3], text[3:]])
        assert target.read_bytes() == text
    assert os.listdir(tmp_path) == ["out.json"]


def test_a_failure_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write(str(target), failing())
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.json"]


@POSIX
def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write(str(link), [b"new"])
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@POSIX
def test_a_device_is_written_into_not_replaced() -> None:
    write(os.devnull, [b"x"])
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_an_output_error() -> None:
    with pytest.raises(OutputError, match=r"cannot write /dev/full: No space left"):
        write("/dev/full", [b"x" * 100_000])


@pytest.mark.parametrize(("name", "why"), [("", "is a folder"), ("missing/out.json", "there is no folder")])
def test_a_bad_target_is_found_before_the_work(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(OutputError, match=why):
        check_target(str(tmp_path / name))


def test_a_good_target_passes(tmp_path: Path) -> None:
    for target in ("-", str(tmp_path / "new.json"), os.devnull):
        check_target(target)
    assert os.listdir(tmp_path) == []


def test_what_killed_runs_left_is_swept_later(tmp_path: Path) -> None:
    stale, young = (tmp_path / f".o[1].json.{pid}{limits.TEMPORARY_SUFFIX}" for pid in (1, 2))
    for file in (stale, young):
        file.write_bytes(b"half")
    old = time.time() - limits.STALE_SECONDS - 60
    os.utime(stale, (old, old))
    write(str(tmp_path / "o[1].json"), [b"whole"])
    assert sorted(os.listdir(tmp_path)) == [young.name, "o[1].json"]


@POSIX
def test_a_killed_writer_leaves_old_or_new(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_bytes(b"0" * 1000)
    code = (
        "from dedup.report.write import write\n"
        "import sys\n"
        "print('go', flush=True)\n"
        "for n in range(10**9): write(sys.argv[1], [bytes([48 + n % 10])] * 1000)\n"
    )
    for attempt in range(10):
        process = subprocess.Popen([sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.003 * attempt)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        content = target.read_bytes()
        assert len(content) == 1000
        assert len(set(content)) == 1
