"""sign: plain definition, NumPy twin, kernel and datasketch agree; folding; interchange; what must not matter."""

import dataclasses
import os
import random
import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from datasketch import LeanMinHash, MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import limits
from dedup.errors import UsageError
from dedup.model import Shingled
from dedup.sign import (
    from_datasketch,
    mix,
    permutations,
    quotes,
    shingle_hash,
    sign,
    sketch,
    tables,
    texts_of,
    to_datasketch,
    tokens,
    twin,
)
from dedup.sign.plain import token_hash, tokens_quoted

Spans = list[tuple[int, int]]
K = limits.SHINGLE_TOKENS


@pytest.fixture
def four(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shingles of four tokens, whatever the tool's number is."""
    monkeypatch.setattr(limits, "SHINGLE_TOKENS", 4)


# ---------------------------------------------------------------- the definition, written out


def defined(text: str, spans: Spans) -> tuple[list[bytes], list[bool], list[int], list[int], int]:
    """Shingles, quoted flags, line hashes, line counts and number of tokens of one text, straight from the words."""
    pairs: list[tuple[str, bool]] = []
    lines: list[list[str]] = []
    for start, end in spans:
        pairs += tokens_quoted(text[start:end])
        story = text[start:end].translate({ord(c): "\n" for c in "\r\u2028\u2029"})
        lines += [tokens(line) for line in story.split("\n")]
    lines = [line for line in lines if line]
    k = limits.SHINGLE_TOKENS
    windows = [pairs[i : i + k] for i in range(len(pairs) - k + 1)]
    starts = np.cumsum([0, *map(len, lines)]).tolist()
    return (
        [" ".join(word for word, _ in window).encode("utf-8", "replace") for window in windows],
        [any(quoted for _, quoted in window) for window in windows],
        [line_hash(line) for line in lines],
        [max(0, min(end, len(windows)) - start) for start, end in pairwise(starts)],
        len(pairs),
    )


def line_hash(line: list[str]) -> int:
    return mix.fmix32(sum(token_hash(word) * (2 * i + 1) for i, word in enumerate(line)) % 2**32)


def check_against_definition(done: Shingled, texts: list[str], spans: list[Spans]) -> None:
    for i, (text, of_text) in enumerate(zip(texts, spans, strict=True)):
        shingles, quoted, line_hashes, line_counts, n = defined(text, of_text)
        here = slice(done.offsets[i], done.offsets[i + 1])
        lines = slice(done.line_offsets[i], done.line_offsets[i + 1])
        assert done.tokens[i] == n
        assert done.hashes[here].tolist() == [shingle_hash(s) for s in shingles]
        assert done.quoted[here].tolist() == quoted
        assert done.line_hashes[lines].tolist() == line_hashes
        assert done.line_counts[lines].tolist() == line_counts
        theirs = MinHash(num_perm=128, seed=1, scheme="affine32", hashfunc=shingle_hash)
        theirs.update_batch(shingles)
        assert (theirs.hashvalues == done.signatures[i]).all()


def same(a: Shingled, b: Shingled) -> None:
    for field in dataclasses.fields(Shingled):
        left, right = getattr(a, field.name), getattr(b, field.name)
        assert left.dtype == right.dtype and left.shape == right.shape and (left == right).all(), field.name


# Letters of every kind the tables know, with gaps and marks often enough that tokens and quotations come out short.
NASTY = (
    "ab é ’ ' \u00ad\u200b0 7 \u0301 \n\r\u2028\u2029 “ ” „ « » \" ‘ 新 が ｶ ไ ก \u0e34 한 का е Ρ ﬁ Ａ 𝐚 𠮷 "
    "\U000e0041 🙂 \ufffd \x00 _-. \U00100000"
)
STORY = st.text(st.one_of(st.sampled_from(NASTY), st.characters(exclude_categories=["Cs"])), max_size=80)


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[str], list[Spans]]:
    texts = draw(st.lists(STORY, max_size=4))
    spans = []
    for text in texts:
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        spans.append(list(zip(cuts[::2], cuts[1::2], strict=False)) if draw(st.booleans()) else [(0, len(text))])
    return texts, spans


@settings(deadline=None, max_examples=100)
@given(stories(), st.integers(1, 5))
def test_kernel_twin_datasketch_and_definition_agree(batch: tuple[list[str], list[Spans]], k: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "SHINGLE_TOKENS", k)
        arrays = texts_of(*batch)
        done = sign(arrays, compiled=True)
        same(done, sign(arrays, compiled=False))
        check_against_definition(done, *batch)


@pytest.mark.parametrize("compiled", [True, False])
def test_long_texts_agree_with_the_definition(compiled: bool) -> None:
    pick = random.Random(7)
    texts = ["".join(pick.choices(NASTY + "abcdefgh    ", k=pick.randrange(3000))) for _ in range(8)]
    spans: list[Spans] = [[(0, len(text) // 3), (len(text) // 2, len(text))] for text in texts]
    check_against_definition(sign(texts_of(texts, spans), compiled=compiled), texts, spans)


def test_slices_do_not_show_in_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = texts_of(["one two three four five six " * 5, "", "a b c d e", "seven"] * 6)
    whole = twin.sign(arrays)
    monkeypatch.setattr(limits, "TWIN_SLICE_POINTS", 130)
    same(whole, twin.sign(arrays))


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("compiled", [True, False])
def test_no_texts_and_empty_texts(compiled: bool) -> None:
    assert sign(texts_of([]), compiled=compiled).signatures.shape == (0, 128)
    done = sign(
        texts_of(["", " \n", "— …", "three words only"], [[], [(0, 2)], [(0, 3)], [(0, 16)]]), compiled=compiled
    )
    assert (done.signatures == 2**32 - 1).all() and not len(done.hashes)
    assert done.tokens.tolist() == [0, 0, 0, 3]
    assert done.line_counts.tolist() == [0] and done.line_offsets.tolist() == [0, 0, 0, 0, 1]


# ---------------------------------------------------------------- shingles, lines, spans


@pytest.mark.usefixtures("four")
def test_shingles_run_across_lines_and_furniture_but_tokens_and_texts_do_not() -> None:
    text = "Rain fell\nAdvertisement\non the hills"
    story = [(0, 10), (24, 36)]
    done = sign(texts_of([text, "today again it rained"], [story, [(0, 21)]]), compiled=False)
    assert done.hashes.tolist() == [
        shingle_hash(s) for s in (b"rain fell on the", b"fell on the hills", b"today again it rained")
    ]
    assert done.line_counts.tolist() == [2, 0, 1]
    cut = sign(texts_of(["overnight"], [[(0, 4), (4, 9)]]), compiled=False)
    assert cut.tokens.tolist() == [2]


def test_a_line_hash_depends_on_its_words_and_their_order_only() -> None:
    a, b, c = (
        sign(texts_of([t]), compiled=False).line_hashes.tolist()
        for t in ("Follow us!\nx", "x\r\n\r\nFOLLOW — us", "us follow")
    )
    assert a == b[::-1] and c[0] != a[0]


def test_quoted_shingles_are_those_that_touch_a_quotation() -> None:
    flags = [quoted for _, quoted in tokens_quoted("He said: “We won’t go,” and ‘never’ again")]
    assert flags == [False, False, True, True, True, False, True, False]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('a "b c" d "e', "bce"),
        ("a “b “c” d", "bc"),  # a mark repeated at a paragraph's start opens nothing new
        ("a „b“ c „d” e", "bd"),
        ("a «b» c", "b"),
        ("“a\nb”", "a"),  # an open quotation ends with its line
        ("a 'b c' d", "bc"),
        ("a o'b c d's e", ""),  # apostrophes
        ("a '90s b", ""),
        ("a ’b c’", ""),  # ’ never opens
        ("“a ‘b’ c” d", "abc"),
        ("‘a “b” c’ d", "abc"),
    ],
)
def test_quotation_marks(text: str, inside: str) -> None:
    assert [word for word, quoted in tokens_quoted(text) if quoted] == list(inside)


# ---------------------------------------------------------------- folding


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Don't DON’T dont don‘t", ["dont"] * 4),
        ("Straße İstanbul ŉ", ["strase", "istanbul", "n"]),
        ("Škoda S\u030ckoda Łódź Århus", ["skoda", "skoda", "lodz", "arhus"]),
        ("so\u00adft zero\u200bwidth b\u202ei\u2066di", ["soft", "zerowidth", "bidi"]),
        ("Ｆｕｌｌ ｗｉｄｔｈ １２ ٣٤ ५", ["full", "width", "12", "34", "5"]),
        ("Moscоw МОSCOW", ["moscow", "moscow"]),  # Cyrillic letters among them
        ("Αthens athεns NΑΤΟ", ["athens", "athens", "nato"]),  # Greek ones
        ("Νew Υork", ["new", "york"]),
        ("Война ВОЙНА", ["boиha", "boиha"]),
        ("3.5 1,200 U.S.", ["3", "5", "1", "200", "u", "s"]),
        ("東京タワー2020年", ["東", "京", "タ", "ワ", "ー", "2020", "年"]),
        ("ﾀﾜｰ は\u3099", ["タ", "ワ", "ー", "は"]),
        ("서울 시민", ["서울", "시민"]),
        ("ภาษา", ["ภ", "า", "ษ", "า"]),
        ("की का", ["की", "का"]),  # dependent vowels are marks, yet tell the words apart
        ("𝐁old 𠮷野", ["bold", "𠮷", "野"]),
        ("flag🇺🇸 1\ufe0f\u20e3 tag\U000e0067", ["flag", "1", "tag"]),
        ("snake_case re-run", ["snake", "case", "re", "run"]),
    ],
)
def test_tokens(written: str, folded: list[str]) -> None:
    assert tokens(written) == folded


def test_folding_twice_is_folding_once() -> None:
    folded = {tables.fold(chr(point)) for point in range(0x30000)}
    assert {letter for letter in folded if letter and tables.fold(letter) != letter} == set()


def test_the_table_says_what_the_definition_says() -> None:
    special = {"": tables.IGNORED, " ": tables.GAP, "\n": tables.LINE}
    table = tables.values().tolist()
    assert len(table) == sys.maxunicode + 1
    sampled = (*range(0x20000), *range(0x20000, len(table), 97), 0x3FFFF, 0x40000, 0xE0000, 0xE0FFF, 0xE1000)
    for point, entry in ((point, table[point]) for point in sampled):
        folded = tables.fold(chr(point))
        expected = special[folded] if folded in special else tables.value(folded)
        assert entry == quotes.MARKS.get(chr(point), expected), hex(point)


def test_values_of_letters_are_distinct_and_no_letter_looks_like_a_mark() -> None:
    values = {letter: tables.value(letter) for letter in map(tables.fold, map(chr, range(0x30000))) if letter.strip()}
    assert len(set(values.values())) == len(values)
    assert all(value > quotes.LAST_MARK for value in values.values())


def test_plain_ranges_fold_to_themselves() -> None:
    for low, high in tables._PLAIN:
        for char in map(chr, range(low, high)):
            assert unicodedata.category(char)[0] in "LN" and char.casefold() == char


# ---------------------------------------------------------------- what must not matter (threat: look-alikes)

LOOK_ALIKES = str.maketrans("aceopxyiABEHKMOPTX", "асеорхуіАВЕНКМОРТХ")


@st.composite
def disguised(draw: st.DrawFn) -> tuple[str, str]:
    word = st.text("abcdeiopxyABEHKMOPTX", min_size=1, max_size=8)
    words = draw(st.lists(word, min_size=K, max_size=12))
    changed = [draw(st.sampled_from([w, w.translate(LOOK_ALIKES), w.swapcase()])) for w in words]
    hidden = [w[:1] + draw(st.sampled_from(["", "\u200b", "\u00ad", "\u2060", "’", "\u0301"])) + w[1:] for w in changed]
    gap = st.sampled_from([" ", "\u00a0", "\u200b ", " — ", "\n", ", "])
    return " ".join(words), "".join(w + draw(gap) for w in hidden)


@settings(deadline=None)
@given(disguised())
def test_disguises_do_not_change_a_signature(pair: tuple[str, str]) -> None:
    done = sign(texts_of(list(pair)), compiled=False)
    assert (done.signatures[0] == done.signatures[1]).all()
    assert len(set(done.offsets[1:] - done.offsets[:-1])) == 1


def test_as_written_and_folded_shingles_hash_alike() -> None:
    written = "Côte d’Ivoire’s 東 Ｎew"
    assert shingle_hash(written.encode()) == shingle_hash(" ".join(tokens(written)).encode())
    assert shingle_hash(b"a b c") != shingle_hash(b"b a c")


# ---------------------------------------------------------------- quality of the hashes


def test_hashes_collide_no_more_than_chance() -> None:
    words = [f"{a}{b}{c}" for a in "bdgklm" for b in "aeiou" for c in "nrst"]  # 120, all of one shape
    text = " ".join(random.Random(3).choices(words, k=200_000))
    hashes = sign(texts_of([text]), compiled=True).hashes
    parts = tokens(text)
    distinct = len(set(zip(*(parts[i:] for i in range(K)), strict=False)))
    expected = distinct**2 / 2**33
    assert distinct - len(np.unique(hashes)) < expected + 6 * expected**0.5 + 1
    ones = np.unpackbits(np.unique(hashes).view(np.uint8)).mean()
    assert abs(ones - 0.5) < 0.002


def test_signatures_estimate_jaccard() -> None:
    pick = random.Random(5)
    errors = []
    for shared in range(20, 400, 4):
        words = [f"w{pick.randrange(10**6)}" for _ in range(400)]
        other = words[:shared] + [f"w{pick.randrange(10**6)}" for _ in range(400 - shared)]
        done = sign(texts_of([" ".join(words), " ".join(other)]), compiled=False)
        a, b = (set(done.hashes[done.offsets[i] : done.offsets[i + 1]].tolist()) for i in (0, 1))
        errors.append((done.signatures[0] == done.signatures[1]).mean() - len(a & b) / len(a | b))
    assert np.sqrt(np.mean(np.square(errors))) < 0.045  # theory: at most 0.044 for 128 permutations, 0.035 on average
    assert abs(np.mean(errors)) < 0.012


# ---------------------------------------------------------------- datasketch


def test_permutations_are_datasketchs() -> None:
    theirs = MinHash(num_perm=128, seed=1, scheme="affine32").permutations
    assert (permutations() == theirs).all() and permutations().dtype == theirs.dtype


def test_signatures_go_to_datasketch_and_back() -> None:
    row = sign(texts_of(["one two three four five six"]), compiled=False).signatures[0]
    lean = to_datasketch(row)
    assert isinstance(lean, LeanMinHash) and lean.jaccard(to_datasketch(row)) == 1.0
    assert (from_datasketch(lean) == row).all()
    assert (from_datasketch(MinHash(128, hashvalues=row, scheme="affine32")) == row).all()


@pytest.mark.parametrize(
    "other", [MinHash(128, seed=2), MinHash(64), MinHash(128, scheme="legacy"), MinHash(128, scheme="affine64")]
)
def test_signatures_of_another_make_are_refused(other: MinHash) -> None:
    with pytest.raises(UsageError, match="expected"):
        from_datasketch(other)


# ---------------------------------------------------------------- arrays in, compiling


@given(st.lists(st.text(st.characters(), max_size=9), max_size=5))
def test_texts_of_keeps_every_code_point(texts: list[str]) -> None:
    batch = texts_of(texts)
    assert batch.points.tolist() == [ord(c) for text in texts for c in text]
    assert np.diff(batch.offsets).tolist() == [len(text) for text in texts]
    assert batch.spans.tolist() == [[a, b] for a, b in pairwise(batch.offsets.tolist())]
    assert {batch.points.dtype, batch.offsets.dtype, batch.spans.dtype} == {np.dtype("u4"), np.dtype("i8")}


def run_python(code: str, **environment: str) -> str:
    """What a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[1],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def test_importing_sign_imports_neither_numba_nor_datasketch() -> None:
    code = "import sys, dedup.sign as s; s.sign(s.texts_of(['a']), compiled=False); print(*sys.modules)"
    assert not {"numba", "datasketch", "scipy"} & set(run_python(code).split())


def test_the_first_compilation_is_announced_and_the_second_run_has_none(tmp_path: os.PathLike[str]) -> None:
    run = "s.sign(s.texts_of(['a']), compiled=True, on_compile=lambda: print('compiling'))"
    code = f"import dedup.sign as s; {run}; {run}"
    outputs = [run_python(code, NUMBA_CACHE_DIR=str(tmp_path)) for _ in range(2)]
    assert outputs == ["compiling\n", ""]


def test_an_empty_signature_is_datasketchs() -> None:
    assert sketch.EMPTY == 2**32 - 1
