"""What it takes at least to put an option first inside a box: leads lie below planes there."""

from __future__ import annotations

import numpy as np

from mcda.holders.nearest_weights.boxes import distances_to, middles
from mcda.holders.nearest_weights.exact_program import Proof
from mcda.holders.nearest_weights.goal import Goal

ROUNDING = 1e-13  # of a sum of gains that must reach what is missing: its last bits


def lower_bounds(goal: Goal, boxes: np.ndarray, proofs: list[Proof], enough: float) -> np.ndarray:
    """Return a lower bound (k,) on the changes that put the option first inside each box.

    The bound is infinite where no changes do. One proof takes far less work than the leads over all
    rivals: these are computed only where the proof shows less than enough.
    """
    bounds = distances_to(boxes, goal.weights)
    for proof in proofs:
        bounds = np.maximum(bounds, _by_proof(goal, boxes, proof))
    short = bounds < enough
    if short.any():
        bounds[short] = np.maximum(bounds[short], _by_rivals(goal, boxes[short]))
    return bounds


def _by_proof(goal: Goal, boxes: np.ndarray, proof: Proof) -> np.ndarray:
    """Return the least changes (k,) after which all conditions weighed into one can be kept."""
    bends = np.tensordot(proof.of_leads, goal.bends, axes=1)
    centre = middles(boxes)
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
    leads = goal.leads(middles(boxes))[:, others]
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
    centre = middles(boxes)
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
