"""Hedges and negation: a sentence -> the words that weaken what it states, and the words that turn it round.

Hedges fall into families; a change inside a family ("may" -> "might", "allegedly" -> "accused of") is style, one from a
family to none, or to another, is a change of certainty. Negators are words, contracted endings and verbs that deny.
Neither counts inside another word's use: "May 5", "the will to", "not only".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dedup.facts.tokens import Tokens, overlaps

_FAMILIES = {
    "possible": "may might could possible possibly perhaps maybe potential potentially conceivably",
    "alleged": "alleged allegedly alleging alleges allege accused accuses accusing claimed claims claiming purported "
    "purportedly suspected supposedly",
    "reported": "reportedly unconfirmed rumored rumoured",
    "apparent": "apparent apparently appear appears appeared seem seems seemed seemingly evidently",
    "likely": "likely unlikely probably presumably probable",
    "expected": "expected projected hopes hoped aims intends plans planned planning",
    "believed": "believed believes believe thinks",
    "unclear": "unclear unknown uncertain",
    "unfounded": "unsubstantiated unverified baseless inaccurately falsely unproven",
}
_FAMILY = {word: family for family, members in _FAMILIES.items() for word in members.split()}
_NEGATORS = frozenset(
    """not no never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent hasnt
    havent hadnt wont wouldnt shouldnt couldnt mustnt nt""".split()
)
_DENIALS = frozenset(
    """deny denies denied denying fail fails failed failing refuse refuses refused refusing reject rejects rejected
    rejecting unable unlikely impossible lack lacks lacked avoid avoided decline declined declines""".split()
)


_NEGATIVE_PREFIXES = ("un", "non", "dis", "impos", "inad", "illeg", "irreg")
_NOT_NEGATIVE = frozenset(
    "united under union unions until unless unique university universal distance district".split()
)


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that weakens a statement."""

    start: int
    end: int
    text: str
    family: str
    index: int  # of the word


def hedges(sentence: Tokens, taken: Sequence[tuple[int, int]] = ()) -> list[Hedge]:
    """The hedges of a sentence; words inside `taken` spans (dates) are passed over. Cost: linear in the words."""
    spans = list(taken)
    return [
        Hedge(w.start, w.end, w.text, _FAMILY[w.norm], i)
        for i, w in enumerate(sentence.words)
        if w.norm in _FAMILY and _weakens(sentence, i) and not overlaps(w.start, w.end, spans)
    ]


_WITH_TO = frozenset(
    "appear appears appeared seem seems seemed expected hopes hoped aims intends plans planned".split()
)


def _weakens(sentence: Tokens, i: int) -> bool:
    """Whether word i is a hedge in its place: not the month, not "claims" and "plans" as nouns, not "appeared on"."""
    word = sentence.words[i]
    following = sentence.words[i + 1].norm if i + 1 < len(sentence.words) else ""
    if word.norm in _WITH_TO:
        return following in ("to", "that", "he", "she", "they", "it")
    if word.norm in ("claims", "believe", "suspected"):
        before = sentence.words[i - 1].norm if i else ""
        return before not in ("the", "his", "her", "their", "its", "of", "i", "we", "you", "dont")
    return word.text != "May"


def negators(sentence: Tokens) -> list[int]:
    """Indexes of the words that negate. "not only", "no longer than" and "No. 5" do not.

    >>> from dedup.facts.tokens import tokens
    >>> negators(tokens("He did not resign and didn't call, not only once"))
    [2, 5]
    """
    return [i for i, w in enumerate(sentence.words) if w.norm in _NEGATORS and not _harmless(sentence, i)]


def _harmless(sentence: Tokens, i: int) -> bool:
    norm = sentence.words[i].norm
    following = sentence.words[i + 1].norm if i + 1 < len(sentence.words) else ""
    if norm == "no" and (
        sentence.text[sentence.words[i].end :][:1] == "." or following in ("less", "fewer", "more", "one")
    ):
        return True
    return norm == "not" and following in ("only", "just", "least", "surprisingly")


def negative(sentence: Tokens, i: int) -> bool:
    """Whether word i turns its object round without being a negator: "denied", "failed to", "unsafe", "impossible"."""
    norm = sentence.words[i].norm
    return norm in _DENIALS or (norm.startswith(_NEGATIVE_PREFIXES) and len(norm) > 5 and norm not in _NOT_NEGATIVE)
