"""TXT006: letters garbled on purpose are found; letters of ten languages, emoji and odd typography are left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dedup.check.page.garbled import mojibake
from tests.check.page.texts import FOREIGN, WHOLE, dispatches, found, page, rules, seconds

ENGLISH = "“We shall rebuild,” the mayor’s office said — and nobody in São Velho, the café owner’s town, laughed."


def _cp1252(data: bytes) -> str:
    """As browsers read it: the five bytes that cp1252 has no letter for become control characters."""
    return "".join(bytes([b]).decode("cp1252", "replace").replace("\ufffd", chr(b)) for b in data)


GARBLERS: dict[str, Callable[[str], str]] = {
    "cp1252": lambda text: _cp1252(text.encode()),
    "latin-1": lambda text: text.encode().decode("latin-1"),
    "cp1250": lambda text: text.encode().decode("cp1250", "replace"),
    "cp1251": lambda text: text.encode().decode("cp1251", "replace"),
    "mac": lambda text: text.encode().decode("mac_roman"),
    "twice": lambda text: _cp1252(_cp1252(text.encode()).encode()),
    "not UTF-8": lambda text: text.encode("cp1252", "replace").decode("utf-8", "replace"),
    "ascii": lambda text: text.encode().decode("ascii", "replace"),
}
# French, Spanish, Italian and Portuguese without quotation marks read as cp1251; Russian as Mac Roman.
MISSED = {"cp1251": 7, "mac": 2}


@pytest.mark.parametrize("how", GARBLERS)
def test_garbled_texts(how: str) -> None:
    texts = [ENGLISH, *(text for texts in FOREIGN.values() for text in texts)]
    if how == "not UTF-8":
        texts = [text for text in texts if text.encode("cp1252", "ignore") == text.encode("cp1252", "replace")]
    hits = [mojibake(page(GARBLERS[how](text))) is not None for text in texts if not text.isascii()]
    assert len(hits) >= 9
    assert hits.count(False) <= MISSED.get(how, 0)


def test_cyrillic_read_as_latin() -> None:
    for text in FOREIGN["ru"]:
        assert "TXT006" in rules(text.encode("cp1251", "replace").decode("latin-1"), language="")


def test_one_garbled_word_in_a_long_story() -> None:
    (fault,) = found(f"{dispatches()[0]}\n\nThe cafÃ© was full.")
    assert (fault.rule, fault.message) == ("TXT006", "letters are garbled: one encoding was read as another")
    assert "cafÃ© was full" in fault.excerpt


def test_a_garbled_headline() -> None:
    assert rules(dispatches()[0], article_title="Mayor\ufffds office silent") == ["TXT006"]


@pytest.mark.parametrize(
    "text",
    [
        *(text for texts in FOREIGN.values() for text in texts),
        *WHOLE.values(),
        ENGLISH,
        "It was 20°–25° in the shade — “hot”, said ‘Zoë’ …",
        "LE CAFÉ « LA PÉNICHE » : « À BIENTÔT ! » — déjà-vu, cœur, naïveté, 100 €… à 5 %",
        "GROẞE STRAẞE, „Spaß“, Fußball’s Größen, Ärger, Öl",
        "👩‍👩‍👧 and 🇩🇪 – naïve façade, jalapeño, smörgåsbord, Łódź, İstanbul, Ångström, Đà Nẵng",
        "Ελλάδα και Κύπρος, Україна, ישראל, مصر، ประเทศไทย, 대한민국",
        "Jumla ya shilingi 5,000–6,000 zilitolewa… “ndiyo”",
    ],
)
def test_letters_that_are_meant(text: str) -> None:
    assert mojibake(page(text, article_title=text)) is None


@pytest.mark.parametrize("piece", ["é»", "Ã", "ÿÿ", "\x85", "ж", "â€", "字", "é ", "\ufffd"])
def test_hostile_letters_take_linear_time(piece: str) -> None:
    short, long = (seconds(piece * times) for times in (4_000, 32_000))
    assert long < 24 * max(short, 0.001)
