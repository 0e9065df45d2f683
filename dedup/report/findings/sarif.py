"""Findings as SARIF 2.1.0, for code scanning on GitHub and for viewers: one run, a line per result.

Paths are URIs relative to the root of the repository; a path that is absolute is one of its own. A result has line 1,
since GitHub wants a region and the records of a feed move about, and the article as a logical location. Its fingerprint
stands under a name of ours and under the one GitHub matches alerts by: without it GitHub would make one of line 1, the
same for every article of a file, and show one alert for all of them. Related articles are related locations.

Ignored findings are results with a suppression, as the standard has it. GitHub does not read suppressions and shows
such results as open alerts (codeql-action issue 1230), so whoever uploads there takes them out first; the action of
this project does. What GitHub's limits cut is told in a notification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from dedup import limits
from dedup.model import Checked, Finding, Ignored, Level, Place, Rule
from dedup.report.clusters import Record
from dedup.report.findings.json import array, line
from dedup.report.findings.view import count, relative, sentence, subject, unique
from dedup.report.safe import for_terminal, whole
from dedup.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"  # what GitHub and viewers call the root of the repository

_MARKS = str.maketrans({"\\": "\\\\", "[": "\\[", "]": "\\]", "{": "{{", "}": "}}"})


def render(checked: Checked) -> Iterator[str]:
    """One JSON object."""
    cases: list[Finding | Ignored] = [*checked.findings, *checked.ignored]
    shown = cases[: limits.SARIF_RESULTS]
    rules = {rule.id: number for number, rule in enumerate(checked.rules)}
    keys = unique(_of(case).fingerprint for case in shown)
    compared = bool(checked.stale) or any(one.by == "baseline" for one in checked.ignored)
    yield f'{{"$schema": {line(SCHEMA)},\n "version": "2.1.0",\n "runs": [{{"tool": {line(_tool(checked))},\n'
    yield f' "originalUriBaseIds": {line({ROOT: {"description": _message("The root of the repository")}})},\n'
    yield f' "columnKind": "unicodeCodePoints",\n "invocations": [{line(_invocation(checked, cases))}],\n "results": '
    yield from array(_result(case, rules, key, compared) for case, key in zip(shown, keys, strict=True))
    yield "}]}\n"


def _tool(checked: Checked) -> Record:
    driver = {"name": "dedup", "version": __version__, "rules": [_rule(rule) for rule in checked.rules]}
    return {"driver": {**driver, "properties": {"settings": checked.settings}}}


def _rule(rule: Rule) -> Record:
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": _message(f"{rule.summary}."),
        "fullDescription": _message(rule.help),
        "help": _message(rule.help),
        "defaultConfiguration": {"level": rule.level},
    }


# ---------------------------------------------------------------- results


def _result(case: Finding | Ignored, rules: dict[str, int], key: str, compared: bool) -> Record:
    finding = _of(case)
    record: Record = {
        "ruleId": finding.rule,
        "ruleIndex": rules[finding.rule],
        "level": finding.level,
        "message": _message(sentence(finding)),
        "locations": [_location(finding.place)],
        "partialFingerprints": {"dedupFinding/v1": key, "primaryLocationLineHash": f"{key}:1"},
    }
    if finding.related:
        shown = finding.related[: limits.SARIF_LOCATIONS - 1]
        record["relatedLocations"] = [{"id": number, **_location(place)} for number, place in enumerate(shown, 1)]
    known = case.by if isinstance(case, Ignored) else ""
    if compared and known != "suppressed":  # of those it was not asked whether the baseline has them
        record["baselineState"] = "unchanged" if known else "new"
    if isinstance(case, Ignored):
        reason = case.reason or "known from the baseline"
        record["suppressions"] = [{"kind": "external", "status": "accepted", "justification": for_terminal(reason)}]
    return record


def _location(place: Place) -> Record:
    physical = {"artifactLocation": _artifact(relative(place.path)), "region": {"startLine": 1}}
    name = for_terminal(subject(place))
    logical = {"name": for_terminal(place.id or name), "fullyQualifiedName": name, "kind": "resource"}
    told = {"message": _message(f"{name}{f' ({place.title})' if place.title else ''}")}
    return {"physicalLocation": physical, "logicalLocations": [logical], **told}


def _artifact(path: str) -> Record:
    """'feed/a b.jsonl' as a URI: relative to the root, or of its own when it is absolute."""
    written = quote(whole(path), safe="/")
    if PurePosixPath(path).is_absolute():
        return {"uri": f"file://{written}"}
    return {"uri": written, "uriBaseId": ROOT}


def _message(text: str) -> Record:
    """A message that is text: brackets would be links, braces placeholders (SARIF 3.11.5, 3.11.6)."""
    return {"text": for_terminal(text).translate(_MARKS)}


def _of(case: Finding | Ignored) -> Finding:
    return case.finding if isinstance(case, Ignored) else case


# ---------------------------------------------------------------- what is no result


def _invocation(checked: Checked, cases: Iterable[Finding | Ignored]) -> Record:
    return {"executionSuccessful": True, "toolExecutionNotifications": list(_notifications(checked, list(cases)))}


def _notifications(checked: Checked, cases: list[Finding | Ignored]) -> Iterator[Record]:
    """What was cut, and what of the baseline is out of date."""
    if (cut := len(cases) - limits.SARIF_RESULTS) > 0:
        yield _notification("results-cut", "warning", f"{count(cut, 'result')} over the limit of a run left out")
    if cut := sum(len(_of(case).related) >= limits.SARIF_LOCATIONS for case in cases[: limits.SARIF_RESULTS]):
        yield _notification("locations-cut", "warning", f"{count(cut, 'result')} with more related articles than fit")
    if checked.capped:
        told = f"{count(checked.capped, 'article')} not held against the original: a limit was reached"
        yield _notification("articles-cut", "warning", told)
    if stale := len(checked.stale):
        told = f"{count(stale, 'entry', 'entries')} of the baseline without a finding: {', '.join(checked.stale[:10])}"
        yield _notification("baseline-stale", "note", told)


def _notification(id: str, level: Level, text: str) -> Record:
    return {"descriptor": {"id": id}, "level": level, "message": _message(f"{text}.")}
