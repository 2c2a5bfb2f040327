"""Compiled kernels count what numpy counts, draw by draw: ranks, wins, weights and scores, the same integers."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.uncertainty.counting.compiled_engine import can_compile, count_compiled, worth_compiling
from mcda.uncertainty.counting.count import count
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.counting.single_precision import bare_scores
from mcda.uncertainty.counting.tally import BLOCK, SHARE

pytest.importorskip("numba")


def bare(m, n, seed=7):
    """A question of judged triangular cells alone; every third criterion is a cost."""
    random = np.random.default_rng(seed)
    mode = random.uniform(4, 6, (n, m))
    low, high = mode - random.uniform(0.2, 2, (n, m)), mode + random.uniform(0.2, 2, (n, m))
    leaves = tuple(
        mcda.Criterion(
            f"c{j}",
            label=f"Criterion {j}",
            direction="max" if j % 3 else "min",
            scale=mcda.Scale((0.0, 10.0) if j % 3 else (10.0, 0.0), (0.0, 1.0)),
        )
        for j in range(n)
    )
    options = pd.DataFrame(
        {"label": [f"Option {i}" for i in range(m)]}, index=[f"o{i}" for i in range(m)]
    )
    cells = [
        mcda.Estimate(f"c{j}/o{i}", low[j, i], mode[j, i], high[j, i])
        for j in range(n)
        for i in range(m)
    ]
    return mcda.Problem("bare", mcda.Frame(), options, leaves, {cell.key: cell for cell in cells})


def job_of(problem, weights=None, n=100_000, **changes):
    space = mcda.over_leaves(
        problem, weights or mcda.weight_space([leaf.key for leaf in problem.leaves])
    )
    return Job(
        mcda.sample(problem, n, seed=0, **changes),
        (space,),
        "topsis:vector",
        2.0,
        {},
        tuple(problem.options.index),
    )


def changed(problem, of):
    """The question with the low, mode and high of some cells replaced: by key, what to do with them."""
    estimates = dict(problem.estimates)
    for key, change in of.items():
        one = estimates[key]
        estimates[key] = dataclasses.replace(
            one, **{end: change(getattr(one, end)) for end in ("low", "mode", "high")}
        )
    return dataclasses.replace(problem, estimates=estimates)


def column(problem, criterion, change):
    return changed(problem, {f"{criterion}/{option}": change for option in problem.options.index})


def equal(one, other):
    return {name: int((one.sums[name] != other.sums[name]).sum()) for name in other.sums}


@pytest.mark.parametrize(
    "case", ["simplex", "one vector", "one varies", "all the same", "two alike", "many tied"]
)
def test_counts_are_those_of_numpy(case):
    """Over 10,240 draws, also with ties among some or all options in every draw."""
    problem = bare(6, 5)
    alike = {"all the same": range(6), "two alike": (0, 1), "many tied": range(4)}.get(case, ())
    estimates = dict(problem.estimates)
    for i in alike:
        for j in range(5):
            estimates[f"c{j}/o{i}"] = mcda.Estimate(f"c{j}/o{i}", 5, 5, 5)
    problem = dataclasses.replace(problem, estimates=estimates)
    one = job_of(
        problem,
        mcda.equal_weights(problem) if case == "one vector" else None,
        **({"vary": ["c1/o2"]} if case == "one varies" else {}),
    )
    assert can_compile(one)
    found, expected = count_compiled(one, 0, 40 * BLOCK), one.counted_by_numpy(0, 40 * BLOCK)
    assert equal(found, expected) == dict.fromkeys(expected.sums, 0)


MAGNITUDES = {
    "large": lambda x: x * 1e25,
    "tiny": lambda x: x * 1e-25,
    "far from zero": lambda x: x + 1e9,
    "negative": lambda x: x - 20,
    "around zero": lambda x: x - 5,
    "all zero": lambda x: 0.0,
    "all the same": lambda x: 5e8,
}


@pytest.mark.parametrize("magnitude", MAGNITUDES)
def test_any_magnitude_is_counted_alike(magnitude):
    """Numbers that single precision wouldn't hold squared, or tell apart, are scaled and shifted first."""
    problem = column(bare(6, 5), "c1", MAGNITUDES[magnitude])
    one = job_of(problem)
    found, expected = count_compiled(one, 0, 4 * BLOCK), one.counted_by_numpy(0, 4 * BLOCK)
    assert equal(found, expected) == dict.fromkeys(expected.sums, 0)
    double = in_double(one).counted_by_numpy(0, 4 * BLOCK)
    assert (np.abs(found.sums["ranks"] - double.sums["ranks"]).sum() / SHARE).max() < 10
    np.testing.assert_allclose(found.sums["scores"], double.sums["scores"], rtol=1e-6)


def in_double(one):
    """The same job with a floor that all pass: numpy then counts it in double precision."""
    found = dataclasses.replace(one, floors={"c1": -1e300})
    assert one.bare and not found.bare
    return found


def test_a_scaled_criterion_is_the_same_criterion():
    """By a power of two, which rounds nothing: the same sums to the last digit."""
    problem, expected = bare(6, 5), job_of(bare(6, 5)).counted_by_numpy(0, 2000)
    for size in (2.0**60, 2.0**-60):
        found = job_of(column(problem, "c1", lambda x, size=size: x * size)).counted_by_numpy(
            0, 2000
        )
        assert set(equal(found, expected).values()) == {0}


@pytest.mark.parametrize("size", [2.0**531, 2.0**-560, 2.0**1000])
def test_any_size_has_its_quantiles_and_confidence_factors(size):
    """These are of double precision, whose squares end at 1e308: what a power of two scales has the same scores."""
    problem = bare(6, 5)
    plain, scaled = (
        mcda.robustness(
            mcda.sample(one, 500, seed=0),
            mcda.weight_space([f"c{j}" for j in range(5)]),
            "topsis:vector",
        )
        for one in (problem, column(problem, "c1", lambda x: x * size))
    )
    pd.testing.assert_frame_equal(scaled.scores, plain.scores, check_exact=True)
    pd.testing.assert_series_equal(
        scaled.confidence_factors, plain.confidence_factors, check_exact=True
    )


def test_single_precision_changes_few_counts():
    """Beside double precision, of 65,536 draws of 20 options: far below the error of a share, 0.002."""
    one = job_of(bare(20, 8))
    found, expected = (
        count_compiled(one, 0, 64 * BLOCK),
        in_double(one).counted_by_numpy(0, 64 * BLOCK),
    )
    for name, unit in (("ranks", SHARE), ("wins", 1)):
        off = np.abs(found.sums[name] - expected.sums[name]) / unit / found.draws
        assert 0 < off.max() < 2e-4
    np.testing.assert_allclose(found.sums["scores"], expected.sums["scores"], rtol=1e-6)
    np.testing.assert_allclose(
        found.sums["weights"], expected.sums["weights"], rtol=1e-2, atol=2**30
    )


def test_equals_tie_though_rounding_tells_them_apart():
    """Two options whose numbers are swapped between criteria that count alike: equal, but not bit by bit."""
    problem = bare(6, 5)
    fixed = {
        f"c{j}/o{i}": lambda x, at=(j, i): (4.9, 5.2)[(at[0] + at[1]) % 2]
        for i in (0, 1)
        for j in (1, 2)
    }
    fixed |= {f"c{j}/o{i}": lambda x: 5.0 for i in (0, 1) for j in (0, 3, 4)}
    same = {f"c2/o{i}": lambda x, i=i: problem.estimates[f"c1/o{i}"].mode for i in range(2, 6)}
    one = job_of(
        changed(problem, fixed | same), mcda.equal_weights(problem), vary=["c0", "c3", "c4"]
    )
    found, expected = count_compiled(one, 0, 4 * BLOCK), one.counted_by_numpy(0, 4 * BLOCK)
    assert equal(found, expected) == dict.fromkeys(expected.sums, 0)
    (scores,) = bare_scores(one.bare, one.weights_of(0, 1000), 0, 1000)
    assert (scores[0] != scores[1]).any()
    assert found.sums["wins"][0, :2, :2].tolist() == [[0, 0], [0, 0]]
    assert (found.sums["ranks"][0, 0] == found.sums["ranks"][0, 1]).all()


def test_a_tie_is_told_alike_where_a_score_and_the_tolerance_round():
    """Half a step further apart than the tolerance, around a power of two: ahead, for pairs and for groups."""
    problem, apart = bare(4, 2), [0.0, 1.0, 0.5 + 14 * 2.0**-24, 0.5 - 5 * 2.0**-25]
    cells = {f"c1/o{i}": mcda.Estimate(f"c1/o{i}", x, x, x) for i, x in enumerate(apart)}
    problem = dataclasses.replace(problem, criteria=problem.leaves[1:], estimates=cells)
    one = job_of(problem, mcda.equal_weights(problem))
    found, expected = count_compiled(one, 0, BLOCK), one.counted_by_numpy(0, BLOCK)
    assert equal(found, expected) == dict.fromkeys(expected.sums, 0)
    assert found.sums["wins"][0, 2, 3] == BLOCK


def test_each_draw_by_itself_is_that_of_numpy():
    """Blocks from anywhere in the stream: no difference hides in a sum."""
    one = job_of(bare(9, 4))
    for first in (0, 2, 510, 10**9):
        found, expected = count_compiled(one, first, BLOCK), one.counted_by_numpy(first, BLOCK)
        assert equal(found, expected) == dict.fromkeys(expected.sums, 0)


def test_threads_of_numpy_share_no_memory():
    """What one uses again, another doesn't write: runs counted side by side, and one after the other."""
    one = job_of(bare(6, 5))
    runs = [(at, 3000 + at // 7) for at in range(0, 60_000, 3001)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda run: one.counted_by_numpy(*run), runs))
    for run, part in zip(runs, found, strict=True):
        assert set(equal(part, one.counted_by_numpy(*run)).values()) == {0}


def test_the_caller_never_chooses():
    """A run that begins at an odd draw and ends within a block is the same whoever counts."""
    one = job_of(bare(4, 3))
    assert worth_compiling(one)
    for first, many in ((0, 1000), (7, 1000), (2, 3)):
        assert set(equal(count(one, first, many), one.counted_by_numpy(first, many)).values()) == {
            0
        }


def test_what_kernels_do_not_serve_is_left_to_numpy():
    """Another distribution, a floor, another method: the same answer, slower."""
    problem = bare(4, 3)
    estimates = {
        **problem.estimates,
        "c0/o0": mcda.Estimate("c0/o0", 1, 2, 3, distribution="uniform"),
    }
    assert not can_compile(job_of(dataclasses.replace(problem, estimates=estimates)))
    assert not can_compile(dataclasses.replace(job_of(problem), floors={"c0": 1.0}))
    assert not can_compile(dataclasses.replace(job_of(problem), method="additive"))
