"""Confidence factors: how often an option is first when the weights are its own central ones, and only facts vary."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd

from mcda.robustness.job import Job

FACTOR = "confidence factor"
CELLS = 2**27  # scored at most: each option's central weights score all options anew


def confidence(job: Job, central: pd.DataFrame) -> tuple[pd.Series, int]:
    """Return the share of draws in which each option is first under its own central weights, and of how many draws.

    Of the first draws: of fewer where many options have central weights, for the work grows with options by options.
    """
    rows = np.flatnonzero(central.notna().all(axis=1))
    shares = central.to_numpy()[rows]
    draws = max(1, min(job.looked_at, CELLS // max(1, len(rows) * central.size)))
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        counts = sum(threads.map(lambda run: _firsts(job, run, rows, shares), job.chunks(0, draws)))
    return pd.Series(counts / draws, central.index[rows]).reindex(central.index).rename(FACTOR), draws


def _firsts(job: Job, run: tuple[int, int], rows: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return in how many draws of a run each option is first under its own weights (options, n)."""
    values, _ = job.seen(*run)
    counts = np.zeros(len(rows))
    for at, (row, weights) in enumerate(zip(rows, shares, strict=True)):
        scores = job.scoring.scores(values, weights[:, None])
        counts[at] = np.count_nonzero(scores[row] >= scores.max(axis=0))
    return counts
