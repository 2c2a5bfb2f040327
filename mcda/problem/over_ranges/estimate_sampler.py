"""Draws of a question's estimates: each from a uniform stream of its own, made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TypeAlias

import numpy as np

from mcda.problem.estimates import Estimate, modes
from mcda.sampling.correlation import Correlations
from mcda.sampling.distributions import (
    CONTINUOUS,
    COUNTED,
    PIECES,
    POINTED,
    counted_share,
    pieced,
    stepped,
)
from mcda.sampling.streams import bits, fractions, stream

STREAM = "estimate/"
# estimates drawn together, at least: their tables stay in the cache, and the next ones use the
# same memory
AT_ONCE = 32
# of very many estimates a chunk holds few draws, and each part costs its calls
MOST_PARTS = 64

Quantile: TypeAlias = tuple[Callable[..., np.ndarray], tuple[np.ndarray, ...]]
Part: TypeAlias = tuple[np.ndarray, Correlations, list[tuple[slice, list[int], Quantile]]]


@dataclass(frozen=True, eq=False)
class Drawing:
    """How every estimate is drawn: draw d depends on the seed, the estimate's key and d alone.

    `varying` are the keys that are drawn; the others stay at their best estimates. Estimates that
    are correlated also depend on those before them in their group.
    """

    estimates: Mapping[str, Estimate]
    seed: int
    varying: tuple[str, ...]
    correlations: Correlations

    def numbers(self, first: int, count: int) -> np.ndarray:
        """Return draws first, first + 1, ... of each estimate: (estimates, count), draws last."""
        numbers = np.empty((len(self.estimates), count))
        numbers[self._fixed] = self._modes[self._fixed, None]
        for starts, together, runs in self._parts:
            u = together.mixed(fractions(bits(starts, first, count)))
            for run, rows, (quantile, shape) in runs:
                numbers[rows] = quantile(u[run], *shape)
        return numbers

    def only(self, keys: Iterable[str]) -> Drawing:
        """Return the drawing of some estimates and those correlated with them: the same numbers."""
        needed = set(keys)
        if needed >= self.estimates.keys():
            return self
        rows = self.correlations.hanging_together(
            at for at, key in enumerate(self.varying) if key in needed
        )
        varying = tuple(self.varying[row] for row in rows)
        whole = needed.union(varying)
        estimates = {key: estimate for key, estimate in self.estimates.items() if key in whole}
        return Drawing(estimates, self.seed, varying, self.correlations.among(rows))

    @cached_property
    def _modes(self) -> np.ndarray:
        return modes(self.estimates)

    @cached_property
    def _position(self) -> dict[str, int]:
        return {key: at for at, key in enumerate(self.estimates)}

    @cached_property
    def _fixed(self) -> np.ndarray:
        varying = set(self.varying)
        return np.array(
            [at for at, key in enumerate(self.estimates) if key not in varying], dtype=int
        )

    @cached_property
    def _parts(self) -> list[Part]:
        """The estimates that vary, a few at a time: first the correlated ones, all together."""
        together = [int(row) for rows, _ in self.correlations.groups for row in rows]
        alone = sorted(set(range(len(self.varying))) - set(together), key=self._kind)
        step = max(AT_ONCE, len(alone) // MOST_PARTS)
        cuts = [together, *(alone[at : at + step] for at in range(0, len(alone), step))]
        return [self._part(sorted(rows, key=self._kind)) for rows in cuts if rows]

    def _part(self, varying: Sequence[int]) -> Part:
        """Return the starts of the streams of some rows, their correlations, and their runs.

        A run is the rows of one distribution, which one call draws.
        """
        runs = []
        end = 0
        for _, kind in groupby(varying, key=self._kind):
            keys = [self.varying[row] for row in kind]
            run = slice(end, end + len(keys))
            rows = [self._position[key] for key in keys]
            runs.append((run, rows, _quantile([self.estimates[key] for key in keys])))
            end = run.stop
        starts = np.array(
            [stream(self.seed, STREAM + self.varying[row]) for row in varying], dtype=np.uint64
        )
        return starts, self.correlations.among(varying), runs

    def _kind(self, row: int) -> tuple[str, int]:
        """Return what the estimates that one call draws share: their distribution.

        One over points is drawn alone.
        """
        distribution = self.estimates[self.varying[row]].distribution
        return distribution, row if distribution in POINTED else 0


def _quantile(alike: Sequence[Estimate]) -> Quantile:
    """Return the quantile function of estimates of one distribution, and its other arguments."""
    one = alike[0]
    name = one.distribution
    if name == PIECES:
        return pieced, (np.array(one.points), np.array(one.chances))
    if name in POINTED:
        even = [1 / len(one.points)] * len(one.points)
        return stepped, (np.array(one.points), np.array(one.chances or even))
    if name == COUNTED:
        shapes = [
            (estimate.scale, estimate.counts[0], estimate.counts[1] - estimate.counts[0])
            for estimate in alike
        ]
        return counted_share, tuple(np.array(shapes).T[..., None])
    low, high = np.array([estimate.ends for estimate in alike]).T[..., None]
    mode = np.array([estimate.mode for estimate in alike])[:, None]
    return CONTINUOUS[name], (low, mode, high)
