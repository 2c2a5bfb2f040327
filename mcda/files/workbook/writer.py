"""Write a question as a workbook that a person can fill.

Instructions come first, then the sheets, with lists, marks and widths.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcda.checks.arguments import check_kind, path_of
from mcda.checks.faults import Fault, Faults, InputError, refuse
from mcda.files.disk.writing import write_bytes
from mcda.files.question.schema import Column, Form, form_of
from mcda.files.question.sheet_checks.fault_order import sheet_rank
from mcda.files.question.sheets_of import sheets_of
from mcda.files.tables.plain_numbers import MATRIX
from mcda.files.tables.sheets import Sheet, Sheets
from mcda.files.workbook.cells import write_text
from mcda.files.workbook.grid import letter
from mcda.files.workbook.instructions import write_read_me
from mcda.files.workbook.judgements_writer import write_pairs
from mcda.files.workbook.matrix_view import write_matrix_view
from mcda.files.workbook.reader import FAULTS, JUDGEMENTS, READ_ME, name_of
from mcda.files.workbook.styles import BODY, Look, band, cell_look, hint_height, print_on_one_width
from mcda.files.workbook.validation import add_example_look, add_lists, add_marks
from mcda.problem.model import Problem
from mcda.sentences.catalogue import first_told, told

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 4  # below a sheet's name, what a row of it is, and the hints
SPARE = 200  # blank rows with lists and colours, for what a person adds
LONGEST_TITLE = 31  # characters of a sheet's title that spreadsheet programs allow
SCALE = ("worst", "middle", "best")
NOT_IN_TITLE = set("[]:*?/\\")
RESERVED = {READ_ME, FAULTS, "history"}


def write_workbook(sheets: Sheets | Problem, path: str | Path, *, example: bool = False) -> Path:
    """Write sheets as a workbook that reads back as they are.

    Texts stay texts whatever they begin with, nothing is protected, and the only formulas mirror
    pairwise judgements.

    Parameters
    ----------
    sheets : Sheets or Problem
        The sheets of a question; or a question of judged cells, as `sheets_of` writes it.
    path : str or Path
        Where to.
    example : bool
        The rows are a worked example to write over.

    Returns
    -------
    Path
        The path of the workbook.

    Raises
    ------
    InputError
        If a file is there already, and for a question with formulas.

    Examples
    --------
    >>> import tempfile
    >>> from criteria.ukraine_force.question import DATA
    >>> from mcda import read_problem, read_sheets
    >>> with tempfile.TemporaryDirectory() as place:
    ...     path = write_workbook(read_sheets(DATA), Path(place) / "ukraine.xlsx")
    ...     read_problem(path).performance.shape
    (11, 17)
    """
    import openpyxl

    if isinstance(sheets, Problem):
        sheets = sheets_of(sheets)
    check_kind(sheets, Sheets, "sheets", "sheets as read_sheets gives them, or a Problem")
    path = path_of(path)
    if path.exists():
        raise InputError(
            Fault(str(path), "a new file", "one that is there already", "choose another name")
        )
    titles = _titles(sheets)
    book = openpyxl.Workbook()
    book.properties.creator = "mcda"
    write_read_me(book.active, [(titles[name], form_of(name)) for name in titles], example=example)
    faults = Faults()
    for name, title in titles.items():
        with faults.gathered(sheets.place(name)):
            _write(book, title, _explained(sheets.sheets[name]), _anchors(sheets), example=example)
    refuse(faults)
    if example and MATRIX not in titles and "scores" in titles:
        write_matrix_view(book, "scores")
    for page in book.worksheets:
        print_on_one_width(page)
    return save_book(book, path)


def save_book(book: Workbook, path: Path) -> Path:
    """Write a workbook whole or not at all, and return its path."""
    content = io.BytesIO()
    book.save(content)
    return write_bytes(path, content.getvalue())


def _titles(sheets: Sheets) -> dict[str, str]:
    """Return the title of each sheet, in the order of the form.

    Raises InputError for names that a title can't hold.
    """
    names = sorted(sheets.sheets, key=sheet_rank)
    titles = {name: name.replace("judgements/", JUDGEMENTS, 1) for name in names}
    taken = [title.lower() for title in titles.values()]
    expected = (
        "a name that a sheet can bear: "
        f"up to {LONGEST_TITLE} characters, none of []:*?/\\, no two alike"
    )
    bad = [
        name
        for name, title in titles.items()
        if not _bearable(title) or name_of(title) != name or taken.count(title.lower()) > 1
    ]
    refuse(Fault(f"table '{name}'", expected, f"'{titles[name]}'", "rename it") for name in bad)
    return titles


def _bearable(title: str) -> bool:
    plain = title.isprintable() and title.strip("' ") == title and not NOT_IN_TITLE & set(title)
    return plain and len(title) <= LONGEST_TITLE and title.lower() not in RESERVED


def _explained(sheet: Sheet) -> Sheet:
    """Return the sheet question with what belongs into each field; others as they are."""
    if sheet.name != "question":
        return sheet
    rows = [
        replace(row, cells={**row.cells, "about": first_told("question_field", row.text("field"))})
        for row in sheet.rows
    ]
    return replace(sheet, columns=("field", "value", "about"), rows=tuple(rows))


def _anchors(sheets: Sheets) -> tuple[str, str] | None:
    """Return the first and last column of the scales' anchors among those of the criteria."""
    columns = sheets.sheets["criteria"].columns if "criteria" in sheets.sheets else ()
    cells = [
        at
        for at, name in enumerate(columns, start=1)
        if name in SCALE or name.startswith("anchor_")
    ]
    return (
        (letter(cells[0]), letter(cells[-1]))
        if cells and cells[-1] - cells[0] == len(cells) - 1
        else None
    )


def _write(
    book: Workbook, title: str, sheet: Sheet, anchors: tuple[str, str] | None, *, example: bool
) -> None:
    page = book.create_sheet(title)
    if sheet.name.startswith("judgements/") and write_pairs(page, sheet, HEADER_ROW):
        return
    form = form_of(sheet.name)
    header_row = HEADER_ROW if form.columns else 1
    columns = [form.column(name) for name in sheet.columns]
    for at, column in enumerate(columns, start=1):
        header = page.cell(header_row, at)
        write_text(header, column.name)
        look = Look.REQUIRED if column.required else Look.HEADER
        cell_look(header, look)
        page.column_dimensions[letter(at)].width = column.width
    if form.columns:
        _write_head(page, form, columns, example=example)
    _write_rows(page, sheet, header_row, example=example)
    fixed_columns = 2 if len(columns) > 3 else 1
    page.freeze_panes = page.cell(header_row + 1, fixed_columns)
    page.auto_filter.ref = (
        f"A{header_row}:{letter(len(columns))}{header_row + max(1, len(sheet.rows))}"
    )
    if form.columns:
        last = header_row + len(sheet.rows) + SPARE
        add_lists(page, form, columns, (header_row + 1, last))
        add_marks(page, form, sheet.columns, (header_row + 1, last), anchors)


def _write_head(page: Worksheet, form: Form, columns: Sequence[Column], *, example: bool) -> None:
    """Write the sheet's name, what one row is, and a hint above each column."""
    sentence = form.about
    if example:
        sentence += f" {told('read_me.example_rows')}"
    band(page, 1, len(columns), form.name.replace("_", " ").capitalize(), Look.TITLE)
    band(page, 2, len(columns), sentence, Look.TOLD)
    for at, column in enumerate(columns, start=1):
        hint = page.cell(3, at, form.hint(column))
        cell_look(hint, Look.HINT)
    hints = ((form.hint(column), column.width) for column in columns)
    page.row_dimensions[3].height = hint_height(hints)


def _write_rows(page: Worksheet, sheet: Sheet, header_row: int, *, example: bool) -> None:
    faults = Faults()
    for number, row in enumerate(sheet.rows, start=header_row + 1):
        for at, column in enumerate(sheet.columns, start=1):
            cell: Any = page.cell(number, at)
            with faults.gathered(f"{row.place}, column '{column}'"):
                if row.text(column):
                    write_text(cell, row.text(column), column)
            cell_look(cell, BODY)
            if example and row.text(column):
                add_example_look(page, cell)
    refuse(faults)
