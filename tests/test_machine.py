"""machine: pages go and come back; threads give what one thread gives."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pytest

from dedup.machine import forget, threaded


def mapped_kilobytes(name: str) -> int:
    """Of the file `name`, as the system counts it to this process."""
    size, here = 0, False
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        if "-" in line.split()[0]:
            here = line.endswith(name)
        elif here and line.startswith("Rss:"):
            size += int(line.split()[1])
    return size


@pytest.mark.skipif(sys.platform != "linux", reason="counts pages as Linux shows them")
def test_what_is_forgotten_takes_no_memory_and_is_still_there(tmp_path: Path) -> None:
    path = tmp_path / "numbers"
    np.arange(1 << 20, dtype=np.uint32).tofile(path)
    array = np.asarray(np.memmap(path, np.uint32, "r"))
    piece = array[1_000:]
    total = int(piece.sum(dtype=np.int64))
    assert mapped_kilobytes("numbers") > 4_000
    forget(piece)
    assert mapped_kilobytes("numbers") < 100
    assert int(piece.sum(dtype=np.int64)) == total


def test_other_arrays_are_left_alone() -> None:
    array = np.arange(5)
    forget(array[1:])
    assert array.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_order(workers: int) -> None:
    def work(i: int) -> int:
        time.sleep(0.01 * (i % 3))
        return i * i

    assert list(threaded(work, range(12), workers)) == [i * i for i in range(12)]


def test_an_error_in_a_thread_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        list(threaded(lambda i: 1 // i, [1, 0], 2))
