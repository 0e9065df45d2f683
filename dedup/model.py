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


# What the agency says of an item: not to be used any more, a notice to editors, mended, not to be published yet.
Status = Literal["", "killed", "advisory", "corrected", "embargoed"]


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
    version: str = ""  # as declared by a news format: "3"; the versions of an item share its id
    status: Status = ""
    embargo: str = ""  # ISO 8601; not to be published before


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not used."""

    where: str  # path, path:line, path:line (id) ...
    why: str  # one lower-case phrase a person can act on
    empty: bool = False  # an article is there, its text is not


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


# ---------------------------------------------------------------- explain

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


# ---------------------------------------------------------------- check

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing a check looks for."""

    id: str  # "DUP001": stable for ever
    name: str  # "exact-duplicate"
    level: Level
    summary: str  # one line, a sentence without its full stop
    help: str  # what it means, what it looks at, what to do: a few sentences


@dataclass(frozen=True, slots=True)
class Place:
    """What a finding is about: an article, or the whole feed (id "")."""

    id: str = ""
    outlet: str = ""
    title: str = ""
    path: str = ""  # relative, forward slashes; "" for the feed as a whole


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing `dedup check` reports."""

    rule: str  # "DUP001"
    level: Level
    message: str  # one line, a sentence without its full stop; quotes no licensed text
    place: Place
    fingerprint: str  # 32 hex digits of rule and content: not of paths, line numbers or other articles' ids
    excerpt: str = ""  # the text that shows it, one line, cut short; left out by --no-text
    related: tuple[Place, ...] = ()  # the other articles it is about, in order of id


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding that does not count, and why: suppressed in the settings, or known from the baseline."""

    finding: Finding
    by: Literal["suppressed", "baseline"]
    reason: str  # as given in the settings; "" for the baseline


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer of `dedup check`: the JSON of schema dedup.check/1, as values."""

    settings: str
    rules: tuple[Rule, ...]  # that were looked at, with the levels they had, by id
    read: int
    kept: int
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]  # errors, warnings, notes; then by rule, place, fingerprint
    ignored: tuple[Ignored, ...] = ()
    stale: tuple[str, ...] = ()  # fingerprints of the baseline that no finding has any more
    capped: int = 0  # articles a named cap kept from being held against their original


# ---------------------------------------------------------------- index


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

    @property
    def of_fact(self) -> bool:
        """Whether a reader learns something else: more than wording, and no second mention."""
        return self.type != "wording" and self.note != SECOND_MENTION


SECOND_MENTION = "second mention"  # a name identified less that an earlier sentence of the article has in full


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two wire sentences that give one fact different values; one is linked, the other may be (else score 0)."""

    type: Literal["number", "date"]
    one: Link
    one_text: str
    one_span: tuple[int, int]  # in that original's sentence
    other: Link
    other_text: str
    other_span: tuple[int, int]
    followed: str  # the original whose value the article has; "" when it has neither or both
    text: str  # the article's words, "" when it leaves the fact out
    span: tuple[int, int] | None  # in the article's sentence


@dataclass(frozen=True, slots=True)
class DiffSentence:
    """One article sentence, with all that was found out about it. Spans count from its own start."""

    index: int  # from 0, furniture included
    start: int  # in the untouched article text
    end: int
    text: str
    label: Label
    moved: bool
    links: tuple[Link, ...]
    changes: tuple[Change, ...]  # the gravest first
    contradictions: tuple[Contradiction, ...] = ()
    put_in: tuple[tuple[int, int], ...] = ()  # words no linked sentence has; a sentence added is put in as a whole


@dataclass(frozen=True, slots=True)
class WireSentence:
    """One sentence of an original. Spans count from its own start."""

    start: int
    end: int
    text: str
    furniture: bool
    left_out: tuple[tuple[int, int], ...] = ()  # words no article sentence linked to it has; none when it is dropped


@dataclass(frozen=True, slots=True)
class Wire:
    """An original as the article was held against it."""

    name: str  # NAME as given in --original; in a corpus its agency, else its id
    id: str
    version: str  # what it calls itself ("UPDATE 2"), "" when it does not say
    agency: str | None
    sibling: bool  # another agency's dispatch on the event, not known to be carried
    sentences: tuple[WireSentence, ...]
    kept: float  # share of its story sentences that an article sentence links to
    share: float  # share of the article's story words that are this original's

    @property
    def used(self) -> bool:
        """Whether any article sentence links to it."""
        return self.kept > 0


@dataclass(frozen=True, slots=True)
class Dropped:
    """An original's story sentence that no article sentence links to."""

    original: str
    index: int
    text: str
    facts: tuple[str, ...]  # its numbers, names and quotations that the article nowhere states


@dataclass(frozen=True, slots=True)
class Diff:
    """An article held against its originals: the JSON of schema dedup.diff/1, as values."""

    settings: str
    id: str
    outlet: str
    title: str
    published: str
    path: str
    from_wire: float  # share of its story words that some original has at that place
    credits: tuple[str, ...]  # agencies it gives as its source; "told AP" in the copy is no credit
    uncredited: bool  # uses an agency's text and names no agency at all
    typed: bool  # False: a language whose changes are not typed
    originals: tuple[Wire, ...]
    sentences: tuple[DiffSentence, ...]
    dropped: tuple[Dropped, ...]

    @property
    def disputed(self) -> int:
        """Facts on which originals contradict each other; three that do not agree on one fact have one."""
        facts: list[set[object]] = []
        for c in (c for s in self.sentences for c in s.contradictions):
            ends: set[object] = {
                (link.original, link.index, span) for link, span in ((c.one, c.one_span), (c.other, c.other_span))
            }
            joined = [fact for fact in facts if fact & ends]
            facts = [fact for fact in facts if not fact & ends] + [ends.union(*joined)]
        return len(facts)


Fate = Literal["kept", "reworded", "altered", "dropped", "not in its version"]


@dataclass(frozen=True, slots=True)
class WireFact:
    """A number, name or quotation of an original."""

    index: int  # sentence of the original, from 0
    start: int  # span in that sentence
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FactCell:
    """What an outlet did with a fact."""

    fate: Fate
    now: str = ""  # altered: what it says instead


@dataclass(frozen=True, slots=True)
class Matrix:
    """A cluster's outlets against the facts of its original."""

    settings: str
    cluster: str
    title: str
    original: Wire
    facts: tuple[WireFact, ...]
    outlets: tuple[Diff, ...]  # each against the original alone
    cells: tuple[tuple[FactCell, ...], ...]  # per outlet, a cell per fact
