"""A bare table as a question's workbook or folder, and what has to be completed there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mcda.checks.faults import known
from mcda.checks.significant_digits import plain
from mcda.files.disk.places import ENDINGS
from mcda.files.question.sheets_of import sheets_of
from mcda.files.tables.folder import write_folder
from mcda.files.workbook.writer import write_workbook
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem

FIRST_HOLDER = "First holder"
FRAME = "question, decision_owner, commissioner, analyst, assurer, baseline"


def question_from_table(problem: Problem, weights: Weights | None, path: str | Path) -> list[str]:
    """Write the question made of a bare table, with its weights as those of a first holder.

    Parameters
    ----------
    problem : Problem
        The question that was made of the table.
    weights : Weights, optional
        Those that somebody stated; without them no holder is written.
    path : str or Path
        A workbook (.xlsx), or a folder.

    Returns
    -------
    list of str
        What has to be completed, a sentence each, by sheet.

    Raises
    ------
    InputError
        If something is there already.
    """
    holders = {} if weights is None else {FIRST_HOLDER: replace(weights, holder=FIRST_HOLDER)}
    sheets = sheets_of(problem, holders)
    workbook = Path(path).suffix.lower() in ENDINGS
    write_workbook(sheets, path) if workbook else write_folder(sheets, path)
    return to_complete(problem, weights)


def to_complete(problem: Problem, weights: Weights | None) -> list[str]:
    """Return what a bare table doesn't tell and a question needs, by sheet."""
    fixed = [key for key, estimate in problem.estimates.items() if estimate.low == estimate.high]
    unitless = [leaf.key for leaf in problem.leaves if not leaf.unit]
    ends = [
        f"{leaf.label} {plain(leaf.scale.anchors[0])} to {plain(leaf.scale.anchors[-1])}"
        for leaf in problem.leaves
        if leaf.scale
    ]
    todo = [f"question: {FRAME} and the other fields of who decides what, on what"]
    if unitless:
        todo.append(f"criteria: the unit of {known(unitless)}")
    sentence = "these are the worst and best of the options at hand"
    todo.append(
        f"criteria: worst and best that count whatever the options ({sentence}: {'; '.join(ends)})"
    )
    if fixed:
        cells = "cell has" if len(fixed) == 1 else "cells have"
        todo.append(f"scores: low and high; {len(fixed)} {cells} a best estimate alone (fixed)")
    todo.append("scores, sources: where each number comes from, and of what kind it is")
    if weights is None:
        todo.append("perspectives: whose weights; the table brought none")
    else:
        todo.append(f"perspectives: who '{FIRST_HOLDER}' is, with ranges of the weights")
    return todo
