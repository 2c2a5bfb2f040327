"""Numbers in a sentence: as many digits as count, never a power of ten."""

from __future__ import annotations

import math

MOST_PLACES = 9


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
