"""Diffs: an article held against its originals, sentence by sentence; a cluster's outlets fact by fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
