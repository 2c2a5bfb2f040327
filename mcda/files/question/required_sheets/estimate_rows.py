"""The sheets scores, estimates and sources: every number with its range and what it rests on."""

from __future__ import annotations

import re
from dataclasses import fields

from mcda.checks.faults import Fault, InputError, refuse
from mcda.checks.labels import parse_number
from mcda.files.question.sheet_checks.missing_scores import missing_faults
from mcda.files.question.sheet_checks.references import ids
from mcda.files.tables.sheets import Row, Sheets
from mcda.problem.estimates import Estimate, Source
from mcda.problem.model import Criterion

COUNTS = re.compile(r"/|\bof\b")


def judged_cells(sheets: Sheets, key: str) -> list[Estimate]:
    """Return the analyst's cells on a leaf, which a formula may stand in place of.

    Raises InputError for every option without one.
    """
    rows = [row for row in sheets.sound("scores") if row.text("criterion") == key]
    rows_by_option = {row.text("option"): row for row in rows}
    refuse(
        Fault(sheets.place("scores"), f"a row for option '{option}', criterion '{key}'", "none")
        for option in ids(sheets, "options")
        if option not in rows_by_option
    )
    return [read_estimate(row, f"{key}/{option}", "") for option, row in rows_by_option.items()]


def read_estimate(row: Row, key: str, unit: str) -> Estimate:
    """Return the estimate of a row, whatever sheet it stands in."""
    low, mode, high = row.numbers("low", "mode", "high")
    return Estimate(
        key,
        low,
        mode,
        high,
        unit,
        row.text("distribution") or "triangular",
        row.text("kind"),
        row.listed("sources"),
        row.text("as_of"),
        row.text("rationale"),
        row.text("interval"),
        *_points(row),
        _counts(row),
    )


def _points(row: Row) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return points and chances from a cell such as "0:0.4; 5:0.6", or points from "1; 2.5"."""
    parts = [entry.partition(":") for entry in row.listed("points")]
    try:
        points = tuple(parse_number(point) for point, _, _ in parts)
        return points, tuple(parse_number(chance) for _, colon, chance in parts if colon)
    except ValueError:
        expected = "numbers such as 0:0.4; 5:0.6"
        raise InputError(Fault("column 'points'", expected, repr(row.text("points")))) from None


def _counts(row: Row) -> tuple[float, ...]:
    """Return events and cases from a cell such as "20 of 136" or "20/136"; none if it is blank."""
    text = row.text("counts")
    try:
        return tuple(parse_number(part) for part in COUNTS.split(text)) if text.strip() else ()
    except ValueError:
        raise InputError(
            Fault(row.named("counts"), "events and cases such as 20 of 136", repr(text))
        ) from None


def read_cells(sheets: Sheets, criteria: tuple[Criterion, ...]) -> dict[str, Estimate]:
    """Return the judged cells as estimates "criterion/option".

    Cells of derived criteria stay in the table "scores".
    """
    judged = {
        criterion.key: criterion
        for criterion in criteria
        if criterion.scale and not criterion.derived
    }
    cells = {}
    for row in sheets.sound("scores"):
        with sheets.faults.gathered(row):
            key = f"{row.text('criterion')}/{row.text('option')}"
            unit = judged[row.text("criterion")].unit if row.text("criterion") in judged else ""
            cell = read_estimate(row, key, unit)
            if row.text("criterion") in judged:
                cells[key] = cell
    faults = missing_faults(sheets, list(ids(sheets, "options")), judged)
    sheets.faults.extend(faults)
    return cells


def read_estimates(sheets: Sheets) -> dict[str, Estimate]:
    """Return the estimates that options share, by key."""
    estimates = {}
    for row in sheets.sound("estimates"):
        with sheets.faults.gathered(row):
            estimates[row.text("key")] = read_estimate(row, row.text("key"), row.text("unit"))
    return estimates


def read_sources(sheets: Sheets) -> dict[str, Source]:
    """Return the sources by id."""
    sources = {}
    for row in sheets.sound("sources"):
        with sheets.faults.gathered(row):
            sources[row.text("id")] = Source(
                **{entry.name: row.text(entry.name) for entry in fields(Source)}
            )
    return sources
