"""Cells shown as percent ("45%"), read as 45 where the unit is percent or all weights are in percent."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from mcda.checks.labels import NUMBER
from mcda.files.tables.plain_numbers import NUMBERS
from mcda.files.tables.sheets import Note, Row, Sheets

PERCENT = re.compile(r"\s*([+-]?\d+(\.\d+)?)\s*%\s*")
UNIT = re.compile(r"\s*(%|per ?cent\b).*", re.IGNORECASE)
# the columns with weights, and the column that says whose they are
WEIGHTS = {
    "perspectives": ("holder", ("low", "mode", "high")),
    "local_weights": ("holder", ("weight",)),
    "criteria": ("parent", ("local_weight",)),
}


def with_percent(sheets: Sheets) -> Sheets:
    """Return the sheets with percent written as plain numbers where that is what they mean, and a note for each.

    A weight of 55% is one of 55 points, unless the owner's others are shares of 1. Another cell in percent whose unit
    isn't percent stays as it is, to be refused: it could be 45 or 0.45.
    """
    units = {row.text("id"): row.text("unit") for row in sheets.rows("criteria")}
    for name in ("criteria", "estimates"):
        _rewrite(sheets, name, lambda row: row.text("unit"))
    _rewrite(sheets, "scores", lambda row: units.get(row.text("criterion"), ""))
    for name in WEIGHTS:
        _rewrite_weights(sheets, name)
    return sheets


def _rewrite_weights(sheets: Sheets, name: str) -> None:
    """Write the weights in percent of a sheet as points, but those of an owner of shares."""
    owner, columns = WEIGHTS[name]
    shared = _in_shares(sheets.rows(name), owner, columns)
    _rewrite(sheets, name, lambda row: "" if row.text(owner) in shared else "percent", columns)


def _in_shares(rows: Sequence[Row], owner: str, columns: Sequence[str]) -> set[str]:
    """Return the owners who state some of their weights as shares of 1."""
    largest: dict[str, float] = {}
    for row in rows:
        for column in columns:
            text = row.text(column).strip()
            if NUMBER.fullmatch(text):
                key = row.text(owner)
                largest[key] = max(largest.get(key, 0.0), float(text))
    return {key for key, number in largest.items() if 0 < number <= 1}


def _rewrite(
    sheets: Sheets, name: str, unit: Callable[[Row], str], only: Sequence[str] = ()
) -> None:
    if name not in sheets.sheets or not any(
        "%" in text for row in sheets.rows(name) for text in row.cells.values()
    ):
        return
    rows = []
    for row in sheets.rows(name):
        plainly = {
            column: found[1]
            for column, text in row.cells.items()
            if (column in only if only else NUMBERS.fullmatch(column))
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
