"""Clusters: the JSON that `dedup cluster` wrote (schema dedup.clusters/1) -> `Clusters` again.

Only what a later run goes by is asked for; fields that are missing get the model's defaults, unknown ones are passed
over, so that results of other versions of the schema's first number can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from dedup import limits
from dedup.errors import InputError
from dedup.model import Capped, Carried, Cluster, Clusters, Member, Original, Reuse, Sibling, Version

SCHEMA = "dedup.clusters/1"

Record = Mapping[str, Any]


def load_clusters(path: str) -> Clusters:
    """The clusters in a JSON file. Raises InputError for a file that cannot be read or holds something else."""
    try:
        with open(path, "rb") as file:
            data = file.read(limits.MAX_JSON_FILE + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(data) > limits.MAX_JSON_FILE:
        raise InputError(f"{path}: larger than {limits.MAX_JSON_FILE:,} bytes")
    try:
        held = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise InputError(f"{path}: is no JSON: {error}; expected what dedup cluster --format json writes") from error
    if not isinstance(held, dict) or held.get("schema") != SCHEMA:
        raise InputError(f"{path}: is no {SCHEMA}; expected what dedup cluster --format json writes")
    try:
        return _clusters(held)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{path}: is damaged: {type(error).__name__} at {error}; write it again") from error


def _clusters(held: Record) -> Clusters:
    return Clusters(
        str(held["settings"]),
        int(held["read"]),
        int(held["kept"]),
        (),
        Capped(),
        tuple(_cluster(c) for c in held["clusters"]),
        tuple(
            Reuse(str(r["a"]), str(r["b"]), int(r["passages"]), float(r["share_a"]), float(r["share_b"]))
            for r in held["reuse"]
        ),
    )


def _cluster(held: Record) -> Cluster:
    original = held["original"]
    agency = original["agency"]
    return Cluster(
        str(held["id"]),
        str(held["title"]),
        int(held["size"]),
        float(held["weakest_link"]),
        Original(str(original["id"]), None if agency is None else str(agency), tuple(map(str, original["why"]))),
        tuple(Sibling(str(s["cluster"]), str(s["agency"]), tuple(map(str, s["why"]))) for s in held["siblings"]),
        tuple(_member(m) for m in held["members"]),
        tuple(
            Version(str(v["id"]), str(v["mark"]), str(v["published"]), tuple(map(str, v["why"])))
            for v in held.get("versions", ())
        ),
    )


def _member(held: Record) -> Member:
    return Member(
        str(held["id"]),
        str(held["outlet"]),
        str(held["published"]),
        str(held["title"]),
        str(held["path"]),
        tuple(map(str, held["also_carries"])),
        held["role"],
        str(held["closest"]),
        float(held["jaccard"]),
        float(held["containment"]),
        float(held["share_of_article"]),
        float(held["share_of_original"]),
        str(held.get("version", "")),
        tuple(
            Carried(str(c["cluster"]), float(c["share_of_article"]), float(c["share_of_original"]))
            for c in held.get("also_shares", ())
        ),
        tuple(map(str, held.get("notes", ()))),
    )
