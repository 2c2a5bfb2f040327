"""The chance that parts which may fail to come about bring enough together."""

from __future__ import annotations

import numpy as np

# different sums of half the parts that are gone through: 34 parts of any amounts, or more of amounts that sum alike
MOST_SUMS = 2**17
FEW = 2**10  # sums that are gone through faster than they are compared with each other


def can_be_counted(brought: np.ndarray) -> bool:
    """Return whether the sums of parts (k,), in whole steps, are few enough to go through them all."""
    half = (len(brought) + 1) // 2
    return 2**half <= MOST_SUMS or bool(np.abs(brought).sum() < MOST_SUMS)


def chance_to_reach(needed: float, brought: np.ndarray, chances: np.ndarray) -> float:
    """Return the chance that what comes about reaches what is needed, from 0 to 1.

    brought (k,): what each part brings, in whole steps. chances (k,): that it comes about, each
    independently of the others. Every sum of half the parts meets those of the other half (Horowitz
    and Sahni, 1974), so the number is exact; what parts add to each other is left out.

    >>> chance_to_reach(5, np.array([5, 5]), np.array([0.9, 0.5]))
    0.95
    """
    half = len(brought) // 2
    sums, shares = _sums(brought[:half], chances[:half])
    others, their_shares = _sums(brought[half:], chances[half:])
    # the chance of the first j of the others, from j = 0 on: those from j on have the rest
    below = np.concatenate([[0.0], np.cumsum(their_shares)])
    first = np.searchsorted(others, needed - sums)
    # rounding leaves no chance above 1
    return min(1.0, float(shares @ (below[-1] - below[first])))


def _sums(brought: np.ndarray, chances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the sums of parts, in order, and the chance of each; of many the different ones."""
    sums: np.ndarray = np.zeros(1)
    shares: np.ndarray = np.ones(1)
    for steps, chance in zip(brought, chances, strict=True):
        sums = np.concatenate([sums, sums + steps])
        shares = np.concatenate([(1 - chance) * shares, chance * shares])
        if len(sums) > FEW:
            sums, at = np.unique(sums, return_inverse=True)
            shares = np.bincount(at, shares)
    order = np.argsort(sums, kind="stable")
    return sums[order], shares[order]
