"""TXT001, TXT002 and TXT004: no story, next to none, and more furniture than story."""

from __future__ import annotations

import random

import pytest

from dedup.check.page import Fault, Page, faults
from dedup.check.page.view import fewer_words, lines_of, story_of, words_in
from dedup.model import Article, Mark
from tests.check.page.texts import FOREIGN, SETTINGS, WHOLE, dispatches, found, option, page, printed, rules

BLANK = [
    "",
    " ",
    "\n\n",
    "\u200b",
    "...",
    "• • •",
    "\xa0\n\t",
    "—",
    "* * *",
    "|",
    "[ ]",
    "\u3000",
    "()",
    "\ufeff",
    "…",
    "-\n-\n-",
]
FURNITURE = [
    "Share on Facebook\nShare on Twitter\nAdvertisement",
    "Photo by Ann Lee",
    "Sign up for our newsletter",
    "Home\nNews\nSport\nWeather",
    "Copyright © 2025 The Brask Echo. All rights reserved.",
    "Updated 7:20 a.m. ET",
    "By Ann Lee\nOct. 14, 2025\nShare on Facebook",
    "Advertisement\nStory continues below\nAdvertisement",
]


@pytest.mark.parametrize("text", [*BLANK, *FURNITURE])
def test_empty_bodies(text: str) -> None:
    assert rules(text)[0] == "TXT001"


def test_why_a_body_is_empty() -> None:
    assert [fault.message for fault in found(" ")] == ["there is no text"]
    (fault,) = found("Share on Facebook\nAdvertisement")
    assert fault.message == "there is no story: all of the text is furniture"
    assert fault.excerpt == "Share on Facebook Advertisement"


def test_tiny_bodies() -> None:
    """The first words of paragraphs, as teasers have them."""
    pick = random.Random(3)
    texts = [text for code, pair in FOREIGN.items() for text in pair if code not in ("ja", "hi")]
    texts += [paragraph for text in dispatches() for paragraph in text.split("\n\n")[3:6]]
    for text in texts:
        first = " ".join(text.split()[: pick.randrange(8, 25)])
        assert "TXT002" in rules(first.rstrip(".,") + ".", language="")
    (fault,) = found("北浜町の漁師が瓶を見つけた。")
    assert fault.message == "the story has 6 words, fewer than 30"


def test_a_brief_is_not_tiny_and_the_limit_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    brief = " ".join(["The ferry was raised on Tuesday and towed to the port of Kelda."] * 3)
    assert words_in(brief) == 39
    assert rules(brief) == []
    monkeypatch.setitem(SETTINGS, ("TXT002", "words"), 40)
    assert rules(brief) == ["TXT002"]


def test_floods() -> None:
    """A paragraph or two of a story among twice as much of what stands around it."""
    plants = [text.split("\n\n")[first : first + 2] for text in dispatches() for first in (1, 2)]
    assert len(plants) >= 20
    for story in plants:
        captions = [
            f"A picture of the {i}th day, seen from the harbour wall. (Photo by Ann Lee/Brask Echo)" for i in range(12)
        ]
        assert "TXT004" in rules("\n".join([*captions, *story, "Share on Facebook", "Advertisement"]))


def test_lines_that_the_outlet_repeats_count() -> None:
    labels = [
        f"Our guide to the {word} of the coast" for word in "towns beaches harbours islands ferries lighthouses".split()
    ] * 3
    story = "\n".join(dispatches()[0].split("\n\n")[1:2])
    text = "\n".join([story, *labels])
    made = Page(Article("a", text), (), repeated=18 / 19)
    assert [fault.rule for fault in _floods(made)] == ["TXT004"]
    assert _floods(Page(Article("a", text), ())) == []


def test_a_story_carried_twice_is_no_flood() -> None:
    for text in dispatches():
        assert "TXT004" not in rules(text, repeated=1.0)


def _floods(made: Page) -> list[Fault]:
    return [fault for fault in faults(made, option) if fault.rule == "TXT004"]


@pytest.mark.parametrize("text", [*WHOLE.values(), *dispatches()])
def test_ordinary_furniture_is_no_flood(text: str) -> None:
    assert rules(f"By Ann Lee\nOct. 14, 2025\nShare on Facebook\n{text}\nSign up for our newsletter") == []


def test_headlines_that_are_none() -> None:
    """The lines of a text wrapped by hand, which look like headlines, stay story."""
    lines = ["the council will", "issue crowns of paper on", "the market of Brask and nobody", "has asked it why"]
    text = "\n".join(lines)
    marks = tuple(Mark(text.index(line), text.index(line) + len(line), "headline") for line in lines)
    assert story_of(Page(Article("a", text), marks)).lines == tuple(lines)


def test_the_invented_day_is_sound_but_for_what_was_planted() -> None:
    odd = {article.id: rules(article.text, outlet_language="en") for article in printed()}
    assert {id: faults for id, faults in odd.items() if faults} == {
        "channel-six-ferry-brief": ["TXT002"],  # ten words and "More at noon"
        "newsharvest-login": ["TXT005"],
        "kaveripur-standard-gallery": ["TXT001"],  # a photograph's caption
    }


def test_views() -> None:
    assert lines_of(" a\r\n\n b \rc") == ["a", "b", "c"]
    assert fewer_words(("one two", "three"), 4) and not fewer_words(("one two", "three"), 3)
    assert not fewer_words(("word " * 10_000,), 30)
    assert fewer_words(("- - " * 10_000,), 1) is False or words_in("- - " * 20) == 0
    story = story_of(page("Share on Facebook\nThe mayor of the town resigned on Monday after a vote of the council."))
    assert (len(story.lines), story.furniture) == (1, 17)
