"""Each distribution against scipy's, by quantiles and by draws; what low and high mean; what isn't a distribution."""

import numpy as np
import pytest
from scipy import stats

import mcda
from mcda.sampling.distributions import BOUNDED, CONTINUOUS, bounds, stepped
from mcda.uncertainty.draws.draws import sample

Z = stats.norm.ppf(0.95)
PEERS = {
    "triangular": lambda low, mode, high: stats.triang(
        (mode - low) / (high - low), low, high - low
    ),
    "uniform": lambda low, mode, high: stats.uniform(low, high - low),
    "pert": lambda low, mode, high: stats.beta(
        1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low), low, high - low
    ),
    "normal": lambda low, mode, high: stats.norm((low + high) / 2, (high - low) / 2 / Z),
    "lognormal": lambda low, mode, high: stats.lognorm(
        np.log(high / low) / 2 / Z, scale=np.sqrt(low * high)
    ),
}
RANGES = [(1.0, 2.0, 6.0), (1.0, 1.0, 6.0), (1.0, 6.0, 6.0), (100.0, 101.0, 102.5)]


@pytest.mark.parametrize(("low", "mode", "high"), RANGES)
@pytest.mark.parametrize("name", CONTINUOUS)
def test_quantiles_are_those_of_scipy(name, low, mode, high):
    """From one end to the other, tails included."""
    u = np.r_[2.0**-33, 1e-6, np.linspace(0.001, 0.999, 999), 1 - 1e-6, 1 - 2.0**-33]
    found = CONTINUOUS[name](u, np.array(low), np.array(mode), np.array(high))
    np.testing.assert_allclose(found, PEERS[name](low, mode, high).ppf(u), rtol=1e-9)
    assert (np.diff(found) >= 0).all()


@pytest.mark.parametrize("name", CONTINUOUS)
def test_draws_fit_their_distribution(make_problem, name):
    """A Kolmogorov-Smirnov test of 20,000 draws of an estimate."""
    estimate = mcda.Estimate("x", 1.0, 2.0, 6.0, distribution=name)
    problem = make_problem(estimates={**make_problem().estimates, "x": estimate})
    drawn = sample(problem, 20_000, seed=0).numbers()[:, -1]
    assert stats.kstest(drawn, PEERS[name](1.0, 2.0, 6.0).cdf).pvalue > 1e-3


@pytest.mark.parametrize(
    ("lower", "upper"), [(0.025, 0.975), (0.1, 0.9), (0.25, 0.75), (0.01, 0.9)]
)
@pytest.mark.parametrize(("low", "mode", "high"), RANGES)
@pytest.mark.parametrize("name", CONTINUOUS)
def test_low_and_high_may_be_any_stated_quantiles(
    make_problem, name, low, mode, high, lower, upper
):
    """Of what is drawn the stated share lies below low and above high: exactly of the distribution."""
    stated = f"{100 * lower:g}-{100 * upper:g}%"
    estimate = mcda.Estimate("x", low, mode, high, distribution=name, interval=stated)
    found = CONTINUOUS[name](
        np.array([lower, upper]), np.array(estimate.ends[0]), mode, np.array(estimate.ends[1])
    )
    np.testing.assert_allclose(found, [low, high], rtol=1e-9)
    drawn = sample(
        make_problem(estimates={**make_problem().estimates, "x": estimate}), 20_000, 5
    ).numbers()[:, -1]
    error = 5 * np.sqrt(lower * (1 - lower) / 20_000)
    assert abs((drawn < low).mean() - lower) < error
    assert estimate.low_and_high_are == stated


@pytest.mark.parametrize(("mode", "scale"), [(20, 136), (14.7, 100), (0.147, 1)])
def test_a_share_from_counts_is_their_beta(make_problem, mode, scale):
    """20 of 136, as events, as percent or as a share: a beta(20, 116), whose mean is what was seen."""
    span = mode / 20
    estimate = mcda.Estimate("x", 12 * span, mode, 29 * span, distribution="beta", counts=(20, 136))
    problem = make_problem(estimates={**make_problem().estimates, "x": estimate})
    drawn = sample(problem, 20_000, seed=0).numbers()[:, -1]
    assert stats.kstest(drawn / scale, stats.beta(20, 116).cdf).pvalue > 1e-3
    assert drawn.mean() / scale == pytest.approx(
        20 / 136, abs=5 * stats.beta(20, 116).std() / np.sqrt(20_000)
    )


@pytest.mark.parametrize(("low", "mode", "high"), RANGES)
@pytest.mark.parametrize("name", BOUNDED)
def test_a_range_can_be_the_5_and_95_percent_quantiles(name, low, mode, high):
    """The bounds are then wider, and 5% of the draws lie on either side; an estimate says which it is."""
    ends = bounds(name, low, mode, high)
    found = CONTINUOUS[name](np.array([0.05, 0.95]), ends[0], mode, ends[1])
    np.testing.assert_allclose(found, [low, high], atol=1e-9 * (high - low))
    assert mcda.Estimate("x", low, mode, high, distribution=name, interval="5-95%").ends == ends
    assert mcda.Estimate("x", low, mode, high, distribution=name).ends == (low, high)
    assert mcda.Estimate("x", low, mode, high, distribution="lognormal").low_and_high_are == "5-95%"


def test_points_come_with_their_chances():
    """A discrete estimate, and a sample whose points are equally likely, in any order."""
    u = (np.arange(1000) + 0.5) / 1000
    found = stepped(u, np.array([5.0, 0.0]), np.array([0.3, 0.7]))
    assert [(found == point).mean() for point in (0.0, 5.0)] == [0.7, 0.3]
    one = mcda.Estimate(
        "x", 0, 0, 5, distribution="discrete", points=(0.0, 5.0), chances=(0.7, 0.3)
    )
    other = mcda.Estimate("y", 1, 2, 4, distribution="sample", points=(4.0, 1.0, 1.0, 2.0))
    assert one.varies and other.varies


def test_points_are_drawn(make_problem):
    """The shares of draws are the chances, within five standard errors; one that is fixed stays."""
    added = {
        "x": mcda.Estimate(
            "x", 0, 0, 5, distribution="discrete", points=(0.0, 5.0), chances=(0.7, 0.3)
        ),
        "y": mcda.Estimate("y", 1, 2, 4, distribution="sample", points=(4.0, 1.0, 1.0, 2.0)),
        "z": mcda.Estimate("z", 1, 2, 4, distribution="fixed"),
    }
    drawn = sample(
        make_problem(estimates={**make_problem().estimates, **added}), 10_000, seed=3
    ).numbers()[:, -3:]
    assert abs((drawn[:, 0] == 5).mean() - 0.3) < 5 * np.sqrt(0.21 / 10_000)
    assert abs((drawn[:, 1] == 1).mean() - 0.5) < 5 * np.sqrt(0.25 / 10_000)
    assert set(drawn[:, 1]) == {1.0, 2.0, 4.0} and set(drawn[:, 2]) == {2.0}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"distribution": "cauchy"}, "distribution: expected one of 'triangular'"),
        (
            {"interval": "90%"},
            "interval: expected one of 'bounds', '5-95%' or another such range, found '90%'",
        ),
        ({"interval": "60-95%"}, "found '60-95%'; two quantiles with the median between them"),
        ({"counts": (1.0, 4.0)}, "counts: expected none for a triangular, found 2"),
        (
            {"distribution": "beta"},
            "counts: expected events and cases, such as 20 of 136, found none",
        ),
        ({"distribution": "beta", "counts": (0.0, 136.0)}, "found 0 of 136; of 0 events"),
        (
            {"distribution": "beta", "counts": (20.0, 136.0)},
            "mode: expected the counts' share 0.1471",
        ),
        (
            {"distribution": "normal", "interval": "bounds"},
            'a normal has no bounds, found "bounds"',
        ),
        (
            {"distribution": "lognormal", "low": 0.0},
            "low: expected above 0 for a log-normal, found 0",
        ),
        ({"distribution": "discrete"}, "points: expected at least one, found none"),
        (
            {"distribution": "discrete", "points": (1.0, 2.0), "chances": (0.5, 0.4)},
            "that sum to 1, found 0.5, 0.4",
        ),
        (
            {"distribution": "sample", "points": (9.0,)},
            "points: expected numbers from low to high, found 9",
        ),
        ({"points": (1.0,)}, "points: expected none for a triangular, found 1"),
    ],
)
def test_what_is_no_distribution_is_refused(given, told):
    """By the estimate's name, with what was expected."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.Estimate(**{"key": "x", "low": 1.0, "mode": 2.0, "high": 3.0} | given)
    assert told in str(refused.value) and "estimate 'x'" in str(refused.value)
