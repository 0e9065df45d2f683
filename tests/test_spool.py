"""spool: what goes in comes out, from any number of parts; the folder always goes; a full disk is one kind line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import limits, sign, spool
from dedup.errors import USAGE, OutputError
from dedup.model import Article, FurnitureKind, Mark, Shingled, Skipped

ROOT = Path(__file__).resolve().parents[1]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ARTICLES = st.lists(
    st.builds(
        Article, id=WORDS, text=WORDS, outlet=WORDS, title=WORDS, published=WORDS, url=WORDS, author=WORDS,
        language=WORDS, path=WORDS, flags=st.lists(WORDS, max_size=2).map(tuple),
    ),
    max_size=4,
)  # fmt: skip


def signed(articles: Sequence[Article]) -> Shingled:
    return sign.sign(sign.texts_of([article.text for article in articles]), compiled=False)


def marks_of(article: Article) -> tuple[Mark, ...]:
    """Some marks that are different from article to article."""
    kinds: tuple[FurnitureKind, ...] = get_args(FurnitureKind)
    return tuple(Mark(i, i + 1, kinds[i % len(kinds)]) for i in range(0, len(article.text), 2))


def written(where: Path, batches: Sequence[Sequence[Article]], wire: bool = False) -> spool.Part:
    with spool.Writer(where) as writer:
        for batch in batches:
            digests = [spool.digest(article, article.url) for article in batch]
            marks = [marks_of(article) for article in batch]
            writer.add(batch, digests, signed(batch), ["Latest" in a.title for a in batch], marks, wire=wire)
        return writer.part([])


def corpus_of(folder: Path, parts: Sequence[Sequence[Sequence[Article]]]) -> spool.Corpus:
    made = [written(folder / f"part-{i}", batches, wire=i == len(parts) - 1) for i, batches in enumerate(parts)]
    return spool.Corpus(folder, made, [Skipped("x", "empty file")])


# ---------------------------------------------------------------- what goes in comes out


@given(st.lists(st.lists(ARTICLES, max_size=2), max_size=3), st.sampled_from([0, 64 << 20]))
def test_what_goes_in_comes_out(parts: list[list[list[Article]]], in_memory: int) -> None:
    flat = [article for batches in parts for batch in batches for article in batch]
    with pytest.MonkeyPatch.context() as patch, spool.folder(None) as folder:
        patch.setattr(limits, "SPOOL_IN_MEMORY", in_memory)
        corpus = corpus_of(folder, parts)
        assert len(corpus) == len(flat)
        assert [corpus.article(row, article.id) for row, article in enumerate(flat)] == flat
        marked = [corpus.marked(row, article.id) for row, article in enumerate(flat)]
        assert marked == [(article, marks_of(article)) for article in flat]
        assert [id for id, a in zip(corpus.rows.ids, flat, strict=True) if a.id] == [a.id for a in flat if a.id]
        assert corpus.rows.outlets == [a.outlet for a in flat]
        assert corpus.rows.roundup.tolist() == ["Latest" in a.title for a in flat]
        assert int(corpus.rows.wire.sum()) == (sum(map(len, parts[-1])) if parts else 0)
        whole = signed(flat)
        order = corpus.text_order(np.arange(len(flat)))
        here = [slice(start, start + n) for start, n in zip(order.starts, order.lengths, strict=True)]
        cuts = zip(whole.offsets, whole.offsets[1:], strict=False)
        for span, (start, end) in zip(here, cuts, strict=True):
            assert (order.hashes[span] >> 1 == whole.hashes[start:end] >> 1).all(), "bit 0 is no part of a shingle"
            assert (order.quoted[span] == whole.quoted[start:end]).all()
        assert (corpus.signatures == whole.signatures).all()
        assert (corpus.line_hashes == whole.line_hashes).all()
        assert corpus.rows.lines.tolist() == np.diff(whole.line_offsets).tolist()
        assert corpus.skipped == (Skipped("x", "empty file"),)


STORY = Article("", "Divers found the ferry on Tuesday.", "Post", "Ferry", "2025-10-14", "https://post.example/1")


def test_an_article_without_an_id_gets_its_digest() -> None:
    with spool.folder(None) as folder:
        corpus = corpus_of(folder, [[[STORY, Article("own", STORY.text)]]])
        assert corpus.rows.ids == [spool.digest(STORY, STORY.url).hex(), "own"]


@pytest.mark.parametrize("field", ["text", "outlet", "title", "published"])
def test_the_digest_is_of_everything_that_makes_an_article(field: str) -> None:
    other = Article(**{**{f: getattr(STORY, f) for f in Article.__slots__}, field: "other"})
    assert spool.digest(other, STORY.url) != spool.digest(STORY, STORY.url)
    assert spool.digest(STORY, "other") != spool.digest(STORY, STORY.url)
    assert len(spool.digest(STORY, STORY.url)) == 16


def test_equal_stories_have_equal_contents_whatever_their_fields() -> None:
    shouted = Article("b", STORY.text.upper(), "Other", "Title")
    with spool.folder(None) as folder:
        corpus = corpus_of(folder, [[[STORY], [shouted]], [[Article("c", "Divers found nothing on Tuesday.")]]])
        one, two, three = corpus.rows.contents.tolist()
        assert one == two != three


# ---------------------------------------------------------------- the folder


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_the_folder_goes_whatever_happens(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), spool.folder(str(tmp_path / "new" / "work")) as folder:
        assert folder.parent == tmp_path / "new" / "work"
        written(folder / "part-0", [[STORY]])
        raise error
    assert list((tmp_path / "new" / "work").iterdir()) == []


def test_two_runs_below_one_folder_do_not_meet(tmp_path: Path) -> None:
    with spool.folder(str(tmp_path)) as one, spool.folder(str(tmp_path)) as two:
        assert one != two
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match=r"cannot make a folder.*--work"), spool.folder(str(tmp_path / "file")):
        pass


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match=r"Permission denied.*--work"), spool.folder(str(tmp_path)):
        pass


def test_a_folder_that_vanishes(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="--work"):
        spool.Writer(tmp_path / "gone" / "part-0")


# ---------------------------------------------------------------- a full disk

SMALL_FILES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from dedup.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.skipif(os.name != "posix", reason="needs resource limits")
@pytest.mark.parametrize("limit", [0, 1_000, 30_000, 100_000])
def test_a_full_disk_is_one_line(tmp_path: Path, limit: int) -> None:
    """Files of the run may not grow beyond `limit` bytes: the texts of the wire day need more."""
    work = tmp_path / "work"
    done = subprocess.run(
        [sys.executable, "-c", SMALL_FILES, str(limit), "cluster", "corpora/wire-day", "--work", str(work), "--quiet"],
        cwd=ROOT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == USAGE, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and "--work" in done.stderr
    assert all(list(left.rglob("part.json")) for left in work.iterdir()), "only what the next run can go on from stays"
