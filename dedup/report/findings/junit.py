"""Findings as JUnit XML: a suite a rule, a case a finding.

What counts fails: errors and warnings are failures, with the level as their type; Jenkins then marks the run unstable
and GitLab lists them, while --fail-on alone decides how the job ends. What is only worth a look, notes and what the
baseline or the settings let pass, is skipped with a message: both systems list skipped cases and count them apart, and
hide what a passed case says. A rule that found nothing is one passed case, so that a sound feed is a report too
(Jenkins fails on an empty one).

Cases of one rule have different names, which both systems tell them apart by over time. Text passes the gate of the
terminal first, which leaves no character that XML forbids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from dedup.model import Checked, Finding, Ignored, Rule
from dedup.report.findings.view import relative, sentence, subject, unique
from dedup.report.markup import Markup, element
from dedup.report.safe import for_terminal, xml_for_log

_PASSED = {"baseline": "known from the baseline", "suppressed": "suppressed"}
_BREAK = Markup("\n")

Case = Finding | Ignored


def render(checked: Checked) -> Iterator[str]:
    """One XML document."""
    suites = _suites(checked)
    total = sum(len(cases) or 1 for cases in suites.values())
    failed = sum(map(_fails, chain(*suites.values())))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="dedup check" tests="{total}" failures="{failed}" errors="0">\n'
    for rule, cases in suites.items():
        yield xml_for_log(_suite(rule, cases)) + "\n"
    yield "</testsuites>\n"


def _suites(checked: Checked) -> dict[Rule, list[Case]]:
    """Every rule, by id, with its findings and its ignored ones."""
    suites: dict[Rule, list[Case]] = {rule: [] for rule in checked.rules}
    rules = {rule.id: rule for rule in checked.rules}
    cases: list[Case] = [*checked.findings, *checked.ignored]
    for case in cases:
        suites[rules[_of(case).rule]].append(case)
    return suites


def _suite(rule: Rule, cases: list[Case]) -> Markup:
    name = f"{rule.id} {rule.name}"
    keys = unique(for_terminal(subject(_of(case).place)) for case in cases)
    made = [_case(name, case, key) for case, key in zip(cases, keys, strict=True)]
    failed = sum(map(_fails, cases))
    return element(
        "testsuite", _BREAK, _lines(made or [element("testcase", classname=name, name=rule.summary)]), _BREAK,
        name=name, tests=len(made) or 1, failures=failed, errors=0, skipped=len(cases) - failed,
    )  # fmt: skip


def _case(suite: str, case: Case, key: str) -> Markup:
    verdict = _failure(case) if isinstance(case, Finding) and _fails(case) else _skipped(case)
    return element("testcase", verdict, classname=suite, name=key, file=relative(_of(case).place.path))


def _failure(finding: Finding) -> Markup:
    """The finding, and a line for each article it is about as well."""
    related = (f"with {subject(place)} {place.path}".rstrip() for place in finding.related)
    told = chain.from_iterable((_BREAK, line) for line in related)
    return element("failure", sentence(finding), *told, message=finding.message, type=finding.level)


def _skipped(case: Case) -> Markup:
    if isinstance(case, Finding):
        return element("skipped", message=f"note: {case.message}")
    why = _PASSED[case.by] + (f" ({case.reason})" if case.reason else "")
    return element("skipped", message=f"{why}: {case.finding.message}")


def _lines(elements: Iterable[Markup]) -> Markup:
    return Markup("\n".join(elements))


def _of(case: Case) -> Finding:
    return case.finding if isinstance(case, Ignored) else case


def _fails(case: Case) -> bool:
    return isinstance(case, Finding) and case.level != "note"
