"""The whole run equals the textbook (tests/oracle.py): same clusters, same reuse, same figures of every member."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup import candidates, limits
from dedup.model import Clusters
from dedup.pipeline import rewrites
from dedup.pipeline.packed import shingle_sets
from tests import oracle
from tests.pipeline.helpers import SEEDS, WIRE_DAY, articles, groups, jsonl, reuse, run, sentences, taken_in

USUAL = {"SAMPLE": limits.SAMPLE, "MIN_SHARED": limits.MIN_SHARED}

# Four dispatches of ten sentences each; articles print stretches of them, in one another's company.
DISPATCHES = [sentences(seed, 10) for seed in range(4)]
STRETCH = st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(1, 10))
ARTICLE = st.tuples(
    st.sampled_from(["", "Delta Post", "Harbour Times"]), st.lists(STRETCH, max_size=3), st.integers(0, 9)
)


@pytest.fixture(scope="module", autouse=True)
def every_pair_a_candidate() -> object:
    """Every shingle is in the sample, and one in common is enough: the net loses nothing, so results must be equal.

    Rewrites, which are told by their facts, are not the oracle's matter: none is looked for.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rewrites, "attach", lambda *given: rewrites.Attached(given[4], 0))
        patch.setattr(limits, "SAMPLE", 1)
        patch.setattr(limits, "MIN_SHARED", 1)
        yield


def text_of(stretches: list[tuple[int, int, int]], own: int) -> str:
    lines = [line for d, start, length in stretches for line in DISPATCHES[d][start : start + length]]
    return "\n".join(lines + sentences(100 + own, own))


def check_against(expected: oracle.Corpus, result: Clusters) -> None:
    assert expected.wrong_clusters(groups(result)) == []
    found = {(pair.a, pair.b): pair for pair in result.reuse}
    wanted = expected.reuse(groups(result))
    assert found.keys() == wanted.keys()
    for pair, (passages, share_a, share_b) in wanted.items():
        assert found[pair].passages == passages
        assert (found[pair].share_a, found[pair].share_b) == pytest.approx((share_a, share_b))
    check_members(expected, result)


def check_members(expected: oracle.Corpus, result: Clusters) -> None:
    sets = {id: expected.sets[head] for head, ids in expected.texts.items() for id in ids}
    for cluster in result.clusters:
        original = sets[cluster.original.id]
        for member in cluster.members:
            own, closest = sets[member.id], sets[member.closest]
            assert member.jaccard == pytest.approx(oracle.jaccard(own, closest))
            assert member.containment == pytest.approx(oracle.containment(own, closest))
            shared = len(own.keys() & original.keys())
            assert member.share_of_article == pytest.approx(shared / len(own))
            assert member.share_of_original == pytest.approx(shared / len(original))
            others = [oracle.containment(own, sets[other.id]) for other in cluster.members if other.id != member.id]
            assert member.containment == pytest.approx(max(others)), "closest is the closest"
        assert cluster.weakest_link == min(member.containment for member in cluster.members)
        assert cluster.size == len(cluster.members)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ARTICLE, max_size=7))
def test_made_up_corpora(drawn: list[tuple[str, list[tuple[int, int, int]], int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = [{"id": f"a{i}", "outlet": o, "text": text_of(s, own)} for i, (o, s, own) in enumerate(drawn)]
        path = jsonl(Path(folder) / "articles.jsonl", made)
        check_against(oracle.Corpus(tuple(articles(path))), run(path))


@pytest.fixture(scope="module")
def wire_day() -> oracle.Corpus:
    return oracle.Corpus(tuple(articles(WIRE_DAY, SEEDS)))


def test_the_wire_day(wire_day: oracle.Corpus) -> None:
    check_against(wire_day, run(WIRE_DAY, originals=str(SEEDS)))


def as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in USUAL.items():
        monkeypatch.setattr(limits, name, value)


def test_the_usual_candidates_lose_nothing_on_the_wire_day(
    wire_day: oracle.Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the limits as they are, bands and join together find every pair that clustering could join."""
    as_usual(monkeypatch)
    with taken_in(WIRE_DAY, originals=SEEDS) as (corpus, texts):
        shingles = shingle_sets(corpus, texts, "", compiled=False, workers=1)
        found = candidates.find(corpus.signatures[texts.rows], shingles.keys, shingles.offsets)
        ids = [texts.ids[row] for row in texts.rows]
    have = {frozenset((ids[a], ids[b])) for a, b in zip(found.a.tolist(), found.b.tolist(), strict=True)}
    for a, b in itertools.combinations(wire_day.texts, 2):
        close = oracle.weight(wire_day.sets[a], wire_day.sets[b]) >= limits.SAME_DISPATCH
        assert not close or frozenset((a, b)) in have, (a, b)
    assert wire_day.wrong_clusters(groups(run(WIRE_DAY, originals=str(SEEDS)))) == []


def test_the_usual_candidates_lose_no_reuse_on_the_wire_day(
    wire_day: oracle.Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_usual(monkeypatch)
    result = run(WIRE_DAY, originals=str(SEEDS))
    assert reuse(result) == wire_day.reuse(groups(result)).keys()
