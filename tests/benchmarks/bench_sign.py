"""How fast articles become signatures, here and elsewhere, on the same articles in one run.

    python tests/benchmarks/bench_sign.py [--articles 20000] [--jsonl FILE] [--repeat 5] [--slow 1000] [--start]

Articles are made up (corpus.py) or, with --jsonl, the `text` of real ones. Every row starts from a list of Python
strings unless it says "arrays in". Times are CPU seconds of this process, the best of --repeat runs, each after one run
unmeasured; the slow rows run on the first --slow articles, once. All rows use shingles of limits.SHINGLE_TOKENS
tokens and 128 permutations, but for gaoya, which has a tokeniser of its own. --start also measures what a run pays
before the first article: imports, loading the kept kernel, compiling it.
"""

# A benchmark talks to the terminal, and finds the package beside it before it imports it.
# ruff: noqa: T201, E402

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import corpus
import numba
import numpy as np

ROOT = str(Path(__file__).resolve().parents[2])
sys.path.insert(0, ROOT)  # a checkout that is not installed

from dedup import limits
from dedup.sign import kernel, sign, tables, texts_of

K, PERMUTATIONS = limits.SHINGLE_TOKENS, limits.NUM_PERM
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    run: Callable[[list[str]], object]
    slow: bool = False
    needs: str = ""  # module
    arrays: bool = False  # `run` takes what texts_of gives


# ---------------------------------------------------------------- tokenising alone


@numba.njit(nogil=True)
def _tokenise_all(points, spans, span_offsets, values, longest):  # type: ignore[no-untyped-def]
    """The kernel's own first step, and 32-bit token hashes."""
    states = np.empty(longest + 1, np.uint64)
    hashes = np.empty(longest + 1, np.uint32)
    places, counts = np.empty(longest + 1, np.int64), np.empty(longest + 1, np.int64)
    total = 0
    for s in range(len(spans)):
        n, _ = kernel.tokenise(points[spans[s, 0] : spans[s, 1]], values, np.uint64(0), states, places, counts)
        kernel.finish(states, n, hashes)
        total += n
    return total


@numba.njit(nogil=True)
def _textbook_all(points, offsets, values, hashes):  # type: ignore[no-untyped-def]
    """The loop one writes first: FNV-1a over each run of letters, a branch at every letter. Same table, same tokens."""
    total = 0
    for t in range(len(offsets) - 1):
        state = np.uint64(0xCBF29CE484222325)
        inside = False
        n = 0
        for i in range(offsets[t], offsets[t + 1]):
            point = points[i]
            value = values[point]
            if value > np.uint64(32):
                state = (state ^ np.uint64(point)) * np.uint64(0x100000001B3)
                inside = True
            elif inside and value != np.uint64(1):
                hashes[n] = np.uint32(state >> np.uint64(32))
                n += 1
                state = np.uint64(0xCBF29CE484222325)
                inside = False
        total += n + inside
    return total


def tokenise_arrays(batch: Any) -> object:
    longest = int(np.diff(batch.offsets).max(initial=0))
    return _tokenise_all(batch.points, batch.spans, batch.span_offsets, tables.values(), longest)


def textbook_arrays(batch: Any) -> object:
    hashes = np.empty(int(np.diff(batch.offsets).max(initial=0)) + 1, np.uint32)
    return _textbook_all(batch.points, batch.offsets, tables.values(), hashes)


# ---------------------------------------------------------------- others


def shingles(text: str) -> list[str]:
    words = _WORD.findall(text.lower())
    return [" ".join(words[i : i + K]) for i in range(len(words) - K + 1)]


def encoded(texts: list[str]) -> Iterator[list[bytes]]:
    return ([shingle.encode() for shingle in shingles(text)] for text in texts)


def datasketch(texts: list[str], **options: Any) -> object:
    from datasketch import MinHash

    return [m.hashvalues for m in MinHash.generator(encoded(texts), num_perm=PERMUTATIONS, **options)]


def datasketch_fastest(texts: list[str]) -> object:
    import xxhash

    return datasketch(texts, hashfunc=xxhash.xxh32_intdigest, scheme="affine32")


def rensa(texts: list[str]) -> object:
    from rensa import RMinHash

    signatures = []
    for text in texts:
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(shingles(text))
        signatures.append(sketch.digest())
    return signatures


def gaoya(texts: list[str]) -> object:
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(32, 0.5, 16, 8, 128, "word", True, (K, K))
    for i, text in enumerate(texts):
        index.insert_document(i, text)
    return index


def rows() -> list[Row]:
    return [
        Row("kernel", lambda texts: sign(texts_of(texts), compiled=True)),
        Row("kernel, arrays in", lambda batch: sign(batch, compiled=True), arrays=True),
        Row("NumPy twin", lambda texts: sign(texts_of(texts), compiled=False)),
        Row("text to arrays alone", texts_of),
        Row("tokenising alone: kernel's", lambda texts: tokenise_arrays(texts_of(texts))),
        Row("tokenising alone: kernel's, arrays in", tokenise_arrays, arrays=True),
        Row("tokenising alone: textbook loop (numba)", lambda texts: textbook_arrays(texts_of(texts))),
        Row("tokenising alone: textbook loop, arrays in", textbook_arrays, arrays=True),
        Row("tokenising alone: re.findall", lambda texts: [_WORD.findall(t.lower()) for t in texts], slow=True),
        Row("shingles alone: Python strings, encoded", lambda texts: list(encoded(texts)), slow=True),
        Row("datasketch, default (sha1)", datasketch, slow=True, needs="datasketch"),
        Row(FASTEST, datasketch_fastest, slow=True, needs="xxhash"),
        Row("rensa, strings", rensa, slow=True, needs="rensa"),
        Row("gaoya (own tokeniser, and indexes)", gaoya, slow=True, needs="gaoya"),
    ]


FASTEST = "datasketch, fastest (xxh32, affine32)"


# ---------------------------------------------------------------- measuring


def best(run: Callable[[Any], object], given: Any, repeat: int) -> float:
    """CPU seconds."""
    times = []
    for _ in range(repeat):
        start = time.process_time()
        run(given)
        times.append(time.process_time() - start)
    return min(times)


def measure(texts: list[str], slow: int, repeat: int) -> dict[str, tuple[float, int, int]]:
    """name -> (CPU seconds, articles, UTF-8 bytes)."""
    found = {}
    for row in rows():
        if row.needs and importlib.util.find_spec(row.needs) is None:
            print(f"{row.name}: not installed (pip install {row.needs})")
            continue
        used = texts[:slow] if row.slow else texts
        given = texts_of(used) if row.arrays else used
        row.run(texts_of(used[:50]) if row.arrays else used[:50])
        seconds = best(row.run, given, 1 if row.slow and row.needs else repeat)
        found[row.name] = (seconds, len(used), sum(len(text.encode("utf-8", "replace")) for text in used))
    return found


def table(found: dict[str, tuple[float, int, int]]) -> None:
    base = found.get(FASTEST)
    print(f"{'':45}{'articles':>9}{'CPU s':>9}{'articles/s':>12}{'MB/s':>8}{'x datasketch':>14}")
    for name, (seconds, n, size) in found.items():
        ratio = f"{n / seconds / (base[1] / base[0]):14.2f}" if base else f"{'-':>14}"
        print(f"{name:45}{n:9,}{seconds:9.3f}{n / seconds:12,.0f}{size / seconds / 1e6:8.1f}{ratio}")
    print()
    for what, whole, part in (
        ("kernel / kernel's own tokenising", "kernel", "tokenising alone: kernel's"),
        ("same, arrays in", "kernel, arrays in", "tokenising alone: kernel's, arrays in"),
        ("kernel / textbook tokenising", "kernel", "tokenising alone: textbook loop (numba)"),
        ("same, arrays in", "kernel, arrays in", "tokenising alone: textbook loop, arrays in"),
    ):
        print(f"{what:45}{found[whole][0] / found[part][0]:9.2f}")


def start_up() -> None:
    """What a run pays before its first article, each in a Python of its own; wall seconds, best of 3."""
    use = "import dedup.sign as s; s.sign(s.texts_of(['a']), compiled={})"
    for name, before, code in (
        ("import numpy", "", "import numpy"),
        ("import dedup.sign (after numpy)", "import numpy", "import dedup.sign"),
        ("table and twin (after import)", "import dedup.sign", use.format(False)),
        ("import numba (after numpy)", "import numpy", "import numba"),
        ("load the kept kernel (after numba, table)", use.format(False) + "; import numba", use.format(True)),
    ):
        print(f"{name:45}{min(_seconds(before, code) for _ in range(3)):9.3f}")
    with tempfile.TemporaryDirectory() as empty:
        cold = _seconds(use.format(False) + "; import numba", use.format(True), NUMBA_CACHE_DIR=empty)
    print(f"{'compile the kernel (after numba, table)':45}{cold:9.3f}")


def _seconds(before: str, code: str, **environment: str) -> float:
    program = f"{before}\nimport time; start = time.perf_counter()\n{code}\nprint(time.perf_counter() - start)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | environment, cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--jsonl", help="real articles instead: their `text` fields, at most --articles")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--slow", type=int, default=1000, help="articles for the slow rows")
    parser.add_argument("--start", action="store_true", help="measure imports and compiling too")
    chosen = parser.parse_args()
    if chosen.jsonl:
        with open(chosen.jsonl, encoding="utf-8") as lines:
            texts = [json.loads(line).get("text") or "" for line in lines][: chosen.articles]
    else:
        texts = [article["text"] for article in corpus.articles(chosen.articles)]
    words = sum(map(len, map(str.split, texts)))
    print(
        f"{len(texts):,} articles, {words / len(texts):.0f} words each, from {chosen.jsonl or f'seed {corpus.SEED}'}; "
        f"shingles of {K} tokens; CPU seconds, best of {chosen.repeat}\n"
    )
    table(measure(texts, chosen.slow, chosen.repeat))
    if chosen.start:
        print("\nwall seconds, best of 3")
        start_up()


if __name__ == "__main__":
    main()
