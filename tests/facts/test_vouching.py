"""Attribution, hedges and negation. Texts are invented."""

from __future__ import annotations

import pytest

from dedup.facts import changes
from dedup.facts.hedges import negators
from dedup.facts.reading import read
from dedup.facts.tokens import tokens
from dedup.model import Link


def found(kind: str, before: str, after: str) -> list[tuple[str, str, str]]:
    got = changes(after, [(Link("AP", 0, 1.0), before)])
    return [(c.before, c.after, c.note) for c in got if c.type == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell, police said.", ["police said"]),
        ("The bridge fell, said Aila Brandt, the mayor.", ["said Aila Brandt"]),
        ("According to the mayor, it fell.", ["According to the mayor"]),
        ("Brandt told Reuters that it fell.", ["Brandt told Reuters"]),
        ("Brandt, the mayor of Lisk, told reporters it fell.", ["Brandt, the mayor of Lisk, told reporters"]),
        ("It fell, Brandt said in a statement.", ["Brandt said", "in a statement"]),
        ("She was a noted judge and claimed the prize.", []),
        ("The fine announced Monday was high.", []),
        ('"He said no," was the song.', []),
        ("The guards insisted the bridge was safe.", ["The guards insisted"]),
    ],
)
def test_sources(text: str, expected: list[str]) -> None:
    assert [s.text for s in read(text).sources] == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The old bridge fell, police said.", "The old bridge fell.", [("police said", "", "dropped")]),
        ("The old bridge fell.", "The old bridge fell, police said.", [("", "police said", "added")]),
        (
            "Brandt told Reuters that the old bridge fell.",
            "Brandt said that the old bridge fell.",
            [("Brandt told Reuters", "Brandt said", "changed")],
        ),
        (
            "The old bridge fell, Aila Brandt said.",
            "The old bridge fell, Jon Osk said.",
            [("Aila Brandt said", "Jon Osk said", "changed")],
        ),
        ("The old bridge fell, Brandt said.", "He said the old bridge fell.", []),
        ("The old bridge fell, Brandt said.", "The mayor said the old bridge fell.", []),
        ("The old bridge fell, Brandt said.", "Brandt says the old bridge fell.", []),
        ("The old bridge fell, Brandt said.", "The old bridge fell, according to Brandt.", []),
    ],
)
def test_attribution(before: str, after: str, expected: list[tuple[str, str, str]]) -> None:
    assert found("attribution", before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The bridge may close soon.", "The bridge will close soon.", [("may", "", "dropped")]),
        ("The guard stole a boat.", "The guard allegedly stole a boat.", [("", "allegedly", "added")]),
        ("The bridge may close soon.", "The bridge might close soon.", []),
        ("The bridge closes on May 5.", "The bridge closes on 5 May.", []),
        ("Brandt appeared on stage.", "Brandt was on stage.", []),
        ("His claims were long.", "His letters were long.", []),
    ],
)
def test_hedges(before: str, after: str, expected: list[tuple[str, str, str]]) -> None:
    assert found("hedge", before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The guards did not see the boat.", "The guards did see the boat.", [("not", "", "lost")]),
        ("The guards saw the boat leave.", "The guards never saw the boat leave.", [("", "never", "gained")]),
        ("The guards could not see the boat.", "The guards couldn't see the boat.", []),
        ("The guards did not see the boat.", "The guards failed to see the boat.", []),
        ("The guards did not allow the boat.", "The guards refused to allow the boat.", []),
        ("It is not safe to cross the bridge.", "It is unsafe to cross the bridge.", []),
        ("Brandt saw not only guards but boats.", "Brandt saw guards and boats.", []),
        ("No boats were seen by the guards.", "The guards did not see any boats.", []),
        ("They will decide soon, guards said.", "Guards said they have not decided yet but will decide soon.", []),
    ],
)
def test_negation(before: str, after: str, expected: list[tuple[str, str, str]]) -> None:
    assert found("negation", before, after) == expected


def test_negation_that_another_wire_shares_is_none() -> None:
    wires = [
        (Link("AP", 0, 1.0), "The guards at the gate saw the boat leave."),
        (Link("Reuters", 2, 1.0), "The guards at the gate never saw the boat leave, they said."),
    ]
    got = changes("The guards at the gate never saw the boat leave.", wires)
    assert [c for c in got if c.type == "negation"] == []


def test_negators() -> None:
    sentence = tokens("No. 5 did not, no less than twice, fail without a word")
    assert [sentence.words[i].norm for i in negators(sentence)] == ["not", "without"]
