"""ELECTRE I: which alternatives outrank which, and the kernel to choose from (Roy, 1968)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_number
from mcda.methods.decision_table import read_single_table
from mcda.methods.ranks import TIE_TOLERANCE

# thresholds where none are given
CONCORDANCE = 0.65
DISCORDANCE = 0.35


@dataclass(frozen=True, eq=False)
class Electre1:
    """The outranking relation of ELECTRE I, with its parts and its kernel.

    Attributes
    ----------
    concordance, discordance : pandas.DataFrame of shape (m, m)
        Of the row over the column, 0 to 1; blank on the diagonal.
    outranks : pandas.DataFrame of shape (m, m)
        Whether the row outranks the column.
    kernel : tuple
        The alternatives to choose from.
    circuits : tuple of tuple
        The groups of alternatives that outrank each other in a circle and are in the kernel as one.

    Examples
    --------
    >>> electre1([[1, 1], [2, 2]], [1, 1], ["max", "max"]).outranks.to_numpy().tolist()
    [[False, False], [True, False]]
    """

    concordance: pd.DataFrame
    discordance: pd.DataFrame
    outranks: pd.DataFrame
    kernel: tuple[Any, ...]
    circuits: tuple[tuple[Any, ...], ...] = ()


def electre1(
    matrix: Any,
    weights: Any = None,
    directions: Any = None,
    *,
    concordance: float = CONCORDANCE,
    discordance: float = DISCORDANCE,
) -> Electre1:
    """Return which alternatives outrank which, and the kernel, by ELECTRE I.

    Concordance of a over b is the weight of the criteria on which a is at least as good;
    discordance is the widest gap against a, with the widest range of a criterion as its unit, after
    every column is divided by its sum. a outranks b where concordance is at least, and discordance
    at most, the threshold given; a sum that differs from a threshold by rounding alone (1e-9)
    reaches it.

    No alternative in the kernel outranks another in it, and each outside is outranked by one
    inside. Where some outrank each other in a circle there may be no such set, or several: then the
    members of a circle that nothing else left outranks are taken as equally good and go in as one
    (`circuits`), the only ones in the kernel that outrank each other.

    Parameters
    ----------
    matrix : array_like of shape (m, n), or Matrix
        Performances in natural units. One that `read_matrix` gave brings the weights and
        directions that aren't given.
    weights : array_like of shape (n,) or mapping of str to float
        Weights in any unit, divided by their sum.
    directions : sequence or mapping of str
        "max" or "min" for each criterion.
    concordance : float
        The least share of the weights that must be on the side of the one that outranks, 0 to 1.
    discordance : float
        The widest gap against it that is allowed, 0 to 1.

    Returns
    -------
    Electre1
        Concordance, discordance, outranking and the kernel.

    Raises
    ------
    InputError
        As `topsis` does.

    References
    ----------
    Roy (1968), RIRO 2(8), 57-75. Circuits: Figueira, Mousseau and Roy (2005), ELECTRE Methods, in
    Multiple Criteria Decision Analysis: State of the Art Surveys.

    Examples
    --------
    >>> electre1([[1, 1], [2, 2]], [1, 1], ["max", "max"]).kernel
    (1,)
    """
    for name, threshold in (("concordance", concordance), ("discordance", discordance)):
        check_number(
            threshold, lambda share: 0 <= share <= 1, f"{name} threshold", "a number from 0 to 1"
        )
    table = read_single_table(matrix, weights, directions)
    agree, against = indices(table.matrix, table.weights, table.signs)
    itself = np.eye(len(agree), dtype=bool)
    reached = (agree >= concordance - TIE_TOLERANCE) & (against <= discordance + TIE_TOLERANCE)
    outranks = reached & ~itself
    inside, circuits = kernel_of(outranks)
    blank = np.where(itself, np.nan, 0.0)
    by_pair = partial(pd.DataFrame, index=table.rows, columns=table.rows)
    return Electre1(
        by_pair(agree + blank),
        by_pair(against + blank),
        by_pair(outranks),
        tuple(table.rows[inside]),
        tuple(tuple(table.rows[circuit]) for circuit in circuits),
    )


def indices(
    matrix: np.ndarray, weights: np.ndarray, signs: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return concordance and discordance of a table (m, n), (m, m) each.

    signs (n,): 1 where higher is better, else -1.
    """
    total = matrix.sum(axis=0)
    oriented = matrix * signs / np.where(total != 0, np.abs(total), 1.0)
    ahead = oriented[:, None, :] - oriented[None, :, :]
    agree = ((ahead >= 0) * weights).sum(axis=-1)
    against = np.maximum(-ahead, 0).max(axis=-1) / (np.ptp(oriented, axis=0).max() or 1.0)
    return agree, against


def kernel_membership(tables: np.ndarray, weights: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """Return 1 for the alternatives in the kernel and 0 for the others, (..., m).

    tables (..., m, n) under weights (..., n), at the usual thresholds: one table after the other.

    >>> tables = np.array([[1.0, 1.0], [2.0, 2.0]])
    >>> kernel_membership(tables, np.array([0.5, 0.5]), np.ones(2)).tolist()
    [0.0, 1.0]
    """
    one_by_one = np.vectorize(_members, signature="(m,n),(n),(n)->(m)", otypes=[float])
    return np.asarray(one_by_one(tables, weights, signs))


def _members(matrix: np.ndarray, weights: np.ndarray, signs: np.ndarray) -> np.ndarray:
    agree, against = indices(matrix, weights, signs)
    reached = (agree >= CONCORDANCE - TIE_TOLERANCE) & (against <= DISCORDANCE + TIE_TOLERANCE)
    np.fill_diagonal(reached, False)
    return kernel_of(reached)[0].astype(float)


def kernel_of(outranks: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return the kernel of a relation (m, m), and the circuits taken as one (each m).

    What no undecided alternative outranks is in, what it outranks is out, and so on down. Where all
    that is left goes round in circles, a circle that nothing else left outranks goes in as one.
    """
    inside = np.zeros(len(outranks), bool)
    left = np.ones(len(outranks), bool)
    _decide(outranks, inside, left)
    if not left.any():
        return inside, []
    kernels = list(islice(_kernels(outranks, inside, left), 2))
    if len(kernels) == 1:
        return kernels[0], []
    circuits = []
    while left.any():
        circuits.append(_first_circuit(outranks, left))
        inside |= circuits[-1]
        left &= ~inside & ~outranks[circuits[-1]].any(axis=0)
        _decide(outranks, inside, left)
    return inside, sorted(circuits, key=lambda one: int(one.argmax()))


def _decide(outranks: np.ndarray, inside: np.ndarray, left: np.ndarray) -> None:
    """Put in what nothing left outranks, and leave out what that outranks, until only circles are left."""
    while (free := left & ~outranks[left].any(axis=0)).any():
        inside |= free
        left &= ~free & ~outranks[free].any(axis=0)


def _kernels(outranks: np.ndarray, inside: np.ndarray, left: np.ndarray) -> Iterator[np.ndarray]:
    """Go through the kernels that hold all of `inside`, and of the others only some of `left`."""
    if not outranks[inside | left].any(axis=0)[~inside & ~left].all():
        return  # one is out that nothing can outrank any more
    if not left.any():
        yield inside
        return
    above = np.where(left, outranks[left].sum(axis=0), len(left) + 1)
    one = np.arange(len(left)) == above.argmin()
    related = outranks[one][0] | outranks[:, one][:, 0]
    yield from _kernels(outranks, inside | one, left & ~one & ~related)
    yield from _kernels(outranks, inside, left & ~one)


def _first_circuit(outranks: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Return the first circle, of those left, that none of the others left outranks."""
    from scipy.sparse.csgraph import connected_components  # slow to load, and seldom needed

    count, circle = connected_components(
        outranks & left & left[:, None], directed=True, connection="strong"
    )
    members = left & (circle == np.arange(count)[:, None])
    source = [
        member
        for member in members
        if member.any() and not outranks[np.ix_(left & ~member, member)].any()
    ]
    return min(source, key=lambda one: int(one.argmax()))
