"""Compiled kernels count what numpy counts, draw by draw: ranks, wins, weights and scores, the same integers."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.robustness.compiled import BLOCK, can_compile, count_compiled
from mcda.robustness.job import Job

pytest.importorskip("numba")


def bare(m, n, seed=7):
    """A question of judged triangular cells alone; every third criterion is a cost."""
    random = np.random.default_rng(seed)
    mode = random.uniform(4, 6, (n, m))
    low, high = mode - random.uniform(0.2, 2, (n, m)), mode + random.uniform(0.2, 2, (n, m))
    leaves = tuple(
        mcda.Criterion(f"c{j}", label=f"Criterion {j}", direction="max" if j % 3 else "min",
                       scale=mcda.Scale((0.0, 10.0) if j % 3 else (10.0, 0.0), (0.0, 1.0)))
        for j in range(n)
    )  # fmt: skip
    options = pd.DataFrame({"label": [f"Option {i}" for i in range(m)]}, index=[f"o{i}" for i in range(m)])
    cells = [mcda.Estimate(f"c{j}/o{i}", low[j, i], mode[j, i], high[j, i]) for j in range(n) for i in range(m)]
    return mcda.Problem("bare", mcda.Frame(), options, leaves, {cell.key: cell for cell in cells})


def job_of(problem, weights=None, n=100_000, **changes):
    space = mcda.over_leaves(problem, weights or mcda.weight_space([leaf.key for leaf in problem.leaves]))
    return Job(
        mcda.sample(problem, n, seed=0, **changes), (space,), "topsis:vector", 2.0, {}, tuple(problem.options.index)
    )


def equal(one, other):
    return {name: int((one.sums[name] != other.sums[name]).sum()) for name in other.sums}


@pytest.mark.parametrize("case", ["simplex", "one vector", "one varies", "all the same", "two alike", "many tied"])
def test_counts_are_those_of_numpy(case):
    """Over 10,240 draws, also with ties among some or all options in every draw."""
    problem = bare(6, 5)
    alike = {"all the same": range(6), "two alike": (0, 1), "many tied": range(4)}.get(case, ())
    estimates = dict(problem.estimates)
    for i in alike:
        for j in range(5):
            estimates[f"c{j}/o{i}"] = mcda.Estimate(f"c{j}/o{i}", 5, 5, 5)
    problem = dataclasses.replace(problem, estimates=estimates)
    one = job_of(problem, mcda.equal_weights(problem) if case == "one vector" else None,
                 **({"vary": ["c1/o2"]} if case == "one varies" else {}))  # fmt: skip
    assert can_compile(one)
    found, expected = count_compiled(one, 0, 40 * BLOCK), one.counted_by_numpy(0, 40 * BLOCK)
    assert equal(found, expected) == dict.fromkeys(expected.sums, 0)


def test_each_draw_by_itself_is_that_of_numpy():
    """Blocks from anywhere in the stream: no difference hides in a sum."""
    one = job_of(bare(9, 4))
    for first in (0, 2, 510, 10**9):
        found, expected = count_compiled(one, first, BLOCK), one.counted_by_numpy(first, BLOCK)
        assert equal(found, expected) == dict.fromkeys(expected.sums, 0)


def test_the_caller_never_chooses():
    """A run that begins at an odd draw and ends within a block is the same whoever counts."""
    one = job_of(bare(4, 3))
    assert one.compiled
    for first, count in ((0, 1000), (7, 1000), (2, 3)):
        assert set(equal(one.counted(first, count), one.counted_by_numpy(first, count)).values()) == {0}


def test_what_kernels_do_not_serve_is_left_to_numpy():
    """Another distribution, a floor, another method: the same answer, slower."""
    problem = bare(4, 3)
    estimates = {**problem.estimates, "c0/o0": mcda.Estimate("c0/o0", 1, 2, 3, distribution="uniform")}
    assert not can_compile(job_of(dataclasses.replace(problem, estimates=estimates)))
    assert not can_compile(dataclasses.replace(job_of(problem), floors={"c0": 1.0}))
    assert not can_compile(dataclasses.replace(job_of(problem), method="additive"))
