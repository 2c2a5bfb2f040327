"""Ranges of derived cells are the bounds that their inputs allow."""

import tracemalloc
from itertools import product

import numpy as np
import pytest

from mcda import Criterion, Estimate, Scale, ranges


def test_a_judged_cell_has_its_own_range(shelter):
    """Low, mode and high are those that were judged."""
    assert ranges(shelter).loc[("B", "places")].tolist() == [85, 90, 100]


def test_a_table_of_ranges_is_its_readers_own(shelter):
    """They are measured once; who changes a table doesn't change the next one."""
    first = ranges(shelter)
    first.loc[("B", "places"), "low"] = -1.0
    assert ranges(shelter).loc[("B", "places"), "low"] == 85


def test_judged_cells_take_memory_by_their_number(make_problem):
    """Ten times the options take about ten times the memory, not a hundred times."""
    peaks = []
    for options in (30, 300):
        problem = make_problem({"A" + "x" * at: (10, 30, 20) for at in range(options)})
        assert len(problem.performance) == options
        tracemalloc.start()
        ranges(problem)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 20 * peaks[0]


def test_a_derived_range_is_the_extreme_over_all_corners(make_problem):
    """For a measure that rises in one input and falls in another, the bounds are those of every corner tried."""
    base = make_problem()
    ratio = Criterion(
        "ratio",
        "money",
        "Ratio",
        "EUR",
        "max",
        scale=Scale((0.0, 100.0), (0.0, 1.0)),
        measure=lambda problem, drawn: (
            drawn.along("places", problem.options.index) / drawn["rate"] - drawn["toll"]
        ),
    )
    shared = {"rate": Estimate("rate", 1, 2, 4), "toll": Estimate("toll", -1, 0, 3)}
    problem = make_problem(criteria=(*base.criteria, ratio), estimates={**base.estimates, **shared})
    corners = [places / rate - toll for places, rate, toll in product((85, 100), (1, 4), (-1, 3))]
    found = ranges(problem).loc[("B", "ratio")]
    assert found["low"] == pytest.approx(min(corners)) and found["high"] == pytest.approx(
        max(corners)
    )
    assert np.isclose(found["mode"], 45)


def test_a_measure_that_reads_no_estimate_has_no_width(make_problem):
    """Its low and high are what it says."""
    base = make_problem()
    fixed = Criterion(
        "fixed",
        "money",
        "Fixed",
        "EUR",
        "max",
        scale=Scale((0.0, 100.0), (0.0, 1.0)),
        measure=lambda problem, drawn: np.array([7.0]),
    )
    found = ranges(make_problem(criteria=(*base.criteria, fixed)))
    assert found.xs("fixed", level="criterion").eq(7.0).all(axis=None)
