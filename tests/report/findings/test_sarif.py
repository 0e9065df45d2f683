"""SARIF: valid against the schema of OASIS, with what GitHub wants, and nothing lost without a word."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from dedup import limits
from dedup.model import Checked, Place
from dedup.report.findings import RENDERERS
from tests.report.findings import samples
from tests.report.findings.test_formats import hostile

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "formats" / "schemas" / "sarif-schema-2.1.0.json"
needs_schema = pytest.mark.skipif(not SHARED.exists(), reason="the evaluation folder is not beside the checkout")


def sarif(checked: Checked, texts: bool = True) -> dict[str, Any]:
    document: dict[str, Any] = json.loads("".join(RENDERERS["sarif"](checked, texts)))
    return document


def run(checked: Checked) -> dict[str, Any]:
    (only,) = sarif(checked)["runs"]
    assert isinstance(only, dict)
    return only


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(
        json.loads(SHARED.read_text(encoding="utf-8")), format_checker=jsonschema.FormatChecker()
    )


@needs_schema
@pytest.mark.parametrize(
    "checked", [samples.day(), samples.clean(), samples.large(3, 200)], ids=["day", "clean", "large"]
)
def test_valid(checked: Checked, schema: jsonschema.Draft4Validator) -> None:
    schema.validate(sarif(checked))


@needs_schema
def test_the_schema_sees_faults(schema: jsonschema.Draft4Validator) -> None:
    document = sarif(samples.day())
    document["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        schema.validate(document)


@needs_schema
@settings(max_examples=30)
@given(hostile)
def test_valid_whatever_articles_say(text: str) -> None:
    schema = jsonschema.Draft4Validator(json.loads(SHARED.read_text(encoding="utf-8")))
    schema.validate(sarif(samples.hostile(text)))


def test_every_result_has_the_place_github_asks_for() -> None:
    for result in run(samples.day())["results"]:
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"]
        assert location["physicalLocation"]["region"]["startLine"] == 1
        assert result["partialFingerprints"]["primaryLocationLineHash"]


def test_paths_are_relative_uris() -> None:
    uri = run(samples.day())["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert uri == {"uri": "feed/harbour%20bugle.jsonl", "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("./a:b.jsonl", "a%3Ab.jsonl"),
        ("feed/100%.txt", "feed/100%25.txt"),
        ("feed/Zürich?#.txt", "feed/Z%C3%BCrich%3F%23.txt"),
        ("", "whole-feed"),
        ("/tmp/a b.txt", "file:///tmp/a%20b.txt"),
    ],
)
def test_uris(path: str, uri: str) -> None:
    checked = replace(samples.day(), findings=(samples.finding(place=Place("a", path=path)),))
    assert run(checked)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_fingerprints_differ_and_are_ours() -> None:
    checked = samples.day()
    twice = replace(checked, findings=(*checked.findings, *checked.findings))
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run(twice)["results"]]
    assert len(set(prints)) == len(prints) == 12
    assert f"{checked.findings[0].fingerprint}:1" in prints


def test_related_articles_and_rules() -> None:
    found = run(samples.day())
    (related,) = found["results"][0]["relatedLocations"]
    assert related["logicalLocations"][0]["name"] == "hb-7"
    rules = found["tool"]["driver"]["rules"]
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert rules[0]["help"]["text"] == "Two pages, one text. Keep one."
    assert rules[0]["defaultConfiguration"] == {"level": "error"}


def test_ignored_findings_are_suppressed_results() -> None:
    *counted, known, settled = run(samples.day())["results"]
    assert not any("suppressions" in result for result in counted)
    assert {result["baselineState"] for result in counted} == {"new"}
    assert known["baselineState"] == "unchanged"
    assert "baselineState" not in settled
    assert known["suppressions"][0]["kind"] == settled["suppressions"][0]["kind"] == "external"
    assert settled["suppressions"][0]["justification"] == "the agency sent a later figure"


def test_without_a_baseline_no_state_is_claimed() -> None:
    checked = replace(samples.day(), ignored=(), stale=())
    assert not any("baselineState" in result for result in run(checked)["results"])


def test_text_makes_no_links_or_placeholders() -> None:
    checked = replace(samples.day(), findings=(samples.finding(message=r"a [link](1) and {0} and \n"),))
    assert r"a \[link\](1) and {{0}} and \\n" in run(checked)["results"][0]["message"]["text"]


def test_what_is_cut_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SARIF_RESULTS", 4)
    monkeypatch.setattr(limits, "SARIF_LOCATIONS", 3)
    found = run(samples.large(2, related=5))
    assert [len(result["relatedLocations"]) for result in found["results"]] == [2] * 4
    assert {result["level"] for result in found["results"]} == {"error", "warning"}
    told = {n["descriptor"]["id"]: n["message"]["text"] for n in found["invocations"][0]["toolExecutionNotifications"]}
    assert told == {
        "results-cut": "2 results over the limit of a run left out.",
        "locations-cut": "4 results with more related articles than fit.",
    }


def test_what_fits_is_not_told_to_be_cut() -> None:
    notifications = run(samples.large(2, related=limits.SARIF_LOCATIONS - 1))["invocations"][0]
    assert notifications["toolExecutionNotifications"] == []
