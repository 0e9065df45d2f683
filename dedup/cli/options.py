"""Options: rows of the table in dedup/config.py -> options of the command line. Values are read by that table alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import typer

from dedup import config
from dedup.report.progress import say


def option(name: str, *short: str) -> Any:
    """The command-line option of setting `name`. It is None when not given, so that the lower layers have their say."""
    setting = config.SETTINGS[name]
    default = "" if setting.default in (None, False) else f" Default: {setting.default}."
    return typer.Option(setting.flag, *short, metavar=setting.metavar or None, help=setting.help + default)


class Settings:
    """The settings of one run: `Config` and the flags given, with the type the caller expects."""

    def __init__(self, flags: dict[str, str | bool | None]) -> None:
        self._flags = flags
        self._config = config.load(Path.cwd(), os.environ)

    def say_ignored(self) -> None:
        """Tell of DEDUP_* variables that are no setting: most likely a slip."""
        for variable in self._config.ignored:
            say(f"note: no setting of dedup: the environment variable {variable}")

    def chosen(self, name: str) -> config.Chosen:
        """Value and origin of setting `name`."""
        return self._config.choose(name, self._flags.get(name))

    def text(self, name: str) -> str | None:
        """A text setting, None when not set."""
        value = self.chosen(name).value
        return None if value is None else str(value)

    def number(self, name: str) -> float:
        """A number setting."""
        value = self.chosen(name).value
        assert isinstance(value, int | float)
        return value

    def table(self, name: str) -> Any:
        """A setting that is a table of its own (config.TABLES), as the file has it; None without."""
        return self._config.table(name)

    @property
    def table_origin(self) -> str:
        """The file that has such tables, "" without."""
        return next((origin for _, origin in self._config.tables.values()), "")

    def switch(self, name: str) -> bool:
        """A setting that is on or off."""
        return bool(self.chosen(name).value)
