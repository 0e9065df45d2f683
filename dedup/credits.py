"""Credits: an article -> the places where it names a news agency, and as what; and from those, which agency wrote it.

Theory of operation. Every known form of a name (agencies.py) is looked up as a whole word, longest first, and its role
is read off the words around it, the surest sign first: the dateline, a picture's credit, a line that is a byline, a
credit at the end, then the grammar of the sentence ("told Reuters", "an AP report", "the state TASS news agency").

False friends: short forms are words, states and courses too ("AP", "PA", "ANI"), so where no rule gives them a role
they are left out, while a full name is at least a mention. "Getty" sells pictures and is no agency here.

"(Reporting by A; Editing by B)" is taken as Reuters' tail even unnamed: of the articles of a news day and a month that
carry the form and name any agency, 12 of 12 name Reuters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from dedup.agencies import AGENCIES, BY_DOMAIN, BY_FORM, NAMES
from dedup.datelines import dateline_end
from dedup.limits import CREDIT_BYLINE, CREDIT_CONTEXT, CREDIT_LEAD_IN, CREDIT_MENTIONS, CREDIT_STAMP, CREDIT_TOP
from dedup.model import Credit, CreditRole, Mark

__all__ = ["find_credits", "wire_agency"]


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """An expression for every one of `forms` that stands as a word, the longest first.

    They stand under their first letter, and the look at what is before it comes after it: an expression that begins
    with plain letters is searched at three times the speed.
    """
    rest: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        rest.setdefault(form[0], []).append(re.escape(form[1:]))
    words = "|".join(rf"{letter}(?<![^\W_]{letter})(?:{'|'.join(rest[letter])})" for letter in sorted(rest))
    return re.compile(rf"(?:{words})(?![^\W_])")


_FORM = _any_of(BY_FORM)
# Capitals are rare: without the one form that begins with a small letter the search is half as fast again.
(_SMALL_FORM,) = (form for form in BY_FORM if form[0].islower())
_CAPITAL_FORM = _any_of(form for form in BY_FORM if form != _SMALL_FORM)
_LABELS = frozenset(agency.label for agency in AGENCIES)
# Short forms that are words, places or other bodies: only a dateline, a credit or "news agency" makes them an agency.
_RISKY = frozenset(
    "PA AA TT UNI APP CP MENA WAM SPA CNA Fars Mehr RIA CNN ANI SANA NAN APA PAP TNS Jiji Antara".split()
)
_ROLES_OF_RISKY = frozenset({"dateline", "byline", "tail", "quoted"})

_TOLD = re.compile(
    r"\b(?:told|tells?|telling|spoke (?:to|with)|speaking (?:to|with)|interview (?:with|by|to)|interviewed by|said to|"
    r"informed|confirmed to|(?:seen|obtained|reviewed|published) by|statement to|e-?mail to|shared with|provided to)"
    r"(?: (?:the|state|Russian|French|German|Chinese|news agency|agency|broadcaster))*\s*\Z",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"\b(?:statement|e-?mail|comment|letter)s?\b[^.!?\n]{0,50} to (?:the )?\Z", re.IGNORECASE)
_QUOTED_BEFORE = re.compile(
    r"\b(?:quoted (?:by|in)|cited by|carried by|citing|quoting|news agencies|agency)"
    r"(?:[ ](?:the|a|an|by|from|state|state-run|state-owned|official|semi-official|private|local|domestic|"
    r"Russian|Russia's|Iranian|Iran's|Chinese|China's|Turkish|Turkey's|Syrian|North|South|Korean|Ukrainian|government|agency|news|and|,))*\s*\Z",
    re.IGNORECASE,
)
_NEWS_AGENCY = re.compile(r"\s+(?:state\s+)?(?:news|press)\s+(?:agency|agencies|wire|service)\b", re.IGNORECASE)
_REPORT_AFTER = re.compile(
    r"(?:['’]s?)?\s+(?:(?:first|also|has|had|have|previously|earlier|later|exclusively|analysis|news|\w+day)\s+){0,2}"
    r"(?:reports?|reported|reporting|said|says|"
    r"review|poll|survey|investigation|analysis|tally|count|story|interview|quoted|learned|found)\b",
    re.IGNORECASE,
)
_REPORT_BEFORE = re.compile(
    r"\b(?:reported (?:by|on by|in)|reported|bulletin (?:by|from)|report (?:by|from|in)|reports (?:by|from|in)|"
    r"according to|reports|story by|review by|tally by|count by|"
    r"survey by|poll by|analysis by|compiled by|investigation by)(?: (?:the|a|an))?\s*\Z",
    re.IGNORECASE,
)
_CONTRIBUTED = (
    "contributed to th", "contributed report", "contributed from", "contributed.", "contribution from", "inputs from",
    "input from", "with files", "material from", "was used in", "compiled from", "with reporting", "with reports",
    "copyright", "(c) ", " © ", "© 2", "rights reserved", "distributed by", "syndicated", "was written by",
    "were written by", "also contributed",
)  # fmt: skip
_WRITERS = re.compile(
    r"\s+(?:[A-Za-z-]+\s+){0,3}(?:writers?|reporters?|correspondents?|journalists?|editors?|researchers?)\s+[A-Z]"
)
_BY = re.compile(r"(?:\A|\bPosted\b[^.!?]{0,60}, |\d )by(?: the)?\s*\Z", re.IGNORECASE)
_RUN_ON = re.compile(r"\b[A-Z]{3,}[^()\n]{0,40}\(\Z")  # a dateline run on to the line before it
_WRITES = re.compile(r"\bwrites for (?:the )?\Z", re.IGNORECASE)
_NAMESAKE = re.compile(r"\b[A-Z][a-z.]{1,12} Bloomberg\b")  # "Mr. Bloomberg", "Ann Bloomberg": a person of this story
_STAMP = re.compile(
    r"[\s|•,;—–-]*(?:By [A-Z]|Published|Updated|Posted|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]{2,8}\.? \d|\d).*\Z"
)
_BYLINE = re.compile(r"(?:by|from|von|par|por|di|source|courtesy)\b[:\s]", re.IGNORECASE)
_PHOTO_AFTER = re.compile(
    r"\s*(?:/\s*(?=[A-Z(])|/?\s*PHOTO\b|\s[Pp]hotos?\b|\s+file\b|,\s*[Ff]ile\b|[-\s]+[Gg]etty|\s+via\b|\s+[Pp]ictures?\b)"
)
_PHOTO_BEFORE = re.compile(
    r"(?:photos?|image|picture|foto|video|credit|media)\b[^.!?\n]{0,50}\Z|\bvia\s+(?:the\s+)?\Z|[^\W\d_]\s?/\s?\Z",
    re.IGNORECASE,
)
_HOUSE_TAIL = re.compile(r"\b(?:Reporting|reporting) by [^()\n]{1,300}?\b[Ee]diting by\b")
_UNNAMED = re.compile(
    r"(?:agencies|Agencies|AGENCIES|agency|wire\s(?:services|reports|service|dispatches)|"
    r"Wire\s(?:services|reports|service|dispatches)|agency\s+(?:reports|inputs))"
    r"(?=\s*(?:[)\].]|$|contributed|inputs))",
    re.MULTILINE,
)
_UNNAMED_BEFORE = re.compile(
    r"(?:[Ii]nputs?\s+from\s+(?:the\s+)?(?:other\s+|news\s+|wire\s+|various\s+|multiple\s+)?|"
    r"(?:^|[(\[—–-]\s?)(?:[Ff]rom\s+)?(?:with\s+|With\s+)?|"
    r"\b(?:with|With|[Cc]ompiled\s+from|from)\s+(?:news\s+|wire\s+)?)\Z",
    re.MULTILINE,
)


def find_credits(
    text: str, *, author: str = "", outlet: str = "", url: str = "", marks: Sequence[Mark] = ()
) -> tuple[Credit, ...]:
    """Where `text` and its metadata name an agency, in text order; those outside the text first, with the span 0, 0.

    `marks`: what clean marked, where it is at hand; it only settles which lines are captions and bylines.

    >>> [(c.agency, c.role) for c in find_credits("NORTHPORT (AP) - The mayor told Reuters that she would go.")]
    [('AP', 'dateline'), ('Reuters', 'told')]
    >>> find_credits("She took AP courses in Pittsburgh, PA.")
    ()
    """
    found = [*_outside(author, outlet, url)]
    inside = [*_named(text, marks), *_unnamed(text)]
    inside.extend(_house_tails(text, inside))
    return (*found, *sorted(inside, key=lambda credit: (credit.start, credit.end)))


def wire_agency(credits: Iterable[Credit]) -> tuple[str | None, tuple[str, ...]]:
    """The agency that the evidence says wrote the piece, and that evidence in words; None without clear evidence.

    The surest evidence decides: own outlet, dateline, byline, credit at the end. Being told, quoted, reported or
    pictured proves nothing.

    >>> wire_agency(find_credits("NORTHPORT (AP) - The mayor told Reuters that she would go."))
    ('AP', ('dateline (AP)',))
    """
    held = list(credits)
    if not held:
        return None, ()
    for role, _ in _EVIDENCE:
        agencies = Counter(credit.agency for credit in held if credit.role == role and credit.agency != "agencies")
        if len(agencies) == 1:
            agency = next(iter(agencies))
            return agency, tuple(f"{w} ({agency})" for r, w in _EVIDENCE if _has(held, r, agency))
        if agencies and role in ("dateline", "tail"):  # several stories on one page, or one story out of several
            named = "datelines" if role == "dateline" else "credits"
            return None, (f"{named} name {', '.join(sorted(agencies))}",)
    return None, ()


_EVIDENCE: tuple[tuple[CreditRole, str], ...] = (
    ("outlet", "own outlet"), ("dateline", "dateline"), ("byline", "byline"), ("tail", "credit at the end"),
)  # fmt: skip


def _has(credits: list[Credit], role: CreditRole, agency: str) -> bool:
    return any(credit.role == role and credit.agency == agency for credit in credits)


# ---------------------------------------------------------------- outside the text


def _outside(author: str, outlet: str, url: str) -> list[Credit]:
    found = [Credit(label, "outlet", 0, 0) for label in _own(outlet, url)]
    if author:
        held = dict.fromkeys(BY_FORM[form].label for _, _, form in _mentions(author) if form not in _RISKY)
        found.extend(Credit(label, "byline", 0, 0) for label in held)
    return found


def _own(outlet: str, url: str) -> Iterator[str]:
    """The agencies whose name the outlet is, or whose site it or the address stands on."""
    name = outlet.strip().removeprefix("The ").removeprefix("the ")
    labels = [BY_FORM[name].label] if name in NAMES else [name] if name in _LABELS else []
    for host in filter(None, (_host(url), _host(outlet))):
        parts = host.split(".")
        labels.extend(BY_DOMAIN[d] for i in range(len(parts)) if (d := ".".join(parts[i:])) in BY_DOMAIN)
    yield from dict.fromkeys(labels)


_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?:/|\Z)")  # nearly all: read off at a tenth of the cost


def _host(place: str) -> str:
    if "." not in place or " " in place:
        return ""
    if "/" not in place:
        return place.lower()
    if plain := _PLAIN_HOST.match(place):
        return plain[1]
    try:
        return (urlsplit(place if "://" in place else f"//{place}").hostname or "").lower()
    except ValueError:  # a broken address names no site
        return ""


# ---------------------------------------------------------------- in the text


def _mentions(text: str) -> list[tuple[int, int, str]]:
    """Every known form in `text` as a whole word, the longest where several begin: start, end, form."""
    found = _CAPITAL_FORM if _SMALL_FORM not in text else _FORM
    return [(m.start(), m.end(), m.group()) for m in found.finditer(text) if _whole(text, m.start(), m.end())]


def _whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if after == "." and text[end + 1 : end + 4].isalpha() and text[end + 1 : end + 2].islower():
        return False  # a domain: "reuters.com"
    return not (before.isalnum() or before in ("@", "#", ".", "_", "-") or after.isalnum() or after in ("_", "@"))


def _named(text: str, marks: Sequence[Mark]) -> list[Credit]:
    """The mentions with a role. Of a great many the middle is left out: who wrote the piece stands at the ends."""
    found, mentions = [], _mentions(text)
    if len(mentions) > 2 * CREDIT_MENTIONS:
        mentions = mentions[:CREDIT_MENTIONS] + mentions[-CREDIT_MENTIONS:]
    for start, end, form in mentions:
        role = _role(text, start, end, form, marks)
        if role is not None:
            found.append(Credit(BY_FORM[form].label, role, start, end))
    return found


def _role(text: str, start: int, end: int, form: str, marks: Sequence[Mark]) -> CreditRole | None:
    line_start = max(text.rfind("\n", 0, start) + 1, start - CREDIT_CONTEXT)
    line_end = text.find("\n", end)
    line_end = min(len(text) if line_end < 0 else line_end, end + CREDIT_CONTEXT)
    before, after = text[line_start:start], text[end:line_end]
    top = start <= CREDIT_TOP
    role = _place(before, after, form, _kind_at(start, marks), top) or _grammar(before[-80:], after[:80])
    if form in _RISKY and role not in _ROLES_OF_RISKY:
        return None
    if form == "Bloomberg" and role in ("report", "told") and _NAMESAKE.search(text):
        return None
    return role or ("mention" if form in NAMES else None)


def _kind_at(at: int, marks: Sequence[Mark]) -> str:
    return next((mark.kind for mark in marks if mark.start <= at < mark.end), "")


def _place(before: str, after: str, form: str, kind: str, top: bool) -> CreditRole | None:
    """The role that the place in the line gives: dateline, picture, byline, credit. `top`: near the top of the page."""
    line = before + form + after
    if dateline_end(line, opens=True) > len(before) and len(line.strip()) > len(form):
        return "dateline"
    if _RUN_ON.search(before[-60:]) and after.startswith((") -", ") –", ") —")):
        return "dateline"
    if kind == "caption" or _PHOTO_AFTER.match(after) or _PHOTO_BEFORE.search(before[-70:]):
        return "photo"
    if len(line) <= CREDIT_BYLINE + CREDIT_STAMP and _is_byline(before.strip(), _STAMP.sub("", after).strip()):
        if _signs_picture(before) and not (form in NAMES and top):
            return "photo"
        return "byline" if top or _BYLINE.match(before.strip()) else "mention"
    return "tail" if _is_tail(before, after) else None


def _signs_picture(before: str) -> bool:
    """A name and a short form, "Ann Lee, AP": photographers are signed so, reporters with the agency's full name."""
    return before.rstrip()[-1:] in (",", "|", "/")


def _is_byline(before: str, after: str) -> bool:
    """A short line without an end that begins with "By", or holds names and the agency last, or the agency alone."""
    if len(before) + len(after) > CREDIT_BYLINE or after[-1:] in (".", "!", "?"):
        return False
    lead = re.sub(r"\b[Tt](?:he|HE)\Z", "", before).strip(" (•|,—–-")
    if not lead and not after.strip(" •|)—–-"):
        return True
    if _BY.search(before):
        return True
    names = [
        word
        for word in re.findall(r"[^\W\d_]+", lead)
        if word.lower() not in ("and", "by", "of", "the", "for", "with", "in")
    ]
    if not names or len(names) > 12 or not all(word[0].isupper() for word in names):
        return False
    return bool(_BYLINE.match(lead)) or (before[-1:] in (",", "|", "/", "—", "-") and not after.strip(" •|)"))


def _is_tail(before: str, after: str) -> bool:
    """A credit: "(PTI)" closing a sentence, "... contributed to this report", a copyright line."""
    bare = before.rstrip()
    bracketed = bare[-1:] in ("(", "[", "—", "–") and after.lstrip()[:1] in (")", "]", "")
    if bracketed and not after.strip(" )].*") and len(bare) <= 1 + len(before.rstrip("([—– ")) + 2:
        return True
    sentence = _sentence_around(before, after).lower()
    if len(sentence) <= CREDIT_CONTEXT and any(phrase in sentence for phrase in _CONTRIBUTED):
        return True
    if before.startswith(("Contributing:", "Contributors:")) or _WRITES.search(before):
        return True
    return bool(_WRITERS.match(after)) and not before.strip(" _*(").strip("The ")


def _sentence_around(before: str, after: str) -> str:
    start = max(before.rfind(mark) for mark in (". ", "! ", "? ", ".” ", '." '))
    end = min((at for at in (after.find(mark) for mark in (". ", "! ", "? ")) if at >= 0), default=len(after))
    return before[max(start, 0) :] + " " + after[:end]


def _grammar(before: str, after: str) -> CreditRole | None:
    """The role that the sentence gives."""
    if _TOLD.search(before) or _ADDRESSED.search(before):
        return "told"
    if _QUOTED_BEFORE.search(before) or _NEWS_AGENCY.match(after):
        return "quoted"
    if _REPORT_AFTER.match(after) or _REPORT_BEFORE.search(before):
        return "report"
    return None


def _unnamed(text: str) -> list[Credit]:
    small = "genc" in text and ("gencies" in text or "gency reports" in text or "gency inputs" in text)
    if not (small or "GENCIES" in text or "ire service" in text or "ire reports" in text):
        return []
    spans = [match.span() for match in _UNNAMED.finditer(text)]
    return [
        Credit("agencies", "tail", s, e)
        for s, e in spans
        if _UNNAMED_BEFORE.search(text, max(0, s - CREDIT_LEAD_IN), s)
    ]


def _house_tails(text: str, found: Sequence[Credit]) -> list[Credit]:
    """Reuters' own form of tail, where it does not name another agency."""
    if "diting by" not in text:
        return []
    spans = [match.span() for match in _HOUSE_TAIL.finditer(text)]
    return [Credit("Reuters", "tail", s, e) for s, e in spans if not any(s <= credit.start < e for credit in found)]
