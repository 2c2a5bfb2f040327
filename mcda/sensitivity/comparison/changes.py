"""What differs between two runs of a question, or of two versions of it: a row for each thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from mcda.checks.significant_digits import plain
from mcda.files.question.schema import FORMS, form_of
from mcda.preferences.weighting.stated import over_leaves
from mcda.problem.model import Problem
from mcda.problem.screening import floors_of
from mcda.sensitivity.comparison.run import Run

Change = tuple[str, ...]
SHEETS = {form.name for form in FORMS} - {
    "correlations",
    "positions",
    "screened_out",
    "events",
    "claims_links",
}


def changes(before: Run, after: Run) -> pd.DataFrame:
    """Return a row for each thing that differs between two runs: group, what, before, after."""
    rows = [*_problem_changes(before.problem, after.problem), *_weight_changes(before, after)]
    rows += _differences("floors", *(floors_of(run.problem, run.floors) for run in (before, after)))
    for group, what in (("method", "method"), ("method", "p"), ("draws", "n"), ("draws", "seed")):
        one = getattr(before, what)
        two = getattr(after, what)
        if one != two and not (what == "seed" and not after.n and not before.n):
            rows.append((group, what, _text(one), _text(two)))
    return pd.DataFrame(rows, columns=["group", "what", "before", "after"])


def _text(thing: Any) -> str:
    return (
        plain(thing) if isinstance(thing, float) else getattr(thing, "__name__", None) or str(thing)
    )


def _problem_changes(first: Problem, second: Problem) -> list[Change]:
    if first is second:
        return []
    both = (first, second)
    rows = _table_changes(first, second)
    for group, sides in (
        ("options", _options),
        ("estimates", _estimates),
        ("criteria", _yardsticks),
    ):
        rows += _differences(group, *map(sides, both))
    return rows


def _table_changes(first: Problem, second: Problem) -> list[Change]:
    """Return the tables that differ and are in no other group: own tables and correlations."""
    before = _own_tables(first)
    after = _own_tables(second)
    none = pd.DataFrame()
    changes: list[Change] = []
    for name in dict.fromkeys([*before, *after]):
        one = before.get(name, none)
        two = after.get(name, none)
        if not one.equals(two):
            changes.append(("options", f"table {name}", f"{len(one)} rows", f"{len(two)} rows"))
    return changes


def _own_tables(problem: Problem) -> dict[str, pd.DataFrame]:
    return {name: table for name, table in problem.tables.items() if name not in SHEETS}


def _options(problem: Problem) -> dict[str, tuple[str, ...]]:
    """Return each option's label, its chance, and the question's own columns, which formulas read."""
    shown = {"label", "chance", "fallback"}
    columns = {column.name for column in form_of("options").columns} - shown
    table = problem.options.drop(columns=columns, errors="ignore").astype(str)
    return {
        str(option): tuple(row) for option, row in zip(table.index, table.to_numpy(), strict=True)
    }


def _estimates(problem: Problem) -> dict[str, tuple[Any, ...]]:
    """Return what every estimate is drawn from, and the rule that widens those of weak evidence."""
    rule = problem.widening
    widening: dict[str, Any] = {} if rule is None else {**rule.factors, **rule.limits}
    drawn = {
        key: (
            estimate.low,
            estimate.mode,
            estimate.high,
            estimate.distribution,
            *filter(None, [estimate.interval]),
            *estimate.points,
            *estimate.chances,
            *estimate.counts,
        )
        for key, estimate in problem.estimates.items()
    }
    return {**drawn, **{f"widening, {key}": number for key, number in widening.items()}}


def _yardsticks(problem: Problem) -> dict[str, tuple[Any, ...]]:
    return {
        criterion.key: (
            criterion.parent,
            criterion.direction,
            *((criterion.scale.anchors, criterion.scale.worth) if criterion.scale else ()),
            *filter(None, [criterion.measure, criterion.bill]),
        )
        for criterion in problem.criteria
    }


def _differences(group: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> list[Change]:
    return [
        (group, key, _short(first.get(key)), _short(second.get(key)))
        for key in dict.fromkeys([*first, *second])
        if first.get(key) != second.get(key)
    ]


def _short(thing: Any) -> str:
    if isinstance(thing, tuple):
        return ", ".join(_short(part) for part in thing)
    return "not there" if thing is None else _text(thing)


def _weight_changes(before: Run, after: Run) -> list[Change]:
    one, two = (over_leaves(run.problem, run.weights).values for run in (before, after))
    keys = dict.fromkeys([*one.index, *two.index])
    rows: list[Change] = [
        (
            "weights",
            key,
            f"{plain(100 * one.get(key, 0), 3)}%",
            f"{plain(100 * two.get(key, 0), 3)}%",
        )
        for key in keys
        if abs(one.get(key, 0) - two.get(key, 0)) > 1e-12
    ]
    paired = [
        run.weights.pairwise.values.round(12).to_dict() if run.weights.pairwise else {}
        for run in (before, after)
    ]
    if not rows and paired[0] != paired[1]:
        rows.append(("weights", "pairwise judgements", "those before", "others"))
    if rows and before.weights.holder != after.weights.holder:
        rows.insert(0, ("weights", "holder", before.weights.holder, after.weights.holder))
    return rows
