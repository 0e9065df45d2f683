"""The package: what it says of itself is true, and its public names are there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import dedup

ROOT = Path(__file__).parent.parent


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


@pytest.mark.parametrize("name", dedup.__all__)
def test_every_public_name_loads(name: str) -> None:
    assert getattr(dedup, name) is not None
    assert name in dir(dedup)


def test_other_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="no attribute 'clusterise'"):
        _ = dedup.clusterise  # type: ignore[attr-defined]


def test_public_names_do_not_hide_modules() -> None:
    modules = {path.stem for path in (ROOT / "dedup").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert not modules & set(dedup.__all__)


def test_all_extras_are_those_promised() -> None:
    extras = project()["optional-dependencies"]
    assert set(extras) == {"html", "feeds", "warc", "language", "parquet", "redis", "spark", "test", "all"}
    named = re.fullmatch(r"wire-dedup\[(.*)\]", extras["all"][0])
    assert named is not None
    assert set(named[1].split(",")) == set(extras) - {"spark", "test", "all"}


def test_licence_and_changelog_are_there() -> None:
    assert project()["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert "## " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_missing_extra_is_named_as_pip_wants_it() -> None:
    from dedup.errors import MissingExtra

    assert str(MissingExtra("reading Parquet", "parquet")).endswith(f"pip install '{project()['name']}[parquet]'")
