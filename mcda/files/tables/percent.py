"""Cells shown as percent ("45%"), read as 45 where the unit is percent or all weights are in percent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from mcda.files.tables.plain_numbers import NUMBERS
from mcda.files.tables.sheets import Note, Row, Sheets

PERCENT = re.compile(r"\s*([+-]?\d+(\.\d+)?)\s*%\s*")
UNIT = re.compile(r"\s*(%|per ?cent\b).*", re.IGNORECASE)
WEIGHTS = {"perspectives": ("low", "mode", "high"), "local_weights": ("weight",)}


def with_percent(sheets: Sheets) -> Sheets:
    """Return the sheets with percent written as plain numbers where that is what they mean, and a note for each.

    A cell in percent whose unit isn't percent stays as it is, to be refused: it could be 45 or 0.45.
    """
    units = {row.text("id"): row.text("unit") for row in sheets.rows("criteria")}
    for name in ("criteria", "estimates"):
        _rewrite(sheets, name, lambda row: row.text("unit"))
    _rewrite(sheets, "scores", lambda row: units.get(row.text("criterion"), ""))
    for name, columns in WEIGHTS.items():
        filled = [
            row.text(column)
            for row in sheets.rows(name)
            for column in columns
            if row.text(column).strip()
        ]
        if filled and all(PERCENT.fullmatch(text) for text in filled):
            _rewrite(sheets, name, lambda row: "percent")
    return sheets


def _rewrite(sheets: Sheets, name: str, unit: Callable[[Row], str]) -> None:
    if name not in sheets.sheets or not any(
        "%" in text for row in sheets.rows(name) for text in row.cells.values()
    ):
        return
    rows = []
    for row in sheets.rows(name):
        plainly = {
            column: found[1]
            for column, text in row.cells.items()
            if NUMBERS.fullmatch(column)
            and UNIT.fullmatch(unit(row))
            and (found := PERCENT.fullmatch(text))
        }
        for column, text in plainly.items():
            where = f"{row.place}, {row.named(column)}"
            sheets.notes.append(
                Note(where, repr(row.text(column)), f"{text} percent", row.spot(column))
            )
        rows.append(replace(row, cells={**row.cells, **plainly}))
    sheets.sheets[name] = replace(sheets.sheets[name], rows=tuple(rows))
