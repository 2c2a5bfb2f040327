"""Estimates that move together: rank correlations, drawn by a Gaussian copula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.significant_digits import plain

COLUMNS = ("first", "second", "rank_correlation", "kind")
POSSIBLE = -1e-9  # the least eigenvalue of a matrix that is possible but for rounding
EDGE = 2.0**-53  # of the open interval: half the distance between 1 and the float above


@dataclass(frozen=True, eq=False)
class Correlations:
    """Groups of uniforms that move together: each has its rows and a lower factor of correlations.

    Each row keeps its own stream and takes its share of those before it in the group: the first is
    left as it is. Sources: Nelsen (2006), An Introduction to Copulas; r = 2 sin(pi rho / 6) for a
    rank correlation rho (Pearson, 1907).
    """

    groups: tuple[tuple[np.ndarray, np.ndarray], ...] = ()

    def mixed(self, u: np.ndarray) -> np.ndarray:
        """Return uniforms (rows, draws) with each group's rows correlated, in the same array."""
        if not self.groups:
            return u
        from scipy.special import ndtr, ndtri

        for rows, factor in self.groups:
            normal = ndtri(u[rows])
            # added in a fixed order: the same bits
            mixed = sum(factor[1:, k, None] * normal[k] for k in range(len(rows)))
            u[rows[1:]] = np.clip(ndtr(mixed), EDGE, 1 - EDGE)  # the interval stays open
        return u

    def hanging_together(self, rows: Iterable[int]) -> list[int]:
        """Return rows together with all rows that are correlated with one of them, in order."""
        keys = set(rows)
        groups = [set(group.tolist()) for group, _ in self.groups]
        return sorted(keys.union(*(group for group in groups if group & keys)))

    def among(self, rows: Sequence[int]) -> Correlations:
        """Return the groups that lie wholly among some rows, for uniforms of these rows alone."""
        at = {row: place for place, row in enumerate(rows)}
        groups = []
        for group, factor in self.groups:
            members = group.tolist()
            if at.keys() >= set(members):
                groups.append((np.array([at[row] for row in members]), factor))
        return Correlations(tuple(groups))


def correlations(
    table: pd.DataFrame | None, keys: Iterable[str], varying: Sequence[str]
) -> Correlations:
    """Return the correlations of the varying estimates from a table of pairs.

    The table has columns first, second, rank_correlation. A name means one estimate, or a family
    "name/...": two families are paired label by label. Estimates that don't vary are left out.
    Raises InputError for unknown names, a pair asked twice, or correlations that can't hold
    together; it then shows the nearest ones that can.

    >>> asked = pd.DataFrame({"first": ["a"], "second": ["b"], "rank_correlation": [0.5]})
    >>> correlations(asked, ["a", "b", "c"], ["b", "c", "a"]).groups[0][0].tolist()
    [0, 2]
    """
    if table is None or table.empty:
        return Correlations()
    drawn = set(varying)
    pairs = {
        pair: rho for pair, rho in _pairs(table, tuple(keys)).items() if drawn.issuperset(pair)
    }
    return Correlations(tuple(_group(rows, varying, pairs) for rows in _linked(pairs, varying)))


def _pairs(table: pd.DataFrame, keys: tuple[str, ...]) -> dict[tuple[str, str], float]:
    """Return every pair of estimates with its rank correlation; refuse rows that can't be read."""
    pairs: dict[tuple[str, str], float] = {}
    faults = []
    for number, row in enumerate(table.to_dict("records"), start=2):
        where = f"correlations.csv row {number}"
        try:
            found = _paired(str(row["first"]), str(row["second"]), keys)
        except InputError as error:
            faults += [fault.inside(where) for fault in error.faults]
            continue
        rho = row["rank_correlation"]
        if not (isinstance(rho, int | float) and -1 <= rho <= 1):
            faults.append(
                Fault(f"{where}, column 'rank_correlation'", "a number from -1 to 1", repr(rho))
            )
        for pair in found:
            if pair in pairs or pair[::-1] in pairs or pair[0] == pair[1]:
                faults.append(
                    Fault(where, "a pair of its own", f"{known(pair)} again, or with itself")
                )
            pairs[pair] = rho
    refuse(faults)
    return pairs


def _paired(first: str, second: str, keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the pairs that two names mean: single estimates, or families joined by label."""
    families = [named(name, keys) for name in (first, second)]
    refuse(
        Fault("correlation", "an estimate, or a family of them", f"'{name}'", "correct the name")
        for name, family in zip((first, second), families, strict=True)
        if not family
    )
    one, other = families
    if "" in one or "" in other:
        return [(a, b) for a in one.values() for b in other.values()]
    return [(one[label], other[label]) for label in one if label in other]


def named(name: str, keys: tuple[str, ...]) -> dict[str, str]:
    """Return the estimates that a name means, by label; a single one has the label ""."""
    if name in keys:
        return {"": name}
    return {key.removeprefix(f"{name}/"): key for key in keys if key.startswith(f"{name}/")}


def _linked(pairs: Iterable[tuple[str, str]], varying: Sequence[str]) -> list[list[int]]:
    """Return the rows of estimates that pairs connect, each group in order."""
    position = {key: at for at, key in enumerate(varying)}
    group: dict[int, set[int]] = {}
    for pair in pairs:
        joined = set().union(*(group.get(position[key], {position[key]}) for key in pair))
        group.update(dict.fromkeys(joined, joined))
    groups = {tuple(sorted(rows)) for rows in group.values()}  # members of a group share its set
    return sorted(list(rows) for rows in groups)


def _group(
    rows: list[int], varying: Sequence[str], pairs: dict[tuple[str, str], float]
) -> tuple[np.ndarray, np.ndarray]:
    names = [varying[row] for row in rows]
    ranks = np.eye(len(rows))
    for (first, second), rho in pairs.items():
        if first in names and second in names:
            at = names.index(first), names.index(second)
            ranks[at] = ranks[at[::-1]] = rho
    matrix = 2 * np.sin(np.pi * ranks / 6)
    if np.linalg.eigvalsh(matrix)[0] < POSSIBLE:
        refuse([_impossible(names, matrix)])
    return np.array(rows), lower_factor(matrix)


def _impossible(names: list[str], matrix: np.ndarray) -> Fault:
    near = pd.DataFrame(6 / np.pi * np.arcsin(nearest(matrix) / 2), names, names).map(
        plain, count=3
    )
    remedy = f"they contradict each other; the nearest that can be:\n{near.to_string()}"
    return Fault(
        "correlations.csv",
        f"correlations of {known(names)} that can hold together",
        "impossible ones",
        remedy,
    )


def nearest(matrix: np.ndarray) -> np.ndarray:
    """Return the correlation matrix nearest to a symmetric one, by alternating projections.

    Source: Higham (2002), Computing the nearest correlation matrix.

    >>> nearest(np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])).round(2).tolist()
    [[1.0, 0.5, -0.5], [0.5, 1.0, 0.5], [-0.5, 0.5, 1.0]]
    """
    near = matrix.copy()
    correction = np.zeros_like(matrix)
    for _ in range(1000):
        lifted = near - correction
        values, vectors = np.linalg.eigh(lifted)
        possible = (vectors * np.maximum(values, 0)) @ vectors.T
        correction = possible - lifted
        near = possible.copy()
        np.fill_diagonal(near, 1.0)
        if np.abs(near - possible).max() < 1e-10:
            break
    return near


def lower_factor(matrix: np.ndarray) -> np.ndarray:
    """Return the lower (Cholesky) factor of a correlation matrix; exact dependence is allowed."""
    factor = np.zeros_like(matrix)
    for j in range(len(matrix)):
        rest = matrix[j:, j] - factor[j:, :j] @ factor[j, :j]
        if rest[0] > 1e-12:
            factor[j:, j] = rest / np.sqrt(rest[0])
    return factor
