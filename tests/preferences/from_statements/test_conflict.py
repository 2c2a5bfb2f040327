"""Statements that can't all hold: the fewest of them, and what each would give, in its own unit."""

from itertools import combinations

import numpy as np
import pytest

import mcda
from mcda.preferences.from_statements.bounds import are_kept, bounds_of
from mcda.preferences.from_statements.value_model import StatedValues

from .conftest import plain_problem


@pytest.fixture(scope="module")
def three():
    return plain_problem(np.array([[0.9, 0.1, 0.5], [0.2, 0.8, 0.5], [0.5, 0.5, 0.5]]))


def test_statements_that_can_hold_have_no_conflict(three):
    assert mcda.statement_conflict(three, [mcda.OptionOver("o1", "o2")]) is None
    assert mcda.statement_conflict(three, []) is None


def test_the_fewest_are_named_and_what_each_gives(three):
    """c1 at least twice c2, yet o2 over o1: of these o2 trails by 70/3 points at least."""
    said = [
        mcda.SwingOver("c3", "c1"),
        mcda.SwingOver("c1", "c2", low=2),
        mcda.OptionOver("o2", "o1", words="never the first"),
    ]
    found = mcda.statement_conflict(three, said)
    assert found.statements == tuple(said[1:])
    table = found.table.set_index("statement")
    assert table.loc["never the first", "can_high"] == pytest.approx(0.0, abs=1e-6)
    assert table.iloc[0]["can_high"] == pytest.approx(1.0)  # o2 over o1 leaves c1 at most level
    assert "'never the first'" in str(found)


def test_more_than_itself_is_a_conflict(three):
    """A over B and B over A can't both hold, though equal values keep both within rounding."""
    said = [mcda.OptionOver("o1", "o2"), mcda.OptionOver("o2", "o1")]
    assert len(mcda.statement_conflict(three, said).statements) == 2
    alike = plain_problem(np.full((2, 2), 0.5))
    assert len(mcda.statement_conflict(alike, [said[0]]).statements) == 1


def test_an_exchange_gives_in_its_own_unit(three):
    """c1 worth twice c2 leaves 0.2 of c1 worth 0.4 of c2, not 0.1 to 0.15."""
    said = [
        mcda.SwingOver("c1", "c2", 2, 2),
        mcda.Exchange("c1", 0.2, "c2", 0.1, 0.15),
    ]
    table = mcda.statement_conflict(three, said).table
    assert table.loc[1, ["can_low", "can_high"]].tolist() == pytest.approx([0.4, 0.4])
    assert table.loc[0, ["can_low", "can_high"]].tolist() == pytest.approx([0.5, 0.75])


def test_cards_give_in_points(three):
    """Cards in even steps against c2 level with c1: the middle one is off by a share of a step."""
    said = [
        mcda.CardOrder((("c1",), ("c2",), ("c3",)), 3, 3),
        mcda.SwingOver("c1", "c2", 1, 1),
    ]
    table = mcda.statement_conflict(three, said).table
    assert table.loc[0, "can_low"] == pytest.approx(0.0, abs=1e-6)  # all alike: no gap at all
    assert table.loc[1, ["can_low", "can_high"]].tolist() == pytest.approx([0.5, 0.5])


def test_weights_are_refused_with_the_conflict(three):
    said = [
        mcda.OptionOver("o1", "o2", holder="x", words="one over two"),
        mcda.SwingOver("c2", "c1", 1.5, holder="x", words="two counts more"),
    ]
    with pytest.raises(mcda.InputError, match="'one over two' and 'two counts more'"):
        mcda.weights_from_statements(three, said)


@pytest.mark.parametrize("seed", range(8))
def test_brute_force_finds_no_smaller_conflict(random_problem, seed):
    """No fewer statements exclude each other, as far as a fine grid of weights can tell."""
    problem = random_problem(seed, options=5)
    rng = np.random.default_rng(seed)
    pairs = list(combinations(range(1, 6), 2))
    chosen = rng.permutation(len(pairs))[:7]
    said = []
    for at in chosen:
        first, second = rng.permutation(pairs[at])
        said.append(mcda.OptionOver(f"o{first}", f"o{second}"))
    model = StatedValues(problem)
    steps = np.linspace(0, 1, 121)
    grid = [(a, b, 1 - a - b) for a in steps for b in steps if a + b <= 1 + 1e-12]
    each = [bounds_of(one, model) for one in said]
    held = np.array([[are_kept(some, np.array(point), 0.0) for point in grid] for some in each])
    found = mcda.statement_conflict(problem, said)
    size = len(found.statements) if found else len(said) + 1
    for count in range(1, min(size, len(said) + 1)):
        for some in combinations(range(len(said)), count):
            together = held[list(some)].all(axis=0)
            margins = [one.row for at in some for one in each[at]]
            widest = (np.array(grid) @ np.array(margins).T).max(axis=1).min()
            assert together.any() or widest < 0.02  # a sliver that a grid may miss
    if found:
        rows = np.array(
            [one.row for said_one in found.statements for one in bounds_of(said_one, model)]
        )
        assert (np.array(grid) @ rows.T).max(axis=1).min() > -1e-6


def test_differences_that_can_not_all_be_are_a_conflict_by_themselves():
    """A whole is worth more than a part of it: o1 over o3 can't be the smaller difference."""
    line = plain_problem(np.array([[1.0], [0.5], [0.0]]))
    pairs = (
        mcda.Difference("o1", "o2", "strong"),
        mcda.Difference("o2", "o3", "weak"),
        mcda.Difference("o1", "o3", "very weak"),
    )
    found = mcda.statement_conflict(line, [mcda.Differences(pairs)], "open")
    assert len(found.statements) == 1
    row = found.table.iloc[0]
    assert (row["about"], row["unit"]) == ("sizes", "points of 100")
    assert mcda.statement_conflict(line, [mcda.Differences(pairs[:2])], "open") is None


def test_how_far_differences_lie_off_their_categories(three):
    """o2 over o1 strong against c1 at least twice c2: what the weights at least leave open."""
    said = [
        mcda.SwingOver("c1", "c2", low=2),
        mcda.Differences((mcda.Difference("o2", "o1", "strong"),)),
    ]
    row = mcda.statement_conflict(three, said).table.iloc[1]
    assert row["can_low"] == pytest.approx(0.0, abs=1e-6)  # with all weight on c3 they are level
    said.append(mcda.SwingOver("c1", "c3", low=1))
    row = mcda.statement_conflict(three, said).table.iloc[1]
    assert row["about"] == "sizes"


def test_a_lead_that_the_others_do_not_leave(three):
    """c1 as much as c2: of 70 points on each they cancel, so no lead is left."""
    said = [mcda.SwingOver("c1", "c2", 1, 1), mcda.OptionOver("o1", "o2", by=10.0)]
    row = mcda.statement_conflict(three, said).table.iloc[1]
    assert (row["said_low"], row["about"]) == (10.0, "difference")
    assert row["can_high"] == pytest.approx(0.0, abs=1e-6)
