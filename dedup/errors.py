"""Errors: what can go wrong in words a user can act on, and the exit code each one leads to.

A message says what, where, what was expected, what arrived and what to do. Only the command line turns these into
exit codes; a library caller catches `DedupError`.
"""

from __future__ import annotations

OK = 0
FOUND = 1  # `check` found something, or `diff --exit-code` found a change of fact
USAGE = 2  # usage, config or unreadable input
FAULT = 3  # a fault of ours: a log file is named
INTERRUPTED = 130
TERMINATED = 143


class DedupError(Exception):
    """The base of every error raised on purpose. Exit code 2."""


class UsageError(DedupError):
    """An option or argument that makes no sense, or two that exclude each other."""


class InputError(DedupError):
    """A named input that cannot be read at all. (A single bad article is `Skipped`, never an error.)"""


class MissingExtra(DedupError):
    """A format or option that needs an optional dependency. The message names the extra to install."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the extra [{extra}]: pip install 'wire-dedup[{extra}]'")
        self._made_from = (what, extra)

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        """So that a worker process can hand it over: an exception is made again from its arguments."""
        return MissingExtra, self._made_from


class OutputError(DedupError):
    """A result that cannot be written: full disk, read-only folder, missing parent folder."""
