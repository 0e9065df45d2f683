"""Findings to read, on a terminal or in a log: a group a rule, the gravest first, then what to do next.

Every sign is a word or a figure; colour only repeats it. A long group folds, everywhere: a CI log of 10,000 lines tells
less than the first of each kind, and the other formats have them all. On a terminal lines are fitted to its width;
elsewhere each field has a line, however long. All data passes `for_terminal`, each finished line `for_log`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from dedup import limits
from dedup.model import LEVELS, Checked, Finding, Level, Place
from dedup.report.diff_terminal import wrapped
from dedup.report.findings.view import summary
from dedup.report.safe import for_log, for_terminal

_STYLE: dict[Level, str] = {"error": "bold red", "warning": "bold yellow", "note": "bold blue"}
_INDENT = "   "
_DEEPER = _INDENT * 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """How much room there is."""

    width: int | None = None  # None: as much as the text needs
    fold: int | None = limits.CHECK_FINDINGS  # findings of a rule, None: all
    rest: str = "--format json has them all"  # where to see what is folded


def render(checked: Checked) -> Iterator[str]:
    """Plain lines, none cut to a width."""
    return (line.plain + "\n" for line in _lines(checked, Sheet()))


def on_terminal(checked: Checked, show_all: bool = False) -> Iterator[str]:
    """As `render`; where standard output is a terminal in colour, within its width."""
    console = Console(highlight=False)
    width = max(console.width, limits.TABLE_MIN_WIDTH) if console.is_terminal else None
    for line in _lines(checked, Sheet(width, None if show_all else limits.CHECK_FINDINGS, "--show-all")):
        yield (_styled(console, line) if console.is_terminal else line.plain) + "\n"


def _styled(console: Console, line: Text) -> str:
    """`line` with the escape sequences of its styles, as far as the terminal understands colour."""
    with console.capture() as captured:
        console.print(line, end="", soft_wrap=True)
    return captured.get()


def _lines(checked: Checked, sheet: Sheet) -> Iterator[Text]:
    """The finished lines. A CI log may be taken for a terminal too (FORCE_COLOR), so the gate is here."""
    for line in _groups(checked, sheet):
        line.rstrip()
        quiet = for_log(line.plain)
        yield line if quiet == line.plain else Text(quiet)


def _groups(checked: Checked, sheet: Sheet) -> Iterator[Text]:
    rules = {rule.id: rule for rule in checked.rules}
    one_file = len({finding.place.path for finding in checked.findings if finding.place.id}) < 2
    for (level, id), group in groupby(checked.findings, key=lambda f: (f.level, f.rule)):
        findings = list(group)
        told = f" {rules[id].name}: {rules[id].summary} "
        heading = Text.assemble((f"{level} {id}", _STYLE[level]), (told, "bold"), f"({len(findings):,})")
        yield from wrapped(heading, sheet.width, _INDENT)
        for finding in findings[: sheet.fold]:
            yield from _finding(finding, sheet.width, "" if one_file else finding.place.path)
        if hidden := len(findings) - len(findings[: sheet.fold]):
            yield Text(f"{_INDENT}... and {hidden:,} more ({sheet.rest})", style="dim")
        yield Text("")
    yield from _tally(checked, sheet.width)
    yield from wrapped(Text(for_terminal(summary(checked))), sheet.width)
    if checked.findings:
        told = f"What a rule looks at, and what to do: dedup check --explain {checked.findings[0].rule}"
        yield from wrapped(Text(told), sheet.width)


def _tally(checked: Checked, width: int | None) -> Iterator[Text]:
    """'warnings  TXT003 45, WIRE001 15': what has scrolled away, a line a level."""
    found = Counter((finding.level, finding.rule) for finding in checked.findings)
    for level in LEVELS:
        if told := ", ".join(f"{rule} {n:,}" for (of, rule), n in found.items() if of == level):
            yield from wrapped(Text.assemble((f"{level + 's':<10}", _STYLE[level]), told), width, " " * 10)


def _finding(finding: Finding, width: int | None, path: str) -> Iterator[Text]:
    """Who; what; how it reads; where, and with whom."""
    yield from _wrapped(_head(finding.place, width), width, _INDENT)
    yield from _wrapped(Text(for_terminal(finding.message)), width, _DEEPER)
    if finding.excerpt:
        yield from _wrapped(Text(f"| {for_terminal(finding.excerpt)}"), width, _DEEPER)
    where = f"in {path}" if path and finding.place.id else ""
    if told := ", ".join(part for part in (where, _related(finding)) if part):
        yield from _wrapped(Text(for_terminal(told), style="dim"), width, _DEEPER)


def _head(place: Place, width: int | None) -> Text:
    """'hb-7 · Harbour Bugle · Ferry sinks off Karvos', the headline giving way to the width."""
    if not place.id:
        where = place.path or (f"{place.outlet} as a whole" if place.outlet else "the feed as a whole")
        return Text(for_terminal(where), style="bold")
    head = Text(for_terminal(place.id), style="bold")
    if place.outlet:
        head.append(f" · {for_terminal(place.outlet)}", style="not bold")
    title = for_terminal(place.title)
    room = None if width is None else width - len(_INDENT) - cell_len(head.plain) - len(" · ")
    if title and (room is None or room >= limits.TABLE_TITLE_ROOM):
        head.append(f" · {title if room is None else _elided(title, room)}", style="not bold")
    return head


def _elided(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def _related(finding: Finding) -> str:
    """'with hb-9, vs-1 (Valley Star) and 12 more': those that the message does not name."""
    here, named = finding.place.outlet, set(finding.message.split())
    shown = [
        r.id + (f" ({r.outlet})" if r.outlet not in ("", here) else "") for r in finding.related if r.id not in named
    ]
    told = ", ".join(shown[: limits.CHECK_RELATED])
    hidden = len(shown) - limits.CHECK_RELATED
    return f"with {told}" + (f" and {hidden:,} more" if hidden > 0 else "") if shown else ""


def _wrapped(text: Text, width: int | None, indent: str) -> Iterator[Text]:
    return wrapped(Text.assemble(indent, text), width, indent)
