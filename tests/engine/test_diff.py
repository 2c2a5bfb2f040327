"""Decision diff: every change is listed, the parts sum to the whole, and a single change explains all of it."""

from dataclasses import replace

import pytest

import mcda

CHEAP = mcda.weights({"cost": 7, "places": 2, "noise": 1}, "treasury")
LARGE = mcda.weights({"cost": 1, "places": 8, "noise": 1}, "city")


def dearer(problem):
    """The question with a dearer option A."""
    cell = replace(problem.estimates["cost/A"], low=60, mode=80, high=90)
    return replace(problem, estimates={**problem.estimates, "cost/A": cell})


def test_parts_sum_to_the_change(shelter):
    """Estimates, weights, method and floor at once: each option's parts sum to its change of score."""
    before = mcda.Run(shelter, CHEAP, "additive")
    after = mcda.Run(dearer(shelter), LARGE, "topsis", floors=True)
    found = mcda.diff(before, after)
    assert list(found.explained.columns) == ["estimates", "weights", "method", "floors"]
    for option in "ABC":
        change = after.scores.get(option, 0.0) - before.scores.get(option, 0.0)
        assert found.explained.loc[option].sum() == pytest.approx(change)
    assert ("estimates", "cost/A", "5, 10, 20, triangular", "60, 80, 90, triangular") in found.changes.itertuples(
        index=False
    )
    assert ("weights", "holder", "treasury", "city") in found.changes.itertuples(index=False)
    assert found.ranks.loc["A", "rank_before"] == 1 and "leads instead of Option A (A)" in found.finding


def test_one_change_explains_everything(shelter):
    """Only the weights differ."""
    found = mcda.diff(mcda.Run(shelter, CHEAP, "additive"), mcda.Run(shelter, LARGE, "additive"))
    assert list(found.explained.columns) == ["weights"] and "100% weights" in found.finding
    assert found._repr_html_().startswith("<p>3 things changed (weights)")


def test_nothing_changed(shelter):
    """The same run twice, also with a question read twice."""
    copy = replace(shelter, estimates=dict(shelter.estimates))
    found = mcda.diff(mcda.Run(shelter, CHEAP, "topsis"), mcda.Run(copy, CHEAP, "topsis"))
    assert found.changes.empty and found.finding == "Nothing changed."


def test_an_option_more(shelter, make_problem):
    """A newcomer takes over: the options explain it, and its own rank appears."""
    cells = {"A": (10, 30, 20), "B": (40, 90, 80), "C": (70, 60, 10), "D": (5, 95, 5)}
    found = mcda.diff(mcda.Run(shelter, CHEAP, "additive"), mcda.Run(make_problem(cells), CHEAP, "additive"))
    assert found.ranks.loc["D", "rank_after"] == 1 and found.ranks["rank_before"].isna().sum() == 1
    assert ("options", "D", "not there", "Option D") in found.changes.itertuples(index=False)
    assert found.lead["options"] == pytest.approx(found.lead.sum())


def test_runs_with_draws(shelter):
    """Scores are shares of draws in which an option is first; another seed is a change of its own."""
    one = mcda.Run(shelter, CHEAP, "additive", n=2_000, seed=0)
    found = mcda.diff(one, mcda.Run(dearer(shelter), CHEAP, "additive", n=2_000, seed=1))
    assert one.scores.sum() == pytest.approx(1) and list(found.explained.columns) == ["estimates", "draws"]
    assert found.explained.sum(axis=1).to_dict() == pytest.approx(
        (found.ranks["score_after"] - found.ranks["score_before"]).to_dict()
    )
    assert abs(found.lead["draws"]) < 0.1 < abs(found.lead["estimates"])
