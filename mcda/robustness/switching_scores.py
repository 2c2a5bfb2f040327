"""Switching scores: the performance, in natural units, at which an option takes or loses the lead; also for inputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.methods.ranking import Method
from mcda.preferences.weights import Weights
from mcda.problem.arguments import check_whole
from mcda.problem.digits import digits
from mcda.problem.evidence import Drawn
from mcda.problem.model import Problem
from mcda.problem.ranges import ranges
from mcda.problem.screening import Floors, floors_of
from mcda.problem.shown import html_result
from mcda.robustness.board import HALVINGS, Board
from mcda.robustness.contest import Contest, contest, leading


@dataclass(frozen=True, eq=False)
class SwitchingScores:
    """The value of each cell at which the lead changes hands while every other cell stays.

    table: a row for each option and leaf: performance, its stated range low to high, `switch` (natural units; blank
    where no value on the scale does it), effect ("takes the lead" or "loses the lead"), who leads beyond it, `reach`
    ("within its range", "beyond its range" or "no value does"), `share`: the way to the switch as a share of the
    range's width, and `at_floor`: whether the switch is where the option crosses a floor.
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

    A leader loses it also where it falls behind a floor, and an option that one floor excludes can take it past that
    floor. The nearest such value is sought in both directions on a grid of 64 steps to each end of the value scale, and
    past a floor beyond that end, and refined to machine precision: exact where a score rests on the option's own row
    (additive, TOPSIS, AHP ratings), as it then rises throughout. Source: HM Treasury (2022), The Green Book, on
    switching values.

    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> switching_scores(problem, holders["Paris"], "additive", floors=True).table.loc[("OPT03", "C1.3"), "reach"]
    'within its range'
    """
    case = contest(problem, weights, method, floors=floors, p=p)
    ranked, places, marks = list(case.values.index), _places(problem), _marks(problem, floors)
    boards = [Board(case, case.leaders, tuple(ranked), places, marks)]
    for option in problem.options.index.difference(ranked, sort=False):
        among = contest(problem.keep([*ranked, option]), weights, method, p=p)
        boards.append(Board(among, case.leaders, (option,), places, marks))
    table = _table(problem, case.leaders, pd.concat([board.switches() for board in boards]))
    return SwitchingScores(table, case.leaders, case.method, case.holder, _told(case, problem, table))


def _places(problem: Problem) -> pd.DataFrame:
    """Return every performance as a place on its value scale, options x leaves."""
    scales = {leaf.key: leaf.scale for leaf in problem.leaves if leaf.scale}
    return pd.DataFrame({key: scale.place(problem.performance[key]) for key, scale in scales.items()})


def _marks(problem: Problem, floors: Floors) -> dict[str, float]:
    """Return the floors in force as places on the value scales, by leaf."""
    scales = {leaf.key: leaf.scale for leaf in problem.leaves if leaf.scale}
    return {key: float(scales[key].place(np.array(floor))) for key, floor in floors_of(problem, floors).items()}


def _table(problem: Problem, leaders: tuple[str, ...], found: pd.DataFrame) -> pd.DataFrame:
    table = ranges(problem)
    table.insert(1, "performance", table.pop("mode"))
    found = found.set_index(["option", "criterion"]).reindex(table.index)
    switch = found["switch"].to_numpy(float).reshape(len(problem.options), -1)
    table["switch"] = np.stack(
        [leaf.scale.performance(column) for leaf, column in zip(problem.leaves, switch.T, strict=True) if leaf.scale],
        axis=-1,
    ).ravel()
    table["effect"] = np.where(table.index.isin(leaders, level="option"), "loses the lead", "takes the lead")
    table["then_leads"] = found["then_leads"]
    within = (table["low"] <= table["switch"]) & (table["switch"] <= table["high"])
    table["reach"] = np.where(
        table["switch"].isna(), "no value does", np.where(within, "within its range", "beyond its range")
    )
    width = (table["high"] - table["low"]).where(lambda widths: widths > 0)
    table["share"] = (table["switch"] - table["performance"]).abs() / width
    table["at_floor"] = found["at_floor"].astype(bool)
    return table


def _told(case: Contest, problem: Problem, table: pd.DataFrame) -> str:
    if case.tied():
        return case.tied()
    within = table[table["reach"] == "within its range"]
    leader = case.names(case.leaders)
    if within.empty:
        return f"{leader} leads, and no single score inside its stated range would change that."
    option, key = within["share"].idxmin()
    cell, leaf = within.loc[(option, key)], problem.criterion(key)
    crossed = " and so crosses the floor" if cell["at_floor"] else ""
    return (
        f"{leader} leads; {len(within)} of {len(table)} scores could change that inside their own ranges. The closest: "
        f"{case.name(option)} {cell['effect']} if its {leaf.label} is {digits(cell['switch'])} {leaf.unit} instead of "
        f"{digits(cell['performance'])} (range {digits(cell['low'])} to {digits(cell['high'])}){crossed}."
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
    check_whole(steps, 1, "steps")
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
    swing = float(np.ptp(leads)) if np.isfinite(leads).all() else 0.0  # an option alone leads over nobody
    return {"low": one.low, "mode": one.mode, "high": one.high, "unit": one.unit, "lead_at_low": leads[0],
            "lead_at_high": leads[-1], "swing": swing, "switch": switch, "then_leads": then}  # fmt: skip


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
