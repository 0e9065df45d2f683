"""Stats: what is in an index. Cost: one pass over its rows, not over its blobs."""

from __future__ import annotations

from dedup.index.prune import moment
from dedup.index.store import Store
from dedup.model import Holdings


def stats(store: Store) -> Holdings:
    """Articles, outlets, times, parameters, segments, sizes."""
    head = store.head()
    outlets: set[str] = set()
    articles = wires = undated = 0
    first = last = None
    for entry in store.entries():
        if entry.wire:
            wires += 1
            continue
        articles += 1
        outlets.add(entry.outlet)
        time = moment(entry.published)
        if time is None:
            undated += 1
            continue
        first = min(first or (time, entry.published), (time, entry.published))
        last = max(last or (time, entry.published), (time, entry.published))
    return Holdings(
        store.where, tuple(sorted(head.parameters.items())), articles, wires, len(outlets - {""}),
        first[1] if first else "", last[1] if last else "", undated, len(store.skips()), store.clustered(),
        tuple(segment.postings for segment in head.segments), tuple(store.sizes()),
    )  # fmt: skip
