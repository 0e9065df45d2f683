from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.read import extract, jsonld, markup
from tests.read.helpers import everything, one, why, written

pytest.importorskip("trafilatura")

STORY = [
    "A ferry with 212 people on board ran aground off the island of Ostby early on Tuesday, the coast guard said.",
    "Nobody was hurt, and all passengers were taken ashore by lifeboats within two hours, said harbour master Ann Lee.",
    "The ferry company said it would look into why the ship had left its usual course in calm weather.",
]
BODY = "".join(f"<p>{each}</p>" for each in STORY)


def page(head: str = "", body: str = BODY) -> str:
    story = f"<nav>Home</nav><article>{body}</article>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{story}</body></html>"


def linked(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


NEWS = """{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferry runs aground",
 "datePublished": "2018-07-15T07:54:28+02:00", "publisher": {"@type": "Organization", "name": "The Gazette"},
 "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Ek"}], "inLanguage": "en-GB",
 "mainEntityOfPage": "https://gazette.example/a"}"""
BLOCKS = {
    "object": NEWS,
    "list": f'[{{"@type": "BreadcrumbList"}}, {NEWS}]',
    "graph": f'{{"@graph": [{{"@type": "WebSite", "name": "x"}}, {NEWS}]}}',
    "list of types": NEWS.replace('"NewsArticle"', '["ReportageNewsArticle", "Thing"]'),
    "comment wrapped": f"<!-- {NEWS} -->",
    "a raw line break": NEWS.replace("The Gazette", "The\nGazette"),
    "after a broken one": '{"@type": "NewsArticle", "headline": "cut o</script><script type="application/ld+json">'
    + NEWS,
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_json_ld_first(tmp_path: Path, block: str) -> None:
    head = '<title>Other | Gazette</title><meta property="og:title" content="Other">'
    article = one(everything(written(tmp_path, "a.html", page(head + linked(block)))))
    assert article.title == "Ferry runs aground"
    assert (article.outlet, article.author, article.language) == ("The Gazette", "Ann Lee, Bo Ek", "en-GB")
    assert (article.published, article.url) == ("2018-07-15T07:54:28+02:00", "https://gazette.example/a")
    assert article.text == "\n".join(STORY)


def test_meta_tags(tmp_path: Path) -> None:
    head = """<title>Ferry runs aground | The Gazette</title><link rel="canonical" href="https://gazette.example/a">
    <meta property="article:published_time" content="2018-07-15"><meta name="author" content="Ann Lee">"""
    article = one(everything(written(tmp_path, "a.html", page(head))))
    assert (article.title, article.outlet, article.author) == ("Ferry runs aground", "gazette.example", "Ann Lee")
    assert (article.published, article.language) == ("2018-07-15", "en")


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Ferry runs aground - Gazette.eg", "Ferry runs aground"),
        ("Ferry runs aground | The Gazette", "Ferry runs aground"),
        ("Ferry runs aground – and nobody knows why", "Ferry runs aground – and nobody knows why"),
        ("Ferry runs aground again", "Ferry runs aground again"),
        ("Gazette: Ferry", "Gazette: Ferry"),
    ],
)
def test_the_sites_name_is_no_part_of_a_headline(tmp_path: Path, headline: str, title: str) -> None:
    head = linked(NEWS.replace("Ferry runs aground", headline))
    found = one(everything(written(tmp_path, "a.html", page(head, "<h1>Ferry <b>runs</b>\n aground</h1>" + BODY))))
    assert found.title == title


LONG = STORY + [f"Passenger number {each} told the coast guard of a bang, then of a long silence." for each in range(9)]


@pytest.mark.parametrize(("shown", "flags"), [(LONG[:3], ("json-ld body",)), (LONG[:8], ())])
def test_the_article_body_where_most_is_missed(tmp_path: Path, shown: list[str], flags: tuple[str, ...]) -> None:
    block = NEWS.replace('"headline"', f'"articleBody": "{" ".join(LONG)}", "headline"')
    text = page(linked(block), "".join(f"<p>{each}</p>" for each in shown))
    article = one(everything(written(tmp_path, "a.html", text)))
    assert article.flags == flags
    assert article.text == (" ".join(LONG) if flags else "\n".join(shown))


def test_declared_charset(tmp_path: Path) -> None:
    text = page(
        '<meta charset="windows-1251">', BODY + "<p>Паром сел на мель у острова Остбю рано утром во вторник.</p>"
    )
    article = one(everything(written(tmp_path, "a.htm", text.encode("windows-1251"))))
    assert article.text.endswith("во вторник.")
    assert article.flags == ("windows-1251",)


@pytest.mark.parametrize("depth", [300, 5_000, 200_000])
def test_depth_that_empties_the_parser(tmp_path: Path, depth: int) -> None:
    text = page(body=BODY + "<div>" * depth + "x" + "</div>" * depth + BODY)
    assert (
        why(everything(written(tmp_path, "a.html", text))) == f"tags nested too deep: empty though {len(text):,} bytes"
    )


@pytest.mark.parametrize(
    "text", ["<html></html>", "<p>", "<!doctype html>", "   \n", "<script>" + "x" * 2000, "<!--" + "x" * 2000]
)
def test_empty_pages_say_how_much_was_empty(tmp_path: Path, text: str) -> None:
    assert f"empty though {len(text):,} bytes" in why(everything(written(tmp_path, "a.html", text)))


@given(st.text(alphabet='<>/="abphtml{}[]:,@ \n!-', max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_markup(text: str) -> None:
    assert isinstance(extract.page("<html>" + text).text, str)
    assert isinstance(jsonld.article([text, "{" + text]), dict)


@given(st.text(alphabet="<>/abp! -sctrip&;\n", max_size=200))
def test_plain_leaves_no_closed_tag(text: str) -> None:
    assert "<p>" not in markup.plain(text.replace("&", ""))


HOSTILE = ["<", "<p", "<p>", "<!--", "<script>", "</p>", "&amp", "<p a=<", "< a", "<a/", "<script", "-->"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_plain_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        started = time.perf_counter()
        markup.plain(piece * (size // len(piece)))
        markup.looks_like_html(piece * (size // len(piece)))
        return time.perf_counter() - started

    seconds(10_000)
    # Linear is 4, quadratic 16.
    assert min(seconds(200_000) for _ in range(3)) < 0.02 + 9 * min(seconds(50_000) for _ in range(3))


def test_a_page_in_a_field(tmp_path: Path) -> None:
    import json

    line = json.dumps({"url": "https://gazette.example/a", "raw_html": page()})
    article = one(everything(written(tmp_path, "day.jsonl", line + "\n")))
    assert (article.text, article.flags, article.outlet) == ("\n".join(STORY), ("html",), "gazette.example")
