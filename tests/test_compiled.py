"""compiled: kept in a folder of the user's, named after the code; compiled all the same where nothing can be kept."""

from __future__ import annotations

import sys
from pathlib import Path

import numba
import pytest

from dedup import compiled


def nothing() -> None: ...


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def njit(signature: object, nogil: bool, cache: bool = False) -> object:
        asked.append(cache)
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(numba, "njit", njit)
    here = Path(__file__)
    assert compiled.kept(nothing, here.parent, [here.name]) is nothing
    assert compiled.kept(nothing, here.parent, ["no such file.py"]) is nothing
    assert asked == [True, False, False]


def test_the_folder_is_the_users_and_named_after_the_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    code = tmp_path / "kernel.py"
    code.write_text("1", encoding="utf-8")
    first = compiled.cache_folder([code])
    assert first.as_posix().startswith("/somewhere/wire-dedup/kernel-")
    code.write_text("2", encoding="utf-8")
    assert compiled.cache_folder([code]) != first


def test_others_keep_their_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))
    compiled.kept(nothing, Path(__file__).parent, [Path(__file__).name])
    assert str(tmp_path) == numba.config.CACHE_DIR


def test_no_other_module_keeps_compiled_code() -> None:
    """numba's own place for it, beside the source, is not always the user's to write to."""
    package = Path(compiled.__file__).parent
    keeping = [file.name for file in package.rglob("*.py") if "cache=True" in file.read_text(encoding="utf-8")]
    assert keeping == ["compiled.py"]
