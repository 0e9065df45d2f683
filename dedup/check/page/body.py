"""Body: a story with no words, or next to none -> TXT001 empty-body, TXT002 tiny-body.

Words are counted over the story, so a page of captions and share lines is as empty as a blank one. A text that was not
there at all is `Skipped.empty` and never becomes a page.
"""

from __future__ import annotations

from dedup.check.page.view import Fault, Option, Story, excerpt, fewer_words, words_in


def empty(story: Story) -> Fault | None:
    """TXT001."""
    if not fewer_words(story.lines, 1):
        return None
    if not words_in(story.text):
        return Fault("TXT001", "there is no text")
    return Fault("TXT001", "there is no story: all of the text is furniture", excerpt(story.text))


def tiny(story: Story, option: Option) -> Fault | None:
    """TXT002."""
    least = float(option("TXT002", "words"))
    if not fewer_words(story.lines, least):
        return None
    count = words_in("\n".join(story.lines))
    return Fault(
        "TXT002",
        f"the story has {count} {'word' if count == 1 else 'words'}, fewer than {least:g}",
        excerpt(" ".join(story.lines)),
    )
