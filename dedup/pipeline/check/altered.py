"""Altered: a pile -> the figures and quotations of articles that their agency's version has otherwise.

`pipeline.diff.hold` knows what a sentence changed, and takes some 20 ms an article; most articles change nothing. So
the texts are screened first: an article is held against its version only if it has a figure, or words inside quotation
marks, that no text of its dispatch has there, in a passage that its version has (limits.CHECK_CONTEXT words beside it).

Being wrong about an outlet is worse than missing a slip, so of the changes found only those count
- in a sentence that was plainly taken over (the link's score), from a single sentence of the version;
- with a value on both sides, where neither is a rounding, a vaguer or a more exact form of the other;
- whose old value is the agency's: the version is its own copy, or another text has it too;
- whose new value stands in no other version, no other outlet's copy and no sibling near a word that it stands near
  here: two who have the same figure have it from somewhere. What is missed by this: slips that were copied from one
  outlet to the next, and, without the agency's own copy, those of which only two texts tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dedup import clean, limits
from dedup.check.views import Altered, Entry, Pile
from dedup.facts import typed
from dedup.facts.numbers import numbers
from dedup.facts.tokens import tokens
from dedup.model import Article, Change, Cluster, Diff, DiffSentence, Member
from dedup.pipeline.diff import Source, hold
from dedup.pipeline.pool import dealt
from dedup.words import words

Read = Callable[[str], Article]
_SPELT = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "dozen half third quarter twice thrice first second fourth fifth sixth seventh eighth ninth tenth".split()
)
_QUOTED = re.compile(r'“([^“”\n]{1,2000})”|"([^"\n]{1,2000})"')


@dataclass(frozen=True, slots=True)
class Other:
    """Another text of the dispatch, or of a sibling."""

    article: Article
    near: Mapping[str, set[str]]  # its figures, with the words near them
    version: bool  # the text of the version itself


@dataclass(frozen=True, slots=True)
class Suspect:
    """An article to be held against a version, and all that its dispatch says elsewhere."""

    article: Article
    version: Article
    agency: str
    share: float  # of the article in the original
    own: bool  # the version is the agency's own copy, or what two outlets print
    others: tuple[Other, ...]


def altered(pile: Pile, read: Read, workers: int) -> tuple[list[Altered], int]:
    """What was altered, and how many articles limits.CHECK_DIFFS kept from being held against their version."""
    always, each = limits.CHECK_DIFFS
    most = max(always, int(each * len(pile.entries)))
    suspects: list[Suspect] = []
    for cluster in pile.clusters:
        if cluster.original.agency:
            suspects.extend(_suspects(pile, cluster, cluster.original.agency, read))
    # The plainest copies first, where there are too many.
    suspects.sort(key=lambda s: (-s.share, s.article.id))
    chosen = suspects[:most]
    found = [one for held in dealt(_held, chosen, min(workers, len(chosen))) for one in held]
    return found, len(suspects) - len(chosen)


# ---------------------------------------------------------------- screening


@dataclass(frozen=True, slots=True)
class Said:
    """What of a text tells an alteration: its figures with what stands around them, and the words of its quotations."""

    around: frozenset[tuple[str, ...]]  # runs of words that a figure ends or begins, the figure blanked
    runs: dict[str, set[tuple[str, ...]]]  # per figure: the same runs
    near: dict[str, set[str]]  # per figure: longer words near it
    quotes: tuple[tuple[str, ...], ...]
    words: frozenset[tuple[str, ...]]  # runs of words


def _suspects(pile: Pile, cluster: Cluster, agency: str, read: Read) -> Iterator[Suspect]:
    """The outlets' articles of a cluster that may have altered something."""
    outlets = [m for m in cluster.members if not _own(pile.by_id[m.id]) and m.id != cluster.id]
    contents = {m.id: pile.by_id[m.id].content for m in cluster.members}
    if all(contents[m.id] == contents[_version(cluster, m)] for m in outlets):
        return
    articles = {m.id: read(m.id) for m in cluster.members}
    siblings = [read(s.cluster) for s in cluster.siblings if s.cluster in pile.by_id]
    said = {content: _said(articles[id]) for id, content in contents.items()}
    told = [_said(article) for article in siblings]
    beside = [Other(article, s.near, False) for article, s in zip(siblings, told, strict=True)]
    holders = Counter(contents.values())
    first = {content: articles[id] for id, content in reversed(contents.items())}
    for member in outlets:
        own, version = contents[member.id], _version(cluster, member)
        there = contents[version]
        if own == there or not typed(articles[member.id].language):
            continue
        if _differs(said[own], said[there], [*told, *(s for c, s in said.items() if c != own)]):
            others = [Other(first[c], s.near, c == there) for c, s in said.items() if c != own]
            sure = _own(pile.by_id[version]) or holders[there] > 1
            article = articles[member.id]
            yield Suspect(article, articles[version], agency, member.share_of_article, sure, (*others, *beside))


def _own(entry: Entry) -> bool:
    return entry.given or bool(entry.sent_by)


def _version(cluster: Cluster, member: Member) -> str:
    return member.version if member.version not in ("", member.id) else cluster.id


def _said(article: Article) -> Said:
    _, spans = clean.story(article.text)
    runs: dict[str, set[tuple[str, ...]]] = {}
    near: dict[str, set[str]] = {}
    every: set[tuple[str, ...]] = set()
    quotes: list[tuple[str, ...]] = []
    n = limits.CHECK_CONTEXT
    for text in (article.text[start:end] for start, end in spans):
        norms = [word.norm for word in words(text)]
        every.update(zip(*(norms[k:] for k in range(n)), strict=False))
        for i, norm in enumerate(norms):
            if _is_figure(norm):
                left, right = tuple(norms[max(0, i - n) : i]), tuple(norms[i + 1 : i + 1 + n])
                held = runs.setdefault(norm, set())
                held.update(run for run in ((*left, "#"), ("#", *right)) if len(run) > n)
                near.setdefault(norm, set()).update(_near(norms, i, i + 1))
        for quoted in _QUOTED.finditer(text):
            quotes.append(tuple(word.norm for word in words(quoted[1] or quoted[2] or "")))
    around = frozenset(run for held in runs.values() for run in held)
    return Said(around, runs, near, tuple(quotes), frozenset(every))


def _near(norms: Sequence[str], first: int, end: int) -> set[str]:
    """The longer words near those from `first` to `end`."""
    beside = (*norms[max(0, first - limits.CHECK_NEAR) : first], *norms[end : end + limits.CHECK_NEAR])
    return {norm for norm in beside if len(norm) > limits.CHECK_SHORT_WORD and not _is_figure(norm)}


_NOTHING: frozenset[str] = frozenset()


def _is_figure(norm: str) -> bool:
    return norm[:1].isdigit() or norm in _SPELT


def _differs(here: Said, version: Said, known: Iterable[Said]) -> bool:
    """Whether a text has a figure, or quoted words, that no other has, in a passage of its version."""
    known = list(known)
    for figure, runs in here.runs.items():
        shared = runs & version.around
        if shared and not any(s.near.get(figure, _NOTHING) & here.near[figure] for s in known):
            return True
    return any(_misquotes(quote, version, known) for quote in here.quotes)


def _misquotes(quote: tuple[str, ...], version: Said, known: Sequence[Said]) -> bool:
    """Whether most of a quotation is in the version, and some of it nowhere."""
    n = limits.CHECK_CONTEXT
    runs = list(zip(*(quote[k:] for k in range(n)), strict=False))
    if len(quote) < limits.CHECK_QUOTE_WORDS:
        return False
    there = sum(run in version.words for run in runs)
    return 0 < there < len(runs) and any(not any(run in s.words for s in known) for run in runs)


# ---------------------------------------------------------------- holding


def _held(suspect: Suspect) -> list[Altered]:
    """What an article altered of its version."""
    source = Source("", suspect.version, agency=suspect.agency)
    diff = hold(suspect.article, [source])
    found: list[Altered] = []
    for sentence in diff.sentences:
        link = sentence.links[0] if len(sentence.links) == 1 else None
        if sentence.label == "reworded" and link and link.score >= limits.CHECK_TAKEN_OVER:
            found.extend(_of_sentence(sentence, diff, suspect))
    return found


def _of_sentence(sentence: DiffSentence, diff: Diff, suspect: Suspect) -> Iterator[Altered]:
    for change in sentence.changes:
        rule = _rule(change)
        if not (rule and change.before and change.after and _counts(change)):
            continue
        if _put_in(change, sentence, suspect) and _vouched(change, diff, suspect):
            yield Altered(
                rule, suspect.article.id, suspect.agency, suspect.version.id, change.before, change.after, sentence.text
            )


_PASSING = re.compile(r"(?:minute|hour|day)s? (?:ago|earlier)")  # counts from when a page was made
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def _rule(change: Change) -> str:
    """Of which rule a change is, "" of none. Of dates only figures: "March 4" for "March 7", "2013" for "2031"."""
    if change.type == "date" and _DIGITS.sub("#", change.before) == _DIGITS.sub("#", change.after):
        return "" if _PASSING.search(change.after) else "WIRE004"
    return {"quote": "WIRE003", "number": "WIRE004"}.get(change.type, "")


def _counts(change: Change) -> bool:
    """Whether a change is plainly an alteration."""
    if change.type == "date":
        return not change.note
    if change.type == "number":
        return not change.note and _units(change.before) == _units(change.after)
    if "*" in change.before + change.after:  # a swear word masked
        return False
    before, after = ([w.norm for w in words(text)] for text in (change.before, change.after))
    shared = len(set(before) & set(after))
    enough = min(len(before), len(after)) >= limits.CHECK_QUOTE_WORDS
    return enough and shared >= limits.CHECK_QUOTE_SAME * max(len(set(before)), len(set(after)))


def _units(text: str) -> set[str]:
    """The units of the figures in a few words: a sum in another currency was converted, not altered."""
    return {number.unit for number in numbers(tokens(text))}


def _put_in(change: Change, sentence: DiffSentence, suspect: Suspect) -> bool:
    """Whether no other text of the dispatch, nor of a sibling, has what the article has."""
    return not _stands(change.type, change.after, sentence.text, change.after_span, suspect.others)


def _vouched(change: Change, diff: Diff, suspect: Suspect) -> bool:
    """Whether what the version has is the agency's: its own copy, or said by another text too.

    Else of the article and the outlet that stands for the agency one altered it, and who is not known.
    """
    if suspect.own or change.against is None:
        return suspect.own
    wire = diff.originals[0].sentences[change.against.index].text
    others = [other for other in suspect.others if not other.version]
    return _stands(change.type, change.before, wire, change.before_span, others)


def _stands(kind: str, said: str, sentence: str, span: tuple[int, int] | None, others: Iterable[Other]) -> bool:
    """Whether any of other texts has the words `said`, or their figures near a word that they stand near here."""
    if kind == "quote" or span is None:
        run = _plain(said)
        return any(run in _plain(other.article.text) for other in others)
    held = words(sentence)
    inside = [i for i, w in enumerate(held) if span[0] <= w.start < span[1]]
    here = _near([w.norm for w in held], inside[0], inside[-1] + 1) if inside else set()
    figures = [held[i].norm for i in inside if _is_figure(held[i].norm)]
    return any(all(other.near.get(figure, _NOTHING) & here for figure in figures) for other in others)


def _plain(text: str) -> str:
    return f" {' '.join(word.norm for word in words(text))} "
