"""Floors and dominance are settled before anything is scored."""

from dataclasses import replace

import numpy as np
import pytest

import mcda
from mcda import InputError, dominance, screen
from mcda.problem.screening import keep_passing
from mcda.sensitivity.switching.lead_along_a_cell import Board


def test_no_floor_excludes_nothing(shelter):
    """Floors are off unless asked for, although the question proposes one."""
    passed, excluded = screen(shelter)
    assert passed is shelter and excluded.empty


def test_an_option_below_a_floor_is_excluded_with_its_reason(shelter):
    """The proposed floor of 50 beds removes A, and the reason says by how much."""
    passed, excluded = screen(shelter, True)
    assert list(passed.options.index) == ["B", "C"]
    assert excluded.loc["A", "reason"] == "Places of 30 beds is below the minimum of 50"


def test_a_floor_on_what_is_minimised_is_a_ceiling(shelter):
    """A floor of 40 on cost lets 40 pass and stops 70."""
    assert list(screen(shelter, {"cost": 40})[1].index) == ["C"]


def test_what_passes_is_kept_without_reasons(shelter):
    """The same question, and not a copy, as `screen` gives."""
    for floors in (None, True, {"cost": 40}):
        assert keep_passing(shelter, floors) is screen(shelter, floors)[0]
    with pytest.raises(InputError, match="at least one option that passes"):
        keep_passing(shelter, {"places": 1000})


@pytest.mark.parametrize(
    ("floors", "message"),
    [
        ({"money": 3}, "floor on 'money': expected a finite number on a leaf"),
        ({"cost": float("nan")}, "floor on 'cost'"),
        ({"cost": "30"}, "found '30'"),
        ({"places": 1000}, "at least one option that passes"),
    ],
)
def test_a_floor_that_makes_no_sense_is_refused(shelter, floors, message):
    """Heads, words and floors nobody passes are errors that name the criterion or say so."""
    with pytest.raises(InputError, match=message):
        screen(shelter, floors)


def test_dominance_on_a_table_made_by_hand(make_problem):
    """B beats A everywhere; C beats nobody; equal options don't dominate each other."""
    problem = make_problem(
        {"A": (50, 50, 50), "B": (40, 60, 50), "C": (90, 70, 90), "D": (50, 50, 50)}
    )
    pairs = {
        (row.dominator, row.dominated): row.better_on for row in dominance(problem).itertuples()
    }
    assert pairs == {("B", "A"): "cost, places", ("B", "D"): "cost, places"}


def rounded_off(make_problem, performance, floor, direction="max"):
    """A question in which option A's places are computed, and miss the floor by the last bits of the formula."""
    problem = make_problem()
    ends = (0.0, 1.0) if direction == "max" else (1.0, 0.0)

    def measure(problem, drawn):
        own = [performance[option] for option in problem.options.index]
        return np.broadcast_to(own, (*np.shape(drawn["cost/A"])[:-1], len(own)))

    scale = mcda.Scale(ends, (0.0, 1.0))
    leaf = replace(
        problem.criterion("places"), direction=direction, scale=scale, floor=floor, measure=measure
    )
    return replace(
        problem, criteria=tuple(leaf if one.key == "places" else one for one in problem.criteria)
    )


@pytest.mark.parametrize(
    ("number", "floor", "direction"),
    [
        (0.7 + 0.1, 0.8, "max"),
        (0.1 + 0.2, 0.3, "min"),
        (1 - 0.9 - 0.1, 0.0, "max"),
        (0.3, 0.1 + 0.2, "max"),
    ],
)
def test_the_last_bits_of_a_formula_exclude_nobody(make_problem, number, floor, direction):
    """Screened, drawn, moved or shown: a computed performance that misses its floor by rounding noise alone passes."""
    sign = 1 if direction == "max" else -1
    assert sign * number < sign * floor
    problem = rounded_off(
        make_problem, {"A": number, "B": number - sign * 1e-6, "C": number}, floor, direction
    )
    assert list(screen(problem, True)[1].index) == ["B"]
    weights = mcda.equal_weights(problem)
    assert mcda.robustness(
        mcda.sample(problem, 2_000, 1), weights, "additive", floors=True
    ).floors_passed.loc[["A", "B"], "places"].tolist() == [1.0, 0.0]
    passing = Board(mcda.Run(problem, weights, "additive", True, 2.0)).passing(
        1, np.array([number, number - sign * 1e-6])
    )
    assert passing.tolist() == [True, False]
    assert mcda.floor_curve(problem, weights, "additive").table["excluded"].max() <= 1


def test_a_judged_number_is_compared_as_it_was_typed(make_problem):
    """The next double below the floor was typed by somebody: it fails."""
    cells = {"A": (10, float(np.nextafter(50.0, 0.0)), 20), "B": (40, 50.0, 80)}
    assert list(screen(make_problem(cells), True)[1].index) == ["A"]
