"""The cells of a table with texts that can be seen and printed, and a note on each that was changed."""

from __future__ import annotations

from collections.abc import Iterable

from mcda.checks.clean_text import clean
from mcda.files.tables.sheets import Note, Row


def clean_cell(text: str, where: str, notes: list[Note]) -> str:
    """Return the clean text of a place that has no spot, and put a note where it was changed."""
    plainly, told = clean(text)
    if told:
        notes.append(Note(where, ", ".join(told), ", ".join(told.values())))
    return plainly


def clean_rows(rows: Iterable[Row]) -> tuple[tuple[Row, ...], list[Note]]:
    """Return rows whose cells are clean, and a note on each cell that was changed."""
    notes: list[Note] = []
    cleaned = []
    for row in rows:
        if all(map(str.isprintable, row.cells.values())):
            cleaned.append(row)
        else:
            cleaned.append(_clean_row(row, notes))
    return tuple(cleaned), notes


def _clean_row(row: Row, notes: list[Note]) -> Row:
    cells = {}
    for column, text in row.cells.items():
        cells[column], told = clean(text)
        if told:
            where = f"{row.place}, {row.named(column)}"
            read_as = ", ".join(told.values())
            notes.append(Note(where, ", ".join(told), read_as, row.spot(column)))
    return Row(row.place, cells, row.spots, row.typed)
