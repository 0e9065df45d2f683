"""Pack: an article with what sign made of it <-> bytes, and texts <-> bytes.

    article   4 counts, then the columns as they are (shingle hashes are as good as random and do not pack), then one
              JSON array of its fields without the text, its furniture as start, end, kind
    text      its length, then zstd

Every length is known before anything is unpacked, so that damaged or hostile bytes are an error and never a bomb.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
import orjson
import zstandard
from numpy.typing import NDArray

from dedup import limits
from dedup.errors import InputError
from dedup.model import Article, FurnitureKind, Mark, Shingled

_COUNTS = struct.Struct("<4I")  # shingles, lines, story tokens, bytes of JSON
_LENGTH = struct.Struct("<I")
_KINDS: tuple[FurnitureKind, ...] = get_args(FurnitureKind)
_LITTLE = np.dtype("<u4")
_SIGNATURE = 4 * limits.NUM_PERM
_TEXT_BYTES = 16  # of the digest that tells whether a text is the one that was signed


@dataclass(frozen=True, slots=True)
class Signed:
    """One article as the index keeps it: all but its text."""

    article: Article  # text ""
    marks: tuple[Mark, ...]
    text_digest: bytes
    digest: bytes  # spool.digest
    roundup: bool
    tokens: int
    signature: NDArray[np.uint32]  # (128,)
    hashes: NDArray[np.uint32]  # shingles in text order
    quoted: NDArray[np.bool_]
    line_hashes: NDArray[np.uint32]
    line_counts: NDArray[np.int32]


def text_digest(text: str) -> bytes:
    """16 bytes that are equal for equal texts."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_TEXT_BYTES).digest()


def packed(held: Signed) -> bytes:
    """One article as bytes."""
    a = held.article
    flat = [n for mark in held.marks for n in (mark.start, mark.end, _KINDS.index(mark.kind))]
    names = (a.id, a.outlet, a.title, a.published, a.url, a.author, a.language, a.path)
    more = (a.version, a.status, a.embargo, held.digest.hex(), held.text_digest.hex(), held.roundup)
    record = orjson.dumps((*names, a.flags, *more, flat))
    columns = (held.signature, held.hashes, held.line_hashes, held.line_counts)
    counts = _COUNTS.pack(len(held.hashes), len(held.line_hashes), held.tokens, len(record))
    data = b"".join(np.ascontiguousarray(column).astype("<i4" if column.dtype.kind == "i" else "<u4").tobytes()
                    for column in columns)  # fmt: skip
    return counts + data + np.packbits(held.quoted).tobytes() + record


def signature_of(data: bytes) -> bytes:
    """The signature in a packed article: 128 little-endian uint32."""
    return data[_COUNTS.size : _COUNTS.size + _SIGNATURE]


def unpacked(data: bytes, where: str) -> Signed:
    """The article again. Raises InputError for bytes that are none."""
    try:
        shingles, lines, tokens, length = _COUNTS.unpack_from(data)
        ends = np.cumsum([_COUNTS.size, _SIGNATURE, 4 * shingles, 4 * lines, 4 * lines, (shingles + 7) // 8, length])
        if int(ends[-1]) != len(data):
            raise ValueError("lengths do not add up")
        parts = [data[i:j] for i, j in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)]
        return _signed(parts, shingles, tokens)
    except (ValueError, TypeError, IndexError, AttributeError, struct.error) as error:
        raise damaged(where, str(error)) from error


def _signed(parts: Sequence[bytes], shingles: int, tokens: int) -> Signed:
    signature, hashes, line_hashes, line_counts, bits, record = parts
    id, outlet, title, published, url, author, language, path, flags, *rest = orjson.loads(record)
    version, status, embargo, digest, text, roundup, flat = rest
    names = (id, outlet, title, published, url, author, language, path, version, status, embargo)
    if not all(isinstance(name, str) for name in (*names, *flags)):
        raise ValueError("a field is no text")
    if not all(type(n) is int and n >= 0 for n in flat):
        raise ValueError("furniture without a place")
    article = Article(id, "", outlet, title, published, url, author, language, path, tuple(flags))
    article = replace(article, version=version, status=status, embargo=embargo)
    marks = tuple(Mark(i, j, _KINDS[k]) for i, j, k in zip(flat[::3], flat[1::3], flat[2::3], strict=True))
    return Signed(
        article, marks, bytes.fromhex(text), bytes.fromhex(digest), bool(roundup), tokens,
        np.frombuffer(signature, _LITTLE).astype(np.uint32), np.frombuffer(hashes, _LITTLE).astype(np.uint32),
        np.unpackbits(np.frombuffer(bits, np.uint8), count=shingles).astype(np.bool_),
        np.frombuffer(line_hashes, _LITTLE).astype(np.uint32), _line_counts(line_counts, shingles, tokens),
    )  # fmt: skip


def _line_counts(data: bytes, shingles: int, tokens: int) -> NDArray[np.int32]:
    """How many shingles start in each line. Compiled code goes by these numbers unasked, so they must add up."""
    counts = np.frombuffer(data, "<i4").astype(np.int32)
    if shingles != max(0, tokens - limits.SHINGLE_TOKENS + 1) or int(counts.sum(dtype=np.int64)) != shingles:
        raise ValueError("words, lines and shingles do not add up")
    if counts.min(initial=0) < 0:
        raise ValueError("a line with less than no shingles")
    return counts


def shingled(held: Sequence[Signed]) -> Shingled:
    """A batch as sign gave it."""

    def offsets(lengths: Iterable[int]) -> NDArray[np.int64]:
        return np.cumsum([0, *lengths], dtype=np.int64)

    return Shingled(
        np.array([one.signature for one in held], np.uint32).reshape(-1, limits.NUM_PERM),
        np.concatenate([np.empty(0, np.uint32), *(one.hashes for one in held)]),
        offsets(len(one.hashes) for one in held),
        np.concatenate([np.empty(0, np.bool_), *(one.quoted for one in held)]),
        np.concatenate([np.empty(0, np.uint32), *(one.line_hashes for one in held)]),
        np.concatenate([np.empty(0, np.int32), *(one.line_counts for one in held)]),
        offsets(len(one.line_hashes) for one in held),
        np.array([one.tokens for one in held], np.int32),
    )


def packed_text(text: str) -> bytes:
    """A text as bytes."""
    return deflated(text.encode("utf-8"))


def unpacked_text(data: bytes, where: str) -> str:
    """The text again. Raises InputError for bytes that are none."""
    return inflated(data, 4 * limits.MAX_TEXT, where).decode("utf-8", "replace")


def deflated(raw: bytes) -> bytes:
    """Length and zstd."""
    return _LENGTH.pack(len(raw)) + zstandard.ZstdCompressor(level=1).compress(raw)


def inflated(data: bytes, most: int, where: str) -> bytes:
    """What `deflated` was given. Raises InputError for damage, and for more than `most` bytes."""
    try:
        (length,) = _LENGTH.unpack_from(data)
        if length > most:
            raise ValueError(f"claims {length:,} bytes")
        # A frame that names its own size is unpacked into that much, whatever is asked for: it must be the same.
        if zstandard.frame_content_size(data[_LENGTH.size :]) != length:
            raise ValueError("lengths differ")
        raw = zstandard.ZstdDecompressor(max_window_size=limits.ZSTD_WINDOW).decompress(data[_LENGTH.size :])
    except (ValueError, struct.error, zstandard.ZstdError) as error:
        raise damaged(where, str(error)) from error
    return raw


def damaged(where: str, what: str) -> InputError:
    """The error for bytes no index holds."""
    return InputError(f"{where}: damaged index ({what}); restore it from a copy, or make a new one")
