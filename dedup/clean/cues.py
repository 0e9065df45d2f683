"""Cues: one line by itself -> the furniture kind its words or shape prove, or None. Knows nothing of the page around.

Every rule here must hold wherever the line stands: a rule that is only right at the top or the bottom of a page belongs
in page.py. All rules are linear in the line, and lines longer than limits.CLEAN_CLOSE are only held against the few
cues that long furniture has (captions, copyright notices).

Most of the time goes into finding nothing. So the cheap signs come first: a short line that has none of those the rules
go by is done (`is_quiet`), a sentence is only searched for phrases when it holds the rarest word of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dedup.agencies import BY_FORM
from dedup.clean.vocabulary import (
    CHROME,
    CREDITS,
    FILLERS,
    JOINERS,
    LIST_OPENERS,
    NOTICES,
    OPENERS,
    OUTLET_WORDS,
    PHOTO_SOURCES,
    PHOTO_STEMS,
    REFILED,
    STAMPS,
    TIME,
)  # fmt: skip
from dedup.datelines import MONTHS, bare_dateline
from dedup.limits import CLEAN_CAPTION, CLEAN_CLOSE, CLEAN_LABEL, CLEAN_REMEMBERED, CLEAN_SHORT, CLEAN_WORDY
from dedup.model import FurnitureKind

ENDS = frozenset(".!?…。！？")  # what ends a sentence
CLOSERS = "\"'”’»)]"  # what may stand after it
_QUOTES = "\"'”’»"
OPENER = 40  # characters; a longer line without a colon or bracket opens no list
FILE_LETTERS = "FI"  # a caption by its beginning ("FILE - ", "In this photo") begins with one

_LETTERS = re.compile(r"[^\W\d_]+|©")
_PHOTO_KEYS = frozenset(max(_LETTERS.findall(source), key=len) for source in PHOTO_SOURCES)
_SPACED = dict.fromkeys(map(ord, '.,;:!?()[]"“”…—–'), " ")
_COMMON = frozenset("have been this first about never that's say".split())


def _rarity(word: str) -> tuple[bool, int]:
    """How rare a word is, as far as length tells."""
    return word not in _COMMON, len(word)


def _key(phrase: str) -> str:
    return max(phrase.translate(_SPACED).split(), key=_rarity)


KEYS = frozenset(
    {
        *map(_key, (*NOTICES, *CREDITS, *REFILED)),
        *"follow contact email e-mail reach contributing contributors".split(),
    }
)
# A line without any of these holds no phrase, and most lines hold none. Spelt with the signs a word may carry, because
# taking the signs off every word of every line costs more than all other checks of it.
_KEYS = frozenset(
    before + key + after
    for key in KEYS
    for before in ("", "(", "[", "“", '"')
    for after in ("", ".", ",", ":", ";", "!", "?", ")", "]", "”", '"', ".)", "…", "...")
)
# A phrase of three words and more is only looked for beside one of its inner words, which blanks set apart.
_INNER = {phrase: phrase.split(" ")[1:-1] for phrase in NOTICES}
_SHORT_NOTICES = tuple(phrase for phrase, inner in _INNER.items() if not inner)
_LONG_NOTICES: dict[str, tuple[str, ...]] = {
    word: tuple(phrase for phrase, inner in _INNER.items() if inner and max(inner, key=_rarity) == word)
    for word in {max(inner, key=_rarity) for inner in _INNER.values() if inner}
}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’_-][^\W\d_]+)*|\d+")
_NAME_TOKEN = re.compile(r"[^\W\d_][\w.'’-]*|&")
_CODE = re.compile(r"[{}]|\bfunction\s*\(|\bwindow\.|\bvar \w|=>|</?\w+>|\w+\(\)\s*;")
_CODE_SIGNS = "{}<=("  # one of them is in all code but "window."
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.-]{1,60}\.(?:com|org|net|gov|co\.uk|html)/\S*\Z|@\w{2,}\Z|\S{1,60}@\S{1,60}\.\w+\s*\.?\Z"
)
_BYLINE = re.compile(r"(?:by|by:|story by|words by|written by|from|von|par|por|di|door)\s+(?=\S)", re.IGNORECASE)
_FILE = re.compile(
    r"(?:FILE|File)(?:\s+PHOTO|\s+photo)?\s*(?:[-–—:]|\()|In this [^.]{0,60}(?:photo|image|frame|picture|photograph)\b"
)
_COUNTER = re.compile(r"(?:image|photo|slide|picture|page)?\s*\d+\s*(?:of\s*/?|/)\s*\d+\Z", re.IGNORECASE)
_TWEET = re.compile(r"[—–-]+\s*[^@\n]{1,60}\(@\w{1,20}\)")
_PAREN_AGENCY = re.compile(r"[(\[](?:ap|afp|reuters)[)\]]")
_FULL_DATE = re.compile(r"\b(?P<month>[A-Z][a-z]{2,8})\.?\s+\d{1,2},\s+(?:19|20)\d\d\b")
_BIO = re.compile(
    r"\b(?:is|are) (?:a|an|the)\b[^.]{0,80}"
    r"\b(?:reporter|journalist|writer|columnist|correspondent|editor|author|fellow)\b"
)
_CORRECTION = re.compile(
    r"(?:correction|corrections|clarification|editor['’]?s['’]? note|note to readers|updates?)\b", re.IGNORECASE
)
_SIDE = re.compile(
    r"\((?:left|right|center|centre|[LRClr])\)|\b(?:left|right|center|centre), (?:and|with|is|are|\w+s)\b"
)
_SIGNED = re.compile(r"[.!?][\"”’']{0,2}\s(?:AP|AFP|Reuters|EPA|Getty|USA TODAY \w+)\Z")
_FOLLOW = re.compile(
    r"(?:Follow|Contact|E-?mail|Email|Reach) [^.!?]{1,60}(?:\bon (?:Twitter|Facebook|Instagram|X)\b|@)"
)


def cue(line: str) -> FurnitureKind | None:
    """The kind of furniture `line` (stripped, not empty) is by itself; None when only its place could tell.

    >>> cue("Share on Facebook"), cue("Updated 7:20 a.m. ET"), cue("They booed.")
    ('share', 'timestamp', None)
    """
    if len(line) > CLEAN_CLOSE:
        return _long(line)
    if len(line) > CLEAN_SHORT:
        low = line.lower()
        return _sentence_like(line, low, low.split())
    return cue_of_short(line)


@lru_cache(CLEAN_REMEMBERED)
def cue_of_short(line: str) -> FurnitureKind | None:
    """Remembered, because the pages of an outlet have the same lines."""
    low = line.lower()
    pieces = low.split()
    ended = ends_sentence(line)
    if ended and line.count(" ") >= CLEAN_WORDY:
        return _opened(line, ended) or _sentence_like(line, low, pieces)
    return None if is_quiet(line, low, pieces) else by_all_rules(line, low, pieces, ended)


def by_all_rules(line: str, low: str, pieces: list[str], ended: bool) -> FurnitureKind | None:
    """What a short line is; `low`: in lower case, `pieces`: cut at blanks, `ended`: as `ends_sentence` has it."""
    return _label(line, low, ended) or _opened(line, ended) or _sentence_like(line, low, pieces)


def is_quiet(line: str, low: str, pieces: list[str]) -> bool:
    """Whether a short line has none of the signs that `by_all_rules` goes by. Most lines of a story have none.

    Bylines and openers go by the first word, signatures by the last one, bags of words hold both.
    """
    first, last = pieces[0].strip(_AROUND), pieces[-1].strip(_AROUND)
    return (
        first.isalpha()
        and first not in _FIRST
        and not (first in _BAGS and (last in _BAGS or not last.isalpha()))
        and last.rpartition(",")[2] not in _LAST
        and not _SIGNS.search(line)
        and _KEYS.isdisjoint(pieces)
        and "window." not in line
        and ".c" not in line
        and not line.endswith(" . . .")
        and not _holds(low, PHOTO_STEMS)
    )


_AROUND = ",.…\"'“”‘’"
_SIGNS = re.compile(r"[\d{}<=()\[\]/|@:;©]")
_BAGS = CHROME | TIME
_FIRST = frozenset(
    {
        *(opener.split()[0] for opener in OPENERS),
        *"by story words written from von par por di door file in photo media contributing contributors".split(),
        *"correction corrections clarification editor editors note update updates".split(),
    }
)
_LAST = frozenset({*(form.lower().split()[-1] for form in BY_FORM), *"file ap afp reuters epa getty less more".split()})


def _label(line: str, low: str, ended: bool) -> FurnitureKind | None:
    words = _TOKEN.findall(low)
    if not words or (len(words) == 1 and not ended and words[0].isdigit()):
        return "navigation"
    return _short(line, low, words, ended) if len(words) <= CLEAN_LABEL else None


def _long(line: str) -> FurnitureKind | None:
    if line[-1] in "};" and _CODE.search(line[:400]):
        return "navigation"
    if line[0] in FILE_LETTERS and _FILE.match(line):
        return "caption"
    return _long_caption(line) if len(line) <= CLEAN_CAPTION else None


def ends_sentence(line: str) -> bool:
    """Whether `line` closes as a sentence does, quotation marks and brackets aside."""
    bare = line.rstrip(CLOSERS)
    return bool(bare) and bare[-1] in ENDS


def headline_like(line: str) -> bool:
    """Whether `line` has the shape of a headline or label: short, a capital or figure first, no end of sentence."""
    return len(line) <= 130 and not ends_sentence(line) and line[-1] not in ",;:" and not line[:1].islower()


def cue_of_solid(line: str) -> FurnitureKind | None:
    """The same for a long ended line inside the body: only captions are furniture there."""
    if line[0] in FILE_LETTERS and _FILE.match(line):
        return "caption"
    return _long_caption(line) if line[-1] in ")]" and len(line) <= CLEAN_CAPTION else None


def caption_like(line: str) -> bool:
    """Whether a sentence is written as captions are: a full date with its year, "(left)", "left,"."""
    low = line[:200]
    return bool(_FULL_DATE.search(line)) or bool(_SIDE.search(low)) or any(side in low for side in _SIDES)


_SIDES = (" left,", " right,", " center,", " left and ", "From left", "(L-R)", "second from ", ", centre,")


def is_biography(line: str) -> bool:
    """Whether `line` tells who its author is: "Ann Lee is a reporter based in Northport." """
    return len(line) <= CLEAN_CLOSE and line[0].isupper() and bool(_BIO.search(line))


def is_tweet_signature(line: str) -> bool:
    """ "— Ann Lee (@annlee) July 16, 2018" """
    return line[0] in "—–-" and bool(_TWEET.match(line))


def opener(line: str) -> bool:
    """Whether `line` stands above a list of other stories: "ALSO", "Related Stories:", "Most Popular"."""
    return len(line) <= 40 and line.rstrip(" :»>…").lower().replace("’", "'") in LIST_OPENERS


def photo_credit(line: str) -> bool:
    """Whether `line` is only a photo or video credit: "Photo: Ann Lee, AP", "Ann Lee/Getty Images", "AP".

    >>> photo_credit("Photo: Ann Lee, AP"), photo_credit("The photo shows the mayor.")
    (True, False)
    """
    if len(line) > 90 or ends_sentence(line):
        return False
    return _marked_photo(line, line.lower()) or _name_and_agency(line.strip("() "))


def _marked_photo(line: str, low: str) -> bool:
    return _names_photo(low) or line.startswith(("Photo ", "PHOTO ", "Media: "))


def _names_photo(low: str) -> bool:
    """Whether a lower-case line or tail names a source of pictures, "/ap" and not "/apple"."""
    return _holds(low, PHOTO_STEMS) and _holds(low, PHOTO_SOURCES) and not _PHOTO_KEYS.isdisjoint(_LETTERS.findall(low))


def _holds(low: str, phrases: Iterable[str]) -> bool:
    # A loop costs half of what any() does, and nothing runs more often.
    for phrase in phrases:  # noqa: SIM110
        if phrase in low:
            return True
    return False


def holds_notice(low: str, pieces: list[str]) -> bool:
    """Whether one of NOTICES is in a lower-case line; `pieces`: the line cut at blanks."""
    known = _LONG_NOTICES.keys() & pieces
    return any(_holds(low, _LONG_NOTICES[word]) for word in known) or _holds(low, _SHORT_NOTICES)


def _is_code(line: str) -> bool:
    return (_holds(line, _CODE_SIGNS) or "window." in line) and bool(_CODE.search(line))


def _short(line: str, low: str, words: list[str], ended: bool) -> FurnitureKind | None:
    if words[-1].isdigit() and _COUNTER.match(line):
        return "navigation"
    if _is_timestamp(line, words):
        return "timestamp"
    if _is_code(line):
        return "navigation"
    if line[-1] in ")]/" and bare_dateline(line):
        return "dateline"
    if not ended or (len(words) <= 4 and not _is_quote(line)):
        kind = _chrome(words)
        if kind:
            return kind
    kind = None if ended else _signed(line, low)
    return kind or ("credit" if is_tweet_signature(line) else None)


def _signed(line: str, low: str) -> FurnitureKind | None:
    """Names of those who wrote a story or took its picture."""
    if _marked_photo(line, low):
        return "caption"
    if _is_byline(line):
        return "byline"
    return "caption" if _name_and_agency(line.strip("() ")) else None


def _sentence_like(line: str, low: str, pieces: list[str]) -> FurnitureKind | None:
    if line[0] in FILE_LETTERS and _FILE.match(line):
        return "caption"
    if not _KEYS.isdisjoint(pieces):
        kind = _by_phrase(line, low, pieces)
        if kind:
            return kind
    if line.endswith(" . . ."):
        return "more"
    if ("{" in line or ";" in line) and line.count(";") + line.count("{") >= 2 and _CODE.search(line):
        return "navigation"
    if ("@" in line or "/" in line or ".c" in line) and _is_address(line):
        return "share"
    return _long_caption(line)


def _is_address(line: str) -> bool:
    """A line that is an address, or a few words and one."""
    return (line.count(" ") <= 6 or bool(_ADDRESS.match(line))) and not _is_quote(line) and bool(_ADDRESS.search(line))


def _by_phrase(line: str, low: str, pieces: list[str]) -> FurnitureKind | None:
    """A sentence that holds a key word of a known phrase: does it hold the phrase?"""
    if holds_notice(low, pieces) or low.startswith(REFILED):
        return "notice"
    if low.startswith(("contributing: ", "contributors: ")) or (_holds(low, CREDITS) and _is_credit(line, low)):
        return "credit"
    return "share" if _FOLLOW.match(line) else None


def _long_caption(line: str) -> FurnitureKind | None:
    """A caption by its photo credit at the end: "... on Monday. (AP Photo/Ann Lee)", "... Ann Lee/Getty Images"."""
    if line[-1] in ENDS or (line[-1] in _QUOTES and ends_sentence(line)):
        return None
    tail = line[-60:].lower()
    opening = max(tail.rfind("("), tail.rfind("["))
    if line[-1] in ")]" and opening >= 0:
        if _PAREN_AGENCY.fullmatch(tail[opening:]):  # "... he said. (AP)" may as well be the end of a story
            return None if ends_sentence(line[: len(line) - len(tail) + opening].rstrip()) else "caption"
        return "caption" if _names_photo(tail[opening:]) else None
    if line.endswith(_CUT_CAPTION) or _is_signed(line[-40:]):
        return "caption"
    if not ends_sentence(line) and _names_photo(tail):
        return "caption"
    return None


def _is_signed(tail: str) -> bool:
    return (tail.endswith(_SIGNATURES) or "USA TODAY" in tail) and bool(_SIGNED.search(tail))


_SIGNATURES = ("AP", "AFP", "Reuters", "EPA", "Getty")
_CUT_CAPTION = (". less", "... more", ".” less", '." less')  # the two states of a gallery's folded caption


def _is_timestamp(line: str, words: list[str]) -> bool:
    """Time words and figures make up the line, or nearly so around a date with a year or a clock time."""
    figures = sum(map(str.isdigit, words))
    if not figures:
        return words[0] in STAMPS and TIME.issuperset(words)
    timely = sum(map(TIME.__contains__, words))
    others = len(words) - figures - timely
    if others == 0:
        return len(words) > 1 or figures == 0
    if ends_sentence(line) or figures < 2 or figures + timely < 2 * others:
        return False
    return any(word in MONTHS or word in STAMPS for word in words) or "/" in line or ":" in line


def _chrome(words: list[str]) -> FurnitureKind | None:
    if not (words[0] in CHROME or words[0].isdigit()) or not all(w in CHROME or w.isdigit() for w in words):
        return None
    if len(words) == 1 or not all(word in FILLERS or word.isdigit() for word in words):
        return (
            "share"
            if any(word in _SHARING for word in words)
            else "more"
            if " ".join(words) in OPENERS
            else "navigation"
        )
    return None


_SHARING = frozenset(
    "facebook twitter tweet share shares email mail print whatsapp linkedin pinterest pin reddit comments".split()
)


def _is_byline(line: str) -> bool:
    match = _BYLINE.match(line)
    if match is None:
        return _name_and_agency(line)
    rest = line[match.end() :]
    return len(rest) <= 110 and _all_names(rest)


def _all_names(text: str) -> bool:
    names = _NAME_TOKEN.findall(text)
    capital = sum(name[0].isupper() for name in names)
    return capital > 0 and all(n[0].isupper() or n.lower() in JOINERS or n.lower() in OUTLET_WORDS for n in names)


def _name_and_agency(line: str) -> bool:
    """ "Jill Smith, Associated Press", "Ann Lee / Reuters", "AP", "The Associated Press"."""
    if line[-2:] not in _FORM_ENDS:
        return False
    last = (
        line[max(line.rfind(","), line.rfind("/"), line.rfind("|")) + 1 :]
        .strip()
        .removeprefix("The ")
        .removeprefix("the ")
    )
    return (last in BY_FORM or last == "AP,file") and len(line) <= 90 and _all_names(line)


_FORM_ENDS = frozenset(form[-2:] for form in (*BY_FORM, "AP,file"))


def _opened(line: str, ended: bool) -> FurnitureKind | None:
    """ "Related: Mayor quits after vote", "READ MORE: ...", "WATCH: ..."."""
    if len(line) > OPENER and ":" not in line and line[0] != "[":
        return None
    start, colon, rest = line.partition(":")
    loud, start = start.isupper(), start.strip().lower()
    if colon and start in OPENERS and (not ended or loud or start in LIST_OPENERS):
        return "more"
    if line[0] == "[" and line[-1] == "]" and line.count(" ") >= 3:
        return "more"
    if line[-1] == ":" and start.startswith(("watch ", "read ")) and len(line) <= 40:
        return "more"
    if opener(line) or (colon and not rest.strip() and start in OPENERS):
        return "more"
    if len(line) < 40 and not ended and _CORRECTION.match(line):
        return "notice"
    return None


def _is_credit(line: str, low: str) -> bool:
    """A credit sentence names an agency, a report, or stands in brackets; a story's "reported from" does not."""
    if line[0] in "([" and line[-1] in ")].":
        return True
    if low.startswith(_CREDIT_OPENINGS):
        return True
    return (low.endswith(" contributed.") or any(phrase in low for phrase in _CONTRIBUTED)) or (
        len(line) <= 160 and "reported from" in low and line[0] not in '"“'
    )


_CREDIT_OPENINGS = (
    "reporting by", "writing by", "editing by", "additional reporting", "with inputs from", "with input from",
    "with files from", "compiled by", "with reporting by", "with agency",
)  # fmt: skip
_CONTRIBUTED = (
    "contributed to this", "contributed reporting", "wire services contributed", "wire reports contributed",
    "agencies contributed", "was used in this", "report was written by", "report by the associated press",
)  # fmt: skip


def _is_quote(line: str) -> bool:
    return line[0] in "\"“‘'«"
