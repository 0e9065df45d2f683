"""Wall: a notice of a paywall, of cookies or against robots instead of the story, or where it breaks off -> TXT005.

Theory of operation. Whole stories carry such notices too, in their furniture, and stories are written *about* paywalls
and cookies. So a notice counts only as far as the story is missing:

- *instead*: nothing, or less than a blurb, stands on the page beside the notices. Of the weak ones (walls.py), which
  belong to any page's furniture, it takes two.
- *cut*: a notice that the rest is not free stands at the end of what is there, below it is no more story, and the
  story is short, breaks off, or is much shorter than the others with its dispatch.

A notice speaks to the reader: a piece in quotation marks or with a verb of saying is a report, and so is a long one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dedup.check.page.cut import stops_short
from dedup.check.page.view import Fault, Page, Story, excerpt, fewer_words
from dedup.check.page.walls import ALL, REST, Strength, Walls
from dedup.limits import CUT_SHORTER, WALL_CUT, WALL_END, WALL_INSTEAD, WALL_PAGE, WALL_PIECE, WALL_SHORT

_BREAKS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？।])|[\r\n]+")
_REPORTED = re.compile(r"[\"“”«»„]|\b(?:said|says|told|wrote|sagte|déclaré|dijo|disse|zei)\b")
_SIGNS = " \t\xa0-–—•·*>#|→►▶»"  # that stand before the first word of a button
_LEFT = re.compile(r"\d\s?%")  # "You have 70 % of this article left": no whole story says so


@dataclass(frozen=True, slots=True)
class _Notice:
    start: int  # span in the searched text
    end: int
    text: str
    strength: Strength


def walled(page: Page, story: Story) -> Fault | None:
    """TXT005. Cost: linear in the page up to limits.WALL_PAGE characters; of a long story only the end is looked at."""
    short = story.letters < WALL_SHORT
    searched = story.text[:WALL_PAGE] if short else story.text[-WALL_END:]
    notices = sorted(_notices(searched, ALL if short else REST), key=lambda notice: (notice.start, notice.strength))
    if not notices:
        return None
    return (_instead(story, searched, notices) if short else None) or _cut(page, story, searched, notices)


def _notices(text: str, known: Walls) -> Iterator[_Notice]:
    """The pieces of `text` that are notices; one that is two kinds of notice comes twice."""
    low = text.lower()
    if len(low) != len(text):  # "İ" is longer in lower case: positions would not fit
        text = low
    for stem in known.stems_in(low):
        at = low.find(stem)
        while at >= 0:
            start, end = _piece_at(text, at)
            piece = low[start:end].lstrip(_SIGNS)
            if len(piece) <= WALL_PIECE and not _REPORTED.search(piece):
                for strength, phrase in known.phrases[stem]:
                    if phrase.search(piece):
                        yield _Notice(start, end, text[start:end].strip(_SIGNS), strength)
                        break
            at = low.find(stem, end)


def _piece_at(text: str, at: int) -> tuple[int, int]:
    """The span of the sentence or line around `at`, as far as WALL_PIECE characters on each side tell."""
    left, right = max(0, at - WALL_PIECE), min(len(text), at + WALL_PIECE)
    start = max((m.end() for m in _BREAKS.finditer(text, left, at)), default=left)
    following = _BREAKS.search(text, at, right)
    return start, max(following.start() if following else right, at + 1)


def _instead(story: Story, searched: str, notices: list[_Notice]) -> Fault | None:
    """Notices, and no more than a few words of story."""
    spoken = {notice.text for notice in notices}
    if len(spoken) < 2 and all(notice.strength == "weak" for notice in notices):
        return None
    own = tuple(piece for line in story.lines for piece in _BREAKS.split(line) if piece.strip(_SIGNS) not in spoken)
    if not fewer_words(own, WALL_INSTEAD):
        return None
    return Fault("TXT005", "a notice stands in place of the story", excerpt(searched[notices[0].start :]))


def _cut(page: Page, story: Story, searched: str, notices: list[_Notice]) -> Fault | None:
    """A notice that the story goes on for payers, where it ends."""
    for notice in notices:
        if notice.strength != "rest" or _goes_on(story, searched[notice.end :]):
            continue
        if _breaks_off(page, story, notice):
            why = "the story breaks off at a notice that the rest is not free"
            return Fault("TXT005", why, excerpt(searched[notice.start :]))
    return None


def _goes_on(story: Story, below: str) -> bool:
    """Whether paragraphs of the story stand in `below`."""
    own = tuple(line for line in story.lines[-8:] if line in below)
    return not fewer_words(own, WALL_INSTEAD)


def _breaks_off(page: Page, story: Story, notice: _Notice) -> bool:
    """Whether what is there is a part: short, without an end, or much less than its siblings have."""
    own = tuple(line for line in story.lines if notice.text not in line)
    return (
        fewer_words(own, max(WALL_CUT, CUT_SHORTER * page.sibling_words))
        or bool(own and stops_short(own[-1]))
        or bool(_LEFT.search(notice.text))
    )
