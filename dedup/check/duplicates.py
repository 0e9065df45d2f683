"""Duplicates: a pile -> what one outlet carries more than once (DUP001, DUP002, DUP003).

Copies at different outlets are what a wire is for. Within an outlet, the article that came first stays unnamed and each
further one is a finding, so that mending all findings leaves one article of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dedup import limits
from dedup.check.views import Entry, Found, Options, Pile


def found(pile: Pile, options: Options) -> Iterator[Found]:
    """All that this family sees. Cost: linear in the articles and in the pairs of the pile."""
    exact = list(_exact(pile.judged))
    again = list(_again(pile, {one.about.id for one in exact if one.about}))
    yield from exact
    yield from again
    yield from _share(pile, len(exact) + len(again), options)


def _first(entry: Entry) -> tuple[bool, str, str]:
    """Earliest first; without a date last; ties by id."""
    return not entry.published, entry.published, entry.id


def _exact(entries: Sequence[Entry]) -> Iterator[Found]:
    same: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        # Of a few words every gallery has the same: there only whole records count.
        whole = entry.words >= limits.MIN_TOKENS
        same[entry.outlet, entry.content if whole else f"{entry.record} {entry.url}"].append(entry)
    for (outlet, _), group in same.items():
        if len(group) > 1:
            yield from _repeated(sorted(group, key=_first), outlet)


def _repeated(group: Sequence[Entry], outlet: str) -> Iterator[Found]:
    """Of articles with one text, in order: those that repeat an earlier one and are no other version of it."""
    for place, entry in enumerate(group):
        before = group[: min(place, limits.CHECK_LOOK_BACK)]
        if same := next((one for one in before if not _declared(one, entry)), None):
            yield _repeat(same, entry, outlet)


def _declared(one: Entry, other: Entry) -> bool:
    """Whether they are versions of one item, as a news format declares them."""
    return one.own_id == other.own_id != "" and one.version != other.version


def _repeat(first: Entry, entry: Entry, outlet: str) -> Found:
    where = f"at {outlet}" if outlet else "without an outlet either"
    if first.record == entry.record:
        told = "is the same record as"
    elif first.url or entry.url:
        told = f"has the text, under {'the same' if first.url == entry.url else 'another'} address, of"
    else:
        told = "has the text of"
    return Found("DUP001", f"{told} article {first.id} {where}", entry, related=(first.id,))


def _again(pile: Pile, exact: set[str]) -> Iterator[Found]:
    """Articles that carry a dispatch again; `exact`: those that DUP001 has."""
    for group in _carriers(pile):
        first, *rest = sorted((pile.by_id[id] for id in group), key=_first)
        before = [first]
        for entry in rest:
            updates = any(_replaces(entry, other) for other in before[-limits.CHECK_LOOK_BACK :])
            if entry.id not in exact and not updates:
                agency = pile.homes[entry.id][0].original.agency
                whose = f"the {agency} dispatch" if agency else "the dispatch"
                yield Found("DUP002", f"carries {whose} of article {first.id} again", entry, related=(first.id,))
            before.append(entry)


def _carriers(pile: Pile) -> Iterator[list[str]]:
    """The articles of each outlet that most of one dispatch ties together, groups of two and more."""
    root: dict[str, str] = {}

    def find(id: str) -> str:
        while root.setdefault(id, id) != id:
            root[id] = root[root[id]]
            id = root[id]
        return id

    for pair in pile.pairs:
        if pair.containment >= limits.CHECK_SAME and not any(_agencys(pile.by_id[id]) for id in (pair.a, pair.b)):
            a, b = sorted((find(pair.a), find(pair.b)))
            root[b] = a
    groups: dict[str, list[str]] = defaultdict(list)
    for id in sorted(root):
        groups[find(id)].append(id)
    yield from groups.values()


def _agencys(entry: Entry) -> bool:
    """Whether an article is an agency's own: to send a dispatch again as it grows is its trade."""
    return entry.given or bool(entry.sent_by)


def _replaces(entry: Entry, earlier: Entry) -> bool:
    """Whether an article is an update that takes the place of an earlier one, or a declared version of its item."""
    if _declared(earlier, entry):
        return True
    later = bool(earlier.published) and entry.published > earlier.published
    return later and (entry.url == earlier.url != "" or entry.own_id == earlier.own_id != "")


def _share(pile: Pile, repeats: int, options: Options) -> Iterator[Found]:
    total, most = len(pile.judged), float(options.option("DUP003", "percent"))
    if repeats and 100 * repeats > most * total:
        told = f"{repeats:,} of {total:,} articles ({100 * repeats / total:.0f} percent) repeat another of their outlet"
        yield Found("DUP003", told)
