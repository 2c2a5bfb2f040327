"""Numbers in a sentence: as many digits as count, never a power of ten."""

from __future__ import annotations

import math

MOST_PLACES = 9


CLEAR = 1.96  # standard errors: the half of a 95% interval


def clear_of_zero(estimate: float, error: float) -> bool:
    """Say whether an estimate lies above 0 by more than its 95% sampling error.

    >>> clear_of_zero(0.0042, 0.0006), clear_of_zero(0.00023, 0.0003), clear_of_zero(0.1, 0.0), clear_of_zero(0.0, 0.0)
    (True, False, True, False)
    """
    return estimate > CLEAR * error


def digits(number: float, count: int = 3, *, down: bool = False) -> str:
    """Return a number with so many digits that count, whole where it is larger; down: never above the number.

    >>> digits(32.44), digits(60_000), digits(0.0318, 2), digits(0.119, 2, down=True), digits(1461)
    ('32.4', '60,000', '0.032', '0.11', '1,461')
    """
    number = float(number)
    if number == 0 or not math.isfinite(number):
        return f"{number + 0.0:g}"
    places = min(max(0, count - 1 - math.floor(math.log10(abs(number)))), MOST_PLACES)
    rounded = math.floor(number * 10**places) / 10**places if down else round(number, places)
    told = f"{rounded + 0.0:,.{places}f}"
    return told.rstrip("0").rstrip(".") if places else told
