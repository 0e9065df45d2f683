"""Lines of styled text -> an SVG picture for sharing: a monospaced page, nothing loaded, text that can be selected.

Every run of text is placed by the terminal cell it starts in, so that wide characters and the reader's font cannot
push the columns apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from dedup.report.diff_terminal import Page
from dedup.report.markup import Markup, element

_CELL, _LINE, _EDGE = 8.4, 19, 16  # pixels: a 14 px monospaced letter, a line, the margin
_INK, _SOFT, _PAPER = "#1b1b1b", "#6b6b6b", "#ffffff"
_COLORS = {"#d75f00": "#b34700", "#0087ff": "#0550ae", "magenta": "#7b2d8e"}


def chunks(lines: Iterable[Text], page: Page) -> Iterator[bytes]:
    """The picture of `lines`, laid out for `page`."""
    rows = list(lines)
    width, height = round(2 * _EDGE + _CELL * (page.width or 80)), 2 * _EDGE + _LINE * len(rows)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" '
        f'font-family="ui-monospace, \'DejaVu Sans Mono\', Menlo, Consolas, monospace" font-size="14" fill="{_INK}">\n'
    ).encode()
    yield element("rect", width=width, height=height, fill=_PAPER).encode("utf-8") + b"\n"
    for number, row in enumerate(rows):
        for run in _runs(row, _EDGE + _LINE * number + 14):
            yield run.encode("utf-8") + b"\n"
    yield b"</svg>\n"


def _runs(row: Text, y: int) -> Iterator[Markup]:
    """The row cut where its style changes, each run at its cell."""
    text = row.plain
    edges = sorted({0, len(text), *(at for span in row.spans for at in (span.start, span.end) if at <= len(text))})
    cell = 0
    for start, end in pairwise(edges):
        run = text[start:end]
        style = Style.combine([_style(row.style), *(_style(s.style) for s in row.spans if s.start <= start < s.end)])
        if run.strip():
            yield _run(run, cell, y, style)
        cell += cell_len(run)


def _run(run: str, cell: int, y: int, style: Style) -> Markup:
    blanks = len(run) - len(run.lstrip(" "))
    told = run.strip(" ")
    attributes: dict[str, str | int | float] = {"x": round(_EDGE + _CELL * (cell + blanks), 1), "y": y}
    if len(told) > 1:
        attributes |= {"textLength": round(_CELL * cell_len(told), 1)}
    color = _COLORS.get(style.color.name, _INK) if style.color else _SOFT if style.dim else ""
    attributes |= {"fill": color} if color else {}
    attributes |= {"font_weight": "bold"} if style.bold else {}
    lines = [name for name, on in (("line-through", style.strike), ("underline", style.underline)) if on]
    attributes |= {"text_decoration": " ".join(lines)} if lines else {}
    return element("text", told, **attributes)


def _style(style: str | Style) -> Style:
    return style if isinstance(style, Style) else Style.parse(style or "none")
