"""PROMETHEE II: net flows of pairwise preference (Brans and Vincke, 1985)."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_word
from mcda.checks.faults import AssumptionWarning, Fault, InputError, known, refuse
from mcda.checks.labels import as_numbers, length_fault
from mcda.checks.significant_digits import plain
from mcda.methods.decision_table import Table, read_single_table
from mcda.methods.ranks import TIE_TOLERANCE

PREFERENCES = ("usual", "linear")


def promethee2(
    matrix: Any,
    weights: Any,
    directions: Any,
    *,
    preference: str = "usual",
    q: Sequence[float] | None = None,
    p: Sequence[float] | None = None,
) -> pd.DataFrame:
    """Return plus, minus and net flow of each alternative: the mean preference over the others.

    Parameters
    ----------
    matrix : array_like of shape (m, n)
        Performances in natural units.
    weights : array_like of shape (n,) or mapping of str to float
        Weights in any unit, divided by their sum.
    directions : sequence or mapping of str
        "max" or "min" for each criterion.
    preference : str
        "usual" prefers any advantage fully; "linear" ignores one up to q, prefers fully from p, and
        rises between. Where p equals q it is a step there, with a warning.
    q, p : sequence of float of length n, optional
        The thresholds of "linear", in the unit of each criterion.

    Returns
    -------
    pandas.DataFrame
        A row for each alternative, columns plus, minus and net.

    Raises
    ------
    InputError
        As `topsis` does, and for thresholds that are negative, in the wrong order, or missing for
        "linear".

    References
    ----------
    Brans and Vincke (1985), Management Science 31(6).

    Examples
    --------
    >>> flows = promethee2([[4, 3, 2], [3, 2, 4], [5, 1, 3]], [0.5, 0.3, 0.2], ["max"] * 3)
    >>> flows["net"].round(3).tolist()
    [0.1, -0.3, 0.2]
    """
    table = read_single_table(matrix, weights, directions)
    if len(table.alternatives) < 2:
        raise InputError(
            Fault("matrix", "at least two alternatives", "one", "flows compare alternatives")
        )
    oriented = table.matrix * table.signs
    ahead = oriented[:, None, :] - oriented[None, :, :]
    preferred = _preference(table, ahead, preference, q, p)
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


def _preference(table: Table, ahead: np.ndarray, preference: str, q: Any, p: Any) -> np.ndarray:
    check_word(preference, PREFERENCES, "preference")
    if preference == "usual":
        return (ahead > 0).astype(float)
    low = _threshold(table, q, "q")
    high = _threshold(table, p, "p")
    refuse(
        Fault(f"thresholds of '{name}'", "q at most p", f"q = {plain(a)}, p = {plain(b)}")
        for name, a, b in zip(table.criteria, low, high, strict=True)
        if a > b
    )
    steps = [name for name, a, b in zip(table.criteria, low, high, strict=True) if a == b]
    if steps:
        warnings.warn(
            f"p equals q for {known(steps)}: preference is a step there",
            AssumptionWarning,
            stacklevel=4,
        )
    width = np.where(high > low, high - low, 1.0)
    # an advantage that equals the step isn't beyond it
    rounding = TIE_TOLERANCE * np.abs(table.matrix).max(axis=0)
    step = (ahead > low + rounding).astype(float)
    return np.asarray(np.where(high > low, np.clip((ahead - low) / width, 0.0, 1.0), step))


def _threshold(table: Table, given: Any, name: str) -> np.ndarray:
    if given is None:
        raise InputError(Fault(f"threshold {name}", "a number for each criterion", "none"))
    refuse(length_fault(f"threshold {name}", given, len(table.criteria), "criterion"))
    numbers = as_numbers(given, lambda at: f"threshold {name} of '{table.criteria[at[0]]}'")
    refuse(
        Fault(
            f"threshold {name} of '{table.criteria[at]}'",
            "a number of at least 0",
            plain(numbers[at]),
        )
        for at in np.flatnonzero(numbers < 0).tolist()
    )
    return numbers
