"""A proven lower bound on the smallest change that puts a rival level with the leader.

The change is a sum of moves, the condition a sum over criteria, so Lagrange's relaxation falls
apart into one small problem for each stated weight, solved by its knots alone. Any multiplier gives
a bound; the largest is taken. For TOPSIS of order p the threshold score s that separates the two is
unknown: its interval is halved until the bound is good enough.

Where one of the two may fail to happen, the condition is about the scores of all that may happen,
each with its stake: a threshold separates each, and the chances that may move are cut into intervals
as well. Between the ends of a chance's interval the relaxed cost is concave: its least is at an end.

Sources: Everett (1963) on multipliers; Falk and Soland (1969) on branch and bound for separable
problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from mcda.methods.compromise.topsis import closeness
from mcda.sensitivity.smallest_change.moves import Moves

KNOTS = 8  # parts of each way of a weight that has a range
SPLITS = 60  # times that intervals of the threshold are halved at most
MORE_SPLITS = 400  # the same, where boxes have several sides
CLOSE = 0.01  # a bound so much below the best change is good enough
NARROW = 1e-5  # an interval of the threshold that is halved no more
SMALL = 1e-12  # a divisor that is smaller is rounding
SAME = 1e-12  # bounds that differ by less are equal: the first of them is taken, on any machine
CENTRE = 4.0  # logarithm of the multiplier around which the search starts
REACH = 10.0  # and how far it goes to both sides
COARSE = np.linspace(-1, 1, 21)  # the first grid
FINE = np.linspace(-1, 1, 9)  # those that narrow around the best
ROUNDS = (8, 32)  # grids with two multipliers and with one, which takes less work
AT_ONCE = 16  # of such boxes, those with the lowest bounds are halved at a time
FEWER_ROUNDS = 8  # where boxes have several sides: many of them are looked at
TURNS = 5  # of each multiplier, where there are more than two


@dataclass(frozen=True, eq=False)
class _Vertices:
    """What cells cost and gain where their moves may end, (k, outcomes, n, vertices) each.

    The first of them, so many as needed (k, outcomes, n), may be the least at some multiplier: the
    others gain no more than a cheaper one, or less than the line between their neighbours.
    """

    costs: np.ndarray
    gains: np.ndarray
    needed: np.ndarray

    @classmethod
    def of(cls, costs: np.ndarray, gains: np.ndarray) -> _Vertices:
        """Return vertices with those first that may be the least at some multiplier."""
        cheapest_first = np.argsort(costs, axis=-1, kind="stable")
        cost = np.take_along_axis(costs, cheapest_first, axis=-1)
        gain = np.take_along_axis(gains, cheapest_first, axis=-1)
        unbeaten = np.ones(gain.shape, dtype=bool)
        unbeaten[..., 1:] = gain[..., 1:] > np.maximum.accumulate(gain, axis=-1)[..., :-1]
        cost, gain, count = _in_front(unbeaten, cost, gain)
        place = np.arange(gain.shape[-1])
        outer = place < count[..., None]
        run = np.diff(cost, axis=-1)
        rise = np.diff(gain, axis=-1)
        below = rise[..., :-1] * run[..., 1:] <= rise[..., 1:] * run[..., :-1]
        outer[..., 1:-1] &= ~(below & (place[1:-1] < count[..., None] - 1))
        return cls(*_in_front(outer, cost, gain))

    def at(self, rows: np.ndarray) -> _Vertices:
        """Return the vertices in some of k boxes."""
        return _Vertices(self.costs[rows], self.gains[rows], self.needed[rows])

    def least(self, multipliers: np.ndarray, spread: np.ndarray) -> np.ndarray:
        """Return the least relaxed costs of cells, (k, outcomes, n, r x knots).

        multipliers: (k, outcomes, r); spread: (n, knots). Cells with most vertices go first, so
        that each turn takes the cells that have one more.
        """
        needed = self.needed.ravel()
        order = np.argsort(-needed, kind="stable")
        box, leaf = np.divmod(order, len(spread))
        pressed = (
            multipliers.reshape(len(needed) // len(spread), -1)[box, :, None] * spread[leaf, None]
        )
        pressed = pressed.reshape(len(order), -1)
        cost = self.costs.reshape(len(order), -1)[order].T[..., None]
        gain = self.gains.reshape(len(order), -1)[order].T[..., None]
        least = np.full(pressed.shape, np.inf)
        spare = np.empty(pressed.shape)
        for turn in range(needed.max()):
            cells = slice(np.count_nonzero(needed > turn))
            np.multiply(pressed[cells], gain[turn, cells], out=spare[cells])
            np.subtract(cost[turn, cells], spare[cells], out=spare[cells])
            np.minimum(least[cells], spare[cells], out=least[cells])
        spare[order] = least
        return spare.reshape(*self.needed.shape, -1)


def _in_front(
    kept: np.ndarray, cost: np.ndarray, gain: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return costs and gains (..., vertices) with those that are kept in front, and how many those are."""
    order = np.argsort(~kept, axis=-1, kind="stable")
    costs, gains = (np.take_along_axis(each, order, axis=-1) for each in (cost, gain))
    return costs, gains, kept.sum(axis=-1)


@dataclass(frozen=True, eq=False)
class _Asked:
    """What is asked of the cells in k boxes, at each corner of the chances that may move.

    vertices: as long as k x corners; chances (k, corners): their costs; possible (k,): whether the
    condition can hold in a box.
    """

    vertices: _Vertices
    chances: np.ndarray
    possible: np.ndarray


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
    moves: Moves

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

        Width, height and price are (tops, knots) each; the width is infinite, so that no chord
        rises, where two knots are one.
        """
        raised = self.points**self.order
        middle, height = _tangents_meet(
            self.points, raised, self.order * self.points ** (self.order - 1)
        )
        run = np.diff(self.points, axis=1)
        share = np.divide(middle - self.points[:, :-1], run, out=np.zeros_like(run), where=run > 0)
        width = np.diff(raised, axis=1)
        return (
            np.where(np.abs(width) > SMALL, width, np.inf),
            height - raised[:, :-1],
            self.prices[:, :-1] + share * np.diff(self.prices, axis=1),
        )

    @property
    def across(self) -> bool:
        """Whether each multiplier of the leader is combined with each of the rival."""
        return self.order > 1 and len(self.values) == 2

    def dual(self, vertices: _Vertices, multipliers: np.ndarray) -> np.ndarray:
        """Return the bounds that multipliers (k, outcomes, r) give in k boxes.

        The result is (k, r); where each multiplier of the leader is combined with each of the
        rival, (k, r, r).
        """
        count, outcomes, tried = multipliers.shape
        least = vertices.least(multipliers, self.spread)
        by_top = (self.under @ least).reshape(count, outcomes, len(self.under), tried, -1)
        parts = np.ascontiguousarray(by_top.transpose(4, 2, 0, 1, 3))
        both = parts.sum(axis=3)
        if self.across:
            both = parts[:, :, :, 0, :, None] + parts[:, :, :, 1, None]
        least_by_top = self._least_over_weights(both.reshape(*both.shape[:2], -1))
        return least_by_top.T.copy().sum(axis=-1).reshape(both.shape[2:])

    def _least_over_weights(self, parts: np.ndarray) -> np.ndarray:
        """Return the least of price + part over every point between the knots, (tops, parts).

        The parts are (knots, tops, parts). A part is concave in points ** p: above its chord there.
        Where the chord rises, points ** p is above its tangents.
        """
        width, height, price = self.between
        at_knots = self.prices.T[..., None] + parts
        slope = np.diff(parts, axis=0) / width.T[..., None]
        between = np.where(
            slope > 0, price.T[..., None] + parts[:-1] + slope * height.T[..., None], np.inf
        )
        return np.minimum(at_knots.min(axis=0), between.min(axis=0, initial=np.inf))

    @cached_property
    def moved_chances(self) -> list[int]:
        """Whose chance moves: 0 the leader's, 1 the rival's."""
        return np.flatnonzero(np.ptp(self.moves.chances, axis=1) > 0).tolist()

    @cached_property
    def cut(self) -> list[int]:
        """The outcomes whose thresholds are cut into intervals: none for weighted sums.

        Else all but the rival, whose threshold follows from the others.
        """
        return [] if self.order == 1 else [at for at in range(len(self.values)) if at != 1]

    @cached_property
    def reached(self) -> np.ndarray:
        """The lowest and the highest score that each outcome can reach, (outcomes, 2)."""
        ends = np.stack([self.values.min(axis=-1), self.values.max(axis=-1)])
        if self.moves.is_one_box or self.moves.width.any():
            return np.stack([ends[0].min(axis=-1), ends[1].max(axis=-1)], axis=-1)
        weights = self.moves.case.weights.to_numpy(float)[: ends.shape[-1]]
        return closeness(ends, weights, self.order).T

    def first_boxes(self) -> np.ndarray:
        """Return the boxes (k, dimensions, 2) to start from: of thresholds, then of chances.

        The chances are cut at their present number, so that their cost has no bend in a box. There
        is none where no scores reach the condition.
        """
        low, mode, high = self.moves.chances.T
        halves = [[(low[at], mode[at]), (mode[at], high[at])] for at in self.moved_chances]
        spans = list(self.reached[self.cut])
        spans[:1] = [(spans[0][0], 1.0)] if spans else []
        cuts = list(product(*([span] for span in spans), *halves))
        boxes = np.array(cuts, dtype=float).reshape(len(cuts), len(spans) + len(halves), 2)
        if not self.cut:
            return boxes
        demanded, _, possible = self._demanded(boxes, self._stakes(boxes)[0])
        # the leader needn't stay below more than its rival can reach
        boxes[:, 0, 1] = np.maximum(demanded[:, 0], boxes[:, 0, 0])
        return boxes[possible]

    def _stakes(self, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return stakes (k, corners, outcomes) at the corners of chances, and their costs (k, corners)."""
        _, mode, _ = self.moves.chances.T
        width = np.ptp(self.moves.chances, axis=1)
        ends = list(product((0, 1), repeat=len(self.moved_chances)))
        chances = np.tile(mode, (len(boxes), len(ends), 1))
        for dimension, side in enumerate(self.moved_chances, start=len(self.cut)):
            at = [end[dimension - len(self.cut)] for end in ends]
            chances[:, :, side] = boxes[:, dimension][:, at]
        moved = np.abs(chances - mode)
        costs = np.divide(moved, width, out=np.zeros_like(moved), where=width > 0)
        return self.moves.stakes(chances), costs.sum(axis=-1)

    def _demanded(
        self, boxes: np.ndarray, stakes: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return what each outcome's score must at least reach, or at most be, in boxes (k,).

        These are thresholds (k, outcomes), which way each counts (1 at least, -1 at most, 0 where
        it is not known), and in which boxes the condition can hold.
        """
        count = len(self.values)
        low = np.tile(self.reached[:, 0], (len(boxes), 1))
        high = np.tile(self.reached[:, 1], (len(boxes), 1))
        low[:, self.cut] = boxes[:, : len(self.cut), 0]
        high[:, self.cut] = boxes[:, : len(self.cut), 1]
        best = np.maximum(stakes * low[:, None], stakes * high[:, None])
        rest = best.sum(axis=-1, keepdims=True) - best
        needed = np.divide(-rest, stakes, out=np.zeros_like(stakes), where=stakes != 0)
        way = np.where((stakes > SMALL).all(axis=1), 1, 0)
        way = np.where((stakes < -SMALL).all(axis=1), -1, way)
        cut = np.isin(np.arange(count), self.cut)
        at_least = np.maximum(needed.min(axis=1), np.where(cut, low, 0.0))
        at_most = np.minimum(needed.max(axis=1), np.where(cut, high, 1.0))
        return np.where(way > 0, at_least, at_most), way, (best.sum(axis=-1) >= 0).any(axis=1)

    def vertices(self, boxes: np.ndarray) -> _Asked:
        """Return costs and gains of the cells in k boxes, which bound what each outcome can win.

        This is what it wins towards its threshold, or loses where its stake is below 0; for
        weighted sums it is times the stake at each corner of the chances.
        """
        stakes, costs = self._stakes(boxes)
        if self.order == 1:
            factor = stakes.reshape(-1, len(self.values))
            every = np.ones(len(boxes), dtype=bool)
            vertices = _Vertices.of(*self._gains(np.zeros_like(factor), factor))
            return _Asked(vertices, costs, every)
        demanded, way, possible = self._demanded(boxes, stakes)
        least = costs.min(axis=1, keepdims=True)
        vertices = _Vertices.of(*self._gains(demanded, way.astype(float)))
        return _Asked(vertices, least, possible)

    def least(self, asked: _Asked, rows: np.ndarray, multipliers: np.ndarray) -> np.ndarray:
        """Return the bounds that multipliers (rows, outcomes, r) give in some of k boxes.

        Of the corners of the chances that with the least counts.
        """
        corners = asked.chances.shape[1]
        at = (rows[:, None] * corners + np.arange(corners)).ravel()
        each = self.dual(asked.vertices.at(at), multipliers.repeat(corners, axis=0))
        by_corner = each.reshape(len(rows), corners, -1) + asked.chances[rows, :, None]
        return np.asarray(by_corner.min(axis=1))

    def _gains(self, thresholds: np.ndarray, factor: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return costs and gains of the cells for thresholds and factors (k, outcomes)."""
        v = self.values
        p = self.order
        s = thresholds[..., None, None]
        sign = factor[..., None, None]
        best = (1 - s) ** p
        rest = s**p
        gain = sign * (best * v**p - rest * (1 - v) ** p)
        slope = sign * p * (best * v ** (p - 1) + rest * (1 - v) ** (p - 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            bend = sign * (p - 1) * (best * v ** (p - 2) - rest * (1 - v) ** (p - 2))
        if p == 1 and len(factor[0]) > 2:  # straight between knots
            return np.broadcast_to(self.costs, gain.shape), gain
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
    known. Boxes of the thresholds are halved until the bound comes within 1% of it, or of the bound
    at a single point: no halving can raise the bound above that.
    """
    if enough <= SMALL:
        return 0.0
    bounds = [least for least, _ in _rising(moves, enough)]
    return float("inf") if bounds[-1] > _beyond(moves) else max(bounds[-1], 0.0)


def may_be_level(moves: Moves) -> bool:
    """Return whether moves inside the ranges may put the rival level; that none does is proven.

    One point that isn't ruled out is enough to say so: most rivals take far less work than a bound.
    """
    beyond = _beyond(moves)
    for least, at_a_point in _rising(moves, float("inf")):
        if least > beyond:
            return False
        if at_a_point <= beyond:
            break
    return True


def _beyond(moves: Moves) -> float:
    """Return a cost that no moves inside the ranges have: a bound above it means that none do."""
    return float(moves.most.sum()) + 1.0


def _rising(moves: Moves, enough: float) -> Iterator[tuple[float, float]]:
    """Go through ever larger bounds, each with the least bound at a point: none gets above that."""
    relaxed = _relaxed(moves)
    boxes = relaxed.first_boxes()
    if not len(boxes):
        yield float("inf"), float("inf")
        return
    limit = min(enough, 2 * _beyond(moves))
    splits = SPLITS if moves.is_one_box else MORE_SPLITS
    bounds = _largest(relaxed, boxes, limit)
    while True:
        yield float(bounds.min()), limit
        wide = _worth_halving(relaxed, boxes, bounds, limit)
        if not wide.any() or splits <= 0:
            return
        splits -= int(wide.sum())
        halves = _halved(boxes[wide])
        worst = boxes[_first_of_largest(-bounds[None])].mean(axis=2, keepdims=True)
        tighter = _largest(relaxed, np.concatenate([halves, worst.repeat(2, axis=2)]), limit)
        limit = min(limit, float(tighter[-1]))
        bounds = np.concatenate([bounds[~wide], np.maximum(tighter[:-1], np.tile(bounds[wide], 2))])
        boxes = np.concatenate([boxes[~wide], halves])


def _worth_halving(
    relaxed: _Relaxed, boxes: np.ndarray, bounds: np.ndarray, limit: float
) -> np.ndarray:
    """Return which boxes (k,) are halved next: those with a bound that isn't good enough.

    Of boxes with several sides there are too many: those with the lowest bounds go first.
    """
    wide = (bounds < (1 - CLOSE) * limit) & (_widths(boxes) > NARROW)
    if not relaxed.moves.is_one_box:
        wide &= bounds <= np.sort(bounds[wide])[:AT_ONCE].max(initial=-np.inf)
    return np.asarray(wide)


def _widths(boxes: np.ndarray) -> np.ndarray:
    """Return the longest side of boxes (k, dimensions, 2), 0 where there is none."""
    return np.asarray(np.diff(boxes, axis=2)[..., 0].max(axis=1, initial=0.0))


def _halved(boxes: np.ndarray) -> np.ndarray:
    """Return the lower and then the upper halves of boxes (k, dimensions, 2) across their longest side."""
    longest = np.diff(boxes, axis=2)[..., 0].argmax(axis=1)
    rows = np.arange(len(boxes))
    middle = boxes[rows, longest].mean(axis=1)
    lower = boxes.copy()
    upper = boxes.copy()
    lower[rows, longest, 1] = middle
    upper[rows, longest, 0] = middle
    return np.concatenate([lower, upper])


def _relaxed(moves: Moves) -> _Relaxed:
    gaps = moves.case.gaps
    if len(moves.cells) or gaps is None or moves.problem.has_chances:
        costs, values = moves.paths()
    else:
        values = gaps[1][list(moves.rows)][..., None]
        costs = np.zeros_like(values)
    mode, low, high = (moves.tops[end].to_numpy(float)[:, None] for end in ("mode", "low", "high"))
    steps = np.linspace(0, 1, 1 + KNOTS * (low < high).any())
    points = np.concatenate([low + (mode - low) * steps[:-1], mode + (high - mode) * steps], axis=1)
    width = np.where(moves.width > 0, moves.width, 1.0)[:, None]
    unit = points.max()
    local = moves.local[:, : values.shape[1]]
    prices = np.abs(points - mode) / width
    return _Relaxed(moves.case.order, costs, values, points / unit, prices, local, moves)


def _largest(relaxed: _Relaxed, boxes: np.ndarray, enough: float) -> np.ndarray:
    """Return the largest bounds (k,) over the multipliers for k boxes.

    A bound that is enough ends the search. The bound is concave in the multipliers: a grid of their
    logarithms narrows around the best, each by itself. Of equally good multipliers the smallest are
    taken, the leader's first.
    """
    asked = relaxed.vertices(boxes)
    surely = 0.0 if relaxed.moves.is_one_box else -np.inf
    best = np.where(asked.possible, surely, np.inf)
    rows = np.flatnonzero(asked.possible)
    centre = np.full((len(boxes), len(relaxed.values)), CENTRE)
    reach = np.full(centre.shape, REACH)
    for moving, grid in _turns(relaxed):
        if not len(rows):
            break
        _widen(grid, moving, centre, reach)
        logs = centre[rows, :, None] + reach[rows, :, None] * grid * moving[:, None]
        bounds = relaxed.least(asked, rows, np.exp(logs))
        best[rows] = np.maximum(best[rows], bounds.max(axis=1))
        at = _first_of_largest(bounds)
        both = np.divmod(at, len(grid)) if relaxed.across else [at] * len(moving)
        side = np.stack(both, axis=1)
        centre[rows] = np.take_along_axis(logs, side[..., None], axis=2)[..., 0]
        inner = (side > 0) & (side < len(grid) - 1) & moving
        reach[rows] *= np.where(inner, 1.5 * (grid[1] - grid[0]), 1.0)
        rows = rows[(best[rows] < enough) & _may_rise(relaxed, grid, at, best[rows])]
    return best


def _may_rise(relaxed: _Relaxed, grid: np.ndarray, at: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Return which bounds (k,) a finer grid may raise, from their place on a grid of all multipliers.

    A bound is 0 at multipliers of 0 and concave: where it is least below 0 at the smallest ones of
    the first grid, it only falls. Several boxes are told apart by how little that is.
    """
    if not relaxed.moves.is_one_box or grid is not COARSE:
        return np.ones(len(at), dtype=bool)
    return (at > 0) | (best > 0)


def _widen(grid: np.ndarray, moving: np.ndarray, centre: np.ndarray, reach: np.ndarray) -> None:
    """Put multipliers that a coarse grid moves back to where a search starts, in place.

    All together may have been driven to nothing by one of them, from where none comes back.
    """
    if grid is COARSE:
        centre[:, moving] = CENTRE
        reach[:, moving] = REACH


def _turns(relaxed: _Relaxed) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Go through the grids of a search for multipliers: which of them each moves, (outcomes,).

    Those of a leader and a rival are combined, and a weighted sum has one for all. Of three or four
    each is moved by itself, one after the other, after all together.
    """
    count = len(relaxed.values)
    every = np.ones(count, dtype=bool)
    yield every, COARSE
    rounds = ROUNDS[relaxed.order == 1] if relaxed.moves.is_one_box else FEWER_ROUNDS
    for _ in range(rounds - 1):
        yield every, FINE
    if relaxed.order > 1 and not relaxed.across:
        for turn in range(TURNS * count):
            yield np.arange(count) == turn % count, COARSE if turn < count else FINE


def _first_of_largest(numbers: np.ndarray) -> np.ndarray:
    """Return the place of the largest number in each row, of equally large ones the first (k,)."""
    largest = numbers.max(axis=1, keepdims=True)
    return (numbers >= largest - SAME * np.maximum(1, abs(largest))).argmax(axis=1)
