"""Amounts as whole steps, so that "better" and "equal" are questions of counting and not of last bits."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, gcd, inf, isfinite, lcm

import numpy as np

# steps from the least to the most of a quantity
EXACT = (
    10**15
)  # that a float of double precision counts, with room for the sum of several quantities
FINEST = 10**6  # that a solver tells apart for sure


def whole_steps(amounts: np.ndarray, most: int = EXACT) -> tuple[Fraction, np.ndarray, bool]:
    """Return a step, the amounts (n,) in whole numbers of it, and whether these are exact.

    The step is the largest of which every amount is a whole number, in decimals as they are
    written. Where all amounts together are more than so many steps, it is larger, and amounts are
    rounded to it.

    >>> whole_steps(np.array([0.5, 0.15, 2.0]))
    (Fraction(1, 20), array([10.,  3., 40.]), True)
    """
    fractions = [Fraction(f"{amount:.12g}") for amount in amounts.tolist()]
    total = sum(map(abs, fractions), Fraction(0))
    if not total:
        return Fraction(1), np.zeros(len(amounts)), True
    denominator = lcm(*(one.denominator for one in fractions))
    numerators = [int(one * denominator) for one in fractions]
    step = Fraction(gcd(*numerators), denominator)
    exact = total / step <= most
    if not exact:
        step = total / most
    steps = np.array([float(round_half(one / step)) for one in fractions])
    return step, steps, exact


def round_half(number: Fraction) -> int:
    """Return the nearest whole number, the upper of two that are as near.

    >>> round_half(Fraction(5, 2)), round_half(Fraction(-5, 2))
    (3, -2)
    """
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def steps_within(least: float, most: float, step: Fraction) -> tuple[float, float]:
    """Return the first and the last whole number of steps between two limits, which are allowed.

    >>> steps_within(15.0, float("inf"), Fraction(1, 20))
    (300.0, inf)
    """
    first = ceil(Fraction(f"{least:.15g}") / step) if isfinite(least) else -inf
    last = floor(Fraction(f"{most:.15g}") / step) if isfinite(most) else inf
    return float(first), float(last)


def in_units(steps: np.ndarray, step: Fraction) -> np.ndarray:
    """Return whole numbers of steps (k,) in the unit that the step is in, as their decimals are read.

    >>> in_units(np.array([341.0]), Fraction(1, 20)).tolist()
    [17.05]
    """
    return np.array([float(round_half(Fraction(one)) * step) for one in steps.tolist()])
