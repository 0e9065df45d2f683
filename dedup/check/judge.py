"""Judge: what the rules saw, a policy and a baseline -> findings, ignored ones, and stale entries of the baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dedup.check.fingerprint import fingerprints
from dedup.check.policy import Policy
from dedup.check.views import Entry, Found
from dedup.model import LEVELS, Finding, Ignored, Level, Place

PlaceOf = Callable[[str], Place]  # id -> place


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it."""

    findings: tuple[Finding, ...]
    ignored: tuple[Ignored, ...]
    stale: tuple[str, ...]


def judge(
    found: Iterable[Found],
    place: PlaceOf,
    policy: Policy,
    baseline: Mapping[str, str] | None = None,
    old: Iterable[Found] = (),
) -> Judged:
    """`found` as findings. `baseline`: fingerprint -> rule; entries of rules that are not looked at are not stale.

    `old` was found too and is not told; of findings that are alike it has the first fingerprints, so that one more of
    them is none that the baseline knows. The result is the same for any order of `found` and of `old`.
    """
    before, counted = sorted(old, key=_order), sorted(found, key=_order)
    findings = [
        _finding(one, level, fingerprint, place)
        for one, fingerprint in zip(counted, fingerprints([*before, *counted])[len(before) :], strict=True)
        if (level := policy.level(one.rule, _outlet(one), mild=one.mild))
    ]
    findings.sort(key=_rank)
    known = [_ignored(one, policy, baseline or {}) for one in findings]
    there = {finding.fingerprint for finding in findings}
    return Judged(
        tuple(one for one, ignored in zip(findings, known, strict=True) if not ignored),
        tuple(filter(None, known)),
        tuple(sorted(f for f, rule in (baseline or {}).items() if f not in there and policy.wanted(rule))),
    )


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
