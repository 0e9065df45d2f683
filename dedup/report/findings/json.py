"""Findings as JSON (schema dedup.check/1), a record a line, and as JSON lines, a finding a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dedup.model import Checked, Finding, Ignored, Place, Rule, Skipped
from dedup.report.clusters import Record, dumps
from dedup.report.findings.view import counts, names
from dedup.report.safe import json_for_log

SCHEMA = "dedup.check/1"

_LISTS = {"skipped", "rules", "findings", "ignored", "stale"}  # one record a line


def render(checked: Checked) -> Iterator[str]:
    """One JSON object."""
    named = names(checked)
    document: Record = {
        "schema": SCHEMA,
        "settings": checked.settings,
        "read": checked.read,
        "kept": checked.kept,
        "skipped": map(_skipped, checked.skipped),
        "capped": checked.capped,
        "counts": counts(checked),
        "rules": map(_rule, checked.rules),
        "findings": (_finding(finding, named) for finding in checked.findings),
        "ignored": (_ignored(ignored, named) for ignored in checked.ignored),
        "stale": checked.stale,
    }
    before = "{"
    for key, value in document.items():
        yield f'{before}"{key}": '
        yield from array(value) if key in _LISTS else (line(value),)
        before = ",\n "
    yield "}\n"


def render_lines(checked: Checked) -> Iterator[str]:
    """A finding a line; what is ignored or read is in the JSON only."""
    named = names(checked)
    return (line(_finding(finding, named)) + "\n" for finding in checked.findings)


def array(records: Iterable[object]) -> Iterator[str]:
    """A JSON array, a record a line."""
    before = "[\n"
    for record in records:
        yield before + line(record)
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"


def line(value: object) -> str:
    """`value` as JSON on one line that is safe in a log."""
    return json_for_log(dumps(value).decode("utf-8"))


def _rule(rule: Rule) -> Record:
    return {"id": rule.id, "name": rule.name, "level": rule.level, "summary": rule.summary}


def _finding(finding: Finding, named: dict[str, str]) -> Record:
    return {
        "rule": finding.rule,
        "name": named[finding.rule],
        "level": finding.level,
        "message": finding.message,
        "article": _place(finding.place),
        "fingerprint": finding.fingerprint,
        "excerpt": finding.excerpt,
        "related": [_place(place) for place in finding.related],
    }


def _place(place: Place) -> Record:
    return {"id": place.id, "outlet": place.outlet, "title": place.title, "path": place.path}


def _ignored(ignored: Ignored, named: dict[str, str]) -> Record:
    return {**_finding(ignored.finding, named), "by": ignored.by, "reason": ignored.reason}


def _skipped(skipped: Skipped) -> Record:
    return {"where": skipped.where, "why": skipped.why, "empty": skipped.empty}
