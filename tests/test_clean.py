"""clean marks what is page and never what is story. All texts and names are invented."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.agencies import BY_FORM
from dedup.clean import furniture, furniture_of, lines, screen, sentence_furniture, story_spans, unmarked
from dedup.clean import page as pages
from dedup.clean import story as marks_and_spans
from dedup.clean.cues import by_all_rules, cue, cue_of_short, cue_of_solid, ends_sentence, holds_notice, is_quiet
from dedup.clean.tails import may_hold_tail, tail_span
from dedup.clean.vocabulary import CHROME, CREDITS, NOTICES, OPENERS, PHOTO_SOURCES, PHOTO_STEMS, REFILED, TIME
from dedup.datelines import bare_dateline, dateline_end
from dedup.limits import CLEAN_CLOSE, CLEAN_SHORT
from dedup.model import Mark
from dedup.sign import sign, texts_of

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = SHARED / "gold" / "alignment_dev.json"

LEAD = "The mayor of Northport resigned on Monday after the council voted to close the old harbour for good."
SECOND = "She told a crowd outside the town hall that she had not slept since the vote, and that she would not be back."
THIRD = "The council said it would name a successor by the end of the week, though two members asked for more time."
STORY = [LEAD, SECOND, THIRD]


def page(*parts: str) -> str:
    return "\n\n".join(parts)


def marked(text: str) -> list[tuple[str, str]]:
    return [(mark.kind, text[mark.start : mark.end]) for mark in furniture(text)]


def story(text: str) -> list[str]:
    return [text[start:end] for start, end in story_spans(text, furniture(text))]


# ---------------------------------------------------------------- one line


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share on Facebook", "share"),
        ("CONNECT TWEET LINKEDIN COMMENTEMAILMORE", "share"),
        ("Advertisement", "navigation"),
        ("Continue reading the main story", "navigation"),
        ("Back to Gallery", "navigation"),
        ("1 / 15", "navigation"),
        ("Image 3 of 4", "navigation"),
        ("* * *", "navigation"),
        ("window._widget = window._widget || []; _widget.push({mode: 'x'});", "navigation"),
        ("Updated 7:20 a.m. ET", "timestamp"),
        ("July 16, 2031 — 7:14am", "timestamp"),
        ("Last Updated Nov 15, 2031 6:32 PM EST", "timestamp"),
        ("19 min ago", "timestamp"),
        ("Aktualisiert am 3. März 2031 um 14:05 Uhr", "timestamp"),
        ("By Ann Lee and Bo Roy", "byline"),
        ("by ANN LEE, BO ROY & CY DAY , The Associated Press", "byline"),
        ("Ann Lee, Associated Press", "byline"),
        ("The Associated Press", "byline"),
        ("Photo: Ann Lee, AP", "caption"),
        ("(Ann Lee / AP)", "caption"),
        ("Ann Lee/Getty Images", "caption"),
        ("FILE - In this July 7, 2031 file photo the mayor waves.", "caption"),
        ("The mayor waves to a crowd in Northport on Monday. (AP Photo/Ann Lee)", "caption"),
        ("Related: Harbour vote splits the council", "more"),
        ("READ: Who is the new mayor of Northport?", "more"),
        ("ALSO", "more"),
        ("[The harbour that nobody wanted to close]", "more"),
        ("The Associated Press contributed to this report.", "credit"),
        ("Post staff writers Ann Lee and Bo Roy contributed.", "credit"),
        ("(Reporting by Ann Lee; Editing by Bo Roy)", "credit"),
        ("(With inputs from agencies)", "credit"),
        ("— Ann Lee (@annlee) July 16, 2031", "credit"),
        ("Copyright 2031 The Northport Post. All rights reserved.", "notice"),
        ("Sign up for our newsletter and never miss a vote.", "notice"),
        ("This is a developing story. Check back for updates.", "notice"),
        ("NORTHPORT (AP)", "dateline"),
    ],
)
def test_a_line_that_proves_itself(line: str, kind: str) -> None:
    assert cue(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "They booed.",
        "“No,” she said.",
        '"Close it!"',
        "It was 7:20 a.m.",
        "By Monday the harbour was empty.",
        "By then, the mayor had left the town hall by a side door.",
        "More will follow, she said.",
        "The photo shows the mayor on a boat.",
        "She shared the video on Facebook.",
        "He contributed $400 to the campaign.",
        "From Northport she drove to the coast.",
        "Mr. Roy, a reporter, was not in the room.",
        "The mayor told The Associated Press on Monday that she had no regrets.",
        "The council (which met twice) said nothing.",
        "Two were hurt, police said. (PTI)",
        "Two were hurt, police said. (AP)",
        "WHAT THE MAYOR WANTS",
    ],
)
def test_a_story_line_is_left_alone(line: str) -> None:
    assert cue(line) is None


# ---------------------------------------------------------------- datelines


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("NORTHPORT (AP) — The mayor", "NORTHPORT (AP) — "),
        ("NORTHPORT, Nov 3 (Reuters) - The mayor", "NORTHPORT, Nov 3 (Reuters) - "),
        ("NORTHPORT/EASTON, Wales (Reuters) - The mayor", "NORTHPORT/EASTON, Wales (Reuters) - "),
        ("Northport, Nov 3 (PTI) The mayor", "Northport, Nov 3 (PTI) "),
        ("NORTHPORT, July 15. /TASS/. The mayor", "NORTHPORT, July 15. /TASS/. "),
        ("BEIJING, July 15 (Xinhua) -- The mayor", "BEIJING, July 15 (Xinhua) -- "),
        ("Northport (Westmark), Nov 3, 2025 (AFP) - The mayor", "Northport (Westmark), Nov 3, 2025 (AFP) - "),
        ("The mayor (Smith), a friend (Reuters) - he said", ""),
        ("(Reuters) - The mayor", "(Reuters) - "),
        ("ST. ANDREW (CNN) -- The mayor", "ST. ANDREW (CNN) -- "),
        ("NORTHPORT — The mayor", "NORTHPORT — "),
        ("NORTHPORT, N.H. -- The mayor", "NORTHPORT, N.H. -- "),
        ("NORTHPORT: The mayor", ""),
        ("UPDATE - The mayor", ""),
        ("NATO — the alliance — met", ""),
        ("The mayor (AP) was there", ""),
        ("Smith (left) met the mayor", ""),
        ("1. NORTHPORT — The mayor", ""),
        ("", ""),
    ],
)
def test_datelines(line: str, dateline: str) -> None:
    assert line[: dateline_end(line)] == dateline


def test_a_place_and_a_colon_open_a_story_only() -> None:
    line = "NORTHPORT: The mayor"
    assert line[: dateline_end(line, opens=True)] == "NORTHPORT: "


def test_bare_datelines() -> None:
    assert bare_dateline("Northport (CNN)")
    assert not bare_dateline("NORTHPORT (AP) — The mayor of the town")


# ---------------------------------------------------------------- a page


def test_a_clean_story_has_no_furniture() -> None:
    assert furniture(page(*STORY)) == ()
    assert furniture("") == ()
    assert furniture(" \n\n ") == ()


def test_head_body_and_tail() -> None:
    text = page(
        "Northport mayor quits",
        "By Ann Lee",
        "July 16, 2031",
        f"NORTHPORT (AP) — {LEAD}",
        "Advertisement",
        SECOND,
        f"{THIRD} (Reporting by Ann Lee; Editing by Bo Roy)",
        "ALSO",
        "Harbour vote splits the council",
        "Easton bridge opens after nine years",
    )
    assert story(text) == STORY
    kinds = [kind for kind, _ in marked(text)]
    assert kinds == [
        "headline", "byline", "timestamp", "dateline", "navigation", "credit", "more", "headline", "headline",
    ]  # fmt: skip


def test_captions_over_their_credit_at_the_top_of_a_page() -> None:
    caption = "The mayor of Northport lost her long battle with the council on Monday, at the age of 61."
    text = page(caption, "Ann Lee/Getty Images", *STORY)
    assert story(text) == STORY


def test_everything_above_a_dateline_is_page() -> None:
    caption = "The mayor, left, and the council are seated at the town hall in Northport, Monday, July 16, 2031."
    text = page(
        "Mayor quits", "Bo Roy, Associated Press", caption, "Purchase: Order Reprint", f"NORTHPORT — {LEAD}", SECOND
    )
    assert story(text) == [LEAD, SECOND]


def test_a_summary_above_the_byline_is_page() -> None:
    assert story(page("Mayor quits", SECOND, "By Ann Lee", *STORY)) == STORY


def test_short_paragraphs_and_subheads_stay_story() -> None:
    text = page(LEAD, "They booed.", SECOND, "WHAT THE MAYOR WANTS", THIRD, "“No,” she said.")
    assert furniture(text) == ()


def test_a_credit_above_a_list_is_found() -> None:
    credit = "Post staff writers Ann Lee in Northport and Bo Roy in Easton, Wales, contributed to this report."
    assert story(page(*STORY, credit, "ALSO", *(f"Harbour point number {i}" for i in range(5)))) == STORY


def test_a_truncated_last_line_stays_story() -> None:
    assert furniture(page(*STORY, "“I don’t think the harb")) == ()


def test_a_headline_that_stands_twice_is_page() -> None:
    headline = "Mayor opens her arms. The council closes its fist."
    assert story(page(headline, headline, *STORY)) == STORY


def test_a_list_longer_than_the_story_is_left() -> None:
    bullets = [f"Harbour point number {i} of the plan that the council will discuss" for i in range(12)]
    assert [kind for kind, _ in marked(page(LEAD, *bullets))] == []


def test_a_page_of_furniture_alone_leaves_no_story() -> None:
    assert story(page("Share on Facebook", "Most Popular", "More", "Log in", "1 / 4")) == []


def test_marks_stand_on_the_lines_of_any_line_break() -> None:
    text = f"By Ann Lee\r\n\r\n {LEAD} \r\nAdvertisement\u2028{SECOND}"
    assert marked(text) == [("byline", "By Ann Lee"), ("navigation", "Advertisement")]
    assert story(text) == [LEAD, SECOND]


# ---------------------------------------------------------------- sentences


def test_sentences_of_a_scraped_page() -> None:
    given_lines = [
        "Mayor quits.",
        "The council shrugs.",
        "Mayor quits.",
        "The council shrugs.",
        "Updated Tuesday at 7:20 a.m. ET",
        LEAD,
        "They booed.",
        "Related: Harbour vote splits the council",
        SECOND,
        "Photo: Ann Lee, AP",
        "FILE - In this July 7, 2031 file photo the mayor waves at a boat.",
        "Both were on the way to the harbour. less",
        THIRD,
    ]
    expected = [True] * 5 + [False, False, True, False, True, True, True, False]
    assert sentence_furniture(given_lines) == expected


def test_no_sentence_and_blank_sentences() -> None:
    assert sentence_furniture([]) == []
    assert sentence_furniture(["", "They booed.", " "]) == [True, False, True]


def test_an_original_settles_a_sentence() -> None:
    teaser = "Harbour vote splits the council"
    assert sentence_furniture([*STORY, "ALSO", teaser]) == [False] * 3 + [True, True]
    assert sentence_furniture([*STORY, "ALSO", teaser], originals=[[LEAD, teaser, SECOND, THIRD]])[4] is False


# ---------------------------------------------------------------- properties

_pieces = st.sampled_from(
    [LEAD, "They booed.", "ALSO", "By Ann Lee", "NORTHPORT (AP) — ", "(PTI)", "FILE - ", "\n", "\r\n", " ", "\u2028",
     "Photo: ", "1 / 4", "Updated", "(Reporting by A", "©", "…", "]", "@a"]
)  # fmt: skip
_pages = st.one_of(st.text(), st.lists(st.one_of(_pieces, st.text(max_size=12)), max_size=40).map("".join))


@given(_pages)
@settings(max_examples=300, deadline=None)
def test_marks_are_sorted_disjoint_and_inside_the_text(text: str) -> None:
    marks = furniture(text)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert all(before.end <= after.start for before, after in pairwise(marks))


@given(_pages)
@settings(max_examples=300, deadline=None)
def test_marks_and_story_share_out_what_is_not_blank(text: str) -> None:
    marks = furniture(text)
    held = sum(len(text[m.start : m.end].split()) and 1 for m in marks)
    assert held == len(marks), "a mark of blanks alone"
    rest = list(text)
    for start, end in [(m.start, m.end) for m in marks] + story_spans(text, marks):
        assert "".join(rest[start:end]) == text[start:end], "told twice"
        rest[start:end] = [" "] * (end - start)
    assert not "".join(rest).strip(), "neither story nor furniture"


@given(_pages)
@settings(max_examples=200, deadline=None)
def test_lines_are_trimmed_and_cover_the_text(text: str) -> None:
    spans = lines(text)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert "".join(text[s:e] for s, e in spans).split() == text.split() or "".join(
        "".join(text[s:e].split()) for s, e in spans
    ) == "".join(text.split())


@given(_pages, st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40)), max_size=6))
@settings(max_examples=300, deadline=None)
def test_any_marks_leave_what_they_do_not_cover(text: str, places: list[tuple[int, int]]) -> None:
    marks = [Mark(start, start + length, "caption") for start, length in places]
    left, at = [], 0
    for start, end in [*sorted((m.start, m.end) for m in marks), (len(text), len(text))]:
        left.extend((at + s, at + e) for s, e in lines(text[at:start]))
        at = max(at, end)
    assert story_spans(text, marks) == left
    found = furniture(text)
    assert marks_and_spans(text) == (found, story_spans(text, found))


_phrases = st.sampled_from(
    [
        *NOTICES,
        *CREDITS,
        *REFILED,
        *OPENERS,
        *PHOTO_SOURCES,
        *sorted(CHROME | TIME),
        *sorted(BY_FORM),
        "17",
        "USA TODAY x",
    ]
)
_wordings = st.tuples(_phrases, st.sampled_from([str, str.capitalize, str.upper])).map(lambda pair: pair[1](pair[0]))
_short_lines = st.lists(st.one_of(_wordings, _pieces, st.text(max_size=5)), min_size=1, max_size=7)


@given(_short_lines, st.sampled_from(["", ".", ":", '."', ")", "…"]))
@settings(max_examples=2_000, deadline=None)
def test_a_quiet_line_is_nothing_by_all_rules(parts: list[str], end: str) -> None:
    line = (" ".join(" ".join(parts).split()) + end)[:120].strip()
    if line and is_quiet(line, line.lower(), line.lower().split()):
        assert by_all_rules(line, line.lower(), line.lower().split(), ends_sentence(line)) is None


@given(st.lists(st.sampled_from([*NOTICES, "the", "your", "up", "for  our", "(", "to"]), max_size=6), st.integers(0, 9))
@settings(max_examples=500, deadline=None)
def test_a_notice_is_found_by_its_inner_words(parts: list[str], cut: int) -> None:
    low = " ".join(parts)[cut:]
    assert holds_notice(low, low.split()) == any(notice in low for notice in NOTICES)


@given(_short_lines, st.sampled_from([".", "!", "…", "？"]))
@settings(max_examples=500, deadline=None)
def test_a_long_line_that_ends_needs_no_look(parts: list[str], end: str) -> None:
    line = " ".join(" ".join(parts * 3).split()) + end
    if line[0] not in "FI":
        assert len(line) <= CLEAN_SHORT or cue_of_solid(line) is None
        assert len(line) <= CLEAN_CLOSE or cue(line) is None


@given(_short_lines)
@settings(max_examples=500, deadline=None)
def test_a_line_without_the_sign_of_a_tail_has_none(parts: list[str]) -> None:
    line = " ".join(parts)
    assert may_hold_tail(line) or tail_span(line) == len(line)


@given(st.lists(st.one_of(st.sampled_from(STORY), _short_lines.map(" ".join)), min_size=1, max_size=12))
@settings(max_examples=250, deadline=None)
def test_the_short_way_for_plain_pages_gives_what_the_long_one_gives(parts: list[str]) -> None:
    held = [line for part in parts if (line := " ".join(part.split()))]
    with pytest.MonkeyPatch.context() as patch:
        short = pages.judge(held)
        patch.setattr(pages, "_is_plain", lambda *_: False)
        assert pages.judge(held) == short


def test_every_picture_source_has_a_stem() -> None:
    assert [source for source in PHOTO_SOURCES if not any(stem in source for stem in PHOTO_STEMS)] == []


# ---------------------------------------------------------------- what sign takes


@given(_pages)
@settings(max_examples=300, deadline=None)
def test_whole_stretches_are_signed_as_their_lines_are(text: str) -> None:
    text = text + "\n" + STORY[0]
    marks = furniture(text)
    by_line, whole = (
        sign(texts_of([text], [s]), compiled=False) for s in (story_spans(text, marks), unmarked(text, marks))
    )
    for name in ("signatures", "hashes", "quoted", "line_hashes", "line_counts", "tokens"):
        assert getattr(by_line, name).tolist() == getattr(whole, name).tolist()


# ---------------------------------------------------------------- screen

_SIGNS = [
    *NOTICES, *CREDITS, *REFILED, *OPENERS, *PHOTO_SOURCES, *sorted(BY_FORM), *"()[]/@:;{©—AI1é\t\u3000\xa0",
    ".c", " . . .", " - ", "--", "FILE - ", "In this photo", "Reporting by", "With files from", "U.S.",
]  # fmt: skip
_sentences = st.sampled_from(
    [*STORY, "They booed.", "“No,” she told the crowd outside, “we shall not go to the harbour.”"]
)


@st.composite
def _nearly_plain(draw: st.DrawFn) -> str:
    """A page of paragraphs with a sign or two anywhere in it."""
    parts = draw(
        st.lists(st.lists(_sentences, min_size=1, max_size=4, unique=True).map(" ".join), min_size=1, max_size=9)
    )
    text = draw(st.sampled_from(["\n", "\n\n", "\r\n", " \n "])).join(parts)
    for sign_ in draw(st.lists(st.sampled_from(_SIGNS), max_size=2)):
        at = draw(
            st.one_of(
                st.sampled_from([0, *(i for i, char in enumerate(text) if char in " \n.")]), st.integers(0, len(text))
            )
        )
        text = text[:at] + draw(st.sampled_from(["", " "])) + sign_ + draw(st.sampled_from(["", " "])) + text[at:]
    return text


@given(st.lists(_nearly_plain(), min_size=1, max_size=6))
@settings(max_examples=250, deadline=None)
def test_a_text_that_is_all_story_has_no_furniture(texts: list[str]) -> None:
    batch = texts_of(texts)
    clear = screen.all_story(batch)
    assert [text for text, is_clear in zip(texts, clear, strict=True) if is_clear and furniture(text)] == []
    assert furniture_of(texts, batch, compiled=True) == furniture_of(texts, batch, compiled=False)


def test_what_is_all_story_and_what_may_not_be() -> None:
    quoted = "“We shall not go to the harbour,” she told the crowd outside. “Not today.”"
    clear = [page(*STORY), "\r\n".join([*STORY, quoted]), "", " \n"]
    doubtful = [
        page(*STORY, LEAD), page(*STORY, "They booed."), page("Mayor quits", *STORY),
        page(*STORY, "Sign up for our newsletter and never miss a vote."), page(*STORY, SECOND[:-1] + " (PTI)."),
        page("NORTHPORT — " + LEAD, SECOND), page(LEAD, "FILE - " + SECOND, THIRD),
    ]  # fmt: skip
    assert screen.all_story(texts_of(clear)).tolist() == [True] * len(clear)
    assert screen.all_story(texts_of(doubtful)).tolist() == [False] * len(doubtful)


@given(st.lists(st.text(max_size=60), max_size=20))
@settings(max_examples=200, deadline=None)
def test_one_answer_a_sentence(sentences: list[str]) -> None:
    assert len(sentence_furniture(sentences)) == len(sentences)


HOSTILE = {
    "one letter": "A",
    "capitals": "NORTHPORT, ",
    "openers": "(",
    "reporting": "(Reporting by A ",
    "addresses": "a.a@",
    "dots": ". ",
    "names": "Ann Lee, ",
    "captions": "In this ",
    "twitter": "Follow Ann ",
    "lines": "By Ann Lee\n",
    "short lines": "A b\n",
    "code": "{;",
    "copyright": "© 2031 ",
    "contributed": "Associated Press ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_text(piece: str) -> None:
    times = [_seconds(piece, size) for size in (40_000, 80_000, 160_000)]
    assert times[2] < 0.02 or times[2] < 7 * times[0], times


def _seconds(piece: str, size: int) -> float:
    text = piece * (size // len(piece))
    best = float("inf")
    for _ in range(3):
        cue_of_short.cache_clear()
        start = time.process_time()
        furniture(text)
        best = min(best, time.process_time() - start)
    return best


# ---------------------------------------------------------------- gold


@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
@pytest.mark.parametrize("half", [0, 1], ids=["developed on", "held out"])
def test_furniture_among_labelled_sentences(half: int) -> None:
    right = wrong = missed = 0
    for item in json.loads(GOLD.read_text(encoding="utf-8"))[half::2]:
        for got, sentence in zip(sentence_furniture(item["article"]), item["sentences"], strict=True):
            accepted = "furniture" in sentence["labels"]
            right += got and accepted
            wrong += got and not accepted
            missed += not got and sentence["labels"] == ["furniture"]
    f1 = 2 * right / (2 * right + wrong + missed)
    assert f1 >= 0.85, f"right {right}, wrong {wrong}, missed {missed}"


def test_what_a_colon_introduces_is_story() -> None:
    brief = (
        "March 3 (Reuters) - Dunmore Mills <DNM.EX>:\n\n* DUNMORE MILLS Q3 NET PROFIT 92 MILLION CROWNS\n\n"
        "* BOARD PROPOSES NO DIVIDEND\n\nThe company is based in Karvos, where it employs 400 people in two old mills."
    )
    draw = (
        "KARVOS (AP) — The winning numbers in Monday evening's drawing of the Karvos Lottery were:\n\n"
        "02-09-14-22-38, Bonus: 1\n\n(two, nine, fourteen, twenty-two, thirty-eight; Bonus: one)\n\n"
        "Tickets for the next drawing are on sale until Thursday."
    )
    for text in (brief, draw):
        assert [mark.kind for mark in furniture(text)] == ["dateline"]
