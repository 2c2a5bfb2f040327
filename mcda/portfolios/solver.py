"""One package that is best, of all that keep some constraints; each answer says whether it is proven."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mcda.problem.parts.program import Program, Rows
from mcda.sampling.integer_programs import integer_program

OPTIMAL = 0
INFEASIBLE = 2
SLACK = 0.5  # of a step: what whole numbers leave between one and the next
TOLERANCE = 1e-7  # of rows that sum to 1
# the solver tells costs apart that differ by a millionth: of shares from 0 to 1, by less than this
FINER = 1e4


@dataclass(frozen=True, eq=False)
class Answer:
    """A package (parts,), or None; `proven` that no better one is allowed, or none at all."""

    package: np.ndarray | None
    proven: bool


@dataclass(frozen=True)
class Clock:
    """Until when a search may go on, in seconds of a clock that never goes back."""

    until: float

    @classmethod
    def of(cls, seconds: float) -> Clock:
        """Return a clock that runs out after some seconds."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """The seconds that are left, at least 0."""
        return max(0.0, self.until - time.monotonic())


def cheapest(
    program: Program, cost: np.ndarray, rows: Rows, clock: Clock, *, slack: float = SLACK
) -> Answer:
    """Return the package of least cost (columns,) among those that keep rows besides the rules.

    slack: by how much rows may be passed when they are solved, less than what a package can pass
    them by: so that no tolerance of the solver takes one away. What comes back is checked against
    the rows themselves, and a row of zeros and ones that isn't a package after all is cut off.
    """
    loose = replace(rows, low=rows.low - slack, high=rows.high + slack)
    cut: list[np.ndarray] = []
    while True:
        answer = _solved(program, cost, loose, cut, clock)
        if answer.package is None:
            return answer
        filled = program.filled(answer.package)
        if program.allowed(answer.package) and rows.kept_by(filled):
            return answer
        cut.append(answer.package)


def _solved(
    program: Program, cost: np.ndarray, rows: Rows, cut: Sequence[np.ndarray], clock: Clock
) -> Answer:
    from scipy.optimize import Bounds, LinearConstraint

    if not clock.left:
        return Answer(None, proven=False)
    both = program.structure.and_also(rows).and_also(without(program, cut))
    constraints = None
    if len(both.low):
        constraints = [LinearConstraint(both.coefficients, both.low, both.high)]
    found = integer_program(
        cost,
        integrality=np.ones(program.columns),
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"time_limit": clock.left, "mip_rel_gap": 0.0},
    )
    if found.x is None:
        return Answer(None, proven=found.status == INFEASIBLE)
    return Answer(np.rint(found.x[: program.size]), proven=found.status == OPTIMAL)


def without(program: Program, packages: Sequence[np.ndarray]) -> Rows:
    """Return rows that leave out some packages and nothing else."""
    rows = []
    for package in packages:
        signs = np.zeros(program.columns)
        signs[: program.size] = np.where(package > 0, 1.0, -1.0)
        rows.append((signs, -np.inf, float(package.sum()) - 1.0, "found before"))
    return Rows.of(rows, program.columns)
