"""Info: a case -> the facts that stand on one side only, beyond those that have a type of their own.

A fact shows as a run of content words that the other side lacks, words of a shared root aside. Single words differ in
every rewrite; a run of them, the more so with a name or a figure among them, is something a reader learns here and not
there. A fact left out of several article sentences that go back to one original sentence is reported once, at the one
that is closest to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dedup import limits
from dedup.facts.reading import Case, Linked, Read
from dedup.facts.tokens import overlaps, similarity
from dedup.facts.values import Span, change
from dedup.model import Change


def info_changes(case: Case, typed: Sequence[Change]) -> Iterator[Change]:
    """Facts added, then facts dropped; what `typed` changes and attributions account for is no new fact."""
    explained = [c.after_span for c in typed if c.after_span] + [(s.start, s.end) for s in case.article.sources]
    for span in _new(case.article, case.stated, explained):
        yield change("info_added", case.closest[0], None, (span, case.article.text[slice(*span)]))
    said = case.article.content.union(*(other.content for other in case.elsewhere))
    for linked in case.best:
        link, text = linked
        explained = [c.before_span for c in typed if c.before_span and c.against == link]
        explained += [(s.start, s.end) for s in text.sources]
        for span in _new(text, said, explained) if _ours(linked, case) else ():
            yield change("info_dropped", link, (span, text.text[slice(*span)]), None)


def _ours(linked: Linked, case: Case) -> bool:
    """Whether no other article sentence is closer to this original."""
    original = linked[1].tokens
    mine = similarity(original, case.article.tokens)
    return all(similarity(original, other.tokens) <= mine for other in case.elsewhere)


def _new(sentence: Read, other: frozenset[str], explained: Sequence[Span]) -> list[Span]:
    """Spans of a sentence's runs of new words, in order, when they weigh enough to be a fact."""
    weights = _weights(sentence)
    runs = [(sum(weights[i] for i in run), run) for run in _runs(sentence, other, explained)]
    heaviest, total = max((w for w, _ in runs), default=0.0), sum(w for w, _ in runs)
    if heaviest < limits.FACT_RUN and total < limits.FACT_TOTAL:
        return []
    words = sentence.tokens.words
    enough = min(limits.FACT_RUN, heaviest)
    return [(words[run[0]].start, words[run[-1]].end) for weight, run in runs if weight >= enough]


def _weights(sentence: Read) -> list[float]:
    """1 a word, more for a word of a name or a figure."""
    weights = [1.0] * len(sentence.tokens.words)
    spans = [(n.first, n.last) for n in sentence.names] + [(n.first, n.last) for n in sentence.numbers]
    for first, last in spans:
        weights[first : last + 1] = [limits.FACT_NAME_WEIGHT] * (last + 1 - first)
    return weights


def _runs(sentence: Read, other: frozenset[str], explained: Sequence[Span]) -> Iterator[list[int]]:
    """Runs of content words that the other side lacks: a word it has ends a run, an explained one is passed over."""
    tokens, spans = sentence.tokens, list(explained)
    roots = {s[: limits.FACT_ROOT] for s in other if len(s) >= limits.FACT_ROOT}
    run: list[int] = []
    for i, (stem, word) in enumerate(zip(tokens.stems, tokens.words, strict=True)):
        if word.start < sentence.dateline or not tokens.content(i):
            continue
        if stem in other or stem[: limits.FACT_ROOT] in roots:
            if run:
                yield run
            run = []
        elif not overlaps(word.start, word.end, spans):
            run.append(i)
    if run:
        yield run
