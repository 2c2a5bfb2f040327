"""Weights spread evenly over the simplex: nets of scrambled Sobol points.

Far fewer of them than of independent draws give the same error, where weights alone are uncertain.
Each net is scrambled by itself: nets are independent of each other, so how their results differ
tells the error.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mcda.preferences.weighting.spaces import ConstrainedWeights, WeightSpace
from mcda.sampling.streams import stream

# draws of a net, powers of two: Sobol points are even only in such numbers
SMALLEST = 2**6
LARGEST = 2**16
REPEATS = 16  # nets at least: how their results differ tells the error


@dataclass(frozen=True, eq=False)
class EvenWeights(WeightSpace):
    """Every weight vector, all equally likely, drawn net by net.

    `size` draws, a power of two, make a net. Row d depends on the seed, the holder, the size and d
    alone: it is point d % size of net d // size. Source: Owen (1995), randomly permuted nets; Sobol
    (1967).
    """

    size: int = field(default=SMALLEST, kw_only=True)

    def _draw(self, n: int, seed: int, first: int, key: str) -> np.ndarray:
        parts = [np.empty((0, len(self.tops) - 1))]
        for net in range(first // self.size, -(-(first + n) // self.size)):
            low, high = (min(max(at - net * self.size, 0), self.size) for at in (first, first + n))
            parts.append(
                sobol_points(stream(seed, f"{key}/net {net}"), low, high, len(self.tops) - 1)
            )
        return broken_sticks(np.concatenate(parts))


def evenly(space: WeightSpace, n: int) -> WeightSpace:
    """Return the space drawn by nets, at least `REPEATS` of them.

    A space that isn't whole, or an n that is too small, gives the space as it is.

    >>> from mcda.preferences.weighting.spaces import weight_space
    >>> evenly(weight_space(["cost", "legal"]), n=100_000).size
    4096
    """
    whole = isinstance(space, ConstrainedWeights) and not space.constraints
    if not whole or len(space.tops) < 2 or n < REPEATS * SMALLEST:
        return space
    size = min(2 ** ((n // REPEATS).bit_length() - 1), LARGEST)
    return EvenWeights(space.tops, space.holder, spread=space.spread, size=size)


def sobol_points(scramble: int, low: int, high: int, dimensions: int) -> np.ndarray:
    """Return points low to high - 1 of a scrambled Sobol sequence in [0, 1).

    Their shape is (high - low, dimensions).
    """
    from scipy.stats.qmc import Sobol

    points = Sobol(dimensions, seed=np.random.default_rng(scramble))
    # a lone first point: the sequence warns of a first run that isn't a power of two
    start = points.random(1)
    if low:
        points.fast_forward(low - 1)
    rest = points.random(high - max(low, 1)) if high > max(low, 1) else start[:0]
    return rest if low else np.concatenate([start[:high], rest])


def broken_sticks(u: np.ndarray) -> np.ndarray:
    """Return weights (..., n + 1) for uniform numbers (..., n).

    Each number breaks its share off what is left of a stick. The weights are uniform on the simplex
    if the numbers are uniform (Devroye, 1986, ch. 5), and neighbours stay neighbours.

    >>> broken_sticks(np.array([0.75, 0.5])).tolist()
    [0.5, 0.25, 0.25]
    """
    weights = np.empty((*u.shape[:-1], u.shape[-1] + 1))
    left = np.ones(u.shape[:-1])
    for at in range(u.shape[-1]):
        rest = left * (1.0 - u[..., at]) ** (1.0 / (u.shape[-1] - at))
        weights[..., at] = left - rest
        left = rest
    weights[..., -1] = left
    return weights
