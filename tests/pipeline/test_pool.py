"""pool: results in order, tasks taken as needed, errors raised here, and no process that outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest

from dedup.pipeline.pool import dealt
from tests.pipeline.helpers import ROOT


def square(n: int) -> int:
    return n * n


def refuse(n: int) -> int:
    if n == 3:
        raise ValueError("three")
    return n


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    assert list(dealt(square, range(20), workers)) == [n * n for n in range(20)]
    assert list(dealt(square, [], workers)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_is_raised_here(workers: int) -> None:
    with pytest.raises(ValueError, match="three"):
        list(dealt(refuse, range(6), workers))


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = []

    def tasks() -> Iterator[int]:
        for n in range(1_000):
            taken.append(n)
            yield n

    results = dealt(square, tasks(), 2)
    assert [next(results) for _ in range(3)] == [0, 1, 4]
    assert len(taken) < 30
    results.close()  # type: ignore[attr-defined]


ABANDONED = """
import os, sys, time
from dedup.pipeline.pool import dealt
sys.path.insert(0, sys.argv[1])
from tests.pipeline import test_pool
if __name__ == "__main__":
    for pid in dealt(test_pool.tell, range(4), 2):
        print(pid, flush=True)
        time.sleep(60)
"""


def tell(n: int) -> int:
    if n > 1:
        time.sleep(60)
    return os.getpid()


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(ABANDONED, encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script), str(ROOT)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not alive(worker):
            return
        time.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("a worker process is still there")


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z")


def test_processes_of_others_are_left_alone() -> None:
    """dedup may be a part of a program that has processes of its own."""
    other = get_context("spawn").Process(target=time.sleep, args=(60,))
    other.start()
    try:
        with pytest.raises(ValueError, match="three"):
            list(dealt(refuse, range(6), 2))
        assert other.is_alive()
    finally:
        other.kill()
        other.join()
