"""Flood: a page of which the story is the smaller part -> TXT004 furniture-flood.

The share is of characters: a dozen one-word labels above a whole story are no flood, three captions and a list of
headlines around two paragraphs are. Lines that the outlet repeats count as furniture as far as they are short; an
outlet that repeats paragraphs carries a story twice, which is another rule's business.
"""

from __future__ import annotations

from dedup.check.page.view import Fault, Option, Page, Story, excerpt
from dedup.limits import FLOOD_CHARS, FLOOD_LINE


def flooded(page: Page, story: Story, option: Option) -> Fault | None:
    """TXT004."""
    whole = story.furniture + story.letters
    most = float(option("TXT004", "percent"))
    if whole < FLOOD_CHARS or not story.lines:
        return None
    share = 100 * (story.furniture + _repeated(page, story)) / whole
    if share <= most:
        return None
    return Fault("TXT004", f"{share:.1f} % of the text is furniture, more than {most:g} %", excerpt(story.text))


def _repeated(page: Page, story: Story) -> int:
    """Characters of the story's lines that the outlet repeats, at least: those of as many of its shortest lines."""
    count = round(page.repeated * len(story.lines))
    return sum(size for size in sorted(map(len, story.lines))[:count] if size <= FLOOD_LINE)
