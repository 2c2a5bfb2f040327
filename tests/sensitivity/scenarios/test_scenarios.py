"""Scenarios are live: effects change performances by the stated rule, faults are told at once, draws repeat."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.sensitivity.scenarios.scenarios import COLUMNS

ROWS = [
    ("S1", "Weather", "dry", 20, 40, 60, "", "ALL", "none", None, None, None),
    ("S1", "Weather", "wet", 40, 60, 80, "cost", "A;B", "mult", 1.0, 2.0, 3.0),
    ("S1", "Weather", "wet", 40, 60, 80, "places", "ALL", "add", -30, -10, 0),
    ("S2", "Money", "short", 30, 50, 70, "cost", "ALL", "add", 0, 10, 20),
    ("S2", "Money", "plenty", 30, 50, 70, "", "ALL", "none", None, None, None),
]


def with_scenarios(problem, rows=ROWS):
    """The question with a table of scenarios."""
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {
            name: float
            for name in COLUMNS
            if name.startswith(("prob", "effect_l", "effect_m", "effect_h"))
        }
    )
    return replace(problem, tables={**problem.tables, "scenarios": table})


def test_multipliers_come_before_additions(shelter):
    """Wet and short: cost of A is 10 x 2 + 10, of C only 70 + 10; places lose 10."""
    problem = with_scenarios(shelter)
    table = mcda.performance_in(problem, {"S1": "wet", "S2": "short"})
    assert table["cost"].to_dict() == {"A": 30, "B": 90, "C": 80}
    assert table["places"].to_dict() == {"A": 20, "B": 80, "C": 50}
    pd.testing.assert_frame_equal(mcda.performance_in(problem, {}), problem.performance)
    made = mcda.futures(problem)
    assert made.reference == (0, 1) and len(made.states) == 4
    assert made.label(made.states[3]) == "Weather: wet" and made.label(np.array([0, 1])).startswith(
        "the reference"
    )


def test_draws_are_repeatable_and_follow_their_chances(shelter):
    """The same rows whatever the chunk; states by the modes of their chances; sizes inside their ranges."""
    made = mcda.futures(with_scenarios(shelter))
    states, sizes = made.draw(20_000, seed=0)
    again = made.draw(500, seed=0, first=700)
    assert np.array_equal(states[700:1200], again[0]) and np.array_equal(sizes[700:1200], again[1])
    assert (states[:, 0] == 1).mean() == pytest.approx(0.6, abs=0.015)
    assert (
        sizes[:, 0].min() >= 1
        and sizes[:, 0].max() <= 3
        and sizes[:, 0].mean() == pytest.approx(2, abs=0.02)
    )
    assert not np.array_equal(states, made.draw(20_000, seed=1)[0])
    table = made.performances(made.problem.performance.to_numpy(), states[:5], sizes[:5])
    assert table.shape == (5, 3, 3)


def test_every_fault_is_told_at_once(shelter):
    """Chances that can't sum to 100, an unknown leaf, a negative multiplier, a missing size."""
    rows = [
        ("S1", "Weather", "dry", 20, 30, 35, "height", "ALL", "add", 1, 2, 3),
        ("S1", "Weather", "wet", 20, 30, 40, "cost", "ALL", "mult", -1, 2, 3),
        ("S1", "Weather", "hot", 10, 5, 20, "cost", "ALL", "add", None, 2, 3),
    ]
    with pytest.raises(mcda.InputError) as refused:
        mcda.futures(with_scenarios(shelter, rows))
    told = str(refused.value)
    assert "scenarios.csv row 2: column 'criterion': expected one of 'cost'" in told
    assert (
        "scenarios.csv row 3: column 'effect_low': expected a multiplier of at least 0, found -1"
        in told
    )
    assert (
        "scenarios.csv row 4: column 'effect_low': expected a number such as 12.5, found an empty cell"
        in told
    )
    assert "expected 0 <= low <= mode <= high <= 100, found 10, 5, 20" in told
    with pytest.raises(
        mcda.InputError,
        match=r"ranges of chance that can sum to 100, found lows of 40 and highs of 75",
    ):
        mcda.futures(
            with_scenarios(shelter, [(*row[:6], "cost", "ALL", "add", 1, 2, 3) for row in rows[:2]])
        )
    with pytest.raises(mcda.InputError, match="expected scenarios, found none"):
        mcda.futures(shelter)
    with pytest.raises(
        mcda.InputError, match="state of 'S1': expected one of 'dry', 'wet', found 'hot'"
    ):
        mcda.performance_in(with_scenarios(shelter), {"S1": "hot"})


def test_regret_by_hand(shelter):
    """Scores of every future from the formulas; regret is the best less the own; shares are counted."""
    problem = with_scenarios(shelter)
    weights = mcda.weights({"cost": 5, "places": 3, "noise": 2}, "panel")
    found = mcda.regret(problem, weights, "additive")
    shares = np.array([0.5, 0.3, 0.2])
    for label, states in {
        "Weather: wet; Money: short": {"S1": "wet", "S2": "short"},
        "Money: short": {"S2": "short"},
    }.items():
        by_hand = problem.valued(mcda.performance_in(problem, states).to_numpy()) @ shares
        assert found.scores.loc[label].to_numpy() == pytest.approx(by_hand)
        assert found.regret.loc[label].to_numpy() == pytest.approx(by_hand.max() - by_hand)
    assert found.options["max_regret"].to_dict() == pytest.approx(found.regret.max().to_dict())
    places = [[30, 90, 60], [30, 90, 60], [20, 80, 50], [20, 80, 50]]
    assert found.options["satisficing"].to_dict() == dict(
        zip("ABC", (np.array(places) >= 50).mean(axis=0), strict=True)
    )
    wet = found.states[(found.states["state"] == "wet") & (found.states["option"] == "A")].iloc[0]
    assert wet["regret"] == pytest.approx(found.regret.loc["Weather: wet", "A"])
    assert "<p>Option" in found._repr_html_()


def test_expectations_are_the_corners_of_the_ranges(shelter):
    """One scenario: the worst and the best expectation stand at the ends of its chances, by hand."""
    problem = with_scenarios(shelter, ROWS[:3])
    found = mcda.regret(problem, mcda.equal_weights(shelter), "additive")
    dry, wet = (found.scores.iloc[at]["A"] for at in (0, 1))
    ends = sorted([0.6 * dry + 0.4 * wet, 0.2 * dry + 0.8 * wet])
    row = found.options.loc["A"]
    assert [row["expected_score_low"], row["expected_score_high"]] == pytest.approx(ends)
    assert (
        found.options["expected_regret_low"] <= found.options["expected_regret_high"] + 1e-12
    ).all()


def test_dependence_is_allowed_for(shelter):
    """With two scenarios the bounds hold for any joint distribution, so they contain the independent one."""
    problem = with_scenarios(shelter)
    found = mcda.regret(problem, mcda.equal_weights(shelter), "topsis")
    independent = np.outer([0.4, 0.6], [0.5, 0.5]).ravel() @ found.scores.to_numpy()
    for option, mean in zip(found.scores.columns, independent, strict=True):
        row = found.options.loc[option]
        assert row["expected_score_low"] - 1e-9 <= mean <= row["expected_score_high"] + 1e-9
