"""ELECTRE I: which alternatives outrank which, and the kernel that nothing in it outranks (Roy, 1968)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from mcda.methods.table import read_single_table
from mcda.problem.arguments import check_number


@dataclass(frozen=True, eq=False)
class Electre1:
    """Concordance and discordance (m x m, blank on the diagonal), who outranks whom, and the kernel's alternatives."""

    concordance: pd.DataFrame
    discordance: pd.DataFrame
    outranks: pd.DataFrame
    kernel: tuple[Any, ...]


def electre1(
    matrix: Any, weights: Any, directions: Any, *, concordance: float = 0.65, discordance: float = 0.35
) -> Electre1:
    """Return who outranks whom in one table (m, n): enough weight is on its side, and no gap against it is too wide.

    Concordance of a over b is the weight of the criteria on which a is at least as good; discordance the widest gap
    against a, with the widest range of a criterion as its unit, after every column is divided by its sum. a outranks
    b where concordance is at least, and discordance at most, the threshold given. The kernel is what nobody outranks.
    Raises InputError as `topsis` does. Source: Roy (1968), RIRO 2(8).

    >>> electre1([[1, 1], [2, 2]], [1, 1], ["max", "max"]).kernel
    (1,)
    """
    for name, threshold in (("concordance", concordance), ("discordance", discordance)):
        check_number(threshold, lambda share: 0 <= share <= 1, f"{name} threshold", "a number from 0 to 1")
    table = read_single_table(matrix, weights, directions)
    total = table.matrix.sum(axis=0)
    oriented = table.matrix * table.signs / np.where(total != 0, np.abs(total), 1.0)
    ahead = oriented[:, None, :] - oriented[None, :, :]
    agree = ((ahead >= 0) * table.weights).sum(axis=-1)
    against = np.maximum(-ahead, 0).max(axis=-1) / (np.ptp(oriented, axis=0).max() or 1.0)
    outranks = (agree >= concordance) & (against <= discordance) & ~np.eye(len(agree), dtype=bool)
    blank = np.where(np.eye(len(agree), dtype=bool), np.nan, 0.0)
    by_pair = partial(pd.DataFrame, index=table.rows, columns=table.rows)
    kernel = tuple(table.rows[~outranks.any(axis=0)])
    return Electre1(by_pair(agree + blank), by_pair(against + blank), by_pair(outranks), kernel)
