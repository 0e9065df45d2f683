"""What is special to an index on a Redis server."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import redis
from datasketch import MinHash, MinHashLSH
from redis.connection import parse_url

from dedup import candidates, index, limits, sign, spool
from dedup.errors import InputError, MissingExtra, UsageError
from dedup.index import pack, redis_store
from tests.index.helpers import add, clustered, dump, feeds, fresh
from tests.pipeline.helpers import jsonl, story


def client(where: str) -> Any:
    return redis.Redis.from_url(where.partition("#")[0])


def test_nothing_is_pickled(shared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*arguments: object, **options: object) -> None:
        raise AssertionError("pickle")

    monkeypatch.setattr(pickle, "loads", never)
    monkeypatch.setattr(pickle, "dumps", never)
    paths = feeds(tmp_path)
    for path in paths:
        add(shared, path)
    with index.open_index(shared) as held:
        assert held.query("a3").earlier
    assert clustered(shared).clusters
    with index.open_index(shared, write=True) as held:
        assert held.prune(index.prune.moment("2026-01-01")) > 0


def test_the_bands_are_datasketchs(shared: str, tmp_path: Path) -> None:
    add(shared, str(jsonl(tmp_path / "a.jsonl", [{"id": f"s{n}", "text": story(n)} for n in range(5)])))
    name = shared.partition("#")[2].encode()
    storage = {"type": "redis", "basename": name + b":lsh", "redis": parse_url(shared.partition("#")[0])}
    bands = candidates.bands(limits.LSH_THRESHOLD)
    lsh = MinHashLSH(num_perm=128, params=bands, storage_config=storage, prepickle=False)
    sketch = MinHash(num_perm=128, seed=1, scheme="affine32", hashfunc=sign.shingle_hash)
    tokens = sign.tokens(story(3))
    sketch.update_batch(" ".join(tokens[i : i + 3]).encode() for i in range(len(tokens) - 2))
    with index.open_index(shared) as held:
        entries = {entry.key: entry.id for entry in held.store.entries()}
        assert [entries[key] for key in lsh.query(sketch)] == ["s3"]
        ((_, data),) = held.store.blobs("articles", held.store.numbered("s3"))
        assert np.array_equal(pack.unpacked(data, "").signature, sketch.hashvalues)
        assert held.store.alike(pack.signature_of(data)) == lsh.query(sketch)


def test_two_indexes_on_one_server(server: str, tmp_path: Path) -> None:
    paths = feeds(tmp_path)
    one, other = f"{server}#one", f"{server}#other"
    add(one, paths[0])
    add(other, paths[1])
    assert clustered(one) == fresh(paths[:1]) and clustered(other) == fresh(paths[1:2])


def test_a_writer_that_lost_its_lock_changes_nothing(shared: str, tmp_path: Path) -> None:
    paths = feeds(tmp_path)
    add(shared, paths[0])
    before = dump(shared)
    name = shared.partition("#")[2]
    with (
        pytest.raises(InputError, match="wrote at the same time; nothing was added"),
        index.open_index(shared, write=True) as held,
        held.store.changing() as change,
    ):
        change.put("texts", [(change.reserve("articles", 1), b"x")])
        change.set_head(held.store.head())
        client(shared).set(f"{name}:lock", b"another")
    client(shared).delete(f"{name}:lock")
    assert dump(shared) == before


def test_waiting_for_another_writer_ends(shared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = feeds(tmp_path)
    add(shared, paths[0])
    monkeypatch.setattr(limits, "INDEX_BUSY_SECONDS", 0.2)
    client(shared).set(f"{shared.partition('#')[2]}:lock", b"another", px=60_000)
    with pytest.raises(InputError, match="another process has been writing"):
        add(shared, paths[1])


def test_a_reader_keeps_its_pages_while_they_are_merged(shared: str, tmp_path: Path) -> None:
    paths = feeds(tmp_path)
    add(shared, paths[0])
    with index.open_index(shared) as held:
        lookup = index.asking.Lookup(held.store)
        segments = held.store.head().segments
        add(shared, paths[1])
        assert held.store.head().segments != segments
        assert lookup.near(index._asked([]), 5) == ([], 0)
        assert lookup._postings.lookup(np.arange(0, 2**31, 4096, dtype=np.uint32)).hubs == 0
    add(shared, paths[2])
    pages = client(shared).hlen(f"{shared.partition('#')[2]}:blob:pages")
    assert pages <= 2 * sum(s.pages for s in index.open_index(shared).store.head().segments) + 2


def test_pruning_takes_bands_and_blobs_away(shared: str, tmp_path: Path) -> None:
    add(shared, *feeds(tmp_path))
    keys = set(client(shared).keys())
    with index.open_index(shared, write=True) as held:
        assert held.prune(index.prune.moment("2099-01-01"))
    with index.open_index(shared, write=True) as held:
        held.prune(index.prune.moment("2099-01-01"))
    name = shared.partition("#")[2].encode()
    left = set(client(shared).scan_iter(name + b":*"))
    assert left <= {name + b":" + part for part in (b"head", b"next", b"grave")} and len(keys) > 100


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("head", "state", b"{}"), ("head", "state", b"\xff"), ("head", "p:seed", b"7"), ("articles", "3", b"[]"),
        ("articles", "3", b"[1,2,3,4,5,6,7,8]"), ("blob:articles", "3", b"x"), ("ids", "a3", b"{"),
    ],
)  # fmt: skip
def test_values_nobody_wrote(shared: str, tmp_path: Path, part: str, field: str, value: bytes) -> None:
    add(shared, *feeds(tmp_path))
    client(shared).hset(f"{shared.partition('#')[2]}:{part}", field, value)
    said = set()
    for work in ("query", "cluster", "stats"):
        try:
            with index.open_index(shared) as held:
                held.query("a3") if work == "query" else getattr(held, work)()
        except InputError as error:
            said.add(str(error))
    assert said and all("damaged index" in told or "made with seed" in told for told in said)


def test_another_type_under_our_name(shared: str, tmp_path: Path) -> None:
    client(shared).set(f"{shared.partition('#')[2]}:head", b"text")
    with pytest.raises(InputError, match="damaged index"):
        add(shared, feeds(tmp_path)[0])


def test_passwords_are_not_shown(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        index.open_index("redis://someone:secret@127.0.0.1:1/0#news")
    assert "secret" not in str(caught.value) and "redis://127.0.0.1:1/0#news" in str(caught.value)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(MissingExtra, match=r"needs the extra \[redis\]"):
        redis_store.open_redis("redis://127.0.0.1:1/0")


def test_an_address_that_is_none() -> None:
    for address in ("redis://127.0.0.1:port/0", "redis://127.0.0.1:99999/0"):
        with pytest.raises(UsageError, match=r"expected redis://HOST:PORT/DB#NAME"):
            index.open_index(address)


def test_a_socket(tmp_path: Path) -> None:
    """unix:// is for datasketch's bands too, which are reached in a way of their own."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    socket = Path(tempfile.mkdtemp()) / "s"  # a short name: sockets allow few letters
    command = [program, "--port", "0", "--unixsocket", str(socket), "--dir", str(tmp_path), "--save", ""]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while not socket.exists():
            assert process.poll() is None
            time.sleep(0.02)
        where, paths = f"unix://{socket}#news", feeds(tmp_path)
        add(where, *paths)
        with index.open_index(where) as held:
            assert held.query("a3").earlier
        assert clustered(where) == fresh(paths)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(socket.parent)


def test_encryption_is_handed_on() -> None:
    assert redis_store._connection("rediss://127.0.0.1:7/2") == {"host": "127.0.0.1", "port": 7, "db": 2, "ssl": True}


def test_a_clustering_beside_other_writers(shared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is added meanwhile is left to the next clustering; what goes meanwhile is said as what it is."""
    paths = feeds(tmp_path)
    add(shared, paths[0])
    before, open_writer = clustered(shared), spool.Writer

    def meanwhile(work: Callable[[], object]) -> None:
        def writer(*arguments: Any) -> spool.Writer:
            monkeypatch.setattr(spool, "Writer", open_writer)
            work()
            return open_writer(*arguments)

        monkeypatch.setattr(spool, "Writer", writer)

    meanwhile(lambda: add(shared, paths[1]))
    assert clustered(shared).clusters == before.clusters

    def prune() -> None:
        with index.open_index(shared, write=True) as held:
            assert held.prune(index.prune.moment("2099-01-01"))

    meanwhile(prune)
    with pytest.raises(InputError, match="another process dropped articles"):
        clustered(shared)
