"""How long cleaning and finding credits take an article, on several corpora in one run, against parsing the same text.

    python tests/benchmarks/bench_clean.py [--articles 2000] [--jsonl FILE ...] [--repeat 5]

Articles are made up (corpus.py) and, with --jsonl, the `text` of real ones. Times are CPU microseconds an article, the
best of --repeat runs, each with nothing remembered of the run before; "parse" is orjson.loads of the text alone,
"screened" is furniture where the compiled screen goes first. A line remembered within a run counts, as it does in a
corpus.
"""

# A benchmark talks to the terminal, and finds the package beside it before it imports it.
# ruff: noqa: T201, E402

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

import corpus
import orjson

from dedup.clean import cues, furniture, furniture_of, story_spans, unmarked
from dedup.credits import find_credits
from dedup.sign import texts_of


def rows(texts: list[str]) -> dict[str, Callable[[], object]]:
    packed = [orjson.dumps(text) for text in texts]
    marks = [furniture(text) for text in texts]
    arrays = texts_of(texts)
    furniture_of(texts[:1], texts_of(texts[:1]), compiled=True)
    return {
        "parse": lambda: [orjson.loads(text) for text in packed],
        "furniture": lambda: [furniture(text) for text in texts],
        "story_spans": lambda: [story_spans(text, held) for text, held in zip(texts, marks, strict=True)],
        "unmarked": lambda: [unmarked(text, held) for text, held in zip(texts, marks, strict=True)],
        "screened": lambda: furniture_of(texts, arrays, compiled=True),
        "find_credits": lambda: [find_credits(text, marks=held) for text, held in zip(texts, marks, strict=True)],
    }


def seconds(run: Callable[[], object]) -> float:
    cues.cue_of_short.cache_clear()
    start = time.process_time()
    run()
    return time.process_time() - start


def show(name: str, texts: list[str], repeat: int) -> None:
    length = sum(map(len, texts)) / len(texts)
    lines = sum(len(text.split("\n")) for text in texts) / len(texts)
    print(f"{name}: {len(texts):,} articles of {length:,.0f} characters and {lines:.0f} lines")
    for label, run in rows(texts).items():
        print(f"  {label:<13}{min(seconds(run) for _ in range(repeat)) / len(texts) * 1e6:8.1f} us")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--jsonl", type=Path, nargs="*", default=[])
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    show("made up", [article["text"] for article in corpus.articles(given.articles)], given.repeat)
    for path in given.jsonl:
        with path.open(encoding="utf-8") as file:
            texts = [json.loads(line)["text"] for line in itertools.islice(file, given.articles)]
        show(path.name, texts, given.repeat)


if __name__ == "__main__":
    main()
