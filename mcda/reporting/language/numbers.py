"""Numbers in prose: no more digits than the evidence carries, never a power of ten, never "-0"."""

from __future__ import annotations

import math

from mcda.checks.significant_digits import (
    CLEAR,
    MOST_PLACES,
    STATED,
    at_most,
    clear_of_zero,
    digits,
    fixed,
    in_percent,
    percent,
    places_of,
    rounded,
    told_apart,
)
from mcda.problem.thresholds import Threshold
from mcda.sentences.catalogue import told

SMALL = 0.1  # below it two decimal places are less than two digits that count
SMALLEST = 6  # decimal places of a number of the evidence at most
STILL = 1e-6  # of a tenth of a percent: rounding noise, not a step


def figure(number: float) -> str:
    """Return a number as plain text with about three digits that count.

    It never has powers of ten, and is never "-0". One below a tenth has two digits that count, so
    that it is no 0; below a millionth it is one.

    >>> figure(7.352), figure(70.576), figure(1e-30), figure(1234.5)
    ('7.35', '70.6', '0', '1235')
    >>> figure(0.126), figure(0.0426), figure(0.00042)
    ('0.13', '0.043', '0.00042')
    """
    return at_most(float(number), places_shown(float(number)))


def places_shown(number: float) -> int:
    """Return the most decimals with which `figure` shows a number.

    >>> places_shown(7.352), places_shown(70.576), places_shown(0.0)
    (2, 1, 0)
    """
    if not number:
        return 0
    places = 2 if abs(number) >= SMALL else min(places_of(number, 2), SMALLEST)
    return min(places_of(number, 3), places)


def as_stated(number: float) -> str:
    """Return a number that somebody stated with all its digits, so that it holds as it is shown.

    >>> as_stated(30.0), as_stated(2.345), as_stated(1250000.5)
    ('30', '2.345', '1,250,000.5')
    """
    return digits(number, STATED)


def beside(number: float, other: float) -> str:
    """Return a number with the digits that count, or as many more as tell it from another.

    >>> beside(12.0, 30.0), beside(29.9996, 30.0)
    ('12', '29.9996')
    """
    return figure(number) if figure(number) != figure(other) else told_apart(number, other)


def score(number: float) -> str:
    """Return a score with two figures that count.

    >>> score(0.5836), score(0.0), score(0.00416), score(12.3)
    ('0.58', '0', '0.0042', '12')
    """
    number = float(number)
    if number == 0 or not math.isfinite(number):
        return "0" if number == 0 else "none"
    places = min(places_of(number, 2), MOST_PLACES)
    return fixed(number, places) if rounded(number, places) else "0"


def whole_percent(part: float) -> int:
    """Return a share as the whole percent that is shown.

    A word beside the number is chosen from it.

    >>> whole_percent(0.5496), whole_percent(0.5523), whole_percent(0.001)
    (55, 55, 0)
    """
    return int(rounded(100 * float(part)))


def share(part: float) -> str:
    """Return a share in whole percent.

    A share that isn't nothing is never shown as 0%, nor one that isn't all as 100%.

    >>> share(0.724), share(0.0), share(0.001), share(0.9996), share(1)
    ('72%', '0%', '<1%', '>99%', '100%')
    """
    return percent(part)


def share_in_tenths(part: float) -> str:
    """Return a share with a tenth of a percent.

    A share that isn't nothing is never shown as 0%, nor one that isn't all as 100%.

    >>> share_in_tenths(0.7239), share_in_tenths(0)
    ('72.4%', '0%')
    >>> share_in_tenths(0.0002), share_in_tenths(0.9999)
    ('<0.1%', '>99.9%')
    """
    return percent(part, 1)


def interval_in_tenths(low: float, high: float) -> str:
    """Return an interval of a share, rounded outward to a tenth of a percent.

    It holds all that the interval holds.

    >>> interval_in_tenths(0.6571, 0.6629), interval_in_tenths(0.0, 0.00004)
    ('65.7% to 66.3%', '0% to 0.1%')
    >>> interval_in_tenths(0.9999, 1)
    '99.9% to 100%'
    """
    # an end on a tenth, but for its last bits, stays there
    tenths = (math.floor(1000 * float(low) + STILL), math.ceil(1000 * float(high) - STILL))
    ends = [in_percent(tenth / 10, int(0 < tenth < 1000)) for tenth in tenths]
    return told("cell.range", **dict(zip(("low", "high"), ends, strict=True)))


def error_points(error: float) -> str:
    """Return the 95% error of a share in points of percent, rounded up to a tenth.

    No error is shown as 0.

    >>> error_points(0.00144), error_points(0.00001)
    ('0.3', '0.1')
    """
    return fixed(math.ceil(1000 * CLEAR * float(error) - STILL) / 10, 1)


def bound_of_none(draws: int) -> str:
    """Return the share below which an event lies that was never seen in n draws.

    It follows the rule of three, and is written as a count of draws.

    >>> bound_of_none(10_000), bound_of_none(100)
    ('3 in 10,000', '3 in 100')
    """
    return told("number.in_draws", count=min(3, draws), draws=fixed(draws, grouped=True))


def turning(threshold: Threshold) -> str:
    """Return where another option takes the lead, as every threshold is printed.

    Such texts are "rises to ..." or "falls just below ...".
    """
    return str(threshold)


def estimated(number: float, error: float) -> str:
    """Return an estimated score with its 95% sampling error.

    One that isn't clear of 0 is shown as less than its upper end. error: the standard error. Where
    it is 0 the number is exact.

    >>> estimated(0.0042, 0.0006), estimated(0.1, 0.0)
    ('0.0042 (give or take 0.001)', '0.10')
    >>> estimated(0.00023, 0.0003), estimated(0.0, 0.0)
    ('less than 0.00082', '0')
    """
    if error <= 0:
        return score(number)
    if not clear_of_zero(number, error):
        return told("number.below", most=digits(max(number, 0.0) + CLEAR * error, 2, up=True))
    return told("number.estimate", number=score(number), error=digits(CLEAR * error, 1))
