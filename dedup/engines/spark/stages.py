"""Stages: the stages up to verified pairs as Spark queries. DataFrames in, DataFrames out; nothing runs in here.

    articles   part, row and all that read, clean and sign made of an article; or a skip
    texts      number, part, row, contents, copies: the distinct texts, numbered longest first
    sets       number, keys, narrative, total, signature
    edges      pair, over (1 where a bucket passes the cap)     from the bands
    groups     members                                          texts that share a sampled shingle, ascending
    matches    pair, shared, narrative

What is Python is in work.py; what is here is grouping, sorting and joining, which Spark does by itself, on disk where
memory ends. No query holds a group in memory: stars are made by windows that run along sorted rows, and of a shingle
no more texts are collected than a hub has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from pyspark.sql import Window
from pyspark.sql import functions as F

from dedup import limits
from dedup.engines.spark import work

Frame = Any  # pyspark.sql.DataFrame
_LOW = 0xFFFFFFFF
_FILES = 1_000_000  # at most at one address
_ORDER = ("id", "digest", "tie", "part", "row")  # canonical: pipeline/texts.py


def articles(session: Any, tasks: Sequence[Any]) -> Frame:
    """A Spark task for each of `tasks`."""
    count = len(tasks)
    return session.range(0, count, 1, max(1, count)).mapInArrow(
        partial(work.read, session.sparkContext.broadcast(tasks)), work.ARTICLE_FIELDS
    )


def columns(session: Any, address: str, mapping: Mapping[str, str], number: int) -> Frame:
    """The rows of the Parquet at an address, read by Spark in pieces of its own. `number` tells addresses apart.

    Of the columns only those are read that stand for something.
    """
    found = session.read.parquet(address)
    wanted = work.wanted(found.columns, mapping)
    files = [row[0] for row in found.select("_metadata.file_path").distinct().orderBy("file_path").collect()]
    parts = session.createDataFrame(
        [(-number * _FILES - i, file) for i, file in enumerate(files)], f"{work.PART} int, {work.FILE} string"
    )
    rows = found.select(
        *(F.col(f"`{name.replace('`', '``')}`") for name in wanted),
        F.col("_metadata.file_path").alias(work.FILE),
        F.col("_metadata.row_index").alias(work.ROW),
    )
    return rows.join(F.broadcast(parts), work.FILE).mapInArrow(
        partial(work.read_rows, dict(mapping)), work.ARTICLE_FIELDS
    )


# ---------------------------------------------------------------- texts


def in_order(found: Frame) -> Frame:
    """The distinct texts in the order of their numbers. slice, place: where a text stands in that order."""
    long_enough = found.where(F.col("id").isNotNull() & (F.col("tokens") >= limits.MIN_TOKENS))
    stands_for = F.min(F.struct(*_ORDER)).alias("first")
    folded = long_enough.groupBy("contents", "shingles").agg(stands_for, F.count(F.lit(1)).alias("copies"))
    ordered = folded.orderBy(F.desc("shingles"), *(f"first.{name}" for name in _ORDER))
    return ordered.select(
        "contents", "copies", "first.part", "first.row",
        F.spark_partition_id().alias("slice"),
        F.monotonically_increasing_id().bitwiseAND(F.lit((1 << 33) - 1)).alias("place"),
    )  # fmt: skip


def numbered(session: Any, ordered: Frame) -> Frame:
    """The texts with their numbers. `ordered` must stand in files by now: made again, it might be cut otherwise."""
    sizes = sorted((row["slice"], row["count"]) for row in ordered.groupBy("slice").count().collect())
    before, total = [], 0
    for cut, size in sizes:
        before.append((cut, total))
        total += size
    starts = session.createDataFrame(before, "slice int, before long")
    number = (F.col("place") + F.col("before")).alias("number")
    return ordered.join(F.broadcast(starts), "slice").select(number, "contents", "copies", "part", "row")


# ---------------------------------------------------------------- sets


def sets(found: Frame, texts: Frame) -> Frame:
    """The set of each text, without the lines its outlet repeats."""
    chosen = texts.select("number", "part", "row")
    said = found.where(F.col("outlet") != "").select("part", "row", F.xxhash64("outlet").alias("outlet"), "lines")
    lines = said.join(chosen, ["part", "row"]).mapInArrow(work.lines, work.LINE_FIELDS)
    often = lines.groupBy("outlet", "line").count().where(F.col("count") >= limits.REPEATED_IN).drop("count")
    repeated = lines.join(often, ["outlet", "line"]).groupBy("number").agg(F.collect_list("line").alias("repeated"))
    whole = found.select("part", "row", "keys", "lines", "counts", "signature").join(chosen, ["part", "row"])
    return whole.join(repeated, "number", "left").mapInArrow(work.build_sets, work.SET_FIELDS)


# ---------------------------------------------------------------- candidates


def edges(made: Frame, bands: tuple[int, int], wide: bool) -> Frame:
    """Star edges of every bucket of every band: each text with the longest one of the bucket and with its neighbour."""
    mask = 0xFFFFFFFFFFFFFFFF if wide else _LOW
    rows = made.select("number", "signature").mapInArrow(partial(work.bands, *bands, mask), work.BAND_FIELDS)
    along = Window.partitionBy("band", "key").orderBy("number")
    place = rows.select(
        "number",
        F.row_number().over(along).alias("place"),
        F.first("number").over(along.rowsBetween(Window.unboundedPreceding, 0)).alias("head"),
        F.lag("number").over(along).alias("neighbour"),
    )
    passes = (F.col("place") == limits.BUCKET_ARTICLES + 1).cast("int")
    star = F.struct(_pair(F.col("head")).alias("pair"), passes.alias("over"))
    chain = F.struct(_pair(F.col("neighbour")).alias("pair"), F.lit(0).alias("over"))
    return place.where("place > 1").select(F.inline(F.array(star, chain)))


def groups(made: Frame, sample: int) -> Frame:
    """The texts that share a sampled shingle; of a hub one more than it may have."""
    rows = made.select("number", "keys").mapInArrow(partial(work.postings, sample), work.POSTING_FIELDS)
    along = Window.partitionBy("hash").orderBy("number")
    few = rows.withColumn("place", F.row_number().over(along)).where(F.col("place") <= limits.HUB_ARTICLES + 1)
    members = F.sort_array(F.collect_list("number")).alias("members")
    return few.groupBy("hash").agg(members).where(F.size("members") > 1).select("members")


def pairs(edged: Frame, grouped: Frame, common: int) -> Frame:
    """The pairs worth verifying, each once: of a bucket once is enough, of shingles limits.MIN_SHARED times."""
    plain = grouped.where(F.size("members") <= limits.HUB_ARTICLES)
    shared = plain.mapInArrow(partial(work.linked, common), work.PAIR_FIELDS).groupBy("pair").count()
    joined = shared.where(F.col("count") >= limits.MIN_SHARED).select("pair")
    return edged.select("pair").union(joined).distinct()


def _pair(low: Any) -> Any:
    return F.shiftleft(low, 32).bitwiseOR(F.col("number"))


# ---------------------------------------------------------------- verify


def matches(found: Frame, made: Frame) -> Frame:
    """What each pair shares, of pairs that matter."""
    a, b = F.shiftright("pair", 32).alias("a"), F.col("pair").bitwiseAND(F.lit(_LOW)).alias("b")
    left = made.select(F.col("number").alias("a"), F.col("keys").alias("keys_a"))
    right = made.select(F.col("number").alias("b"), F.col("keys").alias("keys_b"))
    both = found.select("pair", a, b).join(left, "a").join(right, "b").select("pair", "keys_a", "keys_b")
    return both.mapInArrow(work.verified, work.MATCH_FIELDS)


# ---------------------------------------------------------------- what the driver needs


def kept(texts: Frame, matched: Frame) -> Frame:
    """The numbers of the texts that are in a pair or have copies."""
    a, b = F.shiftright("pair", 32), F.col("pair").bitwiseAND(F.lit(_LOW))
    paired = matched.select(F.explode(F.array(a, b)).alias("number"))
    copied = texts.where("copies > 1").select("number")
    return paired.union(copied).distinct()


def rows(found: Frame, texts: Frame, chosen: Frame) -> Frame:
    """The articles of the chosen texts and all dispatches that were given, with the id each has in this run."""
    numbers = texts.select("number", "contents").join(chosen, "number")
    whole = found.where(F.col("id").isNotNull()).select(
        "part", "row", "id", "digest", "wire", "roundup", "tokens", "contents", "record", "keys"
    )
    held = whole.join(numbers, "contents", "left").where(F.col("number").isNotNull() | F.col("wire"))
    named = held.join(_names(found), ["part", "row"], "left")
    return named.withColumn("name", F.coalesce("name", "id")).drop("contents", "part", "row")


def _names(found: Frame) -> Frame:
    """part, row, name of the articles whose id another one has too: ~2, ~3 ..., as pipeline.texts.unique_ids does."""
    along = Window.partitionBy("id").orderBy(*_ORDER[1:])
    ids = found.where(F.col("id").isNotNull()).select("part", "row", "id", "digest", "tie")
    again = ids.withColumn("place", F.row_number().over(along)).where("place > 1").select("part", "row", "id", "place")
    # Names that an article has from the start are passed over.
    form = r"(?s)^(.*)~([1-9][0-9]{0,8})$"
    own = ids.where(F.col("id").rlike(form)).select(
        F.regexp_extract("id", form, 1).alias("id"), F.regexp_extract("id", form, 2).cast("int").alias("taken")
    )
    taken = own.where("taken > 1").groupBy("id").agg(F.sort_array(F.collect_set("taken")).alias("taken"))
    step = F.aggregate(
        F.coalesce("taken", F.array().cast("array<int>")), F.col("place"),
        lambda place, each: F.when(each <= place, place + 1).otherwise(place),
    )  # fmt: skip
    name = F.concat("id", F.lit("~"), step.cast("string")).alias("name")
    return again.join(taken, "id", "left").select("part", "row", name)
