"""Holdings: what a lasting index has, took in, and recognises."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Added:
    """What `dedup index add` did. read = added + known + skipped; dispatches of --originals are counted apart."""

    read: int
    added: int
    known: int  # in the index already, or twice in the input
    skipped: int
    wires: int  # dispatches of --originals that were not in the index
    articles: int  # in the index now, dispatches included


@dataclass(frozen=True, slots=True)
class Earlier:
    """An article of an index that shares text with the one asked about."""

    id: str
    outlet: str
    published: str
    title: str
    url: str
    path: str
    cluster: str  # id of its cluster when the index was last clustered, "" for none
    jaccard: float
    containment: float  # share of the shorter text's shingles
    share_of_article: float  # of the shingles of the article asked about, found in this one
    share_of_earlier: float  # of this one's shingles, found in the article asked about
    closeness: float  # containment, quotations and round-ups weighing less: what clustering goes by
    same: bool  # close enough to carry one dispatch
    passages: tuple[str, ...]  # shared runs of words as the article asked about has them, the longest first


@dataclass(frozen=True, slots=True)
class Recognised:
    """The answer of `dedup index query`: the JSON of schema dedup.query/1, as values."""

    id: str
    outlet: str
    published: str
    title: str
    words: int  # story words, furniture left out
    known: bool  # this very article is in the index
    dispatch: str  # cluster of the closest article that carries the same dispatch, else that article; "" for none
    why: str  # one sentence
    earlier: tuple[Earlier, ...]  # the closest first
    articles: int  # in the index
    left_out: int  # articles that share a few shingles and were not compared


@dataclass(frozen=True, slots=True)
class Holdings:
    """The answer of `dedup index stats`: the JSON of schema dedup.stats/1, as values."""

    where: str
    parameters: tuple[tuple[str, str], ...]
    articles: int
    wires: int  # dispatches of --originals, not counted in `articles`
    outlets: int  # with a name
    first: str  # earliest and latest `published`, "" for none
    last: str
    undated: int
    skipped: int  # inputs that were not used
    clustered: int  # articles in a cluster when the index was last clustered
    segments: tuple[int, ...]  # postings of each
    sizes: tuple[tuple[str, int], ...]  # bytes by part
