"""App: the commands and how their arguments are read.

typer describes the commands; running them is done here in four lines rather than by typer's own `app()`, which would
print errors and set exit codes by itself, unsafely for a terminal and before `outcome` sees them. Help is plain text:
square brackets in it are square brackets, and rich is not loaded to show it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from dedup.cli import check, cluster, config, diff, explain, index
from dedup.errors import OK, USAGE, UsageError
from dedup.version import __version__

EXIT_CODES = """Exit codes: 0 fine; 1 check found something, or diff --exit-code a change of fact; 2 wrong usage,
settings or unreadable input; 3 a fault of dedup (a log file is named); 130 and 143 when stopped by a signal."""

app = typer.Typer(
    name="dedup",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
)
config_app = typer.Typer(rich_markup_mode=None, help="Look at the settings: dedup.toml, pyproject.toml, DEDUP_*.")

app.command("cluster", epilog=cluster.EXAMPLES)(cluster.cluster)
app.command("diff", epilog=diff.EXAMPLES)(diff.diff)
app.command("explain", epilog=explain.EXAMPLES)(explain.explain)
app.command("check", epilog=check.EXAMPLES)(check.check)
config_app.command("show")(config.show)
app.add_typer(index.index_app, name="index")
app.add_typer(config_app, name="config")

# The bases of typer's usage errors. Their module is private and has changed its name; BadParameter is public.
_USAGE_ERRORS = tuple(
    c for c in typer.BadParameter.__mro__ if issubclass(c, Exception) and c.__module__ != Exception.__module__
)


def _version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"dedup {__version__}\n")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Tell what the press did with a wire story: which articles are the same dispatch, and how much each carries."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code. Raises UsageError for arguments that make no sense."""
    command = typer.main.get_command(app)
    if not arguments:  # a script that forgot the command should notice
        with command.make_context("dedup", ["cluster"], resilient_parsing=True) as context:
            sys.stderr.write(command.get_help(context) + "\n")
        return USAGE
    try:
        with command.make_context("dedup", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as leave:
        return leave.exit_code
    except _USAGE_ERRORS as error:
        raise UsageError(_told(error, _path(command, arguments))) from None
    return OK


def _path(command: object, arguments: Sequence[str]) -> str:
    """'dedup check' of `check --explain`: some errors of the parser do not say whose option they are about."""
    known = arguments[0] in getattr(command, "commands", ())
    return f"dedup {arguments[0]}" if known else "dedup"


def _told(error: Exception, path: str) -> str:
    """A usage error of typer's as one sentence that says which help to read."""
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    return f"{message.rstrip('.')} (see: {context.command_path if context else path} --help)"
