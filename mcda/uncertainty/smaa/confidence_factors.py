"""Confidence factors: how often an option is first under its own central weights.

Only facts vary.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

import numpy as np
import pandas as pd

from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.draws.power_sums import DrawnWeights

Asked: TypeAlias = tuple[np.ndarray, np.ndarray, int]

FACTOR = "confidence factor"
CELLS = 2**27  # scored at most for a holder: each option's central weights score all options anew
TOGETHER = 16  # options whose weights score all options at once: few enough that memory holds them
CELLS_OF_ALL = 2**32  # scored at most for all holders together: a minute or two


def confidence(job: Job, central: Sequence[pd.DataFrame]) -> list[tuple[pd.Series, int]]:
    """Return how often each option is first under its own central weights, and in how many draws.

    There is a result for each holder. The first draws are used, made once for all holders; fewer of
    them where many options have central weights, as the work grows with options by options.
    """
    if not central:
        return []
    rows = [np.flatnonzero(table.notna().all(axis=1)) for table in central]
    most = min(CELLS, CELLS_OF_ALL // len(central))
    sizes = [
        max(1, min(job.looked_at, most // max(1, len(row) * table.size)))
        for row, table in zip(rows, central, strict=True)
    ]
    questions = [
        (row, table.to_numpy()[row], size)
        for row, table, size in zip(rows, central, sizes, strict=True)
    ]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        parts = list(
            threads.map(lambda run: _firsts(job, run, questions), job.chunks(0, max(sizes)))
        )
    return [
        (pd.Series(sum(counts) / size, table.index[row]).reindex(table.index).rename(FACTOR), size)
        for table, row, size, counts in zip(
            central, rows, sizes, zip(*parts, strict=True), strict=True
        )
    ]


def _firsts(job: Job, run: tuple[int, int], questions: Sequence[Asked]) -> list[np.ndarray]:
    """Return in how many draws of a run each option is first under its own weights.

    There is a result for each holder. weights: (options, n).
    """
    first, count = run
    values = job.seen(first, count)
    return [
        _firsts_of_one(job, values[..., : max(0, size - first)], rows, shares)
        for rows, shares, size in questions
    ]


def _firsts_of_one(
    job: Job, values: np.ndarray, rows: np.ndarray, shares: np.ndarray
) -> np.ndarray:
    counts = np.zeros(len(rows))
    if not values.shape[-1]:
        return counts
    for first in range(0, len(rows), TOGETHER):
        some = slice(first, first + TOGETHER)
        weights = [DrawnWeights.the_same(own) for own in shares[some]]
        for at, scores in enumerate(job.scoring.of_all(values, weights), start=first):
            counts[at] = np.count_nonzero(scores[rows[at]] >= scores.max(axis=0))
    return counts
