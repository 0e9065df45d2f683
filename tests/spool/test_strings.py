"""strings: they are the strings that went in, whatever is in them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.spool.strings import Names, Strings

TEXTS = st.lists(st.text(st.characters(), max_size=5), max_size=8)


@given(TEXTS, st.sampled_from([Strings.of, Names.of]))
def test_what_goes_in_comes_out(texts: list[str], of: type) -> None:
    held = of(texts)
    assert list(held) == texts == held[:] == [held[i] for i in range(len(texts))]
    assert held == texts and (held == [*texts, "x"]) is False
    assert [held[i - len(texts)] for i in range(len(texts))] == texts
    assert held[1::2] == texts[1::2]
    with pytest.raises(IndexError):
        held[len(texts)]


def test_lone_surrogates_and_bytes_that_are_no_text() -> None:
    assert list(Strings.of(["\ud800", "a\0b", ""])) == ["\ud800", "a\0b", ""]


@given(st.lists(TEXTS, max_size=4))
def test_names_of_several_parts(parts: list[list[str]]) -> None:
    joined = Names.joined([Names.of(part) for part in parts])
    flat = [text for part in parts for text in part]
    assert list(joined) == flat and list(joined.names) == list(dict.fromkeys(flat))
    assert joined.codes.dtype == np.uint32
