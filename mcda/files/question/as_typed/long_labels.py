"""A label that would fill a page is cut where it enters; the whole of it begins the definition."""

from __future__ import annotations

from dataclasses import replace

from mcda.files.tables.sheets import Note, Row, Sheets
from mcda.problem.model import LONGEST


def with_short_labels(sheets: Sheets) -> Sheets:
    """Return the sheets with labels of criteria that fit a sentence, and a note on each that was cut.

    Options need none of it: they have short names beside their labels.
    """
    sheet = sheets.sheets.get("criteria")
    if sheet is not None:
        sheets.notes += [_note(row) for row in sheet.rows if _is_long(row)]
        rows = [_shortened(row) if _is_long(row) else row for row in sheet.rows]
        sheets.sheets["criteria"] = replace(sheet, rows=tuple(rows))
    return sheets


def _is_long(row: Row) -> bool:
    return len(row.text("label")) > LONGEST


def _cut(row: Row) -> str:
    """Return the beginning of a label with the id behind, so that no two are the same."""
    return f"{row.text('label')[:LONGEST].rstrip()}… ({row.text('id')})"


def _note(row: Row) -> Note:
    found = f"a label of {len(row.text('label')):,} characters"
    read_as = f"'{_cut(row)}', with the whole of it in the definition"
    return Note(f"{row.place}, {row.named('label')}", found, read_as, row.spot("label"))


def _shortened(row: Row) -> Row:
    whole = [row.text("label"), row.text("definition")]
    definition = "\n".join(filter(None, whole))
    return replace(row, cells={**row.cells, "label": _cut(row), "definition": definition})
