"""Estimates and sources are checked at birth; drawn numbers broadcast over draws."""

import numpy as np
import pytest

from mcda import Drawn, Estimate, InputError, Source


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": 3}, "low <= mode <= high, found 3, 1, 2"),
        ({"high": float("inf")}, "finite low, mode and high"),
        ({"mode": float("nan")}, "finite low, mode and high"),
        ({"kind": "guess"}, "kind: expected one of 'fact'"),
        ({"distribution": "bimodal"}, "distribution: expected one of 'triangular'"),
        ({"key": " "}, "expected a key"),
    ],
)
def test_a_faulty_estimate_is_not_born(change, message):
    """Order, finiteness, kind, distribution and key are checked, and the message says which."""
    with pytest.raises(InputError, match=message):
        Estimate(**({"key": "cost", "low": 0, "mode": 1, "high": 2} | change))


def test_grades_stay_apart_and_inside_their_letters():
    """Reliability is A to F, credibility 1 to 6; a source without either is ungraded."""
    assert Source("S1", reliability="F", credibility="6").grade == "F6"
    assert Source("S1").grade == "ungraded"
    with pytest.raises(InputError, match="reliability: expected one of A to F, found 'G'"):
        Source("S1", reliability="G", credibility="1")
    with pytest.raises(InputError, match="credibility"):
        Source("S1", reliability="A", credibility="12")


def test_a_family_of_estimates_keeps_the_order_of_its_labels():
    """Several lists of labels give an axis each, draws stand in front."""
    drawn = Drawn(["a/x/1", "a/x/2", "a/y/1", "a/y/2"], np.arange(8.0).reshape(2, 4))
    assert drawn.along("a", ["y", "x"], ["2", "1"])[1].tolist() == [[7, 6], [5, 4]]
    assert drawn.along("a", ["x", "z"], ["1"], default=0.0)[:, :, 0].tolist() == [[0, 0], [4, 0]]
    assert drawn["a/x/1"].shape == (2, 1)


def test_a_missing_estimate_is_named():
    """Every missing key is told, unless the family is declared sparse."""
    drawn = Drawn(["a/x"], np.array([1.0]))
    with pytest.raises(InputError, match="'a/y', found no such estimate"):
        drawn.along("a", ["x", "y"])
    assert drawn.read == set()
