"""XML under any suffix: the outermost element decides; nothing is expanded, fetched, or trusted to be small."""

from __future__ import annotations

import contextlib
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import limits
from dedup.read import tree
from tests.read.helpers import everything, one, why, written

BODY = "<body><body.content><p>A ferry ran aground.</p></body.content></body>"
NITF = f"<nitf><head><title>Ferry</title></head>{BODY}</nitf>"


@pytest.mark.parametrize("name", ["a.xml", "a.nitf", "a.rss", "a.xml.gz"])
def test_the_outermost_element_decides(tmp_path: Path, name: str) -> None:
    import gzip

    data = f'<?xml version="1.0"?>\n<!-- <rss> -->\n<?x <feed>?>\n<!DOCTYPE nitf [ <!-- ]> --> ]>{NITF}'.encode()
    path = written(tmp_path, name, gzip.compress(data) if name.endswith("gz") else data)
    assert one(everything(path)).text == "A ferry ran aground."


OTHERS = {
    "<urlset><url/></urlset>": "a sitemap, not articles",
    "<sitemapindex/>": "a sitemap, not articles",
    "<NewsML/>": "NewsML 1, which is not read: ask for NewsML-G2 or NITF",
    "<w:document/>": "XML of no news format that is read here: its outermost element is 'document'",
    "plain words": "holds no XML",
    "<!-- open": "holds no XML",
    "<nitf><p>": "XML that is cut off: no element found: line 1, column 9",
    "<nitf><p></nitf>": "not well-formed XML: mismatched tag: line 1, column 11",
}


@pytest.mark.parametrize(("data", "reason"), OTHERS.items(), ids=OTHERS)
def test_what_is_no_news(tmp_path: Path, data: str, reason: str) -> None:
    assert why(everything(written(tmp_path, "a.xml", data))) == reason


LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DECLARED = {
    "a billion laughs": f'<!DOCTYPE nitf [<!ENTITY l0 "lol">{LOL}]>' + NITF.replace("A ferry", "&l9;"),
    "one large entity": f'<!DOCTYPE nitf [<!ENTITY a "{"x" * 100_000}">]>' + NITF.replace("A ferry", "&a;" * 50_000),
    "a file": '<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + NITF.replace("A ferry", "&a;"),
    "an address": '<!DOCTYPE nitf [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>' + NITF.replace("A ferry", "&a;"),
    "a parameter": '<!DOCTYPE nitf [<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]>' + NITF,
    "an attribute for every paragraph": f'<!DOCTYPE nitf [<!ATTLIST p a CDATA "{"x" * 1_000_000}">]>' + NITF,
}


@pytest.mark.parametrize("data", DECLARED.values(), ids=DECLARED)
def test_declarations_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("fetched"))
    path = written(tmp_path, "a.xml", data)
    tracemalloc.start()
    started = time.perf_counter()
    reason = why(everything(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reason == "XML that declares entities or defaults: refused"
    assert time.perf_counter() - started < 2 and peak < 50 << 20


DEEP = {
    "paragraphs": "<nitf><body><body.content>" + "<p>" * 100_000,
    "closed": NITF.replace("A ferry", "<b>" * 5_000 + "A ferry" + "</b>" * 5_000),
}


@pytest.mark.parametrize("data", DEEP.values(), ids=DEEP)
def test_depth(tmp_path: Path, data: str) -> None:
    assert why(everything(written(tmp_path, "a.xml", data))) == "XML nested too deep"


def test_many_elements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "XML_ELEMENTS", 1_000)
    data = NITF.replace("A ferry", "<b/>" * 1_000)
    assert why(everything(written(tmp_path, "a.xml", data))) == "XML of more than 1,000 elements"
    monkeypatch.setattr(limits, "MAX_XML", 1_000)
    assert why(everything(written(tmp_path, "a.xml", data))) == "larger than 1,000 bytes"


REPAIRED = {
    "a bare ampersand": ("Ferry & sons ran.", "Ferry & sons ran."),
    "a control character": ("A \x1fferry\x02 ran.", "A ferry ran."),
    "a name of HTML's": ("A&nbsp;ferry &mdash; caf&eacute;.", "A ferry — café."),
    "an unknown name": ("A &ferry; ran.", "A &ferry; ran."),
}


@pytest.mark.parametrize(("inside", "text"), REPAIRED.values(), ids=REPAIRED)
def test_what_is_nearly_xml(tmp_path: Path, inside: str, text: str) -> None:
    found = one(everything(written(tmp_path, "a.xml", NITF.replace("A ferry ran aground.", inside))))
    assert found.text == text
    assert ("xml repaired" in found.flags) == (" & " in inside or "\x1f" in inside)


CHARSETS = [
    ("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("windows-1251", "cp1251"), ("utf-16", "utf-16"), ("utf-8", "cp1252"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "used"), CHARSETS)
def test_charsets(tmp_path: Path, said: str, used: str) -> None:
    word = "Остбю" if used == "cp1251" else "Østby"
    data = f'<?xml version="1.0" encoding="{said}"?>{NITF.replace("aground", f"aground off {word}")}'
    found = one(everything(written(tmp_path, "a.xml", data.encode(used))))
    assert found.text == f"A ferry ran aground off {word}."


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<!--", "<!", "<?", "&", "<p>", "</p>", "<![CDATA[", "]]>", "<!DOCTYPE x [", "a:"]
)
def test_time_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = "<nitf>" + piece * (size // len(piece))
        started = time.perf_counter()
        tree.root_name(piece * (size // len(piece)))
        with contextlib.suppress(ValueError):
            tree.parse(text)
        return time.perf_counter() - started

    seconds(10_000)
    # Linear is 4, quadratic 16.
    assert min(seconds(400_000) for _ in range(3)) < 0.05 + 9 * min(seconds(100_000) for _ in range(3))


@given(
    st.lists(
        st.sampled_from(["<nitf>", "<p>", "</p>", "x", "\n  ", "&amp;", "<br/>", "<media>", "</media>", "</nitf>"])
    )
)
def test_a_tree_or_a_reason(pieces: list[str]) -> None:
    try:
        root, _ = tree.parse("<body>" + "".join(pieces) + "</body>")
    except ValueError:
        return
    story = tree.story(root)
    assert "<" not in story and story == story.strip() and "\n\n\n" not in story
