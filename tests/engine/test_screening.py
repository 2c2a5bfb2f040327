"""Floors and dominance are settled before anything is scored."""

import pytest

from mcda import InputError, dominance, screen


def test_no_floor_excludes_nothing(shelter):
    """Floors are off unless asked for, although the question proposes one."""
    passed, excluded = screen(shelter)
    assert passed is shelter and excluded.empty


def test_an_option_below_a_floor_is_excluded_with_its_reason(shelter):
    """The proposed floor of 50 beds removes A, and the reason says by how much."""
    passed, excluded = screen(shelter, True)
    assert list(passed.options.index) == ["B", "C"]
    assert excluded.loc["A", "reason"] == "Places of 30 beds is below the floor of 50"


def test_a_floor_on_what_is_minimised_is_a_ceiling(shelter):
    """A floor of 40 on cost lets 40 pass and stops 70."""
    assert list(screen(shelter, {"cost": 40})[1].index) == ["C"]


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
    problem = make_problem({"A": (50, 50, 50), "B": (40, 60, 50), "C": (90, 70, 90), "D": (50, 50, 50)})
    pairs = {(row.dominator, row.dominated): row.better_on for row in dominance(problem).itertuples()}
    assert pairs == {("B", "A"): "cost, places", ("B", "D"): "cost, places"}
