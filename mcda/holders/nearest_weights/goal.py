"""The goal to put an option first by anchored TOPSIS, and how its leads bend with the weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.holders.nearest_weights.boxes import middles
from mcda.sampling.bisection import HALVINGS_OF_WAY, halved
from mcda.sampling.polytope import Polytope

LEVEL = 1e-9  # as the tolerance of ties: options so near are first together
SMALLEST = 1e-300  # keeps a division by 0 finite, and is below every distance that can be told


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest weights at which an option is first, their distance, and a proven lower bound.

    The weights are None where none were found. Distance and bound are infinite where there are none.
    """

    weights: np.ndarray | None
    distance: float
    bound: float


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

    def distance(self, weights: np.ndarray) -> np.ndarray:
        """Return the sum of absolute changes (...) that leads to weights (..., n)."""
        return np.asarray(abs(weights - self.weights).sum(axis=-1))

    def towards(self, targets: np.ndarray) -> np.ndarray:
        """Return the nearest weights on the way to targets (k, n) at which the option is first.

        Targets outside of the space, or at which it isn't first, are left out.
        """
        targets = targets[self.space.contains(targets, LEVEL)]
        targets = targets[self.reached(targets)]
        if not len(targets):
            return targets

        def on_the_way(shares: np.ndarray) -> np.ndarray:
            return np.asarray(self.weights + shares[:, None] * (targets - self.weights))

        _, shares = halved(
            lambda shares: self.reached(on_the_way(shares)),
            np.zeros(len(targets)),
            np.ones(len(targets)),
            HALVINGS_OF_WAY,
        )
        return on_the_way(shares)

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

    def gradients(self, weights: np.ndarray) -> np.ndarray:
        """Return the slopes of the leads, (k, m, n), at weights (k, n)."""
        m, n, _ = self.bends.shape
        by_power = (weights**self.order @ self.bends.reshape(m * n, n).T).reshape(-1, m, n)
        return np.asarray(by_power * (self.order * weights ** (self.order - 1))[:, None])

    def planes(
        self, boxes: np.ndarray, bends: np.ndarray, box: np.ndarray, row: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return planes above leads over boxes: their heights (pairs,) in the middle, and slopes.

        boxes: (k, 2, n); bends: (rows, n, n), as in `bends`. box and row (pairs,): which plane is
        over which box; the slopes are (pairs, n). A lead is a quadratic form in the powers, here
        around their middles: bends add at most what they make of the ways to the ends. A power lies
        below its chord and above its tangent: the one bounds a lead that rises with it, the other
        one that falls.
        """
        rows, n, _ = bends.shape
        centre = middles(boxes)
        powers = boxes**self.order
        middle = middles(powers)
        reach = powers[:, 1] - middle
        width = boxes[:, 1] - boxes[:, 0]
        tangent = self.order * centre ** (self.order - 1)
        chord = np.divide(2 * reach, width, out=tangent.copy(), where=width > 0)
        sag = middle - centre**self.order
        rise = (middle @ bends.reshape(rows * n, n).T).reshape(-1, rows, n)[box, row]
        steep = np.where(np.eye(n, dtype=bool), np.maximum(bends, 0), abs(bends))
        ways = (reach[:, :, None] * reach[:, None]).reshape(-1, n * n)
        bent = (ways @ steep.reshape(rows, n * n).T)[box, row]
        fall = np.minimum(rise, 0)
        heights = ((rise * middle[box]).sum(axis=1) + bent) / 2 - (fall * sag[box]).sum(axis=1)
        return heights, rise * chord[box] + fall * (tangent - chord)[box]
