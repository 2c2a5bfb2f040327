"""Pairs of leaves that may count one thing twice: they read the same inputs, or move together."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from mcda.problem.model import Problem
from mcda.uncertainty.draws.draws import Draws

COLUMNS = ("first", "second", "same_inputs", "over_draws", "over_options", "weight", "twice")
TOGETHER = 0.9  # a correlation over draws from which two leaves move as one
SAME = 0.999  # a correlation over options from which one leaf repeats the other
FEW = 4  # options below which any two leaves may seem to go together
NEAR = 1e-9  # a value by which two leaves may differ and be the same
LISTED = 0.5  # a correlation over draws from which a pair is listed


def counted_twice(problem: Problem, weights: np.ndarray, draws: Draws) -> pd.DataFrame:
    """Return the pairs of weighted leaves that share inputs or move together.

    Columns: first, second (the leaves); same_inputs (the share of the estimates behind the leaf
    with fewer that the other reads too); over_draws (the correlation of their values from draw to
    draw, mean over options on which both vary; blank where none does); over_options (that of the
    values at the best estimates); weight (the largest that any holder gives to both together,
    weights (holders, n)); twice (whether they are as good as one: over_draws of 0.9 or more,
    over_options of 0.999 or more over at least four options, or equal values).
    """
    keys = [leaf.key for leaf in problem.weighed]
    values = problem.values[keys].to_numpy()
    together = _over_draws(draws.values()[..., : len(keys)])
    weighted = np.flatnonzero(weights.max(axis=0) > 0)
    rows = []
    for one, other in combinations(weighted.tolist(), 2):
        shared = _same_inputs(problem, keys[one], keys[other])
        moves = together[one, other]
        alike = _over_options(values[:, one], values[:, other])
        twice = _is_twice(values[:, one], values[:, other], moves, alike)
        if shared > 0 or moves >= LISTED or twice:
            weight = (weights[:, one] + weights[:, other]).max()
            rows.append((keys[one], keys[other], shared, moves, alike, weight, twice))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table = table.astype({"twice": bool})
    return table.sort_values(["twice", "over_draws"], ascending=False, kind="stable").reset_index(
        drop=True
    )


def _is_twice(one: np.ndarray, other: np.ndarray, moves: float, alike: float) -> bool:
    equal = np.ptp(one) > 0 and bool(np.abs(one - other).max() <= NEAR)
    return bool(moves >= TOGETHER or (alike >= SAME and len(one) >= FEW) or equal)


def _same_inputs(problem: Problem, one: str, other: str) -> float:
    first = problem.reads[one]
    second = problem.reads[other]
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer else 0.0


def _over_options(one: np.ndarray, other: np.ndarray) -> float:
    if np.ptp(one) <= NEAR or np.ptp(other) <= NEAR:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def _over_draws(values: np.ndarray) -> np.ndarray:
    """Return the correlation over draws of each pair of leaves, (n, n), for values (draws, m, n).

    It is the mean over the options on which both vary; blank where there is none.
    """
    apart = values - values.mean(axis=0)
    spread = np.sqrt((apart**2).mean(axis=0))
    varies = spread > NEAR
    scaled = np.where(varies, apart / np.where(varies, spread, 1.0), 0.0)
    moves = np.einsum("doi,doj->ij", scaled, scaled) / len(values)
    pairs = varies.T.astype(float) @ varies
    return np.divide(moves, pairs, out=np.full_like(moves, np.nan), where=pairs > 0)
