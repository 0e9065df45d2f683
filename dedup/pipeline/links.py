"""Links: the clusters of a run -> the same, with their siblings and with what members carry of other clusters.

A member also carries another cluster's dispatch when it shares passages with it that the original of its own cluster
does not share: an outlet put them in. Background paragraphs that an agency uses in two dispatches are in the original
too, and say nothing about the outlet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from dedup import clean, limits, originals, siblings
from dedup.model import Article, Carried, Cluster, Mark, Member, Reuse

_TOP = 9 * limits.SIBLING_WORDS  # characters that hold so many words

Shares = Mapping[tuple[str, str], tuple[float, float]]  # (article, cluster) -> share of the article, of the dispatch


def with_siblings(clusters: Sequence[Cluster], dispatches: Sequence[siblings.Dispatch]) -> tuple[Cluster, ...]:
    """The clusters with their siblings. `dispatches`: their originals, and those that no outlet carries."""
    found = siblings.find(dispatches)
    return tuple(replace(c, siblings=found[c.id]) if c.id in found else c for c in clusters)


def first_time(cluster: Cluster) -> datetime | None:
    """The earliest time of its versions."""
    return min((time for v in cluster.versions if (time := originals.moment(v.published))), default=None)


def dispatch(article: Article, marks: Iterable[Mark], agency: str, first: datetime | None = None) -> siblings.Dispatch:
    """An original as siblings are told by it: the top of its story, since there may be very many."""
    spans = clean.story_spans(article.text, marks)
    story = "\n".join(article.text[start:end] for start, end in spans)
    return siblings.told(siblings.Dispatch(article.id, agency, article.title, story[:_TOP], first))


def with_also_carries(clusters: Sequence[Cluster], reuse: Iterable[Reuse]) -> tuple[Cluster, ...]:
    """The clusters with `also_carries` of their members. Cost: linear in the pairs."""
    shares = _shares({m.id: c.id for c in clusters for m in c.members}, reuse)
    by_article: dict[str, list[str]] = defaultdict(list)
    for article, other in shares:
        by_article[article].append(other)
    return tuple(_with_carried(cluster, by_article, shares) for cluster in clusters)


def _with_carried(cluster: Cluster, others: Mapping[str, Sequence[str]], shares: Shares) -> Cluster:
    """`others`: the clusters each article shares passages with."""
    if not any(member.id in others for member in cluster.members):
        return cluster
    members = (_carrying(m, cluster, sorted(others[m.id]), shares) if m.id in others else m for m in cluster.members)
    return replace(cluster, members=tuple(members))


def _shares(home: Mapping[str, str], reuse: Iterable[Reuse]) -> Shares:
    """What each article shares with the original of another cluster, else with the member that has most of it."""
    found: dict[tuple[str, str], tuple[bool, float, float]] = {}
    for pair in reuse:
        for one, other, own, others in (
            (pair.a, pair.b, pair.share_a, pair.share_b),
            (pair.b, pair.a, pair.share_b, pair.share_a),
        ):
            if one in home and other in home and home[one] != home[other]:
                key = (one, home[other])
                found[key] = max(found.get(key, (False, 0.0, 0.0)), (other == home[other], own, others))
    return {key: (own, others) for key, (_, own, others) in found.items()}


def _carrying(member: Member, cluster: Cluster, others: Sequence[str], shares: Shares) -> Member:
    if member.id == cluster.id:
        return member
    carried = []
    for other in others:
        own = shares[member.id, other]
        # What its own dispatch has of the other one came with it: of the passages only the rest was put in.
        held = max(shares.get((id, other), (0.0, 0.0))[1] for id in (cluster.id, member.version))
        if own[0] * (1 - min(1.0, held / own[1])) >= limits.ALSO_CARRIES:
            carried.append(Carried(other, *own))
    if not carried:
        return member
    return replace(member, also_carries=tuple(c.cluster for c in carried), also_shares=tuple(carried))
