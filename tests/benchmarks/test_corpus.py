"""The made-up corpus is what it says it is: the same for a seed, and the planted truth shows in the texts."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the benchmarks are scripts that find each other so

import corpus


def test_a_seed_gives_the_same_articles_and_another_seed_others() -> None:
    once, again = list(corpus.articles(60)), list(corpus.articles(60))
    assert once == again != list(corpus.articles(60, seed=2))
    assert list(once[0]) == ["id", "outlet", "title", "published", "url", "text"]
    assert len({article["id"] for article in once}) == 60


def test_the_shares_are_those_documented() -> None:
    plan = corpus.plan(20_000)
    carriers = np.bincount(plan.dispatch)
    assert abs((carriers == 1).sum() / 20_000 - 0.6) < 0.01
    assert carriers[carriers > 1].mean() == pytest.approx(5, abs=0.3) and carriers.max() <= 60
    shared = np.bincount(plan.kind, minlength=5)[1:]
    assert np.allclose(shared / shared.sum(), [0.30, 0.30, 0.25, 0.15], atol=0.02)
    giant = corpus.plan(1000, giant=0.2)
    assert np.bincount(giant.dispatch)[0] >= 200


def test_articles_of_one_dispatch_share_its_words_and_others_do_not() -> None:
    n = 600
    plan, texts = corpus.plan(n), [article["text"] for article in corpus.articles(n)]
    sets = [{*zip(*(text.split()[i:] for i in range(4)), strict=False)} for text in texts]
    # House lines dilute: up to 69 words, beside the 250 of the shortest dispatch and the 50 of its shortest excerpt.
    least = {corpus.COPY: 0.75, corpus.EXCERPT: 0.35, corpus.VERSION: 0.55, corpus.MIXED: 0.2}
    original = {
        d: i for i, (d, kind) in enumerate(zip(plan.dispatch, plan.kind, strict=True)) if kind == corpus.ORIGINAL
    }
    for i, (dispatch, kind) in enumerate(zip(plan.dispatch, plan.kind, strict=True)):
        if kind != corpus.ORIGINAL:
            held = len(sets[i] & sets[original[dispatch]]) / min(len(sets[i]), len(sets[original[dispatch]]))
            assert held > least[kind], (corpus.KINDS[kind], held)
    strangers = [
        len(sets[i] & sets[i - 1]) / len(sets[i]) for i in range(1, n) if plan.dispatch[i] != plan.dispatch[i - 1]
    ]
    assert np.median(strangers) < 0.02


def test_about_four_hundred_words_each() -> None:
    words = [len(article["text"].split()) for article in corpus.articles(300)]
    assert 360 < np.mean(words) < 450
