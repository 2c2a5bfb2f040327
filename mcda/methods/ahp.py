"""AHP synthesis: local priorities of options on each criterion, weighed into one score."""

from __future__ import annotations

import numpy as np

from mcda.checks.arguments import check_word
from mcda.methods.additive import weighted_sum
from mcda.preferences.hierarchies.hierarchy import MODES


def synthesis(values: np.ndarray, weights: np.ndarray, mode: str = "ratings") -> np.ndarray:
    """Return AHP scores (..., m) of values (..., m, n) on 0-1 scales under weights (..., n).

    The weights sum to one. "ratings" (absolute measurement, Saaty 1980) rates each option on the
    fixed scale: no other option touches its score. "ideal" divides each criterion by its best
    option (Saaty 1994), "distributive" by the sum over options (Saaty 1980): in both, adding or
    dropping an option can reverse the order of the others (Belton and Gear, 1983). A criterion on
    which every option has value 0 adds 0 to all of them. Raises InputError for an unknown mode.

    >>> values = np.array([[0.2, 0.8], [0.4, 0.4]])
    >>> synthesis(values, np.array([0.5, 0.5]), "ideal").round(3).tolist()
    [0.75, 0.75]
    """
    check_word(mode, MODES, "AHP mode")
    if mode == "ratings":
        return weighted_sum(values, weights)
    unit = (
        values.max(axis=-2, keepdims=True)
        if mode == "ideal"
        else values.sum(axis=-2, keepdims=True)
    )
    return weighted_sum(values / np.where(unit > 0, unit, 1.0), weights)
