"""A proven lower bound on the smallest change that puts a rival level with the leader.

The change is a sum of moves, the condition a sum over criteria, so Lagrange's relaxation falls
apart into one small problem for each stated weight, solved by its knots alone. Any multiplier gives
a bound; the largest is taken. For TOPSIS of order p the threshold score s that separates the two is
unknown: its interval is halved until the bound is good enough.

Sources: Everett (1963) on multipliers; Falk and Soland (1969) on branch and bound for separable
problems.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.sensitivity.smallest_change.moves import Moves

KNOTS = 8  # parts of each way of a weight that has a range
SPLITS = 60  # times that intervals of the threshold are halved at most
CLOSE = 0.01  # a bound so much below the best change is good enough
NARROW = 1e-5  # an interval of the threshold that is halved no more
SMALL = 1e-12  # a divisor that is smaller is rounding
SAME = 1e-12  # bounds that differ by less are equal: the first of them is taken, on any machine
CENTRE = 4.0  # logarithm of the multiplier around which the search starts
REACH = 10.0  # and how far it goes to both sides
COARSE = np.linspace(-1, 1, 21)  # the first grid
FINE = np.linspace(-1, 1, 9)  # those that narrow around the best
ROUNDS = (8, 32)  # grids with two multipliers and with one, which takes less work


@dataclass(frozen=True, eq=False)
class _Relaxed:
    """The relaxed problem: cells and weights with their costs at their knots.

    Cells have costs and values, weights have points and prices.
    """

    order: float
    costs: np.ndarray
    values: np.ndarray
    points: np.ndarray
    prices: np.ndarray
    local: np.ndarray

    @cached_property
    def under(self) -> np.ndarray:
        """Which leaf is below which stated weight, (tops, n)."""
        return (self.local > 0).astype(float)

    @cached_property
    def spread(self) -> np.ndarray:
        """The p-th power of each leaf's weight at the knots of its stated weight, (n, knots)."""
        return (
            self.points[self.local.argmax(axis=0)] * self.local.max(axis=0)[:, None]
        ) ** self.order

    @cached_property
    def between(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Where the tangents of points ** p meet between neighbouring knots.

        Width, height and price are (tops, knots) each.
        """
        raised = self.points**self.order
        middle, height = _tangents_meet(
            self.points, raised, self.order * self.points ** (self.order - 1)
        )
        run = np.diff(self.points, axis=1)
        share = np.divide(middle - self.points[:, :-1], run, out=np.zeros_like(run), where=run > 0)
        return (
            np.diff(raised, axis=1),
            height - raised[:, :-1],
            self.prices[:, :-1] + share * np.diff(self.prices, axis=1),
        )

    def dual(self, vertices: tuple[np.ndarray, np.ndarray], multipliers: np.ndarray) -> np.ndarray:
        """Return the bounds that multipliers (k, 2, r) for leader and rival give in k intervals.

        Each multiplier of the leader is combined with each of the rival. vertices: costs and gains,
        (k, 2, n, vertices) each. For p = 1 the two multipliers are one: the result is (k, r),
        otherwise (k, r, r).
        """
        pressed = multipliers[..., None, None] * self.spread
        least = np.full(pressed.shape, np.inf)
        spare = np.empty(pressed.shape)
        for cost, gain in zip(
            *(np.moveaxis(each[:, :, None, :, None], -1, 0) for each in vertices), strict=True
        ):
            np.multiply(pressed, gain, out=spare)
            np.subtract(cost, spare, out=spare)
            np.minimum(least, spare, out=least)
        least = self.under @ least
        leader = least[:, 0]
        rival = least[:, 1]
        both = leader + rival if self.order == 1 else leader[:, :, None] + rival[:, None]
        return self._least_over_weights(both).sum(axis=-1)

    def _least_over_weights(self, parts: np.ndarray) -> np.ndarray:
        """Return the least of price + part over every point between the knots, (..., tops).

        The parts are (..., tops, knots). A part is concave in points ** p: above its chord there.
        Where the chord rises, points ** p is above its tangents.
        """
        width, height, price = self.between
        rise = np.diff(parts, axis=-1)
        slope = np.divide(rise, width, out=np.zeros_like(rise), where=np.abs(width) > SMALL)
        between = np.where(slope > 0, price + parts[..., :-1] + slope * height, np.inf)
        return np.minimum((self.prices + parts).min(axis=-1), between.min(axis=-1, initial=np.inf))

    def vertices(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return costs and gains (k, 2, n, vertices) of the cells in k intervals of the threshold.

        The gains are upper bounds. The leader's gain is what it loses towards the threshold, the
        rival's what it wins.
        """
        v = self.values
        p = self.order
        sign = np.array([-1.0, 1.0])[:, None, None]
        s = np.stack([high, low], axis=-1)[..., None, None]
        best = (1 - s) ** p
        rest = s**p
        gain = sign * (best * v**p - rest * (1 - v) ** p)
        slope = sign * p * (best * v ** (p - 1) + rest * (1 - v) ** (p - 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            bend = sign * (p - 1) * (best * v ** (p - 2) - rest * (1 - v) ** (p - 2))
        return self._with_tops(gain, slope, np.nan_to_num(bend, nan=0.0))

    def _with_tops(
        self, gain: np.ndarray, slope: np.ndarray, bend: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Add a point between two knots where the tangents of a concave gain meet.

        Where the gain bends both ways the point is the safe corner.
        """
        c = np.broadcast_to(self.costs, gain.shape)
        v = np.broadcast_to(self.values, gain.shape)
        meet, height = _tangents_meet(v, gain, slope)
        run = np.diff(v, axis=-1)
        share = np.divide(
            meet - v[..., :-1], run, out=np.zeros_like(run), where=np.abs(run) > SMALL
        )
        inside = (share > 0) & (share < 1)
        hollow = (bend[..., :-1] >= 0) & (bend[..., 1:] >= 0)
        arched = (bend[..., :-1] <= 0) & (bend[..., 1:] <= 0) & inside
        cost = np.where(
            arched,
            c[..., :-1] + share * np.diff(c, axis=-1),
            np.where(hollow, c[..., 1:], c[..., :-1]),
        )
        top = np.where(arched, height, gain[..., 1:])
        return np.concatenate([c, cost], axis=-1), np.concatenate([gain, top], axis=-1)


def _tangents_meet(
    x: np.ndarray, y: np.ndarray, slope: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return where the tangents at neighbouring knots meet, and how high.

    Where they are parallel this is the left knot.
    """
    turn = slope[..., :-1] - slope[..., 1:]
    rise = np.diff(y, axis=-1) + slope[..., :-1] * x[..., :-1] - slope[..., 1:] * x[..., 1:]
    meet = np.divide(rise, turn, out=np.array(x[..., :-1]), where=np.abs(turn) > SMALL)
    return meet, y[..., :-1] + slope[..., :-1] * (meet - x[..., :-1])


def lower_bound(moves: Moves, enough: float) -> float:
    """Return a proven lower bound on the cost of putting the rival level.

    It is infinite where no move inside the ranges does. `enough`: the cost of the best change
    known. Intervals of the threshold are halved until the bound comes within 1% of it, or of the
    bound at a single threshold: no halving can raise the bound above that.
    """
    relaxed = _relaxed(moves)
    cap = float(moves.most.sum()) + 1.0
    low, high = (
        (0.0, 0.0) if relaxed.order == 1 else (relaxed.values[0].min(), relaxed.values[1].max())
    )
    if low > high:
        return float("inf")
    ends = np.array([[low, high]], dtype=float)
    limit = min(enough, 2 * cap)
    splits = 0
    bounds = _largest(relaxed, ends, limit)
    while True:
        wide = (bounds < (1 - CLOSE) * limit) & (ends[:, 1] - ends[:, 0] > NARROW)
        if not wide.any() or splits >= SPLITS:
            return float("inf") if bounds.min() > cap else max(float(bounds.min()), 0.0)
        splits += int(wide.sum())
        halves = _halved(ends[wide])
        worst = ends[_first_of_largest(-bounds[None])].mean(axis=1, keepdims=True)
        tighter = _largest(relaxed, np.concatenate([halves, worst.repeat(2, axis=1)]), limit)
        limit = min(limit, float(tighter[-1]))
        bounds = np.concatenate([bounds[~wide], np.maximum(tighter[:-1], np.tile(bounds[wide], 2))])
        ends = np.concatenate([ends[~wide], halves])


def _halved(ends: np.ndarray) -> np.ndarray:
    """Return the lower and then the upper halves of intervals (k, 2)."""
    low = ends[:, 0]
    middle = ends.mean(axis=1)
    high = ends[:, 1]
    return np.concatenate([np.stack([low, middle], axis=1), np.stack([middle, high], axis=1)])


def _relaxed(moves: Moves) -> _Relaxed:
    gaps = moves.case.gaps
    if len(moves.cells) or gaps is None:
        costs, values = moves.paths()
    else:
        values = gaps[1][list(moves.rows)][..., None]
        costs = np.zeros_like(values)
    mode, low, high = (moves.tops[end].to_numpy(float)[:, None] for end in ("mode", "low", "high"))
    steps = np.linspace(0, 1, 1 + KNOTS * (low < high).any())
    points = np.concatenate([low + (mode - low) * steps[:-1], mode + (high - mode) * steps], axis=1)
    width = np.where(moves.width > 0, moves.width, 1.0)[:, None]
    unit = points.max()
    return _Relaxed(
        moves.case.p, costs, values, points / unit, np.abs(points - mode) / width, moves.local
    )


def _largest(relaxed: _Relaxed, ends: np.ndarray, enough: float) -> np.ndarray:
    """Return the largest bounds (k,) over the multipliers for k intervals of the threshold.

    A bound that is enough ends the search. The bound is concave in the multipliers: a grid of their
    logarithms narrows around the best, each by itself. Of equally good multipliers the smallest are
    taken, the leader's first.
    """
    vertices = relaxed.vertices(*ends.T)
    rows = np.arange(len(ends))
    best = np.full(len(ends), -np.inf)
    centre = np.full((len(ends), 2), CENTRE)
    reach = np.full((len(ends), 2), REACH)
    grid = COARSE
    for _ in range(ROUNDS[relaxed.order == 1]):
        logs = centre[rows, :, None] + reach[rows, :, None] * grid
        bounds = relaxed.dual((vertices[0][rows], vertices[1][rows]), np.exp(logs)).reshape(
            len(rows), -1
        )
        best[rows] = np.maximum(best[rows], bounds.max(axis=1))
        at = _first_of_largest(bounds)
        both = [at, at] if relaxed.order == 1 else np.divmod(at, len(grid))
        side = np.stack(both, axis=1)
        centre[rows] = np.take_along_axis(logs, side[..., None], axis=2)[..., 0]
        inner = (side > 0) & (side < len(grid) - 1)
        reach[rows] *= np.where(inner, 1.5 * (grid[1] - grid[0]), 1.0)
        rows = rows[best[rows] < enough]
        grid = FINE
        if not len(rows):
            break
    return best


def _first_of_largest(numbers: np.ndarray) -> np.ndarray:
    """Return the place of the largest number in each row, of equally large ones the first (k,)."""
    largest = numbers.max(axis=1, keepdims=True)
    return (numbers >= largest - SAME * np.maximum(1, abs(largest))).argmax(axis=1)
