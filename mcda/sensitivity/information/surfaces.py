"""The worth of knowing several numbers at once, by powers, products and curves of each alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mcda.checks.significant_digits import CLEAR
from mcda.sensitivity.information.cells import (
    DRAWS_A_CELL,
    MOST_CELLS,
    UNSEEN,
    Curve,
    Edges,
    Placed,
    folds_of,
)
from mcda.sensitivity.information.gains import Gain, Gains, Means

MOST_PRODUCTS = 60  # pairs of numbers: beyond these their products are left out
RIDGE = 1e-9  # against columns that are equal, or nearly
SPREAD = 1e-12  # a standard deviation below it is rounding: the number says nothing
PASSES = 3  # of a fit: each of what the one before left over, until processors agree


class Surface:
    """Scores of every option as a function of several numbers, learned from draws of both.

    The fit is by least squares on powers of each number and products of pairs. What that leaves
    over is fitted on each number alone by straight pieces over a limited number of cells, so that
    steps and bends aren't lost. known: (numbers, n); scores: (m, n); placed: the draws of each
    number in its cells.
    """

    def __init__(self, known: np.ndarray, scores: np.ndarray, placed: Sequence[Placed]) -> None:
        spread = known.std(axis=1, keepdims=True)
        self.centre = known.mean(axis=1, keepdims=True)
        self.scale = np.where(spread > SPREAD, spread, 1.0)
        basis = self._basis(known)
        self.slopes = fitted(basis, scores)
        left = np.ascontiguousarray((scores - self.slopes @ basis).T)
        self.curves = []
        for at in np.flatnonzero(spread > SPREAD).tolist():
            curve = Curve(placed[at], left)
            if not curve.flat:
                left -= curve.at(known[at]).T
                self.curves.append((at, curve))

    def _basis(self, known: np.ndarray) -> np.ndarray:
        return powers((known - self.centre) / self.scale)

    def at(self, known: np.ndarray) -> np.ndarray:
        """Return the scores expected (m, k) where the numbers are (numbers, k)."""
        expected = self.slopes @ self._basis(known)
        for at, curve in self.curves:
            expected += curve.at(known[at])
        return expected


class Tried:
    """What the choices of surfaces gain over each option.

    The gain is measured on draws that the surfaces were not learned from, and on those too.
    """

    def __init__(self, options: int) -> None:
        self.gains = Gains(options)
        self.claims = np.zeros(options)

    def add(self, surface: Surface, scores: np.ndarray, known: np.ndarray) -> None:
        """Add draws: scores (m, k), the numbers known (numbers, k)."""
        expected = surface.at(known)
        self.gains.add(scores, expected.argmax(axis=0))
        self.claims += (expected.max(axis=0) - expected).sum(axis=1)

    def gain(self, means: Means, coarser: Tried | None = None) -> Gain:
        """Return the gain over the best option, as `Cells` does.

        The gain and the change are 0 where nothing is gained. coarser: the same by surfaces of half
        the cells; what the finer ones add may be added by finer ones yet.
        """
        best = int(means.chosen[0])
        gain = self.gains.over(best)
        more = gain.worth - coarser.gains.over(best).worth if coarser else 0.0
        claimed = float(self.claims[best]) / self.gains.draws
        unseen = UNSEEN * means.spread / self.gains.draws / CLEAR
        parts = (
            gain.error,
            max(claimed - gain.worth, 0.0) / 2,
            max(more, 0.0),
            unseen,
            means.favour,
        )
        error = float(np.sqrt(np.square(parts).sum()))
        return Gain(gain.worth, error, gain.change) if gain.worth > 0 else Gain(0.0, error, 0.0)


def surfaces(scores: np.ndarray, known: np.ndarray, means: Means) -> Gain:
    """Return what knowing several numbers (numbers, n) gains, for scores (m, n).

    Each fold's choice is learned from the other folds.
    """
    cells = min(MOST_CELLS, max(scores.shape[1] // DRAWS_A_CELL, 2))
    fine, bent = _folded(scores, known, cells)
    coarse = _folded(scores, known, cells // 2)[0] if bent and cells > 2 else None
    return fine.gain(means, coarse)


def _folded(scores: np.ndarray, known: np.ndarray, cells: int) -> tuple[Tried, bool]:
    """Return how surfaces of so many cells did on the fold that each left out.

    The flag says whether any of them found a bend.
    """
    fold = folds_of(0, scores.shape[1])
    tried = Tried(len(scores))
    bent = False
    for number in np.unique(fold):
        inside = fold == number
        learn = ~inside if not inside.all() else inside
        learned = known[:, learn]
        surface = Surface(learned, scores[:, learn], placed_each(learned, cells))
        tried.add(surface, scores[:, inside], known[:, inside])
        bent = bent or bool(surface.curves)
    return tried, bent


def placed_each(known: np.ndarray, cells: int) -> list[Placed]:
    """Return the draws of each number (numbers, n) in so many cells of its own."""
    draws = known.shape[1]
    fold = folds_of(0, draws)
    return [Placed(Edges.of(number, draws, cells), number, fold) for number in known]


def fitted(basis: np.ndarray, outcomes: np.ndarray) -> np.ndarray:
    """Return the coefficients (m, rows) of least squares of outcomes (m, n) on rows (rows, n).

    There is a trace of ridge against equal rows. By the normal equations, which square how near
    rows are to each other, so that processors differ in digits that are compared; what they leave
    over is fitted again, which mends that (Björck 1987).
    """
    ridge = RIDGE * basis.shape[1]
    square = basis @ basis.T + ridge * np.eye(len(basis))
    slopes = np.linalg.solve(square, basis @ outcomes.T).T
    for _ in range(PASSES - 1):
        left = outcomes - slopes @ basis
        slopes = slopes + np.linalg.solve(square, basis @ left.T - ridge * slopes.T).T
    return slopes


def powers(numbers: np.ndarray, degree: int = 3) -> np.ndarray:
    """Return ones, powers of each number (numbers, n), and products of pairs: a row for each.

    Products are left out where they make too many rows.
    """
    rows = [np.ones((1, numbers.shape[1])), numbers]
    for _ in range(1, degree):
        rows.append(rows[-1] * numbers)  # a product costs a tenth of a power
    count = len(numbers)
    if count * (count - 1) // 2 <= MOST_PRODUCTS:
        rows += [numbers[at] * numbers[at + 1 :] for at in range(count - 1)]
    return np.concatenate(rows)
