"""What statements come to as bounds on swings."""

from criteria import ukraine_force
from mcda.preferences.from_statements.bounds import split_bounds
from mcda.preferences.from_statements.kinds import SwingOver
from mcda.preferences.from_statements.value_model import value_model


def test_heads_that_are_compared_whole_keep_their_local_weights_each():
    """Two heads are named: below both the stated split holds, and below no head that nobody speaks of."""
    problem = ukraine_force.problem()
    first, second = [head.key for head in problem.heads if not head.parent][:2]
    said = [SwingOver(first, second)]
    model = value_model(problem, said, "stated")
    bounds = split_bounds(problem, said, model, spoken_of=True)
    expected = 0
    for head in problem.heads:
        if not {first, second}.isdisjoint(problem.path(head.key)):
            expected += len(problem.children(head.key)) - 1
    assert len(bounds) == expected and all(bound.equality for bound in bounds)
