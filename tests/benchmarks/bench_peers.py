"""dedup against its peers, against reading alone, and against itself on larger piles: one command, one table.

    python tests/benchmarks/bench_peers.py                          # 20,000 articles, every peer that is installed
    python tests/benchmarks/bench_peers.py --python .peers/bin/python
    python tests/benchmarks/bench_peers.py --sizes 10000 100000 1000000 --floods 100000 1000000 --peers 20000

    python3 -m venv .peers
    .peers/bin/pip install datasketch 'xxhash<4' rensa gaoya datatrove spacy regex semhash      # README.md has more

Articles are made up (corpus.py), 400 words each. Every contender is a process of its own that reads the same JSON lines
and leaves groups of ids: `dedup cluster` as a command, the peers by peers.py with the interpreter --python names (give
it several times; the first that has the library is taken). dedup does more than they do in that time: passages of
other dispatches, originals, versions, agencies.

wall, CPU    seconds of the process, start and imports included; CPU: of all its threads
peak MB      its largest resident memory
x dedup      CPU seconds against those of `dedup` with one worker on as many articles
x reading    wall seconds against orjson.loads of every line in one process (for the rows of dedup)
precision    of the pairs it put together, how many carry one dispatch
recall       of the pairs that carry one dispatch (mixed articles aside), how many it put together
copies ...   of the planted pairs (dispatch, copy), (dispatch, excerpt), (dispatch, version), how many it put together

The floods (corpus.py: one story many times; a long block that all share) are rows of dedup alone: what they cost, how
many articles its answer accounts for, and what its caps cut.
"""

# A benchmark talks to the terminal.
# ruff: noqa: T201

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

import corpus
import peers

ROOT = str(Path(__file__).resolve().parents[2])
SECONDS = 3_600  # a contender may take
MOST = 60  # members of a group whose pairs are counted
HEAD = " articles  contender              wall     CPU  articles/s  peak MB  x dedup  x reading  precision  recall"
COST = "{:>9,}  {:<18} {:>8.2f} {:>7.1f} {:>11,.0f} {:>8,.0f} {:>8} {:>10}"
FLOODS = {"identical": corpus.identical, "boilerplate": corpus.boilerplate}


@dataclass(frozen=True, slots=True)
class Took:
    """What a process cost."""

    code: int
    said: str
    wall: float
    cpu: float
    peak: float  # MB


def measured(command: Sequence[str], *, stderr: bool = False) -> Took:
    """Runs a command to its end. Its resources are its own, those of earlier children do not count.

    stderr: what it says there belongs to what it said.
    """
    environment = {**os.environ, "PYTHONPATH": ROOT, "TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1"}
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=said if stderr else subprocess.DEVNULL, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # or its destructor would wait for it again
        said.seek(0)
        text = said.read().decode("utf-8", "replace").strip()
    return Took(process.returncode, text, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def reading(path: Path) -> float:
    """Seconds to read and parse the file, the better of two."""
    code = (
        "import orjson, sys, time\nstart = time.perf_counter()\n"
        "for line in open(sys.argv[1], 'rb'):\n    orjson.loads(line)\nprint(time.perf_counter() - start)"
    )
    return min(float(measured([sys.executable, "-c", code, str(path)]).said) for _ in range(2))


def dedup(path: Path, folder: Path, workers: int) -> tuple[Took, dict[str, Any]]:
    """The command, and its answer."""
    answer = folder / "clusters.json"
    command = [sys.executable, "-m", "dedup", "cluster", str(path), "-o", str(answer), "--originals", "", "--quiet"]
    took = measured([*command, "--workers", str(workers)])
    if took.code:
        sys.exit(f"dedup failed with exit code {took.code}: {' '.join(command)}")
    return took, json.loads(answer.read_text(encoding="utf-8"))


def ids(answer: dict[str, Any]) -> list[list[str]]:
    """The groups of an answer."""
    return [[member["id"] for member in cluster["members"]] for cluster in answer["clusters"]]


def peer(name: str, path: Path, folder: Path, pythons: Sequence[str]) -> tuple[Took, list[list[str]]]:
    """A peer under the first interpreter that has it."""
    groups = folder / "groups.json"
    script = str(Path(__file__).with_name("peers.py"))
    tried = []
    for python in pythons:
        took = measured([python, script, name, str(path), str(groups)])
        if took.code == 0:
            return took, json.loads(groups.read_text(encoding="utf-8"))
        tried.append(took)
    return min(tried, key=lambda took: took.said.startswith("not installed")), []  # the reason of one that has it


# ---------------------------------------------------------------- the planted truth


class Truth:
    """What was planted among n articles."""

    def __init__(self, n: int) -> None:
        self._plan = plan = corpus.plan(n)
        self._number = {corpus.article_id(i): i for i in range(n)}
        self._carries = [{int(d), int(s)} - {-1} for d, s in zip(plan.dispatch, plan.second, strict=True)]
        kinds = (corpus.ORIGINAL, corpus.COPY, corpus.EXCERPT, corpus.VERSION)
        self._original = {int(plan.dispatch[i]): i for i in range(n) if plan.kind[i] == corpus.ORIGINAL}
        self._planted = {kind: [i for i in range(n) if plan.kind[i] == kind] for kind in kinds[1:]}

    def precision(self, groups: Iterable[Sequence[str]]) -> float:
        """The share of pairs in one group that carry one dispatch; a mixed article carries two."""
        right = total = 0
        for group in groups:
            for a, b in combinations([self._number[id] for id in group[:MOST]], 2):
                total += 1
                right += bool(self._carries[a] & self._carries[b])
        return right / max(1, total)

    def home(self, groups: Iterable[Sequence[str]]) -> dict[int, int]:
        """The group of each article that is in one."""
        return {self._number[id]: k for k, group in enumerate(groups) for id in group}

    def recall(self, home: dict[int, int]) -> float:
        """The share of pairs with one dispatch that are in one group; mixed articles may go with either of theirs."""
        carriers = defaultdict(list)
        for i, carried in enumerate(self._carries):
            if len(carried) == 1:
                carriers[next(iter(carried))].append(i)
        hit = total = 0
        for members in carriers.values():
            for a, b in combinations(members[:MOST], 2):
                total += 1
                hit += a in home and home[a] == home.get(b)
        return hit / max(1, total)

    def recalls(self, home: dict[int, int]) -> dict[str, float]:
        """By kind: the share of articles that are in the group of their dispatch's original."""
        found = {}
        for kind, planted in self._planted.items():
            originals = [self._original[int(self._plan.dispatch[i])] for i in planted]
            hits = sum(home.get(i, -1) == home.get(o, -2) for i, o in zip(planted, originals, strict=True))
            found[corpus.KINDS[kind]] = hits / max(1, len(planted))
        return found


# ---------------------------------------------------------------- the table


class Table:
    """Prints rows as they come, and what the last line needs to know."""

    def __init__(self) -> None:
        self._cpu: dict[int, float] = {}  # of dedup with one worker, by articles
        self._wall: dict[str, list[tuple[int, float]]] = defaultdict(list)  # by name
        print(HEAD + "  copies  excerpts  versions  lacks")

    def dedup(self, n: int, workers: int, took: Took, answer: dict[str, Any], floor: float) -> None:
        """A row of dedup."""
        self._cpu.setdefault(n, took.cpu)
        name = f"dedup, {workers} worker" + "s" * (workers > 1)
        self._wall[name].append((n, took.wall))
        self._row(n, name, took, ids(answer), f"{took.wall / floor:.1f}", "")

    def flood(self, n: int, flood: str, workers: int, took: Took, answer: dict[str, Any], floor: float) -> None:
        """A row of dedup on a flood."""
        name = f"{flood}, {workers} w."
        self._wall[name].append((n, took.wall))
        groups = ids(answer)
        told = f"{answer['kept']:,} kept, {len(groups):,} clusters of up to {max(map(len, groups), default=0):,}, "
        cut = ", ".join(f"{what} {count:,}" for what, count in answer["capped"].items() if count)
        told += f"{len(answer['reuse']):,} pairs of reuse; capped: {cut or 'nothing'}"
        print(self._cost(n, name, took, "", f"{took.wall / floor:.1f}"), "", told, flush=True)

    def peer(self, n: int, name: str, took: Took, groups: list[list[str]]) -> None:
        """A row of a peer, or why there is none."""
        if took.code:
            print(f"{n:>9,}  {name:<18} left out: {took.said.splitlines()[-1] if took.said else f'exit {took.code}'}")
            return
        self._row(n, name, took, groups, "", peers.LACKS[name])

    def _row(self, n: int, name: str, took: Took, groups: list[list[str]], floor: str, lacks: str) -> None:
        truth = Truth(n)
        ratio = f"{took.cpu / self._cpu[n]:.1f}" if n in self._cpu else ""
        home = truth.home(groups)
        told = f" {truth.precision(groups):>10.4f} {truth.recall(home):>7.4f}"
        told += "{copy:>8.3f} {excerpt:>9.3f} {version:>9.3f}  ".format(**truth.recalls(home))
        print(self._cost(n, name, took, ratio, floor) + told + lacks, flush=True)

    @staticmethod
    def _cost(n: int, name: str, took: Took, ratio: str, floor: str) -> str:
        return COST.format(n, name, took.wall, took.cpu, n / took.wall, took.peak, ratio, floor)

    def growth(self) -> None:
        """How dedup's time grows: 1.0 is linear."""
        for name, rows in self._wall.items():
            (n, s), (m, t) = min(rows), max(rows)
            if n < m:
                exponent = math.log(t / s) / math.log(m / n)
                print(f"growth of {name} from {n:,} to {m:,} articles: exponent {exponent:.2f}")


def spooled(path: Path, lines: Iterable[bytes], n: int, what: str) -> float:
    """Writes articles; prints and returns the seconds that reading alone takes."""
    with path.open("wb") as file:
        file.writelines(lines)
    floor = reading(path)
    print(f"{n:>9,}  {what:<18} {floor:>8.2f} {floor:>7.1f} {n / floor:>11,.0f}", flush=True)
    return floor


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[], help="articles for dedup alone")
    parser.add_argument("--peers", type=int, default=20_000, help="articles for all; 0: leave the peers out")
    parser.add_argument("--floods", type=int, nargs="*", default=[20_000], help="articles of each flood")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--only", nargs="+", choices=list(peers.PEERS), default=list(peers.PEERS))
    parser.add_argument("--python", action="append", default=[], help="an interpreter that has peers")
    options = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for n in sorted({*options.sizes, options.peers} - {0}):
            path = folder / f"{n}.jsonl"
            floor = spooled(path, corpus.as_json_lines(n), n, "reading alone")
            for workers in options.workers:
                table.dedup(n, workers, *dedup(path, folder, workers), floor)
            for name in options.only if n == options.peers else []:
                table.peer(n, name, *peer(name, path, folder, [*options.python, sys.executable]))
            path.unlink()
        for flood, n in product(FLOODS, sorted(options.floods)):
            path = folder / f"{flood}.jsonl"
            lines = (json.dumps(article).encode() + b"\n" for article in FLOODS[flood](n))
            floor = spooled(path, lines, n, f"reading {flood}")
            for workers in options.workers:
                table.flood(n, flood, workers, *dedup(path, folder, workers), floor)
            path.unlink()
    table.growth()


if __name__ == "__main__":
    main()
