"""How far each cell of the performance table can move: the lowest and highest that its inputs' ranges allow."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mcda.problem.evidence import Drawn
from mcda.problem.model import Criterion, Problem


def ranges(problem: Problem) -> pd.DataFrame:
    """Return low, mode and high of every cell, a row for each option and leaf, in natural units.

    A judged cell has its own range. A derived one is computed with every input at the end of its range that lowers
    (raises) it, where the end is found by moving one input at a time: exact for measures that rise or fall
    throughout in each input. All ends at once are possible, not likely: these are bounds, not an interval.

    >>> from criteria import ukraine_force
    >>> ranges(ukraine_force.problem()).loc[("OPT06", "C2.1")].round(1).to_dict()
    {'low': 11.0, 'mode': 40.0, 'high': 125.0}
    """
    cells = pd.MultiIndex.from_product(
        [problem.options.index, [leaf.key for leaf in problem.leaves]], names=["option", "criterion"]
    )  # fmt: skip
    bounds = [_bounds(problem, leaf, at) for at in range(len(problem.options)) for leaf in problem.leaves]
    table = pd.DataFrame(bounds, index=cells, columns=["low", "high"])
    table.insert(1, "mode", problem.performance.to_numpy().ravel())
    return table


def _bounds(problem: Problem, leaf: Criterion, at: int) -> tuple[float, float]:
    """Return the lowest and highest performance of the option at a position on a leaf."""
    inputs = [estimate.key for estimate in problem.inputs(leaf.key, problem.options.index[at])]
    columns = [problem.position[key] for key in inputs]
    ends = np.array([[problem.estimates[key].low, problem.estimates[key].high] for key in inputs])
    moved = np.tile(problem.modes, (len(inputs), 2, 1))
    moved[np.arange(len(inputs))[:, None], [[0, 1]], np.array(columns)[:, None]] = ends
    reached = _measured(problem, leaf, moved)[..., at]
    corners = np.tile(problem.modes, (2, 1))
    for column, (low, high), (at_low, at_high) in zip(columns, ends, reached, strict=True):
        if at_low != at_high:
            corners[:, column] = (low, high) if at_low < at_high else (high, low)
    lowest, highest = _measured(problem, leaf, corners)[..., at]
    return lowest, highest


def _measured(problem: Problem, leaf: Criterion, numbers: np.ndarray) -> np.ndarray:
    return np.broadcast_to(
        leaf.measured(problem, Drawn(problem.estimates, numbers)), (*numbers.shape[:-1], len(problem.options))
    )
