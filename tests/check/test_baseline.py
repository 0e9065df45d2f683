"""Fingerprints and baselines: the same finding has the same digits wherever the feed lies and whatever is in it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup.check.baseline import from_json, to_json
from dedup.check.fingerprint import fingerprints
from dedup.check.policy import read_policy
from dedup.check.views import Entry, Found
from dedup.errors import InputError
from dedup.model import Checked
from dedup.pipeline import Options
from dedup.pipeline.check import Asked, check
from tests.check.planting import PLANTS, Feed, Record, alone, shuffled, write

RULES = ("DUP001", "DUP002", "META001", "META002", "META006", "WIRE001", "WIRE004")


def mixed() -> Feed:
    """A small feed with faults of many kinds."""
    feed = Feed([], [])
    for rule in RULES:
        planted = PLANTS[rule]()
        near = {id.partition("~")[0] for _, id in sorted(planted.expected)[:2]}
        near |= {id.replace("again-", "a") + "-0" for id in near if id.startswith("again-")}
        keep = [a for a in planted.articles if a["id"] in near]
        feed.articles += [a | {"id": f"{rule}-{a['id']}", "text": a["text"]} for a in keep]
        feed.originals = planted.originals if rule == "WIRE004" else feed.originals
    return feed


MIXED = mixed()


def prints(checked: Checked) -> set[tuple[str, str]]:
    return {(f.rule, f.fingerprint) for f in checked.findings if f.place.id}


def checked(
    articles: list[Record], folder: Path, name: str = "feed.jsonl", known: dict[str, str] | None = None
) -> Checked:
    originals = write(folder / "wires" / "wires.jsonl", MIXED.originals).parent
    return check([str(write(folder / name, articles))], Options(originals=str(originals)), Asked(baseline=known))


def test_there_is_something_to_know_again(tmp_path: Path) -> None:
    assert {rule for rule, _ in prints(checked(MIXED.articles, tmp_path))} >= set(RULES)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 999), name=st.sampled_from(["b.jsonl", "deep/er/feed.jsonl"]), more=st.integers(0, 6))
def test_order_place_and_other_articles_change_no_fingerprint(
    seed: int, name: str, more: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = prints(checked(MIXED.articles, tmp_path_factory.mktemp("a")))
    others = [alone(i, f"other{i}.example", f"more {seed}") for i in range(more)]
    after = prints(checked(shuffled(MIXED.articles + others, seed), tmp_path_factory.mktemp("b"), name))
    assert before <= after
    assert len(after) == len(before)


def test_a_new_text_is_a_new_finding(tmp_path: Path) -> None:
    one, other = alone(1), alone(2)
    for article in (one, other):
        article["title"] = ""
    first = prints(checked([one], tmp_path / "a"))
    second = prints(checked([one | {"text": other["text"]}], tmp_path / "b"))
    assert len(first) == len(second) == 1
    assert not first & second


def test_equal_findings_are_counted() -> None:
    def found(id: str) -> Found:
        return Found("DUP001", "twice", Entry(id, id, "o", "", "", "", "", "f", "aa", "bb", 90))

    one, two, three = fingerprints([found("a"), found("b"), found("c")])
    assert len({one, two, three}) == 3
    assert fingerprints([found("z"), found("y")]) == [one, two]


def test_folders_are_no_outlets() -> None:
    def key(outlet: str, path: str) -> str:
        return fingerprints([Found("DUP001", "twice", Entry("a", "", outlet, "", "", "", "", path, "aa", "bb", 90))])[0]

    assert key("monday", "x/monday/a.txt") == key("tuesday", "tuesday/a.txt")
    assert key("ledger.example", "x/monday/a.txt") != key("beacon.example", "x/monday/a.txt")


# ---------------------------------------------------------------- baseline


def test_what_is_known_does_not_count(tmp_path: Path) -> None:
    first = checked(MIXED.articles, tmp_path)
    known = from_json(to_json(first.findings), "known.json")
    again = checked(shuffled(MIXED.articles, 3), tmp_path / "other", known=dict(known))
    assert again.findings == ()
    assert {i.by for i in again.ignored} == {"baseline"}
    assert len(again.ignored) == len(first.findings)
    assert again.stale == ()


def test_what_was_mended_is_stale_and_what_is_new_counts(tmp_path: Path) -> None:
    first = checked(MIXED.articles, tmp_path)
    known = dict(from_json(to_json(first.findings), "known.json"))
    mended = next(f for f in first.findings if f.rule == "WIRE004")
    feed = [a for a in MIXED.articles if a["id"] != mended.place.id]
    new = alone(7) | {"published": ""}
    again = checked([*feed, new], tmp_path / "other", known=known)
    assert mended.fingerprint in again.stale
    assert ("META001", new["id"]) in {(f.rule, f.place.id) for f in again.findings}


def test_what_is_not_looked_at_is_not_stale(tmp_path: Path) -> None:
    first = checked(MIXED.articles, tmp_path)
    known = from_json(to_json(first.findings), "known.json")
    path = str(tmp_path / "feed.jsonl")
    assert not {known[f] for f in check([path], Options(), Asked(read_policy("DUP001"), known)).stale} - {"DUP001"}


def test_a_baseline_is_the_same_for_any_order(tmp_path: Path) -> None:
    findings = checked(MIXED.articles, tmp_path).findings
    assert to_json(findings) == to_json(reversed(findings))
    assert json.loads(to_json(findings))["schema"] == "dedup.baseline/1"
    assert not any(article["text"][:40] in to_json(findings) for article in MIXED.articles)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not readable as JSON"),
        ("[]", "names no schema"),
        ('{"schema": "dedup.baseline/2", "findings": {}}', "its schema is 'dedup.baseline/2', expected"),
        ('{"schema": "dedup.baseline/1"}', "must map fingerprints to rules"),
        ('{"schema": "dedup.baseline/1", "findings": {"x": {"rule": "DUP001"}}}', "must map fingerprints"),
        (f'{{"schema": "dedup.baseline/1", "findings": {{"{"a" * 32}": 3}}}}', "must map fingerprints"),
        ("[" * 100_000, "not readable as JSON"),
    ],
)
def test_a_file_that_is_no_baseline_is_an_error(text: str, message: str) -> None:
    with pytest.raises(InputError, match=f"known.json: no baseline.*{message}"):
        from_json(text, "known.json")


def test_paths_are_shown_from_where_one_stands(tmp_path: Path) -> None:
    write(tmp_path / "in" / "feed.jsonl", [alone(1) | {"title": ""}])
    asked = Asked(root=str(tmp_path))
    (here,) = check([str(tmp_path / "in" / "feed.jsonl")], Options(), asked).findings
    assert here.place.path == "in/feed.jsonl"
    (there,) = check([str(tmp_path / "in" / "feed.jsonl")], Options(), Asked(root=str(tmp_path / "elsewhere"))).findings
    assert there.place.path == (tmp_path / "in" / "feed.jsonl").as_posix().replace(os.sep, "/")
    assert here.fingerprint == there.fingerprint
