"""Time `align` against difflib doing the same pairing, and how it grows.

usage: python tests/benchmarks/bench_align.py [--rounds N]

The pair: a 30-sentence article against two 40-sentence originals, of invented words at the rates of English; half of
the article is cut and reworded from the originals. difflib pairs every article sentence with its best original sentence
by SequenceMatcher over words. Both run warm, in one process; the best round of each counts, so that a busy machine does
not favour either. Growth: article length doubled at fixed originals; then about 1 MB a side.
"""

from __future__ import annotations

import argparse
import difflib
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dedup.align import align
from dedup.segment import sentences

LETTERS = "aeiou", "bcdfghklmnprstvz"


def vocabulary(size: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    made = {"".join(rng.choice(LETTERS[i % 2 == 0]) for i in range(rng.randint(3, 9))) for _ in range(size * 2)}
    return sorted(made)[:size]


def story(count: int, rng: random.Random, words: list[str]) -> list[str]:
    rates = [1 / (rank + 3) for rank in range(len(words))]
    return [_sentence(rng.choices(words, rates, k=rng.randint(12, 32))) for _ in range(count)]


def _sentence(words: list[str]) -> str:
    return " ".join([words[0].capitalize(), *words[1:]]) + "."


def rewrite(lines: list[str], rng: random.Random, words: list[str]) -> list[str]:
    """Each line with one word in five exchanged and one in five left out."""
    out = []
    for line in lines:
        kept = [
            rng.choice(words) if rng.random() < 0.2 else w.strip(".").lower()
            for w in line.split()
            if rng.random() > 0.2
        ]
        out.append(_sentence(kept or ["nothing"]))
    return out


def pair(rows: int, columns: int, seed: int = 7) -> tuple[list[str], dict[str, list[str]]]:
    rng = random.Random(seed)
    words = vocabulary(12_000, seed)
    wires = {name: story(columns, rng, words) for name in ("Reuters", "AP")}
    source = [line for lines in wires.values() for line in lines]
    taken = rewrite([rng.choice(source) for _ in range(rows // 2)], rng, words)
    article = taken + story(rows - len(taken), rng, words)
    rng.shuffle(article)
    return article, wires


def aligned(article: list[str], wires: dict[str, list[str]]) -> object:
    flags = {name: [False] * len(lines) for name, lines in wires.items()}
    return align(article, wires, furniture=[False] * len(article), original_furniture=flags)


def paired(article: list[str], wires: dict[str, list[str]]) -> list[float]:
    columns = [line.split() for lines in wires.values() for line in lines]
    rows = [line.split() for line in article]
    return [max(difflib.SequenceMatcher(None, row, column).ratio() for column in columns) for row in rows]


def seconds(run: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    run(*arguments)
    return time.perf_counter() - start


def best_of(rounds: int, *runs: tuple[Callable[..., object], tuple]) -> list[float]:
    return [min(seconds(run, *arguments) for _ in range(rounds)) for run, arguments in runs]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    say = sys.stdout.write
    example = pair(30, 40)
    ours, theirs = best_of(rounds, (aligned, example), (paired, example))
    say(f"30 x (40 + 40): align {ours * 1e3:.1f} ms, difflib {theirs * 1e3:.1f} ms, {theirs / ours:.1f} times\n")
    for rows in (100, 200, 400, 800):
        example = pair(rows, 40)
        (took,) = best_of(max(1, rounds // 5), (aligned, example))
        say(f"{rows} x (40 + 40): {took * 1e3:.0f} ms, {took / rows * 1e3:.2f} ms a sentence\n")
    article, wires = pair(7_500, 7_500)
    wires = {"AP": wires["AP"]}
    texts = "\n".join(article), "\n".join(wires["AP"])
    cut = sum(seconds(sentences, text) for text in texts)
    took = seconds(aligned, article, wires)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sizes = " and ".join(f"{len(text) / 1e6:.2f} MB" for text in texts)
    say(f"{sizes}: cut {cut:.1f} s, align {took:.1f} s, {took / cut:.0f} times, peak {peak:.0f} MB\n")


if __name__ == "__main__":
    main()
