"""Pipeline: the table of contents. Paths go in, frozen results come out; each stage is one call.

    read -> clean -> sign                                  article by article, in batches, in one or more processes
    sets -> candidates -> verify -> cluster -> originals   on arrays, over the whole corpus

Articles are counted three ways, each for a reason: by *row*, the order they were read in; by *rank* in canonical order
(id, then digest), which makes every answer independent of that order; and, once exact copies are folded into one text,
by *number*, longest first, so that ties and stars fall to the fullest text.

Files: this one, intake.py (the first line above; pool.py deals it to processes), texts.py (rows, ranks, numbers),
packed.py (sets and candidates, in files), unlike.py and rewrites.py (what shingles do not see), answer.py and
describe.py (numbers back to articles), links.py (what clusters have to do with each other), explain.py (one pair,
looked at closely; run.py is what it looks at), desk.py and diff.py (articles held against their originals), changed.py
and check/ (for `dedup check`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from dedup import candidates, limits, sign, spool, verify
from dedup import cluster as clustering
from dedup.model import Capped, Cluster, Clusters, Explanation, Sets
from dedup.pipeline import answer, intake, packed, rewrites
from dedup.pipeline import explain as explaining
from dedup.pipeline.run import Run
from dedup.pipeline.texts import Texts, fold
from dedup.pipeline.unlike import Unlike
from dedup.read.source import STDIN
from dedup.version import __version__
from dedup.watch import SILENT, Watch

__all__ = ["Options", "cluster", "explain"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a cluster run can be told."""

    mapping: Mapping[str, str] = field(default_factory=dict)  # role -> field name, from read.parse_map
    originals: str | None = None  # folder of dispatches that take part and are not counted
    lsh_threshold: float = limits.LSH_THRESHOLD
    workers: int = 1  # processes that read, clean and sign
    work: str | None = None  # folder for the spool; None: the system's


def cluster(paths: Sequence[str], options: Options | None = None, watch: Watch = SILENT) -> Clusters:
    """The clusters of the articles in `paths`, and the pairs that only share passages.

    Raises InputError, MissingExtra, UsageError or OutputError for paths and options that cannot be used; what is wrong
    with a single article becomes a `Skipped`.
    """
    options = options or Options()
    with workplace(paths, options, watch) as folder:
        return answer_of(run_stages(paths, options, folder, watch), options, watch)


def explain(paths: Sequence[str], a: str, b: str, options: Options | None = None, watch: Watch = SILENT) -> Explanation:
    """Why the articles with the ids `a` and `b` were, or were not, put together. UsageError for an unknown id."""
    options = options or Options()
    with workplace(paths, options, watch) as folder:
        run = run_stages(paths, options, folder, watch)
        explaining.check_ids(run, a, b)
        return explaining.explain(run, answer_of(run, options, watch), a, b)


def workplace(paths: Sequence[str], options: Options, watch: Watch) -> AbstractContextManager[Path]:
    """The folder of a run. With --work the same command comes back to what it left; standard input is read but once."""
    again = options.work and STDIN not in paths
    told = [settings(options), options.originals or "", *map(os.path.abspath, paths)]
    return spool.folder(options.work, spool.key_of(*told) if again else "", watch.note)


def run_stages(paths: Sequence[str], options: Options, folder: Path, watch: Watch) -> Run:
    """Everything on numbers, up to the groups."""
    watch.stage("read")
    corpus = intake.take_in(
        paths, options.originals, options.mapping, folder, options.workers, watch, lasting=options.work is not None
    )
    return run_corpus(corpus, options, watch)


def run_corpus(corpus: spool.Corpus, options: Options, watch: Watch) -> Run:
    """The same from a corpus that is already there."""
    watch.stage("sets")
    texts = fold(corpus)
    compiled, workers = sign.kernel_pays(len(texts.rows)), options.workers
    key = corpus.key if options.work else ""
    shingles = packed.shingle_sets(corpus, texts, key, compiled=compiled, workers=workers)
    watch.stage("candidates")
    found = packed.pairs(corpus, texts, shingles, options.lsh_threshold, key, compiled=compiled, workers=workers)
    watch.stage("verify")
    matches = verify.compare(shingles, found.a, found.b, compiled=compiled, workers=workers)
    capped = Capped(found.hub_shingles, found.buckets)
    del found
    return run_matches(corpus, texts, shingles, matches, capped, len(texts.rows), watch, workers)


def run_matches(
    corpus: spool.Corpus,
    texts: Texts,
    shingles: Sets,
    matches: verify.Matches,
    capped: Capped,
    in_all: int,
    watch: Watch,
    workers: int = 1,
) -> Run:
    """The same from verified pairs on. `texts` may be only those of some pair; `in_all`: how many there are."""
    compiled = sign.kernel_pays(len(texts.rows))
    watch.stage("cluster")
    unlike = Unlike(corpus, texts)
    close = unlike.closeness(matches)
    parts = clustering.components(len(texts.rows), matches.a, matches.b, close)
    within = verify.compare(shingles, *parts.pairs(), compiled=compiled, workers=workers)
    labels = clustering.group(len(texts.rows), parts, unlike.closeness(within))
    watch.stage("rewrites")
    attached = rewrites.attach(corpus, texts, matches, close, labels, in_all)
    pairs = rewrites.pairs(labels, attached.labels)
    within = within.joined(verify.compare(shingles, *pairs, compiled=compiled))
    capped = replace(capped, buckets=capped.buckets + parts.cut, rewrites=attached.unchecked)
    return Run(corpus, texts, shingles, matches, unlike, within, attached.labels, capped, compiled)


def answer_of(run: Run, options: Options, watch: Watch) -> Clusters:
    """The groups and pairs of a run in the words of the model."""
    watch.stage("reuse")
    shared = run.unlike.own_words(run.matches)
    reuse, cut = answer.reuse(
        run.corpus, run.texts, run.shingles, shared, run.labels, compiled=run.compiled, workers=options.workers
    )
    watch.stage("originals")
    clusters = _carried(run, answer.clusters(run.corpus, run.texts, run.within, run.labels, reuse, options.workers))
    kept = int(np.count_nonzero(~run.corpus.rows.wire))
    skipped = run.corpus.skipped
    return Clusters(
        settings(options), kept + len(skipped), kept, skipped, replace(run.capped, reuse=cut), clusters, reuse
    )


def _carried(run: Run, clusters: Sequence[Cluster]) -> tuple[Cluster, ...]:
    """The clusters with at least one of the articles asked about: versions of --originals alone are no news."""
    wires = {run.texts.ids[row] for row in np.flatnonzero(run.corpus.rows.wire).tolist()}
    return tuple(cluster for cluster in clusters if any(member.id not in wires for member in cluster.members))


def settings(options: Options) -> str:
    """Everything a result depends on besides the articles, in one line."""
    b, r = candidates.bands(options.lsh_threshold)
    mapping = ",".join(f"{role}={name}" for role, name in sorted(options.mapping.items()))
    values = {
        "shingle": f"w{limits.SHINGLE_TOKENS}",
        "perm": limits.NUM_PERM,
        "scheme": f"affine32/{limits.PERM_SEED}",
        "bands": f"{b}x{r}",
        "sample": f"{limits.SAMPLE}>={limits.MIN_SHARED}",
        "tokens": f">={limits.MIN_TOKENS}",
        "repeated": f"{limits.REPEATED_IN}/{limits.REPEATED_SHARE}",
        "quoted": limits.QUOTED_WEIGHT,
        "roundup": limits.ROUNDUP_WEIGHT,
        "template": f"{limits.TEMPLATE_TOKENS}/{limits.TEMPLATE_WEIGHT}",
        "anchors": f"{limits.ANCHORS}/{limits.ANCHORS_AGREE}/{limits.FIGURES}/{limits.FIGURES_AGREE}",
        "linkage": f"average>={limits.SAME_DISPATCH}",
        "rewrite": f"{limits.REWRITE_CREDITED}/{limits.REWRITE_UNCREDITED}",
        "passage": f">={limits.PASSAGE_SHINGLES}",
        "reuse": f">={limits.REUSE_SHINGLES}",
        "caps": f"{limits.HUB_ARTICLES}/{limits.BUCKET_ARTICLES}/{limits.COMPONENT_ARTICLES}/{limits.MAX_REUSE}",
        "map": mapping or "none",
        "originals": "given" if options.originals else "none",
    }
    return "|".join([f"dedup {__version__}", *(f"{name}:{value}" for name, value in values.items())])
