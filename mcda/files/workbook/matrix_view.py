"""Write the sheet matrix: criteria by options, with the names of both and the scores by formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.files.question.schema import form_of
from mcda.files.tables.plain_numbers import MATRIX
from mcda.files.workbook.grid import letter
from mcda.files.workbook.styles import DEEP, PALE, Look, band, cell_look
from mcda.files.workbook.validation import add_lists

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 4  # below the title and two lines of instructions
CRITERIA = 40  # rows for criteria
OPTIONS = 12  # columns for options
# the columns of the sheets criteria and scores that the formulas read
KEY = "A"
LABEL = "C"
UNIT = "E"
SCORED = "$A$5:$A$2000", "$B$5:$B$2000", "$D$5:$D$2000"


def write_matrix_view(book: Workbook, before: str) -> None:
    """Add the sheet in front of another: to look at, and to type numbers into.

    Its names are links to the cells of options and criteria: they follow when a name changes or a
    row is inserted, and a number that is typed stays beside its name.
    """
    form = form_of(MATRIX)
    page = book.create_sheet(MATRIX, book.sheetnames.index(before))
    first = len(form.columns) + 1
    for at, column in enumerate(form.columns, start=1):
        page.column_dimensions[letter(at)].width = column.width
        cell_look(page.cell(3, at, form.hint(column)), Look.HINT)
        cell_look(page.cell(HEADER_ROW, at, column.name), Look.HEADER)
    band(page, 1, first + 5, MATRIX.capitalize(), Look.TITLE)
    band(page, 2, first + 5, form.about, Look.TOLD)
    page.row_dimensions[3].height = 46
    for at in range(OPTIONS):
        page.column_dimensions[letter(first + at)].width = 14
        cell_look(page.cell(3, first + at, _formula_of(f"options!$B{5 + at}")), Look.HINT)
        cell_look(
            page.cell(HEADER_ROW, first + at, _formula_of(f"options!$A{5 + at}")), Look.REQUIRED
        )
    for row in range(HEADER_ROW + 1, HEADER_ROW + 1 + CRITERIA):
        _write_row(page, row, first)
    last = HEADER_ROW + CRITERIA
    add_lists(page, form, form.columns, (HEADER_ROW + 1, last))
    _colour_heads(page, last, letter(first + OPTIONS - 1))
    page.freeze_panes = page.cell(HEADER_ROW + 1, 3)


def _formula_of(cell: str) -> str:
    """Return the formula that shows another cell, and nothing where that is blank."""
    return f'=IF({cell}="","",{cell})'


def _write_row(page: Worksheet, row: int, first: int) -> None:
    """Write a criterion: its names by formula, cells to fill, and the scores that there are."""
    for at, column in enumerate((KEY, LABEL, UNIT), start=1):
        cell_look(page.cell(row, at, _formula_of(f"criteria!${column}{row}")), Look.MIRROR)
    for at in range(4, first):
        cell_look(page.cell(row, at), Look.BODY)
    options, criteria, modes = (f"scores!{part}" for part in SCORED)
    for at in range(first, first + OPTIONS):
        names = f"{options},{letter(at)}${HEADER_ROW},{criteria},$A{row}"
        view = f'=IF(COUNTIFS({names})=1,SUMIFS({modes},{names}),"")'
        cell_look(page.cell(row, at, view), Look.MIRROR)


def _colour_heads(page: Worksheet, last: int, end: str) -> None:
    """Colour the rows of heads, which take no number, and what is typed over a formula."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    row = HEADER_ROW + 1
    is_head = f'AND($A{row}<>"",criteria!$G{row}="")'
    heads = FormulaRule(
        [is_head], font=Font(bold=True, color=DEEP), fill=PatternFill("solid", bgColor=PALE)
    )
    page.conditional_formatting.add(f"A{row}:{end}{last}", heads)
    first = letter(len(form_of(MATRIX).columns) + 1)
    typed = FormulaRule(
        [f"AND(LEN({first}{row})>0,NOT(ISFORMULA({first}{row})))"],
        font=Font(bold=True, color="1F2933"),
        fill=PatternFill("solid", bgColor="FFFFFF"),
    )
    page.conditional_formatting.add(f"{first}{row}:{end}{last}", typed)
