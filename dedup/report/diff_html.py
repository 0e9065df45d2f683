"""A diff or a matrix -> one small HTML page: no script, nothing loaded, folds that open without either.

Wire left, outlet right, one above the other on a phone. What only one side has is struck or underlined as well as
coloured, states stand in words, and every cell is isolated, so that no text can turn the order of its neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dedup.model import Matrix
from dedup.report.diff_matrix import LEGEND as MATRIX_LEGEND
from dedup.report.diff_matrix import SIGNS, outlet_lines
from dedup.report.diff_view import LEGEND, Loss, Piece, Unit, View, wire_tags
from dedup.report.markup import Markup, element, page

_STYLE = """
:root { color-scheme: light dark; --new: #0550ae; --gone: #b34700; --soft: #6b6b6b; --line: #cfcfcf; }
@media (prefers-color-scheme: dark) { :root { --new: #79b8ff; --gone: #ffa657; --soft: #a0a0a0; --line: #444; } }
body { font: 16px/1.5 Georgia, 'Times New Roman', serif; max-width: 72rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.small, summary, .state, th { font: .85rem/1.5 system-ui, sans-serif; } .small, .state, summary { color: var(--soft); }
.warn, .note.grave { font-weight: bold; }
.unit { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; padding: .6rem 0; }
.unit { border-top: 1px solid var(--line); }
.unit > .state { grid-column: 1 / 3; } .unit p { margin: 0 0 .3rem; }
@media (max-width: 45rem) { .unit { grid-template-columns: 1fr; } .unit > .state { grid-column: 1; } }
del { color: var(--gone); text-decoration: line-through; } ins { color: var(--new); text-decoration: underline; }
.note { font: .85rem/1.4 system-ui, sans-serif; margin: .1rem 0 .1rem 1rem; }
table { border-collapse: collapse; } td, th { border: 1px solid var(--line); padding: .15rem .5rem; }
td, th { text-align: left; vertical-align: top; }
td.altered { font-weight: bold; color: var(--new); } td.dropped { color: var(--gone); }
td.kept, td.not { color: var(--soft); }
"""


def diff_chunks(view: View, unfold: bool = False) -> Iterator[bytes]:
    """The page of one diff. `unfold`: show at once what is otherwise behind a fold."""
    return page(view.title, _STYLE, _diff(view, unfold))


def matrix_chunks(matrix: Matrix) -> Iterator[bytes]:
    """The page of a matrix."""
    return page(matrix.title or matrix.cluster, _STYLE, _matrix(matrix))


# ---------------------------------------------------------------- a diff


def _diff(view: View, unfold: bool) -> Iterator[Markup]:
    yield element("h1", element("bdi", view.title))
    yield from (element("div", line) for line in view.summary)
    yield from (element("div", f"! {warning}", class_="warn") for warning in view.warnings)
    yield element("p", view.key, element("br"), _legend(), class_="small")
    for foldable, group in groupby(view.units, key=lambda unit: unit.foldable and unit.sign):
        units = list(group)
        yield _folded(units, unfold) if foldable else element("div", [_unit(unit) for unit in units])
    if view.dropped:
        yield element("h2", "Dropped: wire sentences that nothing here reports")
        yield from _losses(view.dropped, unfold)
    for name, losses in view.unused:
        yield _fold(
            f"Not used: {name}, and the facts only it has ({len(losses)} sentences)", map(_loss, losses), unfold
        )


def _legend() -> list[Markup]:
    """The signs, spelt out; what the brackets of the other formats mean is shown."""
    signs = LEGEND.partition("[")[0].rstrip().replace("   ", " · ")
    return [
        element("span", f"{signs} · "),
        element("del", "only in the wire"),
        element("span", " · "),
        element("ins", "only here"),
    ]


def _fold(title: str, inner: Iterable[Markup], unfold: bool) -> Markup:
    extra = {"open": "open"} if unfold else {}
    return element("details", element("summary", title), inner, **extra)


def _folded(units: Sequence[Unit], unfold: bool) -> Markup:
    first, last = units[0].numbers, units[-1].numbers
    tags = " ".join(dict.fromkeys(tag for unit in units for tag in unit.tags))
    numbers = first if first == last else f"{first}-{last}"
    return _fold(
        f"{units[0].sign} {numbers} {units[0].state}" + (f" from {tags}" if tags else ""), map(_unit, units), unfold
    )


def _unit(unit: Unit) -> Markup:
    origin = f" from {' + '.join(unit.tags)}" if unit.tags else ""
    wire = [
        element("p", element("span", f"[{t.tag}] ", class_="small"), element("bdi", _text(t.pieces))) for t in unit.wire
    ]
    notes = [
        element("p", ("! " if note.grave else "· ") + note.text, class_="note grave" if note.grave else "note")
        for note in unit.notes
    ]
    return element(
        "div",
        element("div", f"{unit.sign} {unit.numbers} {unit.state}{origin}", class_="state"),
        element("div", wire),
        element("div", element("p", element("bdi", _text(unit.outlet))), notes),
        class_="unit",
    )


def _text(pieces: Iterable[Piece]) -> list[Markup]:
    return [element({"gone": "del", "new": "ins"}.get(piece.mark, "span"), piece.text) for piece in pieces]


def _losses(losses: Sequence[Loss], unfold: bool) -> Iterator[Markup]:
    yield from (_loss(loss) for loss in losses if loss.facts)
    rest = [loss for loss in losses if not loss.facts]
    if rest:
        yield _fold(f"{len(rest)} more, no fact lost with them", map(_loss, rest), unfold)


def _loss(loss: Loss) -> Markup:
    gone = [element("p", f"! gone with it: {', '.join(loss.facts)}", class_="note grave")] if loss.facts else []
    return element(
        "div", element("p", element("span", f"- {loss.tag} ", class_="small"), element("bdi", loss.text)), gone
    )


# ---------------------------------------------------------------- a matrix


def _matrix(matrix: Matrix) -> Iterator[Markup]:
    yield element("h1", element("bdi", matrix.title or matrix.cluster))
    yield element(
        "p",
        f"{matrix.original.name} {matrix.cluster}: what became of its facts",
        element("br"),
        MATRIX_LEGEND.replace("   ", " · "),
        class_="small",
    )
    yield element("ol", [element("li", line) for line in outlet_lines(matrix)])
    head = [element("th", text) for text in ("", "fact", *(str(n) for n in range(1, len(matrix.outlets) + 1)))]
    rows = []
    for i, fact in enumerate(matrix.facts):
        tag = wire_tags([matrix.original.name], matrix.original.name, fact.index)
        cells = [
            element("td", SIGNS[c.fate] + (f" {c.now}" if c.now else ""), class_=c.fate.split()[0], title=c.fate)
            for c in (held[i] for held in matrix.cells)
        ]
        rows.append(element("tr", element("td", tag, class_="small"), element("td", element("bdi", fact.text)), cells))
    yield element("table", element("tr", head), rows)
