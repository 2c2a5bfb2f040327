"""Whether compiled kernels can count a job, and the arrays that they take: the caller never chooses."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from mcda.preferences.simplex import simplex_streams
from mcda.preferences.spaces import ConstrainedWeights
from mcda.preferences.weights import Weights
from mcda.problem.counter import stream
from mcda.problem.distributions import triangle
from mcda.problem.drawing import STREAM
from mcda.problem.evidence import Estimate
from mcda.robustness.scoring import VECTOR_TOPSIS
from mcda.robustness.tally import PAIRED, SHARED, Tally

if TYPE_CHECKING:
    from mcda.robustness.job import Job

WORTH_ITS_START = 5e7
BLOCK = 256


def can_compile(job: Job) -> bool:
    """Return whether kernels serve a job: textbook TOPSIS of judged triangular cells, without floors.

    Weights are one vector or the whole simplex; ties are shared; nothing is correlated.
    """
    problem, estimates = job.draws.problem, job.draws.drawing.estimates
    simplex = isinstance(job.weights, ConstrainedWeights) and job.weights.whole
    return (
        job.scoring.name == VECTOR_TOPSIS
        and (simplex or isinstance(job.weights, Weights))
        and not any(leaf.derived for leaf in problem.leaves)
        and all(estimates[key].distribution == "triangular" for key in job.draws.varying)
        and not job.draws.drawing.correlations.groups
        and not job.floors
        and job.ties == SHARED
        and len(job.kept) == len(problem.options) <= PAIRED
        and find_spec("numba") is not None
    )


def worth_compiling(job: Job) -> bool:
    """Return whether a job is large enough to repay the second that the compiler's start costs, or it has started."""
    cells = len(job.draws.problem.options) * len(job.draws.problem.leaves)
    return can_compile(job) and ("numba" in sys.modules or job.draws.n * cells > WORTH_ITS_START)


def count_compiled(job: Job, first: int, count: int) -> Tally:
    """Return the sums over whole blocks of draws from an even one on: the same as numpy's."""
    from mcda.robustness.kernels import count_table

    (ranks, wins, weights, squares), moments = count_table(first, count, *arrays(job))
    passes = np.full((len(job.kept), 1), count, dtype=np.int64)
    named = {"ranks": ranks, "wins": wins, "weights": weights, "squares": squares, "scores": moments[0]}
    return Tally(count, {**named, "score_squares": moments[1], "passes": passes})


def arrays(job: Job) -> tuple[np.ndarray, ...]:
    """Return what `count_table` takes: the cells' shapes, where their streams begin, directions, and the weights."""
    problem, estimates = job.draws.problem, job.draws.drawing.estimates
    held = [[estimates[f"{leaf.key}/{option}"] for option in problem.options.index] for leaf in problem.leaves]
    varying = set(job.draws.varying)
    ends = np.array([[_ends(one, one.key in varying) for one in row] for row in held])
    low, mode, high = np.moveaxis(ends, -1, 0)
    starts = [[stream(job.draws.seed, STREAM + one.key) for one in row] for row in held]
    signs = np.array([1.0 if leaf.direction == "max" else -1.0 for leaf in problem.leaves])
    cells = np.stack([*triangle(low, mode, high), low, high])
    if isinstance(job.weights, Weights):
        streams, shares = np.zeros(0, dtype=np.uint64), job.weights.values.to_numpy()
    else:
        streams, shares = (
            simplex_streams(job.weights.criteria, job.draws.seed, f"weights/{job.weights.holder}"),
            np.zeros(0),
        )
    return cells, np.array(starts, dtype=np.uint64), signs, streams, shares


def _ends(estimate: Estimate, varies: bool) -> tuple[float, float, float]:
    low, high = estimate.ends if varies else (estimate.mode, estimate.mode)
    return low, estimate.mode, high
