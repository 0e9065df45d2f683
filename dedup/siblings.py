"""Siblings: dispatches of several agencies -> which of them cover the same event, with the evidence in words.

Two agencies at one event share hardly a sentence; they share who, where, when, how many, and the words for what
happened. What they share weighs by its rarity: a president is in half of the files of a day, a ferry's name in those on
the ferry.

Method
1. A dispatch is a vector of its first limits.SIBLING_WORDS words, those of headline and lead counted again, weighted by
   frequency and rarity among the dispatches (tf-idf, logarithms of both), and of length 1.
2. Candidates are dispatches of different agencies that share limits.SIBLING_NAMES names (capitalised inside a
   sentence). A name with more than limits.SIBLING_HOLDERS dispatches joins only those next to each other in time, so
   the pairs grow linearly.
3. Siblings are candidates whose cosine reaches limits.SIBLING_LEVEL, whose times lie within limits.SIBLING_HOURS, and
   each of which is nearly the best that the other's agency has for it (limits.SIBLING_NEARLY): a main story and its
   side-bars, not everything on a running story.

On the invented day the five true pairs of three events have .23 to .29, the next pair .08. Tried and dropped: the
share of the lighter one's names and figures, weighted by rarity alone; on a day with a single great subject incidental
names decided (.18 for a true pair, .2 for any two files on one summit).

Siblings never merge clusters: every outlet is to be held against the one agency's dispatch *and* the other's.
"""

from __future__ import annotations

import itertools
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import orjson
from numpy.typing import NDArray

from dedup.limits import (
    SIBLING_HOLDERS,
    SIBLING_HOURS,
    SIBLING_LEAD,
    SIBLING_LEVEL,
    SIBLING_NAMES,
    SIBLING_NEARLY,
    SIBLING_NEIGHBOURS,
    SIBLING_PAIRS,
    SIBLING_WORDS,
)
from dedup.model import Sibling
from dedup.words import comparable

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Dispatch", "find"]

Numbers = NDArray[np.int64]

_PAIR_BLOCK = 1 << 12  # pairs scored at a time
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What siblings are told by."""

    cluster: str  # id of the cluster
    agency: str
    title: str
    story: str  # the original's story lines, furniture left out; limits.SIBLING_WORDS words of it are enough
    first: datetime | None  # earliest believable time
    subject: bytes = b""  # what `told` has made of title and story


@dataclass(frozen=True, slots=True)
class Subject:
    """What a dispatch is about. Keys are comparable forms."""

    counts: dict[str, int]
    names: dict[str, str]  # -> as written
    figures: dict[str, str]
    heading: dict[str, str]  # headline words


def told(dispatch: Dispatch) -> Dispatch:
    """The same, its story read: so that whoever has the story does the reading, in whatever process."""
    subject = _subject(dispatch)
    held = orjson.dumps((subject.counts, subject.names, subject.figures, subject.heading))
    return replace(dispatch, story="", subject=held)


def find(dispatches: Sequence[Dispatch]) -> dict[str, tuple[Sibling, ...]]:
    """Cluster id -> its siblings, the surest first. Clusters without any are left out.

    Cost: linear in the texts and in the candidates, at most SIBLING_HOLDERS of which a name of a dispatch can give.
    """
    if len({dispatch.agency for dispatch in dispatches}) < 2:
        return {}
    ordered = sorted(dispatches, key=lambda d: (d.first or _LAST, d.cluster))
    vectors, names, holders = _vectors(ordered)
    left, right = _candidates(ordered, names, holders)
    near = _near(ordered, left, right)
    left, right = left[near], right[near]
    scores = _cosines(vectors, left, right)
    level = scores >= SIBLING_LEVEL
    likely = zip(scores[level].tolist(), left[level].tolist(), right[level].tolist(), strict=True)
    return _chosen(ordered, list(likely))


# ---------------------------------------------------------------- what a dispatch is about

_STOP = frozenset(
    "the a an and of to in on at for with by from as is was were are be been has have had he she it they his her "
    "its their that this which who will would could not but or if than about after said says also more into over "
    "out up one two no we you i our my what when there all can so do did him them new".split()
)
_NO_NAME = _STOP | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec mr mrs ms dr reuters ap "
    "afp associated press agence france presse pti ani ians gmt".split()
)
# Words without their possessive; figures keep their separators.
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,:]\d+)*")
# A word inside a sentence; the caller looks whether it is capitalised. Where a sentence begins, any word is. That the
# expression begins with a plain space makes it three times as fast.
_INSIDE = re.compile(r" (?<=[^.!?:\n\"“”‘] )([^\W\d_a-z][^\W\d_]+)")


@lru_cache(maxsize=256)
def _subject(dispatch: Dispatch) -> Subject:
    if dispatch.subject:
        return Subject(*orjson.loads(dispatch.subject))
    keys = _keys(_WORD.findall(dispatch.story)[:SIBLING_WORDS])
    heading = {key: text for text in _WORD.findall(dispatch.title) if _counts(key := _key(text))}
    often = Counter(keys)
    often.update(keys[:SIBLING_LEAD])
    for _ in range(2):
        often.update(heading.keys())
    counts = {key: n for key, n in often.items() if _counts(key)}
    figures = {key: key for key in dict.fromkeys(keys) if _is_figure(key)}
    inside = [text for text in _INSIDE.findall(dispatch.story) if text[0].isupper()]
    pairs = zip(_keys(inside), inside, strict=True)
    names = {key: text for key, text in pairs if key in counts and key not in _NO_NAME}
    return Subject(counts, names, figures, heading)


def _keys(words: Iterable[str]) -> list[str]:
    return [word.lower() if word.isascii() else comparable(word) for word in words]


_YEAR = re.compile(r"(?:19|20)\d\d")


def _is_figure(key: str) -> bool:
    return key[:1].isdigit() and len(key) > 1 and not _YEAR.fullmatch(key)


def _key(word: str) -> str:
    return word.lower() if word.isascii() else comparable(word)


def _counts(key: str) -> bool:
    return key not in _STOP and (len(key) > 2 or key[0].isdigit()) if key else False


# ---------------------------------------------------------------- pairs


def _vectors(dispatches: Sequence[Dispatch]) -> tuple[csr_array, Numbers, Numbers]:
    """(n, terms) a row of length 1 for each dispatch; and every name with each dispatch that has it, sorted."""
    import scipy.sparse as sparse

    columns: dict[str, int] = defaultdict(itertools.count().__next__)
    terms, counts, named = array("i"), array("i"), array("q")
    offsets, name_counts = [0], []
    for subject in map(_subject, dispatches):
        terms.extend(map(columns.__getitem__, subject.counts))
        counts.extend(subject.counts.values())
        named.extend(map(columns.__getitem__, subject.names))
        offsets.append(len(terms))
        name_counts.append(len(subject.names))
    held, n = np.frombuffer(terms, np.int32), len(dispatches)
    often = np.bincount(held, minlength=1)
    weights = (1 + np.log(np.frombuffer(counts, np.int32).astype(np.float32))) * np.log(1 + (n + 3) / (often[held] + 1))
    row = np.repeat(np.arange(n), np.diff(offsets))
    lengths = np.sqrt(np.bincount(row, weights * weights, n))
    weights *= (1 / np.maximum(lengths, 1e-9))[row]
    rows = sparse.csr_array((weights, held, np.array(offsets)), shape=(n, max(1, len(columns))))
    names, holders = np.frombuffer(named, np.int64), np.repeat(np.arange(n), name_counts)
    order = np.argsort(names, kind="stable")
    return rows, names[order], holders[order]


def _candidates(dispatches: Sequence[Dispatch], names: Numbers, holders: Numbers) -> tuple[Numbers, Numbers]:
    """Pairs of dispatches, by their place in order of time, that share names and are of different agencies.

    Each holder of a name is paired with the next one, then with the next but one, and so on: a step for all at once.
    """
    labels = {label: i for i, label in enumerate(dict.fromkeys(d.agency for d in dispatches))}
    agency = np.array([labels[d.agency] for d in dispatches])
    sizes = np.bincount(names, minlength=1)[names]
    reach = np.where(sizes <= SIBLING_HOLDERS, sizes, SIBLING_NEIGHBOURS)
    pairs = [np.empty(0, np.int64)]
    # Of so many dispatches at a time as give about SIBLING_PAIRS pairs: all pairs at once would be gigabytes.
    block = np.cumsum(np.bincount(holders, reach, len(dispatches))) // SIBLING_PAIRS
    for part in range(int(block[-1]) + 1):
        at, found = np.flatnonzero(block[holders] == part), [np.empty(0, np.int64)]
        for step in range(1, SIBLING_HOLDERS):
            at = at[(at + step < len(names)) & (reach[at] >= step)]
            at = at[names[at] == names[at + step]]
            left, right = holders[at], holders[at + step]
            apart = agency[left] != agency[right]
            found.append(left[apart] * len(dispatches) + right[apart])
        met, shared = np.unique(np.concatenate(found), return_counts=True)
        pairs.append(met[shared >= SIBLING_NAMES])
    left, right = np.divmod(np.concatenate(pairs), len(dispatches))
    return left, right


def _near(dispatches: Sequence[Dispatch], left: Numbers, right: Numbers) -> NDArray[np.bool_]:
    """Whether the times of each pair lie close together, as far as they are known."""
    times = np.array([d.first.timestamp() if d.first else np.nan for d in dispatches])
    apart: NDArray[np.bool_] = np.abs(times[left] - times[right]) > 3600 * SIBLING_HOURS
    return ~apart


def _cosines(rows: csr_array, left: Numbers, right: Numbers) -> NDArray[np.float64]:
    """The cosine of each pair, 0..1."""
    found = [np.empty(0)]
    for start in range(0, len(left), _PAIR_BLOCK):
        block = slice(start, start + _PAIR_BLOCK)
        found.append(np.asarray(rows[left[block]].multiply(rows[right[block]]).sum(axis=1)).ravel())
    return np.concatenate(found)


def _chosen(dispatches: Sequence[Dispatch], likely: Sequence[tuple[float, int, int]]) -> dict[str, tuple[Sibling, ...]]:
    """The pairs of which each is nearly the best that the other's agency has for it."""
    best: dict[tuple[int, str], float] = defaultdict(float)
    for score, i, j in likely:
        best[i, dispatches[j].agency] = max(best[i, dispatches[j].agency], score)
        best[j, dispatches[i].agency] = max(best[j, dispatches[i].agency], score)
    found: dict[str, list[tuple[float, Sibling]]] = defaultdict(list)
    for score, i, j in likely:
        if score >= SIBLING_NEARLY * max(best[i, dispatches[j].agency], best[j, dispatches[i].agency]):
            why = _why(dispatches[i], dispatches[j], score)
            for one, other in ((dispatches[i], dispatches[j]), (dispatches[j], dispatches[i])):
                found[one.cluster].append((score, Sibling(other.cluster, other.agency, why)))
    return {
        cluster: tuple(sibling for _, sibling in sorted(held, key=lambda item: (-item[0], item[1].cluster)))
        for cluster, held in found.items()
    }


# ---------------------------------------------------------------- in words


def _why(one: Dispatch, other: Dispatch, score: float) -> tuple[str, ...]:
    """The names, figures and headline words both have, those used most often first, and the time between the two."""
    left, right = _subject(one), _subject(other)
    often = {term: min(left.counts[term], right.counts[term]) for term in left.counts.keys() & right.counts.keys()}
    kinds = (
        ("names", left.names, right.names), ("figures", left.figures, right.figures),
        ("headline", left.heading, right.heading),
    )  # fmt: skip
    why = [f"{kind}: {told}" for kind, a, b in kinds if (told := _told(a, b, often))]
    return (*why, *_apart(one, other), f"{score:.2f} alike in subject")


def _told(left: dict[str, str], right: dict[str, str], often: dict[str, int]) -> str:
    both = sorted((term for term in left if term in right), key=lambda term: -often.get(term, 0))
    return ", ".join(left[term] for term in both[:5])


def _apart(one: Dispatch, other: Dispatch) -> tuple[str, ...]:
    if one.first is None or other.first is None:
        return ()
    hours = abs(one.first - other.first).total_seconds() / 3600
    return (f"{hours:.0f} hours apart" if hours >= 1.5 else "within the hour and a half",)
