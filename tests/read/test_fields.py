"""Records as the common scrapers write them; all content invented."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import limits
from dedup.errors import UsageError
from dedup.model import Article
from dedup.read.fields import ROLES, Mapper, parse_map

STORY = "A ferry ran aground off Ostby on Tuesday.\n\nNobody was hurt."


def made(record: dict[str, Any], mapping: dict[str, str] | None = None) -> Article:
    article = Mapper("pile/day.jsonl", "pile", mapping).article(record)
    assert isinstance(article, Article), article
    return article


SCRAPERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "trafilatura: source is the url": (
        {"title": "Ferry", "author": "Ann Lee; Bo Ek", "hostname": "gazette.example", "date": "2018-07-15",
         "fingerprint": "f00", "id": None, "raw_text": "menu", "text": STORY, "language": None,
         "source": "https://www.gazette.example/a", "source-hostname": "The Gazette", "excerpt": "A ferry"},
        {"url": "https://www.gazette.example/a", "outlet": "The Gazette", "id": "", "language": "", "text": STORY},
    ),
    'news-please: "None" and maintext': (
        {"authors": [], "date_modify": "None", "date_publish": "None", "description": "A ferry", "filename": "x.json",
         "language": "en", "source_domain": "www.gazette.example", "maintext": STORY, "text": "menu ferry menu",
         "title": "Ferry", "url": "https://www.gazette.example/a"},
        {"text": STORY, "published": "", "flags": (), "outlet": "gazette.example", "author": "", "language": "en"},
    ),
    "fundus": (
        {"title": "Ferry", "plaintext": STORY, "authors": ["Ann Lee", "Bo Ek"],
         "publishing_date": "2018-07-15 07:54:28+00:00", "topics": []},
        {"text": STORY, "author": "Ann Lee, Bo Ek", "published": "2018-07-15T07:54:28+00:00", "outlet": "pile"},
    ),
    "NewsAPI: source is an object": (
        {"source": {"id": None, "name": "The Gazette"}, "author": None, "title": "Ferry", "description": "A ferry",
         "url": "https://gazette.example/a", "publishedAt": "2018-07-15T07:54:28Z", "content": STORY},
        {"outlet": "The Gazette", "url": "https://gazette.example/a", "published": "2018-07-15T07:54:28+00:00"},
    ),
    "source is a feed's name": ({"text": STORY, "source": "Gazette"}, {"outlet": "Gazette", "url": ""}),
    "schema.org": (
        {"@type": "NewsArticle", "headline": "Ferry", "articleBody": STORY, "datePublished": "2018-07-15",
         "publisher": {"@type": "Organization", "name": "The Gazette"}, "author": [{"name": "Ann Lee"}],
         "mainEntityOfPage": {"@type": "WebPage", "@id": "https://gazette.example/a"}, "inLanguage": "en"},
        {"outlet": "The Gazette", "author": "Ann Lee", "url": "https://gazette.example/a", "title": "Ferry"},
    ),
    "ninjs 3": (
        {"uri": "urn:x:1", "by": "Ann Lee", "versioncreated": "2018-07-15T07:54:28Z",
         "headlines": [{"role": "slug", "value": "x"}, {"role": "main", "value": "Ferry"}],
         "bodies": [{"role": "teaser", "value": "t"}, {"role": "main", "value": STORY}]},
        {"id": "urn:x:1", "title": "Ferry", "text": STORY, "author": "Ann Lee"},
    ),
    "pandas: NaN, NaT and ids as floats": (
        {"id": 12.0, "title": float("nan"), "text": STORY, "url": "nan", "date": "NaT", "publication": "Gazette"},
        {"id": "12", "title": "", "url": "", "published": "", "outlet": "Gazette", "flags": ()},
    ),
    "spreadsheet headings": (
        {"Article ID": 7, "Title": "Ferry", "Publish Date": "2018-07-15", "Full Text": STORY, "Newspaper": "Gazette"},
        {"id": "7", "title": "Ferry", "published": "2018-07-15", "outlet": "Gazette", "text": STORY},
    ),
    "MongoDB export": (
        {"_id": {"$oid": "5b4b"}, "text": STORY, "date": {"$date": "2018-07-15T07:54:28Z"}},
        {"id": "5b4b", "published": "2018-07-15T07:54:28+00:00"},
    ),
    "text as paragraphs": ({"text": ["One.", "Two."]}, {"text": "One.\n\nTwo."}),
    "outlet from the url": ({"text": STORY, "url": "http://m.gazette.co.uk/a"}, {"outlet": "gazette.co.uk"}),
    "outlet from the folder": ({"text": STORY}, {"outlet": "pile"}),
    "HTML in a text field": (
        {"content": "<p>Rain &amp; hail.</p>\n<p>Sun.<br>Wind.</p>"},
        {"text": "Rain & hail.\n\nSun.\n\nWind.", "flags": ("html",)},
    ),
    "a text about HTML": ({"text": "The <p> tag, where a < b."}, {"text": "The <p> tag, where a < b.", "flags": ()}),
    "only a teaser": (
        {"title": "Ferry", "description": "A ferry ran aground.", "url": "https://g.example/a"},
        {"text": "A ferry ran aground.", "flags": ("description only",)},
    ),
    "second choice where the first is empty": ({"text": "", "content": STORY}, {"text": STORY}),
    "unreadable date": ({"text": STORY, "date": "04/07/2018"}, {"published": "", "flags": ("unreadable date",)}),
    "text untouched": ({"text": "  a\r\n\u200bZoe\u0308 \u2028"}, {"text": "  a\r\n\u200bZoe\u0308 \u2028"}),
}  # fmt: skip


@pytest.mark.parametrize(("record", "expected"), SCRAPERS.values(), ids=SCRAPERS)
def test_scrapers(record: dict[str, Any], expected: dict[str, Any]) -> None:
    article = made(record)
    assert {name: getattr(article, name) for name in expected} == expected


SKIPPED: dict[str, tuple[dict[str, Any], str]] = {
    "Media Cloud has no text": (
        {"id": 1, "media_name": "Gazette", "publish_date": "2018-07-15", "url": "https://g.example/a"},
        "no text field (see --map); fields are: id, media_name, publish_date, url",
    ),
    "a schema has a description, but is no article": (
        {"$schema": "x", "title": "Ferry schema", "description": "Says what a ferry is.", "type": "object"},
        "no text field (see --map); fields are: $schema, title, description, type",
    ),
    "empty": ({"text": ""}, "empty text"),
    "blank": ({"text": " \n\u2003"}, "empty text"),
    "null": ({"text": None}, "empty text"),
    "None": ({"text": "None"}, "empty text"),
    "NaN": ({"text": float("nan")}, "empty text"),
    "no fields": ({}, "no text field (see --map); fields are: none"),
    "too long": ({"text": "x" * (limits.MAX_TEXT + 1)}, f"text longer than {limits.MAX_TEXT:,} characters"),
}


@pytest.mark.parametrize(("record", "why"), SKIPPED.values(), ids=SKIPPED)
def test_skipped(record: dict[str, Any], why: str) -> None:
    assert Mapper("p", "").article(record) == why


def test_a_float_that_lost_digits_is_no_id() -> None:
    assert made({"text": STORY, "id": 123456789012345678901234.0}).id == ""
    assert made({"text": STORY, "id": 12345678901234567890}).id == "12345678901234567890"


def test_map_goes_before_known_names() -> None:
    record = {"text": "teaser", "body": {"full": STORY}, "head": [{"main": "Ferry"}], "title": "x"}
    article = made(record, parse_map("text=body.full,title=head.0.main"))
    assert (article.text, article.title) == (STORY, "Ferry")


def test_map_to_a_name_with_a_dot() -> None:
    assert made({"a.b": STORY, "a": {"b": "x"}}, {"text": "a.b"}).text == STORY


def test_map_to_a_missing_field_is_a_skip() -> None:
    assert "fields are: text" in str(Mapper("p", "", {"text": "body"}).article({"text": STORY}))


@pytest.mark.parametrize("given_", ["text", "text=", "words=body", "=body", "text=a,text=b"])
def test_bad_maps(given_: str) -> None:
    with pytest.raises(UsageError, match="--map"):
        parse_map(given_)


def test_unknown_role_lists_the_roles() -> None:
    with pytest.raises(UsageError) as error:
        parse_map("words=body")
    assert all(role in str(error.value) for role in ROLES)


def test_plans_are_forgotten_rather_than_piled_up() -> None:
    mapper = Mapper("p", "")
    for number in range(3 * limits.MAX_PLANS):
        mapper.article({f"x{number}": 1, "text": STORY})
    assert len(mapper._plans) <= limits.MAX_PLANS


NAMES = st.sampled_from(
    ["text", "body", "title", "source", "publisher", "url", "date", "authors", "id", "html", "lang", "x"]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["<p>a</p>", "2018"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "value", "role", "text"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(NAMES, VALUES, max_size=8))
def test_any_record_is_an_article_or_a_reason(record: dict[str, Any]) -> None:
    found = Mapper("p", "folder").article(record)
    if isinstance(found, str):
        assert found
    else:
        assert found.text.strip()
        assert found.outlet


def test_values_nested_a_thousand_deep() -> None:
    deep: Any = "x"
    for _ in range(1000):
        deep = {"name": [deep]}
    article = made({"text": STORY, "author": deep, "publisher": deep, "date": deep, "title": deep})
    assert article.title == ""
