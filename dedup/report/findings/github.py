"""Findings for a workflow on GitHub: annotations as workflow commands, and a table for the summary of the step.

GitHub shows ten annotations of a level for a step and drops the rest silently, so the rules take turns and the tenth
says how many more there are. A finding names its file and no line: records of a feed move about.

The summary has every finding the megabyte of a step holds, a table for each rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from dedup import limits
from dedup.model import LEVELS, Checked, Finding, Level, Rule
from dedup.report.findings.gates import for_command, for_markdown, for_property
from dedup.report.findings.view import count, names, relative, sentence, subject, summary
from dedup.report.safe import for_log, for_terminal

_COMMAND: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(checked: Checked) -> Iterator[str]:
    """A line per annotation, the gravest first, and a last line for who reads the log."""
    named = names(checked)
    for level in LEVELS:
        found = _spread([finding for finding in checked.findings if finding.level == level])
        room = limits.GITHUB_ANNOTATIONS
        shown = found if len(found) <= room else found[: room - 1]
        for finding in shown:
            yield _annotation(finding, named[finding.rule])
        if rest := len(found) - len(shown):
            told = f"{count(rest, f'more {level}')}: see the summary of this step"
            yield f"::{_COMMAND[level]} title=dedup check::{told}\n"
    yield for_log(for_terminal(summary(checked))) + "\n"


def _spread(findings: Sequence[Finding]) -> list[Finding]:
    """The first of each rule, then the second of each, and so on: ten of one rule would hide the others."""
    seen: Counter[str] = Counter()
    turns = []
    for finding in findings:
        turns.append(seen[finding.rule])
        seen[finding.rule] += 1
    return [finding for _, finding in sorted(zip(turns, findings, strict=True), key=lambda pair: pair[0])]


def _annotation(finding: Finding, name: str) -> str:
    path = finding.place.path
    file = f"file={for_property(relative(path))}," if path and path != "-" else ""
    title = for_property(f"{finding.rule} {name}")
    return f"::{_COMMAND[finding.level]} {file}title={title}::{for_command(sentence(finding))}\n"


# ---------------------------------------------------------------- the summary of the step


def step_summary(checked: Checked) -> str:
    """Markdown of at most limits.GITHUB_SUMMARY bytes; what does not fit is counted in its last line."""
    rules = {rule.id: rule for rule in checked.rules}
    head = f"## dedup check\n\n{for_markdown(summary(checked))}\n"
    parts, room = [head], limits.GITHUB_SUMMARY - len(head.encode("utf-8"))
    shown = 0
    for (level, id), group in groupby(checked.findings, key=lambda f: (f.level, f.rule)):
        findings = list(group)
        before = _heading(level, rules[id], len(findings))
        for finding in findings:
            part = before + _row(finding)
            room -= len(part.encode("utf-8"))
            if room < 0:
                rest = len(checked.findings) - shown
                return "".join(parts) + f"\n... and {count(rest, 'more finding')}: a summary has no room for them.\n"
            parts.append(part)
            before, shown = "", shown + 1
    return "".join(parts)


def _heading(level: Level, rule: Rule, n: int) -> str:
    title = for_markdown(f"{level} {rule.id} {rule.name}: {rule.summary} ({n:,})")
    return f"\n### {title}\n\n{_cells('article', 'finding', 'with', 'file')}{'| --- ' * 4}|\n"


def _row(finding: Finding) -> str:
    place = finding.place
    title = f" ({place.title})" if place.title else ""
    shown = finding.related[: limits.CHECK_RELATED]
    hidden = len(finding.related) - len(shown)
    related = ", ".join(subject(place) for place in shown) + (f" and {hidden:,} more" if hidden else "")
    told = f"{finding.message}. Text: {finding.excerpt}" if finding.excerpt else finding.message
    return _cells(subject(place) + title, told, related, place.path)


def _cells(*texts: str) -> str:
    return "".join(f"| {for_markdown(text)} " for text in texts) + "|\n"
