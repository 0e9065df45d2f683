"""Table: Clusters -> what a newsroom reads at a glance, on a terminal or in plain text.

Per cluster: the headline; whose dispatch it is, how many articles of how many outlets, from when to when; then a line
per article with its role, outlet, time and the share of the original it carries, as a bar and in figures. A summary
sentence ends it. Every sign is a word or a figure; colour only repeats it, so NO_COLOR and a pipe lose nothing.

Layout is done here rather than by rich's tables: widths are measured in terminal cells (`cell_len`), ids are never cut,
nothing is cut at all in plain text, and on a terminal only headlines and outlets give way. rich turns the styled lines
into escape sequences, when the terminal wants them. All data passes `for_terminal`, then `Text`, never markup.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from dedup import limits
from dedup.model import Capped, Cluster, Clusters, Member
from dedup.report.clusters import canonical
from dedup.report.safe import for_terminal
from dedup.report.write import STDOUT

LEGEND = "Bar: how much of the original each article carries. Times: UTC where known."
BAR = 10  # cells of the share bar: a tenth each
INDENT = "   "
_DETAIL = re.compile(r"[:;] ")
_ROLE_WIDTH = len("original")
_NESTED = " " * (_ROLE_WIDTH + 2)
_DAY = len("2018-07-15")
_TIME_WIDTH = len("2018-07-15 07:54")
_ROLE_STYLE = {"original": "bold", "copy": "", "excerpt": "cyan", "version": "magenta", "rewrite": "yellow"}
_CAPS = {
    "hub_shingles": ("phrase too common to count", "phrases too common to count"),
    "buckets": ("group too large to compare in full", "groups too large to compare in full"),
    "reuse": ("pair over the limit of one article", "pairs over the limit of one article"),
    "rewrites": ("possible rewrite not looked at", "possible rewrites not looked at"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """How much room there is. `width` None: as much as the text needs (plain text, nothing cut or folded)."""

    width: int | None = None
    fold_clusters: int | None = None  # clusters shown, None: all
    fold_members: int | None = None  # articles shown per cluster, None: all


def table_chunks(result: Clusters, output: str = STDOUT, show_all: bool = False) -> Iterator[bytes]:
    """The table as UTF-8, styled and folded for the terminal when it goes to one, else plain and whole."""
    console = Console(highlight=False)
    terminal = output == STDOUT and console.is_terminal
    for line in table(result, _sheet(console, show_all) if terminal else Sheet()):
        yield (_styled(console, line) if terminal else line.plain).rstrip(" ").encode("utf-8") + b"\n"


def _sheet(console: Console, show_all: bool) -> Sheet:
    width = max(console.width, limits.TABLE_MIN_WIDTH)
    return Sheet(width) if show_all else Sheet(width, limits.TABLE_CLUSTERS, limits.TABLE_MEMBERS)


def _styled(console: Console, line: Text) -> str:
    """`line` with the escape sequences of its styles, as far as the terminal understands colour."""
    with console.capture() as captured:
        console.print(line, end="", soft_wrap=True)
    return captured.get()


def table(result: Clusters, sheet: Sheet) -> Iterator[Text]:
    """The lines of the table."""
    ordered = canonical(result)
    numbers = {cluster.id: number for number, cluster in enumerate(ordered.clusters, 1)}
    shown = ordered.clusters[: sheet.fold_clusters]
    if shown:
        yield from (Text(line, style="dim") for line in _wrapped(LEGEND.split(" "), sheet.width))
        yield Text("")
    for cluster in shown:
        yield from _cluster_lines(cluster, numbers, sheet)
        yield Text("")
    if hidden := len(ordered.clusters) - len(shown):
        yield Text(f"... and {_count(hidden, 'smaller cluster')} (--show-all)", style="dim")
        yield Text("")
    yield from map(Text, _wrapped(summary(result).split(" "), sheet.width))


# ---------------------------------------------------------------- a cluster


def _cluster_lines(cluster: Cluster, numbers: dict[str, int], sheet: Sheet) -> Iterator[Text]:
    number = f"{numbers[cluster.id]:>2}"
    title = for_terminal(cluster.title) or "(no headline)"
    yield Text.assemble((number, "dim"), " ", (_fitted(title, sheet.width, len(number) + 1), "bold"))
    yield from _indented(_described(cluster), sheet.width, " · ")
    for told in _evidence(cluster, numbers):
        yield from _indented(for_terminal(told).split(" "), sheet.width)
    members = sorted(cluster.members, key=_by_share)
    shown = members if len(members) - 1 == sheet.fold_members else members[: sheet.fold_members]  # one is no longer
    columns = _columns(shown, sheet.width)
    for member in shown:
        yield _member_line(member, cluster, columns, sheet.width)
        for told in (*_also(member, numbers), *member.notes):
            yield from _indented(for_terminal(told).split(" "), sheet.width, indent=INDENT + _NESTED)
    if hidden := len(members) - len(shown):
        yield Text(f"{INDENT}... and {hidden} more (--show-all)", style="dim")


def _evidence(cluster: Cluster, numbers: dict[str, int]) -> Iterator[str]:
    """Why this article stands for the dispatch, in which versions it came, who else covered the event."""
    if cluster.original.why:
        yield f"original: {', '.join(cluster.original.why)}"
    if cluster.original.doubt:
        yield f"in doubt: {', '.join(cluster.original.doubt)}"
    for number, version in enumerate(cluster.versions if len(cluster.versions) > 1 else (), 1):
        parts = (f"version {number}:", version.mark, version.id, _time(version.published))
        yield " ".join(part for part in parts if part)
    for sibling in cluster.siblings:
        names = f" ({sibling.why[0]})" if sibling.why else ""
        yield f"same event in a dispatch of {sibling.agency}: {_named(sibling.cluster, numbers)}{names}"


def _also(member: Member, numbers: dict[str, int]) -> Iterator[str]:
    """'also carries cluster 3 (29% of the article)'."""
    shares = {carried.cluster: carried.share_of_article for carried in member.also_shares}
    for other in member.also_carries:
        share = f" ({int(100 * shares[other] + 1e-9)}% of the article)" if other in shares else ""
        yield f"also carries {_named(other, numbers)}{share}"


def _by_share(member: Member) -> tuple[bool, float, str, str]:
    """The original first, then those that carry most of it, then the earliest."""
    return member.role != "original", -member.share_of_original, member.published, member.id


def _named(id: str, numbers: dict[str, int]) -> str:
    """A cluster by its number in this table, else by its id."""
    return f"cluster {numbers[id]}" if id in numbers else f"the dispatch of {for_terminal(id)}"


def _described(cluster: Cluster) -> list[str]:
    """'AP dispatch', '7 articles in 6 outlets', '2018-07-15 07:54 to 09:10', 'id 4f2a'."""
    agency = cluster.original.agency
    outlets = len({m.outlet for m in cluster.members if m.outlet})
    articles = _count(len(cluster.members), "article") + (f" in {_count(outlets, 'outlet')}" if outlets else "")
    source = f"{for_terminal(agency)} dispatch" if agency else "shared source, no agency named"
    parts = (source, articles, _period(cluster.members), f"id {for_terminal(cluster.id)}")
    return [part for part in parts if part]


def _member_line(member: Member, cluster: Cluster, columns: tuple[int, int], width: int | None) -> Text:
    """One article: role, outlet, time, bar, percent, and its headline where it differs and there is room."""
    outlet, time = columns
    percent = int(100 * member.share_of_original + 1e-9)  # 100% means all of it
    bar = "█" * round(percent * BAR / 100)
    line = Text.assemble(
        INDENT,
        (f"{member.role:<{_ROLE_WIDTH}}", _ROLE_STYLE[member.role]),
        "  ",
        set_cell_size(_elided(_outlet(member), outlet), outlet),
        "  ",
        (set_cell_size(_time(member.published), time) + ("  " if time else ""), "dim"),
        (bar, "blue"),
        ("░" * (BAR - len(bar)), "dim"),
        f" {percent:>3}%",
    )
    if number := _version(member, cluster):
        line.append(f"  v{number}", style="dim")
    title = for_terminal(member.title)
    if title and title != for_terminal(cluster.title):
        room = None if width is None else width - cell_len(line.plain) - 2
        if room is None or room >= limits.TABLE_TITLE_ROOM:
            line.append("  " + (title if room is None else _elided(title, room)), style="dim")
    return line


def _version(member: Member, cluster: Cluster) -> int:
    """Which version it carries, counted from 1; 0 when there is only one, or it is unknown."""
    ids = [version.id for version in cluster.versions]
    return ids.index(member.version) + 1 if len(ids) > 1 and member.version in ids else 0


def _outlet(member: Member) -> str:
    return for_terminal(member.outlet) or for_terminal(member.id)


def _columns(members: Sequence[Member], width: int | None) -> tuple[int, int]:
    """Cells of the outlet and the time column. On a terminal the outlets get what the other columns leave."""
    longest = max((cell_len(_outlet(m)) for m in members), default=0)
    time = max((cell_len(_time(m.published)) for m in members), default=0)
    if width is None:
        return longest, time
    others = len(INDENT) + _ROLE_WIDTH + time + BAR + len(" 100%") + 3 * 2
    return min(longest, max(width - others, limits.TABLE_OUTLET_WIDTH // 4), limits.TABLE_OUTLET_WIDTH), time


# ---------------------------------------------------------------- times


def _moment(published: str) -> datetime | None:
    """The time of `published` for comparing; one without a zone is taken as UTC, None when it is no ISO time."""
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _time(published: str) -> str:
    """`published` to the minute, in UTC where a zone is given, at most 16 cells.

    >>> _time("2018-07-15T07:54:28-04:00"), _time("2018-07-15"), _time("")
    ('2018-07-15 11:54', '2018-07-15', '')
    """
    moment = _moment(published)
    if moment is None or len(published) <= _DAY:
        return set_cell_size(for_terminal(published), _TIME_WIDTH).rstrip() if published else ""
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    except OverflowError:  # year 1 or 9999, in another zone
        return published[:_DAY]


def _period(members: Sequence[Member]) -> str:
    """The first and the last time, once when they are the same; '' when no time is known.

    A bare date counts only on a day of which no time is known: it would stand for midnight.
    """
    known = [(moment, m.published) for m in members if (moment := _moment(m.published))]
    clocked = {_time(p)[:_DAY] for _, p in known if len(p) > _DAY}
    times = [_time(p) for _, p in sorted(known) if len(p) > _DAY or p not in clocked]
    if not times or times[0] == times[-1]:
        return times[0] if times else ""
    first, last = times[0], times[-1]
    return f"{first} to {last[_DAY + 1 :] if len(first) > _DAY and first[:_DAY] == last[:_DAY] else last}"


# ---------------------------------------------------------------- the summary


def summary(result: Clusters) -> str:
    """What was read, used, skipped and why, found and capped, in a few sentences."""
    inside = sum(len(c.members) for c in result.clusters)
    read = f"{_count(result.read, 'article')} read, {result.kept:,} used, {len(result.skipped):,} skipped"
    found = f"{_count(len(result.clusters), 'cluster')} with {_count(inside, 'article')}" if inside else "No clusters"
    reuse = f"{_count(len(result.reuse), 'pair')} that only share passages" if result.reuse else ""
    sentences = (read + _reasons(result), found + (f"; {reuse}" if reuse else ""), _caps(result.capped))
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


def _reasons(result: Clusters) -> str:
    """': 8 too short, 2 binary' for the commonest reasons, each without what follows its first colon or semicolon."""
    reasons = Counter(for_terminal(_DETAIL.split(s.why, maxsplit=1)[0]) for s in result.skipped)
    ranked = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{count:,} {why}" for why, count in ranked[: limits.TABLE_REASONS]]
    rest = sum(count for _, count in ranked[limits.TABLE_REASONS :])
    return ": " + ", ".join([*shown, *([f"{rest:,} for other reasons"] if rest else [])]) if shown else ""


def _caps(capped: Capped) -> str:
    cut = [(getattr(capped, name), words) for name, words in _CAPS.items()]
    told = [_count(n, *words) for n, words in cut if n]
    return f"Limits were reached ({'; '.join(told)}), so some matches may be missing" if told else ""


def _count(n: int, one: str, many: str = "") -> str:
    """'1 article', '1,200 articles'."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


# ---------------------------------------------------------------- fitting


def _elided(text: str, width: int) -> str:
    """`text` in at most `width` cells, its end replaced by '…' when it is longer."""
    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)).rstrip() + "…"


def _fitted(text: str, width: int | None, taken: int) -> str:
    return text if width is None else _elided(text, width - taken)


def _indented(words: Sequence[str], width: int | None, joint: str = " ", indent: str = INDENT) -> Iterator[Text]:
    room = None if width is None else width - len(indent)
    return (Text(indent + line) for line in _wrapped(words, room, joint))


def _wrapped(words: Sequence[str], width: int | None, joint: str = " ") -> Iterator[str]:
    """`words` joined in lines of at most `width` cells; a longer word gets a line of its own."""
    line = ""
    for word in words:
        if line and width is not None and cell_len(line + joint + word) > width:
            yield line
            line = word
        else:
            line = f"{line}{joint}{word}" if line else word
    yield line
