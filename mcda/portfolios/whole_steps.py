"""Amounts as whole steps, so that "better" and "equal" are questions of counting and not of last bits."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

import numpy as np

FINEST = 10**6  # steps from the least to the most of a quantity that a solver tells apart for sure


def whole_steps(amounts: np.ndarray) -> tuple[float, np.ndarray, bool]:
    """Return a step, the amounts (n,) in whole numbers of it, and whether these are exact.

    The step is the largest of which every amount is a whole number, in decimals as they are
    written. Where that would be finer than a millionth of all amounts together, it is a millionth,
    and amounts are rounded to it.

    >>> whole_steps(np.array([0.5, 0.15, 2.0]))
    (0.05, array([10.,  3., 40.]), True)
    """
    fractions = [Fraction(f"{amount:.12g}") for amount in amounts.tolist()]
    total = sum(map(abs, fractions), Fraction(0))
    if not total:
        return 1.0, np.zeros(len(amounts)), True
    denominator = lcm(*(one.denominator for one in fractions))
    numerators = [int(one * denominator) for one in fractions]
    step = Fraction(gcd(*numerators), denominator)
    exact = total / step <= FINEST
    if not exact:
        step = total / FINEST
    steps = np.array([float(round_half(one / step)) for one in fractions])
    return float(step), steps, exact


def round_half(number: Fraction) -> int:
    """Return the nearest whole number, the upper of two that are as near.

    >>> round_half(Fraction(5, 2)), round_half(Fraction(-5, 2))
    (3, -2)
    """
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def steps_within(least: float, most: float, step: float) -> tuple[float, float]:
    """Return the first and the last whole number of steps between two limits, which are allowed.

    >>> steps_within(15.0, float("inf"), 0.05)
    (300.0, inf)
    """
    first = np.ceil(least / step - 1e-6) if np.isfinite(least) else least
    last = np.floor(most / step + 1e-6) if np.isfinite(most) else most
    return float(first), float(last)
