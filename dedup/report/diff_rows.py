"""Diffs for researchers: many diffs -> JSON lines or CSV, a row per sentence, per change and per dropped sentence.

Sentences of an original that the article does not use at all are "unused", not dropped. Rows stand on their own: each
names its article and outlet. Chunks are made as the diffs arrive; a corpus of any size passes through.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dedup.model import Diff, Matrix
from dedup.report.clusters import dumps
from dedup.report.diff_json import SCHEMA, change_record, record
from dedup.report.diff_view import wire_tags
from dedup.report.safe import for_csv

Record = dict[str, Any]

COLUMNS = (
    "row", "article", "outlet", "index", "start", "end", "label", "moved", "links", "change", "original",
    "original_index", "from", "to", "note", "text", "facts",
)  # fmt: skip


def jsonl_chunks(diffs: Iterable[Diff], text: bool = True) -> Iterator[bytes]:
    """A header, then per diff: its article with its originals, its sentences, their changes, what was dropped."""
    header = {"type": "header", "schema": SCHEMA}
    yield dumps(header) + b"\n"
    for diff in diffs:
        yield b"".join(dumps(row) + b"\n" for row in _rows(diff, text))


def _rows(diff: Diff, text: bool) -> Iterator[Record]:
    whole = record(diff, text)
    where = {"article": diff.id, "outlet": diff.outlet}
    originals = [{k: o[k] for k in ("name", "id", "version", "kept", "share", "used")} for o in whole["originals"]]
    yield {"type": "article", **where, "settings": diff.settings, **_without(whole["article"], "id", "outlet")} | {
        "originals": originals
    }
    for sentence in whole["sentences"]:
        yield {"type": "sentence", **where, **_without(sentence, "changes")}
        for change in sentence["changes"]:
            yield {"type": "change", **where, "index": sentence["index"], "change": change.pop("type"), **change}
    used = {wire.name for wire in diff.originals if wire.used}
    for dropped in whole["dropped"]:
        yield {"type": "dropped" if dropped["original"] in used else "unused", **where, **dropped}


def _without(held: Record, *names: str) -> Record:
    return {key: value for key, value in held.items() if key not in names}


def csv_chunks(diffs: Iterable[Diff], text: bool = True) -> Iterator[bytes]:
    """The same rows for a spreadsheet, under a header row; links as "AP:3 Reuters:4", numbers from 0 as in JSON."""
    yield _written([COLUMNS])
    for diff in diffs:
        yield _written([_cells(row) for row in _flat(diff, text)])


def _flat(diff: Diff, text: bool) -> Iterator[Record]:
    where = {"article": diff.id, "outlet": diff.outlet}
    for s in diff.sentences:
        links = " ".join(f"{link.original}:{link.index}" for link in s.links)
        place = where | {"index": s.index}
        yield place | {
            "row": "sentence", "start": s.start, "end": s.end, "label": s.label, "moved": str(s.moved).lower(),
            "links": links, "text": s.text if text else "",
        }  # fmt: skip
        for change in s.changes:
            told = change_record(change, text)
            against = told["against"] or {"original": "", "index": ""}
            yield place | {
                "row": "change", "label": s.label, "change": change.type, "original": against["original"],
                "original_index": against["index"], "from": told["from"], "to": told["to"], "note": change.note,
            }  # fmt: skip
    used = {wire.name for wire in diff.originals if wire.used}
    for d in diff.dropped:
        kind = "dropped" if d.original in used else "unused"
        yield (
            where
            | {"row": kind, "label": kind, "original": d.original, "original_index": d.index}
            | ({"text": d.text, "facts": "; ".join(d.facts)} if text else {})
        )


def matrix_csv(matrix: Matrix, text: bool = True) -> Iterator[bytes]:
    """A row per fact of the original, a column per outlet."""
    name = matrix.original.name
    head = ["sentence", "fact", *(d.outlet or d.id for d in matrix.outlets)]
    yield _written([[for_csv(cell) for cell in head]])
    for i, fact in enumerate(matrix.facts):
        cells = [cells[i] for cells in matrix.cells]
        told = [f"{c.fate}: {c.now}" if c.now and text else c.fate for c in cells]
        row = [wire_tags([name], name, fact.index), fact.text if text else "", *told]
        yield _written([[for_csv(cell) for cell in row]])


def _cells(row: Record) -> list[str]:
    values = (row.get(column, "") for column in COLUMNS)
    return [for_csv(value) if isinstance(value, str) else str(value) for value in values]


def _written(rows: Sequence[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")
