"""Methods on the numbers as they stand, scaled by the alternatives at hand."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.significant_digits import plain
from mcda.methods.copras import copras
from mcda.methods.method import Choice, Method
from mcda.methods.topsis import distance, reference_gaps, topsis

TEXTBOOK = "topsis:vector"
TOPSIS = {
    "topsis:vector": "vector",
    "topsis:minmax": "minmax",
    "topsis:max": "max",
    "topsis:sum": "sum",
}
ABOUT = "closeness to the best and worst of the options at hand (Hwang and Yoon, 1981)"
COPRAS = "share of the best option's sum of shares (Zavadskas, Kaklauskas and Sarka, 1994)"


def table_method(
    method: Choice | None, directions: Mapping[str, str], p: float = 2.0, *, bare: bool = False
) -> Method | None:
    """Return a method that reads natural units by its name in any case; None for another method.

    bare: the numbers are a bare table, on which COPRAS too is the textbook's.

    >>> method = table_method("TOPSIS:Vector", {"reach": "max", "cost": "min"})
    >>> method.scores(np.array([[1.0, 4.0], [3.0, 2.0]]), np.array([0.5, 0.5])).tolist()
    [0.0, 1.0]
    >>> table_method("additive", {"reach": "max"}) is None
    True
    """
    if not isinstance(method, str):
        return None
    name = method.strip().lower()
    if name in TOPSIS:
        label = name if p == 2 else f"{name} (p = {plain(p)})"
        scaled = partial(topsis, normalisation=TOPSIS[name], p=p)
        scores = partial(_labelled, function=scaled, directions=directions)
        return Method(name, label, scores, reads_values=False, about=ABOUT)
    if bare and name == "copras":
        scores = partial(_labelled, function=copras, directions=directions)
        return Method(name, name, scores, reads_values=False, about=COPRAS)
    return None


def _labelled(
    table: np.ndarray,
    weights: np.ndarray,
    function: Callable[..., Any],
    directions: Mapping[str, str],
) -> np.ndarray:
    """Return the scores of a table (m, n), or of several, with names of criteria in its messages."""
    if table.ndim > 2 or weights.ndim > 1:
        return np.asarray(function(table, weights, list(directions.values())))
    named = pd.DataFrame(table, columns=list(directions))
    shares = dict(zip(directions, weights.tolist(), strict=True))
    return np.asarray(function(named, shares, directions))


def topsis_steps(
    table: pd.DataFrame, weights: pd.Series, directions: Sequence[str], name: str, p: float
) -> dict[str, pd.DataFrame]:
    """Return the working of a TOPSIS on a table: weighted gaps to both ends, and distances.

    >>> table = pd.DataFrame({"reach": [1.0, 3.0]}, index=["A", "B"])
    >>> steps = topsis_steps(table, pd.Series({"reach": 1.0}), ["max"], "topsis:minmax", 2.0)
    >>> steps["distances"]["distance to ideal"].tolist()
    [1.0, 0.0]
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the scores have told the same
        to_best, to_worst = reference_gaps(table.to_numpy(), directions, TOPSIS[name])
    shares = weights.to_numpy()
    distances = {
        "distance to ideal": distance(to_best, shares, p),
        "distance to anti-ideal": distance(to_worst, shares, p),
    }
    return {
        "weighted gaps to the ideal": pd.DataFrame(to_best * shares, table.index, table.columns),
        "weighted gaps to the anti-ideal": pd.DataFrame(
            to_worst * shares, table.index, table.columns
        ),
        "distances": pd.DataFrame(distances, table.index),
    }
