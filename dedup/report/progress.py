"""Progress: what a run says on standard error while it works. Three watches, and the one line for people.

A terminal gets a live bar with count and rate; anything else gets plain "sign: 20,000/200,000" lines, at most one in
limits.PROGRESS_SECONDS, since silence in a CI log looks like a hang; --quiet gets nothing but errors. Nothing here is
ever written to standard output, and a standard error that was closed is no reason to stop.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dedup import limits
from dedup.report.safe import for_log, for_terminal

if TYPE_CHECKING:
    from rich.progress import Progress

Clock = Callable[[], float]


def say(message: str) -> None:
    """One line on standard error: "dedup: <message>", made safe for the terminal and for a CI log."""
    with contextlib.suppress(OSError, ValueError):  # closed: nobody listens
        sys.stderr.write(for_log(for_terminal(f"dedup: {message}")) + "\n")
        sys.stderr.flush()


@contextmanager
def watching(quiet: bool = False, verbose: bool = False) -> Iterator[Quiet]:
    """The watch that suits standard error, closed on the way out; `verbose` then lists the seconds of each stage."""
    redraws = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    watch = Quiet() if quiet else Live() if redraws else Plain()
    try:
        yield watch
    finally:
        watch.close()
    if verbose and not quiet:
        for line in timing_lines(watch.timings()):
            say(line)


def timing_lines(timings: Sequence[tuple[str, float]]) -> list[str]:
    """A line per stage with its seconds and share, and the total.

    >>> timing_lines([("read", 1.0), ("sign", 3.0)])
    ['read   1.00 s   25%', 'sign   3.00 s   75%', 'total  4.00 s']
    """
    total = sum(seconds for _, seconds in timings)
    width = max([len("total"), *(len(name) for name, _ in timings)])
    rows = [f"{name:<{width}}  {s:.2f} s  {100 * s / (total or 1):3.0f}%" for name, s in timings]
    return [*rows, f"{'total':<{width}}  {total:.2f} s"]


class Quiet:
    """Says nothing and keeps the times. The base of the other two, which add `_began`, `_moved` and `_ended`."""

    def __init__(self, clock: Clock = time.perf_counter) -> None:
        self._clock = clock
        self._seconds: dict[str, float] = {}
        self._name = ""
        self._since = 0.0
        self._done = 0
        self._total: int | None = None

    def stage(self, name: str, total: int | None = None) -> None:
        """End the stage before and begin `name`."""
        self._end_stage()
        self._name, self._total, self._done, self._since = name, total, 0, self._clock()
        self._began()

    def advance(self, n: int = 1) -> None:
        """`n` more units are done."""
        self._done += n
        self._moved()

    def note(self, message: str) -> None:
        """Not said."""

    def timings(self) -> list[tuple[str, float]]:
        """Seconds of each stage so far, the running one included."""
        running = {self._name: self._clock() - self._since} if self._name else {}
        return [(name, seconds + running.get(name, 0.0)) for name, seconds in self._seconds.items()]

    def close(self) -> None:
        """End the last stage; what is shown of it goes away, so that a result can be written to the same terminal."""
        self._end_stage()

    def _end_stage(self) -> None:
        if self._name:
            self._seconds[self._name] += self._clock() - self._since
            self._ended()
            self._name = ""

    def _began(self) -> None:
        self._seconds.setdefault(self._name, 0.0)

    def _moved(self) -> None:
        """For a subclass to show."""

    def _ended(self) -> None:
        """For a subclass to show."""


class Plain(Quiet):
    """Lines for a log: where a long stage is, now and then."""

    def __init__(self, clock: Clock = time.perf_counter) -> None:
        super().__init__(clock)
        self._last = clock()

    def note(self, message: str) -> None:
        """Said at once."""
        say(message)

    def _moved(self) -> None:
        now = self._clock()
        if now - self._last >= limits.PROGRESS_SECONDS:
            self._last = now
            of = f"/{self._total:,}" if self._total is not None else ""
            say(f"{self._name}: processed {self._done:,}{of} ({self._done / max(now - self._since, 1e-9):,.0f}/s)")


class Live(Quiet):
    """A bar on the terminal, drawn from `advance` alone: no thread runs beside the work."""

    def __init__(self, clock: Clock = time.perf_counter) -> None:
        super().__init__(clock)
        self._bar: Progress | None = None
        self._drawn = 0.0

    def note(self, message: str) -> None:
        """Said above the bar, which comes back with the next step."""
        self._hide()
        say(message)

    def _began(self) -> None:
        super()._began()
        self._draw()

    def _moved(self) -> None:
        if self._clock() - self._drawn >= limits.REDRAW_SECONDS:
            self._draw()

    def _ended(self) -> None:
        self._hide()

    def _draw(self) -> None:
        self._drawn = self._clock()
        with contextlib.suppress(OSError):
            if self._bar is None:
                self._bar = _bar(for_terminal(self._name), self._total)
            rate = self._done / max(self._drawn - self._since, 1e-9)
            count = f"{self._done:,}" + (f"/{self._total:,}" if self._total is not None else "")
            told = f"{count}  {rate:,.0f}/s" if self._done else ""
            self._bar.update(self._bar.task_ids[0], completed=self._done, told=told, refresh=True)

    def _hide(self) -> None:
        if self._bar is not None:
            with contextlib.suppress(OSError):
                self._bar.stop()
            self._bar = None


def _bar(name: str, total: int | None) -> Progress:
    """A started bar with one task. rich is imported here: only a terminal needs it."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description:<10}", markup=False),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[told]}", markup=False),
    )
    bar = Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.add_task(name, total=total, told="")
    bar.start()
    return bar
