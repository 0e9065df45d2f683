"""Diff: a `Diff`, a `Matrix` or many diffs -> the format asked for -> standard output or a file. The switchboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dedup.model import Diff
from dedup.report import diff_json
from dedup.report.write import write


@dataclass(frozen=True, slots=True)
class Look:
    """How a result is to be shown."""

    form: str  # terminal, text, json, jsonl, csv, html, svg
    width: int | None = None  # columns; None: the terminal's
    all: bool = False  # fold nothing
    text: bool = True  # False: no copy in the output


def write_diff(diff: Diff, look: Look, output: str) -> None:
    """Write one diff."""
    write(output, _chunks(diff, look))


def _chunks(diff: Diff, look: Look) -> Iterator[bytes]:
    return diff_json.diff_chunks(diff, look.text)
