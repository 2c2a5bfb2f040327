"""The nearest weights at which an option's weighted sum is largest, exactly, by a linear program."""

from __future__ import annotations

import numpy as np

from mcda.holders.nearest_weights.goal import Nearest
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.sampling.linear_programs import least
from mcda.sampling.polytope import Polytope


def nearest_by_program(
    values: np.ndarray, weights: np.ndarray, option: int, space: Polytope
) -> Nearest:
    """Return the nearest weights at which an option's weighted sum is largest, by a linear program.

    values: (m, n). The variables are rises and falls. Of equally near weights those are taken that
    cost least where a change of the k-th criterion costs k squared: the first criteria move first.
    """
    n = len(weights)
    above = np.vstack(
        [np.delete(values, option, axis=0) - values[option], space.inequalities, -np.eye(n)]
    )
    limits = np.r_[np.zeros(len(values) - 1), space.limits, np.zeros(n)] - above @ weights
    gap = space.sums - space.equalities @ weights
    costs = [np.ones(2 * n), np.tile(np.arange(1.0, n + 1) ** 2, 2)]
    solution = least(
        costs,
        np.hstack([above, -above]),
        limits,
        np.hstack([space.equalities, -space.equalities]),
        gap,
    )
    if solution is None:
        return Nearest(None, np.inf, np.inf)
    if solution.cost <= TIE_TOLERANCE:
        return Nearest(weights, 0.0, 0.0)
    rises, falls = np.split(solution.at, 2)
    return Nearest(np.maximum(weights + rises - falls, 0.0), solution.cost, solution.cost)
