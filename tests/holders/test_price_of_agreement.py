"""The price of agreement: the moved weights do it, two ways give one number, and "never" is said where it is proven."""

import numpy as np
import pandas as pd
import pytest

from mcda import InputError, price_of_agreement, rank, weights


def test_topsis_with_exponent_one_is_the_additive_answer(shelter):
    """Two ways to one number: the program and the search."""
    stated = {
        "panel": weights(
            {"money": 3, "people": 1}, "panel", ranges={"money": (2, 3.5), "people": (0.5, 2)}
        )
    }
    additive, by_p = (
        price_of_agreement(shelter, stated, method, p=1) for method in ("additive", "topsis")
    )
    pd.testing.assert_frame_equal(additive.table, by_p.table)
    searched = price_of_agreement(shelter, stated, "topsis", p=1.000001, tolerance=0.001).table
    for reach in ("in range", "without limit"):
        both = np.stack([additive.table[reach], searched[reach]])
        assert both[0] == pytest.approx(both[1], abs=0.002)


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_the_moved_weights_do_it(shelter, method):
    """Ranked with the weights after the change, the option is first; the leader's price is nothing."""
    stated = weights(
        {"money": 3, "people": 1}, "panel", ranges={"money": (1, 4), "people": (0.5, 4)}
    )
    found = price_of_agreement(shelter, {"panel": stated}, method)
    leader = rank(shelter, stated, method).leaders[0]
    assert found.table.loc[("panel", leader), "in range"] == 0
    for (_, option, _), moved in found.moved.items():
        scores = rank(shelter, weights(moved, "moved"), method).table["score"]
        assert scores[option] >= scores.max() - 1e-6
    assert len(found.moved) > 2


def test_never_under_any_weights(make_problem):
    """A dominated option is first for nobody, whatever the weights; that is proven, by either method."""
    problem = make_problem({"A": (10, 30, 20), "B": (40, 90, 80), "C": (50, 20, 85)})
    stated = {
        "x": weights({"money": 1, "people": 1}, "x"),
        "y": weights({"cost": 1, "places": 2, "noise": 1}, "y"),
    }
    for method in ("additive", "topsis"):
        found = price_of_agreement(problem, stated, method)
        assert found.never() == ("C",)
        assert found.table.loc[("y", "C"), "without limit"] == np.inf


def test_bad_methods_are_refused(shelter):
    """Only where the answer can be proven."""
    stated = {"x": weights({"money": 1, "people": 1}, "x")}
    with pytest.raises(InputError, match="one of 'additive', 'topsis', found 'pymcdm:VIKOR'"):
        price_of_agreement(shelter, stated, "pymcdm:VIKOR")
    with pytest.raises(
        InputError, match="exponent p: expected a finite number of at least 1, found inf"
    ):
        price_of_agreement(shelter, stated, "topsis", p=float("inf"))
