"""How long a whole `dedup cluster` takes, against a plain datasketch pipeline and against reading the file.

    python tests/benchmarks/bench_cluster.py [--sizes 10000 50000 200000] [--pipeline 5000] [--workers 1 2] [--no-sign]

Needs xxhash, and rensa and gaoya for their rows: pip install xxhash rensa gaoya.

Articles are made up (corpus.py), about 400 words each, and written to a JSONL file per size. In one run, per size:

reading      orjson.loads of every line, one process: the floor
dedup        the command, from JSONL to clusters.json, as a whole process; its peak memory, and its memory at start
pipeline     what one would write with datasketch: tokens, shingles, MinHash (fastest scheme), MinHashLSH at .5,
             exact Jaccard and containment of each candidate pair, union-find; on --pipeline articles only, because it
             takes minutes. Its row says how much slower per article it is; it finds no excerpts below Jaccard .5.

signatures   bench_sign.py on the articles of the smallest size: kernel, twin, datasketch, tokenising, rensa, gaoya

Wall seconds. Growth is the exponent between the smallest and the largest size: 1.0 is linear. What dedup finds is held
against what was planted: pair precision and recall.
"""

# A benchmark talks to the terminal, and finds the package beside it before it imports it.
# ruff: noqa: T201, E402

from __future__ import annotations

import argparse
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import corpus
import orjson

ROOT = str(Path(__file__).resolve().parents[2])
sys.path.insert(0, ROOT)  # a checkout that is not installed

from dedup import limits

_WORD = re.compile(r"\w+")


def write_articles(path: Path, n: int) -> None:
    """n made-up articles as JSONL."""
    with path.open("wb") as file:
        for article in corpus.articles(n):
            file.write(orjson.dumps(article) + b"\n")


def reading(path: Path) -> float:
    """Seconds to read and parse the file."""
    start = time.perf_counter()
    with path.open("rb") as file:
        for line in file:
            orjson.loads(line)
    return time.perf_counter() - start


def whole(path: Path, answer: Path, workers: int) -> tuple[float, float]:
    """Seconds and peak megabytes of the whole command."""
    command = [sys.executable, "-m", "dedup", "cluster", str(path), "-o", str(answer), "--originals", ""]
    environment = {**os.environ, "PYTHONPATH": ROOT}
    start = time.perf_counter()
    subprocess.run([*command, "--workers", str(workers), "--quiet"], check=True, env=environment)
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def pipeline(path: Path, n: int) -> float:
    """Seconds of the datasketch pipeline on the first n articles."""
    import xxhash
    from datasketch import MinHash, MinHashLSH

    start = time.perf_counter()
    shingles: list[set[str]] = []
    with path.open("rb") as file:
        for _, line in zip(range(n), file, strict=False):
            tokens = _WORD.findall(orjson.loads(line)["text"].lower())
            shingles.append({" ".join(tokens[i : i + limits.SHINGLE_TOKENS]) for i in range(len(tokens) - 2)})
    lsh = MinHashLSH(threshold=0.5, num_perm=limits.NUM_PERM)
    parent = list(range(len(shingles)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    signatures = MinHash.generator(
        ([s.encode() for s in of_one] for of_one in shingles), num_perm=limits.NUM_PERM, hashfunc=xxhash.xxh32_intdigest
    )
    for i, signature in enumerate(signatures):
        for j in lsh.query(signature):
            both = len(shingles[i] & shingles[j])
            if both / max(1, min(len(shingles[i]), len(shingles[j]))) >= 0.4:
                parent[root(i)] = root(j)
        lsh.insert(i, signature)
    groups = Counter(root(i) for i in range(len(shingles)))
    assert groups
    return time.perf_counter() - start


def score(answer: Path, n: int) -> tuple[float, float]:
    """Pair precision and recall against the plan. A mixed article may go with either dispatch it carries."""
    plan = corpus.plan(n)
    carries = [{int(d), int(s)} - {-1} for d, s in zip(plan.dispatch, plan.second, strict=True)]
    groups = defaultdict(list)
    for i, of_one in enumerate(carries):
        if len(of_one) == 1:
            groups[next(iter(of_one))].append(i)
    number = {corpus.article_id(i): i for i in range(n)}
    found = json.loads(answer.read_text(encoding="utf-8"))["clusters"]
    home = {number[m["id"]]: k for k, cluster in enumerate(found) for m in cluster["members"]}
    right = total = 0
    for cluster in found:
        for a, b in _some(number[m["id"]] for m in cluster["members"]):
            total += 1
            right += bool(carries[a] & carries[b])
    hit = wanted = 0
    for group in groups.values():
        for a, b in _some(group):
            wanted += 1
            hit += a in home and home[a] == home.get(b)
    return right / max(1, total), hit / max(1, wanted)


def _some(members: Iterable[int]) -> Iterable[tuple[int, int]]:
    """All pairs of the first 60 members."""
    return combinations(list(members)[:60], 2)


def main() -> None:
    """Measures and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 50_000, 200_000])
    parser.add_argument("--pipeline", type=int, default=5_000, help="articles for datasketch; 0: leave it out")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--no-sign", action="store_true", help="leave out the signatures")
    options = parser.parse_args()
    times: dict[int, list[tuple[int, float]]] = defaultdict(list)
    print(" articles  reading s  workers  dedup s  x reading  peak MB  precision  recall")
    with tempfile.TemporaryDirectory() as folder:
        per_article = 0.0
        for n in options.sizes:
            path, answer = Path(folder) / f"{n}.jsonl", Path(folder) / "clusters.json"
            write_articles(path, n)
            for workers in options.workers:
                floor = min(reading(path) for _ in range(2))
                seconds, peak = whole(path, answer, workers)
                times[workers].append((n, seconds))
                per_article = seconds / n
                precision, recall = score(answer, n)
                print(
                    f"{n:>9,} {floor:>10.2f} {workers:>8} {seconds:>8.2f} {seconds / floor:>10.1f} {peak:>8.0f} "
                    f"{precision:>10.4f} {recall:>7.4f}", flush=True,
                )  # fmt: skip
        if not options.no_sign:
            first = Path(folder) / f"{options.sizes[0]}.jsonl"
            bench_sign = str(Path(__file__).with_name("bench_sign.py"))
            subprocess.run([sys.executable, bench_sign, "--jsonl", str(first), "--slow", "1000"], check=True)
        if options.pipeline:
            took = pipeline(path, options.pipeline)
            print(
                f"datasketch pipeline on {options.pipeline:,} articles: {took:.1f} s; per article "
                f"{took / options.pipeline / per_article:.1f} times the last row"
            )
    for workers, rows in times.items():
        if len(rows) > 1:
            (n, s), (m, t) = rows[0], rows[-1]
            exponent = math.log(t / s) / math.log(m / n)
            print(f"growth with {workers} worker(s) from {n:,} to {m:,}: exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
