"""Clusters: the answer of `dedup cluster`, and why two articles were, or were not, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dedup.model.articles import Skipped

Role = Literal["original", "copy", "excerpt", "version", "rewrite"]


@dataclass(frozen=True, slots=True)
class Carried:
    """How much of another cluster's dispatch an article carries, as passages."""

    cluster: str
    share_of_article: float  # of the article's shingles, found in the passages it shares with that dispatch
    share_of_original: float  # of the dispatch's shingles, found in them


@dataclass(frozen=True, slots=True)
class Member:
    """One article of a cluster, with how it stands to the others."""

    id: str
    outlet: str
    published: str
    title: str
    path: str
    also_carries: tuple[str, ...]  # ids of other clusters whose dispatch it carries too
    role: Role
    closest: str  # id of the member it shares most with
    jaccard: float  # with `closest`
    containment: float  # with `closest`: share of the shorter text's shingles
    share_of_article: float  # of this article's shingles, found in the original
    share_of_original: float  # of the original's shingles, found in this article
    version: str = ""  # id of the version it most likely carries (Cluster.versions)
    also_shares: tuple[Carried, ...] = ()  # for each of `also_carries`, how much
    notes: tuple[str, ...] = ()  # what an editor should know: "correction", a doubtful time, a doubtful version


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a dispatch: as first sent, updated, corrected, withdrawn."""

    id: str  # the article that stands for it
    mark: str  # what it calls itself: "UPDATE 2", "CORRECTED", "3rd Ld-Writethru"; "" when it does not say
    published: str  # its earliest time that can be believed; "" unknown
    why: tuple[str, ...]  # the evidence that it is a version, and for its place in the order


@dataclass(frozen=True, slots=True)
class Original:
    """The article that stands for the dispatch."""

    id: str
    agency: str | None  # None: nobody names one ("shared source"), or the articles disagree (see `doubt`)
    why: tuple[str, ...]
    doubt: tuple[str, ...] = ()  # what speaks against the agency or the choice


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another agency's dispatch on the same event: a cluster of its own."""

    cluster: str
    agency: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that carry one dispatch."""

    id: str  # the id of its original
    title: str
    size: int
    weakest_link: float  # lowest containment between a member and its closest
    original: Original
    siblings: tuple[Sibling, ...]
    members: tuple[Member, ...]  # the original first
    versions: tuple[Version, ...] = ()  # earliest first, as far as the evidence orders them


@dataclass(frozen=True, slots=True)
class Reuse:
    """Passages shared by two articles that are not one dispatch."""

    a: str
    b: str
    passages: int  # runs of shared text of at least limits.PASSAGE_SHINGLES shingles
    share_a: float
    share_b: float


@dataclass(frozen=True, slots=True)
class Capped:
    """How often a named cap cut something. All zero on an ordinary corpus."""

    hub_shingles: int = 0
    buckets: int = 0
    reuse: int = 0
    rewrites: int = 0  # pairs that were not aligned to see whether one rewrites the other


@dataclass(frozen=True, slots=True)
class Clusters:
    """The answer of `dedup cluster`: the JSON of schema dedup.clusters/1, as values."""

    settings: str
    read: int
    kept: int
    skipped: tuple[Skipped, ...]
    capped: Capped
    clusters: tuple[Cluster, ...]
    reuse: tuple[Reuse, ...]


Verdict = Literal["same text", "one cluster", "reuse", "apart"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two articles of an explanation."""

    id: str
    outlet: str
    title: str
    published: str
    path: str
    cluster: str  # id of its cluster, "" for none
    role: str  # in it, "" for none
    version: str  # that it most likely carries, "" for none
    agency: str | None  # whose dispatch its credits say it is
    why: tuple[str, ...]  # the evidence for that
    credits: tuple[str, ...]  # "AP: dateline, told (2)"
    notes: tuple[str, ...]
    words: int  # story words, furniture left out


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two articles were, or were not, put together: the JSON of schema dedup.explain/1, as values."""

    settings: str
    verdict: Verdict
    a: Side
    b: Side
    shared: int  # shingles in both
    jaccard: float
    containment: float  # share of the shorter text's shingles that the other has
    a_in_b: float  # share of a's shingles found in b
    b_in_a: float
    closeness: float  # clustering goes by: containment, quotations weighing less, lowered where the two are unlike
    why: tuple[str, ...]  # the rule that decided, and what it saw
    otherwise: tuple[str, ...]  # what would have changed the decision
    passages: tuple[str, ...]  # shared runs of words as article a has them, the longest first, quoted short
