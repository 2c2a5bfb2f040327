"""Even weights: uniform, made again from their number, with true errors, and far closer than independent draws."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import mcda
from mcda.preferences.weighting.sobol import broken_sticks, evenly, sobol_points
from mcda.uncertainty.counting.count import count
from mcda.uncertainty.counting.job import Job, sum_of
from mcda.uncertainty.counting.sobol_repeats import ratio_error

CRITERIA = ("cost", "places", "noise")


def space(n=20_000):
    return evenly(mcda.weight_space(CRITERIA), n)


def test_rows_are_those_asked_for_alone():
    """Across the edges of nets, from the first row or any other; another seed or holder gives others."""
    even = space(n=2048)
    whole = even.sample(1000, 0)
    for first, many in ((0, 1), (1, 1), (127, 2), (128, 128), (130, 700), (999, 1), (5, 0)):
        np.testing.assert_array_equal(even.sample(many, 0, first), whole[first : first + many])
    assert not np.allclose(even.sample(10, 1), whole[:10])
    np.testing.assert_allclose(whole.sum(axis=1), 1.0, atol=1e-15)


def test_points_are_uniform_on_the_simplex():
    """Every weight has the beta distribution of a uniform point; a net fills every cell of its grid."""
    weights = space(n=20_000).sample(4096, 3)
    for column in weights.T:
        assert stats.kstest(column, stats.beta(1, 2).cdf).statistic < 0.01
    points = sobol_points(7, 0, 256, 2)
    assert len(np.unique((points * 16).astype(int), axis=0)) == 256
    assert broken_sticks(np.array([[0.0, 0.0], [1.0, 0.3]])).tolist() == [
        [0.0, 0.0, 1.0],
        [1.0, 0.0, 0.0],
    ]


def test_only_a_whole_space_of_enough_draws_is_drawn_evenly():
    """Constraints, one criterion, few draws: as before."""
    for one, n in (
        (mcda.weight_space(CRITERIA, "cost >= places"), 10**6),
        (mcda.weight_space(["cost"]), 10**6),
        (mcda.weight_space(CRITERIA), 1000),
    ):
        assert evenly(one, n) is one
    assert [evenly(mcda.weight_space(CRITERIA), n).size for n in (1024, 10**5, 10**6, 10**9)] == [
        64,
        4096,
        32768,
        65536,
    ]


def exact(shelter, n, seed):
    """Draws of the question in which nothing is uncertain."""
    return mcda.sample(shelter, n, seed, vary=[])


def test_any_cut_and_executor_gives_the_same_sums(shelter):
    """1, 2, 7 and 64 parts; the notes say how weights were drawn; facts that vary bring independent draws back."""
    draws = exact(shelter, 5000, 0)
    robust = mcda.robustness(draws, mcda.weight_space(CRITERIA), "topsis")
    job = Job(
        draws,
        (evenly(mcda.over_leaves(shelter, mcda.weight_space(CRITERIA)), 5000),),
        "topsis",
        2.0,
        {},
        tuple(shelter.options.index),
    )
    for parts in (1, 2, 7, 64):
        cuts = np.linspace(0, 5000, parts + 1).astype(int).tolist()
        found = sum_of(count(job, a, b - a) for a, b in reversed(list(pairwise(cuts)))).of(0)
        assert all((found.sums[name] == robust.tally.sums[name]).all() for name in found.sums)
    assert any("scrambled Sobol points in nets of 256" in note for note in robust.notes)
    assert not any(
        "Sobol" in note
        for note in mcda.robustness(mcda.sample(shelter, 2000, 0), space(0), "topsis").notes
    )


def test_a_killed_run_goes_on(shelter, tmp_path):
    """What is kept holds the repeats too."""
    from mcda.uncertainty.counting.checkpoint import save

    draws, state = exact(shelter, 5000, 0), tmp_path / "state"
    job = Job(
        draws,
        (evenly(mcda.over_leaves(shelter, mcda.weight_space(CRITERIA)), 5000),),
        "topsis",
        2.0,
        {},
        tuple(shelter.options.index),
    )
    save(state, job, count(job, 0, 1300))
    gone_on = mcda.robustness(draws, mcda.weight_space(CRITERIA), "topsis", state=state)
    alone = mcda.robustness(draws, mcda.weight_space(CRITERIA), "topsis")
    assert all(
        gone_on.standard_errors[name].equals(alone.standard_errors[name])
        for name in alone.standard_errors
    )


def closed_form():
    """A question of three options, each best on one criterion: each is first in a third of all weights."""
    names = list("abc")
    leaves = tuple(
        mcda.Criterion(key, label=key, direction="max", scale=mcda.Scale((0, 1), (0, 1)))
        for key in names
    )
    cells = {
        f"{key}/{option}": mcda.Estimate(f"{key}/{option}", *[float(key == option)] * 3)
        for key in names
        for option in names
    }
    options = pd.DataFrame({"label": names}, index=names)
    return mcda.Problem("closed", mcda.Frame(), options, leaves, cells)


@pytest.mark.thorough
def test_stated_errors_are_true_and_far_smaller():
    """Over 200 seeds the intervals cover a third between 90% and 98%; the error is a quarter of that of free draws."""
    problem, covered, off = closed_form(), 0, []
    for seed in range(200):
        first = mcda.robustness(
            exact(problem, 4096, seed), mcda.weight_space(list("abc")), "additive"
        ).first_rank
        covered += first.loc["a", "low"] <= 1 / 3 <= first.loc["a", "high"]
        off.append(first.loc["a", "acceptability"] - 1 / 3)
    assert 180 <= covered <= 196
    assert np.sqrt(np.mean(np.square(off))) < 0.25 * np.sqrt(2 / 9 / 4096)


def test_a_ratio_of_sums_has_the_error_of_its_residuals():
    """Of equal repeats it is the spread of their results over the root of their number."""
    sums = np.array([3.0, 5.0, 4.0, 8.0])
    assert ratio_error(sums, np.full(4, 10.0)) == pytest.approx(np.std(sums / 10, ddof=1) / 2)


def test_the_interval_of_repeats_is_students_with_one_degree_less_than_repeats():
    """Sixteen repeats: Wilson's interval at the stated error, with 2.131 (15 degrees) for 1.96."""
    found = mcda.robustness(
        exact(closed_form(), 4096, 1), mcda.weight_space(list("abc")), "additive"
    ).first_rank
    share, error = found["acceptability"], found["standard_error"]
    z, n = stats.t.ppf(0.975, 15), share * (1 - share) / error**2
    reach = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    for end, sign in (("low", -1), ("high", 1)):
        expected = (share + z**2 / (2 * n) + sign * reach) / (1 + z**2 / n)
        np.testing.assert_allclose(found[end], expected, rtol=1e-9)
