"""TXT003: planted cuts are found, whole stories of every kind are left alone."""

from __future__ import annotations

import random
import re

import pytest

from dedup.check.page.cut import unfinished
from dedup.check.page.view import words_in
from tests.check.page.texts import FOREIGN, WHOLE, dispatches, found, rules, seconds

CUT = "TXT003"
LEAD = """BRASK, Oct 14 - The opera house of Brask will close for three years, its director said on Tuesday, because \
the roof is held up by little more than paint. The singers will move to a tram depot.
"The sound there is better than one would think," said the director, Yelva Stroud. She asked the public to bring \
cushions."""
MARKS = (
    "The tram depot seats 900 people, and the council has… [+2345 chars]",
    "The tram depot seats 900 people, and the council has... [+ 412 chars]",
    "The tram depot seats 900 people. [1,204 more words]",
    "The tram depot seats 900 people […]",
    "The tram depot seats 900 people, and [...]",
    "The tram depot seats 900 people (...)",
    "The tram depot seats 900 people. (more)",
    "The tram depot seats 900 people, and the council... Read more",
    "The tram depot seats 900 people, and the council… Continue reading",
    "The tram depot seats 900 people... Read the full story",
    "The tram depot seats 900 people…\nRead more »",
    "The tram depot seats 900 people, and the\nContinue reading",
    "The tram depot seats 900 people.\nClick here to read the full story",
    "The tram depot seats 900 people.\nTo read the full story",
    "The tram depot seats 900 people.\nTo continue reading Yelva Stroud's column, click here.",
    "The tram depot seats 900 people.\nContinue reading at brask-echo.example",
    "The tram depot seats 900 people.\nRead more",
    "The tram depot seats 900 people.\nRead the full article",
    "The tram depot seats 900 people, and the council...",
    "The tram depot seats 900 people, and the council …",
    "The tram depot seats 900 people, and the coun-",
    "The tram depot seats 900 people, its owner said,",
)
FOREIGN_MARKS = {
    "de": "… Weiterlesen", "fr": "… Lire la suite", "es": "… Seguir leyendo", "it": "… Continua a leggere",
    "pt": "… Leia mais", "nl": "… Lees verder", "ru": "… Читать далее", "ja": "… 続きを読む", "hi": "… और पढ़ें",
}  # fmt: skip


def cuts(text: str, count: int, pick: random.Random) -> list[str]:
    """`text` cut off at `count` places inside sentences, a sixth of it or more left."""
    ends = [word.end() for word in re.finditer(r"\S+", text)]
    made: list[str] = []
    while len(made) < count:
        cut = text[: ends[pick.randrange(max(60, len(ends) // 6), len(ends) - 12)]]
        if cut.rstrip("\"'”’)»")[-1:] not in ".!?…":
            made.append(cut)
    return made


@pytest.mark.parametrize("end", MARKS)
def test_a_mark_of_a_cut(end: str) -> None:
    assert CUT in rules(f"{LEAD}\n{end}")


@pytest.mark.parametrize("language", FOREIGN_MARKS)
def test_marks_in_other_languages(language: str) -> None:
    assert CUT in rules(FOREIGN[language][0][:120] + FOREIGN_MARKS[language], language=language)


def test_stories_cut_inside_a_sentence() -> None:
    """What is missed was cut after a few words of a paragraph, which look like a headline or a caption."""
    pick = random.Random(5)
    planted = [(whole, cut) for whole in dispatches() for cut in cuts(whole, 12, pick)]
    alone = [CUT in rules(cut) for _, cut in planted]
    clustered = [
        CUT in rules(cut, sibling_words=words_in(whole), sibling_end="no line of it") for whole, cut in planted
    ]
    assert len(planted) == 168
    assert sum(alone) >= 0.64 * len(planted)
    assert sum(clustered) >= 0.72 * len(planted)
    assert all(with_siblings for one, with_siblings in zip(alone, clustered, strict=True) if one)


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "pt", "nl", "ru"])
def test_paragraphs_cut_in_other_languages(language: str) -> None:
    cut = []
    for text in FOREIGN[language]:
        ends = [word.end() for word in re.finditer(r"\S+", text)]
        cut += [text[:end] for end in ends[40:-2:3] if text[:end].rstrip("\"'”’»")[-1] not in ".!?"]
    hits = [CUT in rules(text, language=language) for text in cut]
    assert len(hits) >= 10
    assert sum(hits) >= 0.75 * len(hits)


@pytest.mark.parametrize("kind", WHOLE)
def test_whole_stories_of_every_kind(kind: str) -> None:
    assert rules(WHOLE[kind], sibling_words=90, sibling_end="The last line of the original.") == []


def test_whole_dispatches() -> None:
    for text in (*dispatches(), *(text for texts in FOREIGN.values() for text in texts)):
        assert rules(text) == []


def test_a_story_cut_at_the_end_of_a_sentence_is_a_shorter_version() -> None:
    for text in dispatches():
        paragraphs = text.split("\n\n")
        short = "\n\n".join(paragraphs[: max(3, len(paragraphs) // 3)])
        if short.rstrip().endswith((".", '."')):
            assert CUT not in rules(short, sibling_words=words_in(text), sibling_end=paragraphs[-1])


def test_much_shorter_than_the_others_and_no_proper_end() -> None:
    text = f"{LEAD}\nThe council has promised another nine million crowns"
    assert CUT not in rules(text)
    assert CUT not in rules(text, sibling_words=90)
    (fault,) = found(text, sibling_words=400)
    assert fault.message == "it has 63 words and no proper end, the others with its dispatch have 400"
    assert CUT not in rules(text, sibling_words=400, sibling_end="The council has promised another nine million crowns")


@pytest.mark.parametrize(
    "below",
    [
        "Show chapters",
        "Advertisement\nBrask Echo",
        "Read more:\nThe depot that was a church\nSingers in the snow",
        "Read more from the Echo",
    ],
)
def test_what_a_page_leaves_below_the_story(below: str) -> None:
    assert CUT not in rules(f"{LEAD}\n{below}")
    assert CUT in rules(f"{LEAD} The depot was built for 400 trams, but it has not\n{below}")


def test_a_word_between_two_buttons() -> None:
    assert CUT not in rules(f"{LEAD}\nor")
    assert CUT not in rules(f"{LEAD}\nLog in\nor")


def test_a_long_story_may_end_with_dots() -> None:
    assert rules(WHOLE["rhetoric"]) == []
    assert CUT in rules(f"{LEAD} And then they waited, and waited, and...")


def test_a_text_wrapped_by_hand_goes_on_below() -> None:
    text = LEAD + "\n    The warrants of the opera company are exercisable from July 29 until June 30,\n1988.\n Staff"
    assert CUT not in rules(text)


@pytest.mark.parametrize(
    "line",
    [
        "Jorunn Fell, for the Brask Echo", "Vikander 23, Bexland 6", "Follow her at https://echo.example", "", "AP",
        "The match of the year. Photo by Ann Lee, Brask Echo", "It opens on Monday. Ann Lee, BRASK TODAY", "Group A",
        "Gold in Brask | Silver in Brask | Holidays in Brask. And more | Rain in Brask", "Are you in? Join us today",
        "• the roof of the opera and the", "He was 6'2\" and she was 5'", "What to look out for", "It won. AP",
        "Er kam, sah und siegte. / ab", "„Er kam“, sagte Brandhöfer dem Blatt",
    ],
)  # fmt: skip
def test_lines_without_an_end_that_are_whole(line: str) -> None:
    assert unfinished(line) == ""


@pytest.mark.parametrize(
    "piece", ["a. A", ". . .", "… [", "read more ", '"a ', "“", "a, ", "(more)", "a\n", "- ", "[+1"]
)
def test_hostile_endings_take_linear_time(piece: str) -> None:
    short, long = (seconds("word " * 50 + piece * times) for times in (4_000, 32_000))
    assert long < 24 * max(short, 0.001)
