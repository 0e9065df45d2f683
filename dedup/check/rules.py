"""Rules: the table of everything `dedup check` can find. Ids are for ever; names, levels and words are not.

A rule with options has them in a table of their own: each knows its default, and how its text becomes a value. The code
of a rule stands in the module of its family (duplicates, meta, wire, feed, page); this one only says what exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dedup import limits
from dedup.model import Rule

Value = float | int | str


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a rule. `parse` raises ValueError saying what was expected."""

    name: str
    default: Value
    parse: Callable[[str], Value]
    help: str


def _percent(text: str) -> float:
    return _number(text, 100.0, "a percentage from 0 to 100")


def _hours(text: str) -> float:
    return _number(text, float("inf"), "a number of hours, 0 for never")


def _number(text: str, most: float, expected: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= most or value == float("inf"):
        raise ValueError(expected)
    return value


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError("a whole number")
    return int(text)


RULES: Mapping[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule(
            "DUP001", "exact-duplicate", "error", "One outlet has the same text twice",
            "Two articles of one outlet have the same story, word for word, whatever their addresses and ids are: a "
            "crawler followed two links to one page, or a feed was read twice. Furniture is left out of the "
            "comparison. Articles whose outlet is not known count as one outlet. Copies at different outlets are what "
            "a wire is for and are never reported. Keep one, and mend what fetched the other.",
        ),
        Rule(
            "DUP002", "same-dispatch-twice", "warning", "One outlet carries one dispatch in two articles",
            "Two articles of one outlet carry most of one dispatch and are not equal: an earlier version that was "
            "left online, or an agency's feed run beside the desk's own page. An update that takes the place of an "
            "article, with its address or id and a later time, is not reported, nor are the versions that an agency "
            "sends. Pages that no other outlet carries count only when their openings are alike: others share a "
            "template.",
        ),
        Rule(
            "DUP003", "near-duplicate-share", "warning", "Too much of the feed repeats itself",
            "More than `percent` of the articles repeat another article of their outlet (DUP001 and DUP002 name "
            "them). Reported once, for the feed.",
        ),
        Rule(
            "TXT001", "empty-body", "error", "The article has no text",
            "A record or page is there and its text is empty, or nothing of it is story: the extraction failed.",
        ),
        Rule(
            "TXT002", "tiny-body", "warning", "The article has next to no text",
            "The story has fewer than `words` words: a teaser, a caption, or an extraction that stopped early.",
        ),
        Rule(
            "TXT003", "truncated-body", "warning", "The text is cut off",
            "The text ends with the mark of a cut (\"[+2345 chars]\", \"Read more\"), in the middle of a sentence, or "
            "far before the other articles with the same dispatch do. Fetch the whole page.",
        ),
        Rule(
            "TXT004", "furniture-flood", "warning", "Most of the text is page, not story",
            "More than `percent` of the text is navigation, share lines, headline lists and the like, or lines that "
            "the outlet repeats in other articles: the extraction takes too much.",
        ),
        Rule(
            "TXT005", "paywall-text", "warning", "A paywall, cookie, consent or robot notice stands in for the story",
            "The text, or a large part of it, asks to subscribe, to accept cookies, or to prove not to be a robot.",
        ),
        Rule(
            "TXT006", "mojibake", "warning", "Letters are garbled by a wrong encoding",
            "The text holds sequences that arise when one encoding is read as another. Mend the encoding where the "
            "page is fetched; the letters are not always to be had back.",
        ),
        Rule(
            "TXT007", "language-switch", "note", "The article is in another language than expected",
            "The text is in another language than the article declares, or than nearly all articles of its outlet.",
        ),
        Rule(
            "META001", "missing-date", "warning", "The article has no date",
            "No time of publication was given, or under a name that is not known (see --map). Where nearly a whole "
            "outlet or feed lacks it, that is one finding.",
        ),
        Rule(
            "META002", "impossible-date", "warning", "The date cannot be right",
            "The date could not be read; or it lies after --now; or days before the date in the article's own "
            "dateline; or clearly before the agency's first version of the dispatch that the article carries. Time "
            "zones are allowed for. Without --now no date lies in the future.",
        ),
        Rule(
            "META003", "missing-title", "warning", "The article has no title",
            "No headline was given, or under a name that is not known (see --map). Where nearly a whole outlet or "
            "feed lacks it, that is one finding.",
        ),
        Rule(
            "META004", "missing-url", "note", "The article has no address",
            "No url was given. Where nearly a whole outlet or feed lacks it, that is one finding.",
        ),
        Rule(
            "META005", "missing-id", "note", "The article has no id",
            "No id was given; one is made from address, outlet, title, time and text, so it changes when they do. "
            "Where nearly a whole outlet or feed lacks it, that is one finding.",
        ),
        Rule(
            "META006", "id-reused", "warning", "One id stands for two texts",
            "Two articles of one file or outlet have the same id and different stories. Versions that a news format "
            "declares, and a later text of the same story, are one item and are not reported.",
        ),
        Rule(
            "WIRE001", "uncredited-wire-copy", "warning", "Agency copy without a credit",
            "The article carries an agency's dispatch, more than `percent` of its words, and names no agency anywhere: "
            "not in byline, dateline or text, nor at the end. Whose dispatch it is says an original or what the other "
            "outlets credit. Where the extraction dropped the byline, mend the extraction.",
        ),
        Rule(
            "WIRE002", "credit-without-copy", "note", "An agency is credited and no dispatch of it was found",
            "Byline, dateline or credit name an agency as the source, but no dispatch of it and no other article with "
            "its copy share enough with this one. Looked at only for agencies whose dispatches --originals holds: "
            "of others it cannot be known. The folder must hold the agency's file of those days.",
        ),
        Rule(
            "WIRE003", "quote-altered", "warning", "A quotation differs from the agency's",
            "A sentence taken over from the agency's version has other words inside its quotation marks. Quotations "
            "cut short, completed from another version, or spelt in house style are not reported.",
        ),
        Rule(
            "WIRE004", "number-altered", "warning", "A figure differs from the agency's",
            "A sentence taken over from the agency's version has another figure than that version, and no version of "
            "the dispatch and no other agency at hand has the article's figure. Rounding, vaguer and more exact "
            "figures are not reported.",
        ),
        Rule(
            "WIRE005", "killed-story-carried", "error", "The agency killed the story and the outlet carries it",
            "The agency withdrew an item (a kill notice, or a newer version with that status) and an article still "
            "has its text. Take it down.",
        ),
        Rule(
            "WIRE006", "corrected-story-stale", "warning", "The agency corrected the story, the outlet did not",
            "The agency sent a correction and the article still has a sentence that the correction changed.",
        ),
        Rule(
            "FEED001", "empty-feed", "error", "Nothing usable was read",
            "The paths hold no article that could be used. A feed that is empty or cannot be read never passes.",
        ),
        Rule(
            "FEED002", "unused-input", "warning", "An input was not used",
            "A file, record or row was skipped; the message has the reason. What lies about in a folder and was "
            "never meant to be read is a note.",
        ),
        Rule(
            "FEED003", "stale-feed", "warning", "The newest article is old",
            "The newest date in the feed lies more than `hours` before --now. Off until both are given.",
        ),
        Rule(
            "FEED004", "carried-before", "note", "The outlet carried this before",
            "The index of earlier feeds (--index) holds this very article, or another one of the outlet with the same "
            "dispatch. What other outlets carried is no finding.",
        ),
    )
}  # fmt: skip

OPTIONS: Mapping[str, tuple[Choice, ...]] = {
    "DUP003": (Choice("percent", 20.0, _percent, "share of the articles, 0 to 100"),),
    "TXT002": (Choice("words", limits.MIN_TOKENS, _count, "words of the story"),),
    "TXT004": (Choice("percent", 60.0, _percent, "share of the text, 0 to 100"),),
    "WIRE001": (Choice("percent", 50.0, _percent, "share of the article's words, 0 to 100"),),
    "FEED003": (Choice("hours", 0.0, _hours, "hours from the newest article to --now; 0 for never"),),
}


def defaults(rule: str, name: str) -> Value:
    """The default of an option.

    >>> defaults("TXT002", "words")
    30
    """
    return next(choice.default for choice in OPTIONS[rule] if choice.name == name)
