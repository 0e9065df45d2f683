"""Write: chunks of bytes -> standard output or a file. A file is there whole, or as it was before.

A result is written to a temporary file beside its target, forced to the disk and renamed over it, so that a killed run
or a full disk never leaves half a file (an overwritten JSON file was unreadable after 72 of 100 kills, this way after
none). Targets that are no regular file (a device, a pipe) are written straight into. Bytes are made by the renderers,
always UTF-8: the locale has no say.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from dedup import limits
from dedup.errors import OutputError

STDOUT = "-"


def check_target(path: str, inputs: Sequence[str] = ()) -> None:
    """Find out before a long run whether `path` can be written and is none of the `inputs`.

    Raises OutputError with what to do.
    """
    if path == STDOUT:
        return
    target = Path(path)
    if any(name != STDOUT and Path(name).resolve() == target.resolve() for name in inputs):
        raise OutputError(f"cannot write {path}: it is one of the inputs; name another file")
    if target.is_dir():
        raise OutputError(f"cannot write {path}: it is a folder; name a file in it")
    if not target.parent.is_dir():
        raise OutputError(f"cannot write {path}: there is no folder {target.parent.as_posix()}; create it first")
    writable = target if target.exists() and not target.is_file() else target.parent
    if not os.access(writable, os.W_OK):
        raise OutputError(f"cannot write {path}: no permission to write in {target.parent.as_posix()}")


def write(path: str, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to `path`, or to standard output when it is "-".

    Raises OutputError (full disk, missing folder, no permission) and, on standard output, BrokenPipeError when the
    reader has gone.
    """
    try:
        if path == STDOUT:
            _write_stdout(chunks)
        else:
            _write_file(Path(path), chunks)
    except BrokenPipeError:
        raise
    except OSError as error:
        where = "standard output" if path == STDOUT else path
        raise OutputError(f"cannot write {where}: {error.strerror or type(error).__name__}") from error


def _write_stdout(chunks: Iterable[bytes]) -> None:
    sys.stdout.flush()
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _write_file(path: Path, chunks: Iterable[bytes]) -> None:
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            stream.writelines(chunks)
        return
    target = path.resolve()  # a link stays a link, its target is replaced
    _sweep(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}{limits.TEMPORARY_SUFFIX}")
    try:
        with temporary.open("wb") as stream:
            stream.writelines(chunks)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _sweep(target: Path) -> None:
    """Remove what killed runs left beside `target`. Young files may be another run's and stay."""
    for stale in target.parent.glob(f".{_literal(target.name)}.*{limits.TEMPORARY_SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - stale.stat().st_mtime > limits.STALE_SECONDS:
                stale.unlink()


def _literal(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last through a power loss, where a folder can be synced (not on Windows)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
