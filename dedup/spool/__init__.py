"""Spool: articles and their packed shingles, written once to a folder and read back where needed.

Standard input, packed files and changing feeds cannot be read twice, and a million texts do not fit in memory. So one
pass writes each article as a record, and what sign made of it as columns of numbers; what stays in memory is about a
hundred bytes an article. A `Part` is what one process wrote for one batch of sources; parts stay where they are, and a
`Corpus` reads them end to end, with plain reads: pages of a mapped file would count as memory of the process.

    texts    one JSON array per article with its furniture     keys                       shingles in text order
    ids      the ids, one after the other                      line_hashes, line_counts   story lines
    rows     a record of numbers per article (_ROW)            signatures                 uint32[n, 128]
    part.json  written last: what the part was made from, and the sizes of its files; without it a part is not finished

Files: this one, work.py (the folder of a run, and what is kept of a run that was cut off), strings.py.
"""

from __future__ import annotations

import hashlib
import itertools
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import IO, Any, get_args

import numpy as np
import orjson
from numpy.typing import NDArray

from dedup import limits
from dedup.machine import forget
from dedup.model import Article, FurnitureKind, Mark, Shingled, Skipped, TextOrder
from dedup.spool.strings import Names, Strings
from dedup.spool.work import (
    check_room,
    folder,
    key_of,
    load,
    load_json,
    room_of,
    settle,
    store,
    store_json,
    whole,
    writing,
)

__all__ = [
    "Corpus",
    "Part",
    "Records",
    "Rows",
    "Writer",
    "check_room",
    "digest",
    "folder",
    "kept",
    "key_of",
    "load",
    "room_of",
    "store",
    "writing",
]

FORMAT = 1  # of the files of a part
_ROW = np.dtype(
    [
        ("digests", "S16"), ("contents", "S16"), ("roundup", "?"), ("wire", "?"), ("outlets", "u4"), ("ids", "u4"),
        ("tokens", "u4"), ("shingles", "u4"), ("lines", "u4"), ("bytes", "u4"),
    ]
)  # fmt: skip
_COLUMNS = {"keys": np.uint32, "line_hashes": np.uint32, "line_counts": np.int32, "signatures": np.uint32}
_FILES = ("texts", "ids", "rows", *_COLUMNS)
_QUOTED = np.uint32(1)
_HASH = np.uint32(0xFFFFFFFE)
_KINDS: tuple[FurnitureKind, ...] = get_args(FurnitureKind)
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """What stays in memory of n articles, in the order they were read."""

    ids: Strings  # the input's own, else a digest
    outlets: Names
    digests: NDArray[np.bytes_]  # S16 of url, outlet, title, time and text: identity
    contents: NDArray[np.bytes_]  # S16 of the story's shingles: equal for exact copies
    roundup: NDArray[np.bool_]
    wire: NDArray[np.bool_]  # a dispatch from --originals
    tokens: Numbers
    shingles: Numbers  # how many
    lines: Numbers
    bytes: Numbers  # length of the record in `texts`


@dataclass(frozen=True, slots=True)
class Part:
    """What one process wrote for one batch of sources."""

    folder: str
    articles: int
    outlets: tuple[str, ...]  # what the numbers in `rows` stand for
    skipped: tuple[Skipped, ...]
    key: str = ""  # what it was made from; "" where nobody can tell whether that is still so


def digest(article: Article, canonical_url: str) -> bytes:
    """16 bytes that are equal for one and the same article of one outlet.

    A declared version stands first, so that the versions of an item, which share its id, are in the order of their
    numbers.
    """
    head = "\x1f".join((canonical_url, article.outlet, article.title, article.published, ""))
    hashed = hashlib.blake2b(head.encode("utf-8", "replace"), digest_size=16)
    hashed.update(article.text.encode("utf-8", "replace"))
    found = hashed.digest()
    if not (article.version.isascii() and article.version.isdecimal()):
        return found
    return min(int(article.version[:18]), 2**32 - 1).to_bytes(4, "big") + found[4:]


# ---------------------------------------------------------------- writing


class Writer:
    """Writes one part. `add` takes a batch; `part` closes the files and says what they hold."""

    def __init__(self, where: Path, key: str = "") -> None:
        """key: what the part is made from, for `kept`; what an earlier run left at `where` goes."""
        self._folder, self._key = where, key
        self._files: dict[str, IO[bytes]] = {}
        self._stack = ExitStack()
        self._outlets: dict[str, int] = {}
        self._articles = 0
        with writing(where.parent):
            shutil.rmtree(where, ignore_errors=True)
            where.mkdir()
            for name in _FILES:
                self._files[name] = self._stack.enter_context((where / name).open("wb"))

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *exc: object) -> None:
        self._close()

    def _close(self) -> None:
        with writing(self._folder.parent):  # what is still buffered is written now
            self._stack.close()

    def add(
        self,
        articles: Sequence[Article],
        digests: Sequence[bytes],
        signed: Shingled,
        roundup: Sequence[bool],
        marks: Sequence[Sequence[Mark]],
        *,
        wire: bool,
    ) -> None:
        """One batch: the articles, what sign made of them, and their furniture, row for row."""
        records = [pack(article, held) for article, held in zip(articles, marks, strict=True)]
        ids = Strings.of(a.id or d.hex() for a, d in zip(articles, digests, strict=True))
        rows = np.zeros(len(articles), _ROW)
        rows["digests"], rows["contents"], rows["wire"] = digests, contents(signed), wire
        rows["roundup"], rows["ids"] = roundup, ids.lengths
        rows["outlets"] = [self._outlets.setdefault(a.outlet, len(self._outlets)) for a in articles]
        rows["tokens"], rows["bytes"] = signed.tokens, [len(record) for record in records]
        rows["shingles"], rows["lines"] = np.diff(signed.offsets), np.diff(signed.line_offsets)
        columns: dict[str, bytes | NDArray[Any]] = {
            "texts": b"".join(records), "ids": ids.data, "rows": rows,
            "keys": ((signed.hashes & _HASH) | signed.quoted), "line_hashes": signed.line_hashes,
            "line_counts": signed.line_counts, "signatures": signed.signatures,
        }  # fmt: skip
        with writing(self._folder.parent):
            for name, column in columns.items():
                self._files[name].write(np.ascontiguousarray(column).data if isinstance(column, np.ndarray) else column)
        self._articles += len(articles)

    def part(self, skipped: Sequence[Skipped]) -> Part:
        """Closes the part."""
        self._close()
        found = Part(str(self._folder), self._articles, tuple(self._outlets), tuple(skipped), self._key)
        with writing(self._folder.parent):
            if self._key:
                settle(self._folder)
            store_json(self._folder / "part.json", self._manifest(found))
        return found

    def _manifest(self, part: Part) -> dict[str, object]:
        return {
            "format": FORMAT, "key": self._key, "articles": part.articles, "outlets": part.outlets,
            "skipped": [(skip.where, skip.why, skip.empty) for skip in part.skipped],
            "sizes": {name: (self._folder / name).stat().st_size for name in _FILES},
        }  # fmt: skip


def kept(where: Path, key: str) -> Part | None:
    """The part at `where`, if it is finished, whole and made from what `key` says."""
    told = load_json(where / "part.json")
    if not key or not told or (told.get("format"), told.get("key")) != (FORMAT, key):
        return None
    if not whole(where, told["sizes"]):
        return None
    skipped = tuple(Skipped(*skip) for skip in told["skipped"])
    return Part(str(where), told["articles"], tuple(told["outlets"]), skipped, key)


def pack(article: Article, marks: Sequence[Mark]) -> bytes:
    """The fields of an article in the order of the model, without the id; then start, end and kind of each mark."""
    a = article
    flat = [n for mark in marks for n in (mark.start, mark.end, _KINDS.index(mark.kind))]
    texts = (a.text, a.outlet, a.title, a.published, a.url, a.author, a.language, a.path)
    return orjson.dumps((*texts, a.flags, a.version, a.status, a.embargo, flat))


def unpack(packed: bytes, id: str) -> tuple[Article, tuple[Mark, ...]]:
    """What `pack` packed: the article, under an id, and its furniture."""
    record = orjson.loads(packed)
    text, outlet, title, published, url, author, language, path, flags, *rest, flat = record
    outlet, path = intern(outlet), intern(path)  # few are different, and many are held
    article = Article(id, text, outlet, title, published, url, author, language, path, tuple(flags), *rest)
    return article, _marks(flat)


def _marks(flat: Sequence[int]) -> tuple[Mark, ...]:
    return tuple(Mark(start, end, _KINDS[k]) for start, end, k in zip(flat[::3], flat[1::3], flat[2::3], strict=True))


def record_digest(record: bytes) -> bytes:
    """16 bytes that are equal for two articles that were read the same in everything but the id."""
    return hashlib.blake2b(record, digest_size=16).digest()


def contents(signed: Shingled) -> list[bytes]:
    """A digest of each article's shingles."""
    data, cuts = np.ascontiguousarray(signed.hashes).data, signed.offsets.tolist()
    return [hashlib.blake2b(data[i:j], digest_size=16).digest() for i, j in itertools.pairwise(cuts)]


# ---------------------------------------------------------------- reading


class _Column:
    """One file of each of several parts: read as a whole, or mapped when first asked for.

    Reading a kilobyte here and there takes two to three microseconds by calls, one from a map; but what was touched of
    a map counts as memory of the process until `forget`.
    """

    def __init__(self, folders: Sequence[str], name: str) -> None:
        self._paths = [Path(folder) / name for folder in folders]
        self._kind = _COLUMNS.get(name, np.uint8)
        self._maps: dict[int, NDArray[Any]] = {}

    def whole(self, part: int) -> NDArray[Any]:
        """The file of `part`, read."""
        return np.fromfile(self._paths[part], self._kind)

    def mapped(self, part: int) -> NDArray[Any]:
        """The file of `part`, to be read where it is touched."""
        if part not in self._maps:
            path = self._paths[part]
            empty = path.stat().st_size == 0
            self._maps[part] = np.empty(0, self._kind) if empty else np.asarray(np.memmap(path, self._kind, "r"))
        return self._maps[part]

    def forget(self) -> None:
        """Lets go of what was touched."""
        for array in list(self._maps.values()):
            forget(array)

    def close(self) -> None:
        """Closes the maps, as far as nobody holds a piece of them."""
        self._maps.clear()


class Records:
    """The articles in the parts of some folders, by where their records stand. Can be made in any process."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._texts = _Column(folders, "texts")
        self._touched = 0

    def raw(self, part: int, start: int, size: int) -> bytes:
        """The bytes of a record."""
        self._touched += 1
        if self._touched % limits.SPOOL_TOUCHED == 0:
            self._texts.forget()
        record: bytes = self._texts.mapped(part)[start : start + size].tobytes()
        return record

    def marked(self, part: int, start: int, size: int, id: str) -> tuple[Article, tuple[Mark, ...]]:
        """The article of a record, under the id it has in this run, and its furniture as clean found it."""
        return unpack(self.raw(part, start, size), id)

    def close(self) -> None:
        """Closes what is open."""
        self._texts.close()


class Corpus:
    """All parts of a run, end to end. Articles are numbered in the order of the parts, from 0."""

    def __init__(self, where: Path, parts: Sequence[Part], skipped: Sequence[Skipped]) -> None:
        self.folder = where
        self.folders = [part.folder for part in parts]
        self.skipped = tuple(skipped)
        keys = [part.key for part in parts]
        self.key = key_of(*keys) if all(keys) else ""  # what all of it was made from
        self.rows = _rows(parts)
        self._first = np.cumsum([0, *(part.articles for part in parts)])  # row of each part's first article
        self.records = Records(self.folders)
        self._columns = {name: _Column(self.folders, name) for name in _COLUMNS}
        self._texts = _places(self.rows.bytes, self._first)
        self._shingles = _places(self.rows.shingles, self._first)

    def __len__(self) -> int:
        return len(self.rows.ids)

    def close(self) -> None:
        """Closes what is open."""
        self.records.close()
        for column in self._columns.values():
            column.close()

    def text_order(self, rows: Numbers) -> TextOrder:
        """The shingles of the articles in `rows`, as they stand in their texts, copied out."""
        lengths, parts, starts = self.rows.shingles[rows], self._parts(rows), self._shingles[rows]
        spans = zip(parts.tolist(), starts.tolist(), (starts + lengths).tolist(), strict=True)
        mapped = self._columns["keys"].mapped
        keys = np.concatenate([np.empty(0, np.uint32), *(mapped(part)[start:end] for part, start, end in spans)])
        return TextOrder(keys, (keys & _QUOTED).astype(np.bool_), np.cumsum(lengths) - lengths, lengths)

    def forget(self) -> None:
        """Lets go of the memory that reading has taken."""
        for column in self._columns.values():
            column.forget()

    def places(self, rows: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Where the records of `rows` stand, for `Records`: part, start and size of each."""
        return self._parts(rows), self._texts[rows], self.rows.bytes[rows]

    def article(self, row: int, id: str) -> Article:
        """An article as it was read, under the id it has in this run."""
        return self.marked(row, id)[0]

    def marked(self, row: int, id: str) -> tuple[Article, tuple[Mark, ...]]:
        """The same, and its furniture as clean found it."""
        return self.records.marked(*self._place(row), id)

    def record_digest(self, row: int) -> bytes:
        """16 bytes that are equal for two articles that were read the same in everything but the id."""
        return record_digest(self.records.raw(*self._place(row)))

    def signature_blocks(self) -> Iterator[NDArray[np.uint32]]:
        """(m, 128) signatures, part by part, in the order of the rows."""
        return map(self.signature_block, range(len(self.folders)))

    def signature_block(self, part: int) -> NDArray[np.uint32]:
        """The signatures of one part."""
        return self._columns["signatures"].whole(part).reshape(-1, limits.NUM_PERM)

    @property
    def part_starts(self) -> list[int]:
        """The row of each part's first article, and the end."""
        first: list[int] = self._first.tolist()
        return first

    @property
    def signatures(self) -> NDArray[np.uint32]:
        """(n, 128) all of them: for small corpora."""
        return np.concatenate([np.empty((0, limits.NUM_PERM), np.uint32), *self.signature_blocks()])

    @property
    def line_hashes(self) -> NDArray[np.uint32]:
        """A hash per story line, read anew."""
        return self._column("line_hashes")

    @property
    def line_counts(self) -> NDArray[np.int32]:
        """How many shingles start in each story line, read anew."""
        return self._column("line_counts")

    @property
    def line_starts(self) -> Numbers:
        """Where the lines of each article begin in the two."""
        return np.cumsum(self.rows.lines) - self.rows.lines

    def _column(self, name: str) -> NDArray[Any]:
        kind = _COLUMNS[name]
        held = [self._columns[name].whole(part) for part in range(len(self.folders))]
        return np.concatenate([np.empty(0, kind), *held])

    def _parts(self, rows: Numbers) -> Numbers:
        found: Numbers = np.searchsorted(self._first, rows, side="right") - 1
        return found

    def _place(self, row: int) -> tuple[int, int, int]:
        part = int(np.searchsorted(self._first, row, side="right")) - 1
        return part, int(self._texts[row]), int(self.rows.bytes[row])


def _places(sizes: Numbers, first: Numbers) -> Numbers:
    """Where each article's own begins in the file of its part."""
    starts = np.cumsum(sizes) - sizes
    held = np.diff(first)
    return starts - np.repeat(starts[np.minimum(first[:-1], max(0, len(starts) - 1))], held) if len(starts) else starts


def _rows(parts: Sequence[Part]) -> Rows:
    """The rows of all parts."""
    held = np.concatenate([np.empty(0, _ROW), *(np.fromfile(Path(part.folder) / "rows", _ROW) for part in parts)])
    cuts = itertools.pairwise(itertools.accumulate((part.articles for part in parts), initial=0))
    outlets = [Names(held["outlets"][i:j], part.outlets) for (i, j), part in zip(cuts, parts, strict=True)]
    data = b"".join((Path(part.folder) / "ids").read_bytes() for part in parts)
    numbers = (held[name].astype(np.int64) for name in ("tokens", "shingles", "lines", "bytes"))
    flags = (np.ascontiguousarray(held[name]) for name in ("digests", "contents", "roundup", "wire"))
    return Rows(Strings(data, held["ids"]), Names.joined(outlets), *flags, *numbers)
