"""Wires: the originals of a diff beside each other -> what one of them says of a fact of another. For contradict.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dedup import limits
from dedup.facts.amounts import same_value
from dedup.facts.dates import Date
from dedup.facts.numbers import Number
from dedup.facts.reading import Linked, read
from dedup.facts.sameness import alike, compatible, fate_of, key, time_of
from dedup.model import Link

Place = tuple[str, int]  # original, sentence number
Figure = tuple[Linked, Number]


def too_long(*texts: str) -> bool:
    """Whether a text cannot be a sentence; counted in characters, six a word."""
    return any(len(text) > 6 * limits.FACT_WORDS for text in texts)


class Wires:
    """The originals of a diff beside each other. Sentences are read when they are first asked for.

    `texts`: the sentences of each, "" for furniture. `same`: original sentence -> sentences of other originals that
    tell the same.
    """

    def __init__(self, texts: Mapping[str, Sequence[str]], same: Mapping[Place, Sequence[Place]]) -> None:
        self._texts, self._same = texts, same
        self._stories: dict[str, list[Linked]] = {}
        self._spread: dict[str, Counter[str]] = {}

    def text(self, name: str, i: int) -> str:
        """A sentence of an original."""
        return self._texts[name][i]

    def others(self, name: str) -> Iterator[str]:
        """The originals but for one."""
        return (other for other in self._texts if other != name)

    def alongside(self, place: Place) -> Iterator[Linked]:
        """The sentences of other originals that tell the same as one of an original."""
        for name, i in self._same.get(place, ()):
            text = self.text(name, i)
            if not too_long(text):
                yield Link(name, i, 0.0), read(text)

    def dated(self, name: str, atom: Date) -> bool:
        """Whether an original has a date or time anywhere."""
        return any(
            d.kind == atom.kind and time_of(d) == time_of(atom) for _, text in self._story(name) for d in text.dates
        )

    def states(self, name: str, number: Number, fate: str) -> bool:
        """Whether an original states a figure of the same thing anywhere."""
        return any(
            same_value(n, number) and (fate_of(n, text) == fate if fate else n.noun == number.noun or bool(n.unit))
            for (_, text), n in self._figures(name)
        )

    def common(self, word: str, name: str) -> bool:
        """Whether a word ties little: it is all over an original, or one of many for one thing."""
        if name not in self._spread:
            self._spread[name] = Counter(k for _, text in self._story(name) for k in set(map(key, text.content)))
        return word.startswith("*") or self._spread[name][word] > limits.FACT_COMMON

    def first(self, name: str, fate: str) -> Figure | None:
        """The figure an original first gives for a fate of people; sentences on another year are passed over."""
        told = (
            (linked, n)
            for linked, n in self._figures(name)
            if not n.weak and fate_of(n, linked[1]) == fate and not any(d.kind == "year" for d in linked[1].dates)
        )
        return next(told, None)

    def alike(self, own: Figure, name: str) -> Figure | None:
        """The figure of another original that is of the same thing beyond doubt: each is the other's only best."""
        rival = self._best(own, name)
        if rival is None or same_value(rival[1], own[1]) or compatible(own[1], rival[1]):
            return None
        back = self._best(rival, own[0][0].original)
        return rival if back is not None and same_value(back[1], own[1]) else None

    def _best(self, own: Figure, name: str) -> Figure | None:
        (link, text), number = own
        beside = [n for n in text.numbers if not same_value(n, number)]
        best: list[Figure] = []
        most = 1
        for linked, n in self._figures(name):
            if any(same_value(n, o) for o in beside):
                continue  # it is that one's counterpart
            shared = alike(text, number, linked[1], n)
            plain = all(self.common(w, link.original) or self.common(w, name) for w in shared)
            if len(shared) < most or (plain and number.unit != "ordinal"):
                continue
            best = [*(best if len(shared) == most else ()), (linked, n)]
            most = len(shared)
        return best[0] if len(best) == 1 else None

    def _figures(self, name: str) -> Iterator[Figure]:
        for linked in self._story(name):
            if len(linked[1].numbers) <= limits.FACT_WIRE_FIGURES:
                yield from ((linked, n) for n in linked[1].numbers)

    def _story(self, name: str) -> list[Linked]:
        """The sentences of an original, the first ones of a very long one."""
        if name not in self._stories:
            first = enumerate(self._texts[name][: limits.FACT_WIRE])
            self._stories[name] = [(Link(name, i, 0.0), read(text)) for i, text in first if text and not too_long(text)]
        return self._stories[name]
