"""The package with the largest chance that what comes about is enough, by branch and bound.

Of a package with some parts in, some out and others open, the chance is at most that of all parts
which are in or bring something: more parts that may come about never make it less. Packages are
looked at from the largest bound down, so that the search ends at a certificate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

import numpy as np

from mcda.checks.arguments import check_number
from mcda.checks.faults import Fault, InputError
from mcda.portfolios.amounts import Asked, Limits, asked_of
from mcda.portfolios.chance_to_reach import chance_to_reach
from mcda.portfolios.packages import SECONDS
from mcda.portfolios.solver import Clock
from mcda.portfolios.whole_steps import in_units, steps_within
from mcda.problem.model import Problem
from mcda.problem.parts.program import Rows
from mcda.problem.screening import check_problem

OPEN = -1  # whether a part is in the package isn't settled yet
IN = 1
OUT = 0
SAME = 1e-12  # chances that differ by less are equal but for rounding


@dataclass(frozen=True, eq=False)
class LargestChance:
    """The package with the largest chance to reach an amount.

    Attributes
    ----------
    parts : tuple of str
        The keys of its parts; none where no package was found.
    chance : float
        That the parts which come about, each independently of the others, bring enough; what parts
        add to each other is left out. 0 where no package was found.
    amount : float
        What all of its parts bring, in the unit of the quantity.
    at_most : float
        What no package's chance exceeds: the chance itself where that is proven.
    proven : bool
        Whether the search ended: no package that is allowed has a larger chance.
    quantity : str
        The quantity.
    least : float
        How much of it is enough.
    searched : int
        How many sets of packages were looked at.
    """

    parts: tuple[str, ...]
    chance: float
    amount: float
    at_most: float
    proven: bool
    quantity: str
    least: float
    searched: int


def largest_chance(
    problem: Problem,
    quantity: str,
    least: float,
    *,
    limits: Limits | None = None,
    hold: Iterable[str] = (),
    leave_out: Iterable[str] = (),
    seconds: float = SECONDS,
) -> LargestChance:
    """Return the package with the largest chance that the parts which come about bring enough.

    The limits hold for the package as planned, whether or not its parts come about.

    Parameters
    ----------
    problem : Problem
        A question with parts that have chances, at its best estimates.
    quantity : str
        The quantity of which enough is wanted.
    least : float
        How much is enough.
    limits : mapping of str to pair of float, optional
        The least and the most of a quantity, in place of the question's own.
    hold, leave_out : iterable of str
        Parts or groups that the package holds, or not.
    seconds : float
        How long the search may take. What isn't proven by then is told.

    Returns
    -------
    LargestChance
        The package, its chance, and what is proven.

    Raises
    ------
    InputError
        For quantities, limits or parts that the question doesn't have.
    NotApplicable
        For a question without parts.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> found = largest_chance(ukraine_force.problem(), "C1.1", 10, limits={"prior_votes": (None, 0)})
    >>> found.proven, 0 < found.chance < 1
    (True, True)
    """
    check_problem(problem)
    check_number(least, np.isfinite, "least", "a finite number")
    check_number(seconds, lambda it: 0 < it < np.inf, "seconds", "a number above 0")
    asked = asked_of(problem, {quantity: "max"}, limits, hold, leave_out)
    search = _Search(asked, quantity, float(least), Clock.of(float(seconds)))
    package = search.run()
    inside = package > 0
    step, steps, _ = asked.countable_steps(search.at)
    brought = steps[: asked.program.size][inside].sum(keepdims=True)
    return LargestChance(
        parts=tuple(
            key for key, is_in in zip(asked.program.parts.keys, inside, strict=True) if is_in
        ),
        chance=max(search.best, 0.0),
        amount=float(in_units(brought, step)[0]),
        at_most=search.at_most,
        proven=search.proven,
        quantity=quantity,
        least=float(least),
        searched=search.searched,
    )


class _Search:
    """A search from the largest bound down; `best` is below 0 until a package is found."""

    def __init__(self, asked: Asked, quantity: str, least: float, clock: Clock) -> None:
        self.asked = asked
        self.clock = clock
        self.at = asked.quantities.index(quantity)
        step, steps, exact = asked.countable_steps(self.at)
        if not exact:
            expected = (
                "at most 34 parts, or amounts in steps of at least a millionth of all of them"
            )
            raise InputError(Fault(f"quantity '{quantity}'", expected, "finer ones", "round them"))
        self.size = asked.program.size
        self.brought = steps[: self.size]
        self.needed = steps_within(least, np.inf, step)[0]
        self.rows = asked.program.structure.and_also(asked.best_limits)
        self.helps = (self.brought > 0) & (asked.chances > 0)
        self.best = -1.0
        self.at_most = 1.0
        self.proven = False
        self.searched = 0

    def run(self) -> np.ndarray:
        """Return the best package found (parts,), all 0 where there is none."""
        best = np.zeros(self.size)
        start = np.full(self.size, OPEN)
        order = count(0, -1)  # of equal bounds the last one found is looked at first
        heap = [(-self._bound(start), next(order), start)]
        while heap and -heap[0][0] > self.best + SAME and self.clock.left > 0:
            _, _, decided = heappop(heap)
            self.searched += 1
            package = self._fullest(decided)
            if self._allowed(package):
                self.best = self._chance(package)
                best = package
                continue
            for part in self._branches(decided):
                bound = self._bound(part)
                if bound > self.best + SAME and self._can_hold(part):
                    heappush(heap, (-bound, next(order), part))
        self.proven = not heap or -heap[0][0] <= self.best + SAME
        self.at_most = max(self.best, 0.0) if self.proven else -heap[0][0]
        return best

    def _fullest(self, decided: np.ndarray) -> np.ndarray:
        """Return the package with all parts that are in, or open and bring something."""
        return np.where(decided == OPEN, self.helps, decided == IN).astype(float)

    def _bound(self, decided: np.ndarray) -> float:
        return self._chance(self._fullest(decided))

    def _chance(self, package: np.ndarray) -> float:
        inside = package > 0
        return chance_to_reach(self.needed, self.brought[inside], self.asked.chances[inside])

    def _allowed(self, package: np.ndarray) -> bool:
        return bool(self.rows.kept_by(self.asked.program.filled(package)))

    def _branches(self, decided: np.ndarray) -> Iterable[np.ndarray]:
        """Go through both ways to decide one more part: the open one from which most is expected."""
        open_parts = np.flatnonzero(decided == OPEN)
        if not len(open_parts):
            return
        worth = self.brought[open_parts] * self.asked.chances[open_parts]
        part = open_parts[int(worth.argmax())]
        for way in (OUT, IN):
            other = decided.copy()
            other[part] = way
            yield other

    def _can_hold(self, decided: np.ndarray) -> bool:
        """Whether each row alone can be kept by some way to decide the open parts."""
        return _reaches(self.rows, decided, self.asked.program.columns)


def _reaches(rows: Rows, decided: np.ndarray, columns: int) -> bool:
    """Return whether each row can be kept where columns behind the parts, and open parts, are free."""
    low = np.zeros(columns)
    high = np.ones(columns)
    low[: len(decided)] = decided == IN
    high[: len(decided)] = decided != OUT
    up = np.maximum(rows.coefficients, 0.0)
    down = np.minimum(rows.coefficients, 0.0)
    least = up @ low + down @ high
    most = up @ high + down @ low
    spare = 1e-9 * (1 + np.abs(rows.coefficients).sum(axis=1))
    return bool(((least <= rows.high + spare) & (most >= rows.low - spare)).all())
