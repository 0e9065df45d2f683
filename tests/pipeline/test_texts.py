"""texts: ids become unique, copies fold, short ones stay out; nothing depends on the order of reading."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dedup import limits
from dedup.model import Article
from dedup.pipeline.texts import fold, unique_ids
from tests.pipeline.helpers import jsonl, records, sentences, story, taken_in
from tests.test_spool import corpus_of

IDS = st.lists(st.sampled_from(["", "x", "y", "x~2", "x~3", "x~2~2"]), max_size=12)


@given(IDS, st.data())
def test_ids_become_unique_and_the_first_keeps_its_own(ids: list[str], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(ids))))
    unique = unique_ids(ids, order)
    assert len(set(unique)) == len(ids)
    firsts = {ids[row]: row for row in reversed(order)}
    assert all(unique[row] == id for id, row in firsts.items())
    assert all(new == id or new.startswith(f"{id}~") for new, id in zip(unique, ids, strict=True))
    assert Counter(new == id for new, id in zip(unique, ids, strict=True))[True] == len(set(ids))


def test_a_number_that_is_taken_is_passed_over() -> None:
    assert unique_ids(["x", "x", "x", "x~2"], [0, 1, 2, 3]) == ["x", "x~3", "x~4", "x~2"]
    assert unique_ids(["x", "x"], [1, 0]) == ["x~2", "x"]


def test_many_equal_ids_take_linear_time() -> None:
    n = 50_000
    start = time.perf_counter()
    unique = unique_ids(["None"] * n, range(n))
    assert unique[-1] == f"None~{n}"
    assert time.perf_counter() - start < 2


def test_copies_fold_and_the_longest_text_comes_first(tmp_path: Path) -> None:
    texts = [story(0, 5), story(1, 9), story(0, 5).upper(), story(2, 7)]
    with taken_in(jsonl(tmp_path / "a.jsonl", records(texts))) as (corpus, found):
        assert [[found.ids[row] for row in rows] for rows in found.copies] == [["a1"], ["a3"], ["a0", "a2"]]
        assert [found.ids[row] for row in found.rows] == ["a1", "a3", "a0"]
        assert sorted(found.rank.tolist()) == [0, 1, 2, 3]
        lengths = corpus.rows.shingles[found.rows].tolist()
        assert lengths == sorted(lengths, reverse=True)


def test_short_texts_stay_out_and_keep_their_ids(tmp_path: Path) -> None:
    words = " ".join(sentences(0, 10)).replace("“", "").replace("”", "").split()
    texts = [" ".join(words[: limits.MIN_TOKENS + more]) for more in (-1, 0, 1)]
    with taken_in(jsonl(tmp_path / "a.jsonl", records(texts))) as (_, found):
        assert sorted(found.ids[row] for row in found.rows) == ["a1", "a2"]
        assert found.ids == ["a0", "a1", "a2"]


def test_an_unknown_outlet_is_no_outlet(tmp_path: Path) -> None:
    made = [Article(f"a{i}", story(i), outlet) for i, outlet in enumerate(["", "Post", "", "Post", "Times"])]
    found = fold(corpus_of(tmp_path, [[made]]))
    unknown, post, again, times = (found.outlets[found.rows.tolist().index(row)] for row in (0, 1, 3, 4))
    assert unknown == -1 and found.outlets[found.rows.tolist().index(2)] == -1
    assert 0 <= post == again != times >= 0


def test_ranks_do_not_depend_on_the_order_of_reading(tmp_path: Path) -> None:
    """Not even for one article read several times, with fields that are no part of its identity."""
    made = [{"id": "x", "text": story(0), "author": f"Author {i}"} for i in range(4)]
    made += [{"text": story(1), "author": f"Author {i}"} for i in range(3)] + records([story(2)])
    seen = []
    for shuffled in (made, made[::-1], made[3:] + made[:3]):
        with taken_in(jsonl(tmp_path / "a.jsonl", shuffled)) as (corpus, found):
            authors = {found.ids[row]: corpus.article(row, "").author for row in range(len(corpus))}
            seen.append((authors, [[found.ids[row] for row in rows] for rows in found.copies]))
    assert len({str(sorted(authors.items())) for authors, _ in seen}) == 1
    assert seen[0][1] == seen[1][1] == seen[2][1]
