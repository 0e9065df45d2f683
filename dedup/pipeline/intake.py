"""Intake: paths -> a spooled corpus. Reads, cleans and signs, batch by batch, in one or more processes.

Sources are dealt out in tasks; each task writes its own part of the spool, and parts are laid end to end in the order
of the tasks, so the number of processes changes nothing but the time.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dedup import clean, forms, limits, machine, read, sign, spool
from dedup.model import Article, Mark, Shingled, Skipped
from dedup.pipeline.pool import dealt
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
    key: str = ""  # what the part is made from; "": no later run may take it for its own


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles, row for row with what was found in them."""

    articles: Sequence[Article]
    digests: Sequence[bytes]
    signed: Shingled
    roundup: Sequence[bool]
    marks: Sequence[Sequence[Mark]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The tasks of a run, and what is skipped before any of them."""

    tasks: tuple[Task, ...]
    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]
    unused: tuple[Skipped, ...]  # of --originals


def take_in(
    paths: Sequence[str],
    originals: str | None,
    mapping: Mapping[str, str],
    folder: Path,
    workers: int,
    watch: Watch,
    *,
    lasting: bool = False,
) -> spool.Corpus:
    """Everything in `paths` and `originals`, spooled in `folder`. The skips of `originals` are said, not counted.

    lasting: whether a later run may find what is finished, and go on from it.
    """
    plan = planned(paths, originals, mapping, folder, watch, lasting=lasting)
    spool.check_room(folder, spool.room_of(plan.sources), watch.note)
    parts, skipped, unused = [], list(plan.skipped), list(plan.unused)
    for task, part in zip(plan.tasks, dealt(part_of, plan.tasks, min(workers, len(plan.tasks))), strict=True):
        parts.append(part)
        watch.advance(part.articles)
        (unused if task.wire else skipped).extend(part.skipped)
    say_unused(unused, watch)
    return spool.Corpus(folder, parts, sorted(skipped, key=lambda skip: (skip.where, skip.why)))


def planned(
    paths: Sequence[str],
    originals: str | None,
    mapping: Mapping[str, str],
    folder: Path,
    watch: Watch,
    *,
    lasting: bool = False,
) -> Plan:
    """What there is to do for `paths` and `originals`, the kernel compiled if it is to be used."""
    found = list(read.sources(paths))
    wires = list(read.sources([originals])) if originals else []
    sources, wire_sources = _only_sources(found), _only_sources(wires)
    size = sum(source.size for source in [*sources, *wire_sources])
    compiled = sign.kernel_pays(size // limits.ARTICLE_BYTES)
    cut = [(chunk, False) for chunk in chunks(sources)] + [(chunk, True) for chunk in chunks(wire_sources)]
    tasks = tuple(
        Task(chunk, str(folder / f"part-{i:06}"), mapping, wire, compiled, _key(chunk, wire) if lasting else "")
        for i, (chunk, wire) in enumerate(cut)
    )
    if compiled:
        _compile(watch)
    skipped, unused = (tuple(i for i in items if isinstance(i, Skipped)) for items in (found, wires))
    return Plan(tasks, (*sources, *wire_sources), skipped, unused)


def _compile(watch: Watch) -> None:
    """Has the kernels compiled here, so that it is said once and worker processes find it done."""
    from dedup.compiled import announced

    with announced(lambda: watch.note("compiling for this machine, once: some seconds")):
        prepared([Article("", "a b c d")], compiled=True)


def say_unused(unused: Sequence[Skipped], watch: Watch) -> None:
    """Tells which dispatches of --originals could not be used."""
    for skip in unused:
        watch.note(f"not used as an original: {skip.where}: {skip.why}")


def _only_sources(items: Sequence[Source | Skipped]) -> list[Source]:
    return [item for item in items if isinstance(item, Source)]


def chunks(sources: Sequence[Source]) -> Iterator[tuple[Source, ...]]:
    """Runs of sources of about limits.TASK_BYTES bytes or limits.TASK_FILES files, longer if that makes too many."""
    sizes = [source.size for source in sources]
    most_bytes = max(limits.TASK_BYTES, sum(sizes) // limits.TASKS)
    most_files = max(limits.TASK_FILES, len(sources) // limits.TASKS)
    chunk: list[Source] = []
    size = 0
    for source, more in zip(sources, sizes, strict=True):
        chunk.append(source)
        size += more
        if size >= most_bytes or len(chunk) >= most_files:
            yield tuple(chunk)
            chunk, size = [], 0
    if chunk:
        yield tuple(chunk)


def _key(chunk: Sequence[Source], wire: bool) -> str:
    """What a part is made from; "" where that cannot be known, as of standard input."""
    told = [str(wire)]
    for source in chunk:
        try:
            status = os.stat(source.path)
        except OSError:
            return ""
        told += [source.path, str(source.start), str(source.end), str(status.st_size), str(status.st_mtime_ns)]
    return spool.key_of(*told)


def part_of(task: Task) -> spool.Part:
    """The part of a task: what an unfinished run has left, if it is whole, else made now."""
    return spool.kept(Path(task.folder), task.key) or prepare(task)


def prepare(task: Task) -> spool.Part:
    """Reads, cleans and signs the sources of one task, into its part of the spool."""
    skipped: list[Skipped] = []
    with spool.Writer(Path(task.folder), task.key) as writer:
        for batch in batches(task, skipped):
            writer.add(batch.articles, batch.digests, batch.signed, batch.roundup, batch.marks, wire=task.wire)
        return writer.part(skipped)


def batches(task: Task, skipped: list[Skipped]) -> Iterator[Batch]:
    """The articles of a task, cleaned and signed, batch by batch; its skips are put aside."""
    for articles in machine.batches(_articles(task, skipped), limits.BATCH_ARTICLES):
        yield prepared(articles, compiled=task.compiled)


def prepared(articles: Sequence[Article], *, compiled: bool) -> Batch:
    """The articles, cleaned and signed."""
    texts = [article.text for article in articles]
    arrays = sign.texts_of(texts)
    marks = clean.furniture_of(texts, arrays, compiled=compiled)
    stories = [clean.unmarked(text, held) for text, held in zip(texts, marks, strict=True)]
    signed = sign.sign(sign.of_story(arrays, stories), compiled=compiled)
    digests = [_identity(article) for article in articles]
    roundup = [forms.is_roundup(article.text, article.title) for article in articles]
    return Batch(articles, digests, signed, roundup, marks)


def _articles(task: Task, skipped: list[Skipped]) -> Iterator[Article]:
    """The articles of a task; its skips are put aside."""
    for item in itertools.chain.from_iterable(read.read(source, task.mapping) for source in task.sources):
        if isinstance(item, Skipped):
            skipped.append(item)
        else:
            yield item


def _identity(article: Article) -> bytes:
    """The digest that is an article's id where the input gives none, and orders articles of equal id."""
    return spool.digest(article, article.url if article.id else read.canonical_url(article.url))
