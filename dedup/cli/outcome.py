"""Outcome: how a run ends. The one place that turns errors, faults and signals into exit codes (dedup/errors.py).

What the user can mend is one line on standard error that says what, where and what to do. What is our fault is one
line too, that names a log file with the traceback: exceptions quote the data they choked on, and article text has no
business in a CI log. A reader that goes away (`| head`) has what it wanted: that is no error. Every start comes by
here, so what only a fault needs is imported when there is one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn

from dedup.errors import FAULT, INTERRUPTED, OK, TERMINATED, USAGE, DedupError
from dedup.report.progress import say
from dedup.version import __version__

Handler = Callable[[int, FrameType | None], object] | int | None

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LIBRARIES = ("numpy", "numba", "scipy", "datasketch", "rapidfuzz", "orjson", "rich", "typer")


class Terminated(BaseException):
    """SIGTERM arrived. Not an Exception, so that nothing on the way takes it for a failure; clean-up still runs."""


def guarded(work: Callable[[], int]) -> int:
    """Run `work` and return the exit code of the process, whatever happens in it."""
    before, hook = _on_sigterm(_terminate), sys.unraisablehook
    sys.unraisablehook = _once_more
    try:
        code = work()
        sys.stdout.flush()
    except BaseException as error:
        code = _code(error)
    finally:
        sys.unraisablehook = hook
        _on_sigterm(before)
    return code


def _on_sigterm(handler: Handler) -> Handler:
    """Set the handler of SIGTERM and return the one before. Not in the main thread, the host's own stays."""
    try:
        return signal.signal(signal.SIGTERM, handler)
    except ValueError:
        return handler


def _code(error: BaseException) -> int:
    if isinstance(error, DedupError):
        say(f"error: {error}")
        return USAGE
    if isinstance(error, KeyboardInterrupt | Terminated):
        return INTERRUPTED if isinstance(error, KeyboardInterrupt) else TERMINATED
    if isinstance(error, BrokenPipeError):
        let_go_of_stdout()
        return OK
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        let_go_of_stdout()
        say(f"error: no room left{_for(error)}; free some, or name another folder with --work or -o")
        return USAGE
    if not isinstance(error, Exception):
        raise error
    say(_fault(error))
    return FAULT


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    raise Terminated


def _once_more(lost: sys.UnraisableHookArgs) -> None:
    """Send a signal again whose exception arose where none can pass (a callback from C, as numba makes them)."""
    number = {KeyboardInterrupt: signal.SIGINT, Terminated: signal.SIGTERM}.get(lost.exc_type)
    if number is None:
        sys.__unraisablehook__(lost)
        return
    import threading

    main = threading.main_thread().ident
    if main is not None and hasattr(signal, "pthread_kill"):  # not on Windows, where such a signal stays lost
        threading.Timer(0.05, signal.pthread_kill, (main, number)).start()


def _for(error: OSError) -> str:
    return f" for {Path(os.fsdecode(error.filename)).as_posix()}" if error.filename else " to write to"


def let_go_of_stdout() -> None:
    """Point standard output at nothing, so that what is still buffered fails no second time at exit."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)


def _fault(error: Exception) -> str:
    """Log `error` and say where, without a word of what the data was."""
    import tempfile
    import traceback

    inside = [f for f in traceback.extract_tb(error.__traceback__) if "dedup" in Path(f.filename).parts]
    place = f" in {Path(inside[-1].filename).name}, line {inside[-1].lineno}" if inside else ""
    told = f"fault: {type(error).__name__}{place}; this is a mistake of the tool, not yours"
    try:
        return f"{told}. Please report it with {_log(error)} (look through it first: it may quote your data)"
    except OSError:
        return f"{told}. No log could be written to {_shown(tempfile.gettempdir())}"


def _log(error: Exception) -> str:
    """Write traceback, arguments and versions to a file only its owner can read. Returns its path as shown."""
    import platform
    import tempfile
    import traceback

    descriptor, path = tempfile.mkstemp(prefix="dedup-fault-", suffix=".log")
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
        stream.write(f"dedup {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
        stream.write("".join(f"{name} {_version(name)}\n" for name in _LIBRARIES))
        stream.write(f"arguments: {sys.argv[1:]!r}\n\n")
        stream.write("".join(traceback.format_exception(error)))
    return _shown(path)


def _version(library: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "not installed"


def _shown(path: str) -> str:
    """`path` with forward slashes and without the name of whoever's home it is in."""
    with contextlib.suppress(ValueError, RuntimeError):
        return "~/" + Path(path).relative_to(Path.home()).as_posix()
    return Path(path).as_posix()
