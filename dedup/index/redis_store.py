"""Redis: an index that many scrapers share, on a server of theirs. Needs the extra [redis].

    PREFIX:head        parameters and state (segments, number of articles): the version marker, always set last
    PREFIX:articles, :keys, :ids, :contents, :skips, :clusters    rows
    PREFIX:blob:KIND   blobs by number; PREFIX:next hands out the numbers, none twice
    PREFIX:lsh_...     the LSH bands, kept by datasketch's MinHashLSH (storage "redis", byte keys, prepickle=False)

datasketch's LSH holds bands alone. The postings of rare shingles, which find excerpts, are pages and directories here
as they are in SQLite, and so are the articles' shingles.

A writer holds a lock that ends by itself if the writer dies. It puts blobs and bands under numbers and keys that
nothing points to yet, and then everything that makes them visible in one MULTI/EXEC, which Redis refuses if the lock
was lost meanwhile. So what was acknowledged is whole, and a killed writer leaves at most some blobs that nobody sees.
Pages that a merge replaced are removed by the change after it: whoever is reading them still finds them. Whether what
Redis acknowledged outlives the server itself is the server's `appendfsync`.

datasketch pickles keys unless told otherwise; here keys are bytes, and nothing is ever unpickled.

Files: this one reads, redis_change.py writes.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import numpy as np

from dedup import candidates, limits, sign
from dedup.errors import DedupError, InputError, MissingExtra, OutputError, UsageError
from dedup.index import redis_change
from dedup.index.heads import head_of, state_of
from dedup.index.pack import damaged
from dedup.index.redis_change import BATCH, RedisChange
from dedup.index.store import Blob, Entry, Head, Kind
from dedup.model import Skipped

if TYPE_CHECKING:
    from datasketch import MinHashLSH

SCHEMES = ("redis://", "rediss://", "unix://")
_DEFAULT_NAME = "dedup"


def open_redis(url: str, fresh: Callable[[], dict[str, str]] | None = None, *, write: bool = False) -> RedisStore:
    """The index NAME of redis://HOST:PORT/DB#NAME ("dedup" without a name).

    `fresh` gives the parameters of a new one where there is none yet; `write` makes no difference here. Raises
    MissingExtra, UsageError for an address that is none, InputError for a server that does not answer or has no such
    index.
    """
    store = _reached(url)
    with _spoken(store.where):
        if not store.is_there():
            if fresh is None:
                raise InputError(
                    f"{store.where}: no such index on the server; make one with: dedup index add {store.where} PATH"
                )
            store.make(fresh())
    return store


def is_there(url: str) -> bool:
    """Whether the server has that index. Raises what `open_redis` raises for the server."""
    with closing(_reached(url)) as store, _spoken(store.where):
        return store.is_there()


def _reached(url: str) -> RedisStore:
    """The store at an address, which may have nothing yet."""
    try:
        import redis
    except ImportError as error:
        raise MissingExtra("an index on a Redis server", "redis") from error
    bare, _, fragment = url.partition("#")  # urldefrag would take slashes out of unix:///
    try:
        client: Any = redis.Redis.from_url(bare)
        return RedisStore(client, bare, unquote(fragment) or _DEFAULT_NAME, _shown(url))
    except ValueError as error:
        raise UsageError(f"the address of the index: {error}; expected redis://HOST:PORT/DB#NAME") from error


def _shown(url: str) -> str:
    """The address without user and password."""
    parts = urlsplit(url)
    host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    return f"{parts.scheme}://{host}{parts.path}" + (f"#{parts.fragment}" if parts.fragment else "")


@contextmanager
def _answered(where: str) -> Iterator[None]:
    """Turns what the server or the way to it says into errors a user can act on."""
    import redis

    try:
        yield
    except redis.WatchError as error:
        raise InputError(f"{where}: another process wrote at the same time; nothing was added, try again") from error
    except redis.RedisError as error:
        raise _told(error, where) from error


@contextmanager
def _spoken(where: str) -> Iterator[None]:
    """The same, and values of other types than are ever written are damage. For what runs no code but ours."""
    try:
        with _answered(where):
            yield
    except (OverflowError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise damaged(where, f"{type(error).__name__}: {error}") from error


def _told(error: Exception, where: str) -> DedupError:
    import redis

    if isinstance(error, redis.AuthenticationError | redis.exceptions.NoPermissionError):
        return InputError(f"{where}: the server wants another user or password ({error})")
    if isinstance(error, redis.ConnectionError | redis.TimeoutError):
        return InputError(f"{where}: no Redis server answers there ({error})")
    if isinstance(error, redis.exceptions.OutOfMemoryError):
        return OutputError(f"{where}: the server has no memory left; nothing of this command was kept")
    if isinstance(error, redis.exceptions.ReadOnlyError):
        return OutputError(f"{where}: the server only lets read; name the one that is written to")
    return damaged(where, str(error))


class RedisStore:
    """An index on a Redis server."""

    def __init__(self, client: Any, url: str, name: str, where: str) -> None:
        self.where = where
        self.client = client
        self._url = url
        self._name = name
        self._lsh: MinHashLSH | None = None

    def key(self, part: str) -> bytes:
        """The name of one of its structures."""
        return f"{self._name}:{part}".encode()

    def is_there(self) -> bool:
        """Whether it has been made."""
        return bool(self.client.exists(self.key("head")))

    def make(self, parameters: dict[str, str]) -> None:
        """An empty index, unless another process makes it first."""
        head = self.key("head")
        with self.client.pipeline(transaction=True) as pipe:
            import redis

            with suppress(redis.WatchError):
                pipe.watch(head)
                if not pipe.exists(head):
                    pipe.multi()
                    pipe.hset(head, mapping={f"p:{name}": value for name, value in parameters.items()})
                    pipe.hset(head, "state", json.dumps(state_of(Head(parameters), {})))
                    pipe.execute()

    def head(self) -> Head:
        """The head as last written."""
        with _spoken(self.where):
            held = {name.decode(): value.decode() for name, value in self.client.hgetall(self.key("head")).items()}
            parameters = {name[2:]: value for name, value in held.items() if name.startswith("p:")}
            return head_of(parameters, json.loads(held["state"]))

    def entries(self) -> Iterator[Entry]:
        """All articles, by number."""
        with _spoken(self.where):
            numbers = sorted(int(n) for n in self.client.hkeys(self.key("articles")))
            for start in range(0, len(numbers), BATCH):
                yield from self.chosen(numbers[start : start + BATCH])

    def chosen(self, numbers: Sequence[int]) -> list[Entry]:
        """The articles with those numbers that are there, by number."""
        with _spoken(self.where):
            rows = self._many("articles", sorted(numbers))
            return [_entry(n, json.loads(row)) for n, row in rows]

    def numbered(self, id: str) -> list[int]:
        """Numbers of the articles with that id."""
        with _spoken(self.where):
            return self.listed("ids", id)

    def listed(self, part: str, field: Any) -> list[int]:
        """The numbers under one field of :ids or :contents."""
        held = self.client.hget(self.key(part), field)
        return [int(n) for n in json.loads(held)] if held else []

    def told_alike(self, contents: Sequence[bytes]) -> list[Entry]:
        """The articles with one of those stories, by number."""
        with _spoken(self.where):
            held = [json.loads(numbers) for _, numbers in self._many("contents", sorted(set(contents)))]
        return self.chosen(sorted({int(number) for numbers in held for number in numbers}))

    def keyed(self, keys: Sequence[bytes]) -> dict[bytes, int]:
        """The number of each of the keys that an article has."""
        with _spoken(self.where):
            return {key: int(n) for key, n in self._many("keys", list(keys))}

    def blobs(self, kind: Kind, numbers: Sequence[int]) -> Iterator[Blob]:
        """Those of the blobs that are there, in ascending order."""
        with _spoken(self.where):
            yield from self._many(f"blob:{kind}", numbers)

    def alike(self, signature: bytes) -> list[bytes]:
        """Keys of articles that meet the signature in a band."""
        with _spoken(self.where):
            sketch = sign.to_datasketch(np.frombuffer(signature, "<u4"))
            return sorted(key for key in self.lsh().query(sketch) if isinstance(key, bytes))

    def skips(self) -> list[Skipped]:
        """Inputs that were not used."""
        with _spoken(self.where):
            held = self.client.hgetall(self.key("skips"))
            return [_skip(*json.loads(name), *json.loads(value)) for name, value in held.items()]

    def clusters(self, numbers: Sequence[int]) -> dict[int, str]:
        """The cluster of each of those articles that was in one when the index was last clustered."""
        with _spoken(self.where):
            return {n: value.decode("utf-8", "replace") for n, value in self._many("clusters", numbers)}

    def clustered(self) -> int:
        """How many articles were in one."""
        with _spoken(self.where):
            return int(self.client.hlen(self.key("clusters")))

    def sizes(self) -> list[tuple[str, int]]:
        """Bytes of the large structures, as the server estimates them."""
        parts = ("blob:articles", "blob:texts", "blob:pages", "blob:directories", "articles", "keys", "ids", "contents")
        with _spoken(self.where):
            return [(part.removeprefix("blob:"), int(self.client.memory_usage(self.key(part)) or 0)) for part in parts]

    @contextmanager
    def changing(self) -> Iterator[RedisChange]:
        """The only writer for a while; what it wrote is seen when the context ends well."""
        with _answered(self.where):
            token = self._locked()
            change = RedisChange(self, token)
            try:
                yield change
                change.finish()
            finally:
                with suppress(Exception):  # it ends by itself
                    change.unlock()

    def tidy(self) -> None:
        """Nothing: the server gives memory back by itself."""

    def close(self) -> None:
        """Lets go of the connection."""
        self.client.close()

    def lsh(self) -> MinHashLSH:
        """datasketch's index of the bands, in the same database."""
        if self._lsh is None:
            from datasketch import MinHashLSH

            storage = {
                "type": "redis", "basename": self.key("lsh"), "redis": _connection(self._url),
            }  # fmt: skip
            bands = candidates.bands(limits.LSH_THRESHOLD)
            self._lsh = MinHashLSH(num_perm=limits.NUM_PERM, params=bands, storage_config=storage, prepickle=False)
        return self._lsh

    def _many(self, part: str, fields: Sequence[Any]) -> Iterator[tuple[Any, bytes]]:
        """Fields of a hash that are there, with their values, some hundred at a time."""
        for start in range(0, len(fields), BATCH):
            some = list(fields[start : start + BATCH])
            values = self.client.hmget(self.key(part), some)
            yield from ((field, value) for field, value in zip(some, values, strict=True) if value is not None)

    def _locked(self) -> bytes:
        """Waits for the lock and takes it."""
        token, end = os.urandom(16).hex().encode(), time.monotonic() + limits.INDEX_BUSY_SECONDS
        while not self.client.set(self.key("lock"), token, nx=True, px=redis_change.LOCK_MS):
            if time.monotonic() > end:
                raise InputError(
                    f"{self.where}: another process has been writing to it for {limits.INDEX_BUSY_SECONDS:g} seconds; "
                    "try again later"
                )
            time.sleep(0.05)
        return token


def _entry(number: int, row: Sequence[Any]) -> Entry:
    key, content, id, outlet, published, added, wire, place = row
    if not all(isinstance(text, str) for text in (key, content, id, outlet, published, added)):
        raise ValueError("a field is no text")
    return Entry(
        number, bytes.fromhex(key), bytes.fromhex(content), id, outlet, published, added, bool(wire), int(place)
    )


def _skip(where: str, why: str, empty: bool, added: str) -> Skipped:
    return Skipped(where, why, empty)


def _connection(url: str) -> dict[str, Any]:
    """What datasketch is to hand to redis.Redis."""
    from redis.connection import parse_url

    parse: Callable[[str], dict[str, Any]] = parse_url
    told = dict(parse(url))
    told.pop("connection_class", None)  # redis.Redis knows it by other names
    if url.startswith("rediss://"):
        told["ssl"] = True
    if "path" in told:
        told["unix_socket_path"] = told.pop("path")
    return told
