"""An AHP hierarchy: judgements at each node, composed into the priorities of the bottom items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_word
from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.labels import as_numbers
from mcda.checks.significant_digits import fixed, plain
from mcda.display.html_table import html_table
from mcda.preferences.hierarchies.judgements import Judgements
from mcda.preferences.hierarchies.priorities import Priorities, solved, tell_contradictions
from mcda.preferences.pairwise.consistency import SAATY_1980
from mcda.preferences.weighting.normalise import normalised
from mcda.sentences.catalogue import told

MODES = ("ratings", "ideal", "distributive")
Nodes = Mapping[str, Judgements | pd.Series]


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """The composed priorities of an AHP hierarchy, with those of every node.

    Attributes
    ----------
    priorities : pandas.Series
        Over the bottom items, summing to one in the distributive mode.
    table : pandas.DataFrame
        A row for each judged item: node, item, local and global priority, consistency ratio.
    mode : str
        How options were put together; `note` says what that means for adding or dropping one.

    Examples
    --------
    >>> judged = Judgements(["x", "y"], {("x", "y"): 3})
    >>> hierarchy({"goal": judged}, root="goal").priorities.tolist()
    [0.75, 0.25]
    """

    priorities: pd.Series
    table: pd.DataFrame
    mode: str

    @property
    def note(self) -> str:
        """What the mode does to the order of options when one is added or dropped."""
        return told(f"ahp_mode.{self.mode}")

    def __str__(self) -> str:
        """Show the priorities under their mode."""
        return f"{self.priorities.map(partial(fixed, places=6)).to_string()}\n{self.note}"

    def _repr_html_(self) -> str:
        return html_table(self.priorities.to_frame(), self.note) + html_table(
            self.table, told("caption.tree_of_weights")
        )


def hierarchy(
    judgements: Nodes,
    root: str,
    *,
    mode: str = "distributive",
    rule: str = "eigenvector",
    random_index: str = SAATY_1980,
    completion: str | None = None,
) -> Hierarchy:
    """Return the priorities of a hierarchy, composed down from its root.

    Items that are nodes themselves pass their weight on; the others are the bottom (alternatives
    may be under many nodes, and are matched by name). Warns of judgements that contradict each
    other, by node, as `priorities` does.

    Parameters
    ----------
    judgements : mapping of str to Judgements or pandas.Series
        For each node the judgements of its children; a Series in their place is a measured
        priority.
    root : str
        The node at the top.
    mode : str
        "distributive" divides the bottom's local priorities by their sum, "ideal" by their largest;
        "ratings" takes a Series of numbers from 0 to 1 for every lowest node as it is.
    rule, random_index, completion : str
        As in `priorities`.

    Returns
    -------
    Hierarchy
        The priorities of the bottom items, and a row for each judged item.

    Raises
    ------
    InputError
        That names a node out of reach of the root, or a bottom item judged under one node and
        missing under another.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process; for the ideal mode Saaty (1994), Fundamentals of
    Decision Making.

    Examples
    --------
    >>> found = hierarchy({"goal": Judgements(["x", "y"], {("x", "y"): 2}),
    ...                    "x": Judgements(["P", "Q"], {("P", "Q"): 3}),
    ...                    "y": Judgements(["Q", "P"], {("Q", "P"): 4})}, root="goal")
    >>> found.priorities.round(4).to_dict()
    {'P': 0.5667, 'Q': 0.4333}
    """
    check_word(mode, MODES, "mode")
    _check_tree(_children(judgements), root)
    table, _ = composed(
        judgements, root, rule=rule, random_index=random_index, completion=completion
    )
    bottom = table[~table["item"].isin(list(judgements))]
    share = _shares(judgements, bottom, mode)
    scores = (bottom["above"] * share).groupby(bottom["item"], sort=False).sum()
    scores = scores if mode == "ratings" else scores / scores.sum()
    return Hierarchy(scores.rename("priority"), table.drop(columns="above"), mode)


def composed(
    judgements: Nodes, root: str, **settings: Any
) -> tuple[pd.DataFrame, dict[str, Priorities]]:
    """Return one row per judged item, and each node's result, of a tree that was checked.

    A row is node, item, local, global, ratio and above (the node's own priority), from the root
    down. `settings` are those of `priorities`.
    """
    found = {
        node: solved(judged, **settings)
        for node, judged in judgements.items()
        if isinstance(judged, Judgements)
    }
    tell_contradictions({f"judgements under '{node}'": one for node, one in found.items()}, depth=4)
    local = {
        node: found[node].values if node in found else _measured(node, judged)
        for node, judged in judgements.items()
    }
    ratios = {node: priority.consistency.ratio for node, priority in found.items()}
    table = pd.DataFrame(_rows(local, ratios, root, 1.0))
    return table, found


def single_leaves(judgements: Nodes) -> str:
    """Return the top of a tree of criteria.

    Raises InputError unless it is one tree in which every item is under one node.
    """
    children = _children(judgements)
    below = Counter(item for items in children.values() for item in items)
    tops = [node for node in children if node not in below]
    if len(tops) != 1:
        remedy = "name the nodes as they are named among the items above them"
        raise InputError(Fault("hierarchy", "one node under no other", known(tops), remedy))
    _, faults = _reached(children, tops[0])
    faults += [
        Fault(f"'{item}'", "a place under one node", f"{count}", "give each its own name")
        for item, count in below.items()
        if count > 1
    ]
    refuse(faults)
    return tops[0]


def _rows(
    local: Mapping[str, pd.Series], ratios: Mapping[str, float], node: str, above: float
) -> Iterator[dict[str, object]]:
    for item, share in local[node].items():
        yield {
            "node": node,
            "item": item,
            "local": share,
            "global": above * share,
            "ratio": ratios.get(node, np.nan),
            "above": above,
        }
        if item in local:
            yield from _rows(local, ratios, str(item), above * share)


def _measured(node: str, given: pd.Series) -> pd.Series:
    """Return measured priorities as shares of their sum."""
    numbers = as_numbers(given, lambda at: f"priority of '{given.index[at[0]]}' under '{node}'")
    if not numbers.any():
        raise InputError(Fault(f"priorities under '{node}'", "at least one above 0", "only zeros"))
    return pd.Series(normalised(numbers, list(given.index)), given.index)


def _shares(judgements: Nodes, bottom: pd.DataFrame, mode: str) -> pd.Series:
    """Return what each bottom item earns under each lowest node, as the mode has it."""
    if mode == "ratings":
        _check_ratings(judgements, list(dict.fromkeys(bottom["node"])))
        rated = {
            node: judged for node, judged in judgements.items() if isinstance(judged, pd.Series)
        }
        return pd.Series(
            [rated[row.node][row.item] for row in bottom.itertuples()], bottom.index, dtype=float
        )
    return (
        bottom["local"] / bottom.groupby("node")["local"].transform("max")
        if mode == "ideal"
        else bottom["local"]
    )


def _check_ratings(judgements: Nodes, lowest: Sequence[str]) -> None:
    faults = []
    for node in lowest:
        given = judgements[node]
        if isinstance(given, Judgements):
            faults.append(
                Fault(
                    f"ratings under '{node}'",
                    "a Series of numbers from 0 to 1",
                    "pairwise judgements",
                    "choose the ideal or distributive mode",
                )
            )
            continue
        faults += [
            Fault(f"rating of '{item}' under '{node}'", "a number from 0 to 1", plain(rating))
            for item, rating in given.items()
            if not 0 <= rating <= 1
        ]
    refuse(faults)


def _children(judgements: Nodes) -> dict[str, list[str]]:
    check_kind(
        judgements, Mapping, "hierarchy", "judgements by node", 'such as {"goal": Judgements(...)}'
    )
    for node, judged in judgements.items():
        check_kind(
            judged,
            (Judgements, pd.Series),
            f"judgements for '{node}'",
            "Judgements or a Series of priorities",
        )
    children = {}
    for node, judged in judgements.items():
        items = judged.items if isinstance(judged, Judgements) else judged.index
        children[node] = list(items)
    return children


def _check_tree(children: Mapping[str, list[str]], root: str) -> None:
    """Refuse a missing root, a node under itself or nothing, and lowest nodes that differ.

    Lowest nodes must judge the same items.
    """
    check_word(root, children, "root")
    reached, faults = _reached(children, root)
    faults += [
        Fault(
            f"judgements for '{node}'",
            "a node of the tree",
            f"'{node}' under no other",
            "correct the name",
        )
        for node in children
        if node not in reached
    ]
    faults += [
        Fault(
            f"judgements for '{item}'", "as for its siblings", "none", "judge what stands below it"
        )
        for items in children.values()
        if set(items) & set(children)
        for item in items
        if item not in children
    ]
    refuse(faults or _bottom_faults(children))


def _reached(children: Mapping[str, list[str]], root: str) -> tuple[set[str], list[Fault]]:
    reached = {root}
    faults = list[Fault]()
    waiting: list[tuple[str, ...]] = [(root,)]
    while waiting:
        path = waiting.pop()
        for item in children.get(path[-1], ()):
            reached.add(item)
            if item in path:
                faults.append(
                    Fault(
                        f"'{item}' under '{path[-1]}'",
                        "a tree",
                        "a node below itself",
                        "correct the name",
                    )
                )
            else:
                waiting.append((*path, item))
    return reached, faults


def _bottom_faults(children: Mapping[str, list[str]]) -> list[Fault]:
    lowest = {
        node: set(items) for node, items in children.items() if not set(items) & set(children)
    }
    everything = set().union(*lowest.values())
    return [
        Fault(
            f"judgements for '{node}'",
            f"all of {known(sorted(everything))}",
            f"none for {known(sorted(everything - items))}",
            "judge them",
        )
        for node, items in lowest.items()
        if items != everything
    ]
