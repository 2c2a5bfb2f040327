"""Switching weights: every crossing is one, none is missed, and methods without a formula are searched."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda
from mcda.sensitivity.switching.switching_weights import _groups, _odds_at_zero, _scores

SHARES = arrays(float, (4, 3), elements=st.floats(0.01, 0.99).map(lambda number: round(number, 3)))
POINTS = arrays(float, 3, elements=st.integers(1, 9).map(float))
METHODS = [("additive", 2), ("topsis", 2), ("topsis", 3), ("topsis", 20), ("ahp:distributive", 2)]


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@settings(max_examples=60, deadline=None)
@given(
    SHARES,
    POINTS,
    st.sampled_from(
        [("additive", 2), ("topsis", 2), ("topsis", 3), ("topsis", 20), ("ahp:distributive", 2)]
    ),
)
def test_the_lead_between_crossings_is_as_told(values, weights, method):
    """On a fine grid, the leader changes only where a crossing is told, and there it does."""
    name, p = method
    case = mcda.contest(values, weights, name, p=p)
    found = mcda.switching_weights(values, weights, name, p=p)
    grid = np.linspace(0.0005, 0.9995, 500)
    for key, (inside, outside) in _groups(case).items():
        scores = _scores(case, inside, outside, grid)
        clear = np.sort(scores, axis=1)[:, -1] - np.sort(scores, axis=1)[:, -2] > 1e-6
        told = found.crossings[found.crossings["criterion"] == key]
        edges = [0, *told["weight"], 1]
        leaders = [*told["before"], *told["after"].tail(1)] or [None]
        for low, high, leader in zip(edges[:-1], edges[1:], leaders, strict=True):
            inside_it = clear & (grid > low) & (grid < high)
            best = {case.values.index[at] for at in scores[inside_it].argmax(axis=1)}
            assert len(best) <= 1 and (leader is None or best <= {leader})


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_a_lead_that_fades_is_no_crossing():
    """Of a high order scores become equal to the last digits long before the end; nobody takes over."""
    values = [[0.5, 0.75, 0.5], [0.5, 0.75, 0.25], [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]]
    found = mcda.switching_weights(values, [1, 1, 1], "topsis", p=20)
    assert found.crossings.empty
    assert found.table.loc["column 3", ["low", "high"]].tolist() == [0, 1]


def test_heads_move_their_leaves_together(shelter):
    """A head is moved with the proportions inside it; by hand for the additive model."""
    weights = mcda.weights({"money": 30, "people": 70}, "panel")
    found = mcda.switching_weights(shelter, weights, "additive")
    assert found.table.loc["money", "weight"] == pytest.approx(0.3)
    values = shelter.values
    people = values[["places", "noise"]] @ [0.75, 0.25]
    for edge, rival in (("low", "below"), ("high", "above")):
        at, row = found.table.loc["money", edge], found.table.loc["money"]
        if row[rival]:
            scores = at * values["cost"] + (1 - at) * people
            assert scores[row[rival]] == pytest.approx(scores.max())
    assert found.exact and "keep their proportions" in found.rule


def test_a_grid_finds_what_the_formula_finds(shelter):
    """TOPSIS hidden in a function without a known form has the same crossings."""
    weights = mcda.weights({"cost": 3, "places": 4, "noise": 3}, "panel")
    exact = mcda.switching_weights(shelter, weights, "topsis")
    searched = mcda.switching_weights(
        shelter,
        weights,
        lambda values, shares: mcda.topsis(
            values, shares, ["max"] * 3, normalisation="none", ideal=[1] * 3, anti_ideal=[0] * 3
        ),
    )
    assert exact.exact and not searched.exact
    assert searched.crossings["weight"].tolist() == pytest.approx(
        exact.crossings["weight"].tolist(), abs=1e-9
    )


def test_it_shows_itself(shelter):
    """The sentence first, then the table."""
    shown = mcda.switching_weights(
        shelter, mcda.weights({"money": 30, "people": 70}, "panel"), "additive"
    )._repr_html_()
    assert "<p>Option" in shown and "<caption>Switching weights, additive" in shown


def test_the_worst_criterion_alone_under_ideals_at_hand():
    """At p = infinity there is no formula: between two crossings the lead stays, seen on a fine grid."""
    values, weights = (
        np.array([[0.9, 0.2, 0.5], [0.4, 0.8, 0.6], [0.3, 0.5, 0.9]]),
        np.array([0.3, 0.3, 0.4]),
    )
    method = mcda.RelativeTopsis(("max",) * 3, p=np.inf)
    found = mcda.switching_weights(values, weights, method)
    share = np.linspace(0.0005, 0.9995, 1000)
    moved = np.stack([share, *((1 - share) * part / 0.7 for part in (0.3, 0.4))], axis=1)
    first = [int(method(values, row).argmax()) for row in moved]
    changed = share[1:][np.diff(first) != 0]
    told = found.crossings.loc[found.crossings["criterion"] == "column 1", "weight"]
    assert not found.exact and len(changed) and np.abs(told - changed).max() < 0.001


def test_a_tie_at_the_stated_weight_leaves_no_interval():
    """Where two options tie at the stated weight, both ends of the interval lie at it, and no move is a switch."""
    found = mcda.switching_weights([[0.8, 0.4], [0.4, 0.8]], [0.5, 0.5], "additive")
    for key, (below, above) in {
        "column 1": ("row 2", "row 1"),
        "column 2": ("row 1", "row 2"),
    }.items():
        row = found.table.loc[key]
        ends = row[["low", "high", "order_low", "order_high"]].astype(float)
        assert ends.tolist() == pytest.approx([0.5] * 4, abs=1e-12)
        assert (row["below"], row["above"], row["falls"], row["rises"]) == (
            below,
            above,
            None,
            None,
        )
    assert found.finding.startswith("There is no single leader to begin with: row 1 and row 2 tie.")


def test_a_tie_behind_the_leader_ends_the_order_but_not_the_lead():
    """The interval of the lead is whole, that of the order is the stated weight alone."""
    found = mcda.switching_weights([[1, 0.9], [0.8, 0.2], [0.2, 0.8]], [0.5, 0.5], "additive")
    row = found.table.loc["column 1"]
    assert row[["low", "high"]].tolist() == [0, 1]
    assert row[["order_low", "order_high"]].astype(float).tolist() == pytest.approx(
        [0.5, 0.5], abs=1e-12
    )
    assert (
        found.finding
        == "row 1 leads whatever the weight of any one criterion: a switch is not reachable."
    )


def test_the_order_stays_in_its_own_interval_and_every_pair_is_told():
    """By hand: three options on two criteria cross at 2/7, 3/7 and 4/7, and each is a row of `pairs`."""
    values, weights = [[0.9, 0.1], [0.6, 0.5], [0.1, 0.7]], [0.5, 0.5]
    found = mcda.switching_weights(values, weights, "additive")
    hand = {("row 1", "row 2"): 4 / 7, ("row 1", "row 3"): 6 / 14, ("row 2", "row 3"): 2 / 7}
    pairs = found.pairs[found.pairs["criterion"] == "column 1"].set_index(["first", "second"])[
        "weight"
    ]
    assert pairs.to_dict() == pytest.approx(hand)
    row = found.table.loc["column 1"]
    assert (row["low"], row["high"]) == pytest.approx((2 / 7, 4 / 7))
    assert (row["below"], row["above"]) == ("row 3", "row 1")
    assert (row["order_low"], row["order_high"]) == pytest.approx((6 / 14, 4 / 7))
    assert (str(row["falls"]), str(row["rises"])) == ("falls to 28.5", "rises to 57.2")
    assert found.finding == (
        "row 2 leads until the weight of column 1 rises to 57.2 of 100 (now 50), the others in proportion: then row 1 "
        "leads. No other single weight has fewer points to go."
    ), "column 2 falls by as much: of equals the first is told"


def test_one_criterion_leaves_no_weight_to_move():
    """It is said so, and the table is empty."""
    found = mcda.switching_weights([[0.8], [0.4]], [1.0], "additive")
    assert (
        found.finding == "row 1 leads, and with one criterion there is no weight to move."
        and found.table.empty
    )


def test_a_method_without_a_formula_is_searched_for_the_same_crossings():
    """The weighted sum as a function of nobody's: the pairs and the ends found by formula, to nine digits."""
    values, weights = [[0.9, 0.1], [0.6, 0.5], [0.1, 0.7]], [0.5, 0.5]
    exact = mcda.switching_weights(values, weights, "additive")
    searched = mcda.switching_weights(values, weights, lambda values, shares: values @ shares)
    assert exact.exact and not searched.exact
    ends = ["low", "high", "order_low", "order_high"]
    np.testing.assert_allclose(
        searched.table[ends].astype(float), exact.table[ends].astype(float), atol=1e-9
    )
    by = ["criterion", "first", "second"]
    pairs = [found.pairs.set_index(by)["weight"].sort_index() for found in (exact, searched)]
    assert pairs[0].index.equals(pairs[1].index) and pairs[1].tolist() == pytest.approx(
        pairs[0].tolist(), abs=1e-9
    )
    assert searched.table["falls"].map(str).tolist() == exact.table["falls"].map(str).tolist()


def test_options_that_are_level_on_the_grid_itself_change_places_there():
    """Level at exactly 50 of 100, a point of the grid: no sign turns between two of its points."""
    values, weights = [[0.75, 0.25], [0.25, 0.75]], [0.75, 0.25]
    exact = mcda.switching_weights(values, weights, "additive")
    searched = mcda.switching_weights(values, weights, lambda values, shares: values @ shares)
    assert searched.pairs["weight"].tolist() == exact.pairs["weight"].tolist() == [0.5, 0.5]
    assert searched.table["below"].tolist() == exact.table["below"].tolist() == ["row 2", ""]


@pytest.mark.parametrize("method", ["additive", lambda values, shares: values @ shares])
def test_one_option_has_nobody_to_change_places_with(method):
    """It leads whatever the weights, by formula and by search."""
    found = mcda.switching_weights([[0.8, 0.4]], [0.5, 0.5], method)
    assert found.finding == (
        "row 1 leads whatever the weight of any one criterion: a switch is not reachable."
    )
    assert found.pairs.empty


@pytest.mark.parametrize("middle", [-2.0, -2.0 + 4e-16, -2.0 - 4e-16])
def test_two_that_touch_do_not_change_places(middle):
    """A double root is none, whichever way its last bits fall."""
    assert _odds_at_zero(1.0, middle, 1.0) == []
    assert _odds_at_zero(1.0, middle - 0.5, 1.0) == pytest.approx([2.0, 0.5])


def test_a_lead_that_comes_back_is_lost_at_the_first_crossing():
    """TOPSIS: the first option leads below 0.35, the second to 0.63, then the first again; each is met."""
    values = [[0.505, 0.0, 0.8], [0.5, 0.43, 0.43]]
    for weight, way, told in ((0.1, "rises", "above"), (0.8, "falls", "below")):
        found = mcda.switching_weights(
            values, [weight, (1 - weight) / 2, (1 - weight) / 2], "topsis"
        )
        crossings = found.crossings[found.crossings["criterion"] == "column 1"]
        assert crossings["before"].tolist() == ["row 1", "row 2"] and crossings[
            "after"
        ].tolist() == ["row 2", "row 1"]
        row = found.table.loc["column 1"]
        assert row[told] == "row 2" and row[way].then == "row 2"
        at = crossings["weight"].tolist()[0 if way == "rises" else 1]
        assert row[way].first == pytest.approx(100 * at, abs=0.1)
        others = {"rises": "falls", "falls": "rises"}[way]
        assert row[others] is None
        for points, leader in (
            (row[way].first, "row 2"),
            (row[way].first + (-1 if way == "rises" else 1), "row 1"),
        ):
            rest = (1 - points / 100) / 2
            assert mcda.contest(values, [points / 100, rest, rest], "topsis").leaders == (leader,)


def test_where_one_option_is_better_throughout_no_weight_changes_anything():
    """Lead and order stay from 0 to 1, by formula and by search."""
    for method in ("additive", lambda values, shares: values @ shares):
        found = mcda.switching_weights([[0.9, 0.5], [0.5, 0.4]], [0.5, 0.5], method)
        assert (
            found.table[["low", "high", "order_low", "order_high"]].to_numpy(float).tolist()
            == [[0, 1, 0, 1]] * 2
        )
        assert found.crossings.empty and found.pairs.empty


@pytest.mark.parametrize("at", [0.999, 0.001])
def test_a_crossing_in_an_outermost_step_of_the_grid_is_found(at):
    """By hand: two options that change places just before a weight of 1, or just after 0, found by search."""
    values = [[0.5 + 1 - at, 0.0], [0.5, at]]
    found = mcda.switching_weights(values, [0.5, 0.5], lambda table, shares: table @ shares)
    told = found.pairs.set_index("criterion")["weight"]
    assert told.to_dict() == pytest.approx({"column 1": at, "column 2": 1 - at}, abs=1e-9)
