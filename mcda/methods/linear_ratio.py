"""Linear ratio scaling: each value relative to the column's best."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, refuse
from mcda.checks.significant_digits import plain
from mcda.methods.decision_table import names_of, read_table


def linear_ratio(matrix: Any, directions: Any = None) -> Any:
    """Return x / max for what should be high and min / x for what should be low: 1 is the best.

    The scale rests on the alternatives at hand: it serves to replicate published weighted sums, not
    to state what a performance is worth.

    Parameters
    ----------
    matrix : array_like of shape (..., m, n), or Matrix
        Performances in natural units, all above 0. One that `read_matrix` gave brings the weights and
        directions that aren't given.
    directions : sequence or mapping of str
        "max" or "min" for each criterion.

    Returns
    -------
    ndarray or pandas.DataFrame of shape (..., m, n)
        The ratios, above 0 and at most 1; labelled if the matrix is.

    Raises
    ------
    InputError
        That names a cell not above 0.

    Examples
    --------
    >>> linear_ratio([[2.0, 10.0], [4.0, 20.0]], ["max", "min"]).tolist()
    [[0.5, 1.0], [1.0, 0.5]]
    """
    table = read_table(matrix, np.ones(len(names_of(matrix)[1])), directions)
    refuse(
        Fault(
            table.cell(at),
            "a value above 0",
            plain(table.matrix[tuple(at)]),
            "use another scaling, such as minmax or a value scale",
        )
        for at in np.argwhere(table.matrix <= 0).tolist()
    )
    top = table.matrix.max(axis=-2, keepdims=True)
    bottom = table.matrix.min(axis=-2, keepdims=True)
    scaled = np.where(table.signs > 0, table.matrix / top, bottom / table.matrix)
    labelled = table.index is not None
    return pd.DataFrame(scaled, table.index, list(table.criteria)) if labelled else scaled
