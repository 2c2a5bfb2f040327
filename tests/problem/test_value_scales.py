"""Value scales run from worst to best through fixed anchors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda import InputError, Scale

FALLING = Scale((400.0, 250.0, 150.0, 75.0, 0.0))


def test_anchors_earn_their_values():
    """Each anchor earns its value, and a point between two earns what lies between."""
    assert FALLING.value(np.array(FALLING.anchors)).tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert FALLING.value(np.array(200.0)) == 0.375
    assert FALLING.direction == "min"


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))
def test_value_never_falls_as_performance_improves(one, other):
    """For a criterion to be minimised, less is never worth less."""
    worse, better = max(one, other), min(one, other)
    assert FALLING.value(np.array(worse)) <= FALLING.value(np.array(better))


def test_beyond_an_end_anchor_the_value_is_held_and_told():
    """A performance beyond the worst anchor earns 0, beyond the best 1; both are pointed out."""
    found = np.array([450.0, 0.0, -1.0, 400.0])
    assert FALLING.value(found).tolist() == [0, 1, 1, 0]
    assert FALLING.beyond(found).tolist() == [True, False, True, False]


@pytest.mark.parametrize("anchors", [(0.0, 1.0, 1.0), (0.0, 2.0, 1.0), (1.0,), (0.0, float("nan"))])
def test_anchors_that_turn_round_are_refused(anchors):
    """Anchors rise or fall throughout and are finite."""
    with pytest.raises(InputError, match="only rise or only fall"):
        Scale(anchors, tuple(np.linspace(0, 1, len(anchors))))


@pytest.mark.parametrize("worth", [(0.0, 0.5), (1.0, 0.0), (0.0, 0.0)])
def test_values_rise_from_0_to_1(worth):
    """The worst anchor is worth 0 and the best 1."""
    with pytest.raises(InputError, match="rising from 0 to 1"):
        Scale((0.0, 1.0), worth)


@pytest.mark.parametrize(
    "worth", [(0.0, 0.5, 0.5, 1.0), (0.0, 0.0, 0.5, 1.0), (0.0, 0.5, 1.0, 1.0)]
)
def test_a_scale_with_a_flat_piece_is_refused(worth):
    """Two anchors of one worth: no performance could be told from that worth."""
    with pytest.raises(InputError, match="one each, rising from 0 to 1 with no two the same"):
        Scale((0.0, 1.0, 2.0, 3.0), worth)
