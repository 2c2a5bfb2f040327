"""Rows beside the alternatives: directions, weights, units and thresholds, read with the place of each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.significant_digits import plain
from mcda.checks.table_words import direction
from mcda.files.interchange.table_layout.row_cells import THRESHOLDS
from mcda.files.interchange.table_layout.table_lines import Line
from mcda.files.tables.percent import PERCENT
from mcda.files.tables.plain_numbers import settled
from mcda.files.tables.sheets import Note, Row, Sheet
from mcda.files.tables.things import Several


def row_beside(line: Line, criteria: Sequence[str]) -> Row:
    """Return a line of one cell for each criterion as a row; raises InputError for another length."""
    if len(line.texts) != len(criteria):
        raise InputError(
            Fault(
                line.place, f"{len(criteria)} cells, one for each criterion", f"{len(line.texts)}"
            )
        )
    spots = {key: spot for key, spot in zip(criteria, line.spots, strict=False) if spot}
    typed = frozenset(key for key, typed in zip(criteria, line.typed, strict=False) if typed)
    return Row(line.place, {"": "", **dict(zip(criteria, line.texts, strict=True))}, spots, typed)


def directions_of(row: Row | None, criteria: Sequence[str]) -> dict[str, str]:
    """Return the directions that a row tells, by criterion; raises InputError for a cell that is none."""
    if row is None:
        return {}
    words = {key: direction(row.text(key)) for key in criteria if row.text(key).strip()}
    refuse(
        row.fault(key, '"max" or "min" (or + or -, 1 or -1)', repr(row.text(key)))
        for key, better in words.items()
        if better is None
    )
    return {key: better for key, better in words.items() if better}


def told_directions(given: Mapping[str, str], criteria: Sequence[str]) -> dict[str, str]:
    """Return the directions that the caller gave; raises InputError for a criterion or a word that is none."""
    refuse(
        [
            *(
                Fault(
                    "directions", f"criteria among {known(criteria)}", repr(key), "correct the name"
                )
                for key in given
                if key not in criteria
            ),
            *(
                Fault(f"direction of '{key}'", '"max" or "min"', repr(way))
                for key, way in given.items()
                if direction(way) is None
            ),
        ]
    )
    return {key: better for key, way in given.items() if (better := direction(way))}


def weights_of(row: Row | None, criteria: Sequence[str]) -> tuple[pd.Series | None, list[Note]]:
    """Return the weights of a row, as it states them, and a note where they are percentages."""
    if row is None:
        return None, []
    refuse(
        row.fault(
            str(key),
            "a weight",
            "an empty cell",
            f"write it, or leave the column out: columns={{{key!r}: 'left out'}}",
        )
        for key in criteria
        if not row.text(key).strip()
    )
    percent = {key: PERCENT.fullmatch(row.text(key)) for key in criteria}
    notes = []
    if all(percent.values()):
        plainly = {key: weights[1] for key, weights in percent.items() if weights}
        row = replace(row, cells={**row.cells, **plainly})
        notes = [Note(row.place, Several("percentages"), "weights that many in 100", row.spot())]
    weights = pd.Series(_numbers(row, criteria), index=list(criteria), name="weight")
    refuse(
        row.fault(str(key), "a weight of at least 0", plain(weight))
        for key, weight in weights.items()
        if weight < 0
    )
    return weights, notes


def units_of(row: Row | None, criteria: Sequence[str]) -> dict[str, str]:
    """Return the units that a row tells, by criterion."""
    if row is None:
        return {}
    return {key: row.text(key).strip() for key in criteria if row.text(key).strip()}


def _numbers(row: Row, criteria: Sequence[str]) -> list[float]:
    sheet, _, faults = settled(Sheet("", tuple(criteria), (row,)), lambda column: True)
    refuse(faults)
    try:
        return sheet.rows[0].numbers(*criteria)
    except InputError as error:
        raise InputError(*(fault.inside(row.place, row.spot()) for fault in error.faults)) from None


def thresholds_of(
    special: Mapping[str, Row], criteria: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Return the thresholds of each criterion by their names."""
    thresholds: dict[str, dict[str, float]] = {}
    for name in THRESHOLDS:
        if name in special:
            filled = [key for key in criteria if special[name].text(key).strip()]
            for key, number in zip(filled, _numbers(special[name], filled), strict=True):
                thresholds.setdefault(key, {})[name] = number
    return thresholds
