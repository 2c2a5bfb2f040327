"""An AHP hierarchy: judgements at each node, composed into the priorities of what stands at the bottom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from mcda.preferences.pairwise import SAATY_1980, Judgements, priorities
from mcda.problem.faults import Fault, InputError, known, refuse

MODES = ("distributive", "ideal")


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """Composed priorities (Series over the bottom items) and one row per judged item: node, local, global, ratio."""

    priorities: pd.Series
    table: pd.DataFrame
    mode: str


def hierarchy(
    judgements: Mapping[str, Judgements | pd.Series],
    root: str,
    *,
    mode: str = "distributive",
    rule: str = "eigenvector",
    random_index: str = SAATY_1980,
) -> Hierarchy:
    """Return the priorities of a hierarchy: node -> judgements of its children, down from `root`.

    Items that are nodes themselves pass their weight on; the others are the bottom (alternatives may stand under
    many nodes, matched by name). A Series in place of judgements is a measured priority. mode "distributive" divides
    the bottom's local priorities by their sum, "ideal" by their largest. A node out of reach of the root, or a bottom
    item judged under one node and missing under another, is an InputError that names it.
    Source: Saaty (1980); ideal mode: Saaty (1994), Fundamentals of Decision Making.

    >>> found = hierarchy({"goal": Judgements(["x", "y"], {("x", "y"): 2}),
    ...                    "x": Judgements(["P", "Q"], {("P", "Q"): 3}),
    ...                    "y": Judgements(["Q", "P"], {("Q", "P"): 4})}, root="goal")
    >>> found.priorities.round(4).to_dict()
    {'P': 0.5667, 'Q': 0.4333}
    """
    if mode not in MODES:
        raise InputError(Fault("mode", f"one of {known(MODES)}", repr(mode)))
    rows: list[dict[str, object]] = []
    _descend(judgements, root, 1.0, mode, rule, random_index, rows)
    table = pd.DataFrame(rows)
    reached = {root, *table["item"]}
    refuse(Fault(f"judgements for '{node}'", "a node of the tree", f"'{node}' under no other", "correct the name")
           for node in judgements if node not in reached)  # fmt: skip
    bottom = table[~table["item"].isin(list(judgements))]
    _check_bottom(bottom)
    composed = bottom.groupby("item", sort=False)["composed"].sum()
    return Hierarchy((composed / composed.sum()).rename("priority"), table.drop(columns="composed"), mode)


def _descend(
    judgements: Mapping[str, Judgements | pd.Series],
    node: str,
    weight: float,
    mode: str,
    rule: str,
    random_index: str,
    rows: list[dict[str, object]],
) -> None:
    local, ratio = _local(judgements[node], rule, random_index)
    passed_on = any(item in judgements for item in local.index)
    unit = local.max() if mode == "ideal" and not passed_on else 1.0
    for item, share in local.items():
        rows.append({"node": node, "item": item, "local": share, "global": weight * share, "ratio": ratio,
                     "composed": weight * share / unit})  # fmt: skip
        if item in judgements:
            _descend(judgements, str(item), weight * share, mode, rule, random_index, rows)


def _local(judged: Judgements | pd.Series, rule: str, random_index: str) -> tuple[pd.Series, float]:
    if isinstance(judged, pd.Series):
        return judged / judged.sum(), 0.0
    found = priorities(judged.matrix, rule, random_index=random_index)
    return found.values, found.consistency.ratio


def _check_bottom(bottom: pd.DataFrame) -> None:
    """Refuse a hierarchy whose lowest nodes don't all judge the same items."""
    by_node = bottom.groupby("node", sort=False)["item"].agg(set)
    everything = set().union(*by_node)
    if len({frozenset(items) for items in by_node}) > 1:
        refuse(
            Fault(f"judgements for '{node}'", f"all of {known(sorted(everything))}",
                  f"none for {known(sorted(everything - items))}",
                  "judge them, or add the judgements of the node that has none")
            for node, items in by_node.items() if items != everything
        )  # fmt: skip
