"""Search by boxes for the nearest weights at which an option is first by anchored TOPSIS.

The search proves a lower bound on the distance. Weight space is cut into boxes. A box is dropped
where another option is ahead throughout, or where it costs as much to put the option ahead as at
the best weights found. Both are shown by slopes that hold over the whole box (mean value theorem).
The best weights found are made exact by linear programs. Their multipliers combine all conditions
into one, and by this condition the boxes around the best weights are dropped at once, so that the
bound closes to far below what is shown.

Sources: branch and bound, Horst and Tuy (1996), Global Optimization; multipliers as bounds, Everett
(1963).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.holders.first_anywhere import somewhere_first
from mcda.sampling.bisection import HALVINGS_OF_WAY, halved
from mcda.sampling.linear_programs import least
from mcda.sampling.polytope import Polytope

MOST_BOXES = 100_000  # a search ends after so many, with the bound it has by then
MOST_CELLS = 10_000_000  # boxes by options by weights: large questions end with fewer boxes
BATCH = 1_000  # few enough that what one batch finds is known before the next is looked at
FEW = 128  # parts that a round looks at, at least: with fewer it takes no less time
LEVEL = 1e-9  # as the tolerance of ties: options so near are first together
ROUNDING = 1e-13  # of a sum of gains that must reach what is missing: its last bits
STEPS = 60  # of the program that makes weights exact
FINE = 1e-15  # it goes on until a step gains less than last bits
SMALLEST = 1e-300  # keeps a division by 0 finite, and is below every distance that can be told
EVEN = (
    12  # decimals: boxes and weights that are equally near are taken in their order, on any machine
)


@dataclass(frozen=True, eq=False)
class Goal:
    """The goal to put an option first, and where its weights may go.

    worth (2, m, n) is as in `Weighed`; weights (n,) are those to start from.
    """

    worth: np.ndarray
    weights: np.ndarray
    option: int
    space: Polytope
    order: float

    @property
    def contenders(self) -> int:
        """How many options there are."""
        return len(self.worth[0])

    @property
    def work(self) -> int:
        """How many numbers each box takes."""
        return self.worth[0].size

    def sums(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return how near and how far each option is, each (k, m), under weights (k, n).

        Both are sums of p-th powers.
        """
        powers = weights**self.order
        return powers @ self.worth[0].T, powers @ self.worth[1].T

    def reached(self, weights: np.ndarray) -> np.ndarray:
        """Return whether the option is first under weights (k, n), or level with the first."""
        near, far = self.sums(weights)
        closeness = 1 / (1 + (far / np.maximum(near, SMALLEST)) ** (1 / self.order))
        return closeness[:, self.option] >= closeness.max(axis=1) - LEVEL

    def leads(self, weights: np.ndarray) -> np.ndarray:
        """Return the option's lead over every other, (k, m), under weights (k, n).

        The lead over option j is near_i x far_j - near_j x far_i: at least 0 where the option is
        ahead.
        """
        near, far = self.sums(weights)
        return near[:, self.option, None] * far - near * far[:, self.option, None]

    @cached_property
    def bends(self) -> np.ndarray:
        """The change of each lead with two powers of weights, (m, n, n).

        A lead is a quadratic form in the powers.
        """
        near, far = self.worth
        own_near = near[self.option]
        own_far = far[self.option]
        form = own_near[None, :, None] * far[:, None, :] - near[:, :, None] * own_far[None, None, :]
        return form + form.transpose(0, 2, 1)

    def slopes(self, boxes: np.ndarray, bends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the lowest and the highest slopes of the leads over boxes, each (k, m, n).

        boxes: (k, 2, n); bends: (m, n, n), as in `bends`.
        """
        powers = boxes**self.order
        inner = (self.order * boxes ** (self.order - 1))[:, :, None]
        m, n, _ = bends.shape
        rows = bends.reshape(m * n, n).T
        centre = (_middles(powers) @ rows).reshape(-1, m, n)
        stray = ((powers[:, 1] - powers[:, 0]) / 2 @ abs(rows)).reshape(-1, m, n)
        lowest = centre - stray
        highest = centre + stray
        return (
            np.minimum(lowest * inner[:, 0], lowest * inner[:, 1]),
            np.maximum(highest * inner[:, 0], highest * inner[:, 1]),
        )


@dataclass(frozen=True, eq=False)
class Proof:
    """All conditions combined into one, which is at least 0 where all of them hold.

    The condition is of_leads @ leads + offset + slope @ weights. of_leads (m,): the multipliers of
    the leads, 0 for the lead of the option over itself.
    """

    of_leads: np.ndarray
    slope: np.ndarray
    offset: float


def nearest_by_boxes(
    worth: np.ndarray,
    weights: np.ndarray,
    option: int,
    space: Polytope,
    order: float,
    tolerance: float,
    start: np.ndarray | None = None,
) -> tuple[np.ndarray | None, float, float]:
    """Return the nearest weights at which an option is first, their distance and a lower bound.

    worth (2, m, n) is as in `Weighed`; weights (n,) lie in the space. The nearest weights are None
    where none were found. The bound is infinite where the option is first nowhere in the space; it
    lies within `tolerance` of the distance unless the search had to stop. `start`: weights, in the
    space or not, at which the option is known to be first; without them the search looks for some.
    """
    goal = Goal(worth, weights, option, space, order)
    if goal.reached(weights[None])[0]:
        return weights, 0.0, 0.0
    if start is None:
        start, possible = somewhere_first(worth, option, order)
        if not possible:
            return None, np.inf, np.inf
    first = weights if start is None else start
    return nearest_to(goal, tolerance, first)


def nearest_to(
    goal: Goal, tolerance: float, start: np.ndarray
) -> tuple[np.ndarray | None, float, float]:
    """Return the nearest weights from a start and then box by box, their distance and a bound."""
    best, distance, proofs = _nearer(goal, start[None], np.inf)
    boxes = _outer(goal)
    seen = 0
    bounds = _distances(boxes, goal.weights)
    while True:
        enough = distance - tolerance
        boxes = boxes[bounds < enough]
        bounds = bounds[bounds < enough]
        if not len(boxes) or seen >= _most_boxes(goal):
            break
        order = np.argsort(bounds.round(EVEN), kind="stable")
        halves = _tightened(_parts(boxes[order[:BATCH]]), goal.space)
        dearer = _bounds(goal, halves, proofs, enough)
        seen += len(halves)
        points = _nearer(goal, _centres(halves[dearer < enough]), enough)
        if points[0] is not None:
            best, distance, proofs = points
        boxes = np.concatenate([boxes[order[BATCH:]], halves])
        bounds = np.concatenate([bounds[order[BATCH:]], dearer])
    return best, distance, float(bounds.min(initial=max(distance - tolerance, 0.0)))


def _most_boxes(goal: Goal) -> int:
    return min(MOST_BOXES, MOST_CELLS // goal.work)


def _nearer(
    goal: Goal, targets: np.ndarray, than: float
) -> tuple[np.ndarray | None, float, list[Proof]]:
    """Return nearer weights at the targets or around them, their distance, and their proofs."""
    shorter = np.minimum(1, than / np.maximum(_far(goal, targets), SMALLEST))[:, None]
    points = _towards(goal, goal.weights + shorter * (targets - goal.weights))
    if not len(points) or _far(goal, points).min() >= than:
        return None, np.inf, []
    best, proofs = _exact(goal, points[_far(goal, points).round(EVEN).argmin()])
    return best, float(_far(goal, best)), proofs


def _far(goal: Goal, weights: np.ndarray) -> np.ndarray:
    """Return the sum of absolute changes (...) that leads to weights (..., n)."""
    return np.asarray(abs(weights - goal.weights).sum(axis=-1))


def _exact(goal: Goal, weights: np.ndarray) -> tuple[np.ndarray, list[Proof]]:
    """Return the nearest weights around some that reach the goal, and their proofs.

    The weights given are returned if none are nearer. The method is sequential quadratic
    programming in rises and falls: the nearest weights lie where leads and costs bend, not always
    in a corner. Source: Kraft (1988), A software package for sequential quadratic programming.
    """
    from scipy.optimize import minimize

    program = _Program(goal)
    change = weights - goal.weights
    start = np.r_[np.maximum(change, 0), np.maximum(-change, 0)]
    solved = minimize(
        np.sum,
        start,
        jac=np.ones_like,
        method="SLSQP",
        options={"ftol": FINE, "maxiter": STEPS},
        bounds=[*[(0, 1)] * len(change), *[(0, weight) for weight in goal.weights]],
        constraints=[
            {"type": "ineq", "fun": program.open, "jac": program.slope},
            {"type": "eq", "fun": program.apart, "jac": lambda moves: program.equal},
        ],
    )
    better = _towards(goal, program.weights(solved.x)[None])
    if len(better) and _far(goal, better[0]) < _far(goal, weights):
        weights = better[0]
    proof = program.proof(weights)
    return weights, [] if proof is None else [proof]


@dataclass(frozen=True, eq=False)
class _Program:
    """The goal as a program in rises and falls (2n,), with conditions and fixed sums.

    The conditions (rows,) are those that are not yet met for certain. Leads are divided by their
    steepest slope at the start, so that all conditions are of one size.
    """

    goal: Goal

    @cached_property
    def others(self) -> np.ndarray:
        """The options to be overtaken."""
        return np.flatnonzero(np.arange(self.goal.contenders) != self.goal.option)

    @cached_property
    def scale(self) -> np.ndarray:
        """The steepest slope of each lead at the start."""
        return np.maximum(abs(self._steep(self.goal.weights)).max(axis=1), SMALLEST)

    @cached_property
    def equal(self) -> np.ndarray:
        """What the space holds fixed, by rises and falls."""
        rows = self.goal.space.equalities
        return np.hstack([rows, -rows])

    def weights(self, moves: np.ndarray) -> np.ndarray:
        """Return the weights after moves."""
        n = len(self.goal.weights)
        return np.maximum(self.goal.weights + moves[:n] - moves[n:], 0)

    def open(self, moves: np.ndarray) -> np.ndarray:
        """Return what is left of every condition: leads, then limits of the space."""
        weights = self.weights(moves)
        space = self.goal.space
        leads = self.goal.leads(weights[None])[0, self.others]
        return np.concatenate([leads / self.scale, space.limits - space.inequalities @ weights])

    def slope(self, moves: np.ndarray) -> np.ndarray:
        """Return how fast that grows with each move."""
        leads = self._steep(self.weights(moves)) / self.scale[:, None]
        rows = np.vstack([leads, -self.goal.space.inequalities])
        return np.hstack([rows, -rows])

    def apart(self, moves: np.ndarray) -> np.ndarray:
        """Return how far the sums that the space holds fixed have changed."""
        return self.goal.space.equalities @ self.weights(moves) - self.goal.space.sums

    def proof(self, weights: np.ndarray) -> Proof | None:
        """Return all conditions combined into one at some weights.

        The multipliers are those of the linear program there.
        """
        change = weights - self.goal.weights
        space = self.goal.space
        moves = np.r_[np.maximum(change, 0), np.maximum(-change, 0)]
        slope = self.slope(moves)
        solved = least(
            [np.ones(len(moves))],
            -slope,
            self.open(moves) - slope @ moves,
            self.equal,
            self.equal @ moves - self.apart(moves),
        )
        if solved is None:
            return None
        of_leads, of_space = np.split(solved.above, [len(self.others)])
        offset = of_space @ space.limits - solved.equal @ space.sums
        steepness = solved.equal @ space.equalities - of_space @ space.inequalities
        multipliers = np.zeros(self.goal.contenders)
        multipliers[self.others] = of_leads / self.scale
        return Proof(multipliers, steepness, float(offset))

    def _steep(self, weights: np.ndarray) -> np.ndarray:
        return self.goal.slopes(np.stack([weights, weights])[None], self.goal.bends)[0][
            0, self.others
        ]


def _outer(goal: Goal) -> np.ndarray:
    """Return the smallest box (1, 2, n) around the space."""
    if goal.space.body.has_few_corners:
        return np.stack([goal.space.corners.min(axis=0), goal.space.corners.max(axis=0)])[None]
    n = len(goal.weights)
    return np.stack([np.zeros(n), np.ones(n)])[None]


def _distances(boxes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the least sum of absolute changes that leads into each box.

    Rises and falls are of the same size.
    """
    low = boxes[:, 0]
    high = boxes[:, 1]
    rises = np.maximum(low - weights, 0).sum(axis=1)
    falls = np.maximum(weights - high, 0).sum(axis=1)
    return 2 * np.maximum(rises, falls)


def _bounds(goal: Goal, boxes: np.ndarray, proofs: list[Proof], enough: float) -> np.ndarray:
    """Return a lower bound (k,) on the changes that put the option first inside each box.

    The bound is infinite where no changes do. One proof takes far less work than the leads over all
    rivals: these are computed only where the proof shows less than enough.
    """
    bounds = _distances(boxes, goal.weights)
    for proof in proofs:
        bounds = np.maximum(bounds, _by_proof(goal, boxes, proof))
    short = bounds < enough
    if short.any():
        bounds[short] = np.maximum(bounds[short], _by_rivals(goal, boxes[short]))
    return bounds


def _by_proof(goal: Goal, boxes: np.ndarray, proof: Proof) -> np.ndarray:
    """Return the least changes (k,) after which all conditions weighed into one can be kept."""
    bends = np.tensordot(proof.of_leads, goal.bends, axes=1)
    centre = _middles(boxes)
    lead = goal.leads(centre) @ proof.of_leads + centre @ proof.slope + proof.offset
    lowest, highest = goal.slopes(boxes, bends[None])
    level = np.zeros((len(boxes), 1))
    return _under_planes(
        goal, boxes, lead[:, None], lowest + proof.slope, highest + proof.slope, level
    )[:, 0]


def _by_rivals(goal: Goal, boxes: np.ndarray) -> np.ndarray:
    """Return the least changes (k,) that overtake the one rival that takes most."""
    others = np.arange(goal.contenders) != goal.option
    lowest, highest = goal.slopes(boxes, goal.bends[others])
    leads = goal.leads(_middles(boxes))[:, others]
    level = _level(goal, boxes, (lowest + highest) / 2)
    return np.asarray(
        _under_planes(goal, boxes, leads, lowest, highest, level).max(axis=1, initial=0.0)
    )


def _under_planes(
    goal: Goal,
    boxes: np.ndarray,
    leads: np.ndarray,
    lowest: np.ndarray,
    highest: np.ndarray,
    level: np.ndarray,
) -> np.ndarray:
    """Return the least changes (k, rows) that bring each lead to 0.

    leads: (k, rows), at the centres of the boxes; lowest and highest slopes: (k, rows, n). Over a
    box a lead stays below a plane. The plane has the slope in the middle of the range, and is
    raised by how far slopes may stray from it.
    """
    half = (boxes[:, 1] - boxes[:, 0]) / 2
    above = leads + ((highest - lowest) / 2 * half[:, None]).sum(axis=-1)
    return _least_change(goal, boxes, above, (lowest + highest) / 2, level)


def _level(goal: Goal, boxes: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """Return what may be taken off all slopes (k, m, n) because weights sum to one.

    What one weight gains another loses. The result lies midway between the best rise and the best
    fall for which each box has room.
    """
    at = np.clip(goal.weights, boxes[:, 0], boxes[:, 1])
    rise = np.where((boxes[:, 1] > at)[:, None], slopes, -np.inf).max(axis=-1)
    fall = np.where((boxes[:, 0] < at)[:, None], slopes, np.inf).min(axis=-1)
    if not (np.isfinite(rise) & np.isfinite(fall)).all():
        either = slopes.mean(axis=-1)  # a box of one point has no room: any level does
        rise = np.where(np.isfinite(rise), rise, np.where(np.isfinite(fall), fall, either))
        fall = np.where(np.isfinite(fall), fall, rise)
    return np.asarray((rise + fall) / 2)


def _least_change(
    goal: Goal, boxes: np.ndarray, leads: np.ndarray, slopes: np.ndarray, level: np.ndarray
) -> np.ndarray:
    """Return the least changes (k, rows) that bring planes to 0.

    leads: (k, rows), at the centres; slopes: (k, rows, n). Starting from the nearest weights of the
    box, what gains most is moved first: this solves a linear program with one condition.
    """
    low = boxes[:, 0]
    high = boxes[:, 1]
    centre = _middles(boxes)
    at = np.clip(goal.weights, low, high)
    gains = slopes - level[..., None]
    missing = -(
        leads
        + level * (1 - centre.sum(axis=1))[:, None]
        + (gains * (at - centre)[:, None]).sum(axis=-1)
    )
    further = np.zeros(missing.shape)
    box, row = short = np.nonzero(missing > 0)  # most planes are at 0 or above from the start
    gain = gains[short]
    room = np.where(gain > 0, (high - at)[box], (at - low)[box])
    further[box, row] = _least_moves(missing[short], abs(gain), room)
    return further + abs(at - goal.weights).sum(axis=1)[:, None]


def _least_moves(missing: np.ndarray, gain: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Return the least moves (k,) that gain what is missing (k,).

    gain and room: (k, n), what each weight gains and how far it may move.
    """
    first = np.argsort(-gain, axis=-1, kind="stable")
    rows = np.arange(len(gain))[:, None]
    gain = gain[rows, first]
    room = room[rows, first]
    gained = gain * room
    open_yet = missing[:, None] - gained.cumsum(axis=-1) + gained
    used = (
        np.divide(open_yet, gain, out=np.zeros_like(gain), where=gain > 0)
        .clip(0, room)
        .sum(axis=-1)
    )
    return np.where(gained.sum(axis=-1) >= missing - ROUNDING, used, np.inf)


def _middles(boxes: np.ndarray) -> np.ndarray:
    """Return the middle of each box, (k, n): a sum of two takes far less time than a mean."""
    return np.asarray((boxes[:, 0] + boxes[:, 1]) / 2)


def _towards(goal: Goal, targets: np.ndarray) -> np.ndarray:
    """Return the nearest weights on the way to targets at which the option is first."""
    targets = targets[goal.space.contains(targets, LEVEL)]
    targets = targets[goal.reached(targets)]
    if not len(targets):
        return targets

    def on_the_way(shares: np.ndarray) -> np.ndarray:
        return np.asarray(goal.weights + shares[:, None] * (targets - goal.weights))

    _, shares = halved(
        lambda shares: goal.reached(on_the_way(shares)),
        np.zeros(len(targets)),
        np.ones(len(targets)),
        HALVINGS_OF_WAY,
    )
    return on_the_way(shares)


def _centres(boxes: np.ndarray) -> np.ndarray:
    """Return a point of each box at which the weights sum to one.

    It lies between the lowest and the highest corner.
    """
    low = boxes[:, 0]
    high = boxes[:, 1]
    room = (high - low).sum(axis=1, keepdims=True)
    return low + (high - low) * (1 - low.sum(axis=1, keepdims=True)) / np.where(room > 0, room, 1)


def _parts(boxes: np.ndarray) -> np.ndarray:
    """Return the quarters of boxes, or smaller parts of few boxes: a round costs as much for few."""
    parts = _halved(_halved(boxes))
    while len(parts) <= FEW:
        parts = _halved(parts)
    return parts


def _halved(boxes: np.ndarray) -> np.ndarray:
    """Return both halves of each box, cut across its longest side."""
    rows = np.arange(len(boxes))
    longest = (boxes[:, 1] - boxes[:, 0]).argmax(axis=1)
    middle = (boxes[rows, 0, longest] + boxes[rows, 1, longest]) / 2
    lower = boxes.copy()
    upper = boxes.copy()
    lower[rows, 1, longest] = middle
    upper[rows, 0, longest] = middle
    return np.concatenate([lower, upper])


def _tightened(boxes: np.ndarray, space: Polytope) -> np.ndarray:
    """Return the boxes that may hold points of the space, without what can't sum to one."""
    low = boxes[:, 0]
    high = boxes[:, 1]
    lowest = np.maximum(low, 1 - (high.sum(axis=1, keepdims=True) - high))
    highest = np.minimum(high, 1 - (low.sum(axis=1, keepdims=True) - low))
    rising = np.maximum(space.inequalities, 0)
    falling = np.minimum(space.inequalities, 0)
    least_rows = lowest @ rising.T + highest @ falling.T
    possible = (lowest <= highest + LEVEL).all(axis=1) & (least_rows <= space.limits + LEVEL).all(
        axis=1
    )
    return np.stack([lowest, np.maximum(lowest, highest)], axis=1)[possible]
