"""Shares of one whole, as tables and sentences show them, add up to it."""

import mcda
from mcda.report import holders, workshop


def test_the_weights_of_a_workshop_add_up(make_problem):
    """A quarter, two eighths and two quarters are 25, 13, 12, 25 and 25: 100, not 101."""
    problem = make_problem()
    priorities = mcda.weights({"money": 1, "people": 7}, "x").values
    shown = workshop.weights(problem, priorities, "x").data.iloc[:, 0]
    assert list(shown) == ["13", "87"] and sum(map(int, shown)) == 100


def test_the_weights_of_every_holder_add_up(make_problem):
    """12.5 and 87.5 are 13 and 87 in the table of holders."""
    problem = make_problem()
    stated = {"x": mcda.weights({"money": 1, "people": 7}, "x")}
    row = holders.weights_table(problem, stated).loc["x"]
    assert sorted(row) == ["13", "87"]
