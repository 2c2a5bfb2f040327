"""COPRAS: complex proportional assessment (Zavadskas, Kaklauskas and Sarka, 1994)."""

from __future__ import annotations

from typing import Any

import numpy as np

from mcda.checks.faults import Fault, refuse
from mcda.checks.significant_digits import plain
from mcda.methods.decision_table import Table, read_table


def copras(matrix: Any, weights: Any = None, directions: Any = None) -> Any:
    """Return the utility of each alternative relative to the leading one, 0 to 1, by COPRAS.

    Benefits add to utility, costs take from it. Columns are divided by their sum. Without costs,
    utility is the sum of benefits alone.

    Parameters
    ----------
    matrix : array_like of shape (..., m, n)
        Performances in natural units, none negative.
    weights : array_like of shape (..., n) or mapping of str to float
        Weights in any unit, divided by their sum.
    directions : sequence or mapping of str
        "max" or "min" for each criterion.

    Returns
    -------
    ndarray of shape (..., m) or pandas.Series
        The utility; labelled if the matrix is.

    Raises
    ------
    InputError
        That names the cell.

    References
    ----------
    Zavadskas, Kaklauskas and Sarka (1994), Technological and Economic Development of Economy 1(3).

    Examples
    --------
    >>> copras([[1, 5], [4, 1], [2, 2]], [1, 1], ["max", "max"]).round(4).tolist()
    [1.0, 0.907, 0.6977]
    """
    table = read_table(matrix, weights, directions)
    _check(table)
    total = table.matrix.sum(axis=-2, keepdims=True)
    weighted = table.matrix / np.where(total > 0, total, 1.0) * table.weights[..., None, :]
    benefits = (weighted * (table.signs > 0)).sum(axis=-1)
    costs = (weighted * (table.signs < 0)).sum(axis=-1)
    relative = benefits + _cost_share(costs)
    top = relative.max(axis=-1, keepdims=True)
    # where all are 0 throughout, each is as good as the leading one
    shares = np.where(top > 0, relative / np.where(top > 0, top, 1.0), 1.0)
    return table.labelled(shares, "utility")


def _cost_share(costs: np.ndarray) -> np.ndarray:
    """Return what low costs add: the sum of costs, shared in proportion to their reciprocals."""
    inverse = 1.0 / np.where(costs > 0, costs, 1.0)
    return np.where(
        costs > 0,
        costs.sum(axis=-1, keepdims=True) * inverse / inverse.sum(axis=-1, keepdims=True),
        0.0,
    )


def _check(table: Table) -> None:
    remedy = "use a method that takes such values, such as topsis"
    refuse(
        Fault(table.cell(at), "a value that isn't negative", plain(table.matrix[tuple(at)]), remedy)
        for at in np.argwhere(table.matrix < 0).tolist()
    )
    # where no cost weighs anything none adds anything: the limit of ever smaller weights
    counted = (table.signs < 0) & (table.weights[..., None, :] > 0)
    free = ((table.matrix > 0) & counted).any(axis=-1)
    refuse(
        Fault(
            f"alternative '{table.alternatives[at[-1]]}'",
            "some cost above 0",
            "none, so its share is infinite",
            remedy,
        )
        for at in np.argwhere(~free & counted.any(axis=-1)).tolist()
    )
