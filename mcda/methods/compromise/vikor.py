"""VIKOR: compromise between the largest sum and the smallest worst gap (Opricovic, 1998)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_number
from mcda.methods.decision_table import read_single_table
from mcda.methods.ranks import TIE_TOLERANCE, competition_ranks


def vikor(
    matrix: Any, weights: Any = None, directions: Any = None, *, v: float = 0.5
) -> pd.DataFrame:
    """Return S, R, Q, rank and membership of the compromise set for each alternative.

    S is the weighted sum of gaps to the ideal, R the largest gap, Q mixes the two; of all three
    lower is better. The compromise set is one alternative if its advantage is acceptable and
    stable, otherwise all that are as good (the two conditions of the source). A criterion on which
    all are the same adds no gap.

    Parameters
    ----------
    matrix : array_like of shape (m, n), or Matrix
        Performances in natural units. One that `read_matrix` gave brings the weights and
        directions that aren't given.
    weights : array_like of shape (n,) or mapping of str to float
        Weights in any unit, divided by their sum.
    directions : sequence or mapping of str
        "max" or "min" for each criterion.
    v : float
        The weight of S in Q, 0 to 1.

    Returns
    -------
    pandas.DataFrame
        A row for each alternative, columns S, R, Q, rank and compromise.

    Raises
    ------
    InputError
        As `topsis` does, and for v outside 0 to 1.

    References
    ----------
    Opricovic and Tzeng (2004), European Journal of Operational Research 156.

    Examples
    --------
    >>> vikor([[1, 3000], [2, 3750], [5, 4500]], [1, 1], ["min", "max"])["Q"].tolist()
    [1.0, 0.0, 1.0]
    """
    check_number(v, lambda v: 0 <= v <= 1, "v", "a number from 0 to 1")
    table = read_single_table(matrix, weights, directions)
    oriented = table.matrix * table.signs
    sums, worst, mixed = compromise(oriented, table.weights, v)
    found = pd.DataFrame(
        {"S": sums, "R": worst, "Q": mixed, "rank": competition_ranks(-mixed)}, index=table.rows
    )
    found["compromise"] = _compromise(sums, worst, mixed)
    return found


def compromise(
    oriented: np.ndarray, weights: np.ndarray, v: float = 0.5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return S, R and Q, (..., m) each, of tables (..., m, n) in which higher is better.

    Of S, R and Q lower is better.

    >>> oriented = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    >>> sums, worst, mixed = compromise(oriented, np.array([0.25, 0.75]))
    >>> sums.tolist(), worst.tolist()
    ([0.75, 0.25, 0.0], [0.75, 0.25, 0.0])
    >>> mixed.tolist()
    [1.0, 0.3333333333333333, 0.0]
    """
    best = oriented.max(axis=-2, keepdims=True)
    spread = np.ptp(oriented, axis=-2, keepdims=True)
    gaps = weights[..., None, :] * (best - oriented) / np.where(spread > 0, spread, 1.0)
    sums = gaps.sum(axis=-1)
    worst = gaps.max(axis=-1)
    return sums, worst, v * _unit(sums) + (1 - v) * _unit(worst)


def _unit(gaps: np.ndarray) -> np.ndarray:
    spread = np.ptp(gaps, axis=-1, keepdims=True)
    # shares of a weight of 1: gaps that only rounding sets apart are the same
    apart = spread > TIE_TOLERANCE
    above_least = gaps - gaps.min(axis=-1, keepdims=True)
    return np.where(apart, above_least / np.where(apart, spread, 1.0), 0.0)


def _compromise(sums: np.ndarray, worst: np.ndarray, mixed: np.ndarray) -> np.ndarray:
    """Return which alternatives are proposed together.

    They are the first, and those over which it has no acceptable or stable advantage.
    """
    order = np.argsort(competition_ranks(-mixed), kind="stable")
    if len(order) < 2:
        return np.ones(len(order), dtype=bool)
    first = order[0]
    second = order[1]
    enough = 1 / (len(order) - 1)
    proposed = np.zeros(len(order), dtype=bool)
    proposed[first] = True
    # an advantage that equals the one asked for is enough
    behind = mixed - mixed[first] < enough - TIE_TOLERANCE
    if behind[second]:
        return np.asarray(proposed | behind)
    if sums[first] > sums.min() + TIE_TOLERANCE and worst[first] > worst.min() + TIE_TOLERANCE:
        proposed[second] = True
    return proposed
