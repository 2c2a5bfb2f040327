"""Competition ranks: 1 is the best, and equal scores share the better rank.

The next rank counts all that are before it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_number
from mcda.checks.faults import Fault, InputError, refuse
from mcda.checks.labels import as_numbers, name_faults

TIE_TOLERANCE = 1e-9  # far above the rounding of a score, far below any difference that counts
NARROW = 1e-290  # a range of scores below which a grid's steps would be too many for a float
LONG = 10_000  # scores from which a grid repays the passes that make it


def ranks(scores: Any, tolerance: float = TIE_TOLERANCE) -> Any:
    """Return competition ranks of scores, higher being better.

    Parameters
    ----------
    scores : array_like of shape (..., m)
        The scores; a Series has names.
    tolerance : float
        Scores closer than this to the next one (relative to the largest score if that exceeds 1)
        share a rank.

    Returns
    -------
    ndarray of shape (..., m) or pandas.Series
        Ranks from 1, the best; labelled if the scores are.

    Raises
    ------
    InputError
        For a missing or infinite score.

    Examples
    --------
    >>> ranks([0.7, 0.9, 0.7, 0.1]).tolist()
    [2, 1, 2, 4]
    """
    check_number(
        tolerance,
        lambda tolerance: 0 <= tolerance < np.inf,
        "tolerance",
        "a finite number of at least 0",
    )
    labels = list(scores.index) if isinstance(scores, pd.Series) else None
    if labels is not None:
        refuse(name_faults(labels, "alternative", numbered=True))
    numbers = as_numbers(
        scores,
        lambda at: f"score of '{labels[at[0]]}'" if labels else f"score {at[-1] + 1}",
        copy=False,
    )
    if not numbers.ndim or not numbers.shape[-1]:
        raise InputError(Fault("scores", "at least one score", "none"))
    ranked = competition_ranks(numbers, tolerance)
    return ranked if labels is None else pd.Series(ranked, index=scores.index, name="rank")


def competition_ranks(scores: np.ndarray, tolerance: float = TIE_TOLERANCE) -> np.ndarray:
    """Return ranks of scores (..., m) known to be finite."""
    m = scores.shape[-1]
    flat = np.ascontiguousarray(scores).reshape(-1, m)
    order, rising = _sorted(flat)
    order += np.arange(0, flat.size, m)[:, None]  # indices into all numbers
    ranked = np.empty(flat.size, dtype=int)
    ranked[order] = _places(rising[:, ::-1], tolerance)[:, ::-1]
    return ranked.reshape(scores.shape)


def _sorted(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the indices that sort rows of scores, and the sorted rows.

    Scores that are equal share a rank and come in any order.
    """
    if len(scores) == 1 and scores.size >= LONG:
        order = _order_on_a_grid(scores[0])
        rising = scores[0].take(order, mode="clip")  # clip: the indices are right and need no check
        if (rising[1:] >= rising[:-1]).all():
            return order[None], rising[None]
    # the fastest: the order of equals doesn't matter
    order = np.argsort(scores, axis=-1, kind="quicksort")
    return order, np.take_along_axis(scores, order, axis=-1)


def _order_on_a_grid(scores: np.ndarray) -> np.ndarray:
    """Return indices that sort many scores, unless some differ by less than a grid's step.

    One whole number holds a score's place on a grid over their range and, in its low bits, its
    index: these numbers are sorted without a look at the scores, faster than `argsort`.
    """
    # halves: their difference is finite
    low = scores.min() / 2
    high = scores.max() / 2
    bits = len(scores).bit_length()
    steps = scores / 2
    steps -= low
    steps *= 2.0 ** (62 - bits) / max(high - low, NARROW)
    keys = steps.astype(np.int64)
    keys <<= bits
    keys |= np.arange(len(scores))
    keys.sort()
    keys &= 2**bits - 1
    return keys


def _places(best_first: np.ndarray, tolerance: float) -> np.ndarray:
    """Return the rank at each place of falling scores (..., m).

    A place opens a rank unless it ties with the one before.
    """
    largest = np.maximum(np.abs(best_first[..., :1]), np.abs(best_first[..., -1:]))
    margin = tolerance * np.maximum(1.0, largest)
    places = np.arange(1, best_first.shape[-1] + 1)
    tied = best_first[..., :-1] - best_first[..., 1:] <= margin
    if not tied.any():
        return np.broadcast_to(places, best_first.shape)
    opened = np.broadcast_to(places, best_first.shape).copy()
    opened[..., 1:][tied] = 0
    return np.maximum.accumulate(opened, axis=-1)
