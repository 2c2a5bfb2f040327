"""Whether any weights at all put an option first by anchored TOPSIS: a witness, or a proof that there are none."""

from __future__ import annotations

import numpy as np

MARGIN = 1e-6
FINEST = 2.0**-12


def somewhere_first(worth: np.ndarray, option: int, p: float) -> tuple[np.ndarray | None, bool]:
    """Return weights (n,) at which an option is first, or level with the first, and whether there can be any.

    worth (2, m, n) as `Weighed` has it. At a given closeness "this option reaches it, no other exceeds it" is linear in
    the p-th powers of the weights. So is a weaker claim for a range of closeness; ranges are halved until each is
    ruled out by a linear program or holds a witness. In any number of dimensions.

    >>> dominated = np.array([[0.9, 0.8], [0.2, 0.8]])
    >>> somewhere_first(np.stack([dominated**2, (1 - dominated) ** 2]), 1, 2.0)[1]
    True
    """
    open_ranges, undecided = [(0.0, 1.0)], False
    while open_ranges:
        low, high = open_ranges.pop()
        powers, margin = _widest(worth, option, low, high)
        if margin < -MARGIN:
            continue
        if _is_first(worth, option, powers):
            weights = powers ** (1 / p)
            return weights / weights.sum(), True
        middle = (low + high) / 2
        undecided |= high - low <= FINEST
        open_ranges += [(low, middle), (middle, high)] if high - low > FINEST else []
    return None, undecided


def _widest(worth: np.ndarray, option: int, low: float, high: float) -> tuple[np.ndarray, float]:
    """Return powers (n,) that sum to one and keep the weaker claim over a range by the widest margin, and that margin.

    The weaker claim: the option reaches the lowest closeness of the range, and no other exceeds the highest.
    """
    from scipy.optimize import linprog

    near, far = worth
    own = (1 - low) * near[option] - low * far[option]
    others = np.delete((1 - high) * near - high * far, option, axis=0)
    rows = np.vstack([-own, others])
    n = near.shape[1]
    found = linprog(
        np.r_[np.zeros(n), -1.0], A_ub=np.c_[rows, np.ones(len(rows))], b_ub=np.zeros(len(rows)),
        A_eq=np.r_[np.ones(n), 0.0][None], b_eq=[1.0], bounds=[(0, None)] * n + [(None, None)],
    )  # fmt: skip
    return np.maximum(found.x[:n], 0.0), float(found.x[n])


def _is_first(worth: np.ndarray, option: int, powers: np.ndarray) -> bool:
    near, far = worth @ powers
    share = near / np.where(near + far > 0, near + far, 1.0)
    return bool(share[option] >= share.max())
