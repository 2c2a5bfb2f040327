"""Scenario discovery recovers a planted box, says how well, and doesn't find what isn't there again."""

import re

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.preferences.weighting.stated import over_leaves


@pytest.fixture(scope="module")
def inputs():
    """Six inputs, the last of two values."""
    rng = np.random.default_rng(9)
    table = pd.DataFrame(rng.random((6_000, 6)), columns=list("abcdef"))
    table["f"] = (table["f"] > 0.5).astype(float)
    return table


def test_a_planted_box_is_recovered(inputs):
    """Limits within a peel of those planted, nothing else restricted, and as good on the other half."""
    planted = (inputs["b"] > 0.55) & (inputs["d"] < 0.4) & (inputs["f"] == 1)
    found = mcda.discover_box(inputs, planted)
    assert set(found.rule.index) == {"b", "d", "f"}
    assert found.rule.loc["b", "low"] == pytest.approx(0.55, abs=0.03)
    assert found.rule.loc["d", "high"] == pytest.approx(0.4, abs=0.03)
    assert found.rule.loc["f", "low"] == 1 and np.isinf(found.rule.loc["f", "high"])
    assert (found.rule["found_again"] == 1).all()
    assert min(found.coverage, found.density, found.held_out_coverage, found.held_out_density) > 0.9
    assert found.density == pytest.approx(planted[found.holds(inputs)].mean())
    assert found.coverage == pytest.approx(found.holds(inputs)[planted].mean())


def test_noise_around_a_box_is_told_in_its_density(inputs):
    """Nine of ten inside, one of ten outside."""
    rng = np.random.default_rng(1)
    inside = (inputs["a"] > 0.7) & (inputs["c"] > 0.5)
    happens = rng.random(len(inputs)) < np.where(inside, 0.9, 0.1)
    found = mcda.discover_box(inputs, happens)
    assert set(found.rule.index) == {"a", "c"}
    assert found.density == pytest.approx(0.9, abs=0.05) and found.base < 0.25


def test_pure_chance_is_not_found_again(inputs):
    """Cases without a cause: what half a sample finds, the other half doesn't confirm."""
    happens = np.random.default_rng(2).random(len(inputs)) < 0.3
    found = mcda.discover_box(inputs, happens)
    assert found.held_out_density == pytest.approx(0.3, abs=0.05)
    assert found.rule.empty or found.rule["found_again"].min() < 0.8


def test_faults_are_named(inputs):
    """Sizes, and cases all alike."""
    with pytest.raises(mcda.InputError, match="cases: expected 6000, one for each draw, found 3"):
        mcda.discover_box(inputs, [True, False, True])
    with pytest.raises(
        mcda.InputError, match="expected some true and some false, found all of them alike"
    ):
        mcda.discover_box(inputs, np.zeros(6_000, dtype=bool))


@pytest.mark.slow
def test_on_the_ukraine_question(ukraine_question):
    """The rule is told in the question's words, and its numbers are those of the draws."""
    problem, holders = ukraine_question
    found = mcda.discover(
        mcda.sample(problem, n=4_000, seed=2025), holders["Paris"], "topsis", floors=True
    )
    assert found.leader == "OPT10" and found.box is not None
    assert found.box.density > found.box.base and "It fails most where" in found.finding
    assert "<p>Forward presence" in found._repr_html_()


def test_a_box_holds_at_the_limits_that_are_printed(make_problem):
    """Read from the sentence and counted anew: the share of failures inside, and of all failures, are those told."""
    problem = make_problem({"A": (31, 62, 20), "B": (40, 71, 33), "C": (70, 60, 10)})
    draws = mcda.sample(problem, n=3_000, seed=5)
    found = mcda.discover(draws, mcda.equal_weights(problem), "additive")
    numbers = pd.DataFrame(draws.numbers(0, 3_000), columns=list(problem.estimates))
    leader = list(problem.options.index).index(found.leader)
    shares = over_leaves(problem, mcda.equal_weights(problem)).values.to_numpy()
    scores = problem.valued(problem.measured(numbers.to_numpy())) @ shares
    fails = scores[:, leader] < scores.max(axis=1) - 1e-9
    inside = np.ones(len(numbers), dtype=bool)
    rule = found.finding.partition("It fails most where ")[2].partition(": in ")[0]
    labels = {leaf.label: leaf.key for leaf in problem.leaves}
    told = r"(\w+), Option (\w) is ((?:at (?:least|most) -?[\d.,]+(?: and )?)+)"
    for label, option, ends in re.findall(told, rule):
        key = f"{labels[label]}/{option}"
        for side, shown in re.findall(r"at (least|most) (-?[\d,]+\.?\d*)", ends):
            limit = float(shown.replace(",", ""))
            inside &= numbers[key] >= limit if side == "least" else numbers[key] <= limit
            assert limit == found.box.rule.loc[key, "low" if side == "least" else "high"]
    assert 0 < inside.sum() < len(inside) and len(found.box.rule) == rule.count(" is ")
    assert found.box.density == fails[inside].mean()
    assert found.box.coverage == inside[fails].mean()


def test_a_tie_at_the_best_estimates_is_told(make_problem):
    """The first of two that lead is the one that is looked at; the other is named beside it."""
    level = make_problem({"A": (20, 60, 30), "B": (20, 60, 30), "C": (90, 10, 90)})
    found = mcda.discover(mcda.sample(level, 400, seed=1), mcda.equal_weights(level), "additive")
    told = "Option A, level with Option B at the best estimates, isn't first in "
    assert found.finding.startswith(told)


def test_a_leader_that_never_fails(make_problem):
    """No rule, said so."""
    safe = make_problem({"A": (10, 90, 10), "B": (80, 30, 70)})
    found = mcda.discover(mcda.sample(safe, n=200, seed=0), mcda.equal_weights(safe), "additive")
    assert found.box is None and found.finding.endswith("there is no failure to describe.")
