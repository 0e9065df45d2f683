"""What the pipeline tests share: invented stories, files of articles, runs."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dedup import pipeline, read, spool
from dedup.model import Article, Clusters, Skipped
from dedup.pipeline import intake
from dedup.pipeline.texts import Texts, fold
from dedup.watch import SILENT

ROOT = Path(__file__).resolve().parents[2]
WIRE_DAY = ROOT / "corpora" / "wire-day"
SEEDS = ROOT / "seeds"

_SYLLABLES = [a + b for a in "b d f g k l m n p r s t v".split() for b in "a e i o u".split()]


def sentences(seed: int, count: int = 12) -> list[str]:
    """Sentences of invented words, 14 each, that no other seed gives. Two in seven hold a quotation."""
    made = random.Random(f"story {seed}")
    words = ["".join(made.choices(_SYLLABLES, k=made.randint(2, 4))) for _ in range(14 * count)]
    lines = [" ".join(words[i : i + 14]) for i in range(0, len(words), 14)]
    return [_quoted(line) if i % 7 in (2, 5) else line.capitalize() + "." for i, line in enumerate(lines)]


def _quoted(line: str) -> str:
    words = line.split()
    return f"“{' '.join(words[:9]).capitalize()},” {' '.join(words[9:])}."


def story(seed: int, count: int = 12) -> str:
    return "\n\n".join(sentences(seed, count))


def jsonl(path: Path, records: Sequence[dict[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def records(texts: Sequence[str], outlet: str = "") -> list[dict[str, object]]:
    """Articles "a0", "a1" ... of outlets of their own."""
    return [{"id": f"a{i}", "text": text, "outlet": outlet or f"Outlet {i}"} for i, text in enumerate(texts)]


def run(*paths: Path, **options: object) -> Clusters:
    return pipeline.cluster([str(path) for path in paths], pipeline.Options(**options))  # type: ignore[arg-type]


def clustered(folder: Path, texts: Sequence[str], **options: object) -> Clusters:
    return run(jsonl(folder / "articles.jsonl", records(texts)), **options)


def groups(result: Clusters) -> set[frozenset[str]]:
    return {frozenset(member.id for member in cluster.members) for cluster in result.clusters}


def reuse(result: Clusters) -> set[tuple[str, str]]:
    return {(pair.a, pair.b) for pair in result.reuse}


def articles(*paths: Path) -> list[Article]:
    """Everything `read` gives below `paths`, skips left out."""
    sources = [source for source in read.sources([str(path) for path in paths]) if not isinstance(source, Skipped)]
    return [item for source in sources for item in read.read(source) if isinstance(item, Article)]


@contextmanager
def taken_in(*paths: Path, originals: Path | None = None) -> Iterator[tuple[spool.Corpus, Texts]]:
    """The corpus and its distinct texts, as the stages after reading see them."""
    with spool.folder(None) as folder:
        wires = str(originals) if originals else None
        corpus = intake.take_in([str(path) for path in paths], wires, {}, folder, 1, SILENT)
        yield corpus, fold(corpus)
