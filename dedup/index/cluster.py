"""Cluster: an index -> the corpus of a run, and its clusters. Nothing is signed again.

The articles go back into a spool as intake once gave them, so that every stage after it runs as it does on fresh files,
and the answer is that of `dedup cluster` over the same articles, whatever adds they came in. The stages that look at
words (short texts from one template, rewrites, originals, siblings) want texts: from the index if it keeps them, else
read again where they were (texts.py).
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from dedup import limits, spool
from dedup.errors import InputError
from dedup.index import header, pack
from dedup.index.pack import damaged
from dedup.index.store import Entry, Store
from dedup.index.texts import Kept, Missing, Reread
from dedup.machine import batches
from dedup.model import Clusters
from dedup.pipeline import Options, answer_of, run_corpus
from dedup.pipeline.run import Run
from dedup.watch import Watch


class _Texts(Protocol):
    def of(self, numbers: Sequence[int], digests: Sequence[bytes]) -> list[str | None]: ...


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A corpus out of an index."""

    corpus: spool.Corpus
    numbers: Sequence[int]  # by row: the article's number in the index
    missing: Missing


def cluster(store: Store, options: Options, folder: Path, watch: Watch) -> tuple[Clusters, Run, Rebuilt]:
    """The clusters of all articles, and the run they came from. Files go to `folder`."""
    watch.stage("index")
    rebuilt = rebuild(store, folder, watch)
    if rebuilt.missing.told:
        watch.note(rebuilt.missing.told)
    run = run_corpus(rebuilt.corpus, options, watch)
    return answer_of(run, options, watch), run, rebuilt


def remember(store: Store, clusters: Clusters, ids: Sequence[str], rebuilt: Rebuilt) -> None:
    """Keeps which cluster every article is in, for later queries."""
    home = {member.id: cluster.id for cluster in clusters.clusters for member in cluster.members}
    found = ((number, home[id]) for number, id in zip(rebuilt.numbers, ids, strict=True) if id in home)
    with store.changing() as change:
        change.put_clusters(sorted(found))
        change.set_head(store.head())


def rebuild(store: Store, folder: Path, watch: Watch) -> Rebuilt:
    """The spool of all articles. Entries and blobs pass by in batches; 8 bytes an article stay."""
    head = store.head()
    numbers = array("q")
    with ExitStack() as stack:
        texts: _Texts
        if header.has_texts(head.parameters):
            texts = Kept(store)
        else:
            texts = stack.enter_context(closing(_reread(store, folder)))
        parts, missing = [], Missing()
        # Dispatches of --originals are read after all articles in a fresh run; nothing depends on it but the rows.
        for wire in (False, True):
            with spool.Writer(folder / f"part-{int(wire):06}") as writer:
                for batch in _read(store, head.articles, wire):
                    missing = _write(writer, batch, texts, missing, wire)
                    numbers.extend(entry.number for entry, _ in batch)
                    watch.advance(len(batch))
                parts.append(writer.part(()))
    if len(numbers) != head.articles:
        if store.head() != head:
            raise InputError(f"{store.where}: another process dropped articles while they were read; try again")
        raise damaged(store.where, f"{len(numbers)} articles where its head says {head.articles}")
    skipped = sorted(store.skips(), key=lambda skip: (skip.where, skip.why))
    return Rebuilt(spool.Corpus(folder, parts, skipped), numbers, missing)


def _read(store: Store, articles: int, *wire: bool) -> Iterator[list[tuple[Entry, pack.Signed]]]:
    """The packed articles, or dispatches, in batches. Of all no more than `articles`: what others add comes behind."""
    entries = (entry for entry in itertools.islice(store.entries(), articles) if entry.wire in wire)
    for some in batches(entries, limits.BATCH_ARTICLES):
        held = dict(store.blobs("articles", [entry.number for entry in some]))
        if len(held) != len(some):
            raise damaged(store.where, "articles are missing")
        yield [(entry, pack.unpacked(held[entry.number], store.where)) for entry in some]


def _write(
    writer: spool.Writer, batch: Sequence[tuple[Entry, pack.Signed]], texts: _Texts, missing: Missing, wire: bool
) -> Missing:
    """One batch into the spool; the count of missing texts goes on."""
    found = texts.of([entry.number for entry, _ in batch], [one.text_digest for _, one in batch])
    articles = [replace(one.article, text=text or "") for (_, one), text in zip(batch, found, strict=True)]
    # Furniture of a text that is not there has no place.
    marks = [() if text is None else one.marks for (_, one), text in zip(batch, found, strict=True)]
    signed = pack.shingled([one for _, one in batch])
    digests, roundup = [one.digest for _, one in batch], [one.roundup for _, one in batch]
    writer.add(articles, digests, signed, roundup, marks, wire=wire)
    lost = [one.article.path for (_, one), text in zip(batch, found, strict=True) if text is None]
    return Missing(missing.articles + len(lost), missing.first or next(iter(lost), ""))


def _reread(store: Store, folder: Path) -> Reread:
    wanted: dict[tuple[int, str], set[bytes]] = {}
    head = store.head()
    for entry, one in itertools.chain.from_iterable(_read(store, head.articles, False, True)):
        wanted.setdefault((entry.place, one.article.path), set()).add(one.text_digest)
    return Reread(wanted, head.places, folder / "reread")
