"""How far each cell of the performance table can move: the lowest and highest that its inputs' ranges allow."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mcda.problem.model import Problem


def ranges(problem: Problem) -> pd.DataFrame:
    """Return low, mode and high of every cell, a row for each option and leaf, in natural units.

    A judged cell has its own range. A derived one is computed with every input at the end of its range that lowers
    (raises) it, where the end is found by moving one input at a time: exact for measures that rise or fall
    throughout in each input. Both ends at once are possible, not likely: these are bounds, not an interval.
    """
    keys = list(problem.estimates)
    ends = {end: np.array([getattr(estimate, end) for estimate in problem.estimates.values()]) for end in ("low", "high")}
    cells = [(option, leaf) for option in problem.options.index for leaf in problem.leaves]
    corners = np.stack([_corner(problem, option, leaf.key, ends, keys, side)
                        for side in (-1, 1) for option, leaf in cells])  # fmt: skip
    measured = problem.measured(corners).reshape(2, len(cells), len(problem.options), len(problem.leaves))
    rows = np.arange(len(cells))
    own = measured[:, rows, rows // len(problem.leaves), rows % len(problem.leaves)]
    mode = problem.performance.to_numpy().ravel()
    index = pd.MultiIndex.from_tuples([(option, leaf.key) for option, leaf in cells], names=["option", "criterion"])
    return pd.DataFrame({"low": own[0], "mode": mode, "high": own[1]}, index=index)


def _corner(problem: Problem, option: str, leaf: str, ends: dict[str, np.ndarray], keys: list[str], side: int) -> np.ndarray:
    """Return all estimates with a cell's inputs at the end that moves it down (side -1) or up (side 1)."""
    inputs = [keys.index(estimate.key) for estimate in problem.inputs(leaf, option)]
    moved = np.tile(problem.modes, (2 * len(inputs), 1))
    for row, column in enumerate(inputs):
        moved[2 * row, column], moved[2 * row + 1, column] = ends["low"][column], ends["high"][column]
    at = problem.options.index.get_loc(option), [entry.key for entry in problem.leaves].index(leaf)
    low, high = side * problem.measured(moved)[:, at[0], at[1]].reshape(-1, 2).T
    corner = problem.modes.copy()
    for column, at_low, at_high in zip(inputs, low, high, strict=True):
        corner[column] = ends["low"][column] if at_low > at_high else ends["high"][column] if at_high > at_low else corner[column]
    return corner
