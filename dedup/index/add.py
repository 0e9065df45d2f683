"""Add: feeds -> an index. Reads, cleans and signs first; then one transaction writes what is new.

Worker processes make of each task a file of packed articles; the writer goes through these files in the order of the
input, leaves out what the index has, numbers the rest and writes it in batches. The same input so gives the same bytes,
however many processes, and however often it was cut off before: what a transaction did not finish was never there.

An article is known when one with the same identity (spool.digest: address, outlet, title, time, text), id and side
(feed or --originals) is in the index. A changed text is a new article under an old id, as in a run over both.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import numpy as np
import orjson

from dedup import limits, spool
from dedup.index import pack, postings
from dedup.index.postings import Hashes, Postings
from dedup.index.store import Change, Entry, Head, Place, Segment, Store
from dedup.machine import batches
from dedup.model import Added, Skipped
from dedup.pipeline import intake
from dedup.pipeline.pool import dealt
from dedup.spool.work import writing
from dedup.watch import Watch

_LENGTHS = struct.Struct("<4I")
_FLUSH = 1 << 24  # postings held in memory: 128 MB


@dataclass(frozen=True, slots=True)
class Part:
    """What one process made of one task."""

    file: str
    articles: int
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """One article on its way into the index."""

    key: bytes
    content: bytes
    names: tuple[str, str, str]  # id, outlet, published
    article: bytes
    text: bytes
    hashes: Hashes


def add(
    opened: Callable[[], Store],
    paths: Sequence[str],
    originals: str | None,
    mapping: Mapping[str, str],
    *,
    with_text: bool,
    now: str,
    workers: int,
    folder: Path,
    watch: Watch,
) -> Added:
    """Adds the articles in `paths`, and the dispatches in `originals`. now: ISO 8601, UTC; the time of this add.

    opened: gives the store, and is asked once everything is read.
    Raises what reading and the store raise; then nothing was added.
    """
    watch.stage("read")
    plan = intake.planned(paths, originals, mapping, folder, watch)
    spool.check_room(folder, spool.room_of(plan.sources), watch.note)
    tasks = [(task, with_text) for task in plan.tasks]
    parts, skipped, unused = [], list(plan.skipped), list(plan.unused)
    for task, part in zip(plan.tasks, dealt(_prepare, tasks, min(workers, len(tasks))), strict=True):
        parts.append((part, task.wire))
        watch.advance(part.articles)
        (unused if task.wire else skipped).extend(part.skipped)
    intake.say_unused(unused, watch)
    watch.stage("write", sum(part.articles for part, _ in parts))
    store = opened()
    with store.changing() as change:
        writer = _Writer(store, change, Place(os.getcwd().replace(os.sep, "/"), dict(mapping)), now, with_text)
        for part, wire in parts:
            for batch in batches(_packed_in(part), limits.INDEX_BATCH):
                writer.add(batch, wire)
                watch.advance(len(batch))
        change.put_skips((skip, now) for skip in sorted(skipped, key=lambda skip: (skip.where, skip.why)))
        articles = writer.finish()
    read = sum(part.articles for part, wire in parts if not wire)
    known = read - writer.added[False]
    return Added(read + len(skipped), writer.added[False], known, len(skipped), writer.added[True], articles)


# ---------------------------------------------------------------- in worker processes


def _prepare(task: tuple[intake.Task, bool]) -> Part:
    """One task: its articles, packed, in a file."""
    work, with_text = task
    skipped: list[Skipped] = []
    path, count = work.folder + ".packed", 0
    with writing(Path(path).parent), open(path, "wb") as file:
        for batch in intake.batches(work, skipped):
            for one in _packed(batch, with_text):
                _write(file, one)
                count += 1
    return Part(path, count, tuple(skipped))


def _packed(batch: intake.Batch, with_text: bool) -> Iterator[Packed]:
    signed = batch.signed
    for i, (article, digest, marks) in enumerate(zip(batch.articles, batch.digests, batch.marks, strict=True)):
        held = slice(signed.offsets[i], signed.offsets[i + 1])
        lines = slice(signed.line_offsets[i], signed.line_offsets[i + 1])
        id = _encodable(article.id or digest.hex())
        bare = replace(article, id=id, text="")
        one = pack.Signed(
            bare, tuple(marks), pack.text_digest(article.text), digest, bool(batch.roundup[i]), int(signed.tokens[i]),
            signed.signatures[i], signed.hashes[held], signed.quoted[held], signed.line_hashes[lines],
            signed.line_counts[lines],
        )  # fmt: skip
        text = pack.packed_text(article.text) if with_text else b""
        names = (id, _encodable(article.outlet), _encodable(article.published))
        yield Packed(
            identity(digest, id),
            content_of(signed.hashes[held]),
            names,
            pack.packed(one),
            text,
            postings.sampled(signed.hashes[held]),
        )


def identity(digest: bytes, id: str) -> bytes:
    """16 bytes that are equal for articles that are one to the index."""
    return hashlib.blake2b(digest + id.encode("utf-8", "replace"), digest_size=16).digest()


def content_of(hashes: Hashes) -> bytes:
    """16 bytes that are equal for equal stories: those of spool.Rows.contents."""
    return hashlib.blake2b(np.ascontiguousarray(hashes).data, digest_size=16).digest()


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _write(file: IO[bytes], one: Packed) -> None:
    names, hashes = orjson.dumps(one.names), one.hashes.astype("<u4").tobytes()
    lengths = _LENGTHS.pack(len(names), len(one.article), len(one.text), len(hashes))
    file.write(b"".join((one.key, one.content, lengths, names, one.article, one.text, hashes)))


def _packed_in(part: Part) -> Iterator[Packed]:
    """The articles of a part, in order."""
    with open(part.file, "rb") as file:
        for _ in range(part.articles):
            key, content = file.read(16), file.read(16)
            names, article, text, hashes = (file.read(n) for n in _LENGTHS.unpack(file.read(_LENGTHS.size)))
            id, outlet, published = orjson.loads(names)
            yield Packed(key, content, (id, outlet, published), article, text, np.frombuffer(hashes, "<u4"))
    os.unlink(part.file)


# ---------------------------------------------------------------- in the transaction


class _Writer:
    """Takes packed articles, in order, into a change."""

    def __init__(self, store: Store, change: Change, place: Place, now: str, with_text: bool) -> None:
        self._store, self._change, self._now, self._with_text = store, change, now, with_text
        head = store.head()
        self._places = (*head.places,) if place in head.places else (*head.places, place)
        self._place = self._places.index(place)
        self._head = head
        self._new = NewPostings(change)
        self._seen: set[bytes] = set()
        self.added = {False: 0, True: 0}  # by whether they are dispatches of --originals

    def add(self, batch: Sequence[Packed], wire: bool) -> None:
        """The next articles."""
        new = self._unknown([replace(one, key=_sided(one.key, wire)) for one in batch])
        first = self._change.reserve("articles", len(new))
        numbered = list(enumerate(new, first))
        entries = [Entry(n, one.key, one.content, *one.names, self._now, wire, self._place) for n, one in numbered]
        self._change.put_articles(entries, [pack.signature_of(one.article) for one in new])
        self._change.put("articles", [(n, one.article) for n, one in numbered])
        if self._with_text:
            self._change.put("texts", [(n, one.text) for n, one in numbered])
        self._new.add([(n, one.hashes) for n, one in numbered])
        self.added[wire] += len(new)

    def finish(self) -> int:
        """Writes what is left; how many articles there are now."""
        head = self._head
        articles = head.articles + sum(self.added.values())
        segments = self._new.finish()
        if segments:
            segments = merged(self._store, self._change, head, segments)
        places = self._places if sum(self.added.values()) else head.places
        self._change.set_head(replace(head, articles=articles, segments=segments or head.segments, places=places))
        return articles

    def _unknown(self, batch: Sequence[Packed]) -> list[Packed]:
        """Those that are not in the index, each once."""
        known = self._change.known([one.key for one in batch]) | self._seen
        new = {one.key: one for one in reversed(batch) if one.key not in known}  # of equal ones the first stays
        self._seen.update(new)
        return [one for one in batch if new.get(one.key) is one]


def _sided(key: bytes, wire: bool) -> bytes:
    """The key of a dispatch of --originals is another one: it may be in a feed too."""
    return bytes(b ^ 0xFF for b in key) if wire else key


class NewPostings:
    """Postings on their way into segments of a change."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self._held: list[tuple[int, Hashes]] = []
        self._size = 0
        self._made: list[Segment] = []

    def add(self, articles: Sequence[tuple[int, Hashes]]) -> None:
        """The sampled hashes of some articles."""
        self._held += articles
        self._size += sum(len(hashes) for _, hashes in articles)
        if self._size >= _FLUSH:
            self._flush()

    def finish(self) -> tuple[Segment, ...]:
        """The segments that were made."""
        if self._size:
            self._flush()
        return tuple(self._made)

    def _flush(self) -> None:
        self._made.append(segment_of(self._change, [postings.posted(self._held)]))
        self._held, self._size = [], 0


def segment_of(change: Change, blocks: Iterable[postings.Keys]) -> Segment:
    """Writes sorted postings as a new segment."""
    number = change.reserve("segments", 1)
    firsts: list[int] = []
    count, first_page = 0, -1
    for batch in batches(postings.cut(_counted(blocks, counted := [0])), limits.INDEX_MERGE_PAGES):
        at = change.reserve("pages", len(batch))
        first_page = at if first_page < 0 else first_page
        change.put("pages", [(at + i, data) for i, (_, data) in enumerate(batch)])
        firsts += [first for first, _ in batch]
    count = counted[0]
    change.put("directories", [(number, postings.directory(np.array(firsts, np.uint32)))])
    return Segment(number, max(0, first_page), len(firsts), count)


def _counted(blocks: Iterable[postings.Keys], total: list[int]) -> Iterator[postings.Keys]:
    for block in blocks:
        total[0] += len(block)
        yield block


def merged(store: Store, change: Change, head: Head, new: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments of the index with new ones, which swallow the small ones before them."""
    kept = list(head.segments)
    for segment in new:
        count = postings.swallowed(kept, segment.postings)
        if count:
            segment = rewritten(store, change, [*kept[-count:], segment], np.empty(0, np.int64))
            del kept[-count:]
        kept.append(segment)
    return tuple(kept)


def rewritten(store: Store, change: Change, segments: Sequence[Segment], dead: postings.Numbers) -> Segment:
    """Some segments as one, without the articles `dead` (sorted)."""
    reading = Postings(
        segments, lambda n: store.blobs("pages", n), lambda n: store.blobs("directories", n), store.where
    )
    made = segment_of(change, reading.merged(segments, dead))
    for segment in segments:
        change.drop("pages", range(segment.first_page, segment.first_page + segment.pages))
        change.drop("directories", [segment.number])
    return made
