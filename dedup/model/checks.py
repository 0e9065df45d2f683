"""Checks: what `dedup check` looks for, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dedup.model.articles import Skipped

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = get_args(Level)  # the gravest first


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing a check looks for."""

    id: str  # "DUP001": stable for ever
    name: str  # "exact-duplicate"
    level: Level
    summary: str  # one line, a sentence without its full stop
    help: str  # what it means, what it looks at, what to do: a few sentences


@dataclass(frozen=True, slots=True)
class Place:
    """What a finding is about: an article, or the whole feed (id "")."""

    id: str = ""
    outlet: str = ""
    title: str = ""
    path: str = ""  # relative, forward slashes; "" for the feed as a whole


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing `dedup check` reports."""

    rule: str  # "DUP001"
    level: Level
    message: str  # one line, a sentence without its full stop; quotes no licensed text
    place: Place
    fingerprint: str  # 32 hex digits of rule and content: not of paths, line numbers or other articles' ids
    excerpt: str = ""  # the text that shows it, one line, cut short; left out by --no-text
    related: tuple[Place, ...] = ()  # the other articles it is about, in order of id


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding that does not count, and why: suppressed in the settings, or known from the baseline."""

    finding: Finding
    by: Literal["suppressed", "baseline"]
    reason: str  # as given in the settings; "" for the baseline


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer of `dedup check`: the JSON of schema dedup.check/1, as values."""

    settings: str
    rules: tuple[Rule, ...]  # that were looked at, with the levels they had, by id
    read: int
    kept: int
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]  # errors, warnings, notes; then by rule, place, fingerprint
    ignored: tuple[Ignored, ...] = ()
    stale: tuple[str, ...] = ()  # fingerprints of the baseline that no finding has any more
    capped: int = 0  # articles a named cap kept from being held against their original
