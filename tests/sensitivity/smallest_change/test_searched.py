"""The smallest change that a search finds, against another search from ten starts, on random questions."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

import mcda
from mcda.methods.contest import contest
from mcda.sensitivity.smallest_change.moves import allowed_moves


def random_question(seed):
    """Options on leaves whose value functions bend, every cell with a range of its own; and weights."""
    rng = np.random.default_rng(seed)
    options, leaves = (
        [f"o{at}" for at in range(rng.integers(3, 6))],
        [f"c{at}" for at in range(rng.integers(3, 6))],
    )
    criteria, estimates = [], {}
    for key in leaves:
        scale = mcda.Scale((0.0, 40.0, 100.0), (0.0, float(rng.uniform(0.2, 0.8)), 1.0))
        criteria.append(mcda.Criterion(key, "", key, "points", "max", scale=scale))
        for option in options:
            mode, below, above = rng.uniform(15, 85), *rng.uniform(2, 15, 2)
            name = f"{key}/{option}"
            estimates[name] = mcda.Estimate(name, mode - below, mode, mode + above, "points")
    table = pd.DataFrame({"label": options}, index=options)
    stated = mcda.weights(dict(zip(leaves, rng.uniform(1, 9, len(leaves)), strict=True)), "x")
    return mcda.Problem(
        "random", mcda.Frame(title="Random"), table, tuple(criteria), estimates
    ), stated


def by_another_search(problem, stated, method, starts):
    """The least sum of moves at which some rival leads: sequential quadratic programming from random starts."""
    case, best = contest(problem, stated, method), np.inf
    rng = np.random.default_rng(7)
    for rival in np.flatnonzero(~case.leading):
        allowed = allowed_moves(case, problem, int(rival), weights=False, estimates=True)
        for _ in range(starts):
            at = allowed.most * rng.random(len(allowed.most))
            solved = minimize(
                np.sum,
                at,
                method="SLSQP",
                bounds=[(0, most) for most in allowed.most],
                constraints={"type": "ineq", "fun": allowed.lead},
                options={"maxiter": 200},
            )
            if solved.success and allowed.lead(solved.x) >= -1e-9:
                best = min(best, float(solved.x.sum()))
    return best


@pytest.mark.parametrize("seed", range(4))
def test_another_search_finds_nothing_smaller(seed):
    """Nor does it pass the proven bound; where the search is proven to a hundredth, nothing else is tried."""
    problem, stated = random_question(seed)
    found = mcda.fragility(problem, stated, "topsis", "estimates")
    other = by_another_search(problem, stated, "topsis", 3)
    assert found.bound <= other + 1e-6
    assert found.distance <= other * 1.01 + 1e-6 or np.isinf(other)
