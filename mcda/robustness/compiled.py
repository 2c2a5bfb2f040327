"""Whether compiled kernels can count a job, and the arrays that they take: the caller never chooses."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from mcda.preferences.simplex import simplex_streams
from mcda.preferences.spaces import ConstrainedWeights, WeightSpace
from mcda.preferences.weights import Weights
from mcda.robustness.scoring import VECTOR_TOPSIS
from mcda.robustness.tally import PAIRED, SHARE, SHARED, Tally, stacked

if TYPE_CHECKING:
    from mcda.robustness.job import Job

WORTH_ITS_START = 5e7
BLOCK = 1024


def is_bare(job: Job) -> bool:
    """Return whether a job is textbook TOPSIS of judged triangular cells, without floors, counted in single precision.

    Weights are one vector or the whole simplex; ties are shared; nothing is correlated.
    """
    problem, estimates = job.draws.problem, job.draws.drawing.estimates
    return (
        job.scoring.name == VECTOR_TOPSIS
        and all(isinstance(one, Weights) or is_whole(one) for one in job.weights)
        and not any(leaf.derived for leaf in problem.leaves)
        and all(estimates[key].distribution == "triangular" for key in job.draws.varying)
        and not job.draws.drawing.correlations.groups
        and not job.floors
        and job.ties == SHARED
        and len(job.kept) == len(problem.options) <= PAIRED
    )


def is_whole(space: WeightSpace) -> bool:
    """Return whether all weights are as likely as any other, and drawn independently."""
    return isinstance(space, ConstrainedWeights) and space.whole


def can_compile(job: Job) -> bool:
    """Return whether kernels serve a job: a bare matrix, where the compiler is installed."""
    return job.bare is not None and find_spec("numba") is not None


def worth_compiling(job: Job) -> bool:
    """Return whether a job is large enough to repay the second that the compiler's start costs, or it has started."""
    cells = len(job.draws.problem.options) * len(job.draws.problem.leaves)
    return can_compile(job) and ("numba" in sys.modules or job.draws.n * cells > WORTH_ITS_START)


def count_compiled(job: Job, first: int, count: int) -> Tally:
    """Return each holder's sums over whole blocks of draws from an even one on: the same as numpy's."""
    return stacked(_count_one(job, one, first, count) for one in job.weights)


def _count_one(job: Job, held: Weights | WeightSpace, first: int, count: int) -> Tally:
    from mcda.robustness.kernels import WAYS, count_table

    sums, (counts, parts) = count_table(first, count, *(job.bare or ()), *_shares(job, held))
    ranks, wins, weights, squares, moments = sums
    m, n = weights.shape
    ranks += counts.reshape(m, m + 1, WAYS).sum(axis=2)[:, :m] * SHARE
    for total, part in zip((weights, squares), parts.reshape(2, n, m + 1, WAYS).sum(axis=3)[:, :, :m], strict=True):
        total += part.T
    passes = np.full((len(job.kept), 1), count, dtype=np.int64)
    named = {"ranks": ranks, "wins": wins, "weights": weights, "squares": squares, "scores": moments[0]}
    return Tally(count, {**named, "score_squares": moments[1], "passes": passes})


def _shares(job: Job, held: Weights | WeightSpace) -> tuple[np.ndarray, np.ndarray]:
    """Return what kernels take of a holder: where the streams of the weights begin, or none and one weight vector."""
    if isinstance(held, Weights):
        return np.zeros(0, dtype=np.uint64), held.values.to_numpy()
    return simplex_streams(held.criteria, job.draws.seed, f"weights/{held.holder}"), np.zeros(0)
