"""The sheet criteria: the tree, and the scale of each leaf between its ends."""

from __future__ import annotations

import re
from typing import Any

from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.files.question.required_sheets.formulas import Formulas
from mcda.files.question.schema import SCALE_TYPES
from mcda.files.tables.numerals import left_by_program
from mcda.files.tables.sheets import Row, Sheets
from mcda.problem.model import Criterion
from mcda.problem.value_scales import Scale

ANCHOR = re.compile(r"anchor_(\d+(?:\.\d+)?)")
# the columns of a scale from end to end, and the values that they earn
ENDS = {"worst": 0.0, "middle": 0.5, "best": 1.0}
SAY_IT = "mend the formula, or write what the level means"


def read_criteria(sheets: Sheets, formulas: Formulas) -> tuple[Criterion, ...]:
    """Return the tree of the sheet criteria, noting every fault with its row."""
    criteria = []
    for row in sheets.sound("criteria"):
        with sheets.faults.gathered(row):
            criteria.append(_criterion(row, formulas))
    return tuple(criteria)


def _criterion(row: Row, formulas: Formulas) -> Criterion:
    kind = row.text("scale_type") or ("natural" if row.text("direction") else "head")
    if kind not in SCALE_TYPES:
        raise InputError(Fault("column 'scale_type'", f"one of {known(SCALE_TYPES)}", repr(kind)))
    about: dict[str, Any] = {
        "key": row.text("id"),
        "parent": row.text("parent"),
        "label": row.text("label"),
        "definition": row.text("definition"),
    }
    if kind == "head":
        refuse(_scale_of_a_head(row))
        return Criterion(**about)
    name = row.text("measure")
    measure = formulas.find(name, row.text("id")) if name else None
    return Criterion(
        **about,
        unit=row.text("unit"),
        direction=row.text("direction"),
        scale=_scale(row, kind),
        measure=measure,
        floor=row.optional("floor"),
        bill=row.text("bill"),
    )


def _scale_of_a_head(row: Row) -> list[Fault]:
    """Return a fault for each end of a scale that a head has: it would be dropped in silence."""
    remedy = "clear the cell, or give the row a direction, which makes it a measure"
    return [
        row.fault(column, "nothing: a head has no scale of its own", repr(text), remedy)
        for column, text in row.cells.items()
        if text.strip() and (column in (*ENDS, "floor", "bill") or ANCHOR.fullmatch(column))
    ]


def _scale(row: Row, kind: str) -> Scale:
    """Return the scale of a row, from columns worst, middle, best, or anchor_0 to anchor_100.

    Worst to best means the same for numbers and for words. An anchor_ column holds the raw value
    that earns so many points, and on a scale in words the words of so many points, of which few are
    best where less is better.
    """
    named = [column for column in ENDS if row.text(column).strip()]
    if named:
        return _named_scale(row, kind, named)
    levels = {
        match[0]: float(match[1]) / 100
        for column in row.cells
        if (match := ANCHOR.fullmatch(column)) and row.text(column).strip()
    }
    columns = sorted(levels, key=levels.__getitem__)
    if kind != "constructed":
        return Scale(tuple(row.numbers(*columns)), tuple(levels[column] for column in columns))
    values = tuple(levels[column] for column in columns)
    raw = tuple(100 * level for level in values)
    words = _words(row, columns)
    if row.text("direction") == "min":
        return Scale(raw[::-1], tuple(1 - level for level in values[::-1]), words[::-1])
    return Scale(raw, values, words)


def _named_scale(row: Row, kind: str, columns: list[str]) -> Scale:
    """Return the scale from the worst through the middle to the best.

    Raises InputError if the row has anchors as well.
    """
    both = [column for column in row.cells if ANCHOR.fullmatch(column) and row.text(column).strip()]
    if both:
        expected = f"either {known(ENDS)} or anchor_0 to anchor_100"
        raise InputError(Fault(row.named(both[0]), expected, "both", "clear one of them"))
    values = tuple(ENDS[column] for column in columns)
    if kind != "constructed":
        return Scale(tuple(row.numbers(*columns)), values)
    levels = values
    if row.text("direction") == "min":
        levels = tuple(1 - level for level in values)
    raw = tuple(100 * level for level in levels)
    return Scale(raw, values, _words(row, columns))


def _words(row: Row, columns: list[str]) -> tuple[str, ...]:
    """Return the words of the levels; raises InputError for what a program left in the place of one."""
    refuse(
        Fault(row.named(column), "words for a level", repr(row.text(column)), SAY_IT)
        for column in columns
        if left_by_program(row.text(column))
    )
    return tuple(row.text(column) for column in columns)
