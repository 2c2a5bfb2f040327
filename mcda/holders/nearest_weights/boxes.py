"""Boxes (k, 2, n) in the space of weights: lowest and highest weights of each, cut ever smaller."""

from __future__ import annotations

import numpy as np

from mcda.sampling.polytope import Polytope

SLACK = 1e-9  # of a weight or a limit: a box outside of the space by no more may be last bits' work
FEW = 128  # parts that a round looks at, at least: with fewer it takes no less time


def box_around(space: Polytope, n: int) -> np.ndarray:
    """Return the smallest box (1, 2, n) around a space of n weights, or around all weights."""
    if space.body.has_few_corners:
        return np.stack([space.corners.min(axis=0), space.corners.max(axis=0)])[None]
    return np.stack([np.zeros(n), np.ones(n)])[None]


def nearest_in(boxes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the point of each box (k, n), of sum one, that takes the least sum of absolute changes.

    What the sum of the nearest point misses is made up where the box has room for it.
    """
    at = np.clip(weights, boxes[:, 0], boxes[:, 1])
    missing = 1 - at.sum(axis=1, keepdims=True)
    room = np.where(missing > 0, boxes[:, 1], boxes[:, 0]) - at
    whole = room.sum(axis=1, keepdims=True)
    shares = np.divide(missing, whole, out=np.zeros_like(whole), where=whole != 0)
    return np.clip(at + room * shares, boxes[:, 0], boxes[:, 1])


def middles(boxes: np.ndarray) -> np.ndarray:
    """Return the middle of each box, (k, n): a sum of two takes far less time than a mean."""
    return np.asarray((boxes[:, 0] + boxes[:, 1]) / 2)


def centres(boxes: np.ndarray) -> np.ndarray:
    """Return a point of each box at which the weights sum to one.

    It lies between the lowest and the highest corner.
    """
    low = boxes[:, 0]
    high = boxes[:, 1]
    room = (high - low).sum(axis=1, keepdims=True)
    return low + (high - low) * (1 - low.sum(axis=1, keepdims=True)) / np.where(room > 0, room, 1)


def cut(boxes: np.ndarray) -> np.ndarray:
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


def tightened(boxes: np.ndarray, space: Polytope) -> np.ndarray:
    """Return the boxes that may hold points of the space, without what can't sum to one."""
    low = boxes[:, 0]
    high = boxes[:, 1]
    lowest = np.maximum(low, 1 - (high.sum(axis=1, keepdims=True) - high))
    highest = np.minimum(high, 1 - (low.sum(axis=1, keepdims=True) - low))
    rising = np.maximum(space.inequalities, 0)
    falling = np.minimum(space.inequalities, 0)
    least_rows = lowest @ rising.T + highest @ falling.T
    possible = (lowest <= highest + SLACK).all(axis=1) & (least_rows <= space.limits + SLACK).all(
        axis=1
    )
    return np.stack([lowest, np.maximum(lowest, highest)], axis=1)[possible]
