"""Weights from statements: the published cards, cases solved by hand, and brute force."""

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.preferences.from_statements.bounds import are_kept, bounds_of
from mcda.preferences.from_statements.value_model import StatedValues
from mcda.problem.estimates import Estimate
from mcda.problem.model import Criterion, Frame, Problem
from mcda.problem.value_scales import Scale

from .conftest import plain_problem

# Figueira and Roy (2002), the example of their section 3, as tests of the cards have it
LAID = (
    ("c3", "c7", "c12"),
    ("c4",),
    (),
    ("c2", "c6", "c9", "c10"),
    ("c5",),
    ("c1", "c8"),
    ("c11",),
)
WEIGHTS = {"c3": 1.00, "c4": 1.92, "c2": 3.75, "c5": 4.67, "c1": 5.58, "c11": 6.50}


def test_the_published_cards_leave_one_set_of_weights():
    """With z exact the space is one point: the weights of the source, and those of mcda.cards."""
    problem = plain_problem(np.full((2, 12), 0.5))
    found = mcda.weights_from_statements(problem, [mcda.CardOrder(LAID, 6.5, 6.5, holder="panel")])
    ratios = found.values / found.values["c3"]
    assert ratios[list(WEIGHTS)].tolist() == pytest.approx(list(WEIGHTS.values()), abs=0.005)
    order = [list(place) or None for place in LAID]
    direct = mcda.cards(order, "panel", z=6.5).values
    assert found.values[direct.index].tolist() == pytest.approx(direct.tolist(), abs=1e-12)
    assert not found.space.varies and found.method == "statements"


def test_cards_with_a_range_of_z_leave_a_segment():
    """Z from 2 to 4 over two steps: the middle card lies half-way between the ends, whatever z."""
    problem = plain_problem(np.full((2, 3), 0.5))
    said = mcda.CardOrder((("c1",), ("c2",), ("c3",)), 2, 4, holder="x")
    space = mcda.weights_from_statements(problem, [said]).space
    corners = np.sort(space.vertices.to_numpy(), axis=0)
    assert corners == pytest.approx(np.sort([[2 / 9, 3 / 9, 4 / 9], [2 / 15, 5 / 15, 8 / 15]], 0))


def test_an_order_of_swings_has_the_centroid():
    """c1 over c2 over c3: rank-order centroid weights (Barron and Barrett, 1996)."""
    problem = plain_problem(np.full((2, 3), 0.5))
    said = [mcda.SwingOver("c1", "c2", holder="x"), mcda.SwingOver("c2", "c3", holder="x")]
    found = mcda.weights_from_statements(problem, said)
    direct = mcda.rank_order_weights(["c1", "c2", "c3"], "x")
    assert found.values.tolist() == pytest.approx(direct.values.tolist())


def test_saying_the_same_twice_changes_nothing():
    """A statement once more adds no weight."""
    problem = plain_problem(np.array([[0.9, 0.1, 0.4], [0.2, 0.8, 0.5]]))
    once = [mcda.OptionOver("o1", "o2", holder="x")]
    first, second = (mcda.weights_from_statements(problem, once * k) for k in (1, 2))
    assert first.values.tolist() == pytest.approx(second.values.tolist(), abs=1e-9)


def test_an_option_over_another_by_hand():
    """0.9 a + 0.1 b over 0.2 a + 0.8 b, with b = 1 - a: a at least one half."""
    problem = plain_problem(np.array([[0.9, 0.1], [0.2, 0.8]]))
    found = mcda.weights_from_statements(problem, [mcda.OptionOver("o1", "o2", holder="x")])
    assert sorted(found.space.vertices["c1"]) == pytest.approx([0.5, 1.0])
    level = [mcda.OptionOver("o1", "o2", level=True, holder="x")]
    assert mcda.weights_from_statements(problem, level).values.tolist() == pytest.approx([0.5, 0.5])


@pytest.fixture(scope="module")
def bent():
    """Months from 36 to 0 and EUR bn from 40 through 12 to 0, as in a real question."""
    months = Criterion("time", unit="months", direction="min", scale=Scale((36.0, 0.0), (0.0, 1.0)))
    cost = Criterion(
        "cost", unit="EUR bn", direction="min", scale=Scale((40.0, 12.0, 0.0), (0.0, 0.5, 1.0))
    )
    options = pd.DataFrame({"label": ["A", "B"]}, index=["A", "B"])
    cells = [Estimate(key, 10, 10, 10) for key in ("time/A", "cost/A", "time/B", "cost/B")]
    return Problem("b", Frame(), options, (months, cost), {cell.key: cell for cell in cells})


def test_an_exchange_in_natural_units_by_hand(bent):
    """6 of 36 months for 2 to 3 bn from 12 bn up, where a bn is 1/56 of the scale.

    So w_time / 6 lies between 2 / 56 and 3 / 56 of w_cost: the ratio is 12/56 to 18/56.
    """
    said = mcda.Exchange("time", 6, "cost", 2, 3, second_start=12, holder="x")
    corners = mcda.weights_from_statements(bent, [said]).space.vertices
    assert sorted(corners["time"] / corners["cost"]) == pytest.approx([12 / 56, 18 / 56])
    exact = mcda.Exchange("time", 6, "cost", 2, 2, second_start=6, holder="x")
    found = mcda.weights_from_statements(bent, [exact]).values
    assert found["time"] / found["cost"] == pytest.approx(6 * 2 / 24)  # a bn is 1/24 below 12


def test_an_amount_on_a_bent_scale_needs_its_level(bent):
    """What EUR 2 bn are worth depends on where they start: it isn't guessed."""
    with pytest.raises(mcda.InputError, match="'second_start': expected the level from which"):
        mcda.weights_from_statements(bent, [mcda.Exchange("time", 6, "cost", 2, 3, holder="x")])
    far = mcda.Exchange("time", 40, "cost", 2, 3, second_start=12, holder="x")
    with pytest.raises(mcda.InputError, match="'amount': expected a move within the scale"):
        mcda.weights_from_statements(bent, [far])


def test_all_that_is_unknown_is_told_at_once(bent):
    """Each statement by its words, each name with those that there are."""
    said = [
        mcda.OptionOver("A", "Z", holder="x", words="A and no Z"),
        mcda.SwingOver("cots", "time", holder="x"),
    ]
    with pytest.raises(mcda.InputError, match="2 faults") as raised:
        mcda.weights_from_statements(bent, said)
    assert "'A and no Z'" in str(raised.value) and "'cots'" in str(raised.value)
    both = [mcda.OptionOver("A", "B", holder="x"), mcda.SwingOver("cost", "time", holder="y")]
    with pytest.raises(mcda.InputError, match="those of one holder"):
        mcda.weights_from_statements(bent, both)


def test_heads_nobody_looks_into_keep_their_local_weights():
    """h1 over h2 says nothing of what lies below them; c1 over c2 opens h1 alone."""
    heads = {"c1": "h1", "c2": "h1", "c3": "h2", "c4": "h2"}
    local = {"c1": 0.75, "c2": 0.25, "c3": 0.6, "c4": 0.4}
    problem = plain_problem(np.full((2, 4), 0.5), heads, local)
    closed = mcda.weights_from_statements(problem, [mcda.SwingOver("h1", "h2", holder="x")])
    assert closed.values.tolist() == pytest.approx([0.5625, 0.1875, 0.15, 0.1])
    said = [mcda.SwingOver("c2", "c1", holder="x")]
    corners = mcda.weights_from_statements(problem, said).space.vertices
    assert corners["c3"].tolist() == pytest.approx((1.5 * corners["c4"]).tolist())
    assert (corners["c2"] >= corners["c1"]).all()


@pytest.mark.parametrize("seed", range(6))
def test_brute_force_agrees_on_what_is_allowed(random_problem, seed):
    """Of random weights, those in the space are those that keep every statement."""
    problem = random_problem(seed)
    rng = np.random.default_rng(seed)
    points = rng.dirichlet(np.ones(3), 3_000)
    truth = points[0]
    score = problem.values.to_numpy() @ truth
    best, worst = score.argmax(), score.argmin()
    times = truth[0] / truth[1]
    said = [
        mcda.OptionOver(f"o{best + 1}", f"o{worst + 1}", holder="x"),
        mcda.SwingOver("c1", "c2", times / 2, times * 2, holder="x"),
    ]
    found = mcda.weights_from_statements(problem, said)
    values = problem.values.to_numpy()
    ahead = points @ (values[best] - values[worst]) >= 0
    ratio = points[:, 0] / points[:, 1]
    by_hand = ahead & (ratio >= said[1].low) & (ratio <= said[1].high)
    assert (found.space.contains(points, 1e-12) == by_hand).all()
    assert by_hand[0] and not by_hand.all()
    assert found.values.to_numpy() == pytest.approx(points[by_hand].mean(axis=0), abs=0.06)


def test_a_bound_is_kept_or_not():
    """The check of single weights that other tests lean on can fail."""
    model = StatedValues(plain_problem(np.array([[0.9, 0.1], [0.2, 0.8]])))
    bounds = bounds_of(mcda.OptionOver("o1", "o2"), model)
    assert are_kept(bounds, np.array([0.6, 0.4])) and not are_kept(bounds, np.array([0.4, 0.6]))


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda: mcda.OptionOver("A", "A"), "two different options"),
        (lambda: mcda.SwingOver("a", "b", 3, 2), "0 <= low <= high"),
        (lambda: mcda.SwingOver("a", "b", float("nan")), "0 <= low <= high"),
        (lambda: mcda.Exchange("a", 0, "b", 1, 2), "above 0"),
        (lambda: mcda.CardOrder((("a",), ())), "no blank card at an end"),
        (lambda: mcda.CardOrder((("a",), ("a",))), "'a'"),
        (lambda: mcda.CardOrder((("a",), ("b",)), 0.5, 2), "at least 1"),
        (lambda: mcda.OptionOver("A", "B", holder=" "), "name of its holder"),
    ],
)
def test_what_says_nothing_is_refused(made, told):
    """Each kind of statement is checked when it is made."""
    with pytest.raises(mcda.InputError, match=told):
        made()
