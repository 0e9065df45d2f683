"""Kernel: code points -> Shingled, compiled by numba. The same bits as twin.py, about twenty times faster.

Text by text, everything in small buffers that stay in the processor's cache:
1. `tokenise` walks the letters. Its usual path has no branch that depends on the text: the state of the token so far is
   stored at every letter, and the number of tokens grows by 0 or 1. Words end at unpredictable places, and a
   mispredicted branch costs as much as five letters. What is rare (line ends, quotation marks, apostrophes, letters on
   their own) has an odd value and takes one branch, which is predicted well. Marks and line ends are only noted down;
   `_line_ends` and `_switches` go through them afterwards.
2. `finish`, `_shingle` and `_lines` turn states into hashes, in loops that LLVM turns into vector instructions.
3. `_permute` takes 8 shingles at a time through the 128 lanes, so that a lane is loaded and stored once for 8 products.
   Repeated shingles are simply done again: finding them costs more than their 128 products.

Measured (tests/benchmarks/bench_sign.py): tokenising 1.0 ns a letter, the permutations 0.8, all else 0.5. Tried:
- FNV-1a with a branch at each letter, as one writes it first: 2.7 ns a letter for the tokens alone.
- Quotations in the letter loop: the processor runs out of registers, 1.5 ns a letter instead of 1.3 (at that time).
- A table of planes 0 and 1 and a rule beyond, with a test at each letter: 1.3 ns instead of 1.0.
- Other sketches (one permutation hashing, fewer lanes) save at most the 0.8 and are not datasketch's bits.
"""

# numba compiles these bodies; type annotations on them would be neither read nor checked.
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numba
import numpy as np

from dedup import compiled, limits
from dedup.model import Shingled, Texts
from dedup.sign import mix, quotes, sketch, tables

_ZERO, _ONE = np.uint64(0), np.uint64(1)
_IGNORED, _LINE = np.uint64(tables.IGNORED), np.uint64(tables.LINE)
_LAST_DOUBLE, _LAST_MARK = np.uint64(quotes.CLOSING), np.uint64(quotes.LAST_MARK)
_NEITHER, _DIGIT, _LETTER, _CLOSED = quotes.NEITHER, quotes.DIGIT, quotes.LETTER, quotes.CLOSED
_TURN, _TURN_BACK = np.uint64(mix.TURN), np.uint64(64 - mix.TURN)
_FINISH = np.uint64(mix.FINISH)
_STEP = np.uint32(mix.SHINGLE_STEP)
_FMIX_1, _FMIX_2 = np.uint32(mix.FMIX_1), np.uint32(mix.FMIX_2)
_EMPTY = np.uint32(sketch.EMPTY)


_turn = numba.njit(nogil=True)(quotes.turn)


@numba.njit(nogil=True)
def _beside(points, i, values):
    """What stands at `i` of a span, as quotes.py wants it."""
    if i < 0 or i >= len(points):
        return _NEITHER
    value = values[points[i]]
    if value <= _LAST_MARK:
        return _NEITHER
    return _DIGIT if 48 <= points[i] < 58 else _LETTER


@numba.njit(nogil=True)
def tokenise(story, values, n, states, mark_places, mark_tokens):
    """Walks the letters of one story span. Returns the number of tokens and of marks (line ends count as marks).

    n: tokens before this span. states: filled with the 64-bit states of the tokens, from n on; room for one more than
    there are letters. mark_places: filled with where the marks stand in the span; mark_tokens: with how many tokens
    start before each.
    """
    state = inside = place = marks = _ZERO  # unsigned: numba then has no negative index to look out for
    for point in story:
        value = values[point]
        states[n] = state
        if value & _ONE:
            if value != _IGNORED:
                if value <= _LAST_DOUBLE or value > _LAST_MARK:
                    n += inside
                    state = inside = _ZERO
                if value > _LAST_MARK:
                    states[n] = value
                    n += _ONE
                else:
                    mark_places[marks] = place
                    mark_tokens[marks] = n + inside
                    marks += _ONE
        else:
            letter = _ONE if value != _ZERO else _ZERO
            n += inside & (_ONE - letter)
            state = (((state << _TURN) | (state >> _TURN_BACK)) ^ value) & (_ZERO - letter)
            inside = letter
        place += _ONE
    states[n] = state
    return int(n + inside), int(marks)


@numba.njit(nogil=True)
def _line_ends(story, values, mark_places, mark_tokens, marks, first, n, lines, line_ends):
    """Line ends of one span, as numbers of tokens, appended to `line_ends`. Lines without tokens have none.

    first, n: tokens before the span and up to its end. Returns how many lines there are now.
    """
    start = first
    for mark in range(marks + 1):
        at_end = mark == marks
        if at_end or values[story[mark_places[mark]]] == _LINE:
            end = n if at_end else mark_tokens[mark]
            if end > start:
                line_ends[lines] = end
                lines += 1
                start = end
    return lines


@numba.njit(nogil=True)
def _switches(story, values, mark_places, mark_tokens, marks, n, switched, switches):
    """Where quotations of one span start and end, in turn, as numbers of tokens, appended to `switches`."""
    double = single = _CLOSED
    for mark in range(marks):
        place = mark_places[mark]
        value = values[story[place]]
        was_open = double + single != _CLOSED
        if value == _LINE:
            double = single = _CLOSED
        else:
            before, after = _beside(story, place - 1, values), _beside(story, place + 1, values)
            double, single = _turn(int(value), before, after, double, single)
        if (double + single != _CLOSED) != was_open:
            switches[switched] = mark_tokens[mark]
            switched += 1
    if double + single != _CLOSED:
        switches[switched] = n
        switched += 1
    return switched


@numba.njit(nogil=True)
def _fmix32(x):
    x = np.uint32((x ^ (x >> np.uint32(16))) * _FMIX_1)
    x = np.uint32((x ^ (x >> np.uint32(13))) * _FMIX_2)
    return np.uint32(x ^ (x >> np.uint32(16)))


@numba.njit(nogil=True)
def finish(states, n, tokens):
    """64-bit states -> 32-bit token hashes."""
    for i in range(n):
        x = states[i]
        tokens[i] = np.uint32(((x ^ (x >> np.uint64(32))) * _FINISH) >> np.uint64(32))


@numba.njit(nogil=True)
def _shingle(tokens, n, k, hashes, mixed):
    """Token hashes -> shingle hashes, and those once more mixed as the affine32 scheme wants them. Returns how many."""
    count = max(0, n - k + 1)
    for i in range(count):
        hashes[i] = tokens[i]
    for j in range(1, k):
        for i in range(count):
            hashes[i] = np.uint32(hashes[i] * _STEP + tokens[i + j])
    for i in range(count):
        hashes[i] = _fmix32(hashes[i])
        mixed[i] = _fmix32(hashes[i])
    return count


@numba.njit(nogil=True)
def _mark_quoted(switches, switched, k, count, quoted):
    """Marks each shingle of which at least one token stands in a quotation."""
    for i in range(count):
        quoted[i] = False
    for q in range(0, switched, 2):
        start, end = switches[q], min(switches[q + 1], count)
        if switches[q] < switches[q + 1]:
            for i in range(max(0, start - k + 1), end):
                quoted[i] = True


@numba.njit(nogil=True)
def _lines(tokens, count, line_ends, lines, line_hashes, line_counts):
    """Token hashes -> a hash per line and the number of shingles that start in it."""
    start = 0
    for line in range(lines):
        end = line_ends[line]
        total = np.uint32(0)
        for i in range(start, end):
            total = np.uint32(total + np.uint32(tokens[i] * np.uint32(2 * (i - start) + 1)))
        line_hashes[line] = _fmix32(total)
        line_counts[line] = max(0, min(end, count) - start)
        start = end


@numba.njit(nogil=True)
def _permute(mixed, count, a, b, row):
    """Mixed shingle hashes -> the minimum of each permutation, into `row`."""
    lanes = len(row)
    for j in range(lanes):
        row[j] = _EMPTY
    whole = count - count % 8
    for i in range(0, whole, 8):
        x0, x1, x2, x3 = mixed[i], mixed[i + 1], mixed[i + 2], mixed[i + 3]
        x4, x5, x6, x7 = mixed[i + 4], mixed[i + 5], mixed[i + 6], mixed[i + 7]
        for j in range(lanes):
            f, g = a[j], b[j]
            low = min(np.uint32(f * x0 + g), np.uint32(f * x1 + g))
            low = min(low, np.uint32(f * x2 + g))
            low = min(low, np.uint32(f * x3 + g))
            low = min(low, np.uint32(f * x4 + g))
            low = min(low, np.uint32(f * x5 + g))
            low = min(low, np.uint32(f * x6 + g))
            low = min(low, np.uint32(f * x7 + g))
            row[j] = min(row[j], low)
    for i in range(whole, count):
        x = mixed[i]
        for j in range(lanes):
            row[j] = min(row[j], np.uint32(a[j] * x + b[j]))


def _sign(
    points, spans, span_offsets, values, a, b, k, longest,
    signatures, hashes, offsets, quoted, line_hashes, line_counts, line_offsets, counts,
):  # fmt: skip
    """The whole batch. `longest`: story code points of the longest text. The second line of arguments is filled."""
    states = np.empty(longest + 1, np.uint64)
    tokens = np.empty(longest + 1, np.uint32)
    mixed = np.empty(longest + 1, np.uint32)
    mark_places = np.empty(longest + 1, np.int64)
    mark_tokens = np.empty(longest + 1, np.int64)
    line_ends = np.empty(longest + 1, np.int64)
    switches = np.empty(2 * longest + 2, np.int64)  # a span of one mark opens and closes
    at = 0
    line_at = 0
    for t in range(len(counts)):
        n = lines = switched = 0
        for s in range(span_offsets[t], span_offsets[t + 1]):
            story, first = points[spans[s, 0] : spans[s, 1]], n
            n, marks = tokenise(story, values, np.uint64(n), states, mark_places, mark_tokens)
            lines = _line_ends(story, values, mark_places, mark_tokens, marks, first, n, lines, line_ends)
            switched = _switches(story, values, mark_places, mark_tokens, marks, n, switched, switches)
        finish(states, n, tokens)
        count = _shingle(tokens, n, k, hashes[at:], mixed)
        _mark_quoted(switches, switched, k, count, quoted[at:])
        _lines(tokens, count, line_ends, lines, line_hashes[line_at:], line_counts[line_at:])
        _permute(mixed, count, a, b, signatures[t])
        counts[t] = n
        at += count
        line_at += lines
        offsets[t + 1] = at
        line_offsets[t + 1] = line_at


def sign(batch: Texts, on_compile: Callable[[], None] | None = None) -> Shingled:
    """Signs a batch with the compiled kernel. Releases the GIL. Cost: 0.1 s of CPU per 20,000 articles of 400 words.

    on_compile: called once, before a compilation of some seconds, and only then: never when the kernel is kept.
    """
    with compiled.announced(on_compile):
        run = _kernel()
    n = len(batch.offsets) - 1
    points_of_span = np.concatenate(([0], np.cumsum(batch.spans[:, 1] - batch.spans[:, 0])))
    points_of_text = np.diff(points_of_span[batch.span_offsets])
    room, longest = int(points_of_text.sum()), int(points_of_text.max(initial=0))
    a, b = sketch.permutations()
    signatures = np.empty((n, limits.NUM_PERM), np.uint32)
    hashes, line_hashes = np.empty(room, np.uint32), np.empty(room, np.uint32)  # touched only as far as they are filled
    line_counts, tokens = np.empty(room, np.int32), np.empty(n, np.int32)
    quoted = np.empty(room, np.bool_)
    offsets, line_offsets = np.zeros(n + 1, np.int64), np.zeros(n + 1, np.int64)
    run(
        batch.points, batch.spans, batch.span_offsets, tables.values(), a, b, limits.SHINGLE_TOKENS, longest,
        signatures, hashes, offsets, quoted, line_hashes, line_counts, line_offsets, tokens,
    )  # fmt: skip
    return Shingled(
        signatures=signatures,
        hashes=hashes[: offsets[-1]].copy(),
        offsets=offsets,
        quoted=quoted[: offsets[-1]].copy(),
        line_hashes=line_hashes[: line_offsets[-1]].copy(),
        line_counts=line_counts[: line_offsets[-1]].copy(),
        line_offsets=line_offsets,
        tokens=tokens,
    )


# ---------------------------------------------------------------- compiling

_COMPILED = ("kernel.py", "mix.py", "quotes.py", "sketch.py", "tables.py")


def _read(dtype: Any, dimensions: int = 1) -> Any:
    return numba.types.Array(dtype, dimensions, "C", readonly=True)


def _signature() -> Any:
    u32, u64, i32, i64 = numba.uint32, numba.uint64, numba.int32, numba.int64
    return numba.void(
        _read(u32), _read(i64, 2), _read(i64), _read(u64), _read(u32), _read(u32), i64, i64,
        u32[:, ::1], u32[::1], i64[::1], numba.boolean[::1], u32[::1], i32[::1], i64[::1], i32[::1],
    )  # fmt: skip


@cache
def _kernel() -> Any:
    return compiled.kept(_sign, Path(__file__).parent, _COMPILED, _signature())
