"""The Spark engine against the local one on the same made-up articles: seconds, and whether the bytes are equal.

    python tests/benchmarks/bench_spark.py [--articles 20000] [--master local[2]] [--workers 1]

Needs the extra [spark] and Java. Spark's seconds hold its start; the stages are listed with --verbose.
"""

# A benchmark talks to the terminal.
# ruff: noqa: T201

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import bench_peers
import corpus


def main() -> None:
    """Measures and prints two rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--workers", type=int, default=1, help="of the local engine")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        path = folder / "articles.jsonl"
        with path.open("wb") as file:
            file.writelines(corpus.as_json_lines(options.articles))
        command = [sys.executable, "-m", "dedup", "cluster", str(path), "--originals", "", "--work", made]
        engines = {
            "local": ["--engine", "local", "--workers", str(options.workers)],
            "spark": ["--engine", "spark", "--master", options.master],
        }
        took, answers = {}, {}
        for name, chosen in engines.items():
            answer = folder / f"{name}.json"
            took[name] = bench_peers.measured([*command, *chosen, "-o", str(answer), "--verbose"], stderr=True)
            if took[name].code:
                sys.exit(f"{name} failed:\n{took[name].said}")
            answers[name] = answer.read_bytes()
            print(f"{options.articles:>9,} articles  {name:<6} {took[name].wall:>8.1f} s", flush=True)
            if options.verbose:
                print(took[name].said)
    equal = "the same bytes" if answers["local"] == answers["spark"] else "DIFFERENT ANSWERS"
    print(f"spark takes {took['spark'].wall / took['local'].wall:.1f} times as long; {equal}")


if __name__ == "__main__":
    main()
