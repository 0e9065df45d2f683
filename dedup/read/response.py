"""Response: the bytes of an HTTP response as a crawler stored it -> its headers and the page in it, unpacked.

Crawlers differ in what they store: the page as it was sent (chunked, packed), or as it was unpacked with the headers
left as they were. So a page that plainly is not packed is taken as it is, whatever the headers say.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import IO, Any

from dedup import limits
from dedup.read.source import Unreadable


class NoPage(Exception):
    """A record that is no page by its kind, named for counting."""


class BadRecord(Exception):
    """A record that should hold a page and cannot be used; the message is the reason."""


class Headers:
    """The header lines of a stream, bounded."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._given = 0

    def readline(self) -> bytes:
        """The next line. Raises Unreadable beyond limits.WARC_HEADERS bytes of them."""
        line = self._file.readline(limits.WARC_HEADERS)
        self._given += len(line)
        if self._given >= limits.WARC_HEADERS:
            raise Unreadable(f"headers of more than {limits.WARC_HEADERS:,} bytes")
        return line


def split(body: bytes) -> tuple[Any, bytes]:
    """The headers of an HTTP response, and what follows them."""
    from warcio.statusandheaders import StatusAndHeadersParser

    stream = io.BytesIO(body)
    try:
        headers = StatusAndHeadersParser(["HTTP/"], verify=False).parse(Headers(stream))
    except Unreadable as error:
        raise BadRecord(str(error)) from error
    return headers, body[stream.tell() :]


def check_found(headers: Any) -> None:
    """Raises NoPage for errors and redirects."""
    status = str(headers.get_statuscode())[:3]
    if status.startswith("3"):
        raise NoPage(f"redirects (HTTP {status})")
    if status.isdecimal() and not status.startswith("2"):
        raise NoPage(f"error pages (HTTP {status})")


def unpacked(body: bytes, headers: Any) -> bytes:
    """A body without its transfer and content encodings. Raises BadRecord."""
    if "chunked" in str(headers.get_header("Transfer-Encoding") or "").lower():
        body = _dechunked(body)
    for encoding in reversed(str(headers.get_header("Content-Encoding") or "").lower().split(",")):
        body = _without(body, encoding.strip())
    return body


def _dechunked(body: bytes) -> bytes:
    """Crawlers often store a body whole and leave the header as it was."""
    from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

    if re.match(rb"[0-9A-Fa-f]{1,8}[ \t]{0,8}(?:;[^\r\n]{0,200})?\r\n", body) is None:
        return body
    try:
        return bytes(ChunkedDataReader(io.BytesIO(body), raise_exceptions=True).read())
    except (ChunkedDataException, ValueError) as error:
        raise BadRecord("cut off: its last chunk is not whole") from error


def _without(body: bytes, encoding: str) -> bytes:
    if encoding in ("", "identity", "none", "utf-8"):
        return body
    if body.lstrip()[:1] == b"<":  # stored unpacked, the header left as it was
        return body
    try:
        found, whole = _unpack(body, encoding)
    except BadRecord:
        raise
    except Exception as error:  # each library has errors of its own
        raise BadRecord(f"its {encoding[:20]} packing is corrupt") from error
    if len(found) > limits.MAX_PAGE:
        raise BadRecord(f"unpacks to more than {limits.MAX_PAGE:,} bytes")
    if not whole:
        raise BadRecord(f"cut off inside its {encoding[:20]} packing")
    return found


def _unpack(body: bytes, encoding: str) -> tuple[bytes, bool]:
    """At most limits.MAX_PAGE + 1 bytes of what is packed in a body, and whether it ended as it should."""
    cap = limits.MAX_PAGE + 1
    if encoding in ("gzip", "x-gzip"):
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return unpacker.decompress(body, cap), unpacker.eof
    if encoding == "deflate":
        return _inflated(body, cap)
    if encoding == "zstd":
        import zstandard

        frame = zstandard.ZstdDecompressor(max_window_size=limits.ZSTD_WINDOW).stream_reader(body)
        return frame.read(cap), True
    if encoding == "br":
        return _unbrotlied(body, cap)
    raise BadRecord(f"packed with {encoding[:20]}, which is not known")


def _inflated(body: bytes, cap: int) -> tuple[bytes, bool]:
    """With or without zlib's header: servers differ in what they call deflate."""
    unpacker = zlib.decompressobj()
    try:
        return unpacker.decompress(body, cap), unpacker.eof
    except zlib.error:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        return unpacker.decompress(body, cap), unpacker.eof


def _unbrotlied(body: bytes, cap: int) -> tuple[bytes, bool]:
    try:
        import brotli
    except ImportError:
        raise BadRecord("packed with br, which needs the extra [warc]") from None
    unpacker, found = brotli.Decompressor(), bytearray()
    found += unpacker.process(body, output_buffer_limit=cap)
    while not unpacker.is_finished() and not unpacker.can_accept_more_data() and len(found) < cap:
        found += unpacker.process(b"", output_buffer_limit=cap - len(found))
    return bytes(found), unpacker.is_finished()
