"""Wire: a pile -> what outlets did with agencies' copy (WIRE001 to WIRE004, WIRE006; kills.py has WIRE005).

Only articles in the cluster of a known agency can be judged, and never an agency's own. What texts say was read before
(pipeline/check): credits, altered figures and quotations, sentences that a correction changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dedup import limits
from dedup.check import kills
from dedup.check.times import day
from dedup.check.views import SOURCES, Entry, Found, Options, Pile
from dedup.model import Cluster, Member
from dedup.words import words


def found(pile: Pile, options: Options) -> Iterator[Found]:
    """All that this family sees. Cost: linear."""
    yield from _uncredited(pile, options)
    yield from _without_copy(pile)
    yield from _altered(pile)
    yield from kills.found(pile)
    yield from _stale(pile)


def _carriers(pile: Pile) -> Iterator[tuple[Entry, Cluster, Member, str]]:
    """The articles in the clusters of known agencies, the agencies' own and the originals left out."""
    for cluster in pile.clusters:
        agency = cluster.original.agency
        for member in cluster.members if agency else ():
            entry = pile.by_id[member.id]
            if agency and not entry.given and not entry.sent_by and member.id != cluster.id:
                yield entry, cluster, member, agency


# ---------------------------------------------------------------- credits


def _uncredited(pile: Pile, options: Options) -> Iterator[Found]:
    for entry, cluster, member, agency in _carriers(pile):
        most = float(options.option("WIRE001", "percent", entry.outlet))
        share = 100 * member.share_of_article
        bare = entry.asked and not entry.credits and not _is_house(entry, agency)
        if bare and member.role != "rewrite" and not cluster.original.doubt and share > most:
            told = f"{share:.0f} percent of it is {agency} copy, and it names no agency"
            yield Found("WIRE001", told, entry, related=(cluster.id,))


def _is_house(entry: Entry, agency: str) -> bool:
    """Whether an outlet is the house whose wire it is: cnn.com and CNN Wire."""
    house = agency.split()[0].casefold()
    return house in (entry.outlet.casefold().split(".")[0], entry.site.split(".")[0], *entry.outlet.casefold().split())


def _without_copy(pile: Pile) -> Iterator[Found]:
    days = _given_days(pile)
    shared = _shared_with(pile) if days else {}
    for entry in pile.judged if days else ():
        agencies = {agency for agency, role in entry.credits if role in SOURCES}
        if len(agencies) != 1 or entry.sent_by:
            continue
        (agency,) = agencies
        if agency in days and agency not in shared.get(entry.id, ()) and _known_day(entry, days[agency]):
            yield Found("WIRE002", f"credits {agency}, and no {agency} dispatch was found in it", entry)


def _given_days(pile: Pile) -> Mapping[str, set[int]]:
    """Agency -> the days of its dispatches in --originals, counted from the year 1."""
    found: dict[str, set[int]] = {}
    for entry in pile.entries:
        if entry.given and entry.sent_by:
            held = found.setdefault(entry.sent_by, set())
            held.update(known.toordinal() for known in [day(entry.published)] if known)
    return found


def _known_day(entry: Entry, days: set[int]) -> bool:
    """Whether the agency's file of that day is at hand, as far as there are dates."""
    said, around = day(entry.published), range(-limits.CHECK_KNOWN_DAYS, limits.CHECK_KNOWN_DAYS + 1)
    return said is None or not days or any(said.toordinal() + n in days for n in around)


def _shared_with(pile: Pile) -> Mapping[str, set[str]]:
    """Id -> the agencies whose copy an article has in common with another one."""
    whose = {m.id: c.original.agency for c in pile.clusters for m in c.members if c.original.agency}
    whose |= {entry.id: entry.sent_by for entry in pile.entries if entry.sent_by}
    found: dict[str, set[str]] = {id: {agency} for id, agency in whose.items() if agency and id in pile.homes}
    for pair in pile.reuse:
        for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
            if agency := whose.get(other):
                found.setdefault(one, set()).add(agency)
    return found


# ---------------------------------------------------------------- altered


_ALTERED = {  # a message quotes no copy: the excerpt has it
    "WIRE003": "a quotation has other words than in the {} dispatch",
    "WIRE004": "a figure is not the one in the {} dispatch",
}


def _altered(pile: Pile) -> Iterator[Found]:
    for one in pile.altered:
        yield Found(
            one.rule, _ALTERED[one.rule].format(one.agency), pile.by_id[one.article],
            detail=" ".join(word.norm for word in words(one.after)),
            excerpt=f"{one.agency}: {one.before} | here: {one.after}", related=(one.original,),
        )  # fmt: skip


# ---------------------------------------------------------------- corrected


def _stale(pile: Pile) -> Iterator[Found]:
    for one in pile.outdated:
        told = f"{one.agency} corrected the story, and a sentence the correction changed stands here as it was"
        entry = pile.by_id[one.article]
        yield Found("WIRE006", told, entry, excerpt=one.sentence, related=(one.correction,))
