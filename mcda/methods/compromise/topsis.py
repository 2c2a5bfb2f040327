"""TOPSIS: closeness to an ideal and distance from an anti-ideal alternative.

Source: Hwang and Yoon (1981), Multiple Attribute Decision Making.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from mcda.checks.arguments import check_number, check_word
from mcda.checks.faults import Fault, NotApplicable, refuse
from mcda.checks.labels import as_numbers, length_fault
from mcda.methods.compromise.blocks import (
    CELLS,
    Extents,
    Memory,
    blocks,
    extents,
    together,
    turned,
    worth_compiling,
)
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
    ends = (_reference(ideal, table, "ideal"), _reference(anti_ideal, table, "anti-ideal"))
    shares = np.ascontiguousarray(_stacked(table.weights, 1, table.stack_shape).T)
    scores = np.empty((math.prod(table.stack_shape), len(table.alternatives)))
    memory = Memory(3)
    for some, frame in _frames(table, normalisation, ends, memory):
        own = shares[:, some] if shares.shape[1] > 1 else shares
        frame.write_closeness(own, p, scores[some], memory)
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
    to_best = np.empty(table.matrix.shape).reshape(-1, *table.matrix.shape[-2:])
    to_worst = np.empty_like(to_best)
    for some, frame in _frames(table, normalisation, (None, None), Memory(3)):
        to_best[some] = frame.gaps(frame.best).T
        to_worst[some] = frame.gaps(frame.worst).T
    return to_best.reshape(matrix.shape), to_worst.reshape(matrix.shape)


def distance(differences: np.ndarray, weights: np.ndarray, order: float) -> np.ndarray:
    """Return the weighted distance of order p, (..., m), of differences (..., m, n)."""
    return distances(differences, weights, [order])[0]


def distances(
    differences: np.ndarray, weights: np.ndarray, orders: Iterable[float]
) -> list[np.ndarray]:
    """Return the weighted distances of several orders, each (..., m), of differences (..., m, n)."""
    return norms(np.abs(differences) * weights[..., None, :], orders, axis=-1)


def norms(gaps: np.ndarray, orders: Iterable[float], axis: int) -> list[np.ndarray]:
    """Return the norms of several orders of gaps of at least 0 along an axis.

    Gaps are divided by the longest first: no power of theirs over- or underflows. Their memory is
    used.
    """
    columns = np.moveaxis(gaps, axis, 0)
    # one column after the other: along a short axis the largest takes several times as long
    longest = np.expand_dims(reduce(np.maximum, columns, np.zeros(columns.shape[1:])), axis)
    unit = np.where(longest > 0, longest, 1.0)
    parts = np.divide(gaps, unit, out=gaps)
    lengths = []
    for order in orders:
        length = longest if np.isinf(order) else unit * _root_of_sum(parts, order, axis)
        lengths.append(np.asarray(length.squeeze(axis)))
    return lengths


def _root_of_sum(parts: np.ndarray, order: float, axis: int) -> np.ndarray:
    return np.asarray((parts**order).sum(axis=axis, keepdims=True) ** (1 / order))


@dataclass(frozen=True, eq=False)
class _Frame:
    """Tables as columns (n, m, tables) with ideal, anti-ideal and unit of each criterion, (n, tables).

    A criterion of very large or very small numbers was divided by a power of two, which rounds
    nothing; `exponents` (n, tables) are those of the powers that must be made good, 0 where the unit was
    divided too.
    """

    columns: np.ndarray
    best: np.ndarray
    worst: np.ndarray
    unit: np.ndarray
    exponents: np.ndarray

    def write_closeness(
        self, weights: np.ndarray, order: float, scores: np.ndarray, memory: Memory
    ) -> None:
        """Write closeness (tables or sets, m) under weights (n, tables or sets), block by block.

        One table may be given with many sets of weights, and many tables with one.
        """
        factors = self._factors(weights)
        reach = factors * (self.best - self.worst)
        if order == 2 and worth_compiling(self.columns):
            from mcda.methods.compromise.compiled import write_closeness

            worst, factors, reach = (
                np.ascontiguousarray(part.T) for part in (self.worst, factors, reach)
            )
            write_closeness(self.columns.T, worst, factors, reach, scores)
            return
        is_shared = self.columns.shape[2] < factors.shape[1]  # one table under many weights
        for rows in blocks(self.columns):
            part = self.columns[:, rows]
            gaps = memory.of(0, part.shape)  # turned columns lie there and are overwritten
            np.subtract(part, self.worst[:, None], out=gaps)
            for some in _pieces(gaps.size, len(scores)) if is_shared else (slice(None),):
                shape = (*gaps.shape[:2], len(scores[some]))
                # gaps that serve once are overwritten: two arrays of a block fit the cache
                to_worst = memory.of(2, shape) if is_shared else gaps
                to_best = memory.of(1, shape)
                np.multiply(gaps, factors[:, None, some], out=to_worst)
                np.subtract(to_worst, reach[:, None, some], out=to_best)
                scores[some, rows] = _share(_length(to_worst, order), _length(to_best, order)).T

    def gaps(self, end: np.ndarray) -> np.ndarray:
        """Return the gaps to an ideal in units, (n, m, tables)."""
        gaps = np.abs(self.columns - end[:, None]) / self.unit[:, None]
        return np.asarray(np.ldexp(gaps, self.exponents[:, None]))

    def _factors(self, weights: np.ndarray) -> np.ndarray:
        """Return what gaps are multiplied by: weights in units, for a widest range near 1.

        A common factor cancels in closeness. With this one no square overflows, and near or far is
        never below a half, as a gap to the ideal and a gap to the anti-ideal add up to at least the
        range. Raises InputError where all ranges are 0.
        """
        factors = weights / self.unit
        reach = factors * np.abs(self.best - self.worst)
        counts = reach > 0
        if not counts.any(axis=0).all():
            raise NotApplicable(
                Fault(
                    "matrix",
                    "alternatives that differ on a criterion with weight",
                    "alternatives that are all the same",
                    "there is nothing to compare: closeness isn't defined",
                )
            )
        widest = np.where(counts, np.frexp(reach)[1] + self.exponents, NEVER).max(axis=0)
        return np.where(counts, np.ldexp(factors, self.exponents - widest), 0.0)


def _pieces(cells: int, sets_of_weights: int) -> Iterator[slice]:
    """Go through the sets of weights of one table's cells, as many at a time as fit the cache."""
    step = max(1, CELLS // cells)
    for first in range(0, sets_of_weights, step):
        yield slice(first, min(first + step, sets_of_weights))


def _length(gaps: np.ndarray, order: float) -> np.ndarray:
    """Return the length of order p of gaps (n, ...), near 1 or smaller; their memory is used."""
    if order != 2:
        return norms(np.abs(gaps, out=gaps), [order], axis=0)[0]
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


def _frames(
    table: Table,
    normalisation: str,
    ends: tuple[np.ndarray | None, np.ndarray | None],
    memory: Memory,
) -> Iterator[tuple[slice, _Frame]]:
    """Go through the tables, as many at a time as fit the cache; one serves all sets of weights."""
    stack = _stacked(table.matrix, 2, table.stack_shape)
    for some in together(stack):
        columns = turned(stack[some], memory)
        seen = extents(columns, memory)
        table.check(seen.finite)
        frame = _framed(table, columns, seen, normalisation, *ends)
        yield some if len(stack) > 1 else slice(None), frame


def _framed(
    table: Table,
    columns: np.ndarray,
    seen: Extents,
    normalisation: str,
    ideal: np.ndarray | None,
    anti_ideal: np.ndarray | None,
) -> _Frame:
    """Return tables as columns with both references and units.

    Raises InputError for a reference that a value passes.
    """
    _check_references(table, seen, ideal, anti_ideal)
    is_benefit = table.signs[:, None] > 0
    best = np.where(is_benefit, seen.top, seen.bottom)
    worst = np.where(is_benefit, seen.bottom, seen.top)
    if ideal is not None:
        best = np.broadcast_to(ideal[:, None], best.shape)
    if anti_ideal is not None:
        worst = np.broadcast_to(anti_ideal[:, None], worst.shape)
    # what lies between both references is no larger than they are; all cells lie between
    exponents = _extreme_exponents(np.maximum(np.abs(best), np.abs(worst)))
    if exponents.any():
        columns = np.ldexp(columns, -exponents[:, None])
        best = np.ldexp(best, -exponents)
        worst = np.ldexp(worst, -exponents)
        seen = extents(columns, Memory(3))
    unit = _unit(table, normalisation, columns, seen, best, worst)
    if normalisation != "none":
        exponents = np.zeros_like(exponents)
    return _Frame(columns, best, worst, unit, exponents)


def _extreme_exponents(largest: np.ndarray) -> np.ndarray:
    """Return the exponents of the largest numbers that are very large or very small, others 0."""
    is_extreme = (largest > 0) & ((largest < SMALL) | (largest > LARGE))
    return np.where(is_extreme, np.frexp(largest)[1], 0)


def _unit(
    table: Table,
    normalisation: str,
    columns: np.ndarray,
    seen: Extents,
    best: np.ndarray,
    worst: np.ndarray,
) -> np.ndarray:
    """Return what gaps are divided by on each criterion, (n, tables)."""
    if normalisation in ("max", "sum"):
        _check_signs(table, normalisation, seen)
    units: dict[str, Callable[[], np.ndarray]] = {
        "none": lambda: np.ones_like(best),
        "vector": lambda: np.sqrt(seen.squares),
        "minmax": lambda: np.abs(best - worst),
        "max": lambda: seen.top,
        "sum": lambda: columns.sum(axis=1),
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


def _check_references(
    table: Table, seen: Extents, ideal: np.ndarray | None, anti_ideal: np.ndarray | None
) -> None:
    """Refuse ideals that a value passes.

    The cells are searched only if the extents show that there are some.
    """
    if ideal is None and anti_ideal is None:
        return
    best = np.inf * table.signs if ideal is None else ideal
    worst = -np.inf * table.signs if anti_ideal is None else anti_ideal
    upper = np.where(table.signs > 0, best, worst)
    lower = np.where(table.signs > 0, worst, best)
    if (seen.top.T <= upper).all() and (seen.bottom.T >= lower).all():
        return
    beyond = (table.matrix > upper) | (table.matrix < lower)
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
