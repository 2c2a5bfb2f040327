"""A contest is a ranking in the form that challenges need: the same scores, distances and leaders."""

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.methods.compromise.topsis import distance
from mcda.methods.contest import leading
from mcda.methods.ranks import competition_ranks

METHODS = ["additive", "topsis", "ahp", "ahp:ideal", "ahp:distributive"]


@pytest.mark.parametrize("size", [1.0, 1e-9, 1e5])
def test_leaders_have_the_first_rank(size):
    """Also where what is level with the best is level with what is behind it."""
    rng = np.random.default_rng(8)
    near = [0.0, 1.0, 1.0 + 0.6e-9, 1.0 + 1e-9, 1.0 + 1.2e-9, 1.0 + 1.8e-9]
    for options in (1, 2, 6):
        scores = size * rng.choice(near, (2_000, options))
        assert np.array_equal(leading(scores), competition_ranks(scores) == 1)
        assert np.array_equal(leading(scores[0]), competition_ranks(scores[0]) == 1)


@pytest.mark.parametrize("method", METHODS)
def test_scores_are_those_of_the_ranking(cooling_question, method):
    """Behind the floor and without, for every holder."""
    problem, holders = cooling_question
    for weights in holders.values():
        for floors in (None, True):
            case = mcda.contest(problem, weights, method, floors=floors)
            ranking = mcda.rank(problem, weights, method, floors=floors)
            assert case.leaders == ranking.leaders and case.method == ranking.method
            pd.testing.assert_series_equal(
                case.scores.sort_index(), ranking.table["score"].sort_index()
            )


@pytest.mark.parametrize("method", [*METHODS, mcda.RelativeTopsis(("max",) * 3)])
def test_distances_give_the_same_order(shelter, method):
    """Closeness made from the distances orders options as the method does, wherever the weights lie."""
    case = mcda.contest(shelter.values, [0.2, 0.5, 0.3], method)
    near, far = case.gaps
    for weights in np.random.default_rng(0).dirichlet([1, 1, 1], 20):
        to_best, to_worst = distance(near, weights, case.p), distance(far, weights, case.p)
        theirs = case.score(case.values.to_numpy(), weights)
        assert np.array_equal(mcda.ranks(to_worst / (to_best + to_worst)), mcda.ranks(theirs))


def test_a_method_of_another_form_is_scored_one_by_one(shelter):
    """A function that takes one table alone gets one at a time."""

    def weakest(values, weights):
        assert values.ndim == 2 and weights.ndim == 1
        return (values / np.maximum(weights, 0.01)).min(axis=1)

    case = mcda.contest(shelter, mcda.equal_weights(shelter), weakest)
    assert case.gaps is None
    many = case.scored(case.values.to_numpy(), np.tile(case.weights, (4, 1)))
    assert many.shape == (4, 3) and np.array_equal(many[2], case.scores)


def test_faults_are_named(shelter):
    """Values outside the scales, and floors without a question."""
    with pytest.raises(
        mcda.InputError, match="values: expected numbers from 0 to 1, found 1 to 30"
    ):
        mcda.contest([[1, 30], [2, 20]], [1, 1], "topsis")
    with pytest.raises(
        mcda.InputError, match="expected a question that they belong to, found a table"
    ):
        mcda.contest(shelter.values, [1, 1, 1], "additive", floors={"cost": 1})
