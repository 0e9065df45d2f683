"""View: what the rules of a page are given, what they answer, and an article's text as they read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dedup.limits import PAGE_EXCERPT, PAGE_HEADLINES, PAGE_ODD, PAGE_WORD_LETTERS
from dedup.model import Article, Mark
from dedup.words import raw_words

Option = Callable[[str, str], float | int | str]

# Chinese, Japanese and Thai stand without blanks: two letters of theirs count as a word.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_FIGURE = re.compile(r"\d[\d.,/-]*")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """An article with all that the rules look at. Its story is its text without `marks`."""

    article: Article
    marks: tuple[Mark, ...]  # furniture: half-open spans of the text, in order
    sibling_words: int = 0  # median story words of the other members of its cluster; 0 when it is alone
    sibling_end: str = ""  # last story line of the original of its cluster; "" when it is alone or the original
    repeated: float = 0.0  # 0..1, share of its story lines that its outlet repeats
    outlet_language: str = ""  # of nearly all articles of its outlet, as `language_of` gives it; "" unknown
    language: str = ""  # of this article, as `language_of` gave it; "" unsure


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a page."""

    rule: str  # "TXT003"
    message: str  # one line, a sentence without its full stop; quotes none of the text
    excerpt: str = ""  # the text that shows it, one line, cut short


@dataclass(frozen=True, slots=True)
class Story:
    """The text of a page, furniture told apart."""

    text: str  # untouched
    lines: tuple[str, ...]  # of the story, trimmed, none empty; furniture inside a line cuts it in two
    letters: int  # characters of the lines
    furniture: int  # characters of furniture, white space around it not counted


def story_of(page: Page) -> Story:
    """The story of `page`. Cost: linear in its text.

    >>> page = Page(Article("a", "By Ann Lee\\nThe mayor resigned. "), (Mark(0, 10, "byline"),))
    >>> story_of(page).lines, story_of(page).furniture
    (('The mayor resigned.',), 10)
    """
    text, at, furniture = page.article.text, 0, 0
    pieces: list[str] = []
    for mark in _trusted(page):
        pieces.append(text[at : mark.start])
        furniture += len(text[mark.start : mark.end].strip())
        at = mark.end
    pieces.append(text[at:])
    lines = tuple(lines_of("\n".join(pieces)))
    return Story(text, lines, sum(map(len, lines)), furniture)


def _trusted(page: Page) -> Iterable[Mark]:
    """The marks of `page`, without headlines that are none: lines of a text wrapped by hand, or the rows of a table."""
    heads = [page.article.text[mark.start : mark.end] for mark in page.marks if mark.kind == "headline"]
    odd = sum(1 for head in heads if head[:1].islower() or len(_FIGURE.findall(head)) >= 2)
    if len(heads) < PAGE_HEADLINES or odd < PAGE_ODD * len(heads):
        return page.marks
    return (mark for mark in page.marks if mark.kind != "headline")


def lines_of(text: str) -> list[str]:
    """The lines of `text`, trimmed, without the empty ones."""
    if "\r" in text:
        text = text.replace("\r", "\n")
    return [line for line in map(str.strip, text.split("\n")) if line]


def words_in(text: str) -> int:
    """How many words `text` has; of scripts without blanks two letters count as one.

    >>> words_in("The mayor resigned."), words_in("市長が辞任した。"), words_in("• — *")
    (3, 3, 0)
    """
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return len(raw_words(_UNSPACED.sub(" ", text) if unspaced else text)) + unspaced // 2


def fewer_words(lines: tuple[str, ...], most: float) -> bool:
    """Whether `lines` hold fewer than `most` words. Cost: at most linear in `most`, however long the lines are."""
    letters = int(most * PAGE_WORD_LETTERS)
    held: list[str] = []
    for line in lines:
        held.append(line[:letters])
        letters -= len(line)
        if letters <= 0:
            break
    head = "\n".join(held)
    return head.count(" ") < 2 * most and words_in(head) < most  # so many blanks are between words


def excerpt(text: str) -> str:
    """`text` on one line, cut short in the middle of nothing: whole words, "…" where it goes on.

    >>> excerpt("The mayor\\n resigned.")
    'The mayor resigned.'
    """
    line = _BLANKS.sub(" ", text[: 4 * PAGE_EXCERPT]).strip()
    if len(line) <= PAGE_EXCERPT:
        return line
    return line[:PAGE_EXCERPT].rpartition(" ")[0] + " …"


def ending(text: str) -> str:
    """The end of `text` on one line, as `excerpt` cuts its beginning."""
    line = _BLANKS.sub(" ", text[-4 * PAGE_EXCERPT :]).strip()
    if len(line) <= PAGE_EXCERPT:
        return line
    return "… " + line[-PAGE_EXCERPT:].partition(" ")[2]
