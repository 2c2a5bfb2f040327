"""All weights that sum to one, each as likely as any other: exponential numbers divided by their sum."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mcda.problem.counter import bits, fractions, stream

MANTISSA, EXPONENT_BIAS = 52, 0x3FE6A09E667F3BCD  # the bits of the root of one half
LOG_2 = 0.6931471805599453
SERIES = tuple(2.0 / k for k in range(19, 0, -2))


def simplex_weights(criteria: Sequence[str], seed: int, key: str, first: int, count: int) -> np.ndarray:
    """Return weights (criteria, count), draws last, uniform on the simplex (Devroye, 1986, ch. 5).

    >>> simplex_weights(["cost", "legal"], 0, "weights", first=0, count=3).sum(axis=0).tolist()
    [1.0, 1.0, 1.0]
    """
    parts = minus_log(fractions(bits(simplex_streams(criteria, seed, key), first, count)))
    total = parts[0].copy()
    for part in parts[1:]:
        total += part
    return parts / total


def simplex_streams(criteria: Sequence[str], seed: int, key: str) -> np.ndarray:
    """Return where the random stream of each criterion starts."""
    return np.array([stream(seed, f"{key}/{criterion}") for criterion in criteria], dtype=np.uint64)


def minus_log(u: np.ndarray) -> np.ndarray:
    """Return -log(u) for u in (0, 1) by exactly rounded steps alone, so that compiled kernels give the same bits.

    u = 2^e m with m between the roots of 1/2 and 2; log m is the series of 2 atanh((m - 1) / (m + 1)), to 1e-15.
    """
    whole = u.view(np.int64)
    exponent = (whole - EXPONENT_BIAS) >> MANTISSA
    m = (whole - (exponent << MANTISSA)).view(np.float64)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    series = np.full_like(z, SERIES[0])
    for factor in SERIES[1:]:
        series = series * z + factor
    return -(exponent * LOG_2 + s * series)
