"""Structures: named, defensible shapes of a question, each a list of changes to the stated tree."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.significant_digits import plain
from mcda.problem.estimates import Estimate
from mcda.problem.value_scales import Scale
from mcda.sentences.catalogue import joined, told

LEAVE_OUT = "leave out"
WEIGHT = "weight"
MEASURE = "measure"
SCALE = "scale"
JUDGED = "judged"
FUTURE = "future"
AS_CHANCE = "chance"
KINDS = (LEAVE_OUT, WEIGHT, MEASURE, SCALE, JUDGED, FUTURE, AS_CHANCE)
# the changes that take a criterion out of the tree
OUT = (LEAVE_OUT, FUTURE)


class NothingWeighed(InputError):
    """Weights that a structure leaves nothing of: in all, or below a head that has weight."""


@dataclass(frozen=True, eq=False)
class Change:
    """One change to the stated tree.

    Parameters
    ----------
    kind : str
        "leave out" (a leaf, or a head with all below it), "future" (the same, because a scenario
        holds it), "weight" (another local weight), "measure" (another formula), "scale" (other
        anchors), "judged" (the analyst's cells in place of a formula), or "chance" (a leaf in
        percent becomes the chance that an option comes about).
    criterion : str
        The id of the criterion.
    rationale : str
        The reason for the change.
    weight : float, optional
        The local weight, relative to its siblings' suggested ones.
    measure : callable, optional
        The formula, as a criterion's.
    scale : Scale, optional
        The value scale.
    unit : str
        The unit of the new measure or scale; blank where it stays.
    cells : tuple of Estimate
        The judged cells.
    scenario : str
        The id of the scenario that holds a future.
    fallback : str
        The option that happens if another doesn't come about; blank for the baseline.

    Examples
    --------
    >>> Change("leave out", "legal", "Approval is a chance, not a good").criterion
    'legal'
    """

    kind: str
    criterion: str
    rationale: str = ""
    weight: float | None = None
    measure: Callable[..., np.ndarray] | None = None
    scale: Scale | None = None
    unit: str = ""
    cells: tuple[Estimate, ...] = ()
    scenario: str = ""
    fallback: str = ""


@dataclass(frozen=True, eq=False)
class Structure:
    """A named shape of a question: what of the stated tree it leaves out, re-weights or replaces.

    Parameters
    ----------
    name : str
        By which it is asked for.
    label : str
        Its name for readers.
    changes : tuple of Change
        What it changes.

    Examples
    --------
    >>> without = Structure("ends only", "Ends only", (Change("leave out", "cost"),))
    >>> without.told
    'without cost'
    """

    name: str
    label: str
    changes: tuple[Change, ...]

    @property
    def told(self) -> str:
        """The changes in words, with codes of criteria."""
        return joined(_change_text(change) for change in self.changes)

    @property
    def rationale(self) -> str:
        """The reasons of all changes."""
        reasons = dict.fromkeys(change.rationale for change in self.changes)
        return "; ".join(reason for reason in reasons if reason)

    def of_kind(self, *kinds: str) -> dict[str, Change]:
        """Return its changes of some kinds, by criterion."""
        return {change.criterion: change for change in self.changes if change.kind in kinds}


def _change_text(change: Change) -> str:
    weight = "" if change.weight is None else plain(change.weight)
    kind = change.kind.replace(" ", "_")
    return told(f"shape.change_{kind}", label=change.criterion, weight=weight)


def changed_criteria(criteria: Sequence[Any], structure: Structure) -> tuple[Any, ...]:
    """Return the criteria of a structure, in order; a head that loses all below it is gone too.

    Raises InputError for changes that exclude each other, and where nothing would be weighed.
    """
    gone = gone_with(criteria, structure)
    stays = tuple(
        _changed(criterion, structure) for criterion in criteria if criterion.key not in gone
    )
    refuse([*_change_faults(structure, gone), *_weighing_faults(structure, stays)])
    return stays


def _change_faults(structure: Structure, gone: set[str]) -> Iterator[Fault]:
    """Go through the changes that exclude each other, where criteria of some keys go."""
    where = f"structure '{structure.name}'"
    for change in structure.changes:
        if change.kind not in OUT and change.criterion in gone:
            found = f"'{change.kind}' of '{change.criterion}', which it leaves out"
            yield Fault(where, "changes of what is left", found, "keep one of the two")
    chances = structure.of_kind(AS_CHANCE)
    if len(chances) > 1:
        remedy = "make one chance of them, as a measure"
        yield Fault(where, "one chance of an option", known(chances), remedy)


def _weighing_faults(structure: Structure, stays: Sequence[Any]) -> Iterator[Fault]:
    """Go through what leaves nothing to weigh among the criteria that stay: in all, or below a head."""
    chances = structure.of_kind(AS_CHANCE)
    if not any(one.scale for one in stays if one.key not in chances):
        expected = "at least one leaf that is left"
        yield Fault(f"structure '{structure.name}'", expected, "none to weigh", "keep one")
    weights = {key: change.weight for key, change in structure.of_kind(WEIGHT).items()}
    for head in stays:
        below = [one.key for one in stays if one.parent == head.key]
        if below and all(weights.get(key) == 0 for key in below):
            yield _nothing_below(structure, head.key)


def _nothing_below(structure: Structure, head: str) -> Fault:
    where = f"structure '{structure.name}', local weights below '{head}'"
    return Fault(where, "one that isn't 0", "none", "leave the head out instead")


def gone_with(criteria: Sequence[Any], structure: Structure) -> set[str]:
    """Return the keys of the criteria that a structure leaves out, with all that hangs on them.

    A leaf that becomes a chance is no part of the tree any more, and stays whatever head goes.
    """
    chances = set(structure.of_kind(AS_CHANCE))
    gone = set(structure.of_kind(*OUT))
    before = -1
    while len(gone) != before:
        before = len(gone)
        gone |= {criterion.key for criterion in criteria if criterion.parent in gone} - chances
        for head in criteria:
            below = [criterion.key for criterion in criteria if criterion.parent == head.key]
            if not head.scale and below and (gone | chances).issuperset(below):
                gone.add(head.key)
    return gone


def _changed(criterion: Any, structure: Structure) -> Any:
    if criterion.key in structure.of_kind(AS_CHANCE):
        criterion = replace(criterion, parent="")
    for change in structure.changes:
        if change.criterion == criterion.key and change.kind in (MEASURE, SCALE, JUDGED):
            scale = change.scale or criterion.scale
            measure = criterion.measure if change.kind == SCALE else change.measure
            floor = None if change.unit else criterion.floor
            criterion = replace(
                criterion,
                measure=measure,
                scale=scale,
                direction=scale.direction,
                unit=change.unit or criterion.unit,
                floor=floor,
            )
    return criterion


def changed_tables(
    tables: Mapping[str, pd.DataFrame], gone: set[str], structure: Structure
) -> dict[str, pd.DataFrame]:
    """Return the tables of a question in a structure.

    Suggested local weights are the structure's; effects of scenarios on what is left out are none,
    save those on costs and chances of a bill, which its futures take from the tree as stated.
    """
    changed = dict(tables)
    if "criteria" in tables:
        criteria = tables["criteria"]
        criteria = criteria[~criteria.index.isin(gone)].copy()
        for key, change in structure.of_kind(WEIGHT).items():
            criteria.loc[key, "local_weight"] = change.weight
        changed["criteria"] = criteria
    if "scenarios" in tables:
        changed["scenarios"] = _without_effects(tables["scenarios"], gone)
    return changed


def _without_effects(scenarios: pd.DataFrame, gone: set[str]) -> pd.DataFrame:
    """Return scenarios whose effects on some criteria are none; their states stay."""
    none = scenarios["criterion"].isin(gone)
    table = scenarios.astype(object).copy()
    table.loc[none, "effect_type"] = "none"
    table.loc[none, "criterion"] = ""
    return table


def changed_weights(
    rows: np.ndarray, before: Any, after: Any, own: Collection[str] = ()
) -> np.ndarray:
    """Return weights (k, leaves after) for weights (k, leaves before) over the stated tree.

    A leaf that is left keeps its weight, and one on a longer scale in the same unit weighs as much
    more: a weight is what the way from worst to best is worth, so a unit keeps its worth. Below a
    head with other local weights the head's weight is shared anew, what isn't named keeping the
    holder's own share. Rows then sum to 1. before, after: the question as stated, and in the
    structure; own: the criteria whose local weights the holder stated, which stay. Raises
    NothingWeighed for a row that is left with nothing.
    """
    columns = [leaf.key for leaf in before.weighed]
    # what nobody weighs comes last
    shares = pd.DataFrame(rows[:, : len(columns)], columns=columns)[
        [leaf.key for leaf in after.weighed]
    ]
    for key, longer in _lengthened(before, after).items():
        shares[key] *= longer
    changes = {key: one for key, one in after.structure.of_kind(WEIGHT).items() if key not in own}
    for head in after.heads:
        children = {child.key for child in after.children(head.key)}
        if children & set(changes):
            _share_anew(shares, after, head.key, changes)
    totals = shares.to_numpy().sum(axis=1, keepdims=True)
    if not (totals > 0).all():
        where = f"structure '{after.structure.name}'"
        expected = "a holder with some weight on what is left"
        remedy = "ask this holder for weights in this structure"
        raise NothingWeighed(Fault(where, expected, "none", remedy))
    return np.asarray(shares.to_numpy() / totals)


def _lengthened(before: Any, after: Any) -> dict[str, float]:
    """Return how many times as long a scale is as stated, for each leaf that keeps its unit."""
    stated = {leaf.key: leaf for leaf in before.weighed}
    return {
        leaf.key: _length(leaf.scale) / _length(stated[leaf.key].scale)
        for leaf in after.weighed
        if leaf.scale is not stated[leaf.key].scale and leaf.unit == stated[leaf.key].unit
    }


def _length(scale: Scale) -> float:
    return abs(scale.anchors[-1] - scale.anchors[0])


def _share_anew(shares: pd.DataFrame, after: Any, head: str, changes: Mapping[str, Change]) -> None:
    """Share the weight of a head among its children by local weights, in place."""
    below = {child.key: _leaves_below(after, child.key) for child in after.children(head)}
    whole = shares[[leaf for leaves in below.values() for leaf in leaves]].sum(axis=1)
    sums = {child: shares[leaves].sum(axis=1) for child, leaves in below.items()}
    some = whole.where(whole > 0, 1.0)
    local = {
        child: sums[child] * 0 + changes[child].weight if child in changes else sums[child] / some
        for child in below
    }
    total = sum(local.values())
    if ((total <= 0) & (whole > 0)).any():
        raise NothingWeighed(_nothing_below(after.structure, head))
    total = total.where(total > 0, 1.0)
    for child, leaves in below.items():
        share = whole * local[child] / total
        for leaf in leaves:
            part = shares[leaf] / sums[child].where(sums[child] > 0, 1.0)
            shares[leaf] = share * part.where(sums[child] > 0, 1.0 / len(leaves))


def _leaves_below(problem: Any, key: str) -> list[str]:
    return [leaf.key for leaf in problem.weighed if key in problem.path(leaf.key)]
