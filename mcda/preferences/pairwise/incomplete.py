"""Pairwise matrices with pairs that nobody judged: three ways to priorities, each named."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np

from mcda.checks.faults import AssumptionWarning, Fault, InputError
from mcda.preferences.pairwise.eigenvector import principal

FAINT = 1e-6  # of a judgement: the weight of the belief that all items are alike
# of the eigenvalue: its slope at the least, in logs; ratios are then sure to more digits than are
# shown
FLAT = 1e-7
COMPLETIONS = ("eigenvalue", "log least squares", "Harker")


def completed(matrix: np.ndarray, items: Sequence[str], completion: str) -> np.ndarray:
    """Return a reciprocal matrix (n, n) with its missing pairs filled, by a named completion.

    "eigenvalue" fills so that the principal eigenvalue is least (Bozoki, Fulop and Ronyai, 2010),
    "log least squares" with the ratios of the least-squares priorities of what was judged (Bozoki,
    Fulop and Ronyai, 2010), "Harker" with those of Harker's matrix (1987). Raises InputError for a
    stack of matrices, and for comparisons that fall into parts, which it names. Warns where there
    are just enough judgements, so that consistency can't be checked.

    >>> nan = np.nan
    >>> judged = np.array(
    ...     [[1, 2, 2, nan], [1 / 2, 1, 1, 3], [1 / 2, 1, 1, 3], [nan, 1 / 3, 1 / 3, 1]]
    ... )
    >>> float(completed(judged, "abcd", "log least squares")[0, 3].round(6))
    6.0
    """
    if matrix.ndim > 2:
        raise InputError(
            Fault(
                "pairwise matrices",
                "every pair judged in each",
                "gaps",
                "give those with gaps alone",
            )
        )
    missing = np.isnan(matrix)
    _check_connected(~missing, items)
    if (~missing).sum() == 3 * len(matrix) - 2:
        sentence = (
            "as many judgements as priorities need: "
            "they follow exactly, and consistency can't be checked"
        )
        warnings.warn(sentence, AssumptionWarning, stacklevel=4)
    if completion == "eigenvalue":
        return _least_eigenvalue(matrix)
    if completion == "Harker":
        return with_ratios(matrix, _harker(matrix))
    return with_ratios(matrix, np.exp(least_squares(matrix)))


def most_telling(judged: np.ndarray) -> tuple[int, int] | None:
    """Return the unjudged pair of which the judged ones, (n, n), say least.

    It is the D-optimal next comparison. In log least squares the variance of a pair's log ratio is
    the resistance between the two in the network of judged pairs. A faint belief that all are alike
    replaces what connects separate parts: they come first.
    """
    network = laplacian(judged)
    inverse = np.linalg.inv(network + FAINT * np.eye(len(network)))
    resistance = np.diag(inverse)[:, None] + np.diag(inverse)[None, :] - 2 * inverse
    open_pairs = np.argwhere(np.triu(~judged))
    if not len(open_pairs):
        return None
    first, second = max(
        open_pairs.tolist(),
        key=lambda pair: (round(resistance[tuple(pair)], 6), -pair[0], -pair[1]),
    )
    return first, second


def parts_of(judged: np.ndarray) -> list[list[int]]:
    """Return the items, by position, in parts that comparisons connect.

    judged (n, n): which pairs were judged.
    """
    waiting = set(range(len(judged)))
    parts = []
    while waiting:
        part = set()
        edge = {min(waiting)}
        while edge:
            part |= edge
            neighbours = judged[sorted(edge)].any(axis=0)
            edge = set(np.flatnonzero(neighbours).tolist()) - part
        parts.append(sorted(part))
        waiting -= part
    return parts


def laplacian(judged: np.ndarray) -> np.ndarray:
    """Return the Laplacian of the graph of judged pairs, (n, n)."""
    links = judged & ~np.eye(len(judged), dtype=bool)
    return np.asarray(np.diag(links.sum(axis=1)) - links.astype(float))


def _check_connected(judged: np.ndarray, items: Sequence[str]) -> None:
    parts = parts_of(judged)
    if len(parts) > 1:
        sets = []
        for part in parts:
            names = ", ".join(str(items[at]) for at in part)
            sets.append(f"{{{names}}}")
        raise InputError(
            Fault(
                "pairwise matrix",
                "comparisons that connect all items",
                f"parts {' and '.join(sets)}",
                "judge a pair between the parts",
            )
        )


def least_squares(matrix: np.ndarray) -> np.ndarray:
    """Return the log priorities (n,) that best fit the logs of the judged ratios, (n, n)."""
    missing = np.isnan(matrix)
    logs = np.where(missing, 0.0, np.log(np.where(missing, 1.0, matrix)))
    return np.asarray(np.linalg.pinv(laplacian(~missing), hermitian=True) @ logs.sum(axis=1))


def with_ratios(matrix: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return a matrix (n, n) with the ratios of weights (n,) where pairs weren't judged."""
    return np.where(np.isnan(matrix), weights[:, None] / weights[None, :], matrix)


def _harker(matrix: np.ndarray) -> np.ndarray:
    """Return the principal eigenvector with 0 for missing pairs, counted on the diagonal."""
    missing = np.isnan(matrix)
    filled = np.where(missing, 0.0, matrix) + np.diag(missing.sum(axis=1))
    values, vectors = np.linalg.eig(filled)
    return np.asarray(np.abs(vectors[:, values.real.argmax()].real))


def _least_eigenvalue(matrix: np.ndarray) -> np.ndarray:
    """Fill the missing pairs so that the eigenvalue is least: a convex problem in their logs."""
    rows, columns = np.nonzero(np.triu(np.isnan(matrix)))

    # its import takes longer than what most callers ask for
    from scipy.optimize import minimize, root

    def filled(logs: np.ndarray) -> np.ndarray:
        whole = matrix.copy()
        whole[rows, columns] = np.exp(logs)
        whole[columns, rows] = np.exp(-logs)
        return whole

    def value(logs: np.ndarray) -> tuple[float, np.ndarray]:
        whole = filled(logs)
        (right, left), (top, _) = principal(np.stack([whole, whole.T]))
        pull = left[:, None] * whole * right[None, :] / (left @ right)
        return float(top), (pull - pull.T)[rows, columns]

    start = least_squares(matrix)
    near = minimize(value, start[rows] - start[columns], jac=True, method="BFGS").x
    exact = root(
        lambda logs: value(logs)[1], near, tol=1e-13
    ).x  # the eigenvalue is flat there, its slope is not
    best = min(near, exact, key=lambda logs: np.abs(value(logs)[1]).max())
    if np.abs(value(best)[1]).max() > FLAT * value(best)[0]:
        remedy = 'use rule="geometric mean", or judge more pairs'
        raise InputError(
            Fault(
                "pairwise matrix",
                "judgements with a completion of least eigenvalue",
                "none found",
                remedy,
            )
        )
    return filled(best)
