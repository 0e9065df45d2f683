"""Cut: a story that stops before its end -> TXT003 truncated-body.

Theory of operation. Five kinds of evidence, the surest first:

- *mark*: a counter ("[+2345 chars]"), an ellipsis in brackets, an ellipsis glued to "Read more", a line that sends the
  reader elsewhere for the rest ("To read the full story"). Sure by themselves. A bare "Read more" opens link lists on
  whole pages too, so it needs an unfinished line above it or a teaser's length.
- *ellipsis* at the end of a teaser; at the end of a long story it is a figure of speech.
- *word*: the last line ends with a hyphen, a comma, a word that nothing can end with ("of the"), or inside a quotation.
- *sentence*: a paragraph of whole sentences whose last one has no end.
- *siblings*: a story less than half as long as the others with its dispatch needs less of the above.

What also has no end and is whole: captions, headlines, subheads, bylines, signatures, addresses, list entries, rows of
tables, results, verse. They are short, or hold no sentence before the unfinished words, or those words are names,
figures, addresses or a credit. A story cut *at* the end of a sentence cannot be told from an outlet's shorter version,
and is none of this rule's business; nor are texts in scripts without capitals, where only the marks count.

Measured: of 2,941 real articles it names 49, rightly 47 (the others end with a tweet's dots and with a forgotten full
stop), of 183 extracted pages none. Of invented dispatches cut inside a sentence it finds 65 %, 73 % beside their
siblings; missed are cuts a few words into a paragraph. Left aside: any last line of prose without an end. On the same
articles that adds eleven, all of them headlines and captions.
"""

from __future__ import annotations

import re

from dedup.check.page.cuts import (
    ADDRESS,
    BARE_MORE,
    BRACKETED,
    BULLET,
    CLOSERS,
    COUNTER,
    CREDIT,
    ELLIPSIS,
    ELSEWHERE,
    ENDS,
    GLUED,
    HARDLY_LAST,
    INNER_END,
    MORE_LINE,
    NEVER_LAST,
    SIGNED,
)  # fmt: skip
from dedup.check.page.view import Fault, Page, Story, ending, fewer_words, lines_of, words_in
from dedup.limits import (
    CUT_LINE,
    CUT_LOOSE,
    CUT_MARK_CHARS,
    CUT_MARK_LINES,
    CUT_PARAGRAPH,
    CUT_PROSE,
    CUT_SENTENCE,
    CUT_SHORTER,
    CUT_SKIPPED,
    CUT_TEASER,
    CUT_WORDS,
    CUT_WRAPPED,
    PAGE_EXCERPT,
)

_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_INCHES = re.compile(r"\d\"")
_HYPHENED = re.compile(r"[a-zß-öø-ÿ]{2}[-‐]\Z")


def truncated(page: Page, story: Story) -> Fault | None:
    """TXT003. Cost: linear in the last lines of the story, whatever its length."""
    last = _last_line(story)
    why, shown = _by_mark(story, last)
    if not why and last:
        why, shown = unfinished(last) or _as_teaser(story, last) or _beside_siblings(page, story, last), last
    if not why or (shown == last and _wraps(story.text, last)):
        return None
    return Fault("TXT003", why, ending(shown))


def _last_line(story: Story) -> str:
    """The line the story ends with; short leftovers below it do not count. "" when all of its end is short lines."""
    last = story.text.rstrip().rpartition("\n")[2].strip()
    if len(last) < CUT_LINE and _is_beginning(last):  # which looks like furniture, a headline of a list
        return last
    for skipped, line in enumerate(reversed(story.lines[-1 - CUT_LOOSE :])):
        if len(line) >= (CUT_SKIPPED if skipped else CUT_LINE):
            return line
        if not skipped and ((line[:1].islower() and " " in line) or _is_beginning(line)):
            return line
        if _ended(line) or line[:1].isdigit():
            return ""
    return ""


def _is_beginning(line: str) -> bool:
    """Whether a short `line` is the first words of a sentence. (A lone "or" stands between two buttons.)"""
    return (line[:1].isupper() or " " in line) and bool(unfinished(line))


def _wraps(text: str, last: str) -> bool:
    """Whether `last` goes on in the next line of a text wrapped by hand, of which "1987." was taken for furniture."""
    at = text.rfind(last) + len(last)
    below = text[at : at + 2 * PAGE_EXCERPT].lstrip(" \t\r")
    following = below[1:].partition("\n")[0].strip() if below.startswith("\n") else ""
    if following[:1].islower() or following[:1].isdigit():
        return True
    return len(last) < CUT_WRAPPED and following != "" and _ended(following)


def _ended(line: str) -> bool:
    return line.rstrip(CLOSERS + " ")[-1:] in ENDS or bool(SIGNED.search(line, max(0, len(line) - 16)))


# ---------------------------------------------------------------- marks


def _by_mark(story: Story, last: str) -> tuple[str, str]:
    """What says outright that text is missing, and the text that says so; "" and "" without."""
    tail = story.text[-4 * CUT_MARK_CHARS :].rstrip()
    for end in (tail[-CUT_MARK_CHARS:], last[-CUT_MARK_CHARS:]):
        if "]" not in end[-4:] and ")" not in end[-4:]:
            continue
        if COUNTER.search(end):
            return "a counter at the end says how much is missing", tail
        if BRACKETED.search(end):
            return "it ends with an ellipsis in brackets, or says that more follows", last or tail
    return _by_more(story, last)


def _by_more(story: Story, last: str) -> tuple[str, str]:
    """A line "Read more" near the end of the page, and what makes it a cut."""
    page_end = lines_of(story.text[-CUT_MARK_CHARS * 2 * CUT_MARK_LINES :])[-CUT_MARK_LINES:]
    for i, line in enumerate(page_end):
        if ("…" in line or "..." in line) and GLUED.search(line, max(0, len(line) - 2 * CUT_MARK_CHARS)):
            return "it ends with an ellipsis and a link to the rest", line
        if len(line) > 2 * CUT_MARK_CHARS:
            continue
        if ELSEWHERE.match(line):
            return "it sends the reader elsewhere for the rest", line
        above = page_end[i - 1] if i else ""
        if MORE_LINE.match(line) and (stops_short(above) or _ends_teaser(story, page_end[i:])):
            return "a link to the rest stands where the text stops", f"{last[-PAGE_EXCERPT:]} {line}"
    return "", ""


def _ends_teaser(story: Story, below: list[str]) -> bool:
    """Whether a short story ends with a bare link ("Read more from the Post" is none), at most one line below it."""
    if len(below) > 2 or not BARE_MORE.match(below[0]):
        return False
    return bool(story.lines) and fewer_words(story.lines, CUT_TEASER)


# ---------------------------------------------------------------- endings


def unfinished(line: str) -> str:
    """Why `line` cannot be the end of a text, "" when it can.

    >>> unfinished("The council will meet again on Monday to vote on the future of the")
    'it ends in the middle of a sentence'
    >>> unfinished("Ann Lee, Northport Gazette")
    ''
    """
    if not line or _ended(line) or BULLET.match(line):
        return ""
    tail = line[-2 * PAGE_EXCERPT :].rstrip(CLOSERS + " ")
    if len(line) >= CUT_LINE and _HYPHENED.search(tail):
        return "it ends in the middle of a word"
    broken = _dangles(line, tail) or _is_open(line) or _broken_paragraph(line)
    return "it ends in the middle of a sentence" if broken else ""


def _dangles(line: str, tail: str) -> bool:
    """Whether the last word, or a comma, leaves something to come."""
    long = len(line) >= CUT_LINE and _is_prose(tail.split())
    if tail.endswith(","):
        return long
    word = _LAST_WORD.search(tail)
    if not word or (word.group()[0].isupper() and not _begins_sentence(tail, word.start())):
        return False
    low = word.group().lower()
    return low in NEVER_LAST or (long and low in HARDLY_LAST)


def _begins_sentence(tail: str, at: int) -> bool:
    """Whether the word at `at`, the last one, is the first of its sentence or line: "He was late. The"."""
    before = tail[:at].rstrip(" \"'“‘")
    return len(tail) - at > 1 and (not before or before[-1] in ".!?")


def _is_open(line: str) -> bool:
    """Whether a quotation begins in `line` and does not end. “ closes what „ opened; 6\" is a measure."""
    for opens, closes in (("„", "“”"), ("“", "”"), ("«", "»")):
        if opens in line:
            return line.count(opens) > sum(map(line.count, closes))
    return line.count('"') % 2 == 1 and not _INCHES.search(line)


def stops_short(line: str) -> bool:
    """Whether `line` is unfinished or ends with an ellipsis."""
    return bool(unfinished(line) or ELLIPSIS.search(line) or BRACKETED.search(line))


def _broken_paragraph(line: str) -> bool:
    """Whether whole sentences stand before an unfinished one, or it is too long for anything but a paragraph."""
    if len(line) < CUT_PARAGRAPH or ADDRESS.search(line, len(line) - PAGE_EXCERPT):
        return False
    from_here = max(0, len(line) - 4 * PAGE_EXCERPT)
    last_end = max((m.end() for m in INNER_END.finditer(line, from_here)), default=0)
    if not last_end and from_here == 0 and len(line) < CUT_SENTENCE:
        return False
    return _runs_on(line[last_end or from_here :])


def _runs_on(rest: str) -> bool:
    """Whether `rest` is the beginning of a sentence, not a credit, a name, a result or an invitation."""
    pieces = rest.split()
    if CREDIT.match(rest) or not pieces[-1][-1:].isalpha() or pieces[-1].isupper():
        return False
    return len(pieces) >= CUT_WORDS and _is_prose(pieces)


def _is_prose(pieces: list[str]) -> bool:
    return sum(piece[0].islower() for piece in pieces) >= CUT_PROSE * len(pieces)


def _as_teaser(story: Story, last: str) -> str:
    """An ellipsis where only a cut leaves one."""
    return "it ends with an ellipsis" if ELLIPSIS.search(last) and fewer_words(story.lines, CUT_TEASER) else ""


def _beside_siblings(page: Page, story: Story, last: str) -> str:
    """Less than half of what the others have, and no proper end."""
    if not page.sibling_words or (_ended(last) and not ELLIPSIS.search(last)):
        return ""
    if page.sibling_end and last[-PAGE_EXCERPT:] == page.sibling_end[-PAGE_EXCERPT:]:  # so does the dispatch
        return ""
    if BULLET.match(last) or ADDRESS.search(last) or not _is_prose(last.split()):
        return ""
    if not fewer_words(story.lines, CUT_SHORTER * page.sibling_words):
        return ""
    count = words_in("\n".join(story.lines))
    return f"it has {count} words and no proper end, the others with its dispatch have {page.sibling_words}"
