"""`dedup explain`: a corpus and two ids -> pipeline.explain -> text or JSON."""

from __future__ import annotations

from typing import Annotated

import typer

from dedup.cli.cluster import run_options
from dedup.cli.options import Settings, option

EXAMPLES = """Examples:

\b
  dedup explain corpora/wire-day lakemont-ledger-ferry harbor-gazette-ferry
      credits, times, shared passages, and the rule that decided
  dedup explain monday.jsonl 4711 4712 --format json
      the same for a program
"""


def explain(
    path: Annotated[
        str,
        typer.Argument(metavar="CORPUS", help="File or folder of articles, as for dedup cluster.", show_default=False),
    ],
    first: Annotated[str, typer.Argument(metavar="ID", help="Id of an article in it.", show_default=False)],
    second: Annotated[str, typer.Argument(metavar="ID", help="Id of another.", show_default=False)],
    format: Annotated[str | None, option("explain.format")] = None,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", show_default=False, help="Write to FILE, whole or not at all."),
    ] = "-",
    originals: Annotated[str | None, option("originals")] = None,
    map: Annotated[str | None, option("map")] = None,
    lsh_threshold: Annotated[str | None, option("lsh-threshold")] = None,
    workers: Annotated[str | None, option("workers")] = None,
    work: Annotated[str | None, option("work")] = None,
    verbose: Annotated[bool | None, option("verbose")] = None,
    quiet: Annotated[bool | None, option("quiet")] = None,
) -> None:
    """Say why two articles were, or were not, put together.

    Shows what each of them says of its source and time, how much they share and where, the rule that decided, and
    what would have changed the decision. Ids are those that dedup cluster shows.
    """
    from dedup.report.progress import watching
    from dedup.report.write import check_target, write

    settings = Settings(
        {
            "explain.format": format, "originals": originals, "map": map, "lsh-threshold": lsh_threshold,
            "workers": workers, "work": work, "verbose": verbose, "quiet": quiet,
        }
    )  # fmt: skip
    silent = settings.switch("quiet")
    if not silent:
        settings.say_ignored()
    form = settings.text("explain.format") or ""
    check_target(output, [path])
    with watching(quiet=silent, verbose=settings.switch("verbose")) as watch:
        options = run_options(settings, [path], watch)

        from dedup import pipeline

        told = pipeline.explain([path], first, second, options, watch)

    from dedup.report.explanation import RENDERERS

    write(output, RENDERERS[form](told))
