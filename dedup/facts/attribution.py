"""Attribution: a sentence -> who is named as the source of what it states, and where it was said.

Four shapes: a speech verb with its speaker on either side ("police said", "said Brandt, the mayor"), a source phrase
("according to the ministry"), an audience ("told Reuters") and an occasion ("in a statement", "at a news conference").
Only "say" and "tell" always report speech. The others also do plain work ("a noted judge", "the fine announced in May",
"claimed the prize"), so they count when what follows or stands before is what speech has: "that", a pronoun, a
quotation, a comma before the sentence's end. Nothing inside quotation marks is an attribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dedup.facts.quotes import Quote
from dedup.facts.tokens import FUNCTION_WORDS, NUMERALS, Tokens, stem

_ALWAYS = frozenset("said says saying told tells tweeted".split())
_CLAUSE = frozenset(  # report speech before a pronoun or a determiner too: "insisted the vote was fair"
    """claimed claims insisted insists argued argues acknowledged acknowledges conceded explained warned warns stressed
    emphasized emphasised asserted contended contends alleged alleges testified believes believe think thinks
    reiterated estimate estimates estimated hopes hoped""".split()
)
_SOMETIMES = frozenset(
    """added adds announced announces reported reports reporting wrote writes asked asks concluded concludes found
    read reads states stated indicated indicates indicate showed shows revealed disclosed cited cites citing
    observed agreed responded replied quoted quoting cautioned noted notes remarked commented quipped recalled
    continued confirmed confirms admitted admits declared denied denies suggested suggests predicted described
    maintained maintains""".split()
)
_NOUNS = frozenset("states reports notes claims estimates estimate".split())  # "..., in three states"
_TOLD = frozenset(("told", "tells"))
_OCCASIONS = frozenset(
    """statement interview tweet tweets report letter conference briefing speech email message filing documents document
    release testimony memo affidavit twitter facebook blog announcement""".split()
)
_PRONOUNS = frozenset("he she they it we i who there".split())
_DETERMINERS = frozenset("a an the this that these those his her its their some no any".split())
_FINITE = frozenset("is was are were has had have would will could should may might can did does".split())
_CLAUSE_STARTS = frozenset("that but and because while as when which after if although though where".split())
_PREPOSITIONS = frozenset("in on at after of to during via by who from".split())
_VERBS = _CLAUSE | _SOMETIMES
_MARKERS = _ALWAYS | _VERBS | _OCCASIONS | {"according"}  # no source without one of these words
_BREAKS = frozenset(',;:()—–"“”')
_TAIL = 5  # words between a quotation and the verb after it: '"No," the old king wrote in May'
_REACH = 10  # words between a speaker and the verb; longer subjects are rare and a wrong one is worse than none

DOCUMENTS = frozenset(stem(w) for w in _OCCASIONS)  # stems: sources that are nobody's name


@dataclass(frozen=True, slots=True)
class Source:
    """One attribution."""

    start: int
    end: int
    text: str
    named: frozenset[str]  # comparable capitalised words that name the speaker
    role: frozenset[str]  # stems of its other content words ("officials", "report")
    audience: frozenset[str]  # "told Reuters" -> {"reuters"}
    occasion: bool  # this is an occasion ("in a statement") rather than a speaker
    first: int  # index of its first and last word
    last: int


def sources(sentence: Tokens, quoted: Sequence[Quote] = ()) -> list[Source]:
    """The attributions of a sentence in order, never overlapping. Cost: linear in the words."""
    marks = [i for i, word in enumerate(sentence.words) if word.norm in _MARKERS]
    if not marks:
        return []
    inside = _inside(sentence, quoted)
    found: list[Source] = []
    for i in marks:
        source = None if inside[i] else _at(sentence, i, sentence.words[i].norm, inside)
        if source is not None and (not found or source.start >= found[-1].end):
            found.append(source)
    return found


def _inside(sentence: Tokens, quoted: Sequence[Quote]) -> list[bool]:
    """For each word: does it stand in a quotation?"""
    if not quoted:
        return [False] * len(sentence.words)
    return [any(q.start <= w.start < q.end for q in quoted) for w in sentence.words]


def _at(sentence: Tokens, i: int, norm: str, inside: Sequence[bool]) -> Source | None:
    if norm == "according" and _norm(sentence, i + 1) == "to":
        end = _phrase_end(sentence, i + 2, inside)
        return _source(sentence, range(i, end), range(i + 2, end))
    if norm in _OCCASIONS:
        return _occasion(sentence, i, inside)
    if norm in _ALWAYS or (norm in _VERBS and _reports(sentence, i, inside)):
        return _spoken(sentence, i, inside)
    return None


def _norm(sentence: Tokens, i: int) -> str:
    return sentence.words[i].norm if 0 <= i < len(sentence.words) else ""


def _breaks(sentence: Tokens, i: int) -> bool:
    """Whether the gap before word i ends a phrase."""
    return not _BREAKS.isdisjoint(sentence.gap(i))


def _reports(sentence: Tokens, i: int, inside: Sequence[bool]) -> bool:
    """Whether a verb of several uses reports speech at word i."""
    norm, following = _norm(sentence, i), _norm(sentence, i + 1)
    if _norm(sentence, i - 1) in _DETERMINERS or i == 0:
        return False
    if following == "that" or following in _PRONOUNS or norm in ("citing", "quoting"):
        return True
    if norm in _CLAUSE and following in _DETERMINERS:
        return any(_norm(sentence, k) in _FINITE for k in range(i + 2, i + _REACH))  # else "claimed the prize"
    if i + 1 < len(inside) and inside[i + 1]:
        return True
    return _closes(sentence, i, inside)


def _closes(sentence: Tokens, i: int, inside: Sequence[bool]) -> bool:
    """Whether the verb ends a tail after what was said: "..., Brandt wrote." or '"No," added Brandt.'"""
    after = sentence.text[sentence.words[i].end : sentence.words[i].end + 1]
    ends = i + 1 == len(sentence.words) or after == ","
    told = any(inside[:i]) or ("," in sentence.text[: sentence.words[i].start] and _norm(sentence, i) not in _NOUNS)
    return (ends and told) or any(inside[max(0, i - _TAIL) : i])


def _phrase_end(sentence: Tokens, start: int, inside: Sequence[bool]) -> int:
    end = start
    while end < len(inside) and end - start < _REACH and not inside[end]:
        if end > start and _breaks(sentence, end):
            break
        end += 1
    return end


def _occasion(sentence: Tokens, i: int, inside: Sequence[bool]) -> Source | None:
    """ "in a written statement", "at a news conference", "on Twitter": back to the preposition, four words at most."""
    for start in range(i - 1, max(-1, i - 5), -1):
        if inside[start] or _breaks(sentence, start + 1):
            return None
        if _norm(sentence, start) in ("in", "at", "during", "via", "on", "by"):
            return _source(sentence, range(start, i + 1), range(start + 1, i + 1), occasion=True)
    return None


def _spoken(sentence: Tokens, i: int, inside: Sequence[bool]) -> Source:
    audience = _audience(sentence, i, inside) if _norm(sentence, i) in _TOLD else range(i + 1, i + 1)
    end = max(i + 1, audience.stop)
    before = _before(sentence, i, inside)
    if len(before):
        return _source(sentence, range(before.start, end), before, audience)
    after = range(0) if len(audience) else _after(sentence, i, inside)
    if len(after):
        return _source(sentence, range(i, after.stop), after)
    before = _over_apposition(sentence, i, inside)
    return _source(sentence, range(before.start if len(before) else i, end), before, audience)


def _before(sentence: Tokens, i: int, inside: Sequence[bool]) -> range:
    """The words of the subject before the verb: back to a break, a quotation or another clause."""
    start = i
    while start > 0 and i - start < _REACH and not inside[start - 1]:
        if _breaks(sentence, start) or _norm(sentence, start - 1) in _CLAUSE_STARTS:
            break
        start -= 1
    return range(start, i)


def _after(sentence: Tokens, i: int, inside: Sequence[bool]) -> range:
    """The words of an inverted subject ("..., said Aila Brandt"): they follow a break and run to the next one."""
    if not _breaks(sentence, i):
        return range(0)
    end = i + 1
    while end < len(inside) and not inside[end] and not (end > i + 1 and _breaks(sentence, end)):
        if end - i > _REACH or _norm(sentence, end) in _CLAUSE_STARTS:
            return range(0)
        if _norm(sentence, end) in _PREPOSITIONS:
            break
        end += 1
    return range(i + 1, end)


def _over_apposition(sentence: Tokens, i: int, inside: Sequence[bool]) -> range:
    """The subject before an apposition: "Brandt, the mayor of Lisk, said"."""
    if "," not in sentence.gap(i):
        return range(0)
    comma = i - 1
    while comma > 0 and i - comma < _REACH and not inside[comma] and not (comma < i and "," in sentence.gap(comma)):
        comma -= 1
    start = comma
    while (
        start > 0 and comma - start < 5 and not inside[start - 1] and (start == comma or not _breaks(sentence, start))
    ):
        start -= 1
    return range(start, comma)


def _audience(sentence: Tokens, i: int, inside: Sequence[bool]) -> range:
    """Who was told, up to five words: "Reuters", "the Daily Mirror", "reporters" - or a programme's name in marks."""
    end = i + 1
    while end < len(inside) and end - i <= 5:
        gap = sentence.gap(end)
        if end > i + 1 and (_breaks(sentence, end) and not inside[end]):
            break
        if end > i + 1 and inside[end] != inside[end - 1] and gap.strip():
            break
        if _norm(sentence, end) in _CLAUSE_STARTS | _PRONOUNS | {"in", "on", "at", "to", "during"}:
            break
        if end > i + 1 and sentence.words[end].text[:1].islower() and sentence.words[end - 1].text[:1].isupper():
            break
        end += 1
    return range(i + 1, end)


def _source(
    sentence: Tokens, shown: range, speaker: range, audience: range = range(0), occasion: bool = False
) -> Source:
    start, stop = sentence.words[shown.start].start, sentence.words[shown.stop - 1].end
    content = [k for k in speaker if sentence.content(k) and k not in audience and _norm(sentence, k) not in NUMERALS]
    described = speaker.start < len(sentence.words) and _norm(sentence, speaker.start) in _DETERMINERS
    names = [k for k in content if sentence.words[k].text[:1].isupper() and not described]
    named = frozenset(sentence.words[k].norm for k in names)
    role = frozenset(sentence.stems[k] for k in content if k not in names)
    heard = frozenset(sentence.words[k].norm for k in audience if sentence.words[k].norm not in FUNCTION_WORDS)
    return Source(start, stop, sentence.text[start:stop], named, role, heard, occasion, shown.start, shown.stop - 1)
