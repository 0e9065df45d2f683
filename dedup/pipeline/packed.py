"""Packed: a corpus -> its shingle sets, and the pairs of texts worth a closer look. Large arrays live in files.

With a key, what is done is kept in the folder of the run, and a run that goes on from it takes it from there.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from dedup import candidates, limits, sets, spool
from dedup.candidates import Candidates
from dedup.machine import batches, threaded
from dedup.model import Sets
from dedup.pipeline.texts import Texts
from dedup.spool import Corpus

Numbers = NDArray[np.int64]


def shingle_sets(corpus: Corpus, texts: Texts, key: str, *, compiled: bool, workers: int) -> Sets:
    """The shingle set of each text, without the lines its outlet repeats."""
    where = corpus.folder / "sets"
    if key and (held := spool.load(where, key)):
        return Sets(_opened(where / "keys"), held["offsets"], held["narrative"])
    with spool.writing(corpus.folder):
        where.mkdir(exist_ok=True)
        with (where / "keys").open("wb") as file:
            offsets, narrative = _write(corpus, texts, file, compiled, workers)
    if key:
        spool.store(where, key, {"offsets": offsets, "narrative": narrative})
    return Sets(_opened(where / "keys"), offsets, narrative)


def _write(corpus: Corpus, texts: Texts, file: IO[bytes], compiled: bool, workers: int) -> tuple[Numbers, Numbers]:
    """Writes the sets, block by block; the offsets and narrative counts of all."""
    rows, chosen = corpus.rows, texts.rows
    drop = sets.repeated(
        texts.outlets, corpus.line_hashes, corpus.line_counts, corpus.line_starts[chosen], rows.lines[chosen]
    )
    ends, narrative = [np.zeros(1, np.int64)], [np.empty(0, np.int64)]

    def block(span: tuple[int, int]) -> Sets:
        first, end = np.searchsorted(drop[:, 0], span)
        return sets.build(corpus.text_order(chosen[slice(*span)]), drop[first:end] - (span[0], 0, 0), compiled=compiled)

    blocks = sets.blocks_of(rows.shingles[chosen])
    for some in batches(blocks, limits.SETS_AT_ONCE * workers):
        for made in threaded(block, some, workers):
            made.keys.tofile(file)
            ends.append(made.offsets[1:] + ends[-1][-1])
            narrative.append(made.narrative)
        corpus.forget()
    return np.concatenate(ends), np.concatenate(narrative)


def _opened(path: Path) -> NDArray[np.uint32]:
    """A file of numbers: read if it is small, else mapped."""
    if path.stat().st_size <= limits.SPOOL_IN_MEMORY:
        return np.fromfile(path, np.uint32)
    return np.asarray(np.memmap(path, np.uint32, "r"))


def pairs(
    corpus: Corpus, texts: Texts, shingles: Sets, threshold: float, key: str, *, compiled: bool, workers: int
) -> Candidates:
    """The pairs worth verifying."""
    where = corpus.folder / "candidates"
    if key and (held := spool.load(where, key)):
        return Candidates(held["a"], held["b"], *held["capped"].tolist())
    hashed = _hashed(corpus, texts, threshold, compiled, workers)
    found = candidates.among(hashed, shingles.keys, shingles.offsets, compiled=compiled, workers=workers)
    if key:
        capped = np.array([found.hub_shingles, found.buckets])
        spool.store(where, key, {"a": found.a, "b": found.b, "capped": capped})
    return found


def _hashed(corpus: Corpus, texts: Texts, threshold: float, compiled: bool, workers: int) -> NDArray[np.uint32]:
    """The hashed bands of all texts, read part by part."""
    hashed = candidates.empty_bands(len(texts.rows), threshold)
    places = np.full(len(corpus), -1, np.int64)
    places[texts.rows] = np.arange(len(texts.rows))
    cuts = list(itertools.pairwise(corpus.part_starts))

    def part(i: int) -> None:
        candidates.hash_bands(corpus.signature_block(i), places[slice(*cuts[i])], threshold, hashed, compiled=compiled)

    for _ in threaded(part, range(len(cuts)), workers):
        pass
    return hashed
