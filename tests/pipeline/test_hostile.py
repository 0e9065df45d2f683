"""What is built to slip through, to melt together or to blow up: look-alikes, emptiness, floods of one text."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from dedup import candidates, cluster, limits, pipeline, sets, sign, verify
from dedup.model import Sets, TextOrder
from dedup.pipeline import Options
from dedup.sign import tokens
from tests.packed import NO_DROP
from tests.pipeline.helpers import clustered, groups, jsonl, records, reuse, sentences, story

BLOCKS = 5_000
CYRILLIC = str.maketrans("aeopcxiyAEOPCX", "аеорсхіуАЕОРСХ")
DISGUISES: dict[str, Callable[[str], str]] = {
    "homoglyphs": lambda text: text.translate(CYRILLIC),
    "one homoglyph": lambda text: text.replace("e", "е"),
    "zero-width spaces": lambda text: text.replace(" ", "\u200b "),
    "zero-width in words": lambda text: "\u200c".join(text),
    "soft hyphens": lambda text: text.replace("t", "t\u00ad"),
    "curly quotes": lambda text: text.replace('"', "“").replace("'", "’"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if c.isalnum() and c.isascii() else c for c in text),
    "capitals": str.upper,
    "combining marks": lambda text: text.replace("o", "o\u0301"),
    "direction marks": lambda text: text.replace(" ", " \u202e\u202c"),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguised_copy_is_with_its_source(tmp_path: Path, disguise: str) -> None:
    plain = [story(seed, 10) for seed in range(8)]
    result = clustered(tmp_path, [*plain, *map(DISGUISES[disguise], plain)])
    assert groups(result) == {frozenset({f"a{i}", f"a{i + 8}"}) for i in range(8)}
    assert all(c.weakest_link > 0.99 for c in result.clusters)


# ---------------------------------------------------------------- too little to tell


def words(n: int) -> str:
    """A text of exactly n tokens on one line."""
    text = " ".join(" ".join(sentences(0, 10)).replace("“", "").replace("”", "").split()[:n])
    assert len(tokens(text)) == n
    return text


def test_tiny_copies_never_cluster(tmp_path: Path) -> None:
    """0 to 50 words, each printed twice; the boundary is exactly limits.MIN_TOKENS."""
    for n in range(51):
        result = clustered(tmp_path, [words(n), words(n)])
        assert result.read == result.kept + len(result.skipped) == 2
        assert (len(result.clusters) == 1) is (n >= limits.MIN_TOKENS), n
        assert result.reuse == ()


@pytest.mark.parametrize("text", ["", "   \n\n ", "\u200b" * 300, "—" * 300, "...\n" * 100])
def test_texts_without_a_word_never_cluster(tmp_path: Path, text: str) -> None:
    result = clustered(tmp_path, [text] * 3)
    assert (result.clusters, result.reuse) == ((), ())
    assert result.read == result.kept + len(result.skipped) == 3


def test_pages_of_nothing_but_furniture_never_cluster(tmp_path: Path) -> None:
    page = "\n".join(
        ["Share this article", "By Ada Nyberg", "Published 14 October 2025, 10:15 GMT", "Follow us on social media"]
        + [f"READ MORE: {line}" for line in sentences(0, 6)]
        + ["Photo: Ann Lee / AP", "Sign up for our newsletter", "Copyright 2025 The Delta Post. All rights reserved."]
    )
    result = clustered(tmp_path, [page] * 4)
    assert (result.read, result.clusters, result.reuse) == (4, (), ())


def test_a_slogan_of_an_outlet_links_nothing(tmp_path: Path) -> None:
    """Three lines under every story, which no word list knows."""
    slogan = "\n".join(sentences(99, 4))
    texts = [story(i, 9) + "\n" + slogan for i in range(6)]
    one_outlet = pipeline.cluster([str(jsonl(tmp_path / "one.jsonl", records(texts, outlet="Delta Post")))])
    assert (one_outlet.clusters, one_outlet.reuse) == ((), ())
    assert len(reuse(clustered(tmp_path, texts))) == 15, "six outlets that print one passage are another matter"


# ---------------------------------------------------------------- floods


def test_twenty_thousand_copies(tmp_path: Path) -> None:
    n = 20_000
    text = story(0, 5)
    start = time.perf_counter()
    path = jsonl(tmp_path / "flood.jsonl", [{"id": "same" if i % 2 else f"a{i}", "text": text} for i in range(n)])
    result = pipeline.cluster([str(path)], Options(originals=None))
    assert time.perf_counter() - start < 60
    (found,) = result.clusters
    assert (result.read, result.kept, found.size, len({m.id for m in found.members})) == (n, n, n, n)
    assert found.weakest_link == 1.0
    assert result.reuse == ()


@pytest.fixture(scope="module")
def sharing_a_block() -> tuple[Sets, candidates.Candidates]:
    """5,000 texts of 20 sentences in common and 3 of their own."""
    block = story(0, 20)
    signed = sign.sign(sign.texts_of([f"{block}\n{story(i + 1, 3)}" for i in range(BLOCKS)]), compiled=True)
    order = TextOrder(signed.hashes, signed.quoted, signed.offsets[:-1], np.diff(signed.offsets))
    found = sets.build(order, NO_DROP)
    return found, candidates.find(signed.signatures, found.keys, found.offsets)


def test_a_long_block_in_five_thousand_texts(sharing_a_block: tuple[Sets, candidates.Candidates]) -> None:
    """Work grows with the texts, not with their pairs, and what was cut is counted."""
    shingles, found = sharing_a_block
    assert len(found.a) <= 20 * BLOCKS
    assert found.hub_shingles > 0 and found.buckets > 0
    matches = verify.compare(shingles, found.a, found.b, compiled=True)
    assert np.unique(np.concatenate((found.a, found.b))).size == BLOCKS, "every text is still held against another"
    parts = cluster.components(BLOCKS, matches.a, matches.b, matches.weight())
    assert parts.pair_counts().sum() <= 20 * BLOCKS
    assert parts.cut == 1


def test_five_thousand_texts_that_are_nearly_one_are_one(sharing_a_block: tuple[Sets, candidates.Candidates]) -> None:
    shingles, found = sharing_a_block
    matches = verify.compare(shingles, found.a, found.b, compiled=True)
    assert matches.weight().min() > 0.8
    parts = cluster.components(BLOCKS, matches.a, matches.b, matches.weight())
    assert len(parts.articles) == BLOCKS
