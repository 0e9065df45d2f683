"""`dedup check`: paths and options -> pipeline.check -> one or more renderers; exit code 1 when something was found."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dedup.check.policy import Policy, known_rule, read_policy
from dedup.check.rules import OPTIONS
from dedup.cli.cluster import run_options
from dedup.cli.options import Settings, option
from dedup.cli.outcome import let_go_of_stdout
from dedup.errors import FOUND, OK, InputError, OutputError, UsageError
from dedup.model import LEVELS

if TYPE_CHECKING:
    from dedup.index import Carried
    from dedup.model import Article, Checked
    from dedup.pipeline.check import Asked, CarriedBefore

EXAMPLES = """Examples:

\b
  dedup check corpora/wire-day
      what is wrong with a folder of articles; exit code 1 when there is an error
  dedup check feed.jsonl --format sarif=dedup.sarif --format text --fail-on warning
      a report for the code host, and one for the log
  dedup check feed.jsonl --write-baseline known.json
  dedup check feed.jsonl --baseline known.json
      put up with what there is today; from now on only new findings count
  dedup check --explain WIRE004
      what a rule means, what it looks at, its options
"""

_STDOUT = "-"
_SUMMARY = "GITHUB_STEP_SUMMARY"  # set by the code host: a file that takes Markdown
Target = tuple[str, str]  # format, file or "-"


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Files and folders of articles, as for dedup cluster.", show_default=False),
    ] = None,
    format: Annotated[list[str] | None, option("check.format")] = None,
    select: Annotated[str | None, option("check.select")] = None,
    ignore: Annotated[str | None, option("check.ignore")] = None,
    fail_on: Annotated[str | None, option("check.fail-on")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="End with 0 whatever is found.")] = False,
    baseline: Annotated[str | None, option("check.baseline")] = None,
    write_baseline: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", show_default=False, help="Write what is found to FILE, for --baseline, and end with 0."
        ),
    ] = None,
    now: Annotated[str | None, option("check.now")] = None,
    index: Annotated[str | None, option("check.index")] = None,
    changed_since: Annotated[str | None, option("check.changed-since")] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="RULE", show_default=False, help="Say what a rule means, by id or name.")
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave titles and all copy out of every output: ids, outlets, paths only.")
    ] = False,
    originals: Annotated[str | None, option("originals")] = None,
    map: Annotated[str | None, option("map")] = None,
    lsh_threshold: Annotated[str | None, option("lsh-threshold")] = None,
    workers: Annotated[str | None, option("workers")] = None,
    work: Annotated[str | None, option("work")] = None,
    show_all: Annotated[bool | None, option("show-all")] = None,
    verbose: Annotated[bool | None, option("verbose")] = None,
    quiet: Annotated[bool | None, option("quiet")] = None,
) -> None:  # fmt: skip
    """Say what is wrong with a scraped feed.

    Articles one outlet has twice, empty and cut-off texts, garbled letters, paywalls, missing and impossible dates,
    agency copy without credit, figures and quotations the agency has otherwise, stories the agency withdrew. Every
    rule has an id that stays; dedup check --explain tells more. Rules are selected, re-levelled and set in the table
    [check] of dedup.toml.
    """
    settings = Settings(
        {
            "check.format": "\n".join(format) if format else None, "check.select": select, "check.ignore": ignore,
            "check.fail-on": fail_on, "check.baseline": baseline, "check.now": now, "check.index": index,
            "check.changed-since": changed_since, "originals": originals, "map": map, "lsh-threshold": lsh_threshold,
            "workers": workers, "work": work, "show-all": show_all, "verbose": verbose, "quiet": quiet,
        }
    )  # fmt: skip
    if explain is not None:
        _explain(explain, policy_of(settings))
        return
    if not paths:
        raise UsageError("Missing argument 'PATH...' (see: dedup check --help)")
    code = _run(settings, paths, write_baseline, texts=not no_text)
    if not exit_zero and code:
        raise typer.Exit(code)


def _run(settings: Settings, paths: Sequence[str], write_baseline: str | None, *, texts: bool) -> int:
    from dedup.report.progress import watching

    silent = settings.switch("quiet")
    if not silent:
        settings.say_ignored()
    policy, targets = policy_of(settings), _targets(settings, paths, write_baseline)
    _check_whole(settings, write_baseline)
    fail_on = settings.text("check.fail-on") or "error"
    with (
        _index(settings.text("check.index")) as before,
        watching(quiet=silent, verbose=settings.switch("verbose")) as watch,
    ):
        asked = _asked(settings, paths, policy, before, renew=write_baseline is not None)
        options = run_options(settings, paths, watch)

        from dedup.pipeline.check import check as run

        found = run(paths, options, asked, watch)
    for form, file in targets:
        _emit(found, form, file, texts=texts, show_all=settings.switch("show-all"))
    if write_baseline is not None:
        _write_baseline(found, write_baseline)
    if not silent:
        _say(found, targets, write_baseline)
    return FOUND if write_baseline is None and _fails(found, fail_on) else OK


def _fails(found: Checked, level: str) -> bool:
    grave = LEVELS[: 1 + next(place for place, known in enumerate(LEVELS) if known == level)]
    return any(finding.level in grave for finding in found.findings)


# ---------------------------------------------------------------- settings


def policy_of(settings: Settings) -> Policy:
    """Which rules count, as the settings say."""
    tables = {name: settings.table(f"check.{name}") for name in ("rules", "outlets", "suppress")}
    suppress = tables["suppress"] or []
    if not isinstance(suppress, list):
        raise UsageError(f"{settings.table_origin}: check.suppress is no list of tables; expected [[check.suppress]]")
    return read_policy(
        settings.text("check.select") or "", settings.text("check.ignore") or "", tables["rules"], tables["outlets"],
        suppress, settings.table_origin,
    )  # fmt: skip


def _check_whole(settings: Settings, write_baseline: str | None) -> None:
    """Raises UsageError for a baseline of a part of the feed: all else that is known would be lost."""
    since = settings.chosen("check.changed-since")
    if write_baseline is not None and since.value:
        raise UsageError(
            f"--write-baseline needs all findings, and check.changed-since ({since.origin}) is set: "
            "leave it out, or give --changed-since ''"
        )


def _asked(
    settings: Settings, paths: Sequence[str], policy: Policy, before: CarriedBefore | None, *, renew: bool
) -> Asked:
    """What is asked of the check. Files are read first: what is wrong with them is known before a long run.

    `renew`: the baseline is written anew, so that the one there is (or is not yet, or is broken) has no say.
    """
    known = None if renew else _baseline(settings.text("check.baseline"))
    moment = settings.text("check.now")
    rev = settings.text("check.changed-since")

    from dedup.pipeline.changed import new_articles
    from dedup.pipeline.check import Asked
    from dedup.read import parse_map

    new = new_articles(paths, rev, parse_map(settings.text("map") or "")) if rev else None
    return Asked(policy, known, datetime.fromisoformat(moment) if moment else None, os.getcwd(), new, before)


def _baseline(file: str | None) -> Mapping[str, str] | None:
    from dedup.check.baseline import from_json

    if not file:
        return None
    try:
        return from_json(Path(file).read_text(encoding="utf-8"), file)
    except UnicodeDecodeError:
        raise InputError(f"{file}: no baseline: not UTF-8; write it anew with --write-baseline") from None
    except OSError as error:
        problem = f"{file}: {error.strerror or error}"
        raise InputError(f"{problem}; expected a baseline as --write-baseline writes it") from error


@contextmanager
def _index(file: str | None) -> Iterator[CarriedBefore | None]:
    """What an index answers, as long as the context lasts. Of what it knows only the same outlet's counts."""
    if not file:
        yield None
        return
    from dedup.index import open_index

    with open_index(file) as index:

        def before(articles: Sequence[Article]) -> Mapping[int, str]:
            known = (one for one in index.carried(articles) if one.outlet == articles[one.place].outlet)
            return {one.place: _told(one) for one in known}

        yield before


def _told(one: Carried) -> str:
    what = "this very article" if one.known else "the same dispatch"
    return f"{what} is in the index as article {one.id}{f' of {one.published}' if one.published else ''}"


def _targets(settings: Settings, paths: Sequence[str], write_baseline: str | None) -> list[Target]:
    """The outputs, files first: a reader of standard output may go away. Beside a new baseline, those asked for.

    Raises UsageError for an unknown format and two outputs to one place, OutputError for a bad file.
    """
    from dedup.report.findings import RENDERERS
    from dedup.report.write import check_target

    found: list[Target] = []
    chosen = settings.chosen("check.format")
    wanted = write_baseline is None or chosen.origin == "--format"
    for part in filter(None, map(str.strip, str(chosen.value).split("\n") if wanted else ())):
        if any(piece.partition("=")[0].strip() in RENDERERS for piece in part.split(",")[1:]):
            raise UsageError(f"--format: {part!r} names several outputs; give it once for each (in dedup.toml, a list)")
        form, named, file = part.partition("=")
        if named and not file:
            raise UsageError(f"--format: {part!r} names no file; expected FORMAT or FORMAT=FILE")
        if form not in RENDERERS:
            known = ", ".join(RENDERERS)
            raise UsageError(f"--format: there is no format {form!r}; expected FORMAT or FORMAT=FILE, one of {known}")
        found.append((form, file or _STDOUT))
    files = [file for _, file in found] + ([] if write_baseline is None else [write_baseline])
    if files.count(_STDOUT) > 1:
        raise UsageError("--format: only one output can go to standard output; give the others a file, as sarif=FILE")
    for file in files:
        if files.count(file) > 1:
            raise UsageError(f"--format: {file} is named for two outputs; give each a file of its own")
        check_target(file, paths)
    return sorted(found, key=lambda target: target[1] == _STDOUT)


# ---------------------------------------------------------------- outputs


def _emit(found: Checked, form: str, file: str, *, texts: bool, show_all: bool) -> None:
    from dedup.report.findings import RENDERERS, on_terminal, step_summary
    from dedup.report.write import write

    if form == "github" and os.environ.get(_SUMMARY):
        _append(os.environ[_SUMMARY], step_summary(found, texts))
    shown = file == _STDOUT and form == "text"
    chunks = on_terminal(found, texts, show_all) if shown else RENDERERS[form](found, texts)
    try:
        write(file, (chunk.encode("utf-8", "replace") for chunk in chunks))
    except BrokenPipeError:  # who has seen enough changes nothing about the verdict
        let_go_of_stdout()


def _append(file: str, text: str) -> None:
    """Other steps have written to the file, so it is not replaced."""
    try:
        with open(file, "a", encoding="utf-8") as summary:
            summary.write(text)
    except OSError as error:
        raise OutputError(f"cannot write {file} ({_SUMMARY}): {error.strerror or error}") from error


def _write_baseline(found: Checked, file: str) -> None:
    from dedup.check.baseline import to_json
    from dedup.report.write import write

    write(file, [to_json(found.findings).encode("utf-8", "replace")])


def _say(found: Checked, targets: Sequence[Target], write_baseline: str | None) -> None:
    """The summary, unless what is on standard output ends with it, and what was written for later."""
    from dedup.report.findings import count, summary
    from dedup.report.progress import say

    if not {("text", _STDOUT), ("github", _STDOUT)}.intersection(targets):
        say(summary(found))
    if write_baseline is not None:
        say(f"{count(len(found.findings), 'finding')} written to {write_baseline}")


def _explain(name: str, policy: Policy) -> None:
    from dedup.report.write import STDOUT, write

    write(STDOUT, (f"{line}\n".encode() for line in _explained(name, policy)))


def _explained(name: str, policy: Policy) -> Iterator[str]:
    from textwrap import wrap

    rule = known_rule(name)
    yield f"{rule.id} {rule.name} ({policy.level(rule.id) or 'off'})"
    yield rule.summary
    yield ""
    yield from wrap(rule.help, 100)
    if rule.id in OPTIONS:
        yield ""
        yield f"Options, in [check.rules.{rule.id}] of dedup.toml:"
    for choice in OPTIONS.get(rule.id, ()):
        yield f"  {choice.name} = {policy.option(rule.id, choice.name)}  # {choice.help}; default {choice.default}"
