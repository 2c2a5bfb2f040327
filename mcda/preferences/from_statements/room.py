"""The room that bounds leave to the parts of a value model: whether there is any, and its ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.preferences.from_statements.bounds import CLEAR, Bound
from mcda.sampling.linear_programs import least

ROUNDING = CLEAR / 10  # by so much a bound may be broken by rounding


@dataclass(frozen=True, eq=False)
class Room:
    """The parts (n,), at least 0 and of sum 1, that keep every bound.

    clearly: bounds with a margin are kept by it, else up to their edge.
    """

    bounds: tuple[Bound, ...]
    size: int
    clearly: bool = False

    @cached_property
    def rows(self) -> np.ndarray:
        """The rows (k, n) that are at most 0."""
        return self._stacked(one for one in self.bounds if not one.equality)

    @cached_property
    def equal(self) -> np.ndarray:
        """The rows (k, n) that are 0."""
        return self._stacked(one for one in self.bounds if one.equality)

    @cached_property
    def margins(self) -> np.ndarray:
        """By how much each of the rows (k,) is below 0 where it is kept clearly."""
        return np.array([one.margin for one in self.bounds if not one.equality])

    def _stacked(self, bounds: Iterable[Bound]) -> np.ndarray:
        rows = [one.clear if self.clearly else one.row for one in bounds]
        return np.array(rows).reshape(len(rows), self.size)

    @cached_property
    def breach(self) -> float:
        """By how much some bound is broken at least; 0 where there are parts that keep all."""
        one = np.ones((len(self.rows), 1))
        two = np.ones((len(self.equal), 1))
        rows = np.vstack(
            [
                np.hstack([self.rows, -one]),
                np.hstack([self.equal, -two]),
                np.hstack([-self.equal, -two]),
            ]
        )
        cost = np.append(np.zeros(self.size), 1.0)
        whole = np.append(np.ones(self.size), 0.0)[None]
        solved = least([cost], rows, np.zeros(len(rows)), whole, np.ones(1))
        return np.inf if solved is None else max(solved.cost, 0.0)

    @property
    def is_empty(self) -> bool:
        """Whether no parts keep every bound, by more than rounding."""
        return self.breach > ROUNDING

    def lowest(self, row: np.ndarray) -> float:
        """Return the least that row @ parts can be; infinite where there are no parts."""
        sums = np.append(1.0, np.zeros(len(self.equal)))
        equal = np.vstack([np.ones(self.size), self.equal])
        solved = least([row], self.rows, np.zeros(len(self.rows)), equal, sums)
        return np.inf if solved is None else solved.cost

    def highest(self, row: np.ndarray) -> float:
        """Return the most that row @ parts can be."""
        return -self.lowest(-row)

    def closest(self, rows: np.ndarray) -> float:
        """Return the least that the largest size of rows (k, n) @ parts can be."""
        return self.peak(np.vstack([rows, -rows]))

    def peak(self, rows: np.ndarray) -> float:
        """Return the least that the largest of rows (k, n) @ parts can be, or 0 if it can be less."""
        most = np.full((len(rows), 1), -1.0)
        bound = np.hstack([self.rows, np.zeros((len(self.rows), 1))])
        within = np.vstack([bound, np.hstack([rows, most])])
        equal = np.vstack([np.ones(self.size), self.equal])
        fixed = np.hstack([equal, np.zeros((len(equal), 1))])
        sums = np.append(1.0, np.zeros(len(self.equal)))
        cost = np.append(np.zeros(self.size), 1.0)
        solved = least([cost], within, np.zeros(len(within)), fixed, sums)
        return np.inf if solved is None else solved.cost

    def times(self, row: np.ndarray, other: np.ndarray) -> tuple[float, float]:
        """Return between which numbers row @ parts over other @ parts lies; both are at least 0.

        The bounds hold for parts of any sum, so that of the other is set to 1. Source: Charnes and
        Cooper (1962), Programming with linear fractional functionals.
        """
        sums = np.append(1.0, np.zeros(len(self.equal)))
        equal = np.vstack([other, self.equal])
        limits = np.zeros(len(self.rows))
        low = least([row], self.rows, limits, equal, sums)
        if low is None:
            return np.inf, np.inf
        high = least([-row], self.rows, limits, equal, sums)
        return max(low.cost, 0.0), np.inf if high is None else -high.cost


def room_of(bounds: Iterable[Sequence[Bound]], size: int, *, clearly: bool = False) -> Room:
    """Return the room that the bounds of several statements leave together."""
    return Room(tuple(one for several in bounds for one in several), size, clearly)
