"""Gate: real wire copy against labelled pairs. Floors that only rise; one set of parameters for both corpora."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD, DATA = SHARED / "gold", SHARED / "data"
pytestmark = pytest.mark.skipif(not (GOLD.is_dir() and DATA.is_dir()), reason=f"no labelled pairs at {GOLD}")

# Corpus, labels, floors of F1 for "same" and "any_reuse".
SETS = [("wire_day", "pairs_dev", 0.90, 0.88), ("month_2016_11", "pairs_dev_month", 0.95, 0.75)]


def clusters(tmp_path: Path, *arguments: str) -> dict[str, Any]:
    """What the command line answers. No seeds are about: it starts in an empty folder."""
    target = tmp_path / "clusters.json"
    done = subprocess.run(
        [sys.executable, "-m", "dedup", "cluster", *arguments, "--format", "json", "-o", str(target)],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    loaded: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return loaded


def score(found: dict[str, Any], labels: str) -> dict[str, Any]:
    """The figures of the scorer that lies beside the labels."""
    spec = importlib.util.spec_from_file_location("score_pairs", GOLD / "score_pairs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    result: dict[str, Any] = module.score(found, json.loads((GOLD / f"{labels}.json").read_text(encoding="utf-8")))
    return result


@pytest.mark.parametrize(("corpus", "labels", "same", "reuse"), SETS, ids=[row[0] for row in SETS])
def test_labelled_pairs(tmp_path: Path, corpus: str, labels: str, same: float, reuse: float) -> None:
    found = clusters(tmp_path, str(DATA / f"{corpus}.jsonl"))
    figures = score(found, labels)
    assert figures["same"]["f1"] >= same, figures
    assert figures["any_reuse"]["f1"] >= reuse, figures
    check(found)


@pytest.mark.slow
def test_everything_at_once(tmp_path: Path) -> None:
    """Every file of the folder, of every kind: read, or skipped with a reason."""
    found = clusters(tmp_path, str(DATA))
    assert found["kept"] > 20_000
    check(found)


def check(found: dict[str, Any]) -> None:
    """What holds of every answer."""
    assert found["read"] == found["kept"] + len(found["skipped"])
    assert all(skip["where"] and skip["why"] for skip in found["skipped"])
    members = [member["id"] for cluster in found["clusters"] for member in cluster["members"]]
    assert len(members) == len(set(members)) <= found["kept"]
    home = {member["id"]: cluster["id"] for cluster in found["clusters"] for member in cluster["members"]}
    for cluster in found["clusters"]:
        assert cluster["size"] == len(cluster["members"]) >= 2
        assert cluster["id"] == cluster["original"]["id"] == cluster["members"][0]["id"]
        assert all(home[member["closest"]] == cluster["id"] for member in cluster["members"])
    for pair in found["reuse"]:
        assert pair["a"] < pair["b"] and pair["passages"] >= 1
        assert home.get(pair["a"], pair["a"]) != home.get(pair["b"], pair["b"])
