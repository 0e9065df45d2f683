"""Desk: a corpus and its clusters -> the diff of any article, the matrix of any cluster, the diffs of all.

What an article is held against, in this order: the version its cluster says it carries, the dispatches it also carries,
other originals it reuses passages of (most first), and the siblings (other agencies on the same event). Never against
itself, nor against more than limits.DIFF_ORIGINALS.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dedup import clean, facts, limits, spool
from dedup.compare import fates
from dedup.credits import find_credits, wire_agency
from dedup.errors import UsageError
from dedup.model import Article, Cluster, Clusters, Diff, FactCell, Matrix, Member, Skipped, WireFact
from dedup.pipeline import Options, answer_of, intake, run_stages, workplace
from dedup.pipeline.diff import Source, hold
from dedup.pipeline.texts import fold
from dedup.segment import sentences
from dedup.watch import SILENT, Watch
from dedup.words import words

Place = tuple[int, str]  # sentence of the original, words of the fact

NO_ORIGINAL = "carries no dispatch that is known here"
IS_ORIGINAL = "is itself the original of its cluster"
_ADVICE = {
    NO_ORIGINAL: "name a folder of dispatches with --originals, or hold its file against one with --original NAME=PATH",
    IS_ORIGINAL: "--cluster ID holds every outlet against it",
}


class Desk:
    """The articles of a corpus beside the clusters they form."""

    def __init__(self, corpus: spool.Corpus, ids: Sequence[str], clusters: Clusters) -> None:
        self.clusters = clusters
        self._corpus = corpus
        self._ids = ids
        self._rows = {id: row for row, id in enumerate(ids)}
        self._homes = {m.id: (c, m) for c in clusters.clusters for m in c.members}
        self._agencies = {s.cluster: s.agency for c in clusters.clusters for s in c.siblings}
        self._agencies |= {c.id: c.original.agency for c in clusters.clusters if c.original.agency}
        self._reused: dict[str, list[tuple[float, str]]] = {}
        for pair in clusters.reuse:
            self._reused.setdefault(pair.a, []).append((-pair.share_a, pair.b))
            self._reused.setdefault(pair.b, []).append((-pair.share_b, pair.a))

    def diff(self, id: str) -> Diff:
        """The article `id` against its originals. Raises UsageError for an unknown id and one that has none."""
        self._check(id)
        found = self._sources(id)
        if not found:
            why = self._lacking(id)
            raise UsageError(f"{id}: {why}; {_ADVICE[why]}")
        return hold(self._article(id), found)

    def diffs(self) -> Iterator[Diff | Skipped]:
        """The diff of every article but the dispatches of --originals, by id; a skip for one without an original."""
        for id in sorted(id for id, row in self._rows.items() if not self._corpus.rows.wire[row]):
            found = self._sources(id)
            yield hold(self._article(id), found) if found else Skipped(id, self._lacking(id))

    def _lacking(self, id: str) -> str:
        """Why an article has no originals."""
        return IS_ORIGINAL if id in self._homes and self._homes[id][0].id == id else NO_ORIGINAL

    def matrix(self, id: str) -> Matrix:
        """The cluster `id`, or that of article `id`: its outlets against the facts of its original."""
        cluster = self._cluster(id)
        original = self._source(cluster.id, cluster.original.agency)
        outlets = [m for m in cluster.members if m.id != cluster.id and not self._corpus.rows.wire[self._rows[m.id]]]
        outlets.sort(key=lambda m: (m.outlet, m.published, m.id))
        diffs = [hold(self._article(m.id), [original]) for m in outlets]
        if not diffs:
            raise UsageError(f"{cluster.id}: no outlet carries this dispatch beside its original")
        wire = diffs[0].originals[0]
        found = tuple(_facts((i, s.text) for i, s in enumerate(wire.sentences) if not s.furniture))
        cells = self._cells(diffs, outlets, original, found)
        return Matrix(diffs[0].settings, cluster.id, cluster.title, wire, found, tuple(diffs), cells)

    def _cells(
        self, diffs: Sequence[Diff], outlets: Sequence[Member], original: Source, found: Sequence[WireFact]
    ) -> tuple[tuple[FactCell, ...], ...]:
        """What became of each fact at each outlet. What its version had not, or otherwise, is not its doing."""
        later: dict[str, set[Place]] = {"": set(), original.article.id: set()}
        cells = []
        for diff, member in zip(diffs, outlets, strict=True):
            version = member.version if member.version in self._rows and member.version != member.id else ""
            if version not in later:
                own = fates(hold(self._article(version), [original]), found, self._gone(version, found, diff))
                there = zip(found, own, strict=True)
                later[version] = {(f.index, f.text) for f, c in there if c.fate in ("altered", "dropped")}
            cells.append(fates(diff, found, self._gone(diff.id, found, diff), later[version]))
        return tuple(cells)

    # ------------------------------------------------------------ originals

    def _sources(self, id: str) -> list[Source]:
        """The originals of article `id`, each with a name of its own."""
        cluster, member = self._homes.get(id, (None, None))
        found: dict[str, tuple[str | None, bool]] = {}
        if cluster and member:
            own = member.version if member.version not in ("", id) else cluster.id
            found[own] = (cluster.original.agency, False)
            found |= {other: (self._agencies.get(other), False) for other in member.also_carries if other not in found}
        for _, other in sorted(self._reused.get(id, ())):
            if other not in found and self._is_original(other):
                found[other] = (self._agencies.get(other), False)
        for sibling in cluster.siblings if cluster else ():
            found.setdefault(sibling.cluster, (sibling.agency, True))
        found.pop(id, None)
        if cluster:  # a version of its own dispatch beside the one it carries says nothing new
            others = {v.id for v in cluster.versions} - {next(iter(found), "")}
            found = {other: told for other, told in found.items() if other not in others}
        here = [(other, told) for other, told in found.items() if other in self._rows][: limits.DIFF_ORIGINALS]
        return _named([self._source(other, agency, sibling) for other, (agency, sibling) in here])

    def _is_original(self, id: str) -> bool:
        home = self._homes.get(id)
        return home[0].id == id if home else id in self._rows and bool(self._corpus.rows.wire[self._rows[id]])

    def _source(self, id: str, agency: str | None, sibling: bool = False) -> Source:
        article = self._article(id)
        home = self._homes.get(id)
        mark = next((v.mark for v in home[0].versions if v.id == id), "") if home else ""
        agency = (
            agency
            or wire_agency(find_credits(article.text, author=article.author, outlet=article.outlet, url=article.url))[0]
        )
        return Source(agency or id, article, mark, agency, sibling)

    def _article(self, id: str) -> Article:
        return self._corpus.article(self._rows[id], id)

    # ------------------------------------------------------------ facts

    def _gone(self, id: str, found: Iterable[WireFact], diff: Diff) -> set[Place]:
        """The facts of the only original of `diff` that article `id` nowhere states."""
        text = self._article(id).text
        spans = clean.story(text)[1]
        known = facts.stated([s.text for start, end in spans for s in sentences(text[start:end])])
        texts = [s.text for s in diff.originals[0].sentences]
        return {(i, fact) for i in {fact.index for fact in found} for fact in facts.vanished(texts[i], known)}

    # ------------------------------------------------------------ ids

    def _check(self, id: str) -> None:
        if id not in self._rows:
            raise UsageError(f"no article has the id {id!r}{_near(id, self._ids)}")

    def _cluster(self, id: str) -> Cluster:
        held = next((c for c in self.clusters.clusters if c.id == id), None) or self._homes.get(id, (None,))[0]
        if held is None:
            known = [c.id for c in self.clusters.clusters]
            raise UsageError(f"no cluster has the id {id!r}, nor an article with it{_near(id, known)}")
        self._check(held.id)
        return held


@contextmanager
def desk(
    paths: Sequence[str], options: Options, clusters: Clusters | None = None, watch: Watch = SILENT
) -> Iterator[Desk]:
    """The corpus of `paths`, clustered anew unless `clusters` are given. Its texts last as long as the context.

    Raises what pipeline.cluster raises.
    """
    with workplace(paths, options, watch) as folder:
        if clusters is None:
            run = run_stages(paths, options, folder, watch)
            held = Desk(run.corpus, run.texts.ids, answer_of(run, options, watch))
        else:
            held = Desk(*_read(paths, options, folder, watch), clusters)
        watch.stage("diff")
        yield held


def _read(paths: Sequence[str], options: Options, folder: Path, watch: Watch) -> tuple[spool.Corpus, Sequence[str]]:
    watch.stage("read")
    corpus = intake.take_in(
        paths, options.originals, options.mapping, folder, options.workers, watch, lasting=options.work is not None
    )
    return corpus, fold(corpus).ids


def _named(found: Sequence[Source]) -> list[Source]:
    """`found` with a name for each: its agency, for the second of an agency its id too."""
    taken: set[str] = set()
    named = []
    for source in found:
        name = source.name if source.name not in taken else f"{source.name} {source.article.id}"
        taken.add(name)
        named.append(Source(name, source.article, source.version, source.agency, source.sibling))
    return named


def _near(id: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(id, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _facts(texts: Iterable[tuple[int, str]]) -> Iterator[WireFact]:
    """The facts of an original, each where it is first stated: "Roe" after "Sen. Ann Roe" is none of its own."""
    seen: list[frozenset[str]] = []
    for index, text in texts:
        at = 0
        for fact in facts.facts_of(text):
            start = text.find(fact, at)
            start = start if start >= 0 else text.find(fact)
            held = frozenset(w.norm for w in words(fact))
            if start >= 0 and held and not any(held <= other for other in seen):
                seen.append(held)
                at = start
                yield WireFact(index, start, start + len(fact), fact)
