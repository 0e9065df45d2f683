"""Planting: the sample dispatches -> sentences in which one fact was changed on purpose, and copies in which none was.

Deterministic: every planter takes the first place in a sentence that it knows how to change. What is planted is known to
the letter, so precision and recall can be counted without a reader's judgement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@dataclass(frozen=True)
class Plant:
    """One changed sentence."""

    type: str
    before: str
    after: str
    before_span: tuple[int, int]  # of the words that were changed, in `before`; empty when something was put in
    after_span: tuple[int, int]
    quoted: bool  # the change stands inside quotation marks


def sentences() -> list[str]:
    """The prose sentences of all sample dispatches, datelines kept, in file order; versions repeat some."""
    found: dict[str, None] = {}
    for path in sorted(SEEDS.glob("*.md")):
        if path.name != "README.md":
            body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
            for line in body.splitlines():
                if len(line) > 60 and not line.startswith(("(", "By ", "_", "|", "#")):
                    found.update(dict.fromkeys(_split(line)))
    return [s for s in found if len(s.split()) >= 6 and s[-1] in ".\"”!?" and not s.startswith("Oct 14 (")]


def _split(line: str) -> list[str]:
    """Cuts after a full stop (and closing marks) before a capital, but not after initials and short titles."""
    cuts = [
        m.end()
        for m in re.finditer(r"[.!?][\"”]?\s(?=[\"“]?[A-Z])", line)
        if not re.search(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Gov|Lt|Gen|St|Oct|Nov|U\.S|a\.m|p\.m)\.\s$", line[: m.end()])
    ]
    return [line[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]


# ---------------------------------------------------------------- planters

_WORD_NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_OTHER_NAMES = ("Quillan", "Brandvik", "Osterly", "Hallworth")
_CONTENT = re.compile(r"\b[a-z]{5,}\b")
_QUOTE = re.compile(r"[\"“]([^\"”“]{12,})[\"”]")

Planter = Callable[[str], "tuple[int, int, str] | None"]  # start, end, replacement


def _sub(pattern: str, replace: Callable[[re.Match[str]], str]) -> Planter:
    compiled = re.compile(pattern)

    def plant(sentence: str) -> tuple[int, int, str] | None:
        match = compiled.search(sentence, _dateline(sentence))
        return (match.start(), match.end(), replace(match)) if match else None

    return plant


def _dateline(sentence: str) -> int:
    match = re.match(r"[A-Z][^()]{2,50}\([A-Za-z]+\)\s+[-–—]\s", sentence)
    return match.end() if match else 0


def _next(options: list[str], word: str) -> str:
    other = options[(options.index(word.lower() if word.islower() else word) + 2) % len(options)]
    return other.capitalize() if word[0].isupper() else other


_FIGURE = r"(?<![\w.,:/-])(?:about |some |nearly |more than |at least )?\$?\d(?:[\d,]*\d)?(?:\.\d+)?(?![\d:]|,\d|\.\d|\s?[ap]\.?m|/|-\w)"
_MONTHS = "January February March April May June July August September October November December Jan Feb Oct Nov Dec"
_NO_DATE = rf"(?<!{r')(?<!'.join(m + end for m in _MONTHS.split() for end in (' ', '. '))})"


def _raised(match: re.Match[str]) -> str:
    text = match.group()
    digits = re.search(r"\d[\d,]*", text)
    assert digits
    value = int(digits.group().replace(",", ""))
    new = value + max(3, value // 3)
    return text[: digits.start()] + (f"{new:,}" if "," in digits.group() else str(new)) + text[digits.end() :]


NUMBER: list[Planter] = [
    _sub(rf"{_NO_DATE}(?!(?:19|20)\d\d\b){_FIGURE}(?! GMT| \w+ (?:ago|later|earlier))", _raised),
    _sub(rf"\b(?:{'|'.join(_WORD_NUMBERS)}|{'|'.join(w.capitalize() for w in _WORD_NUMBERS)})\b(?!-| \w+ (?:ago|later|earlier))",
         lambda m: _next(_WORD_NUMBERS, m.group() if m.group().islower() else m.group().lower())
         if m.group().islower() else _next(_WORD_NUMBERS, m.group().lower()).capitalize()),
    _sub(r"\b(?<!no )(?:about|some|nearly|more than|at least) (?=\$?\d)(?!\d+:|\d+ [ap]\.?m)", lambda m: ""),
    _sub(r"\b(?:million|billion)\b", lambda m: "billion" if m.group() == "million" else "million"),
    _sub(r"\b(?:percent|per cent|percentage points?)\b",
         lambda m: "percent" if "point" in m.group() else "percentage points"),
]  # fmt: skip
DATE: list[Planter] = [
    _sub("|".join(_DAYS), lambda m: _next(_DAYS, m.group())),
    _sub(r"\b\d{1,2}(?::\d\d)? (?=[ap]\.m\.)", lambda m: f"{int(m.group().split(':')[0]) % 12 + 1}:15 "),
    _sub(r"\b(?:19|20)\d\d\b", lambda m: str(int(m.group()) - 3)),
    _sub(r"\b(?:Sept\.?|Oct\.?|Nov\.?|Dec\.?|October|November|December) \d{1,2}\b",
         lambda m: m.group().rsplit(" ", 1)[0] + " " + str(int(m.group().rsplit(" ", 1)[1]) % 27 + 2)),
]  # fmt: skip
NAME: list[Planter] = [
    _sub(r"(?<=[A-Z][a-z]{2} |[a-z]{3} )[A-Z][a-z]{4,}(?=,? (?:said|told|added))", lambda m: _OTHER_NAMES[len(m.group()) % 4]),
    _sub(r"(?<=[a-z] )[A-Z][a-z]+ (?=[A-Z][a-z]{3,}\b(?! [A-Z]))(?!President|Minister|Oct|The )", lambda m: ""),
    _sub(r"(?<=[a-z] )(?!\w+day\b|\w+ember\b|January|February|October)[A-Z][a-z]{6,}\b", lambda m: m.group()[:3] + m.group()[4] + m.group()[3] + m.group()[5:]
         if m.group()[3] != m.group()[4] else m.group()[:4] + m.group()[5:]),
]  # fmt: skip


def _in_quote(change: Callable[[str], str]) -> Planter:
    def plant(sentence: str) -> tuple[int, int, str] | None:
        for quote in _QUOTE.finditer(sentence):
            words = [m for m in _CONTENT.finditer(quote.group(1)) if m.start()]
            if words:
                word = words[len(words) // 2]
                start = quote.start(1) + word.start()
                return start, start + len(word.group()), change(word.group())
        return None

    return plant


def _unquoted(sentence: str) -> tuple[int, int, str] | None:
    """The marks taken off a quotation inside a sentence."""
    match = re.search(r"(?<=[a-z,] )[\"“]([a-z][^\"”“]{8,})[\"”]", sentence)
    return (match.start(), match.end(), match.group(1)) if match else None


def _cut_quote(sentence: str) -> tuple[int, int, str] | None:
    """The second half of a quotation cut off at a comma or "and"."""
    match = re.search(r"[\"“][^\"”“]{15,}?(,? (?:and|but) [^\"”“]{12,}?),?(?=[.,]?[\"”])", sentence)
    return (match.start(1), match.end(1), "") if match else None


QUOTE: list[Planter] = [
    _in_quote(lambda w: "splendid"),
    _in_quote(lambda w: f"utterly {w}"),
    _unquoted,
    _cut_quote,
]
ATTRIBUTION: list[Planter] = [
    _sub(r", (?:the |an? )?(?:[\w'’.-]+ ){1,6}said(?=\.$)", lambda m: ""),
    _sub(r"\btold (?:Reuters|The Associated Press|AFP|reporters)(?: by telephone)?(?= that| in|\.|,)", lambda m: "said"),
    _sub(r",? according to [^,.]+(?=[.,])", lambda m: ""),
    _sub(r"^(?!.*(?:\bsaid|\btold|saying|[\"“”])).*(?<=[a-z])\.$", lambda m: m.group()[:-1] + ", harbour pilots said."),
]
HEDGE: list[Planter] = [
    _sub(r"\b(?:may|might|could) (?=[a-z])", lambda m: "will "),
    _sub(r"\b(?:reportedly|apparently|allegedly|probably|possibly) ", lambda m: ""),
    _sub(r"(?<=[a-z]{4} )(?=(?:was|were) [a-z]+ed\b)", lambda m: "reportedly "),
    _sub(r"\bwill (?=[a-z])", lambda m: "may "),
    _sub(r"(?<= )(?:was|were) (?=[a-z]+ed\b)", lambda m: m.group() + "allegedly "),
]
NEGATION: list[Planter] = [
    _sub(r"(?<= )(?:was|were|is|are|will|would|could|has|had|have) (?!not|no|n)(?=[a-z]{4,})", lambda m: m.group() + "not "),
    _sub(r"\bnot (?=[a-z])(?!only|just)", lambda m: ""),
]
PLANTERS = {"number": NUMBER, "date": DATE, "name": NAME, "quote": QUOTE, "attribution": ATTRIBUTION, "hedge": HEDGE,
            "negation": NEGATION}  # fmt: skip


def plants(reword: Callable[[str], str] = str) -> Iterator[Plant]:
    """Every plant that every planter finds; `reword` is applied around what was planted."""
    for sentence in sentences():
        for kind, planters in PLANTERS.items():
            for planter in planters:
                spot = planter(sentence)
                if spot is not None:
                    yield _planted(kind, sentence, spot, reword)


def _planted(kind: str, sentence: str, spot: tuple[int, int, str], reword: Callable[[str], str]) -> Plant:
    start, end, new = spot
    head, tail = reword(sentence[:start]), reword(sentence[end:])
    before, all_marks = (len(re.findall(r"[\"“”]", text)) for text in (sentence[:start], sentence))
    quoted = before % 2 == 1 or all_marks % 2 == 1  # an odd mark belongs to a quotation that runs over sentences
    return Plant(kind, sentence, head + new + tail, (start, end), (len(head), len(head) + len(new)), quoted)


# ---------------------------------------------------------------- copies

_SYNONYMS = {
    "began": "started", "about the": "on the", "while": "as", "near": "close by", "big": "large", "because": "since",
    "however": "though", "brought": "carried", "almost all": "nearly all", "people": "persons",
    "called": "named", "ended": "closed", "happened": "took place", "several": "a number of", "also": "too",
}  # fmt: skip


def synonyms(text: str) -> str:
    """`text` outside quotation marks with common words exchanged."""
    parts = re.split(r"([\"“][^\"”“]*[\"”]?)", text)
    return "".join(p if p[:1] in "\"“" else _exchanged(p) for p in parts)


def _exchanged(text: str) -> str:
    for old, new in _SYNONYMS.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text


def house_styles() -> dict[str, Callable[[str], str]]:
    """What a desk does to every sentence without changing a fact."""
    return {
        "untouched": str,
        "curly": lambda s: re.sub(r"\"([^\"]*)\"", r"“\1”", s).replace("'", "’"),
        "straight": lambda s: s.translate(str.maketrans("“”’‘", "\"\"''")),
        "per cent": lambda s: s.replace("percentage", "\0").replace("percent", "per cent").replace("\0", "percentage"),
        "percent sign": lambda s: re.sub(r" per ?cent\b", "%", s),
        "british": lambda s: s.replace("kilometer", "kilometre").replace("labor", "labour").replace("ization", "isation"),
        "american": lambda s: s.replace("kilometre", "kilometer").replace("labour", "labor").replace("isation", "ization"),
        "mr": lambda s: re.sub(r"\b(Oye|Marsk|Renlund|Dorrance|Sand|Ferrin|Kolley)\b(?= said)", r"Mr \1", s),
        "clock": lambda s: re.sub(r" ([ap])\.m\.(?=[ ,])", r"\1m", s),
        "date": lambda s: re.sub(r"\bOct(?:ober|\.)? (\d{1,2})\b", r"\1 October", s),
        "figures": lambda s: re.sub(r"(\d) (?:million|m)\b", r"\g<1>m", s).replace("million", "m"),
        "dash": lambda s: s.replace(" — ", " - ").replace(" – ", " - "),
        "oxford comma": lambda s: re.sub(r"(\w), and (\w)", r"\1 and \2", s),
    }
