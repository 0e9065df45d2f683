"""GitLab: the report has the fields its documentation asks for, and no fingerprint twice."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from dedup.model import Checked
from dedup.report.findings import RENDERERS
from tests.report.findings import samples
from tests.report.findings.test_formats import hostile

# After the table "Code Quality report format" of GitLab's documentation. Paths are relative, without a leading "./".
TEXT = {"type": "string", "minLength": 1}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def report(checked: Checked) -> list[dict[str, Any]]:
    issues: list[dict[str, Any]] = json.loads("".join(RENDERERS["gitlab"](checked, True)))
    jsonschema.validate(issues, SCHEMA)
    return issues


@pytest.mark.parametrize("checked", [samples.day(), samples.clean(), samples.large(20)], ids=["day", "clean", "large"])
def test_every_finding_that_counts_is_there(checked: Checked) -> None:
    assert len(report(checked)) == len(checked.findings)


def test_an_issue() -> None:
    assert report(samples.day())[0] == {
        "description": "Harbour Bugle: hb-9 (Ferry sinks off Karvos): The same text as hb-7, under another address.",
        "check_name": "DUP001 exact-duplicate",
        "fingerprint": "0123456789abcdef0123456789abcdef",
        "severity": "major",
        "location": {"path": "feed/harbour bugle.jsonl", "lines": {"begin": 1}},
    }


def test_levels() -> None:
    assert [issue["severity"] for issue in report(samples.day())] == ["major", "minor", "minor", "info", "info"]


def test_no_fingerprint_twice() -> None:
    checked = samples.day()
    prints = [issue["fingerprint"] for issue in report(replace(checked, findings=checked.findings * 3))]
    assert len(set(prints)) == len(prints) == 15


@given(hostile)
def test_valid_whatever_articles_say(text: str) -> None:
    report(samples.hostile(text))
