"""Redis change: the writing side of an index on a Redis server. redis_store.py says how a change becomes visible."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup import sign
from dedup.index.heads import state_of
from dedup.index.store import Blob, Counter, Entry, Head, Kind
from dedup.model import Skipped

if TYPE_CHECKING:
    from dedup.index.redis_store import RedisStore

BATCH = 512  # values of one command
LOCK_MS = 20_000  # a writer that shows no sign of life for so long has died
KEEP_SECONDS = 2.0  # between two signs
COMMIT_MS = 300_000  # for the last step of a large change, which shows none


class RedisChange:
    """The writing side. Blobs go out at once; what points to them waits for `finish`."""

    def __init__(self, store: RedisStore, token: bytes) -> None:
        self._store, self._token, self._client = store, token, store.client
        self._kept = time.monotonic()
        self._head: Head | None = None
        self._rows: dict[str, dict[Any, Any]] = {}  # structure -> field -> value
        self._gone: dict[str, list[Any]] = {}  # structure -> fields
        self._later: dict[str, list[int]] = {}  # blobs that readers may still be at
        self._cleared: list[str] = []
        self._lists: dict[tuple[str, Any], list[int]] = {}  # of :ids and :contents
        self._unbanded: list[bytes] = []

    def reserve(self, counter: Counter, count: int) -> int:
        """`count` numbers that nobody else gets: the first of them."""
        return int(self._client.hincrby(self._store.key("next"), counter, count)) - count

    def known(self, keys: Sequence[bytes]) -> set[bytes]:
        """Those of `keys` that an article has."""
        self._keep()
        return set(self._store.keyed(keys))

    def put(self, kind: Kind, blobs: Iterable[Blob]) -> None:
        """Writes blobs under new numbers."""
        self._keep()
        held = list(blobs)
        for start in range(0, len(held), BATCH):
            self._client.hset(self._store.key(f"blob:{kind}"), mapping=dict(held[start : start + BATCH]))

    def drop(self, kind: Kind, numbers: Sequence[int]) -> None:
        """Removes blobs, with the next change."""
        self._later.setdefault(kind, []).extend(numbers)

    def put_articles(self, entries: Sequence[Entry], signatures: Sequence[bytes]) -> None:
        """New articles; their bands go out at once, under keys that no article has yet."""
        self._keep()
        with self._store.lsh().insertion_session(buffer_size=10_000) as session:
            for entry, signature in zip(entries, signatures, strict=True):
                sketch = sign.to_datasketch(np.frombuffer(signature, "<u4"))
                session.insert(entry.key, sketch, check_duplication=False)
        for entry in entries:
            self._set("articles", entry.number, _row(entry))
            self._set("keys", entry.key, entry.number)
            for part, field in (("ids", entry.id), ("contents", entry.content)):
                self._numbers(part, field).append(entry.number)

    def drop_articles(self, entries: Sequence[Entry]) -> None:
        """Removes articles with their blobs and bands."""
        numbers = [entry.number for entry in entries]
        for part in ("articles", "clusters"):
            self._gone.setdefault(part, []).extend(numbers)
        self._gone.setdefault("keys", []).extend(entry.key for entry in entries)
        for entry in entries:
            for part, field in (("ids", entry.id), ("contents", entry.content)):
                held = self._numbers(part, field)
                if entry.number in held:
                    held.remove(entry.number)
        self.drop("articles", numbers)
        self.drop("texts", numbers)
        self._unbanded += [entry.key for entry in entries]

    def put_skips(self, skips: Iterable[tuple[Skipped, str]]) -> None:
        """Inputs that were not used."""
        known = set(self._client.hkeys(self._store.key("skips")))
        for skip, added in skips:
            name = json.dumps([skip.where, skip.why]).encode()
            if name not in known:
                self._set("skips", name, json.dumps([skip.empty, added]))

    def drop_skips(self, before: str) -> None:
        """Removes skips of adds before that time."""
        held = self._client.hgetall(self._store.key("skips"))
        gone = [name for name, value in held.items() if json.loads(value)[1] < before]
        self._gone.setdefault("skips", []).extend(gone)

    def put_clusters(self, clusters: Iterable[tuple[int, str]]) -> None:
        """Article number and cluster id, in the place of all there were."""
        self._cleared.append("clusters")
        for number, cluster in clusters:
            self._set("clusters", number, cluster)

    def set_head(self, head: Head) -> None:
        """The head as it will be."""
        self._head = head

    def finish(self) -> None:
        """Makes everything visible at once. Raises redis.WatchError if the lock was lost."""
        store, head = self._store, self._head
        if head is None:
            return
        for (part, field), numbers in self._lists.items():
            if numbers:
                self._set(part, field, json.dumps(sorted(numbers)))
            else:
                self._gone.setdefault(part, []).append(field)
        grave = json.loads(self._client.get(store.key("grave")) or b"{}")
        self._hold(COMMIT_MS)
        with self._client.pipeline(transaction=True) as pipe:
            self._guard(pipe)
            for part in self._cleared:
                pipe.delete(store.key(part))
            for part, fields in [*self._gone.items(), *((f"blob:{kind}", old) for kind, old in grave.items())]:
                for start in range(0, len(fields), BATCH):
                    pipe.hdel(store.key(part), *fields[start : start + BATCH])
            for part, rows in self._rows.items():
                held = list(rows.items())
                for start in range(0, len(held), BATCH):
                    pipe.hset(store.key(part), mapping=dict(held[start : start + BATCH]))
            pipe.set(store.key("grave"), json.dumps(self._later))
            pipe.hset(store.key("head"), "state", json.dumps(state_of(head, {})))
            pipe.execute()
        self._unband()

    def unlock(self) -> None:
        """Lets the next writer in."""
        with self._client.pipeline(transaction=True) as pipe:
            self._guard(pipe)
            pipe.delete(self._store.key("lock"))
            pipe.execute()

    def _unband(self) -> None:
        """Takes the bands of removed articles away. Bands of a key that no article has are never looked at."""
        lsh = self._store.lsh()
        for key in self._unbanded:
            self._keep()
            with suppress(ValueError):  # not there
                lsh.remove(key)

    def _guard(self, pipe: Any) -> None:
        """What follows happens only while the lock is ours."""
        import redis

        pipe.watch(self._store.key("lock"))
        if pipe.get(self._store.key("lock")) != self._token:
            raise redis.WatchError("the lock was lost")
        pipe.multi()

    def _keep(self) -> None:
        """A sign of life now and then."""
        if time.monotonic() - self._kept < KEEP_SECONDS:
            return
        self._hold(LOCK_MS)

    def _hold(self, milliseconds: int) -> None:
        """Keeps the lock for so long from now."""
        with self._client.pipeline(transaction=True) as pipe:
            self._guard(pipe)
            pipe.pexpire(self._store.key("lock"), milliseconds)
            pipe.execute()
        self._kept = time.monotonic()

    def _set(self, part: str, field: Any, value: Any) -> None:
        self._rows.setdefault(part, {})[field] = value

    def _numbers(self, part: str, field: Any) -> list[int]:
        if (part, field) not in self._lists:
            self._lists[part, field] = self._store.listed(part, field)
        return self._lists[part, field]


def _row(entry: Entry) -> str:
    return json.dumps(
        [
            entry.key.hex(),
            entry.content.hex(),
            entry.id,
            entry.outlet,
            entry.published,
            entry.added,
            entry.wire,
            entry.place,
        ]
    )
