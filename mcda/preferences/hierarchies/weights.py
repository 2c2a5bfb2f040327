"""The weights that pairwise judgements imply: of one set of criteria, or down a tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from mcda.checks.faults import Fault, InputError
from mcda.preferences.hierarchies.hierarchy import composed, single_leaves
from mcda.preferences.hierarchies.judgements import Judgements
from mcda.preferences.hierarchies.priorities import solved, tell_contradictions
from mcda.preferences.pairwise.consistency import SAATY_1980
from mcda.preferences.weighting.stated import Weights


def ahp(
    judgements: Judgements | Mapping[str, Judgements | pd.Series],
    holder: str,
    *,
    rule: str = "eigenvector",
    random_index: str = SAATY_1980,
    completion: str | None = None,
    **about: Any,
) -> Weights:
    """Return the weights that a holder's pairwise judgements imply, with `.consistency`.

    The judgements are of swings: how much more is moving one criterion from worst to best worth
    than moving another? Warns as `priorities` does.

    Parameters
    ----------
    judgements : Judgements, or mapping of str to Judgements or pandas.Series
        Of the criteria; or, for a tree of any depth, node -> judgements of what is below it. A
        Series of local weights may replace judgements.
    holder : str
        The name of whoever judged.
    rule, random_index, completion : str
        As in `priorities`.
    **about
        Any further field of `Weights`.

    Returns
    -------
    Weights
        Over the criteria, or the leaves of the tree. For a tree the step "hierarchy" has local and
        global weight of each criterion and the consistency ratio of each node, and `.consistency`
        is that of the top.

    Raises
    ------
    InputError
        As `priorities` does, and for judgements that form no tree.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process.

    Examples
    --------
    >>> made = ahp(Judgements(["cost", "legal"], {("cost", "legal"): 3}), holder="panel")
    >>> made.values.round(2).to_dict()
    {'cost': 0.75, 'legal': 0.25}
    """
    settings: Any = {"rule": rule, "random_index": random_index, "completion": completion}
    if isinstance(judgements, Judgements):
        solution = solved(judgements.matrix, **settings)
        tell_contradictions({"": solution})
        steps = {"pairwise judgements": judgements.matrix}
        return Weights(
            solution.values,
            holder,
            f"AHP, {solution.told}",
            consistency=solution.consistency,
            steps=steps,
            **about,
        )
    if not isinstance(judgements, Mapping):
        remedy = "Judgements.from_matrix(matrix, items) makes them of a matrix"
        raise InputError(
            Fault(
                "judgements",
                "Judgements, or a mapping of them by node",
                type(judgements).__name__,
                remedy,
            )
        )
    top = single_leaves(judgements)
    table, found_at = composed(judgements, top, **settings)
    leaves = table[~table["item"].isin(list(judgements))].set_index("item")["global"]
    steps = {"hierarchy": table}
    consistency = found_at[top].consistency if top in found_at else None
    method = f"AHP, {rule}, tree under '{top}'"
    return Weights(
        leaves.rename(None), holder, method, consistency=consistency, steps=steps, **about
    )
