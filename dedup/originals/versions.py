"""Versions: the texts of a group -> the states of the dispatch in order, and which one each text carries.

Observations
- An agency's later version keeps sentences, rewords the lead, adds new ones; a correction may change one word.
- Outlets print whole versions, or their first paragraphs; what an outlet writes itself is no version.
- Times given are often crawl times: late, never early. The earliest time among the carriers of a version is its own.

Method
1. A text *stands for* a version when it was given as an original, bears a mark of its own ("CORRECTED-"), or is the
   fullest of those that print the same; two texts print the same when one is in the other to limits.VERBATIM.
   A text that a correction holds, but for a sentence or two, is the version from before it.
2. Another text that is in no version to that share is a further version if the agency is credited for it and another
   outlet prints the same. One of the two, or that it holds a whole version, is enough if it adds sentences instead of
   rewording them (wording.py). Else it is a rewrite.
3. Each text carries the version that holds most of its shingles. Corrections differ in a handful, so they are counted,
   not estimated. Of equal ones longer word sequences decide, then its own mark, then the time: the latest version there
   was when it was published.
4. Versions are ordered by earliest believable time, where each has one, else by length: later versions are longer. A
   short one that is mostly in a much longer one goes before it whatever outlets' times say; numbers in marks ("UPDATE
   2") overrule both among themselves, and a correction follows what it corrects.
5. What a news format declares needs no guessing: another version number of one item is another version, and the numbers
   order the versions of that item.

Known exceptions: an excerpt of paragraphs that all versions share fits each of them (the member's note says so); a
giant group, whose texts were only compared with the longest, has one version besides those marked or given.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from dedup.limits import CORRECTED_SENTENCES, FULLER, INSIDE, MAX_VERSIONS, OUTGROWN, VERBATIM
from dedup.model import Version
from dedup.originals import times
from dedup.originals.group import Carrier, Group
from dedup.originals.marks import VersionMark, declared, mark_of
from dedup.originals.source import agency_of, is_own
from dedup.originals.wording import changed_sentences, in_common, is_rewrite

_VERSIONED = ("update", "correction", "kill")  # kinds of marks that make a version
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class State:
    """A version while it is being found."""

    text: int
    carrier: int  # the article that stands for it, by its place in the group
    mark: VersionMark | None
    shared: list[int]  # (t,) what each text shares with it
    texts: list[int] = field(default_factory=list)  # texts that carry it
    first: datetime | None = None  # earliest believable time
    first_of: int = -1  # the article that gives it


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of a group in order, and what each of its texts carries."""

    states: tuple[State, ...]
    carried: tuple[int, ...]  # (t,) place in `states`
    also: dict[int, tuple[int, ...]]  # text -> other states that fit it as well
    verbatim: tuple[bool, ...]  # (t,) prints its version word for word, or nearly


def find_versions(group: Group, agency: str | None) -> Versions:
    """The versions of a group. Cost: its pairs times its versions, of which there are at most MAX_VERSIONS."""
    holders = group.holders
    marks = [mark_of(c.article) for c in group.carriers]
    states = _states(group, holders, marks, agency)
    carried, also = _carried(group, holders, marks, states)
    for text, state in enumerate(carried):
        states[state].texts.append(text)
    for found in states:
        _time(group, holders, found)
    order = _order(group, states)
    place = {old: new for new, old in enumerate(order)}
    verbatim = tuple(_in(group, states[s], text) for text, s in enumerate(carried))
    return Versions(
        tuple(states[i] for i in order),
        tuple(place[s] for s in carried),
        {text: tuple(sorted(place[s] for s in others)) for text, others in also.items()},
        verbatim,
    )


def standing_for(group: Group, versions: Versions, head: int) -> Versions:
    """The same, the original standing for the version it prints, unless the agency's own copy does."""
    text = group.carriers[head].text
    place = versions.carried[text]
    state = versions.states[place]
    if not versions.verbatim[text] or is_own(group.carriers[state.carrier]):
        return versions
    states = list(versions.states)
    states[place] = replace(state, carrier=head)
    return replace(versions, states=tuple(states))


# ---------------------------------------------------------------- which texts stand for a version


def _states(group: Group, holders: list[list[int]], marks: list[VersionMark | None], agency: str | None) -> list[State]:
    states: list[State] = []
    elsewhere = _printed_elsewhere(group)
    for text in _best_first(group, holders, marks, agency):
        if len(states) == MAX_VERSIONS:
            break
        carrier = _speaker(group, holders[text], marks, agency)
        state = State(text, carrier, marks[carrier], [])
        if not states or _is_version(group, state, states, elsewhere, agency):
            state.shared = group.shared_with(text)
            states.append(state)
    return states


def _best_first(
    group: Group, holders: list[list[int]], marks: list[VersionMark | None], agency: str | None
) -> list[int]:
    """The agency's own first, then what credits it, what credits no one, what credits others; of these what bears a
    mark, then the longest."""

    def key(text: int) -> tuple[bool, int, bool, int, int]:
        carriers = [group.carriers[i] for i in holders[text]]
        named = {agency_of(carrier) for carrier in carriers}
        credit = 0 if agency in named else 1 if named == {None} else 2
        unmarked = all(marks[i] is None for i in holders[text])
        return not any(map(is_own, carriers)), credit, unmarked, -group.total[text], text

    return sorted(range(len(holders)), key=key)


def _speaker(group: Group, articles: list[int], marks: list[VersionMark | None], agency: str | None) -> int:
    """Of the articles with a text the one that stands for it: the agency's own, the credited, the marked, the newest
    version of an item, the first."""

    def key(i: int) -> tuple[bool, bool, bool, int, datetime, int]:
        carrier = group.carriers[i]
        early = times.moment(carrier.article.published) or _LAST
        newest = -(number_of(carrier) or 0)
        return not is_own(carrier), agency_of(carrier) != agency, marks[i] is None, newest, early, i

    return min(articles, key=key)


def _is_version(group: Group, new: State, states: list[State], elsewhere: set[int], agency: str | None) -> bool:
    carrier = group.carriers[new.carrier]
    if carrier.wire or _declares_another(group, carrier, states):
        return True
    if new.mark and new.mark.kind in _VERSIONED and all(_differs(new.mark, s.mark) for s in states):
        return True
    inside = [s for s in states if _in(group, s, new.text)]
    if inside:
        return new.mark is None and _before_correction(group, carrier, inside)
    nearest = max(states, key=lambda s: s.shared[new.text])
    credited = agency_of(carrier) is not None and agency_of(carrier) == agency and _signed(carrier)
    printed = new.text in elsewhere
    if credited and printed:
        return True
    if not (credited or printed or _fuller(group, new.text, nearest)):
        return False
    return not is_rewrite(carrier.article.text, group.carriers[nearest.carrier].article.text)


def _declares_another(group: Group, carrier: Carrier, states: list[State]) -> bool:
    """Whether a text declares to be another version of an item of which one has been found."""
    own = declared(carrier.article)
    found = [declared(group.carriers[s.carrier].article) for s in states]
    return own is not None and own not in found and any(other and other.item == own.item for other in found)


def number_of(carrier: Carrier) -> int | None:
    """The version number an article declares."""
    own = declared(carrier.article)
    return own.number if own else None


def _fuller(group: Group, text: int, state: State) -> bool:
    """Whether a text holds a version, and not too much else."""
    shared = state.shared[text]
    return shared >= VERBATIM * group.total[state.text] and shared >= FULLER * group.total[text]


def _before_correction(group: Group, carrier: Carrier, inside: list[State]) -> bool:
    """Whether the versions that hold a text are corrections, and it has another wording of what they corrected."""
    if any(s.mark is None or s.mark.kind != "correction" for s in inside):
        return False
    stories = [group.carriers[s.carrier].article.text for s in inside]
    return all(0 < changed_sentences(carrier.article.text, story) <= CORRECTED_SENTENCES for story in stories)


def _differs(mark: VersionMark, other: VersionMark | None) -> bool:
    return other is None or (mark.kind, mark.number) != (other.kind, other.number)


def _signed(carrier: Carrier) -> bool:
    """Whether the agency is named as the writer, not only as a contributor at the end."""
    return any(credit.role in ("outlet", "dateline", "byline") for credit in carrier.credits)


def _printed_elsewhere(group: Group) -> set[int]:
    """The texts that another outlet prints too, either in the other to VERBATIM."""
    outlets: dict[int, set[str]] = defaultdict(set)
    for carrier in group.carriers:
        outlets[carrier.text].add(carrier.article.outlet)
    total = group.total
    return {
        text
        for text, names in outlets.items()
        if len(names) > 1
        or any(
            shared >= VERBATIM * total[text] and shared >= VERBATIM * total[other] and outlets[other] != names
            for other, shared in group.near[text].items()
        )
    }


def _in(group: Group, state: State, text: int) -> bool:
    return state.shared[text] >= VERBATIM * group.total[text]


# ---------------------------------------------------------------- which version each text carries


def _carried(
    group: Group, holders: list[list[int]], marks: list[VersionMark | None], states: list[State]
) -> tuple[list[int], dict[int, list[int]]]:
    if len(states) == 1:
        return [0] * len(holders), {}
    own = {state.text: i for i, state in enumerate(states)}
    carried, also = [], {}
    for text, shared in enumerate(zip(*(state.shared for state in states), strict=True)):
        best = max(shared)
        fitting = [i for i, found in enumerate(shared) if found == best]
        if text not in own and len(fitting) > 1:
            fitting = _fitting_best(group, holders[text][0], states, fitting)
        chosen = own.get(
            text, fitting[0] if len(fitting) == 1 else _likeliest(group, holders[text], marks, states, fitting)
        )
        carried.append(chosen)
        if text not in own and len(fitting) > 1:
            also[text] = [s for s in fitting if s != chosen]
    return carried, also


def _fitting_best(group: Group, article: int, states: list[State], fitting: list[int]) -> list[int]:
    """Those of `fitting` that have most long word sequences in common with the article."""
    texts = [group.carriers[states[i].carrier].article.text for i in fitting]
    counts = in_common(group.carriers[article].article.text, texts)
    return [i for i, count in zip(fitting, counts, strict=True) if count == max(counts)]


def _likeliest(
    group: Group, articles: list[int], marks: list[VersionMark | None], states: list[State], fitting: list[int]
) -> int:
    """Of versions that hold equally much of a text: by its mark, the latest there was, the fullest."""
    said = [marks[i] for i in articles if marks[i]]
    for i in fitting:
        if any(mark and not _differs(mark, states[i].mark) for mark in said):
            return i
    published = min((m for i in articles if (m := _believed(group.carriers[i]))), default=None)
    stood = {i: _believed(group.carriers[states[i].carrier]) for i in fitting}
    before = [i for i, time in stood.items() if time and published and time <= published]
    if before:
        return max(before, key=lambda i: (stood[i] or _LAST, -i))
    return max(fitting, key=lambda i: (group.total[states[i].text], -i))


def _believed(carrier: Carrier) -> datetime | None:
    return None if times.doubt(carrier) else times.moment(carrier.article.published)


# ---------------------------------------------------------------- their order


def _time(group: Group, holders: list[list[int]], state: State) -> None:
    """Sets the earliest believable time: the agency's own, else of the articles that print the version."""
    speaker = group.carriers[state.carrier]
    if is_own(speaker) and (own := _believed(speaker)):
        state.first, state.first_of = own, state.carrier
        return
    printing = [i for text in state.texts if _in(group, state, text) for i in holders[text]]
    known = [(time, i) for i in (state.carrier, *printing) if (time := _believed(group.carriers[i]))]
    state.first, state.first_of = min(known, default=(None, -1))


def _order(group: Group, states: list[State]) -> list[int]:
    """The places of `states`, earliest first."""
    timed = all(state.first for state in states)

    def key(i: int) -> tuple[bool, datetime, bool, int, int]:
        state = states[i]
        kind = state.mark.kind if state.mark else ""
        late = kind == "kill" or (kind == "correction" and not timed)
        return (
            late,
            (state.first if timed and state.first else _LAST),
            kind == "correction",
            group.total[state.text],
            i,
        )

    order = sorted(range(len(states)), key=key)
    return _by_declared(group, states, _by_number(states, _grown(group, states, order)))


def _grown(group: Group, states: list[State], order: list[int]) -> list[int]:
    """`order`, where a version that the one before it has outgrown stands before that one.

    The time of an article is late, never early, so one that is seen later may have been sent earlier; a version that
    is mostly in another one and much shorter most likely was. The agency's own times stand.
    """
    order = list(order)
    for at in range(1, len(order)):
        while at and _outgrown(group, states[order[at]], states[order[at - 1]]):
            order[at - 1], order[at] = order[at], order[at - 1]
            at -= 1
    return order


def _outgrown(group: Group, short: State, long: State) -> bool:
    if any(is_own(group.carriers[s.carrier]) or (s.mark and s.mark.kind in _VERSIONED) for s in (short, long)):
        return False
    size = group.total[short.text]
    return size <= OUTGROWN * group.total[long.text] and long.shared[short.text] >= INSIDE * size


def _by_number(states: list[State], order: list[int]) -> list[int]:
    """`order` with the numbered versions of one family put in the order of their numbers, on the places they hold."""
    numbered = [i for i in order if (mark := states[i].mark) and mark.number is not None]
    ranked = iter(sorted(numbered, key=lambda i: (states[i].mark.number or 0) if states[i].mark else 0))  # type: ignore[union-attr]
    return [next(ranked) if i in numbered else i for i in order]


def _by_declared(group: Group, states: list[State], order: list[int]) -> list[int]:
    """`order` with the declared versions of each item put in the order of their numbers, on the places they hold."""
    own = {i: found for i in order if (found := declared(group.carriers[states[i].carrier].article))}
    for item in dict.fromkeys(found.item for found in own.values()):
        places = [at for at, i in enumerate(order) if i in own and own[i].item == item]
        ranked = sorted((order[at] for at in places), key=lambda i: own[i].number)
        for at, i in zip(places, ranked, strict=True):
            order[at] = i
    return order


def described(group: Group, versions: Versions) -> tuple[Version, ...]:
    """The versions as the result shows them."""
    return tuple(_described(group, versions, i) for i in range(len(versions.states)))


def _described(group: Group, versions: Versions, i: int) -> Version:
    state = versions.states[i]
    article = group.carriers[state.carrier].article
    number = number_of(group.carriers[state.carrier])
    mark = state.mark.words if state.mark else f"version {number}" if number is not None else ""
    return Version(article.id, mark, _shown(group, state), tuple(_why(group, versions, i)))


def _shown(group: Group, state: State) -> str:
    return group.carriers[state.first_of].article.published if state.first_of >= 0 else ""


def _why(group: Group, versions: Versions, i: int) -> list[str]:
    state = versions.states[i]
    carrier = group.carriers[state.carrier]
    why = ["given as an original"] if carrier.wire else ["the agency's own copy"] if is_own(carrier) else []
    if state.mark:
        why.append(f'marked "{state.mark.words}"')
    if (number := number_of(carrier)) is not None:
        why.append(f"declared as version {number}")
    if state.first_of >= 0 and state.first_of != state.carrier:
        first = group.carriers[state.first_of].article
        why.append(f"first seen at {first.outlet or first.id}")
    if i and (longer := group.total[state.text] - group.total[versions.states[i - 1].text]) > 0:
        why.append(f"longer than the one before by {longer} word sequences")
    if i and _against_time(versions.states[i - 1], state):
        why.append("its time says it is earlier; marks and length decided")
    return why


def _against_time(before: State, after: State) -> bool:
    return bool(before.first and after.first and before.first > after.first)
