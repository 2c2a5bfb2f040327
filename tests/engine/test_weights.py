"""Weights say whose they are, are aligned by label, and are normalised once."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda import InputError, equal_weights, over_leaves, rank_order_weights, weights


def test_what_was_stated_is_kept_beside_the_normalised(shelter):
    """Points and percent give the same values; raw stays as stated."""
    stated = weights({"money": 30, "people": 10}, holder="panel")
    assert stated.raw.tolist() == [30, 10] and stated.values.tolist() == [0.75, 0.25]


@given(st.lists(st.floats(0, 1e308), min_size=1, max_size=6).filter(any))
def test_weights_of_any_size_sum_to_one(points):
    """Even numbers whose sum overflows are normalised."""
    made = weights({f"c{i}": point for i, point in enumerate(points)}, holder="x").values
    assert np.isclose(made.sum(), 1) and (made >= 0).all()


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"a": -3, "b": 1}, "weight of 'a': expected a number of at least 0, found -3"),
        ({"a": 0, "b": 0}, "at least one weight above 0"),
        ({"a": float("nan"), "b": 1}, r"weight of 'a': expected a finite number, found a missing number \(NaN\)"),
        ({"a": "4", "b": 1}, "weight of 'a'"),
        ({"a": True, "b": 1}, "found True"),
        (pd.Series([1, 2], index=["a", "a"]), "'a' a second time"),
    ],
)
def test_bad_weights_are_refused_by_name(given_, message):
    """Negative, missing, textual, all-zero and doubled weights each have their message."""
    with pytest.raises(InputError, match=message):
        weights(given_, holder="x") if isinstance(given_, dict) else _born(given_)


def _born(raw):
    from mcda import Weights

    return Weights(raw, "x")


def test_weights_have_a_holder():
    """Nobody's weights are refused."""
    with pytest.raises(InputError, match="the name of their holder"):
        weights({"a": 1}, holder=" ")


def test_heads_are_spread_by_local_weights(shelter):
    """A head's weight is shared among its leaves; the tree is shown as a step."""
    spread = over_leaves(shelter, weights({"people": 40, "money": 60}, holder="x"))
    assert spread.values.round(3).to_dict() == {"cost": 0.6, "places": 0.3, "noise": 0.1}
    assert spread.steps["weights down the tree"].loc["people", "weight"] == pytest.approx(0.4)


def test_own_local_weights_replace_the_suggested_ones(shelter):
    """A stated 0 drops a leaf; the rest of its head takes its share."""
    own = {"cost": 1, "places": 0, "noise": 2}
    spread = over_leaves(shelter, weights({"people": 40, "money": 60}, holder="x"), own)
    assert spread.values.round(3).to_dict() == {"cost": 0.6, "places": 0.0, "noise": 0.4}


def test_leaf_weights_are_put_in_the_order_of_the_question(shelter):
    """Weights are aligned by label, never by position."""
    spread = over_leaves(shelter, weights({"noise": 1, "cost": 2, "places": 7}, holder="x"))
    assert spread.values.round(9).to_dict() == {"cost": 0.2, "places": 0.7, "noise": 0.1}


def test_a_missing_and_an_unknown_criterion_are_both_named(shelter):
    """A typo is told as the unknown it is, and as the weight that is missing for it."""
    with pytest.raises(InputError) as error:
        over_leaves(shelter, weights({"noise": 1, "cots": 2, "places": 7}, holder="panel"))
    assert "a weight for 'cost', found none" in str(error.value) and "found 'cots'" in str(error.value)


def test_equal_weights_are_on_the_heads(shelter):
    """Splitting a head into more leaves gives it no more weight."""
    assert over_leaves(shelter, equal_weights(shelter)).values["cost"] == 0.5


def test_weights_can_not_be_spread_without_local_weights(make_problem):
    """A question without local weights says all that is missing."""
    with pytest.raises(
        InputError, match=r"(?s)local weight of 'cost': .*'places': .*'noise': expected a number, found none"
    ):
        over_leaves(make_problem(tables={}), weights({"people": 1, "money": 1}, "x"))


def test_a_tree_may_mix_leaves_and_heads_at_the_top(make_problem):
    """Weights on the top level are told from weights on the leaves by their names; some names may be on both."""
    problem = make_problem()
    cost = replace(problem.criterion("cost"), parent="")
    mixed = make_problem(criteria=(cost, *(one for one in problem.criteria if one.key not in ("money", "cost"))))
    tops = over_leaves(mixed, weights({"cost": 1, "people": 1}, "x")).values
    assert tops.to_dict() == pytest.approx({"cost": 0.5, "places": 0.375, "noise": 0.125})
    leaves = over_leaves(mixed, weights({"cost": 2, "places": 1, "noise": 1}, "x")).values
    assert leaves.to_dict() == pytest.approx({"cost": 0.5, "places": 0.25, "noise": 0.25})
    with pytest.raises(InputError, match="expected a weight for 'people', found none"):
        over_leaves(mixed, weights({"cost": 1}, "x"))


def test_an_order_takes_any_names_and_no_empty_group():
    """What a name looks like is nothing to the order; a group of none is told."""
    order = rank_order_weights(["x >= y", ["it's", "'a'"]], "panel")
    assert order.space.contains([0.5, 0.25, 0.25])
    assert not order.space.contains([0.25, 0.5, 0.25]).any()
    with pytest.raises(InputError, match="at least one criterion, and in each group"):
        rank_order_weights(["a", []], "panel")


@pytest.mark.parametrize("bad", ["x", float("nan")])
def test_a_local_weight_that_is_no_number_is_named(shelter, bad):
    """Text and NaN are told with the criterion."""
    key = next(iter(shelter.local_weights))
    with pytest.raises(InputError, match=f"local weight of '{key}': expected a finite number"):
        over_leaves(shelter, equal_weights(shelter), {**shelter.local_weights, key: bad})
