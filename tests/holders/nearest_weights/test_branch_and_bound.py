"""The search box by box against brute force: its bound holds, its price is reached, and last bits move neither."""

from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import weight_space
from mcda.holders.nearest_weights import branch_and_bound
from mcda.holders.nearest_weights.branch_and_bound import nearest_by_boxes
from mcda.holders.price_of_agreement import TOLERANCE
from mcda.methods.compromise.topsis import closeness
from tests.holders.nearest_weights.grid import GRID, around, cheapest, tables


@contextmanager
def boxes_seen():
    """A list that gets the number of boxes of every round of searches."""
    seen = []
    look = branch_and_bound.lower_bounds

    def looking(conditions, boxes, *rest):
        seen.append(len(boxes))
        return look(conditions, boxes, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(branch_and_bound, "lower_bounds", looking)
        yield seen


@settings(max_examples=15, deadline=None)
@given(tables, st.sampled_from(range(len(GRID))), st.booleans(), st.sampled_from([1.5, 2.0, 4.0]))
def test_topsis_prices_agree_with_brute_force(table, at, limited, p):
    """The bound is below every point of the grid that does it; the price is reached, and within the tolerance.

    Only a search that looked at as many boxes as it may ends with a bound that is further below.
    """
    values, weights_ = np.array(table), GRID[at]
    space = around(weights_) if limited else weight_space("abc")
    with np.errstate(invalid="ignore"):
        scores = np.nan_to_num(np.stack([closeness(values, row, p) for row in GRID]), nan=1.0)
    worth, allowed = np.stack([values**p, (1 - values) ** p]), space.contains(GRID)
    for option in range(len(values)):
        with boxes_seen() as seen:
            found = nearest_by_boxes(worth, weights_, option, space.polytope, p, TOLERANCE)
        reached, price, bound = found.weights, found.distance, found.bound
        stopped = sum(seen) >= branch_and_bound.MOST_BOXES
        assert bound <= cheapest(scores, weights_, option, allowed) + 1e-7
        assert price - bound <= TOLERANCE + 1e-12 or np.isinf(bound) or price == np.inf or stopped
        if reached is not None:
            there = closeness(values, reached, p)
            assert there[option] >= there.max() - 1e-7 and space.contains(reached, 1e-7)
            assert abs(reached - weights_).sum() == pytest.approx(price, abs=1e-9)


def test_a_search_that_has_to_stop_says_so(monkeypatch):
    """Without boxes enough nothing is claimed: the bound stays below the price."""
    monkeypatch.setattr("mcda.holders.nearest_weights.branch_and_bound.MOST_BOXES", 1)
    values = np.array([[0.9, 0.1, 0.4], [0.1, 0.9, 0.4], [0.45, 0.45, 0.5]])
    space = weight_space("abc").polytope
    weights_ = np.array([0.6, 0.2, 0.2])
    found = nearest_by_boxes(
        np.stack([values**2, (1 - values) ** 2]), weights_, 1, space, 2.0, 1e-4
    )
    assert found.bound < found.distance - 1e-4


def test_never_is_proven_in_many_dimensions(monkeypatch):
    """Seventeen weights are too many for boxes; a dominated option is ruled out all the same, another has a price."""
    monkeypatch.setattr("mcda.holders.nearest_weights.branch_and_bound.MOST_BOXES", 1)
    values = np.random.default_rng(0).uniform(0.2, 0.9, (5, 17))
    values[4] = values[0] - 0.1
    worth, space = (
        np.stack([values**2, (1 - values) ** 2]),
        weight_space([f"c{at}" for at in range(17)]).polytope,
    )
    weights_ = np.full(17, 1 / 17)
    found = [
        nearest_by_boxes(worth, weights_, option, space, 2.0, TOLERANCE) for option in range(5)
    ]
    assert found[4].distance == found[4].bound == np.inf
    assert all(np.isfinite(one.distance) and one.bound <= one.distance for one in found[:4])


@pytest.mark.parametrize("p", [1.5, 2.0, 4.0])
def test_last_bits_do_not_move_a_price(p):
    """Values that differ in their last bits give prices that agree to far more digits than the whole points shown."""
    values = np.random.default_rng(4).uniform(0.1, 0.9, (5, 5))
    weights_, space = np.full(5, 0.2), weight_space("abcde").polytope
    told = []
    for values_ in (values, values * (1 + 1e-15), np.nextafter(values, 0)):
        worth = np.stack([values_**p, (1 - values_) ** p])
        told.append(
            [nearest_by_boxes(worth, weights_, option, space, p, TOLERANCE) for option in range(5)]
        )
    prices = np.array([[one.distance for one in found] for found in told])
    bounds = np.array([[one.bound for one in found] for found in told])
    finite = np.isfinite(prices[0])
    assert finite.sum() > 2 and (np.isinf(prices) == np.isinf(prices[0])).all()
    assert np.ptp(prices[:, finite], axis=0).max() < 1e-8
    assert (prices[:, finite] - bounds[:, finite] <= TOLERANCE + 1e-12).all()
