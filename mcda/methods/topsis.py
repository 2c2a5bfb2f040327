"""TOPSIS: closeness to an ideal and distance from an anti-ideal alternative (Hwang and Yoon, 1981)."""

from __future__ import annotations

from typing import Any

import numpy as np

from mcda.methods.table import Table, by_name, names_of, read_table
from mcda.problem.arguments import check_number, check_word
from mcda.problem.faults import Fault, InputError, refuse
from mcda.problem.names import as_numbers, length_fault

NORMALISATIONS = ("vector", "minmax", "max", "sum", "none")


def topsis(
    matrix: Any,
    weights: Any,
    directions: Any,
    *,
    normalisation: str = "vector",
    p: float = 2.0,
    ideal: Any = None,
    anti_ideal: Any = None,
) -> Any:
    """Return the closeness of each alternative to the ideal: 0 is the anti-ideal, 1 the ideal.

    matrix (..., m, n) in natural units, weights (..., n), directions n of "max" or "min"; closeness (..., m).
    normalisation is "vector" (the textbook's), "minmax", "max", "sum" or "none"; costs are scaled as benefits are and
    their ideal is the minimum. `p` is the exponent of the distance. `ideal` and `anti_ideal`, n values in the units of
    the matrix, replace the best and worst of the alternatives at hand; "minmax" then scales by the range between them.
    With both given and minmax or none, deleting an alternative changes no other one's closeness.

    Raises InputError that names alternative and criterion (positions for plain arrays).
    Source: Hwang and Yoon (1981), Multiple Attribute Decision Making.

    >>> topsis([[5, 5, 10], [8, 8, 3], [6, 5, 1], [1, 2, 10]], [0.40, 0.35, 0.25], ["max"] * 3).round(3).tolist()
    [0.617, 0.724, 0.508, 0.33]
    """
    table = read_table(matrix, weights, directions)
    _check(normalisation, p)
    given = [_reference(point, table, name) for point, name in ((ideal, "ideal"), (anti_ideal, "anti-ideal"))]
    matrix_, best, worst = _scaled(table, normalisation, *given)
    to_best = distance(matrix_ - best, table.weights, p)
    to_worst = distance(matrix_ - worst, table.weights, p)
    if not (to_best + to_worst > 0).all():
        raise InputError(
            Fault("matrix", "alternatives that differ on a criterion with weight", "alternatives that are all the same",
                  "there is nothing to compare: closeness isn't defined")
        )  # fmt: skip
    return table.labelled(to_worst / (to_best + to_worst), "closeness")


def closeness(values: np.ndarray, weights: np.ndarray, p: float = 2.0) -> np.ndarray:
    """Return anchored TOPSIS of values (..., m, n) on 0-1 scales: the ideal is 1, the anti-ideal 0, on every criterion.

    Each option's closeness rests on its own row alone. With p = 1 it is the additive value.

    >>> closeness(np.array([[0.8, 0.4]]), np.array([0.5, 0.5]), p=1).round(3).tolist()
    [0.6]
    """
    to_best, to_worst = distance(1 - values, weights, p), distance(values, weights, p)
    return to_worst / (to_best + to_worst)


def reference_gaps(matrix: np.ndarray, directions: Any, normalisation: str = "vector") -> tuple[np.ndarray, np.ndarray]:
    """Return how far each alternative lies from ideal and from anti-ideal on each criterion, (m, n) each, unweighted.

    >>> near, far = reference_gaps(np.array([[1.0, 4.0], [3.0, 2.0]]), ["max", "min"], "minmax")
    >>> near.tolist(), far.tolist()
    ([[1.0, 1.0], [0.0, 0.0]], [[0.0, 0.0], [1.0, 1.0]])
    """
    _check(normalisation, 2.0)
    table = read_table(matrix, np.ones(len(names_of(matrix)[1])), directions)
    scaled, best, worst = _scaled(table, normalisation, None, None)
    return np.abs(scaled - best), np.abs(scaled - worst)


def distance(differences: np.ndarray, weights: np.ndarray, p: float) -> np.ndarray:
    """Return the weighted distance of order p, (..., m), of differences (..., m, n)."""
    weighted = np.abs(differences) * weights[..., None, :]
    longest = weighted.max(axis=-1)
    if np.isinf(p):
        return longest
    unit = np.where(longest > 0, longest, 1.0)
    return unit * ((weighted / unit[..., None]) ** p).sum(axis=-1) ** (1 / p)


def _check(normalisation: str, p: float) -> None:
    check_word(normalisation, NORMALISATIONS, "normalisation")
    check_exponent(p)


def check_exponent(p: float) -> None:
    """Refuse an exponent that isn't a number of at least 1; it may be infinite."""
    check_number(p, lambda p: p >= 1, "exponent p", "a number of at least 1")


def _reference(point: Any, table: Table, name: str) -> np.ndarray | None:
    """Return a given ideal in the order of the criteria, or None where none was given."""
    if point is None:
        return None
    point = by_name(point, table.criteria, table.index is not None, name)
    numbers = np.atleast_1d(as_numbers(point, lambda at: f"{name} of '{table.criteria[at[-1]]}'"))
    refuse(length_fault(name, numbers, len(table.criteria), "criterion"))
    return numbers


def _scaled(
    table: Table, normalisation: str, ideal: np.ndarray | None, anti_ideal: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the matrix, its ideal and its anti-ideal on one scale: each (x / peak - offset) / factor."""
    top, bottom = table.matrix.max(axis=-2, keepdims=True), table.matrix.min(axis=-2, keepdims=True)
    best = np.where(table.signs > 0, top, bottom) if ideal is None else ideal
    worst = np.where(table.signs > 0, bottom, top) if anti_ideal is None else anti_ideal
    _check_references(table, best, worst)
    peak = _nonzero(np.maximum(np.abs(table.matrix).max(axis=-2, keepdims=True), np.maximum(abs(best), abs(worst))))
    if normalisation == "none":
        return table.matrix, best, worst
    matrix, best, worst = table.matrix / peak, best / peak, worst / peak
    offset, factor = _affine(table, matrix, normalisation, best, worst)
    return (matrix - offset) / factor, (best - offset) / factor, (worst - offset) / factor


def _affine(
    table: Table, matrix: np.ndarray, normalisation: str, best: np.ndarray, worst: np.ndarray
) -> tuple[np.ndarray | float, np.ndarray]:
    if normalisation == "vector":
        return 0.0, _nonzero(np.sqrt((matrix**2).sum(axis=-2, keepdims=True)))
    if normalisation == "minmax":
        return np.minimum(best, worst), _nonzero(abs(best - worst))
    refuse(
        Fault(table.cell(at),
              f"a value that isn't negative ({normalisation} normalisation divides by the column's {normalisation})",
              repr(float(table.matrix[tuple(at)])), 'use normalisation "vector" or "minmax"')
        for at in np.argwhere(matrix < 0).tolist()
    )  # fmt: skip
    total = matrix.sum(axis=-2, keepdims=True) if normalisation == "sum" else matrix.max(axis=-2, keepdims=True)
    return 0.0, _nonzero(total)


def _nonzero(scale: np.ndarray) -> np.ndarray:
    return np.where(scale > 0, scale, 1.0)


def _check_references(table: Table, best: np.ndarray, worst: np.ndarray) -> None:
    ahead = (table.matrix - best) * table.signs > 0
    behind = (worst - table.matrix) * table.signs > 0
    refuse(
        Fault(table.cell(at),
              "a value between anti-ideal and ideal", repr(float(table.matrix[tuple(at)])), "widen the ideals given")
        for at in np.argwhere(ahead | behind).tolist()
    )  # fmt: skip
