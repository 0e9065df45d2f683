"""Pipeline: the table of contents. Paths go in, frozen results come out; each stage is one call.

    read -> clean -> sign                                  article by article, in batches, in one or more processes
    sets -> candidates -> verify -> cluster -> originals   on arrays, over the whole corpus

Articles are counted three ways, each for a reason: by *row*, the order they were read in; by *rank* in canonical order
(id, then digest), which makes every answer independent of that order; and, once exact copies are folded into one text,
by *number*, longest first, so that ties and stars fall to the fullest text.

Files: this one, intake.py (the first line above), texts.py (rows, ranks, numbers),
unlike.py (what shingles do not see), answer.py (numbers back to articles).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dedup import candidates, limits, sets, spool, verify
from dedup import cluster as clustering
from dedup.model import Capped, Clusters, Sets
from dedup.pipeline import answer, intake
from dedup.pipeline.texts import Texts, fold
from dedup.pipeline.unlike import Unlike
from dedup.version import __version__
from dedup.watch import SILENT, Watch

__all__ = ["Options", "cluster"]


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
    with spool.folder(options.work) as folder:
        watch.stage("read")
        corpus = intake.take_in(paths, options.originals, options.mapping, folder, options.workers, watch)
        watch.stage("sets")
        texts = fold(corpus)
        shingles = _sets(corpus, texts)
        watch.stage("candidates")
        found = candidates.find(corpus.signatures[texts.rows], shingles.keys, shingles.offsets, options.lsh_threshold)
        watch.stage("verify")
        compiled = len(texts.rows) >= limits.KERNEL_FROM_ARTICLES
        matches = verify.compare(shingles, found.a, found.b, compiled=compiled)
        watch.stage("cluster")
        unlike = Unlike(corpus, texts)
        parts = clustering.components(len(texts.rows), matches.a, matches.b, unlike.closeness(matches))
        within = verify.compare(shingles, *parts.pairs(), compiled=compiled)
        labels = clustering.group(len(texts.rows), parts, unlike.closeness(within))
        watch.stage("reuse")
        reuse, cut = answer.reuse(corpus, texts, shingles, matches, labels, compiled=compiled)
        watch.stage("originals")
        clusters = answer.clusters(corpus, texts, within, labels, reuse)
        capped = Capped(found.hub_shingles, found.buckets + parts.cut, cut)
        kept = int(np.count_nonzero(~corpus.rows.wire))
        read = kept + len(corpus.skipped)
        return Clusters(settings(options), read, kept, corpus.skipped, capped, clusters, reuse)


def _sets(corpus: spool.Corpus, texts: Texts) -> Sets:
    """The shingle set of each text, without the lines its outlet repeats."""
    rows, chosen = corpus.rows, texts.rows
    drop = sets.repeated(
        texts.outlets, corpus.line_hashes, corpus.line_counts, corpus.line_starts[chosen], rows.lines[chosen]
    )
    return sets.build(corpus.text_order(chosen), drop)


def settings(options: Options) -> str:
    """Everything a result depends on besides the articles, in one line."""
    b, r = candidates.bands(options.lsh_threshold)
    return (
        f"dedup {__version__}|shingle:w{limits.SHINGLE_TOKENS}|perm:{limits.NUM_PERM}|scheme:affine32|"
        f"seed:{limits.PERM_SEED}|bands:{b}x{r}|sample:{limits.SAMPLE}|tokens>={limits.MIN_TOKENS}|"
        f"quoted:{limits.QUOTED_WEIGHT}|roundup:{limits.ROUNDUP_WEIGHT}|anchors>={limits.ANCHORS_AGREE}|linkage:average>={limits.SAME_DISPATCH}|"
        f"passage>={limits.PASSAGE_SHINGLES}|reuse>={limits.REUSE_SHINGLES}"
    )
