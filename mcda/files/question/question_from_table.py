"""A bare table as a question's workbook or folder, and what has to be completed there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mcda.checks.significant_digits import plain
from mcda.files.disk.places import ENDINGS
from mcda.files.question.sheets_of import sheets_of
from mcda.files.tables.folder import write_folder
from mcda.files.workbook.writer import write_workbook
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.sentences import catalogue
from mcda.sentences.catalogue import ENGLISH, counted, joined, listed, told

FRAME = "question, decision_owner, commissioner, analyst, assurer, baseline"


def question_from_table(
    problem: Problem, weights: Weights | None, path: str | Path, *, language: str = ENGLISH
) -> list[str]:
    """Write the question made of a bare table, with its weights as those of a first holder.

    Parameters
    ----------
    problem : Problem
        The question that was made of the table.
    weights : Weights, optional
        Those that somebody stated; without them no holder is written.
    path : str or Path
        A workbook (.xlsx), or a folder.
    language : str
        That of the instructions, and of what is told of the question.

    Returns
    -------
    list of str
        What has to be completed, a sentence each, by sheet.

    Raises
    ------
    InputError
        If something is there already.
    """
    if language != ENGLISH:
        problem = replace(problem, frame=replace(problem.frame, language=language))
    with catalogue.language(language):
        first = told("to_complete.first_holder")
    holders = {} if weights is None else {first: replace(weights, holder=first)}
    sheets = sheets_of(problem, holders)  # the numbers of files are written as in English
    with catalogue.language(language):
        workbook = Path(path).suffix.lower() in ENDINGS
        write_workbook(sheets, path) if workbook else write_folder(sheets, path)
        return to_complete(problem, weights)


def to_complete(problem: Problem, weights: Weights | None) -> list[str]:
    """Return what a bare table doesn't tell and a question needs, by sheet."""
    fixed = [key for key, estimate in problem.estimates.items() if estimate.low == estimate.high]
    unitless = [leaf.key for leaf in problem.leaves if not leaf.unit]
    ends = []
    for leaf in problem.leaves:
        if leaf.scale:
            low, high = (plain(leaf.scale.anchors[at]) for at in (0, -1))
            ends.append(told("to_complete.end", label=leaf.label, low=low, high=high))
    todo = [told("to_complete.frame", fields=FRAME)]
    if unitless:
        todo.append(told("to_complete.units", criteria=listed(f"'{key}'" for key in unitless)))
    todo.append(told("to_complete.ends", ends=joined(ends)))
    if fixed:
        todo.append(told("to_complete.ranges", cells=counted(len(fixed), "cell")))
    todo.append(told("to_complete.sources"))
    whose = "nobody" if weights is None else "holder"
    todo.append(told(f"to_complete.{whose}", holder=told("to_complete.first_holder")))
    return todo
