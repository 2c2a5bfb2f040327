"""Dates as people type them: a day of 28.11.2026 is read as 2026-11-28, and told."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from mcda.files.question.schema import DATE_FIELDS, form_of
from mcda.files.tables.sheets import Note, Row, Sheets

POINTS = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
SHORT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


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
        days = readings(text)
        if days:
            read_as = days[0] if len(days) == 1 else f"a text: it is {' or '.join(days)}"
            where = f"{row.place}, {row.named(column)}"
            notes.append(Note(where, repr(text), read_as, row.spot(column)))
        if len(days) == 1:
            cells[column] = days[0]
    return replace(row, cells=cells) if cells != row.cells else row


def readings(text: str) -> list[str]:
    """Return the days that a text may mean, as 2026-11-28; none for a text that is no such day, or one already.

    >>> readings("2026-1-5"), readings("2026-01-05")
    (['2026-01-05'], [])
    >>> readings("28.11.2026"), readings("03/04/2026"), readings("11/28/2026"), readings("2026")
    (['2026-11-28'], ['2026-04-03', '2026-03-04'], ['2026-11-28'], [])
    """
    if SHORT.fullmatch(text):
        return _short(text)
    date_parts = POINTS.fullmatch(text) or SLASHES.fullmatch(text)
    if not date_parts:
        return []
    first, second, year = (int(part) for part in date_parts.groups())
    orders = [(first, second)] if "." in text else [(first, second), (second, first)]
    return list(dict.fromkeys(day for pair in orders if (day := _day(*pair, year))))


def _short(text: str) -> list[str]:
    """Return the day of 2026-3-5; none for one that is written in full, or that there isn't."""
    year, month, day = (int(part) for part in text.split("-"))
    read = _day(day, month, year)
    return [read] if read not in ("", text) else []


def _day(day: int, month: int, year: int) -> str:
    """Return a day as 2026-11-28; blank where there is none."""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
