"""How credible it is that one is at least as good as another: thresholds and a veto (Roy, 1978)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.checks.faults import Fault, InputError, refuse
from mcda.checks.significant_digits import plain
from mcda.methods.decision_table import Table
from mcda.methods.outranking.thresholds import read_threshold


@dataclass(frozen=True)
class Thresholds:
    """The thresholds of each criterion, (n,), in its unit: q at most p, p below v.

    q: a disadvantage up to it doesn't count. p: from it on it counts fully. v: from it on the
    criterion vetoes; infinite where it has no veto.
    """

    q: np.ndarray
    p: np.ndarray
    v: np.ndarray


def read_thresholds(table: Table, q: Any, p: Any, v: Any) -> Thresholds:
    """Return the thresholds of all criteria.

    Raises InputError for those of q and p that are missing, and for a wrong order.
    """
    thresholds = {"q": q, "p": p}
    refuse(
        Fault(f"threshold {name}", "a number for each criterion", "none")
        for name, numbers in thresholds.items()
        if numbers is None
    )
    low, high, veto = (
        read_threshold(table, numbers, name) for name, numbers in (*thresholds.items(), ("v", v))
    )
    refuse(
        Fault(f"threshold {name} of '{table.criteria[at]}'", "a number", "none", "0 says none")
        for name, numbers in (("q", low), ("p", high))
        for at in np.flatnonzero(np.isnan(numbers)).tolist()
    )
    limit = np.where(np.isnan(veto), np.inf, veto)
    _check_order(table, low, high, limit)
    return Thresholds(low, high, limit)


def _check_order(table: Table, q: np.ndarray, p: np.ndarray, v: np.ndarray) -> None:
    rows = list(zip(table.criteria, q, p, v, strict=True))
    refuse(
        [
            *(
                Fault(
                    f"thresholds of '{name}'", "q at most p", f"q = {plain(low)}, p = {plain(high)}"
                )
                for name, low, high, _ in rows
                if low > high
            ),
            *(
                Fault(
                    f"thresholds of '{name}'", "p below v", f"p = {plain(high)}, v = {plain(veto)}"
                )
                for name, _, high, veto in rows
                if high >= veto
            ),
        ]
    )


@dataclass(frozen=True)
class Credibility:
    """Of each of one set over each of another, (a, b): concordance, discordance (a, b, n), and both as one."""

    concordance: np.ndarray
    discordance: np.ndarray
    degree: np.ndarray


def credibility(
    ones: np.ndarray, others: np.ndarray, weights: np.ndarray, limits: Thresholds
) -> Credibility:
    """Return how credible it is that each of `ones` (a, n) is at least as good as each of `others`.

    Higher is better throughout. Concordance is the weight of the criteria that agree; each
    criterion whose discordance exceeds it weakens it, and a veto makes it 0.

    >>> limits = Thresholds(np.array([1.0]), np.array([3.0]), np.array([5.0]))
    >>> ones, others = np.array([[4.0], [6.0]]), np.array([[6.0]])
    >>> credibility(ones, others, np.array([1.0]), limits).degree.tolist()
    [[0.5], [1.0]]
    """
    behind = others[None, :, :] - ones[:, None, :]
    agree = _falling(behind, limits.q, limits.p)
    against = 1.0 - _falling(behind, limits.p, limits.v)
    # shares of a weight of 1 may add up to a last bit more
    concordance = np.minimum((agree * weights).sum(axis=-1), 1.0)
    rest = 1.0 - concordance[..., None]
    weakened = np.divide(1.0 - against, rest, out=np.ones_like(against), where=rest > 0)
    factors = np.where(against > concordance[..., None], weakened, 1.0)
    return Credibility(concordance, against, concordance * factors.prod(axis=-1))


def _falling(behind: np.ndarray, full: np.ndarray, none: np.ndarray) -> np.ndarray:
    """Return 1 up to `full`, 0 from `none` on, and what lies between on a line."""
    width = np.where(none > full, none - full, 1.0)
    with np.errstate(invalid="ignore"):
        line = np.clip((none - behind) / width, 0.0, 1.0)
    step = (behind <= full).astype(float)
    return np.where(np.isinf(none), 1.0, np.where(none > full, line, step))


def check_alternatives(table: Table) -> None:
    """Refuse a table of one alternative."""
    if len(table.alternatives) < 2:
        raise InputError(Fault("matrix", "at least two alternatives", "one", "they are compared"))
