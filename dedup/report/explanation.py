"""Explanation: why two articles were, or were not, put together -> text to read, or JSON (schema dedup.explain/1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict

from dedup.model import Explanation, Side
from dedup.report.clusters import Record, dumps, share
from dedup.report.safe import for_terminal

SCHEMA = "dedup.explain/1"

_HEADLINES = {
    "same text": "The same text.",
    "one cluster": "One cluster: they carry the same dispatch.",
    "reuse": "Not one dispatch, but they share passages (reuse).",
    "apart": "Apart: neither one dispatch nor reuse.",
}
_SHARES = ("jaccard", "containment", "a_in_b", "b_in_a", "closeness")


def explanation_json(told: Explanation) -> Iterator[bytes]:
    """One JSON object on one line."""
    record: Record = {"schema": SCHEMA, **asdict(told)}
    yield dumps({**record, **{name: share(record[name]) for name in _SHARES}}) + b"\n"


def explanation_text(told: Explanation) -> Iterator[bytes]:
    """Lines to read, safe for a terminal, as UTF-8."""
    for line in _lines(told):
        yield for_terminal(line).rstrip().encode("utf-8") + b"\n"


def _lines(told: Explanation) -> Iterator[str]:
    yield _HEADLINES[told.verdict]
    for side, letter in ((told.a, "a"), (told.b, "b")):
        yield ""
        yield from _side(side, letter)
    yield ""
    yield "Shared"
    yield f"   {told.a_in_b:.0%} of a's word sequences are in b, {told.b_in_a:.0%} of b's in a ({told.shared} in both)"
    yield f"   containment {told.containment:.2f}, Jaccard {told.jaccard:.2f}, closeness {told.closeness:.2f}"
    yield from _list("Why", told.why)
    yield from _list("Otherwise", told.otherwise)
    yield from _list("Passages, as a has them", told.passages or ("none of six words or more",))


def _side(side: Side, letter: str) -> Iterator[str]:
    yield f"{letter}  {side.title or '(no headline)'}"
    yield "   " + " · ".join(
        part for part in (side.outlet, side.published, f"{side.words} words", f"id {side.id}") if part
    )
    if side.cluster:
        version = f", most likely version {side.version}" if side.version else ""
        yield f"   {side.role} in the cluster of {side.cluster}{version}"
    else:
        yield "   in no cluster"
    yield f"   agency: {side.agency or 'none named as its source'}" + (f" ({', '.join(side.why)})" if side.why else "")
    if side.credits:
        yield f"   credits: {'; '.join(side.credits)}"
    yield from (f"   note: {note}" for note in side.notes)


def _list(title: str, items: tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"   - {item}" for item in items)


RENDERERS: Mapping[str, Callable[[Explanation], Iterator[bytes]]] = {"text": explanation_text, "json": explanation_json}
