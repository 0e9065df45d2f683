"""The layout, held: who may import whom, who may import what is heavy, and what a start-up loads.

A module that is new must be registered here, which is the moment to say what it is.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "dedup"

PURE = {
    "model", "errors", "limits", "words", "agencies", "datelines", "forms", "version", "watch", "machine", "compiled",
}  # fmt: skip
STAGES = {
    "clean", "credits", "sign", "sets", "candidates", "anchors", "verify", "cluster", "originals", "siblings",
    "segment", "align", "facts", "compare",
}  # fmt: skip
EDGES = {"read", "report", "check"}
STORES = {"spool"}  # numbers and texts in files, between stages
CONDUCTORS = {"pipeline", "engines", "index"}
FRONT = {"__init__", "__main__", "cli", "config"}

# What each kind of module may import of this package, besides itself.
ALLOWED = (
    dict.fromkeys(PURE, PURE)
    | dict.fromkeys(STAGES, PURE)
    | dict.fromkeys(EDGES | STORES, PURE)
    | dict.fromkeys(CONDUCTORS, PURE | STAGES | STORES | CONDUCTORS | {"read", "check"})
    | {
        "config": PURE,
        "cli": PURE | EDGES | CONDUCTORS | {"config"},
        "__main__": {"version", "errors", "cli"},
        "__init__": PURE | EDGES | CONDUCTORS,
    }
)

HEAVY = {"numpy", "numba", "scipy", "datasketch", "duckdb", "pyarrow", "pandas", "trafilatura", "lxml", "pyspark"}
# Libraries that only some parts know of; HEAVY ones are for stages, read, engines and index alone.
HOME = {"typer": {"cli"}, "click": set(), "rich": {"cli", "report"}, "pickle": set(), "socket": set(), "urllib3": set()}
HOME |= dict.fromkeys(HEAVY, STAGES | STORES | CONDUCTORS | {"read"})
HOME["numba"] = HOME["numba"] | {"compiled"}
HOME |= {library: {"read"} for library in ("feedparser", "warcio", "brotli")}

FILES = sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The module or folder of the package that `path` belongs to: "sign" for sign.py and sign/kernel.py."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything `path` imports, wherever the import stands."""
    inside = ["dedup", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = inside[: len(inside) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def test_every_module_is_registered() -> None:
    assert {part(path) for path in FILES} <= ALLOWED.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_of_the_package_follow_the_layout(path: Path) -> None:
    own = part(path)
    for line, name in imports(path):
        if name.split(".")[0] == "dedup":
            second = name.partition(".")[2].partition(".")[0]
            target = second if second in ALLOWED else "__init__"  # "from dedup import __version__"
            assert target == own or target in ALLOWED[own], f"{path.name}:{line}: {own} must not import {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_libraries_stay_where_they_belong(path: Path) -> None:
    own = part(path)
    allowed_for_types = typed_only(path)
    for line, name in imports(path):
        library = name.split(".")[0]
        if library in HOME and line not in allowed_for_types:
            assert own in HOME[library], f"{path.name}:{line}: {own} must not import {library}"


def typed_only(path: Path) -> set[int]:
    """The lines under `if TYPE_CHECKING:`, which never run."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    blocks = [n for n in ast.walk(tree) if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.unparse(n.test)]
    return {inner.lineno for block in blocks for inner in ast.walk(block) if isinstance(inner, ast.stmt)}


def test_the_rule_sees_what_it_forbids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    (tmp_path / "verify").mkdir()
    for text in (
        "from dedup import sign",
        "import dedup.sign",
        "from ..sign import kernel",
        "from dedup.sign import x",
    ):
        bad = tmp_path / "verify" / "slow.py"
        bad.write_text(f"def late():\n    {text}\n", encoding="utf-8")
        with pytest.raises(AssertionError, match=r"verify must not import dedup.sign"):
            test_imports_of_the_package_follow_the_layout(bad)


# ---------------------------------------------------------------- start-up


def loaded_by(*arguments: str) -> set[str]:
    """Top-level modules that a start of `dedup ARGUMENTS` loads."""
    code = (
        "import sys; from dedup.__main__ import main; main(sys.argv[1:]);"
        "sys.stderr.write(' '.join({m.split('.')[0] for m in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments", [("--version",), ("--help",), ("cluster", "--help"), ("config", "show")], ids=" ".join
)
def test_starting_up_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert not loaded_by(*arguments) & (HEAVY | {"feedparser", "warcio", "brotli", "pyexpat"})


def test_version_loads_not_even_the_command_line() -> None:
    assert not loaded_by("--version") & {"typer", "rich", "orjson"}


def test_importing_the_package_loads_nothing() -> None:
    code = "import dedup, sys; print(*(m for m in sys.modules if m.startswith('dedup')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert sorted(done.stdout.split()) == ["dedup", "dedup.version"]


def fastest(*arguments: str) -> float:
    """Seconds of the fastest of nine starts of Python, which other load on the machine disturbs least."""
    seconds = []
    for _ in range(9):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True, env=os.environ)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


@pytest.mark.parametrize(("argument", "times"), [("--version", 5), ("--help", 20)])
def test_starting_up_is_fast(argument: str, times: int) -> None:
    bare = fastest("-c", "pass")
    assert fastest("-m", "dedup", argument) <= times * bare
