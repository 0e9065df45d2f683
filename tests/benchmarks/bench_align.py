"""Time aligning and reading facts against difflib doing the same pairing, and how both grow.

usage: python tests/benchmarks/bench_align.py [--rounds N] [--big]

The pair: a 30-sentence article against two 40-sentence originals, of invented words at the rates of English, with the
figures, days, names, speakers and quotations that news has; half of the article is cut and reworded from the originals.
difflib pairs every article sentence with its best original sentence by SequenceMatcher, over words and over characters
(every fifth row, scaled). All run warm, in one process, taking turns; the best round of each counts, so that a busy
machine does not favour one. Warm means that words are known; the sentences are new in every round: what is kept of
sentences between calls is thrown away before each. Growth: article length doubled at fixed originals. `--big`: 1 MB a
side, in words ever new, segmenting, aligning and all facts.
"""

from __future__ import annotations

import argparse
import difflib
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dedup import facts
from dedup.align import Alignment, align
from dedup.facts import reading, tokens
from dedup.segment import sentences

Wires = dict[str, list[str]]
LETTERS = "aeiou", "bcdfghklmnprstvz"
SMALL = "the of and to in a for that on with was by at from as it is has were but".split()
CHARACTER_ROWS = 5  # difflib over characters runs every so many rows


def vocabulary(size: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    made = {"".join(rng.choice(LETTERS[i % 2 == 0]) for i in range(rng.randint(3, 9))) for _ in range(size * 2)}
    return SMALL + sorted(made - set(SMALL))[:size]


def story(count: int, rng: random.Random, words: list[str]) -> list[str]:
    rates = [1 / (rank + 3) for rank in range(len(words))]
    return [_sentence(_news(rng.choices(words, rates, k=rng.randint(12, 32)), rng, words)) for _ in range(count)]


def _news(line: list[str], rng: random.Random, words: list[str]) -> list[str]:
    """A sentence's words with a name in two of three, a figure in one of two, a day, a speaker, a quotation in some."""
    name = f"{rng.choice(words).capitalize()} {rng.choice(words).capitalize()}"
    if rng.random() < 0.67:
        line.insert(rng.randrange(len(line)), name)
    if rng.random() < 0.5:
        line.insert(rng.randrange(len(line)), rng.choice(["about 40 people", "3.5 percent", "$1.2 million", "seven"]))
    if rng.random() < 0.3:
        line.append(rng.choice(["on Monday", "at 8 p.m.", "on Dec. 5", "in 2018", "last week"]))
    if rng.random() < 0.15:
        line = ['"' + " ".join(line[:9]) + ',"', "said", name, *line[9:]]
    elif rng.random() < 0.15:
        line[-1] += ","
        line += ["police", "said"]
    return line


def _sentence(words: list[str]) -> str:
    text = " ".join(words)
    return f"{text[:1].upper()}{text[1:]}."


def rewrite(lines: list[str], rng: random.Random, words: list[str]) -> list[str]:
    """Each line with one word in ten exchanged and one in five left out."""
    out = []
    for line in lines:
        kept = [rng.choice(words) if rng.random() < 0.1 else w for w in line[:-1].split() if rng.random() > 0.2]
        out.append(_sentence(kept or ["nothing"]))
    return out


def pair(rows: int, columns: int, seed: int = 7, vocabulary_size: int = 12_000) -> tuple[list[str], Wires]:
    rng = random.Random(seed)
    words = vocabulary(vocabulary_size, seed)
    wires = {name: story(columns, rng, words) for name in ("Reuters", "AP")}
    source = [line for lines in wires.values() for line in lines]
    taken = rewrite([rng.choice(source) for _ in range(rows // 2)], rng, words)
    article = taken + story(rows - len(taken), rng, words)
    rng.shuffle(article)
    return article, wires


# ---------------------------------------------------------------- what is timed


def aligned(article: list[str], wires: Wires) -> Alignment:
    flags = {name: [False] * len(lines) for name, lines in wires.items()}
    return align(article, wires, furniture=[False] * len(article), original_furniture=flags)


def told(article: list[str], wires: Wires, found: Alignment) -> int:
    """Every fact of the alignment: typed changes, contradictions of wires, what vanishes with dropped sentences."""
    count = 0
    for text, sentence in zip(article, found.sentences, strict=True):
        linked = [(link, wires[link.original][link.index]) for link in sentence.links]
        if sentence.label == "reworded":
            count += len(facts.changes(text, linked))
        if len({link.original for link in sentence.links}) > 1:
            count += len(facts.contradictions(text, linked))
    known = facts.stated(article)
    return count + sum(len(facts.vanished(wires[name][i], known)) for name, i in found.dropped)


def both(article: list[str], wires: Wires) -> int:
    return told(article, wires, aligned(article, wires))


def paired(article: list[str], wires: Wires, split: Callable[[str], list[str] | str] = str.split) -> list[float]:
    columns = [split(line) for lines in wires.values() for line in lines]
    rows = [split(line) for line in article]
    return [max(difflib.SequenceMatcher(None, row, column).ratio() for column in columns) for row in rows]


def forget() -> None:
    """New sentences: nothing is kept of those seen. What is known of single words stays."""
    for kept in (reading.read, tokens.tokens, tokens.edits):
        kept.cache_clear()


def seconds(run: Callable[[], object], *, new: bool = True) -> float:
    if new:
        forget()
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def best_of(rounds: int, *runs: Callable[[], object]) -> list[float]:
    """The best of each, in turns."""
    return [min(times) for times in zip(*([seconds(run) for run in runs] for _ in range(rounds)), strict=True)]


# ---------------------------------------------------------------- what is said


def small(rounds: int) -> Iterator[str]:
    article, wires = pair(30, 40)
    texts = ["\n".join(lines) for lines in (article, *wires.values())]
    found = aligned(article, wires)
    cut, alone, reading_facts, whole, by_word = best_of(
        rounds,
        lambda: [sentences(text) for text in texts],
        lambda: aligned(article, wires),
        lambda: told(article, wires, found),
        lambda: both(article, wires),
        lambda: paired(article, wires),
    )
    again = min(seconds(lambda: told(article, wires, found), new=False) for _ in range(rounds))
    (sampled,) = best_of(1, lambda: paired(article[::CHARACTER_ROWS], wires, str))
    by_character = sampled * len(article) / len(article[::CHARACTER_ROWS])
    yield f"30 x (40 + 40) sentences, {sum(map(len, texts)):,} characters; best of {rounds}, in ms"
    yield f"  segmenting                    {cut * 1e3:7.1f}"
    yield f"  align                         {alone * 1e3:7.1f}"
    yield f"  facts                         {reading_facts * 1e3:7.1f}"
    yield f"  facts, sentences seen before  {again * 1e3:7.1f}"
    yield f"  align + facts                 {whole * 1e3:7.1f}"
    for name, took in (("words", by_word), ("characters", by_character)):
        note = f" (1 row in {CHARACTER_ROWS}, scaled)" if name == "characters" else ""
        yield f"  difflib on {name:10s}         {took * 1e3:7.1f}{note}: {took / alone:.1f} times align, " + (
            f"{took / whole:.1f} times align + facts"
        )


def growth(rounds: int) -> Iterator[str]:
    for rows in (100, 200, 400, 800):
        article, wires = pair(rows, 40)
        alone, whole = best_of(rounds, partial(aligned, article, wires), partial(both, article, wires))
        each = 1e3 / rows
        yield f"{rows} x (40 + 40): align {alone * each:.3f}, with facts {whole * each:.3f} ms an article sentence"


def big() -> Iterator[str]:
    article, wires = pair(6_800, 6_800, vocabulary_size=60_000)
    wires = {"AP": wires["AP"]}
    texts = "\n".join(article), "\n".join(wires["AP"])
    cut = seconds(lambda: [sentences(text) for text in texts])
    alone = seconds(lambda: aligned(article, wires))
    found = aligned(article, wires)
    reading_facts = seconds(lambda: told(article, wires, found))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sizes = " and ".join(f"{len(text) / 1e6:.2f} MB" for text in texts)
    yield f"{sizes}: segmenting {cut:.2f} s, align {alone:.2f} s, facts {reading_facts:.2f} s"
    yield f"  align {alone / cut:.1f} times, align + facts {(alone + reading_facts) / cut:.1f} times segmenting; " + (
        f"peak {peak:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--big", action="store_true", help="1 MB a side as well (a minute)")
    asked = parser.parse_args()
    parts = [small(asked.rounds), growth(max(3, asked.rounds // 3)), *([big()] if asked.big else [])]
    for part in parts:
        for line in part:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
