"""Siblings: dispatches of several agencies -> which of them cover the same event, with the evidence in words.

Two agencies at one event share hardly a sentence; they share who, where, when and how many. Names carry the most, when
few other dispatches of the corpus have them: a president is in half of the files of a day, a ferry's name in those on
the ferry.

Method
1. A dispatch gives its *terms*: names (capitalised inside a sentence), figures, headline words. A term weighs by its
   rarity among the dispatches (1 / how many have it) and by its place (headline and lead count double).
2. Candidates share a term that at most limits.SIBLING_HOLDERS dispatches have: near-linear, commoner terms find nothing.
3. Two dispatches of different agencies are siblings when what they share weighs at least limits.SIBLING_LEVEL of what the
   lighter one has, they share limits.SIBLING_NAMES names, and their times lie within limits.SIBLING_HOURS.
4. Per other agency a dispatch keeps the best, and those nearly as good: a main story and its side-bars.

Siblings never merge clusters: every outlet is to be held against the one agency's dispatch *and* the other's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dedup.limits import (
    SIBLING_HOLDERS,
    SIBLING_HOURS,
    SIBLING_LEAD,
    SIBLING_LEVEL,
    SIBLING_NAMES,
    SIBLING_NEARLY,
    SIBLING_WORDS,
)
from dedup.model import Sibling
from dedup.words import Word, words

__all__ = ["Dispatch", "find"]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What siblings are told by."""

    cluster: str  # id of the cluster
    agency: str
    title: str
    story: str  # the original's story lines, furniture left out
    first: datetime | None  # earliest believable time


@dataclass(frozen=True, slots=True)
class Terms:
    """What a dispatch is about. Terms are comparable forms; the values say how they were written."""

    names: Mapping[str, str]
    figures: Mapping[str, str]
    heading: Mapping[str, str]  # headline words
    lead: frozenset[str]  # terms in the headline or the lead


def find(dispatches: Sequence[Dispatch]) -> dict[str, tuple[Sibling, ...]]:
    """Cluster id -> its siblings, the surest first. Clusters without any are left out.

    Cost: linear in the texts, and at most SIBLING_HOLDERS comparisons a term.
    """
    terms = [_terms(dispatch) for dispatch in dispatches]
    held = _holders(terms)
    rarity = {term: 1 / len(holders) for term, holders in held.items()}
    scored = [
        (score, i, j)
        for i, j in sorted(_candidates(dispatches, terms, held))
        if (score := _score(terms[i], terms[j], rarity)) >= SIBLING_LEVEL and _near(dispatches[i], dispatches[j])
    ]
    return _chosen(dispatches, terms, rarity, scored)


# ---------------------------------------------------------------- terms

_COMMON = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december jan feb mar apr jun jul aug sep sept oct nov dec i mr mrs ms dr president minister prime "
    "reuters ap afp associated press agence france presse pti ani ians u us the a an and".split()  # noqa: SIM905
)
_SMALL = frozenset(
    "about after again against amid among and are back been before being but can could for from has have how into its "
    "least more most near new not off one out over said say says than that the their them they this two three was were "
    "what when where who will with would you".split()  # noqa: SIM905
)
_STOP = re.compile(r"[.!?:\n]\W*\Z")


def _terms(dispatch: Dispatch) -> Terms:
    tokens = words(dispatch.story)[:SIBLING_WORDS]
    names: dict[str, str] = {}
    figures: dict[str, str] = {}
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.text[0].isdigit():
            if _tells(token.norm):
                figures.setdefault(token.norm, token.text)
        elif token.text[0].isupper() and len(token.norm) > 2 and token.norm not in _COMMON:
            if before is not None and not _STOP.search(dispatch.story[before.end : token.start][-8:] or " "):
                names.setdefault(_bare(token), token.text)
    heading = {_bare(w): w.text for w in words(dispatch.title) if len(w.norm) > 2 and w.norm not in _SMALL}
    lead = frozenset(_bare(token) for token in tokens[:SIBLING_LEAD]) | frozenset(heading)
    return Terms(names, figures, heading, lead)


def _bare(token: Word) -> str:
    """The comparable form without a possessive: "Karvelia's" and "Karvelia" are one name."""
    return token.norm[:-1] if re.search(r"['’]s\Z", token.text) else token.norm


def _tells(figure: str) -> bool:
    """Whether a figure says something: more than one digit and no year of our time."""
    return len(figure) > 1 and not re.fullmatch(r"(?:19|20)\d\d", figure)


def _holders(terms: Sequence[Terms]) -> dict[str, list[int]]:
    """Term -> the dispatches that have it."""
    held: dict[str, list[int]] = defaultdict(list)
    for i, found in enumerate(terms):
        for term in {*found.names, *found.figures, *found.heading}:
            held[term].append(i)
    return held


# ---------------------------------------------------------------- pairs


def _candidates(
    dispatches: Sequence[Dispatch], terms: Sequence[Terms], held: Mapping[str, list[int]]
) -> set[tuple[int, int]]:
    """Pairs of dispatches of different agencies that share enough names, one of them rare."""
    shared: Counter[tuple[int, int]] = Counter()
    names = {term for found in terms for term in found.names}
    for term in sorted(names):
        holders = [i for i in held[term] if term in terms[i].names]
        if len(holders) <= SIBLING_HOLDERS:
            shared.update(
                (i, j)
                for at, i in enumerate(holders)
                for j in holders[at + 1 :]
                if dispatches[i].agency != dispatches[j].agency
            )
    return {pair for pair, count in shared.items() if count >= SIBLING_NAMES}


def _score(left: Terms, right: Terms, rarity: Mapping[str, float]) -> float:
    """The weight of what they share, as a share of the weight of the lighter one's terms, 0..1."""
    both = _weight(_all(left) & _all(right), left.lead | right.lead, rarity)
    lighter = min(_weight(_all(left), left.lead, rarity), _weight(_all(right), right.lead, rarity))
    return both / lighter if lighter else 0.0


def _all(terms: Terms) -> set[str]:
    return {*terms.names, *terms.figures, *terms.heading}


def _weight(terms: set[str], lead: frozenset[str], rarity: Mapping[str, float]) -> float:
    return sum((2.0 if term in lead else 1.0) * rarity[term] for term in sorted(terms))


def _near(left: Dispatch, right: Dispatch) -> bool:
    if left.first is None or right.first is None:
        return True
    return abs(left.first - right.first) <= timedelta(hours=SIBLING_HOURS)


def _chosen(
    dispatches: Sequence[Dispatch], terms: Sequence[Terms], rarity: Mapping[str, float], scored: list[tuple[float, int, int]]
) -> dict[str, tuple[Sibling, ...]]:
    """Per dispatch and other agency the best, and those nearly as good; a pair either side keeps is kept by both."""
    best: dict[tuple[int, str], float] = defaultdict(float)
    for score, i, j in scored:
        for one, other in ((i, j), (j, i)):
            key = (one, dispatches[other].agency)
            best[key] = max(best[key], score)
    found: dict[str, list[tuple[float, Sibling]]] = defaultdict(list)
    for score, i, j in scored:
        worst = min(best[i, dispatches[j].agency], best[j, dispatches[i].agency])
        if score >= SIBLING_NEARLY * worst:
            why = _why(dispatches[i], dispatches[j], terms[i], terms[j], rarity)
            for one, other in ((i, j), (j, i)):
                sibling = Sibling(dispatches[other].cluster, dispatches[other].agency, why)
                found[dispatches[one].cluster].append((score, sibling))
    return {
        cluster: tuple(s for _, s in sorted(siblings, key=lambda item: (-item[0], item[1].cluster)))
        for cluster, siblings in found.items()
    }


def _why(one: Dispatch, other: Dispatch, left: Terms, right: Terms, rarity: Mapping[str, float]) -> tuple[str, ...]:
    """The shared names, figures and headline words, the rarest first, and the hours between the two."""
    parts = (("names", left.names, right.names), ("figures", left.figures, right.figures), ("headline", left.heading, right.heading))
    why = [f"{kind}: {told}" for kind, a, b in parts if (told := _told(a, b, rarity))]
    if one.first and other.first:
        why.append(f"{abs(one.first - other.first).total_seconds() / 3600:.0f} hours apart")
    return tuple(why)


def _told(left: Mapping[str, str], right: Mapping[str, str], rarity: Mapping[str, float]) -> str:
    both = sorted(left.keys() & right.keys(), key=lambda term: (-rarity[term], term))
    return ", ".join(left[term] for term in both[:5])
