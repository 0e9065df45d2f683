"""`dedup cluster --engine spark` as a command, and what it says when something is missing."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dedup.engines import spark
from dedup.errors import MissingExtra, UsageError
from dedup.pipeline import Options
from tests.pipeline.helpers import ROOT, WIRE_DAY


def command(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command, in a folder of its own, with temporary files in another."""
    (folder / "temporary").mkdir(exist_ok=True)
    (folder / "here").mkdir(exist_ok=True)
    told = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "temporary"), **environment}
    whole = [sys.executable, "-m", "dedup", "cluster", str(WIRE_DAY), "--engine", "spark", *arguments]
    return subprocess.run(whole, capture_output=True, env=told, cwd=folder / "here", check=False)


def test_the_whole_command(tmp_path: Path, needs_spark: None) -> None:
    """The same bytes as without Spark, nothing of Spark's talk, nothing left behind."""
    done = command(tmp_path, "--master", "local[2]", "--format", "json")
    plain = command(tmp_path, "--engine", "local", "--format", "json")
    assert done.returncode == plain.returncode == 0, done.stderr
    assert done.stdout == plain.stdout != b""
    assert done.stderr.splitlines()[-1] == plain.stderr.splitlines()[-1]
    assert not any(word in done.stderr for word in (b"WARN", b"INFO", b"Warning", b"log4j"))
    assert list((tmp_path / "here").iterdir()) == []
    assert [path.name for path in (tmp_path / "temporary").iterdir() if "dedup" in path.name] == []


def test_parquet_to_a_folder(tmp_path: Path, needs_spark: None) -> None:
    import pyarrow.parquet as parquet

    done = command(tmp_path, "--master", "local[2]", "--format", "parquet", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout == b"" and b"15 clusters" in done.stderr
    assert parquet.read_table(tmp_path / "here" / "out" / "clusters").num_rows == 15


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--format", "parquet"), b"parquet needs --engine spark and -o DIR"),
        (("--engine", "local", "--format", "parquet", "-o", "out"), b"parquet needs --engine spark and -o DIR"),
        (("--engine", "sparc"), b"one of local, spark; did you mean 'spark'?"),
        (("-",), b"cannot read standard input"),
        (("--master", "spark://127.0.0.1:7077"), b"needs --work DIR: a folder that the driver and all executors see"),
    ],
)
def test_what_makes_no_sense(tmp_path: Path, arguments: tuple[str, ...], told: bytes) -> None:
    done = command(tmp_path, *arguments)
    assert done.returncode == 2
    assert told in b" ".join(done.stderr.split())


def test_without_java(needs_spark: None, tmp_path: Path) -> None:
    done = command(tmp_path, PATH=str(tmp_path), JAVA_HOME="")
    assert done.returncode == 2
    assert b"openjdk-17-jre-headless): there is no java on the PATH" in done.stderr
    done = command(tmp_path, JAVA_HOME=str(tmp_path))
    assert b"there is no bin/java in it" in done.stderr


def test_java_that_does_not_start(needs_spark: None, tmp_path: Path) -> None:
    """What it said is in the message; no trace of Spark's own."""
    java = tmp_path / "jdk" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\necho 'too old a release' >&2\nexit 1\n", encoding="utf-8")
    java.chmod(0o755)
    done = command(tmp_path, JAVA_HOME=str(tmp_path / "jdk"))
    assert done.returncode == 2
    assert b"Spark did not start; it needs Java 17" in done.stderr and b"too old a release" in done.stderr


@pytest.mark.parametrize("missing", ["pyspark", "pyarrow", "pandas"])
def test_without_the_extra(missing: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else found(name))
    with pytest.raises(MissingExtra, match=r"--engine spark needs the extra \[spark\]: pip install"):
        spark.cluster([str(WIRE_DAY)])


def test_a_cluster_needs_a_folder_all_see() -> None:
    with pytest.raises(UsageError, match="--work DIR"):
        spark.cluster([str(WIRE_DAY)], Options(), master="yarn")
