"""Work: what Spark's Python workers do. Arrow batches in, Arrow batches out; each function calls one stage.

Nothing here knows of Spark: a function takes an iterator of `pyarrow.RecordBatch` and yields such batches, as
`DataFrame.mapInArrow` asks. What a batch holds is said by the `*_FIELDS` beside each function, in Spark's words.
Spark has no unsigned numbers: 32-bit hashes travel as signed ones of the same bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from dedup import candidates, limits, sets, spool, verify
from dedup.engines.spark.packed import lists, packed, rows_of, unpacked
from dedup.errors import InputError
from dedup.model import Article, Sets, Skipped, TextOrder
from dedup.pipeline import intake
from dedup.read.fields import Mapper, no_text, or_skip

Batch = Any  # pyarrow.RecordBatch
Batches = Iterable[Batch]
_HASH = np.uint32(0xFFFFFFFE)
_ONE = np.uint32(1)

# ---------------------------------------------------------------- read, clean, sign

# keys: shingles in text order, lowest bit: quoted. tie: orders articles of equal id and digest. A skip has no id.
ARTICLE_FIELDS = """part int, row int, id string, outlet string, digest binary, contents binary, tie binary,
    wire boolean, roundup boolean, tokens int, shingles int, record binary, keys binary, lines binary, counts binary,
    signature binary, skipped_where string, skipped_why string, skipped_empty boolean"""
_ARTICLE = pa.schema(
    [
        ("part", pa.int32()), ("row", pa.int32()), ("id", pa.string()), ("outlet", pa.string()),
        ("digest", pa.binary()), ("contents", pa.binary()), ("tie", pa.binary()), ("wire", pa.bool_()),
        ("roundup", pa.bool_()), ("tokens", pa.int32()), ("shingles", pa.int32()), ("record", pa.binary()),
        ("keys", pa.binary()), ("lines", pa.binary()), ("counts", pa.binary()), ("signature", pa.binary()),
        ("skipped_where", pa.string()), ("skipped_why", pa.string()), ("skipped_empty", pa.bool_()),
    ]
)  # fmt: skip


class Shared(Protocol):
    """What Spark calls a broadcast: one value that every worker holds."""

    @property
    def value(self) -> Any: ...


def read(tasks: Shared, batches: Batches) -> Iterator[Batch]:
    """Numbers of tasks (a column "id") -> their articles and skips, read, cleaned and signed."""
    for batch in batches:
        for number in batch.column("id").to_pylist():
            yield from _task(tasks.value[number], number)


def _task(task: intake.Task, number: int) -> Iterator[Batch]:
    skipped: list[Skipped] = []
    row = 0
    for batch in intake.batches(task, skipped):
        yield _articles(batch, number, range(row, row + len(batch.articles)), task.wire)
        row += len(batch.articles)
    if skipped:
        yield _skips(skipped, number, task.wire)


# What Spark says of a row of Parquet, beside the columns that hold the article.
FILE, ROW, PART = "_dedup_file", "_dedup_row", "_dedup_part"


def wanted(names: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    """The columns that stand for something. Raises InputError when none holds a text."""
    plan = Mapper("", "", mapping).plan(tuple(names))
    if not plan.text and not plan.teaser:
        raise InputError(no_text(names))
    return [name for name in names if name in plan.fields()]


def read_rows(mapping: Mapping[str, str], batches: Batches) -> Iterator[Batch]:
    """Columns of articles, with FILE, ROW and PART -> the same as `read`."""
    for batch in batches:
        for file in batch.column(FILE).unique().to_pylist():
            yield from _rows(batch.filter(pa.compute.equal(batch.column(FILE), file)), file, mapping)


def _rows(batch: Batch, file: str, mapping: Mapping[str, str]) -> Iterator[Batch]:
    """The rows of one file."""
    mapper = Mapper(file, file.rstrip("/").split("/")[-2], mapping)
    part, rows = batch.column(PART)[0].as_py(), batch.column(ROW).to_pylist()
    records = batch.drop_columns([FILE, ROW, PART]).to_pylist()
    made = [(row, or_skip(mapper.article(r), f"{file}:{row + 1}")) for row, r in zip(rows, records, strict=True)]
    good = [(row, article) for row, article in made if isinstance(article, Article)]
    if good:
        yield _articles(intake.prepared([article for _, article in good], compiled=True), part, [r for r, _ in good])
    if bad := [skip for _, skip in made if isinstance(skip, Skipped)]:
        yield _skips(bad, part, False)


def _articles(batch: intake.Batch, part: int, rows: Sequence[int], wire: bool = False) -> Batch:
    n, signed = len(batch.articles), batch.signed
    records = [spool.pack(article, marks) for article, marks in zip(batch.articles, batch.marks, strict=True)]
    columns = {
        "part": np.full(n, part, np.int32),
        "row": rows,
        "id": [a.id or d.hex() for a, d in zip(batch.articles, batch.digests, strict=True)],
        "outlet": [article.outlet for article in batch.articles],
        "digest": batch.digests,
        "contents": list(spool.contents(signed)),
        "tie": [spool.record_digest(record) for record in records],
        "wire": [wire] * n,
        "roundup": [bool(each) for each in batch.roundup],
        "tokens": signed.tokens.astype(np.int32),
        "shingles": np.diff(signed.offsets).astype(np.int32),
        "record": records,
        "keys": packed((signed.hashes & _HASH) | signed.quoted, signed.offsets),
        "lines": packed(signed.line_hashes, signed.line_offsets),
        "counts": packed(signed.line_counts, signed.line_offsets),
        "signature": packed(signed.signatures.ravel(), np.arange(n + 1) * limits.NUM_PERM),
    }
    return _batch(_ARTICLE, columns, n)


def _skips(skipped: Sequence[Skipped], part: int, wire: bool) -> Batch:
    columns = {
        "part": [part] * len(skipped),
        "wire": [wire] * len(skipped),
        "skipped_where": [skip.where for skip in skipped],
        "skipped_why": [skip.why for skip in skipped],
        "skipped_empty": [skip.empty for skip in skipped],
    }
    return _batch(_ARTICLE, columns, len(skipped))


# ---------------------------------------------------------------- sets

LINE_FIELDS = "outlet long, line int, number long"
SET_FIELDS = "number long, keys binary, narrative int, total int, signature binary"


def lines(batches: Batches) -> Iterator[Batch]:
    """number, outlet (a hash), lines -> a row per text and distinct line."""
    for batch in batches:
        hashes, offsets = unpacked(batch.column("lines"), np.uint32)
        owner = np.repeat(np.arange(batch.num_rows), np.diff(offsets))
        distinct = np.unique(owner.astype(np.uint64) << np.uint64(32) | hashes)
        owner = (distinct >> np.uint64(32)).astype(np.int64)
        yield _of(
            outlet=batch.column("outlet").take(pa.array(owner)),
            line=distinct.astype(np.uint32).view(np.int32),
            number=batch.column("number").take(pa.array(owner)),
        )


def build_sets(batches: Batches) -> Iterator[Batch]:
    """number, keys (in text order), lines, counts, repeated (lines its outlet repeats), signature -> sets."""
    for batch in batches:
        keys, offsets = unpacked(batch.column("keys"), np.uint32)
        text = TextOrder(keys & _HASH, (keys & _ONE).astype(np.bool_), offsets[:-1], np.diff(offsets))
        built = sets.build(text, _repeated(batch))
        yield _of(
            number=batch.column("number"),
            keys=packed(built.keys, built.offsets),
            narrative=built.narrative.astype(np.int32),
            total=np.diff(built.offsets).astype(np.int32),
            signature=batch.column("signature"),
        )


def _repeated(batch: Batch) -> NDArray[np.int64]:
    """The spans that sets.build leaves out: of lines that the outlet of a text repeats."""
    hashes, offsets = unpacked(batch.column("lines"), np.uint32)
    counts, _ = unpacked(batch.column("counts"), np.int32)
    repeated, cuts = lists(batch.column("repeated"))
    owner = np.repeat(np.arange(batch.num_rows), np.diff(offsets))
    holder = np.repeat(np.arange(batch.num_rows), np.diff(cuts))
    seen = np.isin(_pair(owner, hashes), _pair(holder, repeated.astype(np.int32).view(np.uint32)))
    return sets.spans(seen, counts.astype(np.int64), owner)


# ---------------------------------------------------------------- candidates

BAND_FIELDS = "band short, key long, number long"
POSTING_FIELDS = "hash int, number long"
PAIR_FIELDS = "pair long"  # the lower number << 32 | the higher one


def bands(count: int, rows: int, mask: int, batches: Batches) -> Iterator[Batch]:
    """number, signature -> a row per text and band: the bucket it falls into."""
    for batch in batches:
        signatures = rows_of(batch.column("signature"))
        hashes = [candidates.band_hashes(signatures[:, i * rows : (i + 1) * rows]) for i in range(count)]
        yield _of(
            band=np.repeat(np.arange(count, dtype=np.int16), batch.num_rows),
            key=(np.concatenate(hashes) & np.uint64(mask)).view(np.int64),
            number=np.tile(batch.column("number").to_numpy(), count),
        )


def postings(sample: int, batches: Batches) -> Iterator[Batch]:
    """number, keys -> a row per text and sampled shingle."""
    for batch in batches:
        keys, offsets = unpacked(batch.column("keys"), np.uint32)
        hashes = keys >> _ONE
        kept = candidates.sampled(hashes, sample)
        owner = np.searchsorted(offsets, kept, side="right") - 1
        yield _of(hash=hashes[kept].view(np.int32), number=batch.column("number").to_numpy()[owner])


def linked(common: int, batches: Batches) -> Iterator[Batch]:
    """members (texts that share a shingle, ascending) -> their pairs, as often as they share one."""
    for batch in batches:
        members, offsets = lists(batch.column("members"))
        found = candidates.linked(members.astype(np.uint64), offsets[:-1], np.diff(offsets), common)
        yield _of(pair=found.view(np.int64))


# ---------------------------------------------------------------- verify

MATCH_FIELDS = "pair long, shared int, narrative int"


def verified(batches: Batches) -> Iterator[Batch]:
    """pair, keys_a, keys_b -> what the pairs share, of those from which a later stage can still make something.

    Always with the kernel: a text stands in a batch as often as it has pairs, and the twin's cost is the square of that
    (2,500 articles with a bucket of 150: minutes instead of a second).
    """
    for batch in batches:
        n = batch.num_rows
        matches = verify.compare(_both(batch), np.arange(n), np.arange(n, 2 * n), compiled=True)
        worth = (matches.weight() >= limits.REWRITE_WEIGHT) | (matches.shared_narrative >= limits.REUSE_SHINGLES)
        yield _of(
            pair=batch.column("pair").filter(pa.array(worth)),
            shared=matches.shared[worth].astype(np.int32),
            narrative=matches.shared_narrative[worth].astype(np.int32),
        )


def _both(batch: Batch) -> Sets:
    """The sets of the first texts of all pairs, then those of the second ones."""
    sides = [unpacked(batch.column(name), np.uint32) for name in ("keys_a", "keys_b")]
    keys = np.concatenate([values for values, _ in sides])
    offsets = np.concatenate((sides[0][1], sides[0][1][-1] + sides[1][1][1:]))
    plain = np.concatenate((np.zeros(1, np.int64), np.cumsum(keys & _ONE == 0)))
    return Sets(keys, offsets, np.diff(plain[offsets]))


# ---------------------------------------------------------------- batches


def _pair(high: NDArray[np.int64], low: NDArray[np.uint32]) -> NDArray[np.uint64]:
    return high.astype(np.uint64) << np.uint64(32) | low


def _of(**columns: Any) -> Batch:
    return pa.RecordBatch.from_pydict(columns)


def _batch(schema: Any, columns: dict[str, Any], n: int) -> Batch:
    """A batch of `schema`; columns that are not given are empty."""
    made = [
        pa.nulls(n, field.type) if field.name not in columns else _array(columns[field.name], field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(made, schema=schema)


def _array(values: Any, kind: Any) -> Any:
    return values if isinstance(values, pa.Array) else pa.array(values, kind)
