"""Session: the Spark a run works with, started for it and stopped after it, or the one that is already there.

Started here, Spark does without its web page, listens on loopback alone when it is local, and writes its log to a file
in the run's folder: what a user must know arrives as one error. Memory and the like are Spark's own settings
(spark-defaults.conf, or PYSPARK_SUBMIT_ARGS="--conf spark.executor.memory=8g pyspark-shell"). A session that a program
has already started is used with settings of its own and left running.

Spark hands functions to its workers pickled, from process to process; nothing pickled is read from a file.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dedup import limits
from dedup.errors import InputError, MissingExtra, UsageError

_QUERIES = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(limits.SPARK_BATCH_ROWS),
    "spark.sql.execution.arrow.maxBytesPerBatch": str(limits.SPARK_BATCH_BYTES),
    "spark.sql.execution.arrow.useLargeVarTypes": "false",
}
_JAVA = "Java 17 or newer (Debian and Ubuntu: apt-get install openjdk-17-jre-headless)"


@contextmanager
def started(master: str, folder: Path) -> Iterator[Any]:
    """A SparkSession on `master`; `folder` is for its files.

    Raises MissingExtra without PySpark, UsageError without Java or when Spark cannot start, InputError when it fails.
    """
    _check(master)
    from pyspark.errors import PySparkException, PythonException
    from pyspark.sql import SparkSession

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of PySpark, about the age of pandas; it is not used here
        found = SparkSession.getActiveSession()
        try:
            if found is not None:
                yield _with_settings(found.newSession())
                return
            with _environment(master), _signals():
                session = _start(master, folder)
                try:
                    yield _with_settings(session)
                finally:
                    session.stop()
        except PythonException:  # in one of our own functions, on a worker: a fault of ours
            raise
        except PySparkException as error:
            raise InputError(f"Spark failed: {_first_line(error)}{_log_kept(folder)}") from error


def is_local(master: str) -> bool:
    """Whether Spark runs on this machine alone.

    >>> is_local("local[2]"), is_local("spark://a:7077")
    (True, False)
    """
    return master == "local" or master.startswith("local[")


def is_address(path: str) -> bool:
    """Whether a path is Spark's to open: it names the storage.

    >>> is_address("s3a://bucket/day"), is_address("pile/day.parquet"), is_address(r"C:\\pile")
    (True, False, False)
    """
    return "://" in path


def _check(master: str) -> None:
    for module in ("pyspark", "pandas", "pyarrow"):
        if importlib.util.find_spec(module) is None:
            raise MissingExtra("--engine spark", "spark")
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else "java"
    if shutil.which(java) is None:
        where = f"JAVA_HOME is {home}, and there is no bin/java in it" if home else "there is no java on the PATH"
        raise UsageError(f"--engine spark needs {_JAVA}: {where}")


def _start(master: str, folder: Path) -> Any:
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf(loadDefaults=False).setAll(list(_settings(master, folder).items()))
    with (folder / _LOG).open("wb") as log:
        try:
            # Its own process, so that what Java and the workers say goes to the log and not between our lines.
            ready = SparkContext._gateway is not None
            gateway = None if ready else launch_gateway(conf, {"stdout": log, "stderr": log})  # type: ignore[no-untyped-call]
            return SparkSession(SparkContext(conf=conf, gateway=gateway))
        except PySparkRuntimeError as error:
            if error.getCondition() != "JAVA_GATEWAY_EXITED":
                raise
            raise UsageError(f"Spark did not start; it needs {_JAVA}{_said(folder)}") from error


_LOG = "spark.log"


def _settings(master: str, folder: Path) -> Mapping[str, str]:
    settings = {
        "spark.master": master,
        "spark.app.name": "dedup",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "WARN",
        "spark.sql.warehouse.dir": (folder / "warehouse").as_posix(),
    }
    if is_local(master):
        # The package may be a checkout that only this process knows the way to.
        way = os.pathsep.join((str(Path(__file__).parents[3]), *filter(None, [os.environ.get("PYTHONPATH")])))
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.local.dir": (folder / "local").as_posix(),
            "spark.executorEnv.PYTHONPATH": way,
            "spark.sql.shuffle.partitions": str(limits.SPARK_LOCAL_PARTITIONS),
        }
    return settings


def _with_settings(session: Any) -> Any:
    for name, value in _QUERIES.items():
        session.conf.set(name, value)
    return session


@contextmanager
def _environment(master: str) -> Iterator[None]:
    """What PySpark reads from the environment: on one machine its workers are this Python."""
    import sys

    given = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable} if is_local(master) else {}
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


@contextmanager
def _signals() -> Iterator[None]:
    """PySpark puts its own handler of Ctrl-C in place and leaves it there."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, TypeError):  # not in the main thread, or a handler Python did not set
            signal.signal(signal.SIGINT, before)


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)[:300]


def _said(folder: Path) -> str:
    """The first line of the log that is no warning."""
    try:
        lines = (folder / _LOG).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ""
    first = next((line.strip() for line in lines if line.strip() and not line.startswith("WARNING")), "")
    return f"; it said: {first[:300]}" if first else ""


def _log_kept(folder: Path) -> str:
    """Puts the log where it outlives the run's folder. Returns where, as the end of a sentence."""
    import tempfile

    try:
        descriptor, path = tempfile.mkstemp(prefix="dedup-spark-", suffix=".log")
        with open(descriptor, "wb") as kept, (folder / _LOG).open("rb") as log:
            shutil.copyfileobj(log, kept)
    except OSError:
        return ""
    return f"; its log is {Path(path).as_posix()}"
