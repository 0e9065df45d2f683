"""Machine: what work on much asks of it: things taken some at a time, pages let go of, tasks dealt to threads."""

from __future__ import annotations

import itertools
import mmap
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from numpy.typing import NDArray

Task = TypeVar("Task")
Result = TypeVar("Result")
Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of `size`, the last one shorter; one list at a time is held.

    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    coming = iter(items)
    while batch := list(itertools.islice(coming, size)):
        yield batch


def forget(array: NDArray[Any]) -> None:
    """Tells the system that nothing of `array` is needed now; what is asked for again is read again.

    So a mapped file of gigabytes takes little memory while it is gone through. Nothing happens to an array that is not
    mapped from a file, nor where the system cannot be told.
    """
    base: Any = array
    while base is not None and not isinstance(base, mmap.mmap):
        base = base.obj if isinstance(base, memoryview) else getattr(base, "base", None)
    if base is not None and hasattr(mmap, "MADV_DONTNEED"):
        base.madvise(mmap.MADV_DONTNEED)


def threaded(work: Callable[[Task], Result], tasks: Iterable[Task], workers: int) -> Iterator[Result]:
    """work(task) for every task, in order, in so many threads: for work that lets others run beside it.

    >>> list(threaded(abs, [3, -2, -1], 2))
    [3, 2, 1]
    """
    if workers <= 1:
        yield from map(work, tasks)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(work, tasks)
