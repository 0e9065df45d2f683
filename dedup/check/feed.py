"""Feed: a pile -> what is wrong with the feed as a whole, and with inputs that gave no article (FEED, TXT001 of skips).

A finding names no line of a file: the records of a feed may come in any order, and the result must not depend on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from dedup.check.times import latest
from dedup.check.views import Found, Options, Pile
from dedup.model import Skipped

# path, path:line, path[3] (of an array), "path, record 3" (of a crawl), each with an (id) after it where one was given
_WHERE = re.compile(r"(?P<path>.*?)(?::\d+|\[\d+\]|, record \d+)?(?: \((?P<id>[^()]*)\))?", re.DOTALL)
_HARMLESS = ("about the folder, not an article", "a symbolic link: not followed", "already read: named twice")


def found(pile: Pile, options: Options) -> Iterator[Found]:
    """All that this family sees. Cost: linear."""
    if not pile.judged:
        n = len(pile.skipped)
        skips = f"; {n:,} {'input was' if n == 1 else 'inputs were'} not used" if n else ""
        yield Found("FEED001", f"no article was read{skips}")
    yield from (_unused(skip) for skip in pile.skipped)
    yield from _stale(pile, float(options.option("FEED003", "hours")))
    for entry in pile.judged:
        if entry.id in pile.before:
            yield Found("FEED004", f"carried before: {pile.before[entry.id]}", entry)


def without_line(skip: Skipped) -> tuple[str, str]:
    """The path of a skipped input, and the id of the record where one was given.

    >>> without_line(Skipped("a/b.jsonl:17 (x1)", "empty text")), without_line(Skipped("b.json[3]", "empty text"))
    (('a/b.jsonl', 'x1'), ('b.json', ''))
    >>> without_line(Skipped("c.warc.gz, record 3", "cut off"))
    ('c.warc.gz', '')
    """
    where = _WHERE.fullmatch(skip.where)
    return (where["path"], where["id"] or "") if where else (skip.where, "")


def _unused(skip: Skipped) -> Found:
    path, id = without_line(skip)
    named = f"record {id}: " if id else ""
    detail = f"{PurePosixPath(path).name} {id} {skip.why}"
    if skip.empty:
        return Found("TXT001", f"{named}the article has no text ({skip.why})", path=path, detail=detail)
    return Found("FEED002", f"{named}not used: {skip.why}", path=path, detail=detail, mild=skip.why in _HARMLESS)


def _stale(pile: Pile, hours: float) -> Iterator[Found]:
    """The newest article lies more than `hours` back. A feed without a readable date is META001's business."""
    if not hours or pile.now is None:
        return
    times = (latest(entry.published) for entry in pile.judged)
    newest = max((time for time in times if time), default=None)
    old = (pile.now - newest).total_seconds() / 3600 if newest else 0.0
    if old > hours:
        yield Found("FEED003", f"the newest article is {old:,.0f} hours old; expected at most {hours:g}")
