"""Switching scores: the performance, in natural units, at which an option takes or loses the lead; also for inputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.methods.ranking import Method
from mcda.preferences.weights import Weights
from mcda.problem.digits import digits
from mcda.problem.evidence import Drawn
from mcda.problem.model import Problem
from mcda.problem.ranges import ranges
from mcda.problem.screening import Floors
from mcda.problem.shown import html_result
from mcda.robustness.contest import Contest, contest, leading

STEPS, HALVINGS, EVEN, BEYOND = 64, 60, 1e-12, 1e-6


@dataclass(frozen=True, eq=False)
class SwitchingScores:
    """The value of each cell at which the lead changes hands while every other cell stays.

    table: a row for each option and leaf: performance, its stated range low to high, `switch` (natural units; blank
    where no value on the scale does it), effect ("takes the lead" or "loses the lead"), who leads beyond it, `reach`
    ("within its range", "beyond its range" or "no value does"), and `share`: the way to the switch as a share of the
    range's width.
    """

    table: pd.DataFrame
    leaders: tuple[str, ...]
    method: str
    holder: str
    finding: str

    def _repr_html_(self) -> str:
        within = self.table[self.table["reach"] == "within its range"]
        return html_result(self.finding, {f"Switching scores within their ranges, {self.method}": within})


def switching_scores(
    problem: Problem, weights: Weights, method: str | Method, *, floors: Floors = None, p: float = 2.0
) -> SwitchingScores:
    """Return, for every option and leaf, the performance at which the option takes or loses the lead.

    The nearest such value is sought in both directions on a grid of 64 steps to each end of the value scale and
    refined to machine precision: exact where a score rests on the option's own row (additive, TOPSIS, AHP ratings),
    as it then rises throughout. Source: HM Treasury (2022), The Green Book, on switching values.

    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> switching_scores(problem, holders["Paris"], "additive", floors=True).table.loc[("OPT03", "C1.3"), "reach"]
    'within its range'
    """
    case = contest(problem, weights, method, floors=floors, p=p)
    passed = case.problem or problem
    switch = np.stack([_switches(case, column) for column in range(len(passed.leaves))], axis=-1)
    table = _table(case, passed, switch)
    return SwitchingScores(table, case.leaders, case.method, case.holder, _told(case, passed, table))


def _switches(case: Contest, column: int) -> np.ndarray:
    """Return the value (m,) on one criterion at which each option takes or loses the lead; NaN where none does."""
    here = case.values.to_numpy(float)[:, column]
    steps = np.linspace(0, 1, STEPS + 1)
    found = [_first_switch(case, column, here[:, None] + (end - here)[:, None] * steps) for end in (0.0, 1.0)]
    near = np.abs(np.stack(found) - here)
    none = np.isnan(near).all(axis=0)
    side = np.where(none, 0, np.argmin(np.where(np.isnan(near), np.inf, near), axis=0))
    return np.where(case.leading & (case.leading.sum() > 1), here, np.stack(found)[side, np.arange(len(here))])


def _first_switch(case: Contest, column: int, path: np.ndarray) -> np.ndarray:
    """Return where along its path (m, steps) of values each option's lead first changes; NaN where it never does."""
    ahead = _ahead(case, column, path)
    changed = ahead != ahead[:, :1]
    step = changed.argmax(axis=1)
    rows = np.arange(len(path))
    low, high = path[rows, np.maximum(step - 1, 0)], path[rows, step]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = _ahead(case, column, middle[:, None])[:, 0] == ahead[:, 0]
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return np.where(changed.any(axis=1), high, np.nan)


def _ahead(case: Contest, column: int, values: np.ndarray) -> np.ndarray:
    """Return whether each option (still) leads when its own value on a criterion is as given, (m, k)."""
    rows = np.arange(len(values))
    tables = np.broadcast_to(case.values.to_numpy(float), (*values.shape, *case.values.shape)).copy()
    tables[rows, :, rows, column] = values
    scores = case.scored(tables, case.weights.to_numpy(float))
    own = scores[rows, :, rows]
    others = np.where(np.eye(len(rows), dtype=bool)[:, None, :], -np.inf, scores).max(axis=-1)
    return own - others > np.where(case.leading, -EVEN, EVEN)[:, None]


def _table(case: Contest, problem: Problem, switch: np.ndarray) -> pd.DataFrame:
    table = ranges(problem)
    table.insert(1, "performance", table.pop("mode"))
    table["switch"] = np.stack(
        [_performance(problem, column, switch[:, column]) for column in range(switch.shape[1])], axis=-1
    ).ravel()
    table["effect"] = np.repeat(np.where(case.leading, "loses the lead", "takes the lead"), switch.shape[1])
    table["then_leads"] = _then(case, switch)
    within = (table["low"] <= table["switch"]) & (table["switch"] <= table["high"])
    table["reach"] = np.where(
        table["switch"].isna(), "no value does", np.where(within, "within its range", "beyond its range")
    )
    width = (table["high"] - table["low"]).where(lambda widths: widths > 0)
    table["share"] = (table["switch"] - table["performance"]).abs() / width
    return table


def _performance(problem: Problem, column: int, values: np.ndarray) -> np.ndarray:
    """Return the performances that earn these values on a leaf."""
    scale = problem.leaves[column].scale
    return np.interp(values, scale.worth, scale.anchors) if scale else values


def _then(case: Contest, switch: np.ndarray) -> list[str]:
    """Return who leads just beyond the switch of every cell, by rows; blank where there is none."""
    values, told = case.values.to_numpy(float), []
    for at in np.ndindex(switch.shape):
        table = values.copy()
        if np.isnan(switch[at]):
            told.append("")
            continue
        table[at] = np.clip(switch[at] + BEYOND * np.sign(switch[at] - values[at]), 0, 1)
        lead = leading(case.score(table, case.weights.to_numpy(float)))
        others = lead & (np.arange(len(lead)) != at[0]) if case.leading[at[0]] else np.arange(len(lead)) == at[0]
        told.append(case.leaders_of(others if others.any() else lead))
    return told


def _told(case: Contest, problem: Problem, table: pd.DataFrame) -> str:
    if case.tied():
        return case.tied()
    within = table[table["reach"] == "within its range"]
    leader = case.names(case.leaders)
    if within.empty:
        return f"{leader} leads, and no single score inside its stated range would change that."
    option, key = within["share"].idxmin()
    cell, unit = within.loc[(option, key)], problem.criterion(key).unit
    return (
        f"{leader} leads; {len(within)} of {len(table)} scores could change that inside their own ranges. The closest: "
        f"{case.name(option)} {cell['effect']} if its {problem.criterion(key).label} is {digits(cell['switch'])} "
        f"{unit} instead of {digits(cell['performance'])} (range {digits(cell['low'])} to {digits(cell['high'])})."
    )


@dataclass(frozen=True, eq=False)
class SwitchingEstimates:
    """How the lead moves as each estimate goes through its own range, all others at their best.

    table: a row for each estimate with a range, the largest swing first: low, mode, high, unit, the lead (score of the
    leader less the best other) at both ends, its swing, `switch` (the nearest value at which the lead changes hands,
    blank where none in the range does) and who leads beyond it.
    """

    table: pd.DataFrame
    lead: float
    leaders: tuple[str, ...]
    method: str
    holder: str
    finding: str

    def _repr_html_(self) -> str:
        return html_result(self.finding, {f"Lead through the range of each estimate, {self.method}": self.table})


def switching_estimates(
    problem: Problem, weights: Weights, method: str | Method, *, floors: Floors = None, p: float = 2.0, steps: int = 8
) -> SwitchingEstimates:
    """Return how the lead depends on each estimate, shared drivers included, through its stated range.

    Every estimate is moved alone, on a grid of 2 x `steps` values from its mode to both ends; a switch is refined
    between grid values, so two switches closer than a step can be missed.

    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> found = switching_estimates(problem, holders["Paris"], "additive", floors=True, steps=2)
    >>> bool((found.table["swing"].diff().dropna() <= 0).all())
    True
    """
    case = contest(problem, weights, method, floors=floors, p=p)
    passed = case.problem or problem
    read = set().union(*passed.reads.values())
    moved = [key for key, one in passed.estimates.items() if key in read and one.low < one.high]
    table = pd.DataFrame([_swing(case, passed, key, steps) for key in moved], index=pd.Index(moved, name="estimate"))
    table = table.sort_values("swing", ascending=False, kind="stable")
    lead = float(_lead(case, case.scores.to_numpy()[None])[0])
    return SwitchingEstimates(table, lead, case.leaders, case.method, case.holder, _swings_told(case, passed, table))


def _swing(case: Contest, problem: Problem, key: str, steps: int) -> dict[str, object]:
    one = problem.estimates[key]
    grid = np.unique(
        np.concatenate([np.linspace(one.low, one.mode, steps + 1), np.linspace(one.mode, one.high, steps + 1)])
    )
    leads, who = _leads(case, problem, key, grid)
    switch, then = _nearest(case, problem, key, grid, who)
    return {"low": one.low, "mode": one.mode, "high": one.high, "unit": one.unit, "lead_at_low": leads[0],
            "lead_at_high": leads[-1], "swing": float(np.ptp(leads)), "switch": switch, "then_leads": then}  # fmt: skip


def _leads(case: Contest, problem: Problem, key: str, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the lead (k,) and who leads (k, m) at numbers of one estimate; leaves that read it are measured."""
    moved = np.tile(problem.modes, (len(numbers), 1))
    moved[:, problem.position[key]] = numbers
    scores = case.scored(_values_where_read(problem, key, moved), case.weights.to_numpy(float))
    return _lead(case, scores), leading(scores)


def _values_where_read(problem: Problem, key: str, moved: np.ndarray) -> np.ndarray:
    values = np.repeat(problem.values.to_numpy()[None], len(moved), axis=0)
    for column, leaf in enumerate(problem.leaves):
        if key in problem.reads[leaf.key] and leaf.scale:
            values[..., column] = leaf.scale.value(leaf.measured(problem, Drawn(problem.estimates, moved)))
    return values


def _lead(case: Contest, scores: np.ndarray) -> np.ndarray:
    """Return the score of the first leader less the best of the others, (k,)."""
    first = int(case.leading.argmax())
    return scores[:, first] - np.delete(scores, first, axis=1).max(axis=1, initial=-np.inf)


def _nearest(case: Contest, problem: Problem, key: str, grid: np.ndarray, who: np.ndarray) -> tuple[float, str]:
    """Return the value nearest the mode at which the leaders change, and who leads beyond it."""
    mode = problem.estimates[key].mode
    differs = (who != case.leading).any(axis=1)
    if not differs.any():
        return float("nan"), ""
    at = int(np.argmin(np.where(differs, np.abs(grid - mode), np.inf)))
    beyond, inside = grid[at], grid[at - 1] if grid[at] > mode else grid[at + 1] if at + 1 < len(grid) else mode
    for _ in range(HALVINGS):
        middle = (inside + beyond) / 2
        _, found = _leads(case, problem, key, np.array([middle]))
        inside, beyond = (inside, middle) if (found[0] != case.leading).any() else (middle, beyond)
    return float(beyond), case.leaders_of(who[at] & ~case.leading) or case.leaders_of(who[at])


def _swings_told(case: Contest, problem: Problem, table: pd.DataFrame) -> str:
    if case.tied():
        return case.tied()
    flips = table[table["switch"].notna()]
    if flips.empty:
        return f"{case.names(case.leaders)} leads wherever any one of {len(table)} estimates lies in its range."
    key = str(flips.index[0])
    row = flips.iloc[0]
    return (
        f"{len(flips)} of {len(table)} estimates change who leads somewhere in their range. The one that "
        f"moves the lead most is {key}: at {digits(row['switch'])} {row['unit']} instead of {digits(row['mode'])} "
        f"{case.names(str(row['then_leads']).split(', '))} leads."
    )
