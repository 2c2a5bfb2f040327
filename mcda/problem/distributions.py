"""Distributions by their quantiles: what a uniform number between 0 and 1 makes of low, mode and high."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

Quantile: TypeAlias = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], np.ndarray]

BOUNDS, CENTRAL_90 = "bounds", "5-95%"
TAIL = 0.05
SETTLED = 1e-12


def triangular(u: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return quantiles of the triangular distribution: rising from low to mode, falling to high.

    >>> triangular(np.array([0.0, 0.25, 1.0]), 0.0, 1.0, 4.0).round(9).tolist()
    [0.0, 1.0, 4.0]
    """
    _, rise, fall = triangle(low, mode, high)
    middle = np.asarray(mode + 0.0)  # a negative zero has other bits
    rising = np.sqrt(u)
    rising *= rise
    rising += low
    np.minimum(rising, middle, out=rising)
    falling = np.subtract(1.0, u)
    np.sqrt(falling, out=falling)
    falling *= -fall
    falling += high + 0.0
    np.maximum(falling, middle, out=falling)
    # one of the two is the mode, the other the number: the sum of their bits selects it, faster than a mask
    chosen = rising.view(np.int64)
    chosen += falling.view(np.int64)
    chosen -= middle.view(np.int64)
    return rising


def triangle(low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the share below the mode, and the factors of the roots below and above it.

    Products are of numbers divided by a power of two, which rounds nothing: none overflows or vanishes.
    """
    span = np.asarray(high - low)
    size = np.frexp(span)[1]
    squared = (np.ldexp(span, -size) * np.ldexp(part, -size) for part in (mode - low, high - mode))
    rise, fall = (np.ldexp(np.sqrt(one), size) for one in squared)
    share = np.where(span > 0, (mode - low) / np.where(span > 0, span, 1.0), 1.0)
    return share, rise, fall


def pert(u: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return quantiles of the PERT distribution: a beta with mean (low + 4 mode + high) / 6 (Clark, 1962)."""
    from scipy.special import betaincinv

    span = np.asarray(high - low)
    unit = np.where(span > 0, span, 1.0)
    return low + span * betaincinv(1 + 4 * (mode - low) / unit, 1 + 4 * (high - mode) / unit, u)


def uniform(u: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return quantiles of the uniform distribution between low and high."""
    return low + u * (high - low)


def normal(u: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return quantiles of the normal distribution whose 5% and 95% quantiles are low and high."""
    from scipy.special import ndtri

    return (low + high) / 2 + (high - low) / 2 * (ndtri(u) / ndtri(1 - TAIL))


def lognormal(u: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return quantiles of the log-normal distribution whose 5% and 95% quantiles are low and high, both above 0."""
    return np.exp(normal(u, np.log(low), mode, np.log(high)))


def stepped(u: np.ndarray, points: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Return quantiles of a distribution over points with their chances: a discrete one, or a sample.

    >>> stepped(np.array([0.1, 0.3, 0.9]), np.array([0.0, 5.0]), np.array([0.25, 0.75])).tolist()
    [0.0, 5.0, 5.0]
    """
    order = np.argsort(points, kind="stable")
    upper = np.cumsum(chances[order])
    return points[order][np.minimum(np.searchsorted(upper, u, side="right"), len(points) - 1)]


BOUNDED: dict[str, Quantile] = {"triangular": triangular, "pert": pert, "uniform": uniform}
UNBOUNDED: dict[str, Quantile] = {"normal": normal, "lognormal": lognormal}
CONTINUOUS = {**BOUNDED, **UNBOUNDED}
POINTED = ("discrete", "sample")
DISTRIBUTIONS = (*CONTINUOUS, *POINTED, "fixed")


def bounds(name: str, low: float, mode: float, high: float) -> tuple[float, float]:
    """Return the bounds of a bounded distribution whose 5% and 95% quantiles are low and high.

    Found by moving each bound by what its quantile is off, until both fit.

    >>> round(bounds("uniform", 0.0, 5.0, 9.0)[1], 6)
    9.5
    """
    least, most, quantile = low, high, BOUNDED[name]
    for _ in range(1000):
        reached = quantile(np.array([TAIL, 1 - TAIL]), np.array(least), np.array(mode), np.array(most))
        off_low, off_high = low - float(reached[0]), high - float(reached[1])
        if max(abs(off_low), abs(off_high)) <= SETTLED * (high - low):
            break
        least, most = least + off_low, most + off_high
    return least, most
