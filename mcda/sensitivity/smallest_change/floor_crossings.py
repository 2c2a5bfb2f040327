"""Changes of performances that cross a floor, downwards by the leader or upwards by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.methods.contest import Contest, leading
from mcda.problem.model import Criterion, Problem
from mcda.problem.ranges import ranges


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


def crossings(problem: Problem, case: Contest, floors: Mapping[str, float]) -> list[Crossing]:
    """Return every smallest crossing inside the stated ranges.

    Options must be scored by their own row alone.
    """
    cells = ranges(problem)
    cheapest = [_out(problem, case, cells, key, floor) for key, floor in floors.items()]
    excluded = [option for option in problem.options.index if option not in case.values.index]
    cheapest += [_in(problem, case, cells, option, floors) for option in excluded]
    return [crossing for crossing in cheapest if crossing is not None]


def _out(
    problem: Problem, case: Contest, cells: pd.DataFrame, key: str, floor: float
) -> Crossing | None:
    """Return how the leader falls behind a floor, if its range and the other options allow it."""
    leader = case.leaders[0]
    leaf = problem.criterion(key)
    others = case.scores.drop(leader)
    worse = -np.inf if leaf.direction == "max" else np.inf
    behind = np.nextafter(floor, worse)
    row = _cell(cells, leader, leaf, float(behind))
    if not len(others) or not row["reached"]:
        return None
    return Crossing(pd.DataFrame([row]), ", ".join(others.index[leading(others.to_numpy())]))


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
