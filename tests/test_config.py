"""Config: which layer wins, what a slip is answered with, and where a value is said to come from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dedup import config
from dedup.config import SETTINGS, Chosen, Config, load
from dedup.errors import InputError, UsageError


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_flag_over_variable_over_file_over_default(tmp_path: Path) -> None:
    write(tmp_path, "dedup.toml", "workers = 2\n[cluster]\nformat = 'csv'\n")
    layered = load(tmp_path, {"DEDUP_WORKERS": "3"})
    assert layered.choose("workers", "4") == Chosen(4, "--workers")
    assert layered.choose("workers") == Chosen(3, "DEDUP_WORKERS")
    assert layered.choose("cluster.format") == Chosen("csv", "dedup.toml")
    assert load(tmp_path, {}).choose("workers") == Chosen(2, "dedup.toml")
    assert Config().choose("workers") == Chosen(1, "default")


def test_every_default_is_a_value_its_own_parser_accepts() -> None:
    for setting in SETTINGS.values():
        if setting.default is not None:
            assert setting.parse(str(setting.default).lower()) == setting.default


def test_the_nearest_file_upward_counts_alone(tmp_path: Path) -> None:
    write(tmp_path, "dedup.toml", "workers = 2\nverbose = true\n")
    near = write(tmp_path / "a", "pyproject.toml", "[tool.dedup]\nworkers = 5\n")
    write(tmp_path / "a" / "b", "pyproject.toml", "[project]\nname = 'other'\n")
    layered = load(tmp_path / "a" / "b", {})
    assert layered.choose("workers") == Chosen(5, "../pyproject.toml")
    assert layered.choose("verbose") == Chosen(False, "default")
    write(near, "dedup.toml", "workers = 6\n")
    assert load(near, {}).choose("workers") == Chosen(6, "dedup.toml")


def test_the_search_ends_at_the_top_of_the_repository(tmp_path: Path) -> None:
    write(tmp_path, "dedup.toml", "workers = 2\n")
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "src").mkdir()
    assert load(tmp_path / "repo" / "src", {}).choose("workers").origin == "default"


def test_paths_are_meant_from_the_folder_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, "dedup.toml", "originals = 'wires'\n")
    (tmp_path / "day").mkdir()
    assert load(tmp_path, {}).choose("originals").value == "wires"
    assert load(tmp_path / "day", {}).choose("originals").value == "../wires"


def test_a_mapping_may_be_a_table(tmp_path: Path) -> None:
    write(tmp_path, "dedup.toml", "[map]\ntext = 'body'\noutlet = 'site'\n")
    assert load(tmp_path, {}).choose("map").value == "text=body,outlet=site"


def test_underscores_do_as_well(tmp_path: Path) -> None:
    write(tmp_path, "dedup.toml", "lsh_threshold = 0.3\n")
    assert load(tmp_path, {}).choose("lsh-threshold").value == 0.3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("worker = 2", r"dedup.toml: there is no setting 'worker'; did you mean 'workers'\?"),
        ("[cluster]\nfromat = 'csv'", r"no setting 'cluster.fromat'; did you mean 'cluster.format'\?"),
        ("[clutser]\nformat = 'csv'", r"no setting 'clutser.format'; did you mean 'cluster.format'\?"),
        ("zzzz = 2", r"there is no setting 'zzzz'$"),
    ],
)
def test_an_unknown_key_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, "dedup.toml", text)
    with pytest.raises(UsageError, match=message):
        load(tmp_path, {})


def test_an_unknown_variable_is_reported_not_fatal() -> None:
    assert load(Path(os.sep), {"DEDUP_WORKRES": "2", "PATH": "x"}).ignored == (
        "DEDUP_WORKRES; did you mean 'DEDUP_WORKERS'?",
    )


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("workers", "0", r"--workers: workers is '0'; expected a whole number from 1 up"),
        ("workers", "many", "expected a whole number"),
        ("lsh-threshold", "1.5", "expected a number between 0 and 1"),
        ("lsh-threshold", "nan", "expected a number between 0 and 1"),
        ("cluster.format", "jsn", r"--format: cluster.format is 'jsn'; expected one of .*; did you mean 'json'\?"),
        ("verbose", "perhaps", "expected true or false"),
    ],
)
def test_a_value_that_makes_no_sense_names_its_origin(name: str, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Config().choose(name, text)


def test_a_broken_file_is_an_input_error(tmp_path: Path) -> None:
    write(tmp_path, "dedup.toml", "workers = = 2")
    with pytest.raises(InputError, match=r"dedup.toml: not readable as TOML: .*line 1"):
        load(tmp_path, {})


def test_tables_that_are_no_tables_are_errors(tmp_path: Path) -> None:
    write(tmp_path, "pyproject.toml", "[tool]\ndedup = 3\n")
    with pytest.raises(UsageError, match=r"pyproject.toml: \[tool.dedup\] is no table"):
        load(tmp_path, {})


def test_names_are_told_apart() -> None:
    assert len({s.variable for s in SETTINGS.values()}) == len(SETTINGS)
    assert config.SETTINGS["cluster.format"].variable == "DEDUP_CLUSTER_FORMAT"
    assert config.SETTINGS["lsh-threshold"].flag == "--lsh-threshold"


def test_a_list_is_its_items_and_tables_of_others_are_carried(tmp_path: Path) -> None:
    write(tmp_path, "dedup.toml", "[check]\nselect = ['DUP', 'TXT001']\n[check.rules.DUP003]\npercent = 30\n")
    layered = load(tmp_path, {})
    assert layered.choose("check.select").value == "DUP,TXT001"
    assert layered.tables == {"check.rules": ({"DUP003": {"percent": 30}}, "dedup.toml")}
    assert layered.table("check.outlets") is None


def test_an_address_is_no_path(tmp_path: Path) -> None:
    write(tmp_path, "dedup.toml", "[check]\nindex = 'redis://localhost/0#feeds'\nbaseline = 'known.json'\n")
    (tmp_path / "day").mkdir()
    layered = load(tmp_path / "day", {})
    assert layered.choose("check.index").value == "redis://localhost/0#feeds"
    assert layered.choose("check.baseline").value == "../known.json"
