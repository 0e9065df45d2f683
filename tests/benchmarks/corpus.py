"""Corpus: a number and a seed -> made-up news articles, and the truth about which of them carry one dispatch.

Words are made up and drawn by Zipf's law, so no article says anything. What is planted, as shares of the articles:

    60 %  stand alone: a dispatch that one outlet carries
    40 %  carry a dispatch that several outlets carry (2 to 60 of them, 5 on average). The first is the dispatch itself;
          of the others:
            30 %  copies, word for word
            30 %  excerpts: the first 20 to 90 % of the words
            25 %  versions: 5 % of the words changed, up to two paragraphs appended
            15 %  mixed: the first halves of two dispatches, one after the other

A dispatch has 250 to 550 words (400 on average) in sentences of 12 to 28 and paragraphs of 1 to 4; a fifth of the
sentences hold a quotation. Six articles in ten open and close with one of their outlet's own three lines (80 outlets).
With `giant`, that share of all articles carries dispatch 0 instead: one bucket of that size.

Two floods, for what grows with the square of the articles: `identical`, one story under n ids, outlets and addresses;
`boilerplate`, n stories of 60 to 240 words, each after one and the same block of 1,000 words.

Every article is made from its own number alone: articles(n) streams in memory that does not grow with the texts.
About 20 s for 100,000 articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

SEED = 1
VOCABULARY = 60_000
ZIPF = 1.05
OUTLETS = 80

ORIGINAL, COPY, EXCERPT, VERSION, MIXED = range(5)
KINDS = ("original", "copy", "excerpt", "version", "mixed")
_SHARES = (0.30, 0.30, 0.25, 0.15)  # of COPY .. MIXED
_ALONE = 0.60
_EXTRA_CARRIERS = 4  # mean of a geometric distribution, on top of 2
_MOST_CARRIERS = 60

# What follows a word. A sentence ends in STOP or PARAGRAPH, one with a quotation in their closing forms.
_SPACE, _COMMA, _STOP, _PARAGRAPH, _OPENING, _STOP_CLOSING, _PARAGRAPH_CLOSING = range(7)
_AFTER = [" ", ", ", ". ", ".\n\n", ", “", ".” ", ".”\n\n"]
_DRAWS = 1 << 21  # entries of the table that words are drawn from


@dataclass(frozen=True, slots=True)
class Plan:
    """The truth: what article i is. Its id is `article_id(i)`."""

    dispatch: NDArray[np.int64]  # the dispatch it carries
    second: NDArray[np.int64]  # the other one of a mixed article, else -1
    kind: NDArray[np.int8]  # index into KINDS


def article_id(i: int) -> str:
    return f"a{i:07d}"


def plan(n: int, seed: int = SEED, giant: float = 0.0) -> Plan:
    """What n articles are, in the order in which `articles` gives them."""
    pick = np.random.default_rng([seed, 0])
    shared = np.minimum(1 + pick.geometric(1 / _EXTRA_CARRIERS, n), _MOST_CARRIERS)
    shared = shared[: np.searchsorted(np.cumsum(shared), (1 - _ALONE) * n)]
    sizes = np.concatenate((shared, np.ones(n - shared.sum(), dtype=np.int64)))
    dispatch = np.repeat(np.arange(len(sizes)), sizes)
    first = np.concatenate(([True], np.diff(dispatch) > 0)) if n else np.zeros(0, dtype=bool)
    kind = np.where(first, ORIGINAL, pick.choice([COPY, EXCERPT, VERSION, MIXED], n, p=_SHARES))
    if giant:
        dispatch[-int(giant * n) :] = 0
        kind[-int(giant * n) :] = COPY
    second = np.where(kind == MIXED, pick.integers(0, max(1, len(sizes)), n), -1)
    order = pick.permutation(n)
    return Plan(dispatch[order], second[order], kind[order].astype(np.int8))


def articles(n: int, seed: int = SEED, giant: float = 0.0) -> Iterator[dict[str, str]]:
    """n articles: id, outlet, title, published, url, text."""
    planned = plan(n, seed, giant)
    columns = (planned.dispatch.tolist(), planned.second.tolist(), planned.kind.tolist())
    for i, (dispatch, second, kind) in enumerate(zip(*columns, strict=True)):
        yield _article(seed, i, dispatch, second, kind)


def _article(seed: int, i: int, dispatch: int, second: int, kind: int) -> dict[str, str]:
    pick = _stream(seed, 1, i)
    words, after = _dispatch(seed, dispatch)
    title = " ".join(_vocabulary(seed)[w % VOCABULARY] for w in words[:8].tolist()).capitalize()
    if kind == EXCERPT:
        words, after = _cut(words, after, pick.uniform(0.2, 0.9))
    elif kind == VERSION:
        words, after = _version(seed, words, after, pick)
    elif kind == MIXED:
        parts = (_cut(words, after, 0.5), _cut(*_dispatch(seed, second), 0.5))
        words, after = (np.concatenate(both) for both in zip(*parts, strict=True))
    number = int(pick.integers(OUTLETS))
    outlet = f"outlet{number:02d}.example"
    minutes = dispatch % 1440 + (0 if kind == ORIGINAL else int(pick.integers(1, 600)))
    return {
        "id": article_id(i),
        "outlet": outlet,
        "title": title,
        "published": f"2031-03-{1 + minutes // 1440:02d}T{minutes // 60 % 24:02d}:{minutes % 60:02d}:00Z",
        "url": f"https://{outlet}/2031/03/{title.lower().replace(' ', '-')}-{i}",
        "text": _furnished(seed, number, _written(seed, words, after), pick),
    }


def identical(n: int, seed: int = SEED) -> Iterator[dict[str, str]]:
    """One article n times, as so many outlets have it."""
    first = _article(seed, 0, 0, -1, COPY)
    for i in range(n):
        outlet = f"outlet{i % OUTLETS:02d}.example"
        yield {**first, "id": article_id(i), "outlet": outlet, "url": f"https://{outlet}/{i}"}


def boilerplate(n: int, seed: int = SEED) -> Iterator[dict[str, str]]:
    """n articles that share a long block, and no more."""
    block = _written(seed, *_passage(seed, 1_000, _stream(seed, 3, 0)))
    for i in range(n):
        pick = _stream(seed, 4, i)
        own = _written(seed, *_passage(seed, int(pick.integers(60, 241)), pick))
        outlet = f"outlet{int(pick.integers(OUTLETS)):02d}.example"
        yield {
            "id": article_id(i), "outlet": outlet, "title": own[:60], "published": "2031-03-04T12:00:00Z",
            "url": f"https://{outlet}/{i}", "text": f"{block}\n\n{own}",
        }  # fmt: skip


# ---------------------------------------------------------------- words


def _stream(seed: int, purpose: int, number: int) -> np.random.Generator:
    """Random numbers of one article or dispatch; costs far less than a generator with a hashed seed."""
    return np.random.Generator(np.random.Philox(key=seed << 8 | purpose, counter=number << 64))


@cache
def _vocabulary(seed: int) -> list[str]:
    """Made-up words, the most frequent first and short; then all of them again with a capital."""
    pick = np.random.default_rng([seed, 2])
    syllables = ["".join(pair) for pair in product("bdfghklmnprstvz", ("a", "e", "i", "o", "u", "an", "er", "il"))]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        length = 1 + (len(words) > 40) + (len(words) > 6000)
        words["".join(syllables[s] for s in pick.integers(len(syllables), size=length))] = None
    return [*words, *map(str.capitalize, words)]


@cache
def _draws(seed: int) -> NDArray[np.int32]:
    """Word numbers, each as often as Zipf's law has it: drawing from it evenly draws words by frequency."""
    shares = 1 / np.arange(1, VOCABULARY + 1) ** ZIPF
    ends = np.cumsum(shares / shares.sum()) * _DRAWS
    return np.searchsorted(ends, np.arange(_DRAWS) + 0.5).clip(max=VOCABULARY - 1).astype(np.int32)


def _passage(seed: int, n: int, pick: np.random.Generator) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """n words in sentences and paragraphs, and what follows each."""
    words = _draws(seed)[pick.integers(_DRAWS, size=n)]
    after = np.where(pick.random(n) < 0.06, _COMMA, _SPACE).astype(np.int8)
    ends = np.cumsum(pick.integers(12, 29, size=n // 12 + 1)) - 1
    ends = np.append(ends[ends < n - 12], n - 1)
    starts = np.concatenate(([0], ends[:-1] + 1))
    breaks = pick.random(len(ends)) < 0.4
    breaks[-1] = True
    after[ends] = np.where(breaks, _PARAGRAPH, _STOP)
    quoting = np.flatnonzero(pick.random(len(ends)) < 0.2)
    after[starts[quoting] + 3] = _OPENING
    after[ends[quoting]] += _STOP_CLOSING - _STOP
    words[starts] += VOCABULARY
    words[starts[quoting] + 4] = words[starts[quoting] + 4] % VOCABULARY + VOCABULARY
    return words, after


def _dispatch(seed: int, number: int) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    pick = _stream(seed, 0, number)
    return _passage(seed, int(pick.integers(250, 551)), pick)


def _cut(words: NDArray[np.int32], after: NDArray[np.int8], share: float) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    n = max(1, int(share * len(words)))
    after = after[:n].copy()
    after[-1] = _PARAGRAPH
    return words[:n], after


def _version(
    seed: int, words: NDArray[np.int32], after: NDArray[np.int8], pick: np.random.Generator
) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """5 % of the words changed, none to two paragraphs of 40 words appended."""
    words = words.copy()
    changed = pick.integers(len(words), size=len(words) // 20)
    capital = words[changed] // VOCABULARY * VOCABULARY
    words[changed] = _draws(seed)[pick.integers(_DRAWS, size=len(changed))] + capital
    added = int(pick.integers(3))
    if not added:
        return words, after
    more = _passage(seed, 40 * added, pick)
    return np.concatenate((words, more[0])), np.concatenate((after, more[1]))


def _written(seed: int, words: NDArray[np.int32], after: NDArray[np.int8]) -> str:
    spelt = _vocabulary(seed)
    parts = [""] * (2 * len(words))
    parts[::2] = [spelt[w] for w in words.tolist()]
    parts[1::2] = [_AFTER[a] for a in after.tolist()]
    return "".join(parts).rstrip()


@cache
def _house_lines(seed: int, outlet: int) -> list[str]:
    """Three lines that an outlet puts around its articles."""
    pick = _stream(seed, 2, outlet)
    return [
        _written(seed, *_passage(seed, n, pick)).replace("\n\n", " ") for n in pick.integers(13, 24, size=3).tolist()
    ]


def _furnished(seed: int, outlet: int, text: str, pick: np.random.Generator) -> str:
    if pick.random() < 0.4:
        return text
    top, middle, bottom = _house_lines(seed, outlet)
    return "\n\n".join((top, text, middle, bottom) if pick.random() < 0.5 else (text, bottom))


def as_json_lines(n: int, seed: int = SEED, giant: float = 0.0) -> Iterator[bytes]:
    """The articles as JSONL."""
    import orjson

    dumps: Any = orjson.dumps
    return (dumps(article) + b"\n" for article in articles(n, seed, giant))
