"""What may move to change a lead: stated weights and performances, each in its own range."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from mcda.methods.contest import Contest
from mcda.preferences.weighting.reshaped import ReshapedWeights
from mcda.preferences.weighting.spaces import ConstrainedWeights
from mcda.preferences.weighting.stated import STATED
from mcda.problem.model import Problem
from mcda.problem.ranges import ranges

STEPS = 12  # knots on each way, beside the anchors of the scale
INSIDE = 1e-6  # of all points: weights that pass a fence by less lie on it
ROUNDING = 1e-9  # of a point: a weight that is spent whole may lie so far below 0


@dataclass(frozen=True, eq=False)
class Moves:
    """Weights and performances of a leader and a rival that may move, and the lead that follows.

    A move is measured as a share of the width of the number's own stated range. tops: a row for
    each stated weight (mode, low, high in the holder's own points); local (tops, n): how each is
    spread over the leaves. cells: a row for each option and leaf (performance, low, high in natural
    units). Where weights or cells are held, their ranges are empty. Weights stay inside the
    holder's weight space, where one is given. A vector of moves (..., z) has: each weight up, each
    weight down, each performance of the leader worse, each performance of the rival better; all at
    least 0 and at most `most`.
    """

    case: Contest
    problem: Problem
    tops: pd.DataFrame
    local: np.ndarray
    cells: pd.DataFrame
    leader: int
    rival: int

    @cached_property
    def width(self) -> np.ndarray:
        """The width of each weight's range, (tops,)."""
        return (self.tops["high"] - self.tops["low"]).to_numpy(float)

    @cached_property
    def rows(self) -> tuple[int, int]:
        """The leader's row and the rival's."""
        return self.leader, self.rival

    @cached_property
    def start(self) -> np.ndarray:
        """The performances of both before any move, (2, n)."""
        return self._cells("performance")[list(self.rows)]

    @cached_property
    def ends(self) -> np.ndarray:
        """The end of each range that hurts the leader and helps the rival, (2, n)."""
        low = self._cells("low")[list(self.rows)]
        high = self._cells("high")[list(self.rows)]
        up = np.array([leaf.direction == "max" for leaf in self.problem.leaves])
        return np.where(np.array([~up, up]), high, low)

    @cached_property
    def spans(self) -> np.ndarray:
        """The width of each performance's range, (2, n)."""
        return (self._cells("high") - self._cells("low"))[list(self.rows)]

    @cached_property
    def most(self) -> np.ndarray:
        """The largest moves, (z,): to the end of each range."""
        up, down = (
            np.abs(self.tops[end] - self.tops["mode"]).to_numpy(float) for end in ("high", "low")
        )
        shares = [
            _share(up, self.width),
            _share(down, self.width),
            _share(np.abs(self.ends - self.start), self.spans).ravel(),
        ]
        return np.concatenate(shares)

    @cached_property
    def fences(self) -> np.ndarray:
        """Rows (fences, tops) that keep weights inside the holder's weight space.

        Their product with the points is at most 0 there.
        """
        space = self.case.space
        if isinstance(space, ReshapedWeights):  # the holder's own are over the tree as stated
            space = space.whole
        mode = self.tops["mode"].to_numpy(float)
        if not isinstance(space, ConstrainedWeights) or list(space.tops) != list(self.tops.index):
            return np.zeros((0, len(mode)))
        polytope = space.polytope
        fixed = polytope.equalities - polytope.sums[:, None]
        rows = np.vstack([polytope.inequalities - polytope.limits[:, None], fixed, -fixed])
        return rows[rows @ mode <= INSIDE * mode.sum()]

    def inside(self, points: np.ndarray) -> np.ndarray:
        """Return whether weights in points (..., tops) lie inside the weight space (...)."""
        return (points @ self.fences.T <= INSIDE * points.sum(axis=-1, keepdims=True)).all(axis=-1)

    def moved(self, moves: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the weights in points and the performances of both options after moves (..., z).

        The points are (..., tops), the performances (..., 2, n).
        """
        tops = len(self.tops)
        n = self.start.shape[1]
        up, down, rest = np.split(moves, [tops, 2 * tops], axis=-1)
        points = self.tops["mode"].to_numpy(float) + (up - down) * self.width
        points = np.where((points < 0) & (points > -ROUNDING), 0.0, points)
        shares = rest.reshape(*moves.shape[:-1], 2, n)
        return points, self.start + shares * self.spans * np.sign(self.ends - self.start)

    def scores(self, moves: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the scores (..., m) after moves (..., z), and the sum of the points (...)."""
        points, performances = self.moved(moves)
        values = np.broadcast_to(
            self.case.values.to_numpy(float), (*moves.shape[:-1], *self.case.values.shape)
        ).copy()
        if len(self.cells):
            values[..., list(self.rows), :] = self.case.read(self.problem, performances)
        return self._scored(values, points), points.sum(axis=-1)

    def ahead(self, moves: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the rival's score less the leader's (...), and the weights in points, after moves.

        The points are (..., tops).
        """
        points, performances = self.moved(moves)
        if not self.case.anchored:
            scores = self.scores(moves)[0]
            return scores[..., self.rival] - scores[..., self.leader], points
        held = self.case.values.to_numpy(float)[list(self.rows)]
        values = self.case.read(self.problem, performances) if len(self.cells) else held
        scores = self._scored(values, points)
        return scores[..., 1] - scores[..., 0], points

    def lead(self, moves: np.ndarray) -> np.ndarray:
        """Return the rival's score less the leader's (...), in points.

        It is linear in the weights for an additive method.
        """
        ahead, points = self.ahead(moves)
        return ahead * points.sum(axis=-1)

    def _scored(self, values: np.ndarray, points: np.ndarray) -> np.ndarray:
        """Return the scores of values under weights in points.

        Where no point is left the weights stay as they were.
        """
        total = points.sum(axis=-1, keepdims=True)
        spread = points @ self.local
        weights = np.broadcast_to(self.case.weights.to_numpy(float), spread.shape).copy()
        some = (spread > 0).any(axis=-1, keepdims=True)
        return self.case.score(values, np.divide(spread, total, out=weights, where=some))

    def paths(self) -> tuple[np.ndarray, np.ndarray]:
        """Return, for each cell of both options, knots on its way to its end.

        They are the costs and the values at the knots, (2, n, knots) each. Between knots the value
        is linear in the cost: the anchors of the scale are among them.
        """
        most = _share(np.abs(self.ends - self.start), self.spans)
        evenly = most[..., None] * np.linspace(0, 1, STEPS + 1)
        costs = np.sort(np.concatenate([self.bends(), evenly], axis=-1), axis=-1)
        performances = (
            self.start[..., None]
            + costs * (self.spans * np.sign(self.ends - self.start))[..., None]
        )
        values = np.stack(
            [self.case.read(self.problem, performances[..., at]) for at in range(costs.shape[-1])],
            axis=-1,
        )
        return costs, values

    def bends(self) -> np.ndarray:
        """Return the cost at which each cell reaches each anchor on its way to its end.

        The costs of both options are (2, n, anchors).
        """
        most = _share(np.abs(self.ends - self.start), self.spans)
        anchors = []
        for leaf in self.problem.leaves:
            ends = leaf.scale.anchors if leaf.scale else ()
            anchors.append(np.array(ends, dtype=float))
        longest = max(len(each) for each in anchors)
        knots = np.stack([np.pad(each, (0, longest - len(each)), mode="edge") for each in anchors])
        gone = (knots - self.start[..., None]) * np.sign(self.ends - self.start)[..., None]
        return np.clip(_share(gone, self.spans[..., None]), 0, most[..., None])

    def _cells(self, column: str) -> np.ndarray:
        if len(self.cells):
            return self.cells[column].to_numpy(float).reshape(self.case.values.shape)
        return self.problem.performance.to_numpy(float)


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return part / whole, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=whole > 0)


def allowed_moves(
    case: Contest, problem: Problem, rival: int, *, weights: bool, estimates: bool
) -> Moves:
    """Return what may move against the leader of a question's contest in favour of a rival."""
    tops, local = stated_weights(case, problem)
    if not weights:
        tops = tops.assign(low=tops["mode"], high=tops["mode"])
    cells = ranges(problem).rename(columns={"mode": "performance"}) if estimates else pd.DataFrame()
    return Moves(case, problem, tops, local, cells, int(case.leading.argmax()), rival)


def stated_weights(case: Contest, problem: Problem) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the holder's weights as stated with their ranges, and their spread over the leaves.

    The spread is (tops, n). Without stated ranges every weight that the holder's space names (every
    leaf's, without a space) may be anything from 0 to 1.
    """
    leaves = case.weights
    steps = case.stated.steps if case.stated is not None else {}
    stated = steps.get(STATED)
    if stated is None or not {"low", "mode", "high"} <= set(stated.columns):
        keys = list(leaves.index) if case.space is None else list(case.space.tops)
        stated = pd.DataFrame({"low": 0.0, "high": 1.0}, index=keys)
    local = np.zeros((len(stated), len(leaves)))
    for row, top in enumerate(stated.index):
        local[row] = [top in problem.path(leaf) for leaf in leaves.index]
    inside = local * leaves.to_numpy(float)
    stated = stated if "mode" in stated else stated.assign(mode=inside.sum(axis=1))
    spread = np.where(inside.sum(axis=1, keepdims=True) > 0, inside, local)
    tops = stated[["mode", "low", "high"]].astype(float)
    parts = _share(spread, spread.sum(axis=1, keepdims=True))
    return tops, parts * _left(problem, tops["mode"].to_numpy(), inside)[:, None]


def _left(problem: Problem, mode: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Return how much of each stated weight its leaves still carry, (tops,), of the fullest one.

    All of it, unless the question is in a structure that leaves some of them out. inside (tops, n):
    the weights of the leaves, each in the row of what it was stated on.
    """
    if problem.stated is None:
        return np.ones(len(mode))
    carried = inside.sum(axis=1)
    left = np.divide(carried, mode, out=np.zeros(len(mode)), where=mode > 0)
    return np.asarray(np.where(mode > 0, left / left.max(), 1.0))
