"""The form of sheets, whatever they mean: which must be there, with which columns, and rows that repeat a key."""

from __future__ import annotations

from dataclasses import replace

from mcda.checks.faults import Fault
from mcda.files.question.schema import FORMS, Form, form_of
from mcda.files.question.sheet_checks.typed_cells import check_types
from mcda.files.tables.sheets import Sheets

FACTS = (
    "options",
    "criteria",
    "scores",
    "estimates",
    "names",
    "sources",
    "correlations",
    "positions",
    "screened_out",
    "claims_links",
    "structures",
    "events",
    "statements",
    "experts",
    "parts",
    "rules",
    "packages",
)
COPY = "add it as in the example that mcda new writes, with one row for each of its {}"


def check_sheets(sheets: Sheets, forms: tuple[Form, ...]) -> None:
    """Note what is wrong with the columns and the cells of sheets, whatever they mean."""
    _check_form(sheets, forms)
    check_types(sheets, forms)


def _check_form(sheets: Sheets, forms: tuple[Form, ...]) -> None:
    """Note sheets and columns that are missing, and rows that repeat the key of an earlier one."""
    for name in ("options", "criteria"):
        if name not in sheets.sheets and name not in sheets.broken:
            sheets.faults.append(Fault(sheets.name, sheets.place(name), "none", COPY.format(name)))
    for name in FACTS:
        sheets.require(name, *form_of(name).required)
    for form in (*FORMS, *forms):
        if form.key:
            _unique(sheets, form.name, *form.key)


def _unique(sheets: Sheets, name: str, *columns: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in sheets.rows(name):
        key = tuple(row.text(column) for column in columns)
        if key in seen:
            found = f"'{' / '.join(key)}' again, first in {seen[key]}"
            fault = row.fault("", "a row of its own", found, "delete the row, or correct it")
            sheets.faults.append(replace(fault, at=row.spot(columns[-1])))
        seen.setdefault(key, row.place)
