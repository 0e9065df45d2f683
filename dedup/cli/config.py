"""`dedup config show`: every setting, its value here and now, and where that comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dedup import config
from dedup.check.policy import shown
from dedup.cli.check import policy_of
from dedup.cli.options import Settings


def show() -> None:
    """Show every setting, its value in this folder, and where the value comes from.

    A flag wins over a DEDUP_* variable, that over the nearest dedup.toml or [tool.dedup] of a pyproject.toml in this
    folder or above, that over the default.
    """
    from dedup.report.safe import for_terminal
    from dedup.report.write import STDOUT, write

    settings = Settings({})
    settings.say_ignored()
    chosen = [(name, settings.chosen(name)) for name in config.SETTINGS]
    rules = shown(policy_of(settings), settings.table_origin)
    lines = _lines([*chosen, *((name, config.Chosen(value, origin)) for name, value, origin in rules)])
    write(STDOUT, (f"{for_terminal(line)}\n".encode() for line in lines))


def _lines(chosen: Iterable[tuple[str, config.Chosen]]) -> Iterator[str]:
    rows = [(name, _shown(c.value), c.origin) for name, c in chosen]
    widths = [max(len(row[i]) for row in rows) for i in (0, 1)]
    for name, value, origin in rows:
        yield f"{name:<{widths[0]}} = {value:<{widths[1]}}  # {origin}"


def _shown(value: config.Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "(not set)" if value is None else f'"{value}"' if isinstance(value, str) else str(value)
