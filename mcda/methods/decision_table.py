"""A decision matrix with its weights and directions, checked and aligned by label for a method."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import AssumptionWarning, Fault, InputError, known, refuse
from mcda.checks.labels import alike, all_finite, as_numbers, length_fault, name_faults
from mcda.checks.table_words import direction
from mcda.preferences.weighting.normalise import normalised
from mcda.preferences.weighting.stated import Weights
from mcda.problem.bare_table.matrix import Matrix

SIGNS = {"max": 1.0, "min": -1.0}  # which way is better, as a factor
INDISTINCT = 1e-15  # of the largest value: a step that a few roundings of it would swallow
# so many alternatives are looked at for their steps: to sort a million takes longer than to score
# them
LOOKED_AT = 10_000


@dataclass(frozen=True, eq=False)
class Table:
    """Alternatives by criteria as numbers, with checked weights and directions.

    matrix (..., m, n), weights (..., n) summing to one, signs (n,) of 1 for "max" and -1 for "min".
    """

    matrix: np.ndarray
    weights: np.ndarray
    signs: np.ndarray
    alternatives: Sequence[str]
    criteria: Sequence[str]
    index: pd.Index | None

    def cell(self, at: Sequence[int]) -> str:
        """Return the name of a cell, for a message: alternative and criterion."""
        return _cell(at, self.alternatives, self.criteria)

    def check(self, finite: bool) -> None:
        """Refuse cells that are no finite numbers, and tell assumptions, once the cells were read.

        finite: whether a method's own pass over the cells saw finite numbers alone. Otherwise they
        are searched, for a sum may overflow where no cell is at fault.
        """
        if not finite:
            as_numbers(self.matrix, self.cell, copy=False)
        _tell_assumptions(self)

    @property
    def rows(self) -> pd.Index:
        """The index of a labelled result: the names given, or positions."""
        return self.index if self.index is not None else pd.RangeIndex(len(self.alternatives))

    @property
    def stack_shape(self) -> tuple[int, ...]:
        """The leading axes of scores: those of the matrix and of the weights together."""
        return np.broadcast_shapes(self.matrix.shape[:-2], self.weights.shape[:-1])

    def labelled(self, scores: np.ndarray, name: str) -> Any:
        """Return scores (..., m) as a Series for one labelled table, otherwise as an array."""
        if self.index is None or scores.ndim > 1:
            return scores
        return pd.Series(scores, index=self.index, name=name)


def read_table(matrix: Any, weights: Any, directions: Any) -> Table:
    """Return the checked table.

    A DataFrame's columns and index are names; weights and directions given as a Series or mapping
    are then matched by name. A plain array has only positions, so a Series beside it is refused. A
    `Matrix` brings the weights and directions that aren't given. Raises InputError that names
    alternative and criterion (positions for plain arrays).
    """
    table = read_floats(matrix, weights, directions)
    if not all_finite(table.matrix):
        as_numbers(table.matrix, table.cell)
    _tell_assumptions(table)
    return table


def read_floats(matrix: Any, weights: Any, directions: Any) -> Table:
    """Return a table of floats that may not be finite, for a method that reads every cell anyway.

    Its `check` must follow. Everything else is checked as by `read_table`.
    """
    matrix, weights, directions = parts_of(matrix, weights, directions)
    alternatives, criteria = names_of(matrix)
    numbers = _floats(matrix, alternatives, criteria)
    _check_size(numbers)
    labelled = isinstance(matrix, pd.DataFrame)
    shares = _weights(weights, criteria, labelled)
    _check_stacks(numbers, shares)
    return Table(
        numbers,
        shares,
        _signs(directions, criteria, labelled),
        alternatives,
        criteria,
        _index(matrix),
    )


def _floats(matrix: Any, alternatives: Sequence[str], criteria: Sequence[str]) -> np.ndarray:
    """Return the cells as floats: numbers as they are, anything else only if it is finite."""
    cells = np.asarray(matrix)
    if cells.dtype.kind in "iuf":
        return cells.astype(float, copy=False)
    return as_numbers(matrix, lambda at: _cell(at, alternatives, criteria), copy=False)


def parts_of(matrix: Any, weights: Any, directions: Any) -> tuple[Any, Any, Any]:
    """Return table, weights and directions: those that a `Matrix` brought where none are given.

    Raises InputError for the weights or directions that neither brings.
    """
    if isinstance(matrix, Matrix):
        brought = matrix
        matrix = brought.performances.drop(index=list(brought.fictive))
        weights = brought.weights if weights is None else weights
        directions = _all_directions(brought, directions)
    ways = {
        "weights": (weights, "give one for each criterion, such as weights=[2, 1]"),
        "directions": (
            directions,
            'give "max" or "min" for each, such as directions=["max", "min"]',
        ),
    }
    refuse(
        Fault(what, "one for each criterion", "none", remedy)
        for what, (given, remedy) in ways.items()
        if given is None
    )
    return matrix, weights, directions


def _all_directions(matrix: Matrix, given: Any) -> Any:
    """Return the directions of a table that was read, with those that are given by name on top."""
    if given is not None and not isinstance(given, Mapping):
        return given
    directions = {**matrix.directions, **(given or {})}
    untold = [key for key in matrix.performances.columns if key not in directions]
    remedy = (
        f'say which way is better, such as directions={{{untold[0]!r}: "max"}}' if untold else ""
    )
    refuse(Fault(f"criterion '{key}'", "a direction", "none", remedy) for key in untold)
    return directions


def read_single_table(matrix: Any, weights: Any, directions: Any) -> Table:
    """Return the checked table for a method of one matrix and one set of weights.

    Raises InputError for a stack.
    """
    table = read_table(matrix, weights, directions)
    if table.matrix.ndim != 2 or table.weights.ndim != 1:
        raise InputError(
            Fault("matrix", "one table and one set of weights", "several", "call it once for each")
        )
    return table


def _index(matrix: Any) -> pd.Index | None:
    return matrix.index if isinstance(matrix, pd.DataFrame) else None


def names_of(matrix: Any) -> tuple[Sequence[str], Sequence[str]]:
    """Return the names of alternatives and criteria, or positions where it has none.

    Raises InputError for a matrix of another form.
    """
    if isinstance(matrix, Matrix):
        matrix = matrix.performances
    if isinstance(matrix, pd.DataFrame):
        refuse(
            [
                *name_faults(matrix.index, "alternative", numbered=True),
                *name_faults(matrix.columns, "criterion", numbered=True),
            ]
        )
        return tuple(matrix.index), tuple(matrix.columns)
    try:
        shape = np.shape(matrix)
    except ValueError:
        raise InputError(
            Fault("matrix", "rows of one length", f"rows of different lengths{_uneven(matrix)}")
        ) from None
    if len(shape) < 2:
        raise InputError(
            Fault("matrix", "alternatives x criteria", f"{len(shape)} dimension(s)", "give a table")
        )
    return positions(*shape[-2:])


def _uneven(matrix: Any) -> str:
    """Return the words for the first row whose length isn't that of the row above; none where rows have no length."""
    lengths = [len(row) for row in matrix if isinstance(row, Sequence | np.ndarray)]
    for at, (above, here) in enumerate(pairwise(lengths), 2):
        if above != here:
            return f": row {at} has {here}, the row above {above}"
    return ""


def positions(m: int, n: int) -> tuple[Sequence[str], Sequence[str]]:
    """Return names for the rows and columns of a table that has none."""
    return Positions("row", m), Positions("column", n)


@dataclass(frozen=True)
class Positions(Sequence[str]):
    """Names by position, "row 1" and so on; each is made when asked for.

    A million rows need no million names.

    >>> list(Positions("row", 2))
    ['row 1', 'row 2']
    """

    what: str
    size: int

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [f"{self.what} {i + 1}" for i in range(self.size)[at]]
        return f"{self.what} {range(self.size)[at] + 1}"


def _cell(at: Sequence[int], alternatives: Sequence[str], criteria: Sequence[str]) -> str:
    return f"alternative '{alternatives[at[-2]]}', criterion '{criteria[at[-1]]}'"


def _check_size(matrix: np.ndarray) -> None:
    for size, what in ((matrix.shape[-2], "alternative"), (matrix.shape[-1], "criterion")):
        if size == 0:
            raise InputError(Fault("matrix", f"at least one {what}", "none"))


def _check_stacks(matrix: np.ndarray, weights: np.ndarray) -> None:
    try:
        np.broadcast_shapes(matrix.shape[:-2], weights.shape[:-1])
    except ValueError:
        stacks = f"{matrix.shape[:-2]} and {weights.shape[:-1]}"
        raise InputError(
            Fault("matrix and weights", "stacks of one shape, or that broadcast", stacks)
        ) from None


def by_name(given: Any, criteria: Sequence[str], labelled: bool, what: str) -> Any:
    """Return what was given in the order of the criteria, matched by name if it has names."""
    if isinstance(given, Weights):
        given = given.values
    if not isinstance(given, Mapping | pd.Series):
        return given
    if not labelled:
        remedy = "give the matrix as a DataFrame, or the plain numbers in column order"
        raise InputError(Fault(f"{what}s by name", "a matrix with names", "a plain array", remedy))
    refuse(name_faults(list(given.keys()), what, numbered=True))
    refuse(
        [
            *(
                Fault(
                    f"{what} of '{name}'",
                    "a criterion of the matrix",
                    "no such criterion",
                    f"the criteria are {known(criteria)}",
                )
                for name in list(given.keys())
                if name not in criteria
            ),
            *(
                Fault(f"criterion '{name}'", f"a {what}", "none", "state it")
                for name in criteria
                if name not in given
            ),
        ]
    )
    return [given[name] for name in criteria]


def _weights(given: Any, criteria: Sequence[str], labelled: bool) -> np.ndarray:
    given = by_name(given, criteria, labelled, "weight")
    weights = as_numbers(given, lambda at: f"weight of '{criteria[at[-1]]}'", copy=False)
    weights = np.atleast_1d(weights)
    refuse(length_fault("weights", weights[..., :].T, len(criteria), "criterion"))
    return normalised(weights, criteria)


def _signs(given: Any, criteria: Sequence[str], labelled: bool) -> np.ndarray:
    given = by_name(given, criteria, labelled, "direction")
    if isinstance(given, str) or np.ndim(given) != 1:
        raise InputError(
            Fault(
                "directions", 'a sequence of "max" and "min"', repr(given), "give one per criterion"
            )
        )
    given = list(given)
    refuse(length_fault("directions", given, len(criteria), "criterion"))
    ways = [direction(way) for way in given]
    refuse(
        Fault(f"direction of '{name}'", '"max" or "min"', repr(way), "say which way is better")
        for name, way, better in zip(criteria, given, ways, strict=True)
        if better is None
    )
    return np.array([SIGNS[better] for better in ways if better])


def _tell_assumptions(table: Table) -> None:
    """Warn of a weighted criterion on which alternatives don't differ, or a huge value blurs them.

    Only single tables are looked at.
    """
    if table.matrix.ndim > 2 or len(table.alternatives) < 2:
        return
    for what, names in (("alternatives", table.alternatives), ("criteria", table.criteria)):
        if isinstance(names, Positions):
            continue  # no two are alike, and ten thousand names take longer than the scores
        for group in alike(names[:LOOKED_AT]):
            sentence = f"{what} {known(group)} differ by case alone and are taken for {len(group)}"
            warnings.warn(sentence, AssumptionWarning, stacklevel=4)
    weighed = table.weights.reshape(-1, len(table.criteria)).any(axis=0)
    for at in np.flatnonzero(weighed).tolist():
        words = _assumption(table.matrix[:, at])
        if words:
            criterion = table.criteria[at]
            sentence = f"criterion '{criterion}' {words}; the ranking rests on the rest"
            warnings.warn(sentence, AssumptionWarning, stacklevel=4)


def _assumption(column: np.ndarray) -> str:
    """Return what must be said of a criterion's numbers, if anything.

    Of very many alternatives the first are looked at: a column that is flat there is read whole.
    """
    seen = column[:LOOKED_AT]
    steps = np.diff(np.unique(seen))
    if not steps.size:
        same = bool((column == column[0]).all())
        return "is the same for every alternative and tells none of them apart" if same else ""
    if steps.min() / np.abs(seen).max() < INDISTINCT:
        return "holds a value so large that others on it can't be told apart"
    return ""
