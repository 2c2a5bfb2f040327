"""The first sheet of a workbook: what to do, in which order, and what the colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mcda.files.question.schema import Form
from mcda.files.workbook.reader import READ_ME
from mcda.files.workbook.styles import BEYOND, INPUT, MISSING, PALE, Look, band, cell_look, link
from mcda.sentences.catalogue import told

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# keys of the sentences in their order: the steps, the meaning of colours, and the form
STEPS = ("question", "options", "criteria", "scores", "sources", "perspectives", "check", "report")
FORM = ("numbers", "own", "words", "besides")
LEGEND = {"example": INPUT, "hint": PALE, "missing": MISSING, "beyond": BEYOND}
# widths of the two columns, in characters
NARROW = 20
WIDE = 96  # characters that a line of instructions has room for


def write_read_me(page: Worksheet, sheets: Sequence[tuple[str, Form]], *, example: bool) -> None:
    """Write the instructions, a link to every sheet, and the legend."""
    page.title = READ_ME
    page.sheet_view.showGridLines = False
    page.column_dimensions["A"].width = NARROW
    page.column_dimensions["B"].width = WIDE
    band(page, 1, 2, told("read_me.title"), Look.TITLE)
    if example:
        band(page, 2, 2, told("read_me.example"), Look.TOLD)
    steps = [(str(at), told(f"read_me.step_{step}")) for at, step in enumerate(STEPS, start=1)]
    row = _listed(page, 4, told("read_me.steps"), steps)
    about = [(title, form.about or told("read_me.own_table")) for title, form in sheets]
    row = _listed(page, row + 1, told("read_me.sheets"), about)
    for at, (title, _) in enumerate(sheets, start=row - len(sheets)):
        link(page.cell(at, 1), title, "A1")
    colours = [("", told(f"read_me.colour_{key}")) for key in LEGEND]
    row = _listed(page, row + 1, told("read_me.colours"), colours)
    for at, colour in enumerate(LEGEND.values(), start=row - len(LEGEND)):
        _fill(page, at, colour)
    _listed(page, row + 1, told("read_me.form"), [("", told(f"read_me.form_{k}")) for k in FORM])


def _listed(page: Worksheet, row: int, title: str, entries: Sequence[tuple[str, str]]) -> int:
    """Write a heading and a row for each entry; return the row after them."""
    band(page, row, 2, title, Look.REQUIRED)
    for at, (first, second) in enumerate(entries, start=row + 1):
        for column, text in ((1, first), (2, second)):
            cell_look(page.cell(at, column, text), Look.BODY)
        page.row_dimensions[at].height = 16 * (1 + len(second) // WIDE) + 4
    return row + 1 + len(entries)


def _fill(page: Worksheet, row: int, colour: str) -> None:
    from openpyxl.styles import PatternFill

    page.cell(row, 1).fill = PatternFill("solid", fgColor=colour)
