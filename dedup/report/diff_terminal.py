"""A `View` -> lines for a terminal, or plain text: two columns where there is room, stacked where there is not.

Layout is done here, in terminal cells: wide and combining characters count for what they take. Nothing is cut off; a
sentence takes as many lines as it needs. What only one side has stands in [-...-] and {+...+}, and colour (orange,
blue) only repeats it, so that NO_COLOR, a pipe and a printer lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from dedup import limits
from dedup.report.diff_view import LEGEND, Loss, Note, Piece, Pieces, Told, Unit, View

_STYLE = {"": "", "gone": "#d75f00 strike", "new": "#0087ff underline"}
_SIGNS = {"=": "dim", "~": "bold", "<": "bold magenta", ">": "bold magenta", "+": "bold #0087ff", " ": "dim"}
_OPEN = {"": "", "gone": "[-", "new": "{+"}
_CLOSE = {"": "", "gone": "-]", "new": "+}"}
_GUTTER = 8  # cells of the column with sign and tags
_LABEL = 6  # "  wire", "  out" before stacked text


@dataclass(frozen=True, slots=True)
class Page:
    """How much room there is. `width` None: every field on one line, however long."""

    width: int | None = None
    all: bool = False  # fold nothing

    @property
    def columns(self) -> bool:
        """Whether wire and outlet stand side by side."""
        return self.width is not None and self.width >= limits.DIFF_COLUMNS


def lines(view: View, page: Page) -> Iterator[Text]:
    """The lines of the whole diff."""
    yield from _head(view, page)
    if page.columns:
        yield _row(Text("", ""), Text(" WIRE", "bold"), Text(" OUTLET", "bold"), page)
        yield rule(page)
    for foldable, group in groupby(view.units, key=lambda unit: unit.foldable and not page.all and unit.sign):
        if foldable:
            yield from _folded(list(group), page)
        else:
            for unit in group:
                yield from _beside(unit, page) if page.columns else _stacked(unit, page)
    yield from _tail(view, page)


def heads(views: Iterable[View], page: Page) -> Iterator[Text]:
    """The heads of many diffs: what an editor reads of a whole corpus."""
    for view in views:
        yield from _summary(view, page)
        yield Text("")


# ---------------------------------------------------------------- head and tail


def _head(view: View, page: Page) -> Iterator[Text]:
    yield from _summary(view, page)
    yield from wrapped(Text(LEGEND, "dim"), page.width)
    yield rule(page)


def _summary(view: View, page: Page) -> Iterator[Text]:
    yield from wrapped(Text(view.title, "bold"), page.width)
    for line in view.summary:
        yield from wrapped(Text(line), page.width)
    for warning in view.warnings:
        yield from wrapped(Text(f"! {warning}", "bold"), page.width, "  ")
    yield from wrapped(Text(view.key, "dim"), page.width)


def rule(page: Page) -> Text:
    """A line across the page."""
    return Text("─" * (page.width or 80), "dim")


def _tail(view: View, page: Page) -> Iterator[Text]:
    if view.dropped:
        yield from _losses("DROPPED: wire sentences that nothing here reports", view.dropped, page)
    for name, losses in view.unused:
        yield from _losses(f"NOT USED: {name}, and the facts only it has", losses, page)


def _losses(heading: str, losses: Sequence[Loss], page: Page) -> Iterator[Text]:
    """The dropped sentences that take facts with them; the others by their names."""
    yield rule(page)
    yield from wrapped(Text(heading, "bold"), page.width)
    shown = [loss for loss in losses if loss.facts or page.all]
    for loss in shown:
        yield from wrapped(Text.assemble(("- ", "bold"), f"{loss.tag}  {loss.text}"), page.width, "  ")
        if loss.facts:
            told = Text.assemble(("  ! ", "bold"), f"gone with it: {', '.join(loss.facts)}")
            yield from wrapped(told, page.width, "    ")
    rest = [loss.tag for loss in losses if not (loss.facts or page.all)]
    if rest:
        yield from wrapped(
            Text(f"··· {len(rest)} more, no fact lost with them: {' '.join(rest)} (--show all)", "dim"),
            page.width,
            "    ",
        )


# ---------------------------------------------------------------- units


def _folded(units: Sequence[Unit], page: Page) -> Iterator[Text]:
    """A run of sentences with nothing to see, in one line."""
    first, last = units[0].numbers.partition("-")[0], units[-1].numbers.rpartition("-")[2]
    numbers = first if first == last else f"{first}-{last}"
    tags = " ".join(dict.fromkeys(tag for unit in units for tag in unit.tags))
    told = units[0].state + (f"  from {tags}" if tags else "")
    yield from wrapped(Text(f"{units[0].sign} [{numbers}] {told}", "dim"), page.width, "    ")
    yield Text("")


def _stacked(unit: Unit, page: Page) -> Iterator[Text]:
    """Wire above outlet."""
    origin = f"  from {' + '.join(unit.tags)}" if unit.tags else ""
    head = Text.assemble((unit.sign, _SIGNS[unit.sign]), f" [{unit.numbers}] {unit.state}{origin}")
    yield from wrapped(head, page.width, "    ")
    for told in unit.wire if unit.sign != "=" else ():
        yield from _labelled("wire", _wire([told]), page)
    yield from _labelled("out", _text(unit.outlet), page)
    for note in unit.notes:
        yield from _labelled("!" if note.grave else "", Text(note.text, "bold" if note.grave else ""), page)
    yield Text("")


def _labelled(label: str, text: Text, page: Page) -> Iterator[Text]:
    room = None if page.width is None else page.width - _LABEL - 2
    for i, line in enumerate(wrapped(text, room)):
        yield Text.assemble((f"  {label if i == 0 else '':<{_LABEL}}", "dim"), line)


def _beside(unit: Unit, page: Page) -> Iterator[Text]:
    """Wire on the left, outlet on the right."""
    gutter = Text.assemble((unit.sign, _SIGNS[unit.sign]), " " + " ".join(unit.tags))
    wire = _wire(unit.wire) if unit.wire else Text("(in no supplied wire)" if unit.sign == "+" else "", "dim")
    outlet = Text.assemble((f"{unit.numbers}  ", "dim"), _text(unit.outlet))
    if unit.sign == "=":
        wire, outlet = Text(""), outlet
    left, right = _sides(page)
    rows = [list(wrapped(wire, left)), [*wrapped(outlet, right), *_noted(unit, right)]]
    for sign, one, other in zip_longest(wrapped(gutter, _GUTTER - 1, "  "), *rows, fillvalue=Text("")):
        yield _row(sign, one, other, page)
    yield _row(Text(""), Text(""), Text(""), page)


def _noted(unit: Unit, room: int) -> Iterator[Text]:
    state = [Note(unit.state, False)] if unit.state != "reworded" and unit.sign != "+" else []
    for note in [*state, *unit.notes]:
        sign = "! " if note.grave else "· "
        yield from wrapped(Text(f"  {sign}{note.text}", "bold" if note.grave else "dim"), room, "    ")


def _row(gutter: Text, left: Text, right: Text, page: Page) -> Text:
    one, _ = _sides(page)
    return Text.assemble(padded(gutter, _GUTTER), ("│ ", "dim"), padded(left, one), (" │ ", "dim"), right)


def _sides(page: Page) -> tuple[int, int]:
    """Cells of the wire's and of the outlet's column."""
    room = (page.width or 0) - _GUTTER - len("│ ") - len(" │ ")
    return room - (room + 1) // 2, (room + 1) // 2


def padded(text: Text, width: int) -> Text:
    """`text` and blanks up to `width` cells."""
    return Text.assemble(text, " " * max(0, width - cell_len(text.plain)))


# ---------------------------------------------------------------- text


def _wire(told: Iterable[Told]) -> Text:
    """'[R4] ... / [A2] ...'."""
    parts = [Text.assemble((f"[{t.tag}] ", "dim"), _text(t.pieces)) for t in told]
    return Text(" / ").join(parts)


def _text(pieces: Pieces) -> Text:
    return Text.assemble(*(_marked(piece) for piece in pieces))


def _marked(piece: Piece) -> tuple[str, str]:
    return f"{_OPEN[piece.mark]}{piece.text}{_CLOSE[piece.mark]}", _STYLE[piece.mark]


def wrapped(text: Text, width: int | None, indent: str = "") -> Iterator[Text]:
    """`text` in lines of at most `width` cells, those after the first indented; words that are longer are broken."""
    if width is None or cell_len(text.plain) <= width:
        yield text
        return
    room = max(width - len(indent), 2)
    first, *rest = text.wrap(_RULER, width, overflow="fold")
    first.rstrip()
    yield first
    if rest:
        left = text[len(first.plain) :]
        left = left[len(left.plain) - len(left.plain.lstrip()) :]
        for line in left.wrap(_RULER, room, overflow="fold"):
            line.rstrip()
            yield Text.assemble(indent, line)


_RULER = Console(width=10_000, color_system=None)  # rich's wrapping asks for one; nothing is printed with it
