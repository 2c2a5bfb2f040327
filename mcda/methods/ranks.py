"""Competition ranks: 1 is the best, and equal scores share the better rank.

The next rank counts all that are before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_number
from mcda.checks.faults import Fault, InputError, refuse
from mcda.checks.labels import as_numbers, name_faults

TIE_TOLERANCE = 1e-9  # far above the rounding of a score, far below any difference that counts
NARROW = 1e-290  # a range of scores below which a grid's steps would be too many for a float
LONG = 10_000  # scores from which a grid repays the passes that make it
SPAN = 2**14  # scores looked at together: fresh memory for all of very many costs more than a pass


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
    tied = _tied(rising, tolerance)
    by_place = order.reshape(-1)
    ranked = _memory_of(rising)
    for some in _spans(m):
        places = by_place[some] if len(order) == 1 else order[:, some]
        ranked[places] = np.arange(m - some.start, m - some.stop, -1)
    if tied.any():
        at, best = _bests(tied)
        ranked[by_place[at]] = ranked[by_place[best]]
    return ranked.reshape(scores.shape)


def _memory_of(seen: np.ndarray) -> np.ndarray:
    """Return room for ranks in the place of scores that have been seen."""
    if seen.dtype.itemsize != np.dtype(int).itemsize:
        return np.empty(seen.size, dtype=int)
    return seen.reshape(-1).view(int)


def _spans(size: int) -> Iterator[slice]:
    """Go through a long row piece by piece: what a piece needs stays in the cache.

    >>> list(_spans(3))
    [slice(0, 3, None)]
    """
    for first in range(0, size, SPAN):
        yield slice(first, min(first + SPAN, size))


def _sorted(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the indices that sort rows of scores, and the sorted rows.

    Scores that are equal share a rank and come in any order.
    """
    if len(scores) == 1 and scores.size >= LONG:
        order = _order_on_a_grid(scores[0])
        rising = scores[0].take(order, mode="clip")  # clip: the indices are right and need no check
        falls = _falls(rising)
        if (np.diff(falls) > 1).all():  # pairs that share a step of the grid
            _swap(order, falls)
            _swap(rising, falls)
        if not len(falls) or not len(_falls(rising)):
            return order[None], rising[None]
    # the fastest: the order of equals doesn't matter
    order = np.argsort(scores, axis=-1, kind="quicksort")
    return order, np.take_along_axis(scores, order, axis=-1)


def _falls(numbers: np.ndarray) -> np.ndarray:
    """Return where a number is larger than the next one."""
    return np.flatnonzero(numbers[1:] < numbers[:-1])


def _swap(numbers: np.ndarray, at: np.ndarray) -> None:
    """Let numbers at some places change places with the next ones; no two places are neighbours."""
    first = numbers[at]
    numbers[at] = numbers[at + 1]
    numbers[at + 1] = first


def _order_on_a_grid(scores: np.ndarray) -> np.ndarray:
    """Return indices that sort many scores, unless some differ by less than a grid's step.

    One whole number holds a score's place on a grid over their range and, in its low bits, its
    index: these numbers are sorted without a look at the scores, faster than `argsort`.
    """
    # halves: their difference is finite
    low = scores.min() / 2
    high = scores.max() / 2
    bits = len(scores).bit_length()
    scale = 2.0 ** (62 - bits) / max(high - low, NARROW)
    keys = np.empty(len(scores), dtype=np.int64)
    for some in _spans(len(scores)):
        steps = scores[some] / 2
        steps -= low
        steps *= scale
        keys[some] = steps
        keys[some] <<= bits
        keys[some] |= np.arange(some.start, some.stop)
    keys.sort()
    keys &= 2**bits - 1
    return keys


def _tied(rising: np.ndarray, tolerance: float) -> np.ndarray:
    """Return which of rising scores (tables, m) tie with the next better one."""
    m = rising.shape[-1]
    margin = tie_margin(rising[:, -1:], rising[:, :1], tolerance)
    tied = np.zeros(rising.shape, dtype=bool)
    for some in _spans(m - 1):
        better = rising[:, some.start + 1 : some.stop + 1]
        tied[:, some] = better - rising[:, some] <= margin
    return tied


def tie_margin(best: np.ndarray, worst: np.ndarray, tolerance: float = TIE_TOLERANCE) -> np.ndarray:
    """Return by how much scores between the best and the worst may differ and still tie."""
    return np.asarray(tolerance * np.maximum(1.0, np.maximum(np.abs(worst), np.abs(best))))


def _bests(tied: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where scores tie with the next better one, and the best of each tie, as flat indices.

    >>> at, best = _bests(np.array([[True, True, False], [False, True, False]]))
    >>> at.tolist(), best.tolist()
    ([0, 1, 4], [2, 2, 5])
    """
    at = np.flatnonzero(tied)
    # ties go on up to the best without a gap, and none goes on to the next table
    is_last = np.append(np.diff(at) > 1, True)
    best = at[is_last] + 1
    return at, best[np.cumsum(is_last) - is_last]
