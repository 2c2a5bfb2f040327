"""Surrogate weights, from an order of importance alone, where nobody would state any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_several, check_word
from mcda.checks.faults import Fault, InputError, refuse
from mcda.checks.labels import name_faults
from mcda.preferences.weighting.linear_constraints import Constraint
from mcda.preferences.weighting.spaces import weight_space
from mcda.preferences.weighting.stated import Weights

# weights, before they are divided by their sum, of ranks 1 to n
RULES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "centroid": lambda ranks: np.cumsum(1 / ranks[::-1])[::-1] / len(ranks),
    "sum": lambda ranks: len(ranks) + 1 - ranks,
    "reciprocal": lambda ranks: 1 / ranks,
}


def rank_order_weights(
    order: Sequence[str | Sequence[str]], holder: str, rule: str = "centroid"
) -> Weights:
    """Return surrogate weights from an order of criteria.

    They say nothing beyond the order: `space` holds every weight vector that is as true to it.

    Parameters
    ----------
    order : sequence of str or of sequence of str
        The criteria, the most important first; a group in it is a tie.
    holder : str
        The name of whoever stated the order.
    rule : str
        "centroid" (the mean of all weights in that order), "sum" or "reciprocal"; tied criteria
        share the mean of their places.

    Returns
    -------
    Weights
        Over the criteria, with the `space` of the order.

    Raises
    ------
    InputError
        For another rule or doubled names.

    References
    ----------
    Barron and Barrett (1996), Decision quality using ranked attribute weights. Stillwell, Seaver
    and Edwards (1981), Organizational Behavior and Human Performance 28.

    Examples
    --------
    >>> rank_order_weights(["cost", "legal", "noise"], "panel").values.round(3).tolist()
    [0.611, 0.278, 0.111]
    """
    check_word(rule, RULES, "rule of rank-order weights")
    check_several(order, "order of criteria", "a list, the most important first")
    for entry in order:
        check_kind(entry, str | list | tuple, "order of criteria", "names, or lists of equals")
    groups = [[entry] if isinstance(entry, str) else list(entry) for entry in order]
    names = [name for group in groups for name in group]
    refuse(name_faults(names, "criterion"))
    if not names or not all(groups):
        raise InputError(
            Fault("order of criteria", "at least one criterion, and in each group", "none")
        )
    places = RULES[rule](np.arange(1.0, len(names) + 1))
    ends = np.cumsum([len(group) for group in groups])
    raw = [
        float(places[end - len(group) : end].mean())
        for end, group in zip(ends, groups, strict=True)
        for _ in group
    ]
    return Weights(
        pd.Series(raw, index=names),
        holder,
        method=f"surrogate: rank order, {rule}",
        space=weight_space(names, *_as_true(groups), holder=holder),
        rationale="only an order was stated; these weights stand in for it",
    )


def _as_true(groups: list[list[str]]) -> list[Constraint]:
    """Return what the order says, as constraints.

    Members of a group weigh the same, and no less than those of the next one.
    """
    ties = [
        Constraint(f"{one} == {other}", {one: -1.0, other: 1.0}, equality=True)
        for group in groups
        for one, other in pairwise(group)
    ]
    steps = [
        Constraint(f"{before[0]} >= {after[0]}", {before[0]: -1.0, after[0]: 1.0})
        for before, after in pairwise(groups)
    ]
    return [*ties, *steps]
