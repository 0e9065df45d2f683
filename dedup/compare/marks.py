"""Marks: two sentences, as words -> the words that only one of them has, in few runs.

A word diff that keeps every word it can leaves confetti: "the", "of" and "in" stand unmarked between words that have
nothing to do with each other. So a stretch both have pays for the two marked runs it parts: it must hold a word of
substance, and the more words differ on both sides, the more it must hold. Whole words only: diffs of letters find "red"
in "green".
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from dedup import limits
from dedup.words import Word

Words = Sequence[Word]
Block = tuple[int, int, int]  # where in the left, where in the right, how many words

_SLIGHT = frozenset(
    "a an and are as at be been but by for from had has have he her his in into is it its of on or she that the their "
    "them they this to was were which who will with".split()
)


def flags(left: Words, right: Words) -> tuple[list[bool], list[bool]]:
    """For each word of both whether the other has it too, at its place.

    Beyond limits.MARK_WORDS words the order is not looked at: the cost of that grows with the square.

    >>> from dedup.words import words
    >>> flags(words("More than 50 people left"), words("About 40 people left, he said"))
    ([False, False, False, True, True], [False, False, True, True, False, False])
    """
    if [w.norm for w in left] == [w.norm for w in right]:
        return [True] * len(left), [True] * len(right)
    if max(len(left), len(right)) > limits.MARK_WORDS:
        return _anywhere(left, right), _anywhere(right, left)
    kept_left, kept_right = [False] * len(left), [False] * len(right)
    for i, j, size in _without_confetti(_blocks(left, right), left, len(right)):
        kept_left[i : i + size] = [True] * size
        kept_right[j : j + size] = [True] * size
    return kept_left, kept_right


def spans(words: Words, kept: Sequence[bool]) -> tuple[tuple[int, int], ...]:
    """The spans of the runs of words that are not kept."""
    runs: list[tuple[int, int]] = []
    open_ = False
    for word, held in zip(words, kept, strict=True):
        if not held:
            runs.append((runs.pop()[0] if open_ else word.start, word.end))
        open_ = not held
    return tuple(runs)


def _anywhere(words: Words, others: Words) -> list[bool]:
    known = {word.norm for word in others}
    return [word.norm in known for word in words]


def _blocks(left: Words, right: Words) -> list[Block]:
    """The runs both have, in order: a longest common subsequence."""
    codes = Indel.opcodes([w.norm for w in left], [w.norm for w in right])
    return [(c.src_start, c.dest_start, c.src_end - c.src_start) for c in codes if c.tag == "equal"]


def _without_confetti(blocks: list[Block], left: Words, right_size: int) -> list[Block]:
    """The blocks that are worth the runs they part. One that was dropped widens the gap before the next."""
    kept: list[Block] = []
    for place, block in enumerate(blocks):
        i, j, size = block
        last = kept[-1] if kept else (0, 0, 0)
        follower = blocks[place + 1] if place + 1 < len(blocks) else (len(left), right_size, 0)
        before = max(i - last[0] - last[2], j - last[1] - last[2])
        after = max(follower[0] - i - size, follower[1] - j - size)
        weight = sum(_weight(word) for word in left[i : i + size])
        if not before or not after or (weight >= 1 and weight * limits.MARK_GAP > min(before, after)):
            kept.append(block)
    return kept


def _weight(word: Word) -> float:
    return 0.3 if word.norm in _SLIGHT else 2.0 if word.norm[:1].isdigit() else 1.0
