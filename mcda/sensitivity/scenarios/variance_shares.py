"""How much of a disagreement each choice makes: variance shares on a full factorial, exact."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

NONE = 1e-18  # a variance below it is what last bits of equal outcomes leave


class VarianceShares:
    """The shares of the variance of outcomes that factors make.

    outcomes has one axis for each factor and a last one for what is counted (say, which option
    leads, as 0 and 1): variances are summed over it. A share is 0 where nothing varies. Source:
    Sobol (1993); on a full factorial it is plain analysis of variance.
    """

    def __init__(self, outcomes: np.ndarray) -> None:
        self.factors = range(outcomes.ndim - 1)
        self._means: dict[tuple[int, ...], np.ndarray] = {(): outcomes}
        self.mean = self._mean(tuple(self.factors))
        self.whole = self._variance(())

    def closed(self, factors: Collection[int]) -> float:
        """Return the share of variance that the factors make among themselves.

        Their interactions with each other are included.

        >>> VarianceShares(np.array([[[0.0], [0.0]], [[1.0], [1.0]]])).closed([0])
        1.0
        """
        if self.whole <= NONE:
            return 0.0
        others = tuple(factor for factor in self.factors if factor not in factors)
        return self._variance(others) / self.whole

    def total(self, factors: Collection[int]) -> float:
        """Return the share of variance that goes when all factors but these are known.

        It is the part of these factors in every interaction.

        >>> VarianceShares(np.array([[[0.0], [1.0]], [[1.0], [0.0]]])).total([0])
        1.0
        """
        if self.whole <= NONE:
            return 0.0
        return 1.0 - self.closed([factor for factor in self.factors if factor not in factors])

    def by_level(self, factor: int) -> np.ndarray:
        """Return the mean outcomes at each level of a factor, (levels, what is counted).

        >>> VarianceShares(np.array([[[0.0], [0.5]], [[1.0], [1.0]]])).by_level(0).tolist()
        [[0.25], [1.0]]
        """
        means = self._mean(tuple(one for one in self.factors if one != factor))
        return means.reshape(-1, means.shape[-1])

    def _variance(self, axes: tuple[int, ...]) -> float:
        """Return the variance of the means over some axes, summed over what is counted."""
        apart = self._mean(axes) - self.mean
        combinations = apart.size // apart.shape[-1]
        return float(np.square(apart, out=apart).sum()) / combinations

    def _mean(self, axes: tuple[int, ...]) -> np.ndarray:
        """Return the mean over some axes, which stay with a length of 1.

        It is made from that over all of them but the last, which many shares have in common. One
        axis after the other: the first leaves a fraction of a large array.
        """
        if axes not in self._means:
            self._means[axes] = self._mean(axes[:-1]).mean(axis=axes[-1], keepdims=True)
        return self._means[axes]
