"""Names: a sentence -> the capitalised spans that name somebody or something.

No dictionary of names and no model: a name is a run of capitalised words ("Prime Minister Aila Brandt", "the Ministry
of Works", "ICC"), and what matters is whether the other text has it too. Typing a name (person, place) is not needed
for that. Known exceptions: a sentence's first word is no name unless it is followed by another capitalised word, is an
acronym or is not one of the words that commonly open sentences; headlines in capitals have no names at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from dedup.facts.tokens import FUNCTION_WORDS, Tokens, overlaps, stem

COURTESY = frozenset("mr mrs ms miss mx sir dame madam lord lady dr prof".split())
TITLES = (
    frozenset(
        """president vice prime minister premier chancellor king queen prince princess senator sen representative
        rep gov governor secretary general gen lt lieutenant col colonel capt captain maj major sgt sergeant cpl
        corporal adm admiral judge justice chief deputy assistant director mayor commissioner chairman
        chairwoman chair speaker spokesman spokeswoman spokesperson attorney ambassador officer detective
        inspector superintendent constable professor rev reverend pope bishop archbishop cardinal rabbi imam
        sheikh coach manager congressman congresswoman councillor councilman councilwoman executive editor
        foreign interior defence defense finance elect former pres acting first leader candidate nominee ceo""".split()
    )
    | COURTESY
)
_ENDS = frozenset('.!?:;"“‘…—')  # a sentence or a quotation begins after these
_JOINS = frozenset("of de la del di da von van der den bin ibn al el le du and & for".split())
_WEAK_JOINS = frozenset(("and", "for"))  # join only between capitals inside an organisation's name
_OPENERS = FUNCTION_WORDS | frozenset(
    """according meanwhile earlier later despite following police officials authorities many several some most few all
    both one two three four five six seven eight nine ten prosecutors investigators residents witnesses lawmakers
    critics analysts experts reporters no none nothing never nobody yes please let thank thanks maybe perhaps once
    because unlike instead still yet even also now then today yesterday tomorrow last next previously recently
    currently nearly almost more less prior speaking asked there here having being reports people hours days weeks
    months years""".split()
)
# Spellings of one country that every house style has an opinion about.
_SAME = {
    "us": "us", "usa": "us", "america": "us", "american": "us", "americans": "us", "united states": "us",
    "uk": "uk", "britain": "uk", "british": "uk", "united kingdom": "uk", "eu": "eu", "european union": "eu",
    "un": "un", "united nations": "un",
}  # fmt: skip


_ROLES = frozenset(
    stem(w)
    for w in """officer man woman boy girl suspect driver gunman shooter attacker victim leader president mayor minister
    secretary chief director candidate senator governor judge lawyer attorney spokesman spokeswoman
    spokesperson official prosecutor agency group organization company firm department bank court university
    school hospital zoo museum church team club union party campaign country nation city town state capital
    region village island king queen pope prince player coach star singer actor author teacher student
    professor doctor scientist soldier general commander sergeant pilot passenger resident neighbor couple
    family brother sister son daughter father mother husband wife teenager billionaire businessman founder
    owner executive lawmaker committee commission council ministry parliament senate tribunal airline
    network newspaper website republican democrat""".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a sentence."""

    start: int
    end: int
    text: str
    core: tuple[str, ...]  # comparable words without titles and courtesy forms
    titles: tuple[str, ...]  # titles before or in it, courtesy forms left out
    first: int  # index of its first and last word
    last: int


def names(sentence: Tokens, taken: Sequence[tuple[int, int]] = ()) -> list[Name]:
    """The names of a sentence in order; words inside `taken` spans (dates) are passed over. Cost: linear."""
    spans = list(taken)
    capital = [
        w.text[0].isupper() and _capitalised(sentence, i) and not overlaps(w.start, w.end, spans)
        for i, w in enumerate(sentence.words)
    ]
    if sum(capital) > 4 and sentence.text.upper() == sentence.text:
        return []
    found: list[Name] = []
    i = 0
    while i < len(capital):
        if not capital[i]:
            i += 1
            continue
        end = _run(sentence, capital, i)
        found.extend(_name(sentence, capital, i, end))
        i = end
    return found


def _capitalised(sentence: Tokens, i: int) -> bool:
    """Whether the capital of word i can be a name's."""
    word = sentence.words[i]
    if word.norm in ("i", "im", "ill", "ive", "id"):
        return False
    if word.norm in ("may", "will"):
        return not _opens(sentence, i)  # Theresa May, Will Osk
    if word.norm in FUNCTION_WORDS and word.norm != "us":
        return False
    return word.norm != "us" or word.text not in ("Us", "us")


def _opens(sentence: Tokens, i: int) -> bool:
    """Whether word i begins a sentence or a quotation, where a capital says nothing."""
    gap = sentence.gap(i)
    return i == 0 or not _ENDS.isdisjoint(gap) or (i == 1 and gap.strip() in ("'", "’"))


def _run(sentence: Tokens, capital: Sequence[bool], i: int) -> int:
    """The index after the name that begins at word i."""
    end = i + 1
    while end < len(capital):
        if capital[end] and _joined(sentence, end):
            end += 1
        elif (
            end + 1 < len(capital)
            and capital[end + 1]
            and sentence.words[end].norm in _JOINS
            and _joined(sentence, end)
            and _joined(sentence, end + 1)
            and (sentence.words[end].norm not in _WEAK_JOINS or _organisation(sentence, i, end))
        ):
            end += 2
        else:
            return end
    return end


def _joined(sentence: Tokens, i: int) -> bool:
    gap = sentence.gap(i)
    if sentence.words[i - 1].text[-2:] in ("'s", "’s"):
        return False  # "Karvia's Aila Brandt": two names
    if gap in (" ", "-", "\u00a0", " & "):
        return True
    previous = sentence.words[i - 1].norm
    short = len(previous) == 1 or previous in TITLES or previous in ("st", "jr", "corp", "inc", "dept", "ft", "mt")
    return gap in (". ", ".") and short


def _organisation(sentence: Tokens, i: int, end: int) -> bool:
    """ "Department of Health and ..." goes on after "and"; "Trump and Putin" does not."""
    return any(sentence.words[k].norm == "of" for k in range(i, end))


def _name(sentence: Tokens, capital: Sequence[bool], i: int, end: int) -> list[Name]:
    """The name in words i..end-1, or none: openers are cut off, titles set apart."""
    while i < end and _opens(sentence, i) and sentence.words[i].norm in _OPENERS:
        i += 1
    while i < end and not capital[i]:
        i += 1
    if i == end:
        return []
    if _opens(sentence, i) and end == i + 1 and _plain(sentence, i):
        return []
    inside = [sentence.words[k].norm for k in range(i, end)]
    core = tuple(n for n in inside if n not in TITLES and n not in _JOINS)
    titles = tuple(n for n in inside if n in TITLES and n not in COURTESY)
    start, stop = sentence.words[i].start, sentence.words[end - 1].end
    return [Name(start, stop, sentence.text[start:stop], core, titles, i, end - 1)]


def _plain(sentence: Tokens, i: int) -> bool:
    """Whether a lone capitalised word that opens a sentence has an ordinary word's ending."""
    word = sentence.words[i]
    if word.text.isupper() and len(word.text) > 1:
        return False
    return word.text[-2:] not in ("'s", "’s") and word.norm.endswith(
        ("ing", "ed", "ly", "ers", "ors", "ies", "tion", "tions", "ment", "ments", "sts", "ents", "ans", "als", "ness")
    )


def roles(sentence: Tokens) -> frozenset[str]:
    """Stems of the common nouns that stand for somebody or something with a name: "the officer", "a zoo"."""
    return frozenset(
        s
        for i, (s, w) in enumerate(zip(sentence.stems, sentence.words, strict=True))
        if s in _ROLES and w.text[:1].islower() and i
    )


def key(word: str) -> str:
    """The form in which the spellings of a country's name are one.

    >>> key("american"), key("brandt")
    ('us', 'brandt')
    """
    return _SAME.get(word, word)


def keys(name: Name) -> frozenset[str]:
    """The words of a name as keys; a country's name of several words is one."""
    whole = " ".join(name.core)
    return frozenset([_SAME[whole]]) if whole in _SAME else frozenset(key(stem(c)) for c in name.core)


def initials(name: Name) -> str:
    """The acronym a name would have: "Bureau of Land Survey" -> "bls"."""
    return "".join(part[0] for part in name.core)


def misspelt(a: str, b: str) -> bool:
    """Whether two different words look like one name spelt twice. Needs five letters and the same first one.

    >>> misspelt("brandt", "brnadt"), misspelt("norway", "norwich"), misspelt("brandt", "brandts")
    (True, False, False)
    """
    shortest = min(len(a), len(b))
    if a == b or shortest < 5 or a[0] != b[0] or {a, b} & FUNCTION_WORDS or a.isdigit():
        return False
    if a.rstrip("s") == b.rstrip("s") or a.startswith(b) or b.startswith(a):
        return False
    return OSA.distance(a, b) <= (1 if shortest < 7 else 2)
