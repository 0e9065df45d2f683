"""NITF, invented: as agencies, newspapers and archives fill it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.helpers import everything, one, skips, why, written

TEXT = "NORTHPORT (AP) — A ferry ran aground off Ostby on Tuesday.\n\nNobody was hurt."
BODY = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))


def document(docdata: str = "", head: str = "", body: str = BODY, top: str = "", attributes: str = "") -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>{top}<nitf {attributes}>
    <head>{head}<docdata>{docdata}</docdata></head>
    <body><body.head><hedline><hl1>Ferry runs aground</hl1><hl2>Nobody hurt</hl2></hedline>
    <byline>By ANN LEE<byttl>Associated Press</byttl></byline><distributor>The Associated Press</distributor>
    <dateline><location>NORTHPORT</location></dateline></body.head><body.content>{body}</body.content></body></nitf>"""


def test_as_an_agency_sends_it(tmp_path: Path) -> None:
    docdata = (
        '<doc-id regsrc="AP" id-string="f00"/><date.issue norm="20250302T080000Z"/><ed-msg info="Eds: With photos."/>'
    )
    data = document(docdata, attributes='baselang="en-US"', body=f'<block id="Main">{BODY}</block>')
    found = one(everything(written(tmp_path, "a.nitf", data)))
    assert (found.id, found.title, found.outlet) == ("f00", "Ferry runs aground", "The Associated Press")
    assert (found.published, found.language, found.version) == ("2025-03-02T08:00:00+00:00", "en-US", "")
    assert (found.author, found.text, found.flags) == ("By ANN LEE, Associated Press", TEXT, ())


def test_as_a_newspaper_archives_it(tmp_path: Path) -> None:
    head = '<pubdata name="The Gazette" date.publication="20250302T000000" ex-ref="https://gazette.example/a"/>'
    body = f'<block class="lead_paragraph"><p>A ferry ran</p></block><block class="full_text">{BODY}</block>'
    found = one(everything(written(tmp_path, "a.xml", document(head=head, body=body))))
    assert (found.outlet, found.url, found.published) == (
        "The Gazette",
        "https://gazette.example/a",
        "2025-03-02T00:00:00",
    )
    assert found.text == TEXT


TOPS = {
    "a DTD by name": '<!DOCTYPE nitf SYSTEM "nitf-3-2.dtd">',
    "a DTD by address": '<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.2//EN" "http://nowhere.example/nitf.dtd">',
    "an empty subset": '<!DOCTYPE nitf SYSTEM "nitf.dtd" []>',
    "a stylesheet": '<?xml-stylesheet type="text/css" href="x.css"?><!-- <rss> -->',
}


@pytest.mark.parametrize("top", TOPS.values(), ids=TOPS)
def test_what_stands_in_front(tmp_path: Path, top: str) -> None:
    body = BODY.replace("—", "&mdash;").replace("A ferry", "A&nbsp;ferry")
    found = one(everything(written(tmp_path, "a.xml", document(top=top, body=body))))
    assert found.text.replace("\xa0", " ") == TEXT


@pytest.mark.parametrize(
    ("docdata", "id", "version"),
    [
        ('<doc-id id-string="a_47"/><du-key key="a" version="48"/>', "a", "48"),
        ('<doc-id id-string="a_47"/><du-key key="a"/>', "a_47", ""),
        ('<doc-id regsrc="AP"/>', "", ""),
    ],
)
def test_versions(tmp_path: Path, docdata: str, id: str, version: str) -> None:
    found = one(everything(written(tmp_path, "a.xml", document(docdata))))
    assert (found.id, found.version) == (id, version)


STATUSES = [
    ("usable", "", "", ""),
    ("canceled", "", "killed", ""),
    ("embargoed", "20250303T060000+0100", "embargoed", "2025-03-03T06:00:00+01:00"),
    ("usable", "20250301T060000Z", "", ""),
]


@pytest.mark.parametrize(("said", "release", "status", "embargo"), STATUSES)
def test_status(tmp_path: Path, said: str, release: str, status: str, embargo: str) -> None:
    times = f'<date.issue norm="20250302T080000Z"/><date.release norm="{release}"/>'
    data = document(times).replace("<docdata>", f'<docdata management-status="{said}">')
    found = one(everything(written(tmp_path, "a.xml", data)))
    assert (found.status, found.embargo) == (status, embargo)


def test_a_correction_names_what_it_corrects(tmp_path: Path) -> None:
    found = one(everything(written(tmp_path, "a.xml", document('<correction id-string="f00" info="name"/>'))))
    assert found.status == "corrected"


def test_captions_are_no_story_and_tables_keep_their_rows(tmp_path: Path) -> None:
    media = "<media media-type='image'><media-caption>A ferry, stuck.</media-caption></media>"
    table = "<table><tr><th>Ferry</th><th>Passengers</th></tr><tr><td>Maren</td><td>212</td></tr></table>"
    found = one(everything(written(tmp_path, "a.xml", document(body=BODY + media + table))))
    assert found.text == f"{TEXT}\n\nFerry Passengers\n\nMaren 212"
    assert why(everything(written(tmp_path, "b.xml", document(body=media)))) == "a picture, not a text"


def test_no_text(tmp_path: Path) -> None:
    (found,) = skips(everything(written(tmp_path, "a.xml", document(body=" "))))
    assert (found.why, found.empty) == ("no text in it", True)
