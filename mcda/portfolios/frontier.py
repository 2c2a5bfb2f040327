"""The exact frontier: every package that no other beats, each once, with the proof that none is missing.

The space of quantities is cut into zones, each below an upper corner in every quantity (less is
better here). A zone is searched by one program with a limit on each quantity (epsilon-constraint):
it gives a package that no other beats, and the zone is then cut further, or it is proven empty. When
every zone is empty, nothing is missing.

References: Haimes, Lasdon and Wismer (1971); Klamroth, Lacour and Vanderpooten (2015), On the
representation of the search region in multi-objective optimization, EJOR 245, 767.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mcda.portfolios.solver import SLACK, Clock, cheapest, without
from mcda.problem.parts.program import Program, Rows


@dataclass(eq=False)
class Frontier:
    """What a search found: packages (k, parts), whether that is all, and how many zones are open.

    `searched` counts the programs that were solved.
    """

    packages: list[np.ndarray] = field(default_factory=list)
    proven: bool = True
    open_zones: int = 0
    searched: int = 0


@dataclass(eq=False)
class Search:
    """A search over whole steps of the quantities aimed at, (aims, columns): less is better in each.

    rows: limits, in whole steps too. most: packages, of which more are not looked for.
    """

    program: Program
    aims: np.ndarray
    rows: Rows
    clock: Clock
    most: int
    found: Frontier = field(default_factory=Frontier)

    def run(self) -> Frontier:
        """Return the frontier, as far as time and `most` allow."""
        zones = self._start()
        while len(zones) and self.found.proven:
            corner = zones[0]
            package = self._within(corner - 1)
            if package is None:
                zones = zones[1:]
                continue
            point = self._at(package)
            self._add_equals(package, point)
            zones = self._cut(zones, point)
        self.found.open_zones = 0 if self.found.proven else max(1, len(zones))
        self.found.packages = unbeaten(self.found.packages, self._at(self.found.packages))
        return self.found

    def _start(self) -> np.ndarray:
        """Return the first zone, all of it; no zone where no package keeps the limits."""
        package = self._within(np.full(len(self.aims), np.inf))
        if package is None:
            return np.empty((0, len(self.aims)))
        self._least = self._ends()
        return np.full((1, len(self.aims)), np.inf)

    def _ends(self) -> np.ndarray:
        """Return the least of each quantity: a zone below it is empty without a search."""
        least = np.full(len(self.aims), -np.inf)
        for at, aim in enumerate(self.aims):
            package = self._cheapest(aim, self.rows)
            if package is not None:
                least[at] = self._at(package)[at]
        return least

    def _within(self, most: np.ndarray) -> np.ndarray | None:
        """Return a package that no other beats with at most so much of each quantity; None for none.

        Of packages with the same quantities it has the fewest parts.
        """
        count = np.zeros(self.program.columns)
        count[: self.program.size] = 1 / (self.program.size + 1)
        zone = Rows(self.aims, np.full(len(most), -np.inf), most, ("zone",) * len(most))
        return self._cheapest(self.aims.sum(axis=0) + count, self.rows.and_also(zone))

    def _cheapest(self, cost: np.ndarray, rows: Rows) -> np.ndarray | None:
        answer = cheapest(self.program, cost, rows, self.clock, slack=SLACK)
        self.found.searched += 1
        self.found.proven &= answer.proven
        return answer.package if answer.proven else None

    def _add_equals(self, package: np.ndarray, point: np.ndarray) -> None:
        """Keep a package and those with the same quantities and as few parts."""
        same = [package]
        size = package.sum()
        here = Rows(self.aims, point, point, ("point",) * len(point))
        counted = np.zeros((1, self.program.columns))
        counted[0, : self.program.size] = 1.0
        few = Rows(counted, np.array([-np.inf]), np.array([size]), ("parts",))
        held = self.rows.and_also(here).and_also(few)
        while len(self.found.packages) + len(same) <= self.most and self.found.proven:
            other = self._cheapest(counted[0], held.and_also(_apart(without(self.program, same))))
            if other is None:
                break
            same.append(other)
        else:
            self.found.proven = False
        self.found.packages += same

    def _cut(self, zones: np.ndarray, point: np.ndarray) -> np.ndarray:
        """Return the zones without what the package at a point beats."""
        hit = (zones > point).all(axis=1)
        pieces = []
        for corner in zones[hit]:
            for at in range(len(point)):
                if point[at] > self._least[at]:
                    piece = corner.copy()
                    piece[at] = point[at]
                    pieces.append(piece)
        left = [*zones[~hit], *pieces]
        if not left:
            return np.empty((0, len(point)))
        return _largest(np.unique(np.array(left), axis=0))

    def _at(self, packages: np.ndarray | list[np.ndarray]) -> np.ndarray:
        """Return the whole steps of each quantity aimed at, (..., aims)."""
        given = np.asarray(packages, dtype=float).reshape(-1, self.program.size)
        at = np.rint(self.program.filled(given) @ self.aims.T)
        if isinstance(packages, np.ndarray) and packages.ndim == 1:
            at = at[0]
        return np.asarray(at)


def _apart(rows: Rows) -> Rows:
    """Return rows that leave packages out, tight: slack would let these in again."""
    return Rows(rows.coefficients, rows.low, rows.high - SLACK, rows.names)


def _largest(corners: np.ndarray) -> np.ndarray:
    """Return the corners (k, aims) that lie below no other."""
    keep = []
    for at, corner in enumerate(corners):
        above = (corners >= corner).all(axis=1)
        above[at] = False
        if not above.any():
            keep.append(at)
    return corners[keep]


def unbeaten(packages: list[np.ndarray], points: np.ndarray) -> list[np.ndarray]:
    """Return the packages that none beats: at most as much of each quantity, and less of one.

    They are in the order of their quantities, the first one first; equal ones in that of the parts.

    >>> unbeaten([np.array([1]), np.array([0])], np.array([[2.0, 1.0], [2.0, 2.0]]))
    [array([1])]
    """
    kept = []
    for package, point in zip(packages, points, strict=True):
        beats = (points <= point).all(axis=1) & (points < point).any(axis=1)
        if not beats.any():
            kept.append((tuple(point), tuple(-package), package))
    kept.sort(key=lambda one: one[:2])
    return [package for *_, package in kept]
