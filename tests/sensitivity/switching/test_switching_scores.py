"""Switching scores: at the value told the lead changes hands, just before it doesn't, in natural units."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda

FROZEN = Path(__file__).parents[2] / "questions" / "frozen" / "ukraine_force"
WEIGHTS = mcda.weights({"cost": 3, "places": 4, "noise": 3}, "panel")


def with_cell(problem, option, key, number):
    """The question with one judged cell set."""
    name = f"{key}/{option}"
    wide = replace(problem.estimates[name], low=min(number, 0), mode=number, high=max(number, 200))
    return replace(problem, estimates={**problem.estimates, name: wide})


@pytest.mark.parametrize("method", ["additive", "topsis", "ahp:distributive"])
def test_at_the_switch_the_lead_changes(shelter, method):
    """For every cell: beyond the switch another option leads, before it nobody else does."""
    found = mcda.switching_scores(shelter, WEIGHTS, method)
    tried = 0
    for (option, key), cell in found.table.dropna(subset="switch").iterrows():
        step = (cell["switch"] - cell["performance"]) * 0.001
        beyond = mcda.contest(
            with_cell(shelter, option, key, cell["switch"] + step), WEIGHTS, method
        )
        before = mcda.contest(
            with_cell(shelter, option, key, cell["switch"] - step), WEIGHTS, method
        )
        assert before.leaders == found.leaders
        assert ", ".join(beyond.leaders) == cell["then_leads"]
        tried += 1
    assert tried > 3


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_where_no_value_switches_none_does(shelter, method):
    """No performance on the whole scale changes the leader where the table says so."""
    found = mcda.switching_scores(shelter, WEIGHTS, method)
    for (option, key), cell in found.table[found.table["reach"] == "no value does"].iterrows():
        for number in np.linspace(0, 100, 41):
            leaders = mcda.contest(with_cell(shelter, option, key, number), WEIGHTS, method).leaders
            assert set(found.leaders) <= set(leaders), (option, key, number, cell)


def test_a_hand_calculation(shelter):
    """Additive: the lead divided by the weight is the value to gain; the scale turns it into money."""
    scores = mcda.contest(shelter, WEIGHTS, "additive").scores.sort_values(ascending=False)
    second, gap = scores.index[1], scores.iloc[0] - scores.iloc[1]
    value = shelter.values.loc[second, "places"] + gap / 0.4
    found = mcda.switching_scores(shelter, WEIGHTS, "additive").table.loc[(second, "places")]
    if value <= 1:
        assert found["switch"] == pytest.approx(100 * value)
    assert found["reach"] == (
        "no value does"
        if value > 1
        else "within its range"
        if 100 * value <= found["high"]
        else "beyond its range"
    )


def test_a_tie_is_told(make_problem):
    """Two equal leaders switch where they stand."""
    twins = make_problem({"A": (10, 90, 20), "B": (10, 90, 20), "C": (70, 60, 50)})
    found = mcda.switching_scores(twins, WEIGHTS, "additive")
    assert found.finding.startswith("There is no single leader")
    assert found.table.loc[("A", "cost"), "switch"] == pytest.approx(10)


def test_shared_drivers_move_every_option(ukraine_question):
    """On the Ukraine question a driver's switch is one: beyond it another leads, before it the same."""
    problem, holders = ukraine_question
    found = mcda.switching_estimates(problem, holders["Paris"], "additive", floors=True)
    drivers = found.table.loc[[key for key in found.table.index if "/OPT" not in key]]
    assert {"rotation_multiplier", "unit_cost/land_force"} <= set(drivers.index)
    for key, row in found.table.dropna(subset="switch").head(8).iterrows():
        for share, leaders in ((0.999, found.leaders), (1.001, (row["then_leads"],))):
            moved = with_estimate(problem, key, row["mode"] + share * (row["switch"] - row["mode"]))
            assert mcda.rank(moved, holders["Paris"], "additive", floors=True).leaders == leaders


def with_estimate(problem, key, number):
    """The question with one estimate at a number."""
    one = problem.estimates[key]
    moved = replace(one, low=min(number, one.low), mode=number, high=max(number, one.high))
    return replace(problem, estimates={**problem.estimates, key: moved})


def test_the_floor_screens_again_at_every_value_moved():
    """London by TOPSIS: the leader fails just below 30; two options come back at 30 and lead; both tables say so."""
    problem = mcda.read_problem(FROZEN)
    london = mcda.read_perspectives(FROZEN, problem)["London"]
    cells = mcda.switching_scores(problem, london, "topsis", floors=True).table
    inputs = mcda.switching_estimates(problem, london, "topsis", floors=True).table
    expected = {
        "OPT10": ("falls just below 30", "OPT03"),
        "OPT02": ("rises to 30", "OPT02"),
        "OPT01": ("rises to 30", "OPT01"),
    }
    for option, told in expected.items():
        for row in (cells.loc[(option, "C1.3")], inputs.loc[f"C1.3/{option}"]):
            assert (str(row["threshold"]), row["then_leads"]) == told
    assert np.isneginf(inputs.loc["C1.3/OPT10", "lead_at_low"])
    cases = [
        ("OPT10", 29.9, "OPT03", None),
        ("OPT10", 29.0, "OPT03", None),
        ("OPT10", 28.5, "OPT03", None),
        ("OPT10", 30.0, "OPT10", 0.532),
        ("OPT02", 30.0, "OPT02", 0.566),
        ("OPT01", 30.0, "OPT01", 0.602),
    ]
    for option, number, leader, score in cases:
        ranking = mcda.rank(
            with_estimate(problem, f"C1.3/{option}", number), london, "topsis", floors=True
        )
        assert ranking.leaders == (leader,)
        assert score is None or ranking.table["score"].iloc[0] == pytest.approx(score, abs=5e-4)


def test_a_threshold_is_rounded_past_the_switch():
    """London without a floor: at 32.4 the leader stays, at 32.41 it doesn't, so the number printed is 32.5."""
    problem = mcda.read_problem(FROZEN)
    london = mcda.read_perspectives(FROZEN, problem)["London"]
    row = mcda.switching_scores(problem, london, "topsis").table.loc[("OPT02", "C1.3")]
    assert str(row["threshold"]) == "rises to 32.5" and row["then_leads"] == "OPT02"
    for number, leader in ((32.4, "OPT01"), (32.41, "OPT02"), (32.5, "OPT02")):
        assert mcda.rank(
            with_estimate(problem, "C1.3/OPT02", number), london, "topsis"
        ).leaders == (leader,)


def test_they_show_themselves(shelter):
    """The sentence first, then the table."""
    for found in (
        mcda.switching_scores(shelter, WEIGHTS, "topsis"),
        mcda.switching_estimates(shelter, WEIGHTS, "topsis"),
    ):
        assert (
            f"<p>{found.finding[:20]}" in found._repr_html_() and "<caption>" in found._repr_html_()
        )


def test_a_leader_loses_the_lead_behind_a_floor(make_problem):
    """Its score would keep the lead: the floor takes it away, just behind it, and the best of the others leads."""
    problem = make_problem({"A": (0, 60, 0), "B": (50, 55, 50), "C": (60, 60, 60)})
    found = mcda.switching_scores(problem, WEIGHTS, "topsis", floors=True)
    cell = found.table.loc[("A", "places")]
    assert cell["at_floor"] and cell["switch"] == pytest.approx(50) and cell["then_leads"] == "B"
    assert cell["effect"] == "loses the lead" and cell["reach"] == "beyond its range"
    for number, leader in ((50.0001, "A"), (49.9999, "B")):
        changed = with_cell(problem, "A", "places", number)
        assert mcda.rank(changed, WEIGHTS, "topsis", floors=True).leaders == (leader,)


@pytest.mark.parametrize("method", ["additive", "topsis", "ahp:distributive"])
def test_an_excluded_option_takes_the_lead_past_its_floor(make_problem, method):
    """At the floor where its other scores would do, higher where they wouldn't; two floors at once no cell repairs."""
    problem = make_problem(
        {"A": (50, 60, 50), "B": (0, 40, 0), "C": (58, 42, 40), "D": (60, 60, 60)}
    )
    found = mcda.switching_scores(problem, WEIGHTS, method, floors=True)
    assert found.leaders == ("A",)
    assert (
        found.table.loc[("B", "places"), "switch"] == pytest.approx(50)
        and found.table.loc[("B", "places"), "at_floor"]
    )
    assert (
        found.table.loc[("C", "places"), "switch"] > 51
        and not found.table.loc[("C", "places"), "at_floor"]
    )
    for option in "BC":
        switch = found.table.loc[(option, "places"), "switch"]
        assert found.table.loc[(option, "places"), "then_leads"] == option
        for step, leads in ((1e-4, True), (-1e-4, False)):
            changed = with_cell(problem, option, "places", switch + step)
            assert (mcda.rank(changed, WEIGHTS, method, floors=True).leaders == (option,)) == leads
    assert found.table.loc[("B", "cost"), "reach"] == "no value does"
    twice = mcda.switching_scores(
        problem, WEIGHTS, method, floors={"places": 50, "noise": 55, "cost": 55}
    )
    assert (twice.table.loc["D", "reach"] == "no value does").all()


def test_the_closest_switch_names_the_floor(make_problem):
    """The sentence says that a floor is crossed."""
    problem = make_problem({"A": (0, 52, 0), "B": (50, 60, 50)})
    found = mcda.switching_scores(problem, WEIGHTS, "additive", floors=True)
    assert found.finding.endswith(
        "Option A loses the lead if its Places falls just below 50 beds (now 52, range 47 to 62) and so crosses the "
        "minimum; then Option B leads."
    )


def above_the_scale(first):
    """Three options on scales from 0 to 10, each cell within 8 of its best estimate; A leads by c1."""
    cells = pd.DataFrame({"c0": first, "c1": [9.0, 5.0, 2.0]}, index=["A", "B", "C"])
    return mcda.problem_from(
        cells,
        directions={"c0": "max", "c1": "max"},
        low=cells - 8,
        high=cells + 8,
        anchors={"c0": (0, 10), "c1": (0, 10)},
        accept=["sources", "units"],
    )


@pytest.mark.parametrize("floor", [12, 10, 0, -5])
def test_a_floor_beyond_the_anchors_is_crossed_where_it_lies(floor):
    """Where the value scale is flat too: the leader falls behind it there and no sooner."""
    weights = mcda.weights({"c0": 1, "c1": 3}, "panel")
    found = mcda.switching_scores(
        above_the_scale([15.0, 14.0, 14.0]), weights, "additive", floors={"c0": floor}
    )
    cell = found.table.loc[("A", "c0")]
    assert (
        cell["at_floor"]
        and cell["switch"] == pytest.approx(floor, abs=1e-9)
        and cell["then_leads"] == "B"
    )
    assert cell["share"] == pytest.approx((15 - floor) / 16)


def test_an_excluded_option_takes_the_lead_past_a_floor_beyond_the_anchors():
    """At 11 it would lead, and fails a floor of 12: it has to reach 12."""
    weights = mcda.weights({"c0": 1, "c1": 3}, "panel")
    found = mcda.switching_scores(
        above_the_scale([11.0, 14.0, 14.0]), weights, "additive", floors={"c0": 12}
    )
    cell = found.table.loc[("A", "c0")]
    assert (
        cell["at_floor"]
        and cell["switch"] == pytest.approx(12)
        and cell["effect"] == "takes the lead"
    )


def test_topsis_is_euclidean_unless_asked_otherwise(make_problem):
    """The exponent that isn't stated is 2, in the tables of cells and of estimates: 4 switches elsewhere."""
    problem = make_problem({"A": (10, 60, 20), "B": (40, 70, 30)})
    for switching in (mcda.switching_scores, mcda.switching_estimates):
        found = [
            switching(problem, WEIGHTS, "topsis", **given).table["switch"]
            for given in ({}, {"p": 2}, {"p": 4})
        ]
        assert found[0].equals(found[1]) and not found[0].equals(found[2])


def test_stated_anew_at_each_number_the_same_switches_are_found(make_problem, monkeypatch):
    """Where no measure reads best estimates beside what is moved, to type the number is to move it: the same table."""
    from mcda.sensitivity.switching import switching_scores as module

    problem = make_problem({"A": (10, 52, 20), "B": (40, 70, 30)})
    moved = mcda.switching_estimates(problem, WEIGHTS, "additive", floors=True).table
    monkeypatch.setattr(module, "_stands", lambda *_: False)
    typed = mcda.switching_estimates(problem, WEIGHTS, "additive", floors=True).table
    assert moved["switch"].notna().any() and moved["threshold"].equals(typed["threshold"])
    np.testing.assert_allclose(
        typed["switch"].astype(float), moved["switch"].astype(float), rtol=1e-9
    )


@pytest.mark.parametrize("method", ["additive", "topsis", "ahp:distributive"])
def test_the_lead_now_is_over_the_best_that_passes(make_problem, method):
    """Of four options, one behind a floor that would lead: the first score less the second of the ranking."""
    problem = make_problem(
        {"A": (50, 60, 50), "B": (0, 40, 0), "C": (58, 52, 40), "D": (60, 60, 60)}
    )
    first, second = mcda.rank(problem, WEIGHTS, method, floors=True).table["score"].iloc[:2]
    found = mcda.switching_estimates(problem, WEIGHTS, method, floors=True, steps=1)
    assert found.lead == pytest.approx(first - second, abs=1e-12) and found.leaders == ("A",)
    with pytest.raises(mcda.InputError, match="steps"):
        mcda.switching_estimates(problem, WEIGHTS, method, steps=0)
