"""Heads: `Head` and the counters <-> the JSON both stores keep of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dedup.index.store import Head, Place, Segment

State = dict[str, Any]


def state_of(head: Head, counters: Mapping[str, int]) -> State:
    """What changes of a head, and the next free numbers."""
    return {
        "articles": head.articles,
        "next": dict(counters),
        "segments": [[s.number, s.first_page, s.pages, s.postings] for s in head.segments],
        "places": [[place.folder, dict(place.mapping)] for place in head.places],
    }


def head_of(parameters: Mapping[str, str], state: State) -> Head:
    """The head again. Raises ValueError, TypeError or KeyError for a state that is none."""
    segments = tuple(Segment(*map(int, numbers)) for numbers in state["segments"])
    if any(min(s.number, s.first_page, s.pages, s.postings) < 0 or s.pages > s.postings for s in segments):
        raise ValueError("a segment that cannot be")
    places = tuple(
        Place(str(folder), {str(k): str(v) for k, v in mapping.items()}) for folder, mapping in state["places"]
    )
    return Head(dict(parameters), int(state["articles"]), segments, places)
