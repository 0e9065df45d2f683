"""Packed: lists of (shingle hash, quoted) per article -> the arrays that sets, candidates and verify work on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup import sets
from dedup.model import Sets, TextOrder

Shingles = list[tuple[int, bool]]
NO_DROP = np.empty((0, 3), np.int64)

# Hashes are even (bit 0 is not part of a shingle's identity) and few, so that articles share some.
HASHES = st.integers(0, 40).map(lambda i: i * 97_351_204 % 2**32 & ~1)
CORPORA = st.lists(st.lists(st.tuples(HASHES, st.booleans()), max_size=40), max_size=8)


def text_order(articles: Sequence[Shingles], storage: Sequence[int] | None = None) -> TextOrder:
    """The articles as they stand in their texts. storage: in which order they lie in memory."""
    order = list(range(len(articles))) if storage is None else list(storage)
    flat = [shingle for i in order for shingle in articles[i]]
    lengths = np.array([len(article) for article in articles], np.int64)
    starts = np.zeros(len(articles), np.int64)
    starts[order] = np.cumsum([0, *lengths[order]])[:-1]
    hashes, quoted = [hash for hash, _ in flat], [is_quoted for _, is_quoted in flat]
    return TextOrder(np.array(hashes, np.uint32), np.array(quoted, np.bool_), starts, lengths)


def built(articles: Sequence[Shingles]) -> Sets:
    return sets.build(text_order(articles), NO_DROP)


def numbers(*values: int) -> NDArray[np.int64]:
    return np.array(values, np.int64)
