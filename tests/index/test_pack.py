"""Pack: an article comes back as it went in; other bytes are an error and no bomb."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import clean, sign
from dedup.errors import InputError
from dedup.index import pack
from dedup.model import Article
from tests.pipeline.helpers import story


def signed(text: str) -> pack.Signed:
    marks, spans = clean.story(text)
    made = sign.sign(sign.texts_of([text], [spans]), compiled=False)
    article = Article("a1", "", "Örtliche Zeitung", "Títle", "2025-03-01", "https://x.example", "A. B", "en", "d/a.txt",
                      ("cp1252",), "3", "corrected", "2025-03-02")  # fmt: skip
    return pack.Signed(
        article, marks, pack.text_digest(text), b"\x01" * 15 + b"\0", True, int(made.tokens[0]), made.signatures[0],
        made.hashes, made.quoted, made.line_hashes, made.line_counts,
    )  # fmt: skip


@pytest.mark.parametrize("text", [story(1), "", "One two", "Share on Facebook\nBy Ann Lee\n" + story(2, 3)])
def test_an_article_comes_back(text: str) -> None:
    before = signed(text)
    after = pack.unpacked(pack.packed(before), "here")
    for name in pack.Signed.__slots__:
        one, other = getattr(before, name), getattr(after, name)
        assert np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other, name
    both = pack.shingled([after, after])
    assert both.hashes.tolist() == [*before.hashes.tolist()] * 2
    assert both.offsets.tolist() == [0, len(before.hashes), 2 * len(before.hashes)]


def test_every_field_of_an_article_is_kept() -> None:
    """A field that Article gets has to be packed too, and header.LAYOUT to go up."""
    before = signed(story(1)).article
    plain = Article("", "")
    assert all(getattr(before, f.name) != getattr(plain, f.name) for f in fields(Article) if f.name != "text")


@given(st.text())
def test_a_text_comes_back(text: str) -> None:
    assert pack.unpacked_text(pack.packed_text(text), "here") == text


@given(st.binary(max_size=700))
def test_other_bytes(data: bytes) -> None:
    with pytest.raises(InputError, match="damaged index"):
        pack.unpacked(data, "here")


def test_every_cut_and_many_flips_are_errors_or_articles() -> None:
    data = pack.packed(signed(story(3, 2)))
    for end in range(0, len(data), 7):
        with pytest.raises(InputError, match="damaged index"):
            pack.unpacked(data[:end], "here")
    for at in range(0, len(data), 3):
        flipped = bytearray(data)
        flipped[at] ^= 0x55
        try:
            pack.unpacked(bytes(flipped), "here")
        except InputError as error:
            assert "damaged index" in str(error)
