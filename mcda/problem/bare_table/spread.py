"""An assumed range about numbers that have none: a share of each number, told as an assumption."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mcda.checks.arguments import check_number
from mcda.checks.significant_digits import plain
from mcda.files.tables.sheets import Note
from mcda.problem.bare_table.matrix import Matrix


def with_spread(matrix: Matrix, share: float) -> Matrix:
    """Return a table whose numbers without a range lie between a share less and a share more.

    Parameters
    ----------
    matrix : Matrix
        The table; ranges that it brought stay.
    share : float
        Of each number, above 0 and below 1.

    Returns
    -------
    Matrix
        The same with `low` and `high`, and a note that they are assumed.

    Raises
    ------
    InputError
        For a share that isn't one.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"cost": [10.0, -20.0]}, index=["A", "B"])
    >>> with_spread(Matrix("sites", table), 0.1).low["cost"].tolist()
    [9.0, -22.0]
    """
    check_number(
        share, lambda share: 0 < share < 1, "spread", "a share above 0 and below 1, as 10%"
    )
    table = matrix.performances
    reach = np.abs(table) * share
    low = table - reach
    high = table + reach
    if matrix.low is not None and matrix.high is not None:
        low[matrix.low.columns] = matrix.low
        high[matrix.high.columns] = matrix.high
    bare = [key for key in table if matrix.low is None or key not in matrix.low]
    sentence = f"one with {plain(100 * share)}% to either side (assumed, not evidence)"
    note = Note(matrix.name, "each number without a range", sentence)
    notes = (*matrix.notes, note) if bare else matrix.notes
    return replace(matrix, low=low, high=high, notes=notes)
