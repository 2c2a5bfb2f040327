"""Dates as people type them: a day of 28.11.2026 is read as 2026-11-28, and told."""

from __future__ import annotations

from dataclasses import replace

from mcda.files.question.schema import DATE_FIELDS, form_of
from mcda.files.tables.days import days_meant
from mcda.files.tables.sheets import Note, Row, Sheets


def with_dates(sheets: Sheets) -> Sheets:
    """Return the sheets with days such as 28.11.2026 as 2026-11-28, with a note each.

    Days with slashes are read where only one order of day and month gives one; another stays the
    text that it is, and is told.
    """
    for name, sheet in sheets.sheets.items():
        if name != "question" and not form_of(name).dates:
            continue
        rows = tuple(_row(row, _columns(name, row), sheets.notes) for row in sheet.rows)
        sheets.sheets[name] = replace(sheet, rows=rows)
    return sheets


def _columns(name: str, row: Row) -> tuple[str, ...]:
    """Return the columns of a row that hold dates."""
    if name == "question":
        return ("value",) if row.text("field").strip() in DATE_FIELDS else ()
    return form_of(name).dates


def _row(row: Row, columns: tuple[str, ...], notes: list[Note]) -> Row:
    cells = dict(row.cells)
    for column in columns:
        text = row.text(column).strip()
        days = days_meant(text)
        if days and days != [text]:
            read_as = days[0] if len(days) == 1 else f"a text: it is {' or '.join(days)}"
            where = f"{row.place}, {row.named(column)}"
            notes.append(Note(where, repr(text), read_as, row.spot(column)))
            if len(days) == 1:
                cells[column] = days[0]
    return replace(row, cells=cells) if cells != row.cells else row
