"""ninjs 1 to 3 and AP's JSON, invented: fields, forms of a body, statuses, what is no article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dedup.model import Article
from dedup.read.fields import Mapper
from tests.read.helpers import articles, everything, one, skips, written

TEXT = "NORTHPORT (AP) — A ferry ran aground off Ostby on Tuesday.\n\nNobody was hurt."
XHTML = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))
FLAT = " ".join(TEXT.split())
SENT = "2025-03-02T08:00:00+00:00"


def made(record: dict[str, Any], mapping: dict[str, str] | None = None) -> Article:
    article = Mapper("pile/day.jsonl", "pile", mapping).article(record)
    assert isinstance(article, Article), article
    return article


def old(**more: Any) -> dict[str, Any]:
    """ninjs 1."""
    return {
        "uri": "urn:x:1", "type": "text", "version": "2", "versioncreated": "2025-03-02T08:00:00Z",
        "pubstatus": "usable", "headline": "Ferry runs aground", "byline": "Ann Lee", "language": "en",
        "copyrightholder": "The Wire", "body_text": FLAT, "body_xhtml": XHTML,
        "associations": {"main": {"uri": "urn:x:9", "type": "picture", "body_text": "A ferry."}},
    } | more  # fmt: skip


def new(**more: Any) -> dict[str, Any]:
    """ninjs 2 and 3."""
    return {
        "uri": "urn:x:1", "type": "text", "version": "2", "versioncreated": "2025-03-02T08:00:00Z",
        "pubstatus": "usable", "by": "Ann Lee", "language": "en", "infosources": [{"name": "The Wire"}],
        "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry runs aground"}],
        "bodies": [
            {"role": "teaser", "value": f"{TEXT} {TEXT}"},
            {"role": "main", "contenttype": "text/plain", "value": FLAT},
            {"role": "richtext", "contenttype": "application/xhtml+xml", "value": XHTML},
        ],
    } | more  # fmt: skip


def ap(**more: Any) -> dict[str, Any]:
    """An item of AP's feed."""
    return {
        "uri": "https://api.wire.example/content/f00?qt=x", "altids": {"itemid": "f00", "etag": "f00_1"}, "version": 2,
        "type": "text", "versioncreated": "2025-03-02T08:00:00Z", "firstcreated": "2025-03-01T08:00:00Z",
        "pubstatus": "usable", "title": "EU--Ferry", "headline": "Ferry runs aground", "language": "en",
        "bylines": [{"by": "By ANN LEE", "title": "Associated Press"}], "provider": "AP", "body_nitf": XHTML,
        "links": [{"rel": "canonical", "href": "https://wire.example/f00"}],
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("record", "id", "outlet", "author", "url"),
    [
        (old(), "urn:x:1", "The Wire", "Ann Lee", ""),
        (new(), "urn:x:1", "The Wire", "Ann Lee", ""),
        (ap(), "f00", "AP", "By ANN LEE, Associated Press", "https://wire.example/f00"),
        ({"item": ap(), "meta": {}}, "f00", "AP", "By ANN LEE, Associated Press", "https://wire.example/f00"),
    ],
    ids=["1", "2 and 3", "AP", "AP, wrapped"],
)
def test_fields(record: dict[str, Any], id: str, outlet: str, author: str, url: str) -> None:
    found = made(record)
    assert (found.id, found.outlet, found.author, found.url) == (id, outlet, author, url)
    assert (found.title, found.published, found.language) == ("Ferry runs aground", SENT, "en")
    assert (found.version, found.status, found.embargo, found.text) == ("2", "", "", TEXT)


NITF = f"<nitf><body><body.content><block>{XHTML}</block></body.content></body></nitf>"


@pytest.mark.parametrize(
    "body",
    [
        {"body_nitf": f"<block id='Main'>{XHTML}</block>"},
        {"body_nitf": NITF},
        {"body_nitf": XHTML.replace("—", "&mdash;")},
        {"body_nitf": "<p>broken & bare " + XHTML, "body_text": TEXT + " and it is the longer one of the two by far"},
    ],
    ids=["block", "document", "named character", "broken"],
)
def test_nitf_inside(body: dict[str, str]) -> None:
    assert made(ap(**body)).text.startswith(TEXT)


SAID: list[tuple[dict[str, Any], str]] = [
    ({"pubstatus": "canceled"}, "killed"),
    ({"pubstatus": "withheld"}, "killed"),
    ({"pubstatus": "withheld", "embargoed": "2025-03-03T08:00:00Z"}, "embargoed"),
    ({"embargoed": "2025-03-03T08:00:00Z"}, "embargoed"),
    ({"embargoed": "2025-03-01T08:00:00Z"}, ""),
    ({"pubstatus": "canceled", "embargoed": "2025-03-03T08:00:00Z"}, "killed"),
    ({"editorialtypes": ["Kill"]}, "killed"),
    ({"editorialtypes": ["Elimination"]}, "killed"),
    ({"editorialtypes": ["Advisory"]}, "advisory"),
    ({"editorialtypes": ["Correction"]}, "corrected"),
    ({"editorialtypes": ["Correction", "Kill"]}, "killed"),
    ({"signals": ["newscontent"], "profile": "Review"}, ""),
    ({"ednote": "Eds: CORRECTS: spelling of name."}, "corrected"),
    ({"ednote": "Eds: UPDATES: With photos."}, ""),
]


@pytest.mark.parametrize(("more", "status"), SAID)
def test_status(more: dict[str, Any], status: str) -> None:
    assert [made(make(**more)).status for make in (old, new, ap)] == [status] * 3


def test_a_kill_without_a_body_is_an_article_under_the_id_it_kills(tmp_path: Path) -> None:
    kill = ap(version=3, pubstatus="canceled", body_nitf="", headline="", ednote="Eds: A kill is mandatory.")
    data = {"api_version": "1.1", "data": {"items": [{"meta": {}, "item": ap()}, {"meta": {}, "item": kill}]}}
    found = articles(everything(written(tmp_path, "feed.json", json.dumps(data))))
    assert [(a.id, a.version, a.status) for a in found] == [("f00", "2", ""), ("f00", "3", "killed")]
    assert found[1].text == "Eds: A kill is mandatory."
    bare = made({"uri": "urn:x:1", "version": "3", "pubstatus": "canceled"})
    assert (bare.id, bare.status, bare.text) == ("urn:x:1", "killed", "Killed: urn:x:1")


@pytest.mark.parametrize(
    "data",
    [
        old(),
        [old()],
        {"items": [old()]},
        {"data": {"items": [{"item": ap(), "meta": {}}]}},
        {"data": {"item": ap(), "meta": {}}, "api_version": "2.0"},
    ],
    ids=["one", "list", "items", "AP's feed", "AP's item"],
)
def test_files(tmp_path: Path, data: Any) -> None:
    assert one(everything(written(tmp_path, "a.json", json.dumps(data, indent=1)))).text == TEXT
    records = json.dumps(data) if not isinstance(data, list) else json.dumps(data[0])
    assert all(a.text == TEXT for a in articles(everything(written(tmp_path, "a.jsonl", f"{records}\n{records}\n"))))


NO_TEXTS: list[tuple[dict[str, Any], str, bool]] = [
    (old(type="picture"), "a picture, not a text", False),
    (new(type="video"), "a video, not a text", False),
    (ap(type="audio"), "an audio file, not a text", False),
    (
        {"uri": "urn:x:1", "standard": {"name": "ninjs"}, "type": "event", "title": "Vote"},
        "an event, not a text",
        False,
    ),
    ({"uri": "urn:x:1", "type": "composite", "versioncreated": "2025"}, "a package of items, not a text", False),
    (ap(body_nitf=None), "no text in it", True),
    (ap(body_nitf="<block><hl2> </hl2></block>"), "no text in it", True),
]


@pytest.mark.parametrize(("record", "why", "empty"), NO_TEXTS)
def test_what_is_no_text_says_what_it_is(tmp_path: Path, record: dict[str, Any], why: str, empty: bool) -> None:
    (found,) = skips(everything(written(tmp_path, "a.json", json.dumps(record))))
    assert (found.why, found.empty) == (why, empty)


def test_a_composite_with_a_story_is_an_article() -> None:
    assert made(new(type="composite")).text == TEXT


def test_what_the_format_does_not_say_is_looked_for_under_other_names() -> None:
    found = made(
        old(copyrightholder=None, byline="", publisher={"name": "The Gazette"}, author="Bo Ek", url="http://x.example")
    )
    assert (found.outlet, found.author, found.url) == ("The Gazette", "Bo Ek", "http://x.example")


def test_a_wrapper_around_a_record_of_another_kind() -> None:
    assert made({"item": {"text": FLAT, "title": "Ferry"}}).title == "Ferry"


def test_what_map_says_is_asked_of_the_record() -> None:
    found = made(old(story=FLAT[:40], pubstatus="canceled"), {"text": "story", "outlet": "byline"})
    assert (found.text, found.outlet, found.status, found.version) == (FLAT[:40], "Ann Lee", "killed", "2")


@pytest.mark.parametrize("junk", [None, 1, [], {}, [[]], [{"value": {"value": []}}], "x", True, [None], {"item": {}}])
def test_junk_in_any_field(junk: Any) -> None:
    for make in (old, new, ap):
        record = make()
        for name in record:
            result = Mapper("a", "a").article(record | {name: junk})
            assert isinstance(result, Article | str)
