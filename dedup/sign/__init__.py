"""Sign: a batch of texts -> their shingle hashes, line hashes and MinHash signatures.

A token is a run of letters and digits, folded (see tables.py); a shingle is limits.SHINGLE_TOKENS consecutive story
tokens of one text, across line ends and across the furniture between story spans; a text with fewer tokens has none. A
line ends at a line break or at the end of a span. Signatures are bit for bit those of
`datasketch.MinHash(num_perm=128, seed=1, scheme="affine32", hashfunc=shingle_hash)`.

Files, in reading order: mix.py (the hashes), tables.py (what a letter is), plain.py (the definition, letter by letter),
twin.py (NumPy), kernel.py (numba, imported only when asked for), sketch.py (permutations, datasketch).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from dedup import limits
from dedup.model import Shingled, Texts
from dedup.sign import twin
from dedup.sign.plain import shingle_hash, tokens
from dedup.sign.sketch import from_datasketch, permutations, to_datasketch

__all__ = [
    "from_datasketch",
    "kernel_pays",
    "of_story",
    "permutations",
    "shingle_hash",
    "sign",
    "texts_of",
    "to_datasketch",
    "tokens",
]


def texts_of(texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]] | None = None) -> Texts:
    """Texts as arrays.

    spans: for each text its story, as half-open spans of its own code points, in order and apart; None: all is story.

    >>> batch = texts_of(["one two", "", "By A. Nyberg\\nthree"], [[(0, 7)], [], [(13, 18)]])
    >>> batch.offsets.tolist(), batch.spans.tolist(), batch.span_offsets.tolist()
    ([0, 7, 7, 25], [[0, 7], [20, 25]], [0, 1, 1, 2])
    """
    offsets = _offsets(map(len, texts))
    points = np.empty(offsets[-1], dtype=np.uint32)
    for text, start in zip(texts, offsets.tolist(), strict=False):
        if (
            text
        ):  # NumPy's strings are code points too: one copy. Joining and encoding to UTF-32 costs four times as much.
            points[start : start + len(text)].view(f"U{len(text)}")[0] = text
    whole = Texts(points, offsets, np.column_stack((offsets[:-1], offsets[1:])), np.arange(len(texts) + 1))
    return whole if spans is None else of_story(whole, spans)


def of_story(batch: Texts, spans: Sequence[Sequence[tuple[int, int]]]) -> Texts:
    """The same texts with the story spans given, as for `texts_of`."""
    span_offsets = _offsets(map(len, spans))
    flat = np.array(list(chain.from_iterable(spans)), dtype=np.int64).reshape(-1, 2)
    return replace(
        batch, spans=flat + np.repeat(batch.offsets[:-1], np.diff(span_offsets))[:, None], span_offsets=span_offsets
    )


def kernel_pays(articles: int) -> bool:
    """Whether a run over so many articles should use the compiled kernel; a smaller one never waits for a compiler."""
    return articles >= limits.KERNEL_FROM_ARTICLES


def sign(batch: Texts, *, compiled: bool, on_compile: Callable[[], None] | None = None) -> Shingled:
    """Signs a batch: with the numba kernel if `compiled`, else with its NumPy twin. The bits are the same.

    on_compile: called once before a compilation of some seconds, the first on this machine.

    >>> done = sign(texts_of(["Rivers rose across the valley overnight"]), compiled=False)
    >>> first = " ".join(tokens("Rivers rose across the valley")[: limits.SHINGLE_TOKENS])
    >>> int(done.hashes[0]) == shingle_hash(first.encode()), done.signatures.shape
    (True, (1, 128))
    """
    if not compiled:
        return twin.sign(batch)
    from dedup.sign import kernel

    return kernel.sign(batch, on_compile)


def _offsets(lengths: Iterable[int]) -> NDArray[np.int64]:
    return np.cumsum(np.fromiter(chain((0,), lengths), dtype=np.int64))
