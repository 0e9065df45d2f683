"""Segment: article text -> sentences, as spans over the untouched text.

Observations
    Alignment suffers more from a sentence cut in two ("Lt." | "Gen. Ray Roe said ...") than from two left together. On
    46 hand-made news traps nupunkt makes 2 false cuts and misses 4, sentencex 5 and 4, pysbd 8 and 4; nupunkt knows
    English only, sentencex some 300 languages. Neither is linear: 64,000 characters of `."` take nupunkt 8 s, of
    opening quotation marks or of short Chinese sentences sentencex 3 to 8 s: sixteen times what a quarter of it takes.
Method
    1. A line end always ends a sentence, so the library only ever sees one line: nothing crosses from a caption or a
       list item into the story.
    2. A long line is read through a window of MAX_SENTENCE characters, which moves on to the last sentence it saw
       begin; a sentence longer than the window is cut at a space. So the cost is linear whatever the library does.
    3. What news needs is corrected on the list of cuts. Cuts are added after "U.S." and its like before a word that
       starts sentences, inside long quotations (sentencex leaves them whole) and before a "(Reporting by ...)" tail;
       cuts are removed before small letters, behind titles and initials, behind a dateline, behind the number of a
       list, inside a tail.
    4. `marks` overrule both: a stretch of furniture starts and ends a sentence of its own and is never cut inside a
       line; a dateline stays with the sentence it opens.
Known exceptions
    Text wrapped at a fixed width (mail, old wire feeds) is cut at every line: unwrap it when reading. "in Sept.
    Analysts left" stays one sentence: a capital after a month says nothing, and a wrong cut costs more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from dedup.limits import MAX_SENTENCE
from dedup.model import Mark, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Cutter = Callable[[str], list[int]]  # one line -> where sentences begin, 0 left out, ascending

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_PLAIN_LINE = re.compile(r"[^\n\r]+")
_ENDING = re.compile(r"[.!?…。！？।؟۔｡]")
_FOREIGN_END = re.compile(r"[。！？।؟۔｡]")  # sentence ends English does not have

# A title before a name: its full stop never ends a sentence there.
_TITLES = frozenset(
    "adm asst atty brig capt cdr cmdr col comdr cpl cpt det dr fr gen gov hon insp lt ltc maj messrs mr mrs ms mx pfc "
    "pres prof pvt rep reps rev sen sens sgt spc spec sr ss st ste supt vs".split()
)
_LAST_WORD = re.compile(r"([^\W\d_]+)\.[\"'’”)\]]*\s*\Z")
# Abbreviations that may also end a sentence; after them a word of _STARTERS begins a new one.
_MAY_END = re.compile(
    r"\b(?:U\.S|U\.K|U\.N|E\.U|D\.C|[ap]\.m|Inc|Corp|Co|Ltd|Bros|Jr|Sr|etc|Jan|Feb|Aug|Sept|Oct|Nov|Dec"
    r"|Ala|Ariz|Ark|Calif|Colo|Conn"
    r"|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|N\.[CDHJMY]|Okla|Ore|Pa|R\.I|S\.[CD]"
    r"|Tenn|Va|Vt|Wash|Wis|W\.Va|Wyo)\.[\"'’”)]?\s+(?=[\"'“‘(]?([A-Z][A-Za-z]*))"
)
_STARTERS = frozenset(
    """
A After All Also Although An And As At Because Before Both But By During Each Earlier Even Few For From He Her
Here His How However If In Instead Is It Its Last Later Many Meanwhile More Most My No Not Now On Once One
Only Other Others Our People Several She Since So Some Still That The Their Then There These They This Those
Though Through Two Under Until We What When Where Whether While Who Why With You Your
""".split()
)
# "... John F. " and "A. B. "
_PERSON = re.compile(r"[A-Z][\w’'-]+\s+(?:[A-Z]\.\s*)+\Z|(?:\A|[\s(])(?:[A-Z]\.\s*){2,}\Z")
_NEXT_NAME = re.compile(r"[A-Z][a-z’']|[A-Z]\.")
_TAIL = re.compile(
    r"\((?:Additional\s+|Compiled\s+|Corrects?\s+|Editing\s+|Graphic\s+|Reporting\s+|Writing\s+)"
    r"(?:reporting\s+|writing\s+|editing\s+)?(?:and\s+\w+\s+)?by\b[^()]*\)?",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s*")  # "2. " before the words of a list
_COMPANY = re.compile(r"(?:Inc|Corp|Ltd|Co|plc|LLC)\b")  # after "Yahoo! "
_GOES_ON = tuple(")]},;:")  # no sentence starts with these, nor with a small letter
_AFTER_PLACE = re.compile(r"[-–—]{1,2}\s|\([A-Z][A-Za-z /]{1,40}\)\s*[-–—]")
_QUOTES = re.compile(r"[\"“”„«»「」『』]")
_INSIDE = re.compile(r"[.!?…]\s+(?=[\"“‘¿¡]?[^\W\d_a-z])|[。！？](?=[^\s」』”。！？])")


def sentences(text: str, marks: Sequence[Mark] = (), *, language: str = "") -> tuple[Sentence, ...]:
    """The sentences of `text` in order, never overlapping, no white space at their ends and nothing else between them.

    `marks` are spans of furniture, as clean gives them; `language` is a tag such as "en" or "de-AT", "" for unknown.
    Cost: linear in the length of `text`, for any text.

    >>> [s.text for s in sentences("ROME (AP) — Sen. Ann Roe left. She said Lt. Gen. Ray Poe stayed.")]
    ['ROME (AP) — Sen. Ann Roe left.', 'She said Lt. Gen. Ray Poe stayed.']
    """
    cut = _cutter(_tongue(text, language))
    found = _marked(text, marks)
    spans = (
        (line.start() + a, line.start() + b)
        for line in _LINE.finditer(text)
        for a, b in _line_spans(line.group(), cut, found(line.start(), line.end()))
    )
    return _stripped(text, spans)


def line_sentences(text: str) -> tuple[Sentence, ...]:
    """Every line that holds more than white space, as one sentence.

    >>> [s.text for s in line_sentences("One. Two.\\n\\n  Three\\n")]
    ['One. Two.', 'Three']
    """
    return _stripped(text, ((m.start(), m.end()) for m in _PLAIN_LINE.finditer(text)))


def _stripped(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Sentence, ...]:
    out = []
    for start, end in spans:
        piece = text[start:end]
        bare = piece.strip()
        if bare:
            start += len(piece) - len(piece.lstrip())
            out.append(Sentence(start, start + len(bare), bare))
    return tuple(out)


def _tongue(text: str, language: str) -> str:
    """The language to cut by: as declared, else English unless most sentences end as English ones never do."""
    code = language.replace("_", "-").split("-")[0].lower()
    if code:
        return code
    return "zh" if len(_FOREIGN_END.findall(text)) > text.count(". ") else "en"


# ---------------------------------------------------------------- one line


def _line_spans(line: str, cut: Cutter, marks: list[tuple[int, int, bool]]) -> Iterator[tuple[int, int]]:
    cuts: set[int] = set()
    if len(line) > MAX_SENTENCE or _ENDING.search(line):
        found, forced = _windowed(line, cut)
        cuts = {*_corrected(line, found), *forced}
    cuts -= {end for _, end, attached in marks if attached}  # a dateline is part of the sentence behind it
    cuts |= {start for start, _, _ in marks} | {end for _, end, attached in marks if not attached}
    return pairwise([0, *_outside(cuts - {0, len(line)}, [(a, b) for a, b, _ in marks]), len(line)])


def _outside(cuts: set[int], spans: Sequence[tuple[int, int]]) -> list[int]:
    """The cuts that are inside none of `spans`, ascending; `spans` ascend by their start."""
    starts = [start for start, _ in spans]
    reach = list(accumulate((end for _, end in spans), max))
    return [c for c in sorted(cuts) if not (i := bisect_left(starts, c)) or reach[i - 1] <= c]


def _marked(text: str, marks: Sequence[Mark]) -> Callable[[int, int], list[tuple[int, int, bool]]]:
    """Of the line text[start:end]: the marks in it as (start, end, is a dateline), counted from the start of the line.

    Lines are asked for in order, so that the marks are walked through once.
    """
    waiting = sorted(((m.start, m.end, m.kind == "dateline") for m in marks if m.start < m.end), reverse=True)

    def of(start: int, end: int) -> list[tuple[int, int, bool]]:
        got = []
        while waiting and waiting[-1][0] < end:
            a, b, dateline = waiting.pop()
            if b > start:
                got.append((max(a, start) - start, min(b, end) - start, dateline))
            if b > end:  # goes on in the next line
                waiting.append((end, b, dateline))
                break
        return got

    return of


def _windowed(line: str, cut: Cutter) -> tuple[list[int], set[int]]:
    """`cut` for a line of any length, and where it had to be cut for its length: see point 2 of the module."""
    cuts: list[int] = []
    forced: set[int] = set()
    at = 0
    while len(line) - at > MAX_SENTENCE:
        seen = cut(line[at : at + MAX_SENTENCE])
        cuts += [at + c for c in seen]
        at += seen[-1] if seen else _last_space(line, at)
        if not seen:
            forced.add(at)
    return cuts + [at + c for c in cut(line[at:])], forced


def _last_space(line: str, at: int) -> int:
    space = line.rfind(" ", at + 1, at + MAX_SENTENCE)
    return (space + 1 if space > 0 else at + MAX_SENTENCE) - at


def _corrected(line: str, cuts: list[int]) -> list[int]:
    """`cuts` after what news needs: see point 3 of the module."""
    tails = [m.span() for m in _TAIL.finditer(line)]
    more = {m.end() for m in _MAY_END.finditer(line) if m.group(1) in _STARTERS}
    more |= {start for start, _ in tails if start}
    kept = more | {c for c in cuts if not _false_cut(line, c)}
    edges = [0, *_outside(kept, tails)]
    return [b for a, b in pairwise(edges) if not _LIST_NUMBER.fullmatch(line, a, b)]


def _false_cut(line: str, at: int) -> bool:
    before, after = line[max(0, at - 60) : at], line[at : at + 60]
    if after[:1].islower() or after[:1] in _GOES_ON:
        return True
    word = _LAST_WORD.search(before)
    if word and word.group(1).lower() in _TITLES and word.group(1)[0].isupper() and after[:1].isupper():
        return True
    if before.rstrip()[-1:] in "!?" and _COMPANY.match(after):
        return True
    if _PERSON.search(before) and _NEXT_NAME.match(after):
        return after.split(None, 1)[0] not in _STARTERS
    return at < 60 and line.split(None, 1)[0].isupper() and bool(_AFTER_PLACE.match(after))  # a dateline


# ---------------------------------------------------------------- the libraries


@cache
def _cutter(tongue: str) -> Cutter:
    return _english() if tongue == "en" else _other(tongue)


def _english() -> Cutter:
    from nupunkt import sent_spans  # 85 ms to import and 15 ms for its model: only when a text is cut

    def cut(line: str) -> list[int]:
        return [start for start, _ in sent_spans(line) if start]

    return cut


def _other(tongue: str) -> Cutter:
    from sentencex import get_sentence_boundaries  # 40 ms to import

    def cut(line: str) -> list[int]:
        spans = [(b["start_index"], b["end_index"]) for b in get_sentence_boundaries(tongue, line)]
        return sorted({start for start, _ in spans if start} | {c for span in spans for c in _quoted_cuts(line, *span)})

    return cut


def _quoted_cuts(line: str, start: int, end: int) -> Iterator[int]:
    """Sentence ends inside the quotations of one "sentence": sentencex keeps a quotation of several whole."""
    marks = [m.start() for m in _QUOTES.finditer(line, start, end)]
    for a, b in pairwise(marks):
        yield from (m.end() for m in _INSIDE.finditer(line, a + 1, b) if m.end() < b)
