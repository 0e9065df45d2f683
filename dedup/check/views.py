"""Views: what the rules of a corpus look at, and what they answer. Texts are not here: they stay in the spool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from dedup.check.rules import Value
from dedup.model import Cluster, CreditRole, Member, Reuse, Skipped, Status

Says = Literal["", "kill", "correction"]  # what an article calls itself
SOURCES: tuple[CreditRole, ...] = ("dateline", "byline", "tail")  # in which a credit says whose copy it is


@dataclass(frozen=True, slots=True)
class Entry:
    """One article."""

    id: str  # as in the clusters: unique
    own_id: str  # as the input gave it, "" when it gave none
    outlet: str
    site: str  # host of its url, "" without
    url: str  # canonical
    title: str
    published: str
    path: str  # as named by the user
    content: str  # hex digest of the story: equal for equal stories
    record: str  # hex digest of address, outlet, title, time and text: equal for one and the same article
    words: int  # of the story
    flags: tuple[str, ...] = ()
    version: str = ""
    status: Status = ""
    given: bool = False  # from --originals: held against, never judged
    dateline: str = ""  # ISO day its own dateline gives, "" unknown
    says: Says = ""
    sent_by: str = ""  # the agency on whose own outlet it stands, or that sent it as an original
    credits: tuple[tuple[str, CreditRole], ...] = ()  # looked up only where `asked`
    asked: bool = False  # whether `credits` was looked up


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles of one outlet in one cluster, and the share of the shorter one that the other has."""

    a: str
    b: str
    containment: float


@dataclass(frozen=True, slots=True)
class Altered:
    """A quotation or figure of an article that its agency's version has otherwise."""

    rule: str  # WIRE003 or WIRE004
    article: str
    agency: str
    original: str  # id of the version
    before: str
    after: str
    sentence: str  # of the article


@dataclass(frozen=True, slots=True)
class Outdated:
    """An article with a sentence that a correction changed."""

    article: str
    agency: str
    correction: str  # id of the corrected version
    sentence: str  # of the article


@dataclass(frozen=True)
class Pile:
    """Everything the rules of a corpus look at. `entries`: in canonical order, those of --originals included."""

    entries: Sequence[Entry]
    clusters: Sequence[Cluster] = ()
    skipped: Sequence[Skipped] = ()
    pairs: Sequence[Pair] = ()
    altered: Sequence[Altered] = ()
    outdated: Sequence[Outdated] = ()
    before: Mapping[str, str] = field(default_factory=dict)  # id -> what an index has of its outlet with that story
    now: datetime | None = None
    reuse: Sequence[Reuse] = ()
    notices: Mapping[str, str] = field(default_factory=dict)  # id -> text of what kills a story
    by_id: Mapping[str, Entry] = field(init=False)
    homes: Mapping[str, tuple[Cluster, Member]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {entry.id: entry for entry in self.entries})
        object.__setattr__(self, "homes", {m.id: (c, m) for c in self.clusters for m in c.members})

    @property
    def judged(self) -> Sequence[Entry]:
        """The articles that are checked: all but those of --originals."""
        return [entry for entry in self.entries if not entry.given]


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule saw. Without `about` it concerns an outlet as a whole, without that too the feed."""

    rule: str
    message: str
    about: Entry | None = None
    outlet: str = ""
    path: str = ""  # where there is no article: a skipped input
    detail: str = ""  # tells two findings of one rule on one article apart, in every run
    excerpt: str = ""
    related: tuple[str, ...] = ()  # ids
    mild: bool = False  # a note, unless the settings give the rule a level


class Options(Protocol):
    """The options of the rules, for the articles of an outlet."""

    def option(self, rule: str, name: str, outlet: str = "") -> Value:
        """The value of option `name` of `rule`."""
