"""Diff: a diff, many of them, or a matrix -> the format asked for -> standard output or a file. The switchboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from dedup import limits
from dedup.errors import UsageError
from dedup.model import Diff, Matrix
from dedup.report import diff_html, diff_json, diff_rows, diff_svg
from dedup.report.diff_matrix import matrix_lines
from dedup.report.diff_terminal import Page, heads, lines
from dedup.report.diff_view import view
from dedup.report.write import STDOUT, write


@dataclass(frozen=True, slots=True)
class Look:
    """How a result is to be shown."""

    form: str  # terminal, text, json, jsonl, csv, html, svg
    width: int | None = None  # columns; None: the terminal's
    all: bool = False  # fold nothing
    text: bool = True  # False: no copy in the output


def write_diff(diff: Diff, look: Look, output: str) -> None:
    """Write one diff."""
    made: dict[str, Callable[[], Iterator[bytes]]] = {
        "json": lambda: diff_json.diff_chunks(diff, look.text),
        "jsonl": lambda: diff_rows.jsonl_chunks([diff], look.text),
        "csv": lambda: diff_rows.csv_chunks([diff], look.text),
        "html": lambda: diff_html.diff_chunks(view(diff), look.all),
        "svg": lambda: diff_svg.chunks(lines(view(diff), _picture(look)), _picture(look)),
    }
    if look.form in made:
        write(output, made[look.form]())
    else:
        _show(lines(view(diff), _page(look, output)), look, output)


def write_diffs(diffs: Iterable[Diff], look: Look, output: str) -> None:
    """Write the diffs of a whole corpus as they arrive. Raises UsageError for a format that shows one at a time."""
    check_form("all", look)
    made: dict[str, Callable[[], Iterator[bytes]]] = {
        "json": lambda: diff_json.diffs_chunks(diffs, look.text),
        "jsonl": lambda: diff_rows.jsonl_chunks(diffs, look.text),
        "csv": lambda: diff_rows.csv_chunks(diffs, look.text),
    }
    if look.form in made:
        write(output, made[look.form]())
    else:
        _show(heads(map(view, diffs), _page(look, output)), look, output)


def write_matrix(matrix: Matrix, look: Look, output: str) -> None:
    """Write a cluster's matrix. Raises UsageError for JSON lines."""
    check_form("cluster", look)
    made: dict[str, Callable[[], Iterator[bytes]]] = {
        "json": lambda: diff_json.matrix_chunks(matrix, look.text),
        "csv": lambda: diff_rows.matrix_csv(matrix, look.text),
        "html": lambda: diff_html.matrix_chunks(matrix),
        "svg": lambda: diff_svg.chunks(matrix_lines(matrix, _picture(look)), _picture(look)),
    }
    if look.form in made:
        write(output, made[look.form]())
    else:
        _show(matrix_lines(matrix, _page(look, output)), look, output)


def check_form(wanted: str, look: Look) -> None:
    """Raises UsageError for a format that cannot show what is `wanted` ("id", "cluster", "all" or "" for files)."""
    cannot = {"all": ("html", "svg"), "cluster": ("jsonl",)}.get(wanted, ())
    if look.form in cannot:
        raise UsageError(f"--{wanted} cannot be shown as {look.form}")
    if not look.text and look.form not in ("json", "jsonl", "csv"):
        raise UsageError(f"--no-text goes with --format json, jsonl or csv: {look.form} is there to show the text")


# ---------------------------------------------------------------- terminal, plain text, pictures


def _page(look: Look, output: str) -> Page:
    """The room: as told, else the terminal's; a file or a pipe has as much as a line needs."""
    width = look.width
    if width is None and output == STDOUT and (console := Console()).is_terminal:
        width = console.width
    return Page(None if width is None else max(width, limits.DIFF_MIN_WIDTH), look.all)


def _picture(look: Look) -> Page:
    return Page(max(look.width or limits.DIFF_PICTURE, limits.DIFF_MIN_WIDTH), look.all)


def _show(lines: Iterable[Text], look: Look, output: str) -> None:
    """Write lines, styled and paged where they go to a terminal, else plain."""
    console = Console(highlight=False)
    if look.form == "text" or output != STDOUT or not console.is_terminal:
        write(output, (line.plain.rstrip(" ").encode("utf-8") + b"\n" for line in lines))
        return
    styled = [_styled(console, line) for line in lines]
    if not (len(styled) >= console.height and _paged(styled)):
        write(output, (line.encode("utf-8") + b"\n" for line in styled))


def _styled(console: Console, line: Text) -> str:
    """`line` with the escape sequences of its styles, as far as the terminal understands colour."""
    line.rstrip()
    with console.capture() as captured:
        console.print(line, end="", soft_wrap=True)
    return captured.get()


def _paged(lines: Iterable[str]) -> bool:
    """Show the lines in less, if there is one and a person sits at the terminal. -F: leave at once what fits."""
    less = shutil.which("less")
    if less is None or not (sys.stdout.isatty() and sys.stdin.isatty()) or os.environ.get("PAGER") in ("", "cat"):
        return False
    sys.stdout.flush()
    with subprocess.Popen([less, "-FRX"], stdin=subprocess.PIPE) as pager:
        assert pager.stdin is not None
        try:
            pager.stdin.writelines(line.encode("utf-8") + b"\n" for line in lines)
            pager.stdin.close()
        except BrokenPipeError:  # left before the end
            pass
    return True
