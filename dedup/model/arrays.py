"""Arrays: batches of texts as sign, candidates and verify see them. A Python object per article, never per word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Texts:
    """A batch of n texts as arrays: what sign reads."""

    points: NDArray[np.uint32]  # code points of all texts, one after the other
    offsets: NDArray[np.int64]  # n+1; text i is points[offsets[i]:offsets[i+1]]
    spans: NDArray[np.int64]  # (m, 2) story spans, positions in `points`, in order
    span_offsets: NDArray[np.int64]  # n+1; the story spans of text i


@dataclass(frozen=True, slots=True)
class Shingled:
    """What sign leaves of a batch of n texts."""

    signatures: NDArray[np.uint32]  # (n, 128); all 2**32-1 for a text without shingles
    hashes: NDArray[np.uint32]  # shingle hashes in text order, repeats kept
    offsets: NDArray[np.int64]  # n+1 into `hashes`
    # Per shingle: at least one of its tokens stands inside quotation marks. Marks pair within a line: '"' opens and
    # closes in turn, “ „ « open, ” » close (and “ closes what „ opened); an open quotation ends with its line. A single
    # mark (' or ‘) opens before a letter that no letter or digit precedes, and a single mark closes it (' or ’) that no
    # letter or digit follows.
    quoted: NDArray[np.bool_]
    line_hashes: NDArray[np.uint32]  # a hash per story line that has at least one token
    line_counts: NDArray[np.int32]  # shingles that *start* in that line
    line_offsets: NDArray[np.int64]  # n+1 into `line_hashes`
    tokens: NDArray[np.int32]  # n; story tokens of each text


@dataclass(frozen=True, slots=True)
class TextOrder:
    """The shingles of n articles as they stand in the text; the articles may lie in any order."""

    hashes: NDArray[np.uint32]
    quoted: NDArray[np.bool_]
    starts: NDArray[np.int64]  # (n,) where the shingles of each article begin
    lengths: NDArray[np.int64]  # (n,) how many it has


@dataclass(frozen=True, slots=True)
class Sets:
    """One shingle set per article: what candidates and verify compare."""

    keys: NDArray[np.uint32]  # per article sorted and unique; bit 0: quoted wherever it occurs; the rest: the hash
    offsets: NDArray[np.int64]  # n+1 into `keys`
    narrative: NDArray[np.int64]  # n; how many of an article's keys are not quoted
