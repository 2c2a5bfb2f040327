"""ELECTRE III: a ranking from credible outranking, with thresholds and vetoes (Roy, 1978)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from mcda.methods.decision_table import read_single_table
from mcda.methods.outranking.credibility import check_alternatives, credibility, read_thresholds
from mcda.methods.ranks import TIE_TOLERANCE

# how much less credible a second outranking may be and still count as much: 0.3 - 0.15 times it
ALPHA = 0.30
BETA = -0.15


@dataclass(frozen=True, eq=False)
class Electre3:
    """What ELECTRE III finds: credible outranking, two rankings by distillation, and what both say.

    Attributes
    ----------
    concordance, credibility : pandas.DataFrame of shape (m, m)
        Of the row over the column, 0 to 1; blank on the diagonal.
    descending, ascending : pandas.Series of shape (m,)
        The class of each alternative, 1 the best: the best taken out first, and the worst first.
    order : pandas.DataFrame of shape (m, m)
        What the row is to the column by both together: "before", "after", "equal" or
        "incomparable", where they contradict each other; blank on the diagonal.

    Examples
    --------
    >>> found = electre3([[1, 1], [5, 4]], [1, 1], ["max", "max"], q=[0, 0], p=[1, 1])
    >>> found.descending.tolist(), found.order.loc[1, 0]
    ([2, 1], 'before')
    """

    concordance: pd.DataFrame
    credibility: pd.DataFrame
    descending: pd.Series
    ascending: pd.Series
    order: pd.DataFrame


def electre3(
    matrix: Any,
    weights: Any = None,
    directions: Any = None,
    *,
    q: Any = None,
    p: Any = None,
    v: Any = None,
) -> Electre3:
    """Return the partial order of ELECTRE III, and the two rankings that make it.

    Parameters
    ----------
    matrix : array_like of shape (m, n), or Matrix
        Performances in natural units. One that `read_matrix` gave brings the weights and
        directions that aren't given.
    weights : array_like of shape (n,) or mapping of str to float
        Weights in any unit, divided by their sum.
    directions : sequence or mapping of str
        "max" or "min" for each criterion.
    q, p : sequence or mapping of float
        For each criterion, in its unit: a disadvantage up to q doesn't count, from p on it counts
        fully.
    v : sequence or mapping of float, optional
        A disadvantage from which a criterion vetoes, above p; None, or no entry, where it never
        does.

    Returns
    -------
    Electre3
        Concordance, credibility, both distillations and the order.

    Raises
    ------
    InputError
        As `topsis` does, and for thresholds that are missing, negative or in the wrong order.

    References
    ----------
    Roy (1978), Cahiers du CERO 20(1). Figueira, Mousseau and Roy (2005), ELECTRE Methods, in
    Multiple Criteria Decision Analysis: State of the Art Surveys.

    Examples
    --------
    >>> table = [[10, 20], [14, 18], [9, 5]]
    >>> found = electre3(table, [2, 1], ["max", "max"], q=[1, 1], p=[3, 4], v=[9, 12])
    >>> found.descending.tolist(), found.ascending.tolist()
    ([2, 1, 3], [2, 1, 3])
    """
    table = read_single_table(matrix, weights, directions)
    check_alternatives(table)
    limits = read_thresholds(table, q, p, v)
    oriented = table.matrix * table.signs
    degrees = credibility(oriented, oriented, table.weights, limits)
    degree = degrees.degree.copy()
    np.fill_diagonal(degree, 0.0)
    best_first = _classes(degree, best=True)
    worst_first = _classes(degree, best=False)
    ascending = worst_first.max() + 1 - worst_first
    blank = np.where(np.eye(len(degree), dtype=bool), np.nan, 0.0)
    by_pair = partial(pd.DataFrame, index=table.rows, columns=table.rows)
    return Electre3(
        by_pair(degrees.concordance + blank),
        by_pair(degrees.degree + blank),
        pd.Series(best_first, table.rows, name="descending"),
        pd.Series(ascending, table.rows, name="ascending"),
        by_pair(_order(best_first, ascending)),
    )


def _classes(degree: np.ndarray, best: bool) -> np.ndarray:
    """Return in which turn each alternative is taken out, (m,): the best of those left, or the worst."""
    turns = np.zeros(len(degree), dtype=int)
    left = np.arange(len(degree))
    turn = 0
    while left.size:
        turn += 1
        taken = _distilled(degree, left, best)
        turns[taken] = turn
        left = np.setdiff1d(left, taken)
    return turns


def _distilled(degree: np.ndarray, left: np.ndarray, best: bool) -> np.ndarray:
    """Return the alternatives that are taken out next, of those left: one, or several as equals.

    Those that outrank most, less what outranks them, are looked at again by themselves, counting
    what is less credible too, until one is left or nothing more is credible.
    """
    level = float(degree[np.ix_(left, left)].max())
    while len(left) > 1 and level > 0:
        within = degree[np.ix_(left, left)]
        lower = within[within < level - _apart(level) - TIE_TOLERANCE]
        level = float(lower.max(initial=0.0))
        counts = within > level + TIE_TOLERANCE
        clearly = within > within.T + _apart(within) + TIE_TOLERANCE
        stronger = counts & clearly
        balance = stronger.sum(axis=1) - stronger.sum(axis=0)
        left = left[balance == (balance.max() if best else balance.min())]
    return left


def _apart(degree: Any) -> Any:
    """Return how far below a credibility another must be to count as lower."""
    return ALPHA + BETA * degree


def _order(descending: np.ndarray, ascending: np.ndarray) -> np.ndarray:
    """Return what each alternative is to each other by both rankings, (m, m)."""
    first = np.sign(descending - descending[:, None])
    second = np.sign(ascending - ascending[:, None])
    words = np.full(first.shape, "incomparable", dtype=object)
    both = first + second
    words[(both > 0) & (first >= 0) & (second >= 0)] = "before"
    words[(both < 0) & (first <= 0) & (second <= 0)] = "after"
    words[(first == 0) & (second == 0)] = "equal"
    np.fill_diagonal(words, "")
    return words
