"""Page: one article, and what its outlet and its cluster are like -> the faults of its text (TXT001 to TXT007).

A rule is a function in a module of its own: body (empty, tiny), cut (truncated), flood (furniture), wall (paywall and
the like), garbled (mojibake), language. Each sees the page and its story, and answers with a `Fault` or None; none
knows of another. Only here is decided which of two that have one cause is told: a tiny or cut text under a wall is the
wall's doing, and an empty one has nothing else to be judged by.

`language_of` needs the extra [language]; `language_available` says whether it is there. Without it every language is ""
and TXT007 finds nothing, which the user should be told once, in the words of LANGUAGE_MISSING.
"""

from __future__ import annotations

from collections.abc import Iterator

from dedup.check.page.body import empty, tiny
from dedup.check.page.cut import truncated
from dedup.check.page.flood import flooded
from dedup.check.page.garbled import mojibake
from dedup.check.page.language import MISSING as LANGUAGE_MISSING
from dedup.check.page.language import available as language_available
from dedup.check.page.language import language_of, switched
from dedup.check.page.view import Fault, Option, Page, story_of
from dedup.check.page.wall import walled

__all__ = ["LANGUAGE_MISSING", "Fault", "Option", "Page", "faults", "language_available", "language_of"]


def faults(page: Page, option: Option) -> Iterator[Fault]:
    """The faults of `page`, in order of rule. `option("TXT002", "words")` gives a rule's setting. Cost: linear.

    >>> from dedup.model import Article
    >>> story = "The council of Northport voted on Monday to close the harbour. Ships will be turned away from the"
    >>> [fault.message for fault in faults(Page(Article("a", story), ()), lambda rule, name: 10)]
    ['it ends in the middle of a sentence']
    """
    story = story_of(page)
    wall = walled(page, story)
    found = [empty(story)]
    if not found[0]:
        found += [] if wall else [tiny(story, option), truncated(page, story)]
        found += [flooded(page, story, option)]
    found += [wall, mojibake(page), switched(page, story)]
    yield from filter(None, found)
