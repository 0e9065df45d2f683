"""Kills: a pile -> the articles that carry a story which its agency withdrew (WIRE005).

A kill notice is tied to its item in three ways, the surest first: it has the item's id (news formats); it stands in the
item's cluster, since many notices repeat the story; it repeats, word for word, the headline of the item, or of an
article in a cluster of that agency. An item that has a later version which is no kill lives.

A notice counts when it is the agency's own: on its site, given as an original, declared by a news format, or in the
cluster of the agency that it credits. An outlet that reports on a withdrawal withdraws nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dedup import limits
from dedup.check.views import SOURCES, Entry, Found, Pile
from dedup.model import Cluster, Member
from dedup.words import words

Start = tuple[str, ...]  # the first words of a headline


def found(pile: Pile) -> Iterator[Found]:
    """The articles of outlets that carry a killed story. Cost: linear in the pile and in the notices."""
    if not pile.notices:
        return
    items, headlines, told = _by_item(pile), _headlines(pile), set[str]()
    for notice in (pile.by_id[id] for id in sorted(pile.notices)):
        agency = _agency(pile, notice)
        same = [entry for entry in items.get((notice.own_id, notice.sent_by), ()) if entry is not notice]
        if not agency or _lives_again(notice, same):
            continue
        for cluster in _clusters_of(pile, notice, same, agency, headlines):
            for entry in _carriers(pile, cluster):
                if entry.id not in told:
                    told.add(entry.id)
                    yield Found(
                        "WIRE005", f"{agency} withdrew the story it carries", entry, related=(notice.id, cluster.id)
                    )


def _agency(pile: Pile, notice: Entry) -> str:
    """Whose notice it is, "" for nobody's."""
    if notice.sent_by:
        return notice.sent_by
    home = pile.homes.get(notice.id)
    agency = (home[0].original.agency if home else "") or ""
    named = {a for a, role in notice.credits if role in SOURCES}
    return agency if agency in named or notice.status == "killed" else ""


def _by_item(pile: Pile) -> dict[tuple[str, str], list[Entry]]:
    """The articles by their own id and agency: an outlet may by chance have the id of an agency's item."""
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in pile.entries:
        if entry.own_id:
            found[entry.own_id, entry.sent_by].append(entry)
    return found


def _lives_again(notice: Entry, same: list[Entry]) -> bool:
    """Whether a later version of the item is no kill."""
    return any(entry.says != "kill" and _number(entry.version) > _number(notice.version) for entry in same)


def _number(version: str) -> int:
    return int(version[:18]) if version.isascii() and version.isdecimal() else 0


def _clusters_of(
    pile: Pile, notice: Entry, same: list[Entry], agency: str, headlines: dict[Start, list[tuple[Start, Cluster]]]
) -> list[Cluster]:
    """The clusters of the story that a notice kills."""
    found = {pile.homes[e.id][0].id: pile.homes[e.id][0] for e in (notice, *same) if e.id in pile.homes}
    if not found:
        said = _norms(f"{notice.title} {pile.notices[notice.id]}")
        for at in range(len(said) - limits.CHECK_HEADLINE + 1):
            for headline, cluster in headlines.get(said[at : at + limits.CHECK_HEADLINE], ()):
                if said[at : at + len(headline)] == headline and cluster.original.agency == agency:
                    found[cluster.id] = cluster
    return [found[id] for id in sorted(found)]


def _headlines(pile: Pile) -> dict[Start, list[tuple[Start, Cluster]]]:
    """The headlines in the clusters of agencies, by their first words; shorter ones are stock phrases."""
    found: dict[Start, list[tuple[Start, Cluster]]] = defaultdict(list)
    for cluster in pile.clusters:
        titles = {_norms(member.title) for member in cluster.members} if cluster.original.agency else ()
        for title in titles:
            if len(title) >= limits.CHECK_HEADLINE:
                found[title[: limits.CHECK_HEADLINE]].append((title, cluster))
    return found


def _norms(text: str) -> Start:
    return tuple(word.norm for word in words(text))


def _carriers(pile: Pile, cluster: Cluster) -> Iterator[Entry]:
    """The outlets' articles of a cluster that have enough of its text, notices left out."""
    for member in cluster.members:
        entry = pile.by_id[member.id]
        if not entry.given and not entry.sent_by and entry.says != "kill" and _carries(member):
            yield entry


def _carries(member: Member) -> bool:
    return max(member.share_of_article, member.containment) >= limits.CHECK_CARRIES
