"""What it takes at least to put an option first inside a box: leads lie below planes there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.holders.nearest_weights.boxes import middles, nearest_in
from mcda.holders.nearest_weights.goal import Goal

ROUNDING = 1e-13  # of a sum of gains that must reach what is missing: its last bits


@dataclass(frozen=True, eq=False)
class Proof:
    """All conditions combined into one, which is at least 0 where all of them hold.

    The condition is of_leads @ leads + offset + slope @ weights. of_leads (m,): the multipliers of
    the leads, 0 for the lead of the option over itself.
    """

    of_leads: np.ndarray
    slope: np.ndarray
    offset: float


@dataclass(frozen=True, eq=False)
class Conditions:
    """What is at least 0 where an option is first: its leads over all rivals, and their proofs."""

    goal: Goal
    proofs: list[Proof]

    @cached_property
    def rivals(self) -> int:
        """How many rows are the leads over rivals; those of the proofs come behind."""
        return self.goal.contenders - 1

    @cached_property
    def of_leads(self) -> np.ndarray:
        """What each row takes of each lead, (rows, m)."""
        alone = np.delete(np.eye(self.goal.contenders), self.goal.option, axis=0)
        return np.vstack([alone, *(proof.of_leads for proof in self.proofs)])

    @cached_property
    def slopes(self) -> np.ndarray:
        """What each row takes of each weight besides, (rows, n)."""
        none = np.zeros((self.rivals, len(self.goal.weights)))
        return np.vstack([none, *(proof.slope for proof in self.proofs)])

    @cached_property
    def offsets(self) -> np.ndarray:
        """What each row begins with, (rows,)."""
        return np.r_[np.zeros(self.rivals), [proof.offset for proof in self.proofs]]

    @cached_property
    def bends(self) -> np.ndarray:
        """How each row bends with the weights, as a goal's leads do."""
        return np.tensordot(self.of_leads, self.goal.bends, axes=1)

    def at(self, weights: np.ndarray) -> np.ndarray:
        """Return what each row is, (k, rows), at weights (k, n)."""
        leads = self.goal.leads(weights)
        return np.asarray(leads @ self.of_leads.T + weights @ self.slopes.T + self.offsets)


def lower_bounds(conditions: Conditions, boxes: np.ndarray, enough: float) -> np.ndarray:
    """Return a lower bound (k,) on the changes that put the option first inside each box.

    The bound is infinite where no changes do; it is raised only where the way to the box is less
    than enough. A condition can take more than the way to the nearest point of a box only where it
    isn't kept there.
    """
    goal = conditions.goal
    nearest = nearest_in(boxes, goal.weights)
    bounds = goal.distance(nearest)
    open_yet = (bounds < enough)[:, None]
    box, row = np.nonzero(open_yet & (conditions.at(nearest) < 0))
    heights, slopes = goal.planes(boxes, conditions.bends, box, row)
    heights += (middles(boxes) @ conditions.slopes.T + conditions.offsets)[box, row]
    slopes += conditions.slopes[row]
    level = row < conditions.rivals  # a proof has taken what it can of the sum of weights
    np.maximum.at(bounds, box, _least_change(goal.weights, boxes, box, heights, slopes, level))
    return bounds


def _least_change(
    weights: np.ndarray,
    boxes: np.ndarray,
    box: np.ndarray,
    heights: np.ndarray,
    slopes: np.ndarray,
    level: np.ndarray,
) -> np.ndarray:
    """Return the least changes (pairs,) that bring planes over boxes to 0.

    heights: (pairs,), at the centres; slopes: (pairs, n). Starting from the nearest weights of the
    box, what gains most is moved first: this solves a linear program with one condition. level:
    of which planes that is taken off which weights lose for others to gain.
    """
    centre = middles(boxes)
    at = np.clip(weights, boxes[:, 0], boxes[:, 1])
    up = (boxes[:, 1] - at)[box]
    down = (at - boxes[:, 0])[box]
    taken = np.where(level, _level(slopes, up, down), 0.0)
    gains = slopes - taken[:, None]
    missing = -(
        heights + taken * (1 - centre.sum(axis=1))[box] + (gains * (at - centre)[box]).sum(axis=1)
    )
    moves = _least_moves(missing, abs(gains), np.where(gains > 0, up, down))
    return np.asarray(moves + abs(at - weights).sum(axis=1)[box])


def _level(slopes: np.ndarray, up: np.ndarray, down: np.ndarray) -> np.ndarray:
    """Return what may be taken off all slopes (k, n) because weights sum to one.

    up and down (k, n): the room for each weight. What one weight gains another loses: the result
    lies midway between the best rise and the best fall for which there is room.
    """
    rise = np.where(up > 0, slopes, -np.inf).max(axis=-1)
    fall = np.where(down > 0, slopes, np.inf).min(axis=-1)
    if not (np.isfinite(rise) & np.isfinite(fall)).all():
        either = slopes.mean(axis=-1)  # a box of one point has no room: any level does
        rise = np.where(np.isfinite(rise), rise, np.where(np.isfinite(fall), fall, either))
        fall = np.where(np.isfinite(fall), fall, rise)
    return np.asarray((rise + fall) / 2)


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
