"""Search by boxes: the nearest weights at which an option is first by anchored TOPSIS, with a bound that is proven.

Weight space is cut into boxes. A box is dropped where it lies further than what was found, outside the space, or where
another option is ahead throughout: shown by the gradient's range over the box (mean value theorem). What is left at
the end bounds the answer from below. Source: branch and bound, Horst and Tuy (1996), Global Optimization.
"""

from __future__ import annotations

import numpy as np

from mcda.methods.somewhere import somewhere_first
from mcda.preferences.polytope import Polytope

MOST_BOXES, MOST_CELLS = 300_000, 10_000_000
BATCH = 4_000
HALVINGS = 30
LEVEL = 1e-9
ROUNDING = 1e-13


def nearest_by_boxes(
    worth: np.ndarray, weights: np.ndarray, option: int, space: Polytope, p: float, tolerance: float
) -> tuple[np.ndarray | None, float, float]:
    """Return the nearest weights at which an option is first (None: none found), their distance, and a lower bound.

    worth (2, m, n) as `Weighed` has it; weights (n,) lie in the space. The bound is infinite where none is first
    anywhere in the space, and within `tolerance` of the distance unless the search had to stop.
    """
    if _first(worth, weights[None], option, p)[0]:
        return weights, 0.0, 0.0
    witness, possible = somewhere_first(worth, option, p)
    if not possible:
        return None, np.inf, np.inf
    return _search(worth, weights, option, space, p, tolerance, weights if witness is None else witness)


def _search(
    worth: np.ndarray, weights: np.ndarray, option: int, space: Polytope, p: float, tolerance: float, start: np.ndarray
) -> tuple[np.ndarray | None, float, float]:
    """Return the nearest weights found, their distance and a lower bound, by a start and then box by box."""
    best, distance, targets = None, np.inf, start[None]
    boxes, seen, most = _outer(space, len(weights)), 0, min(MOST_BOXES, MOST_CELLS // worth[0].size)
    bounds = _distances(boxes, weights)
    while True:
        reached, far = _towards(worth, weights, targets, option, space, p)
        if len(far) and far.min() < distance:
            best, distance = reached[far.argmin()], float(far.min())
        boxes, bounds = boxes[bounds < distance - tolerance], bounds[bounds < distance - tolerance]
        if not len(boxes) or seen >= most:
            break
        boxes, taken = _split(boxes, bounds)
        seen += len(taken)
        taken = taken[_may_lead(worth, taken, option, p)]
        targets = _centres(taken)
        boxes = np.concatenate([boxes, _tightened(_halved(taken), space)])
        bounds = _distances(boxes, weights)
    left = float(bounds.min()) if len(bounds) else np.inf
    return best, distance, min(left, max(distance - tolerance, 0.0))


def _split(boxes: np.ndarray, bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the boxes that wait, and those to look at next: the nearest."""
    order = np.argsort(bounds, kind="stable")
    return boxes[order[BATCH:]], boxes[order[:BATCH]]


def _first(worth: np.ndarray, weights: np.ndarray, option: int, p: float) -> np.ndarray:
    """Return whether an option is first under weights (k, n), or level with the first."""
    near, far = _sums(worth, weights, p)
    closeness = 1 / (1 + (far / np.maximum(near, 1e-300)) ** (1 / p))
    return closeness[:, option] >= closeness.max(axis=1) - LEVEL


def _outer(space: Polytope, n: int) -> np.ndarray:
    """Return the smallest box (1, 2, n) around the space."""
    if space.body.has_few_corners:
        return np.stack([space.corners.min(axis=0), space.corners.max(axis=0)])[None]
    return np.stack([np.zeros(n), np.ones(n)])[None]


def _distances(boxes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the least sum of absolute changes that leads into each box: rises and falls are of the same size."""
    low, high = boxes[:, 0], boxes[:, 1]
    rises, falls = np.maximum(low - weights, 0).sum(axis=1), np.maximum(weights - high, 0).sum(axis=1)
    return 2 * np.maximum(rises, falls)


def _may_lead(worth: np.ndarray, boxes: np.ndarray, option: int, p: float) -> np.ndarray:
    """Return whether an option may be first somewhere in each box: no other is ahead throughout.

    It is ahead of another where near_i x far_j - near_j x far_i >= 0, each a weighted sum that rises in the weights.
    As weights sum to one, any level may be taken off the slopes.
    """
    centre, half = boxes.mean(axis=1), (boxes[:, 1] - boxes[:, 0])[:, None] / 2
    near, far = _sums(worth, centre, p)
    lowest, highest = _slopes(worth, boxes, option, p)
    level = ((lowest + highest) / 2).mean(axis=-1, keepdims=True)
    steepest = np.maximum(abs(lowest - level), abs(highest - level))
    lead = near[:, option, None] * far - near * far[:, option, None]
    drift = level[..., 0] * (1 - centre.sum(axis=1))[:, None]
    return (lead + drift + (steepest * half).sum(axis=-1) >= -ROUNDING).all(axis=1)


def _sums(worth: np.ndarray, weights: np.ndarray, p: float) -> tuple[np.ndarray, np.ndarray]:
    """Return how near and how far every option is (k, m), as sums of p-th powers, under weights (k, n)."""
    return weights**p @ worth[0].T, weights**p @ worth[1].T


def _slopes(worth: np.ndarray, boxes: np.ndarray, option: int, p: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and highest slopes (boxes, m, n) over each box of an option's lead over every other."""
    (near_low, far_low), (near_high, far_high) = (_sums(worth, boxes[:, side], p) for side in (0, 1))
    near, far = worth
    own = slice(option, option + 1)
    gained = [near[own] * f[..., None] + n[:, own, None] * far for n, f in ((near_low, far_low), (near_high, far_high))]
    lost = [near * f[:, own, None] + n[..., None] * far[own] for n, f in ((near_low, far_low), (near_high, far_high))]
    lowest, highest = gained[0] - lost[1], gained[1] - lost[0]
    inner = [p * boxes[:, side, None] ** (p - 1) for side in (0, 1)]
    return np.minimum(lowest * inner[0], lowest * inner[1]), np.maximum(highest * inner[0], highest * inner[1])


def _towards(
    worth: np.ndarray, weights: np.ndarray, targets: np.ndarray, option: int, space: Polytope, p: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the points nearest to the weights on the way to targets at which an option is first, with distances."""
    targets = targets[space.contains(targets, LEVEL)]
    targets = targets[_first(worth, targets, option, p)]
    without, within = np.zeros((len(targets), 1)), np.ones((len(targets), 1))
    for _ in range(HALVINGS):
        middle = (without + within) / 2
        first = _first(worth, weights + middle * (targets - weights), option, p)[:, None]
        without, within = np.where(first, without, middle), np.where(first, middle, within)
    reached = weights + within * (targets - weights)
    return reached, abs(reached - weights).sum(axis=1)


def _centres(boxes: np.ndarray) -> np.ndarray:
    """Return a point of each box whose weights sum to one: between its lowest and its highest corner."""
    low, high = boxes[:, 0], boxes[:, 1]
    room = (high - low).sum(axis=1, keepdims=True)
    return low + (high - low) * (1 - low.sum(axis=1, keepdims=True)) / np.where(room > 0, room, 1)


def _halved(boxes: np.ndarray) -> np.ndarray:
    """Return both halves of each box, cut across its longest side."""
    rows, longest = np.arange(len(boxes)), (boxes[:, 1] - boxes[:, 0]).argmax(axis=1)
    middle = boxes[rows, :, longest].mean(axis=1)
    lower, upper = boxes.copy(), boxes.copy()
    lower[rows, 1, longest], upper[rows, 0, longest] = middle, middle
    return np.concatenate([lower, upper])


def _tightened(boxes: np.ndarray, space: Polytope) -> np.ndarray:
    """Return the boxes that may hold points of the space, without what can't sum to one."""
    low, high = boxes[:, 0], boxes[:, 1]
    low, high = (np.maximum(low, 1 - (high.sum(axis=1, keepdims=True) - high)),
                 np.minimum(high, 1 - (low.sum(axis=1, keepdims=True) - low)))  # fmt: skip
    rising, falling = np.maximum(space.inequalities, 0), np.minimum(space.inequalities, 0)
    least = low @ rising.T + high @ falling.T
    kept = (low <= high + LEVEL).all(axis=1) & (least <= space.limits + LEVEL).all(axis=1)
    return np.stack([low, np.maximum(low, high)], axis=1)[kept]
