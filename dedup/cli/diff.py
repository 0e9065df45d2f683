"""`dedup diff`: an article and its originals, or a corpus -> pipeline.diff or .desk -> a renderer."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from dedup.cli.cluster import run_options
from dedup.cli.options import Settings, option
from dedup.errors import FOUND, OK, UsageError
from dedup.model import Diff, Skipped

if TYPE_CHECKING:
    from dedup.pipeline.desk import Desk
    from dedup.report.diff import Look
    from dedup.report.progress import Quiet
    from dedup.watch import Watch

EXAMPLES = """Examples:

\b
  dedup diff story.txt --original reuters=wire.txt --original ap=other.md
      sentence by sentence: taken over, reworded (and which facts moved), added, dropped
  dedup diff corpora/wire-day --id sagarpur-times-ferry
      the same for an article of a corpus; its originals are found there and in ./seeds
  dedup diff corpora/wire-day --cluster reuters-ferry-v3
      the facts of a dispatch, and what every outlet did with each
  dedup diff articles.jsonl --all --format csv -o sentences.csv
      a whole corpus, a row per sentence and per change
"""

_ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".svg": "svg",
    ".txt": "text",
}


def diff(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE|CORPUS...",
            help="One article; or, with --id, --cluster or --all, files and folders of articles as for dedup cluster, "
            "or an index (dedup index add --with-text).",
            show_default=False,
        ),
    ],
    original: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=PATH", show_default=False,
            help="Wire copy to hold the article against, under a name of your choice. Give it once for each wire.",
        ),
    ] = None,
    lines: Annotated[
        bool,
        typer.Option("--lines", help="Files are UTF-8, one sentence a line, furniture included; nothing is taken out."),
    ] = False,
    id: Annotated[
        str | None, typer.Option(metavar="ID", show_default=False, help="The article of the corpus with this id.")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ID", show_default=False,
            help="The cluster that has this id, or an article with it: its outlets against the facts of its original.",
        ),
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="Every article of the corpus that has an original.")] = False,
    clusters: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", show_default=False,
            help="JSON that dedup cluster wrote for the same corpus: takes the place of clustering it again.",
        ),
    ] = None,
    format: Annotated[str | None, option("diff.format")] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", show_default=False,
            help="Write to FILE, whole or not at all. Its ending (.json, .jsonl, .csv, .html, .svg, .txt) chooses the "
            "format unless --format does.",
        ),
    ] = "-",
    width: Annotated[str | None, option("diff.width")] = None,
    show: Annotated[str | None, option("diff.show")] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 when a change of fact was found (any but wording).")
    ] = False,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave all copy out: spans, labels and types only (json, jsonl, csv).")
    ] = False,
    originals: Annotated[str | None, option("originals")] = None,
    map: Annotated[str | None, option("map")] = None,
    lsh_threshold: Annotated[str | None, option("lsh-threshold")] = None,
    workers: Annotated[str | None, option("workers")] = None,
    work: Annotated[str | None, option("work")] = None,
    verbose: Annotated[bool | None, option("verbose")] = None,
    quiet: Annotated[bool | None, option("quiet")] = None,
) -> None:  # fmt: skip
    """Show what an outlet did to the wire copy, sentence by sentence.

    Every sentence of the article is furniture, verbatim, reworded or added; it is tied to the sentences of every
    original that state the same facts. Inside reworded sentences the facts that moved are named: numbers, dates, names,
    quotes, attribution, hedges. What the article leaves out comes last, with the facts that vanish with it.
    """
    from dedup.report.progress import watching
    from dedup.report.write import check_target

    settings = Settings(
        {
            "diff.format": format, "diff.width": width, "diff.show": show, "originals": originals, "map": map,
            "lsh-threshold": lsh_threshold, "workers": workers, "work": work, "verbose": verbose, "quiet": quiet,
        }
    )  # fmt: skip
    silent = settings.switch("quiet")
    if not silent:
        settings.say_ignored()
    wanted = _wanted(id, cluster, all)
    named = [_named(text) for text in original or ()]
    _check(wanted, paths, named, lines, clusters)
    look = _look(settings, output, not no_text)
    check_target(output, [*paths, *(path for _, path in named), *([clusters] if clusters else [])])
    from dedup.report.diff import check_form

    check_form(wanted[0] if wanted else "", look)
    with watching(quiet=silent, verbose=settings.switch("verbose")) as watch:
        if wanted:
            found = _in_corpus(_corpus(settings, paths, clusters, watch), wanted, look, output, watch)
        else:
            found = _in_files(paths[0], named, lines, look, output)
    raise typer.Exit(FOUND if found and exit_code else OK)


def _wanted(id: str | None, cluster: str | None, every: bool) -> tuple[str, str] | None:
    """("id", ID), ("cluster", ID), ("all", ""), or None for the form with files."""
    asked = [(kind, value or "") for kind, value in (("id", id), ("cluster", cluster)) if value is not None]
    asked += [("all", "")] if every else []
    if len(asked) > 1:
        raise UsageError("--id, --cluster and --all exclude each other")
    return asked[0] if asked else None


def _named(text: str) -> tuple[str, str]:
    name, sign, path = text.partition("=")
    if not sign or not name or not path:
        raise UsageError(f"--original is {text!r}; expected NAME=PATH, such as reuters=wire.txt")
    return name, path


def _check(
    wanted: tuple[str, str] | None, paths: Sequence[str], named: Sequence[object], lines: bool, clusters: str | None
) -> None:
    """Options that belong to the other form of the command."""
    if wanted and (named or lines):
        raise UsageError(
            f"--{wanted[0]} finds originals in the corpus; {'--original' if named else '--lines'} is for one article"
        )
    if not wanted and clusters:
        raise UsageError("--clusters goes with --id, --cluster or --all")
    if not wanted and len(paths) > 1:
        raise UsageError(
            f"one article is held against its originals; got {len(paths)} (--id, --cluster or --all for a corpus)"
        )
    if not wanted and not named:
        raise UsageError(
            f"{paths[0]}: nothing to hold it against; name the wire copy with --original NAME=PATH, "
            "or an article of a corpus with --id, --cluster or --all"
        )


def _look(settings: Settings, output: str, text: bool) -> Look:
    from dedup.report.diff import Look

    chosen = settings.chosen("diff.format")
    ending = _ENDINGS.get(PurePath(output).suffix.lower())
    form = ending if ending and chosen.origin != "--format" else str(chosen.value)
    width = settings.chosen("diff.width").value
    return Look(form, int(width) if isinstance(width, int) else None, settings.text("diff.show") == "all", text)


def _in_files(article: str, named: Sequence[tuple[str, str]], lines: bool, look: Look, output: str) -> bool:
    from dedup.pipeline import diff as pipeline
    from dedup.report.diff import write_diff

    made = pipeline.files(article, named, lines=lines)
    write_diff(made, look, output)
    return _moved(made)


def _corpus(
    settings: Settings, paths: Sequence[str], clusters: str | None, watch: Watch
) -> AbstractContextManager[Desk]:
    """The corpus, read and clustered when it is entered."""
    options = run_options(settings, paths, watch)

    from dedup import index
    from dedup.pipeline.desk import desk
    from dedup.read.clusters import load_clusters

    known = load_clusters(clusters) if clusters else None
    if len(paths) == 1 and index.is_index(paths[0]):
        return index.desk(paths[0], options, known, watch)
    return desk(paths, options, known, watch)


def _in_corpus(
    corpus: AbstractContextManager[Desk], wanted: tuple[str, str], look: Look, output: str, watch: Quiet
) -> bool:
    from dedup.report.diff import write_diff, write_diffs, write_matrix
    from dedup.report.write import STDOUT

    kind, id = wanted
    with corpus as desk:
        if kind == "id":
            made = desk.diff(id)
            watch.close()
            write_diff(made, look, output)
            return _moved(made)
        if kind == "cluster":
            matrix = desk.matrix(id)
            watch.close()
            write_matrix(matrix, look, output)
            return any(_moved(made) for made in matrix.outlets)
        counted = _Counted(watch, bar=output != STDOUT or not sys.stdout.isatty())
        write_diffs(counted.only_diffs(desk.diffs()), look, output)
        counted.say()
        return counted.moved


class _Counted:
    """Diffs on their way to a renderer: whether any has a change of fact, and how many articles had no original."""

    def __init__(self, watch: Quiet, bar: bool) -> None:
        """bar: whether progress may be shown, which it may not between diffs on a terminal."""
        self.moved = False
        self._watch = watch
        self._bar = bar
        self._skipped: Counter[str] = Counter()

    def only_diffs(self, found: Iterable[Diff | Skipped]) -> Iterator[Diff]:
        for item in found:
            if self._bar:
                self._watch.advance()
            else:
                self._watch.close()
            if isinstance(item, Diff):
                self.moved = self.moved or _moved(item)
                yield item
            else:
                self._skipped[item.why] += 1

    def say(self) -> None:
        for why, count in sorted(self._skipped.items()):
            self._watch.note(f"{count:,} {'article' if count == 1 else 'articles'} left out, each of which {why}")


def _moved(made: Diff) -> bool:
    return any(change.of_fact for sentence in made.sentences for change in sentence.changes)
