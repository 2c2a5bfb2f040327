"""Monte Carlo errors against closed forms and repeated seeds; what they could change is marked, by one rule."""

import numpy as np
import pytest

import mcda
from mcda.uncertainty.smaa.standard_errors import INTERVAL, Trials, clear_of

SEEDS, DRAWS = 200, 1000
SHARES = np.array(INTERVAL)
OF_UNIFORM = np.sqrt(SHARES * (1 - SHARES))  # the density is 1
OF_EXPONENTIAL = np.sqrt(SHARES / (1 - SHARES))  # the density at a quantile is the share above it


@pytest.fixture(scope="module")
def repeated():
    """Scores and their errors over repeated seeds: of uniform numbers, and of skewed ones."""
    found = []
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        found.append(
            mcda.acceptability(
                np.column_stack([random.uniform(size=DRAWS), random.exponential(size=DRAWS)])
            )
        )
    return [
        np.stack([getter(one) for one in found])
        for getter in (
            lambda one: one.scores.to_numpy(),
            lambda one: one.standard_errors["scores"].to_numpy(),
        )
    ]


def test_errors_of_means_spreads_and_quantiles_are_how_far_repeats_differ(repeated):
    """Over 200 seeds each index differs as its error says, within four times the 5% to which 200 tell a spread."""
    scores, errors = repeated
    beside = scores.std(axis=0, ddof=1) / errors.mean(axis=0)
    assert abs(beside - 1).max() < 4 / np.sqrt(2 * SEEDS)


@pytest.mark.parametrize(
    ("at", "spread", "fourth", "quantiles"),
    [(0, 1 / 12, 1 / 80, OF_UNIFORM), (1, 1.0, 9.0, OF_EXPONENTIAL)],
)
def test_errors_of_spreads_and_quantiles_are_the_closed_form(
    repeated, at, spread, fourth, quantiles
):
    """From the variance and fourth moment, and from the density at a quantile; a mean over 200 seeds, to 5%."""
    errors = repeated[1][:, at].mean(axis=0)
    of_spread = np.sqrt((fourth - spread**2) / DRAWS) / (2 * np.sqrt(spread))
    assert errors[:2] == pytest.approx([np.sqrt(spread / DRAWS), of_spread], rel=0.05)
    assert errors[2:] == pytest.approx(quantiles / np.sqrt(DRAWS), rel=0.05)


def test_one_rule_says_what_an_error_could_change():
    """An interval is clear of cuts where none lies in it; at 0 of 100 draws it reaches up to 3.7%."""
    low, high = Trials(100).interval(np.array([0.0, 0.5, 1.0]), np.array([0.0, 0.05, 0.0]))
    assert (
        high[0] == pytest.approx(0.0370, abs=1e-4)
        and low[2] == 1 - high[0]
        and low[1] == 1 - high[1]
    )
    assert clear_of((0.05,), low, high).tolist() == [True, True, True]
    assert clear_of((0.03, 0.45), low, high).tolist() == [False, False, True]


def scored(ahead, draws):
    """Return the indices of two options, one ahead of the other in so many draws."""
    return mcda.acceptability(
        np.where(np.arange(draws)[:, None] < ahead, [[1.0, 0.0]], [[0.0, 1.0]])
    )


@pytest.mark.parametrize(
    ("ahead", "draws", "first", "pairs", "ranks"),
    [
        (56, 100, False, False, [True, False, True]),
        (6700, 10_000, True, True, [True, True, True]),
        (9496, 10_000, True, True, [True, True, False]),
        (505, 10_000, True, True, [False, True, True]),
        (5050, 10_000, True, True, [True, False, True]),
    ],
)
def test_what_too_few_draws_leave_open_is_marked(ahead, draws, first, pairs, ranks):
    """Words for first ranks and for pairs, and each rank of an interval: near a cut open, far from it settled."""
    found = scored(ahead, draws)
    assert found.first_rank["settled"].tolist() == [first] * 2
    assert found.settled_at["pairwise_winning"].to_numpy()[[0, 1], [1, 0]].tolist() == [pairs] * 2
    assert found.settled_at["rank_intervals"].iloc[0].tolist() == ranks
    reach = found.standard_errors["rank_intervals"].iloc[0].to_numpy()
    assert (reach == 0).tolist() == ranks


def test_one_draw_at_the_front_tells_no_error_of_its_central_weights():
    """Of one draw nothing is known, whatever its weights round to: a blank, never an infinite error."""
    weights = np.random.default_rng(1).dirichlet([9.0, 1.0], 40)
    errors = mcda.acceptability(np.eye(40), weights).standard_errors["central_weights"]
    assert errors.isna().all(axis=None)
