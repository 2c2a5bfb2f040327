"""Directions as people write them ("Benefit", "lower is better", -1), read as max and min and told in a note."""

from __future__ import annotations

from dataclasses import replace

from mcda.checks.table_words import direction
from mcda.files.tables.sheets import Note, Row, Sheets


def with_directions(sheets: Sheets) -> Sheets:
    """Return the sheets with the directions of criteria written plainly, and a note for each that wasn't.

    A word that is no direction stays as it is, to be refused where the direction is asked for.
    """
    if "criteria" in sheets.sheets:
        rows = tuple(_plainly(row, sheets.notes) for row in sheets.rows("criteria"))
        sheets.sheets["criteria"] = replace(sheets.sheets["criteria"], rows=rows)
    return sheets


def _plainly(row: Row, notes: list[Note]) -> Row:
    told = row.text("direction")
    better = direction(told)
    if better is None or better == told:
        return row
    place = f"{row.place}, {row.named('direction')}"
    notes.append(Note(place, repr(told), better, row.spot("direction")))
    return replace(row, cells={**row.cells, "direction": better})
