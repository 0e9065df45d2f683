"""What the tests of the index share: a small pile of articles in several files, and how to look at an index."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dedup import index, pipeline
from dedup.index import pack
from dedup.index.postings import Postings
from dedup.model import Clusters
from tests.pipeline.helpers import jsonl, sentences

Record = dict[str, object]


def pile() -> list[Record]:
    """Copies, excerpts, mixed articles, equal ids, articles without id, a brief; over three days."""
    lines = [sentences(seed, 14) for seed in range(6)]
    texts = ["\n\n".join(lines[i % 6][: 14 - i % 4] + (lines[(i + 1) % 6][:6] if i % 3 else [])) for i in range(36)]
    found: list[Record] = [
        {
            "id": f"a{i % 30}", "outlet": f"Outlet {i % 7}", "text": text, "title": f"Story {i}",
            "published": f"2025-03-{1 + i % 3:02}T{i % 24:02}:00:00Z", "url": f"https://outlet-{i % 7}.example/{i}",
        }
        for i, text in enumerate(texts)
    ]  # fmt: skip
    found += [{"outlet": f"Örtliche Zeitung {i}", "text": text} for i, text in enumerate(texts[:4])]
    found += [{"id": "brief", "text": "Too short to tell.", "outlet": "Outlet 1"}, {"id": "empty", "text": ""}]
    return found


def feeds(folder: Path, parts: int = 3) -> list[str]:
    """The pile in so many files."""
    records = pile()
    return [str(jsonl(folder / f"day-{i}.jsonl", records[i::parts])) for i in range(parts)]


def add(where: str, *paths: str, **options: object) -> index.adding.Added:
    """Adds some files."""
    with_text = bool(options.pop("with_text", False))
    with index.open_index(where, make=True, with_text=with_text) as held:
        return held.add(list(paths), **options)  # type: ignore[arg-type]


def clustered(where: str) -> Clusters:
    """The clusters of an index, without settings."""
    with index.open_index(where, write=True) as held:
        return replace(held.cluster(), settings="")


def fresh(paths: Sequence[str], originals: str | None = None) -> Clusters:
    """The clusters of files, without settings."""
    return replace(pipeline.cluster(list(paths), pipeline.Options(originals=originals)), settings="")


def dump(where: str) -> list[object]:
    """Everything an index holds but the times of its adds, in an order that does not depend on numbers of blobs."""
    with index.open_index(where) as held:
        store = held.store
        head = store.head()
        entries = list(store.entries())
        numbers = [entry.number for entry in entries]
        blobs = [list(store.blobs(kind, numbers)) for kind in ("articles", "texts")]
        reading = Postings(
            head.segments, lambda n: store.blobs("pages", n), lambda n: store.blobs("directories", n), where
        )
        postings = [block.tolist() for block in reading.merged(head.segments, pack.np.empty(0, "i8"))]
        keys = [key for block in postings for key in block]
        skips = sorted((skip.where, skip.why) for skip in store.skips())
        return [dict(head.parameters), head.articles, [replace(e, added="") for e in entries], blobs, keys, skips]


def shuffled(items: Sequence[str], seed: int) -> list[str]:
    """The items in another order."""
    found = list(items)
    random.Random(seed).shuffle(found)
    return found
