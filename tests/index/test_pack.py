"""Pack: an article comes back as it went in; other bytes are an error and no bomb."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import clean, sign
from dedup.errors import InputError
from dedup.index import pack
from dedup.model import Article, Mark
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


def lied(**columns: object) -> bytes:
    """A packed article whose lengths are right and whose values are not."""
    return pack.packed(replace(signed(story(3, 2)), **columns))  # type: ignore[arg-type]


def test_numbers_that_compiled_code_would_believe() -> None:
    before = signed(story(3, 2))
    counts = before.line_counts.copy()
    counts[0], counts[1] = counts[0] + 9, counts[1] - 9 - counts[1] * 2
    for data in (
        lied(line_counts=counts),
        lied(line_counts=before.line_counts + 1),
        lied(line_counts=-before.line_counts),
        lied(tokens=4_000_000_000),
        lied(tokens=0),
    ):
        with pytest.raises(InputError, match="damaged index"):
            pack.unpacked(data, "here")


@pytest.mark.parametrize(
    ("before", "after"),
    [(b'["cp1252"]', b"[[5.2555]]"), (b"[0,1,0]", b'["",1]'), (b"[0,1,0]", b"[-0.1]"), (b"[0,1,0]", b"[-1,1]")],
)
def test_fields_of_other_types(before: bytes, after: bytes) -> None:
    data = lied(marks=(Mark(0, 1, pack._KINDS[0]),))
    with pytest.raises(InputError, match="damaged index"):
        pack.unpacked(data.replace(before, after.ljust(len(before))), "here")
