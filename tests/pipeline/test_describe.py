"""describe: clusters are the same however groups are cut into chunks, and whoever describes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedup import limits, pipeline
from dedup.pipeline import Options
from tests.pipeline.helpers import WIRE_DAY, jsonl, records, story


@pytest.fixture(scope="module")
def expected() -> pipeline.Clusters:  # type: ignore[name-defined]
    return pipeline.cluster([str(WIRE_DAY)])


@pytest.mark.parametrize(("articles", "workers"), [(1, 1), (7, 1), (7, 2)])
def test_chunks_and_processes_change_nothing(
    expected: object, articles: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHUNK_ARTICLES", articles)
    assert pipeline.cluster([str(WIRE_DAY)], Options(workers=workers)) == expected


def test_no_group_at_all(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "alone.jsonl", records([story(0), story(1)]))
    assert pipeline.cluster([str(path)], Options(workers=2)).clusters == ()
