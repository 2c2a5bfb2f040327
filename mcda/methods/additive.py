"""The additive value model: the transparent benchmark beside which every other method is shown."""

from __future__ import annotations

from typing import Any

import numpy as np

from mcda.checks.faults import Fault, InputError
from mcda.checks.labels import all_finite
from mcda.methods.decision_table import names_of, read_floats
from mcda.problem.bare_table.matrix import Matrix


def additive(values: Any, weights: Any) -> Any:
    """Return the weighted mean of values, alternatives x criteria.

    Parameters
    ----------
    values : array_like of shape (..., m, n)
        Values that are all better when higher; a DataFrame has names.
    weights : array_like of shape (..., n) or mapping of str to float
        Weights in any unit, divided by their sum.

    Returns
    -------
    ndarray of shape (..., m) or pandas.Series
        The scores; labelled if the table is.

    Raises
    ------
    InputError
        That names the alternative and the criterion of what is wrong (positions for plain arrays).

    References
    ----------
    Keeney and Raiffa (1976), Decisions with Multiple Objectives.

    Examples
    --------
    >>> additive([[1.0, 0.0], [0.4, 0.8]], [3, 1]).round(3).tolist()
    [0.75, 0.5]
    """
    if isinstance(values, Matrix):
        remedy = "mcda.rank(matrix, method='additive') puts it on scales first"
        raise InputError(
            Fault("values", "values that are better when higher", "a matrix as read", remedy)
        )
    table = read_floats(values, weights, ["max"] * len(names_of(values)[1]))
    scores = weighted_sum(table.matrix, table.weights)
    # what isn't finite leaves a score that isn't, even under a weight of 0
    table.check(all_finite(scores))
    return table.labelled(scores, "score")


def weighted_sum(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return scores (..., m) of values (..., m, n) under weights (..., n) that sum to one."""
    # one pass, row by row: no table of products is made
    return np.asarray(np.einsum("...mn,...n->...m", values, weights))
