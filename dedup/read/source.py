"""Source: one file, or one byte range of a large JSONL file -> its bytes and lines, unpacked and capped.

A `Source` is a frozen value that worker processes can be handed. Only this module opens input files.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from typing import IO, TYPE_CHECKING

from dedup import limits

if TYPE_CHECKING:
    from typing_extensions import Buffer

STDIN = "-"
PACKINGS = {".gz": "gz", ".zst": "zst"}
_BUFFER = 1 << 20
_GZ = 31  # zlib's way of saying: gzip's header and checksum
_HEAD = 256  # bytes of a file's head read at a time: what is lost where it is cut off


class Unreadable(Exception):
    """The rest of a source cannot be read; the message is the reason. Never leaves `dedup.read`."""


class Corrupt(Unreadable):
    """Packed data of which one member is corrupt; others may follow."""

    def __init__(self, why: str, start: int, given: bool) -> None:
        super().__init__(why)
        self.start = start  # where in the packed file that member starts
        self.given = given  # whether anything in it has been handed out


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or one byte range of one. Cheap to pickle."""

    path: str  # as the user named it (or found below what was named); "-" for standard input
    kind: str  # suffix that chose the reader: ".jsonl", ".csv" ...
    packing: str = ""  # "gz", "zst" or "" for none
    start: int = 0  # first byte of the range, at the start of a line
    end: int = -1  # byte after the range, at the end of a line; -1: to the end of the file

    @property
    def name(self) -> str:
        """The path for show: forward slashes, and no bytes that are not text.

        >>> Source("pile/a.txt", ".txt").name
        'pile/a.txt'
        """
        return shown(self.path)

    @property
    def size(self) -> int:
        """Bytes to be read, as far as that is known without reading: 0 for standard input."""
        if self.end >= 0:
            return self.end - self.start
        try:
            return 0 if self.path == STDIN else max(0, os.path.getsize(self.path) - self.start)
        except OSError:
            return 0

    @property
    def folder(self) -> str:
        """Name of the folder the file is in; "" for standard input.

        >>> Source("pile/evening-gazette/a.txt", ".txt").folder
        'evening-gazette'
        """
        return "" if self.path == STDIN else shown(os.path.basename(os.path.dirname(os.path.abspath(self.path))))


def shown(path: str) -> str:
    """A path fit for output: forward slashes, undecodable bytes of a file name replaced."""
    if os.sep != "/":
        path = path.replace(os.sep, "/")
    return os.fsencode(path).decode("utf-8", "replace")


@contextmanager
def opened(source: Source) -> Iterator[IO[bytes]]:
    """The bytes of `source` from its first byte on, unpacked.

    Raises Unreadable with a reason, in the body too, for files that fail, are cut off, corrupt or a bomb.
    """
    try:
        if source.path == STDIN:
            yield sys.stdin.buffer
            return
        with open(source.path, "rb", buffering=_BUFFER) as file:
            file.seek(source.start)
            yield _unpacked(file, source.packing) if source.packing else file
    except EOFError as error:
        raise Unreadable("packed data is cut off") from error
    except OSError as error:  # gzip.BadGzipFile is one
        raise Unreadable(f"cannot be read: {error.strerror or error}") from error


def whole(source: Source, cap: int) -> bytes:
    """All bytes of `source`. Raises Unreadable beyond `cap` bytes, and as `opened` does."""
    blocks, size = [], 0
    with opened(source) as file:
        while size <= cap and (block := file.read(_BUFFER)):  # read(cap) would take the memory for it beforehand
            blocks.append(block)
            size += len(block)
    if size > cap:
        raise Unreadable(f"larger than {cap:,} bytes")
    return b"".join(blocks)


def head(source: Source, size: int) -> bytes:
    """The first `size` bytes; of a file that turns out to be cut off or corrupt, what there is before that.

    Raises Unreadable, as `opened` does, when there is nothing.
    """
    blocks, left = [], size
    with opened(source) as file:
        try:
            while left > 0 and (block := file.read(min(left, _HEAD))):
                blocks.append(block)
                left -= len(block)
        except (EOFError, OSError, Unreadable):
            if not blocks:
                raise
    return b"".join(blocks)


def lines(source: Source, file: IO[bytes]) -> Iterator[bytes | None]:
    """The lines of an opened source, line ends kept; None stands for one longer than limits.MAX_LINE."""
    left = sys.maxsize if source.end < 0 else source.end - source.start
    readline, cap = file.readline, limits.MAX_LINE
    while left > 0:
        line = readline(cap)
        if not line:
            return
        left -= len(line)
        if len(line) == cap and not line.endswith(b"\n"):
            left -= _drain(file)
            yield None
        else:
            yield line


def lines_before(source: Source) -> int:
    """How many lines stand before the range. Cost: one pass over that part of the file; asked for only by a skip."""
    if not source.start:
        return 0
    count, left = 0, source.start
    with open(source.path, "rb", buffering=0) as file:
        while left > 0 and (block := file.read(min(left, _BUFFER))):
            count += block.count(b"\n")
            left -= len(block)
    return count


def _drain(file: IO[bytes]) -> int:
    """Read on to the end of the line; how many bytes that took."""
    taken = 0
    while block := file.readline(_BUFFER):
        taken += len(block)
        if block.endswith(b"\n"):
            break
    return taken


def _unpacked(file: IO[bytes], packing: str) -> IO[bytes]:
    blocks = _gz_blocks(file) if packing == "gz" else _zst_blocks(file)
    return BufferedReader(_Capped(blocks, file), _BUFFER)


def _gz_blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Member after member, fed in small pieces: the library's own stream does not say where a corrupt one starts."""
    import zlib

    member, start, piece, given = zlib.decompressobj(_GZ), file.tell(), b"", False
    while piece := piece or file.read(limits.GZ_PIECE):
        if member.eof:
            start = file.tell() - len(piece)
            piece = piece.lstrip(b"\0")  # padding
            if not piece:
                continue
            member, given = zlib.decompressobj(_GZ), False
        try:
            block = member.decompress(piece)
        except zlib.error as error:
            raise Corrupt(f"packed data is corrupt: {error}", start, given) from error
        piece = member.unused_data
        if block:
            given = True
            yield block
    if not member.eof and file.tell() > start:
        raise EOFError


def _zst_blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Frames fed in small pieces: the library's own stream reader ends silently when a frame is cut off."""
    import zstandard

    frames = zstandard.ZstdDecompressor(max_window_size=limits.ZSTD_WINDOW)
    frame, piece = frames.decompressobj(), b""
    try:
        while piece := piece or file.read(limits.ZSTD_PIECE):
            if frame.eof:
                frame = frames.decompressobj()
            block = frame.decompress(piece)
            piece = frame.unused_data if frame.eof else b""
            if block:
                yield block
    except zstandard.ZstdError as error:
        raise Unreadable(f"packed data is corrupt: {error}") from error
    if not frame.eof:
        raise EOFError


class _Capped(RawIOBase):
    """Unpacked blocks as a stream that stops a bomb: by what comes out in all, and by how much more than went in."""

    def __init__(self, blocks: Iterator[bytes], packed: IO[bytes]) -> None:
        self._blocks = blocks
        self._packed = packed
        self._rest = memoryview(b"")
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, into: Buffer, /) -> int:
        if not self._rest:
            self._rest = memoryview(next(self._blocks, b""))
            self._given += len(self._rest)
            self._judge()
        view = memoryview(into)
        size = min(len(view), len(self._rest))
        view[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    def _judge(self) -> None:
        if self._given > limits.MAX_UNPACKED:
            raise Unreadable(f"unpacks to more than {limits.MAX_UNPACKED:,} bytes")
        if self._given > limits.RATIO_FROM and self._given > limits.MAX_RATIO * self._packed.tell():
            raise Unreadable(f"unpacks to more than {limits.MAX_RATIO} times its size: a decompression bomb?")
