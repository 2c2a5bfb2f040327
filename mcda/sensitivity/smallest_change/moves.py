"""What may move to change a lead: stated weights and performances, each in its own range."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd

from mcda.methods.contest import Contest
from mcda.preferences.weighting.reshaped import ReshapedWeights
from mcda.preferences.weighting.spaces import ConstrainedWeights
from mcda.preferences.weighting.stated import STATED
from mcda.problem.chances import LEAST, NO_CHANCE
from mcda.problem.model import Problem
from mcda.problem.ranges import ranges

STEPS = 12  # knots on each way, beside the anchors of the scale
FEWER = 4  # the same where three or four options may happen
INSIDE = 1e-6  # of all points: weights that pass a fence by less lie on it
ROUNDING = 1e-9  # of a point: a weight that is spent whole may lie so far below 0


@dataclass(frozen=True, eq=False)
class Ways:
    """Cells that move, one a way: their rows and columns, and whether up (1) or down (-1), (cells,).

    blocks: the outcome (`Moves.outcomes`) of each run of ways over all that is weighed, and whether
    it gets better (1) or worse (-1). Ways of chances come behind.
    """

    rows: np.ndarray
    columns: np.ndarray
    signs: np.ndarray
    blocks: list[tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Moves:
    """Weights and performances of a leader and a rival that may move, and the lead that follows.

    A move is measured as a share of the width of the number's own stated range. tops: a row for
    each stated weight (mode, low, high in the holder's own points); local (tops, n): how each is
    spread over the leaves. cells: a row for each option and leaf (performance, low, high in natural
    units). Where weights or cells are held, their ranges are empty. Weights stay inside the
    holder's weight space, where one is given. A vector of moves (..., z) has: each weight up, each
    weight down, each performance of the leader worse, each performance of the rival better; all at
    least 0 and at most `most`. Where one of them may fail to happen, what happens otherwise moves
    in either way that may help the rival, and so do the chances.
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
    def outcomes(self) -> list[str]:
        """The options that may happen when the leader or the rival is chosen, by id: these two first."""
        ids = [str(self.case.values.index[row]) for row in self.rows]
        return list(dict.fromkeys([*ids, *map(self._instead, ids)]))

    def _instead(self, option: str) -> str:
        return self.problem.fallbacks.get(option, option)

    @cached_property
    def chances(self) -> np.ndarray:
        """Lowest, present and highest chance (2, 3) that the leader and the rival come about.

        They are from 0 to 1. A chance is held where one is what happens otherwise to the other: the
        chance then shrinks their difference and never turns its sign. One of none counts there as
        if it were sure, if it may be more.
        """
        if not self.problem.has_chances:
            return np.ones((2, 3))
        column = len(self.problem.weighed)
        ends = [self._cells(end)[list(self.rows), column] for end in ("low", "performance", "high")]
        chances = np.stack(ends, axis=1)
        if self._related:
            held = np.where(chances[:, 1] > 100 * NO_CHANCE, chances[:, 1], 100.0)
            return np.repeat(held[:, None], 3, axis=1) / 100
        if self.starts_without_chance:
            chances[1] = np.maximum(chances[1], LEAST)
        return chances / 100

    @cached_property
    def _related(self) -> bool:
        """Whether the leader is what happens otherwise to the rival, or the other way round."""
        return len(self.outcomes) == 2 and self.outcomes[:2] != [*map(self._instead, self.outcomes)]

    @property
    def moves_chance(self) -> bool:
        """Whether a chance may move, so that the lead is no weighted sum of performances."""
        return bool(np.ptp(self.chances, axis=1).any())

    @cached_property
    def starts_without_chance(self) -> bool:
        """Whether the rival never comes about now: it starts from the least chance that counts."""
        return bool(self.problem.chance.iloc[self.rival] <= NO_CHANCE)

    @property
    def highest_chances(self) -> np.ndarray:
        """The highest chance (m,) from 0 to 1 that each option may have."""
        if not self.problem.has_chances:
            return np.ones(len(self.problem.options))
        return np.asarray(self._cells("high")[:, len(self.problem.weighed)] / 100)

    @property
    def is_one_box(self) -> bool:
        """Whether a lower bound cuts at most one threshold into intervals, and no chance."""
        thresholds = 0 if self.case.order == 1 else len(self.outcomes) - 1
        return thresholds < 2 and not self.moves_chance

    def stakes(self, chances: np.ndarray) -> np.ndarray:
        """Return what each outcome counts in the rival's score less the leader's, (..., outcomes).

        chances: (..., 2), of the leader and of the rival.
        """
        stakes = np.zeros((*chances.shape[:-1], len(self.outcomes)))
        for side, sign in enumerate((-1, 1)):
            option = self.outcomes[side]
            otherwise = self.outcomes.index(self._instead(option))
            stakes[..., side] += sign * chances[..., side]
            stakes[..., otherwise] += sign * (1 - chances[..., side])
        return stakes

    @cached_property
    def ways(self) -> Ways:
        """The ways of all cells that may help the rival."""
        corners = np.array(list(product(*self.chances[:, [0, 2]])))
        stakes = self.stakes(corners)
        n = len(self.problem.weighed)
        up = np.array([leaf.sign for leaf in self.problem.weighed])
        rows: list[int] = []
        signs = [np.zeros(0, dtype=int)]
        blocks = []
        for at, option in enumerate(self.outcomes):
            if option not in self.case.values.index:
                continue  # `keep` left it out: its performances are held
            row = int(self.case.values.index.get_loc(option))
            for way in (-1, 1):
                if (way * stakes[:, at] > 0).any():
                    rows += [row] * n
                    signs.append(way * up)
                    blocks.append((at, way))
        columns = np.tile(np.arange(n), len(blocks))
        ways = [(row, way) for row in self._rows_of_chances for way in (-1, 1)]
        return Ways(
            np.array([*rows, *(row for row, _ in ways)], dtype=int),
            np.concatenate([columns, np.full(len(ways), n)]),
            np.concatenate([*signs, np.array([way for _, way in ways], dtype=int)]),
            blocks,
        )

    @cached_property
    def _rows_of_chances(self) -> list[int]:
        """The rows whose chance may move: also of a rival that must have one to lead at all."""
        rows = [row for row, ends in zip(self.rows, self.chances, strict=True) if np.ptp(ends)]
        if self._related and self.starts_without_chance:
            rows.append(self.rival)
        return rows

    @cached_property
    def start(self) -> np.ndarray:
        """The performances of both before any move, (2, leaves)."""
        start = self.problem.performance.to_numpy(float)[list(self.rows)]
        if self.starts_without_chance:
            start[1, len(self.problem.weighed)] = LEAST
        return start

    @cached_property
    def before(self) -> np.ndarray:
        """The performance of each way's cell before any move, (cells,)."""
        before = self._at_ways("performance")
        if self.starts_without_chance:
            is_chance = self.ways.columns == len(self.problem.weighed)
            before[is_chance & (self.ways.rows == self.rival)] = LEAST
        return before

    @cached_property
    def ends(self) -> np.ndarray:
        """The end of each way's range, (cells,)."""
        return np.where(self.ways.signs > 0, self._at_ways("high"), self._at_ways("low"))

    @cached_property
    def spans(self) -> np.ndarray:
        """The width of the range of each way's cell, (cells,)."""
        return np.asarray(self._at_ways("high") - self._at_ways("low"))

    @cached_property
    def effects(self) -> np.ndarray:
        """What each way does to the performances of both over the width of its range, (cells, 2, leaves).

        A number of what happens otherwise stands in the row of whoever falls back on it too.
        """
        effects = np.zeros((len(self.spans), *self.start.shape))
        steps = self.spans * self.ways.signs
        cells = zip(self.ways.rows.tolist(), self.ways.columns.tolist(), strict=True)
        for at, cell in enumerate(cells):
            for row, column in self.problem.places_of_cell(*cell):
                for side in np.flatnonzero(np.array(self.rows) == row).tolist():
                    effects[at, side, column] = steps[at]
        return effects

    @cached_property
    def most(self) -> np.ndarray:
        """The largest moves, (z,): to the end of each range."""
        up, down = (
            np.abs(self.tops[end] - self.tops["mode"]).to_numpy(float) for end in ("high", "low")
        )
        shares = [
            _share(up, self.width),
            _share(down, self.width),
            _share(np.maximum((self.ends - self.before) * self.ways.signs, 0.0), self.spans),
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

        The points are (..., tops), the performances (..., 2, leaves).
        """
        tops = len(self.tops)
        up, down, rest = np.split(moves, [tops, 2 * tops], axis=-1)
        points = self.tops["mode"].to_numpy(float) + (up - down) * self.width
        points = np.where((points < 0) & (points > -ROUNDING), 0.0, points)
        return points, self.start + np.tensordot(rest, self.effects, axes=1)

    def cells_after(self, moves: np.ndarray) -> dict[tuple[int, int], float]:
        """Return the performance of each cell (row, column) that may move after moves (z,)."""
        steps = moves[2 * len(self.tops) :] * self.spans * self.ways.signs
        after: dict[tuple[int, int], float] = {}
        cells = zip(self.ways.rows.tolist(), self.ways.columns.tolist(), strict=True)
        for cell, before, step in zip(cells, self.before.tolist(), steps.tolist(), strict=True):
            after[cell] = after.get(cell, before) + step
        return after

    def weights_after(self, points: np.ndarray) -> np.ndarray:
        """Return the weights (..., leaves) that points (..., tops) are, where any are left.

        Where no point is left the weights stay as they were.
        """
        total = points.sum(axis=-1, keepdims=True)
        spread = points @ self.local
        weights = np.broadcast_to(self.case.weights.to_numpy(float), spread.shape).copy()
        some = (spread > 0).any(axis=-1, keepdims=True)
        return np.divide(spread, total, out=weights, where=some)

    def ahead(self, moves: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the rival's score less the leader's (...), and the weights in points, after moves.

        The points are (..., tops).
        """
        points, performances = self.moved(moves)
        weights = self.weights_after(points)
        if not self.case.anchored:  # whose performances are held: a score rests on other rows
            scores = self.case.score(self.case.values.to_numpy(float), weights)
            return scores[..., self.rival] - scores[..., self.leader], points
        held = self.case.values.to_numpy(float)[list(self.rows)]
        values = self.case.read(self.problem, performances) if len(self.cells) else held
        scores = self.case.score(values, weights)
        return scores[..., 1] - scores[..., 0], points

    def lead(self, moves: np.ndarray) -> np.ndarray:
        """Return the rival's score less the leader's (...), in points.

        It is linear in the weights for an additive method.
        """
        ahead, points = self.ahead(moves)
        return ahead * points.sum(axis=-1)

    def paths(self) -> tuple[np.ndarray, np.ndarray]:
        """Return, for each weighed cell of each outcome, knots on its ways to their ends.

        They are the costs and the values at the knots, (outcomes, n, knots) each. Between knots the
        value is linear in the cost: the anchors of the scale are among them.
        """
        n = len(self.problem.weighed)
        most = self.most[2 * len(self.tops) :]
        evenly = most[:, None] * np.linspace(0, 1, self._steps + 1)
        costs = np.sort(np.concatenate([self.bends(), evenly], axis=-1), axis=-1)
        if not len(self.cells):
            costs = costs[:, :1]
        performances = self.before[:, None] + costs * (self.spans * self.ways.signs)[:, None]
        costs_held = []
        values_held = []
        for at in range(len(self.outcomes)):
            runs = [block for block, (outcome, _) in enumerate(self.ways.blocks) if outcome == at]
            parts = [
                (
                    costs[run * n : (run + 1) * n],
                    self._valued(performances[run * n : (run + 1) * n]),
                )
                for run in runs
            ]
            if len(parts) == 2:  # from the end of the one way to the end of the other
                parts[0] = (parts[0][0][:, ::-1], parts[0][1][:, ::-1])
            if not parts:
                parts = [(np.zeros((n, 1)), self._held(at)[:, None])]
            costs_held.append(np.concatenate([part for part, _ in parts], axis=-1))
            values_held.append(np.concatenate([part for _, part in parts], axis=-1))
        return _as_long(costs_held), _as_long(values_held)

    @property
    def _steps(self) -> int:
        """How many even steps a way is cut into; fewer where a bound looks at many boxes."""
        if self.is_one_box:
            return STEPS
        return 1 if self.case.order == 1 else FEWER

    def _valued(self, performances: np.ndarray) -> np.ndarray:
        """Return values (n, knots) of performances (n, knots) on what is weighed."""
        scales = [leaf.scale for leaf in self.problem.weighed if leaf.scale]
        return np.stack(
            [scale.value(knots) for scale, knots in zip(scales, performances, strict=True)]
        )

    def _held(self, outcome: int) -> np.ndarray:
        """Return the values (n,) of an outcome that nothing moves, as whoever falls back on it has them."""
        n = len(self.problem.weighed)
        values = self.case.values.to_numpy(float)
        if outcome < 2:
            return np.asarray(values[self.rows[outcome], :n])
        side = [self._instead(one) for one in self.outcomes[:2]].index(self.outcomes[outcome])
        return np.asarray(values[self.rows[side], n + 1 :])

    def bends(self) -> np.ndarray:
        """Return the cost at which each way's cell reaches each anchor on its way to its end.

        The costs are (cells, anchors).
        """
        most = self.most[2 * len(self.tops) :]
        anchors = []
        for column in self.ways.columns:
            scale = self.problem.leaves[column].scale
            ends = scale.anchors if scale else ()
            anchors.append(np.array(ends, float))
        longest = max(len(each) for each in anchors)
        knots = np.stack([np.pad(each, (0, longest - len(each)), mode="edge") for each in anchors])
        gone = (knots - self.before[:, None]) * self.ways.signs[:, None]
        return np.clip(_share(gone, self.spans[:, None]), 0, most[:, None])

    def _at_ways(self, column: str) -> np.ndarray:
        return np.asarray(self._cells(column)[self.ways.rows, self.ways.columns])

    def _cells(self, column: str) -> np.ndarray:
        if len(self.cells):
            return self.cells[column].to_numpy(float).reshape(self.case.values.shape)
        return self.problem.performance.to_numpy(float)


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return part / whole, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=whole > 0)


def _as_long(many: list[np.ndarray]) -> np.ndarray:
    """Return arrays (n, knots) of any lengths as one, (k, n, knots): the first knot is repeated."""
    longest = max(each.shape[1] for each in many)
    padded = [np.pad(each, ((0, 0), (longest - each.shape[1], 0)), mode="edge") for each in many]
    return np.stack(padded)


def allowed_moves(
    case: Contest, problem: Problem, rival: int, *, weights: bool, estimates: bool, leader: int = -1
) -> Moves:
    """Return what may move against the leader of a question's contest in favour of a rival.

    leader: the place of the one that leads, where not all options of the contest may.
    """
    tops, local = stated_weights(case, problem)
    if not weights:
        tops = tops.assign(low=tops["mode"], high=tops["mode"])
    cells = ranges(problem).rename(columns={"mode": "performance"}) if estimates else pd.DataFrame()
    first = int(case.leading.argmax()) if leader < 0 else leader
    return Moves(case, problem, tops, local, cells, first, rival)


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
