"""Findings for GitLab: the code quality report of a merge request, a JSON array of the fields its widget reads."""

from __future__ import annotations

from collections.abc import Iterator

from dedup.model import Checked, Finding, Level
from dedup.report.clusters import Record
from dedup.report.findings.json import array
from dedup.report.findings.view import names, relative, sentence, unique
from dedup.report.safe import for_terminal

# GitLab's are info, minor, major, critical, blocker; how grave a fault is for the business is not ours to say.
_SEVERITY: dict[Level, str] = {"error": "major", "warning": "minor", "note": "info"}


def render(checked: Checked) -> Iterator[str]:
    """One JSON array. GitLab drops the second of two equal fingerprints, so there are none."""
    named = names(checked)
    keys = unique(finding.fingerprint for finding in checked.findings)
    yield from array(_issue(f, key, named[f.rule]) for f, key in zip(checked.findings, keys, strict=True))
    yield "\n"


def _issue(finding: Finding, key: str, name: str) -> Record:
    return {
        "description": for_terminal(sentence(finding)),
        "check_name": f"{finding.rule} {name}",
        "fingerprint": key,
        "severity": _SEVERITY[finding.level],
        # Records of a feed move about: the first line stands for the file.
        "location": {"path": for_terminal(relative(finding.place.path)), "lines": {"begin": 1}},
    }
