"""Own positions: the rank, by a holder's own weights, of the option that its public line names."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from mcda.checks.faults import NotApplicable
from mcda.methods.ranks import TIE_TOLERANCE, competition_ranks
from mcda.preferences.weighting.reshaped import ReshapedWeights
from mcda.preferences.weighting.spaces import ConstrainedWeights
from mcda.preferences.weighting.stated import Weights
from mcda.preferences.weighting.tree_shares import local_shares
from mcda.problem.model import Problem
from mcda.sensitivity.structure.first_places import EXPONENTS, parts_of, scores_under

DRAWS = 200  # of weights whose corners can't be listed
COLUMNS = (
    "holder",
    "option",
    "as_of",
    "sources",
    "method",
    "side",
    "rank",
    "of",
    "can_lead",
    "can_lead_in_range",
)


def stated_positions(problem: Problem) -> pd.DataFrame:
    """Return the rows of the question's sheet "positions" that name an option."""
    table = problem.tables.get("positions")
    if table is None or table.empty:
        return pd.DataFrame(columns=["holder", "option", "as_of", "sources"])
    rows = table.astype(object).reindex(columns=["holder", "option", "as_of", "sources"])
    named = rows["option"].isin(problem.options.index)
    return rows[named].where(rows.notna(), "").reset_index(drop=True)


def position_ranks(
    problem: Problem,
    leaf_weights: Mapping[str, np.ndarray],
    holders: Mapping[str, Weights],
    passing: np.ndarray,
) -> pd.DataFrame:
    """Return the rank of each holder's own option by its own weights, by method and side.

    A position is looked at where its holder is among `holders`. An option that a minimum excludes
    has no rank behind it. `can_lead`: whether any weights on the top criteria, with the holder's
    own shares below them, put the option first by the weighted sum; `can_lead_in_range`: whether
    any that the holder allows do (the stated weights alone, where no range was stated).
    """
    values = problem.expected_values.to_numpy()
    parts = parts_of(problem, problem.values.to_numpy())
    ids = list(problem.options.index)
    rows = []
    for row in stated_positions(problem).itertuples(index=False):
        if row.holder not in leaf_weights:
            continue
        weights = leaf_weights[row.holder]
        at = ids.index(row.option)
        leads = (
            leads_somewhere(values @ local_shares(problem, weights, problem.tops), at),
            leads_somewhere(values @ allowed_weights(holders[row.holder], weights).T, at),
        )
        for method, order in EXPONENTS.items():
            scores = scores_under(parts, weights[None], order)[:, 0]
            for side, passes in _sides(passing).items():
                ranks = competition_ranks(scores[passes])
                own = np.flatnonzero(passes) == at
                rank = ranks[own][0] if passes[at] else pd.NA
                about = (row.holder, row.option, row.as_of, row.sources, method, side)
                rows.append((*about, rank, int(passes.sum()), *leads))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"rank": "Int64", "can_lead": bool, "can_lead_in_range": bool})


def allowed_weights(holder: Weights, weights: np.ndarray) -> np.ndarray:
    """Return weights on the leaves between which all lie that a holder allows, (k, n).

    They are the corners of its space; draws of one whose corners are too many to list; the stated
    weights (n,) alone where no range was stated.
    """
    if holder.space is None:
        return weights[None]
    try:
        if isinstance(holder.space, ConstrainedWeights | ReshapedWeights):
            return np.vstack([weights, holder.space.vertices.to_numpy()[:, : len(weights)]])
    except NotApplicable:
        pass
    return np.vstack([weights, holder.space.sample(DRAWS, seed=0)[:, : len(weights)]])


def _sides(passing: np.ndarray) -> dict[str, np.ndarray]:
    """Return which options are ranked on each side of the minimum; one side where it excludes none."""
    sides = {"without": np.ones(len(passing), dtype=bool)}
    if not passing.all() and passing.any():
        sides["behind"] = passing
    return sides


def leads_somewhere(values: np.ndarray, option: int) -> bool:
    """Say whether any weights put an option of values (m, k) first by the weighted sum.

    >>> table = np.array([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4]])
    >>> leads_somewhere(table, 1), leads_somewhere(table, 2)
    (True, False)
    """
    from scipy.optimize import linprog

    ahead = values[option] - np.delete(values, option, axis=0)
    if not len(ahead):
        return True
    k = values.shape[1]
    solution = linprog(
        np.r_[np.zeros(k), -1.0],
        A_ub=np.c_[-ahead, np.ones(len(ahead))],
        b_ub=np.zeros(len(ahead)),
        A_eq=np.r_[np.ones(k), 0.0][None],
        b_eq=[1.0],
        bounds=[(0, None)] * k + [(None, None)],
    )
    return bool(-solution.fun >= -TIE_TOLERANCE)
