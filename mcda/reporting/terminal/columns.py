"""Rows as columns of text that fit the terminal; imported by commands that print little else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from mcda.checks.of_many import SHOWN
from mcda.checks.significant_digits import with_signs
from mcda.display.visible_text import visible
from mcda.reporting.terminal.lines import line_width, lines_of, shown_width
from mcda.sentences.catalogue import told

GAP = "  "
NARROW = 12  # characters of a text cut to fit that stay readable
WHOLE = 24  # characters of a word that is never divided
FIGURES = re.compile(r"[\d.,%~()/+\-\s]*")  # of a number, which is never broken


def columns(
    rows: Iterable[Sequence[object]], header: Sequence[str], *, cut: int | None = None
) -> str:
    """Return rows under a header, each column as wide as its widest cell.

    Numbers are aligned to the right. Where the lines would not fit the terminal, headers go over
    several lines, then the widest texts; if that isn't enough, the table goes on in another one
    below, which starts with the first column again. A number is never broken. cut: the column in
    which long texts are cut instead, so that each row stays one line. Of very many rows the first
    are printed, and how many there are.

    >>> print(columns([["OPT01", 0.58], ["OPT02", 0.5]], ["option", "score"]))
    option  score
    ------  -----
    OPT01    0.58
    OPT02     0.5
    """
    given = list(rows)
    table = [list(map(visible, row)) for row in (header, *given[:SHOWN])]
    if cut is not None:
        _cut(table, cut)
    laid_out = list(map(_laid_out, _parts(table)))
    if len(given) > SHOWN:
        laid_out.append(told("terminal.first_rows", shown=SHOWN, count=len(given)))
    return "\n\n".join(laid_out)


def _cut(cells: list[list[str]], column: int) -> None:
    """Cut the texts of a column to the room that the others leave on a line."""
    others = [
        max(map(shown_width, texts))
        for at, texts in enumerate(zip(*cells, strict=True))
        if at != column
    ]
    room = max(NARROW, line_width() - sum(others) - len(GAP) * len(others))
    for row in cells:
        if shown_width(row[column]) > room:
            row[column] = _begin(row[column], room - 1).rstrip(" ,") + "…"


def _begin(text: str, room: int) -> str:
    """Return as much of a text as the room holds."""
    while shown_width(text) > room:
        text = text[:-1]
    return text


def _parts(table: list[list[str]]) -> list[list[list[str]]]:
    """Return a table as it is, or as several tables that each start with the first column.

    There are several where no line can hold all columns.
    """
    least = [_least(column) for column in zip(*table, strict=True)]
    parts = [[0]]
    for at in range(1, len(least)):
        used = sum(least[one] + len(GAP) for one in parts[-1])
        if len(parts[-1]) > 1 and used + least[at] > line_width():
            parts.append([0])
        parts[-1].append(at)
    return [_chosen(table, part) for part in parts]


def _chosen(table: list[list[str]], columns: list[int]) -> list[list[str]]:
    chosen = []
    for row in table:
        chosen.append([row[at] for at in columns])
    return chosen


def _laid_out(table: list[list[str]]) -> str:
    """Return a table as text.

    A cell of several lines begins on the first of its row; headers end on their last.
    """
    cut = list(zip(*table, strict=True))
    broken = []
    widths = []
    for column, width in zip(cut, _widths(cut), strict=True):
        cells = [lines_of(cell, width, divide=True) for cell in column]
        broken.append(cells)
        widths.append(max(map(shown_width, chain.from_iterable(cells))))
    right = [at > 0 and all(map(_numeric, column[1:])) for at, column in enumerate(cut)]
    header, *rows = zip(*broken, strict=True)
    high = max(map(len, header))
    lines = _lines([[""] * (high - len(cell)) + cell for cell in header], widths, right)
    lines.append(GAP.join("-" * width for width in widths))
    return "\n".join([*lines, *(line for row in rows for line in _lines(row, widths, right))])


def _lines(row: Sequence[list[str]], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    """Return the lines of a row with cells of several lines."""
    high = max(map(len, row))
    cells = []
    for cell, width, end in zip(row, widths, right, strict=True):
        lines = [*cell, *[""] * (high - len(cell))]
        cells.append([_aligned(line, width, end) for line in lines])
    return [GAP.join(line).rstrip() for line in zip(*cells, strict=True)]


def _aligned(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - shown_width(text))
    return blanks + text if right else text + blanks


def _widths(table: Sequence[Sequence[str]]) -> list[int]:
    """Return the widths of columns that together fit a line.

    Headers become narrower before the widest text does.
    """
    room = line_width() - len(GAP) * (len(table) - 1)
    natural = [max(map(shown_width, column)) for column in table]
    below = [max(_longest_word(header), *map(shown_width, cells), 0) for header, *cells in table]
    return _narrowed(_narrowed(natural, below, room), [_least(column) for column in table], room)


def _narrowed(widths: list[int], least: list[int], room: int) -> list[int]:
    """Return widths narrowed to the room, always the widest one first, none below its least."""
    narrowed = list(widths)
    while sum(narrowed) > room and narrowed != least:
        widest = max(
            (at for at, width in enumerate(narrowed) if width > least[at]), key=narrowed.__getitem__
        )
        narrowed[widest] -= 1
    return narrowed


def _least(column: Sequence[str]) -> int:
    """Return the width that a column needs, numbers whole and texts broken between words."""
    header, *cells = column
    needed = [shown_width(cell) if _is_figures(cell) else _longest_word(cell) for cell in cells]
    return max(_longest_word(header), *needed, 0)


def _is_figures(cell: str) -> bool:
    """Return whether a cell is a number, or a range of numbers in the words of the language."""
    between = span("", "").strip()
    return FIGURES.fullmatch(cell.replace(between, "")) is not None


def _longest_word(text: str) -> int:
    return min(WHOLE, max(map(shown_width, lines_of(text, 1))))


def _numeric(cell: str) -> bool:
    return cell in ("", "-") or cell.lstrip("-").replace(with_signs("."), "", 1).isdigit()


def span(low: object, high: object) -> str:
    """Return a range in a table.

    >>> span(1, 3)
    '1 to 3'
    """
    return told("terminal.span", low=low, high=high)


def yes_or_no(holds: object) -> str:
    """Return whether something holds, in a word."""
    key = "terminal.yes" if holds else "terminal.no"
    return told(key)


def heads(*keys: str) -> list[str]:
    """Return the heads of a table's columns.

    >>> heads("option", "rank_with_floor")
    ['option', 'rank with minimum']
    """
    return [told(f"terminal_column.{key}") for key in keys]
