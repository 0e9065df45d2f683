"""Peers: what one would build with another library for the same work, one process each. Run by bench_peers.py.

    python peers.py NAME ARTICLES.jsonl GROUPS.json

Reads the JSON lines, finds groups of near-copies as the library's own documentation goes about it, writes the groups as
lists of ids. Settings: word 3-shingles and 128 permutations with a threshold of .5 where these can be set (most find
nothing at all of excerpts at .7 to .8, their defaults), else the library's defaults. Needs nothing of dedup; exits with
3 and a reason when the library is not there.
"""

# A script for other interpreters: what it says is its output.
# ruff: noqa: T201

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

SHINGLE, PERMUTATIONS, THRESHOLD, CONTAINED = 3, 128, 0.5, 0.4
BANDS, ROWS = 25, 5  # what datasketch chooses for .5 and 128 permutations
MISSING = 3
_WORD = re.compile(r"\w+")

Groups = Iterable[Iterable[int]]


def shingles(text: str) -> set[str]:
    """The word 3-grams of a text, lower case."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


class Union:
    """Union-find over 0 .. n-1."""

    def __init__(self, n: int) -> None:
        self.parent = list(range(n))

    def root(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, a: int, b: int) -> None:
        self.parent[self.root(a)] = self.root(b)

    def groups(self) -> Groups:
        found = defaultdict(list)
        for i in range(len(self.parent)):
            found[self.root(i)].append(i)
        return found.values()


def datasketch(texts: list[str], folder: Path) -> Groups:
    """MinHash with its fastest scheme and hash, MinHashLSH; candidates verified by exact containment."""
    import xxhash
    from datasketch import MinHash, MinHashLSH

    sets = [shingles(text) for text in texts]
    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    made = MinHash.generator(
        ([s.encode() for s in of_one] for of_one in sets), num_perm=PERMUTATIONS, hashfunc=xxhash.xxh32_intdigest
    )
    union = Union(len(texts))
    for i, signature in enumerate(made):
        for j in lsh.query(signature):
            if len(sets[i] & sets[j]) / max(1, min(len(sets[i]), len(sets[j]))) >= CONTAINED:
                union.join(i, j)
        lsh.insert(i, signature)
    return union.groups()


def rensa(texts: list[str], folder: Path) -> Groups:
    """RMinHash and its LSH, candidates kept by the Jaccard its signatures estimate."""
    from rensa import RMinHash, RMinHashLSH

    sketches = RMinHash.from_token_sets((shingles(text) for text in texts), PERMUTATIONS, 1)
    lsh = RMinHashLSH(THRESHOLD, PERMUTATIONS, 32)
    union = Union(len(texts))
    for i, sketch in enumerate(sketches):
        for j in lsh.query(sketch):
            if sketch.jaccard(sketches[j]) >= THRESHOLD:
                union.join(i, j)
        lsh.insert(i, sketch)
    return union.groups()


def gaoya(texts: list[str], folder: Path) -> Groups:
    """MinHashStringIndex with its bulk calls, which use all cores; what it returns has an estimated Jaccard of .5."""
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(32, THRESHOLD, BANDS, ROWS, None, "word", True, (SHINGLE, SHINGLE))
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    union = Union(len(texts))
    for i, found in enumerate(index.par_bulk_query(texts)):
        for j in found:
            union.join(i, j)
    return union.groups()


def datatrove(texts: list[str], folder: Path) -> Groups:
    """The first three MinHash stages with their defaults (word 5-grams, 14 buckets of 8), one task."""
    import struct

    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig
    from datatrove.pipeline.readers import JsonlReader
    from loguru import logger

    logger.remove()
    config, steps = MinhashConfig(), {name: str(folder / name) for name in ("in", "signed", "buckets", "clusters")}
    Path(steps["in"]).mkdir()
    with (folder / "in" / "articles.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts))
    pipelines = (
        (1, [JsonlReader(steps["in"]), MinhashDedupSignature(steps["signed"], config)]),
        (config.num_buckets, [MinhashDedupBuckets(steps["signed"], steps["buckets"], config=config)]),
        (1, [MinhashDedupCluster(steps["buckets"], steps["clusters"], config, save_cluster_id=True)]),
    )
    for number, (tasks, pipeline) in enumerate(pipelines):
        LocalPipelineExecutor(pipeline, tasks=tasks, workers=1, logging_dir=str(folder / f"log{number}")).run()
    found = defaultdict(list)
    data = (folder / "clusters" / "000000.clusters").read_bytes()
    for document, cluster in struct.iter_unpack("<II", data):
        found[cluster].append(document)
    return found.values()


def text_dedup(texts: list[str], folder: Path) -> Groups:
    """embed_func of its minhash script, its faster 32-bit hash, its way with buckets: a shared band is an edge."""
    import numpy
    from text_dedup.minhash import embed_func
    from text_dedup.utils.hashfunc import xxh3_32hash

    random, prime = numpy.random.RandomState(42), numpy.uint32((1 << 32) - 5)
    ranges = [(i * ROWS, (i + 1) * ROWS) for i in range(BANDS)]
    numbers = random.randint(1, prime, (2, PERMUTATIONS), dtype=numpy.uint32)
    tables: list[dict[bytes, int]] = [{} for _ in ranges]
    union = Union(len(texts))
    for i, text in enumerate(texts):
        made = embed_func(
            content=text, idx=i, num_perm=PERMUTATIONS, ngram_size=SHINGLE, min_length=5, hashranges=ranges,
            permutations=tuple(numbers), hash_func=xxh3_32hash, dtype=numpy.uint32, modulo_prime=prime,
            max_hash=numpy.uint32((1 << 32) - 1),
        )  # fmt: skip
        for table, signature in zip(tables, made["__signatures__"], strict=True):
            union.join(i, table.setdefault(signature, i))
    return union.groups()


def semhash(texts: list[str], folder: Path) -> Groups:
    """Its default model and threshold. The model must be there: it is asked for over the network otherwise."""
    from semhash import SemHash

    records = [{"text": text, "id": i} for i, text in enumerate(texts)]
    result = SemHash.from_records(records=records, columns=["text"]).self_deduplicate()
    union = Union(len(texts))
    for duplicate in result.filtered:
        for record, _ in duplicate.duplicates:
            union.join(int(duplicate.record["id"]), int(record["id"]))
    return union.groups()


PEERS: dict[str, Callable[[list[str], Path], Groups]] = {
    "datasketch": datasketch,
    "rensa": rensa,
    "gaoya": gaoya,
    "datatrove": datatrove,
    "text-dedup": text_dedup,
    "semhash": semhash,
}
LACKS = {
    "datasketch": "excerpts; furniture; slow, and quadratic on copies",
    "rensa": "excerpts; exact counts (it estimates); furniture",
    "gaoya": "excerpts; exact counts (it estimates); furniture",
    "datatrove": "excerpts and light edits (its Jaccard is .72); verification; furniture",
    "text-dedup": "excerpts; verification (a shared band is an edge); furniture",
    "semhash": "evidence: embeddings say alike, not copied",
}


def main(name: str, articles: str, groups: str) -> int:
    """Runs one peer."""
    with open(articles, encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    ids, texts = [record["id"] for record in records], [record["text"] for record in records]
    del records
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = PEERS[name](texts, Path(folder))
        except ImportError as error:
            print(f"not installed ({error})")
            return MISSING
        except OSError as error:  # semhash and the model it wants to fetch
            print(f"{type(error).__name__}: {str(error).splitlines()[0][:80]}")
            return MISSING
        several = [[ids[i] for i in group] for group in map(list, found) if len(group) > 1]
    Path(groups).write_text(json.dumps(several), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
