"""An AHP hierarchy: judgements at each node, composed into the priorities of what stands at the bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.preferences.consistency import SAATY_1980
from mcda.preferences.pairwise import Judgements, priorities
from mcda.preferences.weights import normalised
from mcda.problem.faults import Fault, InputError, known, refuse
from mcda.problem.names import as_numbers

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
    _check_tree({node: list(_items(judged)) for node, judged in judgements.items()}, root)
    rows: list[dict[str, object]] = []
    local = {node: _local(node, judged, rule, random_index) for node, judged in judgements.items()}
    _descend(local, root, 1.0, mode, rows)
    table = pd.DataFrame(rows)
    bottom = table[~table["item"].isin(list(judgements))]
    composed = bottom.groupby("item", sort=False)["composed"].sum()
    return Hierarchy((composed / composed.sum()).rename("priority"), table.drop(columns="composed"), mode)


def _items(judged: Judgements | pd.Series) -> Sequence[str]:
    return judged.index if isinstance(judged, pd.Series) else judged.items


def _local(node: str, judged: Judgements | pd.Series, rule: str, random_index: str) -> tuple[pd.Series, float]:
    """Return the priorities below a node, and the consistency ratio (none for a measured priority)."""
    if isinstance(judged, pd.Series):
        numbers = as_numbers(judged, lambda at: f"priority of '{judged.index[at[0]]}' under '{node}'")
        return pd.Series(normalised(numbers, list(judged.index)), judged.index), np.nan
    found = priorities(judged.matrix, rule, random_index=random_index)
    return found.values, found.consistency.ratio


def _descend(
    local: Mapping[str, tuple[pd.Series, float]], node: str, weight: float, mode: str, rows: list[dict[str, object]]
) -> None:
    shares, ratio = local[node]
    unit = shares.max() if mode == "ideal" and not set(shares.index) & set(local) else 1.0
    for item, share in shares.items():
        rows.append({"node": node, "item": item, "local": share, "global": weight * share, "ratio": ratio,
                     "composed": weight * share / unit})  # fmt: skip
        if item in local:
            _descend(local, str(item), weight * share, mode, rows)


def _check_tree(children: Mapping[str, list[str]], root: str) -> None:
    """Refuse a missing root, a node under itself or under nothing, and lowest nodes that judge different items."""
    refuse([Fault("root", f"one of {known(children)}", f"'{root}'")] if root not in children else [])
    reached, faults = _reached(children, root)
    faults += [
        Fault(f"judgements for '{node}'", "a node of the tree", f"'{node}' under no other", "correct the name")
        for node in children if node not in reached
    ]  # fmt: skip
    faults += [
        Fault(f"judgements for '{item}'", "as for its siblings", "none", "judge what stands below it")
        for items in children.values() if set(items) & set(children) for item in items if item not in children
    ]  # fmt: skip
    refuse(faults or _bottom_faults(children))


def _reached(children: Mapping[str, list[str]], root: str) -> tuple[set[str], list[Fault]]:
    reached, faults = {root}, list[Fault]()
    waiting: list[tuple[str, ...]] = [(root,)]
    while waiting:
        path = waiting.pop()
        for item in children.get(path[-1], ()):
            reached.add(item)
            if item in path:
                faults.append(
                    Fault(f"'{item}' under '{path[-1]}'", "a tree", "a node below itself", "correct the name")
                )
            else:
                waiting.append((*path, item))
    return reached, faults


def _bottom_faults(children: Mapping[str, list[str]]) -> list[Fault]:
    lowest = {node: set(items) for node, items in children.items() if not set(items) & set(children)}
    everything = set().union(*lowest.values())
    return [
        Fault(f"judgements for '{node}'", f"all of {known(sorted(everything))}",
              f"none for {known(sorted(everything - items))}", "judge them")
        for node, items in lowest.items() if items != everything
    ]  # fmt: skip
