"""Compiled: a Python function -> the same compiled by numba, kept in a folder of the user's.

Compiling takes some seconds, once per machine. numba freezes what it finds in other modules, so the folder is named
after the text of the modules that matter. Imported only by the kernels of stages.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numba
from numba.core import config, event

_config: Any = config  # its names are made at import


def kept(function: Callable[..., None], folder: Path, files: Sequence[str], signature: Any = None) -> Any:
    """`function` compiled without the GIL, from the kept copy where there is one.

    folder, files: the modules whose text the compiled code is made of. Without a `signature` it is compiled for the
    types of each first call. Where nothing can be kept it is compiled anew.
    """
    njit: Any = numba.njit
    try:
        with _cache_folder(cache_folder([folder / name for name in files])):
            return njit(signature, nogil=True, cache=True)(function)
    except (RuntimeError, OSError):  # no home, no source files, no folder that can be written to
        return njit(signature, nogil=True)(function)


@contextmanager
def announced(call: Callable[[], None] | None) -> Iterator[None]:
    """Calls back once, before the first compilation in the body; never for one that is kept."""
    with event.install_listener("numba:compile", _FirstStart(call or (lambda: None))):
        yield


class _FirstStart(event.Listener):
    """Calls back at the first compilation: the helpers are compiled inside the kernel's."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call: Callable[[], None] | None = call

    def on_start(self, event: Any) -> None:
        call, self._call = self._call, None
        if call:
            call()

    def on_end(self, event: Any) -> None:
        pass


def cache_folder(files: Sequence[Path]) -> Path:
    """Where compiled code of these modules is kept: a folder of the user's (NUMBA_CACHE_DIR if set)."""
    if _config.CACHE_DIR:
        base = Path(_config.CACHE_DIR)
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "wire-dedup"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches" / "wire-dedup"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wire-dedup"
    digest = zlib.crc32(b"".join(file.read_bytes() for file in files))
    return base / f"kernel-{digest:08x}"


@contextmanager
def _cache_folder(folder: Path) -> Iterator[None]:
    """numba picks the folder when a function is decorated; other users of numba in this process keep theirs."""
    before, _config.CACHE_DIR = _config.CACHE_DIR, str(folder)
    try:
        yield
    finally:
        _config.CACHE_DIR = before
