"""TOPSIS: closeness to an ideal and distance from an anti-ideal alternative.

Source: Hwang and Yoon (1981), Multiple Attribute Decision Making.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.checks.arguments import check_number, check_word
from mcda.checks.faults import Fault, NotApplicable, refuse
from mcda.checks.labels import as_numbers, length_fault
from mcda.methods.blocks import CELLS, Block, Extents, Memory, blocks, extents, worth_compiling
from mcda.methods.decision_table import Table, by_name, names_of, read_floats

NORMALISATIONS = ("vector", "minmax", "max", "sum", "none")
# numbers beyond these could leave a float's range when they are squared and added
SMALL = 1e-100
LARGE = 1e100
NEVER = -(2**20)  # an exponent below that of every float


def topsis(
    matrix: Any,
    weights: Any = None,
    directions: Any = None,
    *,
    normalisation: str = "vector",
    p: float = 2.0,
    ideal: Any = None,
    anti_ideal: Any = None,
) -> Any:
    """Return the closeness of each alternative to the ideal: 0 is the anti-ideal, 1 the ideal.

    Costs are scaled as benefits are, and their ideal is the minimum. With both ideals given and
    normalisation "minmax" or "none", deleting an alternative changes no other one's closeness.

    Parameters
    ----------
    matrix : array_like of shape (..., m, n), or Matrix
        Performances in natural units. One that `read_matrix` gave brings the weights and
        directions that aren't given.
    weights : array_like of shape (..., n) or mapping of str to float
        Weights in any unit, divided by their sum.
    directions : sequence or mapping of str
        "max" or "min" for each criterion.
    normalisation : str
        "vector" (the textbook's), "minmax", "max", "sum" or "none".
    p : float
        The exponent of the distance.
    ideal, anti_ideal : array_like of shape (n,) or mapping of str to float, optional
        In the units of the matrix; they replace the best and worst of the alternatives at hand.
        "minmax" then scales by the range between them.

    Returns
    -------
    ndarray of shape (..., m) or pandas.Series
        Closeness from 0 to 1; labelled if the matrix is.

    Raises
    ------
    InputError
        That names alternative and criterion (positions for plain arrays).

    References
    ----------
    Hwang and Yoon (1981), Multiple Attribute Decision Making.

    Examples
    --------
    >>> matrix = [[5, 5, 10], [8, 8, 3], [6, 5, 1], [1, 2, 10]]
    >>> topsis(matrix, [0.40, 0.35, 0.25], ["max"] * 3).round(3).tolist()
    [0.617, 0.724, 0.508, 0.33]
    """
    table = read_floats(matrix, weights, directions)
    _check(normalisation, p)
    stack = _stacked(table.matrix, 2, table.stack_shape)
    seen = extents(stack)
    table.check(seen.finite)
    frame = _framed(
        table,
        stack,
        seen,
        normalisation,
        _reference(ideal, table, "ideal"),
        _reference(anti_ideal, table, "anti-ideal"),
    )
    scores = frame.closeness(_stacked(table.weights, 1, table.stack_shape), p)
    return table.labelled(scores.reshape(*table.stack_shape, len(table.alternatives)), "closeness")


def closeness(values: np.ndarray, weights: np.ndarray, order: float = 2.0) -> np.ndarray:
    """Return anchored TOPSIS of values (..., m, n) on 0-1 scales.

    The ideal is 1 and the anti-ideal 0 on every criterion, so that each option's closeness rests on
    its own row alone. With p = 1 it is the additive value.

    >>> closeness(np.array([[0.8, 0.4]]), np.array([0.5, 0.5]), order=1).round(3).tolist()
    [0.6]
    """
    to_best = distance(1 - values, weights, order)
    to_worst = distance(values, weights, order)
    return np.asarray(to_worst / (to_best + to_worst))


def reference_gaps(
    matrix: np.ndarray, directions: Any, normalisation: str = "vector"
) -> tuple[np.ndarray, np.ndarray]:
    """Return the unweighted distances to ideal and anti-ideal on each criterion, (..., m, n) each.

    >>> near, far = reference_gaps(np.array([[1.0, 4.0], [3.0, 2.0]]), ["max", "min"], "minmax")
    >>> near.tolist(), far.tolist()
    ([[1.0, 1.0], [0.0, 0.0]], [[0.0, 0.0], [1.0, 1.0]])
    """
    _check(normalisation, 2.0)
    table = read_floats(matrix, np.ones(len(names_of(matrix)[1])), directions)
    stack = _stacked(table.matrix, 2, table.stack_shape)
    seen = extents(stack)
    table.check(seen.finite)
    frame = _framed(table, stack, seen, normalisation, None, None)
    to_best, to_worst = (
        np.abs(frame.stack - end[:, None]) / frame.unit[:, None]
        for end in (frame.best, frame.worst)
    )
    return np.ldexp(to_best, frame.exponents).reshape(matrix.shape), np.ldexp(
        to_worst, frame.exponents
    ).reshape(matrix.shape)


def distance(differences: np.ndarray, weights: np.ndarray, order: float) -> np.ndarray:
    """Return the weighted distance of order p, (..., m), of differences (..., m, n)."""
    return _norm(np.abs(differences) * weights[..., None, :], order, axis=-1)


def _norm(gaps: np.ndarray, order: float, axis: int) -> np.ndarray:
    """Return the norm of order p of gaps of at least 0 along an axis.

    Gaps are divided by the longest first: no power of theirs over- or underflows.
    """
    longest = gaps.max(axis=axis, keepdims=True)
    if np.isinf(order):
        return np.asarray(longest.squeeze(axis))
    unit = np.where(longest > 0, longest, 1.0)
    return np.asarray(unit.squeeze(axis) * ((gaps / unit) ** order).sum(axis=axis) ** (1 / order))


@dataclass(frozen=True, eq=False)
class _Frame:
    """Tables (tables, m, n) with ideal, anti-ideal and unit of each criterion, (tables, n).

    A criterion of very large or very small numbers was divided by a power of two, which rounds
    nothing; `exponents` (n,) are those of the powers that must be made good, 0 where the unit was
    divided too.
    """

    stack: np.ndarray
    best: np.ndarray
    worst: np.ndarray
    unit: np.ndarray
    exponents: np.ndarray

    def closeness(self, weights: np.ndarray, order: float) -> np.ndarray:
        """Return closeness (tables or weights, m) under weights (tables or 1, n), block by block.

        One table may be given with many weights, and many tables with one set of weights.
        """
        factors = self._factors(weights)
        reach = factors * (self.best - self.worst)
        scores = np.empty((len(factors), self.stack.shape[1]))
        if order == 2 and worth_compiling(self.stack):
            from mcda.methods.compiled import write_closeness

            write_closeness(self.stack, self.worst, factors, reach, scores)
            return scores
        memory = Memory(3)
        shared = len(self.stack) == 1 and len(factors) > 1  # one table under many weights
        for block in blocks(self.stack):
            gaps = memory.of(0, block.columns.shape)
            np.subtract(block.columns, self.worst[block.tables].T[:, None], out=gaps)
            for some in _pieces(block, len(factors)) if shared else (block.tables,):
                shape = (*gaps.shape[:2], some.stop - some.start)
                # gaps that serve once are overwritten: two arrays of a block fit the cache
                to_worst = memory.of(1, shape) if shared else gaps
                to_best = memory.of(2, shape)
                np.multiply(gaps, factors[some].T[:, None], out=to_worst)
                np.subtract(to_worst, reach[some].T[:, None], out=to_best)
                scores[some, block.rows] = _share(
                    _length(to_worst, order), _length(to_best, order)
                ).T
        return scores

    def _factors(self, weights: np.ndarray) -> np.ndarray:
        """Return what gaps are multiplied by: weights in units, for a widest range near 1.

        A common factor cancels in closeness. With this one no square overflows, and near or far is
        never below a half, as a gap to the ideal and a gap to the anti-ideal add up to at least the
        range. Raises InputError where all ranges are 0.
        """
        factors = weights / self.unit
        reach = factors * np.abs(self.best - self.worst)
        if not (reach > 0).any(axis=-1).all():
            raise NotApplicable(
                Fault(
                    "matrix",
                    "alternatives that differ on a criterion with weight",
                    "alternatives that are all the same",
                    "there is nothing to compare: closeness isn't defined",
                )
            )
        widest = np.where(reach > 0, np.frexp(reach)[1] + self.exponents, NEVER).max(
            axis=-1, keepdims=True
        )
        return np.where(reach > 0, np.ldexp(factors, self.exponents - widest), 0.0)


def _pieces(block: Block, sets_of_weights: int) -> Iterator[slice]:
    """Go through the sets of weights of one table, as many at a time as fit the cache."""
    step = max(1, CELLS // block.columns.size)
    for first in range(0, sets_of_weights, step):
        yield slice(first, min(first + step, sets_of_weights))


def _length(gaps: np.ndarray, order: float) -> np.ndarray:
    """Return the length of order p of gaps (n, ...), near 1 or smaller; their memory is used."""
    if order != 2:
        return _norm(np.abs(gaps, out=gaps), order, axis=0)
    np.multiply(gaps, gaps, out=gaps)
    total = gaps.sum(axis=0)
    return np.asarray(np.sqrt(total, out=total))


def _share(part: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Return a part as a share of both, in the place of the rest."""
    rest += part
    np.divide(part, rest, out=rest)
    return rest


def _check(normalisation: str, order: float) -> None:
    check_word(normalisation, NORMALISATIONS, "normalisation")
    check_exponent(order)


def check_exponent(order: float) -> None:
    """Refuse an exponent that isn't a number of at least 1; it may be infinite."""
    check_number(order, lambda order: order >= 1, "exponent p", "a number of at least 1")


def _reference(point: Any, table: Table, name: str) -> np.ndarray | None:
    """Return a given ideal in the order of the criteria, or None where none was given."""
    if point is None:
        return None
    point = by_name(point, table.criteria, table.index is not None, name)
    numbers = np.atleast_1d(as_numbers(point, lambda at: f"{name} of '{table.criteria[at[-1]]}'"))
    refuse(length_fault(name, numbers, len(table.criteria), "criterion"))
    return numbers


def _framed(
    table: Table,
    stack: np.ndarray,
    seen: Extents,
    normalisation: str,
    ideal: np.ndarray | None,
    anti_ideal: np.ndarray | None,
) -> _Frame:
    """Return the tables with both references and units.

    Raises InputError for a reference that a value passes.
    """
    best = (
        np.where(table.signs > 0, seen.top, seen.bottom)
        if ideal is None
        else np.broadcast_to(ideal, seen.top.shape)
    )
    worst = (
        np.where(table.signs > 0, seen.bottom, seen.top)
        if anti_ideal is None
        else np.broadcast_to(anti_ideal, seen.top.shape)
    )
    _check_references(table, seen, best, worst)
    largest = np.maximum(
        np.maximum(seen.top, -seen.bottom), np.maximum(np.abs(best), np.abs(worst))
    ).max(axis=0)
    exponents = np.where(
        (largest > 0) & ((largest < SMALL) | (largest > LARGE)), np.frexp(largest)[1], 0
    )
    if exponents.any():
        stack, best, worst = (np.ldexp(part, -exponents) for part in (stack, best, worst))
        seen = extents(stack)
    unit = _unit(table, normalisation, stack, seen, np.abs(best - worst))
    if normalisation != "none":
        exponents = np.zeros_like(exponents)
    return _Frame(stack, best, worst, unit, exponents)


def _unit(
    table: Table, normalisation: str, stack: np.ndarray, seen: Extents, span: np.ndarray
) -> np.ndarray:
    """Return what gaps are divided by on each criterion, (tables, n)."""
    if normalisation in ("max", "sum"):
        _check_signs(table, normalisation, seen)
    units: dict[str, Callable[[], np.ndarray]] = {
        "none": lambda: np.ones_like(span),
        "vector": lambda: np.sqrt(seen.squares),
        "minmax": lambda: span,
        "max": lambda: seen.top,
        "sum": lambda: stack.sum(axis=1),
    }
    unit = units[normalisation]()
    return np.where(unit > 0, unit, 1.0)


def _check_signs(table: Table, normalisation: str, seen: Extents) -> None:
    if (seen.bottom >= 0).all():
        return
    refuse(
        Fault(
            table.cell(at),
            f"a value that isn't negative ({normalisation} normalisation divides by "
            f"the column's {normalisation})",
            repr(float(table.matrix[tuple(at)])),
            'use normalisation "vector" or "minmax"',
        )
        for at in np.argwhere(table.matrix < 0).tolist()
    )


def _check_references(table: Table, seen: Extents, best: np.ndarray, worst: np.ndarray) -> None:
    """Refuse ideals that a value passes.

    The cells are searched only if the extents show that there are some.
    """
    upper = np.where(table.signs > 0, best, worst)
    lower = np.where(table.signs > 0, worst, best)
    if (seen.top <= upper).all() and (seen.bottom >= lower).all():
        return
    # ideals that are given are those of all tables
    beyond = (table.matrix > upper[0]) | (table.matrix < lower[0])
    refuse(
        Fault(
            table.cell(at),
            "a value between anti-ideal and ideal",
            repr(float(table.matrix[tuple(at)])),
            "widen the ideals given",
        )
        for at in np.argwhere(beyond).tolist()
    )


def _stacked(numbers: np.ndarray, own: int, shape: tuple[int, ...]) -> np.ndarray:
    """Return numbers (..., own axes) as a stack of one leading axis.

    Its length is 1 if they are the same throughout.
    """
    axes = numbers.shape[numbers.ndim - own :]
    leading = numbers.shape[: numbers.ndim - own]
    if math.prod(leading) != 1 and leading != shape:
        numbers = np.broadcast_to(numbers, (*shape, *axes))
    return numbers.reshape(-1, *axes)
