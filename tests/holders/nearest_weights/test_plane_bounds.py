"""A plane over a box lies above what it bounds, and a box's lower bound below every change that leads into it."""

import numpy as np
import pytest

from mcda import weight_space
from mcda.holders.nearest_weights.boxes import nearest_in
from mcda.holders.nearest_weights.goal import Goal
from mcda.holders.nearest_weights.lottery_goal import LotteryGoal
from mcda.holders.nearest_weights.plane_bounds import Conditions, Proof, lower_bounds

ORDERS = [1.01, 1.5, 2.0, 4.0]
N = 4


def goal_of(rng, order):
    """Five options on four criteria, some of their values at the ends of the scale."""
    values = rng.choice([0.0, 0.2, 0.5, 0.9, 1.0], (5, N)) * rng.choice([1.0, 0.95], (5, N))
    worth = np.stack([values**order, (1 - values) ** order])
    space = weight_space("abcd").polytope
    return Goal(worth, rng.dirichlet(np.ones(N)), 0, space, order)


def lottery_of(rng, order):
    """The same options, each of which may turn out as the last one."""
    whole = goal_of(rng, order)
    chances = np.eye(5) * 0.7
    chances[:, 4] += 0.3
    parts = (whole.worth, whole.weights, whole.option, whole.space, order)
    return LotteryGoal(*parts, chances=chances)


def box_around(point, rng):
    """A box with a point of sum one in it; now and then one side has no width."""
    sides = rng.uniform(0, 0.4, (2, N)) * rng.choice([0, 1], N, p=[0.1, 0.9])
    return np.stack([np.maximum(point - sides[0], 0), np.minimum(point + sides[1], 1)])


def conditions_of(goal, rng):
    """The leads over all rivals, and one condition that combines them."""
    of_leads = rng.random(5) * (np.arange(5) != goal.option)
    return Conditions(goal, [Proof(of_leads, rng.normal(size=N), float(rng.normal()))])


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("kind", [goal_of, lottery_of])
def test_planes_lie_above_what_they_bound(kind, order):
    """At any weights of a box, whether they sum to one or not."""
    rng = np.random.default_rng(0)
    for _ in range(60):
        goal = kind(rng, order)
        conditions = conditions_of(goal, rng)
        box = box_around(rng.dirichlet(np.ones(N)), rng)
        rows = np.arange(len(conditions.of_leads))
        heights, slopes = goal.planes(box[None], conditions.bends, np.zeros_like(rows), rows)
        inside = box[0] + rng.random((200, N)) * (box[1] - box[0])
        if kind is lottery_of:  # its slopes are proven for weights between a middle's sum and one
            inside = inside[abs(inside.sum(axis=1) - 1) <= abs(box.mean(axis=0).sum() - 1)]
        plane = heights + (inside - box.mean(axis=0)) @ slopes.T
        bounded = goal.leads(inside) @ conditions.of_leads.T
        assert (plane >= bounded - 1e-9).all()


@pytest.mark.parametrize("order", ORDERS)
def test_no_change_into_a_box_is_below_its_bound(order):
    """Weights of the box at which every condition is kept cost at least the bound."""
    rng = np.random.default_rng(1)
    compared = 0
    for _ in range(60):
        goal = goal_of(rng, order)
        conditions = Conditions(goal, [])
        box = box_around(rng.dirichlet(np.ones(N)), rng)
        bound = lower_bounds(conditions, box[None], np.inf)[0]
        tried = rng.dirichlet(np.ones(N), 4_000)
        tried = tried[((box[0] <= tried) & (tried <= box[1])).all(axis=1)]
        kept = tried[(conditions.at(tried) >= 0).all(axis=1)]
        compared += len(kept)
        assert (goal.distance(kept) >= bound - 1e-12).all()
    assert compared > 1_000


def test_the_nearest_point_of_a_box_is_in_it_and_none_is_nearer():
    """It sums to one, and costs twice what must rise or fall, whichever is more."""
    rng = np.random.default_rng(2)
    boxes = np.stack([box_around(rng.dirichlet(np.ones(N)), rng) for _ in range(500)])
    weights = rng.dirichlet(np.ones(N))
    nearest = nearest_in(boxes, weights)
    assert np.allclose(nearest.sum(axis=1), 1)
    assert ((boxes[:, 0] <= nearest) & (nearest <= boxes[:, 1])).all()
    rises = np.maximum(boxes[:, 0] - weights, 0).sum(axis=1)
    falls = np.maximum(weights - boxes[:, 1], 0).sum(axis=1)
    assert np.allclose(abs(nearest - weights).sum(axis=1), 2 * np.maximum(rises, falls))
