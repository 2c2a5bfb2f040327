"""How the leader depends on a floor: a curve with steps at options' performances alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError
from mcda.checks.labels import JOIN, names_in
from mcda.display.html_table import html_result
from mcda.methods.method import Choice
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Criterion, Problem
from mcda.problem.screening import as_it_happens, check_problem, floors_of, noise_of, passes
from mcda.problem.thresholds import Threshold, threshold
from mcda.sensitivity.comparison.run import Run
from mcda.sentences.catalogue import joined, method_asked, told


@dataclass(frozen=True, eq=False)
class FloorCurve:
    """Who leads behind every floor on one leaf, at the best estimates.

    Attributes
    ----------
    table : DataFrame
        A row for each step, from the loosest floor to the strictest: the floors `from` (not
        included, except for the first) `to` (included) in natural units, options excluded, the
        leaders, their label, their lead in score over the next, and `starts`: the `Threshold` from
        which they lead, None where the leaders are those of the step before.
    criterion, label, unit : str
        The leaf.
    proposed : float or None
        The floor that the question proposes, None if it proposes none.
    method : str
        The method that scores the options.
    holder : str
        The holder of the weights.
    finding : str
        The finding in words.
    """

    table: pd.DataFrame
    criterion: str
    label: str
    unit: str
    proposed: float | None
    method: str
    holder: str
    finding: str

    def _repr_html_(self) -> str:
        about = {"leaf": self.label, "unit": self.unit}
        caption = told("caption.floors", **about, method=method_asked(self.method))
        return html_result(self.finding, {caption: self.table})


def floor_curve(
    problem: Problem,
    weights: Weights,
    method: Choice,
    criterion: str | None = None,
    *,
    p: float = 2.0,
) -> FloorCurve:
    """Return who leads behind every possible floor on a leaf.

    This is exact: a floor excludes by comparison with the best estimates, so the leader can change
    only at one of them. For a criterion to be minimised a floor is the most that passes.

    Parameters
    ----------
    problem : Problem
        The question.
    weights : Weights
        The weights of the holder.
    method : str or function
        The method that scores the options, as for `rank`.
    criterion : str, optional
        The leaf; by default the first for which a floor is proposed.
    p : float
        The order of the distance in TOPSIS.

    Returns
    -------
    FloorCurve
        The steps of the curve.

    Raises
    ------
    InputError
        For a criterion that isn't a leaf, or where none is given and no floor is proposed.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> floor_curve(problem, holders["Paris"], "topsis").table["leaders"].iloc[0]
    'OPT01'
    """
    check_problem(problem)
    proposed = [leaf.key for leaf in problem.leaves if leaf.floor is not None]
    if criterion is None and not proposed:
        raise InputError(
            Fault(
                "criterion",
                "the leaf that the floor is on",
                "none",
                "name one: no floor is proposed",
            )
        )
    key = criterion or proposed[0]
    floors_of(problem, {key: 0.0})
    run = Run(problem, weights, method, p=p)
    leaf = problem.criterion(key)
    performance = as_it_happens(problem, key)
    steps = sorted(performance.unique(), reverse=leaf.direction == "min")
    worst = leaf.scale.anchors[0] if leaf.scale else steps[0]
    start = min(worst, steps[0]) if leaf.direction == "max" else max(worst, steps[0])
    table = pd.DataFrame(
        [_step(run, key, *ends) for ends in zip([start, *steps[:-1]], steps, strict=True)]
    )
    table["starts"] = pd.Series(_starts(table, leaf), dtype=object)
    return FloorCurve(
        table,
        key,
        leaf.label,
        leaf.unit,
        leaf.floor,
        _method(table),
        weights.holder,
        _finding(problem, leaf.key, table),
    )


def _step(run: Run, key: str, start: float, end: float) -> dict[str, object]:
    case = replace(run, floors={key: float(end)}).contest
    scores = case.scores.to_numpy()[np.argsort(case.ranks, kind="stable")]
    return {
        "from": start,
        "to": end,
        "excluded": len(run.problem.options) - len(scores),
        "leaders": JOIN.join(case.leaders),
        "label": ", ".join(run.problem.labels[list(case.leaders)]),
        "lead": float(scores[0] - scores[1]) if len(scores) > 1 else np.nan,
        "method": case.method,
    }


def _starts(table: pd.DataFrame, leaf: Criterion) -> list[Threshold | None]:
    """Return for each step the floor from which its leaders lead, as it is printed.

    It is None where they led before.
    """
    way = np.inf if leaf.direction == "max" else -np.inf
    leaders = table["leaders"].tolist()

    def at(floor: float) -> str:
        passed = [
            who for who, end in zip(leaders, table["to"], strict=True) if passes(leaf, end, floor)
        ]
        return str(passed[0]) if passed else ""

    starts: list[Threshold | None] = [None]
    for step, before in enumerate(leaders[:-1], start=1):
        if leaders[step] == before:
            starts.append(None)
            continue
        last = float(table["to"].iloc[step - 1])
        end = float(table["to"].iloc[step])
        beyond = float(
            np.nextafter(last + 2 * np.copysign(noise_of(leaf), way), way)
        )  # past what noise lets pass
        starts.append(threshold(last, beyond, partial(_unless, at, before), end, leaders[step]))
    return starts


def _unless(at: Callable[[float], str], before: str, floor: float) -> str:
    """Return who leads at a floor, "" where it is still who did before."""
    return "" if at(floor) == before else at(floor)


def _method(table: pd.DataFrame) -> str:
    return str(table.pop("method").iloc[0])


def _finding(problem: Problem, key: str, table: pd.DataFrame) -> str:
    leaf = problem.criterion(key)
    leaders = _names(problem, table["leaders"].iloc[0])
    first = told("floor_moved.without", leaf=leaf.label, leaders=leaders)
    changes = table[table["starts"].notna()]
    if changes.empty:
        return told("floor_moved.never", first=first)
    steps = []
    for _, row in changes.iterrows():
        leaders = _names(problem, row["leaders"])
        steps.append(told("floor_moved.step", turn=row["starts"], unit=leaf.unit, leaders=leaders))
    return told("floor_moved.steps", first=first, steps=joined(steps))


def _names(problem: Problem, leaders: str) -> str:
    options = names_in(leaders, problem.options.index)
    names = told("join.and").join(map(problem.name_of, options))
    key = "floor_moved.leads" if len(options) == 1 else "floor_moved.lead"
    return told(key, leaders=names)
