"""Changes of performances that cross a floor, downwards by the leader or upwards by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.checks.labels import JOIN
from mcda.methods.contest import Contest, leading
from mcda.problem.chances import LEAST
from mcda.problem.model import Criterion, Problem
from mcda.problem.ranges import ranges
from mcda.sensitivity.switching.lead_along_a_cell import Board


@dataclass(frozen=True, eq=False)
class Crossing:
    """The smallest change that carries one option across the floors, and who leads then.

    then_leads is "" where the leader stays, and names all of several that tie. cells: a row for
    each performance that moves: option, criterion, label, before, after, low, high, unit, share.
    """

    cells: pd.DataFrame
    then_leads: str

    @property
    def distance(self) -> float:
        """The sum of the shares, each of the width of its own range."""
        return float(self.cells["share"].sum())


def crossings(on: Board) -> list[Crossing]:
    """Return every smallest crossing inside the stated ranges.

    Options must be scored by their own row alone.
    """
    problem = on.problem
    case = on.case
    cells = ranges(problem)
    cheapest = [_out(problem, case, cells, key, floor) for key, floor in on.floors.items()]
    cheapest.append(_never(on, cells))
    fails = ~on.passes.all(axis=1)
    excluded = list(problem.options.index[fails])
    cheapest += [_in(problem, case, cells, option, on.floors) for option in excluded]
    return [crossing for crossing in cheapest if crossing is not None]


def _never(on: Board, cells: pd.DataFrame) -> Crossing | None:
    """Return how the leader counts as what happens otherwise, if its chance may fall to none."""
    if on.case.leaders[0] not in on.problem.fallbacks:
        return None
    chance = on.problem.own_leaves[-1]
    row = _cell(cells, on.case.leaders[0], chance, 0.0)
    if not row["reached"]:
        return None
    at = [on.problem.options.index.get_loc(row["option"]), len(on.problem.weighed)]
    lead = on.lead(on.with_one_cell(np.array(at[:1]), np.array(at[1:]), np.zeros(1)))[0]
    then = "" if lead[on.leaders].all() or not lead.any() else on.names(lead)
    return Crossing(pd.DataFrame([{**row, "kind": "performance"}]), then)


def _out(
    problem: Problem, case: Contest, cells: pd.DataFrame, key: str, floor: float
) -> Crossing | None:
    """Return how the leader falls behind a floor, if its range and the other options allow it."""
    leader = case.leaders[0]
    leaf = problem.criterion(key)
    level = problem.without_chance  # which lead nowhere
    others = case.scores.drop([leader, *(one for one in level if one in case.values.index)])
    worse = -np.inf if leaf.direction == "max" else np.inf
    behind = np.nextafter(floor, worse)
    row = _cell(cells, leader, leaf, float(behind))
    if not len(others) or not row["reached"]:
        return None
    return Crossing(pd.DataFrame([row]), JOIN.join(others.index[leading(others.to_numpy())]))


def _in(
    problem: Problem, case: Contest, cells: pd.DataFrame, option: str, floors: Mapping[str, float]
) -> Crossing | None:
    """Return how an excluded option gets past every floor that it fails, and whether it leads."""
    performances = problem.performance.loc[option].copy()
    rows = []
    for key, floor in floors.items():
        leaf = problem.criterion(key)
        if (performances[key] < floor) if leaf.direction == "max" else (performances[key] > floor):
            rows.append(_cell(cells, option, leaf, floor))
            performances[key] = floor
    if option in problem.without_chance:
        chance = problem.own_leaves[-1]
        rows.append(_cell(cells, option, chance, LEAST))
        performances[chance.key] = LEAST
    values = case.read(problem, performances.to_numpy(float)[None, :])
    score = float(case.score(values, case.weights.to_numpy(float))[0])
    alone = leading(np.append(score, case.scores)).tolist() == [True] + [False] * len(case.scores)
    ahead = option if alone else ""
    return Crossing(pd.DataFrame(rows), ahead) if all(row["reached"] for row in rows) else None


def _cell(cells: pd.DataFrame, option: str, leaf: Criterion, after: float) -> dict[str, object]:
    low, before, high = cells.loc[(option, leaf.key), ["low", "mode", "high"]]
    share = abs(after - before) / (high - low) if high > low else np.inf
    return {
        "kind": "floor",
        "option": option,
        "criterion": leaf.key,
        "label": leaf.label,
        "before": before,
        "after": after,
        "low": low,
        "high": high,
        "unit": leaf.unit,
        "share": share,
        "reached": low <= after <= high and high > low,
    }
