"""Quotes: one mark and its neighbours -> which quotations are open after it. Compiled as it stands by kernel.py.

Marks pair within a line and within a story span. Double and single marks are kept apart, so a quotation inside a
quotation closes alone. Known exceptions: ’tis and ’90s never open, but 'tis does and stays open to the end of its line;
a plural's apostrophe (the workers' rights) closes an open single quotation early.
"""

from __future__ import annotations

# Which mark; as entries of tables.values() they are odd and between LINE and LAST_MARK.
STRAIGHT = 5  # " opens and closes in turn
UPPER = 7  # “ opens, or closes what „ opened
LOW = 9  # „ opens
ANGLE = 11  # « opens
CLOSING = 13  # ” and » close
SINGLE = 15  # ' may open or close
SINGLE_OPENING = 17  # ‘ may open
SINGLE_CLOSING = 19  # ’ may close
LAST_MARK = SINGLE_CLOSING
MARKS = {
    '"': STRAIGHT, "“": UPPER, "„": LOW, "«": ANGLE, "”": CLOSING, "»": CLOSING,
    "'": SINGLE, "‘": SINGLE_OPENING, "’": SINGLE_CLOSING,
}  # fmt: skip

# What stands beside a mark.
NEITHER, DIGIT, LETTER = 0, 1, 2
# State of the double marks; single ones are CLOSED or OPEN.
CLOSED, OPEN, OPEN_LOW = 0, 1, 2


def turn(mark: int, before: int, after: int, double: int, single: int) -> tuple[int, int]:
    """(double, single) after a mark that stands between `before` and `after`.

    >>> turn(STRAIGHT, NEITHER, LETTER, CLOSED, CLOSED), turn(SINGLE, LETTER, LETTER, CLOSED, CLOSED)
    ((1, 0), (0, 0))
    """
    if mark == CLOSING or (mark == STRAIGHT and double != CLOSED) or (mark == UPPER and double == OPEN_LOW):
        return CLOSED, single
    if mark < CLOSING:
        return double if double != CLOSED else OPEN_LOW if mark == LOW else OPEN, single
    if mark != SINGLE_CLOSING and after == LETTER and before == NEITHER:
        return double, OPEN
    if mark != SINGLE_OPENING and after == NEITHER:
        return double, CLOSED
    return double, single
