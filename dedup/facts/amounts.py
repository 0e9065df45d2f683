"""Amounts: two figures -> whether they state one value, whether one could stand for the other, and what moved."""

from __future__ import annotations

from dedup.facts.numbers import Number
from dedup.facts.units import CONVERTED, CURRENCIES, MEASURES, MONEY

_MONIES = frozenset(CURRENCIES.values()) | frozenset(MONEY.values())
_FLOORS = ("more than", "at least")
_CEILINGS = ("less than", "at most", "almost")
_ROUNDED = 0.05  # a figure with fewer digits within this share of the other one is that one rounded


def same_value(a: Number, b: Number) -> bool:
    """Whether two figures state one value; their bounds aside.

    Measures in two units are one value when they convert within a rounding.
    """
    equal = round(a.low, 9) == round(b.low, 9) and round(a.high, 9) == round(b.high, 9)
    if a.unit == b.unit:
        return equal
    return _converts(a, b) or (equal and _unit_open(a.unit, b.unit))


def _unit_open(a: str, b: str) -> bool:
    """Units may be left out ("rose 5 to 12 percent", "was 61"), but not exchanged; "second" is never "two"."""
    return (not a or not b) and "ordinal" not in (a, b)


def _converts(a: Number, b: Number) -> bool:
    one, two = MEASURES.get(a.unit), MEASURES.get(b.unit)
    if one is None or two is None or one[0] != two[0]:
        return False
    return all(abs(x * one[1] - y * two[1]) <= CONVERTED * y * two[1] for x, y in ((a.low, b.low), (a.high, b.high)))


def could_stand_for(a: Number, b: Number) -> bool:
    """Whether two figures can be of one thing: 5 percent is never so many people, "fourth" never four."""
    if a.unit == b.unit or {a.unit, b.unit} == {"percent", "point"}:
        return True
    if a.unit in MEASURES and b.unit in MEASURES:
        return MEASURES[a.unit][0] == MEASURES[b.unit][0]
    if a.unit and b.unit:
        return a.unit in _MONIES and b.unit in _MONIES
    bare = b if a.unit else a
    return _unit_open(a.unit, b.unit) and not bare.noun


def note(before: Number, after: Number) -> str:
    """What the change does to the figure: "vaguer", "more exact", "other bound" ... or "" when the value moved."""
    if {before.unit, after.unit} == {"percent", "point"}:
        return "percent and percentage points"
    if same_value(before, after):
        return "other bound" if before.bound and after.bound else "vaguer" if after.bound else "more exact"
    if before.bound == after.bound != "":
        return ""
    if _fits(before, after):
        return "vaguer"
    return "more exact" if _fits(after, before) else ""


def _fits(exact: Number, vague: Number) -> bool:
    """Whether `exact` is a value that `vague` could stand for: inside its range, on its side, or rounded to it."""
    if vague.low <= exact.low and exact.high <= vague.high:
        return True
    if vague.bound in _FLOORS and exact.low >= vague.low:
        return exact.low < 2 * vague.low
    if vague.bound in _CEILINGS and exact.high <= vague.high:
        return exact.high > vague.high / 2
    return _digits(vague.low) < _digits(exact.low) and abs(exact.low - vague.low) <= _ROUNDED * exact.low


def _digits(value: float) -> int:
    """Digits of a value without the zeros at its ends: 2,400,000 has two."""
    return len(f"{value:.12g}".replace(".", "").split("e")[0].strip("0"))
