"""Watch: how a long run says where it is. A null object: the work calls it and needs nothing of it.

`pipeline` and the edges call `stage`, `advance` and `note`; what becomes of the calls (a live bar, plain lines,
nothing) is decided in report/progress.py. No clock and no stream is touched here.
"""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """What the work may say about itself."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins (and the one before it ends). `total`: the units of work to come, None if not known yet."""

    def advance(self, n: int = 1) -> None:
        """`n` more units of the current stage are done. Call it per batch, not per article."""

    def note(self, message: str) -> None:
        """One sentence for whoever watches: a cap that cut, a compiler that starts, a default that was taken."""

    def timings(self) -> list[tuple[str, float]]:
        """The stages so far, in order, with the seconds of each; those of one name are added up."""


class Silent:
    """A watch that keeps quiet.

    >>> SILENT.stage("sign", 10); SILENT.advance(10); SILENT.timings()
    []
    """

    def stage(self, name: str, total: int | None = None) -> None:
        """Nothing."""

    def advance(self, n: int = 1) -> None:
        """Nothing."""

    def note(self, message: str) -> None:
        """Nothing."""

    def timings(self) -> list[tuple[str, float]]:
        """No stage is timed."""
        return []


SILENT: Watch = Silent()
