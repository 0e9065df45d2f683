"""Meta: a pile -> what is missing or cannot be right in what is said of its articles (META001 to META006).

What nearly all articles of an outlet, or of the feed, lack is one finding, about the outlet or the feed: the extraction
or the mapping of fields is at fault, not an article.

Dates. Only what no time zone and no late crawl explains is impossible. Published times are often too late, so a wire
copy that lies some hours before the agency's own copy is no evidence: the agency's time may be that of a later version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from dedup import limits
from dedup.check.times import day, earliest, latest
from dedup.check.views import Entry, Found, Options, Pile

_UNREADABLE = "unreadable date"  # flag of the readers
_LACKS: tuple[tuple[str, str, Callable[[Entry], bool]], ...] = (
    ("META001", "date", lambda e: not e.published and _UNREADABLE not in e.flags),
    ("META003", "title", lambda e: not e.title.strip()),
    ("META004", "address", lambda e: not e.url),
    ("META005", "id", lambda e: not e.own_id),
)


def found(pile: Pile, options: Options) -> Iterator[Found]:
    """All that this family sees. Cost: linear."""
    for rule, what, lacks in _LACKS:
        yield from _missing(pile.judged, [e for e in pile.judged if lacks(e)], rule, what)
    yield from _dates(pile)
    yield from _reused(pile)


# ---------------------------------------------------------------- missing


def _missing(entries: Sequence[Entry], lacking: Sequence[Entry], rule: str, what: str) -> Iterator[Found]:
    if _nearly_all(len(lacking), len(entries)):
        yield Found(rule, f"{len(lacking):,} of {len(entries):,} articles of the feed have no {what}")
        return
    total, without = _by_outlet(entries), _by_outlet(lacking)
    for outlet, held in without.items():
        if _nearly_all(len(held), len(total[outlet])):
            told = f"{len(held):,} of {len(total[outlet]):,} articles of {outlet or 'no outlet'} have no {what}"
            yield Found(rule, told, outlet=outlet)
        else:
            yield from (Found(rule, f"no {what} is given", entry) for entry in held)


def _nearly_all(lacking: int, total: int) -> bool:
    return total >= limits.CHECK_SEVERAL and lacking >= limits.CHECK_NEARLY_ALL * total


def _by_outlet(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    held: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        held[entry.outlet].append(entry)
    return held


# ---------------------------------------------------------------- dates


def _dates(pile: Pile) -> Iterator[Found]:
    firsts = {c.id: _first_sent(pile, c.id) for c in pile.clusters if c.original.agency}
    for entry in pile.judged:
        if _UNREADABLE in entry.flags and not entry.published:
            yield Found("META002", "the date given is not readable as one", entry)
        elif entry.published and (why := _impossible(pile, entry, firsts)):
            yield Found("META002", why, entry)


def _impossible(pile: Pile, entry: Entry, firsts: dict[str, datetime | None]) -> str:
    if pile.now and (when := earliest(entry.published)) and when > pile.now:
        return f"dated {entry.published}, after now"
    written, said = day(entry.dateline), day(entry.published)
    if written and said and written - said >= timedelta(days=limits.CHECK_BEFORE_DAYS):
        return f"dated {said.isoformat()}, but its own dateline says {written.isoformat()}"
    home = pile.homes.get(entry.id)
    if home and entry.id != home[0].id and home[1].share_of_article >= limits.VERBATIM:
        first, last = firsts.get(home[0].id), latest(entry.published)
        if first and last and first - last > timedelta(hours=limits.CHECK_BEFORE_HOURS):
            return f"dated {entry.published}, before {home[0].original.agency} first sent the dispatch it carries"
    return ""


def _first_sent(pile: Pile, cluster: str) -> datetime | None:
    """The earliest time that the agency's own copies of a dispatch give; None when there is none."""
    members = pile.homes[cluster][0].members
    own = [pile.by_id[m.id] for m in members if pile.by_id[m.id].sent_by]
    return min((when for entry in own if (when := earliest(entry.published))), default=None)


# ---------------------------------------------------------------- ids


def _reused(pile: Pile) -> Iterator[Found]:
    same: dict[str, list[Entry]] = defaultdict(list)
    for entry in pile.judged:
        if entry.own_id:
            same[entry.own_id].append(entry)
    for group in (held for held in same.values() if len(held) > 1):
        first, *rest = sorted(group, key=lambda e: (not e.published, e.published, e.content, e.id))
        before = [first]
        for entry in rest:
            here = [e for e in before[-limits.CHECK_LOOK_BACK :] if e.outlet == entry.outlet or e.path == entry.path]
            if here and not any(_one_item(pile, other, entry) for other in here):
                told = f"the id {entry.own_id} stands for another text too"
                yield Found("META006", told, entry, related=(here[0].id,))
            before.append(entry)


def _one_item(pile: Pile, one: Entry, other: Entry) -> bool:
    """Whether two articles of one id are one: equal, declared versions, or an update of the same story."""
    if one.content == other.content or one.version != other.version or other.status == "killed":
        return True
    updated = other.published > one.published != ""
    homes = [pile.homes[e.id][0].id if e.id in pile.homes else "" for e in (one, other)]
    same_story = homes[0] == homes[1] != "" or one.title == other.title != ""
    return updated and same_story
