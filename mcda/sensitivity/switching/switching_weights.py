"""Switching weights: the interval of each weight in which the leader stays, and who is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.labels import names_in
from mcda.display.html_table import html_result
from mcda.methods.contest import Contest, contest
from mcda.methods.method import Choice
from mcda.methods.ranks import competition_ranks
from mcda.problem.screening import Floors
from mcda.problem.searches_in_step import Search, in_step
from mcda.problem.thresholds import Threshold
from mcda.sampling.bisection import HALVES, HALVINGS_OF_STEP, SECTIONS, halved
from mcda.sensitivity.switching.turns import Turn, search_turn
from mcda.sentences.catalogue import holder_name, method_asked, told

RULE = (
    "one weight is moved from 0 to 1, all others keep their proportions to each other and "
    "share the rest (equally where they have none)"
)
GRID = 401  # weights from 0 to 1 at which methods without a formula are tried
SAME = 1e-12  # roots that are closer differ by rounding alone
# of the way from a crossing to the next: who is ahead of whom stays the same in between, and one of
# them shows it, where another is so near an end, or of so high an order, that scores look equal there
PROBES = (0.02, 0.5, 0.98)
WHOLE = 100.0  # points: a weight as it is printed
# a crossing no further from the stated weight lies at it; two with no larger difference in their
# distance from it are equally far
AT = 1e-9
ENDS = (("low", "falls"), ("high", "rises"))
COLUMNS = (
    "label",
    "level",
    "weight",
    "low",
    "high",
    "below",
    "above",
    "falls",
    "rises",
    "order_low",
    "order_high",
)

_Change = tuple[float, str, str]  # a weight, who leads below it, who above


@dataclass(frozen=True, eq=False)
class SwitchingWeights:
    """The weights at which another option takes the lead, each criterion moved alone.

    Attributes
    ----------
    table : DataFrame
        A row for each leaf and head: label, level, weight, the interval low to high in which the
        leaders stay, who leads below and above it (blank where nobody does), `falls` and `rises` (a
        `Threshold` each, in points of 100: the same ends as they are printed, None where there are
        none), and the interval in which the whole order stays.
    crossings : DataFrame
        Every weight at which another option takes the lead: criterion, weight, before, after.
    pairs : DataFrame
        Every weight at which two options change places.
    leaders : tuple of str
        The options that lead now.
    method : str
        The method that scores the options.
    holder : str
        The holder of the weights.
    exact : bool
        Whether all crossings are found by formula, or on a grid of 401 weights.
    finding : str
        The finding in words.
    rule : str
        The rule by which the other weights change.
    """

    table: pd.DataFrame
    crossings: pd.DataFrame
    pairs: pd.DataFrame
    leaders: tuple[str, ...]
    method: str
    holder: str
    exact: bool
    finding: str
    rule: str = RULE

    def _repr_html_(self) -> str:
        holder = holder_name(self.holder)
        caption = told("caption.switching_weights", method=method_asked(self.method), holder=holder)
        return html_result(self.finding, {caption: self.table})


def switching_weights(
    given: Any, weights: Any, method: Choice, *, floors: Floors = None, p: float = 2.0
) -> SwitchingWeights:
    """Return, for the weight of each leaf and head, where the leader stays and who leads beyond.

    This is exact for the additive method, AHP and TOPSIS of finite order: two options change places
    where a quadratic in (weight / rest) ** p is zero, so at most twice, and all roots are found.
    Other methods are searched on a grid and refined.

    Parameters
    ----------
    given : Problem or table, (m, n)
        A question or a table, as for `contest`.
    weights : Weights or sequence, (n,)
        The weights, as for `contest`.
    method : str or function
        The method that scores the options, as for `rank`.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.

    Returns
    -------
    SwitchingWeights
        The interval of each weight, and all crossings.

    References
    ----------
    Triantaphyllou and Sanchez (1997). HM Treasury (2022), The Green Book, on switching values.

    Examples
    --------
    >>> found = switching_weights([[0.8, 0.4], [0.4, 0.9]], [0.7, 0.3], "additive")
    >>> found.table.loc["column 1", ["low", "high"]].astype(float).round(3).tolist()
    [0.556, 1.0]
    """
    case = contest(given, weights, method, floors=floors, p=p)
    groups = _groups(case)
    lines = {key: _line(case, inside, outside) for key, (inside, outside) in groups.items()}
    ends = _thresholds(case, lines)
    rows = {key: _row(case, key, lines[key], *ends[key]) for key in groups}
    table = pd.DataFrame(rows, index=list(COLUMNS)).T.infer_objects()
    crossings = pd.DataFrame(
        [(key, *row) for key, line in lines.items() for row in line.changes],
        columns=["criterion", "weight", "before", "after"],
    )
    pairs = pd.DataFrame(
        [(key, *pair, at) for key, line in lines.items() for pair, at in line.roots],
        columns=["criterion", "first", "second", "weight"],
    )
    exact = case.gaps is not None
    return SwitchingWeights(
        table,
        crossings,
        pairs,
        case.leaders,
        case.method,
        case.holder,
        exact,
        _finding(case, table, groups),
    )


@dataclass(frozen=True, eq=False)
class _Line:
    """One weight moved from 0 to 1.

    The changes are those of pairs, of the lead and of the whole order.
    """

    roots: list[tuple[tuple[str, str], float]]
    changes: list[_Change]
    order_changes: list[float]
    inside: np.ndarray
    outside: np.ndarray


def _groups(case: Contest) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return, for each leaf and head that can be moved, the proportions inside and outside it.

    These are (n,) each.
    """
    keys = list(case.values.columns)
    count = len(case.problem.weighed) if case.problem is not None else len(keys)
    weighed = np.arange(len(keys)) < count  # chances, and what happens otherwise, have no weight
    masks = {}
    for key in keys[:count]:
        masks[key] = np.array([leaf == key for leaf in keys])
    if case.problem is not None:
        for head in case.problem.heads:
            masks[head.key] = np.array([head.key in case.problem.path(leaf) for leaf in keys])
    weights = case.weights.to_numpy(float)
    return {
        key: (_shared(weights, mask), _shared(weights, weighed & ~mask))
        for key, mask in masks.items()
        if not mask[weighed].all()
    }


def _shared(weights: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return the proportions of the weights under a mask; equal ones where all of them are zero."""
    inside = np.where(mask, weights, 0.0)
    return inside / inside.sum() if inside.sum() > 0 else mask / mask.sum()


def _line(case: Contest, inside: np.ndarray, outside: np.ndarray) -> _Line:
    roots = (_formula_roots if case.gaps else _searched_roots)(case, inside, outside)
    edges = np.array([0.0, *sorted({at for _, at in roots if SAME < at < 1 - SAME}), 1.0])
    edges = edges[np.diff(edges, append=2.0) > SAME]
    between = edges[:-1] + np.array(PROBES)[:, None] * np.diff(edges)
    scores = _scores(case, inside, outside, between)
    lead = np.asarray(case.lead(scores).all(axis=0))
    order = competition_ranks(scores).max(axis=0)
    changed = np.flatnonzero((lead[1:] != lead[:-1]).any(axis=1))
    reordered = np.flatnonzero((order[1:] != order[:-1]).any(axis=1))
    changes = [
        (float(edges[k + 1]), case.leaders_of(lead[k]), case.leaders_of(lead[k + 1]))
        for k in changed
    ]
    return _Line(roots, changes, [float(edges[k + 1]) for k in reordered], inside, outside)


def _scores(
    case: Contest, inside: np.ndarray, outside: np.ndarray, shares: np.ndarray
) -> np.ndarray:
    """Return scores (..., m) where what is inside weighs shares (...)."""
    weights = shares[..., None] * inside + (1 - shares)[..., None] * outside
    return case.scored(case.values.to_numpy(float), weights)


def _formula_roots(
    case: Contest, inside: np.ndarray, outside: np.ndarray
) -> list[tuple[tuple[str, str], float]]:
    """Return where two options change places.

    Powers of distance are linear in t ** p and (1 - t) ** p. Each part is scaled by its largest
    distance before the power, so that a high order leaves no root too small to see.
    """
    near, far = case.gaps or (np.zeros(0), np.zeros(0))
    parts = (inside, outside)
    tops = [max((far * part).max(), (near * part).max()) or 1.0 for part in parts]
    one = np.ones(len(inside))
    a, b = ((far * part / top) ** case.p @ one for part, top in zip(parts, tops, strict=True))
    c, d = ((near * part / top) ** case.p @ one for part, top in zip(parts, tops, strict=True))
    ids = case.values.index
    roots = []
    for i, j in combinations(range(len(ids)), 2):
        terms = [
            (a[i] * c[j], -a[j] * c[i]),
            (a[i] * d[j], b[i] * c[j], -a[j] * d[i], -b[j] * c[i]),
            (b[i] * d[j], -b[j] * d[i]),
        ]
        odds = _odds_at_zero(*(_told_apart(each) for each in terms))
        roots += [((ids[i], ids[j]), share) for share in _shares(odds, case.p, tops[1] / tops[0])]
    return roots


def _told_apart(terms: Sequence[float]) -> float:
    """Return a sum, or nothing where all that is left of its terms is their rounding."""
    total = sum(terms)
    return total if abs(total) > 1e-14 * max(abs(term) for term in terms) else 0.0


def _odds_at_zero(square: float, middle: float, rest: float) -> list[float]:
    """Return where a quadratic changes its sign, from 0 to infinity: none, one or two places.

    Where it touches zero and turns back it doesn't change its sign.
    """
    inner = _told_apart((middle**2, -4 * square * rest))
    touches = inner == 0 and bool(square and rest)
    if not (square or middle or rest) or inner < 0 or touches:
        return []
    half = -(middle + np.copysign(np.sqrt(inner), middle)) / 2
    return [
        top / bottom if bottom else np.inf
        for top, bottom in ((half, square), (rest, half))
        if top or bottom
    ]


def _shares(odds: Sequence[float], order: float, scale: float) -> list[float]:
    """Return the shares t, from 0 to 1, where (t / (1 - t) / scale) ** p is one of the odds."""
    roots = [scale * at ** (1 / order) for at in odds if at >= 0]
    shares = {float(root / (1 + root)) if np.isfinite(root) else 1.0 for root in roots}
    return sorted(shares)


def _searched_roots(
    case: Contest, inside: np.ndarray, outside: np.ndarray
) -> list[tuple[tuple[str, str], float]]:
    """Return where two options change places on a grid of shares, each refined by halving."""
    grid = np.linspace(0, 1, GRID)
    ids = case.values.index
    scores = _scores(case, inside, outside, grid)
    pairs = np.array(list(combinations(range(len(ids)), 2)), dtype=int).reshape(-1, 2)
    ahead = np.sign(scores[:, pairs[:, 0]] - scores[:, pairs[:, 1]])
    for before, here in pairwise(ahead):
        here[here == 0] = before[
            here == 0
        ]  # two that are level on the grid itself change places from there
    step, pair = np.nonzero(ahead[1:] * ahead[:-1] < 0)
    side = ahead[step, pair]
    rows = np.arange(len(side))

    def changed(shares: np.ndarray) -> np.ndarray:
        scores = _scores(case, inside, outside, shares)
        lead = scores[rows, pairs[pair, 0]] - scores[rows, pairs[pair, 1]]
        return np.asarray(np.sign(lead) != side)

    _, shares = halved(changed, grid[step], grid[step + 1], HALVINGS_OF_STEP)
    places = zip(pairs[pair], shares, strict=True)
    return [((ids[i], ids[j]), float(share)) for (i, j), share in places]


def _row(
    case: Contest, key: str, line: _Line, falls: Threshold | None, rises: Threshold | None
) -> dict[str, Any]:
    here = _weight(case, key)
    low, high = _interval(line, here)
    return {
        "label": case.labels.get(key, key),
        "level": "leaf" if key in case.values.columns else "head",
        "weight": here,
        "low": low[0],
        "high": high[0],
        "below": low[1],
        "above": high[2],
        "falls": falls,
        "rises": rises,
        "order_low": max((at for at in line.order_changes if at <= here + AT), default=0.0),
        "order_high": min((at for at in line.order_changes if at >= here - AT), default=1.0),
    }


def _interval(line: _Line, here: float) -> tuple[_Change, _Change]:
    """Return the changes of the lead next to a weight, below it and above."""
    low = max((change for change in line.changes if change[0] <= here + AT), default=(0.0, "", ""))
    return low, min(
        (change for change in line.changes if change[0] >= here - AT), default=(1.0, "", "")
    )


def _thresholds(case: Contest, lines: Mapping[str, _Line]) -> dict[str, list[Threshold | None]]:
    """Return both ends of each interval in which one leader stays, in points of 100.

    An end is None where nobody takes over.
    """
    sides = [
        (line, search)
        for key, line in lines.items()
        for search in _searches(case, line, _weight(case, key))
    ]
    parts = np.array([(line.inside, line.outside) for line, _ in sides])

    def instead(which: np.ndarray, points: np.ndarray) -> list[str]:
        inside, outside = np.moveaxis(parts[which], 1, 0)
        lead = case.lead(_scores(case, inside, outside, points / WHOLE))
        stays = np.all(lead[:, case.leading], axis=1).tolist()
        return ["" if so else case.leaders_of(row) for row, so in zip(lead, stays, strict=True)]

    turns = in_step([search for _, search in sides], instead)
    ends = [turn.threshold if turn else None for turn in turns]
    return {key: ends[2 * at : 2 * at + 2] for at, key in enumerate(lines)}


def _searches(case: Contest, line: _Line, here: float) -> list[Search[Turn | None]]:
    """Return the searches for the ends of the interval round a weight, down and up."""
    low, high = _interval(line, here)
    return [_search(case, line, here, *edge[:2], end) for edge, end in ((low, 0.0), (high, 1.0))]


def _search(
    case: Contest, line: _Line, here: float, at: float, before: str, end: float
) -> Search[Turn | None]:
    """Return the search for one end, which asks nothing where nobody takes over."""
    if not before or len(case.leaders) > 1:
        return None
    others = [change for change, _, _ in line.changes if (change - at) * (end - at) > 0]
    next_edge = min(others, key=lambda change: abs(change - at), default=end)
    path = WHOLE * np.array([here, (at + next_edge) / 2, end])
    sections = SECTIONS if case.together else HALVES
    return (yield from search_turn(path, sections))


def _weight(case: Contest, key: str) -> float:
    if case.problem is None:
        return float(case.weights[key])
    leaves = [leaf for leaf in case.values.columns if key in case.problem.path(leaf)]
    return float(case.weights[leaves].sum())


def _finding(case: Contest, table: pd.DataFrame, groups: Mapping[str, Any]) -> str:
    if case.tied():
        return f"{case.tied()} {told('tie.weight')}"
    leader = case.names(case.leaders)
    if not groups:
        return told("weight_switch.one_criterion", leader=leader)
    ends = [
        (abs(row["weight"] - row[end]), key, row[way])
        for key, row in table.iterrows()
        for end, way in ENDS
        if row[way] is not None
    ]
    if not ends:
        return told("weight_switch.never", leader=leader)
    nearest = min(gap for gap, _, _ in ends)
    # of equals the first, in the order of the table
    _, key, turn = next(end for end in ends if end[0] <= nearest + AT)
    return told(
        "weight_switch.nearest",
        leader=leader,
        criterion=case.name(key),
        moved=told("weight_switch.moved", turn=turn, before=turn.now),
        then=told("weight_switch.then", then=case.names(names_in(turn.then, case.values.index))),
    )
