"""WARC: the pages a crawler stored, by warcio -> an article a page.

A record says how long it is and often carries digests of what it holds. The libraries hand out what is there, so each
body is held against both here: what is short or altered is a skip, and reading goes on at the next record. Where a
record claims more than it has, its body runs into the next one, which is found by its first line; behind one whose
packing is corrupt the next packed one is looked for.

What becomes a skip. Each record that holds, or should hold, a page and gives no article is one. Everything else is no
page by its kind: requests and metadata that belong to a page, pictures, redirects, pages not found. A crawl has a
multiple of those, so each kind is one skip with its count; `read` then counts pages, and one for each kind.

WARC-Date is the time of the crawl and no date of publication: the page must say that itself.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO, Any

from dedup import limits
from dedup.model import Article, Skipped
from dedup.read import page, response
from dedup.read.decode import decode, is_binary
from dedup.read.fields import Mapper, or_skip
from dedup.read.response import BadRecord, NoPage
from dedup.read.source import Corrupt, Source, Unreadable, opened

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_STARTS = re.compile(rb"(?:^|\n)(WARC/[01]\.\d{1,2}\r?\n)")
_CHARSET = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_ALTERED = "altered: it does not match its digest"
_GAP = 4  # bytes between two records: two line ends
_BLOCK = 1 << 20
_MEMBER = b"\x1f\x8b\x08"  # how a gzip member starts
_DIGESTS = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}


def read(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    """The pages of a WARC file. A page has no field names, so `mapping` has no part in it. Needs the extra [warc]."""
    others: Counter[str] = Counter()
    start, tries = source.start, 0
    while start >= 0 and tries < limits.WARC_RESYNCS:
        try:
            yield from _pages(replace(source, start=start), others)
            break
        except Corrupt as error:
            start, tries = _next_member(source, error.start), tries + 1
            yield Skipped(source.name, f"{error}: what comes next in it is not read")
        except Unreadable as error:
            yield Skipped(source.name, f"{error}: what follows is not read")
            break
    for kind, count in sorted((+others).items(), key=lambda item: (-item[1], item[0])):
        yield Skipped(source.name, f"{count:,} {kind}")


def _pages(source: Source, others: Counter[str]) -> Iterator[Article | Skipped]:
    """The pages from where the source starts. What is no page is counted in `others`."""
    mapper = Mapper(source.name, source.folder)
    with opened(source) as file:
        stream = _Stream(file)
        for record in _records(stream):
            where = f"{source.name} ({record.url})" if record.url else f"{source.name}, record {record.number}"
            try:
                yield or_skip(_article(record, mapper), where)
            except NoPage as no_page:
                others[str(no_page)] += 1
            except BadRecord as reason:
                yield Skipped(where, str(reason))
        others["bytes that belong to no record"] += stream.strays


def _next_member(source: Source, start: int) -> int:
    """Where a packed member may start behind `start`; -1 for nowhere. Each record is packed by itself."""
    with open(source.path, "rb") as file:
        file.seek(start + 1)
        before = b""
        while block := file.read(_BLOCK):
            found = (before + block).find(_MEMBER)
            if found >= 0:
                return file.tell() - len(block) - len(before) + found
            before = block[-len(_MEMBER) :]
    return -1


# ---------------------------------------------------------------- records


class _Record:
    """One record as stored: its headers, and its body as far as that is there."""

    def __init__(self, number: int, headers: Any, body: bytes, size: int, sound: bool) -> None:
        self.number = number  # from 1
        self.body = body  # at most limits.MAX_RECORD bytes of it
        self.size = size  # as declared; -1: not
        self.sound = sound  # what follows is another record, or the end
        self.altered = False  # its packing does not match its checksum
        self._headers = headers

    def header(self, name: str) -> str:
        """A header of the record, "" for none."""
        return str(self._headers.get_header(name) or "").strip()

    @property
    def url(self) -> str:
        """Where the page was fetched. Wget puts it between angle brackets."""
        return " ".join(self.header("WARC-Target-URI").strip("<>").split())[: limits.MAX_META]


class _Stream:
    """The lines and bytes of an unpacked file, which can be put back; lines of headers are bounded."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._back = io.BytesIO()
        self._headers = 0  # bytes of header lines since the record started
        self._put_back = 0  # times
        self.strays = 0  # bytes passed over between records
        self._failed: Exception | None = None  # what ended the file before its end

    def start(self) -> bytes:
        """The first line of the next record, over whatever stands before it; b"" at the end."""
        self._headers = 0
        if self._failed is not None:
            raise self._failed
        while line := self._line():
            if line.startswith(b"WARC/"):
                return line
            self.strays += len(line.strip(b"\r\n"))
        return b""

    def readline(self) -> bytes:
        """A header line. Raises Unreadable beyond limits.WARC_HEADERS bytes of them."""
        line = self._line()
        self._headers += len(line)
        if self._headers >= limits.WARC_HEADERS:
            raise Unreadable(f"a record with headers of more than {limits.WARC_HEADERS:,} bytes")
        return line

    def body(self, size: int) -> bytes:
        """The next `size` bytes, or what there is of them; of a larger body its start, the rest is passed over."""
        kept = self._read(min(size, limits.MAX_RECORD))
        left = size - len(kept) if len(kept) == limits.MAX_RECORD else 0
        while left > 0 and (block := self._read(min(left, _BLOCK))):
            left -= len(block)
        return kept

    def put_back(self, data: bytes) -> None:
        """`data` is read again. Raises Unreadable when that was needed too often: it costs a copy each time."""
        self._put_back += 1
        if self._put_back > limits.WARC_RESYNCS:
            raise Unreadable(f"more than {limits.WARC_RESYNCS:,} records whose length is wrong")
        self._back = io.BytesIO(data + self._back.read())

    def _read(self, size: int) -> bytes:
        """Unlike the file's own, gives what it has when the file turns out to be cut off."""
        blocks = [self._back.read(size)]
        left = size - len(blocks[0])
        try:
            while left > 0 and (block := self._file.read(min(left, _BLOCK))):
                blocks.append(block)
                left -= len(block)
        except EOFError:
            if not any(blocks):
                raise
        except (OSError, Unreadable) as error:
            self._failed = error
        return b"".join(blocks)

    def _line(self) -> bytes:
        line = self._back.readline(limits.WARC_HEADERS)
        return line if line.endswith(b"\n") else line + self._file.readline(limits.WARC_HEADERS)


def _records(stream: _Stream) -> Iterator[_Record]:
    """Every record of a file that has a readable first line and headers."""
    from warcio.statusandheaders import StatusAndHeadersParser

    parser, number, line = StatusAndHeadersParser(["WARC/"], verify=False), 0, stream.start()
    while line:
        number += 1
        headers = parser.parse(stream, line)
        size = headers.get_header("Content-Length") or ""
        declared = int(size) if size.isascii() and size.isdecimal() and len(size) < 16 else -1
        record = _Record(number, headers, *_body(stream, declared))
        try:  # the checksum of a packed record stands behind it
            line = stream.start()
        except (EOFError, OSError, Unreadable) as error:
            record.altered = isinstance(error, Corrupt) and error.given
            yield record
            raise
        yield record


def _body(stream: _Stream, size: int) -> tuple[bytes, int, bool]:
    """The body of a record, its declared size, and whether the file goes on behind it as it should.

    A body that claims more than it has ends where the next record starts.
    """
    body = stream.body(max(size, 0))
    if size > limits.MAX_RECORD:
        return body, size, True
    rest = stream.body(_GAP) if len(body) == size else b""
    sound = len(body) == size and b"WARC".startswith(rest.lstrip(b"\r\n")[:4])
    found = None if sound else _STARTS.search(body)
    if found is not None:
        rest, body = body[found.start(1) :] + rest, body[: found.start(1)]
    if rest.strip(b"\r\n"):
        stream.put_back(rest)
    return body, size, sound


# ---------------------------------------------------------------- pages


def _article(record: _Record, mapper: Mapper) -> Article | str:
    """The article of a record. Raises NoPage and BadRecord."""
    if len(record.body) < min(record.size, limits.MAX_RECORD):
        raise BadRecord(f"cut off: {len(record.body):,} of {record.size:,} bytes")
    kind = record.header("WARC-Type").lower()[:40]
    if kind not in ("response", "resource"):
        raise NoPage(f"{kind or 'unnamed'} records, which hold no page of their own")
    body, headers = record.body, None
    if body.startswith(b"HTTP/"):
        headers, body = response.split(body)
        response.check_found(headers)
    media = ((headers.get_header("Content-Type") if headers else "") or record.header("Content-Type")).strip().lower()
    mime = media.partition(";")[0].strip()
    if mime and mime not in _PAGES and not (headers is None and mime.startswith("application/http")):
        raise NoPage(f"responses that are no pages: {mime[:60]}")
    _check_whole(record)
    stored = body
    if headers is not None:
        body = response.unpacked(body, headers)
    _check_payload(record, (stored, body))
    if is_binary(body[: limits.SNIFF]):
        raise BadRecord("binary: holds NUL bytes")
    flags = (f"cut off by the crawler: {cut[:40]}",) if (cut := record.header("WARC-Truncated")) else ()
    text, more = _text(body, media)
    return page.article(text, len(body), mapper, flags + more, record.url)


def _text(body: bytes, media: str) -> tuple[str, tuple[str, ...]]:
    """The text of a page: the header's charset counts before the page's own, as in a browser."""
    charset = _CHARSET.search(media)
    return decode(body, declares=True, charset=charset[1] if charset else "")


def _check_whole(record: _Record) -> None:
    """Raises BadRecord for a body that is not as long, or not the one, that was stored."""
    if record.size < 0:
        raise BadRecord("a record without its length")
    if record.size > limits.MAX_RECORD:
        raise BadRecord(f"a record larger than {limits.MAX_RECORD:,} bytes")
    digest = record.header("WARC-Block-Digest")
    if record.altered or not _matches(digest, record.body):
        raise BadRecord(_ALTERED)
    if not record.sound and not digest:
        raise BadRecord(f"its length of {record.size:,} bytes is wrong")


def _check_payload(record: _Record, forms: tuple[bytes, ...]) -> None:
    """Raises BadRecord for a page that is not the one its digest was made of.

    Crawlers differ in whether that is the page as sent or as unpacked, so that either will do; a digest of the whole
    record says more, and a page the crawler cut off may have that of the whole one.
    """
    digest = record.header("WARC-Payload-Digest")
    settled = record.header("WARC-Block-Digest") or record.header("WARC-Truncated")
    if not settled and not any(_matches(digest, form) for form in forms):
        raise BadRecord(_ALTERED)


def _matches(digest: str, body: bytes) -> bool:
    """Whether a body has a digest such as "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"; True for what cannot be told."""
    name, _, given = digest.partition(":")
    name, given = name.strip().lower().replace("-", ""), given.strip()
    size = _DIGESTS.get(name)
    if size is None or not given.isascii():
        return True
    made = hashlib.new(name, body, usedforsecurity=False).digest()
    if len(given) == 2 * size:
        return given.lower() == made.hex()
    return given.upper().rstrip("=") == base64.b32encode(made).decode("ascii").rstrip("=")
