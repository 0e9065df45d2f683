"""Pool: tasks dealt to worker processes, their results in order. Processes start afresh, as everywhere but on Linux."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import TypeVar

_AHEAD = 4  # tasks handed over for each process before the first is done: none waits, and few have to be held

Task = TypeVar("Task")
Result = TypeVar("Result")


def dealt(work: Callable[[Task], Result], tasks: Iterable[Task], workers: int) -> Iterator[Result]:
    """work(task) for every task, in order, in so many processes; with one, or for one task, in this one.

    `work`, tasks and results must be fit for another process. Tasks are taken as they are needed. An error in one is
    raised here.
    """
    coming = iter(tasks)
    begun = list(islice(coming, _AHEAD * workers))
    if workers <= 1 or len(begun) <= 1:
        yield from map(work, chain(begun, coming))
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    others = set(active_children())  # of a program that dedup is a part of
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        try:
            with _uninterrupted():
                under_way = deque(pool.submit(work, task) for task in begun)
            del begun
            while under_way:
                result = under_way.popleft().result()
                with _uninterrupted():
                    under_way.extend(pool.submit(work, task) for task in islice(coming, 1))
                yield result
        except BaseException:  # a signal, or a generator closed early: nobody wants what the workers are at
            for worker in set(active_children()) - others:
                worker.terminate()
            raise


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes started in here ignore Ctrl-C, which reaches the whole group: the parent alone decides what stops."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread: it is the host program's to arrange
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end_with_parent() -> None:
    """Lets this process end when the one that started it is gone, killed or not: else it would wait for ever."""
    from multiprocessing import parent_process

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
