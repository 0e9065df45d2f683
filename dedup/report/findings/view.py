"""View: what a check found -> what every format shows of it. In one order, with or without words, counted and named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from dedup.model import LEVELS, Checked, Finding, Ignored, Level, Place

# Findings about the feed as a whole have no file, but GitHub refuses a whole SARIF file for one result without a path
# (codeql-action issues 1738, 2459), and GitLab wants one too. No file of this name needs to exist.
FEED_PATH = "whole-feed"


def view(checked: Checked, texts: bool) -> Checked:
    """`checked` in the order every format uses, without titles and excerpts unless `texts`."""
    shown = _with_texts if texts else _without_texts
    return replace(
        checked,
        rules=tuple(sorted(checked.rules, key=lambda rule: rule.id)),
        skipped=tuple(sorted(checked.skipped, key=lambda s: (s.where, s.why))),
        findings=tuple(map(shown, sorted(checked.findings, key=_rank))),
        ignored=tuple(replace(i, finding=shown(i.finding)) for i in sorted(checked.ignored, key=_ignored_rank)),
        stale=tuple(sorted(checked.stale)),
    )


def _rank(finding: Finding) -> tuple[int, str, str, str, str, str, str]:
    place = finding.place
    level = LEVELS.index(finding.level)
    return level, finding.rule, place.outlet, place.id, place.path, finding.fingerprint, finding.message


def _ignored_rank(ignored: Ignored) -> tuple[tuple[int, str, str, str, str, str, str], str, str]:
    return _rank(ignored.finding), ignored.by, ignored.reason


def _with_texts(finding: Finding) -> Finding:
    return finding


def _without_texts(finding: Finding) -> Finding:
    related = tuple(replace(place, title="") for place in finding.related)
    return replace(finding, place=replace(finding.place, title=""), excerpt="", related=related)


# ---------------------------------------------------------------- naming


def names(checked: Checked) -> dict[str, str]:
    """Rule id -> its name."""
    return {rule.id: rule.name for rule in checked.rules}


def subject(place: Place) -> str:
    """What a finding is about, in a few words.

    >>> subject(Place("hb-7", "Harbour Bugle")), subject(Place(outlet="Harbour Bugle")), subject(Place())
    ('Harbour Bugle: hb-7', 'Harbour Bugle as a whole', 'the feed as a whole')
    """
    if place.id:
        return f"{place.outlet}: {place.id}" if place.outlet else place.id
    return place.path or f"{place.outlet or 'the feed'} as a whole"


def sentence(finding: Finding) -> str:
    """The finding in one line for a format that has no fields of its own: about what, what, and how it reads."""
    place = finding.place
    title = f" ({place.title})" if place.title else ""
    told = f"{subject(place)}{title}: {finding.message}."
    return f"{told} Text: {finding.excerpt}" if finding.excerpt else told


def relative(path: str) -> str:
    """The path of a finding as CI systems match it with files: without a leading "./", `FEED_PATH` when there is none.

    >>> relative("./feed/a.jsonl"), relative("")
    ('feed/a.jsonl', 'whole-feed')
    """
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    return path or FEED_PATH


def unique(fingerprints: Iterable[str]) -> list[str]:
    """The fingerprints, those that came before with a number: systems that match by them drop the second of two.

    >>> unique(["ab", "cd", "ab"])
    ['ab', 'cd', 'ab #2']
    """
    seen: Counter[str] = Counter()
    made = []
    for fingerprint in fingerprints:
        seen[fingerprint] += 1
        made.append(fingerprint if seen[fingerprint] == 1 else f"{fingerprint} #{seen[fingerprint]}")
    return made


# ---------------------------------------------------------------- counting


def counts(checked: Checked) -> dict[Level, int]:
    """How many findings of each level count."""
    found = Counter(finding.level for finding in checked.findings)
    return {level: found[level] for level in LEVELS}


def count(n: int, one: str, many: str = "") -> str:
    """'1 article', '1,200 articles', '2 entries'."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def summary(checked: Checked) -> str:
    """What was read, found, left out and is out of date, in a few sentences."""
    read = f"{count(checked.read, 'article')} read, {checked.kept:,} used, {len(checked.skipped):,} skipped."
    told = (read, _found(checked), _left_out(checked.ignored), _stale(len(checked.stale)), _capped(checked.capped))
    return " ".join(part for part in told if part)


def _found(checked: Checked) -> str:
    levels = ", ".join(count(n, level) for level, n in counts(checked).items() if n)
    found = f"{count(len(checked.findings), 'finding')} ({levels})" if levels else "nothing found"
    return f"{count(len(checked.rules), 'rule')} looked at: {found}."


def _left_out(ignored: Iterable[Ignored]) -> str:
    by = Counter(one.by for one in ignored)
    words = {"baseline": "known from the baseline", "suppressed": "suppressed in the settings"}
    told = ", ".join(f"{by[key]:,} {words[key]}" for key in sorted(by))
    return f"Not counted: {told}." if told else ""


def _stale(n: int) -> str:
    if not n:
        return ""
    verb = "matches" if n == 1 else "match"
    return f"{count(n, 'entry', 'entries')} of the baseline {verb} nothing any more; --write-baseline writes it anew."


def _capped(n: int) -> str:
    return f"A limit was reached: {count(n, 'article')} not held against the original." if n else ""
