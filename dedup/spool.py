"""Spool: articles and their packed shingles, written once to a folder and read back where needed.

Standard input, packed files and changing feeds cannot be read twice, and a million texts do not fit in memory. So one
pass writes each article as a record, and what sign made of it as columns of numbers; what stays in memory is a few
hundred bytes an article. A `Part` is what one process wrote for one batch of sources; `gather` lays parts end to end.

    texts    one JSON array per article with its furniture,     hashes, quoted             shingles in text order
             found by offset
    signatures  uint32[n, 128]                                  line_hashes, line_counts   story lines
"""

from __future__ import annotations

import hashlib
import itertools
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, get_args

import numpy as np
import orjson
from numpy.typing import NDArray

from dedup import limits
from dedup.errors import OutputError
from dedup.model import Article, FurnitureKind, Mark, Shingled, Skipped, TextOrder

_COLUMNS = {
    "signatures": np.uint32,
    "hashes": np.uint32,
    "quoted": np.bool_,
    "line_hashes": np.uint32,
    "line_counts": np.int32,
}
_KINDS: tuple[FurnitureKind, ...] = get_args(FurnitureKind)
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """What stays in memory of n articles, in the order they were read."""

    ids: list[str]  # the input's own, else a digest
    outlets: list[str]
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
    rows: Rows
    skipped: tuple[Skipped, ...]


@contextmanager
def folder(work: str | None) -> Iterator[Path]:
    """A folder for one run below `work` (else the system's temporary folder), removed afterwards whatever happens.

    Raises OutputError if it cannot be made.
    """
    try:
        if work:
            Path(work).mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix="dedup-", dir=work or None))
    except OSError as error:
        where = work or tempfile.gettempdir()
        raise OutputError(
            f"{where}: cannot make a folder for the texts ({error.strerror}); name another with --work"
        ) from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def _writing(where: Path) -> Iterator[None]:
    """Turns a full disk, or one that is suddenly gone, into an OutputError that names the folder."""
    try:
        yield
    except OSError as error:
        problem = f"{where.as_posix()}: cannot hold the texts ({error.strerror})"
        raise OutputError(f"{problem}; free some room, or name another folder with --work") from error


def digest(article: Article, canonical_url: str) -> bytes:
    """16 bytes that are equal for one and the same article of one outlet."""
    whole = "\x1f".join((canonical_url, article.outlet, article.title, article.published, article.text))
    return hashlib.blake2b(whole.encode("utf-8", "replace"), digest_size=16).digest()


class Writer:
    """Writes one part. `add` takes a batch; `part` closes the files and says what they hold."""

    def __init__(self, where: Path) -> None:
        self._folder = where
        self._files: dict[str, IO[bytes]] = {}
        self._stack = ExitStack()
        self._rows: list[Rows] = []
        with _writing(where.parent):
            where.mkdir()
            for name in ("texts", *_COLUMNS):
                self._files[name] = self._stack.enter_context((where / name).open("wb"))

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *exc: object) -> None:
        self._close()

    def _close(self) -> None:
        with _writing(self._folder.parent):  # what is still buffered is written now
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
        records = [_pack(article, held) for article, held in zip(articles, marks, strict=True)]
        with _writing(self._folder.parent):
            self._files["texts"].write(b"".join(records))
            for name in _COLUMNS:
                self._files[name].write(np.ascontiguousarray(getattr(signed, name)).data)
        self._rows.append(
            Rows(
                [a.id or d.hex() for a, d in zip(articles, digests, strict=True)],
                [a.outlet for a in articles],
                np.array(digests, "S16") if digests else np.empty(0, "S16"),
                _contents(signed),
                np.array(roundup, np.bool_),
                np.full(len(articles), wire),
                signed.tokens.astype(np.int64),
                np.diff(signed.offsets),
                np.diff(signed.line_offsets),
                np.array([len(record) for record in records], np.int64),
            )
        )

    def part(self, skipped: Sequence[Skipped]) -> Part:
        """Closes the part."""
        self._close()
        return Part(str(self._folder), _join(self._rows), tuple(skipped))


class Corpus:
    """All parts of a run, end to end. Articles are numbered in the order of the parts, from 0."""

    def __init__(self, where: Path, parts: Sequence[Part], skipped: Sequence[Skipped]) -> None:
        self.rows = _join([part.rows for part in parts])
        self.skipped = tuple(skipped)
        self._text_starts = np.concatenate(([0], np.cumsum(self.rows.bytes)))
        self._shingle_starts = np.concatenate(([0], np.cumsum(self.rows.shingles)))[:-1]
        self.line_starts = np.concatenate(([0], np.cumsum(self.rows.lines)))[:-1]
        with _writing(where):
            for name in ("texts", *_COLUMNS):
                _lay_end_to_end(where / name, [Path(part.folder) / name for part in parts])
        self._texts = _mapped(where / "texts", np.uint8).data
        self.signatures = _mapped(where / "signatures", np.uint32).reshape(-1, limits.NUM_PERM)
        self._hashes = _mapped(where / "hashes", np.uint32)
        self._quoted = _mapped(where / "quoted", np.bool_)
        self.line_hashes = _mapped(where / "line_hashes", np.uint32)
        self.line_counts = _mapped(where / "line_counts", np.int32)

    def __len__(self) -> int:
        return len(self.rows.ids)

    def text_order(self, rows: Numbers) -> TextOrder:
        """The shingles of the articles in `rows`, as they stand in their texts."""
        return TextOrder(self._hashes, self._quoted, self._shingle_starts[rows], self.rows.shingles[rows])

    def article(self, row: int, id: str) -> Article:
        """An article as it was read, under the id it has in this run."""
        return self._read(row, id)[0]

    def marked(self, row: int, id: str) -> tuple[Article, tuple[Mark, ...]]:
        """The same, and its furniture as clean found it."""
        article, flat = self._read(row, id)
        return article, _unpack(flat)

    def record_digest(self, row: int) -> bytes:
        """16 bytes that are equal for two articles that were read the same in everything but the id."""
        return hashlib.blake2b(self._record(row), digest_size=16).digest()

    def _read(self, row: int, id: str) -> tuple[Article, list[int]]:
        record = orjson.loads(self._record(row))
        text, outlet, title, published, url, author, language, path, flags, *rest, flat = record
        return Article(id, text, outlet, title, published, url, author, language, path, tuple(flags), *rest), flat

    def _record(self, row: int) -> memoryview:
        return self._texts[self._text_starts[row] : self._text_starts[row + 1]]


def _pack(article: Article, marks: Sequence[Mark]) -> bytes:
    """The fields of an article in the order of the model, without the id; then start, end and kind of each mark."""
    a = article
    flat = [n for mark in marks for n in (mark.start, mark.end, _KINDS.index(mark.kind))]
    texts = (a.text, a.outlet, a.title, a.published, a.url, a.author, a.language, a.path)
    return orjson.dumps((*texts, a.flags, a.version, a.status, a.embargo, flat))


def _unpack(flat: Sequence[int]) -> tuple[Mark, ...]:
    return tuple(Mark(start, end, _KINDS[k]) for start, end, k in zip(flat[::3], flat[1::3], flat[2::3], strict=True))


def _contents(signed: Shingled) -> NDArray[np.bytes_]:
    """A digest of each article's shingles."""
    data, cuts = np.ascontiguousarray(signed.hashes).data, signed.offsets.tolist()
    made = [hashlib.blake2b(data[i:j], digest_size=16).digest() for i, j in itertools.pairwise(cuts)]
    return np.array(made, "S16") if made else np.empty(0, "S16")


def _join(rows: Sequence[Rows]) -> Rows:
    def column(name: str, kind: str | type) -> NDArray[Any]:
        return np.concatenate([np.empty(0, kind), *(getattr(row, name) for row in rows)])

    return Rows(
        [i for row in rows for i in row.ids],
        [o for row in rows for o in row.outlets],
        column("digests", "S16"), column("contents", "S16"), column("roundup", np.bool_), column("wire", np.bool_),
        column("tokens", np.int64), column("shingles", np.int64), column("lines", np.int64), column("bytes", np.int64),
    )  # fmt: skip


def _lay_end_to_end(target: Path, pieces: Sequence[Path]) -> None:
    if len(pieces) == 1:
        pieces[0].replace(target)
        return
    with target.open("wb") as whole:
        for piece in pieces:
            with piece.open("rb") as file:
                shutil.copyfileobj(file, whole, 1 << 22)
            piece.unlink()


def _mapped(path: Path, kind: type) -> NDArray[Any]:
    """The file as an array. Small ones are read, so that no map keeps them open."""
    if path.stat().st_size <= limits.SPOOL_IN_MEMORY:
        return np.fromfile(path, kind)
    return np.memmap(path, kind, "r")
