"""Cells in columns of numbers, rewritten plainly where their meaning is certain, and told in a note each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from mcda.checks.faults import Fault
from mcda.files.tables.numerals import (
    COMMA_AND_POINTS,
    POINT_OF_EITHER,
    as_plain,
    convention,
    parts_by_points,
)
from mcda.files.tables.sheets import Note, Row, Sheet

NUMBERS = re.compile(
    r"low|mode|high|floor|weight|local_weight|ratio|worst|middle|best|anchor_.+|.+_(low|mode|high)"
)
# the sheet with scores as a matrix: all its columns are numbers but the first and those beside them
MATRIX = "matrix"
BESIDE = ("criterion", "option", "label", "unit", "range", "kind", "sources", "rationale")


def numeric_columns(sheet: Sheet) -> list[str]:
    """Return the columns of a sheet that hold numbers, by their names."""
    if sheet.name == MATRIX:
        return [name for name in sheet.columns[1:] if name.strip().casefold() not in BESIDE]
    return [name for name in sheet.columns if NUMBERS.fullmatch(name)]


def settled(
    sheet: Sheet, numeric: Callable[[str], object] | None = None
) -> tuple[Sheet, list[Note], list[Fault]]:
    """Return a sheet with the numbers in its columns of numbers written plainly, and a note for each that wasn't.

    What has no certain meaning ("1,234" in a file that proves no decimal sign, "45%", a date) stays as it is, to be
    refused where the number is asked for; "1.234" in a file that proves a decimal comma is a fault at once, but in a
    column that proves what a point is.
    """
    columns = numeric_columns(sheet)
    if numeric:
        columns = [column for column in sheet.columns if numeric(column)]
    decimal = convention(
        row.text(column) for row in sheet.rows for column in columns if column not in row.typed
    )
    signs = {column: _signs_of(sheet, column, decimal) for column in columns}
    notes: list[Note] = []
    faults: list[Fault] = []
    rows = []
    for row in sheet.rows:
        cells = dict(row.cells)
        for column in columns:
            text = row.text(column)
            plainly = text if column in row.typed else as_plain(text, signs[column])
            if plainly is None:
                faults.extend(_fault_of_sign(row, column))
            elif plainly and plainly != text:
                cells[column] = plainly
                notes.extend(_note_of_change(row, column, plainly))
        read_row = replace(row, cells=cells) if cells != row.cells else row
        rows.append(read_row)
    return replace(sheet, rows=tuple(rows)), notes, faults


def _signs_of(sheet: Sheet, column: str, decimal: str) -> str:
    """Return the decimal sign of a column, with the point where the column proves that it parts thousands."""
    if decimal != ",":
        return decimal
    texts = (row.text(column) for row in sheet.rows if column not in row.typed)
    return COMMA_AND_POINTS if parts_by_points(texts) else decimal


def _note_of_change(row: Row, column: str, plainly: str) -> Iterator[Note]:
    """Give the note of a number that was written otherwise than by spaces around it."""
    text = row.text(column)
    if plainly != text.strip():
        place = f"{row.place}, {row.named(column)}"
        yield Note(place, repr(text), plainly, row.spot(column), column)


def _fault_of_sign(row: Row, column: str) -> Iterator[Fault]:
    """Give the fault of a number such as "1.234" in a file that proves a decimal comma."""
    text = row.text(column)
    if POINT_OF_EITHER.fullmatch(text.strip()):
        with_comma = text.strip().replace(".", ",")
        readings = f"{with_comma} or {text.strip().replace('.', '')}"
        found = f"{text!r}, which is {readings}"
        yield row.fault(column, "a number in a file of decimal commas", found, f"write {readings}")
