from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import limits
from dedup.read.urls import canonical_url, site

SAME = [
    ("tracking", "https://gazette.example/a/1?utm_source=feed&utm_medium=rss&fbclid=x1"),
    ("scheme", "http://gazette.example/a/1"),
    ("no scheme", "//gazette.example/a/1"),
    ("host case", "https://WWW.Gazette.EXAMPLE/a/1"),
    ("mobile", "https://m.gazette.example/a/1"),
    ("mobile, long", "https://www.mobile.gazette.example/a/1/"),
    ("port", "https://gazette.example:443/a/1"),
    ("fragment", "https://gazette.example/a/1#comments"),
    ("trailing slash", "https://gazette.example/a/1/"),
    ("amp at the end", "https://gazette.example/a/1/amp/"),
    ("amp host", "https://amp.gazette.example/a/1"),
    ("amp parameter", "https://gazette.example/a/1?amp=1&outputType=amp"),
    ("amp viewer", "https://www.google.com/amp/s/www.gazette.example/a/1"),
    ("amp cache", "https://gazette-example.cdn.ampproject.org/c/s/gazette.example/a/1"),
    ("escape of a plain letter", "https://gazette.example/%61/1"),
    ("user", "https://ann@gazette.example/a/1"),
    ("spaces", "  https://gazette.example/a/1\n"),
]


@pytest.mark.parametrize(("what", "url"), SAME, ids=[what for what, _ in SAME])
def test_variants_of_one_page_agree(what: str, url: str) -> None:
    assert canonical_url(url) == "https://gazette.example/a/1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://gazette.example/story?id=1", "https://gazette.example/story?id=2"),
        ("https://gazette.example/A", "https://gazette.example/a"),
        ("https://gazette.example/a", "https://sport.gazette.example/a"),
        ("https://gazette.example/a", "https://gazette.example:8080/a"),
        ("https://gazette.example/#!/1", "https://gazette.example/#!/2"),
        ("https://gazette.example/a%2Fb", "https://gazette.example/a/b"),
    ],
)
def test_different_pages_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_order_of_parameters_does_not_matter() -> None:
    assert canonical_url("https://g.example/s?b=2&a=1") == canonical_url("https://g.example/s?a=1&b=2")


@pytest.mark.parametrize("url", ["", "not a url", "mailto:ann@gazette.example", "https://[broken", "http://a:99999/x"])
def test_what_is_no_address_stays(url: str) -> None:
    assert canonical_url(url) == url.replace(" ", "")


PIECES = st.sampled_from(
    [
        "http://", "https://", "//", "www.", "m.", "amp.", "google.com", "gazette.example", "/amp", "/amp/s/",
        ".amp", ".html", "?", "&", "utm_source=x", "id=7", "=", "#", "!", "%61", "%2f", "%", "/", "//", ":80",
        ":", "@", "[", "]", "ä", " ", "x.cdn.ampproject.org", "/c/s/", "/v/s/", ".", "a",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=20).map("".join)))
def test_idempotent(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_a_giant_address_is_left_alone() -> None:
    url = "https://www.google.com/amp/s/" * 5000
    assert canonical_url(url) == url and len(url) > limits.MAX_URL


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.gazette.example/a", "gazette.example"),
        ("edition.gazette.co.uk", "gazette.co.uk"),
        ("http://news.gazette.com.au:80/x", "gazette.com.au"),
        ("//m.gazette.org?x=1", "gazette.org"),
        ("https://ann.blogspot.com/2018", "ann.blogspot.com"),
        ("http://192.0.2.7/x", "192.0.2.7"),
        ("https://localhost/x", ""),
        ("", ""),
    ],
)
def test_site(url: str, expected: str) -> None:
    assert site(url) == expected


@given(st.text(max_size=60))
def test_site_never_raises(url: str) -> None:
    assert isinstance(site(url), str)
