"""Store: what an index needs of whatever keeps it. The commands know this protocol and no more.

A store holds small facts (`Head`, `Entry`, skips, clusters) and numbered blobs of four kinds, which never change once
they are seen: `articles` and `texts` by article number, `pages` by page number, `directories` by segment number. A
`Change` makes all that one command writes visible at once, or nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from dedup.model import Skipped

Kind = Literal["articles", "texts", "pages", "directories"]
Counter = Literal["articles", "pages", "segments"]
Blob = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Segment:
    """One sorted run of postings, cut into pages."""

    number: int  # of its directory
    first_page: int
    pages: int
    postings: int


@dataclass(frozen=True, slots=True)
class Place:
    """From where the paths of some articles are meant, and how their files name things."""

    folder: str
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """What is true of the whole index."""

    parameters: Mapping[str, str]  # every parameter its contents depend on: dedup/index/header.py
    articles: int = 0
    segments: tuple[Segment, ...] = ()  # oldest, and largest, first
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One article, without what its blob holds."""

    number: int  # counts articles, from 0, never used twice; below 2**32
    key: bytes  # 16 bytes: its identity
    content: bytes  # 16 bytes, equal for equal stories: spool.Rows.contents
    id: str
    outlet: str
    published: str
    added: str  # ISO 8601, UTC
    wire: bool  # a dispatch of --originals
    place: int  # in Head.places


class Change(Protocol):
    """One writer's change, seen whole or not at all. Everything read through it is as its change has left it."""

    def reserve(self, counter: Counter, count: int) -> int:
        """`count` numbers that nobody else gets: the first of them."""

    def known(self, keys: Sequence[bytes]) -> set[bytes]:
        """Those of `keys` that an article has."""

    def put(self, kind: Kind, blobs: Iterable[Blob]) -> None:
        """Writes blobs under new numbers."""

    def drop(self, kind: Kind, numbers: Sequence[int]) -> None:
        """Removes blobs."""

    def put_articles(self, entries: Sequence[Entry], signatures: Sequence[bytes]) -> None:
        """New articles, ascending, each with its MinHash signature (128 little-endian uint32)."""

    def drop_articles(self, entries: Sequence[Entry]) -> None:
        """Removes articles with their blobs."""

    def put_skips(self, skips: Iterable[tuple[Skipped, str]]) -> None:
        """Inputs that were not used, each with the time of the add; one that is there already keeps its time."""

    def drop_skips(self, before: str) -> None:
        """Removes skips of adds before that time."""

    def put_clusters(self, clusters: Iterable[tuple[int, str]]) -> None:
        """Article number and cluster id of every article in a cluster, in the place of all there were."""

    def set_head(self, head: Head) -> None:
        """The head as it will be."""


class Store(Protocol):
    """An index at rest. Methods raise InputError for one that is damaged or cannot be reached."""

    where: str  # for messages, without passwords

    def head(self) -> Head:
        """The head as last written."""

    def entries(self) -> Iterator[Entry]:
        """All articles, by number."""

    def chosen(self, numbers: Sequence[int]) -> list[Entry]:
        """The articles with those numbers that are there, by number."""

    def numbered(self, id: str) -> list[int]:
        """Numbers of the articles with that id."""

    def told_alike(self, contents: Sequence[bytes]) -> list[Entry]:
        """The articles with one of those stories, by number."""

    def keyed(self, keys: Sequence[bytes]) -> dict[bytes, int]:
        """The number of each of the keys that an article has."""

    def blobs(self, kind: Kind, numbers: Sequence[int]) -> Iterator[Blob]:
        """Those of the blobs that are there, in ascending order. `numbers` ascend."""

    def alike(self, signature: bytes) -> list[bytes]:
        """Keys of articles that meet the signature in an LSH band, where the store keeps bands; else none."""

    def skips(self) -> list[Skipped]:
        """Inputs that were not used."""

    def clusters(self, numbers: Sequence[int]) -> dict[int, str]:
        """The cluster of each of those articles that was in one when the index was last clustered."""

    def clustered(self) -> int:
        """How many articles were in one."""

    def sizes(self) -> list[tuple[str, int]]:
        """Bytes by part, as far as the store can tell."""

    def changing(self) -> AbstractContextManager[Change]:
        """The only writer for a while; what it wrote is seen when the context ends without an error."""

    def tidy(self) -> None:
        """Gives freed space back, where there is room to do so."""

    def close(self) -> None:
        """Lets go of files and connections."""
