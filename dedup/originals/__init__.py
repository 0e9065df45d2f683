"""Originals: the articles of a group and what they share -> a Cluster: whose dispatch, which versions, who has what.

Theory of operation. Three questions, one after the other. Whose is it: each text votes with its credits, the agency's
own copy settles it (source.py). In which versions: the texts that print the same are one version; declared numbers,
marks, times and length put versions in order (marks.py, times.py, versions.py). Which article stands for it: the
agency's own copy of the latest version; else of the articles that credit the agency the one most others are found in,
and among near equals the latest version (this file). Then each article's role follows (roles.py).

Times alone never decide: many are crawl times. They order versions only where nothing better is said.
"""

from __future__ import annotations

from dedup.limits import NEARLY_AS_WIDE
from dedup.model import Cluster, Original
from dedup.originals import times
from dedup.originals.group import Carrier, Group
from dedup.originals.marks import declared
from dedup.originals.roles import member, standing
from dedup.originals.source import Source, agency_of, find_source, is_own
from dedup.originals.times import moment
from dedup.originals.versions import Versions, described, find_versions, standing_for

__all__ = ["Carrier", "Group", "agency_of", "describe", "moment"]


def describe(group: Group) -> Cluster:
    """The cluster of a group of two or more articles. Siblings and other clusters' passages are added by the caller."""
    source = find_source(group)
    versions = find_versions(group, source.agency)
    head = _choose(group, source, versions)
    versions = standing_for(group, versions, head)
    stands = standing(group, head)
    members = [member(group, i, versions, stands) for i in range(len(group.carriers))]
    others = sorted((m for i, m in enumerate(members) if i != head), key=lambda m: (m.outlet, m.published, m.id))
    article = group.carriers[head].article
    return Cluster(
        article.id, article.title, len(members), min(m.containment for m in members),
        Original(article.id, source.agency, _why(group, head, source, versions), _doubt(group, head, source)),
        (), (members[head], *others), described(group, versions),
    )  # fmt: skip


def _choose(group: Group, source: Source, versions: Versions) -> int:
    """The article that stands for the dispatch, by its place in the group."""
    covers = group.covers
    rank = [_rank(carrier, source) for carrier in group.carriers]
    top = max(rank)
    best = [i for i, r in enumerate(rank) if r == top]
    widest = max(covers[group.carriers[i].text] for i in best)
    if not top[1]:  # not the agency's own
        best = [i for i in best if covers[group.carriers[i].text] >= NEARLY_AS_WIDE * widest]

    def key(i: int) -> tuple[int, bool, int, int, int]:
        carrier = group.carriers[i]
        text = carrier.text
        stands = versions.verbatim[text] and _known_order(versions)
        state = versions.carried[text] if stands else -1
        return state, _has_dateline(carrier), group.total[text], covers[text], -i

    return _newest(group, max(best, key=key))


def _newest(group: Group, chosen: int) -> int:
    """The newest version of the item that `chosen` declares to be a version of: what the agency stands by now."""
    own = declared(group.carriers[chosen].article)
    if own is None:
        return chosen
    all_declared = ((declared(c.article), -i) for i, c in enumerate(group.carriers))
    return -max((d.number, i) for d, i in all_declared if d and d.item == own.item)[1]


def _has_dateline(carrier: Carrier) -> bool:
    """A dateline with the agency in it is the surest sign that the copy was left as it came."""
    return any(credit.role == "dateline" for credit in carrier.credits)


def _known_order(versions: Versions) -> bool:
    return all(state.first or state.mark for state in versions.states)


def _rank(carrier: Carrier, source: Source) -> tuple[bool, bool, bool]:
    """Whether an article credits the agency of the cluster, is the agency's own copy, and was given as such."""
    named = source.agency is None or agency_of(carrier) == source.agency
    return named, named and is_own(carrier), named and carrier.wire


# ---------------------------------------------------------------- in words


def _why(group: Group, head: int, source: Source, versions: Versions) -> tuple[str, ...]:
    carrier = group.carriers[head]
    given = "given as an original" if carrier.wire else ""
    named = carrier.agency_why if agency_of(carrier) == source.agency else ()
    if carrier.wire and source.agency and not named:
        named = (f"sent by {source.agency}",)
    if source.agency is None and not carrier.wire:
        named = ("shared source: no agency is named as its author",) if not _named(group) else ()
    covered = f"covers {group.covers[carrier.text]} of {len(group.carriers)}"
    return tuple(word for word in (given, *named, _place(carrier.text, versions), _early(group, head), covered) if word)


def _named(group: Group) -> bool:
    return any(agency_of(carrier) for carrier in group.carriers)


def _place(text: int, versions: Versions) -> str:
    """'latest of 3 versions'."""
    count, place = len(versions.states), versions.carried[text] + 1
    return "" if count == 1 else f"latest of {count} versions" if place == count else f"version {place} of {count}"


def _early(group: Group, head: int) -> str:
    """'earliest', when it is the first of the articles whose time can be believed."""
    timed = [
        (m, i) for i, c in enumerate(group.carriers) if not times.doubt(c) and (m := times.moment(c.article.published))
    ]
    return "earliest" if len(timed) > 1 and min(timed)[1] == head else ""


def _doubt(group: Group, head: int, source: Source) -> tuple[str, ...]:
    late = times.doubt(group.carriers[head])
    return (*source.doubt, late) if late else source.doubt
