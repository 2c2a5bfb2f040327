"""Rows and columns that repeat the others: their total, mean, median, deviation, extremes or ranks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

LAST_BITS = 1e-12  # of a number: two programs that add in another order differ by less
# what repeats the others, by its role
STATISTICS = {
    "total": "the total of the others",
    "mean": "the mean of the others",
    "median": "the median of the others",
    "deviation": "the standard deviation of the others",
    "extreme": "the best or worst of the others",
}


def repeats(
    part: str, cells: Sequence[float], others: Sequence[Sequence[float]], rounded: float = 1e-9
) -> bool:
    """Return whether each cell is a statistic of the others: their total, mean, median, or an extreme of them.

    A deviation may be that of a sample or of all.

    >>> repeats("total", [3, 7], [[1, 2], [2, 5]]), repeats("extreme", [1, 5], [[1, 2], [2, 5]])
    (True, True)
    """
    row = np.asarray(cells, dtype=float)
    is_number = ~np.isnan(row)
    if len(others) < 2 or not is_number.any():
        return False
    table = np.asarray(others, dtype=float)[:, is_number]
    numbers = row[is_number]
    if np.isnan(table).any():
        return False
    slack = rounded + LAST_BITS * np.abs(numbers)
    near = np.abs(numbers - _statistics(part, table)) <= slack
    return bool(near.any(axis=0).all())


def _statistics(part: str, table: np.ndarray) -> np.ndarray:
    """Return what may stand below the columns of a table as their statistic, (ways, columns)."""
    if part == "total":
        return np.stack([table.sum(axis=0)])
    if part == "mean":
        return np.stack([table.mean(axis=0)])
    if part == "median":
        return np.stack([np.median(table, axis=0)])
    if part == "deviation":
        return np.stack([table.std(axis=0), table.std(axis=0, ddof=1)])
    return np.stack([table.min(axis=0), table.max(axis=0)])


def are_ranks(cells: Sequence[float]) -> bool:
    """Return whether numbers are competition ranks of three or more.

    >>> are_ranks([2, 1, 3]), are_ranks([1, 1, 3]), are_ranks([1, 2, 4])
    (True, True, False)
    """
    numbers = np.asarray(cells, dtype=float)
    if len(numbers) < 3 or np.isnan(numbers).any() or (numbers == numbers[0]).all():
        return False
    return np.array_equal(numbers, competition(numbers))


def competition(numbers: np.ndarray) -> np.ndarray:
    """Return the competition ranks of numbers, the least first.

    >>> competition(np.array([5.0, 2.0, 5.0])).tolist()
    [2, 1, 2]
    """
    return 1 + np.searchsorted(np.sort(numbers, kind="stable"), numbers)
