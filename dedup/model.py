"""Model: the nouns. Frozen values that flow one way, from read to report; nothing here computes.

Positions are half-open spans of code points in the *untouched* article text. A "share" or "ratio" is 0..1.
The words are those of the glossary in dedup/README.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# ---------------------------------------------------------------- read


@dataclass(frozen=True, slots=True)
class Article:
    """One outlet's page or feed entry, as read. Missing text fields are "", never None."""

    id: str  # the input's own id, else "" until the pipeline gives it a digest
    text: str  # untouched but for lone surrogates, which become U+FFFD (flag "surrogates")
    outlet: str = ""
    title: str = ""
    published: str = ""  # ISO 8601 as far as given: "2018-07-15", "2018-07-15T07:54:28-04:00"; "" unknown
    url: str = ""  # as given, for show
    author: str = ""
    language: str = ""  # as declared ("en", "de-AT"); "" unknown
    path: str = ""  # file it came from, forward slashes, as the user named it; "-" for standard input
    flags: tuple[str, ...] = ()  # what reading had to do: "cp1252", "surrogates", "description only" ...


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not used."""

    where: str  # path, path:line, path:line (id) ...
    why: str  # one lower-case phrase a person can act on


# ---------------------------------------------------------------- clean

FurnitureKind = Literal[
    "dateline", "byline", "credit", "timestamp", "caption", "share", "more", "headline", "navigation", "notice"
]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of furniture: on the page, not in the story."""

    start: int
    end: int
    kind: FurnitureKind


# "outlet": the article stands on the agency's own site or feed
CreditRole = Literal["outlet", "dateline", "byline", "tail", "told", "report", "quoted", "photo", "mention"]


@dataclass(frozen=True, slots=True)
class Credit:
    """One place where an article names an agency, and as what."""

    agency: str  # "Reuters", "AP", "AFP", ...; "agencies" for an unnamed "With inputs from agencies"
    role: CreditRole
    start: int  # span of the words that name it; 0, 0 when they stand outside the text (author field)
    end: int


# ---------------------------------------------------------------- sign


@dataclass(frozen=True, slots=True)
class Texts:
    """A batch of n texts as arrays: what sign reads."""

    points: NDArray[np.uint32]  # code points of all texts, one after the other
    offsets: NDArray[np.int64]  # n+1; text i is points[offsets[i]:offsets[i+1]]
    spans: NDArray[np.int64]  # (m, 2) story spans, positions in `points`, in order
    span_offsets: NDArray[np.int64]  # n+1; the story spans of text i


@dataclass(frozen=True, slots=True)
class Shingled:
    """What sign leaves of a batch of n texts."""

    signatures: NDArray[np.uint32]  # (n, 128); all 2**32-1 for a text without shingles
    hashes: NDArray[np.uint32]  # shingle hashes in text order, repeats kept
    offsets: NDArray[np.int64]  # n+1 into `hashes`
    # Per shingle: at least one of its tokens stands inside quotation marks. Marks pair within a line: '"' opens and
    # closes in turn, “ „ « open, ” » close (and “ closes what „ opened); an open quotation ends with its line. A single
    # mark (' or ‘) opens before a letter that no letter or digit precedes, and a single mark closes it (' or ’) that no
    # letter or digit follows.
    quoted: NDArray[np.bool_]
    line_hashes: NDArray[np.uint32]  # a hash per story line that has at least one token
    line_counts: NDArray[np.int32]  # shingles that *start* in that line
    line_offsets: NDArray[np.int64]  # n+1 into `line_hashes`
    tokens: NDArray[np.int32]  # n; story tokens of each text


@dataclass(frozen=True, slots=True)
class TextOrder:
    """The shingles of n articles as they stand in the text; the articles may lie in any order."""

    hashes: NDArray[np.uint32]
    quoted: NDArray[np.bool_]
    starts: NDArray[np.int64]  # (n,) where the shingles of each article begin
    lengths: NDArray[np.int64]  # (n,) how many it has


@dataclass(frozen=True, slots=True)
class Sets:
    """One shingle set per article: what candidates and verify compare."""

    keys: NDArray[np.uint32]  # per article sorted and unique; bit 0: quoted wherever it occurs; the rest: the hash
    offsets: NDArray[np.int64]  # n+1 into `keys`
    narrative: NDArray[np.int64]  # n; how many of an article's keys are not quoted


# ---------------------------------------------------------------- cluster

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


# ---------------------------------------------------------------- diff

Label = Literal["furniture", "verbatim", "reworded", "added"]
ChangeType = Literal[
    "number", "date", "name", "quote", "attribution", "hedge", "negation", "info_added", "info_dropped", "wording"
]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or one line in --lines mode."""

    start: int
    end: int
    text: str  # source[start:end]


@dataclass(frozen=True, slots=True)
class Link:
    """An article sentence tied to one original sentence that states the same facts."""

    original: str  # NAME as given in --original
    index: int  # sentence number in that original, from 0
    score: float  # 0..1, how much of the shorter sentence the other one holds


@dataclass(frozen=True, slots=True)
class Change:
    """One typed difference inside a reworded sentence. Spans count from the start of each sentence."""

    type: ChangeType
    before: str  # the original's words ("" when something was put in); JSON "from"
    after: str  # the article's words ("" when something was left out); JSON "to"
    against: Link | None
    before_span: tuple[int, int] | None
    after_span: tuple[int, int] | None
    note: str = ""  # "vaguer", "more exact", "misspelt" ...
