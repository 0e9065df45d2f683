"""Spark: the local engine's stages for what one machine cannot hold. Paths in, the same `Clusters` out.

    executors   read, clean, sign | texts | sets | candidates | verify      every article, every pair
    driver      cluster, rewrites, reuse, originals, siblings               the texts that are in a verified pair

Between two stages stand Parquet files in the run's folder, which driver and executors must both see. (Spark would make
a stage again that is asked for twice, and a numbering that is made again may be cut otherwise.) Numbers depend on
nothing but the articles, so partitions, executors and retries change nothing but the time.

Files: this one, session.py (Spark itself), run.py (the order of things), stages.py (queries), work.py and packed.py
(inside the workers), driver.py, tables.py (Parquet out).

Tried on 20,000 articles (see also dedup/README.md): Spark ML's MinHashLSH 18.7 s for a tenth of them; components by
label propagation 7.2 s against 0.3 s on the driver; `applyInPandas` per bucket instead of windows along sorted rows.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from dedup import spool
from dedup.engines.spark import session as sessions
from dedup.engines.spark.session import is_address
from dedup.errors import UsageError
from dedup.model import Clusters
from dedup.pipeline import Options
from dedup.watch import SILENT, Watch

__all__ = ["cluster"]


def cluster(
    paths: Sequence[str],
    options: Options | None = None,
    watch: Watch = SILENT,
    *,
    master: str = "local[*]",
    tables: str | None = None,
) -> Clusters:
    """What `pipeline.cluster` says of `paths`, worked out on Spark at `master`.

    paths: files and folders that every executor sees, in any format that is known; or addresses of Parquet on storage
    that Spark knows ("s3a://bucket/day", "hdfs:///news", "file:///data/day.parquet").
    tables: a folder or address that does not exist yet; the answer is written there as Parquet too (tables.py).
    Raises what `pipeline.cluster` does, MissingExtra without PySpark, UsageError without Java.
    """
    options = options or Options()
    _check(paths, options, master)
    watch.stage("spark")
    with spool.folder(options.work) as made, sessions.started(master, made) as session:
        from dedup.engines.spark import tables as out  # imports PySpark, which is known to be there by now
        from dedup.engines.spark.run import Run

        if tables is not None:
            out.check_target(session, tables)
        result = Run(session, made.resolve(), options, watch).answer(_absolute(paths, master))
        if tables is not None:
            out.write(session, result, tables)
        return result


def _check(paths: Sequence[str], options: Options, master: str) -> None:
    if "-" in paths:
        raise UsageError("--engine spark cannot read standard input: executors do not see it; name a file")
    if not sessions.is_local(master) and not options.work:
        raise UsageError(f"--master {master} needs --work DIR: a folder that the driver and all executors see")


def _absolute(paths: Sequence[str], master: str) -> Sequence[str]:
    """Paths that mean the same in another process, on another machine."""
    if sessions.is_local(master):
        return paths
    return [path if is_address(path) else os.path.abspath(path) for path in paths]
