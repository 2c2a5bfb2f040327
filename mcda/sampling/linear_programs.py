"""Linear programs with one answer: a second cost decides among equally good solutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# the solver's own tolerances, 1e-7, would be wider than the slack within which costs are equal
SHARP = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}


@dataclass(frozen=True, eq=False)
class Solved:
    """A solution (n,), its first cost, and the multipliers of that cost.

    `above` are the multipliers of the rows (at least 0), `equal` those of the equal rows (any
    sign). cost >= above @ (rows @ x - limits) + equal @ (equal rows @ x - sums) wherever x is at
    least `low`, up to the cost of the solution: the multipliers prove it.
    """

    at: np.ndarray
    cost: float
    above: np.ndarray
    equal: np.ndarray


def least(
    costs: Sequence[np.ndarray],
    rows: np.ndarray,
    limits: np.ndarray,
    equal: np.ndarray,
    sums: np.ndarray,
    *,
    slack: float = 1e-9,
    low: float | np.ndarray = 0.0,
    high: float | np.ndarray = np.inf,
) -> Solved | None:
    """Return the x of least cost with rows @ x <= limits and equal @ x == sums; None for no such x.

    x (n,) lies from low to high. costs (n,) are minimised one after the other: each among the
    solutions that cost no more than `slack` above the least of the one before. So which of many
    equal solutions is returned follows from a rule and not from last bits.

    >>> costs = [np.ones(2), np.array([2.0, 1.0])]
    >>> either = least(costs, -np.ones((1, 2)), -np.ones(1), np.zeros((0, 2)), np.zeros(0))
    >>> either.at.round(6).tolist(), round(either.cost, 6)
    ([0.0, 1.0], 1.0)
    """
    from scipy.optimize import linprog

    within = rows
    most = limits
    solved = None
    bounds = np.stack([np.broadcast_to(end, len(costs[0])) for end in (low, high)], axis=1)
    for cost in costs:
        solution = linprog(cost, within, most, equal, sums, bounds=bounds, options=SHARP)
        if not solution.success:
            break
        if solved is None:
            multipliers = solution.ineqlin.marginals, solution.eqlin.marginals
            solved = Solved(solution.x, float(solution.fun), -multipliers[0], multipliers[1])
        solved = Solved(solution.x, solved.cost, solved.above, solved.equal)
        within = np.vstack([within, cost])
        most = np.append(most, solution.fun + slack)
    return solved
