"""Searches in step find what each finds alone, in as many calls as the longest of them makes."""

import numpy as np
import pytest

import mcda
from mcda.problem.searches_in_step import in_step
from mcda.sensitivity.switching.lead_along_a_cell import Board
from mcda.sensitivity.switching.turns import search_turn

WEIGHTS = mcda.weights({"cost": 3, "places": 4, "noise": 3}, "panel")
EDGES = np.array([15.0432109876, 10.0, 19.3, 40.0])


def searched(edges):
    """Return the turns found where another option leads from each edge on, and how often somebody was asked."""
    calls = []

    def answers(which, numbers):
        calls.append(len(numbers))
        return [
            "B" if number >= edges[at] else "" for at, number in zip(which, numbers, strict=True)
        ]

    return in_step([search_turn(np.array([5.0, 20.0])) for _ in edges], answers), len(calls)


def test_in_step_each_finds_what_it_finds_alone():
    """One of the four finds nothing; the calls are those of the longest search, not of all."""
    together, calls = searched(EDGES)
    alone = [searched(EDGES[[at]]) for at in range(len(EDGES))]
    assert together == [turn for (turn,), _ in alone] and together[3] is None
    assert calls == max(count for _, count in alone) < sum(count for _, count in alone)


def test_without_a_search_nobody_is_asked():
    assert searched(np.array([])) == ([], 0)


@pytest.mark.parametrize("method", ["additive", "topsis", "ahp:distributive", "pymcdm:VIKOR"])
def test_many_numbers_are_scored_as_each_alone(make_problem, method, monkeypatch):
    """To the last bit, by cells and by estimates, also where tables are made a few at a time."""
    problem = make_problem({"A": (10, 52, 20), "B": (40, 70, 30), "C": (35, 45, 60)})
    on = Board(mcda.Run(problem, WEIGHTS, method, True, 2.0))
    rows, columns = (at.ravel() for at in np.indices(problem.performance.shape))
    numbers = np.linspace(5, 95, len(rows))
    places = np.array(
        [
            problem.position[f"{problem.leaves[column].key}/{problem.options.index[row]}"]
            for row, column in zip(rows, columns, strict=True)
        ]
    )
    each = zip(rows[:, None], columns[:, None], numbers[:, None], strict=True)
    alone = [on.with_one_cell(*one)[0] for one in each]
    monkeypatch.setitem(Board.with_one_cell.__globals__, "CELLS", 64)
    for scores in (on.with_one_cell(rows, columns, numbers), on.with_one_estimate(places, numbers)):
        np.testing.assert_array_equal(scores, alone)
    assert np.isnan(alone).any() and len(np.unique(np.ravel(alone))) > 4
