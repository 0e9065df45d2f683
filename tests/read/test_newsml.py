"""NewsML-G2, invented: items and messages with and without a text, and what they say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.helpers import articles, everything, one, skips, why, written

STORY = "<p>NORTHPORT, March 2 (Reuters) - A ferry ran aground off Ostby on Tuesday.</p><p>Nobody was hurt.</p>"
TEXT = "NORTHPORT, March 2 (Reuters) - A ferry ran aground off Ostby on Tuesday.\n\nNobody was hurt."
XHTML = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head><body>{STORY}</body></html>'
PREFIXED = STORY.replace("<p>", "<n:p>").replace("</p>", "</n:p>")
INDENTED = XHTML.replace(" ferry ", "\n          ferry\n          ")


def item(
    content: str = f"<inlineXML>{XHTML}</inlineXML>",
    meta: str = "",
    about: str = "<headline>Ferry runs aground</headline>",
    version: str = "3",
    kind: str = "ninat:text",
) -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:wire.example,2025:1" version="{version}"
     xml:lang="en"><itemMeta><itemClass qcode="{kind}"/><provider literal="Reuters"/>
     <versionCreated>2025-03-02T08:00:00.000Z</versionCreated>{meta}</itemMeta>
     <contentMeta>{about}<language tag="en-GB"/></contentMeta><contentSet>{content}</contentSet></newsItem>"""


def message(*items: str) -> str:
    held = "".join(items)
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{held}</itemSet></newsMessage>'


def test_an_item(tmp_path: Path) -> None:
    found = one(everything(written(tmp_path, "a.xml", item(about="<by>By Ann Lee</by><headline>Ferry</headline>"))))
    assert (found.id, found.version, found.status, found.embargo) == ("tag:wire.example,2025:1", "3", "", "")
    assert (found.title, found.author, found.outlet, found.language) == ("Ferry", "By Ann Lee", "Reuters", "en-GB")
    assert (found.published, found.text, found.flags) == ("2025-03-02T08:00:00+00:00", TEXT, ())


FORMS = {
    "xhtml": f"<inlineXML>{XHTML}</inlineXML>",
    "nitf": f'<inlineXML><n:nitf xmlns:n="u:n"><n:body><n:body.content>{PREFIXED}</n:body.content></n:body></n:nitf>'
    "</inlineXML>",
    "bare blocks": f"<inlineXML>{STORY}</inlineXML>",
    "plain": f"<inlineData contenttype='text/plain'>\n{TEXT}\n</inlineData>",
    "markup as plain": f"<inlineData><![CDATA[{STORY}]]></inlineData>",
    "the second rendition": f"<inlineXML><html><body/></html></inlineXML><inlineXML>{XHTML}</inlineXML>",
    "one block, wrapped and indented": "<inlineXML><html><body><p>NORTHPORT, March 2 (Reuters) - A ferry ran\naground "
    "off Ostby on Tuesday.\n    Nobody was\nhurt.\n</p></body></html></inlineXML>",
    "pretty-printed": f"<inlineXML>{INDENTED}</inlineXML>",
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
def test_forms_of_a_text(tmp_path: Path, content: str) -> None:
    assert one(everything(written(tmp_path, "a.xml", item(content)))).text == TEXT


SAID = {
    "usable": ('<pubStatus qcode="stat:usable"/>', "", ""),
    "canceled": ('<pubStatus qcode="stat:canceled"/>', "killed", ""),
    "canceled, as an address": ('<pubStatus uri="http://cv.iptc.example/pubstatus/canceled"/>', "killed", ""),
    "withheld": ('<pubStatus qcode="stat:withheld"/>', "killed", ""),
    "withheld until": (
        '<pubStatus qcode="stat:withheld"/><embargoed>2025-03-03T06:00:00Z</embargoed>',
        "embargoed",
        "2025-03-03T06:00:00+00:00",
    ),
    "an embargo that is over": ("<embargoed>2025-03-01T06:00:00Z</embargoed>", "", ""),
    "an embargo without end": ("<embargoed/>", "embargoed", ""),
    "a correction": ('<signal qcode="x:1"/><signal qcode="sig:correction"/>', "corrected", ""),
    "an update": ('<signal qcode="sig:update"/>', "", ""),
    "a note that corrects": ("<edNote>Eds: CORRECTS spelling of Ostby</edNote>", "corrected", ""),
    "a note that kills": ("<edNote>KILL: the story is wrong</edNote>", "killed", ""),
    "a note that does neither": ("<edNote>Corrects nothing, kills nobody</edNote>", "", ""),
}


@pytest.mark.parametrize(("meta", "status", "embargo"), SAID.values(), ids=SAID)
def test_status(tmp_path: Path, meta: str, status: str, embargo: str) -> None:
    found = one(everything(written(tmp_path, "a.xml", item(meta=meta))))
    assert (found.status, found.embargo) == (status, embargo)


@pytest.mark.parametrize(
    ("note", "text"),
    [("<edNote>A kill is mandatory.</edNote>", "A kill is mandatory."), ("", "Ferry runs aground")],
)
def test_a_killed_item_without_a_body_is_an_article(tmp_path: Path, note: str, text: str) -> None:
    killed = item("", f'<pubStatus qcode="stat:canceled"/>{note}', version="4")
    found = articles(everything(written(tmp_path, "a.xml", message(item(), killed))))
    assert [(a.id, a.version, a.status) for a in found] == [
        ("tag:wire.example,2025:1", "3", ""),
        ("tag:wire.example,2025:1", "4", "killed"),
    ]
    assert found[1].text == text
    assert "notice only" in found[1].flags


NO_TEXTS = {
    "a picture": item("<remoteContent href='a.jpg'/>", kind="ninat:picture"),
    "a video": item("", kind="ninat:video"),
    "a package of items": "<packageItem guid='x'/>",
    "a set of concepts": "<knowledgeItem guid='x'/>",
    "a plan of coverage": "<planningItem guid='x'/>",
    "sports data": item("<inlineXML><sports-content><p>3-1</p></sports-content></inlineXML>"),
    "a reference to a text elsewhere": item("<remoteContent href='a.xml'/>"),
}


@pytest.mark.parametrize(("what", "data"), NO_TEXTS.items(), ids=NO_TEXTS)
def test_what_is_no_text_says_what_it_is(tmp_path: Path, what: str, data: str) -> None:
    assert why(everything(written(tmp_path, "a.xml", data))) == f"{what}, not a text"


def test_a_message(tmp_path: Path) -> None:
    path = written(tmp_path, "a.xml", message(item(), item("", kind="ninat:picture"), item("")))
    found = everything(path)
    assert len(articles(found)) == 1
    assert [(s.where.removeprefix(path.as_posix()), s.why, s.empty) for s in skips(found)] == [
        ("[1]", "a picture, not a text", False), ("[2]", "no text in it", True)
    ]  # fmt: skip
    assert why(everything(written(tmp_path, "b.xml", message()))) == "a message without items"


OUTLETS = {
    "name": ('<provider qcode="p:x"><name>The Wire</name></provider>', "The Wire"),
    "code": ('<provider qcode="nprov:AFP"/>', "AFP"),
    "address": ('<provider uri="http://www.wire.example/about/"/>', "wire.example"),
}


@pytest.mark.parametrize(("provider", "outlet"), OUTLETS.values(), ids=OUTLETS)
def test_who_sent_it(tmp_path: Path, provider: str, outlet: str) -> None:
    data = item().replace('<provider literal="Reuters"/>', provider)
    assert one(everything(written(tmp_path, "a.xml", data))).outlet == outlet


def test_the_main_headline(tmp_path: Path) -> None:
    about = '<headline role="h:sub">Nobody hurt</headline><headline>Ferry\n runs aground</headline>'
    assert one(everything(written(tmp_path, "a.xml", item(about=about)))).title == "Ferry runs aground"
