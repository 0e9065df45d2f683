"""The real samples of each format, where they are at hand: how often each field comes out, and floors for pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dedup.model import Article, Skipped
from tests.read.helpers import articles, everything, skips

FORMATS = Path(__file__).resolve().parents[3] / "shared" / "data" / "formats"
pytestmark = pytest.mark.skipif(not FORMATS.is_dir(), reason=f"real samples not at {FORMATS}")


def having(found: list[Article], *names: str) -> dict[str, int]:
    return {name: sum(bool(getattr(each, name)) for each in found) for name in names}


def test_nitf_as_ap_sends_it() -> None:
    found = everything(FORMATS / "nitf")
    assert len(found) == len(articles(found)) == 4
    assert having(articles(found), "title", "outlet", "published", "text") == dict.fromkeys(
        ("title", "outlet", "published", "text"), 4
    )
    assert having(articles(found), "author")["author"] == 2  # two have no byline
    for each in articles(found):
        assert each.published.endswith("+00:00") and not each.flags
        assert "(AP)" in each.text[:60] and each.text.count("\n\n") >= 4


def test_newsml_g2_as_the_iptc_shows_it() -> None:
    found = everything(FORMATS / "newsml-g2")
    texts = articles(found)
    assert len(texts) == 4  # with a text in them; the others show metadata, packages, pictures, concepts
    assert having(texts, "id", "version", "outlet", "published", "language", "text", "title") == {
        "id": 4, "version": 4, "outlet": 4, "published": 4, "language": 4, "text": 4, "title": 3,
    }  # fmt: skip
    reasons = Counter(each.why for each in skips(found))
    assert reasons["no text in it"] == 9 and reasons["a picture, not a text"] == 3
    assert not any("well-formed" in why or "cut off" in why for why in reasons)


def test_ninjs_as_the_iptc_shows_it() -> None:
    found = everything(FORMATS / "ninjs")
    assert having(articles(found), "id", "text", "title", "published") == {
        "id": 6, "text": 6, "title": 5, "published": 5,
    }  # fmt: skip
    assert Counter(each.why for each in skips(found)) == Counter(
        ["a picture, not a text", "an event, not a text", "no text in it"]
    )


# ---------------------------------------------------------------- pages


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def overlap(one: str, other: str) -> float:
    """F1 of the words of two texts."""
    a, b = Counter(words(one)), Counter(words(other))
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def body(expected: dict[str, Any]) -> str:
    held = expected.get("body") or {}
    sections = [line for each in held.get("sections", []) for line in (*each.get("headline", []), *each["paragraphs"])]
    return "\n".join([*held.get("summary", []), *sections])


@cache
def pages() -> list[tuple[Article | Skipped, dict[str, Any]]]:
    """Of every page what was read and, of the extractions expected for its outlet, the one it is closest to."""
    pytest.importorskip("trafilatura")
    found: list[tuple[Article | Skipped, dict[str, Any]]] = []
    for path in sorted((FORMATS / "html").rglob("*.html.gz")):
        expected = json.loads((path.parent / f"{path.name.split('_')[0]}.json").read_text(encoding="utf-8")).values()
        (read,) = everything(path)
        text = read.text if isinstance(read, Article) else ""
        found.append((read, max(expected, key=lambda each: overlap(body(each), text))))
    return found


def plain(title: str) -> str:
    return " ".join(title.translate(str.maketrans("’‘“”", "''\"\"")).split())


def test_share_of_fields_that_come_out_right() -> None:
    held = [(read, expected) for read, expected in pages() if isinstance(read, Article)]
    count = len(pages())
    title = sum(plain(read.title) == plain(expected["title"]) for read, expected in held)
    day = sum(read.published[:10] == expected["publishing_date"][:10] for read, expected in held)
    text = sum(overlap(read.text, body(expected)) >= 0.9 for read, expected in held)
    print(f"{count} pages: title {title}, day {day}, body {text}")  # noqa: T201
    assert title >= 0.84 * count and day >= 0.96 * count and text >= 0.91 * count
