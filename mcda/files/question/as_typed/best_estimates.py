"""Best estimates that stand alone: without low and high a number has no range, which is told once."""

from __future__ import annotations

from dataclasses import replace

from mcda.files.tables.sheets import Note, Row, Sheets
from mcda.files.tables.things import number_of

RANGED = ("scores", "estimates", "perspectives", "events", "parts", "rules")
ENDS = ("low", "high")


def with_ranges(sheets: Sheets) -> Sheets:
    """Return the sheets with low and high, where both are blank, at the best estimate.

    A note tells of each sheet how many numbers have no range. Where one end alone is blank the cell
    stays so, to be refused.
    """
    for name in RANGED:
        if name in sheets.sheets:
            _fill(sheets, name)
    return sheets


def _fill(sheets: Sheets, name: str) -> None:
    sheet = sheets.sheets[name]
    absent = [end for end in ENDS if end not in sheet.columns]
    if "mode" not in sheet.columns or len(absent) == 1:
        return
    alone = [row for row in sheet.rows if _is_alone(row)]
    blank = dict.fromkeys(absent, "")
    filled = {row.place: _at_best(row) for row in alone}
    rows = tuple(
        filled.get(row.place) or replace(row, cells={**blank, **row.cells}) for row in sheet.rows
    )
    sheets.sheets[name] = replace(sheet, columns=(*sheet.columns, *absent), rows=rows)
    if alone:
        count = number_of(len(alone), "best estimate", " without low and high")
        sheets.notes.append(Note(sheets.place(name), count, "known exactly: not varied"))


def _is_alone(row: Row) -> bool:
    return bool(row.text("mode").strip()) and not any(row.text(end).strip() for end in ENDS)


def _at_best(row: Row) -> Row:
    cells = {**row.cells, **dict.fromkeys(ENDS, row.text("mode"))}
    spots = {**row.spots}
    for end in ENDS:
        spot = row.spots.get("mode")
        if spot:
            spots[end] = spot
    return replace(row, cells=cells, spots=spots, repeated=frozenset(ENDS))
