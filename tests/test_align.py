"""Links, labels, moved marks and dropped sentences, on invented stories; and the figures on the labelled articles."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.align import Alignment, align
from dedup.align.judge import chances
from dedup.align.order import out_of_order
from dedup.align.pairs import product
from dedup.align.terms import key, read, stem
from dedup.align.vocabulary import CLASSES, COMMON, FUNCTION, SPEECH
from dedup.clean import sentence_furniture
from dedup.limits import LINK_LEVEL, MAX_COLUMNS, MAX_LINKS

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "alignment_dev.json"

REUTERS = [
    "KARVOS (Reuters) - Three people drowned when a ferry capsized off Karvos on Tuesday, coast guards said.",
    "The Mirela was carrying about 40 passengers from the port of Lindo, according to harbour records.",
    '"We heard a loud crack and then water came in," said passenger Eleni Dorou, who swam ashore.',
    "Transport Minister Pavel Ostrin ordered an inquiry into the safety of older ships.",
    "The operator, Blue Strait Lines, declined to comment.",
    "It was the second such accident in the strait since 2019.",
]
AP = [
    "KARVOS (AP) — A ferry sank near Karvos on Tuesday and at least three people died, officials said.",
    "Divers were searching for two crew members late in the evening.",
    "Ostrin told parliament that ships built before 1990 would be checked within a month.",
    "Fishermen pulled 22 survivors out of the cold sea, some of them children.",
]


def held(article: list[str], *, furniture: list[bool] | None = None, **wires: list[str]) -> Alignment:
    flags = {name: [False] * len(lines) for name, lines in wires.items()}
    return align(article, wires, furniture=furniture or [False] * len(article), original_furniture=flags)


def links(found: Alignment, row: int) -> set[tuple[str, int]]:
    return {(link.original, link.index) for link in found.sentences[row].links}


def labels(found: Alignment) -> list[str]:
    return [s.label for s in found.sentences]


def test_an_untouched_copy_is_verbatim_in_order_and_complete() -> None:
    found = held(REUTERS, Reuters=REUTERS)
    assert labels(found) == ["verbatim"] * len(REUTERS)
    assert all(("Reuters", i) in links(found, i) for i in range(len(REUTERS)))
    assert not any(s.moved for s in found.sentences)
    assert found.dropped == ()


def test_house_style_and_dateline_do_not_count() -> None:
    article = [
        "Three people drowned when a ferry capsized off Karvos on Tuesday, Coast Guards said.",
        "“We heard a loud crack, and then water came in”, said passenger Eleni Dorou, who swam ashore.",
    ]
    assert labels(held(article, Reuters=REUTERS)) == ["verbatim", "verbatim"]


@pytest.mark.parametrize("other", ["$5 million", "€4 million", "4 percent", "5 million"])
def test_another_figure_or_currency_is_not_verbatim(other: str) -> None:
    wire = "The harbour of Lindo will be rebuilt for $4 million by next spring."
    assert labels(held([wire.replace("$4 million", other)], AP=[wire])) == ["reworded"]


def test_a_fact_in_both_wires_links_to_both() -> None:
    found = held(["Three people died when a ferry sank off Karvos on Tuesday."], Reuters=REUTERS, AP=AP)
    assert links(found, 0) == {("Reuters", 0), ("AP", 0)}
    assert labels(found) == ["reworded"]
    assert {("Reuters", 4), ("AP", 3)} <= set(found.dropped)


def test_a_sentence_that_mixes_two_wires_links_to_each() -> None:
    article = [
        "Ostrin ordered an inquiry into the safety of older ships as fishermen pulled 22 survivors out of the sea."
    ]
    assert {("Reuters", 3), ("AP", 3)} <= links(held(article, Reuters=REUTERS, AP=AP), 0)


def test_other_words_for_the_same_fact_are_found() -> None:
    article = [
        "Blue Strait Lines, which runs the vessel, would not speak to reporters.",
        "Some 40 travellers were on the Mirela.",
    ]
    found = held(article, Reuters=REUTERS)
    assert [links(found, 0), links(found, 1)] == [{("Reuters", 4)}, {("Reuters", 1)}]


def test_what_no_wire_says_is_added() -> None:
    article = [
        "Opposition leaders demanded his resignation.",
        "Hotels in the capital reported empty beds.",
        "She said.",
    ]
    assert labels(held(article, Reuters=REUTERS, AP=AP)) == ["added"] * 3


def test_the_same_speaker_is_not_the_same_fact() -> None:
    wire = [
        "Deputy Harbour Chief Stefan Molnar said the channel would be dredged.",
        "Rain fell all week in the valley.",
    ]
    article = ["Deputy Harbour Chief Stefan Molnar said fuel prices had doubled."]
    assert labels(held(article, AP=wire)) == ["added"]


def test_a_split_is_verbatim_and_a_trim_is_not() -> None:
    wire = [
        "The mill closed in March; its owner moved the looms to Dorn, across the border.",
        "It had stood for a century.",
    ]
    split = held(["The mill closed in March.", "Its owner moved the looms to Dorn, across the border."], AP=wire)
    assert labels(split) == ["verbatim", "verbatim"]
    assert links(split, 0) == links(split, 1) == {("AP", 0)}
    trim = held(["The mill closed in March."], AP=wire)
    assert labels(trim) == ["reworded"]


def test_a_join_is_verbatim_and_links_to_all_its_parts() -> None:
    wire = ["It rained.", "The mill closed in March.", "Its owner moved the looms to Dorn, across the border."]
    found = held(["The mill closed in March; its owner moved the looms to Dorn, across the border."], AP=wire)
    assert labels(found) == ["verbatim"]
    assert links(found, 0) == {("AP", 1), ("AP", 2)}


def test_a_join_does_not_run_from_one_original_into_the_next() -> None:
    found = held(
        ["The mill closed in March, and the looms moved to Dorn."],
        AP=["The mill closed in March."],
        Reuters=["And the looms moved to Dorn."],
    )
    assert labels(found) == ["reworded"]


def test_moved_sentences_are_the_fewest_that_restore_the_order() -> None:
    article = [REUTERS[0], REUTERS[4], *REUTERS[1:4]]
    found = held(article, Reuters=REUTERS)
    assert [s.moved for s in found.sentences] == [False, True, False, False, False]


def test_a_short_sentence_is_never_moved() -> None:
    wire = [*REUTERS[:3], "Nobody knew."]
    assert not any(s.moved for s in held(["Nobody knew.", *REUTERS[:3]], Reuters=wire).sentences)


def test_shuffled_blocks_keep_their_links() -> None:
    article = [*REUTERS[3:], *REUTERS[:3]]
    found = held(article, Reuters=REUTERS)
    assert all(("Reuters", (i + 3) % 6) in links(found, i) for i in range(6))


def test_furniture_is_never_linked_and_never_dropped() -> None:
    article = ["Photo: the Mirela in port", REUTERS[3]]
    wires = {"Reuters": ["Photo: the Mirela in port", *REUTERS[3:5]]}
    found = align(article, wires, furniture=[True, False], original_furniture={"Reuters": [True, False, False]})
    assert labels(found) == ["furniture", "verbatim"]
    assert links(found, 0) == set()
    assert links(found, 1) == {("Reuters", 1)}
    assert found.dropped == (("Reuters", 2),)


@pytest.mark.parametrize(
    ("article", "wires"),
    [
        ([], {"AP": AP}),
        (AP, {}),
        (AP, {"AP": []}),
        ([""], {"AP": [""]}),
        (["…", "—"], {"AP": ["!", "—"]}),
        (["a"], {"AP": ["a"]}),
    ],
)
def test_empty_and_wordless_inputs(article: list[str], wires: dict[str, list[str]]) -> None:
    found = held(article, **wires)
    assert len(found.sentences) == len(article)
    assert check(found, article, wires)


def test_scripts_without_spaces() -> None:
    wire = ["周二，一艘渡轮在卡尔沃斯岛附近沉没，三人死亡。", "运输部长下令调查旧船的安全。", "公司拒绝置评。"]
    found = held(["运输部长周三下令对旧船安全展开调查。", "一艘渡轮在卡尔沃斯岛附近沉没，三人死亡。"], AFP=wire)
    assert [links(found, 0), links(found, 1)] == [{("AFP", 1)}, {("AFP", 0)}]


def test_another_language_needs_no_word_list() -> None:
    wire = [
        "Drei Menschen ertranken, als am Dienstag vor Karvos eine Fähre kenterte.",
        "Die Reederei Blaulinie schwieg dazu.",
    ]
    found = held(["Vor Karvos kenterte eine Fähre, drei Menschen ertranken.", "Der Hafen wird ausgebaut."], dpa=wire)
    assert links(found, 0) == {("dpa", 0)}
    assert labels(found) == ["reworded", "added"]


# ---------------------------------------------------------------- parts


def test_keys_and_stems() -> None:
    assert key("OSLO (AP) — “We won’t re-run it,” he said.") == key('"We won\'t rerun it" he said')
    assert key("Sen. Ann Roe (R-Ohio) won") != key("won")
    assert key("It cost £5") != key("It cost $5")
    assert {stem(w) for w in ("investigate", "investigated", "investigator", "investigations")} == {"investig"}


def test_word_lists_are_sound() -> None:
    swapped = [word for line in CLASSES.replace("\n  ", " ").split("\n") for word in line.split()]
    assert len(swapped) == len(set(swapped))
    assert not set(swapped) & FUNCTION
    assert not SPEECH & FUNCTION and not COMMON & (FUNCTION | SPEECH)
    assert all(word == word.lower() and word.isalpha() for word in swapped)


def test_reading_leaves_speakers_out_of_the_terms() -> None:
    reading = read(["Mayor Ann Roe said the bridge fell."])
    assert len(reading.stem) == 7
    assert len(reading.term) == 3  # said, bridge, fell


def longest_by_trying(columns: list[int]) -> int:
    best = [1] * len(columns)
    for i in range(len(columns)):
        best[i] += max((best[j] for j in range(i) if columns[j] <= columns[i]), default=0)
    return max(best, default=0)


@given(st.lists(st.integers(0, 9), max_size=30))
def test_out_of_order_leaves_a_longest_run(columns: list[int]) -> None:
    away = out_of_order(columns)
    kept = [c for i, c in enumerate(columns) if i not in away]
    assert kept == sorted(kept)
    assert len(kept) == longest_by_trying(columns)


# ---------------------------------------------------------------- invariants


def check(found: Alignment, article: list[str], wires: dict[str, list[str]]) -> bool:
    """Labels agree with links, links are inside the originals and in order, dropped is what nothing links to."""
    linked = set()
    for sentence in found.sentences:
        places = [(list(wires).index(link.original), link.index) for link in sentence.links]
        assert places == sorted(set(places))
        assert all(0 <= link.index < len(wires[link.original]) and 0 <= link.score <= 1 for link in sentence.links)
        assert (sentence.label in ("verbatim", "reworded")) == bool(sentence.links)
        assert sentence.links or not sentence.moved
        linked |= {(link.original, link.index) for link in sentence.links}
    every = {(name, i) for name, lines in wires.items() for i in range(len(lines))}
    assert set(found.dropped) == every - linked
    return len(found.sentences) == len(article)


PIECES = st.sampled_from(
    [*REUTERS, *AP, "He said.", "", "Ο πλους χάθηκε.", "船沉没了。", REUTERS[0][:60], "U.S. 5 5 5 $5"]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PIECES, max_size=8),
    st.dictionaries(st.sampled_from(["AP", "Reuters", "x y"]), st.lists(PIECES, max_size=8), max_size=3),
)
def test_invariants(article: list[str], wires: dict[str, list[str]]) -> None:
    assert check(held(article, **wires), article, wires)


def story(count: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    return [
        " ".join(rng.choices([f"w{int(rng.paretovariate(0.6))}" for _ in range(40)], k=20)) + "." for _ in range(count)
    ]


def test_large_inputs_run_in_blocks_and_still_find_their_copies() -> None:
    wire = story(MAX_COLUMNS + 300, 1)
    article = [wire[i] for i in range(0, len(wire), 8)] + story(50, 2)
    found = held(article, AP=wire)
    copies = len(range(0, len(wire), 8))
    assert labels(found)[:copies] == ["verbatim"] * copies
    assert check(found, article, {"AP": wire})


def test_a_text_that_repeats_itself_is_capped() -> None:
    found = held([REUTERS[1]] * 400, AP=[REUTERS[1]] * 1_000)
    assert all(0 < len(s.links) <= 2 * MAX_LINKS and s.label == "verbatim" for s in found.sentences)


def test_time_grows_with_the_article_and_no_faster() -> None:
    wire = story(60, 3)
    times = []
    for rows in (300, 1_200):
        article = story(rows, 4)
        start = time.perf_counter()
        held(article, AP=wire)
        times.append(time.perf_counter() - start)
    assert times[1] < 8 * times[0] + 0.2


def test_the_same_answer_for_any_hash_seed_and_no_heavy_imports() -> None:
    code = (
        "import sys; from dedup.align import align;"
        f"r={REUTERS!r}; a={AP!r};"
        "flags = {'R': [False] * 6, 'A': [False] * 3};"
        "print(align(a + r[:3], {'R': r, 'A': a[1:]}, furniture=[False] * 7, original_furniture=flags));"
        "print([m for m in ('numba', 'scipy', 'datasketch', 'nupunkt') if m in sys.modules])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert runs.pop().strip().endswith("[]")


# ---------------------------------------------------------------- figures


@pytest.mark.skipif(not GOLD.exists(), reason="../shared/gold/alignment_dev.json is not there")
def test_figures_on_the_labelled_articles() -> None:
    """Floors under what fit_align.py reports as fitted; left out, links are .003 lower and labels .002."""
    sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
    import fit_align

    items = json.loads(GOLD.read_text(encoding="utf-8"))
    good = total = 0
    loaded = fit_align.load(GOLD)
    found = {item.id: chances(item.block) for item in loaded}
    seen = fit_align.figures(loaded, found, LINK_LEVEL)
    assert seen["link"] >= 0.845
    assert seen["dropped"] >= 0.955
    for item in items:
        wires = item["wires"]
        flags = sentence_furniture(item["article"], originals=list(wires.values()))
        other = {name: sentence_furniture(lines) for name, lines in wires.items()}
        answer = align(item["article"], wires, furniture=flags, original_furniture=other)
        good += sum(a.label in gold["labels"] for a, gold in zip(answer.sentences, item["sentences"], strict=True))
        total += len(item["sentences"])
    assert good / total >= 0.91


@pytest.mark.parametrize(
    ("rows", "depth", "columns"), [(0, 3, 4), (3, 0, 4), (30, 250, 80), (64, 900, 513), (5, 90_000, 2)]
)
def test_product_by_tiles(rows: int, depth: int, columns: int) -> None:
    rng = np.random.default_rng(1)
    a, b = rng.random((rows, depth)), rng.random((depth, columns))
    assert np.allclose(product(a, b), a @ b)
