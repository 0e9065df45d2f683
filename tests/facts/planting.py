"""Planting: the sample dispatches -> sentences in which one fact was changed on purpose, and copies in which none was.

Deterministic: every planter takes the first place in a sentence that it knows how to change. What is planted is known
to the letter, so precision and recall can be counted without a reader's judgement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
_OPEN, _CLOSE = "\ue000", "\ue001"  # stand around what was planted while the rest of the sentence is reworded


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
    """The prose sentences of all sample dispatches, datelines kept, in file order, each once."""
    found: dict[str, None] = {}
    for path in sorted(SEEDS.glob("*.md")):
        if path.name != "README.md":
            body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
            for line in body.splitlines():
                if len(line) > 60 and not line.startswith(("(", "By ", "_", "|", "#")):
                    found.update(dict.fromkeys(_split(line)))
    return [s for s in found if len(s.split()) >= 6 and s[-1] in '."”!?' and not s.startswith("Oct 14 (")]


_SHORT = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Gov|Lt|Gen|St|Oct|Nov|U\.S|a\.m|p\.m)\.\s$")


def _split(line: str) -> list[str]:
    """Cuts after a full stop (and closing marks) before a capital, but not after initials and short titles."""
    ends = (m.end() for m in re.finditer(r"[.!?][\"”]?\s(?=[\"“]?[A-Z])", line))
    cuts = [end for end in ends if not _SHORT.search(line[:end])]
    return [line[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]


# ---------------------------------------------------------------- planters

Spot = tuple[int, int, str]  # start, end, what stands there instead
Planter = Callable[[str], "Spot | None"]
Replacement = Callable[["re.Match[str]"], str]

_WORD_NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December Jan Feb Oct Nov Dec"
_OTHER_NAMES = ("Quillan", "Brandvik", "Osterly", "Hallworth")
_DATELINE = re.compile(r"[A-Z][^()]{2,50}(?:\([^()]{2,30}\)[^()]{0,30})?\([A-Za-z]+\)\s+[-–—]\s")
_QUOTE = re.compile(r"[\"“]([^\"”“]{12,})[\"”]")


def _sub(pattern: str, replace: Replacement | str) -> Planter:
    """Plants `replace` where the pattern first matches after the dateline."""
    compiled = re.compile(pattern)

    def plant(sentence: str) -> Spot | None:
        dateline = _DATELINE.match(sentence)
        match = compiled.search(sentence, dateline.end() if dateline else 0)
        if match is None:
            return None
        return match.start(), match.end(), replace if isinstance(replace, str) else replace(match)

    return plant


def _later(options: list[str], word: str) -> str:
    """The option two after `word`, in its case."""
    lower = [option.lower() for option in options]
    other = options[(lower.index(word.lower()) + 2) % len(options)]
    return other.capitalize() if word[0].isupper() else other


_LOOSELY = r"(?:about|some|nearly|more than|at least) "
_NO_DATE = rf"(?<!{'(?<!'.join(m + end + ')' for m in _MONTHS.split() for end in (' ', '. '))}"
_FIGURE = rf"(?<![\w.,:/-])(?:{_LOOSELY})?\$?\d(?:[\d,]*\d)?(?:\.\d+)?(?![\d:]|,\d|\.\d|\s?[ap]\.?m|/|-\w)"
_NO_AGO = r"(?! GMT| \w+ (?:ago|later|earlier))"


def _raised(match: re.Match[str]) -> str:
    """The figure a third higher, at least by three."""
    text = match.group()
    digits = re.search(r"\d(?:[\d,]*\d)?", text)
    assert digits is not None
    value = int(digits.group().replace(",", ""))
    new = value + max(3, value // 3)
    return text[: digits.start()] + (f"{new:,}" if "," in digits.group() else str(new)) + text[digits.end() :]


def _swapped(match: re.Match[str]) -> str:
    """The name with two letters changed over."""
    name = match.group()
    return name[:3] + name[4] + name[3] + name[5:] if name[3] != name[4] else name[:4] + name[5:]


def _in_quote(change: Callable[[str], str]) -> Planter:
    """Changes a content word in the middle of the first quotation that has one."""

    def plant(sentence: str) -> Spot | None:
        for quote in _QUOTE.finditer(sentence):
            found = [m for m in re.finditer(r"\b[a-z]{5,}\b", quote.group(1)) if m.start() and m.group() != "neither"]
            if found:
                word = found[len(found) // 2]
                start = quote.start(1) + word.start()
                return start, start + len(word.group()), change(word.group())
        return None

    return plant


def _cut_quote(sentence: str) -> Spot | None:
    """Cuts the second half of a quotation off at "and" or "but"."""
    match = re.search(r"[\"“][^\"”“]{15,}?(,? (?:and|but) [^\"”“]{12,}?),?(?=[.,]?[\"”])", sentence)
    return (match.start(1), match.end(1), "") if match else None


def _worded(match: re.Match[str]) -> str:
    return _later(_WORD_NUMBERS, match.group())


def _other_clock(match: re.Match[str]) -> str:
    return f"{int(match.group().split(':')[0]) % 12 + 1}:15 "


def _other_day(match: re.Match[str]) -> str:
    month, day = match.group().rsplit(" ", 1)
    return f"{month} {int(day) % 27 + 2}"


PLANTERS: dict[str, list[Planter]] = {
    "number": [
        _sub(rf"{_NO_DATE}(?!(?:19|20)\d\d\b){_FIGURE}{_NO_AGO}", _raised),
        _sub(rf"\b(?i:{'|'.join(_WORD_NUMBERS)})\b(?!-){_NO_AGO}", _worded),
        _sub(rf"\b(?<!no ){_LOOSELY}(?=\$?\d)(?!.{{1,12}}(?::| [ap]\.?m))", ""),
        _sub(r"\b(?:million|billion)\b", lambda m: "billion" if m.group() == "million" else "million"),
        _sub(
            r"\b(?:percent|per cent|percentage points?)\b",
            lambda m: "percent" if "point" in m.group() else "percentage points",
        ),
    ],
    "date": [
        _sub("|".join(_DAYS), lambda m: _later(_DAYS, m.group())),
        _sub(r"\b\d{1,2}(?::\d\d)? (?=[ap]\.m\.)", _other_clock),
        _sub(r"\b(?:19|20)\d\d\b", lambda m: str(int(m.group()) - 3)),
        _sub(r"\b(?:Sept\.?|Oct\.?|Nov\.?|Dec\.?|October|November|December) \d{1,2}\b", _other_day),
    ],
    "name": [  # another surname, a name's first word left out, two letters changed over
        _sub(
            r"(?<=[A-Z][a-z]{2} |[a-z]{3} )[A-Z][a-z]{4,}(?=,? (?:said|told|added))",
            lambda m: _OTHER_NAMES[len(m.group()) % 4],
        ),
        _sub(r"(?<=[a-z] )[A-Z][a-z]+ (?=[A-Z][a-z]{3,}\b(?! [A-Z]))(?!President|Minister|Oct|The )", ""),
        _sub(r"(?<=[a-z] )(?!\w+day\b|\w+ember\b|January|February|October)[A-Z][a-z]{6,}\b", _swapped),
    ],
    "quote": [  # a word changed, a word put in, the marks taken off, the second half cut off
        _in_quote(lambda word: "splendid"),
        _in_quote(lambda word: f"utterly {word}"),
        _sub(r"(?<=[a-z,] )[\"“]([a-z][^\"”“]{8,})[\"”]", lambda m: m.group(1)),
        _cut_quote,
    ],
    "attribution": [
        _sub(r", (?:the |an? )?(?:[\w'’.-]+ ){1,6}said(?=\.$)", ""),
        _sub(r"\btold (?:Reuters|The Associated Press|AFP|reporters)(?: by telephone)?(?= that| in|\.|,)", "said"),
        _sub(r",? according to [^,.]+(?=[.,])", ""),
        _sub(
            r"^(?!.*(?:\bsaid|\btold|saying|[\"“”])).*(?<=[a-z])\.$",
            lambda m: m.group()[:-1] + ", harbour pilots said.",
        ),
    ],
    "hedge": [
        _sub(r"\b(?:may|might|could) (?=[a-z])", "will "),
        _sub(r"\b(?:reportedly|apparently|allegedly|probably|possibly) ", ""),
        _sub(r"(?<=[a-z]{4} )(?=(?:was|were) [a-z]+ed\b)", "reportedly "),
        _sub(r"\bwill (?=[a-z])", "may "),
        _sub(r"(?<= )(?:was|were) (?=[a-z]+ed\b)", lambda m: m.group() + "allegedly "),
    ],
    "negation": [
        _sub(
            r"(?<= )(?:was|were|is|are|will|would|could|has|had|have) (?!not|no|n)(?=[a-z]{4,})",
            lambda m: m.group() + "not ",
        ),
        _sub(r"\bnot (?=[a-z])(?!only|just)", ""),
    ],
}


def plants(reword: Callable[[str], str] = str) -> Iterator[Plant]:
    """Every plant that every planter finds; `reword` is applied to the rest of the sentence."""
    for sentence in sentences():
        for kind, planters in PLANTERS.items():
            for planter in planters:
                spot = planter(sentence)
                if spot is not None:
                    yield _planted(kind, sentence, spot, reword)


def _planted(kind: str, sentence: str, spot: Spot, reword: Callable[[str], str]) -> Plant:
    start, end, new = spot
    after = reword(f"{sentence[:start]}{_OPEN}{new}{_CLOSE}{sentence[end:]}")
    at = after.index(_OPEN)
    before, every = (len(re.findall(r"[\"“”]", text)) for text in (sentence[:start], sentence))
    quoted = before % 2 == 1 or every % 2 == 1  # an odd mark belongs to a quotation that runs over sentences
    plain = after.replace(_OPEN, "").replace(_CLOSE, "")
    return Plant(kind, sentence, plain, (start, end), (at, at + len(new)), quoted)


# ---------------------------------------------------------------- copies

_SYNONYMS = {
    "began": "started", "while": "as", "near": "close by", "big": "large", "because": "since", "however": "though",
    "brought": "carried", "almost all": "nearly all", "people": "persons", "called": "named", "ended": "closed",
    "happened": "took place", "also": "too", "told": "told", "killing": "leaving dead", "showed": "showed",
}  # fmt: skip
_TAIL = re.compile(
    rf"^(?P<rest>[^\"“”{_OPEN}{_CLOSE}]+(?:{_OPEN}[^\"“”]*{_CLOSE}[^\"“”]*)?), "
    r"(?P<who>(?:the |an? )?(?:[\w.’'-]+ ){1,5})said\.$"
)
_DECAPITALISED = ("The ", "A ", "An ", "It ", "At ", "Some ", "About ", "Three ", "Two ", "More ")


def reworded(text: str) -> str:
    """`text` with common words exchanged outside quotation marks and a closing ", X said" put in front."""
    parts = re.split(r"([\"“][^\"”“]*[\"”]?)", text)
    text = "".join(p if p[:1] in '"“' else _exchanged(p) for p in parts)
    match = _TAIL.match(text)
    if match is None or _DATELINE.match(text):
        return text
    rest, who = match.group("rest"), match.group("who")
    rest = rest[0].lower() + rest[1:] if rest.startswith(_DECAPITALISED) else rest
    return f"{who[0].upper()}{who[1:]}said {rest}."


def _exchanged(text: str) -> str:
    for old, new in _SYNONYMS.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text


HOUSE_STYLES: dict[str, Callable[[str], str]] = {
    "untouched": str,
    "curly": lambda s: re.sub(r"\"([^\"]*)\"", r"“\1”", s).replace("'", "’"),
    "straight": lambda s: s.translate(str.maketrans("“”’‘", "\"\"''")),
    "doubled": lambda s: s.replace("“", "‘‘").replace("”", "’’"),
    "per cent": lambda s: s.replace("percentage", "\0").replace("percent", "per cent").replace("\0", "percentage"),
    "percent sign": lambda s: re.sub(r" per ?cent\b", "%", s),
    "british": lambda s: s.replace("kilometer", "kilometre").replace("labor", "labour").replace("ization", "isation"),
    "american": lambda s: s.replace("kilometre", "kilometer").replace("labour", "labor").replace("isation", "ization"),
    "mr": lambda s: re.sub(r"\b(Oye|Marsk|Renlund|Dorrance|Sand|Ferrin|Kolley)\b(?= said)", r"Mr \1", s),
    "clock": lambda s: re.sub(r" ([ap])\.m\.(?=[ ,])", r"\1m", s),
    "day first": lambda s: re.sub(r"\bOct(?:ober|\.)? (\d{1,2})\b", r"\1 October", s),
    "million as m": lambda s: re.sub(r"(?<=\d) million", "m", s),
    "hyphen for dash": lambda s: s.replace(" — ", " - ").replace(" – ", " - "),
    "no serial comma": lambda s: re.sub(r"(\w), and (\w)", r"\1 and \2", s),
    "figures for words": lambda s: re.sub(r"\bthree\b", "3", s),
}
