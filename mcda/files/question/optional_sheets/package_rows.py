"""Packages that were chosen: rows of the sheet "packages", each of which becomes an option made of parts."""

from __future__ import annotations

from dataclasses import replace

from mcda.checks.faults import Fault, Faults, InputError, refuse
from mcda.files.tables.sheets import Row, Sheets
from mcda.problem.model import Problem
from mcda.problem.parts.made_option import make_option

COLUMNS = ("id", "label", "short", "parts", "like", "fallback", "members", "rationale")
COLUMN_OF = {"key": "id"}  # where a fault names the option by another word than the sheet


def with_packages(problem: Problem, sheets: Sheets) -> Problem:
    """Return a question with the options that its sheet "packages" makes; raises all faults."""
    faults = Faults()
    for row in sheets.sound("packages"):
        with faults.gathered(row):
            problem = _with_row(problem, row)
    refuse(dict.fromkeys(faults))
    return problem


def _with_row(problem: Problem, row: Row) -> Problem:
    """Return the question with the option of a row; raises InputError with the columns at fault."""
    key = row.text("id").strip()
    texts = {name: row.text(name).strip() for name in ("short", "like", "fallback", "members")}
    label = row.text("label").strip() or key
    try:
        made = make_option(problem, row.listed("parts"), key=key, label=label, **texts)
    except InputError as error:
        raise InputError(*(_in_column(fault, row) for fault in error.faults)) from None
    why = row.text("rationale").strip()
    if not why:
        return made
    options = made.options.copy()
    options.loc[key, "description"] = f"{options.loc[key, 'description']}. {why}"
    return replace(made, options=options)


def _in_column(fault: Fault, row: Row) -> Fault:
    column = COLUMN_OF.get(fault.where, fault.where)
    return replace(fault, where=row.named(column)) if column in row.cells else fault
