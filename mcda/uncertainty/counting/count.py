"""Count a run of draws: by nets, by kernels or by numpy; no caller chooses.

Kernels count where they can and where it pays.
"""

from __future__ import annotations

import numpy as np

from mcda.preferences.weighting.sobol import REPEATS, EvenWeights
from mcda.uncertainty.counting.compiled_engine import count_compiled, worth_compiling
from mcda.uncertainty.counting.job import Job, sum_of
from mcda.uncertainty.counting.sobol_repeats import APART
from mcda.uncertainty.counting.tally import BLOCK, Tally


def count(job: Job, first: int, number: int) -> Tally:
    """Return each holder's sums over draws first to first + number - 1."""
    if net_of(job):
        return sum_of(counted_by_repeat(job, first, number))
    whole = number // BLOCK * BLOCK if first % 2 == 0 and worth_compiling(job) else 0
    parts = [count_compiled(job, first, whole)] if whole else []
    if whole < number:
        parts.append(job.counted_by_numpy(first + whole, number - whole))
    return sum_of(parts)


def net_of(job: Job) -> int:
    """Return how many draws of a job make one net of even weights.

    It is 0 where the draws of the job are independent.
    """
    return max(
        (weights.size for weights in job.weights if isinstance(weights, EvenWeights)), default=0
    )


def counted_by_repeat(job: Job, first: int, count: int) -> list[Tally]:
    """Return sums over a run of draws, net by net, each beside the sums of its repeat.

    Net k is part of repeat k % 16.
    """
    size = net_of(job)
    parts = []
    for at in range(first // size * size, first + count, size):
        low = max(at, first)
        high = min(at + size, first + count)
        parts.append(_apart(job.counted_by_numpy(low, high - low), at // size % REPEATS))
    return parts


def _apart(counts: Tally, repeat: int) -> Tally:
    """Return each holder's sums with a second copy that has the repeats as its first axis.

    Only one of the repeats isn't 0.
    """
    holders = len(counts.sums["ranks"])
    sums = {**counts.sums, "draws": np.full(holders, counts.draws, dtype=np.int64)}
    apart = {}
    for name, whole in sums.items():
        apart[APART + name] = np.zeros((holders, REPEATS, *whole.shape[1:]), dtype=whole.dtype)
        apart[APART + name][:, repeat] = whole
    return Tally(counts.draws, {**counts.sums, **apart})
