"""Intake: paths -> a spooled corpus. Reads, cleans and signs, batch by batch, in one or more processes.

Sources are dealt out in tasks; each task writes its own part of the spool, and parts are laid end to end in the order
of the tasks, so the number of processes changes nothing but the time.
"""

from __future__ import annotations

import itertools
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dedup import clean, forms, limits, read, sign, spool
from dedup.model import Article, Skipped
from dedup.read import Source
from dedup.watch import Watch


@dataclass(frozen=True, slots=True)
class Task:
    """Some sources for one process, and where it writes."""

    sources: tuple[Source, ...]
    folder: str
    mapping: Mapping[str, str]
    wire: bool  # dispatches from --originals
    compiled: bool


def take_in(
    paths: Sequence[str], originals: str | None, mapping: Mapping[str, str], folder: Path, workers: int, watch: Watch
) -> spool.Corpus:
    """Everything in `paths` and `originals`, spooled in `folder`. The skips of `originals` are said, not counted."""
    found = list(read.sources(paths))
    wires = list(read.sources([originals])) if originals else []
    sources, wire_sources = _only_sources(found), _only_sources(wires)
    size = sum(source.size for source in [*sources, *wire_sources])
    compiled = sign.kernel_pays(size // limits.ARTICLE_BYTES)
    chunks = [(chunk, False) for chunk in _chunks(sources)] + [(chunk, True) for chunk in _chunks(wire_sources)]
    tasks = [
        Task(chunk, str(folder / f"part-{i:06}"), mapping, wire, compiled) for i, (chunk, wire) in enumerate(chunks)
    ]
    if compiled:  # here, so that it is said once and worker processes find it done
        note = "compiling for this machine, once: some seconds"
        sign.sign(sign.texts_of(["a b c d"]), compiled=True, on_compile=lambda: watch.note(note))
    parts, skipped = [], [item for item in found if isinstance(item, Skipped)]
    unused = [item for item in wires if isinstance(item, Skipped)]
    for task, part in zip(tasks, _run(tasks, workers), strict=True):
        parts.append(part)
        watch.advance(len(part.rows.ids))
        (unused if task.wire else skipped).extend(part.skipped)
    for skip in unused:
        watch.note(f"not used as an original: {skip.where}: {skip.why}")
    return spool.Corpus(folder, parts, sorted(skipped, key=lambda skip: (skip.where, skip.why)))


def _only_sources(items: Sequence[Source | Skipped]) -> list[Source]:
    return [item for item in items if isinstance(item, Source)]


def _chunks(sources: Sequence[Source]) -> Iterator[tuple[Source, ...]]:
    """Runs of sources of about limits.TASK_BYTES bytes or limits.TASK_FILES files."""
    chunk: list[Source] = []
    for source in sources:
        chunk.append(source)
        if sum(s.size for s in chunk) >= limits.TASK_BYTES or len(chunk) >= limits.TASK_FILES:
            yield tuple(chunk)
            chunk = []
    if chunk:
        yield tuple(chunk)


def _run(tasks: Sequence[Task], workers: int) -> Iterator[spool.Part]:
    """The parts of the tasks, in order. More than one process only where there is work for it."""
    if workers <= 1 or len(tasks) <= 1:
        yield from map(prepare, tasks)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=get_context("spawn")) as pool:
        try:
            with _uninterrupted():
                parts = pool.map(prepare, tasks)
            yield from parts
        except BaseException:  # a signal, or a generator closed early: nobody wants what the workers are at
            for worker in active_children():
                worker.terminate()
            raise


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes started in here ignore Ctrl-C, which reaches the whole group: the parent alone decides what stops."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread: it is the host program's to arrange
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def prepare(task: Task) -> spool.Part:
    """Reads, cleans and signs the sources of one task, into its part of the spool."""
    skipped: list[Skipped] = []
    with spool.Writer(Path(task.folder)) as writer:
        for batch in _batches(task, skipped):
            texts = [article.text for article in batch]
            cleaned = [clean.story(text) for text in texts]
            signed = sign.sign(sign.texts_of(texts, [spans for _, spans in cleaned]), compiled=task.compiled)
            digests = [_identity(article) for article in batch]
            roundup = [forms.is_roundup(article.text, article.title) for article in batch]
            writer.add(batch, digests, signed, roundup, [marks for marks, _ in cleaned], wire=task.wire)
        return writer.part(skipped)


def _batches(task: Task, skipped: list[Skipped]) -> Iterator[list[Article]]:
    """The articles of a task in batches; its skips are put aside."""
    batch: list[Article] = []
    for item in itertools.chain.from_iterable(read.read(source, task.mapping) for source in task.sources):
        if isinstance(item, Skipped):
            skipped.append(item)
            continue
        batch.append(item)
        if len(batch) == limits.BATCH_ARTICLES:
            yield batch
            batch = []
    if batch:
        yield batch


def _identity(article: Article) -> bytes:
    """The digest that is an article's id where the input gives none, and orders articles of equal id."""
    return spool.digest(article, article.url if article.id else read.canonical_url(article.url))
