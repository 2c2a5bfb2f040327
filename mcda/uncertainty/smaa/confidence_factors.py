"""Confidence factors: how often an option is first under its own central weights.

Only facts vary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from operator import add
from typing import NamedTuple

import numpy as np
import pandas as pd

from mcda.preferences.weighting.spaces import WeightSpace
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.counting.processors import processors
from mcda.uncertainty.draws.power_sums import DrawnWeights

FACTOR = "confidence factor"
CELLS = 2**27  # scored at most for a holder: each option's central weights score all options anew
CELLS_OF_ALL = 2**32  # scored at most for all holders together: a minute or two
SCORES_AT_ONCE = 2**21  # 16 MB: central weights that score together share what they add


class _Asked(NamedTuple):
    """An option, by its place, with its central weights, and in how many draws it is looked at."""

    option: int
    weights: DrawnWeights
    draws: int


def confidence(
    job: Job, central: Sequence[tuple[WeightSpace, pd.DataFrame]]
) -> list[tuple[pd.Series, int]]:
    """Return how often each option is first under its own central weights, and in how many draws.

    There is a result for each holder's space and central weights. The first draws are used, made
    once for all holders; fewer of them where many options have central weights, as the work grows
    with options by options.
    """
    if not central:
        return []
    most = min(CELLS, CELLS_OF_ALL // len(central))
    sizes = [_size(job, table, most) for _, table in central]
    asked = []
    for pair, size in zip(central, sizes, strict=True):
        asked += list(_asked(*pair, size))
    with ThreadPoolExecutor(processors()) as threads:
        runs = job.chunks(0, max(sizes))
        counts = reduce(add, threads.map(lambda run: _firsts(job, run, asked), runs))
    factors = []
    for (_, table), size in zip(central, sizes, strict=True):
        options = _with_central_weights(table)
        (own, counts) = np.split(counts, [len(options)])
        factor = pd.Series(own / size, table.index[options], name=FACTOR)
        factors.append((factor.reindex(table.index), size))
    return factors


def _with_central_weights(table: pd.DataFrame) -> list[int]:
    """Return the places of the options that have central weights."""
    return np.flatnonzero(table.notna().all(axis=1)).tolist()


def _size(job: Job, table: pd.DataFrame, most: int) -> int:
    """Return how many draws are looked at for a holder's central weights."""
    cells = max(1, len(_with_central_weights(table)) * table.size)
    return max(1, min(job.looked_at, most // cells))


def _asked(whose: WeightSpace, table: pd.DataFrame, size: int) -> Iterator[_Asked]:
    """Go through the options that have central weights."""
    options = _with_central_weights(table)
    means = DrawnWeights.means(table.to_numpy()[options], whose.shares)
    for option, weights in zip(options, means, strict=True):
        yield _Asked(option, weights, size)


def _firsts(job: Job, run: tuple[int, int], asked: Sequence[_Asked]) -> np.ndarray:
    """Return in how many draws of a run each option is first under its own weights."""
    first, count = run
    values = job.seen(first, count)
    counts = np.zeros(len(asked))
    step = max(1, SCORES_AT_ONCE // (values.shape[1] * count))
    for start in range(0, len(asked), step):
        some = asked[start : start + step]
        scored = job.scoring.of_all(values, [one.weights for one in some])
        for at, (one, scores) in enumerate(zip(some, scored, strict=True), start):
            looked_at = scores[:, : max(0, one.draws - first)]
            is_first = looked_at[one.option] >= looked_at.max(axis=0)
            counts[at] = np.count_nonzero(is_first)
    return counts
