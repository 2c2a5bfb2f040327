"""What `rank` was given, in one form: a question and its weights, or a bare table with its own.

A bare table that was made into a question already is not made into one again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mcda.methods.method import Choice, find_method
from mcda.methods.textbook.table_methods import TEXTBOOK
from mcda.methods.textbook.table_question import TableQuestion, table_question
from mcda.preferences.weighting.stated import Weights, check_weights
from mcda.problem.bare_table.matrix import Matrix
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem
from mcda.sentences.catalogue import told


@dataclass(frozen=True, eq=False)
class Given:
    """A question, the weights and the method to use, and what must be said of all three."""

    problem: Problem
    weights: Weights
    method: Choice | None
    notes: tuple[str, ...] = ()
    bare: bool = False


def given_question(problem: Any, weights: Any, method: Choice | None) -> Given:
    """Return what was given as a question, weights and a method.

    Raises InputError for what is missing: only a bare table may leave out weights that it brought
    itself, and the method, which is then the textbook's.
    """
    if isinstance(problem, Matrix):
        return _of_table(table_question(problem, weights), method)
    if isinstance(problem, TableQuestion):
        return _of_table(problem, method)
    check_problem(problem)
    check_weights(weights)
    return Given(problem, weights, method)


def _of_table(question: TableQuestion, method: Choice | None) -> Given:
    named = TEXTBOOK if method is None else method
    unnamed = told("ranking_note.unnamed", method=TEXTBOOK)
    # of scales nothing needs to be said where the numbers are read as they stand
    notes = question.notes if find_method(named).reads_values else question.notes[1:]
    notes_told = (unnamed, *notes) if method is None else notes
    return Given(question.problem, question.weights, named, notes_told, bare=True)
