"""Whether any weights put an option first: by hand, and what stands against it."""

import numpy as np
import pytest

import mcda

from .conftest import plain_problem

TABLE = np.array([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4], [0.3, 0.3]])


def test_an_option_between_two_others_is_never_first():
    """o3 is worth 0.4 whatever the weights, and o1 or o2 at least 0.5; o1 alone doesn't stop it."""
    problem = plain_problem(TABLE)
    assert mcda.can_be_first(problem, "o1")["can_be_first"].tolist() == [True]
    row = mcda.can_be_first(problem, "o3").iloc[0]
    assert not row["can_be_first"] and row["options_against"] == ("o1", "o2")
    assert mcda.can_be_first(problem, "o4").iloc[0]["options_against"] == ("o3",)


def test_a_statement_may_stand_against_a_position():
    """o2 first and c1 twice c2 can't be: o1 is then ahead. Level is enough for first."""
    problem = plain_problem(TABLE)
    said = [mcda.SwingOver("c1", "c2", 2, words="the first counts twice")]
    row = mcda.can_be_first(problem, "o2", said).iloc[0]
    assert row["statements_against"] == ("the first counts twice",)
    assert row["options_against"] == ("o1",)
    alike = plain_problem(np.full((2, 2), 0.5))
    assert mcda.can_be_first(alike, "o2")["can_be_first"].all()


def test_an_unknown_option_is_refused():
    with pytest.raises(mcda.InputError, match="one of the options 'o1'"):
        mcda.can_be_first(plain_problem(TABLE), "o9")
