"""Whether any weights put an option first: a witness is first, and only what is first nowhere is ruled out."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.holders.nearest_weights import first_anywhere as somewhere
from mcda.holders.nearest_weights.first_anywhere import somewhere_first
from mcda.methods.compromise.topsis import closeness
from tests.holders.nearest_weights.grid import GRID, tables


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


def test_what_is_proven_for_one_worth_is_tried_first_for_another(monkeypatch):
    """A holder whose worth is alike takes no program of its own, and is told the same as without the first."""
    values = np.random.default_rng(7).uniform(size=(8, 4))
    values[0] = values[1:3].mean(axis=0) - 0.01
    alike = values * 0.999
    worth = [np.stack([each**2, (1 - each) ** 2]) for each in (values, alike)]
    asked = []
    solve = somewhere._widest
    monkeypatch.setattr(somewhere, "_widest", lambda claims: asked.append(1) or solve(claims))
    anywhere = somewhere.Anywhere()
    assert anywhere.first(worth[0], 0, 2.0) == (None, False)
    first = len(asked)
    assert anywhere.first(worth[1], 0, 2.0) == somewhere_first(worth[1], 0, 2.0)
    anew = len(asked) - first
    assert anywhere.first(worth[1], 0, 2.0) == (None, False)  # which is known by now
    assert 0 < anew == len(asked) - first <= first
    asked.clear()
    somewhere.Anywhere().first(worth[1], 0, 2.0)
    assert len(asked) == anew
