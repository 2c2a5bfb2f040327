"""Days as people type them: 28.11.2026, 11/28/2026 and 2026-3-5, each read as a day of the calendar."""

from __future__ import annotations

import datetime
import re

POINTS = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def days_meant(text: str) -> list[str] | None:
    """Return the days that a text may mean, as 2026-11-28; none that no calendar has, None for no day.

    >>> days_meant("28.11.2026"), days_meant("03/04/2026"), days_meant("11/28/2026")
    (['2026-11-28'], ['2026-04-03', '2026-03-04'], ['2026-11-28'])
    >>> days_meant("2026-3-5"), days_meant("2026-02-30"), days_meant("2026")
    (['2026-03-05'], [], None)
    """
    year_first = YEAR_FIRST.fullmatch(text)
    if year_first:
        year, month, day = (int(part) for part in year_first.groups())
        return _days([(day, month)], year)
    stated = POINTS.fullmatch(text) or SLASHES.fullmatch(text)
    if not stated:
        return None
    first, second, year = (int(part) for part in stated.groups())
    orders = [(first, second)] if "." in text else [(first, second), (second, first)]
    return _days(orders, year)


def _days(orders: list[tuple[int, int]], year: int) -> list[str]:
    """Return the days, each once, of pairs of day and month that a calendar has."""
    days = []
    for day, month in orders:
        try:
            days.append(datetime.date(year, month, day).isoformat())
        except ValueError:
            continue
    return list(dict.fromkeys(days))
