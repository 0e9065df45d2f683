"""What the reading tests share: write a file, read it, keep the account."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dedup.model import Article, Skipped
from dedup.read import Source, read, sources


def everything(*paths: Path | str, mapping: Mapping[str, str] | None = None) -> list[Article | Skipped]:
    """All articles and skips below `paths`, in order."""
    found: list[Article | Skipped] = []
    for source in sources([str(path) for path in paths]):
        found.extend(read(source, mapping) if isinstance(source, Source) else [source])
    assert all(isinstance(each, Article | Skipped) for each in found)
    return found


def written(folder: Path, name: str, data: bytes | str) -> Path:
    """A file of that name and content below `folder`."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def articles(found: list[Article | Skipped]) -> list[Article]:
    return [each for each in found if isinstance(each, Article)]


def skips(found: list[Article | Skipped]) -> list[Skipped]:
    return [each for each in found if isinstance(each, Skipped)]


def one(found: list[Article | Skipped]) -> Article:
    """The only article, nothing skipped."""
    assert len(found) == 1, found
    assert isinstance(found[0], Article), found
    return found[0]


def why(found: list[Article | Skipped]) -> str:
    """The only skip's reason."""
    assert len(found) == 1, found
    assert isinstance(found[0], Skipped), found
    return found[0].why
