"""Best estimates are not means: a bent formula at the best estimates, beside its mean over the ranges."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.cli import main
from mcda.reporting import language as words

FROZEN = Path(__file__).parents[2] / "questions" / "frozen" / "ukraine_force"


@pytest.fixture(scope="module")
def ukraine():
    """A state of the question that stands still, with 40 derived cells."""
    return mcda.read_problem(FROZEN)


def squared(problem, estimates):
    """A bent measure: the square of a number, in percent."""
    return estimates.along("x", problem.options.index) ** 2 / 100


@pytest.fixture
def bent():
    """Two options on the square of a number of 0 to 100: the mean of a triangle's square is known."""
    scale = mcda.Scale((0.0, 100.0), (0.0, 1.0))
    leaf = mcda.Criterion("square", unit="points", direction="max", scale=scale, measure=squared)
    options = pd.DataFrame({"label": ["Wide", "Narrow"]}, index=["W", "N"])
    estimates = [mcda.Estimate("x/W", 0, 50, 100), mcda.Estimate("x/N", 49, 50, 51)]
    return mcda.Problem("q", mcda.Frame(), options, (leaf,), {one.key: one for one in estimates})


def test_the_mean_is_that_of_the_formula_over_the_ranges(bent):
    """E x^2 of a triangle 0, 50, 100 is 2500 + 10000/24: 29.17 for 25; the narrow one is within the band."""
    found = mcda.bent_cells(bent)
    assert found["option"].tolist() == ["W"] and found["best"].tolist() == [25.0]
    exact = (2500 + 10_000 / 24) / 100
    assert abs(found["mean"][0] - exact) < 4 * found["error"][0] and 0 < found["error"][0] < 0.5
    assert found["worth"][0] == pytest.approx(abs(found["mean"][0] - 25) / 100)


def test_a_gap_within_the_band_is_not_told(bent):
    """A range half as wide bends by a quarter as much: 1.04 points, less than 2."""
    held = {**bent.estimates, "x/W": mcda.Estimate("x/W", 25, 50, 75)}
    assert mcda.bent_cells(replace(bent, estimates=held)).empty


@pytest.mark.parametrize(
    ("criterion", "option", "best", "mean"),
    [
        ("C3.2", "OPT08", 99.9, 59.4),
        ("C3.2", "OPT07", 51.0, 14.6),
        ("C3.2", "OPT02", 70.6, 47.4),
        ("C3.2", "OPT03", 79.9, 69.1),
        ("C3.2", "OPT10", 33.4, 40.1),
        ("C2.1", "OPT05", 17.5, 25.3),
    ],
)
def test_cells_whose_best_estimate_misleads_are_listed(ukraine, criterion, option, best, mean):
    """The largest by far is a chance of 99.9 at the best estimates, and of 59.4 on average over the draws."""
    found = mcda.check(ukraine).bent.set_index(["criterion", "option"]).loc[(criterion, option)]
    assert (
        found["best"] == pytest.approx(best, abs=0.05)
        and abs(found["mean"] - mean) < 4 * found["error"] + 0.05
    )


def test_the_mean_is_that_of_the_draws(ukraine):
    """By the drawing that every analysis uses, with its correlations, at another seed."""
    drawn = mcda.sample(ukraine, n=20_000, seed=7).performances(0, 20_000)
    at = [leaf.key for leaf in ukraine.leaves]
    for row in mcda.bent_cells(ukraine).itertuples():
        column = drawn[:, ukraine.options.index.get_loc(row.option), at.index(row.criterion)]
        error = np.hypot(row.error, column.std() / np.sqrt(len(column)))
        assert abs(row.mean - column.mean()) < 5 * error, row


def test_a_held_seed_and_another_name_the_same_cells(ukraine):
    """What is named doesn't hang on the draws where a gap is clear of the band."""
    first, second = (mcda.bent_cells(ukraine, seed=seed) for seed in (2025, 1))
    assert (
        first["option"].tolist() == second["option"].tolist()
        and first["mean"].tolist() != second["mean"].tolist()
    )


def test_the_ranking_says_so(ukraine, capsys):
    """In the notes of a ranking, in the text of the command, in the report's sentence; not of an option left out."""
    holder = mcda.read_perspectives(FROZEN, ukraine)["Paris"]
    suffice = ukraine.criterion("C3.2").label
    note = mcda.rank(ukraine, holder, "topsis").notes[-1]
    assert (
        "far from the mean over the ranges" in note
        and f"most for {ukraine.short['OPT08']} on '{suffice}'; {ukraine.short['OPT07']} on '{suffice}'"
        in note
    )
    kept = mcda.rank(ukraine.keep(["OPT02", "OPT03"]), holder, "topsis")
    assert f"{ukraine.short['OPT02']} on '{suffice}'" in kept.notes[-1]
    assert ukraine.short["OPT08"] not in kept.notes[-1]
    asked = ["rank", "ukraine_force", "--holder", "Paris", "--method", "topsis"]
    assert main(asked) == 0
    assert "far from the mean over the ranges" in capsys.readouterr().out
    assert "OPT08 on C3.2 99.9 at the best estimates, 59." in words.bent(mcda.check(ukraine).bent)
    assert words.bent(mcda.check(ukraine).bent.iloc[:0]) == ""
