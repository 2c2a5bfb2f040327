"""Competition ranks: 1 is best, equal scores share the better rank, and the next rank counts them all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mcda.problem.arguments import check_number
from mcda.problem.faults import Fault, InputError, refuse
from mcda.problem.names import as_numbers, name_faults

TIE_TOLERANCE = 1e-9


def ranks(scores: Any, tolerance: float = TIE_TOLERANCE) -> Any:
    """Return competition ranks of scores (..., m), higher being better; labels are kept.

    Scores closer than `tolerance` (relative to the largest score where that exceeds 1) to the next one share a rank.
    Raises InputError for a missing or infinite score.

    >>> ranks([0.7, 0.9, 0.7, 0.1]).tolist()
    [2, 1, 2, 4]
    """
    check_number(tolerance, lambda tolerance: 0 <= tolerance < np.inf, "tolerance", "a finite number of at least 0")
    labels = list(scores.index) if isinstance(scores, pd.Series) else None
    if labels is not None:
        refuse(name_faults(labels, "alternative"))
    numbers = as_numbers(scores, lambda at: f"score of '{labels[at[0]]}'" if labels else f"score {at[-1] + 1}")
    if not numbers.ndim or not numbers.shape[-1]:
        raise InputError(Fault("scores", "at least one score", "none"))
    ranked = competition_ranks(numbers, tolerance)
    return ranked if labels is None else pd.Series(ranked, index=scores.index, name="rank")


def competition_ranks(scores: np.ndarray, tolerance: float = TIE_TOLERANCE) -> np.ndarray:
    """Return ranks of scores (..., m) known to be finite."""
    order = np.argsort(-scores, axis=-1, kind="stable")
    sorted_scores = np.take_along_axis(scores, order, axis=-1)
    margin = tolerance * np.maximum(1.0, np.abs(scores).max(axis=-1, keepdims=True))
    starts = np.ones(scores.shape, dtype=bool)
    starts[..., 1:] = sorted_scores[..., :-1] - sorted_scores[..., 1:] > margin
    places = np.maximum.accumulate(np.where(starts, np.arange(1, scores.shape[-1] + 1), 0), axis=-1)
    ranked = np.empty(scores.shape, dtype=int)
    np.put_along_axis(ranked, order, places, axis=-1)
    return ranked
