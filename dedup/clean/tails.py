"""Tails: a story line -> where the credits at its end begin: "... on Monday. (Reporting by A; Editing by B)"."""

from __future__ import annotations

import re

from dedup.limits import CLEAN_TAIL_CHARS

_CUES = (
    "eporting by", "diting by", "riting by", "ontributed", "nputs from", "nput from", "ights reserved", "files from",
    "opyright", "(PTI)", "(ANI)", "(IANS)", "(AP)", "(AFP)", "(Reuters)", "— AP", "ompiled by", "agencies",
    "Agencies", "©",
)  # fmt: skip
_TAIL = re.compile(
    r"""
    [(\[](?:(?:Additional\s)?(?:Reporting|reporting|Writing|writing|Editing|editing|Compiled)\s(?:by|and)|
        With\s(?:additional\s)?(?:inputs?|files|reporting|reports)\s(?:from|by)|[Ww]ith\sagency|
        (?:PTI|ANI|IANS|AP|AFP|Reuters|UNI|UPI|Xinhua|Agencies|agencies)
        (?:[\s,/;&]{1,3}(?:PTI|ANI|IANS|AP|AFP|Reuters|UNI|UPI|agencies|Agencies)){0,4}\s?[)\]])
    | (?:Additional\s)?(?:Reporting|Writing|Editing)\sby\s[A-Z]
    | (?:Copyright|©|\(c\))\s(?:\(c\)\s|©\s)?(?:19|20)\d\d
    | With\s(?:inputs?|files|reporting)\sfrom\s[A-Za-z]
    | (?:The\s)?(?:Associated\sPress|Reuters|AP|AFP|Bloomberg|CNN)(?:\s[^.!?\n]{0,160})?
        \scontributed\s(?:to\sthis|reporting)
    """,
    re.VERBOSE,
)


def tail_span(line: str) -> int:
    """Where the credits at the end of `line` begin; len(line) when it has none.

    >>> line = "He left on Monday. (Reporting by Ann Lee; Editing by Bo Roy)"
    >>> line[tail_span(line):]
    '(Reporting by Ann Lee; Editing by Bo Roy)'
    """
    shift = max(0, len(line) - CLEAN_TAIL_CHARS)
    end = line[shift:]
    if not may_hold_tail(end) or not any(cue in end for cue in _CUES):
        return len(line)
    for match in _TAIL.finditer(end):
        if _starts_sentence(end, match.start()):
            return shift + match.start()
    return len(line)


def may_hold_tail(text: str) -> bool:
    """Whether one of the signs every tail has is in `text`: few paragraphs have, and one look for each is cheap."""
    return (
        "(" in text
        or "[" in text
        or "©" in text
        or "ing by" in text
        or "ontributed" in text
        or "opyright" in text
        or "With " in text
    )


def _starts_sentence(text: str, at: int) -> bool:
    """Nothing before it, or the end of a sentence."""
    before = text[:at].rstrip()
    return not before or before[-1] in ".!?…\"'”’»)]—_*"
