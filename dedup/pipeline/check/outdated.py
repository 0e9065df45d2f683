"""Outdated: a pile -> the articles that still have a sentence which a correction changed.

A correction differs from the version before it in a sentence or two. What stands in that version and no longer in the
corrected one is what was wrong; an article that has such a sentence, word for word, has the wrong text. An article that
was reworded, or cut before that sentence, is left alone. Where the two versions differ in more sentences than
limits.CORRECTED_SENTENCES the correction came with an update, and what was wrong is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dedup import clean, limits
from dedup.check.views import SOURCES, Entry, Outdated, Pile
from dedup.model import Article, Cluster
from dedup.segment import sentences
from dedup.words import words

Read = Callable[[str], Article]


def outdated(pile: Pile, read: Read) -> Iterator[Outdated]:
    """The articles of outlets with a sentence that a correction of their dispatch changed. Cost: linear."""
    for cluster in pile.clusters:
        if cluster.original.agency and len(cluster.versions) > 1:
            yield from _in_cluster(pile, cluster, cluster.original.agency, read)


def _in_cluster(pile: Pile, cluster: Cluster, agency: str, read: Read) -> Iterator[Outdated]:
    order = [version.id for version in cluster.versions]
    told: set[str] = set()
    for place, id in enumerate(order):
        if place and _corrects(pile.by_id[id], agency):
            wrong = _wrong(read(order[place - 1]), read(id))
            earlier = {*order[:place]}
            for member in cluster.members if wrong else ():
                entry = pile.by_id[member.id]
                if member.version in earlier and not (entry.given or entry.sent_by or entry.id in told):
                    said = _sentences(read(member.id))
                    if held := [text for norm, text in said.items() if norm in wrong]:
                        told.add(entry.id)
                        yield Outdated(entry.id, agency, id, held[0])


def _corrects(entry: Entry, agency: str) -> bool:
    """Whether an article is the agency's correction: its own copy, or copy that gives the agency as its source."""
    whose = {entry.sent_by, *(a for a, role in entry.credits if role in SOURCES)}
    return entry.says == "correction" and agency in whose


def _wrong(before: Article, after: Article) -> set[str]:
    """The sentences that a correction changed, in comparable form; none when it changed too many to tell."""
    old, new = _sentences(before), _sentences(after)
    gone = {norm for norm in old if norm not in new and norm.count(" ") + 1 >= limits.SENTENCE_WORDS}
    return gone if len(gone) <= limits.CORRECTED_SENTENCES else set()


def _sentences(article: Article) -> dict[str, str]:
    """The sentences of the story by their comparable form."""
    _, spans = clean.story(article.text)
    texts = (s.text for start, end in spans for s in sentences(article.text[start:end], language=article.language))
    return {" ".join(word.norm for word in words(text)): text for text in texts}
