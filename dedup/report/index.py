"""Index: what `dedup index query` and `stats` found -> text to read, or JSON (schemas dedup.query/1, dedup.stats/1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict

from dedup.model import Earlier, Holdings, Recognised
from dedup.report.clusters import Record, dumps, share
from dedup.report.safe import for_terminal

_SHARES = ("jaccard", "containment", "share_of_article", "share_of_earlier", "closeness")
_SHOWN = 10  # articles in text; JSON has all


def query_json(told: Recognised) -> Iterator[bytes]:
    """One JSON object on one line."""
    record: Record = {"schema": "dedup.query/1", **asdict(told)}
    record["earlier"] = [_rounded(asdict(match)) for match in told.earlier]
    yield dumps(record) + b"\n"


def _rounded(record: Record) -> Record:
    return record | {name: share(record[name]) for name in _SHARES}


def query_text(told: Recognised) -> Iterator[bytes]:
    """Lines to read, safe for a terminal, as UTF-8."""
    for line in _query_lines(told):
        yield for_terminal(line).rstrip().encode("utf-8") + b"\n"


def _query_lines(told: Recognised) -> Iterator[str]:
    yield f"Carries the dispatch of {told.dispatch}." if told.dispatch else "Carries no dispatch that is known here."
    yield f"   {told.why}"
    yield ""
    yield told.title or "(no headline)"
    yield "   " + _joined(
        told.outlet, told.published, f"{told.words} words", f"id {told.id}", "in the index" if told.known else "new"
    )
    for match in told.earlier[:_SHOWN]:
        yield ""
        yield from _match(match)
    if len(told.earlier) > _SHOWN:
        yield ""
        more = len(told.earlier) - _SHOWN
        yield f"{count(more, 'more article')} {'shares' if more == 1 else 'share'} text with it (--format json has all)"
    if told.left_out:
        yield ""
        was = "was" if told.left_out == 1 else "were"
        yield f"{count(told.left_out, 'article')} with a few words in common {was} not compared"


def _match(match: Earlier) -> Iterator[str]:
    yield f"{match.closeness:.2f}  {match.title or '(no headline)'}"
    yield "   " + _joined(match.outlet, match.published, f"id {match.id}", match.path)
    kind = "same dispatch" if match.same else "shares passages"
    cluster = f", in the cluster of {match.cluster}" if match.cluster else ""
    yield (
        f"   {kind}{cluster}: {match.share_of_article:.0%} of the article is in it, "
        f"{match.share_of_earlier:.0%} of it in the article"
    )
    yield from (f"   - {passage}" for passage in match.passages[:3])


def stats_json(told: Holdings) -> Iterator[bytes]:
    """One JSON object on one line."""
    record: Record = {"schema": "dedup.stats/1", **asdict(told)}
    yield dumps(record | {"parameters": dict(told.parameters), "sizes": dict(told.sizes)}) + b"\n"


def stats_text(told: Holdings) -> Iterator[bytes]:
    """Lines to read, safe for a terminal, as UTF-8."""
    for line in _stats_lines(told):
        yield for_terminal(line).rstrip().encode("utf-8") + b"\n"


def _stats_lines(told: Holdings) -> Iterator[str]:
    yield told.where
    wires = f", and {count(told.wires, 'dispatch', 'dispatches')} of --originals" if told.wires else ""
    yield f"   {count(told.articles, 'article')} of {count(told.outlets, 'outlet')}{wires}"
    until = f" to {told.last}" if told.last != told.first else ""
    span = f"published {told.first}{until}" if told.first else "none says when it was published"
    yield f"   {span}" + (f"; {told.undated:,} without a time" if told.undated and told.first else "")
    were = f"{told.clustered:,} {'was' if told.clustered == 1 else 'were'} in a cluster when it was last clustered"
    yield f"   {were}; {count(told.skipped, 'input')} not used"
    segments = ", ".join(f"{size:,}" for size in told.segments) or "none"
    yield f"   {count(len(told.segments), 'segment')} of postings: {segments}"
    yield "Size in bytes"
    yield from (f"   {part:<14} {size:>16,}" for part, size in told.sizes)
    yield f"   {'in all':<14} {sum(size for _, size in told.sizes):>16,}"
    yield "Parameters"
    yield from (f"   {name:<14} {value}" for name, value in told.parameters)


def count(n: int, one: str, many: str = "") -> str:
    """'1 article', '1,200 articles'."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


QUERY: Mapping[str, Callable[[Recognised], Iterator[bytes]]] = {"text": query_text, "json": query_json}
STATS: Mapping[str, Callable[[Holdings], Iterator[bytes]]] = {"text": stats_text, "json": stats_json}
