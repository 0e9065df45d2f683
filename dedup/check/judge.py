"""Judge: what the rules saw, a policy and a baseline -> findings, ignored ones, and stale entries of the baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dedup.check.fingerprint import fingerprints
from dedup.check.policy import Policy
from dedup.check.rules import LEVELS
from dedup.check.views import Entry, Found
from dedup.model import Finding, Ignored, Level, Place

PlaceOf = Callable[[str], Place]  # id -> place


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it."""

    findings: tuple[Finding, ...]
    ignored: tuple[Ignored, ...]
    stale: tuple[str, ...]


def judge(found: Iterable[Found], place: PlaceOf, policy: Policy, baseline: Mapping[str, str] | None = None) -> Judged:
    """`found` as findings. `baseline`: fingerprint -> rule; entries of rules that are not looked at are not stale.

    The result is the same for any order of `found`.
    """
    counted = sorted(found, key=_order)
    findings = [
        _finding(one, level, fingerprint, place)
        for one, fingerprint in zip(counted, fingerprints(counted), strict=True)
        if (level := policy.level(one.rule, _outlet(one), mild=one.mild))
    ]
    findings.sort(key=_rank)
    ignored = [known for one in findings if (known := _ignored(one, policy, baseline or {}))]
    left_out = {id(one.finding) for one in ignored}
    there = {finding.fingerprint for finding in findings}
    stale = [f for f, rule in (baseline or {}).items() if f not in there and policy.wanted(rule)]
    return Judged(tuple(f for f in findings if id(f) not in left_out), tuple(ignored), tuple(sorted(stale)))


def worst(findings: Iterable[Finding]) -> Level | None:
    """The gravest level there is, None without findings."""
    return min((finding.level for finding in findings), key=LEVELS.index, default=None)


def _order(found: Found) -> tuple[str, ...]:
    """Canonical: by rule, article, words."""
    return (found.rule, found.about.id if found.about else "", found.outlet, found.path, found.detail, found.message)


def _rank(finding: Finding) -> tuple[int, str, str, str, str, str]:
    place = finding.place
    return LEVELS.index(finding.level), finding.rule, place.outlet, place.id, place.path, finding.fingerprint


def _outlet(found: Found) -> str:
    return found.about.outlet if found.about else found.outlet


def _finding(found: Found, level: Level, fingerprint: str, place: PlaceOf) -> Finding:
    here = place(found.about.id) if found.about else Place("", found.outlet, "", found.path)
    related = tuple(place(id) for id in sorted(set(found.related)))
    return Finding(found.rule, level, found.message, here, fingerprint, found.excerpt, related)


def _ignored(finding: Finding, policy: Policy, baseline: Mapping[str, str]) -> Ignored | None:
    reason = next((s.reason for s in policy.suppressed if s.fits(finding)), None)
    if reason is not None:
        return Ignored(finding, "suppressed", reason)
    return Ignored(finding, "baseline", "") if finding.fingerprint in baseline else None


def places(entries: Sequence[Entry], shown: Callable[[str], str] = str) -> PlaceOf:
    """Where the articles are. `shown` makes a path relative."""
    by_id = {entry.id: entry for entry in entries}

    def place(id: str) -> Place:
        entry = by_id[id]
        return Place(entry.id, entry.outlet, entry.title, shown(entry.path))

    return place
