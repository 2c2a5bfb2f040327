"""Drop-down lists in a sheet, and colours for bad cells while a person types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mcda.files.question.schema import Column, Form
from mcda.files.workbook.grid import letter
from mcda.files.workbook.styles import BEYOND, EXAMPLE_INK, INPUT, MISSING
from mcda.sentences.catalogue import told

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

SEVERAL = ("sources", "options")  # columns that take several ids, which no list has
LONGEST_TEXT = 100  # characters of a text that a rule compares; a formula holds 255
LONGEST_ERROR = 200  # characters of a message; spreadsheet programs allow 225
IDS = "'{}'!$A$5:$A$1000"


def add_lists(
    page: Worksheet, form: Form, columns: Sequence[Column], rows: tuple[int, int]
) -> None:
    """Offer the words or ids that a column takes.

    Another text is asked about, not refused, and taken at once where several ids may stand.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, column in enumerate(columns, start=1):
        if not column.choices and not column.ids_of:
            continue
        offered = f'"{",".join(column.choices)}"' if column.choices else IDS.format(column.ids_of)
        rule = DataValidation(
            "list", formula1=offered, allow_blank=True, errorStyle="warning", showErrorMessage=True
        )
        if column.name in SEVERAL:
            rule.showErrorMessage = False
        rule.errorTitle = column.name
        rule.error = told("read_me.not_in_list", hint=form.hint(column))[:LONGEST_ERROR]
        page.add_data_validation(rule)
        rule.add(f"{letter(at)}{rows[0]}:{letter(at)}{rows[1]}")


def add_marks(
    page: Worksheet,
    form: Form,
    columns: Sequence[str],
    rows: tuple[int, int],
    anchors: tuple[str, str] | None,
) -> None:
    """Colour missing cells of a row that was begun, and numbers that can't be right.

    These are out of order or beyond the anchors. `anchors` are the first and last column of the
    anchors in the sheet criteria.
    """
    first, last = rows
    whole = f"$A{first}:${letter(len(columns))}{first}"
    for at, name in enumerate(columns, start=1):
        if form.column(name).required and not _may_be_blank(form, name):
            blank = f"AND(COUNTA({whole})>0,LEN(TRIM({letter(at)}{first}))=0)"
            _colour(page, f"{letter(at)}{first}:{letter(at)}{last}", blank, MISSING)
    if {"low", "mode", "high"} <= set(columns):
        low, mode, high = (letter(columns.index(name) + 1) for name in ("low", "mode", "high"))
        _mark_range(page, (low, mode, high), first, last)
        if form.name == "scores" and anchors:
            _mark_beyond(page, columns, anchors, first, last)


def _may_be_blank(form: Form, name: str) -> bool:
    return form.name == "question" or (form.name, name) in {
        ("criteria", "direction"),
        ("scenarios", "criterion"),
    }


def _mark_range(page: Worksheet, ends: tuple[str, str, str], first: int, last: int) -> None:
    low, mode, high = (f"${column}{first}" for column in ends)
    disorder = f"AND(COUNT({low},{mode},{high})=3,OR({low}>{mode},{mode}>{high}))"
    for column in ends:
        cells = f"{column}{first}:{column}{last}"
        cell = f"${column}{first}"
        _colour(page, cells, f"OR({disorder},ISTEXT({cell}))", BEYOND)


def _mark_beyond(
    page: Worksheet, columns: Sequence[str], anchors: tuple[str, str], first: int, last: int
) -> None:
    """Colour a best estimate beyond the numbers that are the anchors of its criterion."""
    criterion, mode = (letter(columns.index(name) + 1) for name in ("criterion", "mode"))
    row = f"MATCH(${criterion}{first},criteria!$A$5:$A$1000,0)"
    scale = f"INDEX(criteria!${anchors[0]}$5:${anchors[1]}$1000,{row},0)"
    cell = f"${mode}{first}"
    beyond = f"AND(ISNUMBER({cell}),COUNT({scale})>1,OR({cell}<MIN({scale}),{cell}>MAX({scale})))"
    _colour(page, f"{mode}{first}:{mode}{last}", beyond, BEYOND)


def add_example_look(page: Worksheet, cell: Cell) -> None:
    """Let a cell look like the example while it holds what the example says there, and no longer."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    example = cell.value
    if isinstance(example, str):
        begin = example[:LONGEST_TEXT].replace('"', '""')
        condition = f'LEFT({cell.coordinate},{LONGEST_TEXT})="{begin}"'
    else:
        condition = f"{cell.coordinate}={example}"
    fill = PatternFill("solid", bgColor=INPUT)
    rule = FormulaRule([condition], font=Font(italic=True, color=EXAMPLE_INK), fill=fill)
    page.conditional_formatting.add(cell.coordinate, rule)


def _colour(page: Worksheet, cells: str, formula: str, fill: str) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    page.conditional_formatting.add(
        cells, FormulaRule([formula], fill=PatternFill("solid", bgColor=fill))
    )
