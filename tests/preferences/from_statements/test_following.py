"""What follows from statements: the documented case of robust ordinal regression, and brute force."""

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.preferences.from_statements.bounds import are_kept, bounds_of
from mcda.preferences.from_statements.value_model import StatedValues, value_model
from mcda.problem.estimates import Estimate
from mcda.problem.model import Criterion, Frame, Problem
from mcda.problem.value_scales import Scale

from .conftest import plain_problem


def of_performances(table):
    """A question whose scales run from the worst to the best performance of each column."""
    leaves = []
    cells = {}
    names = [f"a{at + 1}" for at in range(len(table))]
    for column, numbers in enumerate(np.transpose(table)):
        scale = Scale((float(min(numbers)), float(max(numbers))), (0.0, 1.0))
        leaves.append(Criterion(f"g{column + 1}", direction="max", scale=scale))
        for name, number in zip(names, numbers, strict=True):
            key = f"g{column + 1}/{name}"
            cells[key] = Estimate(key, number, number, number)
    options = pd.DataFrame({"label": names}, index=names)
    return Problem("ror", Frame(), options, tuple(leaves), cells)


def test_the_documented_case_of_ror():
    """R package ror 1.2, utagms: three alternatives, three criteria, a3 over a2."""
    problem = of_performances([[1.0, 1.0, 1.0], [2.0, 1.0, 1.1], [2.0, 0.5, 3.0]])
    found = mcda.following(problem, [mcda.OptionOver("a3", "a2")], "open")
    assert found.necessary.to_numpy().tolist() == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
    assert found.ranks.loc["a3"].tolist() == [1, 1]
    assert found.representative["rank"].tolist() == [3, 2, 1]


def test_without_statements_open_functions_leave_dominance():
    """Necessary is then: at least as good on every leaf."""
    table = np.random.default_rng(3).integers(0, 4, size=(6, 3)).astype(float)
    table[0] = 0.0
    table[1] = 4.0
    problem = of_performances(table)
    found = mcda.following(problem, [], "open").necessary.to_numpy()
    dominates = (table[:, None] >= table[None]).all(axis=2)
    assert (found == dominates).all()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("functions", ["stated", "open"])
def test_brute_force_agrees(random_problem, seed, functions):
    """Of 40,000 random values those that keep the statement: relations and ranks they show.

    A relation that follows is shown by all of them; one that is possible, and ends of ranks, are
    shown by some, but for what a sample of so many parts misses.
    """
    problem = random_problem(seed, options=5, leaves=2 if functions == "open" else 3)
    truth = problem.values.mean(axis=1)
    best, worst = truth.idxmax(), truth.idxmin()
    said = [mcda.OptionOver(best, worst)]
    found = mcda.following(problem, said, functions)
    model = value_model(problem, said, functions)
    rng = np.random.default_rng(seed)
    spread = np.vstack([rng.dirichlet(np.full(model.size, shape), 20_000) for shape in (0.2, 1.0)])
    spread = np.vstack([spread, np.eye(model.size)])
    (bound,) = bounds_of(said[0], model)
    parts = spread[spread @ bound.clear <= 0]
    scores = parts @ model.options.T
    ahead = scores[:, :, None] - scores[:, None, :]
    assert (ahead.min(axis=0) >= found.least.to_numpy() - 1e-9).all()
    assert (ahead.min(axis=0) - found.least.to_numpy()).max() < 0.1
    assert (found.possible.to_numpy() | (ahead < 0).all(axis=0)).all()
    ranks = 1 + (ahead < -1e-5).sum(axis=2)
    assert (ranks.min(axis=0) >= found.ranks["best"]).all()
    assert (ranks.max(axis=0) <= found.ranks["worst"]).all()
    close = (ranks.min(axis=0) == found.ranks["best"]) & (ranks.max(axis=0) == found.ranks["worst"])
    assert close.sum() >= len(close) - 1


def test_the_representative_keeps_all_and_tells_what_is_necessary(random_problem):
    """It keeps every statement and no necessary preference is turned."""
    problem = random_problem(11, options=5, leaves=4)
    order = problem.values.mean(axis=1).sort_values(kind="stable").index
    said = [mcda.OptionOver(order[-1], order[0]), mcda.SwingOver("c1", "c2", 1.2)]
    for functions in ("stated", "open"):
        found = mcda.following(problem, said, functions)
        score = found.representative["score"]
        weights = found.representative_weights
        assert weights.sum() == pytest.approx(1) and weights["c1"] >= 1.2 * weights["c2"] - 1e-6
        for first in score.index:
            for second in score.index:
                if found.necessary.loc[first, second]:
                    assert score[first] >= score[second] - 1e-6
        assert found.firsts and set(found.ranks.index[found.ranks["worst"] == 1]) <= {
            score.idxmax()
        }


def test_an_exchange_with_open_functions_needs_its_levels():
    problem = plain_problem(np.array([[0.9, 0.1], [0.2, 0.8]]))
    said = mcda.Exchange("c1", 0.2, "c2", 0.1, 0.3, holder="x")
    with pytest.raises(mcda.NotApplicable, match="value functions are open"):
        mcda.following(problem, [said], "open")
    levels = mcda.Exchange("c1", 0.2, "c2", 0.1, 0.3, start=0.2, second_start=0.9, holder="x")
    found = mcda.following(problem, [levels], "open")
    assert not found.necessary.loc["o1", "o2"]


def test_what_keeps_a_bound_is_checked_by_hand():
    """Stated functions: half and half keeps o1 over o2 on this table, a fifth doesn't."""
    problem = plain_problem(np.array([[0.9, 0.1], [0.1, 0.8]]))
    bounds = bounds_of(mcda.OptionOver("o1", "o2"), StatedValues(problem))
    assert are_kept(bounds, np.array([0.5, 0.5])) and not are_kept(bounds, np.array([0.2, 0.8]))


def differences(*pairs):
    """Differences between options by number: first, second, category."""
    made = [mcda.Difference(f"o{one}", f"o{two}", *words) for one, two, *words in pairs]
    return mcda.Differences(tuple(made))


@pytest.mark.parametrize("seed", range(4))
def test_brute_force_agrees_on_differences_and_leads(random_problem, seed):
    """Of random weights those that keep an order of differences and a lead: leads and weights."""
    problem = random_problem(seed, options=4, leaves=3)
    true = np.random.default_rng(seed).dirichlet(np.ones(3))
    scores = problem.values.to_numpy() @ true
    order = 1 + np.argsort(-scores)
    gaps = -np.diff(scores[order - 1])
    large, small = np.argsort(-gaps)[[0, -1]]
    said = [
        differences(
            (order[large], order[large + 1], "moderate"),
            (order[small], order[small + 1], "very weak"),
        ),
        mcda.OptionOver(f"o{order[0]}", f"o{order[-1]}", by=40 * float(gaps.sum())),
    ]
    found = mcda.following(problem, said)
    weights = np.random.default_rng(seed + 50).dirichlet(np.ones(3), 60_000)
    values = weights @ problem.values.to_numpy().T
    step = [values[:, order[at] - 1] - values[:, order[at + 1] - 1] for at in (large, small)]
    lead = values[:, order[0] - 1] - values[:, order[-1] - 1]
    keeps = (step[0] > step[1]) & (step[1] > 0) & (lead >= 0.4 * gaps.sum())
    ahead = values[keeps][:, :, None] - values[keeps][:, None, :]
    least = found.least.to_numpy()
    assert (ahead.min(axis=0) >= least - 1e-3).all()  # the clear margins take a little
    assert (ahead.min(axis=0) - least).max() < 0.02
    drawn = weights[keeps]
    assert found.weights["low"].to_numpy() == pytest.approx(drawn.min(axis=0), abs=0.02)
    assert found.weights["high"].to_numpy() == pytest.approx(drawn.max(axis=0), abs=0.02)


def test_the_clearest_values_are_those_of_a_hand_made_scale():
    """o1 over o2 strong, o2 over o3 weak: at least 4 and 2 steps, 2 apart, of 6 in all."""
    problem = plain_problem(np.array([[1.0], [0.5], [0.0]]))
    said = differences((1, 2, "strong"), (2, 3, "weak"))
    scores = mcda.following(problem, [said], "open").clearest["score"]
    assert scores.tolist() == pytest.approx([1.0, 1 / 3, 0.0], abs=1e-6)


def test_without_a_margin_the_clearest_values_spread_the_weights():
    """Nothing was said, so nothing is kept more clearly by one set of values than by another."""
    problem = plain_problem(np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert mcda.following(problem, []).clearest["score"].tolist() == pytest.approx([0.5, 0.5])


def test_the_largest_least_lead():
    """Three options in a row: the clearest values put the second half way."""
    problem = plain_problem(np.array([[1.0, 0.9], [0.2, 0.9], [0.0, 0.0]]))
    said = [mcda.OptionOver("o1", "o2"), mcda.OptionOver("o2", "o3")]
    scores = mcda.following(problem, said).clearest["score"]
    shares = np.linspace(0.0, 1.0, 100_001)
    leads = np.minimum(0.8 * shares, 0.2 * shares + 0.9 * (1 - shares))
    assert -np.diff(scores).max() == pytest.approx(leads.max(), abs=1e-4)
