"""Query: articles -> which articles of an index they share text with, and how much.

Candidates are the articles that share sampled shingles (postings.py), those with most in common first, rare shingles
before common ones where there are too many; a store that keeps LSH bands adds what meets in one. What remains is
compared exactly, on whole shingle sets, as a clustering would. What takes the whole corpus or the texts is left out:
lines an outlet repeats count, figures and names of short texts from one template do not.

Cost of one query: a page per shingle and segment, and at most limits.INDEX_QUERY_ARTICLES exact comparisons. Neither
grows with the number of articles but through the number of segments, which is its logarithm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dedup import limits, sets, sign, verify
from dedup.clean import story_spans
from dedup.errors import InputError, UsageError
from dedup.index import pack, postings
from dedup.index.add import identity
from dedup.index.postings import Hashes, Postings
from dedup.index.store import Store
from dedup.index.texts import text_of
from dedup.model import Article, Earlier, Mark, Recognised, Sets, Skipped, TextOrder
from dedup.pipeline import intake
from dedup.watch import Watch
from dedup.words import abridged

_SHIFT = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_AGAIN = re.compile(r"(.+)~([1-9][0-9]{0,8})", re.DOTALL)
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """An article to be looked up."""

    article: Article
    marks: tuple[Mark, ...]
    digest: bytes
    hashes: Hashes  # shingles in text order
    quoted: NDArray[np.bool_]
    signature: NDArray[np.uint32]
    tokens: int
    roundup: bool
    number: int = -1  # its own in the index, when it was asked for by id


@dataclass(frozen=True, slots=True)
class Near:
    """An asked article (by place) and an article of the index (by number) that were compared."""

    asked: int
    number: int
    jaccard: float
    containment: float
    share_of_asked: float
    share_of_number: float
    closeness: float
    narrative: int  # shared shingles outside quotations


class Lookup:
    """Looks articles up in one state of an index."""

    def __init__(self, store: Store) -> None:
        self._store = store
        head = store.head()
        self._postings = Postings(
            head.segments, lambda n: store.blobs("pages", n), lambda n: store.blobs("directories", n), store.where
        )

    def near(self, asked: Sequence[Asked], most: int, thin: int = 1) -> tuple[list[Near], int]:
        """For each of some articles up to `most` of the index, compared; and how many candidates were left out.

        thin: only every so-manieth sampled shingle is looked up.
        """
        pairs, left_out = self._candidates(asked, most, thin)
        if not pairs:
            return [], left_out
        numbers = sorted({number for _, number in pairs})
        held = {n: pack.unpacked(data, self._store.where) for n, data in self._store.blobs("articles", numbers)}
        pairs = [(i, number) for i, number in pairs if number in held]
        return list(_compared(asked, held, pairs)), left_out

    def _candidates(self, asked: Sequence[Asked], most: int, thin: int) -> tuple[list[tuple[int, int]], int]:
        """Pairs of a place in `asked` and a number, and how many were left out."""
        keys = postings.posted([(i, postings.sampled(one.hashes, thin)) for i, one in enumerate(asked)])
        wanted = (keys >> _SHIFT).astype(np.uint32)
        found = self._postings.lookup(np.unique(wanted)).keys
        pairs = _joined(keys, found, limits.INDEX_QUERY_POSTINGS * len(asked))
        met, counts = np.unique(pairs, return_counts=True)
        least = np.array([_least(one, thin) for one in asked])
        place, number = (met >> _SHIFT).astype(np.int64), (met & _LOW).astype(np.int64)
        own = np.array([one.number for one in asked])
        kept = (counts >= least[place]) & (number != own[place]) if len(met) else np.zeros(0, np.bool_)
        place, number, counts = place[kept], number[kept], counts[kept]
        order = np.lexsort((number, -counts, place))
        rank = np.arange(len(order)) - np.searchsorted(place[order], place[order])
        chosen = order[rank < most]
        banded = self._banded(asked) - {(int(i), int(n)) for i, n in zip(place, number, strict=True)}
        pairs_found = [*zip(place[chosen].tolist(), number[chosen].tolist(), strict=True), *sorted(banded)]
        return pairs_found, len(order) - len(chosen)

    def _banded(self, asked: Sequence[Asked]) -> set[tuple[int, int]]:
        """What meets in an LSH band, where the store keeps bands; few articles at a time ask for it."""
        if len(asked) > 1:
            return set()
        found = set()
        for i, one in enumerate(asked):
            numbers = self._store.keyed(self._store.alike(one.signature.astype("<u4").tobytes())).values()
            found |= {(i, number) for number in sorted(numbers)[: limits.INDEX_QUERY_ARTICLES] if number != one.number}
        return found


def _least(one: Asked, thin: int) -> int:
    """Shared samples that make a candidate: as in a clustering; one where a thinned or short text has few."""
    return 1 if len(one.hashes) < limits.SAMPLE * thin * 4 * limits.MIN_SHARED else limits.MIN_SHARED


def _joined(asked: NDArray[np.uint64], found: NDArray[np.uint64], budget: int) -> NDArray[np.uint64]:
    """Pairs (place in asked, article) for every shingle both have, rare shingles first, within a budget of pairs."""
    hashes = found >> _SHIFT
    first = np.searchsorted(hashes, asked >> _SHIFT, "left")
    counts = np.searchsorted(hashes, asked >> _SHIFT, "right") - first
    order = np.argsort(counts, kind="stable")
    order = order[: int(np.searchsorted(np.cumsum(counts[order]), budget, "right"))]
    asked, first, counts = asked[order], first[order], counts[order]
    ends = np.cumsum(counts)
    places = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(first - (ends - counts), counts)
    pairs: NDArray[np.uint64] = (np.repeat(asked & _LOW, counts) << _SHIFT) | (found[places] & _LOW)
    return pairs


def _compared(asked: Sequence[Asked], held: dict[int, pack.Signed], pairs: Sequence[tuple[int, int]]) -> Iterator[Near]:
    """Exact counts of every pair, as a clustering makes them."""
    numbers = {number: len(asked) + i for i, number in enumerate(held)}
    shingles = _sets(
        [*((one.hashes, one.quoted) for one in asked), *((one.hashes, one.quoted) for one in held.values())]
    )
    a = np.array([i for i, _ in pairs], np.int64)
    b = np.array([numbers[number] for _, number in pairs], np.int64)
    matches = verify.compare(shingles, a, b, compiled=sign.kernel_pays(len(pairs)))
    jaccard, containment, weight = matches.jaccard(), matches.containment(), matches.weight()
    for k, (i, number) in enumerate(pairs):
        shared = int(matches.shared[k])
        mixed = asked[i].roundup != held[number].roundup
        yield Near(
            i, number, float(jaccard[k]), float(containment[k]), shared / max(1, int(matches.total[a[k]])),
            shared / max(1, int(matches.total[b[k]])), float(weight[k]) * (limits.ROUNDUP_WEIGHT if mixed else 1.0),
            int(matches.shared_narrative[k]),
        )  # fmt: skip


def _sets(columns: Sequence[tuple[Hashes, NDArray[np.bool_]]]) -> Sets:
    lengths = np.array([len(hashes) for hashes, _ in columns], np.int64)
    order = TextOrder(
        np.concatenate([np.empty(0, np.uint32), *(hashes for hashes, _ in columns)]),
        np.concatenate([np.empty(0, np.bool_), *(quoted for _, quoted in columns)]),
        np.cumsum(lengths) - lengths,
        lengths,
    )
    return sets.build(order, np.empty((0, 3), np.int64))


# ---------------------------------------------------------------- one article, in words


def recognise(store: Store, one: Asked) -> Recognised:
    """Which dispatch an article carries, as far as the index knows it, and which articles it shares text with."""
    found, left_out = Lookup(store).near([one], limits.INDEX_QUERY_ARTICLES)
    key = identity(one.digest, one.article.id or one.digest.hex())
    itself = set(store.keyed([key]).values())
    told = [near for near in found if near.number not in itself and _tells(one, near)]
    numbers = sorted(near.number for near in told)
    wires = {entry.number for entry in store.chosen(numbers) if entry.wire}
    told.sort(key=lambda near: (-near.closeness, -near.containment, near.number not in wires, near.number))
    blobs = store.blobs("articles", numbers)
    held = {number: pack.unpacked(data, store.where) for number, data in blobs}
    clusters = store.clusters(numbers)
    quote = _Quoter(one)
    earlier = tuple(_earlier(one, near, held[near.number], clusters.get(near.number, ""), quote) for near in told)
    known = one.number >= 0 or bool(itself)
    article = one.article
    dispatch, why = _dispatch(one, earlier)
    return Recognised(
        article.id or one.digest.hex(), article.outlet, article.published, article.title, one.tokens, known, dispatch,
        why, earlier, store.head().articles, left_out,
    )  # fmt: skip


def _tells(one: Asked, near: Near) -> bool:
    """Whether a pair is more than common phrases: close enough for one dispatch, or enough for reuse."""
    long = one.tokens >= limits.MIN_TOKENS
    return long and (near.closeness >= limits.SAME_DISPATCH or near.narrative >= limits.REUSE_SHINGLES)


def _earlier(one: Asked, near: Near, held: pack.Signed, cluster: str, quote: _Quoter) -> Earlier:
    a = held.article
    same = near.closeness >= limits.SAME_DISPATCH and held.tokens >= limits.MIN_TOKENS
    return Earlier(
        a.id, a.outlet, a.published, a.title, a.url, a.path, cluster, near.jaccard, near.containment,
        near.share_of_asked, near.share_of_number, near.closeness, same, quote.passages(held.hashes),
    )  # fmt: skip


def _dispatch(one: Asked, earlier: Sequence[Earlier]) -> tuple[str, str]:
    """The dispatch, and why."""
    if one.tokens < limits.MIN_TOKENS:
        return "", f"{one.tokens} story words: fewer than {limits.MIN_TOKENS} are too few to tell a copy from a phrase"
    same = [match for match in earlier if match.same]
    if not same:
        reused = f"shares passages with {len(earlier):,} articles, and carries no dispatch of the index"
        return "", reused if earlier else "shares neither a dispatch nor a passage with any article of the index"
    clustered = next((match for match in same if match.cluster), None)
    best = clustered or same[0]
    close = f"{best.closeness:.2f} close to {best.id} (one dispatch from {limits.SAME_DISPATCH:.2f} on)"
    if clustered:
        return clustered.cluster, f"{close}, which was in that cluster when the index was last clustered"
    return best.id, f"{close}, which was in no cluster when the index was last clustered"


class _Quoter:
    """Shared runs of words, as the asked article has them. Only shingles of the other one are known."""

    def __init__(self, one: Asked) -> None:
        self._hashes = one.hashes >> np.uint32(1)
        self._text = one.article.text
        self._spans = _token_spans(one) if self._text else []
        if len(self._spans) != len(one.hashes) + limits.SHINGLE_TOKENS - 1:
            self._spans = []  # without its text, or cut otherwise than it was signed: nothing is quoted

    def passages(self, hashes: Hashes) -> tuple[str, ...]:
        """Runs of at least limits.EXPLAIN_WORDS words, the longest first, quoted short."""
        if not self._spans:
            return ()
        shared = np.isin(self._hashes, hashes >> np.uint32(1))
        edges = np.flatnonzero(np.diff(np.concatenate(([False], shared, [False])).astype(np.int8))).tolist()
        runs = [(i, j + limits.SHINGLE_TOKENS - 1) for i, j in zip(edges[::2], edges[1::2], strict=True)]
        long = [run for run in runs if run[1] - run[0] >= limits.EXPLAIN_WORDS]
        long.sort(key=lambda run: (run[0] - run[1], run[0]))
        return tuple(self._quoted(*run) for run in long[: limits.EXPLAIN_PASSAGES])

    def _quoted(self, first: int, last: int) -> str:
        whole = " ".join(self._text[self._spans[first][0] : self._spans[last - 1][1]].split())
        return f"{abridged(whole, limits.EXPLAIN_QUOTE)} [{last - first} words]"


def _token_spans(one: Asked) -> list[tuple[int, int]]:
    """The span of each story token, to the white space around it: no token reaches over that."""
    text, found = one.article.text, []
    for start, end in story_spans(text, one.marks):
        at = start
        for piece in text[start:end].split():
            at = text.index(piece, at)
            found += [(at, at + len(piece))] * len(sign.tokens(piece))
            at += len(piece)
    return found


# ---------------------------------------------------------------- what is asked about


def asked_by_id(store: Store, id: str, folder: Path) -> Asked | None:
    """The article that a clustering of the index gives that id; None if there is none.

    Its text is looked for too: without it nothing is quoted.
    """
    number = _named(store, id)
    if number is None:
        return None
    one = _held(store, [number])[number]
    article = replace(one.article, text=text_of(store, number, one, folder) or "")
    return Asked(article, one.marks, one.digest, one.hashes, one.quoted, one.signature, one.tokens, one.roundup, number)


def _named(store: Store, id: str) -> int | None:
    """Its number. Of several with one id the first in canonical order has it, the next are ID~2, ~3: pipeline.texts."""
    if numbers := store.numbered(id):
        return _canonical(store, numbers)[0]
    again = _AGAIN.fullmatch(id)
    if again is None:
        return None
    count, wanted = 1, int(again[2])
    for number in _canonical(store, store.numbered(again[1]))[1:]:
        count += 1
        while store.numbered(f"{again[1]}~{count}"):  # its own of another article
            count += 1
        if count >= wanted:
            return number if count == wanted else None
    return None


def _canonical(store: Store, numbers: Sequence[int]) -> list[int]:
    """Articles with one id in canonical order."""
    held = _held(store, sorted(numbers))
    return sorted(held, key=lambda number: (held[number].digest, number))


def _held(store: Store, numbers: Sequence[int]) -> dict[int, pack.Signed]:
    held = {number: pack.unpacked(data, store.where) for number, data in store.blobs("articles", numbers)}
    if len(held) != len(numbers):
        raise pack.damaged(store.where, "articles are missing")
    return held


def asked_in(path: str, folder: Path, mapping: dict[str, str], watch: Watch) -> Asked:
    """The one article of a file. Raises InputError when there is none, or more."""
    plan = intake.planned([path], None, mapping, folder, watch)
    skipped: list[Skipped] = list(plan.skipped)
    found = [one for task in plan.tasks for batch in intake.batches(task, skipped) for one in asked_of(batch)]
    if len(found) > 1:
        raise UsageError(f"{path}: holds {len(found):,} articles; a query is about one (dedup check --index for all)")
    if not found:
        why = skipped[0].why if skipped else "holds no article"
        raise InputError(f"{path}: no article to ask about: {why}")
    return found[0]


def asked_of(batch: intake.Batch) -> Iterator[Asked]:
    """The articles of a batch, as they are looked up."""
    signed = batch.signed
    for i, article in enumerate(batch.articles):
        held = slice(signed.offsets[i], signed.offsets[i + 1])
        yield Asked(
            article, tuple(batch.marks[i]), batch.digests[i], signed.hashes[held], signed.quoted[held],
            signed.signatures[i], int(signed.tokens[i]), bool(batch.roundup[i]),
        )  # fmt: skip
