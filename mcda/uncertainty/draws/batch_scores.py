"""Methods over many draws at once, with draws as the last axis: every step is one long vector."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from mcda.checks.faults import Fault, InputError, NotApplicable
from mcda.methods.compromise.relative_topsis import RelativeTopsis
from mcda.methods.lottery import FITTING, method_for, refuse_chances
from mcda.methods.method import Choice, Function
from mcda.problem.model import Problem
from mcda.uncertainty.draws.power_sums import DrawnWeights, PowerSum, scores_of_all

Scores = Callable[[np.ndarray, np.ndarray], np.ndarray]
VECTOR_TOPSIS = "topsis:vector"


@dataclass(frozen=True)
class Scoring:
    """A method over draws: tables and weights give scores (m, draws), of which higher is better.

    Tables are (n, m, draws) and weights (n, draws or 1). The method reads value scales, or
    performances in natural units; `unit` says that its scores lie between 0 and 1. `label` is the
    name that a result shows, `by_powers` the same method by sums that holders share.
    """

    name: str
    label: str
    scores: Scores
    reads_values: bool = True
    unit: bool = True
    by_powers: PowerSum | None = None

    @property
    def own_row(self) -> bool:
        """Whether each score rests on its own row alone."""
        return self.by_powers is not None

    def of_all(self, tables: np.ndarray, weights: Sequence[DrawnWeights]) -> Iterable[np.ndarray]:
        """Go through the scores (m, draws) for each holder's weights."""
        if self.by_powers:
            return scores_of_all(self.by_powers, tables, weights)
        return (self.scores(tables, whose.criteria) for whose in weights)


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
        powers = OVER_DRAWS[by.order]
        return Scoring(by.name, by.label, partial(alone, powers), by_powers=powers)
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


def alone(method: PowerSum, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the scores for one holder's weights of the criteria."""
    return np.asarray(scores_of_all(method, values, [DrawnWeights.of_criteria(weights)])[0])


def values_as_they_are(values: np.ndarray) -> np.ndarray:
    """Return what a weighted sum adds: the values themselves."""
    return values[None]


def only_sum(total: np.ndarray) -> np.ndarray:
    """Return a weighted sum as the score that it is."""
    return total


def squared_gaps(values: np.ndarray) -> np.ndarray:
    """Return what anchored TOPSIS adds: squared gaps to the ideal, 1, and to the anti-ideal, 0."""
    gaps = np.empty((2, *values.shape))
    np.subtract(1.0, values, out=gaps[0])
    gaps[1] = values
    gaps *= gaps
    return gaps


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


# by order, of methods that rest on an option's own row
OVER_DRAWS: dict[float | None, PowerSum] = {
    1.0: PowerSum(1, values_as_they_are, only_sum),
    2.0: PowerSum(2, squared_gaps, closeness_of),
}


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
