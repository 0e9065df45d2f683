"""Twin: code points -> Shingled in plain NumPy. The same bits as kernel.py, without a compiler.

All letters of a slice of texts at once: a token is a run of letters with nothing but ignored characters between them;
its state is the xor of its letters' values, each turned by its distance from the token's end. Only the permutations
go text by text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dedup import limits
from dedup.model import Shingled, Texts
from dedup.sign import mix, quotes, sketch, tables

_Number = TypeVar("_Number", np.uint32, np.int32)


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The story tokens of a slice of texts."""

    hashes: NDArray[np.uint32]
    text: NDArray[np.int64]  # which text of the slice each is in
    line: NDArray[np.int64]  # a number that grows with each line; equal for tokens of one line
    quoted: NDArray[np.bool_]  # whether each starts inside quotation marks


def sign(batch: Texts) -> Shingled:
    """Signs a batch. Cost: 0.15 s of CPU per 1,000 articles of 400 words; memory: see limits.TWIN_SLICE_POINTS."""
    parts = [_sign_slice(batch, first, last) for first, last in _slices(batch)]
    return Shingled(
        signatures=np.concatenate([part.signatures for part in parts]),
        hashes=np.concatenate([part.hashes for part in parts]),
        offsets=_joined([part.offsets for part in parts]),
        quoted=np.concatenate([part.quoted for part in parts]),
        line_hashes=np.concatenate([part.line_hashes for part in parts]),
        line_counts=np.concatenate([part.line_counts for part in parts]),
        line_offsets=_joined([part.line_offsets for part in parts]),
        tokens=np.concatenate([part.tokens for part in parts]),
    )


def _slices(batch: Texts) -> Iterator[tuple[int, int]]:
    """Ranges of texts that hold about limits.TWIN_SLICE_POINTS code points; at least one, maybe empty."""
    first, n = 0, len(batch.offsets) - 1
    while True:
        end = np.searchsorted(batch.offsets, batch.offsets[first] + limits.TWIN_SLICE_POINTS)
        last = min(n, max(first + 1, int(end)))
        yield first, last
        if last >= n:
            return
        first = last


def _joined(offsets: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Offsets of consecutive slices as the offsets of the whole."""
    return np.concatenate(([0], np.cumsum(np.concatenate([np.diff(part) for part in offsets]))))


def _sign_slice(batch: Texts, first: int, last: int) -> Shingled:
    n = last - first
    tokens = _tokens(batch, first, last)
    counts = np.bincount(tokens.text, minlength=n)
    token_offsets = _offsets(counts)
    shingles = np.maximum(counts - (limits.SHINGLE_TOKENS - 1), 0)
    offsets = _offsets(shingles)
    windows = mix.combine_windows(tokens.hashes, limits.SHINGLE_TOKENS)
    is_start = np.arange(len(tokens.hashes)) < (token_offsets[:-1] + shingles)[tokens.text]
    is_start_of = is_start[: len(windows)]
    hashes = windows[is_start_of]
    line_starts = _run_starts(tokens.line)
    return Shingled(
        signatures=_signatures(mix.fmix32_array(hashes), offsets),
        hashes=hashes,
        offsets=offsets,
        quoted=_any_of_windows(tokens.quoted, limits.SHINGLE_TOKENS)[is_start_of],
        line_hashes=_line_hashes(tokens.hashes, line_starts),
        line_counts=_sums(is_start.astype(np.int32), line_starts),
        line_offsets=_offsets(np.bincount(tokens.text[line_starts], minlength=n)),
        tokens=counts.astype(np.int32),
    )


def _tokens(batch: Texts, first: int, last: int) -> _Tokens:
    """The tokens of texts first..last-1. A token never crosses the end of a span, nor does a line."""
    low, high = batch.span_offsets[first], batch.span_offsets[last]
    spans = batch.spans[low:high]
    text_of_span = np.repeat(np.arange(last - first), np.diff(batch.span_offsets[first : last + 1]))
    span = np.repeat(np.arange(len(spans)), spans[:, 1] - spans[:, 0])
    points = batch.points[_positions(spans)]
    values = tables.values()[points]

    line = np.cumsum(values == tables.LINE) + span
    odd = (values & np.uint64(1)).astype(bool)
    alone = odd & (values > quotes.LAST_MARK)
    is_letter = alone | (~odd & (values != tables.GAP))
    ignored = (values == tables.IGNORED) | (odd & ~alone & (values > quotes.CLOSING))

    letters = np.flatnonzero(is_letter)
    starts = _token_starts(np.cumsum(~ignored)[letters], span[letters], alone[letters])
    firsts = letters[starts]
    marks = np.flatnonzero(odd & ~alone & (values != tables.IGNORED))
    beside = np.where(is_letter, np.where((points >= 48) & (points < 58), quotes.DIGIT, quotes.LETTER), quotes.NEITHER)
    return _Tokens(
        hashes=_token_hashes(values[letters], starts),
        text=text_of_span[span[firsts]],
        line=line[firsts],
        quoted=_quoted(marks, values[marks], beside, span, firsts),
    )


def _token_starts(
    places: NDArray[np.int64], span: NDArray[np.int64], alone: NDArray[np.bool_]
) -> NDArray[np.int64]:  # fmt: skip
    """Which letters start a token. places: letters with nothing but ignored characters between are 1 apart."""
    follows = np.zeros(len(places), dtype=bool)
    follows[1:] = (np.diff(places) == 1) & (np.diff(span) == 0) & ~alone[1:] & ~alone[:-1]
    return np.flatnonzero(~follows)


def _quoted(
    places: NDArray[np.int64], marks: NDArray[np.uint64], beside: NDArray[np.int64], span: NDArray[np.int64],
    firsts: NDArray[np.int64],
) -> NDArray[np.bool_]:  # fmt: skip
    """Whether each token stands inside quotation marks.

    places: where the marks and line ends stand; marks: which they are; beside: what each code point is to a mark beside
    it; span: which span it is in; firsts: where tokens start.
    """
    if not len(places):
        return np.zeros(len(firsts), dtype=bool)
    before, after = np.maximum(places - 1, 0), np.minimum(places + 1, len(span) - 1)
    lefts = np.where((span[before] == span[places]) & (places > 0), beside[before], quotes.NEITHER)
    rights = np.where((span[after] == span[places]) & (after > places), beside[after], quotes.NEITHER)
    is_open = _open_after(marks, lefts, rights, span[places])
    latest = np.searchsorted(places, firsts) - 1
    quoted: NDArray[np.bool_] = (latest >= 0) & is_open[latest] & (span[places[latest]] == span[firsts])
    return quoted


def _open_after(
    marks: NDArray[np.uint64], lefts: NDArray[np.int64], rights: NDArray[np.int64], spans: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether a quotation is open after each mark. One by one: marks are few, 1 in 125 characters of news."""
    is_open = np.empty(len(marks), dtype=bool)
    double = single = quotes.CLOSED
    last_span = -1
    rows = zip(marks.tolist(), lefts.tolist(), rights.tolist(), spans.tolist(), strict=True)
    for i, (mark, left, right, span) in enumerate(rows):
        if mark == tables.LINE or span != last_span:
            double = single = quotes.CLOSED
            last_span = span
        if mark != tables.LINE:
            double, single = quotes.turn(mark, left, right, double, single)
        is_open[i] = double + single != quotes.CLOSED
    return is_open


def _positions(spans: NDArray[np.int64]) -> NDArray[np.int64]:
    """All positions in the spans, in order."""
    lengths = spans[:, 1] - spans[:, 0]
    shift = spans[:, 0] - _offsets(lengths)[:-1]
    return np.arange(lengths.sum()) + np.repeat(shift, lengths)


def _token_hashes(values: NDArray[np.uint64], starts: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The hash of each token, given the values of all letters and where tokens start."""
    if not len(starts):
        return np.empty(0, dtype=np.uint32)
    ends = np.append(starts[1:], len(values))
    from_end = np.repeat(ends - 1, ends - starts) - np.arange(len(values))
    turn = (from_end * mix.TURN % 64).astype(np.uint64)
    turned = values << turn | values >> (np.uint64(64) - turn) % np.uint64(64)
    return mix.finish_states(np.bitwise_xor.reduceat(turned, starts))


def _any_of_windows(flags: NDArray[np.bool_], k: int) -> NDArray[np.bool_]:
    """Whether any flag of each window of `k` is set. n flags in, max(0, n - k + 1) out."""
    n = max(0, len(flags) - k + 1)
    found = flags[:n].copy()
    for j in range(1, k):
        found |= flags[j : j + n]
    return found


def _line_hashes(hashes: NDArray[np.uint32], starts: NDArray[np.int64]) -> NDArray[np.uint32]:
    lengths = np.diff(np.append(starts, len(hashes)))
    place = np.arange(len(hashes)) - np.repeat(starts, lengths)
    return mix.fmix32_array(_sums(hashes * (2 * place + 1).astype(np.uint32), starts))


def _signatures(mixed: NDArray[np.uint32], offsets: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Minimum of every permutation over each text's mixed shingle hashes."""
    a, b = sketch.permutations()
    rows = np.full((len(offsets) - 1, len(a)), sketch.EMPTY, dtype=np.uint32)
    step = limits.TWIN_SLICE_POINTS // len(a)
    for row, start, end in zip(rows, offsets[:-1], offsets[1:], strict=True):
        for at in range(start, end, step):
            permuted = mixed[at : min(end, at + step), None] * a + b
            np.minimum(row, permuted.min(axis=0), out=row)
    return rows


def _offsets(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)))


def _run_starts(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where a new number starts."""
    if not len(numbers):
        return np.empty(0, dtype=np.int64)
    return np.concatenate(([0], np.flatnonzero(np.diff(numbers)) + 1))


def _sums(values: NDArray[_Number], starts: NDArray[np.int64]) -> NDArray[_Number]:
    """The sum of each run, in the type of the values (overflow wanted)."""
    if not len(starts):
        return values[:0]
    return np.add.reduceat(values, starts, dtype=values.dtype)
