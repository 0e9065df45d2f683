"""Numbers: a sentence -> the figures it states, as values with unit and bound.

Values are compared, not spellings: "1.2bn", "1.2 billion" and "1,200 million" are one value, "a third" is 1/3, "two
dozen" is 24. A unit belongs to the value where it changes what is said (percent, percentage points, currencies, ages,
ordinals, measures); any other noun only helps to find the counterpart. "about", "more than", "at least" are a bound on
the value: two figures with other bounds differ, and the note says which one is vaguer.

Dates and clock times are read first (dates.py); their words are no figures. Bare "one", "first" and "second" are often
no figures at all ("no one", "first lady", "second to none") and count only when they stand against another figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dedup.facts.tokens import Tokens, overlaps
from dedup.facts.units import CURRENCIES, MEASURES, MONEY

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_CARDINALS = {w: i for i, w in enumerate(_ONES)} | {w: 10 * (i + 2) for i, w in enumerate(_TENS)}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12,
    "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
_SHORT_SCALES = {"k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
# Loose amounts as ranges: wide enough that nobody quarrels, so that they fit any figure they could stand for.
_LOOSE = {
    "dozens": (24, 199), "scores": (40, 199), "hundreds": (200, 1999), "thousands": (2000, 19999),
    "millions": (2 * 10**6, 2 * 10**9), "billions": (2 * 10**9, 2 * 10**12), "several": (3, 19),
    "handful": (3, 9), "couple": (2, 2),
}  # fmt: skip
_TIMES = {"twice": 2, "thrice": 3}
# What an amount that is not in digits begins with.
_BEGINNINGS = frozenset((*_CARDINALS, *_ORDINALS, *_LOOSE, *_TIMES, "half", "a"))

# Words before a figure that loosen it. `phrase -> bound`; the longest that fits counts.
_BEFORE = {
    ("about",): "about", ("around",): "about", ("approximately",): "about", ("roughly",): "about", ("some",): "about",
    ("circa",): "about", ("an", "estimated"): "about", ("estimated",): "about", ("nearly",): "almost",
    ("almost",): "almost", ("close", "to"): "almost", ("just", "under"): "almost", ("just", "over"): "more than",
    ("more", "than"): "more than", ("over",): "more than", ("above",): "more than", ("in", "excess", "of"): "more than",
    ("upwards", "of"): "more than", ("exceeding",): "more than", ("at", "least"): "at least",
    ("no", "fewer", "than"): "at least", ("no", "less", "than"): "at least", ("a", "minimum", "of"): "at least",
    ("fewer", "than"): "less than", ("less", "than"): "less than", ("under",): "less than", ("below",): "less than",
    ("up", "to"): "at most", ("as", "many", "as"): "at most", ("as", "much", "as"): "at most",
    ("at", "most"): "at most", ("no", "more", "than"): "at most", ("only",): "", ("just",): "",
}  # fmt: skip
_AFTER = {("or", "more"): "at least", ("or", "so"): "about", ("plus",): "more than", ("or", "less"): "at most"}
_LONGEST_BOUND = 3
_OF_A = {False: ("a",), True: ("of", "a")}  # between a part and its unit
_SOFT = {"number", "flight", "route", "highway", "channel", "interstate", "section", "chapter", "article", "page"}


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of a sentence."""

    start: int  # span, its bound ("about"), currency and unit included
    end: int
    text: str
    low: float  # the value; a range ("10 to 20", "dozens") has low < high
    high: float
    unit: str  # "percent", "point", "usd", "age", "ordinal", a measure ("mile") or ""
    bound: str  # "", "about", "almost", "more than", "at least", "less than", "at most"
    noun: str  # stem of what is counted, "" unknown
    weak: bool  # counts only against another figure
    first: int  # index of its first and last word (bound and unit aside)
    last: int


def numbers(sentence: Tokens, taken: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """The figures of a sentence in order; words inside `taken` spans (dates, times) are passed over.

    Cost: linear in the words.
    """
    starts = [i for i, word in enumerate(sentence.words) if word.norm in _BEGINNINGS or word.norm[:1].isdigit()]
    if not starts:
        return []
    blocked = _blocked(sentence, taken)
    found: list[Number] = []
    for i in starts:
        read = None if blocked[i] or (found and i <= found[-1].last) else _figure(sentence, i, blocked)
        if read is not None:
            found.append(read)
    return found


def _blocked(sentence: Tokens, taken: Sequence[tuple[int, int]]) -> list[bool]:
    spans = list(taken)
    return [overlaps(w.start, w.end, spans) for w in sentence.words] if spans else [False] * len(sentence.words)


def _figure(sentence: Tokens, i: int, blocked: Sequence[bool]) -> Number | None:
    """The figure that begins at word i, if one does."""
    read = _amount(sentence, i)
    if read is None:
        return None
    low, high, end, kind = read
    if kind == "digits" and _part_of_name(sentence, i, end):
        return None
    upper = _upper_end(sentence, i, end, blocked)
    if upper is not None:
        high, end, kind = upper
        low = _shared_scale(sentence, i, low, high)
    if low > high:
        low, high = high, low
    unit, unit_end = _unit(sentence, i, end, kind)
    bound, start = _bound_before(sentence, i)
    bound_after, unit_end = _bound_after(sentence, unit_end)
    return _number(sentence, (i, end - 1), (start, unit_end), (low, high), unit, bound or bound_after, kind)


def _number(
    sentence: Tokens,
    core: tuple[int, int],
    shown: tuple[int, int],
    value: tuple[float, float],
    unit: str,
    bound: str,
    kind: str,
) -> Number:
    start = sentence.words[shown[0]].start
    if shown[0] == core[0] and _currency(sentence, core[0]):
        start -= len(sentence.gap(core[0])) - len(sentence.gap(core[0]).rstrip("$£€¥₹₽₩₪"))
    end = sentence.words[shown[1] - 1].end
    if sentence.text[end : end + 1] == "%":
        end += 1
    weak = kind in ("weak", "ordinal") and not unit.replace("ordinal", "") and not bound
    noun = _counted(sentence, shown[1])
    return Number(start, end, sentence.text[start:end], value[0], value[1], unit, bound, noun, weak, core[0], core[1])


def _counted(sentence: Tokens, i: int) -> str:
    """Stem of the first content word from word i on, within three words and the clause."""
    for k in range(i, min(i + 3, len(sentence.words))):
        if k > 0 and any(c in sentence.gap(k) for c in ",;:.()"):
            return ""
        if sentence.content(k):
            return sentence.stems[k]
    return ""


def _amount(sentence: Tokens, i: int) -> tuple[float, float, int, str] | None:
    """(low, high, index after, kind) of the amount at word i. Kinds: digits, words, weak, loose, ordinal, part."""
    norm = sentence.words[i].norm
    if norm in _LOOSE:
        low, high = _LOOSE[norm]
        return low, high, i + 1, "loose"
    if norm in _TIMES:
        return _TIMES[norm], _TIMES[norm], i + 1, "words"
    read = _part(sentence, i) or _cardinal(sentence, i)
    if read is not None:
        value, end, kind = read
        return value, value, end, kind
    if norm in _ORDINALS:
        return _ORDINALS[norm], _ORDINALS[norm], i + 1, "ordinal"
    return None


def _at(sentence: Tokens, i: int) -> str:
    return sentence.words[i].norm if 0 <= i < len(sentence.words) else ""


def _part(sentence: Tokens, i: int) -> tuple[float, int, str] | None:
    """ "a third", "two-thirds", "half", "a quarter of": not "the third", "a third man"."""
    norm, following = _at(sentence, i), _at(sentence, i + 1)
    if norm == "half":
        scale = _scale(sentence, i + (2 if following == "a" else 1))
        if scale:
            return 0.5 * scale[0], scale[1], "words"
        return 0.5, i + 1, "part"
    count = 1 if norm in ("a", "one") else _CARDINALS.get(norm, 0)
    if not count or following not in _PARTS:
        return None
    plural = following.endswith("s")
    if plural == (count > 1) and (plural or following == "half" or _at(sentence, i + 2) == "of"):
        return float(Fraction(count, _PARTS[following])), i + 2, "part"
    return None


def _cardinal(sentence: Tokens, i: int) -> tuple[float, int, str] | None:
    """Digits or number words with their scale: "1.2 billion", "twenty-three", "a hundred", "two and a half million"."""
    norm = _at(sentence, i)
    if norm[:1].isdigit():
        return _digits(sentence, i)
    if norm == "a" and _at(sentence, i + 1) in _SCALES:
        scale = _scale(sentence, i + 1)
        return (scale[0], scale[1], "words") if scale else None
    if norm not in _CARDINALS:
        return None
    return _worded(sentence, i)


def _digits(sentence: Tokens, i: int) -> tuple[float, int, str] | None:
    norm = _at(sentence, i)
    if ":" in norm or norm.count(".") > 1 or not norm.replace(".", "", 1).isascii():
        return None
    value = float(norm) if len(norm) <= 24 else float("inf")
    scale = _scale(sentence, i + 1)
    if scale:
        return value * scale[0], scale[1], "digits"
    if _at(sentence, i + 1) in ("st", "nd", "rd", "th") and not sentence.gap(i + 1):
        return value, i + 2, "ordinal digits"
    return value, i + 1, "digits"


def _scale(sentence: Tokens, i: int) -> tuple[float, int] | None:
    """The product of the scale words at i and the index after them: ("hundred", "thousand") -> 100,000."""
    factor, end = 1, i
    while _at(sentence, end) in _SCALES and end - i < 3:
        factor *= _SCALES[_at(sentence, end)]
        end += 1
    if end > i:
        return factor, end
    norm, gap = _at(sentence, i), sentence.gap(i) if 0 < i < len(sentence.words) else " "
    if norm in _SHORT_SCALES and (not gap or len(norm) > 1) and _at(sentence, i - 1)[:1].isdigit():
        return _SHORT_SCALES[norm], i + 1
    return None


def _worded(sentence: Tokens, i: int) -> tuple[float, int, str]:
    """Number words from i on, by the usual sum of groups. "one hundred and five" is 105, "two and a half" 2.5."""
    total, group, k = 0.0, 0.0, i
    while k < len(sentence.words):
        norm = _at(sentence, k)
        joined = k == i or not sentence.gap(k).strip(" -‐‑")
        if not joined:
            break
        if norm in _CARDINALS and (
            group % 100 == 0 or (group % 10 == 0 and group % 100 >= 20 and _CARDINALS[norm] < 10)
        ):
            if k > i and group == 0 and total == 0:
                break
            group += _CARDINALS[norm]
        elif norm in _SCALES and k > i:
            factor = _SCALES[norm]
            total, group = (total, (group or 1) * factor) if factor <= 100 else (total + (group or 1) * factor, 0)
        elif norm == "and" and group + total >= 100 and _at(sentence, k + 1) in _CARDINALS:
            pass
        else:
            break
        k += 1
    if _at(sentence, k) == "and" and _at(sentence, k + 1) == "a" and _at(sentence, k + 2) == "half":
        total, k = total + group + 0.5, k + 3
        scale = _scale(sentence, k)
        return (total * scale[0], scale[1], "words") if scale else (total, k, "words")
    return total + group, k, "weak" if k == i + 1 and _at(sentence, i) in ("one", "zero") else "words"


def _upper_end(sentence: Tokens, i: int, end: int, blocked: Sequence[bool]) -> tuple[float, int, str] | None:
    """The upper end of a range: "10 to 20", "10-20", "between 10 and 20" -> (20, index after, kind)."""
    if end >= len(sentence.words) or blocked[end]:
        return None
    gap, norm = sentence.gap(end), _at(sentence, end)
    if gap.strip() in ("-", "–") and len(gap) <= 1 and norm[:1].isdigit():
        start = end
    elif norm == "to" or (norm == "and" and _at(sentence, i - 1) == "between"):
        start = end + 1
    else:
        return None
    read = _cardinal(sentence, start) if start < len(sentence.words) and not blocked[start] else None
    gap = sentence.gap(start).strip(" $£€") if start < len(sentence.words) else ","
    return None if read is None or read[2] == "weak" or gap not in ("", "-", "–") else read


def _shared_scale(sentence: Tokens, i: int, low: float, high: float) -> float:
    """The lower end of "10 to 20 million" is ten million: it shares the scale when it has none of its own."""
    for factor in (10**12, 10**9, 10**6, 1000):
        if high >= 2 * factor and low < 1000 and low * factor < high and _at(sentence, i + 1) not in _SCALES:
            return low * factor
    return low


def _part_of_name(sentence: Tokens, i: int, end: int) -> bool:
    """ "F-16", "COVID-19", "G-20", "Fox 2", "@user1", "#1": figures that belong to a name."""
    before = sentence.gap(i)
    if before[-1:] in "-@#/_" and before and i and sentence.words[i - 1].end == sentence.words[i].start - 1:
        return not sentence.words[i - 1].norm[:1].isdigit() and sentence.words[i - 1].norm not in _CARDINALS
    after = sentence.text[sentence.words[end - 1].end : sentence.words[end - 1].end + 1]
    return after in ("(", "_", "@") or _at(sentence, i - 1) in _SOFT


def _currency(sentence: Tokens, i: int) -> str:
    """The currency whose sign stands right before word i, with a country letter where there is one ("A$")."""
    gap = sentence.gap(i)
    sign = gap[-1:]
    if sign not in CURRENCIES:
        return ""
    country = _at(sentence, i - 1) if len(gap) == 1 and i else ""
    return f"{country}{sign}" if sign == "$" and country in ("a", "c", "nz", "hk", "s", "r") else CURRENCIES[sign]


def _unit(sentence: Tokens, i: int, end: int, kind: str) -> tuple[str, int]:
    """The unit of the amount at words i..end-1 and the index after its words."""
    if kind == "part":  # "half a percentage point", "a quarter of a mile"
        over = end + sum(_at(sentence, end + k) == word for k, word in enumerate(_OF_A[_at(sentence, end) == "of"]))
        found = _unit(sentence, i, over, "") if over > end and over < len(sentence.words) else ("", end)
        return found if found[0] else _unit(sentence, i, end, "")
    following, then = _at(sentence, end), _at(sentence, end + 1)
    after = sentence.text[sentence.words[end - 1].end : sentence.words[end - 1].end + 2]
    if after[:1] == "%":
        return ("point", end + 1) if following in ("points", "point") else ("percent", end)
    if following in ("percent", "pct") or (following, then) == ("per", "cent"):
        return "percent", end + (2 if following == "per" else 1)
    if following == "percentage" and then in ("point", "points"):
        return "point", end + 2
    if currency := _currency(sentence, i):
        return currency, end
    if "ordinal" in kind:
        return "ordinal", end
    if following in MONEY and kind != "loose":
        return MONEY[following], end + 1
    return _age_or_measure(sentence, i, end)


def _age_or_measure(sentence: Tokens, i: int, end: int) -> tuple[str, int]:
    following, then = _at(sentence, end), _at(sentence, end + 1)
    if following in ("year", "years", "month", "months") and then == "old":
        return "age", end + 2
    singular = following[:-1] if following.endswith("s") and following != "s" else following
    singular = "inch" if following == "inches" else singular
    if singular in MEASURES:
        return singular, end + 1
    return ("age", end) if _is_age(sentence, i, end) else ("", end)


def _is_age(sentence: Tokens, i: int, end: int) -> bool:
    """ "aged 61" and "Brandt, 61, said": a bare figure between commas after a name."""
    if _at(sentence, i - 1) in ("aged", "age"):
        return True
    last = sentence.words[end - 1].end
    closed = sentence.text[last : last + 1] in (",", ".")
    named = i > 0 and sentence.gap(i).strip() == "," and sentence.words[i - 1].text[:1].isupper()
    return named and closed and end == i + 1 and _at(sentence, i).isdigit()


def _bound_before(sentence: Tokens, i: int) -> tuple[str, int]:
    """(bound, index of its first word) for the amount that begins at word i."""
    for length in range(min(_LONGEST_BOUND, i), 0, -1):
        phrase = tuple(w.norm for w in sentence.words[i - length : i])
        if phrase in _BEFORE and not sentence.gap(i).strip(" $£€¥₹-"):
            return _BEFORE[phrase], (i - length if _BEFORE[phrase] else i)
    return "", i


def _bound_after(sentence: Tokens, end: int) -> tuple[str, int]:
    for length in (2, 1):
        phrase = tuple(w.norm for w in sentence.words[end : end + length])
        if len(phrase) == length and phrase in _AFTER:
            return _AFTER[phrase], end + length
    return "", end
