"""Diffs for programs: `Diff` -> JSON (schema dedup.diff/1), and the records that JSON lines and CSV are made of.

Fields stand in the order of the schema. Without text, spans, types, labels and links stay: what belongs to the agency
or the outlet is left out ("" for words, [] for lists of them), so that a result can be passed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dedup.model import Change, Contradiction, Diff, DiffSentence, Dropped, Link, Matrix, Wire
from dedup.report.clusters import dumps, share

SCHEMA = "dedup.diff/1"
MATRIX_SCHEMA = "dedup.matrix/1"

Record = dict[str, Any]
Span = tuple[int, int]


def diff_chunks(diff: Diff, text: bool = True) -> Iterator[bytes]:
    """The JSON document of one diff: a line per top-level field and per record of its lists."""
    yield from _document({"schema": SCHEMA, **record(diff, text)}, {"originals", "sentences", "dropped"})


def diffs_chunks(diffs: Iterable[Diff], text: bool = True) -> Iterator[bytes]:
    """The JSON document of many diffs, each on a line of its own under "diffs"."""
    yield b'{"schema": "' + SCHEMA.encode() + b'",\n "diffs": [\n'
    before = b""
    for diff in diffs:
        yield before + dumps(record(diff, text))
        before = b",\n"
    yield b"\n]}\n"


def _document(fields: Record, lists: set[str]) -> Iterator[bytes]:
    before = b"{"
    for key, value in fields.items():
        yield before + f'"{key}": '.encode()
        yield b"[\n" + b",\n".join(map(dumps, value)) + b"\n]" if key in lists and value else dumps(value)
        before = b",\n "
    yield b"}\n"


def record(diff: Diff, text: bool = True) -> Record:
    """A diff as a record, "schema" left out."""
    return {
        "settings": diff.settings,
        "article": {
            "id": diff.id,
            "outlet": diff.outlet,
            "from_wire": share(diff.from_wire),
            "title": diff.title if text else "",
            "published": diff.published,
            "path": diff.path,
            "credits": list(diff.credits),
            "uncredited": diff.uncredited,
            "typed": diff.typed,
        },
        "originals": [_wire(wire, text) for wire in diff.originals],
        "sentences": [_sentence(sentence, text) for sentence in diff.sentences],
        "dropped": [_dropped(dropped, text) for dropped in diff.dropped],
    }


def _wire(wire: Wire, text: bool) -> Record:
    return {
        "name": wire.name,
        "id": wire.id,
        "version": wire.version,
        "sentences": [s.text for s in wire.sentences] if text else [],
        "kept": share(wire.kept),
        "agency": wire.agency,
        "sibling": wire.sibling,
        "used": wire.used,
        "share": share(wire.share),
        "spans": [[s.start, s.end] for s in wire.sentences],
        "furniture": [i for i, s in enumerate(wire.sentences) if s.furniture],
        "left_out": {str(i): _spans(s.left_out) for i, s in enumerate(wire.sentences) if s.left_out},
    }


def _sentence(sentence: DiffSentence, text: bool) -> Record:
    return {
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text if text else "",
        "label": sentence.label,
        "moved": sentence.moved,
        "links": [link_record(link) for link in sentence.links],
        "changes": [change_record(change, text) for change in sentence.changes],
        "put_in": _spans(sentence.put_in),
        "contradictions": [_contradiction(c, text) for c in sentence.contradictions],
    }


def link_record(link: Link) -> Record:
    """A link as a record."""
    return {"original": link.original, "index": link.index, "score": share(link.score)}


def change_record(change: Change, text: bool = True) -> Record:
    """A change as a record."""
    against = change.against
    return {
        "type": change.type,
        "from": change.before if text else "",
        "to": change.after if text else "",
        "against": None if against is None else {"original": against.original, "index": against.index},
        "from_span": _span(change.before_span),
        "to_span": _span(change.after_span),
        "note": change.note,
    }


def _contradiction(found: Contradiction, text: bool) -> Record:
    return {
        "type": found.type,
        "says": [
            {"original": link.original, "index": link.index, "span": list(span), "text": words if text else ""}
            for link, span, words in (
                (found.one, found.one_span, found.one_text),
                (found.other, found.other_span, found.other_text),
            )
        ],
        "followed": found.followed,
        "span": _span(found.span),
        "text": found.text if text else "",
    }


def _dropped(dropped: Dropped, text: bool) -> Record:
    return {
        "original": dropped.original,
        "index": dropped.index,
        "text": dropped.text if text else "",
        "facts": list(dropped.facts) if text else [],
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


# ---------------------------------------------------------------- a cluster's matrix


def matrix_chunks(matrix: Matrix, text: bool = True) -> Iterator[bytes]:
    """The JSON document of a matrix: a record per fact with a fate per outlet, in the order of "outlets"."""
    yield from _document({"schema": MATRIX_SCHEMA, **_matrix(matrix, text)}, {"facts", "outlets"})


def _matrix(matrix: Matrix, text: bool) -> Record:
    return {
        "settings": matrix.settings,
        "cluster": matrix.cluster,
        "title": matrix.title if text else "",
        "original": _wire(matrix.original, text),
        "outlets": [
            {"id": d.id, "outlet": d.outlet, "published": d.published, "from_wire": share(d.from_wire)}
            | {"kept": share(d.originals[0].kept), "uncredited": d.uncredited}
            for d in matrix.outlets
        ],
        "facts": [
            {
                "index": fact.index,
                "span": [fact.start, fact.end],
                "text": fact.text if text else "",
                "fates": [cells[i].fate for cells in matrix.cells],
                "now": [cells[i].now if text else "" for cells in matrix.cells],
            }
            for i, fact in enumerate(matrix.facts)
        ],
    }
