"""Draws of a question's estimates: each from a uniform stream of its own, made when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.problem.correlation import Correlations
from mcda.problem.counter import bits, fractions, stream
from mcda.problem.distributions import CONTINUOUS, POINTED, stepped
from mcda.problem.evidence import Estimate, modes

STREAM = "estimate/"


@dataclass(frozen=True, eq=False)
class Drawing:
    """How every estimate is drawn: draw d of an estimate depends on the seed, its key and d alone.

    `varying` are the keys that are drawn; the others stay at their best estimates. Estimates that are correlated also
    depend on those before them in their group.
    """

    estimates: Mapping[str, Estimate]
    seed: int
    varying: tuple[str, ...]
    correlations: Correlations

    def numbers(self, first: int, count: int) -> np.ndarray:
        """Return draws first, first + 1, ... of each estimate: (estimates, count), draws last."""
        numbers = np.empty((len(self.estimates), count))
        numbers[self._fixed] = self._modes[self._fixed, None]
        u = self.correlations.mixed(fractions(bits(self._starts, first, count)))
        for name, (drawn, rows, ends) in self._families.items():
            numbers[rows] = CONTINUOUS[name](u[drawn], *ends)
        for at, row, points, chances in self._pointed:
            numbers[row] = stepped(u[at], points, chances)
        return numbers

    @cached_property
    def _modes(self) -> np.ndarray:
        return modes(self.estimates)

    @cached_property
    def _position(self) -> dict[str, int]:
        return {key: at for at, key in enumerate(self.estimates)}

    @cached_property
    def _fixed(self) -> np.ndarray:
        varying = set(self.varying)
        return np.array([at for at, key in enumerate(self.estimates) if key not in varying], dtype=int)

    @cached_property
    def _starts(self) -> np.ndarray:
        return np.array([stream(self.seed, STREAM + key) for key in self.varying], dtype=np.uint64)

    @cached_property
    def _families(self) -> dict[str, tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]]:
        """By distribution: which uniforms it takes, which numbers it makes, and its low, mode and high as columns."""
        families: dict[str, tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]] = {}
        for name in CONTINUOUS:
            drawn = [at for at, key in enumerate(self.varying) if self.estimates[key].distribution == name]
            held = [self.estimates[self.varying[at]] for at in drawn]
            if held:
                rows = np.array([self._position[estimate.key] for estimate in held])
                low, high = np.array([estimate.ends for estimate in held]).T[..., None]
                mode = np.array([estimate.mode for estimate in held])[:, None]
                families[name] = (np.array(drawn), rows, (low, mode, high))
        return families

    @cached_property
    def _pointed(self) -> list[tuple[int, int, np.ndarray, np.ndarray]]:
        held = [(at, self.estimates[key]) for at, key in enumerate(self.varying)]
        return [
            (at, self._position[estimate.key], np.array(estimate.points),
             np.array(estimate.chances or [1 / len(estimate.points)] * len(estimate.points)))
            for at, estimate in held if estimate.distribution in POINTED
        ]  # fmt: skip
