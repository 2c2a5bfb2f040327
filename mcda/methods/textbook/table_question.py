"""A bare table as a question with weights: its scales are its own lowest and highest numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import shortly
from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.methods.decision_table import parts_of
from mcda.preferences.weighting.stated import NOBODY, Weights, check_weights
from mcda.preferences.weighting.stated import weights as weights_of
from mcda.problem.bare_table.matrix import Matrix
from mcda.problem.bare_table.problem_from import problem_from
from mcda.problem.model import Problem
from mcda.sentences import catalogue

HOLDER = "the table"
EQUAL = "equal"
GONE_WITHOUT = ("ranges", "sources", "units")


@dataclass(frozen=True, eq=False)
class TableQuestion:
    """A question made of a bare table, the weights that came with it, and what was assumed."""

    problem: Problem
    weights: Weights
    notes: tuple[str, ...]


def table_question(
    matrix: Matrix, weights: Any = None, *, low: Any = None, high: Any = None
) -> TableQuestion:
    """Return the question of a table, under the weights given or those that the table brought.

    Parameters
    ----------
    matrix : Matrix
        The table as it was read.
    weights : Weights, mapping of str to float, sequence or "equal", optional
        Whose weights; without them those of the table.
    low, high : pandas.DataFrame, optional
        Ranges of the cells, in place of those of the table.

    Returns
    -------
    TableQuestion
        Question, weights and notes.

    Raises
    ------
    InputError
        For weights or directions that neither the table nor the caller tells.

    Examples
    --------
    >>> table = pd.DataFrame({"cost": [9.0, 7.0], "reach": [3.0, 4.0]}, index=["A", "B"])
    >>> found = table_question(Matrix("sites", table, {"cost": "min", "reach": "max"}), "equal")
    >>> found.problem.values.loc["B"].tolist(), found.weights.holder
    ([1.0, 1.0], 'equal weights')
    """
    equal = isinstance(weights, str) and weights.strip().lower() == EQUAL
    given = np.ones(len(matrix.performances.columns)) if equal else weights
    table, stated, directions = parts_of(matrix, given, None)
    flat = [str(key) for key in table.columns if table[key].nunique() == 1]
    problem = problem_from(
        replace(matrix, directions=directions),
        anchors=_ends(matrix, table, directions, low, high),
        low=low,
        high=high,
        accept=GONE_WITHOUT,
    )
    notes = [catalogue.told("ranking_note.scales")]
    if flat:
        criteria = catalogue.listed(f"'{key}'" for key in flat)
        notes.append(catalogue.told("ranking_note.flat", criteria=criteria))
    if matrix.thresholds:
        notes.append(catalogue.told("ranking_note.thresholds"))
    used = _equal(problem) if equal else _weights(stated, problem)
    return TableQuestion(problem, used, tuple(notes))


def _ends(
    matrix: Matrix, table: pd.DataFrame, directions: Mapping[str, str], low: Any, high: Any
) -> dict[str, tuple[float, float]]:
    """Return the worst and best number of each criterion, over its ranges where it has any."""
    lowest = matrix.low if low is None else low
    highest = matrix.high if high is None else high
    ends = {}
    for key in table.columns:
        least = float(_ranged(table, lowest, key).min())
        most = float(_ranged(table, highest, key).max())
        is_cost = directions[key] == "min"
        # a scale of no length has no middle: one step away, all options are worth nothing
        if not most > least and is_cost:
            least = most - 1.0
        elif not most > least:
            most = least + 1.0
        ends[str(key)] = (most, least) if is_cost else (least, most)
    return ends


def _ranged(table: pd.DataFrame, bounds: Any, key: Any) -> pd.Series:
    """Return the ends of a criterion's ranges on one side, or its numbers where it has no ranges."""
    if bounds is None or key not in bounds:
        return table[key]
    return bounds[key]


def _equal(problem: Problem) -> Weights:
    series = pd.Series(1.0, index=[leaf.key for leaf in problem.leaves])
    return Weights(series, NOBODY, "equal", rationale="nobody stated these weights")


def _weights(given: Any, problem: Problem) -> Weights:
    """Return what was given, or what the table brought, as weights with a holder."""
    keys = [leaf.key for leaf in problem.leaves]
    if isinstance(given, Weights):
        check_weights(given)
        return given
    if isinstance(given, Mapping | pd.Series):
        by_name = {str(key): number for key, number in dict(given).items()}
        refuse(_name_faults(by_name, keys))
        return weights_of({key: by_name[key] for key in keys}, HOLDER)
    if isinstance(given, str | bytes) or np.ndim(given) != 1 or len(given) != len(keys):
        expected = f"'equal', or a number for each of {known(keys)}"
        raise InputError(Fault("weights", expected, shortly(given), "such as weights='equal'"))
    return weights_of(dict(zip(keys, given, strict=True)), HOLDER)


def _name_faults(given: Mapping[str, Any], keys: list[str]) -> list[Fault]:
    """Return the faults of weights by name: a criterion that isn't there, and one without."""
    unknown = [
        Fault(f"weight of '{key}'", f"criteria among {known(keys)}", "no such criterion")
        for key in given
        if key not in keys
    ]
    missing = [
        Fault(f"criterion '{key}'", "a weight", "none", "state it, 0 if it doesn't count")
        for key in keys
        if key not in given
    ]
    return unknown + missing
