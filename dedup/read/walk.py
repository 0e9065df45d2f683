"""Walk: the paths a user names -> sources in a fixed order, and skips with a reason.

Nothing is followed out of a folder: a symbolic link inside one is skipped (a loop cannot start, and a pile cannot reach
for a file outside it), and only regular files are opened, so that a named pipe or a device never hangs a run.
"""

from __future__ import annotations

import importlib.util
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dedup import limits
from dedup.errors import InputError, MissingExtra
from dedup.model import Skipped
from dedup.read.decode import is_binary
from dedup.read.source import PACKINGS, STDIN, Source, Unreadable, head, shown


@dataclass(frozen=True, slots=True)
class Needs:
    """What a kind of file takes to be read."""

    extra: str = ""  # optional dependency group; "" for none
    module: str = ""  # import names that tell whether it is there, apart by blanks
    binary: bool = False  # NUL bytes are fine
    lines: bool = False  # one record a line: a large file may be read in ranges
    alone: bool = False  # one article a file: an empty file is an empty article
    look: Callable[[bytes], Needs] | None = None  # what its first bytes say it needs


_EMPTY = "empty file"
# Beside a pile of articles these are about the pile. Only met while walking; named outright they are read.
_NOT_ARTICLES = frozenset({"readme", "license", "licence", "copying", "notice", "changelog"})


def walk(paths: Sequence[str], kinds: Mapping[str, Needs]) -> Iterator[Source | Skipped]:
    """Every file below `paths`, folders in name order. Hidden files and folders are passed over silently.

    Raises InputError for a named path that is missing or cannot be read, MissingExtra for a named file that needs one.
    """
    seen: set[str] = set()
    for path in paths:
        if path == STDIN:
            found: Iterator[Source | Skipped] = iter([Source(STDIN, ".jsonl")])
        elif os.path.isdir(path):
            found = _folder(path, kinds)
        else:
            found = _named(path, kinds)
        for item in found:
            yield _once(item, seen)


def _once(item: Source | Skipped, seen: set[str]) -> Source | Skipped:
    """`item`, unless a path named earlier led to the same file. (Ranges of one file differ in their start.)"""
    if isinstance(item, Skipped):
        return item
    key = f"{STDIN if item.path == STDIN else os.path.realpath(item.path)}\0{item.start}"
    if key in seen:
        return Skipped(item.name, "already read: named twice")
    seen.add(key)
    return item


def _named(path: str, kinds: Mapping[str, Needs]) -> Iterator[Source | Skipped]:
    """A file the user named: what would be a skip in a folder is an error here when nothing could be read at all."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{shown(path)}: {why}; expected a file, a folder or '-' for JSON lines on stdin") from error
    if stat.S_ISREG(mode) and not os.access(path, os.R_OK):
        raise InputError(f"{shown(path)}: permission denied")
    kind, packing = kind_of(path)
    needs = kinds.get(kind or ".txt")
    if needs is not None and stat.S_ISREG(mode):
        needs = _looked(Source(path, kind or ".txt", packing), needs)
    if needs is not None and _missing(needs):
        raise MissingExtra(f"reading {shown(path)}", needs.extra)
    yield from _file(path, mode, kind or ".txt", packing, kinds)


def _folder(top: str, kinds: Mapping[str, Needs]) -> Iterator[Source | Skipped]:
    """Depth first, entries by name. Memory: the names of the folders on the way down."""
    waiting = [iter([top])]
    while waiting:
        path = next(waiting[-1], None)
        if path is None:
            waiting.pop()
            continue
        try:
            mode = os.stat(path).st_mode if path is top else os.lstat(path).st_mode
            if stat.S_ISDIR(mode):
                names = sorted(name for name in os.listdir(path) if not name.startswith("."))
                waiting.append(iter([os.path.join(path, name) for name in names]))
                continue
        except OSError as error:
            yield Skipped(shown(path), f"cannot be read: {error.strerror or error}")
            continue
        yield from _met(path, mode, kinds)


def _met(path: str, mode: int, kinds: Mapping[str, Needs]) -> Iterator[Source | Skipped]:
    """A file met while walking."""
    kind, packing = kind_of(path)
    if os.path.basename(path).split(".")[0].lower() in _NOT_ARTICLES and kind in ("", ".txt", ".md", ".markdown"):
        yield Skipped(shown(path), "about the folder, not an article")
    elif stat.S_ISLNK(mode):
        yield Skipped(shown(path), "a symbolic link: not followed")
    else:
        yield from _file(path, mode, kind, packing, kinds)


def _file(path: str, mode: int, kind: str, packing: str, kinds: Mapping[str, Needs]) -> Iterator[Source | Skipped]:
    source = Source(path, kind, packing)
    needs = kinds.get(kind)
    if not stat.S_ISREG(mode):
        yield Skipped(source.name, "not a regular file")
    elif needs is None:
        yield Skipped(source.name, f"no reader for {kind} files" if kind else "no reader for files without a suffix")
    elif _missing(needs := _looked(source, needs)):
        yield Skipped(source.name, str(MissingExtra(f"reading {kind}", needs.extra)))
    elif why := _unfit(source, needs):
        yield Skipped(source.name, why, needs.alone and why == _EMPTY)
    elif needs.lines and not packing:
        try:
            yield from list(_ranges(source))
        except OSError as error:  # gone since the walk saw it
            yield Skipped(source.name, f"cannot be read: {error.strerror or error}")
    else:
        yield source


def kind_of(path: str) -> tuple[str, str]:
    """Suffix that tells the kind of file, and the packing around it.

    >>> kind_of("pile/Day.JSONL.gz"), kind_of("a.txt"), kind_of("Makefile")
    (('.jsonl', 'gz'), ('.txt', ''), ('', ''))
    """
    rest, suffix = os.path.splitext(os.path.basename(path).lower())
    packing = PACKINGS.get(suffix, "")
    return (os.path.splitext(rest)[1], packing) if packing else (suffix, "")


def _looked(source: Source, needs: Needs) -> Needs:
    """What a file needs, by its first bytes where its suffix does not say."""
    if needs.look is None:
        return needs
    try:
        return needs.look(head(source, limits.SNIFF))
    except Unreadable:  # said when it is read
        return needs


def _missing(needs: Needs) -> bool:
    return any(importlib.util.find_spec(module) is None for module in needs.module.split())


def _unfit(source: Source, needs: Needs) -> str:
    """Why a file is not worth opening for good, judged by its first block; "" when it is fit."""
    try:
        first = head(source, limits.SNIFF)
    except Unreadable as error:
        return str(error)
    if not first:
        return _EMPTY
    return "binary: holds NUL bytes" if not needs.binary and is_binary(first) else ""


def _ranges(source: Source) -> Iterator[Source]:
    """A file of lines as ranges of about limits.RANGE_BYTES that end where lines end. Cost: one seek per range."""
    size = os.stat(source.path).st_size
    start = 0
    with open(source.path, "rb") as file:
        if file.read(limits.SNIFF).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
            start = size  # an array or UTF-16 under a wrong name: the reader looks at it whole
        while size - start > limits.RANGE_BYTES * 3 // 2:
            file.seek(start + limits.RANGE_BYTES)
            if not file.readline(limits.MAX_LINE).endswith(b"\n"):
                break  # a line beyond every bound: leave the rest to one reader
            end = file.tell()
            yield Source(source.path, source.kind, "", start, end)
            start = end
    if start < size or start == 0:
        yield Source(source.path, source.kind, "", start)
    elif start == size and size:
        yield source
