"""Distributions by their quantiles: numbers drawn from low, mode and high by a uniform number."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

Quantile: TypeAlias = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], np.ndarray]

# the two readings of low and high that need no further words
BOUNDS = "bounds"
CENTRAL_90 = "5-95%"
COVERAGE = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*(?:-|–|to)\s*(\d{1,2}(?:\.\d+)?)\s*%", re.ASCII)
TAIL = 0.05  # outside each end of the central 90%
SETTLED = 1e-12  # of the range: a fit that is off by less is exact but for rounding
STEPS = 10_000  # a fit halves what is off in a few steps; one that takes more has no bounds


def coverage(interval: str) -> tuple[float, float] | None:
    """Return the two quantiles named by an interval such as "2.5-97.5%"; None for another text.

    The first lies below the median and the second above it.

    >>> coverage("2.5-97.5%"), coverage("90%"), coverage("bounds")
    ((0.025, 0.975), None, None)
    """
    stated = COVERAGE.fullmatch(interval.strip())
    if not stated:
        return None
    lower, upper = (round(float(part) / 100, 12) for part in stated.groups())
    return (lower, upper) if 0 < lower < 0.5 < upper < 1 else None


def triangular(u: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return quantiles of the triangular distribution: rising from low to mode, falling to high.

    >>> triangular(np.array([0.0, 0.25, 1.0]), 0.0, 1.0, 4.0).round(9).tolist()
    [0.0, 1.0, 4.0]
    """
    _, rise, fall = triangle(low, mode, high)
    middle = np.asarray(mode + 0.0)  # a negative zero has other bits
    rising: np.ndarray = np.sqrt(u)
    rising *= rise
    rising += low
    np.minimum(rising, middle, out=rising)
    falling = np.subtract(1.0, u)
    np.sqrt(falling, out=falling)
    falling *= -fall
    falling += high + 0.0
    np.maximum(falling, middle, out=falling)
    # one of the two is the mode, the other the number: adding their bits and taking away the
    # mode's selects the number, faster than a mask
    chosen = rising.view(np.int64)
    chosen += falling.view(np.int64)
    chosen -= middle.view(np.int64)
    return rising


def triangle(
    low: np.ndarray, mode: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the share below the mode, and the factors of the roots below and above it.

    Products are of numbers divided by a power of two, which rounds nothing: none overflows or
    vanishes.
    """
    span = np.asarray(high - low)
    size = np.frexp(span)[1]
    squared = (np.ldexp(span, -size) * np.ldexp(part, -size) for part in (mode - low, high - mode))
    rise, fall = (np.ldexp(np.sqrt(one), size) for one in squared)
    share = np.where(span > 0, (mode - low) / np.where(span > 0, span, 1.0), 1.0)
    return share, rise, fall


def pert(u: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return quantiles of the PERT distribution, a beta with mean (low + 4 mode + high) / 6.

    Source: Clark (1962), The PERT model for the distribution of an activity time.
    """
    from scipy.special import betaincinv

    span = np.asarray(high - low)
    unit = np.where(span > 0, span, 1.0)
    share: np.ndarray = betaincinv(1 + 4 * (mode - low) / unit, 1 + 4 * (high - mode) / unit, u)
    quantile: np.ndarray = low + span * share
    return quantile


def uniform(u: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return quantiles of the uniform distribution between low and high."""
    quantile: np.ndarray = low + u * (high - low)
    return quantile


def normal(u: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return quantiles of the normal distribution with 5% and 95% quantiles low and high."""
    from scipy.special import ndtri

    quantile: np.ndarray = (low + high) / 2 + (high - low) / 2 * (ndtri(u) / ndtri(1 - TAIL))
    return quantile


def lognormal(u: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return quantiles of the log-normal distribution with 5% and 95% quantiles low and high.

    Both are above 0.
    """
    quantile: np.ndarray = np.exp(normal(u, np.log(low), mode, np.log(high)))
    return quantile


def stepped(u: np.ndarray, points: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Return quantiles of a distribution over points with chances: a discrete one, or a sample.

    >>> stepped(np.array([0.1, 0.3, 0.9]), np.array([0.0, 5.0]), np.array([0.25, 0.75])).tolist()
    [0.0, 5.0, 5.0]
    """
    order = np.argsort(points, kind="stable")
    upper = np.cumsum(chances[order])
    return points[order][np.minimum(np.searchsorted(upper, u, side="right"), len(points) - 1)]


def pieced(u: np.ndarray, points: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Return quantiles of a distribution that is spread evenly over each piece between points.

    points (k + 1,) rise; chances (k,) of the pieces sum to 1.

    >>> pieced(np.array([0.0, 0.25, 0.75]), np.array([0.0, 1.0, 3.0]), np.array([0.5, 0.5])).tolist()
    [0.0, 0.5, 2.0]
    """
    below = np.append(0.0, np.cumsum(chances))
    kept = np.append(True, chances > 0)  # a piece without chance would make two quantiles of one
    return np.asarray(np.interp(u, below[kept] / below[-1], points[kept]))


def counted_share(
    u: np.ndarray, scale: np.ndarray, events: np.ndarray, others: np.ndarray
) -> np.ndarray:
    """Return quantiles of a share known from counts, times a scale.

    It is a beta of the events and of the cases without one (others), with mean events / (events +
    others), times the scale.
    """
    from scipy.special import betaincinv

    quantile: np.ndarray = scale * betaincinv(events, others, u)
    return quantile


BOUNDED: dict[str, Quantile] = {"triangular": triangular, "pert": pert, "uniform": uniform}
UNBOUNDED: dict[str, Quantile] = {"normal": normal, "lognormal": lognormal}
CONTINUOUS = {**BOUNDED, **UNBOUNDED}
PIECES = "pieces"  # spread evenly between points that were stated
POINTED = ("discrete", "sample", PIECES)  # over points that were stated
COUNTED = "beta"  # shaped by counts that were stated
DISTRIBUTIONS = (*CONTINUOUS, *POINTED, COUNTED, "fixed")


def central(name: str, low: float, high: float, lower: float, upper: float) -> tuple[float, float]:
    """Return the 5% and 95% quantiles of a normal or log-normal, from its quantiles at two chances.

    low and high are the quantiles at the chances `lower` and `upper`.

    >>> [round(end, 3) for end in central("normal", -1.96, 1.96, 0.025, 0.975)]
    [-1.645, 1.645]
    """
    from scipy.special import ndtri

    first, last = (np.log(low), np.log(high)) if name == "lognormal" else (low, high)
    spread = (last - first) / (ndtri(upper) - ndtri(lower))
    middle = first - spread * ndtri(lower)
    reach = spread * ndtri(1 - TAIL)
    least = float(middle - reach)
    most = float(middle + reach)
    if name == "lognormal":
        return float(np.exp(least)), float(np.exp(most))
    return least, most


def bounds(
    name: str, low: float, mode: float, high: float, lower: float = TAIL, upper: float = 1 - TAIL
) -> tuple[float, float]:
    """Return the bounds of a bounded distribution, from its mode and its quantiles at two chances.

    low and high are the quantiles at the chances `lower` and `upper` (5% and 95%). Each bound is
    moved by what its quantile is off, until both fit; NaN where no bounds do.

    >>> round(bounds("uniform", 0.0, 5.0, 9.0)[1], 6)
    9.5
    """
    least = low
    most = high
    quantile = BOUNDED[name]
    for _ in range(STEPS):
        reached = quantile(
            np.array([lower, upper]), np.array(least), np.array(mode), np.array(most)
        )
        off_low = low - float(reached[0])
        off_high = high - float(reached[1])
        if max(abs(off_low), abs(off_high)) <= SETTLED * (high - low):
            return least, most
        least += off_low
        most += off_high
    return float("nan"), float("nan")
