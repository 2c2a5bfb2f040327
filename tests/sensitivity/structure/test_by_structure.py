"""Who weighs nothing of a structure is told apart from who can't be ranked there for another reason."""

from dataclasses import replace

import pytest

import mcda
from mcda.checks.faults import Fault
from mcda.problem.structures import Change, Structure
from mcda.sensitivity.structure import by_structure
from mcda.sensitivity.structure.by_structure import weights_in

CELLS = {"A": (10, 30, 20), "B": (40, 90, 80), "C": (50, 20, 85)}


@pytest.fixture
def shaped(make_problem):
    """A question without the costs that it states."""
    without_cost = Structure("no_cost", "Without costs", (Change("leave out", "cost"),))
    problem = replace(make_problem(CELLS), structures=(without_cost,))
    return problem.structured("no_cost")


def test_a_holder_of_what_is_left_out_weighs_nothing(shaped):
    """Whoever weighs something else as well does."""
    only = mcda.weights({"cost": 1, "places": 0, "noise": 0}, "only")
    also = mcda.weights({"cost": 1, "places": 0, "noise": 1}, "also")
    assert weights_in(shaped, only) is None
    assert weights_in(shaped, also).values.sum() == pytest.approx(1)


def test_another_fault_is_told(shaped, monkeypatch):
    """A fault of another kind isn't taken for weights that are left with nothing."""

    def failing(problem, weights):
        raise mcda.InputError(Fault("weights", "sound ones", "others"))

    monkeypatch.setattr(by_structure, "in_structure", failing)
    with pytest.raises(mcda.InputError, match="sound ones"):
        weights_in(shaped, mcda.weights({"cost": 1, "places": 1, "noise": 1}, "x"))
