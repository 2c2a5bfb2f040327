"""The nearest weights by a linear program against brute force, and which of equally near ones are taken."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda import weight_space
from mcda.holders.nearest_weights.linear_program import nearest_by_program
from tests.holders.nearest_weights.grid import GRID, around, cheapest, tables


@given(tables, st.sampled_from(range(len(GRID))), st.booleans())
def test_additive_prices_agree_with_brute_force(table, at, limited):
    """No point of a fine grid is cheaper; where the program says never, no point of the grid does it."""
    values, weights_ = np.array(table), GRID[at]
    space = around(weights_) if limited else weight_space("abc")
    scores, allowed = GRID @ values.T, space.contains(GRID)
    for option in range(len(values)):
        found, brute = (
            nearest_by_program(values, weights_, option, space.polytope),
            cheapest(scores, weights_, option, allowed),
        )
        assert found.distance == found.bound <= brute + 1e-7
        if found.weights is not None:
            assert abs(found.weights - weights_).sum() == pytest.approx(found.distance, abs=1e-7)
            assert (values @ found.weights)[option] >= (values @ found.weights).max() - 1e-7
            assert space.contains(found.weights, 1e-7)


def test_among_equally_near_weights_what_is_stated_first_moves():
    """Two criteria say the same: the change is told on the first of them, whichever way a solver would have it."""
    values = np.array([[0.2, 0.9, 0.9], [0.9, 0.2, 0.2]])
    found = nearest_by_program(values, np.array([0.4, 0.3, 0.3]), 1, weight_space("abc").polytope)
    assert found.weights == pytest.approx([0.5, 0.2, 0.3], abs=1e-9)
    twice = values[:, [1, 0, 0]]
    found = nearest_by_program(twice, np.array([0.6, 0.2, 0.2]), 1, weight_space("abc").polytope)
    assert found.weights == pytest.approx([0.5, 0.3, 0.2], abs=1e-9)
