"""Decision diff: every change is listed, the parts sum to the whole, and a single change explains all of it."""

from dataclasses import replace

import pandas as pd
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
    assert (
        "estimates",
        "cost/A",
        "5, 10, 20, triangular",
        "60, 80, 90, triangular",
    ) in found.changes.itertuples(index=False)
    assert ("weights", "holder", "treasury", "city") in found.changes.itertuples(index=False)
    assert found.ranks.loc["A", "rank_before"] == 1 and "leads instead of Option A" in found.finding


def test_one_change_explains_everything(shelter):
    """Only the weights differ."""
    found = mcda.diff(mcda.Run(shelter, CHEAP, "additive"), mcda.Run(shelter, LARGE, "additive"))
    assert list(found.explained.columns) == ["weights"] and "100% weights" in found.finding
    assert "<p>3 things changed (weights)" in found._repr_html_()


def test_nothing_changed(shelter):
    """The same run twice, also with a question read twice."""
    copy = replace(shelter, estimates=dict(shelter.estimates))
    found = mcda.diff(mcda.Run(shelter, CHEAP, "topsis"), mcda.Run(copy, CHEAP, "topsis"))
    assert found.changes.empty and found.finding == "Nothing changed."


def test_an_option_more(shelter, make_problem):
    """A newcomer takes over: the options explain it, and its own rank appears."""
    cells = {"A": (10, 30, 20), "B": (40, 90, 80), "C": (70, 60, 10), "D": (5, 95, 5)}
    found = mcda.diff(
        mcda.Run(shelter, CHEAP, "additive"), mcda.Run(make_problem(cells), CHEAP, "additive")
    )
    assert found.ranks.loc["D", "rank_after"] == 1 and found.ranks["rank_before"].isna().sum() == 1
    assert ("options", "D", "not there", "Option D") in found.changes.itertuples(index=False)
    assert found.lead["options"] == pytest.approx(found.lead.sum())


def test_runs_with_draws(shelter):
    """Scores are shares of draws in which an option is first; another seed is a change of its own."""
    one = mcda.Run(shelter, CHEAP, "additive", n=2_000, seed=0)
    found = mcda.diff(one, mcda.Run(dearer(shelter), CHEAP, "additive", n=2_000, seed=1))
    assert one.scores.sum() == pytest.approx(1) and list(found.explained.columns) == [
        "estimates",
        "draws",
    ]
    assert found.explained.sum(axis=1).to_dict() == pytest.approx(
        (found.ranks["score_after"] - found.ranks["score_before"]).to_dict()
    )
    assert abs(found.lead["draws"]) < 0.1 < abs(found.lead["estimates"])


def with_beauty(make_problem, cells, **changes):
    """The question with one criterion more under 'people', judged for every option."""
    problem = make_problem(
        {option: numbers[:3] for option, numbers in cells.items()}, frame=mcda.Frame()
    )
    beauty = mcda.Criterion(
        "beauty", "people", "Beauty", "points", "max", scale=mcda.Scale((0.0, 100.0), (0.0, 1.0))
    )
    judged = {
        f"beauty/{option}": mcda.Estimate(f"beauty/{option}", 0, cells[option][3], 100)
        for option in cells
    }
    criteria = (*problem.criteria, beauty)
    return replace(problem, criteria=criteria, estimates={**problem.estimates, **judged}, **changes)


BEAUTIES = {"A": (10, 30, 20, 10), "B": (40, 90, 80, 90), "C": (70, 60, 10, 50)}
FINE = mcda.weights({"cost": 3, "places": 2, "noise": 1, "beauty": 4}, "treasury")


def sums_hold(found, before, after):
    """Whether every option's parts sum to its change of score."""
    change = after.scores.reindex(found.explained.index).fillna(0) - before.scores.reindex(
        found.explained.index
    ).fillna(0)
    return found.explained.sum(axis=1).to_dict() == pytest.approx(change.to_dict())


@pytest.mark.parametrize("method", ["additive", "topsis", "ahp", "pymcdm:VIKOR"])
@pytest.mark.parametrize("back", [False, True])
def test_criteria_and_weights_change_together(shelter, make_problem, method, back):
    """A criterion comes (or goes) with its weight."""
    before, after = (
        mcda.Run(shelter, CHEAP, method),
        mcda.Run(with_beauty(make_problem, BEAUTIES), FINE, method),
    )
    before, after = (after, before) if back else (before, after)
    found = mcda.diff(before, after)
    assert sums_hold(found, before, after)
    assert list(found.explained.columns) == ["estimates", "criteria", "weights"]


def test_local_weights_are_weights(shelter, make_problem):
    """The same statement on heads, spread by other local weights: a change of the weights over the leaves."""
    heads = mcda.weights({"money": 1, "people": 2}, "treasury")
    local = shelter.tables["criteria"].assign(local_weight=[1.0, 1.0, 5.0])
    before, after = (
        mcda.Run(each, heads, "additive")
        for each in (shelter, replace(shelter, tables={"criteria": local}))
    )
    found = mcda.diff(before, after)
    assert list(found.explained.columns) == ["weights"] and sums_hold(found, before, after)
    assert abs(found.explained["weights"]).max() > 0.1


def test_a_floor_moves_with_its_criterion(shelter, make_problem):
    """A floor in force comes with the criterion that proposes it, and is listed as a floor."""
    floored = with_beauty(make_problem, BEAUTIES)
    criteria = tuple(
        replace(one, floor=30.0 if one.key == "beauty" else None) for one in floored.criteria
    )
    before, after = (
        mcda.Run(shelter, CHEAP, "additive"),
        mcda.Run(replace(floored, criteria=criteria), FINE, "additive", floors=True),
    )
    found = mcda.diff(before, after)
    assert sums_hold(found, before, after) and "floors" in found.explained
    assert ("floors", "beauty", "not there", "30") in found.changes.itertuples(index=False)


def test_changes_that_make_no_run_apart_share_a_column(make_problem):
    """One option goes as a criterion comes: its cell there was never judged, so the two can't be told apart."""
    before = mcda.Run(make_problem(), CHEAP, "additive")
    after = mcda.Run(
        with_beauty(make_problem, {option: BEAUTIES[option] for option in "BC"}), FINE, "additive"
    )
    found = mcda.diff(before, after)
    assert list(found.explained.columns) == ["options and criteria", "estimates", "weights"]
    assert sums_hold(found, before, after)


def test_every_criterion_is_another(make_problem):
    """No weight of one version means anything in the other: criteria and weights share a column."""
    other = make_problem()
    renamed = {"cost": "price", "places": "beds", "noise": "peace"}
    criteria = tuple(replace(one, key=renamed.get(one.key, one.key)) for one in other.criteria)
    estimates = {}
    for key, one in other.estimates.items():
        new = f"{renamed[key.split('/')[0]]}/{key.split('/')[1]}"
        estimates[new] = replace(one, key=new)
    after = mcda.Run(
        replace(other, criteria=criteria, estimates=estimates, tables={}),
        mcda.weights({"price": 1, "beds": 8, "peace": 1}, "city"),
        "additive",
    )
    before = mcda.Run(make_problem(), CHEAP, "additive")
    found = mcda.diff(before, after)
    assert "criteria and weights" in found.explained and sums_hold(found, before, after)


def test_a_table_that_formulas_read_is_listed(shelter):
    """Nothing but a table of the question's own differs, and a formula reads it."""

    def measured(problem, drawn):
        return (
            problem.tables["rents"]["rent"].to_numpy()
            * drawn.along("cost", problem.options.index)
            / 10
        )

    criteria = tuple(
        replace(one, measure=measured) if one.key == "cost" else one for one in shelter.criteria
    )
    rents = [pd.DataFrame({"rent": rent}) for rent in ([10.0, 10.0, 10.0], [90.0, 10.0, 10.0])]
    before, after = (
        mcda.Run(replace(shelter, criteria=criteria, tables={"rents": table}), CHEAP, "additive")
        for table in rents
    )
    found = mcda.diff(before, after)
    assert ("options", "table rents", "3 rows", "3 rows") in found.changes.itertuples(index=False)
    assert (
        list(found.explained.columns) == ["options"] and found.explained.loc["A", "options"] < -0.1
    )
