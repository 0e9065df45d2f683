"""`dedup index`: add, query, stats, prune, cluster -> dedup.index -> a renderer."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dedup.cli.cluster import run_options
from dedup.cli.options import Settings, option
from dedup.errors import UsageError

if TYPE_CHECKING:
    from dedup.model import Added

EXAMPLES = """Examples:

\b
  dedup index add news.db monday.jsonl
      keep what came in on Monday; the file is made if it is not there
  dedup index add redis://localhost:6379/0#news tuesday.jsonl
      the same on a server that many scrapers share
  dedup index query news.db story.html
      which dispatch this is, which earlier articles have it, by which passages
  dedup index cluster news.db -o clusters.json
      the clusters of everything in it, as dedup cluster tells them
  dedup index prune news.db --older-than 30d
      let go of what is older
"""
ADD = """Examples:

\b
  dedup index add news.db monday.jsonl feeds/ --originals wires/
      keep what came in; the file is made if it is not there
  scraper | dedup index add news.db - --with-text
      from standard input; the texts are kept, since nobody can read that again
"""
QUERY = """Examples:

\b
  dedup index query news.db story.html
      which dispatch this is, which earlier articles have it, by which passages
  dedup index query news.db 4711 --format json
      the same for an article of the index, for a program
"""
PRUNE = """Examples:

\b
  dedup index prune news.db --older-than 30d --dry-run
      how many articles that would be
"""
CLUSTER = """Examples:

\b
  dedup index cluster news.db -o clusters.json
      the clusters of everything in it, as dedup cluster tells them
"""

index_app = typer.Typer(
    rich_markup_mode=None,
    epilog=EXAMPLES,
    help="Articles that came in over weeks, kept: recognise a new one, cluster all of them.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Where = Annotated[
    str,
    typer.Argument(
        metavar="INDEX", show_default=False, help="File of the index, or redis://HOST:PORT/DB#NAME (extra [redis])."
    ),
]
_Output = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", show_default=False, help="Write to FILE, whole or not at all.")
]
_Clusters = Annotated[
    str, typer.Option(
        "--output", "-o", metavar="FILE", show_default=False, help="Write to FILE, whole or not at all. Its ending "
        "(.json, .jsonl, .csv) chooses the format unless --format does.",
    ),
]  # fmt: skip
_Form = Annotated[
    str | None, typer.Option(
        "--format", metavar="table|json|jsonl|csv", show_default=False, help="table is for reading, json and jsonl for "
        "programs, csv (a row per article in a cluster) for spreadsheets. Default: table.",
    ),
]  # fmt: skip
_Now = Annotated[
    str | None,
    typer.Option(
        "--now", metavar="TIME", show_default=False, help="Take this for the present, such as 2025-10-14T12:00Z. "
        "Default: the clock.",
    ),
]  # fmt: skip


@index_app.command("add", epilog=ADD)
def add(
    index: _Where,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", show_default=False, help="Files and folders of articles, or -, as for cluster."),
    ],
    with_text: Annotated[
        bool,
        typer.Option(
            "--with-text",
            help="Keep the texts too (for an index that is made by this command). Else they are read again where "
            "they were when something needs them.",
        ),
    ] = False,
    originals: Annotated[str | None, option("originals")] = None,
    map: Annotated[str | None, option("map")] = None,
    workers: Annotated[str | None, option("workers")] = None,
    work: Annotated[str | None, option("work")] = None,
    now: _Now = None,
    verbose: Annotated[bool | None, option("verbose")] = None,
    quiet: Annotated[bool | None, option("quiet")] = None,
) -> None:
    """Add articles. What is there already is known and not doubled; all of an add is kept, or nothing."""
    from dedup.report.progress import watching

    flags = {"originals": originals, "map": map, "workers": workers, "work": work}
    settings = _settings(flags, verbose, quiet)
    silent, time = settings.switch("quiet"), _time(now)
    with watching(quiet=silent, verbose=settings.switch("verbose")) as watch:
        options = run_options(settings, paths, watch)

        from dedup.index import open_index

        with open_index(index, make=True, with_text=with_text) as held:
            if "-" in paths and not held.has_texts:
                watch.note("texts from standard input cannot be read again later; an index made --with-text keeps them")
            done = held.add(
                paths, options.originals, options.mapping, now=time, workers=options.workers, work=options.work,
                watch=watch,
            )  # fmt: skip
    sys.stdout.write(_added(done) + "\n")
    sys.stdout.flush()


def _added(done: Added) -> str:
    from dedup.report.index import count

    wires = f", and {count(done.wires, 'dispatch', 'dispatches')}" if done.wires else ""
    return (
        f"added {done.added:,} of {count(done.read, 'article')}{wires}; {done.known:,} known, "
        f"{done.skipped:,} not used; {done.articles:,} in the index"
    )


@index_app.command("query", epilog=QUERY)
def query(
    index: _Where,
    article: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE", show_default=False, help="A file with one article, -, or an id in the index."
        ),
    ],
    format: Annotated[str | None, option("query.format")] = None,
    output: _Output = "-",
    map: Annotated[str | None, option("map")] = None,
    work: Annotated[str | None, option("work")] = None,
) -> None:
    """Say which dispatch an article carries, and which earlier articles it shares text with."""
    from dedup.report.index import QUERY as RENDERERS
    from dedup.report.write import check_target, write

    settings = _settings({"query.format": format, "map": map, "work": work}, None, None)
    form = settings.text("query.format") or ""
    check_target(output, [index, article])

    from dedup.index import open_index
    from dedup.read import parse_map

    with open_index(index) as held:
        told = held.query(article, parse_map(settings.text("map") or ""), settings.text("work"))
    write(output, RENDERERS[form](told))


@index_app.command("stats")
def stats(
    index: _Where,
    format: Annotated[str | None, option("stats.format")] = None,
    output: _Output = "-",
) -> None:
    """Say what is in an index: articles, outlets, times, parameters, sizes."""
    from dedup.report.index import STATS
    from dedup.report.write import check_target, write

    settings = _settings({"stats.format": format}, None, None)
    form = settings.text("stats.format") or ""
    check_target(output, [index])

    from dedup.index import open_index

    with open_index(index) as held:
        told = held.stats()
    write(output, STATS[form](told))


@index_app.command("prune", epilog=PRUNE)
def prune(
    index: _Where,
    older_than: Annotated[
        str,
        typer.Option(
            "--older-than", metavar="AGE", show_default=False, help="A number and h, d or w, such as 30d. By time of "
            "publication, else of its add. Dispatches of --originals stay.",
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many.")] = False,
    now: _Now = None,
) -> None:  # fmt: skip
    """Let go of old articles, and give their space back."""
    time = _time(now)

    from dedup.index import open_index
    from dedup.index.prune import age
    from dedup.report.index import count

    before = _before(time or datetime.now(UTC), older_than, age(older_than).total_seconds())
    with open_index(index, write=True) as held:
        dropped = held.prune(before, dry_run=dry_run)
        left = held.store.head().articles
    said = f"{'would drop' if dry_run else 'dropped'} {count(dropped, 'article')}"
    sys.stdout.write(f"{said} from before {before.isoformat(timespec='seconds')}; {left:,} in the index\n")


@index_app.command("cluster", epilog=CLUSTER)
def cluster(
    index: _Where,
    format: _Form = None,
    output: _Clusters = "-",
    lsh_threshold: Annotated[str | None, option("lsh-threshold")] = None,
    work: Annotated[str | None, option("work")] = None,
    show_all: Annotated[bool | None, option("show-all")] = None,
    verbose: Annotated[bool | None, option("verbose")] = None,
    quiet: Annotated[bool | None, option("quiet")] = None,
) -> None:
    """Find the clusters of all articles in an index: those dedup cluster finds in the same articles.

    The dispatches are those that were added with --originals.
    """
    from dedup.cli.cluster import emit, format_of
    from dedup.report.progress import watching
    from dedup.report.write import check_target

    flags = {"cluster.format": format, "lsh-threshold": lsh_threshold, "work": work, "show-all": show_all}
    settings = _settings(flags, verbose, quiet)
    form = format_of(settings, output)
    check_target(output, [index])
    silent, threshold = settings.switch("quiet"), settings.number("lsh-threshold")

    from dedup.index import open_index
    from dedup.pipeline import Options

    with watching(quiet=silent, verbose=settings.switch("verbose")) as watch, open_index(index, write=True) as held:
        found = held.cluster(Options(lsh_threshold=threshold, work=settings.text("work")), watch)
    emit(found, form, output, settings.switch("show-all"))


def _settings(flags: Mapping[str, str | bool | None], verbose: bool | None, quiet: bool | None) -> Settings:
    settings = Settings({**flags, "verbose": verbose, "quiet": quiet})
    if not settings.switch("quiet"):
        settings.say_ignored()
    return settings


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--now is {text!r}; expected a time such as 2024-05-01T12:00Z") from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _before(now: datetime, text: str, seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(now.timestamp() - seconds, UTC)
    except (OverflowError, OSError, ValueError):
        raise UsageError(f"--older-than is {text!r}: longer ago than there are dates") from None
