"""The price of agreement against brute force: no cheaper change exists, and "never" is said where there is none."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import InputError, price_of_agreement, rank, weight_space, weights
from mcda.holders import first_anywhere as somewhere
from mcda.holders.branch_and_bound import nearest_by_boxes
from mcda.holders.first_anywhere import somewhere_first
from mcda.holders.price_of_agreement import TOLERANCE, nearest_by_program
from mcda.methods.topsis import closeness

STEPS = 100
GRID = (
    np.array(
        [(a, b, STEPS - a - b) for a, b in product(range(STEPS + 1), repeat=2) if a + b <= STEPS]
    )
    / STEPS
)


def cheapest(scores, weights, option, allowed):
    """The least change on a grid of weights at which the option is first, by trying all of them."""
    first = allowed & (scores[:, option] >= scores.max(axis=1) - 1e-9)
    return abs(GRID[first] - weights).sum(axis=1).min() if first.any() else np.inf


tables = st.lists(
    st.lists(st.floats(0, 1).map(lambda x: round(x, 2)), min_size=3, max_size=3),
    min_size=2,
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(tables, st.sampled_from(range(len(GRID))), st.booleans())
def test_additive_prices_agree_with_brute_force(table, at, limited):
    """No point of a fine grid is cheaper; where the program says never, no point of the grid does it."""
    values, weights_ = np.array(table), GRID[at]
    space = _around(weights_) if limited else weight_space("abc")
    scores, allowed = GRID @ values.T, space.contains(GRID)
    for option in range(len(values)):
        found, brute = (
            nearest_by_program(values, weights_, option, space.polytope),
            cheapest(scores, weights_, option, allowed),
        )
        assert found.distance == found.bound <= brute + 1e-7
        if found.weights is not None:
            assert abs(found.weights - weights_).sum() == pytest.approx(found.distance, abs=1e-7)
            assert (values @ found.weights)[option] >= (values @ found.weights).max() - 1e-7
            assert space.contains(found.weights, 1e-7)


@settings(max_examples=15, deadline=None)
@given(tables, st.sampled_from(range(len(GRID))), st.booleans(), st.sampled_from([1.5, 2.0, 4.0]))
def test_topsis_prices_agree_with_brute_force(table, at, limited, p):
    """The bound is below every point of the grid that does it; the price is reached, and within the tolerance."""
    values, weights_ = np.array(table), GRID[at]
    space = _around(weights_) if limited else weight_space("abc")
    with np.errstate(invalid="ignore"):
        scores = np.nan_to_num(np.stack([closeness(values, row, p) for row in GRID]), nan=1.0)
    worth, allowed = np.stack([values**p, (1 - values) ** p]), space.contains(GRID)
    for option in range(len(values)):
        reached, price, bound = nearest_by_boxes(
            worth, weights_, option, space.polytope, p, TOLERANCE
        )
        assert bound <= cheapest(scores, weights_, option, allowed) + 1e-7
        assert price - bound <= TOLERANCE + 1e-12 or np.isinf(bound) or price == np.inf
        if reached is not None:
            there = closeness(values, reached, p)
            assert there[option] >= there.max() - 1e-7 and space.contains(reached, 1e-7)
            assert abs(reached - weights_).sum() == pytest.approx(price, abs=1e-9)


def _around(weights_):
    near = {key: float(weight) for key, weight in zip("abc", weights_, strict=True)}
    return weight_space(
        "abc",
        low={key: max(weight - 0.15, 0) for key, weight in near.items()},
        high={key: weight + 0.15 for key, weight in near.items()},
    )


def test_topsis_with_exponent_one_is_the_additive_answer(shelter):
    """Two ways to one number: the program and the search."""
    stated = {
        "panel": weights(
            {"money": 3, "people": 1}, "panel", ranges={"money": (2, 3.5), "people": (0.5, 2)}
        )
    }
    additive, by_p = (
        price_of_agreement(shelter, stated, method, p=1) for method in ("additive", "topsis")
    )
    pd.testing.assert_frame_equal(additive.table, by_p.table)
    searched = price_of_agreement(shelter, stated, "topsis", p=1.000001, tolerance=0.001).table
    for reach in ("in range", "without limit"):
        both = np.stack([additive.table[reach], searched[reach]])
        assert both[0] == pytest.approx(both[1], abs=0.002)


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_the_moved_weights_do_it(shelter, method):
    """Ranked with the weights after the change, the option is first; the leader's price is nothing."""
    stated = weights(
        {"money": 3, "people": 1}, "panel", ranges={"money": (1, 4), "people": (0.5, 4)}
    )
    found = price_of_agreement(shelter, {"panel": stated}, method)
    leader = rank(shelter, stated, method).leaders[0]
    assert found.table.loc[("panel", leader), "in range"] == 0
    for (_, option, _), moved in found.moved.items():
        scores = rank(shelter, weights(moved, "moved"), method).table["score"]
        assert scores[option] >= scores.max() - 1e-6
    assert len(found.moved) > 2


def test_never_under_any_weights(make_problem):
    """A dominated option is first for nobody, whatever the weights; that is proven, by either method."""
    problem = make_problem({"A": (10, 30, 20), "B": (40, 90, 80), "C": (50, 20, 85)})
    stated = {
        "x": weights({"money": 1, "people": 1}, "x"),
        "y": weights({"cost": 1, "places": 2, "noise": 1}, "y"),
    }
    for method in ("additive", "topsis"):
        found = price_of_agreement(problem, stated, method)
        assert found.never() == ("C",)
        assert found.table.loc[("y", "C"), "without limit"] == np.inf


def test_a_search_that_has_to_stop_says_so(monkeypatch):
    """Without boxes enough nothing is claimed: the bound stays below the price."""
    monkeypatch.setattr("mcda.holders.branch_and_bound.MOST_BOXES", 1)
    values = np.array([[0.9, 0.1, 0.4], [0.1, 0.9, 0.4], [0.45, 0.45, 0.5]])
    space = weight_space("abc").polytope
    weights_ = np.array([0.6, 0.2, 0.2])
    found = nearest_by_boxes(
        np.stack([values**2, (1 - values) ** 2]), weights_, 1, space, 2.0, 1e-4
    )
    assert found[2] < found[1] - 1e-4


def test_bad_methods_are_refused(shelter):
    """Only where the answer can be proven."""
    stated = {"x": weights({"money": 1, "people": 1}, "x")}
    with pytest.raises(InputError, match="one of 'additive', 'topsis', found 'pymcdm:VIKOR'"):
        price_of_agreement(shelter, stated, "pymcdm:VIKOR")
    with pytest.raises(
        InputError, match="exponent p: expected a finite number of at least 1, found inf"
    ):
        price_of_agreement(shelter, stated, "topsis", p=float("inf"))


@settings(max_examples=15, deadline=None)
@given(tables, st.sampled_from([1.5, 2.0, 3.0]))
def test_somewhere_first_agrees_with_brute_force(table, p):
    """What is first on a grid isn't called impossible; a witness is first; only what is first nowhere is ruled out."""
    values = np.array(table)
    worth = np.stack([values**p, (1 - values) ** p])
    with np.errstate(invalid="ignore"):
        scores = np.nan_to_num(np.stack([closeness(values, row, p) for row in GRID[::7]]), nan=1.0)
    for option in range(len(values)):
        witness, possible = somewhere_first(worth, option, p)
        assert possible or not (scores[:, option] >= scores.max(axis=1) - 1e-9).any()
        if witness is not None:
            there = closeness(values, witness, p)
            assert there[option] >= there.max() - 1e-9


def test_never_is_proven_in_many_dimensions(monkeypatch):
    """Seventeen weights are too many for boxes; a dominated option is ruled out all the same, another has a price."""
    monkeypatch.setattr("mcda.holders.branch_and_bound.MOST_BOXES", 1)
    values = np.random.default_rng(0).uniform(0.2, 0.9, (5, 17))
    values[4] = values[0] - 0.1
    worth, space = (
        np.stack([values**2, (1 - values) ** 2]),
        weight_space([f"c{at}" for at in range(17)]).polytope,
    )
    weights_ = np.full(17, 1 / 17)
    found = [
        nearest_by_boxes(worth, weights_, option, space, 2.0, TOLERANCE) for option in range(5)
    ]
    assert found[4][1:] == (np.inf, np.inf)
    assert all(np.isfinite(price) and bound <= price for _, price, bound in found[:4])


@pytest.mark.parametrize("p", [1.5, 2.0, 4.0])
def test_last_bits_do_not_move_a_price(p):
    """Values that differ in their last bits give prices that agree to far more digits than the whole points shown."""
    values = np.random.default_rng(4).uniform(0.1, 0.9, (5, 5))
    weights_, space = np.full(5, 0.2), weight_space("abcde").polytope
    told = []
    for values_ in (values, values * (1 + 1e-15), np.nextafter(values, 0)):
        worth = np.stack([values_**p, (1 - values_) ** p])
        told.append(
            [nearest_by_boxes(worth, weights_, option, space, p, TOLERANCE) for option in range(5)]
        )
    prices = np.array([[price for _, price, _ in found] for found in told])
    bounds = np.array([[bound for _, _, bound in found] for found in told])
    finite = np.isfinite(prices[0])
    assert finite.sum() > 2 and (np.isinf(prices) == np.isinf(prices[0])).all()
    assert np.ptp(prices[:, finite], axis=0).max() < 1e-8
    assert (prices[:, finite] - bounds[:, finite] <= TOLERANCE + 1e-12).all()


def test_among_equally_near_weights_what_is_stated_first_moves():
    """Two criteria say the same: the change is told on the first of them, whichever way a solver would have it."""
    values = np.array([[0.2, 0.9, 0.9], [0.9, 0.2, 0.2]])
    found = nearest_by_program(values, np.array([0.4, 0.3, 0.3]), 1, weight_space("abc").polytope)
    assert found.weights == pytest.approx([0.5, 0.2, 0.3], abs=1e-9)
    twice = values[:, [1, 0, 0]]
    found = nearest_by_program(twice, np.array([0.6, 0.2, 0.2]), 1, weight_space("abc").polytope)
    assert found.weights == pytest.approx([0.5, 0.3, 0.2], abs=1e-9)


def test_a_proof_serves_many_ranges(monkeypatch):
    """That an option is first nowhere is proven by a handful of linear programs, however many ranges are ruled out."""
    generator = np.random.default_rng(7)
    asked = []
    solve = somewhere._widest
    monkeypatch.setattr(somewhere, "_widest", lambda claims: asked.append(1) or solve(claims))
    nowhere = 0
    for _ in range(5):
        values = generator.uniform(size=(8, 4))
        values[0] = values[1:3].mean(axis=0) - 0.01
        witness, possible = somewhere.somewhere_first(
            np.stack([values**2, (1 - values) ** 2]), 0, 2.0
        )
        assert (witness is None) == (not possible)
        nowhere += not possible
    assert nowhere >= 3
    assert len(asked) <= 25


def test_an_option_that_others_equal_everywhere_can_be_first_on_any_machine():
    """A copy of the best option is level with it under all weights, give or take last bits."""
    best = np.array([0.1, 0.3])
    values = np.array([best, np.nextafter(best, 0), best / 2])
    worth = np.stack([values**2, (1 - values) ** 2])
    for option, expected in ((0, True), (1, True), (2, False)):
        witness, possible = somewhere_first(worth, option, 2.0)
        assert (witness is not None) == possible == expected
