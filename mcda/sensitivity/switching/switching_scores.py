"""Switching scores: the performance or input at which an option takes or loses the lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_whole
from mcda.checks.faults import InputError
from mcda.checks.significant_digits import digits
from mcda.display.html_table import html_result
from mcda.methods.method import Choice
from mcda.preferences.weighting.stated import Weights
from mcda.problem.chances import CHANCE, LEAST
from mcda.problem.estimate_names import estimate_name
from mcda.problem.model import Problem
from mcda.problem.ranges import ranges
from mcda.problem.screening import Floors, check_problem
from mcda.problem.searches_in_step import Search, in_step
from mcda.problem.thresholds import Threshold
from mcda.sampling.bisection import HALVES, SECTIONS
from mcda.sensitivity.comparison.run import Run
from mcda.sensitivity.switching.lead_along_a_cell import Board
from mcda.sensitivity.switching.turns import Turn, first_turn, search_turn
from mcda.sentences.catalogue import method_asked, told

TAKES = "takes the lead"
LOSES = "loses the lead"
MOVES = "moves the lead"
STEPS = 64  # a method that scores by other rows may change twice on the way to an end of the scale


SWING_COLUMNS = (
    *("low", "mode", "high", "unit"),
    *("lead_at_low", "lead_at_high", "swing"),
    *("switch", "threshold", "then_leads"),
)


@dataclass(frozen=True, eq=False)
class SwitchingScores:
    """The value of each cell at which another option takes the lead while every other cell stays.

    Attributes
    ----------
    table : DataFrame
        A row for each option and leaf: performance, its stated range low to high, `switch` (natural
        units; blank where no value on the scale does it), `threshold` (a `Threshold`: the same as
        it is printed, with its relation), effect ("takes the lead", "loses the lead", or "moves the
        lead" of what happens otherwise to those that change places), who leads at the threshold,
        `reach` ("within its range", "beyond its range" or "no value does"), `share`: the way to the
        switch as a share of the range's width, and `at_floor`: whether the switch is where the
        option crosses a floor.
    leaders : tuple of str
        The options that lead now.
    method : str
        The method that scores the options.
    holder : str
        The holder of the weights.
    finding : str
        The finding in words.
    """

    table: pd.DataFrame
    leaders: tuple[str, ...]
    method: str
    holder: str
    finding: str

    def _repr_html_(self) -> str:
        within = self.table[self.table["reach"] == "within its range"]
        caption = told("caption.switching_scores", method=method_asked(self.method))
        return html_result(self.finding, {caption: within})


def switching_scores(
    problem: Problem, weights: Weights, method: Choice, *, floors: Floors = None, p: float = 2.0
) -> SwitchingScores:
    """Return, for every option and leaf, the performance at which it takes or loses the lead.

    Every option is screened again at every value: a leader loses the lead also where it falls
    behind a floor, and an option that one floor excludes can take it past that floor. A number of
    what happens otherwise moves the lotteries of all that fall back on it. The nearest
    such value is searched in both directions to each end of the value scale, and past a floor
    beyond that end, and refined to neighbouring doubles. This is exact where a score depends on the
    option's own row alone (additive, TOPSIS, AHP ratings), as the score then rises throughout. For
    other methods the search is on a grid of 64 steps.

    Parameters
    ----------
    problem : Problem
        The question.
    weights : Weights
        The weights of the holder.
    method : str or function
        The method that scores the options, as for `rank`.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.

    Returns
    -------
    SwitchingScores
        The switch of each cell, and its threshold as it is printed.

    References
    ----------
    HM Treasury (2022), The Green Book, on switching values.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> table = switching_scores(problem, holders["London"], "topsis", floors=True).table
    >>> str(table.loc[("OPT10", "C1.3"), "threshold"])
    'falls just below 30'
    """
    on = Board(Run(problem, weights, method, floors, p))
    table = ranges(problem).rename(columns={"mode": "performance"})[["performance", "low", "high"]]
    # what happens otherwise is the number of another option, and moves with it
    own = [leaf.key for leaf in problem.own_leaves]
    table = table[table.index.get_level_values("criterion").isin(own)]
    places = np.ndindex(len(problem.options), len(own))
    nearest = _nearest_turns(on, table.to_numpy(float))
    cells = [
        _cell(on, *at, *columns)
        for at, *columns in zip(places, nearest, table.itertuples(), strict=True)
    ]
    table = table.assign(**pd.DataFrame(cells, index=table.index))
    width = (table["high"] - table["low"]).where(lambda widths: widths > 0)
    table["share"] = (table["switch"] - table["performance"]).abs() / width
    order = [
        "performance",
        "low",
        "high",
        "switch",
        "threshold",
        "effect",
        "then_leads",
        "reach",
        "share",
        "at_floor",
    ]
    case = on.case
    return SwitchingScores(
        table[order], case.leaders, case.method, case.holder, _scores_finding(on, table)
    )


def _cell(on: Board, row: int, column: int, near: Turn | None, stated: Any) -> dict[str, object]:
    """Return where one option's performance on one leaf changes who leads, and how.

    near: the nearest such change.
    """
    columns = {
        "effect": _effect(on, row, column, near),
        "threshold": None,
        "at_floor": False,
    }
    if _ties(on, row):
        others = on.leaders & (np.arange(len(on.leaders)) != row)
        reach = "within its range" if stated.high > stated.low else "beyond its range"
        return {
            **columns,
            "switch": stated.performance,
            "then_leads": on.names(others),
            "reach": reach,
        }
    if near is None:
        return {**columns, "switch": np.nan, "then_leads": "", "reach": "no value does"}
    crossed = on.passing(column, np.array([near.inside])) != on.passing(
        column, np.array([near.beyond])
    )
    within = stated.low <= near.threshold.first <= stated.high
    return {
        **columns,
        "switch": near.beyond,
        "threshold": near.threshold,
        "then_leads": near.threshold.then,
        "reach": "within its range" if within else "beyond its range",
        "at_floor": bool(crossed[0]),
    }


def _effect(on: Board, row: int, column: int, near: Turn | None) -> str:
    """Return what an option does where its performance changes who leads."""
    if on.leaders[row]:
        return LOSES
    if near is None or not _is_otherwise(on)[row]:
        return TAKES
    beyond = on.with_one_cell(np.array([row]), np.array([column]), np.array([near.beyond]))
    return TAKES if on.lead(beyond)[0, row] else MOVES


def _is_otherwise(on: Board) -> np.ndarray:
    """Return which options are what happens otherwise to another, (m,)."""
    instead = on.problem.otherwise
    others = instead[instead != np.arange(len(instead))]
    return np.isin(np.arange(len(instead)), others)


def _ties(on: Board, row: int) -> bool:
    """Return whether an option shares the lead: a tie is lost at the present number."""
    return bool(on.leaders[row]) and int(on.leaders.sum()) > 1


def _nearest_turns(on: Board, stated: np.ndarray) -> list[Turn | None]:
    """Return the nearest change for each cell.

    stated (cells, 3): where the cell is now, the low and the high of its range.
    """
    shape = (len(on.problem.options), len(on.problem.own_leaves))
    rows, columns = (at.ravel().astype(int) for at in np.indices(shape))
    ways = [
        (cell, end)
        for cell, (row, column) in enumerate(zip(rows, columns, strict=True))
        if not _ties(on, row)
        for end in _ends(on, column, float(stated[cell, 0]))
    ]
    cells = np.array([cell for cell, _ in ways], dtype=int)
    roles = [leaf.role for leaf in on.problem.own_leaves]
    searches = [
        _search(on, stated[cell], end, is_chance=roles[columns[cell]] == CHANCE)
        for cell, end in ways
    ]

    def instead(which: np.ndarray, performances: np.ndarray) -> list[str]:
        return _instead_of_one(on, rows[cells[which]], columns[cells[which]], performances)

    return _nearest(in_step(searches, instead), cells, len(rows))


def _ends(on: Board, column: int, here: float) -> list[float]:
    """Return how far down and up a performance is moved.

    It moves over the value scale, and past a floor beyond it.
    """
    leaf = on.problem.leaves[column]
    anchors = leaf.scale.anchors if leaf.scale is not None else ()
    floors = [on.floors[leaf.key]] if leaf.key in on.floors else []
    past = [float(np.nextafter(floor, way)) for floor in floors for way in (-np.inf, np.inf)]
    reached = [here, *anchors, *past]
    return [end for end in (min(reached), max(reached)) if end != here]


def _search(on: Board, stated: np.ndarray, end: float, *, is_chance: bool) -> Search[Turn | None]:
    """Return the search for the first change on the way to an end of the scale.

    The way starts at the present performance.
    """
    here, low, high = stated.tolist()
    # a score that rests on the own row rises throughout: what has not changed at the end has
    # changed nowhere
    steps = 1 if on.case.anchored else STEPS
    path = np.linspace(here, end, steps + 1)
    path[-1] = end  # to the last bit: past a floor by one
    if is_chance and min(here, end) < LEAST < max(here, end):
        path = np.array([here, LEAST, end])  # without a chance an option counts as another
    sections = SECTIONS if on.together else HALVES
    limit = high if end > here else low
    return search_turn(path, sections, limit)


def _instead_of_one(
    on: Board, rows: np.ndarray, columns: np.ndarray, performances: np.ndarray
) -> list[str]:
    """Return who leads at performances (k,) of one option each.

    It is "" except where that option then takes or loses the lead, or moves it between options to
    which it is what happens otherwise.
    """
    lead = on.lead(on.with_one_cell(rows, columns, performances))
    led = on.leaders[rows]
    changed = lead[np.arange(len(rows)), rows] != led
    gone = ~lead[:, on.leaders].all(axis=1)
    moved = _is_otherwise(on)[rows] & gone
    return on.named(lead, moved | (changed & (led | gone)))


def _scores_finding(on: Board, table: pd.DataFrame) -> str:
    case = on.case
    if case.tied():
        return case.tied()
    leader = case.names(case.leaders)
    within = table[table["reach"] == "within its range"]
    if within.empty:
        return told("cell_switch.never", leader=leader)
    some = told("cell_switch.some", leader=leader, within=len(within), cells=len(table))
    option, key = within["share"].idxmin()
    return f"{some} {_nearest_cell(on, option, key, within.loc[(option, key)])}"


def _nearest_cell(on: Board, option: str, key: str, cell: pd.Series) -> str:
    leaf = on.problem.criterion(key)
    turn = cell["threshold"]
    takes = cell["effect"] == TAKES
    verb = cell["effect"].partition(" ")[0]
    floor = told("cell_switch.at_floor") if cell["at_floor"] else ""
    then = "" if takes else told("cell_switch.then", then=on.names_of(turn.then))
    return told(
        "cell_switch.nearest",
        option=on.case.name(option),
        effect=told(f"switch_effect.{verb}"),
        leaf=leaf.label,
        turn=turn,
        unit=leaf.unit,
        before=turn.now,
        low=digits(cell["low"]),
        high=digits(cell["high"]),
        floor=floor,
        then=then,
    )


@dataclass(frozen=True, eq=False)
class SwitchingEstimates:
    """How the lead moves as each estimate goes through its own range, all others at their best.

    Attributes
    ----------
    table : DataFrame
        A row for each estimate with a range, the largest swing first: low, mode, high, unit, the
        lead (score of the leader less the best other) at both ends, its swing, `switch` (the
        nearest value at which another option takes the lead, blank where none in the range does),
        `threshold` (a `Threshold`: the same as it is printed, with its relation) and who leads
        there. Where a floor excludes the leader its lead is minus infinity, and infinity where no
        other is left.
    lead : float
        The present lead.
    leaders : tuple of str
        The options that lead now.
    method : str
        The method that scores the options.
    holder : str
        The holder of the weights.
    finding : str
        The finding in words.
    """

    table: pd.DataFrame
    lead: float
    leaders: tuple[str, ...]
    method: str
    holder: str
    finding: str

    def _repr_html_(self) -> str:
        caption = told("caption.switching_estimates", method=method_asked(self.method))
        return html_result(self.finding, {caption: self.table})


def switching_estimates(
    problem: Problem,
    weights: Weights,
    method: Choice,
    *,
    floors: Floors = None,
    p: float = 2.0,
    steps: int = 8,
) -> SwitchingEstimates:
    """Return how the lead depends on each estimate, shared drivers included.

    Every estimate is moved alone through its stated range, on a grid of 2 x `steps` values from its
    mode to both ends. Every option is screened again at each: one that a floor excludes at the best
    estimates comes back where it passes. A switch is refined between grid values, so two switches
    closer than a step can be missed.

    Parameters
    ----------
    problem : Problem
        The question.
    weights : Weights
        The weights of the holder.
    method : str or function
        The method that scores the options, as for `rank`.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.
    steps : int
        The number of grid values from the mode to each end.

    Returns
    -------
    SwitchingEstimates
        The lead at the ends of each range, and the switch within it.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> found = switching_estimates(problem, holders["London"], "topsis", floors=True, steps=2)
    >>> str(found.table.loc["C1.3/OPT10", "threshold"])
    'falls just below 30'
    >>> str(found.table.loc["C1.3/OPT02", "threshold"])
    'rises to 30'
    """
    check_problem(problem)
    check_whole(steps, 1, "steps")
    on = Board(Run(problem, weights, method, floors, p))
    read = set().union(*problem.reads.values())
    moved = [key for key, one in problem.estimates.items() if key in read and one.low < one.high]
    rows = _swings(on, moved, steps)
    table = pd.DataFrame(rows, index=pd.Index(moved, name="estimate"), columns=SWING_COLUMNS)
    table = table.sort_values("swing", ascending=False, kind="stable")
    case = on.case
    lead = float(on.ahead(on.standing[None])[0])
    return SwitchingEstimates(
        table, lead, case.leaders, case.method, case.holder, _estimates_finding(on, table)
    )


def _swings(on: Board, moved: Sequence[str], steps: int) -> list[dict[str, object]]:
    """Return a row of the table for each estimate that is moved."""
    paths = [
        np.linspace(one.mode, end, steps + 1)
        for one in map(on.problem.estimates.__getitem__, moved)
        for end in (one.high, one.low)
    ]
    places = np.repeat([on.problem.position[key] for key in moved], 2).astype(int)
    scores = on.with_one_estimate(np.repeat(places, steps + 1), np.ravel(paths))
    who = np.array(on.instead(scores), dtype=object).reshape(-1, steps + 1).tolist()
    sides = [side for side, path in enumerate(paths) if path[-1] != path[0]]
    sections = SECTIONS if on.together else HALVES
    searches = [search_turn(paths[side], sections, who=who[side]) for side in sides]

    def instead(which: np.ndarray, numbers: np.ndarray) -> list[str]:
        return on.instead(on.with_one_estimate(places[sides][which], numbers))

    nearest = _nearest(in_step(searches, instead), np.array(sides, dtype=int) // 2, len(moved))
    leads = on.ahead(scores).reshape(-1, 2 * (steps + 1))
    return [
        _swing(on, key, lead, near) for key, lead, near in zip(moved, leads, nearest, strict=True)
    ]


def _swing(on: Board, key: str, leads: np.ndarray, near: Turn | None) -> dict[str, object]:
    """Return one row: the leads at the ends, and the nearest change that holds.

    leads (2 * k,): up to the high, then down to the low.
    """
    one = on.problem.estimates[key]
    steps = len(leads) // 2
    if near is not None and not _stands(on, key, near.threshold):
        again = partial(_instead_restated, on, key)
        ends = [end for end in (one.high, one.low) if end != one.mode]
        paths = [np.linspace(one.mode, end, steps) for end in ends]
        turns = [first_turn(path, again(path), again, HALVES) for path in paths]
        near = _nearest(turns, np.zeros(len(turns), dtype=int), 1)[0]
    return {
        "low": one.low,
        "mode": one.mode,
        "high": one.high,
        "unit": one.unit,
        "lead_at_low": leads[-1],
        "lead_at_high": leads[steps - 1],
        "swing": _width(leads),
        "switch": near.beyond if near else np.nan,
        "threshold": near.threshold if near else None,
        "then_leads": near.threshold.then if near else "",
    }


def _width(leads: np.ndarray) -> float:
    """Return how far a lead moves.

    The width is infinite where a floor takes the lead away, and 0 where it is over nobody.
    """
    if np.isneginf(leads).any():
        return float("inf")
    finite = leads[np.isfinite(leads)]
    return float(np.ptp(finite)) if len(finite) else 0.0


def _nearest(turns: Sequence[Turn | None], owners: np.ndarray, count: int) -> list[Turn | None]:
    """Return for each number the change nearest to where it is now.

    The changes are those of their (k,) owners; count is the number of numbers.
    """
    nearest: list[Turn | None] = [None] * count
    for turn, owner in zip(turns, owners.tolist(), strict=True):
        best = nearest[owner]
        if turn is not None and (best is None or turn.way < best.way):
            nearest[owner] = turn
    return nearest


def _stands(on: Board, key: str, turn: Threshold) -> bool:
    """Return whether a threshold holds where its number is typed as the best estimate.

    Only numbers that can be stated are tried.
    """
    try:
        return _instead_restated(on, key, np.array([turn.first])) == [turn.then]
    except InputError:
        return True


def _instead_restated(on: Board, key: str, numbers: np.ndarray) -> list[str]:
    """Return who leads instead where each number is typed as the best estimate."""
    return on.instead(on.restated(key, numbers))


def _estimates_finding(on: Board, table: pd.DataFrame) -> str:
    case = on.case
    if case.tied():
        return case.tied()
    leader = case.names(case.leaders)
    if table.empty:
        return told("estimate_switch.no_range", leader=leader)
    flips = table[table["switch"].notna()]
    if flips.empty:
        return told("estimate_switch.never", leader=leader, estimates=len(table))
    some = told("estimate_switch.some", flips=len(flips), estimates=len(table))
    row = flips.iloc[0]
    turn = row["threshold"]
    most = told(
        "estimate_switch.most",
        estimate=estimate_name(on.problem, str(row.name)),
        turn=turn,
        unit=row["unit"],
        before=turn.now,
        then=on.names_of(turn.then),
    )
    return f"{some} {most}"
