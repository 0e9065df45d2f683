"""Fingerprint: what a finding is about -> 32 hex digits that are the same in every run.

Keyed on the rule and the content: the story's digest, whose page it is on, and what tells two findings on one article
apart. Not on paths, line numbers, ids, nor on other articles: a feed may be moved, shuffled and grow. Findings that are
equal in all this (three copies of one page) are counted, so the second has the same digits in every run too.

An article of a few words has no content to speak of; its address and title stand in. An outlet that is only known by
the folder its files lie in is a path, and left out.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from dedup import limits
from dedup.check.views import Entry, Found

VERSION = 1  # of what goes in: a baseline of another version fits nothing


def fingerprints(found: Iterable[Found]) -> list[str]:
    """A fingerprint for each, in order. Equal ones get others by their place among their like."""
    seen: Counter[str] = Counter()
    made = []
    for one in found:
        key = _key(one)
        seen[key] += 1
        made.append(_digest(key, str(seen[key])))
    return made


def _key(found: Found) -> str:
    whose = _whose(found.about) if found.about else found.outlet
    return "\x1f".join((str(VERSION), found.rule, whose, _content(found.about), found.detail))


def _whose(entry: Entry) -> str:
    folders = PurePosixPath(entry.path).parts[:-1]
    return entry.site or ("" if entry.outlet in folders else entry.outlet)


def _content(entry: Entry | None) -> str:
    if entry is None:
        return ""
    return entry.content if entry.words >= limits.MIN_TOKENS else f"{entry.content} {entry.url} {entry.title}"


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
