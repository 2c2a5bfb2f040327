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

from mcda.preferences.weighting.spaces import WeightSpace
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.draws.power_sums import DrawnWeights

# options, by their places, with the weights of each, and a number of draws
Asked: TypeAlias = tuple[np.ndarray, list[DrawnWeights], int]

FACTOR = "confidence factor"
CELLS = 2**27  # scored at most for a holder: each option's central weights score all options anew
TOGETHER = 16  # options whose weights score all options at once: few enough that memory holds them
CELLS_OF_ALL = 2**32  # scored at most for all holders together: a minute or two


def confidence(
    job: Job, central: Sequence[tuple[WeightSpace, pd.DataFrame]]
) -> list[tuple[pd.Series, int]]:
    """Return how often each option is first under its own central weights, and in how many draws.

    There is a result for each holder's space and central weights. The first draws are used, made once for all holders; fewer of
    them where many options have central weights, as the work grows with options by options.
    """
    if not central:
        return []
    most = min(CELLS, CELLS_OF_ALL // len(central))
    questions = [_asked(job, whose, table, most) for whose, table in central]
    longest = max(size for _, _, size in questions)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        parts = list(threads.map(lambda run: _firsts(job, run, questions), job.chunks(0, longest)))
    factors = []
    for (_, table), (rows, _, size), counts in zip(
        central, questions, zip(*parts, strict=True), strict=True
    ):
        shares = pd.Series(sum(counts) / size, table.index[rows]).reindex(table.index)
        factors.append((shares.rename(FACTOR), size))
    return factors


def _asked(job: Job, whose: WeightSpace, central: pd.DataFrame, most: int) -> Asked:
    """Return the options that have central weights, with these, and how many draws are looked at."""
    rows = np.flatnonzero(central.notna().all(axis=1))
    size = max(1, min(job.looked_at, most // max(1, len(rows) * central.size)))
    weights = [DrawnWeights.mean(own, whose.shares) for own in central.to_numpy()[rows]]
    return rows, weights, size


def _firsts(job: Job, run: tuple[int, int], questions: Sequence[Asked]) -> list[np.ndarray]:
    """Return in how many draws of a run each option is first under its own weights, by holder."""
    first, count = run
    values = job.seen(first, count)
    return [
        _firsts_of_one(job, values[..., : max(0, size - first)], rows, weights)
        for rows, weights, size in questions
    ]


def _firsts_of_one(
    job: Job, values: np.ndarray, rows: np.ndarray, weights: Sequence[DrawnWeights]
) -> np.ndarray:
    counts = np.zeros(len(rows))
    if not values.shape[-1]:
        return counts
    for first in range(0, len(rows), TOGETHER):
        some = weights[first : first + TOGETHER]
        for at, scores in enumerate(job.scoring.of_all(values, some), start=first):
            counts[at] = np.count_nonzero(scores[rows[at]] >= scores.max(axis=0))
    return counts
