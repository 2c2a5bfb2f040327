"""Sums that holders share: scores are those of each holder's weights of the criteria, one by one."""

import numpy as np
import pytest

from mcda.methods.compromise.topsis import closeness
from mcda.uncertainty.draws.batch_scores import OVER_DRAWS
from mcda.uncertainty.draws.power_sums import DrawnWeights, scores_of_all

DRAWS = 3000  # options are scored two at a time
SHARES = np.array(
    [[0.25, 0.75, 0.0, 0.0, 0.0], [0.0, 0.0, 0.5, 0.5, 0.0], [0.0, 0.0, 0.0, 0.0, 1.0]]
)


@pytest.fixture
def values():
    """Values (n, m, draws), among them an option at the ideal and one at the anti-ideal."""
    drawn = np.random.default_rng(1).random((5, 7, DRAWS))
    drawn[:, 0] = 1.0
    drawn[:, 1] = 0.0
    return drawn


def weights_of(heads, seed):
    drawn = np.random.default_rng(seed).dirichlet(np.ones(heads), DRAWS)
    return np.ascontiguousarray(drawn.T)


@pytest.fixture
def holders():
    """Holders who share heads, in an order of their own, who have others, and who have none."""
    heads = weights_of(3, 2)
    return [
        DrawnWeights.passed_on(heads, SHARES),
        DrawnWeights.passed_on(weights_of(3, 3), SHARES[::-1]),
        DrawnWeights.passed_on(weights_of(3, 4), SHARES[:, ::-1]),
        DrawnWeights.of_criteria(weights_of(5, 5)),
        DrawnWeights.the_same(np.full(5, 0.2)),
    ]


@pytest.mark.parametrize("order", OVER_DRAWS)
def test_scores_are_those_of_the_method_draw_by_draw(order, values, holders):
    scores = scores_of_all(OVER_DRAWS[order], values, holders)
    for found, whose in zip(scores, holders, strict=True):
        weights = np.broadcast_to(whose.criteria, (5, DRAWS))
        expected = closeness(values.T, weights.T, order=order)
        np.testing.assert_allclose(found.T, expected, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("order", OVER_DRAWS)
def test_no_score_depends_on_who_is_scored_beside(order, values, holders):
    together = scores_of_all(OVER_DRAWS[order], values, holders)
    for found, whose in zip(together, holders, strict=True):
        assert np.array_equal(found, scores_of_all(OVER_DRAWS[order], values, [whose])[0])
        some = scores_of_all(OVER_DRAWS[order], values[:, 3:4], [whose])[0]
        assert np.array_equal(found[3:4], some)


def test_weights_are_passed_on_to_the_criteria():
    heads = weights_of(3, 2)
    passed_on = DrawnWeights.passed_on(heads, SHARES)
    np.testing.assert_allclose(passed_on.criteria, SHARES.T @ heads, rtol=1e-15)
    assert passed_on.heads is heads


def test_a_criterion_below_two_heads_is_its_own(values):
    shares = np.array([[0.5, 0.5, 0.0, 0.0, 0.0], [0.0, 0.5, 0.0, 0.5, 0.0], [0.0] * 4 + [1.0]])
    heads = weights_of(3, 2)
    passed_on = DrawnWeights.passed_on(heads, shares)
    assert passed_on.heads.shape == (5, DRAWS)
    expected = closeness(values.T, (shares.T @ heads).T, order=2.0)
    found = scores_of_all(OVER_DRAWS[2.0], values, [passed_on])[0]
    np.testing.assert_allclose(found.T, expected, rtol=1e-13, atol=1e-15)
    (mean,) = DrawnWeights.means(np.full((1, 5), 0.2), shares)
    assert mean.heads.shape == (1, 1)


def test_a_head_of_a_mean_has_what_its_criteria_have():
    heads = weights_of(3, 2)
    weights = (SHARES.T @ heads).mean(axis=1)
    (mean,) = DrawnWeights.means(weights[None], SHARES)
    np.testing.assert_allclose(mean.heads[:, 0], heads.mean(axis=1), rtol=1e-12)
    assert np.array_equal(mean.criteria[:, 0], weights)
