"""RSS, Atom, RDF and JSON Feed, invented: full text before summaries, nothing cut short passes as whole."""

from __future__ import annotations

import builtins
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import limits
from dedup.errors import MissingExtra
from dedup.read import sources, walk
from tests.read.helpers import articles, everything, one, skips, why, written

pytest.importorskip("feedparser")

TEXT = "A ferry ran aground off Ostby on Tuesday.\n\nNobody was hurt."
HTML = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))
CONTENT = f"<content:encoded><![CDATA[{HTML}]]></content:encoded>"
LONG = " ".join(f"Passenger number {n} told the coast guard of a bang." for n in range(40))


def rss(*entries: str, channel: str = "<title>The Gazette</title><language>en</language>") -> str:
    items = "".join(f"<item>{entry}</item>" for entry in entries)
    return f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{channel}<link>https://gazette.example</link>{items}
     </channel></rss>"""


ENTRY = """<title>Ferry &amp;amp; co &lt;b&gt;aground&lt;/b&gt;</title><link>https://gazette.example/a</link>
<guid isPermaLink="false">a-1</guid><pubDate>Sun, 02 Mar 2025 08:00:00 GMT</pubDate><dc:creator>Ann Lee</dc:creator>
<description>A ferry ran aground.</description>"""

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Gazette</title>
<entry><title>Ferry &amp; co aground</title><id>a-1</id><link href="https://gazette.example/a"/>
<published>2025-03-02T08:00:00Z</published><author><name>Ann Lee</name></author><summary>A ferry ran aground.</summary>
<content type="html">{HTML.replace("<", "&lt;")}</content></entry></feed>"""

RDF = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Gazette</title>
 <dc:language>en</dc:language></channel><item rdf:about="a-1"><title>Ferry &amp; co aground</title><link>https://gazette.example/a</link>
 <dc:creator>Ann Lee</dc:creator><dc:date>2025-03-02T08:00:00Z</dc:date>{CONTENT}</item></rdf:RDF>"""

FEEDS = {"a.rss": rss(ENTRY + CONTENT), "a.xml": rss(ENTRY + CONTENT), "a.atom": ATOM, "a.rdf": RDF}


@pytest.mark.parametrize(("name", "data"), FEEDS.items(), ids=FEEDS)
def test_full_text(tmp_path: Path, name: str, data: str) -> None:
    found = one(everything(written(tmp_path, name, data)))
    assert (found.text, found.flags, found.title) == (TEXT, (), "Ferry & co aground")
    assert (found.url, found.outlet, found.author) == ("https://gazette.example/a", "The Gazette", "Ann Lee")
    assert (found.published, found.language) == ("2025-03-02T08:00:00+00:00", "en")
    assert found.id == ("a-1" if name != "a.rdf" else found.id)


def test_a_summary_says_so_and_a_long_one_is_the_story(tmp_path: Path) -> None:
    short, long = articles(
        everything(written(tmp_path, "a.xml", rss(ENTRY, f"<description>&lt;p&gt;{LONG}&lt;/p&gt;</description>")))
    )
    assert (short.text, short.flags) == ("A ferry ran aground.", ("description only",))
    assert (long.text, long.flags) == (LONG, ())


OUTLETS = {
    "its source": (ENTRY + '<source url="https://post.example/rss">The Post</source>', "", "The Post"),
    "the feed's publisher": (ENTRY, "<dc:publisher>Gazette Ltd</dc:publisher><title>World news</title>", "Gazette Ltd"),
    "the feed": (ENTRY, "<title>The Gazette</title>", "The Gazette"),
    "the host": (ENTRY, "", "gazette.example"),
}


@pytest.mark.parametrize(("entry", "channel", "outlet"), OUTLETS.values(), ids=OUTLETS)
def test_outlets(tmp_path: Path, entry: str, channel: str, outlet: str) -> None:
    assert one(everything(written(tmp_path, "a.xml", rss(entry, channel=channel)))).outlet == outlet


def test_an_entry_without_text(tmp_path: Path) -> None:
    found = everything(written(tmp_path, "a.xml", rss(ENTRY, "<title>Ferry</title>")))
    assert len(articles(found)) == 1
    assert [(s.where[-3:], s.empty) for s in skips(found)] == [("[1]", True)]


def test_a_feed_without_entries(tmp_path: Path) -> None:
    assert why(everything(written(tmp_path, "a.xml", rss()))) == "a feed without entries"


def test_a_feed_cut_anywhere(tmp_path: Path) -> None:
    entries = [f"<title>{n}</title><guid>{n}</guid><description>{n}: {LONG}</description>" for n in "abc"]
    whole = rss(*entries)
    texts = [a.text for a in articles(everything(written(tmp_path, "a.rss", whole)))]
    assert len(texts) == 3
    for end in range(1, len(whole) - len("</rss>"), 97):
        found = everything(written(tmp_path, "a.rss", whole[:end]))
        read = [a.text for a in articles(found)]
        assert skips(found) and read == texts[: len(read)], end


ENCODED = {
    "utf-8 that says latin-1": rss(ENTRY + CONTENT).replace('"1.0"?', '"1.0" encoding="iso-8859-1"?').encode(),
    "utf-16": rss(ENTRY + CONTENT).encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + rss(ENTRY + CONTENT).encode(),
    "latin-1 that says utf-8": rss(ENTRY + CONTENT).replace("Ostby", "Østby").encode("cp1252"),
    "koi8": rss(ENTRY + CONTENT)
    .replace('"1.0"?', '"1.0" encoding="koi8-r"?')
    .replace("Ostby", "Остбю")
    .encode("koi8-r"),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_charsets(tmp_path: Path, data: bytes) -> None:
    text = one(everything(written(tmp_path, "a.xml", data))).text
    assert text in (TEXT, TEXT.replace("Ostby", "Østby"), TEXT.replace("Ostby", "Остбю"))


def test_nothing_is_opened_or_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import feedparser  # loaded before files are watched  # noqa: F401

    everything(written(tmp_path, "first.rss", rss(ENTRY)))
    path = written(tmp_path, "a.rss", "<rss>" + "https://gazette.example/feed")
    opened: list[object] = []
    real = builtins.open
    monkeypatch.setattr(builtins, "open", lambda file, *a, **k: (opened.append(file), real(file, *a, **k))[1])
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("fetched"))
    found = everything(path)
    assert skips(found) and set(map(str, opened)) == {str(path)}


BOMB = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


def test_entities_are_refused(tmp_path: Path) -> None:
    data = rss(ENTRY).replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{BOMB}')
    assert "refused" in why(everything(written(tmp_path, "a.xml", data)))


@pytest.mark.parametrize(
    "data",
    ["<rss>" * 20_000, "<rss><channel>" + "<item>" * 20_000, "<feed>" + "<a b=" * 20_000, "<rss>" + "&" * 50_000],
)
def test_hostile_feeds_end_soon(tmp_path: Path, data: str) -> None:
    started = time.perf_counter()
    assert everything(written(tmp_path, "a.rss", data))
    assert time.perf_counter() - started < 10


def test_a_feed_beyond_the_cap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FEED", 100)
    assert "larger than" in why(everything(written(tmp_path, "a.rss", rss(ENTRY))))


@given(
    st.lists(
        st.sampled_from(["<rss>", "<item>", "</item>", "<title>", "&lt;p&gt;", "<![CDATA[", "]]>", "x ", "</rss>"])
    )
)
@settings(max_examples=60, deadline=None)
def test_any_pieces(pieces: list[str]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        assert everything(written(Path(folder), "a.rss", "<rss>" + "".join(pieces)))


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.xml.gz"])
def test_a_missing_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    import gzip

    data = rss(ENTRY).encode()
    path = written(tmp_path, name, gzip.compress(data) if name.endswith("gz") else data)
    monkeypatch.setattr(walk, "_missing", lambda needs: bool(needs.module))
    with pytest.raises(MissingExtra, match=r"\[feeds\]"):
        list(sources([str(path)]))
    assert "[feeds]" in why(everything(tmp_path))


def test_json_feed(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "The Gazette", "home_page_url": "https://gazette.example",
        "items": [
            {"id": "a-1", "url": "https://news.gazette.example/a", "title": "Ferry", "content_html": HTML,
             "summary": "A ferry", "date_published": "2025-03-02T08:00:00Z", "authors": [{"name": "Ann Lee"}],
             "language": "en"},
            {"id": "a-2", "summary": "A ferry ran aground.", "url": "https://gazette.example/b"},
        ],
    }  # fmt: skip
    full, short = articles(everything(written(tmp_path, "feed.json", json.dumps(feed))))
    assert (full.id, full.title, full.outlet, full.author) == ("a-1", "Ferry", "The Gazette", "Ann Lee")
    assert (full.text, full.published, full.flags) == (TEXT, "2025-03-02T08:00:00+00:00", ("html",))
    assert short.flags == ("description only",)


@pytest.mark.parametrize(
    "tail",
    [
        "\n<!-- Dynamic page generated in 0.5 seconds. -->",
        "<!-- a --> \n<!-- b </channel> -->\n",
        f"<!--{'x' * 900}-->",
    ],
)
def test_what_a_cache_puts_behind_a_feed_cuts_nothing(tmp_path: Path, tail: str) -> None:
    found = everything(written(tmp_path, "feed.xml", rss(ENTRY + CONTENT, ENTRY + CONTENT) + tail))
    assert len(articles(found)) == len(found) == 2


@pytest.mark.parametrize("tail", ["<!-- ", "-->", "<!-- </rss> -->", "<!-- --> -->" * 400])
def test_a_comment_is_no_end(tmp_path: Path, tail: str) -> None:
    whole = rss(ENTRY + CONTENT, ENTRY + CONTENT)
    found = everything(written(tmp_path, "feed.xml", whole[: whole.rindex("</channel>")] + tail))
    assert len(articles(found)) < 2
    assert any("cut off" in skip.why for skip in skips(found))


@pytest.mark.parametrize(
    "subset", ["%s", "<!-- ]> <rss> --> %s", "<?x ]> <rss> ?> %s", "<!NOTATION n SYSTEM ']> <rss>'> %s"]
)
@pytest.mark.parametrize("declared", ['<!ENTITY a "words put in">', '<!ATTLIST item a CDATA "b">'])
def test_no_entity_is_expanded_wherever_it_hides(tmp_path: Path, subset: str, declared: str) -> None:
    head = f"<!DOCTYPE rss [ {subset % declared} ]>"
    feed = rss(f"<title>T</title><description>&a; {TEXT}</description>").replace("<rss ", f"{head}<rss ", 1)
    assert why(everything(written(tmp_path, "feed.xml", feed))) == "XML that declares entities or defaults: refused"


def test_a_doctype_alone_is_harmless(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "https://example.org/rss-0.91.dtd">'
    found = one(everything(written(tmp_path, "feed.xml", rss(ENTRY + CONTENT).replace("<rss ", f"{doctype}<rss ", 1))))
    assert found.text.startswith("A ferry ran aground")
