"""Driver: what executors found -> the answer, by the local engine's own stages.

From verified pairs on, everything looks at the corpus as a whole: average linkage inside components, rewrites under one
budget, the largest reuse first, siblings. The driver takes over the texts that are in a pair or have copies, in a spool
of its own, numbers them anew in the same order, and goes on exactly as the local engine does. What that bounds is said
in dedup/README.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from dedup import limits, spool, verify
from dedup.engines.spark.packed import unpacked
from dedup.model import Capped, Sets, Shingled
from dedup.pipeline import run_matches
from dedup.pipeline.run import Run
from dedup.pipeline.texts import fold
from dedup.spool.strings import Strings
from dedup.watch import Watch

Numbers = NDArray[np.int64]
_HASH = np.uint32(0xFFFFFFFE)
_ONE = np.uint32(1)


@dataclass(frozen=True, slots=True)
class Found:
    """What the executors left in the run's folder, and what they counted."""

    rows: Path  # Parquet of stages.rows
    sets: Path  # Parquet of number, keys, narrative of the chosen texts, sorted by number
    matches: Path  # Parquet of stages.matches
    capped: Capped
    texts: int  # distinct texts of the whole corpus


def finish(found: Found, folder: Path, watch: Watch) -> Run:
    """The rest of the run."""
    corpus, names = _spooled(found.rows, folder / "driver")
    texts = replace(fold(corpus), ids=Strings.of(names))
    numbers, shingles = _sets(found.sets, folder / "driver-keys")
    assert len(numbers) == len(texts.rows), "a text that is in a pair did not reach the driver"
    return run_matches(
        corpus, texts, shingles, _matches(found.matches, numbers, shingles), found.capped, found.texts, watch
    )


def _spooled(rows: Path, where: Path) -> tuple[spool.Corpus, list[str]]:
    """The articles as a corpus, and their ids in this run."""
    names: list[str] = []
    with spool.Writer(where) as writer:
        for batch in _batches(rows):
            for wire in (False, True):
                chosen = batch.filter(batch.column("wire") if wire else _not(batch.column("wire")))
                if chosen.num_rows:
                    _add(writer, chosen, wire)
                    names += chosen.column("name").to_pylist()
        return spool.Corpus(where.parent, [writer.part(())], ()), names


def _not(column: Any) -> Any:
    import pyarrow.compute as compute

    return compute.invert(column)


def _add(writer: spool.Writer, batch: Any, wire: bool) -> None:
    keys, offsets = unpacked(batch.column("keys"), np.uint32)
    n = batch.num_rows
    nothing = np.zeros(n + 1, np.int64)
    signed = Shingled(
        np.zeros((n, limits.NUM_PERM), np.uint32), keys & _HASH, offsets, (keys & _ONE).astype(np.bool_),
        np.empty(0, np.uint32), np.empty(0, np.int32), nothing, batch.column("tokens").to_numpy(),
    )  # fmt: skip
    ids, records = batch.column("id").to_pylist(), batch.column("record").to_pylist()
    articles, marks = zip(*map(spool.unpack, records, ids), strict=True)
    writer.add(
        articles, batch.column("digest").to_pylist(), signed, batch.column("roundup").to_pylist(), marks, wire=wire
    )


def _sets(path: Path, target: Path) -> tuple[Numbers, Sets]:
    """The numbers that the chosen texts have in the whole corpus, ascending, and their sets, in a mapped file."""
    numbers, sizes, narrative = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    with target.open("wb") as file:
        for batch in _batches(path):
            keys, offsets = unpacked(batch.column("keys"), np.uint32)
            file.write(keys.data)
            numbers.append(batch.column("number").to_numpy())
            sizes.append(np.diff(offsets))
            narrative.append(batch.column("narrative").to_numpy().astype(np.int64))
    offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.concatenate(sizes))))
    whole = np.memmap(target, np.uint32, "r") if offsets[-1] else np.empty(0, np.uint32)
    return np.concatenate(numbers), Sets(whole, offsets, np.concatenate(narrative))


def _matches(path: Path, numbers: Numbers, shingles: Sets) -> verify.Matches:
    """The verified pairs under the driver's numbers, in the order the local engine has them."""
    table = _table(path)
    pairs = table.column("pair").to_numpy()
    order = np.argsort(pairs)
    a, b = np.searchsorted(numbers, pairs[order] >> 32), np.searchsorted(numbers, pairs[order] & 0xFFFFFFFF)
    shared, narrative = (table.column(name).to_numpy()[order].astype(np.int64) for name in ("shared", "narrative"))
    return verify.Matches(a, b, shared, narrative, np.diff(shingles.offsets), shingles.narrative)


def _batches(path: Path) -> Iterator[Any]:
    """The rows of a folder of Parquet files, some at a time, in their order."""
    for file in sorted(path.glob("*.parquet")):
        yield from parquet.ParquetFile(file).iter_batches(limits.BATCH_ARTICLES)


def _table(path: Path) -> Any:
    return parquet.read_table(path)
