"""Methods of the textbooks on the numbers as they stand: all are scaled by the options at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import InputError
from mcda.methods.compromise.topsis import distance, reference_gaps, topsis
from mcda.methods.compromise.vikor import compromise
from mcda.methods.copras import copras
from mcda.methods.decision_table import SIGNS
from mcda.methods.outranking.electre1 import kernel_membership
from mcda.methods.outranking.promethee import net_flow

Names = tuple[tuple[str, ...], tuple[str, ...]]
Scores = Callable[[Any, Any, Sequence[str]], Any]

TEXTBOOK = "topsis:vector"
TOPSIS = {
    "topsis:vector": "vector",
    "topsis:minmax": "minmax",
    "topsis:max": "max",
    "topsis:sum": "sum",
}
NOTHING_BETWEEN = 0.5  # the closeness of options that are all the same


@dataclass(frozen=True)
class TableMethod:
    """A textbook's method as a function of performances (..., m, n) and weights (..., n).

    score: what gives (..., m) from performances, weights and directions. directions: "max" or "min"
    for each criterion; without them all are better when higher, as 0-1 values are. names: of
    options and criteria, for messages.
    """

    score: Scores
    directions: tuple[str, ...] = ()
    names: Names | None = None

    def __call__(self, table: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Return scores, higher being better; raises InputError that names what it can't take."""
        ways = self.ways(table)
        # a stack isn't looked at for columns that tell nothing apart: the question tells that
        stack = table[None] if table.ndim == 2 else table
        try:
            scores = np.asarray(self.score(stack, weights, ways), dtype=float)
        except InputError:
            if table.ndim == 2 and weights.ndim == 1 and self._has_names(table):
                frame = pd.DataFrame(table, *map(list, self.names or ()))
                self.score(frame, weights, ways)
            raise
        return scores[0] if table.ndim == 2 and weights.ndim == 1 else scores

    def ways(self, table: np.ndarray) -> tuple[str, ...]:
        """Return the direction of each criterion."""
        return self.directions or ("max",) * table.shape[-1]

    def _has_names(self, table: np.ndarray) -> bool:
        return self.names is not None and tuple(map(len, self.names)) == table.shape


@dataclass(frozen=True)
class TableTopsis(TableMethod):
    """The textbook's TOPSIS under one of its normalisations; `gaps` are what its distances add up."""

    normalisation: str = "vector"

    def gaps(self, table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return distances to the ideal and to the anti-ideal, (m, n) each, before weights."""
        return _gaps(table, self.ways(table), self.normalisation)


def table_method(
    name: str, directions: tuple[str, ...] = (), names: Names | None = None, order: float = 2.0
) -> TableMethod:
    """Return a textbook's method by its name in the list.

    >>> method = table_method("topsis:vector", ("max", "min"))
    >>> method(np.array([[1.0, 4.0], [3.0, 2.0]]), np.array([0.5, 0.5])).tolist()
    [0.0, 1.0]
    """
    if name in TOPSIS:
        score = partial(_closeness, normalisation=TOPSIS[name], order=order)
        return TableTopsis(score, directions, names, TOPSIS[name])
    scores: dict[str, Scores] = {
        "vikor": _vikor,
        "promethee2": _net_flow,
        "copras": copras,
        "electre1": _in_kernel,
    }
    return TableMethod(scores[name], directions, names)


def _closeness(
    table: Any, weights: Any, directions: Sequence[str], normalisation: str, order: float
) -> np.ndarray:
    """Return closeness; where all options of a table are the same, none is nearer than another."""
    numbers = np.asarray(table)
    shared = np.broadcast_shapes(numbers.shape[:-2], np.shape(weights)[:-1])
    differ = np.any((np.ptp(numbers, axis=-2) > 0) & (np.asarray(weights) > 0), axis=-1)
    if not differ.any():
        return np.full((*shared, numbers.shape[-2]), NOTHING_BETWEEN)
    scaled = partial(topsis, directions=directions, normalisation=normalisation, p=order)
    if differ.all():
        return np.asarray(scaled(table, weights))
    closeness = np.full((*shared, numbers.shape[-2]), NOTHING_BETWEEN)
    tables = np.broadcast_to(numbers, (*shared, *numbers.shape[-2:]))
    shares = np.broadcast_to(weights, (*shared, numbers.shape[-1]))
    closeness[differ] = scaled(tables[differ], shares[differ])
    return closeness


def _gaps(
    table: np.ndarray, directions: Sequence[str], normalisation: str
) -> tuple[np.ndarray, np.ndarray]:
    near, far = reference_gaps(table[None], directions, normalisation)
    return near[0], far[0]


def _oriented(table: Any, directions: Sequence[str]) -> np.ndarray:
    """Return the table with costs turned round, so that higher is better throughout."""
    return np.asarray(np.asarray(table) * np.array([SIGNS[way] for way in directions]))


def _vikor(table: Any, weights: Any, directions: Sequence[str]) -> np.ndarray:
    """Return VIKOR's Q turned round, so that higher is better; a score of 0 has no sign."""
    return 0.0 - compromise(_oriented(table, directions), weights)[2]


def _net_flow(table: Any, weights: Any, directions: Sequence[str]) -> np.ndarray:
    return net_flow(_oriented(table, directions), weights)


def _in_kernel(table: Any, weights: Any, directions: Sequence[str]) -> np.ndarray:
    signs = np.array([SIGNS[way] for way in directions])
    return kernel_membership(np.asarray(table), weights, signs)


def topsis_steps(
    table: pd.DataFrame, weights: pd.Series, directions: Sequence[str], name: str, order: float
) -> dict[str, pd.DataFrame]:
    """Return the working of a TOPSIS on a table: weighted gaps to both ends, and distances.

    >>> table = pd.DataFrame({"reach": [1.0, 3.0]}, index=["A", "B"])
    >>> steps = topsis_steps(table, pd.Series({"reach": 1.0}), ["max"], "topsis:minmax", 2.0)
    >>> steps["distances"]["distance to ideal"].tolist()
    [1.0, 0.0]
    """
    to_best, to_worst = _gaps(table.to_numpy(float), directions, TOPSIS[name])
    shares = weights.to_numpy()
    distances = {
        "distance to ideal": distance(to_best, shares, order),
        "distance to anti-ideal": distance(to_worst, shares, order),
    }
    return {
        "weighted gaps to the ideal": pd.DataFrame(to_best * shares, table.index, table.columns),
        "weighted gaps to the anti-ideal": pd.DataFrame(
            to_worst * shares, table.index, table.columns
        ),
        "distances": pd.DataFrame(distances, table.index),
    }
