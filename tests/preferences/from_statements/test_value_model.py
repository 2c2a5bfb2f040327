"""Values that run straight between anchors: between stated ones and open ones."""

from itertools import pairwise

import numpy as np
import pytest

import mcda
from mcda.preferences.from_statements.value_model import value_model

from .conftest import plain_problem


def bent(anchors=(0.0, 0.25, 0.5, 0.75, 1.0)):
    """A question on two leaves of which the first has the anchors."""
    problem = plain_problem(np.array([[0.1, 0.9], [0.6, 0.3], [0.8, 0.1], [0.3, 0.6]]))
    scale = mcda.Scale(anchors, tuple(np.linspace(0.0, 1.0, len(anchors))))
    leaf, other = problem.criteria
    criteria = (mcda.Criterion(leaf.key, direction="max", scale=scale), other)
    return mcda.Problem(problem.name, problem.frame, problem.options, criteria, problem.estimates)


@pytest.mark.parametrize("performance", [-0.2, 0.0, 0.3, 0.5, 1.0, 1.4])
def test_a_level_has_the_pieces_behind_it(performance):
    """With equal pieces it is worth what an even scale says, also beyond the ends."""
    model = value_model(bent(), [], "pieces")
    worth = model.level("c1", performance)[:4].sum() / 4
    assert worth == pytest.approx(np.clip(performance, 0.0, 1.0))


def test_two_anchors_leave_the_stated_values():
    """A straight line has no piece of its own: relations and weights are those of stated values."""
    problem = bent((0.0, 1.0))
    said = [mcda.OptionOver("o1", "o2"), mcda.SwingOver("c1", "c2", 0.2, 0.9)]
    stated = mcda.following(problem, said)
    pieces = mcda.following(problem, said, "pieces")
    assert pieces.least.to_numpy() == pytest.approx(stated.least.to_numpy(), abs=1e-9)
    assert pieces.weights.to_numpy() == pytest.approx(stated.weights.to_numpy(), abs=1e-9)


def test_more_anchors_leave_more_room_and_open_values_the_most():
    """What follows with more pieces follows with fewer, and what follows for open ones for all."""
    said = [mcda.OptionOver("o1", "o2"), mcda.OptionOver("o2", "o3")]
    found = [
        mcda.following(bent(), said, "open").least,
        mcda.following(bent(), said, "pieces").least,
        mcda.following(bent((0.0, 0.5, 1.0)), said, "pieces").least,
        mcda.following(bent((0.0, 1.0)), said, "pieces").least,
    ]
    for wider, narrower in pairwise(found):
        assert (narrower.to_numpy() >= wider.to_numpy() - 1e-9).all()


def test_an_amount_needs_its_level():
    """Each piece has a worth of its own, so an amount from nowhere is refused."""
    with pytest.raises(mcda.InputError, match="column 'start'"):
        mcda.following(bent(), [mcda.Exchange("c1", 0.1, "c2", 0.2, 0.3)], "pieces")
    said = mcda.Exchange("c1", 0.1, "c2", 0.2, 0.3, 0.05, 0.9)
    assert mcda.following(bent(), [said], "pieces").weights.loc["c1", "low"] > 0


def test_an_unknown_name_tells_the_three():
    with pytest.raises(mcda.InputError, match="'stated', 'open' or 'pieces'"):
        value_model(bent(), [], "linear")
