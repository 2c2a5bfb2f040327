"""Checks of a pairwise matrix: square, positive, with a diagonal of ones and reciprocal mirrors."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import AssumptionWarning, Fault, InputError, known, refuse
from mcda.checks.labels import as_numbers, name_faults
from mcda.checks.significant_digits import plain
from mcda.preferences.pairwise.saaty_scale import TOP

TOLERANCE = 1e-3  # how far a mirror may be off before rounding is the only excuse
EXACT = 1e-9  # what is off by less is off by the last bits of a float
AT_ONCE = 2**17  # numbers that are checked together: they stay in the cache


def reciprocal(matrix: Any) -> tuple[np.ndarray, tuple[str, ...], int]:
    """Return a pairwise matrix (..., n, n) as checked numbers, its items, and unjudged pairs.

    The last is how many pairs weren't judged (NaN). An entry without a mirror gives the mirror,
    with a warning. Entries rounded to two decimals (0.33 for 1/3) are accepted with a warning; the
    larger of the two is then believed. Raises InputError that names the pair.
    """
    items = items_of(matrix)
    cells = np.asarray(matrix)
    if cells.dtype == float and _is_plain(cells):
        return cells, items, 0
    numbers = as_numbers(matrix, lambda at: pair_told(items, at), missing=True)
    if not _is_plain(numbers):
        numbers = _mended(_mirrored(numbers), items)
        _tell_beyond_scale(items, numbers)
    return numbers, items, int(np.isnan(numbers).sum()) // 2


def _is_plain(numbers: np.ndarray) -> bool:
    """Return whether all matrices are positive, reciprocal and on Saaty's scale.

    A part of them is looked at a time. A smallest entry above 0 that is no less than 1/9 says that
    the largest, its mirror, is no more than 9.
    """
    n = numbers.shape[-1]
    flat = numbers.reshape(-1, n * n)
    step = max(1, AT_ONCE // n**2)
    for part in (flat[start : start + step] for start in range(0, len(flat), step)):
        above, below = (part.take(half, axis=1) for half in _halves(n))
        with np.errstate(invalid="ignore", over="ignore"):
            mirrored = above * below
        exact = 1 - EXACT <= mirrored.min() and mirrored.max() <= 1 + EXACT
        if not (exact and min(above.min(), below.min()) * TOP * (1 + TOLERANCE) >= 1):
            return False
    return True


@cache
def _halves(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of the entries on and above the diagonal, and of their mirrors.

    They are places in a matrix read row by row.
    """
    rows, columns = np.triu_indices(n)
    return rows * n + columns, columns * n + rows


def _mirrored(numbers: np.ndarray) -> np.ndarray:
    """Return the matrix with each missing entry taken from its mirror, where that was given."""
    mirror = np.swapaxes(numbers, -1, -2)
    one_sided = np.isnan(numbers) & ~np.isnan(mirror)
    if not one_sided.any():
        return numbers
    warnings.warn(
        "entries given one way only: the mirror is taken as the reciprocal",
        AssumptionWarning,
        stacklevel=5,
    )
    with np.errstate(divide="ignore"):
        return np.where(one_sided, 1 / mirror, numbers)


def _mended(numbers: np.ndarray, items: Sequence[str]) -> np.ndarray:
    """Return a matrix that is reciprocal but for rounding as one that is.

    Raises InputError for every other fault.
    """
    diagonal = np.eye(len(items), dtype=bool)
    refuse(
        [
            *_entry_faults(numbers, (numbers != 1) & diagonal, items, "1 on the diagonal"),
            *_entry_faults(numbers, (numbers <= 0) & ~diagonal, items, "a ratio above 0"),
        ]
    )
    mirror = np.swapaxes(numbers, -1, -2)
    off = np.abs(numbers * mirror - 1)
    refuse(
        Fault(
            pair_told(items, at),
            "a matrix whose mirrored entries are reciprocal",
            f"{plain(numbers[tuple(at)])} and {plain(mirror[tuple(at)])}",
            "give one and let the other follow",
        )
        for at in np.argwhere(off > np.where(_rounded(numbers), 0.02, TOLERANCE)).tolist()
        if at[-2] < at[-1]
    )
    if (off > TOLERANCE).any():
        sentence = (
            "mirrored entries are reciprocal only after rounding; "
            "the larger of each pair is believed"
        )
        warnings.warn(sentence, AssumptionWarning, stacklevel=5)
    return np.where((off <= EXACT) | (numbers >= mirror), numbers, 1 / mirror)


def _rounded(numbers: np.ndarray) -> np.ndarray:
    """Return where an entry and its mirror could be a ratio and its reciprocal, both rounded.

    The rounding is to two decimals.
    """
    mirror = np.swapaxes(numbers, -1, -2)
    smaller = np.minimum(numbers, mirror)
    larger = np.maximum(numbers, mirror)
    return np.asarray(np.abs(smaller - 1 / larger) <= 0.005)


def _tell_beyond_scale(items: Sequence[str], numbers: np.ndarray) -> None:
    if np.fmax.reduce(numbers, axis=None) <= TOP * (1 + TOLERANCE):
        return
    beyond = np.argwhere(numbers > TOP * (1 + TOLERANCE)).tolist()
    ratios_told = ", ".join(
        f"{pair_told(items, at)}: {plain(numbers[tuple(at)])}" for at in beyond[:5]
    )
    warnings.warn(
        f"outside Saaty's scale of 1/9 to 9, used as it stands: {ratios_told}",
        AssumptionWarning,
        stacklevel=5,
    )


def items_of(matrix: Any) -> tuple[str, ...]:
    """Return the names of a square matrix (..., n, n), or numbers where it has none.

    Raises InputError for a matrix of another form.
    """
    try:
        shape = np.shape(matrix)
    except ValueError:
        shape = ()
    if len(shape) < 2 or shape[-1] != shape[-2] or shape[-1] == 0:
        raise InputError(
            Fault("pairwise matrix", "a square of at least one item", f"shape {tuple(shape)}")
        )
    if not isinstance(matrix, pd.DataFrame):
        return tuple(f"item {i + 1}" for i in range(shape[-1]))
    refuse(name_faults(matrix.index, "item"))
    if list(matrix.index) != list(matrix.columns):
        raise InputError(
            Fault(
                "pairwise matrix",
                "the same items in rows and columns, in one order",
                f"rows {known(matrix.index)} and columns {known(matrix.columns)}",
            )
        )
    return tuple(matrix.index)


def pair_told(items: Sequence[str], at: Sequence[int]) -> str:
    """Return the place of an entry (..., i, j), for a message."""
    return f"judgement '{items[at[-2]]}' to '{items[at[-1]]}'"


def _entry_faults(
    numbers: np.ndarray, bad: np.ndarray, items: Sequence[str], expected: str
) -> list[Fault]:
    return [
        Fault(pair_told(items, at), expected, plain(numbers[tuple(at)]), "correct the entry")
        for at in np.argwhere(bad).tolist()
    ]
