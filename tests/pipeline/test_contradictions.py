"""The contradictions that `dedup diff` names on the invented day, against what truth.json knows of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from dedup.model import Article, Contradiction, Diff
from dedup.pipeline.diff import Source, hold
from tests.pipeline.helpers import SEEDS, WIRE_DAY, articles

# Measured over the 16 articles that take a side: all 49 named are right, 40 of 45 facts are named (floor: two less).
RECALL = 0.84
PRECISION = 0.95

AGENCIES = {"reuters": "Reuters", "ap": "AP", "afp": "AFP"}
WORDED = {"twenty-two": "22", "fifth": "5", "fourth": "4", "four": "4", "five": "5", "july": "7", "august": "8"}

Fact = dict[str, Any]


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((WIRE_DAY / "truth.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def diffs(truth: dict[str, Any]) -> dict[str, tuple[list[Fact], Diff]]:
    """Every article that states a disputed value, with the disputes of its event, against all wires on the event."""
    held = {a.id: a for a in articles(WIRE_DAY, SEEDS)}
    return {
        id: (event["contradictions"], hold(held[id], wires(event, held)))
        for id, entry in truth["by_article"].items()
        for event in truth["by_event"].values()
        if any(c["fact"] in entry["follows"] for c in event["contradictions"]) and carries(entry, event)
    }


def carries(entry: dict[str, Any], event: dict[str, Any]) -> bool:
    told = {says["dispatch"].rsplit("-v", 1)[0] for c in event["contradictions"] for says in c["says"]}
    return bool(told & set(entry["carries"]))


def wires(event: dict[str, Any], held: dict[str, Article]) -> list[Source]:
    dispatches = sorted({says["dispatch"] for c in event["contradictions"] for says in c["says"]})
    return [Source(agency(id), held[id]) for id in dispatches]


def agency(dispatch: str) -> str:
    return AGENCIES[dispatch.split("-")[0]]


def value(words: str) -> str:
    """The first figure or month of some words."""
    found = re.search(r"\d[\d.:]*|" + "|".join(sorted(WORDED, key=len, reverse=True)), words.lower())
    assert found, words
    return WORDED.get(found.group(), found.group().rstrip("."))


def sides(fact: Fact) -> dict[str, str]:
    """Agency -> its value."""
    return {agency(says["dispatch"]): value(says["words"]) for says in fact["says"]}


def fact_of(found: Contradiction, facts: list[Fact]) -> Fact | None:
    said = {found.one.original: value(found.one_text), found.other.original: value(found.other_text)}
    return next((f for f in facts if said.items() <= sides(f).items() and len(set(said.values())) == 2), None)


def named(diff: Diff) -> Iterator[Contradiction]:
    return (c for s in diff.sentences for c in s.contradictions)


def right(found: Contradiction, facts: list[Fact], follows: dict[str, list[str]]) -> bool:
    """Whether a contradiction is one, and the article's value that of the wire it is said to follow."""
    fact = fact_of(found, facts)
    if fact is None or fact["fact"] not in follows:
        return False
    values = {sides(fact)[agency(dispatch)] for dispatch in follows[fact["fact"]]}
    return (sides(fact)[found.followed] in values) if found.followed else len(values) != 1


def test_named_are_right(truth: dict[str, Any], diffs: dict[str, tuple[list[Fact], Diff]]) -> None:
    told = [
        (id, c.one_text, c.other_text, c.followed, right(c, facts, truth["by_article"][id]["follows"]))
        for id, (facts, diff) in diffs.items()
        for c in named(diff)
    ]
    wrong = [t for t in told if not t[-1]]
    assert len(told) - len(wrong) >= PRECISION * len(told), wrong


def test_those_the_article_takes_sides_on_are_named(
    truth: dict[str, Any], diffs: dict[str, tuple[list[Fact], Diff]]
) -> None:
    wanted, missed = 0, []
    for id, (facts, diff) in diffs.items():
        here = {f["fact"] for f in (fact_of(c, facts) for c in named(diff)) if f}
        follows = {fact for fact, whom in truth["by_article"][id]["follows"].items() if whom}
        wanted += len(follows)
        missed += [(id, fact) for fact in sorted(follows - here)]
    assert wanted - len(missed) >= RECALL * wanted, missed


def test_each_fact_once_for_each_side(diffs: dict[str, tuple[list[Fact], Diff]]) -> None:
    for facts, diff in diffs.values():
        told = [(f["fact"], c.one.original, c.other.original, c.followed)
                for c in named(diff) for f in [fact_of(c, facts)] if f]  # fmt: skip
        assert len(told) == len(set(told))
        assert diff.disputed <= len({fact for fact, *_ in told}) + sum(fact_of(c, facts) is None for c in named(diff))


def test_spans_are_those_of_the_words(diffs: dict[str, tuple[list[Fact], Diff]]) -> None:
    for _, diff in diffs.values():
        there = {wire.name: wire.sentences for wire in diff.originals}
        for sentence in diff.sentences:
            for c in sentence.contradictions:
                assert there[c.one.original][c.one.index].text[slice(*c.one_span)] == c.one_text
                assert there[c.other.original][c.other.index].text[slice(*c.other_span)] == c.other_text
                assert c.span is not None and sentence.text[slice(*c.span)] == c.text
