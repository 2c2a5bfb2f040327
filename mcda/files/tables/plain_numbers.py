"""Cells in columns of numbers, rewritten plainly where their meaning is certain, and told in a note each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from mcda.checks.faults import Fault
from mcda.files.tables.numerals import POINT_OF_EITHER, as_plain, convention, unreadable
from mcda.files.tables.sheets import Note, Sheet

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
    refused where the number is asked for; "1.234" in a file that proves a decimal comma is a fault at once.
    """
    columns = (
        [column for column in sheet.columns if numeric(column)]
        if numeric
        else numeric_columns(sheet)
    )
    decimal = convention(
        row.text(column) for row in sheet.rows for column in columns if column not in row.typed
    )
    notes: list[Note] = []
    faults: list[Fault] = []
    rows = []
    for row in sheet.rows:
        plainly = {
            column: as_plain(row.text(column), decimal)
            for column in columns
            if column not in row.typed
        }
        changed = {column: text for column, text in plainly.items() if text != row.text(column)}
        known_texts = {column: text for column, text in changed.items() if text}
        rows.append(replace(row, cells={**row.cells, **known_texts}) if known_texts else row)
        for column, text in changed.items():
            if text and text != row.text(column).strip():
                notes.append(
                    Note(
                        f"{row.place}, {row.named(column)}",
                        repr(row.text(column)),
                        text,
                        row.spot(column),
                    )
                )
            if text is None and POINT_OF_EITHER.fullmatch(row.text(column).strip()):
                found, remedy = unreadable(row.text(column))
                expected = "a number in a file of decimal commas"
                faults.append(row.fault(column, expected, found, remedy))
    return replace(sheet, rows=tuple(rows)), notes, faults
