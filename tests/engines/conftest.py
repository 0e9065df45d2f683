"""A real Spark on this machine, one for all tests of a module: starting it takes seconds.

Without PySpark or Java these tests are skipped, and say so; under CI they fail, so that nobody takes it for a pass.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator

import pytest

MASTER = "local[2]"


def missing() -> str:
    """What is not there, "" when all is."""
    for module in ("pyspark", "pyarrow", "pandas"):
        if importlib.util.find_spec(module) is None:
            return f"{module} is not installed (the extra [spark])"
    return "" if shutil.which("java") or os.environ.get("JAVA_HOME") else "there is no Java (openjdk-17-jre-headless)"


@pytest.fixture(scope="session")
def needs_spark() -> None:
    if told := missing():
        if os.environ.get("CI"):
            pytest.fail(f"Spark cannot be tested: {told}")
        pytest.skip(told)


@pytest.fixture(scope="module")
def running_spark(needs_spark: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A session that `spark.cluster` finds and uses."""
    from dedup.engines.spark import session

    with session.started(MASTER, tmp_path_factory.mktemp("spark")):
        yield
