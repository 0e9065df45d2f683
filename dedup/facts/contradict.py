"""Contradict: an article sentence linked to wires -> the facts on which wires disagree, and whom it followed.

Only figures, days, months, years and clock times are held against each other: two wires that say "38" and "about 40" of
the same people disagree; two that name different people may both be right.

Observations. Most wire sentences on one event hold figures of several things, so that a figure that differs is usually
of something else. And the second wire's sentence is often not linked to the article at all: who keeps "40 missing" has
no word of "38 people who disappeared".
Method. A wire's figure meets those of a second wire's sentence that is linked to the same article sentence, or is said
by `Wires` to tell the same; then it needs one shared word more around it. Two figures are of one fact when unit and
thing counted are the same, words around them are shared that are not all over a wire, and nothing else in either
sentence fits as well. What became of people is read into classes (sameness.py): "39 disappeared" and "41 unaccounted
for" are one fact where each is the first figure a wire gives for it. Other figures of sentences that are not tied need
to be each other's only best in two whole wires. Never a contradiction: a value or day that the other wire has, too,
anywhere, and "more than 200" beside "228".
Measured on the invented day: tests/pipeline/test_contradictions.py. Tried and left: any two words in common around days
and weekdays; on a real news day nearly all it named were two things on two days.
Known exceptions. Sums are not made ("30 women and 12 men" beside "45 people"), nor differently counted time ("four
hours later" beside "talked for five hours").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from dedup import limits
from dedup.facts.amounts import could_stand_for, same_value
from dedup.facts.dates import Date, day_of, same_day
from dedup.facts.numbers import Number
from dedup.facts.reading import Linked, Read, read
from dedup.facts.sameness import ZONES, around, compatible, fate_of, key, near, other_people, shared_keys, time_of
from dedup.facts.units import MEASURES
from dedup.facts.values import same_slot
from dedup.facts.wires import Figure, Wires, too_long
from dedup.model import Contradiction, Link

Fact = Number | Date


def contradictions(
    article: str,
    originals: Sequence[tuple[Link, str]],
    *,
    published: str = "",
    wires: Wires | None = None,
) -> tuple[Contradiction, ...]:
    """Where the wires of an article sentence contradict each other, in text order of the first wire.

    `originals`: the sentences it is linked to. `wires`: all sentences of all originals, for what is not linked to it.
    A sentence that is not linked has the score 0. One fact comes once for each two originals.

    >>> wires = [(Link("AP", 0, 1.0), "It carried 38 people."), (Link("Reuters", 4, 1.0), "It carried 45 people.")]
    >>> [(c.one_text, c.other_text, c.followed) for c in contradictions("The ferry carried 45 people.", wires)]
    [('38', '45', 'Reuters')]
    """
    if not originals or too_long(article, *(text for _, text in originals)):
        return ()
    said = read(article)
    linked = [(link, read(text)) for link, text in originals]
    pairs = [(a, b, 1) for a, b in combinations(linked, 2) if a[0].original != b[0].original]
    if wires is not None and (said.numbers or said.dates):
        pairs += [(a, b, 2) for a, b in _aligned(linked, wires)]
    found = [c for a, b, needed in pairs for c in _between(*_in_order(a, b), said, needed, published, wires)]
    if wires is not None:
        found += _tolls(said, linked, wires)
        found += _elsewhere(said, linked, wires)
    return tuple(_once(found))


def _in_order(one: Linked, other: Linked) -> tuple[Linked, Linked]:
    return (one, other) if (one[0].original, one[0].index) <= (other[0].original, other[0].index) else (other, one)


def _aligned(linked: Sequence[Linked], wires: Wires) -> Iterator[tuple[Linked, Linked]]:
    """Linked sentences, each beside one of another original that is not linked and tells the same."""
    here = {(link.original, link.index) for link, _ in linked}
    for one in linked:
        for other in wires.alongside((one[0].original, one[0].index)):
            if (other[0].original, other[0].index) not in here:
                yield one, other


def _once(found: Sequence[Contradiction]) -> Iterator[Contradiction]:
    """Each fact once for two originals: the sentences that are linked come first."""
    told: set[tuple[str, int, tuple[int, int], str]] = set()
    for c in found:
        ends = {
            (c.one.original, c.one.index, c.one_span, c.other.original),
            (c.other.original, c.other.index, c.other_span, c.one.original),
        }
        values = {(c.one.original, -1, c.span or (-1, -1), c.other.original)}
        if not told & (ends | (values if c.span else set())):
            yield c
        told |= ends | values


def _between(
    one: Linked, other: Linked, said: Read, needed: int, published: str, wires: Wires | None
) -> Iterator[Contradiction]:
    if max(len(one[1].numbers), len(other[1].numbers)) <= limits.FACT_FIGURES:
        yield from _numbers(one, other, said, needed, wires)
    yield from _dates(one, other, said, needed, published, wires)


# ---------------------------------------------------------------- figures


def _numbers(one: Linked, other: Linked, said: Read, needed: int, wires: Wires | None) -> Iterator[Contradiction]:
    mine = [n for n in one[1].numbers if not any(same_value(n, o) for o in other[1].numbers)]
    theirs = [n for n in other[1].numbers if not any(same_value(n, o) for o in one[1].numbers)]
    rated = {(i, j): _rated(a, b, one, other, needed, wires) for i, a in enumerate(mine) for j, b in enumerate(theirs)}
    for (i, j), likely in rated.items():
        rivals = (v for (k, m), v in rated.items() if (k == i) != (m == j))
        if not likely or likely <= max(rivals, default=0):
            continue
        a, b = mine[i], theirs[j]
        if not _both_stated(one, a, other, b, wires):
            yield _told_number(one, a, other, b, said)


def _rated(a: Number, b: Number, mine: Linked, theirs: Linked, needed: int, wires: Wires | None) -> int:
    """How much speaks for two figures being of one fact, 0 when too little does."""
    one, other = mine[1], theirs[1]
    if (
        not could_stand_for(a, b)
        or a.unit != b.unit
        or {a.noun, b.noun} & ZONES
        or compatible(a, b)
        or compatible(b, a)
    ):
        return 0
    if a.unit == "age":
        return 3 * (_before(a, one) == _before(b, other) != "")
    fates = {fate_of(a, one), fate_of(b, other)}
    left, right = around(one, a.first, a.last), around(other, b.first, b.last)
    shared = len(_ties(left, right, mine, theirs, wires))
    if len(fates) == 1 and "" not in fates:
        return 10 + shared
    if a.unit in MEASURES and a.noun != b.noun:
        return 0  # "45 minutes late", "met for 90 minutes"
    if fates != {""} and ("" not in fates or not near(a, b)):
        return 0
    counted = key(a.noun) == key(b.noun) != ""
    if a.unit == "ordinal":
        return 3 * counted
    if not counted and not a.unit:
        return 0
    shared -= counted
    return 1 + shared + 2 * (fates == {""}) if shared >= max(needed, 2 - counted) else 0


def _both_stated(one: Linked, a: Number, other: Linked, b: Number, wires: Wires | None) -> bool:
    """Whether either wire states the other one's value, too, somewhere else."""
    if wires is None:
        return False
    name, rival = one[0].original, other[0].original
    return wires.states(rival, a, fate_of(a, one[1])) or wires.states(name, b, fate_of(b, other[1]))


def _told_number(one: Linked, a: Number, other: Linked, b: Number, said: Read) -> Contradiction:
    here = [n for n in said.numbers if same_value(n, a) or same_value(n, b)]
    if fate := fate_of(a, one[1]) or fate_of(b, other[1]):
        here = [n for n in here if fate_of(n, said) in ("", fate)]
    sides = [[n for n in here if same_value(n, v)] for v in (a, b)]
    return _found(one[0], a, other[0], b, sides)


def _tolls(said: Read, linked: Sequence[Linked], wires: Wires) -> Iterator[Contradiction]:
    """The article's figures for what became of people, where another wire's first one is another."""
    for own in _figures(said, linked):
        fate = fate_of(own[1], own[0][1])
        name = own[0][0].original
        first = wires.first(name, fate) if fate else None
        if first is None or not same_value(first[1], own[1]):
            continue
        for rival in (wires.first(other, fate) for other in wires.others(name)):
            if rival and not same_value(rival[1], own[1]) and not other_people(own[1], rival[1]):
                yield from _against(own, rival, said, wires)


def _elsewhere(said: Read, linked: Sequence[Linked], wires: Wires) -> Iterator[Contradiction]:
    """The article's other figures, where the words around a figure anywhere in another wire say that it is the same."""
    for own in _figures(said, linked):
        for name in wires.others(own[0][0].original):
            rival = wires.alike(own, name)
            if rival is not None:
                yield from _against(own, rival, said, wires)


def _figures(said: Read, linked: Sequence[Linked]) -> Iterator[Figure]:
    """The figures of linked sentences, where the article's sentence has any."""
    for own in linked:
        if said.numbers and max(len(own[1].numbers), len(said.numbers)) <= limits.FACT_WIRE_FIGURES:
            yield from ((own, n) for n in own[1].numbers)


def _against(own: Figure, rival: Figure, said: Read, wires: Wires) -> Iterator[Contradiction]:
    """The two figures as a contradiction, if they are one and the article has either."""
    if compatible(own[1], rival[1]) or compatible(rival[1], own[1]) or _both_stated(*own, *rival, wires):
        return
    first, second = (own, rival) if _in_order(own[0], rival[0])[0] is own[0] else (rival, own)
    found = _told_number(*first, *second, said)
    if found.text:
        yield found


# ---------------------------------------------------------------- dates


def _dates(
    one: Linked, other: Linked, said: Read, needed: int, published: str, wires: Wires | None
) -> Iterator[Contradiction]:
    """Days, months, years and times that differ where each sentence has only one of the kind."""
    for kind in ("weekday", "day", "month", "year", "clock"):
        mine = [d for d in one[1].dates if d.kind == kind]
        rivals = [d for d in other[1].dates if d.kind == kind and mine and same_slot(d, mine[0])]
        if len(mine) != 1 or len(rivals) != 1 or time_of(mine[0]) == time_of(rivals[0]):
            continue
        if same_day(mine[0], rivals[0], day_of(published)) or not _one_time(
            one, mine[0], other, rivals[0], needed, wires
        ):
            continue
        sides = [[d for d in said.dates if d.kind == kind and time_of(d) == time_of(v)] for v in (mine[0], rivals[0])]
        yield _found(one[0], mine[0], other[0], rivals[0], sides)


def _one_time(one: Linked, a: Date, other: Linked, b: Date, needed: int, wires: Wires | None) -> bool:
    """Whether the words around two dates say that one thing happened then, and neither wire has both."""
    if wires and (wires.dated(other[0].original, a) or wires.dated(one[0].original, b)):
        return False
    inside = [text.tokens.within(d.start, d.end) for (_, text), d in ((one, a), (other, b))]
    if not all(inside):
        return False
    clock = a.kind == "clock"  # an article has few of them: any word in common ties them
    width = limits.FACT_AROUND if clock else limits.FACT_CLOSELY
    left, right = (around(t, w[0], w[-1], width) for (_, t), w in zip((one, other), inside, strict=True))
    return len(_ties(left, right, one, other, None if clock else wires)) >= needed


def _before(number: Number, sentence: Read) -> str:
    return sentence.tokens.stems[number.first - 1] if number.first else ""


def _ties(
    left: frozenset[str], right: frozenset[str], one: Linked, other: Linked, wires: Wires | None
) -> frozenset[str]:
    """The words of `left` that `right` has, too, and that are not all over one of the originals."""
    shared = frozenset(w for w in left if shared_keys(frozenset([w]), right))
    if wires is None:
        return shared
    return frozenset(w for w in shared if not (wires.common(w, one[0].original) or wires.common(w, other[0].original)))


def _found(one: Link, a: Fact, other: Link, b: Fact, sides: Sequence[Sequence[Fact]]) -> Contradiction:
    """`sides`: what of the article has the first value, and the second."""
    here = min((f for side in sides for f in side), key=lambda f: f.start, default=None)
    follows = [link.original for link, side in zip((one, other), sides, strict=True) if side]
    return Contradiction(
        type="number" if isinstance(a, Number) else "date",
        one=one,
        one_text=a.text,
        one_span=(a.start, a.end),
        other=other,
        other_text=b.text,
        other_span=(b.start, b.end),
        followed=follows[0] if len(follows) == 1 else "",
        text=here.text if here else "",
        span=(here.start, here.end) if here else None,
    )
