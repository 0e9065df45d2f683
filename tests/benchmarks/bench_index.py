"""What an index costs: adding against clustering fresh, one query as the index grows, and what kills do to it.

    python tests/benchmarks/bench_index.py [--add 200000] [--query 10000 1000000] [--kill 100] [--folder DIR]

add     seconds of processor time (user and system, all processes) of `dedup index add` and of `dedup cluster` over the
        same made-up articles (corpus.py), one worker each, and what a second add of the same costs
query   an index per size, of made-up signed articles of about 400 words from a Zipf vocabulary, put straight into the
        store in adds of a tenth; then the processor time of one query: of copies, excerpts of a fifth, and strangers
kill    adds of several files one after the other, in processes killed (SIGKILL) at random moments: after every kill the
        index is opened, and what was acknowledged must be there and whole; the rest is added and the result compared
        with that of an undisturbed run, as bytes; needs fork
"""

# A benchmark talks to the terminal, and finds the package beside it before it imports it.
# ruff: noqa: T201, E402

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import corpus
import numpy as np
import orjson
from numpy.typing import NDArray

ROOT = str(Path(__file__).resolve().parents[2])
sys.path.insert(0, ROOT)  # a checkout that is not installed

from dedup import limits
from dedup.index import open_index, pack, postings
from dedup.index.add import NewPostings, merged
from dedup.index.query import Asked, recognise
from dedup.index.store import Entry
from dedup.model import Article

NOW = "2025-03-01T00:00:00+00:00"
ENVIRONMENT = {**os.environ, "PYTHONPATH": ROOT}


def cpu(*arguments: str) -> float:
    """Seconds of processor time of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "dedup", *arguments], check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bench_add(folder: Path, n: int) -> None:
    """Adding against clustering."""
    feed, index = folder / "feed.jsonl", folder / "add.db"
    with feed.open("wb") as file:
        for article in corpus.articles(n):
            file.write(orjson.dumps(article) + b"\n")
    quiet = ("--originals", "", "--quiet")
    fresh = cpu("cluster", str(feed), "-o", str(folder / "fresh.json"), *quiet)
    add = cpu("index", "add", str(index), str(feed), *quiet)
    again = cpu("index", "add", str(index), str(feed), *quiet)
    cluster = cpu("index", "cluster", str(index), "-o", str(folder / "index.json"), "--quiet")
    size, texts = index.stat().st_size, feed.stat().st_size
    same = _without_settings(folder / "fresh.json") == _without_settings(folder / "index.json")
    print(f"{n:,} articles, processor seconds: cluster {fresh:.1f}, index add {add:.1f} ({add / fresh:.2f} of it), ")
    print(f"  the same add again {again:.1f}, index cluster {cluster:.1f} (same JSON but settings: {same})")
    print(f"  {size / n:,.0f} bytes an article; the feed has {texts / n:,.0f}")


def _without_settings(path: Path) -> bytes:
    return b"\n".join(line for line in path.read_bytes().split(b"\n") if not line.startswith(b'"settings"'))


# ---------------------------------------------------------------- query


class Made:
    """Signed articles out of a Zipf vocabulary: words are numbers, shingles are hashed as well as sign does."""

    def __init__(self, seed: int, words: int = 400, vocabulary: int = 50_000) -> None:
        self._random = np.random.default_rng(seed)
        self._words = words
        shares = 1 / (np.arange(vocabulary) + 2.7)
        self._cumulative = np.cumsum(shares / shares.sum())

    def tokens(self) -> NDArray[np.uint64]:
        """The words of one article."""
        return np.searchsorted(self._cumulative, self._random.random(self._words)).astype(np.uint64)

    def signed(self, number: int, tokens: NDArray[np.uint64]) -> pack.Signed:
        """The article."""
        hashes = shingles(tokens)
        lines = hashes[::40].copy()
        article = Article(
            f"n{number}", "", f"Outlet {number % 500}", f"Story {number}", "2025-03-01", path="feed.jsonl"
        )
        return pack.Signed(
            article, (), bytes(16), number.to_bytes(16, "big"), False, len(tokens), hashes[:128].copy(), hashes,
            np.zeros(len(hashes), np.bool_), lines, np.full(len(lines), 40, np.int32),
        )  # fmt: skip


def shingles(tokens: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Three words each."""
    mixed = tokens[:-2] * np.uint64(0x9E3779B97F4A7C15)
    for column in (tokens[1:-1], tokens[2:]):
        mixed = (mixed ^ (mixed >> np.uint64(29)) ^ column) * np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def build(path: Path, n: int) -> None:
    """An index of n made-up articles, in ten adds."""
    made = Made(n)
    for first in range(0, n, n // 10):
        with open_index(str(path), make=True) as index, index.store.changing() as change:
            head, new = index.store.head(), NewPostings(change)
            for start in range(first, first + n // 10, 1_000):
                batch = [made.signed(i, made.tokens()) for i in range(start, start + 1_000)]
                numbers = range(change.reserve("articles", len(batch)), start + 1_000)
                blobs = [pack.packed(one) for one in batch]
                entries = [_entry(i, one) for i, one in zip(numbers, batch, strict=True)]
                change.put_articles(entries, [])
                change.put("articles", zip(numbers, blobs, strict=True))
                new.add([(i, postings.sampled(one.hashes)) for i, one in zip(numbers, batch, strict=True)])
            segments = merged(index.store, change, head, new.finish())
            change.set_head(type(head)(head.parameters, head.articles + n // 10, segments, head.places))


def _entry(number: int, one: pack.Signed) -> Entry:
    a = one.article
    return Entry(number, one.digest, one.digest, a.id, a.outlet, a.published, NOW, False, 0)


def asked(path: Path, n: int, count: int) -> Iterator[tuple[str, Asked]]:
    """Copies, excerpts and strangers, in turn."""
    made, choose = Made(n + 1), random.Random(n)
    for _ in range(count):
        with open_index(str(path)) as index:
            ((_, data),) = index.store.blobs("articles", [choose.randrange(n)])
        old, new = pack.unpacked(data, "").hashes, shingles(made.tokens())
        at = choose.randrange(len(old) - 80)
        mixed = np.concatenate((new[:240], old[at : at + 80], new[240:320]))
        yield from (("copy", _asked(old)), ("excerpt", _asked(mixed)), ("stranger", _asked(new)))


def _asked(hashes: NDArray[np.uint32]) -> Asked:
    quoted = np.zeros(len(hashes), np.bool_)
    return Asked(Article("asked", ""), (), bytes(16), hashes, quoted, hashes[:128], len(hashes) + 2, False)


def bench_query(folder: Path, sizes: Sequence[int], count: int = 60) -> None:
    """One query, as the index grows."""
    for n in sizes:
        path = folder / f"query-{n}.db"
        if not path.exists():
            build(path, n)
        seconds: dict[str, list[float]] = {"copy": [], "excerpt": [], "stranger": []}
        found = dict.fromkeys(seconds, 0)
        for kind, one in asked(path, n, count):
            start = time.process_time()
            with open_index(str(path)) as index:  # as a command does: opened, asked, closed
                found[kind] += len(recognise(index.store, one).earlier)
                segments = len(index.store.head().segments)
            seconds[kind].append(time.process_time() - start)
        told = ", ".join(
            f"{k} {1000 * statistics.median(s):.1f} ms ({found[k] / count:.2f} found)" for k, s in seconds.items()
        )
        print(f"{n:,} articles ({path.stat().st_size / 1e6:,.0f} MB, {segments} segments): median of a query: {told}")


# ---------------------------------------------------------------- kill


def bench_kill(folder: Path, kills: int, files: int = 12, each: int = 250) -> None:
    """Kills at random moments."""
    feeds = []
    for i in range(files):
        feed = folder / f"day-{i:02}.jsonl"
        articles = list(corpus.articles(files * each))[i * each : (i + 1) * each]
        feed.write_bytes(b"".join(orjson.dumps(article) + b"\n" for article in articles))
        feeds.append(feed)
    start = time.perf_counter()
    for feed in feeds:
        _finished(folder / "whole.db", feed)
    longest = (time.perf_counter() - start) / len(feeds) * 1.1
    expected, index, chance = _bytes(folder / "whole.db"), folder / "killed.db", random.Random(1)
    acknowledged: set[int] = set()
    done = lost = half = unsaid = rounds = different = 0
    while done < kills:
        if len(acknowledged) == len(feeds):
            rounds, different = rounds + 1, different + (_bytes(index) != expected)
            acknowledged.clear()
            index.unlink()
        i = min(set(range(len(feeds))) - acknowledged)
        child, said = _started(index, feeds[i])
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        done += os.WIFSIGNALED(status)
        with os.fdopen(said, "rb") as pipe:
            if pipe.read():
                acknowledged.add(i)
        whole, partly = _files_in(index, each) if index.exists() else (set(), 0)
        lost, half = lost + len(acknowledged - whole), half + partly
        unsaid += len(whole - acknowledged)
        acknowledged |= whole
    for i in range(len(feeds)):
        _finished(index, feeds[i])
    rounds, different = rounds + 1, different + (_bytes(index) != expected)
    print(f"{done} kills within {longest:.2f} s: acknowledged adds lost {lost}, adds half there {half}, ", end="")
    print(f"written and not yet acknowledged {unsaid}; {rounds} indexes finished, of which {different} ", end="")
    print("differ from an undisturbed one in any byte")


def _started(index: Path, feed: Path) -> tuple[int, int]:
    """A process that adds a feed: its number, and a pipe in which it acknowledges. It starts with everything loaded."""
    said, say = os.pipe()
    child = os.fork()
    if child:
        os.close(say)
        return child, said
    with open_index(str(index), make=True) as held:
        held.add([str(feed)], now=datetime.fromisoformat(NOW))
    os.write(say, b"added")
    os._exit(0)


def _finished(index: Path, feed: Path) -> None:
    child, said = _started(index, feed)
    os.waitpid(child, 0)
    with os.fdopen(said, "rb") as pipe:
        assert pipe.read() == b"added"


def _files_in(index: Path, each: int) -> tuple[set[int], int]:
    """The feeds that are in the index whole, and how many are there in part."""
    try:
        with open_index(str(index)) as held:
            numbers = [entry.number for entry in held.store.entries()]
            blobs = list(held.store.blobs("articles", numbers))
            assert len(blobs) == len(numbers) == held.store.head().articles
            counts: dict[int, int] = {}
            for _, data in blobs:
                name = Path(pack.unpacked(data, "").article.path).stem
                counts[int(name[-2:])] = counts.get(int(name[-2:]), 0) + 1
    except Exception as error:
        if "not an index" in str(error):  # killed before the tables were made
            return set(), 0
        raise
    return {i for i, count in counts.items() if count == each}, sum(count != each for count in counts.values())


def _bytes(index: Path) -> bytes:
    """The file, nothing waiting beside it."""
    with open_index(str(index), write=True):
        pass
    assert not Path(f"{index}-wal").exists()
    return index.read_bytes()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--add", type=int, default=0)
    parser.add_argument("--query", type=int, nargs="*", default=[])
    parser.add_argument("--kill", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    print(f"dedup index, pages of {limits.INDEX_PAGE:,} postings, fan-out {limits.INDEX_FANOUT}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        if options.add:
            bench_add(folder, options.add)
        if options.query:
            bench_query(folder, options.query)
        if options.kill:
            bench_kill(folder, options.kill)


if __name__ == "__main__":
    main()
