"""Who leads under each structure of a question, for every holder, with and without the minimum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from mcda.checks.labels import JOIN, names_in
from mcda.methods.ranks import competition_ranks
from mcda.preferences.weighting.stated import Weights, in_structure, over_leaves
from mcda.problem.model import AS_STATED, Problem
from mcda.problem.screening import failures
from mcda.problem.structures import NothingWeighed
from mcda.sensitivity.structure.first_places import EXPONENTS, parts_of, scores_under

COLUMNS = ("structure", "label", "holder", "method", "side", "leaders")
STATED_LABEL = "As stated"


def leaders_by_structure(
    problem: Problem, holders: Mapping[str, Weights], floors: Mapping[str, float]
) -> pd.DataFrame:
    """Return who leads under each structure, the stated one first; ids of a tie joined by a comma.

    holders: over the stated tree. A minimum on a leaf that a structure leaves out is not in force
    there, and the side behind the minimums has no row where none is, or no option passes. Nor has a
    holder who weighs nothing of what a structure leaves.
    """
    stated = problem.stated or problem
    shapes = {
        AS_STATED: STATED_LABEL,
        **{structure.name: structure.label for structure in stated.structures},
    }
    rows = []
    for name, label in shapes.items():
        shaped = problem.structured(name)
        shares = _shares(shaped, holders)
        scores = _scores(shaped, list(shares.values()))
        for side, passing in _sides(shaped, floors).items():
            ids = shaped.options.index[passing]
            for at, holder in enumerate(shares):
                for method in EXPONENTS:
                    leads = competition_ranks(scores[method][passing, at]) == 1
                    rows.append((name, label, holder, method, side, JOIN.join(ids[leads])))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _shares(shaped: Problem, holders: Mapping[str, Weights]) -> dict[str, np.ndarray]:
    """Return the weights on what is weighed of the holders who weigh something of it, by name."""
    weighed = [leaf.key for leaf in shaped.weighed]
    shares = {}
    for holder, stated in holders.items():
        carried = weights_in(shaped, stated)
        if carried is not None:
            shares[holder] = carried.values[weighed].to_numpy()
    return shares


def weights_in(shaped: Problem, weights: Weights) -> Weights | None:
    """Return weights over the stated tree on the leaves of a structure, without their ranges.

    None where the structure leaves nothing of what the holder weighs.

    >>> from criteria import ukraine_force
    >>> paris = ukraine_force.perspectives()["Paris"]
    >>> weights_in(ukraine_force.problem(), paris).values.round(3)["C4.1"]
    np.float64(0.05)
    """
    stated = replace(over_leaves(shaped.stated or shaped, weights), space=None)
    if shaped.stated is None:
        return stated
    try:
        return in_structure(shaped, stated)
    except NothingWeighed:
        return None


def leaders_in(problem: Problem, leaders: str) -> tuple[str, ...]:
    """Return the ids of the options that lead, from a text that joins them by commas.

    >>> from criteria import ukraine_force
    >>> leaders_in(ukraine_force.problem(), "OPT01, OPT06")
    ('OPT01', 'OPT06')
    """
    return names_in(leaders, problem.options.index)


def _sides(problem: Problem, floors: Mapping[str, float]) -> dict[str, np.ndarray]:
    """Return which options may lead, by side: none that never comes about, as its fallback leads."""
    leaves = [leaf.key for leaf in problem.weighed]
    in_force = {key: floor for key, floor in floors.items() if key in leaves}
    happens = ~problem.options.index.isin(list(problem.without_chance))
    sides = {"without": happens}
    passing = happens & ~problem.options.index.isin(failures(problem, in_force).index)
    if in_force and passing.any():
        sides["behind"] = passing
    return sides


def _scores(problem: Problem, shares: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Return the scores (m, holders) under the weights of each holder, by method."""
    parts = parts_of(problem, problem.values.to_numpy())
    weights = np.reshape(shares, (-1, len(problem.weighed)))
    return {name: scores_under(parts, weights, order) for name, order in EXPONENTS.items()}
