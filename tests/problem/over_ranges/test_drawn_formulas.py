"""What formulas make of draws: worked out once, and the same as when worked out again."""

from dataclasses import replace

import numpy as np
import pytest

import mcda
from mcda.problem.over_ranges.drawn_formulas import KEPT, DrawnFormulas, drawn_formulas
from mcda.problem.over_ranges.means import bent_cells
from mcda.uncertainty.draws.draw_tables import FIRST, Performances


@pytest.fixture
def counted(make_problem):
    """The question of three options with a formula for noise, and the draws for which it was asked."""
    asked = []

    def louder(problem, drawn):
        """Return the noise squared: a bent formula."""
        noise = drawn.along("noise", problem.options.index)
        asked.append(noise.shape[0] if noise.ndim > 1 and len(noise) > FIRST else 0)
        return noise**2 / 10

    criteria = [
        replace(one, measure=louder) if one.key == "noise" else one
        for one in make_problem().criteria
    ]
    return make_problem(criteria=tuple(criteria)), asked


def test_a_formula_is_worked_out_once_for_all_who_read_the_same_draws(counted):
    """Both sides of a floor, the worth of information and the table of means share its draws."""
    problem, asked = counted
    weights = mcda.weights({"cost": 2, "places": 2, "noise": 1}, "x")
    mcda.robustness(mcda.sample(problem, 3000, seed=3), weights, "additive")
    assert sum(asked) == 3000
    mcda.robustness(mcda.sample(problem, 3000, seed=3), weights, "topsis", floors={"places": 60.0})
    mcda.value_of_information(mcda.sample(problem, 2500, seed=3), weights, "additive")
    bent_cells(problem, n=2000, seed=3)
    assert sum(asked) == 3000
    mcda.robustness(mcda.sample(problem, 3000, seed=4), weights, "additive")
    assert sum(asked) == 6000


def test_what_is_kept_is_what_would_be_worked_out_again(counted):
    """For any run of draws, whichever options are ranked, and however much of it is known."""
    problem, _ = counted
    draws = mcda.sample(problem, 5000, seed=5)
    fresh = draws.performances(1000, 3000)
    for first, count in ((0, 1500), (1000, 3000), (1000, 3000)):
        table, _ = Performances(draws, problem, {}).at(first, count)
        some, passes = Performances(draws, problem.keep(["C", "A"]), {"noise": 5.0}).at(
            first, count
        )
        assert (table[:, [2, 0]] == some).all()
    assert (table.T == fresh).all()
    assert (passes[:, 0] == (fresh[:, :, 2] <= 5.0).T).all()


def test_a_formula_that_compares_options_sees_those_that_are_ranked(make_problem):
    """Whoever drew the whole question before: what is shown doesn't hang on what was asked first."""

    def share(problem, drawn):
        """Return each option's share of the noise of all."""
        noise = drawn.along("noise", problem.options.index)
        return 100 * noise / noise.sum(axis=-1, keepdims=True)

    criteria = [
        replace(one, measure=share) if one.key == "noise" else one
        for one in make_problem().criteria
    ]
    problem = make_problem(criteria=tuple(criteria))
    few = problem.keep(["C", "A"])
    draws = mcda.sample(problem, 500, seed=7)
    whole, _ = Performances(draws, problem, {}).at(0, 500)
    for floors in ({}, {"noise": 50.0}):
        ranked, _ = Performances(draws, few, floors).at(0, 500)
        assert ranked[2].sum(axis=0) == pytest.approx(100)
    assert whole[2].sum(axis=0) == pytest.approx(100) and (whole[2][[2, 0]] != ranked[2]).all()


def test_what_is_read_does_not_hang_on_what_was_asked_before(make_problem):
    """Also of a formula that compares options in rare draws alone."""

    def seldom(problem, drawn):
        """Return the noise where some option is very loud, and else 40."""
        noise = drawn.along("noise", problem.options.index)
        return np.where(noise.max(axis=-1, keepdims=True) > 89.2, noise, 40.0)

    criteria = [
        replace(one, measure=seldom) if one.key == "noise" else one
        for one in make_problem().criteria
    ]
    tables = []
    for asks_before in (False, True):
        problem = make_problem(criteria=tuple(criteria))
        draws = mcda.sample(problem, 3000, seed=3)
        if asks_before:
            Performances(draws, problem, {}).at(0, 3000)
        table, _ = Performances(draws, problem.keep(["C", "A"]), {}).at(0, 3000)
        tables.append(table)
    assert (tables[0] == tables[1]).all()


def test_the_room_is_bounded(counted):
    """Draws beyond it are worked out whenever they are asked for; a run is known whole or not at all."""
    problem, _ = counted
    kept = DrawnFormulas(problem)
    assert kept.draws == KEPT // 3
    kept.keep("noise", kept.draws - 10, np.ones((3, 11)))
    assert not kept.known(kept.draws - 10, 10)
    kept.keep("noise", kept.draws - 10, np.ones((3, 10)))
    assert (kept.known(kept.draws - 10, 10)["noise"] == 1).all()
    assert not kept.known(kept.draws - 11, 10)
    assert drawn_formulas(problem, 1, ()) is not drawn_formulas(problem, 2, ())
