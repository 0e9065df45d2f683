"""Quoting: a case -> the quotations that differ.

Marks promise that somebody said exactly this. So a change of quote is: words inside the marks altered, a quotation cut,
one turned into paraphrase or into the outlet's own words, words put into marks that had none, a quotation put in.

Known exceptions. Titles in marks ("Sons of the Delta") are names. A quotation that runs over several sentences has no
marks of its own in the middle ones: a sentence that is nothing but the words of a quotation counts as quoted. Function
words that move out of the marks at either end ("with low hopes" -> with "low hopes") are style.
"""

from __future__ import annotations

from collections.abc import Iterator

from dedup import limits
from dedup.facts.quotes import Quote
from dedup.facts.reading import Case, Read
from dedup.facts.tokens import FUNCTION_WORDS, Tokens
from dedup.facts.values import change, place
from dedup.model import Change, Link

Words = tuple[str, ...]  # comparable forms


def quote_changes(case: Case) -> Iterator[Change]:
    """Words inside the marks altered, a quotation cut, turned into paraphrase or back, put in or left out."""
    settled: set[int] = set()  # original quotations that an article's quotation accounts for
    for quote in quotations(case.article):
        found = _of_article(quote, case, settled)
        if found is not None:
            yield found
    for link, text in case.best:
        for quote in quotations(text):
            found = None if id(quote) in settled else _of_original(quote, link, text, case)
            if found is not None:
                yield found


def quotations(sentence: Read) -> list[Quote]:
    """The quotations of a sentence, titles of works and shows left out."""
    return [q for q in sentence.quotes if not _title(q, sentence.tokens)]


def _title(quote: Quote, sentence: Tokens) -> bool:
    """Whether marks hold a title: short, inside the sentence, every word that is not a small one capitalised."""
    inside = [w for w in sentence.words if w.start >= quote.start and w.end <= quote.end]
    telling = [w for w in inside if w.norm not in FUNCTION_WORDS]
    opens = bool(inside) and inside[0] == sentence.words[0]
    if not quote.whole or not telling or opens or len(inside) > limits.FACT_TITLE or quote.text.isupper():
        return False
    return all(w.text[0].isupper() or w.text[0].isdigit() for w in (inside[0], *telling))


def said_in(quote: Quote, sentence: Tokens) -> Words:
    """The words between the marks, in comparable form."""
    return tuple(w.norm for w in sentence.words if w.start >= quote.start and w.end <= quote.end)


def _all(sentence: Read) -> Words:
    return tuple(w.norm for w in sentence.tokens.words)


def _holds(words: Words, part: Words) -> bool:
    """Whether `part` stands in `words` as one run."""
    return bool(part) and f" {' '.join(part)} " in f" {' '.join(words)} "


def _shared(a: Words, b: Words) -> float:
    """Share of the shorter one's different words that the other has, 0..1."""
    return len(set(a) & set(b)) / max(1, min(len(set(a)), len(set(b))))


def _of_article(quote: Quote, case: Case, settled: set[int]) -> Change | None:
    """The change that a quotation of the article makes, if it makes one."""
    said = said_in(quote, case.article.tokens)
    stated = [(q, said_in(q, text.tokens)) for _, text in case.linked for q in text.quotes]
    if any(words == said for _, words in stated):
        settled.update(id(q) for q, words in stated if _shared(words, said) >= limits.FACT_SAME_QUOTE)
        return None
    if any(_holds(words, said) for _, words in stated):
        return None  # part of a longer quotation: that one tells whether it was cut
    for link, text in case.linked:
        if _holds(_all(text), said) or _holds(said, _all(text)):
            return None if _bare(text, said) else change("quote", link, None, place(quote), "now in quotation marks")
    nearest = _nearest(said, case)
    if nearest is None:
        return change("quote", case.closest[0], None, place(quote), "put in")
    link, before = nearest
    settled.add(id(before))
    return change("quote", link, place(before), place(quote), "words altered")


def _bare(text: Read, said: Words) -> bool:
    """Whether an original without marks can be the middle of a quotation that these words quote too."""
    return not text.quotes and min(len(said), len(text.tokens.words)) >= limits.FACT_RUN_ON_QUOTE


def _nearest(said: Words, case: Case) -> tuple[Link, Quote] | None:
    """The original quotation that shares most words with these, at least limits.FACT_SAME_QUOTE of the shorter."""
    every = [(link, q, said_in(q, text.tokens)) for link, text in case.linked for q in quotations(text)]
    best = max(every, key=lambda e: _shared(said, e[2]), default=None)
    return None if best is None or _shared(said, best[2]) < limits.FACT_SAME_QUOTE else best[:2]


def _of_original(quote: Quote, link: Link, text: Read, case: Case) -> Change | None:
    """The change that an original quotation suffers when the article does not quote it whole."""
    said = said_in(quote, text.tokens)
    here = [said_in(q, case.article.tokens) for q in case.article.quotes]
    there = [said_in(q, other.tokens) for other in case.elsewhere for q in other.quotes]
    if _holds(sum(here + there, ()), said) or any(_run_on(other, said) for other in (case.article, *case.elsewhere)):
        return None
    if any(_shared(words, said) >= limits.FACT_SAME_QUOTE for words in here):
        lost = set(said) - set(sum(here + there, ())) - FUNCTION_WORDS
        return change("quote", link, place(quote), None, "cut") if lost else None
    if any(_shared(words, said) >= limits.FACT_SAME_QUOTE for words in there):
        return None  # another sentence of the article quotes it
    note = "quotation marks dropped" if _holds(_all(case.article), said) else "paraphrased or left out"
    return change("quote", link, place(quote), None, note)


def _run_on(sentence: Read, said: Words) -> bool:
    """Whether a sentence without marks is nothing but these words: the middle of a longer quotation."""
    words = _all(sentence)
    return not sentence.quotes and _holds(words, said) and len(said) >= limits.FACT_NOTHING_BUT * len(words)
