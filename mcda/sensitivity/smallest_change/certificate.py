"""The fragility certificate: the smallest change after which another option leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_word
from mcda.checks.faults import Fault, NotApplicable, known
from mcda.checks.labels import names_in
from mcda.checks.significant_digits import digits
from mcda.display.html_table import html_result
from mcda.methods.contest import Contest
from mcda.methods.method import Choice
from mcda.preferences.weighting.stated import STATED, Weights
from mcda.problem.chances import NO_CHANCE
from mcda.problem.model import Problem
from mcda.problem.ranges import ranges
from mcda.problem.screening import Floors
from mcda.sensitivity.comparison.run import Run
from mcda.sensitivity.smallest_change.cheapest_flip import (
    cheapest_cells,
    cheapest_flip,
    further_starts,
    least_of_weights,
)
from mcda.sensitivity.smallest_change.floor_crossings import crossings
from mcda.sensitivity.smallest_change.lower_bound import CLOSE, lower_bound, may_be_level
from mcda.sensitivity.smallest_change.moves import Moves, allowed_moves
from mcda.sensitivity.smallest_change.printed_change import thresholds_of
from mcda.sensitivity.switching.lead_along_a_cell import Board
from mcda.sentences.catalogue import joined, method_asked, told

MOVES = ("joint", "weights", "estimates")
EXACT = 1e-5  # a bound that is closer to the distance, in parts and in shares, is equal to it
NOTABLE = 1e-9  # share of a range below which a move is none
EQUAL = 9  # decimals to which costs that are equal agree
COLUMNS = [
    "kind",
    "option",
    "criterion",
    "label",
    "before",
    "after",
    "threshold",
    "low",
    "high",
    "unit",
    "share",
]


@dataclass(frozen=True, eq=False)
class Fragility:
    """The smallest change found that gives the lead to another option, with a proven bound.

    exact says whether the distance and the bound are equal.

    Attributes
    ----------
    changes : DataFrame
        A row for each number that moves: kind ("weight", "performance" or "floor": one that carries
        an option across a floor), option, criterion, label, before, after, threshold (a
        `Threshold`: where it goes, as it is printed; with all of them set so `then_leads` leads),
        low, high, unit, share (of the width of its own range).
    distance : float
        The sum of the shares. Infinite where nothing inside the stated ranges changes the leader.
    bound : float
        Proven: no change with a smaller sum changes the leader.
    leader : str
        The option that leads now.
    then_leads : str
        The option that leads after the change; several that tie are joined by a comma, as in
        `Threshold.then`.
    move : str
        What may move: "weights", "estimates" or "joint".
    method : str
        The method that scores the options.
    holder : str
        The holder of the weights.
    finding : str
        The finding in words.
    notes : tuple of str
        What a reader of the change must know.
    """

    changes: pd.DataFrame
    distance: float
    bound: float
    leader: str
    then_leads: str
    move: str
    method: str
    holder: str
    finding: str
    notes: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the distance is proven to be the smallest, to one part in 100,000."""
        return self.bound >= self.distance * (1 - EXACT) - EXACT or self.bound == self.distance

    def _repr_html_(self) -> str:
        caption = told("caption.smallest_change", method=method_asked(self.method))
        return html_result(self.finding, {caption: self.changes})


def fragility(
    problem: Problem,
    weights: Weights,
    method: Choice,
    move: str = "joint",
    *,
    floors: Floors = None,
    p: float = 2.0,
) -> Fragility:
    """Return the smallest change, inside all stated ranges, after which another option leads.

    Moved are the holder's weights as stated (then divided by their sum as always) and the cells of
    the performance table, each by a share of the width of its own range (a weight without one: of 0
    to 1); the shares are summed. A cell that carries the leader behind a floor, or an excluded
    option past it, is such a change as well. Weights stay inside the holder's `space`, where there
    is one. A cell moves by itself, also where it is computed from inputs that several options
    share: a note says so, and `switching_estimates` moves such inputs for all options, one at a
    time. Where an option may fail to happen, a number of what happens otherwise moves with all that
    fall back on it, and a chance moves where it has a range; a note says whether any does. For the
    additive method weights alone are a linear program and cells alone, with chances held, a
    mixed-integer one, solved exactly. The joint problem and TOPSIS are searched from several
    starts, and a lower bound is proven. Of more than 40 options the 12 that score highest are tried
    as the other one, and the finding says so.

    Parameters
    ----------
    problem : Problem
        The question.
    weights : Weights
        The weights of the holder.
    method : str or function
        The method that scores the options, as for `rank`.
    move : {"joint", "weights", "estimates"}
        What may move: the weights, the cells ("estimates"), or both.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.

    Returns
    -------
    Fragility
        The smallest change, its distance and its bound.

    Raises
    ------
    InputError
        For methods whose scores depend on other options' rows (weights alone are answered there
        too, if scores are linear in them) or of an unknown form.

    References
    ----------
    Hyde, Maier and Colby (2005), on the distance to a switch.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    >>> fragility(problem, holders["Paris"], "additive", "weights", floors=True).exact
    True
    """
    check_word(move, MOVES, "move")
    on = Board(Run(problem, weights, method, floors, p))
    case = on.case
    _check(case, move)
    if len(case.leaders) > 1:
        return _result(on, None, 0.0, "", 0.0, move)
    crossed = crossings(on) if move != "weights" else []
    ways = [(each.distance, each.then_leads, each.cells) for each in crossed if each.then_leads]
    least = min((distance for distance, *_ in ways), default=np.inf)
    cheapest, bound = _smallest(_rivals(on, move), move, least)
    bound = min([bound, *(crossing.distance for crossing in crossed)])
    ways = [*cheapest.ways(on), *ways]
    distance, then, changes = min(
        ways, key=lambda way: round(way[0], EQUAL), default=(np.inf, "", None)
    )
    return _result(on, changes, distance, then, bound, move)


def _rivals(on: Board, move: str) -> list[Moves]:
    """Return what may move in favour of each rival of the leader.

    Rivals are those that pass the floors, and those that do as soon as they have a chance: of them
    one that never comes about, unless its chance may move, counts as its fallback.
    """
    case = on.case
    field = on.whole if case.anchored else case
    among = field.problem or on.problem
    ids = field.values.index
    leader = int(ids.get_loc(case.leaders[0]))
    allowed = allowed_moves(
        field, among, 0, weights=move != "estimates", estimates=move != "weights", leader=leader
    )
    level = among.counted_as_others(among.values.to_numpy(float))
    may_happen = ~level | (allowed.highest_chances > NO_CHANCE)
    enter = [option for option in ids[level & on.passes.all(axis=1)] if option not in case.tried]
    rivals = [int(ids.get_loc(rival)) for rival in (*case.tried, *enter)]
    leads = [int(ids.get_loc(one)) for one in case.leaders]
    return [replace(allowed, rival=at) for at in rivals if at not in leads and may_happen[at]]


def _check(case: Contest, move: str) -> None:
    if case.gaps is None and not (case.together and np.isfinite(case.order)):
        remedy = "take one of these; switching weights and scores are found for every method"
        raise NotApplicable(
            Fault("method", "additive, topsis of finite order, or ahp", repr(case.method), remedy)
        )
    if move != "weights" and not case.anchored:
        remedy = 'move "weights" alone, or use ahp:ratings'
        raise NotApplicable(
            Fault("method", "one that scores each option by its own row", repr(case.method), remedy)
        )


@dataclass(frozen=True, eq=False)
class _Cheapest:
    """The cheapest flip so far, and the moves it belongs to."""

    flip: np.ndarray | None = None
    moves: Moves | None = None
    cost: float = np.inf

    def or_cheaper(self, moves: Moves, flip: np.ndarray | None) -> _Cheapest:
        """Return the cheaper of the two; the one that was first where they cost the same."""
        if flip is None or flip.sum() >= self.cost - NOTABLE:
            return self
        return _Cheapest(flip, moves, float(flip.sum()))

    def may_be_beaten(self, moves: Moves, least: float) -> bool:
        """Return whether moves that cost at least so much may be cheaper.

        As long as there is no flip: whether any change puts the rival ahead.
        """
        if np.isinf(self.cost):
            return may_be_level(moves)
        close = 0.0 if moves.case.order == 1 else CLOSE
        return least < self.cost * (1 - close)

    def ways(self, on: Board) -> list[tuple[float, str, pd.DataFrame]]:
        """Return the distance of the flip, who leads after it, and what it changes, if there is one."""
        moves = self.moves
        if self.flip is None or moves is None:
            return []
        case = on.whole if moves.case.anchored else moves.case
        after = moves.cells_after(self.flip) if len(moves.cells) else {}
        weights = moves.weights_after(moves.moved(self.flip)[0])
        scores = on.with_cells(list(after), np.array([[*after.values()]]), weights)
        then = case.leaders_of(on.lead(scores)[0] & ~on.leaders)
        return [(self.cost, then, _changes(moves, self.flip))]


def _smallest(rivals: list[Moves], move: str, known: float) -> tuple[_Cheapest, float]:
    """Return the cheapest flip over all rivals, and a bound that holds for all of them.

    `known`: the cost of a change that is known, infinite without one: what costs as much isn't
    looked for. The closest rival goes first; another is searched only where its bound doesn't rule
    out that it is cheaper, or that any change puts it ahead. Where the cheapest flip stays above
    its bound by more than 1%, those that could be cheaper are searched from more starts.
    """
    by_rank = sorted(rivals, key=lambda moves: moves.case.ranks[moves.rival])
    best = _Cheapest(cost=known / (1 - CLOSE))  # a bound so much below it still proves it
    proven = []
    for moves in by_rank:
        least = lower_bound(moves, best.cost) if np.isfinite(best.cost) else 0.0
        if best.may_be_beaten(moves, least):
            flip, least_of_flip = _flip_for(moves, move)
            best = best.or_cheaper(moves, flip)
            least = max(least, least_of_flip)
        proven.append(least)
    pairs = zip(by_rank, proven, strict=True)
    # what was proven while no flip was known is 0: with one it is more
    bounds = [least or lower_bound(moves, best.cost) for moves, least in pairs]
    if not _is_exact(rivals, move):
        best = _searched_further(best, by_rank, bounds)
    return best, min(bounds, default=np.inf)


def _searched_further(best: _Cheapest, rivals: list[Moves], bounds: list[float]) -> _Cheapest:
    """Return the cheapest flip after a search from more starts, for each rival that could be cheaper."""
    for moves, least in zip(rivals, bounds, strict=True):
        # a bound over boxes rules out little: then the cheapest rival alone is searched again
        is_likely = moves.is_one_box or moves is best.moves
        if is_likely and least < best.cost * (1 - CLOSE):
            best = best.or_cheaper(moves, cheapest_flip(moves, *further_starts(moves)))
    return best


def _is_exact(rivals: list[Moves], move: str) -> bool:
    """Return whether the cheapest flip is that of a program that was solved, not searched."""
    linear = all(moves.case.order == 1 for moves in rivals)
    chances_held = move == "weights" or not any(moves.moves_chance for moves in rivals)
    return move != "joint" and linear and chances_held


def _flip_for(moves: Moves, move: str) -> tuple[np.ndarray | None, float]:
    """Return the cheapest flip for one rival, and its least cost.

    The least cost is proven where the problem is solved exactly, and 0 elsewhere.
    """
    if moves.case.order > 1:
        return cheapest_flip(moves), 0.0
    if move == "weights":
        least = least_of_weights(moves)
        flip = cheapest_flip(moves) if np.isfinite(least) else None
        return flip, least
    if moves.starts_without_chance or moves.moves_chance:
        return cheapest_flip(moves), 0.0
    cells, cost = cheapest_cells(moves)
    if move == "estimates":
        return cells, cost
    starts = [] if cells is None else [cells]
    return cheapest_flip(moves, *starts), 0.0


def _result(
    on: Board, changes: pd.DataFrame | None, distance: float, then: str, bound: float, move: str
) -> Fragility:
    case = on.case
    table = pd.DataFrame(changes, columns=COLUMNS)
    thresholds = thresholds_of(on, table, then)
    table["threshold"] = pd.Series(thresholds, index=table.index, dtype=object)
    then = thresholds[0].then if thresholds else then
    notes = _notes(case, on.problem, table, move)
    sentence = _finding(case, table, distance, bound, then, move)
    scope = "" if case.tied() else case.scope
    finding = " ".join(filter(None, [sentence, scope, *notes]))
    sure = min(bound, distance)
    return Fragility(
        table, distance, sure, case.leaders[0], then, move, case.method, case.holder, finding, notes
    )


def _notes(case: Contest, problem: Problem, changes: pd.DataFrame, move: str) -> tuple[str, ...]:
    """Return whether chances move, and each cell that moves alone though its inputs move others too."""
    notes = []
    if problem.has_chances:
        held = move == "weights" or not _chance_moves(problem)
        key = "least_change.chances_held" if held else "least_change.chances_move"
        notes.append(told(key))
    for row in changes[changes["kind"] != "weight"].itertuples():
        inputs = [
            estimate.key
            for estimate in problem.inputs(row.criterion, row.option)
            if estimate.low < estimate.high and not problem.owners(estimate.key)
        ]
        if inputs:
            option = case.name(row.option)
            quoted = known(inputs, 3)
            notes.append(told("least_change.shared", label=row.label, option=option, inputs=quoted))
    return tuple(notes)


def _chance_moves(problem: Problem) -> bool:
    """Return whether any chance that an option comes about has a range."""
    cells = ranges(problem).xs(problem.own_leaves[-1].key, level="criterion")
    return bool((cells["low"] < cells["high"]).any())


def _changes(each: Moves, flip: np.ndarray) -> pd.DataFrame:
    points = each.moved(flip)[0]
    rows = [_weight_row(each, top, float(points[at])) for at, top in enumerate(each.tops.index)]
    if len(each.cells):
        rows += [_cell_row(each, *cell, after) for cell, after in each.cells_after(flip).items()]
    table = pd.DataFrame(rows, columns=COLUMNS)
    table = table[table["share"] > NOTABLE]
    # equal but for last bits: in the order of the question, on any machine
    return table.sort_values(
        "share",
        ascending=False,
        kind="stable",
        ignore_index=True,
        key=lambda share: share.round(EQUAL),
    )


def _weight_row(each: Moves, top: str, after: float) -> tuple[object, ...]:
    row = each.tops.loc[top]
    width = row["high"] - row["low"]
    share = abs(after - row["mode"]) / width if width > 0 else 0.0
    label = each.case.labels.get(top, top)
    stated = each.case.stated is not None and STATED in each.case.stated.steps
    key = "least_change.points" if stated else "least_change.of_one"
    unit = told(key)
    return (
        "weight",
        "",
        top,
        label,
        row["mode"],
        after,
        None,
        row["low"],
        row["high"],
        unit,
        share,
    )


def _cell_row(each: Moves, row: int, at: int, after: float) -> tuple[object, ...]:
    option = each.case.values.index[row]
    leaf = each.problem.leaves[at]
    cell = each.cells.loc[(option, leaf.key)]
    width = cell["high"] - cell["low"]
    share = abs(after - cell["performance"]) / width if width > 0 else 0.0
    return (
        "performance",
        option,
        leaf.key,
        leaf.label,
        cell["performance"],
        after,
        None,
        cell["low"],
        cell["high"],
        leaf.unit,
        share,
    )


def _finding(
    case: Contest, changes: pd.DataFrame, distance: float, bound: float, then: str, move: str
) -> str:
    if case.tied():
        return f"{case.tied()} {told('tie.distance')}"
    leader = case.name(case.leaders[0])
    if not np.isfinite(distance):
        return _none_sentence(leader, told(f"least_change.{move}"), bound)
    if bound >= distance * (1 - EXACT) - EXACT:
        proof = told("least_change.proven")
    elif bound > NOTABLE:
        proof = told("least_change.found", bound=digits(bound, 2, down=True))
    else:
        proof = told("least_change.open")
    leaders = names_in(then, case.values.index)
    key = "least_change.sentence" if len(leaders) == 1 else "least_change.tied"
    return told(
        key,
        then=case.names(leaders),
        leader=leader,
        changes=joined(_change(case, row) for row in changes.to_dict("records")),
        size=told("least_change.size", distance=digits(distance, 2), proof=proof),
    )


def _none_sentence(leader: str, moved: str, bound: float) -> str:
    if np.isinf(bound):
        return told("least_change.none", moved=moved, leader=leader)
    if bound <= NOTABLE:
        return told("least_change.none_found_open", moved=moved, leader=leader)
    least = digits(bound, 2, down=True)
    return told("least_change.none_found", moved=moved, leader=leader, bound=least)


def _change(case: Contest, row: Mapping[Any, Any]) -> str:
    turn = row["threshold"]
    parts = {"label": row["label"], "turn": turn, "unit": row["unit"], "before": turn.now}
    if row["kind"] == "weight":
        return told("least_change.weight", **parts)
    floor = ""
    if row["kind"] == "floor":
        fails = row["option"] in case.values.index
        key = "least_change.fails" if fails else "least_change.passes"
        floor = told(key)
    return told("least_change.cell", option=case.name(str(row["option"])), floor=floor, **parts)
