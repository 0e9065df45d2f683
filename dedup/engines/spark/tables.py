"""Tables: an answer -> Parquet for whoever goes on with Spark, pandas or DuckDB.

Below a folder, one table a folder: `clusters` (a row per cluster), `members` (a row per article in a cluster), `reuse`
(a row per pair that shares passages), `skipped`. Columns are the fields of the JSON, lists stay lists. A table is
finished when it holds a file _SUCCESS.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from dedup.engines.spark.session import is_address
from dedup.errors import OutputError
from dedup.model import Cluster, Clusters

_TEXTS = pa.list_(pa.string())
_CARRIED = pa.struct(
    [("cluster", pa.string()), ("share_of_article", pa.float64()), ("share_of_original", pa.float64())]
)
_SIBLING = pa.struct([("cluster", pa.string()), ("agency", pa.string()), ("why", _TEXTS)])
_VERSION = pa.struct([("id", pa.string()), ("mark", pa.string()), ("published", pa.string()), ("why", _TEXTS)])
_SCHEMAS = {
    "clusters": pa.schema(
        [
            ("id", pa.string()), ("title", pa.string()), ("size", pa.int64()), ("weakest_link", pa.float64()),
            ("agency", pa.string()), ("why", _TEXTS), ("doubt", _TEXTS), ("siblings", pa.list_(_SIBLING)),
            ("versions", pa.list_(_VERSION)),
        ]
    ),
    "members": pa.schema(
        [
            ("cluster", pa.string()), ("id", pa.string()), ("outlet", pa.string()), ("published", pa.string()),
            ("title", pa.string()), ("path", pa.string()), ("role", pa.string()), ("closest", pa.string()),
            ("jaccard", pa.float64()), ("containment", pa.float64()), ("share_of_article", pa.float64()),
            ("share_of_original", pa.float64()), ("version", pa.string()), ("also_carries", _TEXTS),
            ("also_shares", pa.list_(_CARRIED)), ("notes", _TEXTS),
        ]
    ),
    "reuse": pa.schema(
        [
            ("a", pa.string()), ("b", pa.string()), ("passages", pa.int64()), ("share_a", pa.float64()),
            ("share_b", pa.float64()),
        ]
    ),
    "skipped": pa.schema([("where", pa.string()), ("why", pa.string())]),
}  # fmt: skip


def check_target(session: Any, where: str) -> None:
    """Finds out before a long run whether `where` is free. Raises OutputError."""
    path = session.sparkContext._jvm.org.apache.hadoop.fs.Path(_uri(where))
    system = path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration())
    if system.exists(path):
        raise OutputError(f"cannot write {where}: it is there already; name a folder that does not exist")


def write(session: Any, result: Clusters, where: str) -> None:
    """Writes the four tables below `where`."""
    for name, records in _records(result).items():
        table = pa.Table.from_pylist(list(records), _SCHEMAS[name])
        session.createDataFrame(table).write.parquet(f"{_uri(where).rstrip('/')}/{name}")


def _uri(where: str) -> str:
    return where if is_address(where) else Path(os.path.abspath(where)).as_uri()


def _records(result: Clusters) -> dict[str, Iterable[dict[str, Any]]]:
    return {
        "clusters": map(_cluster, result.clusters),
        "members": (member for cluster in result.clusters for member in _members(cluster)),
        "reuse": (_fields(pair, "reuse") for pair in result.reuse),
        "skipped": (_fields(skip, "skipped") for skip in result.skipped),
    }


def _cluster(cluster: Cluster) -> dict[str, Any]:
    original = cluster.original
    lists = {
        "siblings": [{"cluster": s.cluster, "agency": s.agency, "why": s.why} for s in cluster.siblings],
        "versions": [{"id": v.id, "mark": v.mark, "published": v.published, "why": v.why} for v in cluster.versions],
    }
    own = _fields(cluster, ("id", "title", "size", "weakest_link"))
    return own | _fields(original, ("agency", "why", "doubt")) | lists


def _members(cluster: Cluster) -> Iterator[dict[str, Any]]:
    for member in cluster.members:
        shares = [_fields(c, ("cluster", "share_of_article", "share_of_original")) for c in member.also_shares]
        yield {**_fields(member, "members", "cluster"), "cluster": cluster.id, "also_shares": shares}


def _fields(value: object, names: str | tuple[str, ...], *without: str) -> dict[str, Any]:
    """The fields of a value that a table has columns for."""
    chosen = _SCHEMAS[names].names if isinstance(names, str) else names
    return {name: getattr(value, name) for name in chosen if name not in without}
