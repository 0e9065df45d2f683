"""Check as a whole: the same bytes whatever the order, the number of processes and the hash seed; caps; what is new."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dedup import limits
from dedup.check.policy import read_policy
from dedup.pipeline import Options
from dedup.pipeline.check import Asked, check
from dedup.pipeline.check.around import median_without
from tests.check.planting import PLANTS, alone, found, run, shuffled, sound, write
from tests.pipeline.helpers import ROOT, SEEDS, WIRE_DAY

PAIRS = [("WIRE004", "WIRE003"), ("DUP002", "META006"), ("WIRE005", "WIRE006")]


@pytest.mark.parametrize("rules", PAIRS, ids="+".join)
def test_the_order_of_articles_changes_nothing(rules: tuple[str, str], tmp_path: Path) -> None:
    feeds = [PLANTS[rule]() for rule in rules]
    articles = [a for feed in feeds for a in feed.articles]
    originals = {a["id"]: a for feed in feeds for a in feed.originals}.values()
    wires = str(write(tmp_path / "wires" / "w.jsonl", originals).parent)
    results = []
    for seed in range(2):
        path = write(tmp_path / "feed.jsonl", shuffled(articles, seed))
        results.append(check([str(path)], Options(originals=wires)))
    assert results[0].findings
    assert results[0] == results[1]


@pytest.mark.slow
def test_processes_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = PLANTS["WIRE004"]()
    path, wires = write(tmp_path / "feed.jsonl", feed.articles), write(tmp_path / "wires" / "w.jsonl", feed.originals)
    monkeypatch.setattr(limits, "CHECK_BATCH", 20)
    one, two = (check([str(path)], Options(originals=str(wires.parent), workers=n)) for n in (1, 2))
    assert one.findings
    assert one == two


def test_the_hash_seed_changes_nothing() -> None:
    def printed(seed: str) -> bytes:
        command = [sys.executable, "-m", "dedup", "check", str(WIRE_DAY), "--format", "json", "--originals", str(SEEDS)]
        environ = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(command, capture_output=True, cwd=ROOT, env=environ, check=False).stdout

    assert printed("1") == printed("2") != b""


def test_the_cap_on_what_is_held_against_its_original_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = PLANTS["WIRE004"]()
    path, wires = write(tmp_path / "feed.jsonl", feed.articles), write(tmp_path / "wires" / "w.jsonl", feed.originals)
    monkeypatch.setattr(limits, "CHECK_DIFFS", (5, 0.0))  # of one of the five nothing is found: see test_planted
    checked = check([str(path)], Options(originals=str(wires.parent)))
    assert checked.capped == len(feed.expected) - 5
    assert 4 <= len(found(checked, "WIRE004")) <= 5


def test_nothing_is_held_against_its_original_in_vain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a sound article was aligned")

    monkeypatch.setattr(sys.modules["dedup.pipeline.check.altered"], "hold", never)
    feed = sound()
    path, wires = write(tmp_path / "feed.jsonl", feed.articles), write(tmp_path / "wires" / "w.jsonl", feed.originals)
    assert check([str(path)], Options(originals=str(wires.parent))).findings == ()


@dataclass(frozen=True)
class New:
    files: frozenset[str]
    is_new: Callable[[str, bytes], bool]

    def holds(self, path: str, digest: bytes) -> bool:
        return self.is_new(path, digest)


def test_only_what_is_new_is_told_of_and_checked_against_all(tmp_path: Path) -> None:
    feed = PLANTS["DUP001"]()
    later = [a for a in feed.articles if a["id"].startswith("again-")][:2]
    old = write(tmp_path / "old.jsonl", [a for a in feed.articles if a not in later])
    new = write(tmp_path / "new.jsonl", later)
    paths = [str(old), str(new)]
    asked = Asked(new=New(frozenset([str(new)]), lambda path, _: path == str(new)))
    assert found(check(paths, Options(), asked), "DUP001") == {("DUP001", a["id"]) for a in later}
    assert all(f.place.path in ("", str(new)) for f in check(paths, Options(), asked).findings)


def test_what_no_rule_needs_is_not_worked_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("worked out in vain")

    for name in ("altered", "outdated"):
        monkeypatch.setattr(f"dedup.pipeline.check.{name}", never)
    monkeypatch.setattr("dedup.check.page.faults", never)
    path = write(tmp_path / "feed.jsonl", sound(4).articles)
    assert check([str(path)], Options(), Asked(read_policy("DUP,META"))).findings == ()


@pytest.mark.parametrize("lengths", [[], [5], [1, 2], [1, 2, 3], [4, 4, 4, 9], [1, 5, 5, 8, 20]])
def test_the_median_of_the_others(lengths: list[int]) -> None:
    for one in lengths:
        others = list(lengths)
        others.remove(one)
        expected = others[(len(others) - 1) // 2] if others else 0
        assert median_without(lengths, one) == expected


def test_ids_that_end_like_counted_ones_are_ids_of_their_own(tmp_path: Path) -> None:
    feed = [alone(i) | {"id": f"story~{i}"} for i in (1, 2)]
    assert check([str(write(tmp_path / "feed.jsonl", feed))]).findings == ()


def test_a_version_sent_twice_is_a_duplicate_of_itself(tmp_path: Path) -> None:
    sent = [
        {"uri": "urn:x:1", "version": number, "versioncreated": f"2031-03-02T0{hour}:00:00Z", "headline": f"At {hour}",
         "provider": "Harbour", "url": "https://harbour.example/1", "body_text": alone(1)["text"]}
        for hour, number in ((1, "1"), (2, "2"), (3, "2"))
    ]  # fmt: skip
    checked = check([str(write(tmp_path / "feed.jsonl", sent))])
    (told,) = (finding for finding in checked.findings if finding.rule == "DUP001")
    assert (told.place.title, [place.title for place in told.related]) == ("At 3", ["At 2"])


def test_messages_quote_no_figure_and_no_quotation(tmp_path: Path) -> None:
    for rule in ("WIRE003", "WIRE004"):
        told = [f for f in run(PLANTS[rule](), tmp_path / rule).findings if f.rule == rule]
        assert len(told) > 20
        assert not any(re.search(r"[0-9“”\"]", finding.message) for finding in told)
        assert all(finding.excerpt for finding in told)
