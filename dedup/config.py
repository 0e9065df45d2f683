"""Config: flag > DEDUP_* > nearest dedup.toml or [tool.dedup] of pyproject.toml > default. One table says what exists.

A setting has one name everywhere: `lsh-threshold` in a file, `DEDUP_LSH_THRESHOLD` in the environment,
`--lsh-threshold` on the command line. What belongs to one command stands in its table: `[cluster] format = "json"` is
`cluster.format` here and `DEDUP_CLUSTER_FORMAT` there. A new option is a new row of SETTINGS.

Tables that are no settings of one value (TABLES: what is said of the rules of a check, of outlets, what is suppressed)
are carried as they are, with the file they stand in; who owns them reads them.

The nearest file upward counts, alone, and the search ends at the top of the repository (the folder that holds .git).
Paths in a file are meant from the file's folder. Nothing here knows of the command line's library.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dedup import limits
from dedup.errors import InputError, UsageError

Value = str | int | float | bool | None
Parse = Callable[[str], Value]


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing a user can set. `parse` turns its text into a value and raises ValueError saying what was expected."""

    name: str  # as in a file; "cluster.format" is key format of table [cluster]
    parse: Parse
    default: Value
    metavar: str
    help: str
    between: str = ","  # what stands between the items of a list, and may stand in none

    @property
    def flag(self) -> str:
        """Its option on the command line."""
        return "--" + self.name.rpartition(".")[2]

    @property
    def variable(self) -> str:
        """Its environment variable."""
        return "DEDUP_" + self.name.upper().replace(".", "_").replace("-", "_")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value and where it comes from: "--workers", "DEDUP_WORKERS", "dedup.toml", "default"."""

    value: Value
    origin: str


# ---------------------------------------------------------------- what a value may be


def _text(text: str) -> str:
    return text


def _path(text: str) -> str:
    return text.replace(os.sep, "/")


def _one_of(*choices: str) -> Parse:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"one of {', '.join(choices)}{_did_you_mean(text, choices)}")
        return text

    return parse


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError("a whole number from 1 up")
    return int(text)


def _between_0_and_1(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1:
        raise ValueError("a number between 0 and 1, such as 0.5")
    return value


def _moment(text: str) -> str:
    from datetime import datetime

    try:
        zone = datetime.fromisoformat(text).tzinfo
    except ValueError:
        zone = None
    if zone is None:
        raise ValueError("an ISO 8601 time with its zone, such as 2025-10-14T12:00Z")
    return text


def _switch(text: str) -> bool:
    if text.lower() not in _SWITCH:
        raise ValueError("true or false")
    return _SWITCH[text.lower()]


_SWITCH = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}


# ---------------------------------------------------------------- the table

SETTINGS: Mapping[str, Setting] = {
    s.name: s
    for s in (
        Setting(
            "originals", _path, None, "DIR",
            "Folder of agency dispatches that take part as originals. Default: ./seeds when there is one; '' for none.",
        ),
        Setting(
            "map", _text, None, "ROLE=FIELD,...",
            "Where your files keep things, such as text=body,outlet=site_name. The usual names are known.",
        ),
        Setting(
            "lsh-threshold", _between_0_and_1, limits.LSH_THRESHOLD, "T",
            "How alike two articles must look (Jaccard, 0 to 1) for the first, coarse search to pair them.",
        ),
        Setting(
            "engine", _one_of("local", "spark"), "local", "local|spark",
            "What does the work: local, this machine; spark, for what one machine cannot hold. The result is the same.",
        ),
        Setting(
            "master", _text, "local[*]", "URL",
            "Spark's master, such as spark://host:7077, yarn or local[4]. On a cluster name --work, and let every "
            "executor see it and the PATHs; a PATH like s3a://bucket/day is Parquet that Spark reads itself.",
        ),
        Setting("workers", _count, 1, "N", "Processes that work side by side. The result is the same for any number."),
        Setting(
            "work",
            _path,
            None,
            "DIR",
            "Folder for temporary files. What a run has done stays there until it has ended well: one that was cut off "
            "goes on from it when it is started again. Default: the system's, where nothing stays.",
        ),
        Setting("verbose", _switch, False, "", "Say at the end how many seconds each stage took."),
        Setting("quiet", _switch, False, "", "Say nothing but errors on standard error."),
        Setting("show-all", _switch, False, "", "Fold nothing, however long the list."),
        Setting(
            "cluster.format", _one_of("table", "json", "jsonl", "csv", "parquet"), "table",
            "table|json|jsonl|csv|parquet",
            "table is for reading, json and jsonl for programs, csv (a row per article in a cluster) for spreadsheets; "
            "parquet, with --engine spark, makes FILE a folder of tables: clusters, members, reuse, skipped.",
        ),
        Setting(
            "diff.format", _one_of("terminal", "text", "json", "jsonl", "csv", "html", "svg"), "terminal",
            "terminal|text|json|jsonl|csv|html|svg",
            "terminal is for reading (two columns where there is room), text the same for a file or a pipe; json, "
            "jsonl and csv are for programs, html and svg for showing to others.",
        ),
        Setting(
            "diff.width", _count, None, "N", "Columns to lay out for. Default: COLUMNS, else the terminal, else 80.",
        ),
        Setting(
            "diff.show", _one_of("changes", "all"), "changes", "changes|all",
            "changes folds what was taken over word for word, furniture, and what was dropped without a loss of facts.",
        ),
        Setting(
            "query.format", _one_of("text", "json"), "text", "text|json", "text is for reading, json for programs.",
        ),
        Setting(
            "stats.format", _one_of("text", "json"), "text", "text|json", "text is for reading, json for programs.",
        ),
        Setting(
            "check.format", _text, "text", "FORMAT[=FILE]",
            "text, json, jsonl, sarif, junit, github or gitlab, to standard output or to FILE. Give it several times "
            "for several outputs (a list in a file, a line each in the environment); one of them may go to standard "
            "output.",
            between="\n",
        ),
        Setting(
            "check.select", _text, None, "RULE,...",
            "Look only for these rules: ids, or the letters they begin with. Default: every rule.",
        ),
        Setting("check.ignore", _text, None, "RULE,...", "Do not look for these rules."),
        Setting(
            "check.fail-on", _one_of("error", "warning", "note"), "error", "error|warning|note",
            "End with exit code 1 when there is a finding of this level or above.",
        ),
        Setting("check.baseline", _path, None, "FILE", "Findings known from FILE (--write-baseline) do not count."),
        Setting(
            "check.now", _moment, None, "TIME",
            "The time at which the feed is checked, such as 2025-10-14T12:00Z. Rules about time are off without it.",
        ),
        Setting("check.index", _path, None, "FILE.db", "Report what an outlet carried before, by this index."),
        Setting(
            "check.changed-since", _text, None, "REV",
            "Report only findings about articles that are new in git since REV, checked against all others.",
        ),
        Setting(
            "explain.format", _one_of("text", "json"), "text", "text|json", "text is for reading, json for programs.",
        ),
    )
}  # fmt: skip


# Settings that are tables of their own, read by their owners (dedup/check/policy.py).
TABLES = ("check.rules", "check.outlets", "check.suppress")


# ---------------------------------------------------------------- choosing


@dataclass(frozen=True)
class Config:
    """The layers below the flags: a value as text per setting, with its origin. `ignored`: DEDUP_* of no setting."""

    layers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    tables: Mapping[str, tuple[Any, str]] = field(default_factory=dict)  # of TABLES: as the file has it, with its name

    def table(self, name: str) -> Any:
        """One of TABLES as the file has it; None without."""
        return self.tables[name][0] if name in self.tables else None

    def choose(self, name: str, flag: str | bool | None = None) -> Chosen:
        """The value of setting `name`: the flag when given, else the layer that has it, else the default.

        Raises UsageError that names the origin of a value that makes no sense.
        """
        setting = SETTINGS[name]
        if flag is None and name not in self.layers:
            return Chosen(setting.default, "default")
        text, origin = self.layers[name] if flag is None else (str(flag), setting.flag)
        try:
            return Chosen(setting.parse(text), origin)
        except ValueError as error:
            raise UsageError(f"{origin}: {name} is {text!r}; expected {error}") from None


def load(folder: Path, environ: Mapping[str, str]) -> Config:
    """Read the file that counts for `folder` and the environment.

    Raises InputError for a file that is no TOML, UsageError for a key that is no setting (with the nearest name that
    is one).
    """
    known = {s.variable: s.name for s in SETTINGS.values()}
    layers: dict[str, tuple[str, str]] = {}
    tables: dict[str, tuple[Any, str]] = {}
    found = find(folder)
    if found is not None:
        layers.update(_from_table(*found, folder))
        origin = _seen_from(folder, found[0])
        tables.update((name, (value, origin)) for name, value in _flat(found[1]) if name in TABLES)
    layers.update({name: (environ[v], v) for v, name in known.items() if environ.get(v)})
    unknown = sorted(v for v in environ if v.startswith("DEDUP_") and v not in known)
    return Config(layers, tuple(v + _did_you_mean(v, known) for v in unknown), tables)


def find(folder: Path) -> tuple[Path, Mapping[str, Any]] | None:
    """The nearest dedup.toml, or pyproject.toml with a [tool.dedup], from `folder` upward, and its table."""
    for here in (folder, *folder.parents):
        if (here / "dedup.toml").is_file():
            return here / "dedup.toml", _toml(here / "dedup.toml")
        if (here / "pyproject.toml").is_file():
            tool = _toml(here / "pyproject.toml").get("tool", {})
            table = tool.get("dedup") if isinstance(tool, dict) else None
            if table is not None:
                return here / "pyproject.toml", table
        if (here / ".git").exists():
            break
    return None


def _toml(path: Path) -> dict[str, Any]:
    import tomllib  # most runs have no file to read

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path.as_posix()}: not readable as TOML: {error}") from error


def _from_table(path: Path, table: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    origin = _seen_from(folder, path)
    if not isinstance(table, dict):
        raise UsageError(f"{origin}: [tool.dedup] is no table")
    for key, value in _flat(table):
        name = key.replace("_", "-")
        if name in TABLES:
            continue
        if name not in SETTINGS:
            raise UsageError(f"{origin}: there is no setting {key!r}{_did_you_mean(name, (*SETTINGS, *TABLES))}")
        text = _as_text(value, SETTINGS[name].between)
        if SETTINGS[name].parse is _path and text and "://" not in text:
            text = _seen_from(folder, path.parent / text)
        yield name, (text, origin)


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Keys of the table and, dotted, of its tables; a table that is itself a value (map) stays whole."""
    for key, value in table.items():
        if isinstance(value, dict) and key not in SETTINGS:
            yield from ((f"{key}.{inner}", item) for inner, item in value.items())
        else:
            yield key, value


def _as_text(value: Any, between: str = ",") -> str:
    """A TOML value as it would be typed: true, 0.5, "text=body,id=url" for a table, "DUP,TXT" for a list."""
    if isinstance(value, dict):
        return ",".join(f"{role}={name}" for role, name in value.items())
    if isinstance(value, list):
        return between.join(map(_as_text, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _seen_from(folder: Path, path: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive
        return path.as_posix()


def _did_you_mean(wrong: str, right: Mapping[str, object] | tuple[str, ...]) -> str:
    """The question to ask after an unknown name, or nothing when no name is near.

    >>> _did_you_mean("worker", ("workers", "work"))
    "; did you mean 'workers'?"
    """
    near = difflib.get_close_matches(wrong, list(right), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
