"""Where the tests keep an index: in a file, and on a real Redis server on loopback, in a temporary folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

_NAMES = count()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis server that lasts as long as the session."""
    program = shutil.which("redis-server")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("redis-server is not installed: CI tests the shared index against a real one")
        pytest.skip("redis-server is not installed")
    port = _free_port()
    folder = tmp_path_factory.mktemp("redis")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "redis-server ended"
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("redis-server does not answer")


@pytest.fixture(params=["file", "redis"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an index that is not there yet, of either kind."""
    if request.param == "file":
        return str(tmp_path / "index" / "news.db") if (tmp_path / "index").mkdir() is None else ""
    return f"{request.getfixturevalue('server')}#test-{next(_NAMES)}"


@pytest.fixture
def shared(server: str) -> str:
    """The address of an index on the server that is not there yet."""
    return f"{server}#test-{next(_NAMES)}"
