"""Work: the folder of a run, and what is kept of a run that was cut off.

Without --work a run writes to a folder of its own in the system's temporary folder, which goes when the run ends,
however it ends. With --work DIR it writes to DIR/dedup-<key>, the key made from the settings and the paths. A run that
is killed, interrupted or out of room leaves there what was finished, and the same command goes on from it; a run that
ends well removes it. What is finished says so in a small JSON file that is renamed into place last, with what it was
made from; anything else is made again. A lock keeps a second run of the same command out.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import orjson
from numpy.typing import NDArray

from dedup import limits
from dedup.errors import OutputError

Note = Callable[[str], None]
Arrays = Mapping[str, NDArray[Any]]


@contextmanager
def folder(work: str | None, key: str = "", note: Note = lambda message: None) -> Iterator[Path]:
    """A folder for one run below `work` (else the system's temporary folder).

    Removed afterwards; but with `work` and `key` it stays when the body is left by an exception and something in it is
    finished, and is given again to the next run with that key. Raises OutputError if it cannot be made or is in use.
    """
    if not (work and key):
        with _temporary(work) as made:
            yield made
        return
    held = Path(work) / f"dedup-{key}"
    with _making(work):
        Path(work).mkdir(parents=True, exist_ok=True)
        lock = _locked(held.with_suffix(".lock"))
    with lock:
        with _making(work):
            held.mkdir(exist_ok=True)
        _say_left(held, note)
        try:
            yield held
        except BaseException:
            if not any(held.rglob("*.json")):
                shutil.rmtree(held, ignore_errors=True)
            raise
        shutil.rmtree(held, ignore_errors=True)


def key_of(*told: str) -> str:
    """A short name for what a run, or a part of it, is made from.

    >>> key_of("a", "bc") == key_of("a", "bc"), key_of("a", "bc") == key_of("ab", "c")
    (True, False)
    """
    return hashlib.blake2b("\x1f".join(told).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


class _Source(Protocol):
    """What is asked of a source."""

    @property
    def size(self) -> int: ...
    @property
    def packing(self) -> str: ...


def room_of(sources: Iterable[_Source]) -> int:
    """Bytes of temporary files that these sources will need, as far as their sizes tell."""
    return int(sum(limits.SPOOL_RATIO * s.size * (limits.SPOOL_UNPACKED if s.packing else 1) for s in sources))


def check_room(where: Path, needed: int, note: Note) -> None:
    """Says beforehand how much room the run's files need, if it is much. Raises OutputError if there is not as much."""
    free = shutil.disk_usage(where).free
    told = f"temporary files need about {_size(needed)} in {where.parent.as_posix()}"
    if needed > free:
        raise OutputError(f"{told}, which has {_size(free)} free; name another folder with --work")
    if needed >= limits.SPOOL_SAID:
        note(f"{told}, which has {_size(free)} free")


def _size(n: int) -> str:
    return f"{n / 1e9:.1f} GB" if n >= 1e9 else f"{n / 1e6:.0f} MB"


# ---------------------------------------------------------------- what is finished


def store_json(path: Path, value: object) -> None:
    """Writes `value` to `path`, there whole or not at all, after everything else in its folder."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        file.write(orjson.dumps(value))
    os.replace(temporary, path)


def settle(where: Path) -> None:
    """Has the files of a folder written to the disk, so that no manifest outlives a power cut that they do not."""
    for path in where.iterdir():
        with path.open("r+b") as file:
            os.fsync(file.fileno())


def load_json(path: Path) -> dict[str, Any] | None:
    """What `store_json` wrote; None for anything else."""
    try:
        value = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    return value if isinstance(value, dict) else None


def store(where: Path, key: str, arrays: Arrays) -> None:
    """Keeps arrays of a stage in the folder `where`, beside what is there already."""
    with writing(where.parent):
        where.mkdir(exist_ok=True)
        for name, array in arrays.items():
            np.save(where / f"{name}.npy", array, allow_pickle=False)
        settle(where)
        sizes = {file.name: file.stat().st_size for file in where.iterdir() if file.suffix != ".json"}
        store_json(where / "done.json", {"key": key, "sizes": sizes})


def load(where: Path, key: str) -> dict[str, NDArray[Any]] | None:
    """The arrays that `store` kept under `key`; None if there are none, or not whole."""
    told = load_json(where / "done.json")
    if not told or told.get("key") != key or not whole(where, told.get("sizes", {})):
        return None
    return {path.stem: np.load(path, allow_pickle=False) for path in where.glob("*.npy")}


def whole(where: Path, sizes: Mapping[str, int]) -> bool:
    """Whether the files of a folder are there and as large as told."""
    try:
        return all((where / name).stat().st_size == size for name, size in sizes.items())
    except OSError:
        return False


# ---------------------------------------------------------------- folders


@contextmanager
def _temporary(work: str | None) -> Iterator[Path]:
    with _making(work):
        if work:
            Path(work).mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix="dedup-", dir=work or None))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def _making(work: str | None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = work or tempfile.gettempdir()
        raise OutputError(
            f"{where}: cannot make a folder for the texts ({error.strerror}); name another with --work"
        ) from error


@contextmanager
def writing(where: Path) -> Iterator[None]:
    """Turns a full disk, or one that is suddenly gone, into an OutputError that names the folder."""
    try:
        yield
    except OSError as error:
        problem = f"{where.as_posix()}: cannot hold the texts ({error.strerror})"
        raise OutputError(f"{problem}; free some room, or name another folder with --work") from error


def _say_left(held: Path, note: Note) -> None:
    """Says what is found: this run's own beginning, and what others left."""
    if next(held.glob("*/*.json"), None):
        note(f"going on from what an unfinished run left in {held.as_posix()}")
    others = [path.name for path in sorted(held.parent.glob("dedup-*")) if path.is_dir() and path != held]
    idle = [name for name in others if not (held.parent / f"{name}.lock").exists()]
    if idle:
        note(f"unfinished runs of other inputs or settings are kept in {held.parent.as_posix()}: {', '.join(idle)}")


# ---------------------------------------------------------------- lock


def _locked(path: Path) -> contextlib.AbstractContextManager[None]:
    """Takes the lock `path`, which ends with the process at the latest. Raises OutputError while another has it."""
    while True:
        file = path.open("a+b", buffering=0)
        if not _take(file):
            file.seek(0)
            owner = file.read(20).decode("ascii", "replace").strip()
            file.close()
            raise OutputError(
                f"{path.parent.as_posix()}: process {owner or '?'} is at the same run there; wait for it, or name "
                "another folder with --work"
            )
        if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
            break
        file.close()  # whoever had it has just finished and removed it
    with contextlib.suppress(OSError):  # a full disk: the lock holds all the same
        file.truncate(0)
        file.write(str(os.getpid()).encode())
    return _held(path, file)


@contextmanager
def _held(path: Path, file: FileIO) -> Iterator[None]:
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()  # first, so that no other run takes a lock that is about to go
        file.close()
        if os.name == "nt":  # where an open file cannot be removed
            path.unlink(missing_ok=True)


def _take(file: FileIO) -> bool:
    """Locks an open file unless another process has."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(1 << 20)  # beyond the process number, which others are to read
            getattr(msvcrt, "locking")(file.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009 (unknown elsewhere)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
