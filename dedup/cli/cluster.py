"""`dedup cluster`: paths and options -> pipeline.cluster -> a renderer -> standard output or a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from dedup.cli.options import Settings, option
from dedup.errors import UsageError

if TYPE_CHECKING:
    from dedup.model import Clusters
    from dedup.pipeline import Options
    from dedup.watch import Watch

EXAMPLES = """Examples:

\b
  dedup cluster corpora/wire-day
      the clusters of a folder of articles, as a table
  dedup cluster monday.jsonl tuesday.csv.gz --originals wires/
      several files, held against a folder of agency dispatches
  dedup cluster articles.parquet --map text=body,outlet=site -o clusters.json
      other field names; the result as JSON in a file
  scraper | dedup cluster - --format csv > members.csv
      JSON lines from standard input, a row per article for a spreadsheet
  dedup cluster s3a://news/2031/ --engine spark --master yarn --work /shared \\
        --format parquet -o s3a://news/clusters
      on a Spark cluster, from Parquet to Parquet
"""

SEEDS = "seeds"


def cluster(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files and folders of articles (text, Markdown, JSON, JSON lines, CSV, Parquet, HTML, RSS and Atom, "
            "WARC, NewsML-G2, NITF, ninjs, also .gz and .zst), or - for JSON lines on standard input.",
            show_default=False,
        ),
    ],
    format: Annotated[str | None, option("cluster.format")] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", show_default=False,
            help="Write to FILE, whole or not at all. Its ending (.json, .jsonl, .csv) chooses the format unless "
            "--format does.",
        ),
    ] = "-",
    originals: Annotated[str | None, option("originals")] = None,
    map: Annotated[str | None, option("map")] = None,
    lsh_threshold: Annotated[str | None, option("lsh-threshold")] = None,
    engine: Annotated[str | None, option("engine")] = None,
    master: Annotated[str | None, option("master")] = None,
    workers: Annotated[str | None, option("workers")] = None,
    work: Annotated[str | None, option("work")] = None,
    show_all: Annotated[bool | None, option("show-all")] = None,
    verbose: Annotated[bool | None, option("verbose")] = None,
    quiet: Annotated[bool | None, option("quiet")] = None,
) -> None:  # fmt: skip
    """Find the articles that carry one and the same dispatch.

    Articles that print one wire story (whole, cut, updated or rewritten) form a cluster. Each cluster names the
    article that stands for the dispatch, and says how much of it every outlet carries. Articles that only share
    passages are counted apart, and listed in json and jsonl. So is what could not be read, with the reason: nothing is
    dropped silently.
    """
    from dedup.report.progress import say, watching
    from dedup.report.table import summary
    from dedup.report.write import STDOUT, check_target

    settings = Settings(
        {
            "cluster.format": format, "originals": originals, "map": map, "lsh-threshold": lsh_threshold,
            "engine": engine, "master": master, "workers": workers, "work": work, "show-all": show_all,
            "verbose": verbose, "quiet": quiet,
        }
    )  # fmt: skip
    silent = settings.switch("quiet")
    if not silent:
        settings.say_ignored()
    form = format_of(settings, output)
    if form != "parquet":
        check_target(output, paths)
    with watching(quiet=silent, verbose=settings.switch("verbose")) as watch:
        options = run_options(settings, paths, watch)
        if settings.chosen("engine").value == "spark":
            result = _on_spark(paths, options, watch, settings, output if form == "parquet" else None)
        else:
            result = _clusters(paths, options, watch)
    if form != "parquet":
        emit(result, form, output, settings.switch("show-all"))
    if not silent and (form != "table" or output != STDOUT):
        say(summary(result))


def format_of(settings: Settings, output: str) -> str:
    """The format of --format, else the one the file's ending says, else as set."""
    chosen = settings.chosen("cluster.format")
    ending = PurePath(output).suffix[1:]
    if chosen.origin != "--format" and ending in ("json", "jsonl", "csv"):
        return ending
    if chosen.value == "parquet" and (output == "-" or settings.chosen("engine").value != "spark"):
        raise UsageError("the format parquet needs --engine spark and -o DIR, a folder for its tables")
    return str(chosen.value)


def run_options(settings: Settings, paths: Sequence[str], watch: Watch) -> Options:
    """The options of the run. Every setting is looked at before anything heavy is loaded."""
    settings.chosen("engine")  # a wrong name is an error even where only the local one works
    threshold, workers, work = settings.number("lsh-threshold"), int(settings.number("workers")), settings.text("work")
    mapping, originals = settings.text("map") or "", _originals(settings, paths, watch)

    from dedup.pipeline import Options
    from dedup.read import parse_map

    return Options(parse_map(mapping), originals, threshold, workers, work)


def _originals(settings: Settings, paths: Sequence[str], watch: Watch) -> str | None:
    """The folder of dispatches: as set, else ./seeds when there is one and it is not itself among the articles."""
    chosen = settings.chosen("originals")
    if chosen.origin != "default":
        return str(chosen.value) or None
    seeds = Path(SEEDS).resolve()
    if not seeds.is_dir() or any(p != "-" and seeds.is_relative_to(Path(p).resolve()) for p in paths):
        return None
    watch.note("the dispatches in ./seeds take part as originals (--originals DIR for others, '' for none)")
    return SEEDS


def _clusters(paths: Sequence[str], options: Options, watch: Watch) -> Clusters:
    from dedup import pipeline

    return pipeline.cluster(paths, options, watch)


def _on_spark(paths: Sequence[str], options: Options, watch: Watch, settings: Settings, tables: str | None) -> Clusters:
    from dedup.engines import spark

    return spark.cluster(paths, options, watch, master=str(settings.chosen("master").value), tables=tables)


def emit(result: Clusters, form: str, output: str, show_all: bool) -> None:
    """Writes the clusters in a format."""
    from dedup.report.clusters import RENDERERS
    from dedup.report.table import table_chunks
    from dedup.report.write import write

    write(output, table_chunks(result, output, show_all) if form == "table" else RENDERERS[form](result))
