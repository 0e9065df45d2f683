"""Forms: article text -> whether it is a round-up, the one form of story that must not be taken for another.

A round-up ("The Latest", "Live updates") is an agency's running file of dated entries on one event. Each entry is the
lead of some other dispatch, so it shares whole paragraphs with every file of the day and is none of them.
"""

from __future__ import annotations

import re

_TITLED = re.compile(r"\W{0,3}(?:the latest\s*:|live\s*:|live (?:updates|blog)\b|as it happened\b)", re.IGNORECASE)
# An entry's time on a line of its own: "10:35 p.m.", "8 a.m. EDT", "(14:05 GMT)". The literal line break in front lets
# the search skip from line to line.
_ENTRY = re.compile(r"\n\W{0,3}\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?\W{0,3}(?=\n|$)")
_HAS_CLOCK = re.compile(r"[ap]\.?m|:\d\d|[A-Z]{3}")
_TOP = 400  # characters in which the headline stands, when there is no title field
_ENTRIES = 2


def is_roundup(text: str, title: str = "") -> bool:
    """Whether an article is a round-up by its headline or by two entries under a time of their own. Cost: linear.

    >>> is_roundup("The Latest: Ferry raised\\nNORTHPORT (AP) - The latest on a ferry")
    True
    >>> is_roundup("A ferry sank.\\n10:35 p.m.\\nDivers went down.\\n9 p.m.\\nThe harbour was closed.")
    True
    >>> is_roundup("The latest figures show a fall.\\n2018\\n2017")
    False
    """
    titled = _TITLED.match
    if titled(title):
        return True
    for line in text[:_TOP].split("\n"):
        if line and titled(line):
            return True
    entries = _ENTRY.findall(text)
    return len(entries) >= _ENTRIES and sum(map(bool, map(_HAS_CLOCK.search, entries))) >= _ENTRIES
