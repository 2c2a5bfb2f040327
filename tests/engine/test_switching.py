"""Switching weights: every crossing is one, none is missed, and methods without a formula are searched."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda
from mcda.robustness.switching import _groups, _scores

SHARES = arrays(float, (4, 3), elements=st.floats(0.01, 0.99).map(lambda number: round(number, 3)))
POINTS = arrays(float, 3, elements=st.integers(1, 9).map(float))
METHODS = [("additive", 2), ("topsis", 2), ("topsis", 3), ("topsis", 20), ("ahp:distributive", 2)]


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@settings(max_examples=60, deadline=None)
@given(
    SHARES,
    POINTS,
    st.sampled_from([("additive", 2), ("topsis", 2), ("topsis", 3), ("topsis", 20), ("ahp:distributive", 2)]),
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
    searched = mcda.switching_weights(shelter, weights, lambda values, shares: mcda.topsis(
        values, shares, ["max"] * 3, normalisation="none", ideal=[1] * 3, anti_ideal=[0] * 3))  # fmt: skip
    assert exact.exact and not searched.exact
    assert searched.crossings["weight"].tolist() == pytest.approx(exact.crossings["weight"].tolist(), abs=1e-9)


def test_it_shows_itself(shelter):
    """The sentence first, then the table."""
    shown = mcda.switching_weights(
        shelter, mcda.weights({"money": 30, "people": 70}, "panel"), "additive"
    )._repr_html_()
    assert shown.startswith("<p>Option") and "<caption>Switching weights, additive" in shown


def test_the_worst_criterion_alone_under_ideals_at_hand():
    """At p = infinity there is no formula: between two crossings the lead stays, seen on a fine grid."""
    values, weights = np.array([[0.9, 0.2, 0.5], [0.4, 0.8, 0.6], [0.3, 0.5, 0.9]]), np.array([0.3, 0.3, 0.4])
    method = mcda.RelativeTopsis(("max",) * 3, p=np.inf)
    found = mcda.switching_weights(values, weights, method)
    share = np.linspace(0.0005, 0.9995, 1000)
    moved = np.stack([share, *((1 - share) * part / 0.7 for part in (0.3, 0.4))], axis=1)
    first = [int(method(values, row).argmax()) for row in moved]
    changed = share[1:][np.diff(first) != 0]
    told = found.crossings.loc[found.crossings["criterion"] == "column 1", "weight"]
    assert not found.exact and len(changed) and np.abs(told - changed).max() < 0.001
