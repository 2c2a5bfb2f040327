"""How much of a disagreement each choice makes: variance shares on a full factorial, exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

NONE = 1e-18  # a variance below it is what last bits of equal outcomes leave


def closed_share(outcomes: np.ndarray, factors: Sequence[int], whole: float | None = None) -> float:
    """Return the share of variance that the factors make among themselves.

    Their interactions with each other are included. outcomes has one axis for each factor and a
    last one for what is counted (say, which option leads, as 0 and 1): variances are summed over
    it. `whole` is the whole variance, where it is known. The share is 0 where nothing varies.
    Source: Sobol (1993); on a full factorial it is plain analysis of variance.

    >>> closed_share(np.array([[[0.0], [0.0]], [[1.0], [1.0]]]), [0])
    1.0
    """
    whole = variance(outcomes) if whole is None else whole
    others = [axis for axis in range(outcomes.ndim - 1) if axis not in factors]
    return variance(_mean_over(outcomes, others)) / whole if whole > NONE else 0.0


def total_share(outcomes: np.ndarray, factors: Sequence[int], whole: float | None = None) -> float:
    """Return the share of variance that goes when all factors but these are known.

    It is the part of these factors in every interaction.

    >>> total_share(np.array([[[0.0], [1.0]], [[1.0], [0.0]]]), [0])
    1.0
    """
    whole = variance(outcomes) if whole is None else whole
    rest = [axis for axis in range(outcomes.ndim - 1) if axis not in factors]
    return 1.0 - closed_share(outcomes, rest, whole) if whole > NONE else 0.0


def variance(outcomes: np.ndarray) -> float:
    """Return the variance of outcomes over all combinations, summed over what is counted."""
    axes = range(outcomes.ndim - 1)
    apart = outcomes - _mean_over(outcomes, axes)
    return float(_mean_over(apart**2, axes).sum())


def _mean_over(outcomes: np.ndarray, axes: Iterable[int]) -> np.ndarray:
    """Return the mean over some axes, which stay with a length of 1.

    One axis after the other: the first leaves a fraction of a large array, and each step goes
    through memory in its order. All at once takes five times as long.
    """
    for axis in axes:
        outcomes = outcomes.mean(axis=axis, keepdims=True)
    return outcomes
