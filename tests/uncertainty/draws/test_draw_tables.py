"""Performances over draws: also of measures that rest on no estimate, which are alike in all draws."""

import numpy as np

import mcda


def half(problem, drawn):
    """A chance that nothing is known of: the same for all."""
    return np.full(len(problem.options), 50.0)


def test_a_chance_that_rests_on_no_estimate(make_problem):
    """It is the same in every draw, whichever options are ranked; one option leads in each."""
    problem = make_problem()
    fixed = problem.with_chance(half, {"B": "A"})
    weights = mcda.weights({"money": 40, "people": 60}, "x")
    for floors in (None, {"places": 20.0}, {"places": 80.0}):
        found = mcda.robustness(
            mcda.sample(fixed, 2000, seed=4), weights, "additive", floors=floors
        )
        assert found.first_rank["acceptability"].sum() == 1
