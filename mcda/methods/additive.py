"""The additive value model: the transparent benchmark beside which every other method is shown."""

from __future__ import annotations

from typing import Any

import numpy as np

from mcda.methods.decision_table import names_of, read_table


def additive(values: Any, weights: Any) -> Any:
    """Return the weighted mean of values, alternatives x criteria, all of which are better when higher.

    values (..., m, n) and weights (..., n) give scores (..., m); weights are divided by their sum.
    Labelled tables give a labelled score. Raises InputError as `topsis` does.
    Source: Keeney and Raiffa (1976), Decisions with Multiple Objectives.

    >>> additive([[1.0, 0.0], [0.4, 0.8]], [3, 1]).round(3).tolist()
    [0.75, 0.5]
    """
    table = read_table(values, weights, ["max"] * len(names_of(values)[1]))
    return table.labelled(weighted_sum(table.matrix, table.weights), "score")


def weighted_sum(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return scores (..., m) of values (..., m, n) under weights (..., n) that sum to one."""
    return np.einsum(
        "...mn,...n->...m", values, weights
    )  # one pass, row by row: no table of products is made
