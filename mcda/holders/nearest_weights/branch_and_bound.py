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

import numpy as np

from mcda.holders.nearest_weights.boxes import box_around, centres, cut, tightened
from mcda.holders.nearest_weights.exact_program import make_exact
from mcda.holders.nearest_weights.first_anywhere import somewhere_first
from mcda.holders.nearest_weights.goal import SMALLEST, Goal, Nearest
from mcda.holders.nearest_weights.plane_bounds import Conditions, lower_bounds
from mcda.sampling.polytope import Polytope

MOST_BOXES = 100_000  # a search ends after so many, with the bound it has by then
MOST_CELLS = 10_000_000  # boxes by options by weights: large questions end with fewer boxes
BATCH = 1_000  # few enough that what one batch finds is known before the next is looked at
# decimals: boxes and weights that are equally near are taken in their order, on any machine
EVEN = 12


def nearest_by_boxes(
    worth: np.ndarray,
    weights: np.ndarray,
    option: int,
    space: Polytope,
    order: float,
    tolerance: float,
    start: np.ndarray | None = None,
) -> Nearest:
    """Return the nearest weights at which an option is first, their distance and a lower bound.

    worth (2, m, n) is as in `Weighed`; weights (n,) lie in the space. The nearest weights are None
    where none were found. The bound is infinite where the option is first nowhere in the space; it
    lies within `tolerance` of the distance unless the search had to stop. `start`: weights, in the
    space or not, at which the option is known to be first; without them the search looks for some.
    """
    goal = Goal(worth, weights, option, space, order)
    if goal.reached(weights[None])[0]:
        return Nearest(weights, 0.0, 0.0)
    if start is None:
        start, possible = somewhere_first(worth, option, order)
        if not possible:
            return Nearest(None, np.inf, np.inf)
    first = weights if start is None else start
    return nearest_to(goal, tolerance, first)


def nearest_to(goal: Goal, tolerance: float, start: np.ndarray) -> Nearest:
    """Return the nearest weights from a start and then box by box, their distance and a bound."""
    best, distance, conditions = _nearer(goal, start[None], np.inf)
    boxes = box_around(goal.space, len(goal.weights))
    seen = 0
    bounds = np.zeros(1)
    while True:
        enough = distance - tolerance
        boxes = boxes[bounds < enough]
        bounds = bounds[bounds < enough]
        if not len(boxes) or seen >= _most_boxes(goal):
            break
        order = np.argsort(bounds.round(EVEN), kind="stable")
        halves = tightened(cut(boxes[order[:BATCH]]), goal.space)
        costs = lower_bounds(conditions, halves, enough)
        seen += len(halves)
        points = _nearer(goal, centres(halves[costs < enough]), enough)
        if points[0] is not None:
            best, distance, conditions = points
        boxes = np.concatenate([boxes[order[BATCH:]], halves])
        bounds = np.concatenate([bounds[order[BATCH:]], costs])
    return Nearest(best, distance, float(bounds.min(initial=max(distance - tolerance, 0.0))))


def _most_boxes(goal: Goal) -> int:
    return min(MOST_BOXES, MOST_CELLS // goal.work)


def _nearer(
    goal: Goal, targets: np.ndarray, than: float
) -> tuple[np.ndarray | None, float, Conditions]:
    """Return nearer weights at the targets or around them, their distance, and what they prove."""
    shorter = np.minimum(1, than / np.maximum(goal.distance(targets), SMALLEST))[:, None]
    points = goal.towards(goal.weights + shorter * (targets - goal.weights))
    if not len(points) or goal.distance(points).min() >= than:
        return None, np.inf, Conditions(goal, [])
    best, proofs = make_exact(goal, points[goal.distance(points).round(EVEN).argmin()])
    return best, float(goal.distance(best)), Conditions(goal, proofs)
