"""A query: which dispatch an article carries, which earlier articles have it, by which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedup import clean, index
from dedup.errors import InputError, UsageError
from dedup.index import header
from dedup.index.query import _token_spans, asked_in
from dedup.model import Recognised
from dedup.watch import SILENT
from tests.index.helpers import add, clustered, feeds
from tests.pipeline.helpers import articles, jsonl, sentences, story


def asked(where: str, folder: Path, text: str, **fields: object) -> Recognised:
    path = jsonl(folder / "asked.jsonl", [{"id": "new", "outlet": "Newcomer", "text": text, **fields}])
    with index.open_index(where) as held:
        return held.query(str(path))


@pytest.fixture
def held(where: str, tmp_path: Path) -> str:
    """An index of seven stories, each in two outlets."""
    records = [
        {"id": f"s{seed}-{outlet}", "outlet": outlet, "text": story(seed, 14), "published": "2025-03-01"}
        for seed in range(7)
        for outlet in ("North", "South")
    ]
    add(where, str(jsonl(tmp_path / "feed.jsonl", records)))
    return where


def test_a_copy(held: str, tmp_path: Path) -> None:
    told = asked(held, tmp_path, story(3, 14))
    assert [m.id for m in told.earlier] == ["s3-North", "s3-South"] and all(m.same for m in told.earlier)
    assert told.dispatch == "s3-North" and not told.known and told.articles == 14
    assert told.earlier[0].jaccard == told.earlier[0].share_of_article == told.earlier[0].closeness == 1.0
    assert "in no cluster when" in told.why


def test_an_excerpt_inside_another_story_says_shares_both_ways_and_quotes_it(held: str, tmp_path: Path) -> None:
    taken = sentences(5, 14)[3:7]
    told = asked(held, tmp_path, "\n\n".join([*sentences(90, 9), *taken, *sentences(91, 3)]))
    assert {m.id for m in told.earlier} == {"s5-North", "s5-South"} and told.dispatch == ""
    match = told.earlier[0]
    assert not match.same and 0.2 < match.share_of_article < 0.26 < match.share_of_earlier < 0.3
    assert match.passages and match.passages[0].startswith(taken[0][:30]) and match.passages[0].endswith("[56 words]")


def test_the_cluster_as_last_computed(held: str, tmp_path: Path) -> None:
    clusters = clustered(held)
    told = asked(held, tmp_path, story(2, 14))
    assert told.dispatch in {c.id for c in clusters.clusters} and told.earlier[0].cluster == told.dispatch
    assert "in that cluster" in told.why


def test_nothing_in_common_and_too_short(held: str, tmp_path: Path) -> None:
    told = asked(held, tmp_path, story(77))
    assert not told.earlier and not told.dispatch and "shares neither" in told.why
    told = asked(held, tmp_path, "Eight words are too few to tell anything.")
    assert not told.earlier and "too few" in told.why


def test_by_id_leaves_itself_out(held: str) -> None:
    with index.open_index(held) as store:
        told = store.query("s4-North")
    assert told.known and [m.id for m in told.earlier] == ["s4-South"] and told.earlier[0].passages


def test_the_very_same_article_is_known(held: str, tmp_path: Path) -> None:
    with index.open_index(held) as store:
        told = store.query(
            str(jsonl(tmp_path / "again.jsonl", [
                {"id": "s1-South", "outlet": "South", "text": story(1, 14), "published": "2025-03-01"}
            ]))
        )  # fmt: skip
    assert told.known and [m.id for m in told.earlier] == ["s1-North"]


def test_of_equals_the_dispatch_goes_first(held: str, tmp_path: Path) -> None:
    wires = tmp_path / "wires"
    wires.mkdir()
    jsonl(wires / "wire.jsonl", [{"id": "zz-wire", "outlet": "reuters", "text": story(3, 14)}])
    add(held, str(tmp_path / "feed.jsonl"), originals=str(wires))
    assert asked(held, tmp_path, story(3, 14)).dispatch == "zz-wire"


def test_what_cannot_be_asked(held: str, tmp_path: Path) -> None:
    with index.open_index(held) as store:
        with pytest.raises(UsageError, match="neither a file nor the id"):
            store.query("nobody")
        with pytest.raises(UsageError, match="holds 2 articles"):
            store.query(str(jsonl(tmp_path / "two.jsonl", [{"text": story(1)}, {"text": story(2)}])))
        with pytest.raises(InputError, match="no article"):
            store.query(str(jsonl(tmp_path / "none.jsonl", [{"id": "x", "text": ""}])))


def test_every_pair_of_a_clustering_is_found(where: str, tmp_path: Path) -> None:
    """What a query calls the same dispatch or reuse is what the clustering says of pairs, but for linkage."""
    paths = feeds(tmp_path)
    add(where, *paths)
    result = clustered(where)
    home = {m.id: c.id for c in result.clusters for m in c.members}
    with index.open_index(where) as held:
        for cluster in result.clusters:
            member = cluster.members[-1].id
            if "~" in member:
                continue
            told = held.query(member)
            assert home[member] == told.dispatch
            assert {m.id for m in told.earlier if m.same} & ({m.id for m in cluster.members} - {member})


def test_quotes_stand_where_the_shingles_do(tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "a.jsonl", [{"text": "Share on Facebook\n" + story(4) + "\nco-operate U.S. can’t 3.5% ﬁve"}]
    )
    one = asked_in(str(path), tmp_path, {}, SILENT)
    assert len(_token_spans(one)) == one.tokens == len(one.hashes) + 2


def test_carried(where: str, tmp_path: Path) -> None:
    feed = [{"id": f"s{n}", "outlet": "North", "text": story(n, 14)} for n in range(20)]
    add(where, str(jsonl(tmp_path / "feed.jsonl", feed)))
    later = [
        {"id": "s3", "outlet": "North", "text": story(3, 14)},
        {"id": "x", "outlet": "South", "text": story(99)},
        {"id": "y", "outlet": "South", "text": "\n\n".join(sentences(7, 14)[:11])},
        {"id": "z", "outlet": "South", "text": "Too short."},
    ]
    path = jsonl(tmp_path / "later.jsonl", later)
    with index.open_index(where) as held:
        found = held.carried(articles(path))
    assert [(one.place, one.id, one.known) for one in found] == [(0, "s3", True), (2, "s7", False)]
    assert found[1].share_of_article == 1.0 and found[1].share_of_earlier < 0.9


def test_carried_by_the_same_outlet_before_others(where: str, tmp_path: Path) -> None:
    feed = [{"id": f"o{n}", "outlet": f"Outlet {n}", "text": story(1)} for n in range(40)]
    add(where, str(jsonl(tmp_path / "feed.jsonl", feed)))
    later = [{"id": "x", "outlet": "Outlet 33", "text": "Share on Facebook\n" + story(1)}]
    with index.open_index(where) as held:
        found = held.carried(articles(jsonl(tmp_path / "later.jsonl", later)))
    assert [(one.id, one.known, one.closeness) for one in found] == [("o33", False, 1.0)]


def test_a_probe_notices_other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    before = header._probed()
    monkeypatch.setattr(clean, "story", lambda text: ((), [(0, len(text))]))
    assert header._probed() != before


def test_recognise_without_texts_quotes_nothing(held: str, tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").unlink()
    with index.open_index(held) as store:
        told = store.query("s4-North")
    assert [m.id for m in told.earlier] == ["s4-South"] and told.earlier[0].passages == ()


def test_by_the_ids_that_clusters_show(where: str, tmp_path: Path) -> None:
    """Equal ids get ~2, ~3 in a clustering; an id that looks so from the start is passed over."""
    records = [{"id": "a", "outlet": f"Outlet {n}", "text": story(3, 14), "title": f"Title {n}"} for n in range(4)]
    records.append({"id": "a~3", "outlet": "Elsewhere", "text": story(3, 14), "title": "Title 4"})
    add(where, str(jsonl(tmp_path / "feed.jsonl", records)))
    (cluster,) = clustered(where).clusters
    assert {member.id for member in cluster.members} == {"a", "a~2", "a~3", "a~4", "a~5"}
    with index.open_index(where) as held:
        for member in cluster.members:
            assert (held.query(member.id).title, held.query(member.id).outlet) == (member.title, member.outlet)
        for nobody in ("a~1", "a~6", "a~02", "b~2", "~2"):
            with pytest.raises(UsageError, match="neither a file nor the id"):
                held.query(nobody)
