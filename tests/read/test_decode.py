from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.read.decode import decode, is_binary, without_surrogates

TEXT = "Zoë’s café in Ōstby: “rain”"


@pytest.mark.parametrize(
    ("data", "text", "flags"),
    [
        (TEXT.encode(), TEXT, ()),
        (codecs.BOM_UTF8 + TEXT.encode(), TEXT, ()),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), TEXT, ("utf-16-le",)),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT, ("utf-16-be",)),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), TEXT, ("utf-32-le",)),
        ("café".encode("latin-1"), "café", ("cp1252",)),
        ("“rain”".encode("cp1252"), "“rain”", ("cp1252",)),
        (TEXT.encode()[:-1], TEXT[:-1] + "\ufffd", ("bad utf-8",)),  # cut inside the last character
        (b"", "", ()),
    ],
)
def test_decode(data: bytes, text: str, flags: tuple[str, ...]) -> None:
    assert decode(data) == (text, flags)


@pytest.mark.parametrize(
    ("charset", "codec", "words"),
    [
        ("koi8-r", "koi8-r", "Дождь в Остбю"),
        ("Shift_JIS", "cp932", "オストビーの雨"),
        ("gb2312", "gb18030", "奥斯特比的雨"),
        ("windows-1251", "windows-1251", "Дождь"),
        ("iso-8859-1", "cp1252", "café “rain”"),
        ("EUC-KR", "cp949", "오스트비의 비"),
    ],
)
def test_declared_charset(charset: str, codec: str, words: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><p>{words}'.encode(codec)
    text, flags = decode(page, declares=True)
    assert text.endswith(words)
    assert flags == (codec,)


@pytest.mark.parametrize("charset", ["utf-7", "rot13", "idna", "unicode_escape", "zlib", "no-such", "utf-8"])
def test_charsets_no_page_should_reach(charset: str) -> None:
    text, flags = decode(f'<meta charset="{charset}">caf\xe9'.encode("latin-1"), declares=True)
    assert text.endswith("café")
    assert flags == ("cp1252",)


def test_nothing_is_normalised() -> None:
    decomposed = "Zoe\u0308 \u00a0\u200b\u2028"
    assert decode(decomposed.encode()) == (decomposed, ())


def test_binary() -> None:
    assert is_binary(b"PNG\0\1")
    assert not is_binary("rain".encode("utf-16"))
    assert not is_binary(b"rain")


def test_surrogates() -> None:
    assert without_surrogates("a\ud800b\udfff") == ("a\ufffdb\ufffd", ("surrogates",))
    assert without_surrogates("rain 😀") == ("rain 😀", ())


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_become_text_that_can_be_written(data: bytes, declares: bool) -> None:
    text, _ = decode(data, declares=declares)
    text.encode("utf-8")
