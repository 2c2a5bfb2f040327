"""The goal to put an option first by anchored TOPSIS where options may fail to come about.

A score is then a mean of closenesses: of the option, and of what happens otherwise. It is no ratio
of two sums any more, so a lead is bounded over a box by the slopes of each closeness by itself.
With N and F the sums of (weight x value)^p and (weight x gap)^p, A and B their p-th roots and
D = A + B, closeness is C = A / D, and its slope (1 - C) / D times that of A, less C / D times that
of B. Each factor has its ends over a box, and none of them grows without limit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from mcda.holders.nearest_weights.boxes import middles
from mcda.holders.nearest_weights.branch_and_bound import nearest_to
from mcda.holders.nearest_weights.goal import LEVEL, SMALLEST, Goal, Nearest
from mcda.problem.model import Problem
from mcda.sampling.simplex import simplex_weights

TRIED = 20_000  # sets of weights among which the search for some that put an option first begins
PARTS = 8  # ends of powers, roots, shares and slopes, of both sums
STREAM = "price of agreement"  # of random numbers from which these sets are made, for everybody


def outcomes_of(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Return the values (outcomes, n) of all that may happen, and its chance by option (m, outcomes)."""
    count = len(problem.weighed)
    values = problem.values.to_numpy(float)
    every = np.vstack([values[:, :count], values[:, count + 1 :]])
    outcomes, of_row = np.unique(every, axis=0, return_inverse=True)
    happens, otherwise = of_row.reshape(2, -1)
    options = np.arange(len(values))
    chances = np.zeros((len(values), len(outcomes)))
    np.add.at(chances, (options, happens), values[:, count])
    np.add.at(chances, (options, otherwise), 1 - values[:, count])
    return outcomes, chances


@dataclass(frozen=True, eq=False)
class LotteryGoal(Goal):
    """The goal to put a lottery first.

    worth (2, outcomes, n) is that of all that may happen; chances (m, outcomes) are each option's.
    """

    chances: np.ndarray = field(kw_only=True)

    @property
    def contenders(self) -> int:
        """How many options there are."""
        return len(self.chances)

    @property
    def work(self) -> int:
        """How many numbers each box takes: the slopes of a closeness have this many parts."""
        return PARTS * self.worth[0].size

    @cached_property
    def bends(self) -> np.ndarray:
        """What each lead takes of each closeness, (m, outcomes)."""
        return np.asarray(self.chances[self.option] - self.chances)

    def leads(self, weights: np.ndarray) -> np.ndarray:
        """Return the option's lead in score over every other, (k, m), under weights (k, n)."""
        return np.asarray(self._closeness(weights) @ self.bends.T)

    def _closeness(self, weights: np.ndarray) -> np.ndarray:
        near, far = (sums ** (1 / self.order) for sums in self.sums(weights))
        return np.asarray(near / np.maximum(near + far, SMALLEST))

    def reached(self, weights: np.ndarray) -> np.ndarray:
        """Return whether the option is first under weights (k, n), or level with the first."""
        return np.asarray(self.leads(weights).min(axis=1) >= -LEVEL)

    def gradients(self, weights: np.ndarray) -> np.ndarray:
        """Return the slopes of the leads, (k, m, n), at weights (k, n)."""
        return self.slopes(np.stack([weights, weights], axis=1), self.bends)[0]

    def planes(
        self, boxes: np.ndarray, bends: np.ndarray, box: np.ndarray, row: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return planes above leads over boxes: their heights (pairs,) in the middle, and slopes.

        bends: (rows, outcomes). A plane has the slope in the middle of its range, and is raised by
        how far slopes may stray from it.
        """
        lowest, highest = self.slopes(boxes, bends)
        half = (boxes[:, 1] - boxes[:, 0]) / 2
        raised = ((highest - lowest) / 2 * half[:, None]).sum(axis=-1)
        heights = self._closeness(middles(boxes)) @ bends.T + raised
        return heights[box, row], ((lowest + highest) / 2)[box, row]

    def slopes(self, boxes: np.ndarray, bends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the lowest and the highest slopes of leads over boxes, each (k, rows, n).

        boxes: (k, 2, n); bends: (rows, outcomes), as in `bends`.
        """
        lowest, highest = self._of_closeness(boxes)
        gains = np.maximum(bends, 0)
        losses = np.minimum(bends, 0)
        return gains @ lowest + losses @ highest, gains @ highest + losses @ lowest

    def _of_closeness(self, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the lowest and the highest slopes of each closeness over boxes, (k, outcomes, n)."""
        near, near_slope = _roots(self.worth[0], boxes, self.order)
        far, far_slope = _roots(self.worth[1], boxes, self.order)
        least = np.maximum(near[0] + far[0], self._least_of_both(boxes))
        most = np.maximum(near[1] + far[1], SMALLEST)
        closest = near[1] / np.maximum(near[1] + far[0], SMALLEST)
        farthest = near[0] / np.maximum(near[0] + far[1], SMALLEST)
        rise = ((1 - closest) / most, (1 - farthest) / least)
        fall = (farthest / most, closest / least)
        return (
            rise[0][..., None] * near_slope[0] - fall[1][..., None] * far_slope[1],
            rise[1][..., None] * near_slope[1] - fall[0][..., None] * far_slope[0],
        )

    def _least_of_both(self, boxes: np.ndarray) -> np.ndarray:
        """Return what A + B is at least between a box's middle and the weights in it, (k, outcomes).

        By Minkowski's inequality it is no less than the p-norm of weights times sizes, and that is,
        by Hölder's, no less than a share of the sum of weights, which lies between the middle's and
        1.
        """
        sizes = np.maximum((self.worth ** (1 / self.order)).sum(axis=0), SMALLEST ** (1 / 4))
        dual = self.order / (self.order - 1)
        share = (sizes**-dual).sum(axis=1) ** (-1 / dual)
        return np.asarray(np.minimum(boxes.mean(axis=1).sum(axis=1), 1.0)[:, None] * share)

    def likely(self) -> np.ndarray | None:
        """Return the nearest of many weights at which the option is first; None where it is at none."""
        n = len(self.weights)
        names = [str(at) for at in range(n)]
        drawn = simplex_weights(names, 0, STREAM, 0, TRIED).T
        first, second = np.triu_indices(n, 1)
        corners = np.eye(n)
        tried = np.vstack([corners, (corners[first] + corners[second]) / 2, drawn])
        there = tried[self.space.contains(tried, LEVEL)]
        reach = there[self.reached(there)]
        if not len(reach):
            return None
        return np.asarray(reach[self.distance(reach).argmin()])


Ends = tuple[np.ndarray, np.ndarray]


def _roots(worth: np.ndarray, boxes: np.ndarray, order: float) -> tuple[Ends, Ends]:
    """Return the ends of p-th roots of sums over boxes, (k, outcomes), and of their slopes in weights.

    The slope in one weight is worth^(1/p) x r^((p - 1)/p), with r what that weight makes of the
    sum: it grows with the weight and falls with all others.
    """
    least, most = (boxes[:, end, None] ** order * worth for end in (0, 1))
    lowest = least.sum(axis=-1)
    highest = most.sum(axis=-1)
    few = np.maximum(lowest[..., None] - least, 0.0)
    many = np.maximum(highest[..., None] - most, 0.0)
    least_share = least / np.maximum(least + many, SMALLEST)
    most_share = np.divide(most, most + few, out=np.ones_like(most), where=most + few > 0)
    roots = lowest ** (1 / order), highest ** (1 / order)
    size = worth ** (1 / order)
    rest = (order - 1) / order
    return roots, (size * least_share**rest, size * most_share**rest)


def nearest_lottery(goal: LotteryGoal, tolerance: float) -> Nearest:
    """Return the nearest weights at which a lottery is first, their distance and a lower bound."""
    if goal.reached(goal.weights[None])[0]:
        return Nearest(goal.weights, 0.0, 0.0)
    start = goal.likely()
    if start is None:
        start = goal.weights
    return nearest_to(goal, tolerance, start)
