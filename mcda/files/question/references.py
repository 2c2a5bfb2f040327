"""Every id that a sheet names is an id of another: what resolves to nothing is a fault."""

from __future__ import annotations

from collections.abc import Collection

from mcda.checks.faults import Fault, known
from mcda.files.question.schema import CLAIM_KINDS
from mcda.files.tables.sheets import Sheet, Sheets

EVERY_OPTION = "ALL"
MAY_BE_BLANK = {("positions", "option")}  # of a holder whose public line names none


def check_references(sheets: Sheets) -> None:
    """Note every id that resolves to nothing, in any sheet.

    These are options, criteria, sources, and kinds of claims.
    """
    options = ids(sheets, "options")
    known_ids: dict[str, Collection[str]] = {
        "option": options,
        "options": {*options, EVERY_OPTION},
        "criterion": {*ids(sheets, "criteria"), ""},
    }
    if "sources" in sheets.sheets:
        known_ids["sources"] = ids(sheets, "sources")
    elif "sources" not in sheets.broken:
        _check_unsourced(sheets)
    for sheet in sheets.sheets.values():
        for column, held in known_ids.items():
            if column in sheet.columns:
                _resolve(sheets, sheet, column, held, blank=(sheet.name, column) in MAY_BE_BLANK)
    _check_positions(sheets)
    for row in sheets.rows("claims"):
        if row.text("kind") not in CLAIM_KINDS:
            sheets.faults.append(
                row.fault("kind", f"one of {known(CLAIM_KINDS)}", repr(row.text("kind")))
            )


def _check_positions(sheets: Sheets) -> None:
    """Note positions of nobody who states weights."""
    holders = ids(sheets, "perspectives", "holder")
    for row in sheets.rows("positions"):
        if holders and row.text("holder") not in holders:
            expected = f"a holder of {sheets.place('perspectives')}: {known(holders, 30)}"
            sheets.faults.append(row.fault("holder", expected, f"'{row.text('holder')}'"))


def _check_unsourced(sheets: Sheets) -> None:
    """Note that the sheet of sources is missing, once, where any row names one."""
    naming = []
    for name, sheet in sheets.sheets.items():
        if any(row.listed("sources") for row in sheet.rows):
            naming.append(name)
    if naming:
        found = f"none, though {', '.join(map(sheets.place, naming))} name some"
        remedy = "add it, or leave the columns 'sources' blank"
        sheets.faults.append(
            Fault(sheets.name, f"the sheet {sheets.place('sources')}", found, remedy)
        )


def _resolve(
    sheets: Sheets, sheet: Sheet, column: str, held: Collection[str], *, blank: bool
) -> None:
    for row in sheet.rows:
        entries = row.listed(column) if column in ("options", "sources") else (row.text(column),)
        sheets.faults.extend(
            row.fault(column, "a known id", f"'{entry}'", "correct it, or add what it names")
            for entry in entries
            if entry not in held and (entry or not blank)
        )


def ids(sheets: Sheets, name: str, column: str = "id") -> dict[str, None]:
    """Return the ids that a sheet holds, in order."""
    return dict.fromkeys(row.text(column) for row in sheets.rows(name))
