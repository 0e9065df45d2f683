"""Language: which one a text is in; and one that is neither declared nor its outlet's -> TXT007 language-switch.

Told by CLD3 (the extra [language]), a small neural network on letter n-grams: 1.4 MB, loaded in 6 ms, no download, and
right on all of 183 news pages in ten languages. It is asked about one piece of the text (170 to 290 us), and not at
all where English function words settle the matter (7 us, nine English articles in ten; on 16,800 real ones they never
contradicted it).
Unsure is "": short texts, lists of names, and languages so close that nobody should be told off over them.

Without the extra every text is "" and the rule finds nothing: `available` says so, for whoever must tell the user.
Weighed: py3langid (60 MB with what it needs, 5 s to the first answer), lingua (96 MB, 1.1 GB in memory), fastText
(downloads its model).
"""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import Protocol

from dedup.check.page.view import Fault, Page, Story, excerpt
from dedup.limits import (
    LANGUAGE_CHARS,
    LANGUAGE_DIGITS,
    LANGUAGE_ENGLISH,
    LANGUAGE_FROM,
    LANGUAGE_LETTERS,
    LANGUAGE_SURE,
)

# For the user, where `available` is false.
MISSING = "TXT007 finds nothing: to tell languages needs the extra [language]: pip install 'wire-dedup[language]'"

# English alone has these; "in", "was", "an", "die" and the like are other languages' words too.
_ENGLISH = frozenset("the of and that with from which their have been would were they this said".split())
# Names of one language, or of languages told apart badly: all are taken for the last one.
_SAME = {
    "iw": "he", "ji": "yi", "in": "id", "mo": "ro", "fil": "tl", "cmn": "zh", "yue": "zh",
    "nb": "no", "nn": "no", "da": "no", "bs": "hr", "sr": "hr", "sh": "hr", "cnr": "hr", "ms": "id", "sk": "cs",
    "gl": "pt", "mk": "bg", "xh": "zu", "ssw": "zu", "ss": "zu", "nr": "zu", "mr": "hi", "ne": "hi", "lb": "de",
    "gsw": "de", "fy": "nl", "af": "nl", "co": "it", "az": "tr",
}  # fmt: skip


# Codes of three letters that newspapers declare.
_THREE = dict(
    pair.split(":")
    for pair in (
        "eng:en deu:de ger:de fra:fr fre:fr spa:es ita:it por:pt nld:nl dut:nl rus:ru jpn:ja zho:zh chi:zh hin:hi "
        "ara:ar kor:ko tur:tr pol:pl swe:sv nor:no nob:nb nno:nn dan:da fin:fi ell:el gre:el ukr:uk ces:cs cze:cs "
        "ron:ro rum:ro hun:hu heb:he ben:bn tam:ta urd:ur ind:id vie:vi tha:th bul:bg hrv:hr srp:sr cat:ca afr:af "
        "zul:zu xho:xh"
    ).split()
)


class _Answer(Protocol):
    language: str
    probability: float


class _Detector(Protocol):
    def FindLanguage(self, text: str) -> _Answer: ...


def available() -> bool:
    """Whether languages can be told: the extra is installed."""
    return importlib.util.find_spec("gcld3") is not None


def language_of(text: str) -> str:
    """The language of `text` ("en", "de", "zh"; ISO 639-1 where there is one), "" when unsure or not `available`.

    `text` is a story or a whole page; only a piece of it is looked at. Cost: 10 to 200 us, whatever its length.
    """
    if _detector() is None:
        return ""
    piece = _piece(text)
    if len(_ENGLISH.intersection(piece.split())) >= LANGUAGE_ENGLISH:
        return "en"
    return _asked(piece)


def _piece(text: str) -> str:
    """The part of `text` that speaks for it: past the headline where there is enough, else its end."""
    if len(text) >= LANGUAGE_FROM + LANGUAGE_CHARS:
        return text[LANGUAGE_FROM : LANGUAGE_FROM + LANGUAGE_CHARS]
    return text[-LANGUAGE_CHARS:]


def _asked(piece: str) -> str:
    detector = _detector()
    if detector is None or not _says_enough(piece):
        return ""
    answer = detector.FindLanguage(text=piece.encode("utf-8", "replace").decode("utf-8"))
    # "hi-Latn", "zh-Latn" ...: languages in letters not their own, which it guesses at.
    return answer.language if answer.probability >= LANGUAGE_SURE and "-" not in answer.language else ""


def _says_enough(piece: str) -> bool:
    """Whether there are letters enough, and few figures: CLD3 is sure that a table of earnings is Albanian."""
    letters = sum(2 if c > "\u0e00" else 1 for c in piece if c.isalpha())  # a letter of Chinese says more
    return letters >= LANGUAGE_LETTERS and sum(map(str.isdigit, piece)) <= LANGUAGE_DIGITS * len(piece)


@cache
def _detector() -> _Detector | None:
    if not available():
        return None
    import gcld3

    # Bytes: 4 a character is the most UTF-8 takes, so all of a piece is looked at.
    detector: _Detector = gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=4 * LANGUAGE_CHARS)
    return detector


def switched(page: Page, story: Story) -> Fault | None:
    """TXT007."""
    found, declared = page.language, _primary(page.article.language)
    if not found:
        return None
    if declared and not _alike(found, declared):
        return Fault("TXT007", f"declared to be in {declared}, and is in {found}", excerpt(" ".join(story.lines[:5])))
    if page.outlet_language and not declared and not _alike(found, page.outlet_language):
        why = f"in {found}, where nearly all of its outlet is in {page.outlet_language}"
        return Fault("TXT007", why, excerpt(" ".join(story.lines[:5])))
    return None


def _primary(tag: str) -> str:
    """The language of a tag as declared: "de-AT", "en_US", "eng" -> "de", "en", "en"; "" for anything not known."""
    code = tag.strip().lower().replace("_", "-").partition("-")[0]
    if len(code) == 3:
        return _THREE.get(code, code if code in _SAME else "")
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _alike(a: str, b: str) -> bool:
    return _SAME.get(a, a) == _SAME.get(b, b)
