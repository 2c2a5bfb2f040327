"""A sheet of a workbook as a grid of texts by row and column, with notes on its reading."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mcda.checks.clean_text import clean
from mcda.checks.faults import Fault, Faults, InputError, Spot
from mcda.files.tables.sheets import Note
from mcda.files.workbook.cells import is_formula, number_text, text_of

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


def letter(column: int) -> str:
    """Return the letters of a column.

    >>> letter(1), letter(28)
    ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass
class Grid:
    """The filled cells of a sheet, as texts by (row, column).

    It also knows which of them were typed as numbers, and which are formulas.
    """

    title: str
    place: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    typed: set[tuple[int, int]] = field(default_factory=set)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    unread: dict[tuple[int, int], Fault] = field(default_factory=dict)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    notes: list[Note] = field(default_factory=list)

    @cached_property
    def _columns_by_row(self) -> dict[int, list[int]]:
        """The columns that are filled in each row, once everything is read."""
        held: dict[int, list[int]] = {}
        for row, column in sorted({*self.texts, *self.unread}):
            held.setdefault(row, []).append(column)
        return held

    def refresh(self) -> None:
        """Look again at which cells are filled, after some were read anew."""
        self.__dict__.pop("_columns_by_row", None)

    def rows(self) -> list[int]:
        """Return the numbers of the rows that hold anything, in order."""
        return list(self._columns_by_row)

    def filled(self, row: int) -> dict[int, str]:
        """Return the filled cells of a row by column, in order."""
        return {
            column: self.texts.get((row, column), "")
            for column in self._columns_by_row.get(row, ())
        }

    def forget_above(self, row: int) -> None:
        """Drop what was to be said about cells above a row: a title isn't part of the table."""
        self.notes = [note for note in self.notes if note.at is None or note.at.row >= row]

    def spot(self, row: int, column: int = 0) -> Spot:
        """Return the spot of a cell, or of a row."""
        return Spot(self.title, row, letter(column))

    def with_format(self, fault: Fault) -> Fault:
        """Return a fault of a cell that a format shows as a date or a time with its number and that format."""
        at = next((at for at in self.shown if fault.at == self.spot(*at)), None)
        if at is None:
            return fault
        remedy = "give the cell a format of numbers, or type again what was meant"
        return replace(fault, found=f"{fault.found}: {self.shown[at]}", remedy=remedy)

    def fault(self, at: tuple[int, int], expected: str, found: str, remedy: str = "") -> Fault:
        """Return a fault of a cell."""
        return Fault(
            f"{self.place} cell {letter(at[1])}{at[0]}", expected, found, remedy, self.spot(*at)
        )


def read_grid(sheet: Worksheet, stored: Worksheet, place: str) -> Grid:
    """Return a sheet's filled cells.

    `stored` is the same sheet with the results of formulas as they were saved. A cell that can't be
    read (an error, a formula without a result) becomes a fault when it is used.
    """
    grid = Grid(sheet.title, place)
    for (
        at,
        cell,
    ) in sheet._cells.items():  # the filled cells alone: iter_rows would make all between
        if cell.value is not None:
            _read_cell(grid, at, cell, stored)
    _spread_merged(grid, sheet)
    _say_hidden(grid, sheet)
    return grid


def _read_cell(grid: Grid, at: tuple[int, int], cell: Cell, stored: Worksheet) -> None:
    value = stored.cell(*at).value if is_formula(cell) else cell.value
    if is_formula(cell):
        grid.formulas[at] = str(getattr(cell.value, "text", cell.value))
    try:
        text = text_of(cell, value)
    except InputError as error:
        fault = error.faults[0]
        grid.unread[at] = grid.fault(at, fault.expected, fault.found, fault.remedy)
        return
    plainly, told = clean(text)
    if told:
        where = f"{grid.place} cell {letter(at[1])}{at[0]}"
        read_as = ", ".join(told.values())
        grid.notes.append(Note(where, ", ".join(told), read_as, grid.spot(*at)))
    if plainly:
        grid.texts[at] = plainly
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        grid.shown[at] = f"{_stored(value)} with the format '{cell.number_format}'"
    if isinstance(value, int | float) and "/" not in text:
        grid.typed.add(at)


def _stored(value: datetime.date | datetime.time | datetime.timedelta) -> str:
    """Return the number that stands in a file for a date or a time."""
    from openpyxl.utils.datetime import to_excel

    return number_text(to_excel(value))


def _spread_merged(grid: Grid, sheet: Worksheet) -> None:
    """Give the text of a merged area to each of its cells, with a note.

    A number that is given to several cells is a fault.
    """
    for area in sheet.merged_cells.ranges:
        first = (area.min_row, area.min_col)
        text = grid.texts.get(first, "")
        covered = [(row, column) for row, column in area.cells if (row, column) != first]
        if first in grid.typed and covered:
            remedy = "split the merged cells and give each its number"
            grid.unread[first] = grid.fault(
                first, "a number of its own for each cell", f"{area.coord} merged", remedy
            )
            grid.texts.pop(first)
        elif text:
            grid.texts.update(dict.fromkeys(covered, text))
            where = f"{grid.place} cells {area.coord}"
            grid.notes.append(
                Note(where, f"'{text[:40]}', merged", "the text of each of them", grid.spot(*first))
            )


def _say_hidden(grid: Grid, sheet: Worksheet) -> None:
    """Say which filled rows and columns are hidden: they are read like the others."""
    rows = [
        row
        for row in grid.rows()
        if row in sheet.row_dimensions and sheet.row_dimensions[row].hidden
    ]
    columns = _hidden_columns(sheet) & {column for _, column in grid.texts}
    if sheet.sheet_state != "visible":
        grid.notes.append(Note(grid.place, "a hidden sheet", "one that counts"))
    for row in rows:
        grid.notes.append(
            Note(f"{grid.place} row {row}", "a hidden row", "one that counts", grid.spot(row))
        )
    for column in sorted(columns):
        grid.notes.append(
            Note(f"{grid.place} column {letter(column)}", "a hidden column", "one that counts")
        )


def _hidden_columns(sheet: Worksheet) -> set[int]:
    return {
        column
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden and dimension.min and dimension.max
        for column in range(dimension.min, min(dimension.max, dimension.min + 1000) + 1)
    }
