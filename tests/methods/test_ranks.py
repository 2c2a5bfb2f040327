"""Competition ranks: ties share the better rank, rounding never decides."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

import mcda
from mcda.methods.ranks import LONG, ranks


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=30))
def test_they_are_those_of_scipy(scores):
    """An independent library ranks whole numbers in the same way."""
    assert (
        mcda.ranks(scores).tolist() == rankdata([-score for score in scores], method="min").tolist()
    )


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=10))
def test_a_rank_counts_who_is_clearly_better(scores):
    """The first rank is always given, and no rank is beyond the number of scores."""
    found = mcda.ranks(scores)
    assert found.min() == 1
    assert found.max() <= len(scores)
    assert all(
        found[i] <= found[j]
        for i in range(len(scores))
        for j in range(len(scores))
        if scores[i] >= scores[j]
    )


def test_rounding_is_a_tie_and_a_difference_is_not():
    """The tolerance is 1e-9, relative where scores are large; it can be set."""
    assert mcda.ranks([0.3, 0.1 + 0.2, 0.3 - 1e-12]).tolist() == [1, 1, 1]
    assert mcda.ranks([0.3, 0.3 - 1e-8]).tolist() == [1, 2]
    assert mcda.ranks([1e12, 1e12 + 1]).tolist() == [1, 1]
    assert mcda.ranks([3, 2.5, 1], tolerance=0.2).tolist() == [1, 1, 3]


def test_labels_and_stacks():
    """A Series keeps its labels; leading axes are many lists of scores."""
    assert mcda.ranks(pd.Series({"a": 1.0, "b": 3.0})).to_dict() == {"a": 2, "b": 1}
    assert mcda.ranks(np.array([[1.0, 2.0], [2.0, 1.0]])).tolist() == [[2, 1], [1, 2]]


@pytest.mark.parametrize("scores", [[], [1, np.nan], [np.inf, 1], ["a", 1], 3.0])
def test_what_is_no_list_of_scores_is_refused(scores):
    """Missing, infinite, text, none at all."""
    with pytest.raises(mcda.InputError, match="score"):
        mcda.ranks(scores)


def test_a_missing_score_is_named():
    """By its label."""
    with pytest.raises(mcda.InputError, match="score of 'b': expected a finite number"):
        mcda.ranks(pd.Series({"a": 1.0, "b": np.nan}))


@given(st.integers(0, 2**32 - 1), st.sampled_from(["uniform", "ties", "close", "wide", "flat"]))
@settings(max_examples=25)
def test_many_scores_are_ranked_as_few_are(seed, kind):
    """The grid that sorts many scores gives what comparing with every other score gives."""
    rng = np.random.default_rng(seed)
    scores = {
        "uniform": lambda: rng.uniform(size=LONG),
        "ties": lambda: rng.integers(0, 50, LONG) / 7,
        "close": lambda: 1 + rng.integers(0, 9, LONG) * 1e-15,
        "wide": lambda: rng.normal(size=LONG) * 10.0 ** rng.integers(-300, 300, LONG),
        "flat": lambda: np.full(LONG, 0.3),
    }[kind]()
    expected = 1 + (LONG - np.searchsorted(np.sort(scores), scores, side="right"))
    np.testing.assert_array_equal(ranks(scores, 0.0), expected)
    np.testing.assert_array_equal(ranks(np.stack([scores, -scores]))[0], ranks(scores))


def test_pairs_on_one_step_of_the_grid_need_no_second_sort(monkeypatch):
    """Pairs of scores closer than a step of the grid are put right where they stand."""
    scores = np.arange(LONG) / LONG
    lower = np.array([500, 7_000])
    scores[lower + 1] = scores[lower] - 1e-15  # the smaller has the larger index

    def refused(*_, **__):
        raise AssertionError("sorted a second time")

    expected = rankdata(-scores, method="min")
    monkeypatch.setattr(np, "argsort", refused)
    np.testing.assert_array_equal(ranks(scores, 0.0), expected)


def test_more_than_two_scores_on_one_step_of_the_grid_are_ranked():
    """Runs of scores closer than a step of the grid are ranked as all others."""
    scores = np.arange(LONG) / LONG
    scores[500:504] = 0.05 - np.arange(4) * 1e-15
    np.testing.assert_array_equal(ranks(scores, 0.0), rankdata(-scores, method="min"))
