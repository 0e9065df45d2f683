"""Strings: very many short texts in little memory.

A Python list of strings takes 60 bytes a string and more beside its letters; these take eight, and four where few
values repeat. Both behave as read-only sequences of `str`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class _Sequence(Sequence[str]):
    """What both share: slices are lists, and equal is what holds the same strings."""

    __slots__ = ()

    def _at(self, i: int) -> str:
        raise NotImplementedError

    @overload
    def __getitem__(self, i: int) -> str: ...
    @overload
    def __getitem__(self, i: slice) -> list[str]: ...
    def __getitem__(self, i: int | slice) -> str | list[str]:
        if isinstance(i, slice):
            return [self._at(k) for k in range(*i.indices(len(self)))]
        if not -len(self) <= i < len(self):
            raise IndexError(i)
        return self._at(int(i) % len(self))

    def __iter__(self) -> Iterator[str]:
        return map(self._at, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(str.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]


class Strings(_Sequence):
    """n strings as UTF-8, one after the other.

    >>> held = Strings.of(["a1", "", "Ä2"])
    >>> held[2], list(held), held == ["a1", "", "Ä2"], held.lengths.tolist()
    ('Ä2', ['a1', '', 'Ä2'], True, [2, 0, 3])
    """

    __slots__ = ("_starts", "data")

    def __init__(self, data: bytes, lengths: NDArray[np.integer]) -> None:
        """data: all strings; lengths: (n,) bytes of each."""
        self.data = data
        self._starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))

    @classmethod
    def of(cls, texts: Iterable[str]) -> Strings:
        """The strings of `texts`, lone surrogates kept."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        return cls(b"".join(encoded), np.array([len(each) for each in encoded], np.int64))

    @property
    def lengths(self) -> Numbers:
        """(n,) bytes of each."""
        return np.diff(self._starts)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def _at(self, i: int) -> str:
        return self.data[self._starts[i] : self._starts[i + 1]].decode("utf-8", "surrogatepass")


class Names(_Sequence):
    """n strings of which few are different: a number each, and what the numbers stand for.

    >>> held = Names.of(["Post", "", "Post"])
    >>> held.codes.tolist(), held.names, held[2]
    ([0, 1, 0], ('Post', ''), 'Post')
    """

    __slots__ = ("codes", "names")

    def __init__(self, codes: NDArray[np.uint32], names: Sequence[str]) -> None:
        self.codes = codes  # (n,) places in `names`
        self.names = tuple(names)  # each once, in the order of their first appearance

    @classmethod
    def of(cls, texts: Iterable[str]) -> Names:
        """The strings of `texts`."""
        places: dict[str, int] = {}
        codes = [places.setdefault(text, len(places)) for text in texts]
        return cls(np.array(codes, np.uint32), tuple(places))

    @classmethod
    def joined(cls, parts: Sequence[Names]) -> Names:
        """Several, one after the other."""
        places: dict[str, int] = {}
        codes = [np.empty(0, np.uint32)]
        for part in parts:
            new = np.array([places.setdefault(name, len(places)) for name in part.names], np.uint32)
            codes.append(new[part.codes])
        return cls(np.concatenate(codes), tuple(places))

    def __len__(self) -> int:
        return len(self.codes)

    def _at(self, i: int) -> str:
        return self.names[int(self.codes[i])]
