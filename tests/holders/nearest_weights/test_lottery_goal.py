"""The slopes of a closeness over a box lie between the ends that bound a lead there."""

import numpy as np
import pytest

from mcda import weight_space
from mcda.holders.nearest_weights.lottery_goal import LotteryGoal


@pytest.mark.parametrize("order", [1.5, 2.0, 3.0])
def test_slopes_of_a_closeness_stay_between_their_ends(order):
    """At any weights of a box the slope, by small steps, lies between the lowest and the highest."""
    rng = np.random.default_rng(0)
    values = rng.choice([0.0, 0.3, 0.7, 1.0], (4, 3))
    worth = np.stack([values**order, (1 - values) ** order])
    space = weight_space("abc").polytope
    chances = np.eye(4)[:, [0, 1, 2, 3]] * 0.6 + 0.1
    goal = LotteryGoal(worth, np.ones(3) / 3, 0, space, order, chances=chances)
    step = 1e-6
    for _ in range(200):
        ends = np.sort(rng.random((2, 3)) * rng.choice([0, 1], (2, 3), p=[0.2, 0.8]), axis=0)
        lowest, highest = goal.slopes(ends[None], goal.bends)
        at = rng.dirichlet(np.ones(3))
        if not ((ends[0] <= at - step) & (at + step <= ends[1])).all():
            continue
        beside = at + step * np.vstack([np.eye(3), -np.eye(3)])
        leads = goal.leads(beside)
        slopes = ((leads[:3] - leads[3:]) / (2 * step)).T
        assert (lowest[0] - 1e-6 <= slopes).all() and (slopes <= highest[0] + 1e-6).all()
