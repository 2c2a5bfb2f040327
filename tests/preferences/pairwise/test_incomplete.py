"""Missing pairs: each completion does what its name says, and nothing is guessed."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from mcda.preferences.pairwise.eigenvector import principal
from mcda.preferences.pairwise.incomplete import COMPLETIONS, completed, least_squares

SAATY = [*range(1, 10), *(1 / k for k in range(2, 10))]


@st.composite
def with_gaps(draw, least=4, most=6):
    """A reciprocal matrix with some pairs missing: (0, 2) always, a ring of pairs never."""
    n = draw(st.integers(least, most))
    matrix = np.ones((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            ring = j == i + 1 or (i, j) == (0, n - 1)
            judged = ring or ((i, j) != (0, 2) and draw(st.booleans()))
            ratio = draw(st.sampled_from(SAATY)) if judged else np.nan
            matrix[i, j], matrix[j, i] = ratio, 1 / ratio
    return matrix


@given(with_gaps(), st.sampled_from(COMPLETIONS))
def test_a_completion_keeps_what_was_judged_and_is_reciprocal(matrix, completion):
    """Only gaps are filled."""
    filled = completed(matrix, "abcdef", completion)
    judged = ~np.isnan(matrix)
    np.testing.assert_array_equal(filled[judged], matrix[judged])
    np.testing.assert_allclose(filled * filled.T, 1, rtol=1e-12)


@given(with_gaps())
def test_the_least_eigenvalue_is_least(matrix):
    """No other filling near it, and no other completion, has a smaller eigenvalue."""
    filled = completed(matrix, "abcdef", "eigenvalue")
    least = principal(filled)[1]
    for other in COMPLETIONS[1:]:
        assert principal(completed(matrix, "abcdef", other))[1] >= least - 1e-9
    for i, j in np.argwhere(np.triu(np.isnan(matrix))):
        for factor in (0.99, 1.01):
            moved = filled.copy()
            moved[i, j], moved[j, i] = filled[i, j] * factor, filled[j, i] / factor
            assert principal(moved)[1] >= least - 1e-9


@pytest.mark.filterwarnings("ignore:.*above 0.10:mcda.AssumptionWarning")
@given(with_gaps())
def test_least_squares_is_the_row_mean_of_its_own_completion(matrix):
    """And its errors over judged pairs sum to zero in every row."""
    logs = least_squares(matrix)
    means = np.asarray(mcda.priorities(matrix, "geometric mean"))
    np.testing.assert_allclose(means, np.exp(logs) / np.exp(logs).sum(), rtol=1e-9)
    np.testing.assert_allclose(
        np.nansum(np.log(matrix) - logs[:, None] + logs, axis=1), 0, atol=1e-9
    )


@given(st.lists(st.floats(0.2, 5), min_size=4, max_size=6), st.sampled_from(COMPLETIONS))
@pytest.mark.filterwarnings("ignore:outside Saaty:mcda.AssumptionWarning")
def test_consistent_judgements_are_completed_by_their_weights(weights, completion):
    """All three agree, with a ratio of 0."""
    weights = np.array(weights)
    matrix = weights[:, None] / weights
    matrix[0, 2] = matrix[2, 0] = np.nan
    found = mcda.priorities(matrix, completion=completion)
    np.testing.assert_allclose(found, weights / weights.sum(), rtol=1e-6)
    assert found.consistency.ratio == pytest.approx(0, abs=1e-9)


def test_just_enough_judgements_are_told():
    """A ratio of 0 by construction is no praise."""
    chain = np.array([[1, 2, np.nan], [0.5, 1, 3], [np.nan, 1 / 3, 1]])
    with pytest.warns(mcda.AssumptionWarning, match="consistency can't be checked"):
        np.testing.assert_allclose(mcda.priorities(chain), np.array([6, 3, 1]) / 10)


def test_parts_and_stacks_are_refused():
    """Separate parts are named; gaps in one of many matrices are not passed over."""
    items = ["a", "b", "c"]
    with pytest.raises(
        mcda.InputError, match=r"found parts \{a, b\} and \{c\}; judge a pair between the parts"
    ):
        mcda.priorities(mcda.Judgements(items, {("a", "b"): 2}))
    stack = np.stack([np.ones((3, 3)), np.array([[1, 2, np.nan], [0.5, 1, 3], [np.nan, 1 / 3, 1]])])
    with pytest.raises(
        mcda.InputError, match="pairwise matrices: expected every pair judged in each, found gaps"
    ):
        mcda.priorities(stack)
    with pytest.raises(
        mcda.InputError,
        match="completion: expected one of 'eigenvalue', 'log least squares', 'Harker'",
    ):
        mcda.priorities(np.ones((3, 3)), completion="mean")


def test_harker_is_the_eigenvector_of_its_completion():
    """Of the matrix filled with its own ratios."""
    matrix = np.array(
        [[1, 2, 5, np.nan], [0.5, 1, 3, 4], [0.2, 1 / 3, 1, 2], [np.nan, 0.25, 0.5, 1]]
    )
    harker = np.where(np.isnan(matrix), 0, matrix) + np.diag(np.isnan(matrix).sum(axis=1))
    vector = np.asarray(mcda.priorities(matrix, completion="Harker"))
    np.testing.assert_allclose(harker @ vector / vector, (harker @ vector / vector)[0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert mcda.priorities(matrix).completion == "eigenvalue"
