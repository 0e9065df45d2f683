"""Texts: where an index keeps no texts, they are read again where they were, and known by their digests.

Every file that articles came from is read once more, the way it was read then (from the folder and with the field names
of that `add`). A text is taken only if its digest is the one that was signed; what has changed, moved or gone since is
missing, and whoever asks is told how much and where first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from dedup import read
from dedup.errors import DedupError
from dedup.index import header, pack
from dedup.index.store import Place, Store
from dedup.model import Article, Skipped
from dedup.spool.work import writing

Wanted = Mapping[tuple[int, str], set[bytes]]  # (place, path) -> digests of the texts that came from there


@dataclass(frozen=True, slots=True)
class Missing:
    """Texts that were not found again."""

    articles: int = 0
    first: str = ""  # the path of one of them

    @property
    def told(self) -> str:
        """One sentence, "" when none is missing."""
        if not self.articles:
            return ""
        return (
            f"the texts of {self.articles:,} articles are not to be read where they were (one is {self.first!r}): they "
            "are grouped by what the index holds, but their agencies, versions, rewrites and siblings are told without "
            "their texts (index add --with-text keeps texts)"
        )


class Kept:
    """Texts out of the index itself."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, numbers: Sequence[int], digests: Sequence[bytes]) -> list[str | None]:
        """The texts of some articles, numbers ascending; None where there is none."""
        held = {n: pack.unpacked_text(data, self._store.where) for n, data in self._store.blobs("texts", numbers)}
        found = [held.get(n) for n in numbers]
        return [
            text if text is not None and pack.text_digest(text) == digest else None
            for text, digest in zip(found, digests, strict=True)
        ]


class Reread:
    """Texts read again, in one file that lasts as long as this does."""

    def __init__(self, wanted: Wanted, places: Sequence[Place], file: Path) -> None:
        self._spans: dict[bytes, tuple[int, int]] = {}
        with writing(file.parent), file.open("wb") as out:
            at = 0
            for (place, path), digests in sorted(wanted.items()):
                where = places[place] if 0 <= place < len(places) else Place("")
                for digest, text in _found(where, path, digests):
                    if digest not in self._spans:
                        raw = text.encode("utf-8")
                        out.write(raw)
                        self._spans[digest] = (at, len(raw))
                        at += len(raw)
        self._file = file.open("rb")

    def of(self, numbers: Sequence[int], digests: Sequence[bytes]) -> list[str | None]:
        """The texts with those digests; None where there is none."""
        return [self._text(*self._spans[digest]) if digest in self._spans else None for digest in digests]

    def _text(self, start: int, size: int) -> str:
        self._file.seek(start)
        return self._file.read(size).decode("utf-8")

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


def text_of(store: Store, number: int, one: pack.Signed, folder: Path) -> str | None:
    """The text of one article, from the index or from where it was; None if it is in neither."""
    head = store.head()
    if header.has_texts(head.parameters):
        return Kept(store).of([number], [one.text_digest])[0]
    entry = next(iter(store.chosen([number])), None)
    if entry is None:
        return None
    again = Reread({(entry.place, one.article.path): {one.text_digest}}, head.places, folder / "reread")
    with closing(again):
        return again.of([number], [one.text_digest])[0]


def _found(place: Place, path: str, digests: set[bytes]) -> Iterator[tuple[bytes, str]]:
    """The wanted texts of one file. One that cannot be read has none."""
    left = set(digests)
    file = os.path.join(place.folder, path)
    if path == "-" or not os.path.isfile(file):  # an index from elsewhere may name a folder: the whole disk
        return
    try:
        for source in read.sources([file]):
            if isinstance(source, Skipped):
                continue
            for item in read.read(source, place.mapping):
                if isinstance(item, Article) and (digest := pack.text_digest(item.text)) in left:
                    left.remove(digest)
                    yield digest, item.text
                    if not left:
                        return
    except DedupError:
        return
