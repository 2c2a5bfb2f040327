"""Weights: what somebody wants, and who. Stated once, normalised once, both kept."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from typing import Any, overload

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_named, check_number, shortly
from mcda.checks.faults import AssumptionWarning, Fault, InputError, known, refuse
from mcda.checks.labels import as_numbers, name_faults
from mcda.checks.significant_digits import plain
from mcda.display.html_table import html_table
from mcda.preferences.pairwise.consistency import Consistency
from mcda.preferences.weighting.normalise import normalised
from mcda.preferences.weighting.reshaped import ReshapedWeights
from mcda.preferences.weighting.spaces import RANGE, WeightSpace, stated_ranges
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem
from mcda.problem.structures import changed_weights
from mcda.sentences import catalogue

# the step of weights that holds what a holder said, with ranges and reasons
STATED = "weights as stated"
# the step of weights that holds a holder's own local weights, with rationales
LOCAL_STATED = "local weights as stated"
# the step of weights that were carried from the stated tree into a structure of the question
IN_STRUCTURE = "weights in the structure"
MEANING = (
    "trade-off: the worth of moving one criterion from its worst to its best anchor, "
    "relative to the others"
)
NOBODY = catalogue.EQUAL_WEIGHTS
KEPT = 64  # weights over leaves, each with its question: those of eleven holders in a few of them


@dataclass(frozen=True, eq=False)
class Weights:
    """The weights of one holder over criteria, as stated and divided by their sum.

    The criteria are the leaves of a question, or its heads (`over_leaves` then spreads them by
    local weights). `values` are the weights divided by their sum.

    Parameters
    ----------
    raw : pandas.Series
        The weights as stated, in any unit, by criterion.
    holder : str
        The name of whoever holds them.
    method : str
        How they were asked for: "direct", "swing", "AHP" and the like.
    meaning : str
        What a weight means.
    as_of, rationale : str
        The date of the statement and the reasons for it.
    anchors : mapping of str to (float, float)
        The worst and best anchor of each leaf that the holder saw, in its unit.
    consistency : Consistency, optional
        Of the judgements behind them.
    pairwise : Weights, optional
        The same preferences as pairwise judgements give them, if the holder has any: AHP uses them.
    space : WeightSpace, optional
        All the weights that the holder allows, if a range was stated for each.
    steps : mapping of str to pandas.DataFrame
        Labelled tables that show how the weights came about.
    kinds : tuple of str
        The kinds of the numbers behind them, where recorded.

    Raises
    ------
    InputError
        For bad names, negative weights, or weights that are all 0.

    Examples
    --------
    >>> Weights(pd.Series({"cost": 30.0, "legal": 10.0}), holder="panel").values.to_dict()
    {'cost': 0.75, 'legal': 0.25}
    """

    raw: pd.Series
    holder: str
    method: str = "direct"
    meaning: str = MEANING
    as_of: str = ""
    rationale: str = ""
    anchors: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    consistency: Consistency | None = None
    pairwise: Weights | None = None
    space: WeightSpace | None = None
    steps: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse nameless, negative, missing or all-zero weights."""
        check_kind(
            self.raw,
            pd.Series,
            "weights",
            "a Series of numbers by criterion",
            "mcda.weights takes a dict",
        )
        if not isinstance(self.holder, str) or not self.holder.strip():
            raise InputError(
                Fault(
                    "weights", "the name of their holder", repr(self.holder), "say whose they are"
                )
            )
        refuse(name_faults(self.raw.index, "criterion"))
        normalised(
            as_numbers(self.raw, lambda at: f"weight of '{self.raw.index[at[0]]}'"),
            tuple(self.raw.index),
        )

    @cached_property
    def values(self) -> pd.Series:
        """The weights divided by their sum, by criterion."""
        shares = normalised(self.raw.to_numpy(float), tuple(self.raw.index))
        return pd.Series(shares, index=self.raw.index, name=self.holder)

    def _repr_html_(self) -> str:
        return html_table(
            pd.DataFrame({"stated": self.raw, "weight": self.values}),
            catalogue.told(
                "caption.weights",
                holder=catalogue.holder_name(self.holder),
                how=catalogue.stated_by(self.method),
            ),
        )


def weights(
    values: Mapping[str, float] | pd.Series,
    holder: str,
    *,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    total: float | None = None,
    **about: Any,
) -> Weights:
    """Return the weights that a holder states directly, in points or percent.

    Ratios are kept as stated and divided by their sum once.

    Parameters
    ----------
    values : mapping of str to float or pandas.Series
        By criterion, in any unit; 0 says that the holder doesn't care.
    holder : str
        The name of the holder.
    ranges : mapping of str to (float, float), optional
        Low and high of each, in the same unit (see `with_ranges`).
    total : float, optional
        What the values must sum to.
    **about
        Any further field of `Weights` (as_of, rationale, ...).

    Returns
    -------
    Weights
        The weights as stated and divided by their sum.

    Raises
    ------
    InputError
        For bad names or numbers.

    Examples
    --------
    >>> weights({"cost": 60, "legal": 40}, holder="Treasury").values.round(3).to_dict()
    {'cost': 0.6, 'legal': 0.4}
    """
    check_named(values, "weights")
    stated = pd.Series(dict(values), dtype=object)
    refuse(name_faults(stated.index, "criterion"))
    raw = pd.Series(
        as_numbers(stated, lambda at: f"weight of '{stated.index[at[0]]}'"), stated.index
    )
    made = Weights(raw, holder, **about)
    if total is not None:
        check_number(total, lambda total: 0 < total < np.inf, "total", "a finite number above 0")
        if not np.isclose(raw.sum(), total, rtol=1e-6, atol=0):
            where = f"weights of '{holder}'"
            expected = f"a sum of {plain(total)}"
            raise InputError(Fault(where, expected, plain(raw.sum()), "correct a weight"))
    return made if ranges is None else with_ranges(made, _range_table(raw, ranges, holder))


def with_ranges(weights: Weights, table: pd.DataFrame) -> Weights:
    """Return weights with the ranges that were stated for them.

    The table has columns low, mode, high in points, by criterion. It is the step "weights as
    stated", and makes the `space`. Raises InputError as `stated_ranges` does.

    >>> table = pd.DataFrame(
    ...     {"low": [40, 20], "mode": [60, 40], "high": [70, 50]}, index=["cost", "legal"]
    ... )
    >>> treasury = weights({"cost": 60, "legal": 40}, holder="Treasury")
    >>> list(with_ranges(treasury, table).steps)
    ['weights as stated']
    """
    space = stated_ranges(table, weights.holder)
    return replace(weights, space=space, steps={**weights.steps, STATED: table})


def _range_table(
    raw: pd.Series, ranges: Mapping[str, tuple[float, float]], holder: str
) -> pd.DataFrame:
    check_named(ranges, f"ranges of '{holder}'", "low and high by criterion", '{"cost": (20, 40)}')
    refuse(
        Fault(f"weights of '{holder}'", f"a range for '{key}'", "none")
        for key in raw.index
        if key not in ranges
    )
    refuse(
        Fault(f"weights of '{holder}'", f"criteria among {known(raw.index)}", f"'{key}'")
        for key in ranges
        if key not in raw.index
    )
    refuse(
        Fault(f"range of '{key}' by '{holder}'", "low and high, such as (20, 40)", shortly(pair))
        for key, pair in ranges.items()
        if np.array(pair, dtype=object).shape != (2,)
    )
    return pd.DataFrame(
        [(ranges[key][0], raw[key], ranges[key][1]) for key in raw.index],
        index=raw.index,
        columns=RANGE,
    )


def check_weights(given: object, what: str = "weights") -> None:
    """Refuse what isn't the weights of a holder: points alone don't name one."""
    remedy = "make them with mcda.weights(..., holder=...); of several holders take one"
    check_kind(given, Weights, what, "the weights of a holder", remedy)


def check_holders(given: Mapping[str, Weights]) -> None:
    """Refuse what isn't one or more holders' weights by name."""
    check_kind(
        given, Mapping, "holders", "the weights of each by name", 'give {"Treasury": weights}'
    )
    if not given:
        raise InputError(
            Fault("holders", "at least one", "none", "equal_weights(problem) stands in for nobody")
        )
    refuse(name_faults(given, "holder"))
    for name, stated in given.items():
        check_weights(stated, f"weights of '{name}'")


def equal_weights(problem: Problem, holder: str = NOBODY) -> Weights:
    """Return the same weight for every head of a question (for every leaf, if it has no heads).

    Parameters
    ----------
    problem : Problem
        The question.
    holder : str
        The name of the holder.

    Returns
    -------
    Weights
        Over the top criteria, with the note that nobody stated them.

    Raises
    ------
    InputError
        If `problem` is no `Problem`.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> equal_weights(ukraine_force.problem()).values.round(2).tolist()
    [0.2, 0.2, 0.2, 0.2, 0.2]
    """
    check_problem(problem)
    tops = [top.key for top in problem.tops]
    return Weights(
        pd.Series(1.0, index=tops), holder, method="equal", rationale="nobody stated these weights"
    )


def stale(problem: Problem, weights: Weights) -> tuple[str, ...]:
    """Return a sentence for each anchor that has moved since the weights were given.

    Such weights must be asked for again.

    Parameters
    ----------
    problem : Problem
        The question.
    weights : Weights
        The weights, with the anchors that were shown when they were given.

    Returns
    -------
    tuple of str
        The sentences; empty if nothing has moved.

    Raises
    ------
    InputError
        If either is of another type.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> given = weights({"C2": 1}, "me", anchors={"C2.1": (30, 0)})
    >>> print(*stale(ukraine_force.problem(), given))
    weights of 'me' are stale: given for 'C2.1' from 30 to 0, which now runs from 40 to 0; ask again
    """
    check_problem(problem)
    check_weights(weights)
    now = {
        leaf.key: (leaf.scale.anchors[0], leaf.scale.anchors[-1])
        for leaf in problem.leaves
        if leaf.scale
    }
    sentences = []
    for key, seen in weights.anchors.items():
        about = {"holder": weights.holder, "leaf": key, **_ends("seen", seen)}
        if key not in now:
            sentences.append(catalogue.told("stale.gone", **about))
        elif tuple(seen) != now[key]:
            sentences.append(catalogue.told("stale.moved", **about, **_ends("now", now[key])))
    return tuple(sentences)


def _ends(when: str, ends: Sequence[float]) -> dict[str, str]:
    """Return the worst and the best end of a scale at a time, as fields of a sentence."""
    return {f"{when}_worst": plain(ends[0]), f"{when}_best": plain(ends[1])}


@overload
def over_leaves(
    problem: Problem, weights: Weights, local: Mapping[str, float] | None = None
) -> Weights: ...
@overload
def over_leaves(
    problem: Problem, weights: WeightSpace, local: Mapping[str, float] | None = None
) -> WeightSpace: ...
def over_leaves(
    problem: Problem, weights: Weights | WeightSpace, local: Mapping[str, float] | None = None
) -> Weights | WeightSpace:
    """Return weights, or a space of them, over the leaves of a question.

    Weights of leaves stay as they are, weights of heads are spread. A space passes every row it
    draws down the tree in the same way.

    Parameters
    ----------
    problem : Problem
        The question.
    weights : Weights or WeightSpace
        Over its leaves or its heads.
    local : mapping of str to float, optional
        A weight for each criterion below the top, relative to its siblings; without it the
        question's suggested local weights are used.

    Returns
    -------
    Weights or WeightSpace
        The same over the leaves.

    Raises
    ------
    InputError
        That names a leaf or head that is missing or unknown.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem = ukraine_force.problem()
    >>> over_leaves(problem, equal_weights(problem)).values.round(3)["C4.1"]
    np.float64(0.05)
    """
    check_problem(problem)
    if not isinstance(weights, WeightSpace):
        for sentence in stale(_tree_of(problem, weights), weights):
            warnings.warn(sentence, AssumptionWarning, stacklevel=2)
    return _as_suggested(problem, weights) if local is None else _spread(problem, weights, local)


@lru_cache(maxsize=KEPT)  # nearly every result of a question begins with the same ones
def _as_suggested(problem: Problem, weights: Weights | WeightSpace) -> Weights | WeightSpace:
    """Return weights over the leaves by the local weights that the question suggests."""
    return _spread(problem, weights, None)


def _spread(
    problem: Problem, weights: Weights | WeightSpace, local: Mapping[str, float] | None
) -> Weights | WeightSpace:
    if isinstance(weights, WeightSpace):
        return _space_spread(problem, weights, local)
    tree = _tree_of(problem, weights)
    over = _over_tree(tree, weights, local)
    return over if tree is problem else in_structure(problem, over)


def _over_tree(problem: Problem, weights: Weights, local: Mapping[str, float] | None) -> Weights:
    space = None if weights.space is None else _space_spread(problem, weights.space, local)
    stated = _weighed(problem, weights.raw.index)
    leaves, is_spread = _level(problem, stated, weights.holder)
    if not is_spread:
        return replace(weights, raw=_on_all(problem, weights.raw.loc[leaves]), space=space)
    local = problem.local_weights if local is None else local
    shares = pd.Series(_shares(problem, weights.values, local))
    steps = {**weights.steps, "weights down the tree": _tree(problem, shares, local)}
    return replace(weights, raw=_on_all(problem, shares.loc[leaves]), space=space, steps=steps)


def _space_spread(
    problem: Problem, space: WeightSpace, local: Mapping[str, float] | None
) -> WeightSpace:
    tree = _tree_of(problem, space)
    over = _space_over_leaves(tree, space, local)
    if tree is problem:
        return over
    return _space_in_structure(problem, over, partial(changed_weights, before=tree, after=problem))


def _weighed(problem: Problem, stated: Collection[str]) -> list[str]:
    """Return the criteria that weights were stated on, without those that nobody weighs."""
    unweighed = {leaf.key for leaf in problem.leaves if leaf.role}
    return [key for key in stated if key not in unweighed]


def _on_all(problem: Problem, held: pd.Series) -> pd.Series:
    """Return weights on every leaf: 0 on what nobody weighs."""
    if not problem.has_chances:
        return held
    return held.reindex([leaf.key for leaf in problem.leaves], fill_value=0.0)


def _tree_of(problem: Problem, weights: Weights | WeightSpace) -> Problem:
    """Return the question on whose tree weights are: itself, or as it was before its structure."""
    stated = problem.stated
    if stated is None:
        return problem
    if isinstance(weights, Weights):
        keys = set(_weighed(stated, weights.raw.index))
        carried = IN_STRUCTURE in weights.steps
    else:
        keys = set(_weighed(stated, weights.criteria))
        carried = keys in _levels(problem)
    return stated if not carried and keys in _levels(stated) else problem


def _levels(problem: Problem) -> tuple[set[str], set[str]]:
    return {leaf.key for leaf in problem.weighed}, {top.key for top in problem.tops}


def _space_in_structure(
    problem: Problem, space: WeightSpace, carried: Callable[[np.ndarray], np.ndarray]
) -> WeightSpace:
    keys = [leaf.key for leaf in problem.weighed]
    spread = pd.DataFrame(np.eye(len(keys)), keys, keys)
    every = spread.reindex(columns=[leaf.key for leaf in problem.leaves], fill_value=0.0)
    return ReshapedWeights(tuple(keys), space.holder, spread=every, whole=space, reshape=carried)


def in_structure(problem: Problem, weights: Weights) -> Weights:
    """Return weights over the leaves of the stated tree over those of the question's structure.

    On what is left they keep their proportions, and local weights that the holder stated stay; the
    step "weights in the structure" shows both.
    """
    keys = [leaf.key for leaf in problem.weighed]
    own = weights.steps[LOCAL_STATED].index if LOCAL_STATED in weights.steps else ()
    carried = partial(changed_weights, before=problem.stated, after=problem, own=tuple(own))
    shares = pd.Series(carried(weights.values.to_numpy()[None])[0], keys)
    both = pd.DataFrame({"as stated": weights.values, "in the structure": shares})
    space = _space_in_structure(problem, weights.space, carried) if weights.space else None
    return replace(
        weights,
        raw=_on_all(problem, shares),
        anchors={key: seen for key, seen in weights.anchors.items() if key in keys},
        space=space,
        steps={**weights.steps, IN_STRUCTURE: both.loc[list(weights.values.index)]},
    )


def _space_over_leaves(
    problem: Problem, space: WeightSpace, local: Mapping[str, float] | None
) -> WeightSpace:
    local = problem.local_weights if local is None else local
    criteria = _weighed(problem, space.criteria)
    leaves, is_spread = _level(problem, criteria, space.holder)
    rows = (
        pd.DataFrame(np.eye(len(space.tops)), list(space.tops), list(space.criteria))
        if space.spread is None
        else space.spread
    )
    shares = (
        _shares(problem, {key: rows[key].to_numpy() for key in criteria}, local)
        if is_spread
        else rows
    )
    spread = pd.DataFrame({leaf: shares[leaf] for leaf in leaves}, index=rows.index)
    if problem.has_chances:
        spread = spread.reindex(columns=[leaf.key for leaf in problem.leaves], fill_value=0.0)
    return replace(space, spread=spread)


def level_of(problem: Problem, stated: Collection[str]) -> list[str]:
    """Return the level of the tree that the stated criteria fit best: leaves, or top criteria."""
    check_problem(problem)
    leaves = [leaf.key for leaf in problem.weighed]
    tops = [top.key for top in problem.tops]
    return min((leaves, tops), key=lambda level: len(set(stated) ^ set(level)))


def _level(problem: Problem, stated: list[str], holder: str) -> tuple[list[str], bool]:
    """Return the leaves, and whether the stated criteria are the top ones.

    Raises InputError for a missing or unknown criterion.
    """
    leaves = [leaf.key for leaf in problem.weighed]
    level = level_of(problem, stated)
    refuse(_mismatch(holder, stated, level))
    return leaves, level != leaves


def _mismatch(holder: str, stated: list[str], level: list[str]) -> list[Fault]:
    where = f"weights of '{holder}'"
    remedy = "state 0 for a criterion the holder doesn't care about"
    return [
        *(
            Fault(where, f"a weight for '{key}'", "none", remedy)
            for key in level
            if key not in stated
        ),
        *(
            Fault(where, f"criteria among {known(level)}", f"'{key}'", "correct the name")
            for key in stated
            if key not in level
        ),
    ]


def _shares(
    problem: Problem, tops: Mapping[str, Any] | pd.Series, local: Mapping[str, float]
) -> dict[str, Any]:
    """Return the weight of every criterion in the tree.

    It is its parent's, shared among siblings by local weight.
    """
    remedy = "give a local weight to every criterion below a head"
    below = [criterion.key for criterion in problem.criteria if criterion.parent]
    refuse(
        Fault(f"local weight of '{key}'", "a number", "none", remedy)
        for key in below
        if key not in local
    )
    numbers = pd.Series(
        as_numbers([local[key] for key in below], lambda at: f"local weight of '{below[at[0]]}'"),
        below,
    )
    shares = dict(tops)
    for parent in problem.heads:
        children = [child.key for child in problem.children(parent.key)]
        parts = normalised(numbers[children].to_numpy(), children)
        shares.update(
            (child, shares[parent.key] * part) for child, part in zip(children, parts, strict=True)
        )
    return shares


def _tree(problem: Problem, shares: pd.Series, local: Mapping[str, float]) -> pd.DataFrame:
    tree = [criterion for criterion in problem.criteria if not criterion.role]
    keys = [criterion.key for criterion in tree]
    table = pd.DataFrame({"label": [criterion.label for criterion in tree]}, index=keys)
    table["local weight"] = [local.get(key, np.nan) for key in keys]
    table["weight"] = shares.loc[keys]
    return table
