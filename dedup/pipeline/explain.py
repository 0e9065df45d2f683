"""Explain: a run and two ids -> why the two were, or were not, put together, and what would have changed that.

The pair is measured again on its own, so that it is answered whether or not the search met it; the decision itself is
the run's. Reasons are sentences: what the rule is, and what it saw.
"""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dedup import clean, limits, sets, verify
from dedup.credits import find_credits, wire_agency
from dedup.errors import UsageError
from dedup.model import Article, Cluster, Clusters, Explanation, Member, Sets, Side, Verdict
from dedup.pipeline.run import Run
from dedup.words import Word, abridged, words


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, measured."""

    rows: tuple[int, int]
    numbers: tuple[int, int]  # -1: too short to take part
    shared: int
    narrative: int  # of them, outside quotation marks in both
    sizes: tuple[int, int]  # shingles
    weight: float  # containment with quotations at limits.QUOTED_WEIGHT
    closeness: float  # the same, lowered where the two are unlike
    in_passages: int  # narrative shingles in shared runs, of the side that has fewer
    tokens: tuple[int, int]
    weighed: float  # size of the shorter, quotations at limits.QUOTED_WEIGHT


def check_ids(run: Run, a: str, b: str) -> None:
    """Raises UsageError for an id that no article has, or for twice the same."""
    known = set(run.texts.ids)
    for id in (a, b):
        if id not in known:
            near = difflib.get_close_matches(id, run.texts.ids, n=1)
            raise UsageError(f"no article has the id {id!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    if a == b:
        raise UsageError(f"{a!r} is one article; name two")


def explain(run: Run, result: Clusters, a: str, b: str) -> Explanation:
    """The explanation for the articles with the ids `a` and `b`."""
    pair = _measured(run, run.texts.ids.index(a), run.texts.ids.index(b))
    home = {m.id: (c, m) for c in result.clusters for m in c.members}
    articles = tuple(run.corpus.article(row, run.texts.ids[row]) for row in pair.rows)
    left, right = (
        _side(article, home.get(article.id), count) for article, count in zip(articles, pair.tokens, strict=True)
    )
    verdict = _verdict(result, left, right, pair)
    smaller, union = max(1, min(pair.sizes)), max(1, sum(pair.sizes) - pair.shared)
    return Explanation(
        result.settings, verdict, left, right, pair.shared, pair.shared / union, pair.shared / smaller,
        pair.shared / max(1, pair.sizes[0]), pair.shared / max(1, pair.sizes[1]), pair.closeness,
        tuple(_why(run, result, pair, verdict, left, right)), tuple(_otherwise(run, pair, verdict)),
        passages(articles[0].text, articles[1].text),
    )  # fmt: skip


# ---------------------------------------------------------------- measuring


def _measured(run: Run, a: int, b: int) -> Pair:
    rows = (a, b)
    held = {row: number for number, same in enumerate(run.texts.copies) for row in same if row in rows}
    numbers = (held.get(a, -1), held.get(b, -1))
    both = _sets(run, rows, numbers)
    zero, one = np.zeros(1, np.int64), np.ones(1, np.int64)
    match = verify.compare(both, zero, one, compiled=False)
    runs = verify.passages(both, run.corpus.text_order(np.array(rows)), zero, one, compiled=False)
    weight = float(match.weight()[0])
    closeness = float(_closeness(run, numbers, match)) if min(numbers) >= 0 else weight
    tokens = run.corpus.rows.tokens[list(rows)].tolist()
    weighed = both.narrative + limits.QUOTED_WEIGHT * (match.total - both.narrative)
    return Pair(
        rows, numbers, int(match.shared[0]), int(match.shared_narrative[0]), (int(match.total[0]), int(match.total[1])),
        weight, closeness, int(min(runs.in_a[0], runs.in_b[0])), (tokens[0], tokens[1]), float(weighed.min()),
    )  # fmt: skip


def _sets(run: Run, rows: tuple[int, int], numbers: tuple[int, int]) -> Sets:
    """The two shingle sets: the run's own, where both took part."""
    if min(numbers) < 0:
        return sets.build(run.corpus.text_order(np.array(rows)), np.empty((0, 3), np.int64))
    held = run.shingles
    keys = [held.keys[held.offsets[n] : held.offsets[n + 1]] for n in numbers]
    offsets = np.concatenate(([0], np.cumsum([len(k) for k in keys])))
    return Sets(np.concatenate(keys), offsets, held.narrative[list(numbers)])


def _closeness(run: Run, numbers: tuple[int, int], match: verify.Matches) -> float:
    a, b = np.array([min(numbers)]), np.array([max(numbers)])
    whole = verify.Matches(a, b, match.shared, match.shared_narrative, run.matches.total, run.matches.narrative)
    return float(run.unlike.closeness(whole)[0]) if numbers[0] != numbers[1] else 1.0


def _side(article: Article, home: tuple[Cluster, Member] | None, tokens: int) -> Side:
    marks = clean.furniture(article.text)
    found = find_credits(article.text, author=article.author, outlet=article.outlet, url=article.url, marks=marks)
    agency, why = wire_agency(found)
    named: dict[str, Counter[str]] = {}
    for credit in found:
        named.setdefault(credit.agency, Counter())[credit.role] += 1
    credits = tuple(f"{agency}: {_counted(roles)}" for agency, roles in sorted(named.items()))
    cluster, member = home if home else (None, None)
    return Side(
        article.id, article.outlet, article.title, article.published, article.path, cluster.id if cluster else "",
        member.role if member else "", member.version if member else "", agency, why, credits,
        member.notes if member else (), tokens,
    )  # fmt: skip


def _counted(roles: Counter[str]) -> str:
    """'dateline, told (2)'."""
    return ", ".join(role if count == 1 else f"{role} ({count})" for role, count in sorted(roles.items()))


# ---------------------------------------------------------------- the decision in words


def _verdict(result: Clusters, left: Side, right: Side, pair: Pair) -> Verdict:
    if min(pair.numbers) >= 0 and pair.numbers[0] == pair.numbers[1]:
        return "same text"
    if left.cluster and left.cluster == right.cluster:
        return "one cluster"
    listed = any({r.a, r.b} == {left.id, right.id} for r in result.reuse)
    return "reuse" if listed else "apart"


def _why(run: Run, result: Clusters, pair: Pair, verdict: Verdict, left: Side, right: Side) -> list[str]:
    if verdict == "same text":
        return ["their stories are equal, word for word, once furniture is taken out"]
    short = [f"{side.id} has {side.words} story words" for side in (left, right) if side.words < limits.MIN_TOKENS]
    if short:
        return [*short, f"an article of fewer than {limits.MIN_TOKENS} words is too short to tell a copy from a phrase"]
    why = [*_unlike(pair), *_grouped(run, pair, verdict), *_linked(result, left, right)]
    if verdict != "one cluster":
        why.append(_reused(pair, verdict))
    if left.outlet and left.outlet == right.outlet:
        why.append("both are of one outlet, which makes no difference")
    return why


def _linked(result: Clusters, left: Side, right: Side) -> Iterator[str]:
    """What else their clusters have to do with each other: siblings, and passages carried over."""
    for cluster in result.clusters:
        for sibling in cluster.siblings:
            if (cluster.id, sibling.cluster) == (left.cluster, right.cluster):
                yield f"their clusters are siblings, two agencies on one event ({'; '.join(sibling.why)})"
        for member in cluster.members:
            for one, other in ((left, right), (right, left)):
                if member.id == one.id and other.cluster in member.also_carries:
                    yield f"{one.id} also carries the dispatch of {other.cluster}"


def _unlike(pair: Pair) -> list[str]:
    told = f"closeness {pair.closeness:.2f}: the share of the shorter story that the other has"
    told += f" (words in quotations count {limits.QUOTED_WEIGHT:g})"
    if pair.closeness < pair.weight:
        return [
            f"{told}; lowered from {pair.weight:.2f} because one is a round-up and the other is not, or both follow "
            "one template with other names and figures"
        ]
    return [told]


def _grouped(run: Run, pair: Pair, verdict: Verdict) -> list[str]:
    average, others = _average(run, pair)
    level = f"{limits.SAME_DISPATCH:.2f}"
    if verdict == "one cluster":
        why = [f"articles are one dispatch when their groups are {level} close on average"]
        if pair.closeness < limits.SAME_DISPATCH:
            why.append(f"the two alone are not; {_bridge(run, pair)} brings them together")
        return why
    if pair.closeness < limits.SAME_DISPATCH:
        return [f"below {level}, the closeness from which articles are one dispatch"]
    if others:
        return [
            f"close enough alone, but their groups ({others} texts) are {average:.2f} close on average, below {level}"
        ]
    return ["close enough, but other groups were closer to each of them"]


def _average(run: Run, pair: Pair) -> tuple[float, int]:
    """The average closeness of the two articles' groups, and how many texts they have; 0, 0 when never compared."""
    groups = [int(run.labels[n]) for n in pair.numbers]
    in_a, in_b = run.labels[run.within.a], run.labels[run.within.b]
    between = ((in_a == groups[0]) & (in_b == groups[1])) | ((in_a == groups[1]) & (in_b == groups[0]))
    if not between.any():
        return 0.0, 0
    size = int(np.isin(run.labels, groups).sum())
    return float(run.unlike.closeness(run.within.where(between)).mean()), size


def _bridge(run: Run, pair: Pair) -> str:
    """The article of their cluster that is closest to both."""
    a, b = pair.numbers
    inside = run.labels[run.within.a] == run.labels[a]
    inside &= run.labels[run.within.b] == run.labels[a]
    held = run.within.where(inside)
    close = run.unlike.closeness(held)
    to: dict[int, dict[int, float]] = {a: {}, b: {}}
    for x, y, c in zip(held.a.tolist(), held.b.tolist(), close.tolist(), strict=True):
        for one, other in ((x, y), (y, x)):
            if one in to and other not in to:
                to[one][other] = c
    both = to[a].keys() & to[b].keys()
    if not both:
        return "the others of their group"
    best = max(both, key=lambda n: (min(to[a][n], to[b][n]), -n))
    id = run.texts.ids[int(run.texts.rows[best])]
    return f"{id} ({to[a][best]:.2f} and {to[b][best]:.2f} close to them)"


def _reused(pair: Pair, verdict: Verdict) -> str:
    held = f"{pair.in_passages} word sequences in shared passages outside quotations"
    return f"{held}; from {limits.REUSE_SHINGLES} on that is reuse" + (
        ""
        if (pair.in_passages >= limits.REUSE_SHINGLES) == (verdict == "reuse")
        else ", but the list of pairs was full"
    )


def _otherwise(run: Run, pair: Pair, verdict: Verdict) -> list[str]:
    """What would have changed the decision."""
    if verdict == "same text":
        return ["another word in either story: then the shares decide"]
    if min(pair.tokens) < limits.MIN_TOKENS:
        return [f"a story of {limits.MIN_TOKENS} words or more"]
    if verdict == "one cluster":
        return _apart_if(pair)
    missing = math.ceil((limits.SAME_DISPATCH - pair.closeness) * pair.weighed)
    change = [f"about {missing} more word sequences in common would make them one dispatch"] if missing > 0 else []
    if missing <= 0:
        change.append("a closer fit of their other articles would make them one dispatch")
    lacking = limits.REUSE_SHINGLES - pair.in_passages
    if verdict == "apart" and lacking > 0:
        change.append(f"{lacking} more word sequences in passages would make it reuse")
    if verdict == "reuse":
        change.append(f"{1 - lacking} fewer in passages, and they would not be listed at all")
    return change


def _apart_if(pair: Pair) -> list[str]:
    spare = math.ceil((pair.closeness - limits.SAME_DISPATCH) * pair.weighed)
    if spare > 0:
        level = f"{pair.closeness:.2f}"
        return [f"with about {spare} fewer word sequences in common, or a level above {level}, they would be apart"]
    return ["without the articles between them they would be apart"]


# ---------------------------------------------------------------- the passages


def passages(text: str, other: str) -> tuple[str, ...]:
    """Runs of words of `text`'s story that `other`'s story has too, the longest first, quoted short.

    At least limits.EXPLAIN_WORDS words long, at most limits.EXPLAIN_PASSAGES of them. Cost: linear in both.
    """
    held = _story_words(text)
    known = {tuple(w.norm for w in run) for run in _windows(_story_words(other))}
    runs: list[tuple[int, int]] = []
    for i, window in enumerate(_windows(held)):
        if tuple(w.norm for w in window) in known:
            last = i + limits.SHINGLE_TOKENS
            if runs and runs[-1][1] >= i:
                runs[-1] = (runs[-1][0], last)
            else:
                runs.append((i, last))
    long = sorted((r for r in runs if r[1] - r[0] >= limits.EXPLAIN_WORDS), key=lambda r: (r[0] - r[1], r[0]))
    return tuple(_quoted(text, held, first, last) for first, last in long[: limits.EXPLAIN_PASSAGES])


def _story_words(text: str) -> list[Word]:
    spans = clean.story(text)[1]
    return [
        Word(start + w.start, start + w.end, w.text, w.norm) for start, end in spans for w in words(text[start:end])
    ]


def _windows(held: list[Word]) -> list[list[Word]]:
    size = limits.SHINGLE_TOKENS
    return [held[i : i + size] for i in range(len(held) - size + 1)]


def _quoted(text: str, held: list[Word], first: int, last: int) -> str:
    """The passage, its middle left out when it is long, and how many words it has."""
    whole = " ".join(text[held[first].start : held[last - 1].end].split())
    return f"{abridged(whole, limits.EXPLAIN_QUOTE)} [{last - first} words]"
