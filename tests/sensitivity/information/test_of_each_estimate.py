"""What is worth finding out: a closed form, bounds, shared drivers beside judged cells, the same numbers again."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.cli import main
from mcda.preferences.weighting.stated import with_ranges
from mcda.reporting import language as words

WEIGHTS = mcda.weights({"cost": 3, "places": 4, "noise": 3}, "panel")


def uniform(problem, **ranges):
    """The question with one uniform cell for each range given, all others fixed."""
    estimates = {
        key: replace(one, low=one.mode, high=one.mode) for key, one in problem.estimates.items()
    }
    for key, (low, high) in ranges.items():
        name = key.replace("__", "/")
        estimates[name] = replace(
            estimates[name], low=low, mode=(low + high) / 2, high=high, distribution="uniform"
        )
    return replace(problem, estimates=estimates)


@pytest.mark.slow
def test_one_uniform_cell_in_closed_form(make_problem):
    """Two options, the second level with the first on average: EVPI is a quarter of the half range times the weight."""
    problem = uniform(make_problem({"A": (20, 60, 40), "B": (20, 60, 40)}), places__B=(40, 80))
    found = mcda.value_of_information(mcda.sample(problem, n=100_000, seed=7), WEIGHTS, "additive")
    truth = 0.4 * 0.20 / 4
    for worth, error in (
        (found.evpi, found.evpi.standard_error),
        (found.table.loc["places/B", ["worth", "standard_error"]]),
    ):
        assert abs(worth - truth) <= max(0.02 * truth, 3 * error)
    assert found.table.loc["places", "worth"] == pytest.approx(truth, rel=0.03)
    assert found.evpi.change == pytest.approx(0.5, abs=0.01)


def test_what_is_fixed_is_not_asked_and_a_sure_choice_is_worth_nothing(make_problem):
    """Only drawn estimates are in the table; one option best in every draw makes all of it zero, within an error."""
    problem = uniform(make_problem({"A": (10, 90, 10), "B": (80, 30, 70)}), places__B=(20, 40))
    found = mcda.value_of_information(mcda.sample(problem, n=1_000, seed=0), WEIGHTS, "topsis")
    assert found.table[found.table["kind"] == "estimate"].index.tolist() == ["places/B"]
    assert found.evpi == 0 and (found.table["worth"] == 0).all()
    assert found.finding.endswith(
        "the best in every draw: to know more is worth less than 0.000085 of score."
    )


@pytest.mark.slow
def test_on_the_ukraine_question(ukraine_question):
    """Between nothing and the EVPI, drivers beside cells, weights with ranges, repeatable, progress told."""
    problem, holders = ukraine_question
    told = []
    draws = mcda.sample(problem, n=12_000, seed=2025)
    found = mcda.value_of_information(
        draws,
        holders["Paris"],
        "topsis",
        floors=True,
        progress=lambda part, share: told.append(share),
    )
    again = mcda.value_of_information(draws, holders["Paris"], "topsis", floors=True)
    assert found.table.equals(again.table) and told[-1] == 1.0
    assert found.table["worth"].between(0, float(found.evpi)).all()
    assert {"rotation_multiplier", "unit_cost/land_force", "weights", "C3.2"} <= set(
        found.table.index
    )
    assert (
        found.table.loc["rotation_multiplier", "shared"]
        and not found.table.loc["C1.3/OPT03", "shared"]
    )
    assert not any("OPT01" in key for key in found.table.index)
    assert "<p>Chosen on mean scores" in found._repr_html_()


def test_few_draws_stay_inside_the_bounds(shelter):
    """Ten draws: an answer, its error, nothing negative."""
    found = mcda.value_of_information(mcda.sample(shelter, n=10, seed=1), WEIGHTS, "additive")
    assert (
        found.table["worth"].between(0, float(found.evpi)).all()
        and np.isfinite(found.table["worth"]).all()
    )


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_ranges_on_heads_are_drawn_over_the_leaves(method):
    """Weights that code states for the heads of a question, with ranges, are drawn as those of its own holders are."""
    from criteria import ukraine_force

    problem = ukraine_force.problem()
    points = {criterion.key: 20 for criterion in problem.criteria if not criterion.parent}
    stated = mcda.weights(points, "panel", ranges=dict.fromkeys(points, (5, 60)))
    found = mcda.value_of_information(mcda.sample(problem, n=2_000, seed=1), stated, method)
    assert found.table.loc["weights", "kind"] == "weights" and found.evpi > 0


def test_pairwise_judgements_are_not_swapped_for_points(ukraine_question):
    """AHP's weights come from pairs, which have no ranges: nothing is drawn from the ranges of the points."""
    problem, holders = ukraine_question
    holder = next(holder for holder in holders.values() if holder.pairwise and holder.space)
    draws = mcda.sample(problem, n=500, seed=1)
    assert "weights" in mcda.value_of_information(draws, holder, "additive").table.index
    assert "weights" not in mcda.value_of_information(draws, holder, "ahp:ratings").table.index


def test_one_draw_is_refused(shelter):
    """There is nothing to try on what was learned."""
    with pytest.raises(mcda.InputError, match="at least 2"):
        mcda.value_of_information(mcda.sample(shelter, n=1, seed=0), WEIGHTS, "additive")


def test_the_gain_is_on_the_option_that_is_chosen_without_knowing(make_problem):
    """Where the draws learned from prefer A and all of them B, what is known together is still measured against B."""
    problem = uniform(
        make_problem({"A": (20, 60, 40), "B": (20, 60, 40)}), places__A=(40, 80), places__B=(40, 80)
    )
    for seed in range(100):
        draws = mcda.sample(problem, n=60, seed=seed)
        scores = mcda.additive(draws.values(), WEIGHTS.values.to_numpy())
        if scores[:30].mean(axis=0).argmax() != scores.mean(axis=0).argmax():
            break
    found = mcda.value_of_information(draws, WEIGHTS, "additive")
    tried, choice = scores[30:], list(problem.options.index).index(found.choice)
    gain = (tried.max(axis=1) - tried[:, choice]).mean()
    assert found.table.loc["places", "worth"] == pytest.approx(min(gain, found.evpi))
    assert found.table.loc["places", "change"] == pytest.approx(
        (tried.argmax(axis=1) != choice).mean()
    )
    assert (found.table.loc[["cost", "noise"], ["worth", "change"]] == 0).all(axis=None)
    assert (found.table["standard_error"] > 0).all()


def nested(problem, weights, leaf, outer=1_500, inner=1_000):
    """The worth of knowing every value on one leaf by brute force: draws of it outside, of all else inside."""
    known = np.array([key.startswith(f"{leaf}/") for key in problem.estimates])
    others = mcda.sample(problem, n=inner, seed=92).numbers()
    expected = []
    for one in mcda.sample(problem, n=outer, seed=91).numbers():
        values = problem.valued(problem.measured(np.where(known, one, others)))
        expected.append(mcda.additive(values, weights).mean(axis=0))
    expected = np.array(expected)
    gains = expected.max(axis=1) - expected[:, expected.mean(axis=0).argmax()]
    return gains.mean(), gains.std() / np.sqrt(outer)


def test_criteria_and_weights_agree_with_nested_simulation(make_problem):
    """What all values on one leaf, and the weights, are worth together: brute force says the same within its error."""
    problem = uniform(
        make_problem({"A": (20, 60, 40), "B": (25, 62, 40), "C": (30, 50, 30)}),
        places__A=(30, 90),
        places__B=(40, 84),
        places__C=(30, 70),
        noise__A=(20, 60),
        noise__B=(10, 70),
    )
    found = mcda.value_of_information(mcda.sample(problem, n=40_000, seed=3), WEIGHTS, "additive")
    for leaf in ("places", "noise"):
        truth, error = nested(problem, WEIGHTS.values.to_numpy(), leaf)
        row = found.table.loc[leaf]
        assert abs(row["worth"] - truth) <= 3 * np.hypot(error, row["standard_error"])
        assert truth > 5 * error, "a case in which there is something to find"
    points = {"cost": 30, "places": 40, "noise": 30}
    ranged = mcda.weights(
        points, "panel", ranges={"cost": (20, 40), "places": (10, 70), "noise": (10, 40)}
    )
    row = mcda.value_of_information(
        mcda.sample(problem, n=40_000, seed=3), ranged, "additive"
    ).table.loc["weights"]
    shares = mcda.over_leaves(problem, ranged).space.sample(4_000, 5)
    values = problem.valued(
        problem.measured(mcda.sample(problem, n=40_000, seed=4).numbers())
    ).mean(axis=0)
    best = (shares @ values.T).max(axis=1)
    truth = best.mean() - (shares.mean(axis=0) @ values.T).max()
    assert abs(row["worth"] - truth) <= 3 * np.hypot(
        best.std() / np.sqrt(len(best)), row["standard_error"]
    )


@pytest.mark.thorough
def test_the_estimate_most_worth_finding_out_is_named(ukraine_question):
    """From 100,000 draws of London's answer by TOPSIS: 0.00025, 2.4% of the worth of knowing everything."""
    problem, holders = ukraine_question
    found = mcda.value_of_information(
        mcda.sample(problem, n=100_000, seed=2025), holders["London"], "topsis"
    )
    row = found.table.loc["C1.3/OPT10"]
    assert "The single estimate most worth finding out is C1.3/OPT10" in found.finding
    assert (
        row["worth"] == pytest.approx(0.000246, abs=2 * row["standard_error"])
        and row["standard_error"] < 0.00005
    )
    assert row["of_evpi"] == pytest.approx(0.024, abs=0.005)
    for key, truth in {"C4.4/OPT10": 0.0000472, "C1.3/OPT02": 0.0000233}.items():
        worth = found.worths[key]
        assert worth.low <= truth <= worth.high and worth.high < 0.0001
    assert (found.table["standard_error"] > 0).all()


def test_what_was_drawn_and_what_was_held_is_told(make_problem):
    """Facts, weights or both, in result and finding; where nothing was, no worth is told from draws of nothing."""
    varying = make_problem({"A": (10, 90, 20), "B": (11, 90, 20)})
    fixed = uniform(varying)
    table = pd.DataFrame(
        {"low": [20.0, 20, 20], "mode": [30.0, 40, 30], "high": [50.0, 60, 50]}, WEIGHTS.raw.index
    )
    ranged = with_ranges(WEIGHTS, table)
    nothing = (
        "; no score and no weight has a range: nothing was drawn, so there are no shares of draws."
    )
    none = {"facts": "no range", "weights": "no range"}
    expected = {
        (varying, ranged): (("facts", "weights"), {}, "draws of facts and weights"),
        (varying, WEIGHTS): (
            ("facts",),
            {"weights": "no range"},
            "draws of facts (no weight has a range)",
        ),
        (fixed, ranged): (
            ("weights",),
            {"facts": "no range"},
            "draws of weights (no score has a range)",
        ),
        (fixed, WEIGHTS): ((), none, nothing),
    }
    for (problem, weights), (drawn, held, told) in expected.items():
        found = mcda.value_of_information(mcda.sample(problem, n=200, seed=1), weights, "additive")
        assert (found.drawn, dict(found.held_because)) == (drawn, held) and told in found.finding
        sentence = words.worth_of_information(problem, found)[0]
        assert (
            f"200 draws of {words.what_was_drawn(found)}" if drawn else "nothing was drawn"
        ) in sentence


def test_the_terminal_and_its_document_say_what_the_worth_of_knowing_was_drawn_over(capsys):
    """The fields of the result stand in the JSON of the challenge."""
    assert (
        main(
            [
                "challenge",
                "heparin",
                "--holder",
                "Published swing weights",
                "--draws",
                "200",
                "--json",
            ]
        )
        == 0
    )
    found = json.loads(capsys.readouterr().out)["results"]["value of information"]
    assert (found["drawn"], found["held_because"]) == (["facts"], {"weights": "no range"})
    assert "draws of facts" in found["finding"]
