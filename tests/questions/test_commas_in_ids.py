"""Options whose ids have a comma, alone and level with others: each stays one option wherever several are told."""

import pandas as pd
import pytest

import mcda
from mcda.commands.challenge import text
from mcda.reporting import figures

TABLE = [[3.0, 9.0, 2.0], [5.0, 4.0, 8.0], [1.0, 7.0, 6.0]]
NAMES = ["Bonn, west", "Berlin, east", "Bonn"]


@pytest.fixture(scope="module")
def question():
    """Three places by three measures with ranges, and one holder whose weights have some."""
    table = pd.DataFrame(TABLE, NAMES, ["rent", "size", "light"])
    problem = mcda.problem_from(
        table,
        low=0.7 * table,
        high=1.3 * table,
        accept=["anchors", "directions", "sources", "units"],
    )
    return problem, mcda.weights({"rent": 5, "size": 3, "light": 2}, "me")


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_what_would_change_the_lead_names_whole_options(question, method):
    """Findings and figures of thresholds: no part of a name is told as an option."""
    problem, weights = question
    found = mcda.challenge(problem, weights, method, n=50, seed=1)
    assert found.failed == {}
    told = text(problem, found, "")
    for name in NAMES[:2]:
        town, side = name.split(", ")
        assert f"{town} and {side}" not in told and f"{side} and {town}" not in told
    switching = mcda.switching_weights(problem, weights, method)
    figures.switching_intervals(problem, switching)
    figures.tornado(problem, mcda.switching_estimates(problem, weights, method))
    axes = figures.smallest_change(problem, {"all": mcda.fragility(problem, weights, method)})
    assert any(name in figures.alternative(axes) for name in NAMES[:2])


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_a_report_with_draws_is_written(question, tmp_path):
    """It said that the toolkit had failed."""
    problem, weights = question
    folder = mcda.report(problem, {"me": weights}, draws=20, seed=1, to=tmp_path / "report.html")
    assert "Bonn, west" in folder.read_text(encoding="utf-8")
