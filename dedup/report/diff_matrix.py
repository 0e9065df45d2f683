"""Matrix: a cluster's outlets against the facts of its original -> the table an editor reads first, as lines.

A row is a fact, a column an outlet, a cell one character: the outlets are numbered and named above, so that twenty of
them fit beside the facts. What an altered fact became is told below its row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.text import Text

from dedup.model import FactCell, Fate, Matrix
from dedup.report.diff_terminal import Page, padded, rule, wrapped
from dedup.report.diff_view import percent, wire_tags
from dedup.report.safe import for_terminal

SIGNS: dict[Fate, str] = {"kept": "=", "reworded": "~", "altered": "!", "dropped": "-", "not in its version": "·"}
_STYLES: dict[Fate, str] = {
    "kept": "dim", "reworded": "", "altered": "bold #0087ff", "dropped": "#d75f00", "not in its version": "dim",
}  # fmt: skip
LEGEND = "= kept word for word   ~ stated in other words   ! altered   - dropped   · not in the version it carries"
_TAG = 5


def matrix_lines(matrix: Matrix, page: Page) -> Iterator[Text]:
    """The lines of the table."""
    yield from wrapped(Text(for_terminal(matrix.title) or "(no headline)", "bold"), page.width)
    name = for_terminal(matrix.original.name)
    told = f"{name} {for_terminal(matrix.cluster)}: {len(matrix.facts)} facts, {len(matrix.outlets)} articles"
    yield from wrapped(Text(told), page.width)
    yield from wrapped(Text(LEGEND, "dim"), page.width)
    yield rule(page)
    for number, line in enumerate(outlet_lines(matrix), 1):
        yield from wrapped(Text.assemble((f"{number:>3}  ", "bold"), line), page.width, "     ")
    yield rule(page)
    yield from _table(matrix, page)


def outlet_lines(matrix: Matrix) -> Iterator[str]:
    """One line an outlet: 'Harbor Gazette: 12 kept, 3 altered ...; 91% wire copy'."""
    for diff, cells in zip(matrix.outlets, matrix.cells, strict=True):
        counts = Counter(cell.fate for cell in cells)
        told = ", ".join(f"{counts[fate]} {fate}" for fate in SIGNS if counts[fate])
        credit = "; names no agency" if diff.uncredited else ""
        name = for_terminal(diff.outlet) or for_terminal(diff.id)
        yield f"{name}: {told}; {percent(diff.from_wire)} wire copy{credit}"


def _table(matrix: Matrix, page: Page) -> Iterator[Text]:
    columns = [len(str(n)) for n in range(1, len(matrix.outlets) + 1)]
    taken = _TAG + sum(size + 1 for size in columns) + 1
    yield Text.assemble(" " * _TAG, (" ".join(str(n) for n in range(1, len(columns) + 1)), "bold"))
    for i, fact in enumerate(matrix.facts):
        cells = [held[i] for held in matrix.cells]
        tag = wire_tags([matrix.original.name], matrix.original.name, fact.index)
        signs = [padded(Text(SIGNS[c.fate], _STYLES[c.fate]), size) for c, size in zip(cells, columns, strict=True)]
        row = Text.assemble((f"{tag:<{_TAG}}", "dim"), Text(" ").join(signs), "  ", for_terminal(fact.text))
        yield from wrapped(row, page.width, " " * taken)
        yield from _altered(cells, page, taken)


def _altered(cells: list[FactCell], page: Page, indent: int) -> Iterator[Text]:
    """What the altered cells of a row became: '! 3, 5: 38'."""
    became: dict[str, list[str]] = {}
    for number, cell in enumerate(cells, 1):
        if cell.fate == "altered":
            became.setdefault(for_terminal(cell.now), []).append(str(number))
    for now, numbers in became.items():
        told = Text.assemble(" " * indent, (f"! {', '.join(numbers)}: ", "bold"), now)
        yield from wrapped(told, page.width, " " * (indent + 2))
