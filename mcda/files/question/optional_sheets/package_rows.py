"""Packages that were chosen: rows of the sheet "packages", each of which becomes an option made of parts.

Other sheets name such an option as they name any other. What they say of it is its own; in all else
it is as the option that it is like. While it isn't made yet, that one stands in for it where a
question needs an option: as the baseline, and as what happens otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mcda.checks.faults import Fault, Faults, InputError, known, refuse
from mcda.files.question.as_typed.names_in_cells import names_of
from mcda.files.question.optional_sheets.chance_columns import stated_fallbacks
from mcda.files.tables.sheets import Row, Sheets
from mcda.problem.chances import check_fallback, with_fallbacks
from mcda.problem.model import Frame, Problem
from mcda.problem.parts.made_option import make_option

COLUMNS = ("id", "label", "short", "parts", "like", "fallback", "members", "rationale")
COLUMN_OF = {"key": "id"}  # where a fault names the option by another word than the sheet


def read_stand_ins(sheets: Sheets) -> dict[str, str]:
    """Return, by the id of each option that is made, the one of the sheet of options that it is like.

    Notes rows that are like an option which is made in a row below.
    """
    stand_ins = {row.text("id"): row.text("id") for row in sheets.rows("options")}
    options = dict(stand_ins)
    names = names_of(sheets, "options")
    for row in sheets.rows("packages"):
        like = row.text("like")
        if like in stand_ins:
            stand_ins.setdefault(row.text("id"), stand_ins[like])
        elif like in names.ids:
            expected = f"an option that is there, or is made above: {known(stand_ins, 30)}"
            sheets.faults.append(row.fault("like", expected, f"'{like}'", "move the row up"))
    return {made: like for made, like in stand_ins.items() if made not in options}


def until_made(frame: Frame, stand_ins: Mapping[str, str]) -> Frame:
    """Return the frame with the option that stands in for a baseline which is yet to be made."""
    return replace(frame, baseline=stand_ins.get(frame.baseline, frame.baseline))


def with_packages(
    problem: Problem, sheets: Sheets, frame: Frame, stand_ins: Mapping[str, str]
) -> Problem:
    """Return a question with the options that its sheet "packages" makes; raises all faults.

    They take the places that others stood in for: frame is that of the sheets.
    """
    fallbacks = stated_fallbacks(sheets)
    options = [*problem.options.index, *stand_ins]
    faults = Faults()
    for row in sheets.sound("packages"):
        with faults.gathered(row):
            if row.text("fallback").strip():
                check_fallback(row.text("id"), fallbacks, options)
            problem = _with_row(problem, row, stand_ins)
    refuse(dict.fromkeys(faults))
    if (problem.frame, dict(problem.fallbacks)) == (frame, fallbacks):
        return problem
    criteria = with_fallbacks(problem.criteria, fallbacks)
    return replace(problem, frame=frame, criteria=criteria, fallbacks=fallbacks)


def _with_row(problem: Problem, row: Row, stand_ins: Mapping[str, str]) -> Problem:
    """Return the question with the option of a row; raises InputError with the columns at fault."""
    key = row.text("id").strip()
    texts = {name: row.text(name).strip() for name in ("short", "like", "fallback", "members")}
    texts["fallback"] = stand_ins.get(texts["fallback"], texts["fallback"])
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
    """Return a fault of an argument as one of the column that gave it; of another thing as it is."""
    column = COLUMN_OF.get(fault.where, fault.where)
    return replace(fault, where=row.named(column)) if column in row.cells else fault
