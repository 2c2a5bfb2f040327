"""PROMETHEE I and II: flows of pairwise preference, and the orders that they give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError
from mcda.methods.decision_table import read_single_table
from mcda.methods.outranking.preference_functions import preference_degrees
from mcda.methods.ranks import TIE_TOLERANCE


def promethee2(
    matrix: Any,
    weights: Any = None,
    directions: Any = None,
    *,
    preference: Any = "usual",
    q: Any = None,
    p: Any = None,
    s: Any = None,
) -> pd.DataFrame:
    """Return plus, minus and net flow of each alternative: the mean preference over the others.

    Parameters
    ----------
    matrix : array_like of shape (m, n), or Matrix
        Performances in natural units. One that `read_matrix` gave brings the weights and
        directions that aren't given.
    weights : array_like of shape (n,) or mapping of str to float
        Weights in any unit, divided by their sum.
    directions : sequence or mapping of str
        "max" or "min" for each criterion.
    preference : str, or sequence or mapping of str
        What an advantage d on a criterion is worth, for all criteria or for each, in any case:
        "usual" (any advantage is full preference); "u-shape" (full beyond q, none up to it);
        "v-shape" (rises from 0 to full at p); "level" (none up to q, half up to p, full beyond);
        "linear" (none up to q, full from p, and rises between); "gaussian" (1 - exp(-d² / 2 s²)).
    q, p, s : sequence or mapping of float, optional
        The thresholds, in the unit of each criterion; None, or no entry, where its function has
        none. Where p equals q, "level" and "linear" are a step there, with a warning.

    Returns
    -------
    pandas.DataFrame
        A row for each alternative, columns plus, minus and net.

    Raises
    ------
    InputError
        As `topsis` does, for an unknown function, and for thresholds that are negative, in the
        wrong order, or missing for a function that needs them.

    References
    ----------
    Brans and Vincke (1985), Management Science 31(6).

    Examples
    --------
    >>> flows = promethee2([[4, 3, 2], [3, 2, 4], [5, 1, 3]], [0.5, 0.3, 0.2], ["max"] * 3)
    >>> flows["net"].round(3).tolist()
    [0.1, -0.3, 0.2]
    >>> functions = ["usual", "v-shape", "gaussian"]
    >>> thresholds = {"p": [None, 2, None], "s": [None, None, 1.5]}
    >>> table = [[4, 3, 2], [3, 2, 4], [5, 1, 3]]
    >>> flows = promethee2(
    ...     table, [0.5, 0.3, 0.2], ["max"] * 3, preference=functions, **thresholds
    ... )
    >>> flows["net"].round(3).tolist()
    [0.146, -0.421, 0.275]
    """
    return _flows(matrix, weights, directions, (preference, q, p, s))


def promethee1(
    matrix: Any,
    weights: Any = None,
    directions: Any = None,
    *,
    preference: Any = "usual",
    q: Any = None,
    p: Any = None,
    s: Any = None,
) -> pd.DataFrame:
    """Return the partial order of PROMETHEE I: who comes before whom, and who can't be compared.

    One alternative comes before another if its plus flow is at least as high and its minus flow at
    least as low, and one of them is better. Where the one flow speaks for the first and the other
    for the second, they are incomparable: each is strong where the other is weak.

    Parameters
    ----------
    matrix : array_like of shape (m, n), or Matrix
        Performances in natural units. One that `read_matrix` gave brings the weights and
        directions that aren't given.
    weights : array_like of shape (n,) or mapping of str to float
        Weights in any unit, divided by their sum.
    directions : sequence or mapping of str
        "max" or "min" for each criterion.
    preference, q, p, s
        As in `promethee2`.

    Returns
    -------
    pandas.DataFrame of shape (m, m)
        What the row is to the column: "before", "after", "equal" or "incomparable"; blank on the
        diagonal.

    Raises
    ------
    InputError
        As `promethee2` does.

    References
    ----------
    Brans and Vincke (1985), Management Science 31(6).

    Examples
    --------
    >>> order = promethee1([[4, 3, 2], [3, 2, 4], [5, 1, 3]], [0.5, 0.3, 0.2], ["max"] * 3)
    >>> order.to_numpy().tolist()
    [['', 'before', 'after'], ['after', '', 'after'], ['before', 'before', '']]
    """
    flows = _flows(matrix, weights, directions, (preference, q, p, s))
    stronger = _compared(flows["plus"].to_numpy())
    weaker = _compared(flows["minus"].to_numpy())
    words = np.full(stronger.shape, "incomparable", dtype=object)
    words[(stronger == 0) & (weaker == 0)] = "equal"
    words[(stronger >= 0) & (weaker <= 0) & (stronger > weaker)] = "before"
    words[(stronger <= 0) & (weaker >= 0) & (stronger < weaker)] = "after"
    np.fill_diagonal(words, "")
    return pd.DataFrame(words, index=flows.index, columns=flows.index)


def _compared(flow: np.ndarray) -> np.ndarray:
    """Return 1, 0 or -1 where the row's flow is above, equal to or below the column's, (m, m)."""
    ahead = flow[:, None] - flow
    return np.where(np.abs(ahead) <= TIE_TOLERANCE, 0.0, np.sign(ahead))


def _flows(matrix: Any, weights: Any, directions: Any, preference: tuple[Any, ...]) -> pd.DataFrame:
    table = read_single_table(matrix, weights, directions)
    if len(table.alternatives) < 2:
        raise InputError(
            Fault("matrix", "at least two alternatives", "one", "flows compare alternatives")
        )
    oriented = table.matrix * table.signs
    ahead = oriented[:, None, :] - oriented[None, :, :]
    preferred = preference_degrees(table, ahead, *preference)
    indices = (preferred * table.weights).sum(axis=-1)
    others = len(table.alternatives) - 1
    plus = indices.sum(axis=1) / others
    minus = indices.sum(axis=0) / others
    return pd.DataFrame({"plus": plus, "minus": minus, "net": plus - minus}, index=table.rows)


def net_flow(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return net flows (..., m) of values (..., m, n) by the usual preference.

    Higher values are better. The flow of a lone alternative is 0.

    >>> values = np.array([[4, 3, 2], [3, 2, 4], [5, 1, 3]])
    >>> net_flow(values, np.array([0.5, 0.3, 0.2])).round(3).tolist()
    [0.1, -0.3, 0.2]
    """
    ahead = np.sign(values[..., :, None, :] - values[..., None, :, :])
    others = max(values.shape[-2] - 1, 1)
    return np.asarray((ahead * weights[..., None, None, :]).sum(axis=-1).sum(axis=-1) / others)
