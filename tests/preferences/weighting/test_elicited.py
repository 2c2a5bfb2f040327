"""Weights that are asked for, stand in, or are no weights at all: swing, rank order, dispersion."""

from dataclasses import replace

import numpy as np
import pymcdm.weights as peer
import pytest

from mcda import (
    AssumptionWarning,
    InputError,
    Scale,
    dispersion_weights,
    over_leaves,
    rank,
    rank_order_weights,
    swing,
    swing_questions,
    weights,
)


def with_cost_from(problem, worst):
    """The same question with another worst anchor of cost."""
    moved = [
        replace(one, scale=Scale((worst, 0.0), (0.0, 1.0))) if one.key == "cost" else one
        for one in problem.criteria
    ]
    return replace(problem, criteria=tuple(moved))


def test_a_swing_question_shows_both_anchors_with_their_unit(shelter):
    """For each leaf; for a head, those of its leaves."""
    asked = swing_questions(shelter)
    assert asked.loc["cost", "swing"] == "Cost from 100 to 0 EUR m"
    assert all("from" in text and "0 if you don't care" in text for text in asked["question"])
    heads = swing_questions(shelter, heads=True)
    assert (
        heads.loc["people", "swing"]
        == "People (Places from 0 to 100 beds; Noise from 100 to 0 points)"
    )


def test_swing_points_become_weights_that_remember_their_anchors(shelter):
    """Ratios are kept as stated, normalised once; a stated 0 is an answer."""
    made = swing(shelter, {"cost": 100, "places": 60, "noise": 0}, "panel")
    assert made.raw.tolist() == [100, 60, 0] and made.values.round(3).tolist() == [0.625, 0.375, 0]
    assert made.anchors == {"cost": (100.0, 0.0), "places": (0.0, 100.0), "noise": (100.0, 0.0)}
    assert rank(shelter, made, "additive").notes == ()


def test_weights_become_stale_when_an_anchor_moves(shelter):
    """Ranking goes on, with a warning and a note that say which anchor moved and from where."""
    made = swing(shelter, {"money": 100, "people": 60}, "panel")
    told = "weights of 'panel' are stale: given for 'cost' from 100 to 0, which now runs from 120 to 0; ask again"
    with pytest.warns(AssumptionWarning, match=told):
        moved = rank(with_cost_from(shelter, 120.0), made, "topsis")
    assert told in moved.notes
    with pytest.warns(AssumptionWarning, match="given for 'sun' from 0 to 1, which is gone"):
        over_leaves(shelter, replace(made, anchors={"sun": (0.0, 1.0)}))


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ({"cost": 100, "places": 60}, "expected points for 'noise', found none; state 0"),
        ({"cost": 100, "places": 60, "noise": 1, "sun": 3}, "criteria among .*, found .sun."),
        (
            {"cost": 120, "places": 60, "noise": 1},
            "swing points of 'panel' on 'cost': expected 0 to 100, found 120",
        ),
        (
            {"cost": 90, "places": 60, "noise": 1},
            "expected 100 for the swing that is wanted most, found 90 at most",
        ),
        (
            {"cost": 100, "places": -1, "noise": 1},
            "weight of 'places': expected a number of at least 0",
        ),
    ],
)
def test_bad_swing_points_are_refused(shelter, points, message):
    """Each by criterion."""
    with pytest.raises(InputError, match=message):
        swing(shelter, points, "panel")


def test_percent_must_add_up(shelter):
    """Where the numbers are shares, a sum that isn't theirs is refused."""
    assert weights({"a": 60, "b": 40}, "x", total=100).values.tolist() == pytest.approx([0.6, 0.4])
    with pytest.raises(InputError, match="weights of 'x': expected a sum of 100, found 110"):
        weights({"a": 60, "b": 50}, "x", total=100)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("centroid", [0.521, 0.271, 0.146, 0.062]),  # Barron and Barrett (1996), table of n = 4
        ("sum", [0.4, 0.3, 0.2, 0.1]),
        ("reciprocal", [0.48, 0.24, 0.16, 0.12]),
    ],
)
def test_rank_order_weights_as_published(rule, expected):
    """The tables for four criteria; labelled as surrogates."""
    made = rank_order_weights(list("abcd"), "panel", rule)
    assert made.values.to_numpy() == pytest.approx(expected, abs=6e-4)
    assert made.method == f"surrogate: rank order, {rule}" and "stand in" in made.rationale


def test_the_centroid_is_the_middle_of_the_order():
    """Of its corners, and of its draws; ties share, in weights and space."""
    made = rank_order_weights(["a", "b c", "d"], "panel")
    assert made.space.vertices.mean().to_numpy() == pytest.approx(made.values.to_numpy())
    assert made.space.sample(20_000, 0).mean(axis=0) == pytest.approx(
        made.values.to_numpy(), abs=0.005
    )
    tied = rank_order_weights(["a", ("b", "c"), "d"], "panel")
    assert tied.values["b"] == tied.values["c"] == pytest.approx((0.2708 + 0.1458) / 2, abs=1e-3)
    assert np.ptp(tied.space.sample(5, 0)[:, 1:3], axis=1) == pytest.approx(np.zeros(5), abs=1e-12)


def test_bad_orders_are_refused():
    """Another rule, a criterion twice, nothing at all."""
    with pytest.raises(
        InputError,
        match="rule of rank-order weights: expected one of 'centroid', 'sum', 'reciprocal'",
    ):
        rank_order_weights(["a"], "panel", "exponent")
    with pytest.raises(InputError, match="'a' a second time"):
        rank_order_weights(["a", "a"], "panel")
    with pytest.raises(InputError, match="at least one criterion"):
        rank_order_weights([], "panel")


SPREAD = {"A": (0, 30, 20), "B": (100, 100, 80), "C": (70, 0, 10), "D": (20, 45, 90)}


def test_dispersion_agrees_with_pymcdm(make_problem):
    """On values that reach from 0 to 1 both normalise alike; entropy where no value is 0."""
    problem = make_problem({key: (c, p, 100 * (n - 10) / 80) for key, (c, p, n) in SPREAD.items()})
    values = problem.values.to_numpy()
    for rule, theirs in (
        ("CRITIC", peer.critic_weights),
        ("standard deviation", peer.standard_deviation_weights),
    ):
        assert dispersion_weights(problem, rule).values.to_numpy() == pytest.approx(
            theirs(values), abs=1e-9
        )
    positive = make_problem({"A": (10, 30, 20), "B": (40, 90, 80), "C": (70, 60, 10)})
    expected = peer.entropy_weights(positive.values.to_numpy())
    assert dispersion_weights(positive).values.to_numpy() == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("rule", ["entropy", "standard deviation", "CRITIC"])
def test_dispersion_is_labelled_and_withstands_constant_criteria(make_problem, rule):
    """A leaf on which all are alike weighs nothing; the holder's name says that this is nobody's preference."""
    problem = make_problem({"A": (10, 50, 0), "B": (40, 50, 80), "C": (70, 50, 10)})
    made = dispersion_weights(problem, rule)
    assert made.values["places"] == 0 and made.values[["cost", "noise"]].min() > 0
    assert made.holder == made.meaning == "what the spread of the data would say, not a preference"
    assert (
        dispersion_weights(make_problem({"A": (10, 50, 0), "B": (40, 50, 0)}), rule).values["cost"]
        == 1
    )
    with pytest.raises(InputError, match="options: expected some that differ on a leaf"):
        dispersion_weights(make_problem({"A": (10, 50, 0), "B": (10, 50, 0)}), rule)


def test_dispersion_rules_are_listed(shelter):
    """Another word is refused."""
    with pytest.raises(InputError, match="'entropy', 'standard deviation', 'CRITIC', found 'gini'"):
        dispersion_weights(shelter, "gini")
