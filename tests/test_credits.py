"""credits finds which agencies an article names and as what. Texts and names are invented; the agencies are labels."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.agencies import AGENCIES, BY_FORM
from dedup.clean import furniture
from dedup.credits import find_credits, wire_agency
from dedup.model import Credit

SEED = next((Path(__file__).resolve().parents[2] / "shared" / "seed").glob("*.txt"), None)
LEAD = "The mayor of Northport resigned on Monday after the council voted to close the old harbour for good."


def roles(text: str, **given_fields: str) -> list[tuple[str, str]]:
    return [(credit.agency, credit.role) for credit in find_credits(text, **given_fields)]


@pytest.mark.parametrize(
    ("text", "agency", "role"),
    [
        # where the line is a dateline
        (f"NORTHPORT (AP) — {LEAD}", "AP", "dateline"),
        (f"NORTHPORT, Nov 3 (Reuters) - {LEAD}", "Reuters", "dateline"),
        (f"Northport, Nov 3 (PTI) {LEAD}", "PTI", "dateline"),
        (f"NORTHPORT, July 15. /TASS/. {LEAD}", "TASS", "dateline"),
        (f"BEIJING, July 15 (Xinhua) -- {LEAD}", "Xinhua", "dateline"),
        (f"By Ann Lee. NORTHPORT (Reuters) - {LEAD}", "Reuters", "dateline"),
        (f"NORTHPORT (dpa) - {LEAD}", "dpa", "dateline"),
        # bylines
        ("By Reuters", "Reuters", "byline"),
        ("Associated Press", "AP", "byline"),
        ("THE ASSOCIATED PRESS", "AP", "byline"),
        ("ANN LEE, Associated Press", "AP", "byline"),
        ("Ann Lee and Bo Roy, Associated Press Published 9:21 a.m. ET July 15, 2031", "AP", "byline"),
        ("The Associated Press | Monday, July 16, 2031, 7:24 a.m.", "AP", "byline"),
        ("By ANN LEE and BO ROY Associated Press", "AP", "byline"),
        ("Posted 5:57 am, July 16, 2031, by Associated Press", "AP", "byline"),
        # credits at the end
        ("The Associated Press contributed to this report.", "AP", "tail"),
        ("AP contributed to this report.", "AP", "tail"),
        (f"{LEAD} (PTI)", "PTI", "tail"),
        (f"{LEAD} (ANI)", "ANI", "tail"),
        (f"{LEAD} — AFP", "AFP", "tail"),
        ("Associated Press writers Ann Lee in Northport and Bo Roy in Easton contributed.", "AP", "tail"),
        ("Copyright 2031 The Associated Press. All rights reserved.", "AP", "tail"),
        ("Contributing: The Associated Press", "AP", "tail"),
        ("With files from The Canadian Press", "Canadian Press", "tail"),
        ("(With inputs from agencies)", "agencies", "tail"),
        ("With inputs from agencies.", "agencies", "tail"),
        ("Wire services contributed to this report.", "agencies", "tail"),
        ("(Agencies)", "agencies", "tail"),
        ("(Reporting by Ann Lee in Northport; Editing by Bo Roy)", "Reuters", "tail"),
        # told, report, quoted
        ("The mayor told Reuters on Monday that she would go.", "Reuters", "told"),
        ("The mayor told The Associated Press that she would go.", "AP", "told"),
        ("The mayor said in an interview with AFP that she would go.", "AFP", "told"),
        ("In a statement late on Monday to The Associated Press the mayor said no.", "AP", "told"),
        ("The harbour would close, a Reuters report said.", "Reuters", "report"),
        ("According to an AP report, the harbour would close.", "AP", "report"),
        ("The harbour would close, Reuters reported on Monday.", "Reuters", "report"),
        ("The mayor would go, AP said.", "AP", "report"),
        ("The mayor was quoted by the state TASS news agency as saying no.", "TASS", "quoted"),
        ("The mayor was quoted by Interfax as saying no.", "Interfax", "quoted"),
        ("The official Xinhua news agency reported on Monday.", "Xinhua", "quoted"),
        # pictures
        ("The mayor waves on Monday. (AP Photo/Ann Lee)", "AP", "photo"),
        ("The mayor waves on Monday. REUTERS/Ann Lee", "Reuters", "photo"),
        ("The mayor waves on Monday. (Ann Lee/Pool Photo via AP)", "AP", "photo"),
        ("Photo: Ann Lee, AP", "AP", "photo"),
        ("Ann Lee, AFP/Getty Images", "AFP", "photo"),
        # anything else
        ("The building that Reuters rents was evacuated.", "Reuters", "mention"),
    ],
)
def test_an_agency_and_its_role(text: str, agency: str, role: str) -> None:
    assert roles(text) == [(agency, role)]


@pytest.mark.parametrize(
    "text",
    [
        "She took two AP courses and an AP Biology exam.",
        "She moved to Pittsburgh, PA, in spring.",
        "Her pa said no, and so did the uni.",
        "The MENA region and the CNA exam have nothing in common.",
        "Mayor Bo Bloomberg said that he would run again.",
        "Ann Lee/Getty Images",
        "See reuters.com/harbour or write to desk@AP.",
        "CAP, APS, TASSEL and Reutersward are other words.",
        "He works for agencies of the state, and agencies know it.",
    ],
)
def test_false_friends(text: str) -> None:
    assert find_credits(text) == ()


def test_longer_names_hold_shorter_ones() -> None:
    assert roles("The Australian Associated Press rents a flat.") == [("AAP", "mention")]
    assert roles("Associated Press of Pakistan rents a flat.") == [("APP", "mention")]


def test_outside_the_text() -> None:
    assert find_credits("", author="Ann Lee; Associated Press") == (Credit("AP", "byline", 0, 0),)
    assert find_credits("", outlet="Reuters") == (Credit("Reuters", "outlet", 0, 0),)
    assert find_credits("", url="https://www.apnews.com/article/1") == (Credit("AP", "outlet", 0, 0),)
    assert find_credits("", outlet="uk.reuters.com") == (Credit("Reuters", "outlet", 0, 0),)
    assert find_credits("", outlet="notreuters.com", url="http://[broken", author="Ann Lee") == ()


def test_positions_name_the_agency() -> None:
    text = f"NORTHPORT (AP) — {LEAD} She told The Associated Press so."
    assert [text[c.start : c.end] for c in find_credits(text)] == ["AP", "Associated Press"]


def test_marks_settle_captions() -> None:
    text = f"The mayor waves to a crowd, left, in Northport on Monday, says AP. (AP Photo/Ann Lee)\n\n{LEAD}"
    assert {credit.role for credit in find_credits(text, marks=furniture(text))} == {"photo"}


# ---------------------------------------------------------------- who wrote it


@pytest.mark.parametrize(
    ("text", "fields", "agency", "why"),
    [
        (f"NORTHPORT (AP) — {LEAD} Two aides told Reuters so.", {}, "AP", ("dateline (AP)",)),
        (f"By Reuters\n\n{LEAD}", {}, "Reuters", ("byline (Reuters)",)),
        (f"By Reuters\n\nNORTHPORT (Reuters) - {LEAD}", {}, "Reuters", ("dateline (Reuters)", "byline (Reuters)")),
        (LEAD, {"url": "https://www.reuters.com/1"}, "Reuters", ("own outlet (Reuters)",)),
        (f"NORTHPORT (AP) — {LEAD}", {"outlet": "Reuters"}, "Reuters", ("own outlet (Reuters)",)),
        (f"{LEAD}\n\nThe Associated Press contributed to this report.", {}, "AP", ("credit at the end (AP)",)),
        (f"{LEAD}\n\nReuters and AP contributed to this report.", {}, None, ("credits name AP, Reuters",)),
        (f"{LEAD} She told Reuters so, an AP report said. (AP Photo/Ann Lee)", {}, None, ()),
        (f"{LEAD}\n\n(With inputs from agencies)", {}, None, ()),
        (LEAD, {}, None, ()),
    ],
)
def test_who_wrote_it(text: str, fields: dict[str, str], agency: str | None, why: tuple[str, ...]) -> None:
    assert wire_agency(find_credits(text, **fields)) == (agency, why)


# ---------------------------------------------------------------- data, properties, time


def test_no_form_or_domain_stands_for_two_agencies() -> None:
    forms = [form for agency in AGENCIES for form in (*agency.names, *agency.short)]
    domains = [domain for agency in AGENCIES for domain in agency.domains]
    assert len(forms) == len(set(forms)) == len(BY_FORM)
    assert len(domains) == len(set(domains))
    assert len({agency.label for agency in AGENCIES}) == len(AGENCIES)


_pieces = st.sampled_from(
    [*sorted(BY_FORM), "told ", "By ", "\n", " (", ") ", " — ", "The ", "/", ", ", "report", "agencies", "Editing by "]
)


@given(st.one_of(st.text(), st.lists(st.one_of(_pieces, st.text(max_size=8)), max_size=30).map("".join)))
@settings(max_examples=300, deadline=None)
def test_spans_are_sorted_and_inside_the_text(text: str) -> None:
    credits = find_credits(text, author=text[:20], outlet=text[:9], url=text[:30])
    inside = [credit for credit in credits if credit.end]
    assert all(0 <= credit.start < credit.end <= len(text) for credit in inside)
    assert [c.start for c in inside] == sorted(c.start for c in inside)
    wire_agency(credits)


@pytest.mark.parametrize(
    "piece",
    ["A", "AP", "AP ", "Reuters ", "(Reuters", "told the ", "quoted by the state ", "Reporting by ", "Reporting by a\n",
     "statement ", "With inputs from ", "agencies ", "by ", "photo ", "AP, ", "(AP)\n", "Copyright © ", "NORTHPORT (",
     "The AP — By "],
)  # fmt: skip
def test_time_grows_with_the_text(piece: str) -> None:
    times = [_seconds(piece, size) for size in (20_000, 40_000, 80_000)]
    assert times[2] < 0.02 or times[2] < 7 * times[0], times


def _seconds(piece: str, size: int) -> float:
    text = piece * (size // len(piece))
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        find_credits(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.skipif(SEED is None, reason="needs ../shared/seed")
def test_the_article_the_project_began_with() -> None:
    assert SEED is not None
    text = SEED.read_text(encoding="utf-8")
    credits = find_credits(text, marks=furniture(text))
    assert [(c.agency, c.role) for c in credits] == [
        ("Reuters", "report"), ("AP", "report"), ("Reuters", "told"), ("Reuters", "told"), ("TASS", "quoted"),
        ("agencies", "tail"),
    ]  # fmt: skip
    assert all(text[c.start : c.end] == c.agency for c in credits)
    assert wire_agency(credits) == (None, ())
