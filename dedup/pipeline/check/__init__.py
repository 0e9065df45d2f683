"""Check: paths -> what is wrong with a feed. Clusters it, looks at every article, and asks the rules of dedup/check.

    cluster -> look (article by article, in one or more processes) -> altered, outdated (few texts, side by side)
            -> the rules -> judge

Files: this one; look.py, what is seen in an article; around.py, what is known of it before; altered.py, quotations and
figures that the agency has otherwise; outdated.py, what a correction changed; twice.py, what one outlet
has in two articles.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import numpy as np

from dedup import limits, spool
from dedup.check import duplicates, feed, meta, wire
from dedup.check.judge import judge, places
from dedup.check.page import LANGUAGE_MISSING, language_available
from dedup.check.policy import Policy
from dedup.check.views import Altered, Entry, Found, Pile
from dedup.model import Article, Checked, Clusters, Skipped
from dedup.pipeline import Options, answer_of, run_stages
from dedup.pipeline import settings as settings_of
from dedup.pipeline.check.altered import altered
from dedup.pipeline.check.around import Around
from dedup.pipeline.check.look import Looked, Stretch, look
from dedup.pipeline.check.outdated import outdated
from dedup.pipeline.check.twice import pairs
from dedup.pipeline.pool import dealt
from dedup.pipeline.run import Run
from dedup.watch import SILENT, Watch

_FAMILIES = (duplicates.found, meta.found, wire.found, feed.found)
_PAGES = tuple(f"TXT00{n}" for n in range(1, 8))


class CarriedBefore(Protocol):
    """What earlier runs know: an index."""

    def __call__(self, articles: Sequence[Article]) -> Mapping[int, str]:
        """Places in `articles` -> when and as what that one's outlet carried it before. Ids are the input's own."""


class New(Protocol):
    """Which articles are new (pipeline/changed.py)."""

    @property
    def files(self) -> frozenset[str]: ...

    def holds(self, path: str, digest: bytes) -> bool:
        """Whether the article with this digest, read from `path`, is new."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check can be told besides how to cluster."""

    policy: Policy = field(default_factory=Policy)
    baseline: Mapping[str, str] | None = None  # fingerprint -> rule, as check.baseline reads it
    now: datetime | None = None  # with its time zone
    root: str = ""  # folder that paths are shown from; "" as named
    new: New | None = None  # only findings about these are kept
    carried_before: CarriedBefore | None = None


def check(
    paths: Sequence[str], options: Options | None = None, asked: Asked | None = None, watch: Watch = SILENT
) -> Checked:
    """What is wrong with the articles in `paths`.

    Raises what pipeline.cluster raises; what is wrong with a single article becomes a finding.
    """
    options, asked = options or Options(), asked or Asked()
    with spool.folder(options.work) as folder:
        run = run_stages(paths, options, folder, watch)
        clusters = answer_of(run, options, watch)
        watch.stage("look", len(run.corpus))
        if asked.policy.wanted("TXT007") and not language_available():
            watch.note(LANGUAGE_MISSING)
        looked = list(_looked(run, clusters, asked.policy, options.workers, watch))
        pile, capped = _pile(run, clusters, [one.entry for one in looked], asked, options.workers, watch)
    found = [*_page_faults(looked), *itertools.chain.from_iterable(family(pile, asked.policy) for family in _FAMILIES)]
    return _checked(found, pile, clusters, asked, options, capped)


def _checked(
    found: Sequence[Found], pile: Pile, clusters: Clusters, asked: Asked, options: Options, capped: int
) -> Checked:
    shown = _shown_from(asked.root)
    told: list[Found] = []
    old: list[Found] = []
    for one in found:
        (told if asked.new is None or _is_new(one, pile, asked.new) else old).append(_with_path(one, shown))
    judged = judge(told, places(pile.entries, shown), asked.policy, asked.baseline, old)
    return Checked(
        f"{settings_of(options)}|check:{asked.policy.signature()}|now:{asked.now.isoformat() if asked.now else 'none'}",
        asked.policy.rules(),
        clusters.read,
        clusters.kept,
        _skipped(clusters.skipped, shown),
        judged.findings,
        judged.ignored,
        judged.stale if asked.new is None else (),
        capped,
    )


# ---------------------------------------------------------------- the pile


def _looked(run: Run, clusters: Clusters, policy: Policy, workers: int, watch: Watch) -> Iterator[Looked]:
    """Every article, looked at; in canonical order."""
    pages = policy.wanted(*_PAGES)
    rows = {run.texts.ids[row]: row for row in range(len(run.corpus))}
    around = Around(run, clusters.clusters, rows, pages=pages, languages=policy.wanted("TXT007"))
    order = _together(run, clusters, rows)
    credits = bool(run.corpus.rows.wire.any()) and policy.wanted("WIRE002")
    stretches = (
        Stretch(
            tuple(run.corpus.folders),
            tuple(zip(*(column.tolist() for column in run.corpus.places(np.array(chunk, np.int64))), strict=True)),
            tuple(around.of(row) for row in chunk),
            policy,
            credits,
            pages,
        )
        for chunk in (order[i : i + limits.CHECK_BATCH] for i in range(0, len(order), limits.CHECK_BATCH))
    )
    found: list[Looked | None] = [None] * len(run.corpus)
    at = iter(order)
    for batch in dealt(look, stretches, min(workers, 1 + len(order) // limits.CHECK_BATCH)):
        watch.advance(len(batch))
        for one in batch:
            found[run.texts.rank[next(at)]] = one
    yield from (one for one in found if one)


def _together(run: Run, clusters: Clusters, rows: Mapping[str, int]) -> list[int]:
    """All rows, those of a cluster one after the other, the rest as they were read."""
    first = [rows[member.id] for cluster in clusters.clusters for member in cluster.members]
    there = set(first)
    return first + [row for row in range(len(run.corpus)) if row not in there]


def _pile(
    run: Run, clusters: Clusters, entries: Sequence[Entry], asked: Asked, workers: int, watch: Watch
) -> tuple[Pile, int]:
    draft = Pile(entries, clusters.clusters)
    texts = _Reader(run)
    changed: list[Altered] = []
    capped = 0
    if asked.policy.wanted("WIRE003", "WIRE004"):
        watch.stage("hold against originals")
        changed, capped = altered(draft, texts.article, workers)
    old = list(outdated(draft, texts.article)) if asked.policy.wanted("WIRE006") else []
    before: Mapping[str, str] = {}
    if asked.carried_before is not None and asked.policy.wanted("FEED004"):
        watch.stage("index")
        before = _before(draft.judged, texts.article, asked.carried_before)
    notices = {e.id: texts.article(e.id).text for e in entries if e.says == "kill"}
    twice = list(pairs(run, clusters, texts.rows))
    whole = Pile(
        entries, clusters.clusters, clusters.skipped, twice, changed, old, before, asked.now, clusters.reuse, notices
    )
    return whole, capped


def _before(
    entries: Sequence[Entry], read: Callable[[str], Article], carried_before: CarriedBefore
) -> Mapping[str, str]:
    """What an index knows of the articles, asked in blocks: texts are many."""
    found: dict[str, str] = {}
    for start in range(0, len(entries), limits.CHECK_BATCH):
        block = entries[start : start + limits.CHECK_BATCH]
        told = carried_before([replace(read(entry.id), id=entry.own_id) for entry in block])
        found |= {block[place].id: how for place, how in told.items()}
    return found


class _Reader:
    """Reads articles by id."""

    def __init__(self, run: Run) -> None:
        self._corpus = run.corpus
        self.rows = {run.texts.ids[row]: row for row in range(len(run.corpus))}

    def article(self, id: str) -> Article:
        """The article of that id."""
        return self._corpus.article(self.rows[id], id)


# ---------------------------------------------------------------- findings


def _skipped(skips: Iterable[Skipped], shown: Callable[[str], str]) -> tuple[Skipped, ...]:
    """The skips without the lines they stood in, which another order of the records would change."""
    bare = []
    for skip in skips:
        path, id = feed.without_line(skip)
        bare.append(Skipped(shown(path) + (f" ({id})" if id else ""), skip.why, skip.empty))
    return tuple(sorted(bare, key=lambda skip: (skip.where, skip.why)))


def _page_faults(looked: Sequence[Looked]) -> Iterator[Found]:
    for one in looked:
        yield from (Found(f.rule, f.message, one.entry, detail="", excerpt=f.excerpt) for f in one.faults)


def _is_new(found: Found, pile: Pile, new: New) -> bool:
    """Whether a finding is about an article or file that is new; of the feed as a whole, only that it is empty.

    One that is related and new will do: of two copies the later dated one is named, whichever came in last.
    """
    if found.about:
        entries = (found.about, *(pile.by_id[id] for id in found.related))
        return any(new.holds(entry.path, bytes.fromhex(entry.record)) for entry in entries)
    return found.path in new.files if found.path else found.rule == "FEED001"


def _shown_from(root: str) -> Callable[[str], str]:
    """Paths below `root` as seen from there."""

    def shown(path: str) -> str:
        if not root or not os.path.isabs(path):
            return path
        seen = os.path.relpath(path, root).replace(os.sep, "/")
        return path if seen.startswith("../") else seen

    return shown


def _with_path(found: Found, shown: Callable[[str], str]) -> Found:
    return replace(found, path=shown(found.path)) if found.path else found
