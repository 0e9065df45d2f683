"""unlike: round-ups and templates share words with what they are not; everything else keeps its weight."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedup import limits, verify
from dedup.pipeline.packed import shingle_sets
from dedup.pipeline.unlike import Unlike
from tests.packed import numbers
from tests.pipeline.helpers import clustered, groups, jsonl, records, story, taken_in

BRIEF = (
    "{name} Mills said on Monday its net in the quarter was {net} crowns, or {share} cents a share, after sales of "
    "{sales} crowns at its works in {town}. The company, which employs {staff} people, said the {town} works will run "
    "at {load} percent of what they can until the end of the year, as the chairman had said in {month}."
)
DUNMORE = BRIEF.format(
    name="Dunmore", net="5,100", share=12, sales="71,000", town="Karvos", staff=310, load=80, month="May"
)
OSTLEY = BRIEF.format(
    name="Ostley", net="340", share=2, sales="9,200", town="Brenholm", staff=75, load=45, month="June"
)


def close(folder: Path, one: str, other: str) -> tuple[float, float]:
    """The plain weight of two texts, and what is left of it."""
    with taken_in(jsonl(folder / "pair.jsonl", records([one, other]))) as (corpus, texts):
        matches = verify.compare(
            shingle_sets(corpus, texts, "", compiled=False, workers=1), numbers(0), numbers(1), compiled=False
        )
        return float(matches.weight()[0]), float(Unlike(corpus, texts).closeness(matches)[0])


def test_a_story_and_its_version_keep_their_weight(tmp_path: Path) -> None:
    plain, left = close(tmp_path, story(0, 20), story(0, 18) + "\n\n" + story(1, 5))
    assert plain == left > limits.SAME_DISPATCH


def test_a_round_up_and_a_story_lose(tmp_path: Path) -> None:
    plain, left = close(tmp_path, story(0, 20), "The Latest: Ferry raised\n\n" + story(0, 14) + "\n\n" + story(1, 12))
    assert left == pytest.approx(plain * limits.ROUNDUP_WEIGHT)


def test_two_round_ups_do_not(tmp_path: Path) -> None:
    latest = "The Latest: Ferry raised\n\n"
    plain, left = close(tmp_path, latest + story(0, 20), latest + story(0, 14))
    assert plain == left


def test_two_fillings_of_a_template_lose(tmp_path: Path) -> None:
    plain, left = close(tmp_path, DUNMORE, OSTLEY)
    assert plain >= limits.SAME_DISPATCH > left
    assert left == pytest.approx(plain * limits.TEMPLATE_WEIGHT)


def test_one_filling_printed_twice_does_not(tmp_path: Path) -> None:
    plain, left = close(tmp_path, DUNMORE, "KARVOS, Oct 14 (Reuters) - " + DUNMORE.replace("percent", "per cent"))
    assert plain == left


def test_long_stories_are_not_asked_for_their_figures(tmp_path: Path) -> None:
    long = story(0, 1 + limits.TEMPLATE_TOKENS // 14)
    plain, left = close(tmp_path, DUNMORE + "\n\n" + long, OSTLEY + "\n\n" + long)
    assert plain == left


def test_templates_stay_apart_and_their_copies_come_together(tmp_path: Path) -> None:
    copy = "KARVOS, Oct 14 (Reuters) - {}"
    texts = [DUNMORE, copy.format(DUNMORE), OSTLEY, copy.format(OSTLEY).replace("percent", "pct")]
    assert groups(clustered(tmp_path, texts)) == {frozenset({"a0", "a1"}), frozenset({"a2", "a3"})}


def test_a_round_up_does_not_absorb(tmp_path: Path) -> None:
    """Each entry is the lead of another story."""
    stories = [story(seed, 16) for seed in range(3)]
    entries = ["\n\n".join(text.split("\n\n")[:9]) for text in stories]
    latest = "The Latest: Ferry raised\n\n" + "\n\n".join(f"10:{i}5 p.m.\n\n{entry}" for i, entry in enumerate(entries))
    result = clustered(
        tmp_path, [*stories, *(text + "\n\n" + story(50 + i, 3) for i, text in enumerate(stories)), latest]
    )
    assert groups(result) == {frozenset({f"a{i}", f"a{i + 3}"}) for i in range(3)}
    assert {(pair.a, pair.b) for pair in result.reuse} == {(f"a{i}", "a6") for i in range(6)}
