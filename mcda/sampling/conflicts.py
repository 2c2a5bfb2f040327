"""The smallest set of conditions that exclude each other, among many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from mcda.sampling.integer_programs import integer_program

Agree = Callable[[Sequence[int]], bool]


def smallest_conflict(count: int, agree: Agree) -> tuple[int, ...]:
    """Return the smallest set of conditions, out of 0 to count - 1, that can't hold together.

    agree: whether some conditions can hold together; all of them can't. Of equally small sets the
    first in order is returned: one condition after the other is held where a conflict as small has
    it beside those held before.

    >>> def agree(some):
    ...     return not {1, 3} <= set(some) and not {0, 2, 3} <= set(some)
    >>> smallest_conflict(4, agree)
    (1, 3)
    """
    search = _Search(count, agree)
    found = search.conflict((), (), count)
    if found is None:
        raise ValueError("conditions that can hold together have no conflict")
    held: list[int] = []
    barred: list[int] = []
    for at in range(count):
        if len(held) == len(found):
            break
        with_this = found if at in found else search.conflict([*held, at], barred, len(found))
        if with_this is None:
            barred.append(at)
        else:
            held.append(at)
            found = with_this
    return found


@dataclass
class _Search:
    """The search among all sets of conditions.

    outside: for each largest set that agrees and was met, what lies outside it. A conflict holds
    at least one condition of each, so that the fewest conditions that do are a smallest conflict as
    soon as they exclude each other. Source: Ignatiev, Previti, Liffiton and Marques-Silva (2015),
    Smallest MUS extraction with minimal hitting set dualization.
    """

    count: int
    agree: Agree
    outside: list[np.ndarray] = field(default_factory=list)

    def conflict(
        self, held: Sequence[int], barred: Sequence[int], most: int
    ) -> tuple[int, ...] | None:
        """Return a smallest conflict with some conditions and without others; None beyond a size."""
        while True:
            some = self._fewest(held, barred)
            if some is None or len(some) > most:
                return None
            if not self.agree(some):
                return some
            self.outside.append(self._outside(some))

    def _fewest(self, held: Sequence[int], barred: Sequence[int]) -> tuple[int, ...] | None:
        """Return the fewest conditions, with some and without others, of which each outside has one."""
        from scipy.optimize import Bounds, LinearConstraint

        if not self.outside:
            return tuple(held)
        low = np.zeros(self.count)
        high = np.ones(self.count)
        low[list(held)] = 1.0
        high[list(barred)] = 0.0
        solution = integer_program(
            np.ones(self.count),
            integrality=np.ones(self.count),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(np.array(self.outside, dtype=float), lb=1.0),
        )
        if not solution.success:
            return None
        return tuple(np.flatnonzero(solution.x > 0.5).tolist())

    def _outside(self, some: Sequence[int]) -> np.ndarray:
        """Return what is left outside a largest set around some conditions that still agree."""
        rows = list(some)
        for one in range(self.count):
            if one not in rows and self.agree([*rows, one]):
                rows.append(one)
        left = np.ones(self.count, dtype=bool)
        left[rows] = False
        return left
