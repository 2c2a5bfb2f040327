"""The choice of compiled kernels for a job, and the arrays they take: no caller chooses."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import numpy as np

from mcda.preferences.weighting.spaces import WeightSpace
from mcda.preferences.weighting.stated import Weights
from mcda.sampling.simplex import simplex_streams
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.counting.tally import SHARE, Tally, summed

WORTH_ITS_START = 5e7  # draws times cells: below it the compiler takes longer to load than it saves


def can_compile(job: Job) -> bool:
    """Return whether kernels serve a job: a bare matrix, where the compiler is installed."""
    return job.bare is not None and find_spec("numba") is not None


def worth_compiling(job: Job) -> bool:
    """Return whether a job repays the second that it costs to start the compiler.

    It does if the job is large, or if the compiler has started already.
    """
    cells = len(job.draws.problem.options) * len(job.draws.problem.leaves)
    return can_compile(job) and ("numba" in sys.modules or job.draws.n * cells > WORTH_ITS_START)


def count_compiled(job: Job, first: int, count: int) -> Tally:
    """Return each holder's sums over whole blocks of draws, from an even draw on.

    The sums are the same as numpy's.
    """
    tallies = (_count_one(job, weights, first, count) for weights in job.weights)
    return summed([tallies], len(job.weights))


def _count_one(job: Job, weights_held: Weights | WeightSpace, first: int, count: int) -> Tally:
    from mcda.uncertainty.counting.kernels import WAYS, count_table

    sums, (counts, parts) = count_table(
        first, count, *(job.bare or ()), *_shares(job, weights_held)
    )
    ranks, wins, weights, squares, moments = sums
    m, n = weights.shape
    ranks += counts.reshape(m, m + 1, WAYS).sum(axis=2)[:, :m] * SHARE
    for total, part in zip(
        (weights, squares), parts.reshape(2, n, m + 1, WAYS).sum(axis=3)[:, :, :m], strict=True
    ):
        total += part.T
    passes = np.full((len(job.kept), 1), count, dtype=np.int64)
    named = {
        "ranks": ranks,
        "wins": wins,
        "weights": weights,
        "squares": squares,
        "scores": moments[0],
    }
    return Tally(count, {**named, "score_squares": moments[1], "passes": passes})


def _shares(job: Job, held: Weights | WeightSpace) -> tuple[np.ndarray, np.ndarray]:
    """Return what kernels take of a holder: the starts of its weight streams, and its weights.

    One of the two is empty: a holder has random weights or one weight vector.
    """
    if isinstance(held, Weights):
        return np.zeros(0, dtype=np.uint64), held.values.to_numpy()
    return simplex_streams(held.criteria, job.draws.seed, f"weights/{held.holder}"), np.zeros(0)
