"""The chance that parts which may fail to come about bring enough together."""

from __future__ import annotations

import numpy as np


def chance_to_reach(needed: float, brought: np.ndarray, chances: np.ndarray) -> float:
    """Return the chance that what comes about reaches what is needed, from 0 to 1.

    brought (k,): what each part brings, in whole steps. chances (k,): that it comes about, each
    independently of the others. Every sum is counted with its chance, so the number is exact; what
    parts add to each other is left out.

    >>> chance_to_reach(5, np.array([5, 5]), np.array([0.9, 0.5]))
    0.95
    """
    least = int(np.minimum(brought, 0).sum())
    sums = np.zeros(int(np.abs(brought).sum()) + 1)
    sums[-least] = 1.0
    for steps, chance in zip(brought.tolist(), chances.tolist(), strict=True):
        moved = np.zeros_like(sums)
        if steps >= 0:
            moved[steps:] = sums[: len(sums) - steps]
        else:
            moved[:steps] = sums[-steps:]
        sums = (1 - chance) * sums + chance * moved
    first = int(np.clip(needed - least, 0, len(sums)))
    return float(sums[first:].sum())
