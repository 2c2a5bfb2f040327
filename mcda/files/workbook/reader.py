"""A question as an Excel workbook, read as sheets with cells that know their place.

Nothing in it is executed.
"""

from __future__ import annotations

import difflib
import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcda.checks.clean_text import clean
from mcda.checks.faults import Fault, InputError, known
from mcda.checks.limits import LIMITS, Limits
from mcda.files.disk.reading import read_bytes
from mcda.files.question.schema import BY_NAME, Form, form_of
from mcda.files.tables.csv_file import header_faults
from mcda.files.tables.plain_numbers import settled
from mcda.files.tables.sheets import Note, Row, Sheet, Sheets
from mcda.files.workbook.book import open_book
from mcda.files.workbook.grid import Grid, letter
from mcda.files.workbook.judgements_reader import read_pairs
from mcda.files.workbook.links import follow_links
from mcda.files.workbook.safe_archive import check_archive, damaged

if TYPE_CHECKING:
    from openpyxl import Workbook

# sheets that hold no table of the question
READ_ME = "read me"
FAULTS = "faults"
JUDGEMENTS = "judgements "
CLOSE = 0.8  # how like a sheet's name a title must be to be taken for a slip


def read_workbook(path: Path, limits: Limits = LIMITS) -> Sheets:
    """Return the sheets of a workbook, with their faults and notes.

    Raises InputError if it is no workbook.
    """
    book = open_book(path, limits)
    sheets = Sheets(clean(path.stem)[0], called="sheet '{}'")
    sheets.faults.extend(_title_fault(title) for title in book.titles if clean(title)[1])
    grids = book.grids([title for title in book.titles if not clean(title)[1]], "sheet")
    follow_links(grids)
    present = [name_of(title) for title in grids]
    for title, grid in grids.items():
        name = name_of(title)
        if name not in (READ_ME, FAULTS):
            sheets.titles[name] = grid.place
            if grid.rows():
                _add(sheets, name, grid, present)
    return sheets


def _title_fault(title: str) -> Fault:
    plainly, told = clean(title)
    expected = "a name of signs that can be printed"
    return Fault(f"sheet '{plainly}'", expected, known(told), "rename the sheet")


def load(path: Path, limits: Limits = LIMITS, *, results: bool) -> Workbook:
    """Return a workbook with formulas, or with the results that were saved.

    Its archive is checked first.
    """
    return workbook_in(read_bytes(path, limits), path, limits, results=results)


def workbook_in(content: bytes, path: Path, limits: Limits, *, results: bool) -> Workbook:
    """Return the workbook that some bytes are, as `load` does; `path` is how messages name it."""
    import openpyxl

    check_archive(content, path, limits)
    try:
        with warnings.catch_warnings():
            # what openpyxl leaves out (pictures, extensions) holds no cell
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=results, keep_links=False)
    except (
        Exception
    ) as error:  # a reader of strangers' files may fail in any way; the file is then damaged
        raise damaged(path, f"{type(error).__name__}: {error}") from None
    if not book.worksheets:
        raise damaged(path, "no sheet with cells")
    return book


def name_of(title: str) -> str:
    """Return the name of the sheet that a title means.

    >>> name_of(" Scores "), name_of("Judgements V"), name_of("Rooms")
    ('scores', 'judgements/V', 'Rooms')
    """
    name = title.strip()
    if name.lower().startswith(JUDGEMENTS):
        return f"judgements/{name[len(JUDGEMENTS) :].strip()}"
    return name.lower() if name.lower() in (*BY_NAME, READ_ME, FAULTS) else name


def _add(sheets: Sheets, name: str, grid: Grid, present: list[str]) -> None:
    """Read one sheet; a table that isn't of the question's form is left out with a note."""
    form = form_of(name)
    meant = difflib.get_close_matches(name.lower(), set(BY_NAME) - set(present), 1, CLOSE)
    if not form.columns and meant:
        sheets.faults.append(
            Fault(
                grid.place, f"the name '{meant[0]}'", f"'{grid.title}'", "correct the sheet's name"
            )
        )
        sheets.broken.add(meant[0])
    sheets.broken.add(name)
    with sheets.faults.gathered():
        sheet = read_pairs(name, grid) or _table(name, form, grid)
        sheets.faults += grid.faults
        sheets.notes += grid.notes
        if sheet is None:
            sheets.notes.append(
                Note(grid.place, "a sheet that is no table", "nothing: it was left out")
            )
            sheets.titles.pop(name)
            sheets.broken.discard(name)
            return
        sheets.sheets[name], notes, faults = settled(sheet)
        sheets.notes += notes
        sheets.faults += faults
        sheets.broken.discard(name)


def _table(name: str, form: Form, grid: Grid) -> Sheet | None:
    """Return a sheet as a table below its header.

    None for a sheet of the question's own that has no header.
    """
    header_row = _header_row(form, grid)
    grid.forget_above(header_row)
    header = {
        column: _known(text.strip(), form)
        for column, text in grid.filled(header_row).items()
        if text.strip()
    }
    below = [row for row in grid.rows() if row > header_row]
    if not form.columns and len(set(header.values())) < len(header):
        return None
    nameless = {column for row in below for column in grid.filled(row) if column not in header}
    if not form.columns and nameless:
        return None
    faults = header_faults(f"{grid.place} row {header_row}", tuple(header.values()))
    faults += [
        Fault(
            f"{grid.place} column {letter(column)}",
            "a name in its header",
            "cells without one",
            "name the column, or clear it",
            grid.spot(header_row, column),
        )
        for column in sorted(nameless)
    ]
    if faults:
        raise InputError(*faults)
    return Sheet(name, tuple(header.values()), tuple(_row(grid, row, header) for row in below))


def _header_row(form: Form, grid: Grid) -> int:
    """Return the row with the columns the form asks for, else with most of those it knows.

    Without any it is the first row at all.
    """
    known = {column.name for column in form.columns}
    rows = grid.rows()
    counts = {}
    for row in rows:
        counts[row] = {_known(text.strip(), form) for text in grid.filled(row).values()}
    whole = [row for row in rows if form.required and set(form.required) <= counts[row]]
    most = max(rows, key=lambda row: (len(counts[row] & known), -row))
    return whole[0] if whole else most


def _known(text: str, form: Form) -> str:
    """Return the name of a column as the form spells it.

    It may differ from the form's in case, spaces and a star.
    """
    names = {column.name for column in form.columns}
    plainly = text.rstrip("*").strip().lower().replace(" ", "_")
    return plainly if plainly in names and text not in names else text


def _row(grid: Grid, row: int, header: dict[int, str]) -> Row:
    cells: dict[str, str] = {}
    spots: dict[str, Any] = {"": grid.spot(row)}
    for column, name in header.items():
        if (row, column) in grid.unread:
            grid.faults.append(grid.unread[row, column])
        cells[name] = grid.texts.get((row, column), "")
        spots[name] = grid.spot(row, column)
    typed = frozenset(name for column, name in header.items() if (row, column) in grid.typed)
    return Row(f"{grid.place} row {row}", cells, spots, typed)
