"""Parts divided by their sum: all weights, priorities and shares, before they are used."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mcda.checks.faults import Fault, InputError, refuse
from mcda.checks.significant_digits import plain


def normalised(weights: np.ndarray, criteria: Sequence[str]) -> np.ndarray:
    """Return weights (..., n) divided by their sum.

    Raises InputError for a negative weight or only zeros.
    """
    below = weights < 0
    if below.any():
        refuse(
            Fault(
                f"weight of '{criteria[at[-1]]}'",
                "a number of at least 0",
                plain(weights[tuple(at)]),
                "turn the criterion's direction round instead",
            )
            for at in np.argwhere(below).tolist()
        )
    largest = weights.max(axis=-1, keepdims=True, initial=0)
    if not (largest > 0).all():
        raise InputError(
            Fault("weights", "at least one weight above 0", "only zeros", "say what counts")
        )
    shares = np.asarray(weights / largest)
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares
