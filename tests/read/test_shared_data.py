"""The real samples, where they are at hand: everything is read or skipped with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedup.read import Source, read, sources
from tests.read.helpers import articles, everything, skips

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"real data not at {DATA}")


def test_everything_but_pages() -> None:
    found = []
    for source in sources([str(DATA)]):
        if isinstance(source, Source) and source.kind != ".html":
            found.extend(read(source))
        elif not isinstance(source, Source):
            found.append(source)
    assert len(articles(found)) > 20_000
    assert all(each.why for each in skips(found))
    assert not any("not JSON" in each.why for each in skips(found))
    assert all(each.outlet for each in articles(found))


def test_some_pages() -> None:
    pytest.importorskip("trafilatura")
    pages = sorted((DATA / "formats" / "html").rglob("*.html.gz"))[::9]
    found = [each for path in pages for each in everything(path)]
    assert len(found) == len(pages)
    assert len(articles(found)) >= 0.95 * len(pages)
    assert sum(bool(each.published) for each in articles(found)) >= 0.9 * len(pages)
    assert all(each.title for each in articles(found))
