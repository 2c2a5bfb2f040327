"""Sentences about weights: those that come from statements are told in people's words."""

import numpy as np

import mcda
from mcda.reporting.language import from_statements
from tests.preferences.from_statements.conftest import plain_problem


def test_a_holder_of_statements_is_told_by_its_words():
    """The words as said; without any, what the statement comes to; nothing for direct weights."""
    problem = plain_problem(np.array([[0.9, 0.1], [0.2, 0.8]]))
    said = [
        mcda.OptionOver("o1", "o2", holder="Panel", words="rather the first"),
        mcda.SwingOver("c1", "c2", holder="Panel"),
    ]
    found = mcda.weights_from_statements(problem, said)
    (sentence,) = from_statements([mcda.weights({"c1": 1, "c2": 1}, "Other"), found])
    assert "Panel stated no weights" in sentence and "“rather the first”" in sentence
    assert "the swing of 'c1' is worth more than that of 'c2'" in sentence
