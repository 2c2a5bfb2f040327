"""Weights say whose they are, are aligned by label, and are normalised once."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda import (
    AssumptionWarning,
    InputError,
    equal_weights,
    over_leaves,
    rank_order_weights,
    weight_space,
    weights,
)
from mcda.preferences.weighting.stated import check_holders, level_of, stale


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
        (
            {"a": float("nan"), "b": 1},
            r"weight of 'a': expected a finite number, found a missing number \(NaN\)",
        ),
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
    assert "a weight for 'cost', found none" in str(error.value) and "found 'cots'" in str(
        error.value
    )


def test_equal_weights_are_on_the_heads(shelter):
    """Splitting a head into more leaves gives it no more weight."""
    assert over_leaves(shelter, equal_weights(shelter)).values["cost"] == 0.5


def test_weights_can_not_be_spread_without_local_weights(make_problem):
    """A question without local weights says all that is missing."""
    with pytest.raises(
        InputError,
        match=r"(?s)local weight of 'cost': .*'places': .*'noise': expected a number, found none",
    ):
        over_leaves(make_problem(tables={}), weights({"people": 1, "money": 1}, "x"))


def test_a_tree_may_mix_leaves_and_heads_at_the_top(make_problem):
    """Weights on the top level are told from weights on the leaves by their names; some names may be on both."""
    problem = make_problem()
    cost = replace(problem.criterion("cost"), parent="")
    mixed = make_problem(
        criteria=(cost, *(one for one in problem.criteria if one.key not in ("money", "cost")))
    )
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


def test_stated_ranges_make_a_space_and_a_step():
    """Low and high stand in their places; the weights stay as they were stated."""
    made = weights({"a": 60, "b": 40}, "x", ranges={"a": (50, 80), "b": (10, 45)})
    assert made.raw.to_dict() == {"a": 60, "b": 40}
    assert made.steps["weights as stated"].to_numpy().tolist() == [[50, 60, 80], [10, 40, 45]]
    drawn = made.space.sample(500, seed=1)
    ratio = drawn[:, 0] / drawn[:, 1]
    assert ratio.min() >= 50 / 45 - 1e-9 and ratio.max() <= 80 / 10 + 1e-9


@pytest.mark.parametrize(
    ("ranges", "message"),
    [
        ({"a": (1, 2)}, "weights of 'x': expected a range for 'b', found none"),
        (
            {"a": (1, 2), "b": (1, 2), "c": (1, 2)},
            "weights of 'x': expected criteria among 'a', 'b', found 'c'",
        ),
        ({"a": (1, 2), "b": 3}, "range of 'b' by 'x': expected low and high"),
        ([1, 2], "ranges of 'x': expected low and high by criterion"),
    ],
)
def test_ranges_that_do_not_fit_are_refused(ranges, message):
    """Each is named."""
    with pytest.raises(InputError, match=message):
        weights({"a": 1.5, "b": 1.5}, "x", ranges=ranges)


@pytest.mark.parametrize("total", [0, -1, float("inf"), "100"])
def test_a_total_is_a_finite_number_above_0(total):
    """And the stated weights have that sum, or are refused with theirs."""
    with pytest.raises(InputError, match="total: expected a finite number above 0"):
        weights({"a": 60, "b": 40}, "x", total=total)
    with pytest.raises(InputError, match="expected a sum of 90, found 100"):
        weights({"a": 60, "b": 40}, "x", total=90)
    with pytest.raises(InputError, match=r"expected a sum of 1, found 1\.4"):
        weights({"a": 0.7, "b": 0.7}, "x", total=1)
    assert weights({"a": 0.3, "b": 0.2}, "x", total=0.5).values["a"] == pytest.approx(0.6)
    assert weights({"a": 60, "b": 40}, "x", total=100).values["a"] == pytest.approx(0.6)


def test_weights_given_under_other_anchors_are_told_when_they_are_spread(shelter):
    """One anchor has moved and one criterion is gone: a sentence each; anchors that stayed are no news."""
    seen = {"cost": (90.0, 0.0), "garden": (0.0, 1.0), "noise": (100.0, 0.0)}
    given_ = weights({"money": 1, "people": 1}, "panel", anchors=seen)
    moved, gone = stale(shelter, given_)
    assert moved == (
        "weights of 'panel' are stale: given for 'cost' from 90 to 0, which now runs from 100 to 0; ask again"
    )
    assert gone == "weights of 'panel' are stale: given for 'garden' from 0 to 1, which is gone"
    with pytest.warns(AssumptionWarning) as told:
        over_leaves(shelter, given_)
    assert [str(one.message) for one in told] == [moved, gone]


def test_weights_are_spread_once_and_stale_ones_told_each_time(shelter):
    """What comes out is kept; with other local weights it is another."""
    given_ = weights({"money": 1, "people": 1}, "panel", anchors={"garden": (0.0, 1.0)})
    spread = []
    for _ in range(2):
        with pytest.warns(AssumptionWarning, match="given for 'garden'"):
            spread.append(over_leaves(shelter, given_))
    assert spread[0] is spread[1]
    with pytest.warns(AssumptionWarning, match="given for 'garden'"):
        local = over_leaves(shelter, given_, dict.fromkeys(shelter.local_weights, 1.0))
    assert not local.values.equals(spread[0].values)


def test_a_space_is_spread_down_the_tree_as_its_weights_are(shelter):
    """Every row that it draws over the heads gives each leaf its local share."""
    space = weight_space(["money", "people"], "money >= 0.3")
    spread = over_leaves(shelter, space)
    heads, leaves = space.sample(50, seed=3), spread.sample(50, seed=3)
    np.testing.assert_allclose(leaves[:, 0], heads[:, 0], rtol=1e-12)
    np.testing.assert_allclose(leaves[:, 1:], heads[:, 1:] * [0.75, 0.25], rtol=1e-12)


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ([weights({"a": 1}, "x")], "holders: expected the weights of each by name"),
        ({}, "holders: expected at least one, found none"),
        ({"": weights({"a": 1}, "x")}, "holder"),
        ({"x": {"a": 1}}, "weights of 'x': expected the weights of a holder"),
    ],
)
def test_what_is_no_holders_weights_is_refused(given_, message):
    """A list, nobody, one without a name, and points without a holder."""
    with pytest.raises(InputError, match=message):
        check_holders(given_)
    check_holders({"x": weights({"a": 1}, "x")})


def test_what_is_no_question_is_refused():
    """By every function that takes one; and what is no weights."""
    for call in (
        equal_weights,
        lambda it: stale(it, weights({"a": 1}, "x")),
        lambda it: level_of(it, ["a"]),
        lambda it: over_leaves(it, weights({"a": 1}, "x")),
    ):
        with pytest.raises(InputError, match="question: expected"):
            call("shelter")


def test_stale_takes_the_weights_of_a_holder(shelter):
    """Points alone are refused."""
    with pytest.raises(InputError, match="weights: expected the weights of a holder"):
        stale(shelter, {"money": 1})


def test_weights_show_themselves():
    """Holder, method, what was stated and its share."""
    shown = weights({"cost": 30, "legal": 10}, "panel")._repr_html_()
    assert "weights of panel" in shown and "0.75" in shown and "stated" in shown
