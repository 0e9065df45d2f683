"""Oracle: articles -> clusters and reuse as a textbook would find them: Python sets, every pair, no arrays, no hashes.

Slow on purpose. It stands on the plain definitions of the stages before it (`sign.plain`, `clean`, `forms`, `anchors`),
each tested by itself, and on the numbers in `limits`; everything the fast path does between a token and a cluster is
written here a second time.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dedup import clean, limits
from dedup.anchors import agree, anchors
from dedup.forms import is_roundup
from dedup.model import Article
from dedup.sign.plain import tokens, tokens_quoted

Shingle = tuple[str, ...]
Pair = tuple[str, str]
Group = frozenset[str]
Partition = frozenset[Group]
ROUNDING = 1e-9  # averages this close are equal


# ---------------------------------------------------------------- shingles


@dataclass(frozen=True)
class Story:
    """The shingles of one article in text order, and its lines."""

    tokens: int
    shingles: tuple[tuple[Shingle, bool], ...]  # with whether a token of it is quoted
    lines: tuple[tuple[Shingle, int], ...]  # tokens of each line, and how many shingles start in it


def story(text: str) -> Story:
    """The story of an article text, furniture left out."""
    lines = [text[start:end] for start, end in clean.story_spans(text, clean.furniture(text))]
    words = [word for line in lines for word in tokens_quoted(line)]
    k = limits.SHINGLE_TOKENS
    windows = [words[i : i + k] for i in range(len(words) - k + 1)]
    shingles = [(tuple(w for w, _ in window), any(q for _, q in window)) for window in windows]
    counted, before = [], 0
    for line in filter(None, map(tokens, lines)):
        start = min(before, len(shingles))
        before += len(line)
        counted.append((tuple(line), min(before, len(shingles)) - start))
    return Story(len(words), tuple(shingles), tuple(counted))


def dropped(outlets: Sequence[str], lines: Sequence[Sequence[tuple[Hashable, int]]]) -> list[set[int]]:
    """For each article the shingles (by their place) that start in a line its outlet repeats.

    lines: per article each line, and how many shingles start in it. An outlet "" is unknown and repeats nothing.
    """
    seen = Counter(
        (outlet, line) for outlet, rows in zip(outlets, lines, strict=True) for line in {key for key, _ in rows}
    )
    found: list[set[int]] = []
    for outlet, rows in zip(outlets, lines, strict=True):
        places: set[int] = set()
        start = 0
        for line, count in rows:
            if outlet and seen[outlet, line] >= limits.REPEATED_IN:
                places.update(range(start, start + count))
            start += count
        found.append(places if len(places) <= limits.REPEATED_SHARE * start else set())
    return found


def shingle_set(shingles: Sequence[tuple[Hashable, bool]], drop: set[int]) -> dict[Hashable, bool]:
    """Each shingle of an article once, with whether it is quoted wherever it occurs."""
    found: dict[Hashable, bool] = {}
    for place, (shingle, quoted) in enumerate(shingles):
        if place not in drop:
            found[shingle] = found.get(shingle, True) and quoted
    return found


# ---------------------------------------------------------------- pairs


def shared(a: Mapping[Hashable, bool], b: Mapping[Hashable, bool]) -> tuple[int, int]:
    """Shingles in both, and those outside quotation marks in both."""
    both = a.keys() & b.keys()
    return len(both), sum(not a[shingle] and not b[shingle] for shingle in both)


def runs(shingles: Sequence[tuple[Hashable, bool]], other: Mapping[Hashable, bool], least: int) -> list[int]:
    """Lengths of the runs of at least `least` narrative shingles, in text order, that `other` has in its narrative."""
    here = [not quoted and other.get(shingle) is False for shingle, quoted in shingles]
    sizes = [sum(1 for _ in run) for found, run in itertools.groupby(here) if found]
    return [size for size in sizes if size >= least]


def jaccard(a: Mapping[Hashable, bool], b: Mapping[Hashable, bool]) -> float:
    return len(a.keys() & b.keys()) / max(1, len(a.keys() | b.keys()))


def containment(a: Mapping[Hashable, bool], b: Mapping[Hashable, bool]) -> float:
    return len(a.keys() & b.keys()) / max(1, min(len(a), len(b)))


def weight(a: Mapping[Hashable, bool], b: Mapping[Hashable, bool]) -> float:
    """Containment of the lighter set, quoted shingles weighing limits.QUOTED_WEIGHT."""

    def size(total: int, narrative: int) -> float:
        return narrative + limits.QUOTED_WEIGHT * (total - narrative)

    sizes = [size(len(each), sum(not quoted for quoted in each.values())) for each in (a, b)]
    return min(1.0, size(*shared(a, b)) / max(1, min(sizes)))


# ---------------------------------------------------------------- groups


def average_linkage(items: Iterable[str], close: Mapping[frozenset[str], float], least: float) -> set[Partition]:
    """Every outcome of merging the closest two groups, on average, down to `least`: one, unless equally close ones tie.

    `items` hang together. Ties are common: every excerpt is wholly contained in what it was cut from.
    """

    def average(x: Group, y: Group) -> float:
        return sum(close[frozenset((i, j))] for i in x for j in y) / (len(x) * len(y))

    outcomes, seen = set(), set()
    todo = [frozenset(frozenset([item]) for item in items)]
    while todo:
        groups = todo.pop()
        merges = {pair: average(*pair) for pair in itertools.combinations(sorted(groups, key=sorted), 2)}
        closest = max(merges.values(), default=0.0)
        if closest < least + ROUNDING:
            outcomes.add(groups)
        if closest < least - ROUNDING:
            continue
        merged = {groups - {x, y} | {x | y} for (x, y), found in merges.items() if found > closest - ROUNDING}
        todo += merged - seen
        seen |= merged
    return outcomes


def components(items: Iterable[str], close: Mapping[frozenset[str], float], least: float) -> list[Group]:
    """The items that pairs of at least `least` connect."""
    home = {item: frozenset([item]) for item in items}
    for pair, found in close.items():
        if found >= least:
            joined = frozenset().union(*(home[item] for item in pair))
            home |= dict.fromkeys(joined, joined)
    return sorted(set(home.values()), key=sorted)


# ---------------------------------------------------------------- the whole run


@dataclass(frozen=True)
class Corpus:
    """Articles with ids of their own, all different."""

    articles: tuple[Article, ...]

    @cached_property
    def stories(self) -> dict[str, Story]:
        return {a.id: story(a.text) for a in self.articles}

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """The articles long enough to cluster, folded by equal shingles: the id that stands for them -> all ids."""
        folded: dict[tuple[Shingle, ...], list[str]] = defaultdict(list)
        for id in sorted(self.stories):
            if self.stories[id].tokens >= limits.MIN_TOKENS:
                folded[tuple(shingle for shingle, _ in self.stories[id].shingles)].append(id)
        return {ids[0]: ids for ids in folded.values()}

    @cached_property
    def sets(self) -> dict[str, dict[Hashable, bool]]:
        outlet = {a.id: a.outlet for a in self.articles}
        drops = dropped([outlet[id] for id in self.texts], [self.stories[id].lines for id in self.texts])
        return {id: shingle_set(self.stories[id].shingles, drop) for id, drop in zip(self.texts, drops, strict=True)}

    def close(self, a: str, b: str) -> float:
        """The weight of a pair, lowered where the two are a round-up and a story, or two fillings of one template."""
        found = weight(self.sets[a], self.sets[b])
        by_id = {article.id: article for article in self.articles}
        if is_roundup(by_id[a].text, by_id[a].title) != is_roundup(by_id[b].text, by_id[b].title):
            found *= limits.ROUNDUP_WEIGHT
        if found >= limits.SAME_DISPATCH and self.templated(a, b):
            found *= limits.TEMPLATE_WEIGHT
        return found

    def templated(self, a: str, b: str) -> bool:
        """Whether two short texts disagree on figures and names."""
        texts = [article.text for article in self.articles if article.id in (a, b)]
        spans = [clean.story_spans(text, clean.furniture(text)) for text in texts]
        found = [anchors(text[i:j] for i, j in story) for text, story in zip(texts, spans, strict=True)]
        longer = max(self.stories[a].tokens, self.stories[b].tokens)
        return longer <= limits.TEMPLATE_TOKENS and not agree(*found)

    @cached_property
    def outcomes(self) -> list[set[Partition]]:
        """For each component of texts the ways it may fall into groups (more than one where equally close ones tie)."""
        close = {frozenset(pair): self.close(*pair) for pair in itertools.combinations(self.texts, 2)}
        parts = components(self.texts, close, limits.SAME_DISPATCH)
        return [average_linkage(part, close, limits.SAME_DISPATCH) for part in parts]

    def wrong_clusters(self, clusters: Collection[Group]) -> list[str]:
        """What speaks against these clusters of article ids; empty: they are right."""
        home = {id: number for number, cluster in enumerate(clusters) for id in cluster}
        told = []
        parts = [frozenset().union(*next(iter(outcomes))) for outcomes in self.outcomes]
        for cluster in clusters:
            if sum(bool(cluster & part) for part in parts) > 1:
                told.append(f"{sorted(cluster)} holds articles that nothing connects")
        for texts, outcomes in zip(parts, self.outcomes, strict=True):
            groups: dict[object, set[str]] = defaultdict(set)
            for text in texts:
                groups[home.get(text, text)].add(text)
                told += [f"{id} not with {text}" for id in self.texts[text][1:] if home.get(id) != home.get(text, -1)]
            if frozenset(map(frozenset, groups.values())) not in outcomes:
                told.append(f"{sorted(map(sorted, groups.values()))}, not one of {outcomes}")
        return told + [f"{id} is too short" for id in home.keys() - {id for ids in self.texts.values() for id in ids}]

    def reuse(self, clusters: Iterable[Group]) -> dict[Pair, tuple[int, float, float]]:
        """Passages and shares of each pair of articles a < b that is not in one of `clusters`."""
        home = {id: number for number, cluster in enumerate(clusters) for id in cluster}
        found = {}
        for a, b in itertools.combinations(self.texts, 2):
            if home.get(a, a) == home.get(b, b) or shared(self.sets[a], self.sets[b])[1] < limits.REUSE_SHINGLES:
                continue
            if self.templated(a, b):
                continue
            in_a = runs(self.stories[a].shingles, self.sets[b], limits.PASSAGE_SHINGLES)
            in_b = runs(self.stories[b].shingles, self.sets[a], limits.PASSAGE_SHINGLES)
            if min(sum(in_a), sum(in_b)) < limits.REUSE_SHINGLES:
                continue
            shares = [min(1.0, sum(size) / len(self.sets[id])) for id, size in ((a, in_a), (b, in_b))]
            for x, y in itertools.product(self.texts[a], self.texts[b]):
                pair, ordered = ((x, y), shares) if x < y else ((y, x), shares[::-1])
                found[pair] = (min(len(in_a), len(in_b)), ordered[0], ordered[1])
        return found
