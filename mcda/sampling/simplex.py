"""Weights that sum to one, all equally likely: exponential numbers divided by their sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from mcda.sampling.streams import bits, fractions, stream

Uniform: TypeAlias = Callable[[np.ndarray], np.ndarray]

LOG_2 = 0.6931471805599453  # the natural logarithm of 2


@dataclass(frozen=True)
class Digits:
    """How the logarithm reads floats of one precision.

    `whole` is the whole-number type of the same size, `mantissa` the bits of it that are digits,
    `root_of_half` the square root of 1/2 as such a number, `series` the coefficients of the
    logarithm.
    """

    whole: type[np.signedinteger]
    mantissa: int
    root_of_half: int
    series: tuple[float, ...]


DOUBLE = Digits(np.int64, 52, 0x3FE6A09E667F3BCD, tuple(2.0 / k for k in range(19, 0, -2)))
SINGLE = Digits(np.int32, 23, 0x3F3504F3, tuple(2.0 / k for k in range(9, 0, -2)))


def simplex_weights(
    criteria: Sequence[str],
    seed: int,
    key: str,
    first: int,
    count: int,
    uniform: Uniform = fractions,
) -> np.ndarray:
    """Return weights (criteria, count), draws last, uniform on the simplex (Devroye, 1986, ch. 5).

    uniform: `single_fractions` gives the same weights in single precision.

    >>> simplex_weights(["cost", "legal"], 0, "weights", first=0, count=3).sum(axis=0).tolist()
    [1.0, 1.0, 1.0]
    """
    parts = minus_log(uniform(bits(simplex_streams(criteria, seed, key), first, count)))
    total = parts[0].copy()
    for part in parts[1:]:
        total += part
    parts /= total
    return parts


def simplex_streams(criteria: Sequence[str], seed: int, key: str) -> np.ndarray:
    """Return where the random stream of each criterion starts."""
    return np.array([stream(seed, f"{key}/{criterion}") for criterion in criteria], dtype=np.uint64)


def minus_log(u: np.ndarray) -> np.ndarray:
    """Return -log(u) for u in (0, 1) by exactly rounded steps alone.

    So compiled kernels give the same bits. u = 2^e m with m between the roots of 1/2 and 2; log m
    is the series of 2 atanh((m - 1) / (m + 1)), to 1e-15 in double and 1e-7 in single precision.
    """
    digits = SINGLE if u.dtype == np.float32 else DOUBLE
    whole = u.view(digits.whole)
    exponent = (whole - digits.root_of_half) >> digits.mantissa
    m = (whole - (exponent << digits.mantissa)).view(u.dtype)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    series = np.full_like(z, digits.series[0])
    for factor in digits.series[1:]:
        series *= z
        series += u.dtype.type(factor)
    series *= s
    power = exponent.astype(u.dtype)
    power *= u.dtype.type(LOG_2)
    power += series
    return np.asarray(np.negative(power, out=power))
