"""Planting: a sound feed of invented dispatches, and what can go wrong with it, fault by fault.

Every sentence is English in its small words and invented in all others, so no two dispatches share more than a phrase,
and figures, names and quotations stand where they stand in news. 40 dispatches of AP and Reuters, each given as an
original and carried by three of eight outlets: whole, cut and with a credit. Nothing is wrong with it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dedup.check.policy import Policy
from dedup.model import Checked
from dedup.pipeline import Options
from dedup.pipeline.check import Asked, check

Record = dict[str, Any]

PLANTED = 24  # faults of a rule
_SYLLABLES = [a + b for a in "b d f g k l m n p r s t v z".split() for b in "a e i o u an er il".split()]
_FRAMES = (
    "The {} {} of {N} was {} by the {} on {D}, and {F} {} were {} near the {} {}.",
    "Officials in {N} said the {} had {} more than {F} {} since the {} of the {} {}.",
    "“We will {} the {} before the {} is {}, and nobody in this {} will {} it,” said {P}, the {} of the {}.",
    "A {} for the {} {} said that {F} of the {} were {} after the {} left the {} {}.",
    "{P}, who has {} the {} for {F} years, said the {} was {} and the {} would {} again.",
    "The {} cost {F} million {} last year, {} to a {} that the {} of {N} had {}.",
    "“It is the {} of a {} that we have {} for, and the {} must be {} by all of us,” {P} told the {}.",
    "Both {} and {} are {} of the {} in {N}, where {F} {} have been {} to the {} {}.",
    "It was the {} time that the {} had {} its {} without the {} of the {} {} council.",
    "Some {F} {} live along the {} of {N}, and most of them {} the {} that the {} {} there.",
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday".split()
OUTLETS = [f"{name}.example" for name in "harbour ledger lantern meridian courier beacon gazette tribune".split()]


@dataclass
class Feed:
    """Articles, the agencies' dispatches given beside them, and what is expected: (rule, id), "" for the feed."""

    articles: list[Record]
    originals: list[Record]
    expected: set[tuple[str, str]] = field(default_factory=set)

    def by_id(self, id: str) -> Record:
        return next(article for article in self.articles if article.get("id") == id)


class Words:
    """Invented words, names and figures, in an order that a seed sets."""

    def __init__(self, seed: str) -> None:
        self.pick = random.Random(seed)

    def word(self) -> str:
        return "".join(self.pick.choices(_SYLLABLES, k=self.pick.randint(2, 4)))

    def name(self) -> str:
        return f"{self.word().capitalize()} {self.word().capitalize()}"

    def sentence(self, frame: str) -> str:
        slots = {"{N}": lambda: self.word().capitalize(), "{P}": self.name, "{D}": lambda: self.pick.choice(_DAYS)}
        slots |= {"{F}": lambda: str(self.pick.randint(13, 989)), "{}": self.word}
        for slot, made in slots.items():
            while slot in frame:
                frame = frame.replace(slot, made(), 1)
        return frame[0].upper() + frame[1:] if frame[0] != "“" else f"“{frame[1].upper()}{frame[2:]}"

    def story(self, sentences: int = 16) -> str:
        frames = [_FRAMES[i % len(_FRAMES)] for i in range(sentences)]
        self.pick.shuffle(frames)
        return "\n\n".join(self.sentence(frame) for frame in frames)

    def headline(self) -> str:
        return (
            f"{self.word().capitalize()} {self.word()} in {self.word().capitalize()} after {self.word()} {self.word()}"
        )


def sound(dispatches: int = 40, seed: int = 1) -> Feed:
    """A feed in which nothing is wrong."""
    articles, originals = [], []
    for i in range(dispatches):
        made = Words(f"{seed} {i}")
        agency, story, title = ("AP", "Reuters")[i % 2], made.story(), made.headline()
        text = f"{made.word().upper()} ({agency}) - {story}"
        hour = f"2031-03-{2 + i // 12:02}T{8 + i % 12:02}"
        originals.append(
            {"id": f"wire-{i}", "outlet": agency, "title": title, "published": f"{hour}:00:00Z", "text": text}
        )
        for k in range(3):
            lines = text.split("\n\n")
            body = "\n\n".join(lines[: (16, 12, 9)[k]])
            articles.append(
                article(f"a{i}-{k}", OUTLETS[(i + 3 * k) % len(OUTLETS)], title, f"{hour}:{10 + 7 * k}:00Z", body)
            )
    return Feed(articles, originals)


def article(id: str, outlet: str, title: str, published: str, text: str) -> Record:
    return {
        "id": id, "outlet": outlet, "title": title, "published": published, "language": "en",
        "url": f"https://{outlet}/2031/{id}", "text": text,
    }  # fmt: skip


def alone(i: int, outlet: str = "harbour.example", seed: str = "alone") -> Record:
    """An article of an outlet's own, that no one else carries."""
    made = Words(f"{seed} {i}")
    return article(f"{seed}-{i}", outlet, made.headline(), f"2031-03-04T{i % 24:02}:30:00Z", made.story(12))


# ---------------------------------------------------------------- running


def run(feed: Feed, folder: Path, policy: Policy | None = None, **asked: Any) -> Checked:
    """What a check finds in a feed."""
    paths = [str(write(folder / "feed" / "feed.jsonl", feed.articles))]
    originals = str(write(folder / "wires" / "wires.jsonl", feed.originals).parent) if feed.originals else None
    return check(paths, Options(originals=originals), Asked(policy or Policy(), **asked))


def write(path: Path, records: Iterable[Record]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def found(checked: Checked, rule: str) -> set[tuple[str, str]]:
    return {(f.rule, f.place.id) for f in checked.findings if f.rule == rule}


# ---------------------------------------------------------------- faults


def exact_duplicates() -> Feed:
    """Word for word at one outlet: under another address and id, as the same record, with other furniture."""
    feed = sound()
    for i in range(PLANTED):
        again = deepcopy(feed.by_id(f"a{i}-0"))
        later = again["published"].replace(":10:00Z", ":55:00Z")
        if i % 3 != 2:
            again |= {"id": f"again-{i}", "url": f"{again['url']}?page={i}", "published": later}
        if i % 3 == 1:
            again["text"] += "\n\nShare this article\n\nRead more"
        feed.articles.append(again)
        feed.expected.add(("DUP001", f"a{i}-0~2" if i % 3 == 2 else f"again-{i}"))
    return feed


def carried_twice() -> Feed:
    """Most of a dispatch again at one outlet, under another headline; with a new top, cut, or with lines put in."""
    feed = sound()
    for i in range(PLANTED):
        again, made = deepcopy(feed.by_id(f"a{i}-0")), Words(f"twice {i}")
        lines = again["text"].split("\n\n")
        new = [made.sentence(_FRAMES[k]) for k in range(3)]
        lines = (new[:1] + lines[1:], lines[:11], lines[:6] + new + lines[6:])[i % 3]
        later = again["published"].replace(":10:00Z", ":55:00Z")
        again |= {"id": f"again-{i}", "url": again["url"] + "-b", "title": made.headline(), "published": later}
        again["text"] = "\n\n".join(lines)
        feed.articles.append(again)
        feed.expected.add(("DUP002", f"again-{i}"))
    return feed


def repeats_itself() -> Feed:
    feed = sound(20)
    feed.articles += [a | {"id": a["id"] + "-b", "url": a["url"] + "-b"} for a in feed.articles[:40]]
    feed.expected.add(("DUP003", ""))
    return feed


def _without(name: str, rule: str) -> Feed:
    """Articles here and there that lack a field."""
    feed = sound()
    for i in range(PLANTED):
        del feed.articles[5 * i][name]
    return Feed(feed.articles, feed.originals, {(rule, a["id"]) for a in feed.articles if name not in a and "id" in a})


def no_date() -> Feed:
    return _without("published", "META001")


def no_title() -> Feed:
    return _without("title", "META003")


def no_url() -> Feed:
    return _without("url", "META004")


def no_id() -> Feed:
    """As the others; what lacks an id is known by its address."""
    feed = sound()
    for i in range(PLANTED):
        del feed.articles[5 * i]["id"]
        feed.expected.add(("META005", feed.articles[5 * i]["url"]))
    return feed


def impossible_dates() -> Feed:
    """Unreadable; years or days before the agency's own; before the day in its dateline; after now."""
    feed = sound()
    for i in range(PLANTED):
        one = feed.by_id(f"a{i}-0")
        kind = i % 4
        if kind == 0:
            one["published"] = ("soon", "99/99/2031", "yesterday-ish", "--")[i // 4 % 4]
        elif kind == 1:
            one["published"] = ("1970-01-01T00:00:00Z", "2031-02-20T10:00:00Z", "2021-03-02")[i // 4 % 3]
        elif kind == 2:
            one["published"] = ("2032-01-01T00:00:00Z", "2131-03-02T08:00:00Z", "2031-05-01")[i // 4 % 3]
        else:
            head, _, rest = one["text"].partition(" (")
            one["text"] = f"{head}, March 9 ({rest}"
            one["published"] = "2031-03-04T10:00:00Z"
        feed.expected.add(("META002", one["id"]))
    return feed


def reused_ids() -> Feed:
    """Two stories under one id, one after the other or far apart, of one outlet or only of one file."""
    feed = sound()
    for i in range(PLANTED):
        same, other = feed.by_id(f"a{i}-0"), alone(i, seed="reused")
        other |= {"id": same["id"], "published": "2031-03-06T10:00:00Z"}
        if i % 2:
            other["outlet"] = same["outlet"]
        feed.articles.append(other)
        feed.expected.add(("META006", same["id"]))
    return feed


def uncredited() -> Feed:
    """Copy from which the dateline was taken: whole, cut, and after a paragraph of the desk's own."""
    feed = sound()
    for i in range(PLANTED):
        one = feed.by_id(f"a{i}-{i % 3}")
        one["text"] = one["text"].partition(") - ")[2]
        if i % 4 == 3:
            one["text"] = Words(f"own {i}").sentence(_FRAMES[0]) + "\n\n" + one["text"]
        feed.expected.add(("WIRE001", one["id"]))
    return feed


def credited_without_copy() -> Feed:
    """Stories of an outlet's own that name an agency as their source."""
    feed = sound()
    for i in range(PLANTED):
        agency, one = ("AP", "Reuters")[i % 2], alone(i, OUTLETS[i % 8], "credited")
        text = one["text"]
        one["text"] = (f"{Words(str(i)).word().upper()} ({agency}) - {text}", f"By {agency}\n\n{text}")[i // 2 % 2]
        feed.articles.append(one)
        feed.expected.add(("WIRE002", one["id"]))
    return feed


def _changed(rule: str, change: Callable[[str, int], str]) -> Feed:
    feed = sound()
    for i in range(PLANTED):
        one = feed.by_id(f"a{i}-{i % 2}")
        one["text"] = change(one["text"], i)
        feed.expected.add((rule, one["id"]))
    return feed


def quotes_altered() -> Feed:
    """One to three words inside quotation marks put otherwise; the rest of the article as it came."""

    def change(text: str, i: int) -> str:
        start = text.index("“") + 1
        quoted = text[start : text.index("”", start)].split(" ")
        for k in range(i % 3 + 1):
            quoted[3 + 2 * k] = Words(f"quote {i} {k}").word()
        return text[:start] + " ".join(quoted) + text[text.index("”", start) :]

    return _changed("WIRE003", change)


def numbers_altered() -> Feed:
    """One figure of a sentence turned round, grown tenfold, or made another one; every third sentence reworded too."""

    def change(text: str, i: int) -> str:
        lines = text.split("\n\n")
        at = next(n for n, line in enumerate(lines) if any(word.isdigit() for word in line.split()))
        words = lines[at].split()
        k = next(k for k, word in enumerate(words) if word.isdigit())
        value = int(words[k])
        words[k] = (str(value * 10), str(value + 7), str(value * 3 + 1))[i % 3]
        lines[at] = " ".join(words)
        if i % 3 == 0:
            lines[at] = lines[at].replace(" were ", " had been ").replace(" said ", " told reporters ")
        return "\n\n".join(lines)

    return _changed("WIRE004", change)


def killed() -> Feed:
    """Withdrawn by the agency: the item again with a notice on top, a bare notice that repeats the headline, and a
    new version of the item that declares it."""
    feed = sound()
    for i in range(PLANTED):
        wire = feed.originals[i]
        agency, kind = wire["outlet"], i % 3
        notice = {"outlet": agency, "published": "2031-03-05T09:00:00Z"}
        if kind == 0:
            feed.originals.append(
                notice | {"id": f"kill-{i}", "title": f"WITHDRAWN-{wire['title']}", "text": wire["text"]}
            )
        elif kind == 1:
            text = f"Please kill the {agency} story headlined {wire['title']}. A kill is mandatory."
            text += " Make certain that the story is not published."
            feed.originals.append(notice | {"id": f"kill-{i}", "title": f"KILL: {wire['title']}", "text": text})
        else:
            text = "Editors: the item named above is withdrawn. STORY REMOVED. It must not be used any more,"
            text += " in any form, nor be stored or passed on by clients of this service or by others."
            feed.originals.append(notice | {"id": wire["id"], "title": "STORY REMOVED", "text": text})
        feed.expected |= {("WIRE005", f"a{i}-{k}") for k in range(3)}
    return feed


def corrected() -> Feed:
    """The agency sends the dispatch again with one sentence mended; outlets that printed it have it wrong."""
    feed = sound()
    for i in range(PLANTED):
        wire = feed.originals[i]
        lines = wire["text"].split("\n\n")
        lines[3] = Words(f"corrected {i}").sentence(_FRAMES[9])
        mark = ("CORRECTED-", "CORRECTED-UPDATE 1-", "")[i % 3]
        text = "\n\n".join(lines) + ("" if mark else "\n\nThis story has been corrected to mend the fourth paragraph.")
        fixed = {"id": f"fixed-{i}", "outlet": wire["outlet"], "title": mark + wire["title"], "text": text}
        feed.originals.append(fixed | {"published": "2031-03-06T09:00:00Z"})
        feed.expected |= {("WIRE006", f"a{i}-{k}") for k in range(3)}
    return feed


def shuffled(records: Sequence[Record], seed: int) -> list[Record]:
    mixed = list(records)
    random.Random(seed).shuffle(mixed)
    return mixed


PLANTS: dict[str, Callable[[], Feed]] = {
    "DUP001": exact_duplicates, "DUP002": carried_twice, "DUP003": repeats_itself, "META001": no_date,
    "META002": impossible_dates, "META003": no_title, "META004": no_url, "META005": no_id, "META006": reused_ids,
    "WIRE001": uncredited, "WIRE002": credited_without_copy, "WIRE003": quotes_altered, "WIRE004": numbers_altered,
    "WIRE005": killed, "WIRE006": corrected,
}  # fmt: skip
