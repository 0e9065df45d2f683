"""Index: articles that came in over weeks, kept so that a new one is recognised and all of them can be clustered.

It is the spool of a run (dedup/spool) that lasts: of every article its shingles, story lines, signature, furniture and
fields, and where its text is; the text itself only on request. Beside it stand the postings of sampled shingles, which
a query looks into. Nothing that depends on the whole corpus (rarity, caps, repeated lines) is kept: a clustering counts
it anew, and so gives what a fresh run over the same articles gives.

Files, in reading order: store.py (what keeps it, as a protocol), header.py (what must be equal), pack.py and
postings.py (bytes), add.py, query.py, texts.py, cluster.py, prune.py, stats.py (the commands), sqlite.py with
sqlite_file.py, redis_store.py with redis_change.py, and heads.py (the stores).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from dedup import limits, sign, spool
from dedup.errors import InputError, OutputError, UsageError
from dedup.index import add as adding
from dedup.index import cluster as clustering
from dedup.index import header, pack, prune, redis_store, sqlite, sqlite_file
from dedup.index import query as asking
from dedup.index import stats as counting
from dedup.index.store import Entry, Store
from dedup.model import Added, Article, Clusters, Holdings, Recognised
from dedup.pipeline import Options, intake
from dedup.pipeline.desk import Desk
from dedup.pipeline.texts import fold
from dedup.watch import SILENT, Watch

__all__ = ["Carried", "Index", "desk", "is_index", "open_index"]


@dataclass(frozen=True, slots=True)
class Carried:
    """An article of a feed that an index has met before: as it is, or as another carrier of its dispatch."""

    place: int  # of the article asked about, in the order it was given
    id: str  # the closest article of the index
    outlet: str
    published: str
    title: str
    path: str
    closeness: float
    share_of_article: float  # of the shingles of the article asked about, found in the other one
    share_of_earlier: float
    known: bool  # the very same article


def is_index(path: str) -> bool:
    """Whether `path` is an index: a file that says so, or the address of a Redis server."""
    return path.startswith(redis_store.SCHEMES) or sqlite_file.is_ours(path)


def open_index(path: str, *, make: bool = False, write: bool = False, with_text: bool = False) -> Index:
    """The index at `path`, a file or redis://HOST:PORT/DB#NAME. Close it, or use it as a context.

    write: to be changed. make: the same, and one that is not there yet is made, `with_text` or without, as soon as its
    store is asked for: what cannot be read leaves no empty index behind. Raises InputError for what is no index, or one
    made with other parameters; OutputError for one that cannot be written; MissingExtra; UsageError.
    """
    there = redis_store.is_there if path.startswith(redis_store.SCHEMES) else sqlite.is_there
    if make and not there(path):
        return Index(None, lambda: _made(path, with_text), with_text)
    return Index(_opened(path, make=make, write=write, with_text=with_text))


def _opened(path: str, *, make: bool, write: bool, with_text: bool) -> Store:
    """The store at `path`, its parameters compared."""
    shared = path.startswith(redis_store.SCHEMES)

    def fresh() -> dict[str, str]:
        return header.fresh(with_text=with_text, banded=shared)

    opened = redis_store.open_redis if shared else sqlite.open_file
    store: Store = opened(path, fresh if make else None, write=write)
    try:
        head = store.head()
        header.check(head.parameters, store.where)
        if with_text and not header.has_texts(head.parameters):
            raise UsageError(
                f"{store.where}: was made without texts, and --with-text goes for a whole index; leave it out, or make "
                "a new index with it"
            )
    except BaseException:
        store.close()
        raise
    return store


def _made(path: str, with_text: bool) -> Store:
    """A new index; one that another process has made meanwhile if it is the same."""
    store = _opened(path, make=True, write=True, with_text=with_text)
    if header.has_texts(store.head().parameters) != with_text:
        store.close()
        raise InputError(f"{store.where}: another process has made it meanwhile, with texts; try again")
    return store


class Index:
    """One index, open. Methods raise InputError for damage and OutputError where nothing can be written."""

    def __init__(self, store: Store | None, make: Callable[[], Store] | None = None, with_text: bool = False) -> None:
        """Without a `store` it is `make` that gives one, `with_text` or without, when it is first asked for."""
        self._store, self._make, self._with_text = store, make, with_text

    @property
    def store(self) -> Store:
        """What keeps it."""
        if self._store is None:
            assert self._make is not None
            self._store = self._make()
        return self._store

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of files and connections."""
        if self._store is not None:
            self._store.close()

    @property
    def has_texts(self) -> bool:
        """Whether it keeps texts."""
        return header.has_texts(self._store.head().parameters) if self._store is not None else self._with_text

    def add(
        self,
        paths: Sequence[str],
        originals: str | None = None,
        mapping: Mapping[str, str] | None = None,
        *,
        now: datetime | None = None,
        workers: int = 1,
        work: str | None = None,
        watch: Watch = SILENT,
    ) -> Added:
        """Adds the articles in `paths` that it has not, all of them or, on an error, none."""
        time = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        with spool.folder(work) as folder:
            return adding.add(
                lambda: self.store, paths, originals, mapping or {}, with_text=self.has_texts, now=time,
                workers=workers, folder=folder, watch=watch,
            )  # fmt: skip

    def query(
        self, article: str, mapping: Mapping[str, str] | None = None, work: str | None = None, watch: Watch = SILENT
    ) -> Recognised:
        """What the index knows of one article: a file, "-", or an id in the index."""
        with spool.folder(work) as folder:
            if article == "-" or os.path.isfile(article):
                return asking.recognise(self.store, asking.asked_in(article, folder, dict(mapping or {}), watch))
            found = asking.asked_by_id(self.store, article, folder)
            if found is None:
                raise UsageError(f"{article!r} is neither a file nor the id of an article in {self.store.where}")
            return asking.recognise(self.store, found)

    def stats(self) -> Holdings:
        """What is in it."""
        return counting.stats(self.store)

    def prune(self, before: datetime, *, dry_run: bool = False) -> int:
        """Drops the articles from before that time, or only counts them."""
        return len(prune.too_old(self.store, before)) if dry_run else prune.prune(self.store, before)

    def cluster(self, options: Options | None = None, watch: Watch = SILENT) -> Clusters:
        """The clusters of all its articles, as `dedup cluster` tells them; kept for later queries."""
        options = options or Options()
        with spool.folder(options.work) as folder:
            found, run, rebuilt = clustering.cluster(self.store, options, folder, watch)
            ids = list(run.texts.ids)
        try:
            clustering.remember(self.store, found, ids, rebuilt)
        except OutputError as error:
            watch.note(f"later queries will not know these clusters: {error}")
        return found

    def carried(self, articles: Sequence[Article]) -> list[Carried]:
        """Those of a feed's articles that are in the index, or whose dispatch is, each with one article it has.

        That is the article itself, else one of its outlet with the same story, else one of another outlet, else the
        closest that carries the same dispatch. In the order given. Cost: linear in the articles; each block of them
        reads those pages of the index that have their shingles.
        """
        found: list[Carried] = []
        lookup = asking.Lookup(self.store)
        for start in range(0, len(articles), limits.INDEX_CARRIED_BLOCK):
            block = _asked(articles[start : start + limits.INDEX_CARRIED_BLOCK])
            met = self._same(block)
            rest = [place for place in range(len(block)) if place not in met]
            for near in _closest(lookup, [block[place] for place in rest]):
                met[rest[near.asked]] = (near, False)
            found += self._told(met, start)
        return found

    def _same(self, asked: Sequence[asking.Asked]) -> dict[int, tuple[asking.Near, bool]]:
        """By place what has the very same story, and whether it is the very same article."""
        keys = [adding.identity(one.digest, one.article.id or one.digest.hex()) for one in asked]
        known = self.store.keyed(sorted(set(keys)))
        contents = [adding.content_of(one.hashes) for one in asked]
        alike: dict[bytes, list[Entry]] = {}
        for entry in self.store.told_alike(contents):
            alike.setdefault(entry.content, []).append(entry)
        met = {}
        for place, one in enumerate(asked):
            if keys[place] in known:
                met[place] = (_whole(place, known[keys[place]]), True)
            elif (others := alike.get(contents[place])) and one.tokens >= limits.MIN_TOKENS:
                own = (entry for entry in others if entry.outlet == one.article.outlet)
                met[place] = (_whole(place, next(own, others[0]).number), False)
        return met

    def _told(self, met: Mapping[int, tuple[asking.Near, bool]], start: int) -> Iterator[Carried]:
        blobs = self.store.blobs("articles", sorted({near.number for near, _ in met.values()}))
        held = {number: pack.unpacked(data, self.store.where).article for number, data in blobs}
        for place, (near, known) in sorted(met.items()):
            if a := held.get(near.number):
                shares = (near.closeness, near.share_of_asked, near.share_of_number)
                yield Carried(start + place, a.id, a.outlet, a.published, a.title, a.path, *shares, known)


def _whole(place: int, number: int) -> asking.Near:
    return asking.Near(place, number, 1.0, 1.0, 1.0, 1.0, 1.0, 0)


def _closest(lookup: asking.Lookup, asked: Sequence[asking.Asked]) -> Iterable[asking.Near]:
    """Of each article the closest one that carries the same dispatch, the first added where several are."""
    found, _ = lookup.near(asked, limits.INDEX_CARRIED_ARTICLES, limits.INDEX_CARRIED_THIN)
    best: dict[int, asking.Near] = {}
    for near in found:
        enough = near.closeness >= limits.SAME_DISPATCH and asked[near.asked].tokens >= limits.MIN_TOKENS
        if enough and (near.asked not in best or _order(near) > _order(best[near.asked])):
            best[near.asked] = near
    return best.values()


def _order(near: asking.Near) -> tuple[float, int]:
    return near.closeness, -near.number


def _asked(articles: Sequence[Article]) -> list[asking.Asked]:
    """Articles as a query wants them, signed here."""
    return list(asking.asked_of(intake.prepared(articles, compiled=sign.kernel_pays(len(articles)))))


@contextmanager
def desk(path: str, options: Options, clusters: Clusters | None = None, watch: Watch = SILENT) -> Iterator[Desk]:
    """The articles of an index as pipeline.desk has those of files, clustered unless `clusters` are given."""
    with open_index(path) as index, spool.folder(options.work) as folder:
        if clusters is None:
            clusters, run, rebuilt = clustering.cluster(index.store, options, folder, watch)
            held = Desk(rebuilt.corpus, run.texts.ids, clusters)
        else:
            watch.stage("index")
            rebuilt = clustering.rebuild(index.store, folder, watch)
            held = Desk(rebuilt.corpus, fold(rebuilt.corpus).ids, clusters)
        _check_texts(rebuilt, index.store)
        watch.stage("diff")
        yield held


def _check_texts(rebuilt: clustering.Rebuilt, store: Store) -> None:
    if rebuilt.missing.articles:
        raise InputError(f"{store.where}: a diff needs the texts, and {rebuilt.missing.told}")
