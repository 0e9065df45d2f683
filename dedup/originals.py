"""Originals: the articles of a group and what they share -> a Cluster with the article that stands for the dispatch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup.model import Article, Cluster, Credit, Member, Original, Role

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Carrier:
    """One article of a group."""

    article: Article
    text: int  # which of the group's distinct texts it has: exact copies share one
    credits: tuple[Credit, ...]
    agency: str | None  # whose dispatch its credits say it is
    agency_why: tuple[str, ...]
    wire: bool  # given by --originals


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of a group, in canonical order, and what their distinct texts share."""

    carriers: tuple[Carrier, ...]
    total: Numbers  # (t,) shingles of each distinct text
    a: Numbers  # pairs of texts that were compared (all, but in a giant group only those with text 0, the longest)
    b: Numbers
    shared: Numbers  # shingles of each pair in both

    def shared_with(self, text: int) -> Numbers:
        """(t,) shingles each text shares with `text`; 0 where never compared."""
        found = np.zeros(len(self.total), np.int64)
        found[self.b[self.a == text]] = self.shared[self.a == text]
        found[self.a[self.b == text]] = self.shared[self.b == text]
        found[text] = self.total[text]
        return found


def describe(group: Group) -> Cluster:
    """The cluster of a group of two or more articles."""
    head = max(range(len(group.carriers)), key=lambda i: _standing(group, i))
    carrier = group.carriers[head]
    partners = _partners(group)
    members = [_member(group, i, head, partners) for i in range(len(group.carriers))]
    others = sorted((m for i, m in enumerate(members) if i != head), key=lambda m: (m.outlet, m.published, m.id))
    return Cluster(
        carrier.article.id, carrier.article.title, len(members), min(m.containment for m in members),
        Original(carrier.article.id, _agency(group, head), _why(group, head)), (), (members[head], *others),
    )  # fmt: skip


def _standing(group: Group, i: int) -> tuple[bool, bool, int, int, int]:
    """The agency's own copy first, then an article that names an agency, then coverage, then length; first wins ties."""
    carrier = group.carriers[i]
    return carrier.wire, carrier.agency is not None, _covers(group, carrier.text), int(group.total[carrier.text]), -i


def _covers(group: Group, text: int) -> int:
    """How many articles have at least half of their shingles in `text`."""
    enough = group.shared_with(text) * 2 >= group.total
    return sum(1 for carrier in group.carriers if enough[carrier.text])


def _agency(group: Group, head: int) -> str | None:
    named = [carrier.agency for carrier in group.carriers if carrier.agency]
    return group.carriers[head].agency or max(sorted(set(named)), key=named.count, default=None)


def _why(group: Group, head: int) -> tuple[str, ...]:
    carrier = group.carriers[head]
    given = ("given as an original",) if carrier.wire else ()
    return (*given, *carrier.agency_why, f"covers {_covers(group, carrier.text)} of {len(group.carriers)}")


def _partners(group: Group) -> tuple[Numbers, Numbers]:
    """(t,) for each text the text it shares most with, by containment, and the shingles they share."""
    texts = np.concatenate((group.a, group.b))
    others = np.concatenate((group.b, group.a))
    shared = np.concatenate((group.shared, group.shared))
    containment = shared / np.maximum(np.minimum(group.total[texts], group.total[others]), 1)
    order = np.lexsort((-others, containment, texts))
    last = np.flatnonzero(np.append(np.diff(texts[order]) != 0, True))[: len(order)]
    partner, both = np.arange(len(group.total)), group.total.copy()
    partner[texts[order[last]]], both[texts[order[last]]] = others[order[last]], shared[order[last]]
    return partner, both


def _member(group: Group, i: int, head: int, partners: tuple[Numbers, Numbers]) -> Member:
    carrier, total = group.carriers[i], group.total
    article, text = carrier.article, carrier.text
    twin = next((c for j, c in enumerate(group.carriers) if j != i and c.text == text), None)
    partner, both = (text, int(total[text])) if twin else (int(partners[0][text]), int(partners[1][text]))
    closest = twin or next(c for c in group.carriers if c.text == partner)
    with_head = int(group.shared_with(group.carriers[head].text)[text])
    of_article, of_original = with_head / max(1, int(total[text])), with_head / max(1, int(total[group.carriers[head].text]))
    return Member(
        article.id, article.outlet, article.published, article.title, article.path, (),
        _role(i == head, of_article, of_original), closest.article.id,
        both / max(1, int(total[text] + total[partner]) - both), both / max(1, int(min(total[text], total[partner]))),
        of_article, of_original,
    )  # fmt: skip


def _role(is_head: bool, of_article: float, of_original: float) -> Role:
    if is_head:
        return "original"
    if of_article >= 0.8:
        return "copy" if of_original >= 0.8 else "excerpt"
    return "version" if max(of_article, of_original) >= 0.4 else "rewrite"
