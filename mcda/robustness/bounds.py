"""A proven lower bound on the smallest change that puts a rival level with the leader.

The change is a sum of moves, the condition a sum over criteria, so Lagrange's relaxation falls apart into one small
problem for each stated weight, solved by its knots alone. Any multiplier gives a bound; the largest is taken. For
TOPSIS of order p the threshold score s that separates the two is unknown: its interval is halved until the bound is
good enough.
Source: Everett (1963) on multipliers; Falk and Soland (1969) on branch and bound for separable problems.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from mcda.robustness.moves import Moves

KNOTS, SPLITS, CLOSE, NARROW, SMALL = 8, 60, 0.01, 1e-5, 1e-12
GRID = (-6.0, -1.0, 1.0, 3.0, 5.0, 8.0, 14.0)


@dataclass(frozen=True, eq=False)
class _Relaxed:
    """The relaxed problem: costs and values of cells at their knots, points and costs of weights at theirs."""

    p: float
    costs: np.ndarray
    values: np.ndarray
    points: np.ndarray
    prices: np.ndarray
    local: np.ndarray

    def dual(self, vertices: tuple[np.ndarray, np.ndarray], multipliers: np.ndarray) -> float:
        """Return the bound that multipliers (2,) for leader and rival give; (costs, gains) are (2, n, vertices)."""
        costs, gains = vertices
        top = self.local.argmax(axis=0)
        spread = (self.points[top] * self.local.max(axis=0)[:, None]) ** self.p
        pressed = multipliers[:, None, None] * spread
        least = (costs[:, :, None, :] - pressed[..., None] * gains[:, :, None, :]).min(axis=-1).sum(axis=0)
        parts = np.zeros(self.points.shape)
        np.add.at(parts, top, least)
        return float(self._least_over_weights(parts).sum())

    def _least_over_weights(self, parts: np.ndarray) -> np.ndarray:
        """Return the least of price + part (tops, knots) over every point between the knots, (tops,).

        A part is concave in points ** p: above its chord there. Where the chord rises, points ** p is above its
        tangents.
        """
        raised = self.points**self.p
        at_knots = (self.prices + parts).min(axis=1)
        width = np.diff(raised, axis=1)
        slope = np.divide(np.diff(parts, axis=1), width, out=np.zeros_like(width), where=np.abs(width) > SMALL)
        middle, height = _tangents_meet(self.points, raised, self.p * self.points ** (self.p - 1))
        share = np.divide(middle - self.points[:, :-1], np.diff(self.points, axis=1),
                          out=np.zeros_like(width), where=np.diff(self.points, axis=1) > 0)  # fmt: skip
        price = self.prices[:, :-1] + share * np.diff(self.prices, axis=1)
        between = price + parts[:, :-1] + slope * (height - raised[:, :-1])
        return np.minimum(at_knots, np.where(slope > 0, between, np.inf).min(axis=1, initial=np.inf))

    def vertices(self, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
        """Return costs and gains (2, n, vertices) of an upper bound on each cell's gain for thresholds low to high.

        The leader's gain is what it loses towards the threshold, the rival's what it wins.
        """
        v, p = self.values, self.p
        gain, slope, bend = np.empty_like(v), np.empty_like(v), np.empty_like(v)
        for row, sign, s in ((0, -1, high), (1, 1, low)):
            best, rest = (1 - s) ** p, s**p
            gain[row] = sign * (best * v[row] ** p - rest * (1 - v[row]) ** p)
            slope[row] = sign * p * (best * v[row] ** (p - 1) + rest * (1 - v[row]) ** (p - 1))
            with np.errstate(divide="ignore", invalid="ignore"):
                bend[row] = sign * (p - 1) * (best * v[row] ** (p - 2) - rest * (1 - v[row]) ** (p - 2))
        return self._with_tops(gain, slope, np.nan_to_num(bend, nan=0.0))

    def _with_tops(self, gain: np.ndarray, slope: np.ndarray, bend: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Add between two knots where a concave gain's tangents meet, or the safe corner where it bends both ways."""
        c, v = self.costs, self.values
        meet, height = _tangents_meet(v, gain, slope)
        run = np.diff(v, axis=-1)
        share = np.divide(meet - v[..., :-1], run, out=np.zeros_like(run), where=np.abs(run) > SMALL)
        inside = (share > 0) & (share < 1)
        hollow = (bend[..., :-1] >= 0) & (bend[..., 1:] >= 0)
        arched = (bend[..., :-1] <= 0) & (bend[..., 1:] <= 0) & inside
        cost = np.where(arched, c[..., :-1] + share * np.diff(c, axis=-1), np.where(hollow, c[..., 1:], c[..., :-1]))
        top = np.where(arched, height, gain[..., 1:])
        return np.concatenate([c, cost], axis=-1), np.concatenate([gain, top], axis=-1)


def _tangents_meet(x: np.ndarray, y: np.ndarray, slope: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where the tangents at neighbouring knots meet (the left knot, where they are parallel), and how high."""
    turn = slope[..., :-1] - slope[..., 1:]
    rise = np.diff(y, axis=-1) + slope[..., :-1] * x[..., :-1] - slope[..., 1:] * x[..., 1:]
    meet = np.divide(rise, turn, out=np.array(x[..., :-1]), where=np.abs(turn) > SMALL)
    return meet, y[..., :-1] + slope[..., :-1] * (meet - x[..., :-1])


def lower_bound(moves: Moves, enough: float) -> float:
    """Return a proven lower bound on the cost of putting the rival level; infinite where no move inside ranges does.

    `enough`: the cost of the best change known; the search stops when the bound comes within 1% of it.
    """
    relaxed = _relaxed(moves)
    cap = float(moves.most.sum()) + 1.0
    if relaxed.p == 1:
        return _finite(_largest(relaxed, relaxed.vertices(0.0, 0.0), cap)[0], cap)
    low, high = float(relaxed.values[0].min()), float(relaxed.values[1].max())
    if low > high:
        return float("inf")
    bound, logs = _largest(relaxed, relaxed.vertices(low, high), cap)
    heap = [(bound, low, high, logs)]
    for _ in range(SPLITS):
        bound, low, high, logs = heap[0]
        if bound >= (1 - CLOSE) * enough or bound > cap or high - low < NARROW:
            break
        heapq.heappop(heap)
        for ends in ((low, (low + high) / 2), ((low + high) / 2, high)):
            tighter, better = _largest(relaxed, relaxed.vertices(*ends), cap, logs)
            heapq.heappush(heap, (max(bound, tighter), *ends, better))
    return _finite(heap[0][0], cap)


def _finite(bound: float, cap: float) -> float:
    """Return a bound, infinite where it exceeds what all moves together cost: then none is enough."""
    return float("inf") if bound > cap else max(bound, 0.0)


def _relaxed(moves: Moves) -> _Relaxed:
    gaps = moves.case.gaps
    if len(moves.cells) or gaps is None:
        costs, values = moves.paths()
    else:
        values = gaps[1][list(moves.rows)][..., None]
        costs = np.zeros_like(values)
    mode, low, high = (moves.tops[end].to_numpy(float)[:, None] for end in ("mode", "low", "high"))
    steps = np.linspace(0, 1, KNOTS + 1)
    points = np.concatenate([low + (mode - low) * steps[:-1], mode + (high - mode) * steps], axis=1)
    width = np.where(moves.width > 0, moves.width, 1.0)[:, None]
    unit = points.max()
    return _Relaxed(moves.case.p, costs, values, points / unit, np.abs(points - mode) / width, moves.local)


def _largest(
    relaxed: _Relaxed, vertices: tuple[np.ndarray, np.ndarray], cap: float, logs: tuple[float, ...] = ()
) -> tuple[float, tuple[float, ...]]:
    """Return the largest bound found over the multipliers, and their logarithms: one for p = 1, two otherwise.

    The bound is concave in the multipliers: searched uphill from the best of a grid, and of a start that is given.
    """
    from scipy.optimize import minimize

    def height(at: Sequence[float]) -> float:
        return min(relaxed.dual(vertices, np.exp(np.broadcast_to(at, 2))), 2 * cap)

    kinds = 1 if relaxed.p == 1 else 2
    start = max([*product(GRID, repeat=kinds), *([logs] if logs else [])], key=height)
    found = minimize(lambda at: -height(at), start, method="Nelder-Mead",
                     options={"xatol": 1e-7, "fatol": 1e-10, "maxfev": 60 * kinds})  # fmt: skip
    return -float(found.fun), tuple(found.x.tolist())
