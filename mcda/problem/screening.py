"""What is settled before anything is scored: floors, and options that another dominates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind
from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.significant_digits import STATED, plain, told_apart
from mcda.problem.chances import CHANCE
from mcda.problem.model import Criterion, Problem
from mcda.sentences.catalogue import told

Floors = Mapping[str, float] | bool | None
# of the scale's size: a long formula misses by less, and nobody states a floor so finely
NOISE = 1e-12
EXCLUDED = ("label", "criterion", "performance", "floor", "reason")
RULED_OUT = ("label", "reason", "returns_if", "as_of", "sources")


def check_problem(given: object) -> None:
    """Refuse what isn't a question that was opened, such as its name."""
    check_kind(
        given,
        Problem,
        "question",
        "a Problem",
        "mcda.open_question(name) gives it, with its holders",
    )


def ruled_out(problem: Problem) -> pd.DataFrame:
    """Return the options that were considered and ruled out, by id; empty where none is told.

    They stand in the sheet "screened_out", with the reason and what would bring one back, and
    aren't among the question's options.
    """
    table = problem.tables.get("screened_out", pd.DataFrame())
    shown = table.astype(object).reindex(columns=list(RULED_OUT))
    return shown.where(shown.notna(), "")


def proposed_floors(problem: Problem) -> dict[str, float]:
    """Return the floors that the question proposes, by leaf; empty where it proposes none."""
    return {leaf.key: leaf.floor for leaf in problem.leaves if leaf.floor is not None}


def limit_word_of(problem: Problem, limited: Collection[str] = ()) -> str:
    """Return what limits are called: a "minimum", a "maximum", or "limits" of both kinds.

    limited: the leaves with a limit; those of the question's own, if none is given. A question that
    proposes none is told of a minimum, where somebody sets one.
    """
    keys = limited or proposed_floors(problem)
    directions = {leaf.direction for leaf in problem.leaves if leaf.key in keys}
    if len(directions) > 1:
        return "limits"
    return "maximum" if directions == {"min"} else "minimum"


def floors_of(problem: Problem, floors: Floors) -> dict[str, float]:
    """Return the floors in force, by leaf: none, the question's own (True), or those given.

    Raises InputError for a criterion that isn't a leaf, a floor that isn't a number, or True where
    none is proposed.
    """
    check_problem(problem)
    proposed = proposed_floors(problem)
    if floors is None or floors is False:
        return {}
    if floors is True:
        if not proposed:
            raise InputError(
                Fault(
                    "floors",
                    "a floor that the question proposes",
                    "none",
                    f"give one, such as {_example(problem)}",
                )
            )
        return proposed
    check_kind(floors, Mapping, "floors", "floors by leaf, True, or None", 'such as {"cost": 30}')
    leaves = {leaf.key for leaf in problem.leaves}
    refuse(
        Fault(
            f"floor on '{key}'",
            "a finite number on a leaf",
            f"{floor!r}",
            f"the leaves are {known(sorted(leaves), 30)}",
        )
        for key, floor in floors.items()
        if key not in leaves
        or isinstance(floor, bool)
        or not isinstance(floor, int | float)
        or not np.isfinite(floor)
    )
    return {key: float(floor) for key, floor in floors.items()}


def _example(problem: Problem) -> dict[str, float]:
    """Return a floor on a leaf of the question that every option passes, for a message."""
    leaf = problem.leaves[0]
    performances = problem.performance[leaf.key]
    worst = performances.min() if leaf.direction == "max" else performances.max()
    return {leaf.key: float(worst)}


def noise_of(leaf: Criterion) -> float:
    """Return by how much a performance may miss its floor and still pass: a formula's last bits.

    0 where performances are judged: they are compared as they were typed.

    >>> from mcda.problem.value_scales import Scale
    >>> scale = Scale((0.0, 50.0), (0.0, 1.0))
    >>> noise_of(Criterion("cost", unit="EUR m", direction="max", scale=scale))
    0.0
    """
    if leaf.measure is None or leaf.scale is None:
        return 0.0
    return NOISE * max(abs(end) for end in leaf.scale.anchors)


def passes(leaf: Criterion, performances: Any, floor: float | np.ndarray) -> np.ndarray:
    """Return which performances (...) on a leaf pass a floor.

    They do at the floor, or off it by rounding noise alone. One rule for what is screened, drawn,
    moved and shown, so that no machine's last bits exclude an option: a formula that gives 0.1 +
    0.2 passes a floor of 0.3 in either direction.
    """
    return np.asarray(
        leaf.sign * (np.asarray(performances, dtype=float) - floor) >= -noise_of(leaf)
    )


def as_it_happens(problem: Problem, key: str) -> pd.Series:
    """Return the performances on a leaf; what never comes about has those of its fallback."""
    performances = problem.performance[key].copy()
    for option, otherwise in problem.without_chance.items():
        performances[option] = problem.whole.performance.loc[otherwise, key]
    return performances


def _reason(
    problem: Problem, leaf: Criterion, option: str, performance: float, floor: float
) -> str:
    """Return in words why an option fails a floor."""
    key = "floor.not_reached" if leaf.direction == "max" else "floor.passed_over"
    reason = told(
        key,
        label=leaf.label,
        performance=told_apart(performance, floor),
        unit=leaf.unit,
        floor=plain(floor, STATED),
    )
    if option in problem.without_chance:
        otherwise = problem.without_chance[option]
        return told("floor.of_otherwise", reason=reason, otherwise=otherwise)
    return reason


def failures(problem: Problem, floors: Floors = None) -> pd.DataFrame:
    """Return a row for every floor that an option fails, with the reason.

    It also does where no option passes. The best estimate is what is compared with the floor: of an
    option that never comes about, that of what happens otherwise.
    """
    rows = []
    for leaf, floor, performances, fail in _compared(problem, floors):
        for option, performance in performances[fail].items():
            reason = _reason(problem, leaf, option, performance, floor)
            rows.append((option, problem.labels[option], leaf.key, performance, floor, reason))
    return pd.DataFrame(rows, columns=["option", *EXCLUDED]).set_index("option")


def _compared(
    problem: Problem, floors: Floors
) -> Iterator[tuple[Criterion, float, pd.Series, np.ndarray]]:
    """Go through the floors in force: leaf, floor, performances on it, and which of them fail."""
    for key, floor in floors_of(problem, floors).items():
        leaf = problem.criterion(key)
        performances = as_it_happens(problem, key)
        yield leaf, floor, performances, ~passes(leaf, performances, floor)


def excludes_all(problem: Problem, floors: Floors = None) -> bool:
    """Say whether no option passes the floors, so that there is nothing left to rank.

    >>> from criteria import ukraine_force
    >>> excludes_all(ukraine_force.problem(), {"C1.3": 100}), excludes_all(ukraine_force.problem())
    (True, False)
    """
    return bool(_failing(problem, floors).all())


def _failing(problem: Problem, floors: Floors) -> np.ndarray:
    """Return which options fail a floor, (m,)."""
    fail = np.zeros(len(problem.options), dtype=bool)
    for *_, fail_one in _compared(problem, floors):
        fail |= fail_one
    return fail


def keep_passing(problem: Problem, floors: Floors = None) -> Problem:
    """Return the question with the options that pass every floor, as `screen` does, without reasons.

    >>> from criteria import ukraine_force
    >>> len(keep_passing(ukraine_force.problem(), {"C1.3": 30}).options)
    7
    """
    check_problem(problem)
    fail = _failing(problem, floors)
    if fail.all():
        raise InputError(
            Fault("floors", "at least one option that passes", "none", "lower a floor")
        )
    return problem.keep(problem.options.index[~fail])


def usable_floors(problem: Problem) -> dict[str, float]:
    """Return the floors that the question proposes; empty where none, or where no option passes."""
    proposed = proposed_floors(problem)
    return {} if excludes_all(problem, proposed) else proposed


def screen(problem: Problem, floors: Floors = None) -> tuple[Problem, pd.DataFrame]:
    """Return the question with the options that pass every floor, and the failures.

    The best estimate is what is compared with the floor.

    Parameters
    ----------
    problem : Problem
        The question.
    floors : None, True or mapping of str to float
        None for none, True for those that the question proposes, or floors in natural units by
        leaf.

    Returns
    -------
    passed : Problem
        The question with the options that pass.
    excluded : pandas.DataFrame
        A row for each failure: option, criterion, performance, floor and the reason in words.

    Raises
    ------
    InputError
        If no option passes, or for a floor on something that isn't a leaf.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> passed, excluded = screen(ukraine_force.problem(), {"C1.3": 30})
    >>> excluded.loc["OPT07", "reason"]
    'Deterrent effect of 12 points 0-100 is below the minimum of 30'
    """
    return keep_passing(problem, floors), failures(problem, floors)


def dominance(problem: Problem) -> pd.DataFrame:
    """Return each pair of options in which one dominates the other at the best estimates.

    An option dominates another if it is at least as good on every leaf and better on one.

    Parameters
    ----------
    problem : Problem
        The question.

    Returns
    -------
    pandas.DataFrame
        Columns dominator, dominated, better_on (the leaves).

    Raises
    ------
    InputError
        If `problem` is no `Problem`.

    References
    ----------
    Keeney and Raiffa (1976), Decisions with Multiple Objectives, ch. 3.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> dominance(ukraine_force.problem()).columns.tolist()
    ['dominator', 'dominated', 'better_on']
    """
    check_problem(problem)
    values = problem.values.to_numpy()
    leaves = problem.values.columns
    at_least = (values[:, None, :] >= values[None, :, :]).all(axis=-1)
    better = values[:, None, :] > values[None, :, :]
    for at in [at for at, leaf in enumerate(problem.leaves) if leaf.role == CHANCE]:
        # a chance is no good in itself: only options that are as sure are told apart
        at_least &= values[:, None, at] == values[None, :, at]
    ids = problem.options.index
    pairs = [
        (ids[i], ids[j], ", ".join(leaves[better[i, j]]))
        for i, j in np.argwhere(at_least & better.any(axis=-1)).tolist()
    ]
    return pd.DataFrame(pairs, columns=["dominator", "dominated", "better_on"])
