"""Invented answers of `dedup check`: one that shows every part, a clean one, a large one, and one of hostile text."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TypeVar

from dedup.model import Checked, Finding, Ignored, Level, Place, Rule, Skipped

T = TypeVar("T")

RULES = (
    Rule("DUP001", "exact-duplicate", "error", "One outlet has the same text twice", "Two pages, one text. Keep one."),
    Rule("FEED001", "empty-feed", "error", "Nothing was read", "The feed is empty."),
    Rule("FEED002", "unused-input", "warning", "An input was not used", "It could not be read."),
    Rule("META004", "missing-url", "note", "The article has no address", "No url was given."),
    Rule("WIRE004", "number-altered", "warning", "A figure differs from the agency's", "Compare it with the original."),
)

HB7 = Place("hb-7", "Harbour Bugle", "Ferry sinks off Karvos, three dead", "feed/harbour bugle.jsonl")
HB9 = Place("hb-9", "Harbour Bugle", "Ferry sinks off Karvos", "feed/harbour bugle.jsonl")
REU = Place("reu-1", "reuters", "Three dead as ferry sinks off Karvos", "seeds/reu-1.md")


def finding(
    rule: str = "DUP001",
    level: Level = "error",
    message: str = "The same text as hb-7, under another address",
    place: Place = HB9,
    fingerprint: str = "0123456789abcdef0123456789abcdef",
    excerpt: str = "",
    related: tuple[Place, ...] = (),
) -> Finding:
    return Finding(rule, level, message, place, fingerprint, excerpt, related)


def day() -> Checked:
    """Findings of every level and kind of place, ignored ones, stale entries, skips."""
    number = finding(
        "WIRE004", "warning", "A figure differs from Reuters (reu-1): 30 where it has 13", HB7, "a" * 32,
        "About 30 people were rescued from the water, officials said.", (REU,),
    )  # fmt: skip
    return Checked(
        settings="dedup|v:0.1.0|rules:default", rules=RULES, read=41, kept=39,
        skipped=(Skipped("feed/b.bin", "binary"), Skipped("feed/a.jsonl:3", "no text", empty=True)),
        findings=(
            finding(related=(HB7,)),
            finding("FEED002", "warning", "Not used: binary", Place(path="feed/b.bin"), "b" * 32),
            number,
            finding("META004", "note", "29 of 30 articles have no address", Place(outlet="Valley Star"), "c" * 32),
            finding("META004", "note", "38 of 38 articles have no address", Place(), "d" * 32),
        ),
        ignored=(
            Ignored(finding(fingerprint="e" * 32, place=HB7, related=(HB9,)), "baseline", ""),
            Ignored(replace(number, fingerprint="f" * 32), "suppressed", "the agency sent a later figure"),
        ),
        stale=("0" * 32, "9" * 32), capped=2,
    )  # fmt: skip


def clean() -> Checked:
    return Checked("dedup|v:0.1.0|rules:default", RULES, 41, 41, (), ())


def large(n: int, related: int = 0) -> Checked:
    """`n` findings of each level, each about `related` other articles."""
    levels: tuple[tuple[str, Level], ...] = (("DUP001", "error"), ("WIRE004", "warning"), ("META004", "note"))
    others = tuple(replace(HB7, id=f"x-{number}") for number in range(related))
    found = tuple(
        finding(rule, level, place=replace(HB9, id=f"hb-{i}"), fingerprint=f"{rule}-{i}", related=others)
        for rule, level in levels
        for i in range(n)
    )
    return replace(day(), findings=found, ignored=(), stale=(), capped=0)


def hostile(text: str) -> Checked:
    """`text` in every field that comes from outside, several findings that differ in nothing else."""
    place = Place(text, text, text, text)
    one = finding(message=text, place=place, excerpt=text, related=(place, HB7))
    feed = finding("FEED002", "warning", text, Place(path=text), "b" * 32)
    ignored = Ignored(finding("META004", "note", text, place), "suppressed", text)
    found = (one, one, feed, replace(feed, place=Place()))
    return Checked(text, RULES, 3, 2, (Skipped(text, text),), found, (ignored,))


def shuffled(checked: Checked, seed: int) -> Checked:
    """The same, with every list in another order."""
    dice = random.Random(seed)

    def mixed(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(dice.sample(items, len(items)))

    return replace(
        checked, rules=mixed(checked.rules), skipped=mixed(checked.skipped), findings=mixed(checked.findings),
        ignored=mixed(checked.ignored), stale=mixed(checked.stale),
    )  # fmt: skip
