"""The additive benchmark: a weighted mean that anybody can check by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@given(
    arrays(float, (4, 3), elements=st.floats(-100, 100)),
    arrays(float, 3, elements=st.floats(0.01, 9)),
)
def test_it_is_the_weighted_mean(values, weights):
    """Whatever the weights add up to, between the worst and the best value of the row."""
    found = mcda.additive(values, weights)
    np.testing.assert_allclose(found, np.average(values, axis=1, weights=weights), atol=1e-9)
    assert (found >= values.min(axis=1) - 1e-9).all() and (found <= values.max(axis=1) + 1e-9).all()


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@given(arrays(float, (2, 3), elements=st.floats(0, 1)), st.integers(0, 2))
def test_zero_weight_takes_a_criterion_out(values, gone):
    """As if the criterion weren't there."""
    weights = np.array([0.2, 0.3, 0.5])
    weights[gone] = 0
    kept = [at for at in range(3) if at != gone]
    np.testing.assert_allclose(
        mcda.additive(values, weights), mcda.additive(values[:, kept], weights[kept]), atol=1e-12
    )


def test_labels_align_and_come_back():
    """Weights by name in another order; scores by alternative."""
    values = pd.DataFrame(
        [[1.0, 0.0], [0.4, 0.8]], index=["roof", "cellar"], columns=["cost", "room"]
    )
    found = mcda.additive(values, pd.Series({"room": 1, "cost": 3}))
    assert found.round(3).to_dict() == {"roof": 0.75, "cellar": 0.5}


def test_many_weights_at_once():
    """Leading axes of weights and values are draws."""
    values, weights = (
        np.random.default_rng(3).random((2, 4, 3)),
        np.array([[1.0, 0, 0], [0, 0, 1.0]]),
    )
    np.testing.assert_allclose(mcda.additive(values, weights), [values[0, :, 0], values[1, :, 2]])


def test_a_flat_criterion_is_told():
    """A constant column with weight tells nothing apart: an answer, and a warning."""
    with pytest.warns(mcda.AssumptionWarning, match="column 2"):
        assert mcda.additive([[1, 5], [0, 5]], [1, 1]).tolist() == [3.0, 2.5]
