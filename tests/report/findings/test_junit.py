"""JUnit XML: read back by another library, whatever articles say, and each level where its readers look for it."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import junitparser
import pytest
from hypothesis import given

from dedup.model import Checked
from dedup.report import safe
from dedup.report.findings import RENDERERS
from tests.report.findings import samples
from tests.report.findings.test_formats import hostile


def document(checked: Checked) -> bytes:
    return "".join(RENDERERS["junit"](checked, True)).encode("utf-8")


def suites(checked: Checked) -> dict[str, junitparser.TestSuite]:
    return {suite.name.split()[0]: suite for suite in junitparser.JUnitXml.fromstring(document(checked))}


def test_a_suite_a_rule() -> None:
    found = suites(samples.day())
    assert list(found) == [rule.id for rule in samples.RULES]
    counts = {id: (suite.tests, suite.failures, suite.skipped) for id, suite in found.items()}
    assert counts == {
        "DUP001": (2, 1, 1), "FEED001": (1, 0, 0), "FEED002": (1, 1, 0), "META004": (2, 0, 2), "WIRE004": (2, 1, 1)
    }  # fmt: skip


@pytest.mark.parametrize("checked", [samples.day(), samples.clean(), samples.large(4)], ids=["day", "clean", "large"])
def test_counts_are_what_is_there(checked: Checked) -> None:
    for suite in suites(checked).values():
        cases = list(suite)
        results = [type(result) for case in cases for result in case.result]
        assert suite.tests == len(cases)
        assert suite.failures == results.count(junitparser.Failure)
        assert suite.skipped == results.count(junitparser.Skipped)
    root = ElementTree.fromstring(document(checked))
    assert int(root.attrib["tests"]) == len(list(root.iter("testcase")))
    assert int(root.attrib["failures"]) == len(list(root.iter("failure")))


def test_a_failure_says_all() -> None:
    (case,) = [case for case in suites(samples.day())["DUP001"] if not isinstance(case.result[0], junitparser.Skipped)]
    (failure,) = case.result
    assert (case.name, failure.type) == ("Harbour Bugle: hb-9", "error")
    assert failure.message == "The same text as hb-7, under another address"
    assert failure.text.endswith("\nwith Harbour Bugle: hb-7 feed/harbour bugle.jsonl")


def test_notes_and_ignored_findings_are_skipped_with_the_reason() -> None:
    found = suites(samples.day())
    told = [case.result[0].message for id in ("META004", "WIRE004") for case in found[id] if case.is_skipped]
    assert told[0] == "note: 38 of 38 articles have no address"
    assert told[-1].startswith("suppressed (the agency sent a later figure): ")


def test_a_sound_feed_is_a_report_too() -> None:
    for suite in suites(samples.clean()).values():
        (case,) = suite
        assert case.is_passed


def test_names_of_cases_differ() -> None:
    one = samples.finding()
    checked = replace(samples.day(), findings=(one, one, one), ignored=())
    assert [case.name for case in suites(checked)["DUP001"]] == [f"Harbour Bugle: hb-9{n}" for n in ("", " #2", " #3")]


@given(hostile)
def test_well_formed_whatever_articles_say(text: str) -> None:
    root = ElementTree.fromstring(document(samples.hostile(text)))
    messages = {failure.attrib["message"] for failure in root.iter("failure")}
    assert messages == {safe.for_terminal(text)}
    assert {element.tag for element in root.iter()} == {"testsuites", "testsuite", "testcase", "failure", "skipped"}
