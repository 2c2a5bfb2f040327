"""How far each cell of the performance table can move, given the ranges of its inputs."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from mcda.problem.estimates import Drawn
from mcda.problem.model import Criterion, Problem
from mcda.problem.screening import check_problem


def ranges(problem: Problem) -> pd.DataFrame:
    """Return low, mode and high of every cell of the performance table.

    A judged cell has its own range. A derived one is computed with every input at the end of its
    range that lowers (raises) it, where the end is found by moving one input at a time: exact for
    measures that rise or fall throughout in each input. All ends at once are possible, not likely:
    these are bounds, not an interval.

    Parameters
    ----------
    problem : Problem
        The question.

    Returns
    -------
    pandas.DataFrame
        A row for each option and leaf, columns low, mode and high, in natural units.

    Raises
    ------
    InputError
        If `problem` is no `Problem`.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> ranges(ukraine_force.problem()).loc[("OPT06", "C2.1")].round(1).to_dict()
    {'low': 8.0, 'mode': 40.0, 'high': 145.0}
    """
    check_problem(problem)
    cells = pd.MultiIndex.from_product(
        [problem.options.index, [leaf.key for leaf in problem.leaves]],
        names=["option", "criterion"],
    )
    table = pd.DataFrame(_ends(problem), index=cells, columns=["low", "high"], copy=True)
    table.insert(1, "mode", problem.performance.to_numpy().ravel())
    return table


@lru_cache(maxsize=8)  # a question is asked for them again and again: it measures every formula
def _ends(problem: Problem) -> np.ndarray:
    """Return the lowest and highest performance of every cell, (m x n, 2)."""
    bounds = np.stack([_bounds(problem, leaf) for leaf in problem.leaves], axis=1)
    return bounds.reshape(-1, 2)


def _bounds(problem: Problem, leaf: Criterion) -> np.ndarray:
    """Return the lowest and highest performance of every option on a leaf, (m, 2)."""
    if leaf.measure is None:
        ends = np.array(
            [(estimate.low, estimate.high) for estimate in problem.estimates.values()]
        ).T
        return _measured(problem, leaf, ends).T
    return _derived_bounds(problem, leaf)


def _derived_bounds(problem: Problem, leaf: Criterion) -> np.ndarray:
    inputs = sorted(problem.reads[leaf.key])
    options = problem.options.index
    behind = []
    for option in options:
        read = {estimate.key for estimate in problem.inputs(leaf.key, option)}
        behind.append([key in read for key in inputs])
    own = np.array(behind).T
    columns = np.array([problem.position[key] for key in inputs], dtype=int)
    ends = np.array(
        [(problem.estimates[key].low, problem.estimates[key].high) for key in inputs]
    ).reshape(-1, 2)
    moved = np.tile(problem.modes, (len(inputs), 2, 1))
    moved[np.arange(len(inputs))[:, None], [[0, 1]], columns[:, None]] = ends
    at_low, at_high = np.moveaxis(_measured(problem, leaf, moved), 1, 0)
    rises = np.where(own, np.sign(at_high - at_low), 0)
    corners = np.tile(problem.modes, (2, len(options), 1))
    for side, lowering in enumerate((rises, -rises)):
        way = np.where(lowering > 0, ends[:, :1], ends[:, 1:])
        corners[side][:, columns] = np.where(rises == 0, problem.modes[columns, None], way).T
    return np.diagonal(_measured(problem, leaf, corners), axis1=1, axis2=2).T


def _measured(problem: Problem, leaf: Criterion, numbers: np.ndarray) -> np.ndarray:
    return np.broadcast_to(
        leaf.measured(problem, Drawn(problem.estimates, numbers)),
        (*numbers.shape[:-1], len(problem.options)),
    )
