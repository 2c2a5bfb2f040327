"""Errors of draws that aren't independent, from how independent repeats of the sums differ."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mcda.uncertainty.counting.tally import Tally

APART = "repeats/"


def repeats_of(counts: Tally) -> Mapping[str, np.ndarray] | None:
    """Return one holder's sums by repeat, for the repeats that have draws.

    The result is None where the draws were independent.
    """
    if APART + "draws" not in counts.sums:
        return None
    drawn = counts.sums[APART + "draws"] > 0
    return {
        name.removeprefix(APART): sums[drawn]
        for name, sums in counts.sums.items()
        if name.startswith(APART)
    }


def ratio_error(sums: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return the standard error of a ratio of totals from repeats, (repeats, ...).

    The error is that of their residuals about the ratio. Repeats may differ in size. Source:
    Cochran (1977), Sampling Techniques, section 6.4.

    >>> ratio_error(np.array([3.0, 5.0]), np.array([10.0, 10.0])).round(3)
    np.float64(0.1)
    """
    total = sizes.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        residuals = sums - sums.sum(axis=0) / total * sizes
        return np.sqrt((residuals**2).sum(axis=0) * len(sums) / (len(sums) - 1)) / total


def count_error(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return the standard error of shares counted by repeats.

    It is never below the error of counting in whole points: nets so even that all count alike still
    round, p up and 1 - p down, with a variance of 1/6 on average over p.
    """
    rounded = np.sqrt(len(counts) / 6) / sizes.sum(axis=0)
    return np.maximum(ratio_error(counts, sizes), rounded)
