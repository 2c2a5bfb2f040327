"""Methods over many draws at once, with draws as the last axis: every step is one long vector."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from mcda.checks.faults import Fault, InputError, NotApplicable
from mcda.methods.compromise.relative_topsis import RelativeTopsis
from mcda.methods.lottery import FITTING, method_for, refuse_chances
from mcda.methods.method import Choice, Function
from mcda.problem.model import Problem

Scores = Callable[[np.ndarray, np.ndarray], np.ndarray]
VECTOR_TOPSIS = "topsis:vector"


@dataclass(frozen=True)
class Scoring:
    """A method over draws: tables and weights give scores (m, draws), of which higher is better.

    Tables are (n, m, draws) and weights (n, draws or 1). The method reads value scales, or
    performances in natural units; `unit` says that its scores lie between 0 and 1, and `own_row`
    that each rests on its own row alone. `label` is the name that a result shows.
    """

    name: str
    label: str
    scores: Scores
    reads_values: bool = True
    unit: bool = True
    own_row: bool = False


def find_scoring(problem: Problem, method: Choice, order: float = 2.0) -> Scoring:
    """Return a method over draws; raises InputError that lists the methods for a bad name.

    The textbooks' methods read performances and scale them anew in every draw, by the options at
    hand.
    """
    if isinstance(method, RelativeTopsis):
        return _relative_topsis(problem, method)
    by = method_for(problem, method, order)
    if by.label == VECTOR_TOPSIS:  # of another order it has a label of its own
        return _vector_topsis(problem)
    if by.own_row and by.order in OVER_DRAWS and by.outcome is None:
        return Scoring(by.name, by.label, OVER_DRAWS[by.order], own_row=True)
    scores = partial(any_method, function=by.scores, name=by.name)
    return Scoring(by.name, by.label, scores, reads_values=by.reads_values, unit=by.unit)


def _relative_topsis(problem: Problem, method: RelativeTopsis) -> Scoring:
    """Return the textbook's TOPSIS over draws, by a form of its own where it is the usual one."""
    refuse_chances(problem, "the textbook's TOPSIS", f"take {FITTING}")
    if (method.normalisation, method.p) == ("vector", 2.0):
        return _vector_topsis(problem)
    relative = partial(any_method, function=method, name="topsis")
    return Scoring("topsis:relative", "topsis:relative", relative, reads_values=False)


def _vector_topsis(problem: Problem) -> Scoring:
    signs = np.array([leaf.sign for leaf in problem.leaves], dtype=float)
    scores = partial(vector_closeness, signs=signs)
    return Scoring(VECTOR_TOPSIS, VECTOR_TOPSIS, scores, reads_values=False)


def weighted_sum(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return additive scores, criterion by criterion."""
    return np.asarray((values * weights[:, None]).sum(axis=0))


def anchored_closeness(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return anchored TOPSIS with p = 2: the ideal is 1, the anti-ideal 0, on every criterion.

    Criterion by criterion: one criterion's cells stay in the cache, the table of all doesn't.
    """
    shape = np.broadcast_shapes(values.shape[1:], (1, weights.shape[1]))
    distances = np.zeros((2, *shape))
    parts = np.empty((2, *shape))
    to_best, to_worst = parts
    for value, weight in zip(values, weights, strict=True):
        np.subtract(1.0, value, out=to_best)
        np.multiply(to_best, weight, out=to_best)
        np.multiply(value, weight, out=to_worst)
        np.multiply(parts, parts, out=parts)
        distances += parts
    return closeness_of(*distances)


# by order, of methods that rest on an option's own row
OVER_DRAWS: dict[float | None, Scores] = {1.0: weighted_sum, 2.0: anchored_closeness}


def vector_closeness(table: np.ndarray, weights: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """Return TOPSIS with vector normalisation in every draw.

    Where all options are the same, all score 0.5. Each criterion is divided by a power of two,
    which rounds nothing, so that no square overflows.
    """
    distances = np.zeros((2, *table.shape[1:]))
    spare = np.empty(table.shape[1:])
    for performances, weight, sign in zip(table, weights, signs, strict=True):
        column = np.ldexp(performances, -np.frexp(np.abs(performances).max())[1])
        add_distances(distances, column, weight, sum_of_squares(column, spare), sign, spare)
    return closeness_of(*distances)


def sum_of_squares(column: np.ndarray, spare: np.ndarray) -> np.ndarray:
    """Return the squared norms of a criterion's numbers (m, draws), 1 where all are 0.

    They are summed row by row, so that all engines round alike.
    """
    np.multiply(column, column, out=spare)
    # numpy adds row by row, but of a lone draw, which is one row, in pairs
    norm = spare.sum(axis=0) if spare.shape[1] > 1 else np.add.accumulate(spare)[-1]
    norm[norm == 0] = 1
    return norm


def add_distances(
    distances: np.ndarray,
    column: np.ndarray,
    weight: np.ndarray,
    norm: np.ndarray,
    sign: float,
    spare: np.ndarray,
) -> None:
    """Add one criterion's squared distances to the ideal and the anti-ideal, (2, m, draws).

    Squares need no root: the squared norm divides the squared weight once per criterion, not every
    cell.
    """
    scale = weight * weight / norm
    top = column.max(axis=0)
    bottom = column.min(axis=0)
    ends = (top, bottom) if sign > 0 else (bottom, top)
    for distance, end in zip(distances, ends, strict=True):
        np.subtract(column, end, out=spare)
        np.multiply(spare, spare, out=spare)
        np.multiply(spare, scale, out=spare)
        distance += spare


def closeness_of(to_best: np.ndarray, to_worst: np.ndarray) -> np.ndarray:
    """Return closeness from squared distances; 0.5 where both are 0.

    The result takes the memory of the distances to the anti-ideal.
    """
    near = np.sqrt(to_best, out=to_best)
    far = np.sqrt(to_worst, out=to_worst)
    near += far
    same = near == 0
    if same.any():
        near[same] = 1
        far[same] = 0.5
    far /= near
    return far


def any_method(
    values: np.ndarray, weights: np.ndarray, function: Function, name: str
) -> np.ndarray:
    """Return the scores of a function, called once for all draws or once for each."""
    draws = values.shape[-1]
    m = values.shape[1]
    tables = values.T
    shares = np.broadcast_to(weights.T, (draws, len(weights)))
    together = broadcasts(function, m, len(values))
    scores = (
        function(tables, shares)
        if together
        else [function(*pair) for pair in zip(tables, shares, strict=True)]
    )
    numbers = np.asarray(scores, dtype=float)
    if numbers.shape != (draws, m):
        expected = f"{m}, one for each option"
        raise InputError(
            Fault(f"scores of method '{name}'", expected, f"shape {numbers.shape[1:]}")
        )
    if not np.isfinite(numbers).all():
        raise NotApplicable(
            Fault(f"scores of method '{name}'", "finite numbers in every draw", "some that aren't")
        )
    return np.ascontiguousarray(numbers.T)


def broadcasts(function: Function, m: int, n: int) -> bool:
    """Return whether a function scores several tables at once as it scores each: tried on three."""
    tables = (np.arange(3 * m * n).reshape(3, m, n) * 0.618) % 0.9 + 0.05
    shares = np.full((3, n), 1 / n)
    try:
        together = np.asarray(function(tables, shares))
        alone = np.array([function(*pair) for pair in zip(tables, shares, strict=True)])
    except Exception:
        return False
    return together.shape == alone.shape and bool(np.allclose(together, alone, rtol=1e-12, atol=0))
