"""Clusters for programs: a `Clusters` value -> JSON (schema dedup.clusters/1), JSON lines, CSV, as chunks of UTF-8.

The same value gives the same bytes everywhere: the order is `canonical`, fields stand in the order of the schema,
shares are rounded to SHARE_DIGITS in every format. JSON keeps one record a line, so that results can be compared with
line tools and a result of a million articles is never held twice. Chunks are yielded as they are made.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from dedup import limits
from dedup.model import Carried, Cluster, Clusters, Member, Reuse, Sibling, Skipped, Version
from dedup.report.safe import for_csv, for_json, whole

SCHEMA = "dedup.clusters/1"

Record = dict[str, Any]
Renderer = Callable[[Clusters], Iterator[bytes]]

_LISTS = {"skipped", "clusters", "reuse"}  # one record a line

CSV_COLUMNS = (
    "cluster", "id", "outlet", "published", "title", "role", "agency", "closest", "jaccard", "containment",
    "share_of_article", "share_of_original", "version", "also_carries", "notes", "path",
)  # fmt: skip


def canonical(result: Clusters) -> Clusters:
    """`result` in the order every format uses: large clusters first, the original before the others, then by id."""
    return replace(
        result,
        skipped=tuple(sorted(result.skipped, key=lambda s: (s.where, s.why))),
        clusters=tuple(
            replace(c, members=tuple(sorted(c.members, key=lambda m: (m.id != c.id, m.published, m.id))))
            for c in sorted(result.clusters, key=lambda c: (-c.size, c.id))
        ),
        reuse=tuple(sorted(result.reuse, key=lambda r: (r.a, r.b))),
    )


# ---------------------------------------------------------------- JSON


def clusters_json(result: Clusters) -> bytes:
    """The whole JSON document of `result`."""
    return b"".join(json_chunks(result))


def json_chunks(result: Clusters) -> Iterator[bytes]:
    """One JSON object, a line per top-level field and per record of its lists."""
    result = canonical(result)
    document: Record = {
        **_header(result),
        "clusters": None,
        "reuse": map(_reuse, result.reuse),
    }
    before = b"{"
    for key, value in document.items():
        yield before + f'"{key}": '.encode()
        if key == "clusters":
            yield from _array(map(_cluster_chunks, result.clusters))
        else:
            yield from _array((dumps(record),) for record in value) if key in _LISTS else (dumps(value),)
        before = b",\n "
    yield b"}\n"


def _array(records: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """Records that come in pieces."""
    before = b"[\n"
    for record in records:
        yield before
        yield from record
        before = b",\n"
    yield b"[]" if before == b"[\n" else b"\n]"


def jsonl_chunks(result: Clusters) -> Iterator[bytes]:
    """A header record, then a record per cluster, then a record per reuse pair; each says its "type"."""
    result = canonical(result)
    yield dumps({"type": "header", **_header(result)}) + b"\n"
    for cluster in result.clusters:
        yield from _cluster_chunks(cluster, {"type": "cluster"})
        yield b"\n"
    for pair in result.reuse:
        yield dumps({"type": "reuse", **_reuse(pair)}) + b"\n"


def dumps(value: object) -> bytes:
    """One value on one line, hidden characters escaped, lone surrogates as U+FFFD."""
    try:
        raw = orjson.dumps(value)
    except TypeError:  # orjson's answer to a lone surrogate
        raw = orjson.dumps(_mended(value))
    return raw if raw.isascii() and b"\x7f" not in raw else for_json(raw.decode("utf-8")).encode("utf-8")


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, Mapping):
        return {key: _mended(item) for key, item in value.items()}
    return [_mended(item) for item in value] if isinstance(value, list | tuple) else value


def share(value: float) -> float:
    """A share or score as every format prints it. The plus turns -0.0 into 0.0."""
    return round(float(value), limits.SHARE_DIGITS) + 0.0


def _header(result: Clusters) -> Record:
    capped = result.capped
    return {
        "schema": SCHEMA,
        "settings": result.settings,
        "read": result.read,
        "kept": result.kept,
        "skipped": [_skipped(s) for s in result.skipped],
        "capped": {"hub_shingles": capped.hub_shingles, "buckets": capped.buckets, "reuse": capped.reuse},
    }


def _skipped(skipped: Skipped) -> Record:
    return {"where": skipped.where, "why": skipped.why}


def _cluster_chunks(cluster: Cluster, before: Mapping[str, str] = {}) -> Iterator[bytes]:
    """The record of a cluster, `before` it, its members in blocks: it may have a million."""
    yield dumps({**before, **_cluster(cluster), "members": []})[:-2]
    for first in range(0, len(cluster.members), limits.MEMBERS_AT_ONCE):
        block = cluster.members[first : first + limits.MEMBERS_AT_ONCE]
        yield (b"," if first else b"") + dumps([_member(m) for m in block])[1:-1]
    yield b"]}"


def _cluster(cluster: Cluster) -> Record:
    """All but its members."""
    original = cluster.original
    return {
        "id": cluster.id,
        "title": cluster.title,
        "size": cluster.size,
        "weakest_link": share(cluster.weakest_link),
        "original": {
            "id": original.id,
            "agency": original.agency,
            "why": list(original.why),
            "doubt": list(original.doubt),
        },
        "siblings": [_sibling(s) for s in cluster.siblings],
        "versions": [_version(v) for v in cluster.versions],
    }


def _sibling(sibling: Sibling) -> Record:
    return {"cluster": sibling.cluster, "agency": sibling.agency, "why": list(sibling.why)}


def _version(version: Version) -> Record:
    return {"id": version.id, "mark": version.mark, "published": version.published, "why": list(version.why)}


def _member(member: Member) -> Record:
    return {
        "id": member.id,
        "outlet": member.outlet,
        "published": member.published,
        "title": member.title,
        "path": member.path,
        "also_carries": list(member.also_carries),
        "role": member.role,
        "closest": member.closest,
        "jaccard": share(member.jaccard),
        "containment": share(member.containment),
        "share_of_article": share(member.share_of_article),
        "share_of_original": share(member.share_of_original),
        "version": member.version,
        "also_shares": [_carried(c) for c in member.also_shares],
        "notes": list(member.notes),
    }


def _carried(carried: Carried) -> Record:
    return {
        "cluster": carried.cluster,
        "share_of_article": share(carried.share_of_article),
        "share_of_original": share(carried.share_of_original),
    }


def _reuse(pair: Reuse) -> Record:
    return {
        "a": pair.a,
        "b": pair.b,
        "passages": pair.passages,
        "share_a": share(pair.share_a),
        "share_b": share(pair.share_b),
    }


# ---------------------------------------------------------------- CSV


def csv_chunks(result: Clusters) -> Iterator[bytes]:
    """A row per article that is in a cluster, under a header row. Lines end in "\\n"; text passes `for_csv`."""
    yield _rows([CSV_COLUMNS])
    for cluster in canonical(result).clusters:
        for first in range(0, len(cluster.members), limits.MEMBERS_AT_ONCE):
            block = cluster.members[first : first + limits.MEMBERS_AT_ONCE]
            yield _rows([_row(cluster, member) for member in block])


def _row(cluster: Cluster, member: Member) -> list[str]:
    cells: Record = {
        **_member(member),
        "cluster": cluster.id,
        "agency": cluster.original.agency or "",
        "also_carries": " ".join(member.also_carries),
        "notes": "; ".join(member.notes),
    }
    return [_cell(cells[column]) for column in CSV_COLUMNS]


def _cell(value: object) -> str:
    return for_csv(value) if isinstance(value, str) else str(value)


def _rows(rows: Sequence[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")


RENDERERS: Mapping[str, Renderer] = {"json": json_chunks, "jsonl": jsonl_chunks, "csv": csv_chunks}
