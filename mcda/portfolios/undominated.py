"""Every package that no other beats for all allowed weights: column by column, dropping what is beaten.

Two unfinished packages that can be finished in the same ways are compared: one that is worth less at
every corner of the weights, and leaves no limit and no rule more room, is dropped with all that could
become of it. What is left at the end is the whole set, however many quantities there are.

Reference: Liesiö, Mild and Salo (2008), Robust portfolio modeling with incomplete cost information
and project interdependencies, EJOR 190, 679.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mcda.portfolios.solver import Clock
from mcda.problem.parts.program import Program, Rows

EQUAL = 1e-9  # of values: whole steps, or shares of which all parts bring about 1
HALF = 0.5  # of a step: rows are in whole ones, so that less is no difference
BLOCK = 128  # unfinished packages that are compared at once


@dataclass(eq=False)
class Unfinished:
    """Packages of the columns so far: what is in (k, columns), values (k, corners), sums (k, rows)."""

    inside: np.ndarray
    values: np.ndarray
    sums: np.ndarray

    def some(self, places: np.ndarray) -> Unfinished:
        """Return some of them."""
        return Unfinished(self.inside[places], self.values[places], self.sums[places])

    def with_and_without(self, at: int, value: np.ndarray, coefficients: np.ndarray) -> Unfinished:
        """Return them twice: without a column, and with it."""
        inside = np.vstack([self.inside, self.inside])
        inside[len(self.inside) :, at] = True
        values = np.vstack([self.values, self.values + value])
        return Unfinished(inside, values, np.vstack([self.sums, self.sums + coefficients]))


def undominated(
    program: Program, worth: np.ndarray, limits: Rows, clock: Clock, most: float = np.inf
) -> list[np.ndarray] | None:
    """Return the packages that no other beats at every corner; None where time or room was up.

    worth (corners, columns): what each column adds to the value at each corner of the weights.
    limits: in whole steps. A package is beaten by one that is worth as much at every corner and
    more at one; of packages of the same worth those with the fewest parts are kept. most:
    unfinished packages at a time.
    """
    rows = program.structure.and_also(limits)
    order = np.argsort(-worth.sum(axis=0), kind="stable")
    columns = program.columns
    held = Unfinished(
        np.zeros((1, columns), dtype=bool),
        np.zeros((1, len(worth))),
        np.zeros((1, len(rows.low))),
    )
    for place, at in enumerate(order):
        rest = rows.coefficients[:, order[place + 1 :]]
        held = held.with_and_without(int(at), worth[:, at], rows.coefficients[:, at])
        held, room = _possible(held, rows, rest)
        kept = _kept(held.values, room, clock) if len(held.inside) <= most else None
        if kept is None:
            return None
        held = held.some(kept)
    packages = held.inside[:, : program.size].astype(float)
    return _fewest(packages, held.values)


def _possible(held: Unfinished, rows: Rows, rest: np.ndarray) -> tuple[Unfinished, np.ndarray]:
    """Return those that can still keep every row, and how much room they leave each (k, 2 rows).

    Room that no rest of the columns can use counts as none: so those that are safe are alike.
    """
    most = np.maximum(rest, 0).sum(axis=1)
    least = np.minimum(rest, 0).sum(axis=1)
    can = (held.sums + most >= rows.low - HALF) & (held.sums + least <= rows.high + HALF)
    held = held.some(np.flatnonzero(can.all(axis=1)))
    below = np.where(np.isfinite(rows.high), -np.maximum(held.sums, rows.high - most), 0.0)
    above = np.where(np.isfinite(rows.low), np.minimum(held.sums, rows.low - least), 0.0)
    room = np.hstack([below, above])
    if len(room):
        room = room[:, np.ptp(room, axis=0) > 0]
    return held, room


def _kept(values: np.ndarray, room: np.ndarray, clock: Clock) -> np.ndarray | None:
    """Return the places of those that none beats with at least as much room, in order; None for no time."""
    total = values.sum(axis=1)
    order = np.argsort(-total, kind="stable")
    both = np.hstack([values, room])[order]
    total = total[order]
    kept = np.zeros(len(both), dtype=bool)
    for first in range(0, len(both), BLOCK):
        if not clock.left:
            return None
        block = slice(first, min(first + BLOCK, len(both)))
        before = np.flatnonzero(kept[:first])
        alive = ~_beaten(both[block], total[block], both[before], total[before])
        alive &= ~_beaten(both[block], total[block], both[block], total[block])
        kept[block] = alive
    return np.sort(order[kept])


def _beaten(
    some: np.ndarray, totals: np.ndarray, others: np.ndarray, other_totals: np.ndarray
) -> np.ndarray:
    """Return which of some are beaten by one of the others, (k,)."""
    if not len(others):
        return np.zeros(len(some), dtype=bool)
    ahead = other_totals[:, None] > totals + EQUAL
    for column in range(some.shape[1]):
        ahead &= others[:, column, None] >= some[:, column] - EQUAL
    return np.asarray(ahead.any(axis=0))


def _fewest(packages: np.ndarray, values: np.ndarray) -> list[np.ndarray]:
    """Return packages (k, parts) without those that another equals in value with fewer parts.

    They are in the order of their value at the first corner, the largest first, and of the parts.
    """
    sizes = packages.sum(axis=1)
    keys = [tuple(np.rint(row / EQUAL / 10).tolist()) for row in values]
    fewest: dict[tuple[float, ...], float] = {}
    for key, size in zip(keys, sizes, strict=True):
        fewest[key] = min(size, fewest.get(key, size))
    kept = []
    for key, size, package in zip(keys, sizes, packages, strict=True):
        if size == fewest[key]:
            kept.append((tuple(-one for one in key), tuple(-package), package))
    kept.sort(key=lambda one: one[:2])
    return [package for *_, package in kept]
